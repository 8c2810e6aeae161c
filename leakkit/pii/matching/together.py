"""Most groups of shapes in one pass, as long as one automaton of them is fast; else group by group.

Of words and the numbers of a log one automaton is as fast as that of each group. Of random text it grows without
bounds and is a thousand times slower, so the time it takes is watched from stretch to stretch, and where that is
too long the groups take over for some megabytes. So is that of the larger groups, for which Hyperscan takes over:
in prose that was never seen before. What is found does not depend on it.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii import cache
from leakkit.pii.matching.engine_re2 import PARTING, unanchored
from leakkit.pii.matching.gates import FREE, GATE_DIGITS, GATED, LEAST_RUN, RUNS
from leakkit.pii.matching.groups import REACH_OF_BORDERS, Group, any_of, texts_of

if TYPE_CHECKING:
    from leakkit.pii.matching.units import Units

_NEARLY_ALL = 0.8
"""Share of units with digits beyond which all groups are searched by one automaton."""

_MEMORY = 32 * 2**20
"""Most bytes of the automaton; it takes a small part of them before its time is up."""

_LEAST, _MOST = 1 << 12, 1 << 15
"""Bytes after which the time is looked at: at first, and once it has been short."""

_BYTE, _UNIT = 4e-9, 1.5e-6
"""Seconds that a byte, and a unit that is found, may take; beyond, the groups one by one are faster."""

_CREDIT, _OF_NUMBERS, _OF_ONE, _TRIAL = 0.2, 0.08, 0.03, 0.01
"""Seconds that may be lost before others take over: at first, while RE2 makes its states (of every group, of
those of numbers, of one group), and later on."""

_PAUSE, _PAUSE_OF_ONE, _LONGEST_PAUSE = 1 << 22, 1 << 25, 1 << 30
"""Bytes for which they do, twice as many each time."""

_LARGE = ("numbers", "places", FREE)
"""Groups of many states."""

_SMALL = 1 << 18
"""Bytes of a buffer up to which one automaton of all is not worth the time in which it is made."""

_LATER = 1 << 21
"""Bytes of units with digits after which the automaton of numbers is made: in some files of prose it never pays."""

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
        self._runs = groups.get(RUNS)
        self._gated = [groups[name] for name in GATED if name in groups]
        self._free = [group for name, group in groups.items() if name not in (*GATED, RUNS)]
        self._every, self._numbered = (
            Joint([*self._gated, *self._free]),
            Joint(self._gated, _OF_NUMBERS, _LATER),
        )
        self._alone = {groups[name]: Joint([groups[name]], _OF_ONE) for name in _LARGE if name in groups}

    def forget(self) -> None:
        """Let go of automata that have grown."""
        for group in (self._runs, *self._gated, *self._free):
            if group is not None:
                group.forget()
        for joint in (self._every, self._numbered, *self._alone.values()):
            joint.forget()

    def pairs(self, data: bytes, units: Units) -> list[np.ndarray]:
        """Give detector and unit, as one number, of all matches in a buffer, and maybe more; for each group."""
        found = []
        if self._runs is not None and len(numbers := units.with_runs(LEAST_RUN)):
            found += pairs_in([self._runs], data, units, numbers.tolist())
        held = units.digits >= GATE_DIGITS
        if held.mean() > _NEARLY_ALL:
            done = self._every.search(data, units, 0, found)
            self._numbers(data, units, done, found)
            return found + self._of_each(self._free, data, units, done)
        some, where = units.only(held)
        numbered: list[np.ndarray] = []
        self._numbers(some.rows.raw, some, 0, numbered)
        for pairs in numbered:
            detectors, places = np.divmod(pairs, some.count)
            found.append(detectors * units.count + where[places])
        return found + self._of_each(self._free, data, units, 0)

    def _numbers(self, data: bytes, units: Units, done: int, found: list[np.ndarray]) -> None:
        """Add what groups of numbers find from a byte on."""
        if done < len(data):
            done = self._numbered.search(data, units, done, found)
        if done < len(data):
            found += self._of_each(self._gated, data, units, done)

    def _of_each(self, groups: Sequence[Group], data: bytes, units: Units, begin: int) -> list[np.ndarray]:
        """Give what each of some groups finds from a byte on."""
        found: list[np.ndarray] = []
        for group in groups if begin < len(data) else ():
            if group not in self._alone or not cache.keeps() or group.signs is None:
                found.append(group.pairs(data, units, [(begin, len(data))]))
            elif (done := self._alone[group].search(data, units, begin, found)) < len(data):
                found.append(group.by_signs(data, units, done))
        return found


def pairs_in(
    groups: Iterable[Group], data: bytes, units: Units, numbers: list[int], known: bool = False
) -> list[np.ndarray]:
    """Give what each of some groups finds in units; where these are whole rows all groups ask the same texts.

    `known`: each group matches in each of them.
    """
    held: dict[int, tuple[list[bytes], bytes | None]] = {}
    found = []
    for group in groups:
        reach = group.reach if units.split else 0
        if reach not in held:
            texts = texts_of(data, units, numbers, reach)
            held[reach] = texts, None if known else PARTING.join(texts)
        found.append(group.pairs_in(numbers, *held[reach], units))
    return found


class Joint:
    """Some groups, or one alone, searched by one automaton, as long as that is fast.

    Parameters
    ----------
    groups : sequence of Group
        The groups.
    credit : float
        Seconds that may be lost at first.
    wait : int
        Bytes that are left to the groups at first.
    """

    def __init__(self, groups: Sequence[Group], credit: float = _CREDIT, wait: int = 0) -> None:
        self._groups, self._most = groups, credit
        self._reach = max((group.reach for group in groups), default=0)
        self._credit, self._step, self._wait = credit, _LEAST, wait
        self._alone = len(groups) == 1
        self._pause = _PAUSE_OF_ONE if self._alone else _PAUSE

    @cached_property
    def _any(self) -> Any:
        """All patterns of the groups as one."""
        return any_of([one for group in self._groups for one in group.wider], _MEMORY)

    def forget(self) -> None:
        """Let go of the automaton, with all its states."""
        self.__dict__.pop("_any", None)

    def search(self, data: bytes, units: Units, begin: int, found: list[np.ndarray]) -> int:
        """Add what is found from a byte on, as `Together.pairs` gives it; give the byte up to which that is all."""
        if not self._groups or (len(data) < _SMALL and not self._alone):
            return begin
        numbers, done = self._units(data, units, begin)
        if numbers:
            found += pairs_in(self._groups, data, units, numbers, self._alone)
        return done

    def _units(self, data: bytes, units: Units, begin: int) -> tuple[list[int], int]:
        """Give the units in which any detector matches, from a byte up to another; and that other."""
        if self._wait > 0:
            self._wait -= len(data)
            return [], begin
        match, anchor, starts = self._any, unanchored(), units.begins
        beyond = self._reach if units.split else 0
        found: list[int] = []
        cut, last, size = 0, -1, len(data)
        match(anchor, _FIRST, 0, len(_FIRST))  # RE2 compiles what it needs
        clock, from_, count = time.process_time(), begin, 0
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
        self._credit = min(self._credit + _BYTE * size + _UNIT * count - seconds, self._most)
        if self._credit >= 0:
            self._step = min(2 * self._step, _MOST)
            return True
        self.forget()
        self._wait, self._pause = self._pause, min(2 * self._pause, _LONGEST_PAUSE)
        self._credit, self._step = _TRIAL, _LEAST
        return False
