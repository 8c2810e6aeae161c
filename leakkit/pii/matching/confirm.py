"""Patterns of detectors, searched for where their signs stand; what is costly to compile waits until cheaper ones fail.

A tenth of the patterns take RE2 milliseconds to compile: classes of all letters, repeats that count to hundreds.
Most signs of them stand in text where nothing matches, and a looser pattern says so at a fraction of the cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.matching.engine_re2 import Stretches, compiled, search
from leakkit.pii.matching.units import distinct

if TYPE_CHECKING:
    from leakkit.pii.matching.units import Units

_FEW = 4
"""Stretches up to which a detector is searched in each alone, and not in all side by side."""

Pattern = tuple[Any, int]
"""A compiled pattern, and the number of the group to report."""

Stretch = tuple[np.ndarray, np.ndarray]
"""First bytes, and bytes after, of stretches."""


class Patterns:
    """The patterns of a run, compiled when they are first needed.

    Parameters
    ----------
    sources : sequence of str
        The patterns, by number of the detector.
    longest : sequence of int
        Bytes of the longest match of each.
    looser, in_ascii : mapping
        For costly ones a pattern that finds what they find, and maybe more; one that finds the same in ASCII.
    needed : mapping
        Signs of which every match of a pattern holds one, for some patterns.
    """

    def __init__(
        self,
        sources: Sequence[str],
        longest: Sequence[int],
        looser: Mapping[int, str],
        in_ascii: Mapping[int, str],
        needed: Mapping[int, str] | None = None,
    ) -> None:
        self._sources, self._longest = sources, longest
        self._needed = {index: list(map(str.encode, signs)) for index, signs in (needed or {}).items()}
        self._looser, self._in_ascii = looser, in_ascii
        self._compiled: dict[int, Pattern] = {}
        self._stand_ins: dict[str, Pattern] = {}

    def find(
        self, pairs: np.ndarray, data: Any, units: Units, odd: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Let RE2 find the matches of each detector in its units, told as one number; gives detector and span.

        In `odd` units every detector is searched: their letters have a case that the signs do not know.
        """
        if len(odd):
            every = np.arange(len(self._sources))[:, None] * units.count + odd[None, :]
            pairs = distinct(np.concatenate([pairs, every.ravel()]))
        detectors, where = np.divmod(pairs, units.count)
        borders = np.flatnonzero(np.diff(detectors, prepend=-1, append=len(self._sources)))
        which, found = [], []
        joined: dict[tuple[int, bytes], Stretches] = {}
        for first, stop in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True):
            index = int(detectors[first])
            stretches = units.regions(where[first:stop], self._longest[index])
            if len(odd):
                spans = _search(self._pattern(index), data, *stretches, joined)
            else:
                if units.split and index in self._needed:
                    stretches = _with_signs(self._needed[index], data, stretches)
                spans = self._spans(index, data, stretches, joined)
            which.append(np.full(len(spans), index, np.int64))
            found.append(spans)
        if not found:
            return (np.zeros(0, np.int64),) * 3
        table = np.concatenate(found)
        return np.concatenate(which), table[:, 0], table[:, 1]

    def forget(self) -> None:
        """Let go of automata that have grown."""
        self._compiled.clear()
        self._stand_ins.clear()

    def _pattern(self, index: int) -> tuple[Any, int]:
        """Give a detector's pattern, compiled when it is first needed."""
        if (found := self._compiled.get(index)) is None:
            found = self._compiled[index] = compiled(self._sources[index])
        return found

    def _spans(self, index: int, data: Any, where: Stretch, joined: dict[Any, Stretches]) -> np.ndarray:
        """Give the spans of a detector; a costly pattern is compiled where cheaper ones leave it open."""
        if index not in self._compiled and index in self._looser:
            found = _search(self._cheap(self._looser[index]), data, *where, joined)
            if not len(found):
                return found
            ascii_ = self._in_ascii.get(index)
            if ascii_ and all(data[begin:end].isascii() for begin, end in zip(*where, strict=True)):
                return _search(self._cheap(ascii_), data, *where, joined)
        return _search(self._pattern(index), data, *where, joined)

    def _cheap(self, source: str) -> tuple[Any, int]:
        """Give a pattern that stands for a costly one, compiled once."""
        if (found := self._stand_ins.get(source)) is None:
            found = self._stand_ins[source] = compiled(source)
        return found


def _with_signs(signs: Sequence[bytes], data: bytes, where: Stretch) -> Stretch:
    """Give the stretches that hold one of some signs."""
    find, pairs = data.find, zip(*(side.tolist() for side in where), strict=True)
    held = [any(find(sign, begin, end) >= 0 for sign in signs) for begin, end in pairs]
    return where if all(held) else (where[0][held], where[1][held])


def _search(
    pattern: tuple[Any, int], data: Any, begins: np.ndarray, ends: np.ndarray, joined: dict[Any, Stretches]
) -> np.ndarray:
    """Give the spans of one detector in stretches; many are `joined` side by side, once for all detectors."""
    if len(begins) < _FEW:
        return search(pattern, data, begins, ends)
    key = len(begins), begins.tobytes() + ends.tobytes()
    if (side := joined.get(key)) is None:
        side = joined[key] = Stretches(data, begins, ends)
    return side.search(pattern)
