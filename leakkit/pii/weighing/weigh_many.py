"""Weigh all matches of a batch: neighbours of all at once, values and surroundings that come again only once.

Gives what `leakkit.pii.weighing.weigh.weigh` gives for each span alone; that is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.context import AFTER
from leakkit.pii.weighing.neighbours import NUMBER_SIGNS, allowed
from leakkit.pii.weighing.surroundings import REACH, begin_of, borders, end_of

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.weighing.weigh import Rule, Weighed

_TOUCHING = np.zeros(256, bool)
_TOUCHING[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True
_DIGIT = np.zeros(256, bool)
_DIGIT[48:58] = True
_SIGN = np.zeros(256, bool)
_SIGN[[ord(c) for c in NUMBER_SIGNS]] = True
_RUN_SIGNS = frozenset((b"+", b"/", b"-", b"."))


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
        self.names, self.keys = names, keys if keys is not None else [""] * len(names)
        lows, highs = borders(rows, rows.row_of(starts), starts, ends)
        self.starts, self.ends = starts.tolist(), ends.tolist()
        self.lows, self.highs = lows.tolist(), highs.tolist()
        first, last = np.maximum(lows, starts - REACH).tolist(), np.minimum(highs, ends + AFTER + 1).tolist()
        self.befores = [data[low:start] for low, start in zip(first, self.starts, strict=True)]
        self.afters = [data[end:high] for end, high in zip(self.ends, last, strict=True)]
        cut = [data[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        self.values = [value.decode("utf-8", "replace") for value in cut]
        self.odd: set[int] = set() if rows.ascii else self._widened()

    def _widened(self) -> set[int]:
        """Cut by characters where not all is ASCII; give those spans."""
        both = enumerate(zip(self.befores, self.afters, strict=True))
        odd = {i for i, (before, after) in both if not (before.isascii() and after.isascii())}
        for i in odd:
            self.befores[i] = end_of(self.data, self.lows[i], self.starts[i], REACH)
            self.afters[i] = begin_of(self.data, self.ends[i], self.highs[i], AFTER + 1)
        return odd

    def weigh(self, rule: Rule, members: list[int], found: list[Weighed | None]) -> None:
        """Weigh the spans of one detector."""
        neighbours = rule.detector.neighbours
        if neighbours == "token":
            members = [i for i in members if not self._may_go_on(i) or self._is_allowed(neighbours, i)]
        elif self.odd:
            members = [i for i in members if i not in self.odd or self._is_allowed(neighbours, i)]
        befores = rule.around.befores([self.befores[i] for i in members])
        afters = rule.around.afters([self.afters[i] for i in members])
        names, keys = [self.names[i] for i in members], [self.keys[i] for i in members]
        settings = rule.settings(list(zip(befores, afters, names, keys, strict=True)))
        held = [(i, setting) for i, setting in zip(members, settings, strict=True) if setting is not None]
        verdicts = rule.verdicts.of_many([self.values[i] for i, _ in held])
        for (i, setting), verdict in zip(held, verdicts, strict=True):
            if verdict is not None:
                found[i] = setting[verdict]

    def _may_go_on(self, i: int) -> bool:
        """Tell whether a long run of token characters may go on before or after a span."""
        return i in self.odd or not _RUN_SIGNS.isdisjoint((self.befores[i][-1:], self.afters[i][:1]))

    def _is_allowed(self, neighbours: str, i: int) -> bool:
        """Look at the neighbours of a span as `weigh` does: characters that are not ASCII, and tokens."""
        before = end_of(self.data, self.lows[i], self.starts[i], REACH).decode()
        value, after = self.values[i], begin_of(self.data, self.ends[i], self.highs[i], REACH).decode()
        return allowed(neighbours, before + value + after, len(before), len(before) + len(value))
