"""Shape-led detectors by the group: one automaton of RE2 says in which unit any of a group matches, a set says which.

An automaton of all shapes at once grows without bounds on text full of numbers; one for each family of values
stays small, and runs at memory speed where nothing matches. Until a text has led it to all of its states it is
slow: then Hyperscan, which has made them before, is faster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import Detector
from leakkit.pii.matching.engine_re2 import PARTING, unanchored
from leakkit.pii.matching.literals import OF_CHARACTERS, Literals
from leakkit.pii.matching.shapes import most_bytes
from leakkit.pii.matching.units import distinct

if TYPE_CHECKING:
    from leakkit.pii.matching.units import Units

_MEMORY = 24 * 2**20
"""Most bytes of one automaton; RE2 begins anew, or gets slower, beyond."""

_BORDERS = {
    "none": ("", ""),
    "word": (r"(?:^|[^0-9A-Za-z_])", r"(?:[^0-9A-Za-z_]|$)"),
    "number": (
        r"(?:[^0-9][.,\-/:+=]|[^0-9A-Za-z_.,\-/:+=]|^[.,\-/:+=]?)",
        r"(?:[.,\-/:+=][^0-9]|[^0-9A-Za-z_.,\-/:+=]|[.,\-/:+=]?$)",
    ),
}
REACH_OF_BORDERS = 2
"""Bytes of the longest border."""

_LONGEST_BORDER = 8
"""Bytes of the longest border after a match, where its characters are the longest of UTF-8."""

_NOT_ALIKE = re.compile(r"\\(?![stnrfdwWb\\x]|[^A-Za-z0-9])|\[\[:|\(\?[^:imP]")
"""What Hyperscan may read otherwise than RE2 does."""

_SPACES = re.compile(r"(\[\^(?:\\.|[^\]\\])*?)\\s")
"""A class that leaves out spaces, of which Hyperscan knows one more."""

_BESIDE, _FEW = 32, 3
"""Units of which a set tells together what they hold; where that is more it is told of each."""


class Group:
    """Some detectors that are searched together.

    Parameters
    ----------
    which : sequence of int
        Their numbers.
    detectors : sequence of Detector
        The detectors, in the same order.
    guarded : bool
        Matches that letters, digits or parts of a number touch need not be found.
    wider : sequence of str, optional
        For each detector a pattern that matches what its own does, and maybe more (see
        `leakkit.pii.matching.relaxed`); its own when left out.
    longest : int, optional
        Bytes of the longest match of any, where that is known already.
    """

    def __init__(
        self,
        which: Sequence[int],
        detectors: Sequence[Detector],
        guarded: bool,
        wider: Sequence[str] | None = None,
        longest: int | None = None,
    ) -> None:
        self.which = np.array(which, np.int64)
        self.sources = [with_borders(detector, detector.pattern, guarded) for detector in detectors]
        patterns = wider or [detector.pattern for detector in detectors]
        self.wider = [with_borders(*both, guarded) for both in zip(detectors, patterns, strict=True)]
        if longest is None:
            longest = max(most_bytes(detector.pattern) for detector in detectors)
        self.reach = longest + REACH_OF_BORDERS

    @cached_property
    def _any(self) -> Any:
        """All patterns as one, wider."""
        return any_of(self.wider)

    @cached_property
    def _exact(self) -> Any:
        """All patterns as one, as they are."""
        return any_of(self.sources)

    @cached_property
    def signs(self) -> Literals | None:
        """The wider patterns for Hyperscan; None where it may not take all of them for what they are."""
        if any(map(_NOT_ALIKE.search, self.wider)):
            return None
        told = zip(self.wider, self.which.tolist(), strict=True)
        return Literals([(_spaces(one).encode(), OF_CHARACTERS, index) for one, index in told])

    @cached_property
    def _each(self) -> Any:
        """The patterns side by side."""
        import re2

        options = re2.Options()
        options.log_errors, options.never_capture, options.max_mem = False, True, _MEMORY
        found = re2.Set.SearchSet(options)
        for source in self.sources:
            found.Add(source.encode("utf-8"))
        found.Compile()
        return found.Match

    def forget(self) -> None:
        """Let go of the automata, with all their states."""
        for name in ("_any", "_exact", "_each"):
            self.__dict__.pop(name, None)

    def pairs(self, data: bytes, units: Units, stretches: Iterable[tuple[int, int]]) -> np.ndarray:
        """Give detector and unit, as one number, of all matches in stretches of a buffer, and maybe more.

        The unit of a match is one of those it begins in or next to.
        """
        numbers = self._units(data, units, stretches)
        return self._pairs_of(numbers, texts_of(data, units, numbers, self.reach), units)

    def by_signs(self, data: bytes, units: Units, begin: int) -> np.ndarray:
        """Give the same from a byte on, by Hyperscan; by RE2 where that finds the patterns too large to compile.

        It tells where matches end, borders included: the unit is that one, or the one before.
        """
        import hyperscan

        assert self.signs is not None
        try:
            which, ends = self.signs.scan(data[begin:] if begin else data)
        except hyperscan.error:
            self.signs = None
            return self.pairs(data, units, [(begin, len(data))])
        lasts = ends + (begin - 1)
        where = [units.of(lasts), units.of(np.maximum(lasts - _LONGEST_BORDER, 0))]
        return distinct(np.concatenate([self.signs.expand(which, one, units.count) for one in where]))

    def pairs_in(
        self, numbers: list[int], texts: list[bytes], joined: bytes | None, units: Units
    ) -> np.ndarray:
        """Give the same of some units and what stands around them.

        `joined` is all of their texts, where this group may match in none of them.
        """
        if joined is not None and self._any(unanchored(), joined, 0, len(joined))[0][0] < 0:
            return np.zeros(0, np.int64)
        return self._pairs_of(numbers, texts, units)

    def _pairs_of(self, numbers: list[int], texts: list[bytes], units: Units) -> np.ndarray:
        """Ask first several units side by side, then each where they hold much."""
        found: list[tuple[int, int]] = []
        for first in range(0, len(texts), _BESIDE):
            some = slice(first, first + _BESIDE)
            held = self._held(PARTING.join(texts[some]))
            if len(held) <= _FEW:
                found += [(index, number) for index in held for number in numbers[some]]
                continue
            for text, number in zip(texts[some], numbers[some], strict=True):
                found += [(index, number) for index in self._held(text)]
        if not found:
            return np.zeros(0, np.int64)
        table = np.array(found, np.int64)
        return self.which[table[:, 0]] * units.count + table[:, 1]

    def _held(self, text: bytes) -> Sequence[int]:
        """Tell which patterns a text holds."""
        held = self._each(text)
        if held is not None:
            return held
        for any_ in (self._any, self._exact):  # none, or the set runs out of memory
            if any_(unanchored(), text, 0, len(text))[0][0] < 0:
                return ()
        return range(len(self.sources))

    def _units(self, data: bytes, units: Units, stretches: Iterable[tuple[int, int]]) -> list[int]:
        """Give the units in which any detector matches."""
        match, anchor, starts = self._any, unanchored(), units.begins
        found: list[int] = []
        last, most = -1, units.count - 1
        for begin, stop in stretches:
            while begin < stop:
                first, end = match(anchor, data, begin, stop)[0]
                if first < 0:
                    break
                number = max(bisect_right(starts, min(first + REACH_OF_BORDERS, end - 1)) - 1, 0)
                if number <= last:
                    number = last + 1
                    if number > most:
                        return found
                found.append(number)
                last = number
                if number == most:
                    return found
                begin = max(begin + 1, starts[number + 1] - REACH_OF_BORDERS)
        return found


def _spaces(pattern: str) -> str:
    """Write out which spaces the classes of a pattern leave out."""
    while (written := _SPACES.sub(r"\1\\t\\n\\f\\r ", pattern)) != pattern:
        pattern = written
    return pattern


def texts_of(data: bytes, units: Units, numbers: list[int], reach: int) -> list[bytes]:
    """Give the texts of some units, with some bytes around them in the same row."""
    begins, ends = units.around(numbers, reach)
    return [data[begin:end] for begin, end in zip(begins, ends, strict=True)]


def any_of(sources: Iterable[str], memory: int = _MEMORY) -> Any:
    """Make some patterns one that takes at most so many bytes; gives RE2's own search."""
    import re2

    sources = dict.fromkeys(sources)

    options = re2.Options()
    options.log_errors, options.never_capture, options.max_mem = False, True, memory
    return re2.compile("|".join(f"(?:{one})" for one in sources).encode("utf-8"), options)._regexp.Match


def with_borders(detector: Detector, pattern: str, guarded: bool) -> str:
    """Give a pattern of a detector with what may stand beside it, where its span is the whole match."""
    pattern = f"(?:{pattern.replace('(?P<value>', '(?:')})"
    if not guarded or "(?P<value>" in detector.pattern:
        return pattern
    before, after = _BORDERS.get(detector.neighbours, _BORDERS["word"])
    return f"{before}{pattern}{after}"
