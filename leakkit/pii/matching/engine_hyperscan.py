"""Matching by Hyperscan and RE2: literals and skeletons say which detector may match where, RE2 then says what.

Every detector gets one cheap sign without which it cannot match: its trigger literals, its skeletons (see
`leakkit.pii.matching.skeletons`), or a long run of letters and digits. A buffer is searched for all of them in two
passes; a detector then runs only in the units (rows, or stretches of long rows) that hold its sign.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii import cache
from leakkit.pii.detector import Detector
from leakkit.pii.matching.buffers import MAX_BUFFER
from leakkit.pii.matching.engine_re2 import compiled, search
from leakkit.pii.matching.near import Places, near_one
from leakkit.pii.matching.shapes import (
    LEAST_RUN,
    Run,
    is_ascii_only,
    is_wide,
    literals_of,
    longest_match,
    run_of,
)
from leakkit.pii.matching.skeletons import TABLE, skeletons_of
from leakkit.pii.matching.units import Units, distinct
from leakkit.pii.weighing.context import PLAIN

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

_ALNUM = np.zeros(256, bool)
_ALNUM[[*range(48, 58), *range(65, 91), *range(97, 123)]] = True
LOOK = 1e-6
"""Seconds that RE2 takes, called from here, to find nothing in a unit; Arrow has to compile first."""

MANY_DETECTORS, MANY_LITERALS = 40, 400
"""What is derived of so many is kept for the next process."""

_DERIVING = (
    "matching/engine_hyperscan.py",
    "weighing/context.py",
    "matching/shapes.py",
    "matching/skeletons.py",
    "matching/buffers.py",
)

_END_BITS = 40
_ROW, _BYTE = 6e-7, 2e-9
"""Seconds that RE2 takes for a stretch, and for each byte of it."""

_SMALL = np.zeros(256, bool)
_SMALL[97:123] = True
_ODD_CASE = ("ſ", "\u212a")
"""Letters that RE2 takes for s and k when case is open, and Hyperscan does not."""


class Literals:
    """Many literals (or patterns) searched in one pass, each for several detectors."""

    def __init__(self, wanted: Iterable[tuple[bytes, bool, int]], plain: bool = True) -> None:
        table: dict[tuple[bytes, bool], set[int]] = {}
        for literal, open_case, detector in wanted:
            literal = literal.lower() if open_case else literal
            table.setdefault((literal, open_case), set()).add(detector)
        self._take(
            [literal for literal, _ in table],
            [open_case for _, open_case in table],
            [len(ids) for ids in table.values()],
            [one for ids in table.values() for one in sorted(ids)],
            plain,
        )

    def _take(
        self, known: list[bytes], open_case: list[bool], sizes: list[int], flat: list[int], plain: bool
    ) -> None:
        """Set what the search needs."""
        self.known, self._open_case, self._plain = known, open_case, plain
        self.lengths = np.array([len(literal) for literal in known], np.int64)
        self.sizes = np.array(sizes, np.int64)
        self._flat = np.array(flat, np.int64)
        self._first = np.cumsum(self.sizes) - self.sizes
        self._own: dict[int, np.ndarray] = {}

    def packed(self) -> list[Any]:
        """Give the literals as JSON can say them."""
        known = [literal.decode("latin-1") for literal in self.known]
        open_case = [int(one) for one in self._open_case]
        return [known, open_case, self.sizes.tolist(), self._flat.tolist(), self._plain]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> Literals:
        """Make literals of what `packed` gave."""
        found = cls.__new__(cls)
        known, open_case, sizes, flat, plain = packed
        found._take([one.encode("latin-1") for one in known], open_case, sizes, flat, plain)
        return found

    @cached_property
    def _database(self) -> Any:
        """The literals, compiled when they are first looked for; many are kept for the next process."""
        import hyperscan

        if not self.known:
            return None
        flags = [hyperscan.HS_FLAG_CASELESS if one else 0 for one in self._open_case]
        key = b""
        if len(self.known) >= MANY_LITERALS or not self._plain:
            key = cache.key_of(
                _hyperscan(),
                b"".join(self.known),
                self.lengths.tobytes(),
                bytes(self._open_case),
                str(self._plain),
            )
            if (kept := cache.load("signs", key)) is not None and (found := _loaded(kept)) is not None:
                return found
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=self.known,
            ids=list(range(len(self.known))),
            flags=flags,
            elements=len(self.known),
            literal=self._plain,
        )
        if key:
            cache.store("signs", key, hyperscan.dumpb(database))
        return database

    def scan(self, data: Any) -> tuple[np.ndarray, np.ndarray]:
        """Give literal and byte after it of all occurrences."""
        if not self.known or not len(data):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        found: list[int] = []
        add = found.append

        def note(identifier: int, start: int, end: int, flags: int, context: object) -> None:
            """Take one occurrence; one number for both is cheapest, as this runs most often of all."""
            add(identifier << _END_BITS | end)

        self._database.scan(data, match_event_handler=note)
        taken = np.array(found, np.int64)
        return taken >> _END_BITS, taken & (1 << _END_BITS) - 1

    def pairs(self, data: Any, units: Units, lead: int = 0) -> np.ndarray:
        """Give detector and unit, as one number, of all occurrences; sorted, each once.

        `lead` bytes stand in `data` before the first of the buffer.
        """
        ids, ends = self.scan(data)
        if not len(ids):
            return np.zeros(0, np.int64)
        return self.expand(ids, units.of(ends - 1 - lead), units.count)

    def whole(self, data: Any, single: np.ndarray) -> Places:
        """Give all occurrences but those of `single` words to which letters are glued in small case."""
        ids, ends = self.scan(data)
        array = np.frombuffer(data, np.uint8)
        starts = ends - self.lengths[ids]
        before, first = array[np.maximum(starts - 1, 0)], array[starts]
        after = array[np.minimum(ends, len(array) - 1)]
        glued = _SMALL[after] | (_ALNUM[before] & _SMALL[first] & (starts > 0))
        kept = ~(glued & single[ids])
        return Places(ids[kept], starts[kept], ends[kept])

    @property
    def detectors(self) -> np.ndarray:
        """The detectors that have literals here."""
        return distinct(self._flat)

    def of(self, detector: int) -> np.ndarray:
        """Tell which literals belong to a detector."""
        if (found := self._own.get(detector)) is None:
            found = np.zeros(len(self.known), bool)
            found[
                np.searchsorted(self._first + self.sizes, np.flatnonzero(self._flat == detector), "right")
            ] = True
            self._own[detector] = found
        return found

    def expand(self, ids: np.ndarray, where: np.ndarray, count: int) -> np.ndarray:
        """Give detector and unit, as one number, of literals in units; sorted, each once."""
        if not len(ids):
            return np.zeros(0, np.int64)
        ids, where = np.divmod(distinct(ids * count + where), count)
        counts = self.sizes[ids]
        shift = np.repeat(self._first[ids] - (np.cumsum(counts) - counts), counts)
        detectors = self._flat[np.arange(int(counts.sum())) + shift]
        return distinct(detectors * count + np.repeat(where, counts))


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
        doubtful = bool(inner) and not _proved(detector, inner)
        if detector.trigger and not doubtful and all(map(_rare, detector.trigger)):
            gate.literals.extend(
                (word.encode(), detector.trigger_ignore_case, index) for word in detector.trigger
            )
        elif inner and all(len(word.encode()) > 3 for word in inner):
            gate.literals.extend((word.encode(), open_case, index) for word in inner)
        elif found := skeletons_of(detector.pattern, guard):
            gate.skeletons.extend((one.encode(), False, index) for one in found)
        elif inner and (doubtful or not detector.trigger):
            gate.literals.extend((word.encode(), open_case, index) for word in inner)
        elif detector.trigger:
            gate.literals.extend(
                (word.encode(), detector.trigger_ignore_case, index) for word in detector.trigger
            )
        elif guard and (run := run_of(detector.pattern)):
            gate.runs.append((index, run))
        else:
            gate.anywhere.append(index)
    return gate


def _signs(detectors: Sequence[Detector], guarded: bool, needy: set[int]) -> dict[str, Any]:
    """Derive everything that a search looks for, as JSON can say it."""
    from leakkit.pii.weighing.context import bordered, in_camel, is_single, trigger_words

    gate = gate_of(detectors, guarded)
    triggers = [(i, *trigger_words(detectors[i].context)) for i in sorted(needy)]
    words = Literals(
        [(word, True, i) for i, long, *_ in triggers for word in long]
        + [(one, False, i) for i, _, short, _ in triggers for word in short for one in in_camel(word)]
    )
    phrases = {
        w for i in needy for c in detectors[i].context if not is_single(c) for w in trigger_words([c])[0]
    }
    short_words = Literals(
        [(one, False, i) for i, _, short, _ in triggers for word in short for one in bordered(word)]
        + [(one, False, i) for i, *_, beside in triggers for one in beside]
    )
    whole = [i for i in gate.anywhere if i not in needy and is_ascii_only(detectors[i].pattern)]
    return {
        "longest": [longest_match(d.pattern) for d in detectors],
        "literals": Literals(gate.literals).packed(),
        "skeletons": Literals(g for g in gate.skeletons if g[2] not in needy).packed(),
        "needy_skeletons": Literals(g for g in gate.skeletons if g[2] in needy).packed(),
        "words": words.packed(),
        "short_words": short_words.packed(),
        "single": [int(word not in phrases) for word in words.known],
        "whole": Literals(((detectors[i].pattern.encode(), False, i) for i in whole), plain=False).packed(),
        "runs": [[index, run.least, sorted(run.first)] for index, run in gate.runs],
        "anywhere": [i for i in gate.anywhere if i not in whole],
    }


def _hyperscan() -> bytes:
    """Give version of Hyperscan and features of the processor for which it compiles."""
    import hyperscan

    tiny = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    tiny.compile(expressions=[b"x"], ids=[0], flags=[0], elements=1, literal=True)
    return repr((tiny.info(), getattr(hyperscan, "__version__", ""))).encode()


def _loaded(kept: bytes) -> Any:
    """Make a kept database ready; None where this Hyperscan does not take it."""
    import hyperscan

    try:
        database = hyperscan.loadb(kept, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None
    return database


def _proved(detector: Detector, inner: tuple[str, ...]) -> bool:
    """Tell whether the pattern itself shows that one of the triggers stands in every match."""
    if detector.trigger_ignore_case:
        triggers = [trigger.lower() for trigger in detector.trigger]
        return all(any(trigger in word.lower() for trigger in triggers) for word in inner)
    return all(any(trigger in word for trigger in detector.trigger) for word in inner)


def _rare(trigger: str) -> bool:
    """True for a trigger that numbers and prose do not hold everywhere."""
    return len(trigger) > 2 or trigger in "@+" or any(c.isupper() for c in trigger)


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
        self._patterns: dict[int, tuple[Any, int]] = {}
        self._cost: dict[int, float] = {}
        self._sources = [d.pattern for d in detectors]
        needy = {i for i, d in enumerate(detectors) if guarded and d.needs != "nothing"}
        self._needy = np.zeros(len(detectors), bool)
        self._needy[list(needy)] = True
        if len(detectors) < MANY_DETECTORS:
            signs = _signs(detectors, guarded, needy)
        else:
            rows = [
                (d.pattern, d.trigger, d.trigger_ignore_case, d.neighbours, d.needs, d.context)
                for d in detectors
            ]
            key = cache.key_of(cache.code_of(*_DERIVING), json.dumps([guarded, rows]))
            signs = cache.remembered("detectors", key, lambda: _signs(detectors, guarded, needy))
        self._longest: list[int] = signs["longest"]
        self._literals = Literals.unpacked(signs["literals"])
        self._skeletons = Literals.unpacked(signs["skeletons"])
        self._needy_skeletons = Literals.unpacked(signs["needy_skeletons"])
        self._words = Literals.unpacked(signs["words"])
        self._short_words = Literals.unpacked(signs["short_words"])
        self._single = np.array(signs["single"], bool)
        self._whole = Literals.unpacked(signs["whole"])
        self._runs = [(index, Run(least, frozenset(first))) for index, least, first in signs["runs"]]
        self._anywhere: list[int] = signs["anywhere"]

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
        odd = self._odd(data, units)
        if not self._needy.any():
            return self._confirmed(pairs, data, units, odd)
        words = self._word_places(rows.data)
        pairs = self._with_context(pairs, rows, units, telling, words)
        found = self._confirmed(pairs, data, units, odd)
        return self._near(rows, found, words, telling, units.row[odd])

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
        found = [self._literals.pairs(data, units), self._whole.pairs(data, units)]
        if len(self._skeletons.sizes):
            bordered = b"s" + bytes(data).translate(TABLE)  # a value may begin with the buffer
            found.append(self._skeletons.pairs(bordered, units, lead=1))
        if self._runs:
            found.append(self._run_pairs(data, units))
        for index in self._anywhere:
            if not self._needy[index]:
                where = units.wide if is_wide(self._sources[index]) else np.arange(units.count)
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

    def _word_places(self, data: Any) -> tuple[Places, Places]:
        """Give the places of the context words, by both lists of literals."""
        short, ends = self._short_words.scan(b" " + bytes(data).translate(PLAIN))
        starts = ends - self._short_words.lengths[short]
        return self._words.whole(data, self._single), Places(short, starts - 1, ends - 1)

    def _near(
        self, rows: Rows, found: Any, words: tuple[Places, Places], telling: Any, odd: np.ndarray
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
            held = [
                [column[literals.of(index)[places.ids]] for column in places]
                for literals, places in zip((self._words, self._short_words), words, strict=True)
            ]
            own = Places(*(np.concatenate(columns) for columns in zip(*held, strict=True)))
            if len(own.ids):
                kept[some] = near_one(rows, own, starts[some], ends[some])
        return which[kept], starts[kept], ends[kept]

    def _with_context(
        self, pairs: np.ndarray, rows: Rows, units: Units, telling: Any, places: tuple[Places, Places]
    ) -> np.ndarray:
        """Keep the pairs of detectors that need no context, or stand where a word or name gives some.

        Skeletons of detectors that need context are looked for only in units that have some.
        """
        words = distinct(
            np.concatenate(
                [
                    literals.expand(found.ids, units.of(found.ends - 1), units.count)
                    for literals, found in zip((self._words, self._short_words), places, strict=True)
                ]
            )
        )
        if units.split:
            words = units.spread(words)
        numbers, table = np.zeros(units.count, np.int64), np.zeros((1, len(self._needy)), bool)
        if telling is not None:
            numbers, table = telling[0][units.row], telling[1] & self._needy
        free = self._unsigned
        named = table & free
        wanted = words[free[words // units.count]]
        count = len(wanted) + int(named.sum(axis=1)[numbers].sum())
        more = [pairs]
        if count * (_ROW + _BYTE * len(rows.data) / units.count) < self._cost_of_skeletons(rows):
            more.append(wanted)
            if len(wanted) < count:
                where, detectors = np.nonzero(named[numbers])
                more.append(detectors * units.count + where)
        else:
            held = distinct(
                np.concatenate([words % units.count, np.flatnonzero(np.any(table, axis=1)[numbers])])
            )
            more.append(self._in_units(rows.data, units, held))
            more += [index * units.count + held for index in self._anywhere if self._needy[index]]
        pairs = distinct(np.concatenate(more))
        detectors, where = np.divmod(pairs, units.count)
        kept = ~self._needy[detectors]
        needy = np.flatnonzero(~kept)
        fit = _among(pairs[needy], words) | table[numbers[where[needy]], detectors[needy]]
        kept[needy[fit]] = True
        return pairs[kept]

    @cached_property
    def _unsigned(self) -> np.ndarray:
        """The detectors that need context and have no sign but skeletons, or none at all."""
        found = np.zeros(len(self._needy), bool)
        found[self._needy_skeletons.detectors] = True
        found[[index for index in self._anywhere if self._needy[index]]] = True
        return found

    def _cost_of_skeletons(self, rows: Rows) -> float:
        """Guess how many seconds it takes to look for the skeletons of detectors that need context."""
        digits = int(np.count_nonzero(rows.array - np.uint8(48) < 10))
        return 4e-9 * len(rows.data) + 2e-7 * digits

    def _in_units(self, data: Any, units: Units, held: np.ndarray) -> np.ndarray:
        """Look for the skeletons of detectors that need context in some units."""
        ends = np.append(units.starts[1:], len(data))
        if units.split:
            held = distinct(np.concatenate([held, held[held + 1 < units.count] + 1]))
        if len(held) * 2 > units.count:
            bordered = b"s" + bytes(data).translate(TABLE)
            return self._needy_skeletons.pairs(bordered, units, lead=1)
        begins, stops = units.starts[held], ends[held]
        new = np.concatenate(([True], begins[1:] != stops[:-1]))
        first = np.flatnonzero(new)
        last = np.append(first[1:], len(held)) - 1
        stretches = list(zip(begins[first].tolist(), stops[last].tolist(), strict=True))
        joined = b"s" + b"".join([data[begin:stop] for begin, stop in stretches]).translate(TABLE)
        ids, places = self._needy_skeletons.scan(joined)
        lengths = (stops - begins).cumsum()
        return self._needy_skeletons.expand(
            ids, held[np.searchsorted(lengths, places - 2, side="right")], units.count
        )

    def _pattern(self, index: int) -> tuple[Any, int]:
        """Give a detector's pattern, compiled when it is first needed; note how long that took."""
        if (found := self._patterns.get(index)) is None:
            begin = time.process_time()
            found = self._patterns[index] = compiled(self._sources[index])
            self._cost[index] = time.process_time() - begin
        return found

    def _odd(self, data: Any, units: Units) -> np.ndarray:
        """Give the units with letters whose case Hyperscan does not know."""
        hits = [place for letter in _ODD_CASE for place in _places(data, letter.encode())]
        return distinct(units.of(np.array(hits, np.int64))) if hits else np.zeros(0, np.int64)

    def _confirmed(
        self, pairs: np.ndarray, data: Any, units: Units, odd: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Let RE2 find the matches of each detector in its units."""
        if len(odd):
            every = np.arange(len(self._sources))[:, None] * units.count + odd[None, :]
            pairs = distinct(np.concatenate([pairs, every.ravel()]))
        detectors, where = np.divmod(pairs, units.count)
        borders = np.flatnonzero(np.diff(detectors, prepend=-1, append=len(self._sources)))
        data = bytes(data)
        which, found = [], []
        for first, stop in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True):
            index = int(detectors[first])
            held = where[first:stop]
            pattern = self._pattern(index)
            if not units.split and len(held) * LOOK > self._cost[index]:
                held = held[units.matching(self._sources[index], held)]
            begins, ends = units.regions(held, self._longest[index])
            spans = search(pattern, data, begins, ends)
            which.append(np.full(len(spans), index, np.int64))
            found.append(spans)
        if not found:
            return (np.zeros(0, np.int64),) * 3
        table = np.concatenate(found)
        return np.concatenate(which), table[:, 0], table[:, 1]


def _among(numbers: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Tell which numbers stand among sorted ones."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return known[places] == numbers


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
