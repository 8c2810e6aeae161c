"""Weigh all matches of a batch: neighbours of all at once, values and surroundings that come again only once.

Gives what `leakkit.pii.weighing.weigh.weigh` gives for each span alone; that is tested.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.context import AFTER
from leakkit.pii.weighing.memory import halfway, make_room
from leakkit.pii.weighing.neighbours import DECIMALS, NUMBER_SIGNS, allowed
from leakkit.pii.weighing.surroundings import (
    REACH,
    begin_of,
    borders,
    characters_after,
    characters_before,
    end_of,
    odd_ones,
)

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.weighing.weigh import Rule, Setting, Weighed

_TOUCHING = np.zeros(256, bool)
_TOUCHING[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True
_DIGIT = np.zeros(256, bool)
_DIGIT[48:58] = True
_SIGN = np.zeros(256, bool)
_SIGN[[ord(c) for c in NUMBER_SIGNS]] = True
_IN_NUMBER = _TOUCHING.copy()
_IN_NUMBER[[*b".,", *range(128, 256)]] = True
_AT_ONCE = 20_000
"""Spans whose surroundings are held at once."""

_REMEMBERED = 4
"""Most that is remembered of one span: before, after, both together, value."""

_TWO = 8
"""Bytes that hold two characters."""

_RUN_SIGNS = frozenset((b"+", b"/", b"-", b"."))
_RUN = np.zeros(256, bool)
_RUN[list(b"+/-.")] = True


def untouched(
    rows: Rows, rules: Sequence[Rule], which: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Give the places of the spans that no letter, digit or underscore of ASCII touches, as their rules ask.

    Spans whose neighbours are not ASCII stay: `weigh_all` looks at them one by one.
    """
    if not len(which):
        return which
    present = np.bincount(which)
    kinds = np.zeros(len(present), np.int8)
    for index in np.flatnonzero(present).tolist():
        kinds[index] = ("none", "word", "token", "number").index(rules[index].detector.neighbours)
    kind, data = kinds[which], rows.array
    before, after = data[np.maximum(starts - 1, 0)], data[np.minimum(ends, len(data) - 1)]
    touched = (_TOUCHING[before] & (starts > 0)) | _TOUCHING[after]
    left = _SIGN[before] & _DIGIT[data[np.maximum(starts - 2, 0)]] & (starts > 1)
    right = _SIGN[after] & _DIGIT[data[np.minimum(ends + 1, len(data) - 1)]]
    dropped = (touched & (kind > 0)) | ((left | right) & (kind == 3))
    points = np.flatnonzero((before == ord(".")) & (kind > 0) & (starts > 1) & ~dropped)
    dropped[points[_are_decimals(data, starts[points], ends[points])]] = True
    return np.flatnonzero(~dropped & (ends > starts))


