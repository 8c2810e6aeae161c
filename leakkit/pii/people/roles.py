"""Whose column it is where its name does not say so: by the columns it is called like, and by what it holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from leakkit.pii.people.columns import OF_NAMES, column_of
from leakkit.pii.people.fields import words_of
from leakkit.pii.people.mentions import ACCOUNT, NAME, STRONG, Finding

_ADDRESSED = frozenset({"to", "from", "delivery"})
_SERVING = frozenset({"agent", "manager", "doctor", "seller"})
_OF_PAYMENTS = frozenset({"IBAN", "BANK_ACCOUNT"})
_PUPIL, _NUMBERS_OF_PUPILS = "child", frozenset({"EMPLOYEE_ID", "ACCOUNT_ID", "NATIONAL_ID", "MEDICAL_ID"})
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

_NUMBERED = re.compile(r"\A(.{2,30}?)[ _\-]{0,2}([1-9])(?=\Z|[ _\-.A-Z(])")
_PLACES = re.compile(r"\[\d+\]")
_LINES = frozenset(
    "line linea ligne zeile street strasse field col column q question answer item product order".split()
)
"""Words with a number that are no people: lines of addresses, fields of forms."""

_Where = tuple[int, str]
_Cells = dict[_Where, str]


def give_roles(findings: Sequence[Finding]) -> None:
    """Give columns of a member the role that their names do not tell, and take it off where it tells too much."""
    fields = [found for found in findings if not found.field.is_text]
    _numbered(fields)
    _own_names(fields)
    _own_numbers(fields)
    _own_contacts(fields)
    _own_recipients(fields)
    _called_alike(fields)
    _of_others(fields)
    _of_clerks(fields)


def _numbered(findings: Sequence[Finding]) -> None:
    """Give columns with a number behind a word ("child 1", "ref2_phone") a role for each number, where names stand so.

    A row of a household or of a loan names several people, each in columns of one number.
    """
    parts = {column: _number_in(column) for column in {found.field.column for found in findings}}
    named = {parts[found.field.column] for found in findings if found.kind == NAME}
    stems: dict[str, set[str]] = defaultdict(set)
    for told in named:
        if told is not None:
            stems[told[0]].add(told[1])
    for column, told in parts.items():
        if told is not None and (len(stems[told[0]]) > 1 or "1" not in stems[told[0]]) and told in named:
            _set_role(findings, {column}, " ".join(told))


def _number_in(column: str) -> tuple[str, str] | None:
    """Give the word before the number in a column's name, and the number; none where it is a name's or telephone's."""
    found = _NUMBERED.search(_PLACES.sub("", column).rpartition(".")[2])
    if found is None or not (words := set(words_of(found[1]))) or words & (OF_NAMES | _LINES):
        return None
    return " ".join(sorted(words)), found[2]


def _own_names(findings: Sequence[Finding]) -> None:
    """Take the role off a column of staff or parents where it is the only one of names and each row has another's.

    A payroll calls its people staff: each has a row. Agents of tickets come again and again. Where numbers of persons
    stand beside the names of their relatives, telephones are the relatives'.
    """
    columns: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        if found.kind == NAME:
            columns[column_of(found)].append(found)
    if len(columns) != 1:
        return
    held = next(iter(columns.values()))
    role = held[0].field.role
    keys = {found.key for found in held}
    if len(keys) < max(_FEWEST_OWN, _OWN_SHARE * len(held)):
        return
    numbered = any(f.entity in OF_ONE and not f.field.role and f.entity != "ACCOUNT_ID" for f in findings)
    if role in _SERVING or (role in _RELATED and not numbered):
        _set_role(findings, {f.field.column for f in findings if f.field.role == role}, "")
    elif role in _RELATED:
        reached = {f.field.column for f in findings if f.entity in _REACHED_BY and not f.field.role}
        _set_role(findings, reached, role)


