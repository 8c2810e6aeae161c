"""Matching by Hyperscan and RE2: literals and skeletons say which detector may match where, RE2 then says what.

Every detector gets one cheap sign without which it cannot match: its trigger literals, its skeletons (see
`leakkit.pii.skeletons`), or a long run of letters and digits. A buffer is searched for all of them in two
passes; a detector then runs only in the units (rows, or stretches of long rows) that hold its sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.buffers import MAX_BUFFER
from leakkit.pii.detector import Detector
from leakkit.pii.engine_re2 import compiled, search
from leakkit.pii.shapes import LEAST_RUN, Run, literals_of, longest_match, run_of
from leakkit.pii.skeletons import TABLE, skeletons_of
from leakkit.pii.units import Units, distinct

if TYPE_CHECKING:
    from leakkit.pii.buffers import Rows

_ALNUM = np.zeros(256, bool)
_ALNUM[[*range(48, 58), *range(65, 91), *range(97, 123)]] = True
_ODD_CASE = ("ſ", "\u212a")
"""Letters that RE2 takes for s and k when case is open, and Hyperscan does not."""


class Literals:
    """Many literals searched in one pass, each for several detectors."""

    def __init__(self, wanted: Iterable[tuple[bytes, bool, int]]) -> None:
        import hyperscan

        table: dict[tuple[bytes, bool], set[int]] = {}
        for literal, open_case, detector in wanted:
            table.setdefault((literal.lower() if open_case else literal, open_case), set()).add(detector)
        self._detectors = [np.array(sorted(ids), np.int64) for ids in table.values()]
        self.sizes = np.array([len(ids) for ids in self._detectors], np.int64)
        self._flat = np.concatenate([*self._detectors, np.zeros(0, np.int64)])
        self._first = np.cumsum(self.sizes) - self.sizes
        self._database = None
        if table:
            self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            self._database.compile(
                expressions=[literal for literal, _ in table],
                ids=list(range(len(table))),
                flags=[hyperscan.HS_FLAG_CASELESS if open_case else 0 for _, open_case in table],
                elements=len(table),
                literal=True,
            )

    def scan(self, data: Any) -> tuple[np.ndarray, np.ndarray]:
        """Give literal and byte after it of all occurrences."""
        if self._database is None or not len(data):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        ids: list[int] = []
        ends: list[int] = []
        add_id, add_end = ids.append, ends.append

        def note(identifier: int, start: int, end: int, flags: int, context: object) -> None:
            """Take one occurrence."""
            add_id(identifier)
            add_end(end)

        self._database.scan(data, match_event_handler=note)
        return np.array(ids, np.int64), np.array(ends, np.int64)

    def pairs(self, data: Any, units: Units, lead: int = 0) -> np.ndarray:
        """Give detector and unit, as one number, of all occurrences; sorted, each once.

        `lead` bytes stand in `data` before the first of the buffer.
        """
        ids, ends = self.scan(data)
        if not len(ids):
            return np.zeros(0, np.int64)
        hits = distinct(ids * units.count + units.of(ends - 1 - lead))
        ids, where = np.divmod(hits, units.count)
        counts = self.sizes[ids]
        shift = np.repeat(self._first[ids] - (np.cumsum(counts) - counts), counts)
        detectors = self._flat[np.arange(int(counts.sum())) + shift]
        return distinct(detectors * units.count + np.repeat(where, counts))


@dataclass(frozen=True)
class Gate:
    """Which sign each detector has."""

    literals: list[tuple[bytes, bool, int]]
    skeletons: list[tuple[bytes, bool, int]]
    runs: list[tuple[int, Run]]
    anywhere: list[int]


def gate_of(detectors: Sequence[Detector], guarded: bool) -> Gate:
    """Choose the sign of each detector."""
    gate = Gate([], [], [], [])
    for index, detector in enumerate(detectors):
        guard = guarded and detector.neighbours != "none"
        inner, open_case = literals_of(detector.pattern)
        if detector.trigger:
            gate.literals.extend(
                (word.encode(), detector.trigger_ignore_case, index) for word in detector.trigger
            )
        elif found := skeletons_of(detector.pattern, guard):
            gate.skeletons.extend((one.encode(), False, index) for one in found)
        elif inner and all(len(word) > 2 for word in inner):
            gate.literals.extend((word.encode(), open_case, index) for word in inner)
        elif guard and (run := run_of(detector.pattern)):
            gate.runs.append((index, run))
        else:
            gate.anywhere.append(index)
    return gate


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
        from leakkit.pii.context import trigger_words

        self._patterns = [compiled(d.pattern) for d in detectors]
        self._sources = [d.pattern for d in detectors]
        self._longest = [longest_match(d.pattern) for d in detectors]
        gate = gate_of(detectors, guarded)
        self._literals = Literals(gate.literals)
        self._skeletons = Literals(gate.skeletons)
        self._runs = gate.runs
        self._anywhere = gate.anywhere
        needy = [i for i, d in enumerate(detectors) if guarded and d.needs != "nothing" and not d.trigger]
        self._needy = np.zeros(len(detectors), bool)
        self._needy[needy] = True
        self._words = Literals((word, True, i) for i in needy for word in trigger_words(detectors[i].context))

    def find(
        self, rows: Rows, telling: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give detector, first byte, byte after of all hits, by detector, then place.

        `telling`: for each row the number of its field's name, and for each name and detector whether
        the name alone is context enough.
        """
        data = rows.data
        if len(data) > MAX_BUFFER:
            return self._in_parts(rows, telling)
        units = Units(rows)
        if not units.count:
            return (np.zeros(0, np.int64),) * 3
        pairs = self._pairs(data, units)
        if self._needy.any():
            pairs = self._with_context(pairs, data, units, telling)
        return self._confirmed(pairs, data, units, self._odd(data, units))

    def _in_parts(self, rows: Rows, telling: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Search a buffer that is too long for Hyperscan part by part, cut between rows."""
        found, begin = [], 0
        while begin < len(rows.starts):
            stop = int(np.searchsorted(rows.ends, rows.starts[begin] + MAX_BUFFER, side="right"))
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
        found = [self._literals.pairs(data, units)]
        if len(self._skeletons.sizes):
            bordered = b"s" + bytes(data).translate(TABLE)  # a value may begin with the buffer
            found.append(self._skeletons.pairs(bordered, units, lead=1))
        if self._runs:
            found.append(self._run_pairs(data, units))
        for index in self._anywhere:
            where = np.arange(units.count) if self._needy[index] else units.matching(self._sources[index])
            found.append(index * units.count + where)
        return distinct(np.concatenate(found))

    def _run_pairs(self, data: Any, units: Units) -> np.ndarray:
        """Give the pairs of detectors that begin with a long run of letters and digits."""
        if not hasattr(self, "_long_runs"):
            import hyperscan

            self._long_runs = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            expression = b"(?:^|[^0-9A-Za-z])[0-9A-Za-z]{%d}" % LEAST_RUN
            self._long_runs.compile(expressions=[expression], ids=[0], flags=[0], elements=1)
        ends: list[int] = []
        self._long_runs.scan(data, match_event_handler=lambda i, s, e, f, c: ends.append(e))
        starts = np.array(ends, np.int64) - LEAST_RUN
        found = [np.zeros(0, np.int64)]
        if not len(starts):
            return found[0]
        array = np.frombuffer(data, np.uint8)
        lengths = _run_lengths(array, starts, max(run.least for _, run in self._runs))
        first = array[starts]
        where = units.of(starts)
        for index, run in self._runs:
            fit = (lengths >= run.least) & np.isin(first, np.array(sorted(run.first), np.uint8))
            found.append(index * units.count + where[fit])
        return np.concatenate(found)

    def _with_context(self, pairs: np.ndarray, data: Any, units: Units, telling: Any) -> np.ndarray:
        """Keep the pairs of detectors that need no context, or stand where a word or name gives some."""
        detectors, where = np.divmod(pairs, units.count)
        needy = self._needy[detectors]
        if not needy.any():
            return pairs
        words = self._words.pairs(data, units)
        if units.split:
            words = units.spread(words)
        kept = ~needy | np.isin(pairs, words)
        if telling is not None:
            numbers, table = telling
            kept |= needy & table[numbers[units.row[where]], detectors]
        return pairs[kept]

    def _odd(self, data: Any, units: Units) -> np.ndarray:
        """Give the units with letters whose case Hyperscan does not know."""
        hits = [place for letter in _ODD_CASE for place in _places(data, letter.encode())]
        return distinct(units.of(np.array(hits, np.int64))) if hits else np.zeros(0, np.int64)

    def _confirmed(
        self, pairs: np.ndarray, data: Any, units: Units, odd: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Let RE2 find the matches of each detector in its units."""
        if len(odd):
            every = np.arange(len(self._patterns))[:, None] * units.count + odd[None, :]
            pairs = distinct(np.concatenate([pairs, every.ravel()]))
        detectors, where = np.divmod(pairs, units.count)
        borders = np.flatnonzero(np.diff(detectors, prepend=-1, append=len(self._patterns)))
        data = bytes(data)
        which, found = [], []
        for first, stop in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True):
            index = int(detectors[first])
            begins, ends = units.regions(where[first:stop], self._longest[index])
            spans = search(self._patterns[index], data, begins, ends)
            which.append(np.full(len(spans), index, np.int64))
            found.append(spans)
        if not found:
            return (np.zeros(0, np.int64),) * 3
        table = np.concatenate(found)
        return np.concatenate(which), table[:, 0], table[:, 1]


def _run_lengths(array: np.ndarray, starts: np.ndarray, most: int) -> np.ndarray:
    """Give how many letters and digits stand from each start on, up to `most`."""
    lengths = np.full(len(starts), LEAST_RUN, np.int64)
    alive = np.arange(len(starts))
    while len(alive):
        places = starts[alive] + lengths[alive]
        inside = places < len(array)
        inside[inside] = _ALNUM[array[places[inside]]]
        alive = alive[inside]
        lengths[alive] += 1
        alive = alive[lengths[alive] < most]
    return lengths


def _places(data: Any, letter: bytes) -> list[int]:
    """Give the places of a rare letter."""
    data, found = bytes(data), []
    place = data.find(letter)
    while place >= 0:
        found.append(place)
        place = data.find(letter, place + 1)
    return found
