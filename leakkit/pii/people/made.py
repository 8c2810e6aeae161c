"""Accounts made of names ("Segun Danladi", sdanladi99@...): who is known by one alone, and how many may be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from leakkit.pii.people.mentions import ACCOUNT, NAME, STRONG, Finding, Group, account_fits

_FORMS, _HASHES = 6, 65_536
"""What addresses glue of a name, and how many different keys words have: some are equal by chance."""

_LEAST_KNOWN, _LEAST_MADE = 20, 0.6
"""People known by name and account, and the share of these accounts made of names, from which on names tell."""

_MOST_BY_CHANCE = 0.2
"""Largest share of the pairs of an account and a name that may fit by chance alone."""


def is_made(account: Finding, name: Finding) -> bool:
    """Tell whether an account is made of a whole name: of two of its words, or of one with a letter of another."""
    if name.one_word or not account.words:
        return False
    if len(account.words) == 1:
        return account.words[0] in name.glued
    return account_fits(name, account)


def pairs_made(accounts: Sequence[Group], named: Sequence[Group]) -> list[tuple[Group, Group]]:
    """Pair those known by an account with those known by a whole name, where each fits one alone.

    Nothing where as many would fit by chance.
    """
    index = _by_form(named)
    fitting = [_fitting_with_first_names(group, index) for group in accounts]
    often = Counter(id(other) for others in fitting for other in others)
    pairs = [
        (group, others[0])
        for group, others in zip(accounts, fitting, strict=True)
        if len(others) == 1 and often[id(others[0])] == 1
    ]
    return pairs if _by_chance(accounts, named) <= _MOST_BY_CHANCE * len(pairs) else []


def most_made(
    alone: Sequence[Group], known: Sequence[Group], others: Sequence[Group], paths: frozenset[str]
) -> float | None:
    """Expect how many accounts that stand alone can be others' at most, where accounts are made of names.

    With f the share of accounts made of their owner's name, j accounts joined by it, and n more that fit the name of
    somebody else, (j + n) / f accounts are of people whose names are known, and all but j of them still stand alone.

    Parameters
    ----------
    alone : sequence of Group
        Known by an account alone.
    known : sequence of Group
        Known by a whole name and an account of the same members.
    others : sequence of Group
        People whose accounts these may be.
    paths : frozenset of str
        The members.

    Returns
    -------
    float or None
        Nothing where accounts are not made of names, or it cannot be told.
    """
    by_name = [group for group in known if _is_joined_by_name(group, paths)]
    told = [group for group in known if not _is_joined_by_name(group, paths)]
    made = sum(any(is_made(a, n) for a in _accounts(group) for n in group.full_names) for group in told)
    if len(told) < _LEAST_KNOWN or made < _LEAST_MADE * len(told):
        return None
    index = _by_form(others)
    fitting = sum(next(_fitting(group, index), None) is not None for group in alone)
    expected = max(0.0, fitting - _by_chance(alone, others))
    return (len(by_name) + expected) * len(told) / made - len(by_name)


def _is_joined_by_name(group: Group, paths: frozenset[str]) -> bool:
    """Tell whether somebody's account stands in some members alone and the name in others: the name has joined them."""
    inside = [mention for mention in group.mentions if mention.path in paths]
    if any(mention.name is not None and not mention.name.one_word for mention in inside):
        return False
    keys = {f.key for mention in inside for f in mention.findings if f.kind == ACCOUNT}
    outside = (f.key for m in group.mentions if m.path not in paths for f in m.findings if f.kind == ACCOUNT)
    return keys.isdisjoint(outside)


def is_account_alone(group: Group) -> bool:
    """Tell whether somebody is known by accounts and no whole name or number."""
    return ACCOUNT in group.kinds and STRONG not in group.kinds and not group.full_names


def _by_form(named: Sequence[Group]) -> dict[str, list[Group]]:
    """Index people by the words of their whole names and what is glued of them."""
    index: dict[str, list[Group]] = defaultdict(list)
    for group in named:
        for form in {form for name in group.full_names for form in (*name.words, *name.glued, *name.forms)}:
            index[form].append(group)
    return index


def _fitting(group: Group, index: dict[str, list[Group]]) -> Iterator[Group]:
    """Give the people of whose names an account of a group is made."""
    for account in _accounts(group):
        for other in index.get(account.words[0], ()):
            if any(is_made(account, name) for name in other.full_names):
                yield other


def _fitting_with_first_names(group: Group, index: dict[str, list[Group]]) -> list[Group]:
    """Give them one by one, without those whose first name is not the one known of the account."""
    fitting = {id(other): other for other in _fitting(group, index) if _first_names_fit(group, other)}
    return list(fitting.values())


def _accounts(group: Group) -> list[Finding]:
    """Give the accounts of a group that have words."""
    return [f for m in group.mentions for f in m.findings if f.kind == ACCOUNT and f.words]


def _first_names_fit(group: Group, other: Group) -> bool:
    """Tell whether the words known of somebody's name are words of another's."""
    told = {word for m in group.mentions for f in m.findings if f.kind == NAME for word in f.words}
    return any(told <= {*name.words, *name.forms} for name in other.full_names)


def _by_chance(accounts: Sequence[Group], named: Sequence[Group]) -> float:
    """Expect how many accounts fit a name because the keys of different words are equal."""
    return len(accounts) * len(named) * _FORMS / _HASHES
