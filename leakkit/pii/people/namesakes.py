"""How many people have the name of another by chance, told by how often given names and surnames are borne."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp

from leakkit.pii.people.mentions import Group

FEWEST = 30
"""People with a whole name below which nothing is measured."""


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
