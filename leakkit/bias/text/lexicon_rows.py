"""Rows of a lexicon, checked and tidied: what is wrong is named by row and column."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leakkit.bias.text.tokens import in_word
from leakkit.errors import BadFrameError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("term", "group", "axis")
_OPTIONAL = ("form", "value", "sensitive", "source", "note")
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0", ""}
LONGEST_TERM = 200
"""Characters; longer ones are no terms, and a search for them may be too large."""
MOST_PROBLEMS = 10


def checked(frame: pd.DataFrame, where: str, lines: Sequence[int] | None = None) -> pd.DataFrame:
    """Give a LEXICON frame of a table with at least term, group and axis; name every fault.

    Raises
    ------
    BadFrameError
        A column is missing, a cell of these is empty or holds what it must not, or a row occurs twice.
    """
    from leakkit.frames.bias_text import LEXICON

    if missing := [name for name in NEEDED if name not in frame.columns]:
        raise BadFrameError(
            f"Expected the columns {', '.join(NEEDED)} in {printable(where, 80)}",
            f"found no {', '.join(missing)}",
            "see lk.frames.LEXICON.describe() for what each column holds",
        )
    names = [name for name in (*NEEDED, *_OPTIONAL) if name in frame.columns]
    if doubled := [name for name in names if frame.columns.tolist().count(name) > 1]:
        raise BadFrameError(
            f"Expected each column once in {printable(where, 80)}",
            f"found {', '.join(doubled)} more than once",
            "leave one of them out",
        )
    rows, problems, seen = [], [], set()
    for place, cells in enumerate(zip(*(frame[name].tolist() for name in names), strict=True)):
        row, faults = _row(dict(zip(names, cells, strict=True)), where)
        key = (row["axis"], row["group"], row["term"])
        if key in seen:
            faults.append("column term: occurs twice in this group")
        seen.add(key)
        line = place if lines is None else lines[place]
        problems += [f"row {line}, {fault}" for fault in faults]
        rows.append(row)
    if problems:
        more = f" and {len(problems) - MOST_PROBLEMS} more" if len(problems) > MOST_PROBLEMS else ""
        raise BadFrameError(
            f"Expected a lexicon in {printable(where, 80)}",
            f"found {'; '.join(problems[:MOST_PROBLEMS])}{more}",
            "mend these rows",
        )
    return LEXICON.from_rows(rows)


def _row(cells: dict[str, Any], where: str) -> tuple[dict[str, Any], list[str]]:
    """Give one row as the frame holds it, and its faults."""
    faults = []
    text = {
        name: "" if value is None or value != value else str(value).strip()
        for name, value in cells.items()
        if not _missing(value)
    }
    row: dict[str, Any] = {name: text.get(name, "") for name in ("group", "axis", "form", "note")}
    row["term"] = plain_word(text.get("term", ""))
    row["source"] = text.get("source") or printable(where, 80)
    faults += [f"column {name}: empty" for name in NEEDED if not row[name]]
    faults += [f"column {name}: half a surrogate pair" for name, cell in text.items() if halved(cell)]
    if fault := unfit(row["term"]):
        faults.append(f"column term: {fault}")
    if row["term"] and not any(map(in_word, row["term"])):
        faults.append("column term: no letter or digit")
    if (said := text.get("sensitive", "").lower()) not in _YES | _NO:
        faults.append("column sensitive: neither true nor false")
    row["sensitive"] = said in _YES
    row["value"] = _number(text.get("value", ""))
    if text.get("value") and row["value"] is None:
        faults.append("column value: no number")
    return row, faults


def unfit(term: str) -> str:
    """Say why a term cannot be looked for; empty where it can.

    Examples
    --------
    >>> unfit("nurse"), unfit("nurse" + chr(0)), unfit("nurse" * 99)
    ('', 'a control character', 'longer than 200 characters')
    """
    if len(term) > LONGEST_TERM:
        return f"longer than {LONGEST_TERM} characters"
    if any(unicodedata.category(sign) == "Cc" for sign in term):
        return "a control character"
    return ""


def halved(text: str) -> bool:
    """Tell whether a text holds half a surrogate pair, which no file or frame of text can."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _number(text: str) -> float | None:
    """Give a finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _missing(value: Any) -> bool:
    """Tell whether a cell is missing."""
    import pandas as pd

    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def plain_word(term: str) -> str:
    """Give a term in lower case with single spaces, plain apostrophes and composed letters (NFC)."""
    return " ".join(unicodedata.normalize("NFC", term.replace("\u2019", "'").lower()).split())
