"""Which texts of a batch are tables or documents themselves, and in which of their cells a span stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows, Texts
    from leakkit.pii.setup import Setup

Cells = Sequence[Any]
_SHARE_FOR_KEY, _SHARE_OF_VALUE = 0.25, 0.6
"""How much of a value a span must be for its key to count, and to be told by its key alone."""
_SHORTEST, _LONGEST = 8, 2**20
_PART = 1 << 20
"""Bytes that are looked at together: what is found out about each sign must fit in memory, and in its cache."""
_VALUE_ENDS = re.compile(
    r"[ \t]{0,8}(?:$|[\r\n\"'<>)\]}|\t;&]|,[ \t]{0,2}[\"'\w][\w \"'.-]{0,40}[:=]|[\w.-]{1,40}=|\\)", re.M
)


def laid_out(rows: Rows, texts: Texts, setup: Setup) -> Mapping[int, Cells]:
    """Give the cells of the texts that are tables or documents themselves.

    Without names only texts of several lines are looked at: lines come from readers that know their
    format already, and keys in them are seen as context words.
    """
    if setup.layout != "auto":
        return {}
    from leakkit.pii.layout.alike import cells_of

    found = {}
    chosen, kinds = _candidates(rows, setup.names is not None)
    for row, may in zip(chosen.tolist(), kinds.tolist(), strict=True):
        if taken := cells_of(texts[row], may):
            found[row] = taken
    return found


def _candidates(rows: Rows, every: bool) -> tuple[np.ndarray, np.ndarray]:
    """Give the rows that may have a layout, and what may be read in each."""
    lengths = rows.ends - rows.starts
    fit = (lengths < _LONGEST) & (lengths > _SHORTEST if every else _of_lines(rows))
    some = np.flatnonzero(fit)
    if 2 * int(lengths[some].sum()) > len(rows.data):
        return _opened(rows, fit)
    chosen, kinds = _opened(rows.taken(some), np.ones(len(some), bool))
    return some[chosen], kinds


def _opened(rows: Rows, fit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the same of the rows that fit, part by part."""
    from leakkit.pii.layout.gate import open_rows

    chosen, kinds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    first = 0
    while first < len(rows.starts):
        stop = max(first + 1, int(np.searchsorted(rows.ends, rows.starts[first] + _PART)))
        if fit[first:stop].any():
            part, _ = rows.part(first, stop)
            found, may = open_rows(part, fit[first:stop])
            chosen.append(found + first)
            kinds.append(may)
        first = stop
    return np.concatenate(chosen), np.concatenate(kinds)


def _of_lines(rows: Rows) -> np.ndarray:
    """Tell which rows have several lines."""
    if not rows.of_lines:
        return np.zeros(len(rows.starts), bool)
    return np.diff(np.searchsorted(rows.breaks, rows.ends + 1), prepend=-1) > 1


def keys_at(laid: Mapping[int, Cells], rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> list[str]:
    """Give for each span the key of the last cell that begins before it and holds it; nothing where none does."""
    used, place = np.unique(rows, return_inverse=True)
    held = [laid.get(row, ()) for row in used.tolist()]
    sizes = np.array([len(cells) for cells in held], np.int64)
    heads = np.cumsum(sizes) - sizes
    every = [cell for cells in held for cell in cells]
    names = {"": 0}
    keys = np.array([names.setdefault(str(cell.key or ""), len(names)) for cell in every], np.int64)
    begin, end = (np.array([cell[side] for cell in every], np.int64) for side in (0, 1))
    owner = np.repeat(np.arange(len(held)), sizes)
    size = int(max(begin.max(initial=0), starts.max(initial=0))) + 1
    last = np.searchsorted(owner * size + begin, place * size + starts, "right") - 1
    chosen = np.full(len(rows), -1)
    for step in (2, 1, 0):
        cell = last - step
        may = np.flatnonzero(cell >= heads[place])
        may = may[(end[cell[may]] >= ends[may]) & (keys[cell[may]] > 0)]
        chosen[may] = cell[may]
    found = np.flatnonzero(chosen >= 0)
    cell = chosen[found]
    large = (ends - starts)[found] / (end - begin)[cell] >= _SHARE_FOR_KEY
    told = np.zeros(len(rows), np.int64)
    told[found[large]] = keys[cell[large]]
    every_name = list(names)
    return [every_name[key] for key in told.tolist()]


def cell_at(cells: Cells, start: int, end: int) -> Any:
    """Give the last cell with a key that begins before a span and holds it."""
    place = last_at(cells, start)
    for cell in cells[max(0, place - 2) : place + 1][::-1]:
        if cell.end >= end and cell.key:
            return cell
    return None


def fills_cell(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is a good part of a cell that has others beside it on its line."""
    place = last_at(cells, start)
    around = cells[max(0, place - 2) : place + 1]
    held = any(c.end >= end and (end - start) / (c.end - c.start) >= _SHARE_FOR_KEY for c in around)
    if not held:
        return False
    others = [c for c in cells[max(0, place - 3) : place + 3] if c.end <= start or c.start >= end]
    return any("\n" not in text[min(end, c.end) : max(start, c.start)] for c in others)


def bounds_at(cells: Cells, start: int, end: int) -> tuple[int, int]:
    """Give where the smallest cell that holds a span begins and ends; the span's own bounds where none does."""
    place = last_at(cells, start)
    held = [(c.start, c.end) for c in cells[max(0, place - 2) : place + 1] if c.end >= end]
    return min(held, key=lambda one: one[1] - one[0]) if held else (start, end)


def is_whole(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is the whole value of its key, and no word of a sentence after it."""
    cell = cell_at(cells, start, end)
    if cell is not None:
        return (end - start) / (cell.end - cell.start) >= _SHARE_OF_VALUE
    return _VALUE_ENDS.match(text, end) is not None


def last_at(cells: Cells, start: int) -> int:
    """Give the place of the last cell that begins at a character or before it; -1 where there is none."""
    return bisect_left(cells, (start + 1,)) - 1
