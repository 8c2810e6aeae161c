"""Whose column it is where its name does not say so: by the columns it is called like, and by what it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from leakkit.pii.people.addressed import give_addressed
from leakkit.pii.people.attributes import give_attributes
from leakkit.pii.people.columns import PLACES, column_of, set_role, words_of_column
from leakkit.pii.people.mentions import ACCOUNT, NAME, OPAQUE, STRONG, Finding
from leakkit.pii.people.numbers import give_numbers
from leakkit.pii.people.slots import SEVERAL_EACH, give_slots

_ADDRESSED = frozenset({"to", "from", "delivery"})
_SERVING = frozenset({"agent", "manager", "doctor", "seller", "teacher"})
_OF_PAYMENTS = frozenset({"IBAN", "BANK_ACCOUNT"})
_RELATED = frozenset({"parent", "child", "spouse", "referee", "companion"})
_REACHED_BY = frozenset({"EMAIL", "PHONE"})
_OWN_SHARE, _FEWEST_OWN = 0.9, 5
"""Roles of people who come again in many rows; a column of them in which hardly anybody does is of the rows' own."""

_FEWEST_ROWS, _OTHER_SHARE = 3, 0.15
"""Rows that tell of a second account, and the least share of accounts with several others: then it is another's."""

REACHING = ("contact", "delivery")
"""Roles that are the record's own person unless another is named."""

_MADE_SHARE = 0.4
"""Share of contact addresses made of the names of their rows, from which on they are those people's own."""

OF_ONE = frozenset({"NATIONAL_ID", "US_SSN", "MEDICAL_ID", "ACCOUNT_ID"})
"""Numbers of which somebody has one; of cards and accounts he has several."""

_FEWEST_NAMES, _CLERKS_SHARE = 3, 0.5
"""Names beside one account that are of others than its owner, and the share of accounts that have so many."""

_FEWEST_SERVED = 10
"""Rows from which names beside others' numbers are told as clerks'."""

_Where = tuple[int, str]
_Cells = dict[_Where, str]


def give_roles(findings: Sequence[Finding]) -> None:
    """Give columns of a member the role that their names do not tell, and take it off where it tells too much."""
    fields = [found for found in findings if not found.field.is_text]
    give_slots(fields)
    give_numbers(fields)
    _own_numbers_of_staff(fields)
    _own_names(fields)
    _own_contacts(fields)
    give_addressed(fields)
    _own_recipients(fields)
    _called_alike(fields)
    _of_others(fields)
    _of_clerks(fields)
    _names_of_clerks(fields)
    give_attributes(fields)


def _own_names(findings: Sequence[Finding]) -> None:
    """Take the role off a table's only column of names where it is of staff or parents and each row has another's.

    A payroll calls its people staff: each has a row. Agents of tickets come again and again. Where numbers of persons
    stand beside the names of their relatives, telephones are the relatives'.
    """
    tables: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        tables[PLACES.sub("", found.field.place)].append(found)
    for table in tables.values():
        _own_names_of_table(table)


def _own_names_of_table(findings: Sequence[Finding]) -> None:
    """Do so in one table."""
    columns: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        if found.kind == NAME:
            columns[column_of(found)].append(found)
    told = [held for held in columns.values() if not _is_vocabulary(held)]
    if len(told) != 1:
        return
    role = told[0][0].field.role
    if len({found.key for found in told[0]}) < max(_FEWEST_OWN, _OWN_SHARE * len(told[0])):
        return
    numbered = any(f.entity in OF_ONE and not f.field.role and f.entity != "ACCOUNT_ID" for f in findings)
    if role in _SERVING or (role in _RELATED and not numbered):
        set_role(findings, {f.field.column for f in findings if f.field.role == role}, "")
    elif role in _RELATED:
        reached = {f.field.column for f in findings if f.entity in _REACHED_BY and not f.field.role}
        set_role(findings, reached, role)


def _is_vocabulary(held: Sequence[Finding]) -> bool:
    """Tell whether a column holds half names that come again: subjects or towns that were taken for names."""
    return all(found.one_word and not found.field.name_part for found in held) and 2 * len(
        {found.key for found in held}
    ) <= len(held)


