"""Edges between mentions of one person, and what stands against drawing one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from leakkit.pii.people.mentions import Finding, Group, Mention, initials_agree, names_agree

MOST_NAMES = 4
"""A number or address under more different names than this is nobody's own."""

_FEW_RELATIVES = 3
"""Identifiers with two names that have nothing in common, to say that they stand beside names of others, too."""

_ONE_ONLY = frozenset(
    {"DATE_OF_BIRTH", "US_SSN", "DE_TAX_ID", "FR_NIR", "SE_PERSONNUMMER", "UK_NHS", "UK_NINO"}
)
"""A person has one of these: two different ones are two people (or a misprint)."""


class Union:
    """Edges between numbered mentions."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.edges: list[tuple[int, int]] = []

    def join(self, members: Sequence[int]) -> None:
        """Join all of some mentions."""
        self.edges += [(members[0], other) for other in members[1:]]

    def labels(self) -> np.ndarray:
        """Give the number of each mention's component."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        if not self.edges:
            return np.arange(self.count)
        ends = np.array(self.edges, dtype=np.int64).T
        graph = coo_array((np.ones(ends.shape[1], bool), (ends[0], ends[1])), shape=(self.count, self.count))
        return np.asarray(connected_components(graph, directed=False)[1])


def by_key(
    mentions: Sequence[Mention], keys: Callable[[Mention], Iterable[Hashable]]
) -> dict[Hashable, list[int]]:
    """Index mentions by what `keys` gives; only what two or more have."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        for key in dict.fromkeys(keys(mention)):
            index[key].append(number)
    return {key: members for key, members in index.items() if len(members) > 1}


def birth_of(mention: Mention) -> str:
    """Give the key of a mention's date of birth, if there is one."""
    return next((f.key for f in mention.findings if f.entity == "DATE_OF_BIRTH"), "")


def name_clusters(
    members: list[tuple[int, Finding | None]], may_change: bool = True
) -> list[tuple[Finding | None, list[int]]]:
    """Put together what has agreeing names, whole names first; equal first words (a changed family name) may agree."""
    members = sorted(members, key=wholeness)
    bare = [number for number, name in members if name is None]
    clusters: list[tuple[Finding | None, list[int]]] = [(None, bare)] if bare else []
    for number, name in members:
        if name is None:
            continue
        home = next((c for n, c in clusters if n is not None and may_be_one(n, name, may_change)), None)
        if home is None:
            if len(clusters) > MOST_NAMES + 1:
                return [(None, [number]) for number, _ in members]
            clusters.append((name, [number]))
        else:
            home.append(number)
    return clusters


def wholeness(member: tuple[int, Finding | None]) -> tuple[bool, bool]:
    """Order names: whole ones, with an initial, half ones."""
    name = member[1]
    return (name is not None and name.one_word, name is not None and name.initial)


def may_be_one(one: Finding, other: Finding, may_change: bool = True) -> bool:
    """Tell whether two names under one identifier may be one person's: also misspelt, or of a changed family name."""
    if names_agree(one, other) or (may_change and _same_first(one, other)):
        return True
    return initials_agree(one, other)


def name_relatives(clusters: Iterable[Sequence[Finding]]) -> bool:
    """Tell whether identifiers stand beside their owner's name and another's (whom to call, who is insured as well).

    There an equal first word is the family's, where names begin with it. Of names that change, most begin alike.
    """
    alike = apart = 0
    for names in clusters:
        first = names[0]
        for other in names[1:]:
            if not names_agree(first, other):
                alike += _same_first(first, other)
                apart += not may_be_one(first, other)
    return apart >= max(_FEW_RELATIVES, alike)


def _same_first(one: Finding, other: Finding) -> bool:
    """Tell whether two names begin with the same word."""
    return bool(one.words and other.words and one.words[0] == other.words[0])


def agree(one: Group, other: Group) -> bool:
    """Tell whether two groups may be one person: no two names, births or numbers that exclude each other."""
    for entity in _ONE_ONLY:
        mine, theirs = one.values.get(entity), other.values.get(entity)
        if mine and theirs and not mine & theirs:
            return False
    if one.full_names and other.full_names:
        return any(may_be_one(a, b) for a in one.full_names for b in other.full_names)
    return True
