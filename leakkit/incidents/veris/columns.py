"""Values of a VERIS record that have a column of their own: what is taken, in which form, and what is not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from leakkit.incidents.loaded import Row
from leakkit.incidents.veris.dates import moment
from leakkit.leak.text import printable

TEXT_LIMIT = 100_000
"""Longest text that is taken (characters); a longer one is no summary but an attack."""

SHOWN = 500
"""Characters of a code or name that are shown."""

_INDUSTRY = re.compile(r"\d{2,6}", re.ASCII)
_SECTOR = re.compile(r"0|\d\d-\d{0,4}", re.ASCII)
_SKIMMER_BATCH = "gwillem"
_FLAGS = {"phidbr": "phidbr", "priority": "priority", "random": "random", _SKIMMER_BATCH: "webskimmer"}

Taken = bool | str
"""False for a value of a wrong kind, True for one that stands in a column, text for the long frame too."""


class _Codes(dict[int, str]):
    """What is shown for each character, found out when it is first met."""

    def __missing__(self, character: int) -> str:
        """Give the character, or the visible code of a hidden one."""
        self[character] = code = printable(chr(character))
        return code


_CODES = _Codes()


def shown(text: str) -> str:
    """Give a text as `printable` does; most need nothing, which is quick to tell."""
    return text if text.isprintable() else text.translate(_CODES)


def is_number(value: Any) -> bool:
    """Tell whether a value is a finite number that a frame can hold."""
    if type(value) is int:
        return -(2**63) <= value < 2**63
    return type(value) is float and math.isfinite(value)


def written(value: float) -> str:
    """Give a number as text, whole where it is whole."""
    return str(int(value)) if float(value).is_integer() else str(value)


def discovery(sides: list[str]) -> str | None:
    """Give who found it; missing where two sides are named or none."""
    found = set(sides) - {"unknown"} or set(sides)
    return found.pop() if len(found) == 1 else None


def _text(column: str) -> Callable[[Row, Any], Taken]:
    """Give a function that takes a text as it is, escaped, but none of hostile size."""

    def take(row: Row, value: Any) -> Taken:
        if type(value) is not str or len(value) > TEXT_LIMIT or not (text := value.strip()):
            return False
        row[column] = shown(text)
        return True

    return take


def _time(column: str) -> Callable[[Row, Any], Taken]:
    """Give a function that takes a time of the catalogue."""

    def take(row: Row, value: Any) -> Taken:
        row[column] = time = moment(value)
        return time is not None

    return take


def _reference(row: Row, value: Any) -> Taken:
    """Take the addresses of reports, split at semicolons."""
    if type(value) is not str or len(value) > TEXT_LIMIT:
        return False
    found = [shown(part) for part in map(str.strip, value.split(";")) if part]
    row.setdefault("reference", []).extend(found)
    return bool(found)


def _industry(row: Row, value: Any) -> Taken:
    """Take the NAICS code as text; zeros mean that it is unknown, and "48-49" is a sector, no code."""
    if type(value) is not str:
        return False
    if not _INDUSTRY.fullmatch(value):
        return value if _SECTOR.fullmatch(value) else False
    if value.strip("0"):
        row["victim_industry"] = value
    return value


def _sub_source(row: Row, value: Any) -> Taken:
    """Take how the record came into the catalogue."""
    if type(value) is not str or len(value) > SHOWN:
        return False
    row["sample_flag"] = _FLAGS.get(value.strip().casefold(), "unknown")
    return shown(value)


def _total(row: Row, value: Any) -> Taken:
    """Take the number of records; 0 where the file says 0."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int or not 0 <= value < 2**63:
        return False
    row |= {"data_total": value, "data_total_basis": "reported"}
    return True


def _amount(row: Row, value: Any) -> Taken:
    """Take the cost."""
    if not is_number(value) or value < 0:
        return False
    row["impact_amount"] = float(value)
    return True


TAKERS: dict[str, Callable[[Row, Any], Taken]] = {
    "summary": _text("summary"),
    "victim.victim_id": _text("victim"),
    "reference": _reference,
    "victim.industry": _industry,
    "plus.created": _time("added_date"),
    "plus.modified": _time("modified_date"),
    "plus.sub_source": _sub_source,
    "attribute.confidentiality.data_total": _total,
    "impact.overall_amount": _amount,
}