def _are_decimals(data: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which spans behind a point are the decimals of a number with one digit before it."""
    found = _DIGIT[data[starts - 2]] & (ends - starts >= DECIMALS)
    for place in range(DECIMALS):
        found &= _DIGIT[data[np.minimum(starts + place, len(data) - 1)]]
    return found & ~((starts > 2) & _IN_NUMBER[data[np.maximum(starts - 3, 0)]])


def weigh_all(
    rows: Rows,
    rules: Sequence[Rule],
    which: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    names: Sequence[str],
    keys: Sequence[str] | None,
) -> tuple[list[Weighed | None], list[str]]:
    """Weigh spans that `untouched` left.

    Parameters
    ----------
    rows : Rows
        The texts.
    rules : sequence of Rule
        The detectors made ready.
    which, starts, ends : numpy.ndarray
        Detector, first byte and byte after of each span; by detector.
    names, keys : sequence of str
        Name of the field, and key inside the text, for each span; `keys` None where there are none.

    Returns
    -------
    tuple
        What came of each span, and their values.
    """
    found: list[Weighed | None] = []
    values: list[str] = []
    halfway()
    for begin in range(0, len(which), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        make_room(_REMEMBERED * len(which[part]))
        spans = _Spans(rows, starts[part], ends[part], names[part], None if keys is None else keys[part])
        firsts = np.flatnonzero(np.diff(which[part], prepend=-1)).tolist()
        for first, last in pairwise([*firsts, len(spans.values)]):
            found += spans.weigh(rules[which[begin + first]], first, last)
        values += spans.values
    return found, values


class _Spans:
    """The spans of a batch with their values and what stands around them."""

    def __init__(
        self,
        rows: Rows,
        starts: np.ndarray,
        ends: np.ndarray,
        names: Sequence[str],
        keys: Sequence[str] | None,
    ) -> None:
        self.data = data = rows.raw
        self.names, self.keys = names, keys if keys is not None else [""] * len(names)
        lows, highs = borders(rows, starts, ends)
        self.starts, self.ends = starts.tolist(), ends.tolist()
        self.lows, self.highs = lows.tolist(), highs.tolist()
        first, last = np.maximum(lows, starts - REACH), np.minimum(highs, ends + AFTER + 1)
        if not rows.ascii:
            odd = odd_ones(rows, first, last)
            first[odd] = characters_before(rows, starts[odd], REACH, lows[odd])
            last[odd] = characters_after(rows, ends[odd], AFTER + 1, highs[odd])
        befores = zip(first.tolist(), self.starts, strict=True)
        afters = zip(self.ends, last.tolist(), strict=True)
        self.befores = [data[low:start] for low, start in befores]
        self.afters = [data[end:high] for end, high in afters]
        places = zip(self.starts, self.ends, strict=True)
        self.values = [data[start:end].decode("utf-8", "replace") for start, end in places]
        self.wide, self.runs = _open(rows, starts, ends)

    def weigh(self, rule: Rule, first: int, last: int) -> list[Weighed | None]:
        """Weigh the spans of one detector."""
        befores = rule.around.befores(self.befores[first:last])
        afters = rule.around.afters(self.afters[first:last])
        around = zip(befores, afters, self.names[first:last], self.keys[first:last], strict=True)
        settings = rule.settings(list(around))
        self._drop(rule.detector.neighbours, first, settings)
        held = [i for i, setting in enumerate(settings, first) if setting is not None]
        values = self.values[first:last] if len(held) == len(settings) else [self.values[i] for i in held]
        found: list[Weighed | None] = [None] * len(settings)
        for i, verdict in zip(held, rule.verdicts.of_many(values), strict=True):
            if verdict is not None and (setting := settings[i - first]) is not None:
                found[i - first] = setting[verdict]
        return found

    def _drop(self, neighbours: str, first: int, settings: list[Setting | None]) -> None:
        """Drop spans by what `untouched` left open: neighbours that are not ASCII, and tokens that go on."""
        if neighbours == "none":
            return
        asked = self.runs if neighbours == "token" else self.wide
        for i in asked[bisect_left(asked, first) : bisect_left(asked, first + len(settings))]:
            if settings[i - first] is not None and not self._is_allowed(neighbours, i):
                settings[i - first] = None

    def _is_allowed(self, neighbours: str, i: int) -> bool:
        """Look at the neighbours of a span as `weigh` does; two on each side tell all but whether tokens go on."""
        before, after = self.befores[i], self.afters[i]
        if neighbours == "token" and not _RUN_SIGNS.isdisjoint((before[-1:], after[:1])):
            before = end_of(self.data, self.lows[i], self.starts[i], REACH)
            after = begin_of(self.data, self.ends[i], self.highs[i], REACH)
            left, right = before.decode(), after.decode()
        else:
            left, right = before[-_TWO:].decode("utf-8", "ignore"), after[:_TWO].decode("utf-8", "ignore")
        return allowed(neighbours, f"{left}x{right}", len(left), len(left) + 1)


def _open(rows: Rows, starts: np.ndarray, ends: np.ndarray) -> tuple[list[int], list[int]]:
    """Give the spans whose neighbours may not be ASCII; and those, with the ones that a sign of a token touches."""
    data, last = rows.array, len(rows.array) - 1
    before, after = data[np.maximum(starts - 1, 0)], data[np.minimum(ends, last)]
    signs = _RUN[before] | _RUN[after]
    if rows.ascii:
        return [], np.flatnonzero(signs).tolist()
    second = data[np.maximum(starts - 2, 0)] | data[np.minimum(ends + 1, last)]
    wide = (before | after | second) > 127
    return np.flatnonzero(wide).tolist(), np.flatnonzero(wide | signs).tolist()
