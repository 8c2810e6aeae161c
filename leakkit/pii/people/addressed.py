"""Whose the contact data of a row are that names two people: whose name the addresses are made of.

A list of pupils with their guardians has the guardian's address, telephone and number in columns that do not say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leakkit.pii.people.columns import PLACES, column_of, set_role
from leakkit.pii.people.mentions import ACCOUNT, NAME, STRONG, Finding, account_fits

_FEWEST, _MADE, _TIMES = 5, 0.4, 4
"""Addresses made of the other name, their share of those that stand beside both, and how many times they must be more
than those made of the first name.
"""

_FEWER, _ONLY = 0.9, 0.97
"""Rows of a further name by those of the main one, at most; share of the rows of a telephone that have that name."""

_SEVERAL = 2
"""Rows of one name with different numbers, for these to be of the other."""

_MOST_COLUMNS = 20
"""Columns of names beyond which a table is of nobody's: each is held against each other."""

_Where = tuple[int, str]
_Names = dict[_Where, Finding]


def give_addressed(findings: Sequence[Finding]) -> None:
    """Give columns of contact data and numbers to the second name of a table's rows, where addresses tell so.

    Parameters
    ----------
    findings : sequence of Finding
        Those of a member's fields; roles are set in place.
    """
    tables: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        tables[PLACES.sub("", found.field.place)].append(found)
    for table in tables.values():
        _filled_together(table)
        _of_table(table)


def _filled_together(findings: Sequence[Finding]) -> None:
    """Give telephones and addresses to the further name of a row where they are filled in only where it is.

    Of ``c1, c2, c3, c4`` the third may be who else is insured, which few rows have, and the fourth the telephone.
    """
    names: dict[str, set[_Where]] = defaultdict(set)
    contacts: dict[str, set[_Where]] = defaultdict(set)
    for found in findings:
        if found.field.role or found.field.is_text:
            continue
        where = found.row, found.field.place
        if found.kind == NAME and not found.one_word and not found.field.name_part:
            names[found.field.column].add(where)
        elif found.kind == ACCOUNT or found.entity == "PHONE":
            contacts[found.field.column].add(where)
    if len(names) < 2:
        return
    main = max(sorted(names), key=lambda column: len(names[column]))
    further = {
        column: rows
        for column, rows in names.items()
        if _FEWEST <= len(rows) <= _FEWER * len(names[main]) and column != main
    }
    for contact, rows in sorted(contacts.items()):
        fitting = [
            (len(held), column)
            for column, held in further.items()
            if len(rows & held) >= max(_FEWEST, _ONLY * len(rows), len(held) / 2)
        ]
        if fitting:
            _, column = min(fitting)
            set_role(findings, {column, contact}, f"of {column}")


def _of_table(findings: Sequence[Finding]) -> None:
    """Do so in one table."""
    columns: dict[tuple[str, str], _Names] = defaultdict(dict)
    for found in findings:
        if found.kind == NAME and not found.one_word and not found.field.name_part:
            where = found.row, found.field.place
            columns[found.field.role, column_of(found)].setdefault(where, found)
    addresses = [found for found in findings if found.kind == ACCOUNT and not found.field.role]
    if not 2 <= len(columns) <= _MOST_COLUMNS or not addresses:
        return
    for (role, column), held in sorted(columns.items()):
        for (first, _), own in columns.items():
            if held is not own and not first and _are_of(addresses, held, own):
                _give(findings, role or f"of {column}", column, own)
                return


def _are_of(addresses: Sequence[Finding], names: _Names, own: _Names) -> bool:
    """Tell whether addresses are made of the names beside them, and not of those that the rows are about."""
    both = made = others = 0
    for found in addresses:
        name, first = (held.get((found.row, found.field.place)) for held in (names, own))
        if name is not None and first is not None and _may_both_make(name, first):
            fits, fits_first = account_fits(name, found), account_fits(first, found)
            both, made, others = (
                both + 1,
                made + (fits and not fits_first),
                others + (fits_first and not fits),
            )
    return made >= max(_FEWEST, _MADE * both, _TIMES * others)


def _may_both_make(name: Finding, first: Finding) -> bool:
    """Tell whether an address may be made of either name: letters that tell, and not the same name in others."""
    is_told = all(not one.script or one.forms for one in (name, first))
    return is_told and name.script == first.script and not (name.field.is_reading or first.field.is_reading)


def _give(findings: Sequence[Finding], role: str, column: str, own: _Names) -> None:
    """Give a role to a column of names, to addresses and telephones without one, and to numbers that go with them."""
    numbers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    given = {found.field.column for found in findings if column_of(found) == column}
    for found in findings:
        where = found.row, found.field.place
        if found.field.role:
            continue
        if found.kind == ACCOUNT or found.entity == "PHONE":
            given.add(found.field.column)
        elif found.kind == STRONG and where in own:
            numbers[found.field.column][own[where].key].add(found.key)
    given |= {
        column
        for column, beside in numbers.items()
        if sum(len(keys) > 1 for keys in beside.values()) >= _SEVERAL
    }
    set_role(findings, given, role)
