"""How many people have the name of another by chance, told by how often given names and surnames are borne."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING

from leakkit.pii.people.mentions import Group

if TYPE_CHECKING:
    from leakkit.pii.people.names import Resolution

FEWEST = 30
"""People with a whole name below which nothing is measured."""

_SAME = (0.3, 0.85)
"""Least and largest share of those of one name and different addresses who are one person."""

_MOST_SAME, _MATCHED = 0.97, (0.3, 0.7)
"""The largest where most people have a double (a payroll with private addresses beside accounts at work), and the
shares of people with one from which on and at which it is so: namesakes are never that many.
"""

_LEAST_SAME = 0.05
"""The same where chance alone explains that their names are equal: names were few."""

_NAMESAKES, _ENOUGH_ANCHORS = 0.03, 30
"""Share of people who have a namesake, where it cannot be measured by so many."""


def namesakes_by_chance(people: Sequence[Group]) -> float:
    """Expect how many people bear a name that another bears, too, if given names and surnames meet by chance.

    With a the share of others who have somebody's given name and b that of those who have his surname, n people
    hold n a b namesakes of his. Those with his whole name are left out of both shares, as they may be himself.

    Parameters
    ----------
    people : sequence of Group
        Those that count.
    """
    names = [words for group in people if (words := _words(group))]
    if len(names) < FEWEST:
        return 0.0
    whole, given, surnames = Counter(names), Counter(a for a, _ in names), Counter(b for _, b in names)
    expected = 0.0
    for (first, last), count in whole.items():
        others = max(1, len(names) - count)
        share = (given[first] - count) / others * (surnames[last] - count) / others
        expected += count * (1 - exp(-others * share))
    return expected


def _words(group: Group) -> tuple[str, str] | None:
    """Give the keys of the first and the last word of somebody's first whole name."""
    full = group.full_names
    return (full[0].words[0], full[0].words[-1]) if full and len(full[0].words) > 1 else None


def same_share(resolved: Resolution, people: Sequence[Group]) -> float:
    """Expect which share of those of one name whom nothing tells apart or together are one person, with a new address.

    Namesakes are as frequent among them as chance makes them where given names and surnames meet, or as among
    people of whom much is known; what is beyond is one person twice.
    """
    doubtful = max(1, resolved.doubtful)
    by_chance = namesakes_by_chance(people)
    if resolved.anchors >= _ENOUGH_ANCHORS:
        measured = max(resolved.anchor_namesakes, 1) / resolved.anchors * len(people)
    else:
        measured = min(_NAMESAKES * len(people), (1 - _SAME[0]) * doubtful)
    matched = resolved.doubtful / max(1, len(people) - resolved.doubtful)
    told = min(1.0, max(0.0, (matched - _MATCHED[0]) / (_MATCHED[1] - _MATCHED[0])))
    largest = _SAME[1] + told * (_MOST_SAME - _SAME[1])
    return min(largest, max(_LEAST_SAME, 1 - max(by_chance, measured) / doubtful))
