"""Which mentions belong to one person over the whole leak: the second of the two steps that join people.

Mentions are nodes; an equal strong identifier, or an equal name with another agreeing detail, is an edge;
people are connected components (`scipy.sparse.csgraph`). An edge is not drawn where what it joins would
disagree, so that a household's telephone, an office's mailbox and two people of one name stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from leakkit.pii.people.mentions import (
    ACCOUNT,
    OPAQUE,
    STRONG,
    Finding,
    Group,
    Mention,
    account_fits,
    initials_agree,
    names_agree,
)

MOST_NAMES = 4
"""A number or address under more different names than this is nobody's own."""

_FEW_CHANGED, _CHANGED_SHARE = 3, 0.02
"""Changed family names told by a telephone: how many, or which share of the family names, are believed."""

_QUASI = ("DATE_OF_BIRTH", "PHONE", "POSTCODE", "STREET_ADDRESS", "IBAN", "BANK_ACCOUNT", "IP_ADDRESS")
_MARRIED = ("PHONE", "POSTCODE", "STREET_ADDRESS", "BANK_ACCOUNT")
_ONE_ONLY = frozenset(
    {"DATE_OF_BIRTH", "US_SSN", "DE_TAX_ID", "FR_NIR", "SE_PERSONNUMMER", "UK_NHS", "UK_NINO"}
)
"""A person has one of these: two different ones are two people (or a misprint)."""


class _Union:
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


def link(mentions: Sequence[Mention]) -> list[Group]:
    """Join mentions into people.

    1. By equal strong identifiers, where the names agree. 2. By equal name and an agreeing date of birth,
    telephone, postcode, street or account. 3. A changed family name: equal given name, date of birth
    and another detail. 4. Within one file, by equal full name where nothing else is told. 5. A user name and an
    e-mail of the same letters, where only one fits.
    """
    union = _Union(len(mentions))
    _join_by_identifier(mentions, union)
    _join_by_telephone(mentions, union)
    _join_by_name_and(mentions, union, _name_keys, _QUASI)
    _join_married(mentions, union)
    _join_changed(mentions, union)
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


def _by_key(
    mentions: Sequence[Mention], keys: Callable[[Mention], Iterable[Hashable]]
) -> dict[Hashable, list[int]]:
    """Index mentions by what `keys` gives; only what two or more have."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        for key in dict.fromkeys(keys(mention)):
            index[key].append(number)
    return {key: members for key, members in index.items() if len(members) > 1}


def _identifiers(mention: Mention) -> Iterable[Hashable]:
    """Give the strong keys of a mention; of an address also what "ann.lee+news@" and "annlee@" of a host share."""
    keys: list[Hashable] = []
    for f in mention.findings:
        if f.kind in (ACCOUNT, STRONG, OPAQUE):
            keys.append((f.entity, f.key))
            if f.handle and f.masked and f.entity == "EMAIL":
                keys.append(("EMAIL", f.handle, f.masked))
    return keys


def _join_by_identifier(mentions: Sequence[Mention], union: _Union) -> None:
    """Join mentions with an equal strong identifier; where names disagree, each name apart."""
    for members in _by_key(mentions, _identifiers).values():
        clusters = _name_clusters([(n, mentions[n].name) for n in members])
        named = [cluster for cluster in clusters if cluster[0] is not None]
        for _, cluster in named:
            union.join(cluster)
        bare = next((cluster for name, cluster in clusters if name is None), [])
        if bare:
            union.join(bare if len(named) != 1 else [*bare, *named[0][1]])


def _join_by_telephone(mentions: Sequence[Mention], union: _Union) -> None:
    """Join mentions of one telephone whose names agree: "Ann L." or "A. Lee" is Ann Lee, her brother is not."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the telephones of a mention that has a name."""
        if mention.name is None:
            return []
        return [f.key for f in mention.findings if f.entity == "PHONE"]

    for members in _by_key(mentions, keys).values():
        by_name: dict[str, list[int]] = defaultdict(list)
        for number in sorted(members, key=lambda n: _wholeness((n, mentions[n].name))):
            by_name[mentions[number].name.key].append(number)  # type: ignore[union-attr]
        if 1 < len(by_name) <= 2 * MOST_NAMES:
            _join_agreeing([mentions[held[0]] for held in by_name.values()], list(by_name.values()), union)


