"""Detectors that need a key, searched only right behind keys that speak for them.

A detector with ``needs = "key"`` takes almost any word for a value, so every word of every text would be a
match that weighing drops. Turned round it is cheap: the keys of a buffer are found first (few of them are
different), and each detector looks only behind those that hold one of its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from re import _constants as names  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import Detector
from leakkit.pii.matching.endings import IN_KEY, Endings
from leakkit.pii.matching.engine_re2 import compiled, search, unanchored
from leakkit.pii.matching.key_signs import back, before_sign, key_signs, on
from leakkit.pii.matching.shapes import LONGEST, longest_match, parsed
from leakkit.pii.weighing.context import Words, key_before

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

_SIGNS = ":=>"
_IN_KEY = np.zeros(256, bool)
_IN_KEY[list(IN_KEY)] = True
_BLANK = np.zeros(256, bool)
_BLANK[list(b" \t")] = True
_QUOTE = np.zeros(256, bool)
_QUOTE[list(b"\"']")] = True
_OPENING = np.zeros(256, bool)
_OPENING[list(b" \t\"'[(")] = True
_DIGIT = re.compile(r"[0-9]")
_MOST_KEY = 60 * 4
_MOST_HELD = 20_000
_WORDS = bytes(code if chr(code).isalnum() else 32 for code in range(256))
"""For ``bytes.translate``: signs between words are blanks."""
_STEP = 1 << 19
"""Bytes looked at in one go: what is made for them stays in the processor's cache."""


def may_hold(nodes: Any, codes: frozenset[int]) -> bool:
    """Tell whether a match of a parsed pattern may hold one of some ASCII characters, or look at its ends."""
    return any(_may_hold(kind, value, codes) for kind, value in nodes)


def _may_hold(kind: Any, value: Any, codes: frozenset[int]) -> bool:
    """Ask one node."""
    if kind is names.LITERAL:
        return value in codes
    if kind is names.IN:
        return any(_in_class(value, code) for code in codes)
    if kind is names.BRANCH:
        return any(may_hold(branch, codes) for branch in value[1])
    if kind is names.SUBPATTERN:
        return may_hold(value[-1], codes)
    if kind in (names.MAX_REPEAT, names.MIN_REPEAT):
        return may_hold(value[2], codes)
    if kind is names.AT:
        return value not in (names.AT_BOUNDARY, names.AT_NON_BOUNDARY)
    return True


def _in_class(items: Any, code: int) -> bool:
    """Tell whether a class may hold a sign of ASCII that is no letter, digit or underscore."""
    turned = items[0][0] is names.NEGATE
    for kind, value in items[turned:]:
        if kind is names.LITERAL and value == code:
            return not turned
        if kind is names.RANGE and value[0] <= code <= value[1]:
            return not turned
        if kind is names.CATEGORY and value not in (names.CATEGORY_DIGIT, names.CATEGORY_WORD):
            if value is names.CATEGORY_SPACE and code not in b" \t\n\r\f\v":
                continue
            return True
    return turned


def is_keyed(detector: Detector) -> bool:
    """Tell whether a detector can be searched behind keys alone: it needs one, and matches end before the next."""
    tree = parsed(detector.pattern) if detector.needs == "key" else None
    if tree is None or tree.state.groupdict or longest_match(detector.pattern) >= LONGEST:
        return False
    return not may_hold(tree, frozenset(map(ord, _SIGNS)))


