"""Dates of a VERIS record: an interval from year, month and day, and the times of the catalogue."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

YEARS = range(1950, 2051)
"""Years the schema allows."""

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def interval(parts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the date columns, and which of year, month and day are not in them, and why.

    A day without a month says nothing, a day that no calendar has (29 February 2018) is dropped: the
    interval is then the year or the month.

    Examples
    --------
    >>> row, lost = interval({"year": 2018, "day": 5})
    >>> row["incident_date_end"].date().isoformat(), row["incident_date_precision"], lost
    ('2018-12-31', 'year', {'day': 'ambiguous'})
    """
    lost = {}
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is not None and not _whole(year, YEARS):
        year, lost["year"] = None, "malformed"
    if month is not None and not _whole(month, range(1, 13)):
        month, lost["month"] = None, "malformed"
    if day is not None and not _whole(day, range(1, 32)):
        day, lost["day"] = None, "malformed"
    if year is None:
        lost |= {name: "ambiguous" for name, part in (("month", month), ("day", day)) if part is not None}
        return {"incident_date_precision": "unknown"}, lost
    if month is None and day is not None:
        day, lost["day"] = None, "ambiguous"
    last = 31 if not month else 28 + calendar.isleap(year) if month == 2 else _DAYS[month - 1]
    if day is not None and day > last:
        day, lost["day"] = None, "malformed"
    row = {
        "incident_date": datetime(year, month or 1, day or 1),
        "incident_date_end": datetime(year, month or 12, day or last),
        "incident_date_precision": "day" if day else "month" if month else "year",
        "date_basis": "occurred",
    }
    return row, lost


def _whole(value: Any, allowed: range) -> bool:
    """Tell whether a value is a whole number in a range; True and 3.0 are none."""
    return type(value) is int and value in allowed


def moment(value: Any) -> datetime | None:
    """Give a time of the catalogue in UTC (without a zone it is taken as UTC); None where it is none.

    Examples
    --------
    >>> moment("2013-08-22T14:16:50Z").isoformat()
    '2013-08-22T14:16:50+00:00'
    """
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        time = datetime.fromisoformat(value)
        if time.tzinfo is UTC:
            return time
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
