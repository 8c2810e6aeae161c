"""Weigh all matches of a batch: neighbours of all at once, values and surroundings that come again only once.

Gives what `leakkit.pii.weighing.weigh.weigh` gives for each span alone; that is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.neighbours import NUMBER_SIGNS, allowed
from leakkit.pii.weighing.surroundings import borders
from leakkit.pii.weighing.weigh import weigh

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.weighing.surroundings import After, Before
    from leakkit.pii.weighing.weigh import Rule, Setting, Weighed

_TOUCHING = np.zeros(256, bool)
_TOUCHING[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True
_DIGIT = np.zeros(256, bool)
_DIGIT[48:58] = True
_SIGN = np.zeros(256, bool)
_SIGN[[ord(c) for c in NUMBER_SIGNS]] = True
_RUN_SIGNS = frozenset(b"+/-.")
_REACH_OF_ONE = 400
"""Bytes on both sides within which `weigh` sees whatever it looks at: at most 81 characters."""


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
    return np.flatnonzero(~dropped & (ends > starts))


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
        Detector, first byte and byte after of each span.
    names, keys : sequence of str
        Name of the field, and key inside the text, for each span; `keys` None where there are none.

    Returns
    -------
    tuple
        What came of each span, and their values.
    """
    spans = _Spans(rows, starts, ends, names, keys)
    found: list[Weighed | None] = [None] * len(which)
    order = np.argsort(which, kind="stable")
    firsts = np.flatnonzero(np.diff(which[order], prepend=-1)) if len(which) else order
    for members in np.split(order, firsts[1:]) if len(which) else ():
        spans.weigh(rules[which[members[0]]], members.tolist(), found)
    return found, spans.values


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
        self.data = data = bytes(rows.data)
        self.names, self.keys = names, keys
        places = rows.row_of(starts)
        lows, highs = borders(rows, places, starts, ends)
        self.starts, self.ends = starts.tolist(), ends.tolist()
        self.begins, self.stops = rows.starts[places].tolist(), rows.ends[places].tolist()
        self.befores = [data[low:start] for low, start in zip(lows.tolist(), self.starts, strict=True)]
        self.afters = [data[end:high] for end, high in zip(self.ends, highs.tolist(), strict=True)]
        places_of_values = zip(self.starts, self.ends, strict=True)
        self.values = [data[start:end].decode("utf-8", "replace") for start, end in places_of_values]
        self.plain = rows.ascii

    def weigh(self, rule: Rule, members: list[int], found: list[Weighed | None]) -> None:
        """Weigh the spans of one detector."""
        if not self.plain:
            members = self._of_ascii(rule, members, found)
        if rule.detector.neighbours == "token":
            members = [i for i in members if self._stands_alone(i)]
        around = rule.around
        befores = around.befores([self.befores[i] for i in members])
        afters = around.afters([self.afters[i] for i in members])
        settings = self._settings(rule, members, befores, afters)
        held = [(i, setting) for i, setting in zip(members, settings, strict=True) if setting is not None]
        verdicts = rule.verdicts.of_many([self.values[i] for i, _ in held])
        for (i, setting), verdict in zip(held, verdicts, strict=True):
            if verdict is not None:
                found[i] = setting[verdict]

    def _settings(
        self, rule: Rule, members: list[int], befores: list[Before | None], afters: list[After | None]
    ) -> list[Setting | None]:
        """Give what stands around the spans of one detector."""
        names, keys, setting = self.names, self.keys, rule.setting
        return [
            None
            if before is None or after is None
            else setting(before, after, names[i], keys[i] if keys is not None else "")
            for i, before, after in zip(members, befores, afters, strict=True)
        ]

    def _of_ascii(self, rule: Rule, members: list[int], found: list[Weighed | None]) -> list[int]:
        """Give the spans around which all is ASCII; the others are weighed one by one."""
        plain = []
        for i in members:
            if self.befores[i].isascii() and self.afters[i].isascii():
                plain.append(i)
            else:
                found[i] = self._alone(rule, i)
        return plain

    def _alone(self, rule: Rule, i: int) -> Weighed | None:
        """Weigh one span in so much of its text as can matter."""
        data, start, end = self.data, self.starts[i], self.ends[i]
        low, high = max(self.begins[i], start - _REACH_OF_ONE), min(self.stops[i], end + _REACH_OF_ONE)
        while low > self.begins[i] and data[low] & 0xC0 == 0x80:
            low -= 1
        while high < self.stops[i] and data[high] & 0xC0 == 0x80:
            high += 1
        before = data[low:start].decode("utf-8", "replace")
        text = before + self.values[i] + data[end:high].decode("utf-8", "replace")
        first, last = len(before), len(before) + len(self.values[i])
        return weigh(rule, text, first, last, self.names[i], self.keys[i] if self.keys is not None else "")

    def _stands_alone(self, i: int) -> bool:
        """Tell whether no long run of token characters goes on before or after a span."""
        before, after = self.befores[i], self.afters[i]
        if not (before and before[-1] in _RUN_SIGNS) and not (after and after[0] in _RUN_SIGNS):
            return True
        start, end = self.starts[i], self.ends[i]
        low, high = max(self.begins[i], start - _REACH_OF_ONE), min(self.stops[i], end + _REACH_OF_ONE)
        return allowed("token", self.data[low:high].decode("latin-1"), start - low, end - low)
