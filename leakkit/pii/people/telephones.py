"""Edges by a telephone or date of birth: names that agree, and family names that have changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from leakkit.pii.people.edges import MOST_NAMES, Union, birth_of, by_key, wholeness
from leakkit.pii.people.mentions import WITHOUT_BLANKS, Finding, Group, Mention, account_fits, names_agree

_FEW_CHANGED, _CHANGED_SHARE = 3, 0.02
"""Changed family names told by a telephone: how many, or which share of the family names, are believed."""

_SHARED = ("PHONE", "DATE_OF_BIRTH", "STREET_ADDRESS", "BANK_ACCOUNT")
"""What those of one name have in common if they are one."""

_FEW_PAIRS = 2

_MARRIED = ("PHONE", "POSTCODE", "STREET_ADDRESS", "BANK_ACCOUNT")


def join_by_telephone(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions of one telephone, birth, street or account whose names agree: "A. Lee" is Ann, but not Bob."""
    for members in by_key(mentions, _details_of_named).values():
        by_name = _by_name(sorted(members, key=lambda n: wholeness((n, mentions[n].name))), mentions)
        if 1 < len(by_name) <= 2 * MOST_NAMES:
            _join_agreeing([mentions[held[0]] for held in by_name.values()], list(by_name.values()), union)


def _telephones_of_named(mention: Mention) -> list[str]:
    """Give the telephones of a mention that has a name."""
    return [f.key for f in mention.findings if f.entity == "PHONE"] if mention.name is not None else []


def _details_of_named(mention: Mention) -> list[tuple[str, str]]:
    """Give the telephones, dates of birth, streets and accounts of a mention that has a name."""
    return (
        [(f.entity, f.key) for f in mention.findings if f.entity in _SHARED]
        if mention.name is not None
        else []
    )


def _by_name(members: Iterable[int], mentions: Sequence[Mention]) -> dict[str, list[int]]:
    """Put mentions that have a name together by it."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number in members:
        if (name := mentions[number].name) is not None:
            by_name[name.key].append(number)
    return by_name


def _pairs_of_names(
    mentions: Sequence[Mention], keys: Callable[[Mention], Iterable[Hashable]]
) -> Iterator[tuple[list[int], tuple[int, int]]]:
    """Give the mentions of each telephone of just two names, and the first of each name."""
    for members in by_key(mentions, keys).values():
        first = [held[0] for held in _by_name(members, mentions).values()]
        if len(first) == 2:
            yield members, (first[0], first[1])


def join_across_alphabets(mentions: Sequence[Mention], union: Union) -> None:
    """Join a name and one in another alphabet, the only two of a telephone, each in a file of its own.

    Only where most such pairs do not fit by the usual ways of writing one alphabet in the other: then the leak
    has a way of its own. Elsewhere two that do not fit are two people of a household; and where a record names
    several, its telephone may be another's than that name's.
    """
    apart, fitting = [], 0
    named = Counter((m.path, m.row) for m in mentions if m.name is not None)
    for members, pair in _pairs_of_names(mentions, _telephones_of_whole_names):
        one, other = (mentions[number] for number in pair)
        if one.name is None or other.name is None or one.name.script == other.name.script:
            continue
        scripts = (one.name.script, other.name.script)
        alike = len(one.name.words) == len(other.name.words) or not WITHOUT_BLANKS.isdisjoint(scripts)
        if names_agree(one.name, other.name):
            fitting += 1
        elif (
            alike
            and one.path != other.path
            and not _contradict(one, other)
            and not _are_of_family(one.name, other.name)
            and named[one.path, one.row] == named[other.path, other.row] == 1
        ):
            apart.append(members)
    if len(apart) > max(fitting, _FEW_PAIRS):
        for members in apart:
            union.join(members)


def _are_of_family(one: Finding, other: Finding) -> bool:
    """Tell whether one word of a name fits one of the other in another alphabet, and another word does not."""
    for name, latin in ((one, other), (other, one)):
        if name.forms and not latin.script:
            fitting = set(latin.words) & {*name.words, *name.forms}
            return 0 < len(fitting) < len(set(latin.words))
    return False


def _telephones_of_whole_names(mention: Mention) -> list[str]:
    """Give the telephones of a mention that has a whole name."""
    return [] if mention.name is None or mention.name.one_word else _telephones_of_named(mention)


def _join_agreeing(first: list[Mention], held: list[list[int]], union: Union) -> None:
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
            return entity == "DATE_OF_BIRTH" or not _made_of_one_name(one, other)
    return False


def _made_of_one_name(one: Mention, other: Mention) -> bool:
    """Tell whether all addresses of two mentions are made of one of their names: people have a second address."""
    accounts = [f for m in (one, other) for f in m.findings if f.entity == "EMAIL"]
    names = [m.name for m in (one, other) if m.name is not None and not m.name.initial]
    return any(all(account_fits(name, account) for account in accounts) for name in names)


def join_married(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions of an equal first word, date of birth, and one more detail: the family name has changed."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give triples of first word, date of birth and detail."""
        birth, name = birth_of(mention), mention.name
        if not birth or name is None or not name.words:
            return []
        return [(name.words[0], birth, f.entity, f.key) for f in mention.findings if f.entity in _MARRIED]

    for members in by_key(mentions, keys).values():
        union.join(members)


def join_changed(mentions: Sequence[Mention], union: Union) -> None:
    """Join two names of one telephone that begin with the same word, of one host or birth: the family name has changed.

    Only where that is rare: where many telephones have two such names, names begin with the family's.
    """
    last_words = {m.name.words[-1] for m in mentions if m.name is not None and len(m.name.words) > 1}

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the telephones of a mention with a whole name."""
        name = mention.name
        if name is None or name.one_word or name.initial or name.words[0] in last_words:
            return []
        return _telephones_of_named(mention)

    pairs = []
    for _, pair in _pairs_of_names(mentions, keys):
        one, other = (mentions[number] for number in pair)
        if one.name and other.name and one.name.words[0] == other.name.words[0]:
            pairs += [pair] if _may_have_changed(one, other) else []
    if len(pairs) <= max(_FEW_CHANGED, _CHANGED_SHARE * len(last_words)):
        for pair in pairs:
            union.join(pair)


def _may_have_changed(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions have addresses of one host, by what is shown of it, and no two dates of birth."""
    if birth_of(one) and birth_of(other) and birth_of(one) != birth_of(other):
        return False
    mine, theirs = (
        {f.masked.rpartition("@")[2] for f in m.findings if f.entity == "EMAIL" and f.masked}
        for m in (one, other)
    )
    return bool(mine & theirs)


def may_have_account(named: Group, account: Group) -> bool:
    """Tell whether an account of somebody's telephone, without a name, is theirs: no other address stands against it.

    One of a couple may have it, too; an address made of the name is the named one's.
    """
    mine, theirs = named.values.get("EMAIL"), account.values.get("EMAIL")
    if not named.names or not mine or not theirs or mine & theirs:
        return bool(named.names)
    held = [f for m in account.mentions for f in m.findings if f.entity == "EMAIL"]
    return any(account_fits(name, found) for name in named.full_names for found in held)