def _join_agreeing(first: list[Mention], held: list[list[int]], union: _Union) -> None:
    """Join each name with the only whole name before it that it agrees with and that has no other address."""
    for place, mention in enumerate(first):
        fitting = [
            n for n, other in enumerate(first[:place])
            if _agree_wholly(other.name, mention.name)
        ]  # fmt: skip
        if len(fitting) == 1 and not _contradict(first[fitting[0]], mention):
            union.join([held[fitting[0]][0], *held[place]])


def _agree_wholly(whole: Finding | None, name: Finding | None) -> bool:
    """Tell whether a name agrees with a whole one: a family name alone is the whole family's."""
    return whole is not None and name is not None and not whole.one_word and names_agree(whole, name)


def _contradict(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions have different dates of birth or addresses."""
    for entity in ("DATE_OF_BIRTH", "EMAIL"):
        mine, theirs = ({f.key for f in m.findings if f.entity == entity} for m in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _name_clusters(members: list[tuple[int, Finding | None]]) -> list[tuple[Finding | None, list[int]]]:
    """Put together what has agreeing names, whole names first; a changed family name (equal first word) agrees too."""
    members = sorted(members, key=_wholeness)
    bare = [number for number, name in members if name is None]
    clusters: list[tuple[Finding | None, list[int]]] = [(None, bare)] if bare else []
    for number, name in members:
        if name is None:
            continue
        home = next((c for n, c in clusters if n is not None and _may_be_one(n, name)), None)
        if home is None:
            if len(clusters) > MOST_NAMES + 1:
                return [(None, [number]) for number, _ in members]
            clusters.append((name, [number]))
        else:
            home.append(number)
    return clusters


def _wholeness(member: tuple[int, Finding | None]) -> tuple[bool, bool]:
    """Order names: whole ones, with an initial, half ones."""
    name = member[1]
    return (name is not None and name.one_word, name is not None and name.initial)


def _may_be_one(one: Finding, other: Finding) -> bool:
    """Tell whether two names under one identifier may be one person's: also misspelt, or of a changed family name."""
    return names_agree(one, other) or _same_first(one, other) or initials_agree(one, other)


def _same_first(one: Finding, other: Finding) -> bool:
    """Tell whether two names begin with the same word."""
    return bool(one.words and other.words and one.words[0] == other.words[0])


def _name_keys(mention: Mention) -> list[str]:
    """Give the keys of a mention's full names."""
    names = [f.key for f in mention.findings if f.kind == "name" and not f.one_word]
    return [mention.name.key, *names] if mention.name is not None and not mention.name.one_word else names


def _join_by_name_and(
    mentions: Sequence[Mention],
    union: _Union,
    names: Callable[[Mention], list[str]],
    entities: tuple[str, ...],
) -> None:
    """Join mentions of an equal name that agree in one more detail and in dates of birth."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give pairs of a name and a detail."""
        details = [(f.entity, f.key) for f in mention.findings if f.entity in entities]
        return [(name, *detail) for name in names(mention) for detail in details]

    for members in _by_key(mentions, keys).values():
        by_birth = defaultdict(list)
        for number in members:
            by_birth[_birth(mentions[number])].append(number)
        dated = [births for date, births in by_birth.items() if date]
        for births in dated:
            union.join(births)
        if bare := by_birth.get("", []):
            union.join([*bare, *dated[0]] if len(dated) == 1 else bare)


def _birth(mention: Mention) -> str:
    """Give the key of a mention's date of birth, if there is one."""
    return next((f.key for f in mention.findings if f.entity == "DATE_OF_BIRTH"), "")


def _join_married(mentions: Sequence[Mention], union: _Union) -> None:
    """Join mentions of an equal first word, date of birth, and one more detail: the family name has changed."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give triples of first word, date of birth and detail."""
        birth, name = _birth(mention), mention.name
        if not birth or name is None or not name.words:
            return []
        return [(name.words[0], birth, f.entity, f.key) for f in mention.findings if f.entity in _MARRIED]

    for members in _by_key(mentions, keys).values():
        union.join(members)


def _join_changed(mentions: Sequence[Mention], union: _Union) -> None:
    """Join two names of one telephone that begin with the same word, of one host or birth: the family name has changed.

    Only where that is rare: where many telephones have two such names, names begin with the family's.
    """
    last_words = {m.name.words[-1] for m in mentions if m.name is not None and len(m.name.words) > 1}

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the telephones of a mention with a whole name."""
        name = mention.name
        if name is None or name.one_word or name.initial or name.words[0] in last_words:
            return []
        return [f.key for f in mention.findings if f.entity == "PHONE"]

    pairs = []
    for members in _by_key(mentions, keys).values():
        by_name: dict[str, int] = {}
        for number in members:
            by_name.setdefault(mentions[number].name.key, number)  # type: ignore[union-attr]
        if len(by_name) == 2:
            one, other = (mentions[number] for number in by_name.values())
            if (
                one.name
                and other.name
                and one.name.words[0] == other.name.words[0]
                and _may_have_changed(one, other)
            ):
                pairs.append(list(by_name.values()))
    if len(pairs) <= max(_FEW_CHANGED, _CHANGED_SHARE * len(last_words)):
        for pair in pairs:
            union.join(pair)


def _may_have_changed(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions have addresses of one host, by what is shown of it, and no two dates of birth."""
    if _birth(one) and _birth(other) and _birth(one) != _birth(other):
        return False
    mine, theirs = (
        {f.masked.rpartition("@")[2] for f in m.findings if f.entity == "EMAIL" and f.masked}
        for m in (one, other)
    )
    return bool(mine & theirs)


def _join_in_one_file(mentions: Sequence[Mention], union: _Union) -> None:
    """Join mentions of an equal full name in one file where nothing but the name is told of them.

    A clerk named in every row of a table is one person; two rows of customers may be namesakes.
    """

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the file with the name."""
        if not mention.path or mention.has(STRONG) or mention.has(ACCOUNT) or _birth(mention):
            return []
        return [(mention.path, key) for key in _name_keys(mention)]

    for members in _by_key(mentions, keys).values():
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
        has_both = all(groups[n].values.get("EMAIL") for n in (one, other))
        if not has_both and agree(groups[one], groups[other]):
            pairs.append((one, other))
    return pairs


def _by_initials(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Pair a group that has a bare account with the one named group whose name makes that account."""
    glued: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for name in group.full_names:
            for word in {*name.words, *name.glued}:
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
        if len(fitting) == 1 and not _has_other_email(groups[fitting[0]], group):
            pairs.append((fitting[0], number))
    return pairs


def _has_other_email(known: Group, bare: Group) -> bool:
    """Tell whether both have an e-mail."""
    return bool(known.values.get("EMAIL") and bare.values.get("EMAIL"))


def agree(one: Group, other: Group) -> bool:
    """Tell whether two groups may be one person: no two names, births or numbers that exclude each other."""
    for entity in _ONE_ONLY:
        mine, theirs = one.values.get(entity), other.values.get(entity)
        if mine and theirs and not mine & theirs:
            return False
    if one.full_names and other.full_names:
        return any(_may_be_one(a, b) for a in one.full_names for b in other.full_names)
    return True


def _merged(groups: Sequence[Group], pairs: list[tuple[int, int]]) -> list[Group]:
    """Join pairs of groups."""
    if not pairs:
        return list(groups)
    union = _Union(len(groups))
    for pair in pairs:
        union.join(pair)
    result: dict[int, Group] = {}
    for group, label in zip(groups, union.labels().tolist(), strict=True):
        home = result.setdefault(label, Group())
        for mention in group.mentions:
            home.add(mention)
    return list(result.values())
