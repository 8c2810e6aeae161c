"""Which texts of a batch are tables or documents themselves, and in which of their cells a span stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows, Texts
    from leakkit.pii.setup import Setup

Cells = Sequence[Any]
_SHARE_FOR_KEY, _SHARE_OF_VALUE = 0.25, 0.6
"""How much of a value a span must be for its key to count, and to be told by its key alone."""
_VALUE_ENDS = re.compile(
    r"[ \t]{0,8}(?:$|[\r\n\"'<>)\]}|\t;&]|,[ \t]{0,2}[\"'\w][\w \"'.-]{0,40}[:=]|[\w.-]{1,40}=|\\)", re.M
)

_LAYOUT_SIGN = np.zeros(256, bool)
_LAYOUT_SIGN[[*(ord(sign) for sign in '\r\n\t:=<({[;|"'), 0xEF]] = True
_DUMP_WORDS = (b"insert", b"replace", b"copy", b"....")
_DUMP_WORD = re.compile(rb"insert|replace|copy|\.{4}")


def laid_out(rows: Rows, texts: Texts, setup: Setup) -> Mapping[int, Cells]:
    """Give the cells of the texts that are tables or documents themselves.

    Without names only texts of several lines are looked at: lines come from readers that know their
    format already, and keys in them are seen as context words.
    """
    if setup.layout != "auto":
        return {}
    from leakkit.pii.layout.cells import cells

    found = {}
    for row in _candidates(rows, setup.names is not None):
        if taken := cells(texts[row]):
            found[row] = taken
    return found


def _candidates(rows: Rows, every: bool) -> list[int]:
    """Give the rows that may have a layout."""
    lengths = rows.ends - rows.starts
    if every:
        fit = (lengths > 8) & (lengths < 2**20)
        return np.flatnonzero(fit & _signed(rows)).tolist()
    breaks = np.flatnonzero(rows.array == 10)
    places = rows.row_of(breaks)
    inside = places[(places >= 0) & (breaks < rows.ends[places])]
    return [row for row in np.unique(inside).tolist() if lengths[row] < 2**20]


def _signed(rows: Rows) -> np.ndarray:
    """Tell which rows hold a sign that layouts have, or a word that begins a dump of a database."""
    data = rows.array
    places = np.flatnonzero(_LAYOUT_SIGN[data])
    if any(word in (lower := bytes(rows.data).lower()) for word in _DUMP_WORDS):
        hits = [found.start() for found in _DUMP_WORD.finditer(lower)]
        places = np.concatenate([places, np.array(hits, np.int64)])
    found = np.zeros(len(rows.starts), bool)
    held = rows.row_of(places)
    found[held[places < rows.ends[held]]] = True
    return found


def key_at(cells: Cells, start: int, end: int) -> str:
    """Give the key of the last cell that begins before a span and holds it."""
    cell = cell_at(cells, start, end)
    return "" if cell is None or (end - start) / (cell.end - cell.start) < _SHARE_FOR_KEY else str(cell.key)


def cell_at(cells: Cells, start: int, end: int) -> Any:
    """Give the last cell with a key that begins before a span and holds it."""
    place = bisect_right(cells, start, key=_start_of) - 1
    for cell in cells[max(0, place - 2) : place + 1][::-1]:
        if cell.end >= end and cell.key:
            return cell
    return None


def fills_cell(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is a good part of a cell that has others beside it on its line."""
    place = bisect_right(cells, start, key=_start_of) - 1
    around = cells[max(0, place - 2) : place + 1]
    held = any(c.end >= end and (end - start) / (c.end - c.start) >= _SHARE_FOR_KEY for c in around)
    if not held:
        return False
    others = [c for c in cells[max(0, place - 3) : place + 3] if c.end <= start or c.start >= end]
    return any("\n" not in text[min(end, c.end) : max(start, c.start)] for c in others)


def is_whole(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is the whole value of its key, and no word of a sentence after it."""
    cell = cell_at(cells, start, end)
    if cell is not None:
        return (end - start) / (cell.end - cell.start) >= _SHARE_OF_VALUE
    return _VALUE_ENDS.match(text, end) is not None


def _start_of(cell: Any) -> int:
    """Give where a cell begins."""
    return int(cell.start)