def _own_contacts(findings: Sequence[Finding]) -> None:
    """Take the role off columns of contact addresses that are made of the rows' own names: a second one of each.

    Relatives share the family name alone, so words of given names tell, or two words of a name.
    """
    if any(found.kind == NAME and found.field.role in REACHING for found in findings):
        return
    given: dict[_Where, set[str]] = defaultdict(set)
    family: dict[_Where, set[str]] = defaultdict(set)
    for found in findings:
        if found.kind == NAME and not found.field.role:
            held = family if found.field.name_part == "family" or not found.one_word else given
            held[found.row, found.field.place] |= {*found.words, *found.glued, *found.forms}
    made: dict[str, list[bool]] = defaultdict(list)
    for found in findings:
        where = found.row, found.field.place
        if found.kind == ACCOUNT and found.field.role in REACHING and (where in given or where in family):
            words = set(found.words)
            fits = bool(words & given[where]) or (len(words) > 1 and words <= given[where] | family[where])
            made[found.field.column].append(fits)
    for column, told in made.items():
        if len(told) >= _FEWEST_ROWS and sum(told) >= _MADE_SHARE * len(told):
            set_role(findings, {column}, "")


def _own_recipients(findings: Sequence[Finding]) -> None:
    """Take the role off the recipients of a table that tells of nobody else: its telephones and streets are theirs.

    Not where an account or number without a role is beside them: that is of who sends or pays, unless it is the
    account of a bank and each name has its own.
    """
    _own_addresses(findings)
    roles = {found.field.role for found in findings if found.kind == NAME}
    told = roles & _ADDRESSED
    if "" in roles or len(told) != 1:
        return
    own = [found for found in findings if not found.field.role and not found.field.place]
    others = {(found.entity, found.key) for found in own if found.kind in (ACCOUNT, STRONG)}
    names = {found.key for found in findings if found.kind == NAME}
    paid = {entity for entity, _ in others} <= _OF_PAYMENTS and len(others) >= len(names) / 2
    if own and (paid or not others):
        set_role(findings, {found.field.column for found in findings if found.field.role in told}, "")


def _own_addresses(findings: Sequence[Finding]) -> None:
    """Take the role off addresses ("notify_to") that are each row's own, beside accounts that are each row's own."""
    accounts: dict[tuple[str, str], _Cells] = defaultdict(dict)
    for found in findings:
        if found.kind == ACCOUNT and not found.field.place:
            accounts[found.field.role, column_of(found)].setdefault((found.row, ""), found.key)
    own = {
        (role, column): cells
        for (role, column), cells in accounts.items()
        if len(set(cells.values())) >= max(_FEWEST_OWN, _OWN_SHARE * len(cells))
    }
    if any(role in _ADDRESSED for role, _ in accounts.keys() - own.keys()):
        return
    roles = {role for role, _ in accounts} | {found.field.role for found in findings if found.kind == NAME}
    told = roles & _ADDRESSED
    if len(told) == 1 and "" in {role for role, _ in own}:
        set_role(findings, {column for role, column in own if role in told}, "")


def _called_alike(findings: Sequence[Finding]) -> None:
    """Give a column the role of the one column of names it is called like: ``client_email`` is the client_contact's.

    Only where a name without a role stands beside them, and is not called so, too.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    own: set[str] = set()
    for found in findings:
        if found.kind == NAME:
            words = words_of_column(found)
            own |= words if not found.field.role else set()
            for word in words if found.field.role else ():
                roles[word].add(found.field.role)
    if not any(found.kind == NAME and not found.field.role for found in findings):
        return
    columns = {f.field.column: f for f in findings if not f.field.role and f.kind != NAME}
    for column, found in columns.items():
        words = words_of_column(found) - own
        told = {role for word in words for role in roles.get(word, ())}
        if len(told) == 1:
            set_role(findings, {column}, told.pop())


def _of_others(findings: Sequence[Finding]) -> None:
    """Give a role to a column of accounts or numbers that is another's than the one beside it.

    Two addresses of one person go together in all rows; who invites, pays or follows has many others beside his.
    """
    columns: dict[tuple[str, str], dict[str, _Cells]] = defaultdict(dict)
    for found in findings:
        if found.kind in (ACCOUNT, STRONG):
            held = columns[found.entity, found.field.role].setdefault(column_of(found), {})
            held.setdefault((found.row, found.field.place), found.key)
    for _, cells in sorted(columns.items()):
        order = sorted(cells, key=lambda column: (-len(set(cells[column].values())), column))
        for place, column in enumerate(order[1:], 1):
            if all(_goes_with_several(cells[before], cells[column]) for before in order[:place]):
                names = {f.field.column for f in findings if column_of(f) == column}
                set_role(findings, names, f"of {column}")


def _of_clerks(findings: Sequence[Finding]) -> None:
    """Give a role to a column of accounts most of which stand beside many people's names or numbers: of clerks."""
    accounts: dict[str, _Cells] = defaultdict(dict)
    names: dict[_Where, set[str]] = defaultdict(set)
    for found in findings:
        where = found.row, found.field.place
        if found.kind == ACCOUNT and not found.field.role:
            accounts[column_of(found)].setdefault(where, found.key)
        elif found.one_word or found.field.role not in ("", *REACHING):
            continue
        elif (found.kind == NAME and not found.field.role) or found.entity in OF_ONE:
            names[where].add(found.key)
    if _give_to_clerks(
        findings, accounts, names, 2
    ):  # whom they serve is whom the rows are about: "contact_id"
        set_role(findings, {f.field.column for f in findings if _is_number_reached(f)}, "")


