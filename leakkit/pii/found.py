"""Weighed spans of a batch as columns, and those that overlap set against one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.weighing.overlaps import losers

if TYPE_CHECKING:
    from leakkit.pii.weighing.weigh import Rule, Weighed

_MOST_HELD = 16_384
_Member = tuple[int, float, int, int]
"""Detector and score of a span; its first character, from the first of its group; its length."""


@dataclass(slots=True)
class Found:
    """Weighed spans, column by column.

    Parameters
    ----------
    rows, starts, ends, which : numpy.ndarray
        Row of the batch, first character and character after of each span, number of its detector (int64).
    weighed : list of Weighed
        What came of them.
    values : list of str
        The values.
    also : dict
        What is added to the evidence of some: place of the span to a step.
    """

    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    which: np.ndarray
    weighed: list[Weighed]
    values: list[str]
    also: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    def take(self, places: np.ndarray) -> Found:
        """Give some of the spans, before any step is added."""
        some = places.tolist()
        weighed, values = [self.weighed[i] for i in some], [self.values[i] for i in some]
        rows, starts, ends = self.rows[places], self.starts[places], self.ends[places]
        return Found(rows, starts, ends, self.which[places], weighed, values)


class _Rival(NamedTuple):
    """What `losers` asks of a span."""

    start: int
    end: int
    entity: str
    family: str
    score: float
    detector: str
    order: int


class Settler:
    """Sets overlapping spans against one another; groups that are alike are looked at once.

    Parameters
    ----------
    rules : sequence of Rule
        The detectors.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        names = sorted({rule.entity.name for rule in rules})
        self._ranks = np.array([names.index(rule.entity.name) for rule in rules], np.int64)
        self._known: dict[tuple[_Member, ...], tuple[list[int], list[tuple[int, str]]]] = {}

    def settled(self, found: Found) -> Found:
        """Leave out the spans that lose against one they overlap; by row, place and entity."""
        if not len(found):
            return found
        begins = found.rows * (int(found.ends.max()) + 1) + found.starts
        order = np.lexsort((found.ends * len(self._rules) + self._ranks[found.which], begins))
        begins, lengths = begins[order], (found.ends - found.starts)[order]
        reach = np.maximum.accumulate(begins + lengths)
        alone = np.append(True, begins[1:] >= reach[:-1])
        if alone.all():
            return found.take(order)
        firsts = np.flatnonzero(alone)
        sizes = np.diff(firsts, append=len(order))
        firsts, sizes = firsts[sizes > 1], sizes[sizes > 1]
        gone, steps = self._beaten(found, order, begins, lengths, firsts.tolist(), sizes.tolist())
        kept = np.ones(len(order), bool)
        kept[gone] = False
        left = found.take(order[kept])
        if steps:
            now = (np.cumsum(kept) - 1)[list(steps)].tolist()
            left.also = dict(zip(now, steps.values(), strict=True))
        return left

    def _beaten(
        self,
        found: Found,
        order: np.ndarray,
        begins: np.ndarray,
        lengths: np.ndarray,
        firsts: list[int],
        sizes: list[int],
    ) -> tuple[list[int], dict[int, str]]:
        """Settle each group of overlapping spans: who goes, and what the evidence of winners gets."""
        places = [i for first, size in zip(firsts, sizes, strict=True) for i in range(first, first + size)]
        held = order[places]
        scores = [found.weighed[i].score for i in held.tolist()]
        shifts = begins[places] - np.repeat(begins[firsts], sizes)
        numbers = (found.which[held].tolist(), scores, shifts.tolist(), lengths[places].tolist())
        members = list(zip(*numbers, strict=True))
        known, gone, steps, at = self._known, [], {}, 0
        for first, size in zip(firsts, sizes, strict=True):
            group = tuple(members[at : at + size])
            at += size
            lost, also = known.get(group) or self._lost(group)
            gone += [first + i for i in lost]
            for i, step in also:
                steps[first + i] = step
        return gone, steps

    def _lost(self, group: tuple[_Member, ...]) -> tuple[list[int], list[tuple[int, str]]]:
        """Give the places in a group that lose, and the step each winner's evidence gets."""
        rules = [self._rules[which] for which, *_ in group]
        members = [
            _Rival(
                start, start + length, rule.entity.name, rule.entity.family, score, rule.detector.id, which
            )
            for rule, (which, score, start, length) in zip(rules, group, strict=True)
        ]
        lost = losers(members)
        beaten: dict[int, set[str]] = {}
        for i, winner in lost.items():
            beaten.setdefault(winner, set()).add(members[i].detector)
        steps = [
            (winner, f"; also:{','.join(sorted(ids))}:{members[winner].score:.2f}")
            for winner, held in beaten.items()
            if (ids := held - {members[winner].detector})
        ]
        if len(self._known) >= _MOST_HELD:
            self._known.clear()
        self._known[group] = list(lost), steps
        return self._known[group]