class KeyEngine:
    """The detectors of a run that need a key, each searched behind its keys.

    Parameters
    ----------
    detectors : sequence of Detector
        All detectors of the run.
    which : sequence of int
        The places of those that are searched here; `is_keyed` holds for each.
    """

    def __init__(self, detectors: Sequence[Detector], which: Sequence[int]) -> None:
        self._which = list(which)
        self._words = [Words(detectors[i].context) for i in which]
        self._sources = [detectors[i].pattern for i in which]
        self._longest = [longest_match(detectors[i].pattern) for i in which]
        self._patterns: dict[int, Any] = {}
        self._told: dict[bytes, tuple[int, ...]] = {}
        self._any = Words([_DIGIT.sub("0", word) for i in which for word in detectors[i].context])
        self._endings = Endings(self._dull)

    def find(
        self, rows: Rows, telling: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give detector, first byte and byte after of all hits; see `FastEngine.find`."""
        data = rows.raw
        regions = self._regions(data, rows)
        which, found = [], []
        for number, index in enumerate(self._which):
            whole = None
            if telling is not None and telling[1][:, index].any():
                whole = telling[1][telling[0], index]
                named = np.flatnonzero(whole)
                spans = search(self._pattern(number), data, rows.starts[named], rows.ends[named])
                which.append(np.full(len(spans), index, np.int64))
                found.append(spans)
            if number in regions:
                spans = self._behind(number, data, rows, regions[number], whole)
                which.append(np.full(len(spans), index, np.int64))
                found.append(spans)
        if not found:
            return (np.zeros(0, np.int64),) * 3
        table = np.concatenate(found)
        return np.concatenate(which), table[:, 0], table[:, 1]

    def _regions(self, data: bytes, rows: Rows) -> dict[int, np.ndarray]:
        """Give for each detector where to search: from the sign, from where a value may begin, the row's end."""
        signs, firsts, starts, stops = self._signs(rows)
        if not len(signs):
            return {}
        told = self._told
        keys = [data[first:end] for first, end in zip(firsts.tolist(), (signs + 1).tolist(), strict=True)]
        numbers: dict[int, list[bytes]] = {}
        codes = {key: code for code, key in enumerate(dict.fromkeys(keys))}
        for key in codes:
            held = told.get(key)
            for number in self._detectors(key) if held is None else held:
                numbers.setdefault(number, []).append(key)
        which = np.array([codes[key] for key in keys], np.int64)
        table = np.stack([signs + 1, starts, stops], axis=1)
        found = {}
        for number, chosen in numbers.items():
            speaks = np.zeros(len(codes), bool)
            speaks[[codes[key] for key in chosen]] = True
            found[number] = table[speaks[which]]
        return found

    def _pattern(self, number: int) -> Any:
        """Give a pattern, compiled when it is first needed."""
        if number not in self._patterns:
            self._patterns[number] = compiled(self._sources[number])
        return self._patterns[number]

    def _signs(self, rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Give the signs that end a key: place, first byte of the key, where a value may begin, end of row."""
        array = rows.array
        parts = [(begin, begin + _STEP) for begin in range(0, max(1, len(array)), _STEP)]
        signs = np.concatenate([self._endings.telling(array, key_signs(array, *part)) for part in parts])
        ends = signs - 1
        ends -= ((array[signs] != 58) & np.isin(array[np.maximum(ends, 0)], (58, 61))) & (ends >= 0)
        ends = back(array, back(array, ends, _BLANK, 4), _QUOTE, 2)
        fit = (ends >= 0) & _IN_KEY[array[np.maximum(ends, 0)]]
        signs, ends = signs[fit], ends[fit]
        firsts = back(array, ends, _IN_KEY, _MOST_KEY) + 1
        first = array[firsts]
        fit = (ends >= firsts) & ~((first >= 48) & (first <= 57) & (ends - firsts < 2))
        signs, firsts = signs[fit], firsts[fit]
        row = rows.row_of(signs)
        stops = rows.ends[row] if len(row) else row
        inside = signs + 1 < stops
        signs, firsts, stops = signs[inside], firsts[inside], stops[inside]
        return signs, firsts, on(array, signs + 1, _OPENING), stops

    def _dull(self, ending: bytes) -> bool | None:
        """Say whether no detector speaks for the key that ends with a sign; None where it begins before."""
        held = before_sign(ending)
        before = held.rstrip(IN_KEY)
        if not before:
            return None
        key = held[len(before) :]
        if not key or self._is_plain(key) and self._lasts.isdisjoint(key.lower().translate(_WORDS).split()):
            return True
        text = ending[len(before) :].decode("utf-8", "replace")
        inner = key_before(text, len(text))
        return not (inner and self._any.among(inner))

    @staticmethod
    def _is_plain(key: bytes) -> bool:
        """Tell whether signs alone part the words of a key: letters are of ASCII and one case, digits are none."""
        return key.isascii() and (key.islower() or key.isupper()) and b"0" not in key

    @cached_property
    def _lasts(self) -> frozenset[bytes]:
        """The last words of what any detector knows: a key without any of them tells nothing."""
        return frozenset(word.encode() for word in self._any.lasts)

    def _detectors(self, key: bytes) -> tuple[int, ...]:
        """Give the detectors for which a key, with the sign behind it, speaks."""
        if len(self._told) >= _MOST_HELD:
            self._told.clear()
        text = key.decode("utf-8", "replace")
        inner = key_before(text, len(text))
        self._told[key] = found = tuple(
            number for number, words in enumerate(self._words) if inner and words.in_field(inner)
        )
        return found

    def _behind(
        self,
        number: int,
        data: bytes,
        rows: Rows,
        regions: np.ndarray,
        whole: np.ndarray | None,
    ) -> np.ndarray:
        """Search right behind keys; in rows that are not searched as a `whole`."""
        if whole is not None:
            regions = regions[~whole[rows.row_of(regions[:, 0])]]
        match, anchor = self._pattern(number)[0]._regexp.Match, unanchored()
        begins, lasts = regions[:, 0].tolist(), regions[:, 1].tolist()
        stops = np.minimum(regions[:, 2], regions[:, 1] + self._longest[number] + 4).tolist()
        found: list[int] = []
        for begin, last, stop in zip(begins, lasts, stops, strict=True):
            while begin <= last and begin < stop:
                span = match(anchor, data, begin, stop)[0]
                begin, end = span
                if begin < 0 or begin > last:
                    break
                found += span
                begin = end if end > begin else end + 1
        return np.array(found, np.int64).reshape(-1, 2)

    def forget(self) -> None:
        """Let go of automata that have grown."""
        self._patterns.clear()


class KeyedEngine:
    """Hyperscan and RE2 for most detectors, a search behind keys for those that need one."""

    def __init__(self, detectors: Sequence[Detector], guarded: bool = True) -> None:
        from leakkit.pii.matching.engine_hyperscan import FastEngine

        keyed = [i for i, d in enumerate(detectors) if guarded and is_keyed(d)]
        behind = set(keyed)
        self._others = np.array([i for i in range(len(detectors)) if i not in behind], np.int64)
        self._fast = FastEngine([detectors[i] for i in self._others.tolist()], guarded)
        self._keys = KeyEngine(detectors, keyed) if keyed else None

    def forget(self) -> None:
        """Let go of automata that have grown."""
        self._fast.forget()
        if self._keys is not None:
            self._keys.forget()

    def find(
        self, rows: Rows, telling: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give detector, first byte, byte after of all hits, by detector, then place; see `FastEngine.find`."""
        if self._keys is None or not len(rows.starts):
            return self._fast.find(rows, telling)
        rest = None if telling is None else (telling[0], telling[1][:, self._others])
        which, starts, ends = self._fast.find(rows, rest)
        more = self._keys.find(rows, telling)
        which = np.concatenate([self._others[which], more[0]])
        starts, ends = np.concatenate([starts, more[1]]), np.concatenate([ends, more[2]])
        order = np.lexsort((starts, which))
        return which[order], starts[order], ends[order]