def _is_number_reached(found: Finding) -> bool:
    """Tell whether a number of a person stands in a column of contacts."""
    return found.entity in OF_ONE and found.field.role in REACHING


def _names_of_clerks(findings: Sequence[Finding]) -> None:
    """Give a role to a column of names most of which stand beside many people's numbers or addresses: of clerks."""
    names: dict[str, _Cells] = defaultdict(dict)
    people: dict[_Where, set[str]] = {}
    for found in findings:
        where = found.row, found.field.place
        if found.field.role:
            continue
        if found.kind == NAME and not found.one_word and not found.field.name_part:
            names[column_of(found)].setdefault(where, found.key)
        elif found.entity in _REACHED_BY or (found.kind == STRONG and found.entity not in SEVERAL_EACH):
            people.setdefault(where, {found.key})
    served = {
        column: cells for column, cells in names.items() if len(cells.keys() & people) >= _FEWEST_SERVED
    }
    _give_to_clerks(findings, served, people, 1)


def _give_to_clerks(
    findings: Sequence[Finding], columns: dict[str, _Cells], beside: dict[_Where, set[str]], least: int
) -> bool:
    """Give a role to columns of which most values, `least` of them, stand beside people in nearly as many rows.

    Tells whether there are any.
    """
    told = False
    for column, cells in sorted(columns.items()):
        served: dict[str, set[str]] = defaultdict(set)
        rows = Counter(value for where, value in cells.items() if where in beside)
        for where, value in cells.items():
            served[value] |= beside.get(where, set())
        often = [value for value, count in rows.items() if count >= _FEWEST_NAMES]
        several = sum(len(served[value]) >= max(_FEWEST_NAMES, rows[value] / 2) for value in often)
        if several >= least and several >= _CLERKS_SHARE * len(rows):
            set_role(findings, {f.field.column for f in findings if column_of(f) == column}, f"of {column}")
            told = True
    return told


def _own_numbers_of_staff(findings: Sequence[Finding]) -> None:
    """Take the role off numbers of staff beside names without one, where each row has another's: ``staff_no, name``.

    Where nobody is named, addresses are whose the numbers are. Numbers of those who serve (doctors of patients) come
    again and again.
    """
    told = {found.field.role for found in findings if found.kind == NAME}
    kind = NAME if told else ACCOUNT
    named: dict[_Where, str] = {}
    for f in findings:
        if f.kind == kind and not f.field.role:  # of names told in halves both
            named[f.row, f.field.place] = f"{named.get((f.row, f.field.place), '')} {f.key}"
    columns: dict[str, _Cells] = defaultdict(dict)
    for found in findings:
        where = found.row, found.field.place
        if found.kind in (OPAQUE, STRONG) and found.field.role in _SERVING - told and where in named:
            columns[found.field.column].setdefault(where, found.key)
    for column, cells in columns.items():
        least = max(_FEWEST_OWN, _OWN_SHARE * len(cells))
        if min(len(set(cells.values())), len({named[where] for where in cells})) >= least:
            set_role(findings, {column}, "")


def _goes_with_several(first: _Cells, second: _Cells) -> bool:
    """Tell whether accounts of a column stand beside several different ones of another, in rows that have both."""
    beside: dict[str, set[str]] = defaultdict(set)
    for where in first.keys() & second.keys():
        if first[where] != second[where]:
            beside[second[where]].add(first[where])
    several = sum(len(others) > 1 for others in beside.values())
    rows = sum(map(len, beside.values()))
    return rows >= _FEWEST_ROWS and several >= max(1, _OTHER_SHARE * len(beside))
