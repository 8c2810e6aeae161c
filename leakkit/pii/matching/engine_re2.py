"""Matching by RE2 alone: each detector over the joined buffer, rows that a match runs out of searched alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import Detector
from leakkit.pii.matching.buffers import SEPARATOR
from leakkit.pii.matching.units import distinct

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

PARTING = SEPARATOR.encode()

_MEMORY = 16 * 2**20
"""Most bytes of a pattern and its automaton; with less, large patterns have none, and are searched 20 times slower."""


class PlainEngine:
    """RE2, one detector after the other; what every other engine must equal."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self._sources = [d.pattern for d in detectors]
        self._patterns = [compiled(source) for source in self._sources]

    def forget(self) -> None:
        """Let go of automata that have grown."""
        self._patterns = [compiled(source) for source in self._sources]

    def find(self, rows: Rows, telling: Any = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give detector, first byte and byte after, of all hits by detector, then place."""
        found: list[tuple[int, int, int]] = []
        data = bytes(rows.data)
        for index, pattern in enumerate(self._patterns):
            found += [(index, start, end) for start, end in spans(pattern, data, rows)]
        table = np.array(found, np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]


def compiled(pattern: str) -> tuple[Any, int]:
    """Compile a pattern for bytes in UTF-8; with the number of the group to report."""
    import re2

    options = re2.Options()
    options.log_errors, options.max_mem = False, _MEMORY
    regex = re2.compile(pattern.encode("utf-8"), options)
    return regex, dict(regex.groupindex).get(b"value", 0)


def spans(pattern: tuple[Any, int], data: bytes, rows: Rows) -> list[tuple[int, int]]:
    """Give the spans of one detector, each within its row, as if each row had been searched alone."""
    regex, group = pattern
    match, anchor = regex._regexp.Match, unanchored()
    found: list[tuple[int, ...]] = []
    again: set[int] = set()
    position, size = 0, len(data)
    while position <= size:
        groups = match(anchor, data, position, size)
        start, end = groups[0]
        if start < 0:
            break
        found.append((start, end, *groups[group]))
        position = end if end > start else end + 1
    if not found:
        return []
    table = np.array(found, np.int64)
    first, last = rows.row_of(table[:, 0]), rows.row_of(np.maximum(table[:, 1] - 1, table[:, 0]))
    astray = (first != last) | (table[:, 1] > rows.ends[first])
    for low, high in zip(first[astray].tolist(), last[astray].tolist(), strict=True):
        again.update(range(low, high + 1))
    if not again:
        return [(a, b) for a, b in table[:, 2:].tolist()]
    kept = [
        tuple(s) for s, row in zip(table[:, 2:].tolist(), first.tolist(), strict=True) if row not in again
    ]
    for row in again:
        kept += alone(pattern, data, int(rows.starts[row]), int(rows.ends[row]))
    return sorted(kept)


def search(pattern: tuple[Any, int], data: bytes, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Give the spans (two columns) of one detector in stretches that lie whole in rows."""
    regex, group = pattern
    match, anchor = regex._regexp.Match, unanchored()
    found: list[tuple[int, int]] = []
    for begin, stop in zip(begins.tolist(), ends.tolist(), strict=True):
        shift, own = 0, data
        if data[stop : stop + len(PARTING)] == PARTING:  # a pattern sees that nothing follows a value's end
            shift = max(begin - 1, 0)
            own = data[shift:stop]
        while begin < stop:
            groups = match(anchor, own, begin - shift, stop - shift)
            begin, end = (place + shift for place in groups[0])
            if begin < shift:
                break
            found.append((groups[group][0] + shift, groups[group][1] + shift))
            begin = end if end > begin else end + 1
    return np.array(found, np.int64).reshape(-1, 2)


class Stretches:
    """Stretches of a buffer, each whole in its row, rising, put side by side so that one search goes through all.

    Each keeps the byte before and the byte after it, which a pattern may look at.
    """

    def __init__(self, data: bytes, begins: np.ndarray, ends: np.ndarray) -> None:
        self._data, self._begins, self._ends = data, begins, ends
        lows = np.maximum(begins - 1, 0).tolist()
        parts = [data[low:high] for low, high in zip(lows, (ends + 1).tolist(), strict=True)]
        self._joined = PARTING.join(parts)
        sizes = ends + 1 - np.maximum(begins - 1, 0) + len(PARTING)
        firsts = np.cumsum(sizes) - sizes + (begins > 0)
        self._firsts, self._lasts = firsts, firsts + (ends - begins)
        self._shifts = begins - firsts

    def search(self, pattern: tuple[Any, int]) -> np.ndarray:
        """Give what `search` gives; a stretch in which a match goes beyond its ends is searched by itself."""
        regex, group = pattern
        match, anchor, joined = regex._regexp.Match, unanchored(), self._joined
        found: list[int] = []
        position, size = 0, len(joined)
        while position < size:
            groups = match(anchor, joined, position, size)
            start, end = groups[0]
            if start < 0:
                break
            found += (start, end, *groups[group])
            position = end if end > start else end + 1
        if not found:
            return np.zeros((0, 2), np.int64)
        table = np.array(found, np.int64).reshape(-1, 4)
        place = np.maximum(np.searchsorted(self._firsts, table[:, 0], side="right") - 1, 0)
        astray = (table[:, 0] < self._firsts[place]) | (table[:, 1] > self._lasts[place])
        spans = table[:, 2:] + self._shifts[place][:, None]
        if not astray.any():
            return spans
        last = np.searchsorted(self._firsts, table[:, 1], side="right")
        again = distinct(
            np.concatenate([np.arange(a, b + 1) for a, b in zip(place[astray], last[astray], strict=True)])
        )
        again = again[again < len(self._firsts)]
        more = search(pattern, self._data, self._begins[again], self._ends[again])
        spans = np.concatenate([spans[~np.isin(place, again)], more])
        return spans[np.argsort(spans[:, 0], kind="stable")]


def alone(pattern: tuple[Any, int], data: bytes, begin: int, stop: int) -> list[tuple[int, int]]:
    """Search one row by itself: nothing before or after it is seen."""
    regex, group = pattern
    return [(begin + m.span(group)[0], begin + m.span(group)[1]) for m in regex.finditer(data[begin:stop])]


def unanchored() -> Any:
    """Give RE2's mode that searches anywhere."""
    import re2

    return re2._Anchor.UNANCHORED
