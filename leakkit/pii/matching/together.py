"""Most groups of shapes in one pass, as long as one automaton of them is fast; else group by group.

Of words and the numbers of a log one automaton is as fast as that of each group. Of random text it grows without
bounds and is a thousand times slower, so the time it takes is watched from stretch to stretch, and where that is
too long the groups take over for some megabytes. What is found does not depend on it.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.matching.engine_re2 import unanchored
from leakkit.pii.matching.groups import FEWEST_DIGITS, GATED, REACH_OF_BORDERS, Group, any_of

if TYPE_CHECKING:
    from leakkit.pii.matching.units import Units

_ALONE = ("tokens",)
"""Groups that make every automaton large."""

_MEMORY = 32 * 2**20
"""Most bytes of the automaton; it takes a small part of them before its time is up."""

_LEAST, _MOST = 1 << 12, 1 << 15
"""Bytes after which the time is looked at: at first, and once it has been short."""

_BYTE, _UNIT = 4e-9, 1.5e-6
"""Seconds that a byte, and a unit that is found, may take; beyond, the groups one by one are faster."""

_CREDIT, _TRIAL = 0.06, 0.01
"""Seconds that may be lost before the groups take over: at first, while RE2 makes its states, and later on."""

_PAUSE, _LONGEST_PAUSE = 1 << 22, 1 << 30
"""Bytes for which they do, twice as many each time."""

_FIRST = b" 192.0.2.1 "
"""Something that matches."""


class Together:
    """The groups of a run.

    Parameters
    ----------
    groups : mapping
        The groups by name.
    """

    def __init__(self, groups: Mapping[str, Group]) -> None:
        self._alone = {name: group for name, group in groups.items() if name in _ALONE}
        self._joint = {name: group for name, group in groups.items() if name not in _ALONE}
        self._reach = max((group.reach for group in self._joint.values()), default=0)
        self._credit, self._step, self._pause, self._wait = _CREDIT, _LEAST, _PAUSE, 0

    @cached_property
    def _any(self) -> Any:
        """All patterns of the groups that are searched together as one."""
        return any_of([one for group in self._joint.values() for one in group.wider], _MEMORY)

    def pairs(self, data: bytes, units: Units) -> list[np.ndarray]:
        """Give detector and unit, as one number, of all matches in a buffer, and maybe more; for each group."""
        whole = [(0, len(data))]
        found = [group.pairs(data, units, whole) for group in self._alone.values()]
        numbers, done = self._units(data, units) if len(self._joint) > 1 else ([], 0)
        if numbers:
            found += [group.pairs_in(data, units, numbers, False) for group in self._joint.values()]
        if done < len(data) and self._joint:
            some = units.stretches(units.digits >= FEWEST_DIGITS, REACH_OF_BORDERS)
            for name, group in self._joint.items():
                parts = some if name in GATED else whole
                left = [(max(begin, done), stop) for begin, stop in parts if stop > done]
                found.append(group.pairs(data, units, left))
        return found

    def _units(self, data: bytes, units: Units) -> tuple[list[int], int]:
        """Give the units in which any detector matches, up to a byte; and that byte."""
        if self._wait > 0:
            self._wait -= len(data)
            return [], 0
        match, anchor, starts = self._any, unanchored(), units.begins
        beyond = self._reach if units.split else 0
        found: list[int] = []
        begin, cut, last, size = 0, 0, -1, len(data)
        match(anchor, _FIRST, 0, len(_FIRST))  # RE2 compiles what it needs
        clock, from_, count = time.process_time(), 0, 0
        while begin < size:
            if begin >= cut - REACH_OF_BORDERS:
                now = time.process_time()
                if not self._goes_on(now - clock, begin - from_, len(found) - count):
                    return found, begin
                clock, from_, count = now, begin, len(found)
                place = bisect_left(starts, begin + REACH_OF_BORDERS + self._step)
                cut = starts[place] if place < len(starts) else size
            first, end = match(anchor, data, begin, min(cut + beyond, size))[0]
            if first < 0:
                begin = cut if cut == size else cut - REACH_OF_BORDERS
                continue
            number = max(bisect_right(starts, min(first + REACH_OF_BORDERS, end - 1)) - 1, last + 1)
            if number >= units.count:
                break
            found.append(number)
            last = number
            if number + 1 == units.count:
                break
            begin = max(begin + 1, starts[number + 1] - REACH_OF_BORDERS)
        return found, size

    def _goes_on(self, seconds: float, size: int, count: int) -> bool:
        """Tell whether the time is short enough; else note for how long the groups take over."""
        self._credit = min(self._credit + _BYTE * size + _UNIT * count - seconds, _CREDIT)
        if self._credit >= 0:
            self._step = min(2 * self._step, _MOST)
            return True
        self.__dict__.pop("_any", None)  # with all its states
        self._wait, self._pause = self._pause, min(2 * self._pause, _LONGEST_PAUSE)
        self._credit, self._step = _TRIAL, _LEAST
        return False
