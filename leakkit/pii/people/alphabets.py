"""Names of a leak that are one in two alphabets, told by how their words are written in Latin letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from leakkit.pii.people.mentions import Finding, Group, same_in_latin

_Keys = dict[str, list[str]]


def keys_in_latin(groups: Sequence[Group]) -> _Keys:
    """Give the keys of whole names in Latin letters that may be a name in others, by its key.

    Parameters
    ----------
    groups : sequence of Group
        All of a leak.
    """
    every = {(name.key, name.script): name for group in groups for name in group.full_names}.values()
    others = [name for name in every if name.script and name.forms]
    if not others:
        return {}
    latin: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for name in every:
        if not name.script and len(name.words) > 1:
            latin[_ends(name.words)].append(name)
    result = {name.key: _fitting(name, latin) for name in others}
    return {key: keys for key, keys in result.items() if keys}


def _ends(words: Iterable[str]) -> tuple[str, ...]:
    """Give the first and the last word of a name, in whatever order they are written."""
    first, *_, last = words
    return tuple(sorted((first, last)))


def _fitting(name: Finding, latin: dict[tuple[str, ...], list[Finding]]) -> list[str]:
    """Give the keys of the names in Latin letters that a name may be."""
    ways = sorted({*name.words, *name.forms})
    near = [other for pair in combinations(ways, 2) for other in latin.get(pair, ())]
    return list(dict.fromkeys(other.key for other in near if same_in_latin(name, other)))
