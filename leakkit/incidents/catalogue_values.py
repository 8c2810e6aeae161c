"""Single values of a catalogue understood: lines of text, counts, days, points in time."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from leakkit.leak.text import printable

TITLE = 500
SUMMARY = 20_000
TERM = 1_000
"""Characters of a title, a summary, a term; longer ones are cut in the middle, with a mark."""

LARGEST = 2**63 - 1
_COUNT = re.compile(r"(\d{1,19}|\d{1,3}(,\d{3}){1,6})(\.0+)?", re.ASCII)
_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ][\d:.+Z-]*)?", re.ASCII)
_US_DAY = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?: [\d: APMapm]*)?", re.ASCII)


def one_line(text: str, limit: int = TERM) -> str:
    r"""Give text as one line, hidden characters escaped, cut in the middle where too long.

    Examples
    --------
    >>> one_line(" two\n lines \x1b[31m")
    'two lines \\x1b[31m'
    """
    return printable(
        " ".join(text[: 4 * limit].split()) if len(text) <= 4 * limit else _ends(text, limit), limit
    )


def _ends(text: str, limit: int) -> str:
    """Give both ends of a text of hostile size, joined by a mark."""
    return " ".join(f"{text[:limit]}…{text[-limit:]}".split())


def whole_number(value: Any) -> int | None:
    """Give a count, None where `value` is none.

    Examples
    --------
    >>> whole_number("1,234"), whole_number(7.0), whole_number("-1"), whole_number(True), whole_number("1e9")
    (1234, 7, None, None, None)
    """
    number: int | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, float | Decimal):
        number = int(value) if abs(float(value)) < LARGEST and value == int(value) else None
    elif isinstance(value, str) and _COUNT.fullmatch(value.strip()):
        number = int(value.replace(",", "").partition(".")[0])
    return number if number is not None and 0 <= number <= LARGEST else None


def day_of(value: Any) -> dt.datetime | None:
    """Give the first moment of a day, None where `value` names none.

    Examples
    --------
    >>> str(day_of("12/03/2024")), str(day_of("2024-12-03T05:00:00Z")), day_of("2024-13-01"), day_of(20241203)
    ('2024-12-03 00:00:00', '2024-12-03 00:00:00', None, None)
    """
    if not isinstance(value, str):
        return None
    found = _ISO_DAY.fullmatch(value.strip()) or _US_DAY.fullmatch(value.strip())
    try:
        return dt.datetime(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


def moment_of(value: Any) -> dt.datetime | None:
    """Give a point in time in UTC, None where `value` names none.

    Examples
    --------
    >>> str(moment_of("2015-10-26T23:35:45Z")), moment_of("yesterday")
    ('2015-10-26 23:35:45+00:00', None)
    """
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = dt.datetime.fromisoformat(value.strip())
        return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def in_utc(day: dt.datetime | None) -> dt.datetime | None:
    """Give the first moment of a day in UTC."""
    return None if day is None else day.replace(tzinfo=dt.UTC)
