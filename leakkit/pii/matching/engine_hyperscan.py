"""Matching by Hyperscan and RE2: signs say which detector may match where, RE2 then says what.

Every detector gets one cheap sign without which it cannot match: its trigger literals, found by Hyperscan in one
pass; or an automaton of all shape-led detectors of its family (see `leakkit.pii.matching.groups`). Detectors that
need a context word are looked for where one stands, by their skeletons (`leakkit.pii.matching.skeletons`). A
detector then runs only in the units (rows, or stretches of long rows) that hold its sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii import cache
from leakkit.pii.detector import Detector, told_shortly
from leakkit.pii.matching.buffers import MAX_BUFFER, SEPARATOR
from leakkit.pii.matching.confirm import Patterns
from leakkit.pii.matching.context_words import ContextWords, Found
from leakkit.pii.matching.groups import Group
from leakkit.pii.matching.literals import Literals
from leakkit.pii.matching.near import near_one
from leakkit.pii.matching.skeletons import TABLE
from leakkit.pii.matching.together import Together
from leakkit.pii.matching.units import UNIT, Units, distinct
from leakkit.pii.weighing.context import BEFORE

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

MANY_DETECTORS = 40
"""What is derived of so many is kept for the next process."""

_DERIVING = (
    "matching/signs.py",
    "matching/groups.py",
    "matching/gates.py",
    "matching/openings.py",
    "matching/literals.py",
    "matching/relaxed.py",
    "weighing/context.py",
    "weighing/phrases.py",
    "matching/shapes.py",
    "matching/skeletons.py",
    "matching/buffers.py",
)

_STRETCH, _READ, _PASS, _BYTE = 2e-7, 2e-9, 1e-4, 1e-8
"""Seconds that RE2 takes for a stretch, and for each byte; and that skeletons take to be looked for, and for each."""

_SIGNS_DEPEND_ON = ("pattern", "trigger", "trigger_ignore_case", "neighbours", "needs", "context", "entity")
"""Fields of detectors."""
_NO_PART = re.compile(rb"\x1e(?!\n)")
_ODD_CASE = ("ſ", "\u212a")
"""Letters that RE2 takes for s and k when case is open, and Hyperscan does not."""

_WIDEST = 4
"""Bytes of a character."""


class FastEngine:
    """Hyperscan for signs, RE2 for matches.

    Parameters
    ----------
    detectors : sequence of Detector
        What to look for.
    guarded : bool
        Leave out what weighing drops whatever else is known: spans that letters or digits touch, and
        detectors that need a context word where none stands. False finds all, as each detector alone.
    """

    def __init__(self, detectors: Sequence[Detector], guarded: bool = True) -> None:
        import_module("hyperscan")  # says at once where it is missing
        signs = _derived(detectors, guarded)
        self._needy = np.zeros(len(detectors), bool)
        self._needy[signs["needy"]] = True
        self._longest: list[int] = signs["longest"]
        told = (
            {int(index): text for index, text in signs[name].items()}
            for name in ("looser", "in_ascii", "needed")
        )
        self._patterns = Patterns([d.pattern for d in detectors], self._longest, *told)
        self._spread = max([self._longest[i] for i in signs["needy"]], default=0) + _WIDEST * BEFORE
        self._literals = Literals.unpacked(signs["literals"])
        wider = {int(index): pattern for index, pattern in signs["wider"].items()}
        self._groups = Together(
            {
                name: Group(
                    which,
                    [detectors[i] for i in which],
                    guarded,
                    [wider[i] for i in which],
                    max(self._longest[i] for i in which),
                )
                for name, which in signs["groups"].items()
            }
        )
        self._needy_skeletons = Literals.unpacked(signs["skeletons"])
        self._words = ContextWords(signs)
        self._anywhere: list[int] = signs["anywhere"]
        self._digits = np.array(signs["digits"], np.int64)
        self._near_digits = np.where(np.array(self._longest) <= UNIT, self._digits, 0)
        self._wide = np.zeros(len(detectors), bool)
        self._wide[signs["wide"]] = True

    def find(
        self, rows: Rows, telling: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give detector, first byte, byte after of all hits, by detector, then place.

        `telling`: for each row the number of its field's name, and for each name and detector whether
        the name alone is context enough.
        """
        if len(rows.data) > MAX_BUFFER:
            return self._in_parts(rows, telling)
        data = rows.raw
        units = Units(rows)
        if not units.count:
            return (np.zeros(0, np.int64),) * 3
        pairs = self._pairs(data, units)
        odd = self._odd(rows, units)
        if not self._needy.any():
            return self._patterns.find(pairs, data, units, odd)
        words = self._words.places(data)
        pairs = self._with_context(pairs, rows, units, telling, words)
        found = self._patterns.find(pairs, data, units, odd)
        return self._near(rows, found, words, telling, units.row[odd])

    def forget(self) -> None:
        """Let go of automata that have grown."""
        self._patterns.forget()
        self._groups.forget()

    def _in_parts(self, rows: Rows, telling: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Search a buffer that is too long for Hyperscan part by part, cut between rows."""
        found, begin = [], 0
        while begin < len(rows.starts):
            most = rows.starts[begin] + MAX_BUFFER - len(SEPARATOR)
            stop = int(np.searchsorted(rows.ends, most, side="right"))
            part, first = rows.part(begin, max(stop, begin + 1))
            names = None if telling is None else (telling[0][begin : begin + len(part.starts)], telling[1])
            which, starts, ends = self.find(part, names)
            found.append((which, starts + first, ends + first))
            begin += len(part.starts)
        which, starts, ends = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((starts, which))
        return which[order], starts[order], ends[order]

    def _pairs(self, data: Any, units: Units) -> np.ndarray:
        """Give detector and unit, as one number, wherever a sign of the detector stands."""
        found = [self._with_digits(self._fit(self._literals.pairs(data, units), units), units)]
        found += self._groups.pairs(data, units)
        for index in self._anywhere:
            if not self._needy[index]:
                found.append(index * units.count + np.arange(units.count))
        return distinct(np.concatenate(found))

    def _fit(self, pairs: np.ndarray, units: Units) -> np.ndarray:
        """Leave out detectors whose matches all hold a character beyond ASCII where there is none."""
        detectors, where = np.divmod(pairs, units.count)
        wide = np.flatnonzero(self._wide[detectors])
        if not len(wide):
            return pairs
        kept = np.ones(len(pairs), bool)
        kept[wide] = _among(where[wide], units.wide)
        return pairs[kept]

    def _with_digits(self, pairs: np.ndarray, units: Units) -> np.ndarray:
        """Leave out detectors whose matches all hold more digits than a unit and those beside it."""
        detectors, where = np.divmod(pairs, units.count)
        return pairs[units.digits[where] >= self._near_digits[detectors]]

    def _near(
        self, rows: Rows, found: Any, words: Found, telling: Any, odd: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Leave out spans of detectors that need context with none of their words near them."""
        which, starts, ends = found
        kept = ~self._needy[which]
        doubtful = np.flatnonzero(~kept)
        if not len(doubtful):
            return which, starts, ends
        row = rows.row_of(starts[doubtful])
        told = np.isin(row, odd)
        if telling is not None:
            told |= telling[1][telling[0][row], which[doubtful]]
        kept[doubtful[told]] = True
        doubtful = doubtful[~told]
        ranges = np.flatnonzero(np.diff(which[doubtful], prepend=-1, append=-1))
        for first, stop in zip(ranges[:-1].tolist(), ranges[1:].tolist(), strict=True):
            some = doubtful[first:stop]
            index = int(which[some[0]])
            own = self._words.of(index, words)
            if len(own.ids):
                kept[some] = near_one(rows, own, starts[some], ends[some])
        return which[kept], starts[kept], ends[kept]

    def _with_context(
        self, pairs: np.ndarray, rows: Rows, units: Units, telling: Any, places: Found
    ) -> np.ndarray:
        """Keep the pairs of detectors that need no context, or stand where a word or name gives some.

        Skeletons of detectors that need context are looked for only in units that have some.
        """
        words = self._worded(units, places)
        numbers, table = np.zeros(units.count, np.int64), np.zeros((1, len(self._needy)), bool)
        if telling is not None:
            numbers, table = telling[0][units.row], telling[1] & self._needy
        named = table.sum(axis=1)[numbers]
        count = len(words) + int(named.sum())
        held = distinct(np.concatenate([words % units.count, np.flatnonzero(named)]))
        more = [pairs]
        size = UNIT if units.split else len(rows.data) / units.count
        if count * (_STRETCH + _READ * size) < _PASS + _BYTE * len(rows.data) * len(held) / units.count:
            more.append(words)
            if len(words) < count:
                more.append(
                    self._numbered(_told_pairs(table, numbers, named, units.count), units, units.digits)
                )
        else:
            more.append(self._in_units(rows.raw, units, held))
            more += [index * units.count + held for index in self._anywhere if self._needy[index]]
        pairs = distinct(np.concatenate(more))
        detectors, where = np.divmod(pairs, units.count)
        kept = ~self._needy[detectors]
        needy = np.flatnonzero(~kept)
        fit = _among(pairs[needy], words) | table[numbers[where[needy]], detectors[needy]]
        kept[needy[fit]] = True
        return pairs[kept]

    def _worded(self, units: Units, places: Found) -> np.ndarray:
        """Give detector and unit, as one number, where a context word stands near, and digits where it needs some."""
        words = self._words.pairs(units, places)
        if units.split:
            around = units.widened(units.digits, units.steps(self._spread))
            words = units.spread(self._numbered(words, units, around), self._spread)
        return self._numbered(words, units, units.digits)

    def _numbered(self, pairs: np.ndarray, units: Units, digits: np.ndarray) -> np.ndarray:
        """Leave out detectors whose matches hold more digits than stand near a unit."""
        detectors, where = np.divmod(pairs, units.count)
        return pairs[digits[where] >= self._digits[detectors]]

    def _in_units(self, data: Any, units: Units, held: np.ndarray) -> np.ndarray:
        """Look for the skeletons of detectors that need context in some units."""
        ends = np.append(units.starts[1:], len(data))
        if units.split:
            held = distinct(np.concatenate([held, held[held + 1 < units.count] + 1]))
        if len(held) * 2 > units.count:
            bordered = b"s" + _signs_of(data, units.rows.parted)
            return self._needy_skeletons.pairs(bordered, units, lead=1)
        begins, stops = units.starts[held], ends[held]
        new = np.concatenate(([True], begins[1:] != stops[:-1]))
        first = np.flatnonzero(new)
        last = np.append(first[1:], len(held)) - 1
        stretches = list(zip(begins[first].tolist(), stops[last].tolist(), strict=True))
        joined = b"s" + _signs_of(
            b"".join([data[begin:stop] for begin, stop in stretches]), units.rows.parted
        )
        ids, places = self._needy_skeletons.scan(joined)
        lengths = (stops - begins).cumsum()
        return self._needy_skeletons.expand(
            ids, held[np.searchsorted(lengths, places - 2, side="right")], units.count
        )

    def _odd(self, rows: Rows, units: Units) -> np.ndarray:
        """Give the units with letters whose case Hyperscan does not know."""
        letters = [one.encode() for one in _ODD_CASE]
        if rows.ascii or all(rows.raw.find(letter[:1]) < 0 for letter in letters):
            return np.zeros(0, np.int64)
        return distinct(units.of(np.concatenate([_places(rows, letter) for letter in letters])))


def _derived(detectors: Sequence[Detector], guarded: bool) -> dict[str, Any]:
    """Give the signs of some detectors; of many, those that an earlier process derived."""
    from leakkit.pii.matching.signs import derived

    if len(detectors) < MANY_DETECTORS:
        return derived(detectors, guarded)
    rows = told_shortly(detectors, _SIGNS_DEPEND_ON)
    key = cache.key_of(cache.code_of(*_DERIVING), json.dumps([guarded, rows]))
    return cache.remembered("detectors", key, lambda: derived(detectors, guarded))


def _told_pairs(table: np.ndarray, numbers: np.ndarray, named: np.ndarray, count: int) -> np.ndarray:
    """Give detector and unit, as one number, for all detectors that the names of units tell; names are few."""
    where = np.flatnonzero(named)
    different, own = np.unique(numbers[where], return_inverse=True)
    told = [np.flatnonzero(table[number]) for number in different.tolist()]
    sizes = np.array([len(one) for one in told], np.int64)
    counts = sizes[own]
    shift = np.repeat((np.cumsum(sizes) - sizes)[own] - (np.cumsum(counts) - counts), counts)
    return np.concatenate(told)[np.arange(len(shift)) + shift] * count + np.repeat(where, counts)


def _signs_of(data: bytes, parted: bool) -> bytes:
    """Give the signs in which skeletons stand; a separator's first byte inside a value is a sign as others are."""
    if parted:
        data = _NO_PART.sub(b"\x1f", data)
    return data.translate(TABLE)


def _among(numbers: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Tell which numbers stand among sorted ones."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return known[places] == numbers


def _places(rows: Rows, letter: bytes) -> np.ndarray:
    """Give the places of a letter that is not ASCII."""
    places = rows.wide
    for step, byte in enumerate(letter):
        places = places[rows.array[places + step] == byte]
    return places
