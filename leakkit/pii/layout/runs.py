"""Lines of a batch that may be part of a table: neighbours with as many delimiters, or set apart by blanks."""

from __future__ import annotations

import numpy as np

from leakkit.pii.layout.signs import TABLES, Kind, Signs

_WIDEST_CELL = 62
"""Bytes of a cell, with what parts it from the next, that a table may have on average."""
_BYTES = 4
_STEP = 1 << 16


def with_tables(signs: Signs) -> dict[int, np.ndarray]:
    """Give a place in each line that may begin a table, by what parts its columns."""
    ends = signs.ends()
    places, last = signs.places[ends], signs.last[ends]
    beside = ~last[:-1]
    if not beside.any():
        return {}
    line = np.cumsum(ends) - ends
    starts = _starts(signs, places, last)
    quoted = np.zeros(len(places), bool)
    quoted[line[signs.marked('"')]] = True
    quoted = quoted[:-1] | quoted[1:]
    lengths = np.minimum(places[:-1] - starts[:-1], places[1:] - starts[1:])
    found = {Kind.BLANKS: _apart(signs.array, places, starts, last)}
    for delimiter, kind in TABLES.items():
        held = np.bincount(line[signs.marked(delimiter)], minlength=len(places))
        if delimiter == "|":
            found[kind] = _piped(held, places, last)
            continue
        both = beside & (held[:-1] > 0) & (held[1:] > 0)
        alike = held[:-1] == held[1:]
        if delimiter != "\t":
            alike &= lengths <= _WIDEST_CELL * (held[:-1] + 1) * (1 if signs.ascii else _BYTES)
        found[kind] = places[:-1][both & (alike | quoted)]
    return found


def _starts(signs: Signs, places: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give where each line begins."""
    starts = np.empty(len(places), np.int64)
    starts[1:] = places[:-1] + 1
    first = np.ones(len(places), bool)
    first[1:] = last[:-1]
    starts[first] = signs.starts
    return starts


def _piped(held: np.ndarray, places: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the lines with pipes that have another one somewhere below; rules may stand between."""
    piped = np.flatnonzero(held)
    row = np.cumsum(last) - last
    return places[piped[:-1][row[piped[:-1]] == row[piped[1:]]]]


def _apart(array: np.ndarray, places: np.ndarray, starts: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the lines, not the last of their row, whose words are set apart by two blanks more than once."""
    found = []
    for begin in range(0, len(array), _STEP):
        part = array[max(0, begin - 1) : begin + _STEP + 1]
        blank = (part == 32) | (part == 9)
        gaps = np.flatnonzero(blank[1:-1] & blank[2:] & (part[:-2] > 32))
        found.append(gaps + max(0, begin - 1) + 1)
    gaps = np.concatenate(found)
    line = np.searchsorted(places, gaps)
    inside = (line < len(places)) & (gaps > starts[np.minimum(line, len(places) - 1)])
    held = np.bincount(line[inside], minlength=len(places))
    return places[(held > 1) & ~last]
