"""Where context words stand: spans far from every word of their detector are left out before anything is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.weighing.context import AFTER, BEFORE

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

_EDGE = 3
"""Bytes of what borders a literal (a blank, a digit, a capital), and may be no part of the word."""


class Places(NamedTuple):
    """Occurrences of context words: number of the literal, first byte, byte after."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def near_one(rows: Rows, words: Places, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which spans have one of some words near them on the same line, on either side.

    More may stay than weighing keeps (a character may be four bytes, a literal a part of another word), never less.
    """
    wide = 1 if rows.ascii else 4
    last, first = np.sort(words.ends), np.sort(words.starts)
    place = np.searchsorted(last, starts + _EDGE, side="right") - 1
    before = (place >= 0) & (last[np.maximum(place, 0)] > starts - BEFORE * wide)
    place = np.searchsorted(first, ends - _EDGE)
    after = (place < len(first)) & (first[np.minimum(place, len(first) - 1)] < ends + AFTER * wide)
    doubtful = np.flatnonzero(before ^ after)
    if len(doubtful):
        inside = np.ones(len(starts), bool)
        breaks = rows.breaks
        for some, side in ((doubtful[before[doubtful]], True), (doubtful[after[doubtful]], False)):
            if side:
                word = last[np.searchsorted(last, starts[some] + _EDGE, side="right") - 1]
                low, high = word - 1, starts[some]
            else:
                word = first[np.searchsorted(first, ends[some] - _EDGE)]
                low, high = ends[some], word + 1
            inside[some] = np.searchsorted(breaks, low) >= np.searchsorted(breaks, high)
        return (before | after) & inside
    return before | after
