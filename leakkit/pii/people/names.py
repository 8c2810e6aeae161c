"""What a name alone can say: fragments that only share a name with somebody, and namesakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from leakkit.pii.people.alphabets import keys_in_latin
from leakkit.pii.people.edges import agree
from leakkit.pii.people.mentions import ACCOUNT, STRONG, Finding, Group, names_agree

_MAY_DIFFER = (
    "EMAIL",
    "CREDIT_CARD",
    "USERNAME",
    "PASSPORT",
    "NATIONAL_ID",
    "IBAN",
    "EMPLOYEE_ID",
    "MEDICAL_ID",
    "DRIVER_LICENSE",
)
"""A person may have two of these, but two of one name that differ in them are two people as likely."""


@dataclass(slots=True)
class Resolution:
    """People after names were weighed, and how many decisions hung on a name alone.

    `by_name` fragments were added to the one person of their name; `ambiguous` fragments belong to one of
    several namesakes and are added to nobody; `doubtful` people share a name with another and neither agree
    nor disagree in anything else; `anchors` and `anchor_namesakes` say how common namesakes are here.
    """

    people: list[Group] = field(default_factory=list)
    by_name: int = 0
    ambiguous: list[Group] = field(default_factory=list)
    doubtful: int = 0
    anchors: int = 0
    anchor_namesakes: int = 0


def resolve_names(groups: Sequence[Group]) -> Resolution:
    """Add fragments to the only person of their name; leave alone what may be a namesake.

    Groups are taken from the one with most kinds of identifiers down. One joins the only earlier group of
    its name, in whatever letters, that nothing excludes; where several are possible it is put aside; where there is
    none it is a person of its own.
    """
    result, in_latin = Resolution(), keys_in_latin(groups)
    by_name: dict[str, list[Group]] = defaultdict(list)
    for group in sorted(groups, key=_richness, reverse=True):
        names = group.full_names
        if not names:
            result.people.append(group)
            continue
        keys = {key for name in names for key in (name.key, *in_latin.get(name.key, ()))}
        known = {id(g): g for key in sorted(keys) for g in by_name[key]}
        _place(group, list(known.values()), result)
        if result.people and result.people[-1] is group:
            for key in keys:
                by_name[key].append(group)
    return _with_initials(result)


def _richness(group: Group) -> tuple[int, int, int]:
    """Order groups: by how well they are told apart from others."""
    told = sum(1 for e in ("DATE_OF_BIRTH", "EMAIL", "PHONE", "POSTCODE") if group.values.get(e))
    return (
        told + 2 * (STRONG in group.kinds) + (ACCOUNT in group.kinds),
        len(group.paths),
        len(group.mentions),
    )


def _place(group: Group, known: list[Group], result: Resolution) -> None:
    """Decide on one group of a name, given the people of that name so far."""
    is_anchor = _richness(group)[0] >= 3
    result.anchors += is_anchor
    result.anchor_namesakes += is_anchor and any(_richness(other)[0] >= 3 for other in known)
    possible = [other for other in known if agree(other, group)]
    sure = [other for other in possible if not _differ(other, group)]
    if len(sure) == 1:
        sure[0].take(group)
        result.by_name += 1
    elif sure:
        result.ambiguous.append(group)
    else:
        result.people.append(group)
        result.doubtful += bool(possible)


def _differ(one: Group, other: Group) -> bool:
    """Tell whether both have an account or number of one kind and none in common."""
    pairs = ((one.values.get(entity), other.values.get(entity)) for entity in _MAY_DIFFER)
    return any(mine and theirs and not mine & theirs for mine, theirs in pairs)


def _is_fuller(whole: Finding, name: Finding) -> bool:
    """Tell whether a name has more words than another, or whole ones where the other has an initial.

    A name put together of two columns does not tell its initials: there those who serve (doctors) are left alone.
    """
    if len(whole.words) > len(name.words) or (_is_short(name) and not whole.forms):
        return True
    return name.initial and not whole.initial and (bool(whole.glued) or not name.field.role)


def _is_fuller_in(group: Group, name: Finding) -> bool:
    """Tell whether a name of a group, in whatever letters, is a fuller writing of another."""
    return any(
        (_is_fuller(whole, name) and names_agree(whole, name)) or _is_without_middle(whole, name)
        for whole in group.full_names
    )


def _is_without_middle(whole: Finding, name: Finding) -> bool:
    """Tell whether a name put together of two columns lacks but middle words of another ("van der", a second name)."""
    ends = {name.words[0], name.words[-1]}
    return not whole.glued and ends == set(whole.words) and len(name.words) > len(ends) == 2


def _is_short(name: Finding) -> bool:
    """Tell whether a name has a short form of a given name ("Bill")."""
    return bool(name.forms) and not name.script


def _with_initials(result: Resolution) -> Resolution:
    """Put names with an initial ("A. Lee") and parts of names to the person they fit, who is counted already."""
    by_word: dict[str, list[Group]] = defaultdict(list)
    whole: dict[str, list[Group]] = defaultdict(list)
    for group in result.people:
        for word in {word for name in group.full_names for word in (*name.words, *name.glued)}:
            by_word[word].append(group)
        for word in {w for name in group.full_names if not name.initial for w in (*name.words, *name.glued)}:
            whole[word].append(group)
    kept = []
    for group in result.people:
        if group.kinds & {STRONG, ACCOUNT} or not group.full_names or _richness(group)[0] > 1:
            kept.append(group)
            continue
        name = group.full_names[0]
        if name.initial:
            rarest = whole[name.written_out]
        elif _is_short(name):
            rarest = [g for word in name.words for g in by_word[word]]
        else:
            rarest = min((by_word[word] for word in (name.words[0], name.words[-1])), key=len)
        others = {id(g): g for g in rarest if g is not group}.values()
        fitting = [g for g in others if _is_fuller_in(g, name) and agree(g, group)]
        if not fitting:
            kept.append(group)
        elif len(fitting) == 1:
            fitting[0].take(group)
            result.by_name += 1
        else:
            result.ambiguous.append(group)
    result.people = kept
    return result
