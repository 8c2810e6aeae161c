"""What stands alone given to whose it is: accounts to the name that they are made of, telephones to their owner."""

from __future__ import annotations

from collections import defaultdict

from leakkit.pii.people.estimate import is_person
from leakkit.pii.people.made import is_account_alone, pairs_made
from leakkit.pii.people.mentions import NAME, STRONG, Group
from leakkit.pii.people.names import Resolution
from leakkit.pii.people.telephones import may_have_account
from leakkit.pii.people.twice import known_by

_FEWEST_CALLS = 8
"""Other telephones beside one, from which on it is a firm's."""


def give_accounts_to_names(resolved: Resolution) -> None:
    """Put an account without a name to the only one known by a name alone of which it is made."""
    accounts = [group for group in resolved.people if is_account_alone(group)]
    named = [group for group in resolved.people if known_by(group) == NAME]
    given = set()
    for account, name in pairs_made(accounts, named):
        name.take(account)
        given.add(id(account))
    resolved.by_name += len(given)
    resolved.people = [group for group in resolved.people if id(group) not in given]


def give_logins_to_names(resolved: Resolution) -> None:
    """Put a user name that stands alone ("slee" in logs) to the only person of whose name it is made.

    Not where that person has another user name in the same member.
    """
    logins = [g for g in resolved.people if is_account_alone(g) and not g.values.get("EMAIL") and not g.names]
    named = [group for group in resolved.people if group.full_names]
    given = set()
    for login, owner in pairs_made(logins, named):
        if login.paths.isdisjoint(owner.paths_of("USERNAME")):
            owner.take(login)
            given.add(id(login))
    resolved.by_name += len(given)
    resolved.people = [group for group in resolved.people if id(group) not in given]


def give_phones_away(resolved: Resolution) -> None:
    """Put a telephone that stands alone, or with an account alone, to whoever has it; a household's to the first."""
    owners: dict[str, list[Group]] = defaultdict(list)
    alone, accounts = [], []
    for group in resolved.people:
        phones = group.values.get("PHONE", set())
        if phones and is_person(group) and known_by(group) == "phone":
            alone.append(group)
        elif phones and not group.names and STRONG not in group.kinds:
            accounts.append(group)
        else:
            for key in phones:
                owners[key].append(group)
    lines = _lines_of_firms(alone)
    for key in lines:
        owners.pop(key, None)
    given = set()
    for group in accounts:
        homes = {id(one): one for key in group.values["PHONE"] for one in owners.get(key, ())}
        home = next(iter(homes.values()), None)
        if home is None or len(homes) > 1 or not may_have_account(home, group):
            for key in group.values["PHONE"]:
                owners[key].append(group)
            continue
        given.add(id(group))
        home.take(group)
    for group in alone:
        phones = group.values["PHONE"] - lines or group.values["PHONE"]
        home = next((owners[key][0] for key in sorted(phones) if key in owners), None)
        if home is None:
            for key in phones:
                owners[key].append(group)
            continue
        given.add(id(group))
        home.take(group)
    resolved.people = [group for group in resolved.people if id(group) not in given]


def _lines_of_firms(alone: list[Group]) -> set[str]:
    """Give the telephones that stand beside many others, row by row: who calls them, or is called, is not theirs."""
    beside: dict[str, set[str]] = defaultdict(set)
    for group in alone:
        phones = group.values["PHONE"]
        for key in phones if len(phones) > 1 else ():
            beside[key] |= phones - {key}
    return {key for key, others in beside.items() if len(others) >= _FEWEST_CALLS}
