"""Edges by a telephone or date of birth: names that agree, and family names that have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from leakkit.pii.people.edges import MOST_NAMES, Union, birth_of, by_key, wholeness
from leakkit.pii.people.mentions import Finding, Mention, names_agree

_FEW_CHANGED, _CHANGED_SHARE = 3, 0.02
"""Changed family names told by a telephone: how many, or which share of the family names, are believed."""

_FEW_PAIRS = 2
_MARRIED = ("PHONE", "POSTCODE", "STREET_ADDRESS", "BANK_ACCOUNT")


def join_by_telephone(mentions: Sequence[Mention], union: Union) -> None:
    """Join mentions of one telephone whose names agree: "Ann L." or "A. Lee" is Ann Lee, her brother is not."""

    def keys(mention: Mention) -> Iterable[Hashable]:
        """Give the telephones of a mention that has a name."""
        if mention.name is None:
            return []
        return [f.key for f in mention.findings if f.entity == "PHONE"]

    for members in by_key(mentions, keys).values():
        by_name: dict[str, list[int]] = defaultdict(list)
        for number in sorted(members, key=lambda n: wholeness((n, mentions[n].name))):
            by_name[mentions[number].name.key].append(number)  # type: ignore[union-attr]
        if 1 < len(by_name) <= 2 * MOST_NAMES:
            _join_agreeing([mentions[held[0]] for held in by_name.values()], list(by_name.values()), union)


def join_across_alphabets(mentions: Sequence[Mention], union: Union) -> None:
    """Join a name and one in another alphabet, the only two of a telephone, each in a file of its own.

    Only where most such pairs do not fit by the usual ways of writing one alphabet in the other: then the leak
    has a way of its own. Elsewhere two that do not fit are two people of a household.
    """
    pairs, fitting = [], 0
    for members in by_key(mentions, _telephones_of_whole_names).values():
        first: dict[str, int] = {}
        for number in members:
            first.setdefault(mentions[number].name.key, number)  # type: ignore[union-attr]
        if len(first) != 2:
            continue
        one, other = (mentions[number] for number in first.values())
        if one.name is None or other.name is None or bool(one.name.forms) == bool(other.name.forms):
            continue
        if names_agree(one.name, other.name):
            fitting += 1
        elif (
            one.path != other.path
            and len(one.name.words) == len(other.name.words)
            and not _contradict(one, other)
        ):
            pairs.append(members)
    if len(pairs) > max(fitting, _FEW_PAIRS):
        for members in pairs:
            union.join(members)


def _telephones_of_whole_names(mention: Mention) -> Iterable[Hashable]:
    """Give the telephones of a mention that has a whole name."""
    if mention.name is None or mention.name.one_word:
        return []
    return [f.key for f in mention.findings if f.entity == "PHONE"]


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
            return True
    return False


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
        return [f.key for f in mention.findings if f.entity == "PHONE"]

    pairs = []
    for members in by_key(mentions, keys).values():
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
    if birth_of(one) and birth_of(other) and birth_of(one) != birth_of(other):
        return False
    mine, theirs = (
        {f.masked.rpartition("@")[2] for f in m.findings if f.entity == "EMAIL" and f.masked}
        for m in (one, other)
    )
    return bool(mine & theirs)
