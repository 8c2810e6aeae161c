"""Which mentions belong to one person over the whole leak: the second of the two steps that join people.

Mentions are nodes; an equal strong identifier, or an equal name with another agreeing detail, is an edge;
people are connected components (`scipy.sparse.csgraph`). An edge is not drawn where what it joins would
disagree, so that a household's telephone, an office's mailbox and two people of one name stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

import numpy as np

from leakkit.pii.people.codes import CODE, NUMBER, Trust, code_keys, is_code
from leakkit.pii.people.edges import Union, agree, birth_of, by_key, name_clusters, name_relatives
from leakkit.pii.people.mentions import (
    ACCOUNT,
    NAME,
    OPAQUE,
    STRONG,
    Finding,
    Group,
    Mention,
    account_fits,
)
from leakkit.pii.people.telephones import join_across_alphabets, join_by_telephone, join_changed, join_married

_QUASI = ("DATE_OF_BIRTH", "PHONE", "POSTCODE", "STREET_ADDRESS", "IBAN", "BANK_ACCOUNT", "IP_ADDRESS")


def link(mentions: Sequence[Mention]) -> list[Group]:
    """Join mentions into people.

    1. By equal strong identifiers, where the names agree. 2. By equal name and an agreeing date of birth,
    telephone, postcode, street or account. 3. A changed family name: equal given name, date of birth
    and another detail. 4. Within one file, by equal full name where nothing else is told. 5. A user name and an
    e-mail of the same letters, where only one fits.
    """
    union = Union(len(mentions))
    _join_by_identifier(mentions, union)
    join_by_telephone(mentions, union)
    join_across_alphabets(mentions, union)
    _join_by_name_and_detail(mentions, union)
    join_married(mentions, union)
    join_changed(mentions, union)
    _join_in_one_file(mentions, union)
    groups = _groups(mentions, union.labels())
    groups = _merged(groups, _by_handle(groups))
    return _merged(groups, _by_initials(groups))


def _groups(mentions: Sequence[Mention], labels: np.ndarray) -> list[Group]:
    """Collect mentions by component, in order of first appearance."""
    found: dict[int, Group] = {}
    for mention, label in zip(mentions, labels.tolist(), strict=True):
        found.setdefault(label, Group()).add(mention)
    return list(found.values())


def _identifiers(mention: Mention, codes: frozenset[str]) -> Iterable[Hashable]:
    """Give the strong keys of a mention; of an address also what "ann.lee+news@" and "annlee@" of a host share."""
    keys: list[Hashable] = []
    for f in mention.findings:
        if f.key in codes:
            keys.append((NUMBER, f.key))
        if f.kind in (ACCOUNT, STRONG, OPAQUE):
            keys.append((f.entity, f.key))
            if f.handle and f.masked and f.entity == "EMAIL":
                keys.append(("EMAIL", f.handle, f.masked))
            elif f.handle in codes:
                keys.append((CODE, f.handle))
        if f.element in codes:
            keys.append((CODE, f.element))
    return keys


def _join_by_identifier(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions with an equal strong identifier; where names disagree, each name apart."""
    codes = code_keys(mentions)
    index = by_key(mentions, lambda mention: _identifiers(mention, codes))
    of_relatives = _with_relatives(mentions, index)
    trust = Trust(mentions, index)
    for key, members in index.items():
        may_change = _entity_of(key) not in of_relatives
        clusters = name_clusters([(n, mentions[n].name) for n in members], may_change)
        named = _with_half_names([(name, cluster) for name, cluster in clusters if name is not None])
        named = [part for cluster in named for part in _by_birth(cluster, mentions)]
        for cluster in named:
            union.join(cluster)
        _join_scripts(named, mentions, union)
        for one, other in combinations([cluster[0] for cluster in named], 2) if is_code(key) else ():
            if trust.joins(key, mentions[one], mentions[other]):
                union.join([one, other])
        bare = next((cluster for name, cluster in clusters if name is None), [])
        if bare:
            union.join([*bare, *max(named, key=len)] if named else bare)


def _join_scripts(clusters: list[list[int]], mentions: Sequence[Mention], union: Union) -> None:
    """Join the only two names of an identifier, where they are of two scripts and cannot disagree.

    Not where one is known in both scripts: then it can.
    """
    if len(clusters) == 2:
        one, other = ({name.script for n in held if (name := mentions[n].name)} for held in clusters)
        if one.isdisjoint(other):
            union.join([clusters[0][0], clusters[1][0]])


def _with_half_names(clusters: list[tuple[Finding | None, list[int]]]) -> list[list[int]]:
    """Put half names that fit no other of an identifier to the most frequent: "Gitte" and "Faust" are one's."""
    whole = [cluster for name, cluster in clusters if name is not None and not name.one_word]
    halves = [
        number for name, cluster in clusters if name is not None and name.one_word for number in cluster
    ]
    if not halves:
        return whole
    if not whole:
        return [halves]
    most = max(whole, key=len)
    return [cluster + halves if cluster is most else cluster for cluster in whole]