def _own_numbers(findings: Sequence[Finding]) -> None:
    """Take the role off numbers of pupils where nothing else has it and names have none: the row is the pupil's."""
    roles = {found.field.role for found in findings if found.kind == NAME}
    told = [found for found in findings if found.field.role == _PUPIL]
    if "" in roles and told and all(found.entity in _NUMBERS_OF_PUPILS for found in told):
        _set_role(findings, {found.field.column for found in told}, "")


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
            _set_role(findings, {column}, "")


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
        _set_role(findings, {found.field.column for found in findings if found.field.role in told}, "")


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
        _set_role(findings, {column for role, column in own if role in told}, "")


def _called_alike(findings: Sequence[Finding]) -> None:
    """Give a column the role of the one column of names it is called like: ``client_email`` is the client_contact's.

    Only where a name without a role stands beside them, and is not called so, too.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    own: set[str] = set()
    for found in findings:
        if found.kind == NAME:
            words = set(words_of(column_of(found))) - OF_NAMES
            own |= words if not found.field.role else set()
            for word in words if found.field.role else ():
                roles[word].add(found.field.role)
    if not any(found.kind == NAME and not found.field.role for found in findings):
        return
    for column in {f.field.column for f in findings if not f.field.role and f.kind != NAME}:
        words = set(words_of(column)) - OF_NAMES - own
        told = {role for word in words for role in roles.get(word, ())}
        if len(told) == 1:
            _set_role(findings, {column}, told.pop())


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
                _set_role(findings, names, f"of {column}")


def _of_clerks(findings: Sequence[Finding]) -> None:
    """Give a role to a column of accounts or names most of which stand beside many people's numbers: of clerks.

    Beside an account names tell as well; beside a name telephones and addresses do, where there are many of both.
    """
    accounts: dict[str, _Cells] = defaultdict(dict)
    people: dict[str, _Cells] = defaultdict(dict)
    named: dict[_Where, set[str]] = defaultdict(set)
    reached: dict[_Where, set[str]] = defaultdict(set)
    for found in findings:
        where = found.row, found.field.place
        if found.field.role:
            continue
        if found.kind == ACCOUNT:
            accounts[column_of(found)].setdefault(where, found.key)
        if found.kind == NAME and not found.one_word:
            people[column_of(found)].setdefault(where, found.key)
            named[where].add(found.key)
        elif found.entity in OF_ONE and not found.one_word:
            named[where].add(found.key)
        if found.entity in OF_ONE - {"ACCOUNT_ID"} or found.entity in _REACHED_BY:
            reached[where].add(found.key)
    for held, beside in ((accounts, named), (people, reached)):
        for column, cells in sorted(held.items()):
            if _serve_many(cells, beside):
                _set_role(
                    findings, {f.field.column for f in findings if column_of(f) == column}, f"of {column}"
                )


def _serve_many(cells: _Cells, beside: dict[_Where, set[str]]) -> bool:
    """Tell whether most of a column's values stand beside many people's, in nearly as many rows."""
    served: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, int] = defaultdict(int)
    for where, value in cells.items():
        if where in beside:
            served[value] |= beside[where]
            rows[value] += 1
    often = [value for value, count in rows.items() if count >= _FEWEST_NAMES]
    several = sum(len(served[value]) >= max(_FEWEST_NAMES, rows[value] / 2) for value in often)
    return several > 1 and several >= _CLERKS_SHARE * len(rows)


def _goes_with_several(first: _Cells, second: _Cells) -> bool:
    """Tell whether accounts of a column stand beside several different ones of another, in rows that have both."""
    beside: dict[str, set[str]] = defaultdict(set)
    for where in first.keys() & second.keys():
        if first[where] != second[where]:
            beside[second[where]].add(first[where])
    several = sum(len(others) > 1 for others in beside.values())
    rows = sum(map(len, beside.values()))
    return rows >= _FEWEST_ROWS and several >= max(1, _OTHER_SHARE * len(beside))


def _set_role(findings: Sequence[Finding], columns: set[str], role: str) -> None:
    """Set the role of some columns."""
    for found in findings:
        if found.field.column in columns:
            found.field = replace(found.field, role=role)