def _by_birth(cluster: list[int], mentions: Sequence[Mention]) -> list[list[int]]:
    """Part those of one identifier of whom but a family name and different dates of birth are known: a household.

    Whole names may have a misprinted date.
    """
    births = {birth_of(mentions[number]) for number in cluster} - {""}
    if len(births) < 2 or not all(_is_of_family(mentions[number]) for number in cluster):
        return [cluster]
    parts: dict[str, list[int]] = defaultdict(list)
    for number in cluster:
        parts[birth_of(mentions[number])].append(number)
    return list(parts.values())


def _is_of_family(mention: Mention) -> bool:
    """Tell whether a mention has but a family name."""
    return mention.name is not None and mention.name.field.name_part == "family"


def _entity_of(key: Hashable) -> str:
    """Give the entity of an identifier's key."""
    return str(key[0]) if isinstance(key, tuple) else ""


def _with_relatives(mentions: Sequence[Mention], index: dict[Hashable, list[int]]) -> frozenset[str]:
    """Give the entities of identifiers that stand beside names of others than their owners."""
    names: dict[str, list[list[Finding]]] = defaultdict(list)
    for key, members in index.items():
        held = {
            m.name.key: m.name for m in map(mentions.__getitem__, members) if _has_whole_name(m) and m.name
        }
        if len(held) > 1:
            names[_entity_of(key)].append(list(held.values()))
    return frozenset(entity for entity, clusters in names.items() if name_relatives(clusters))


def _has_whole_name(mention: Mention) -> bool:
    """Tell whether a mention has a name of several words."""
    return mention.name is not None and not mention.name.one_word


def _name_keys(mention: Mention) -> list[str]:
    """Give the keys of a mention's full names; half a name of two words ("van Loon") is the whole family's."""
    names = [f.key for f in mention.findings if f.kind == NAME and not f.one_word and not f.field.name_part]
    return [mention.name.key, *names] if mention.name is not None and not mention.name.one_word else names


def _join_by_name_and_detail(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions of an equal name that agree in one more detail and in dates of birth."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give pairs of a name and a detail."""
        details = [(f.entity, f.key) for f in mention.findings if f.entity in _QUASI]
        return [(name, *detail) for name in _name_keys(mention) for detail in details]

    for members in by_key(mentions, keys).values():
        by_birth = defaultdict(list)
        for number in members:
            by_birth[birth_of(mentions[number])].append(number)
        dated = [births for date, births in by_birth.items() if date]
        for births in dated:
            union.join(births)
        if bare := by_birth.get("", []):
            union.join([*bare, *dated[0]] if len(dated) == 1 else bare)


def _join_in_one_file(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions of an equal full name in one file where nothing but the name is told of them.

    A clerk named in every row of a table is one person; two rows of customers may be namesakes.
    """

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the file with the name."""
        if not mention.path or birth_of(mention) or any(map(mention.has, (STRONG, ACCOUNT, OPAQUE))):
            return []
        if not mention.is_text and any(found.entity == "PHONE" for found in mention.findings):
            return []
        return [(mention.path, key) for key in _name_keys(mention)]

    for members in by_key(mentions, keys).values():
        union.join(members)


def _by_handle(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Pair groups that know a user name with the one group whose e-mail has the same letters, and no other."""
    by_handle: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for mention in group.mentions:
            for found in mention.findings:
                if found.handle:
                    by_handle[found.handle].add(number)
    pairs = []
    for numbers in by_handle.values():
        if len(numbers) != 2:
            continue
        one, other = sorted(numbers)
        if not _both_have_email(groups[one], groups[other]) and agree(groups[one], groups[other]):
            pairs.append((one, other))
    return pairs


def _by_initials(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Pair a group that has a bare account with the one named group whose name makes that account."""
    glued: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for name in group.full_names:
            for word in {*name.words, *name.glued, *name.forms}:
                glued[word].add(number)
    pairs = []
    for number, group in enumerate(groups):
        if group.names or group.kinds & {STRONG} or len(group.mentions) > 50:
            continue
        accounts = [f for m in group.mentions for f in m.findings if f.kind == ACCOUNT and len(f.words) >= 2]
        if not accounts:
            continue
        possible = set.intersection(*(glued.get(word, set()) for word in accounts[0].words))
        fitting = [
            n for n in possible
            if n != number and any(account_fits(name, accounts[0]) for name in groups[n].full_names)
        ]  # fmt: skip
        if len(fitting) == 1 and not _both_have_email(groups[fitting[0]], group):
            pairs.append((fitting[0], number))
    return pairs


def _both_have_email(one: Group, other: Group) -> bool:
    """Tell whether both have an e-mail."""
    return bool(one.values.get("EMAIL") and other.values.get("EMAIL"))


def _merged(groups: Sequence[Group], pairs: list[tuple[int, int]]) -> list[Group]:
    """Join pairs of groups."""
    if not pairs:
        return list(groups)
    union = Union(len(groups))
    for pair in pairs:
        union.join(pair)
    result: dict[int, Group] = {}
    for group, label in zip(groups, union.labels().tolist(), strict=True):
        result.setdefault(label, Group()).take(group)
    return list(result.values())
