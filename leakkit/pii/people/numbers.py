"""Whose the numbers of a table's row are: its own person's, or another's who is told by a number beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leakkit.pii.people.columns import set_role
from leakkit.pii.people.fields import words_of
from leakkit.pii.people.mentions import ACCOUNT, NAME, OPAQUE, STRONG, Finding, Mention

_OWNERS = frozenset({"owner", "holder", "proprietario", "owned", "payer", "payee"})
"""Words for whose a thing is, which elsewhere say who made it."""

_OF_PAYMENTS = frozenset({"IBAN", "BANK_ACCOUNT", "CREDIT_CARD"})
_FEWEST_BLOCKS = 2
_FEWEST_ROWS = 3
"""Rows in which two columns of numbers differ, that tell of a second person."""


def give_numbers(findings: Sequence[Finding]) -> None:
    """Give columns of numbers of a member the role that their names do not tell, or take it off."""
    _own_numbers(findings)
    _of_other_keys(findings)
    _of_owners(findings)


def give_payments(blocks: dict[tuple[str, str], Mention]) -> None:
    """Put the accounts and cards of a row that tells people by numbers alone to the row's own number, or the first."""
    if len(blocks) < _FEWEST_BLOCKS or any(m.has(NAME) or m.has(ACCOUNT) for m in blocks.values()):
        return
    numbered = sorted((where for where, m in blocks.items() if m.has(OPAQUE)), key=_has_role)
    for where, mention in list(blocks.items()) if numbered else ():
        home = numbered[0]
        if where != home and all(found.entity in _OF_PAYMENTS for found in mention.findings):
            blocks[home].take(blocks.pop(where))


def _has_role(where: tuple[str, str]) -> bool:
    """Tell whether a place in a record has a role."""
    return bool(where[1])


def _own_numbers(findings: Sequence[Finding]) -> None:
    """Take the role off numbers of pupils where the only names are nobody's else: ``student, name`` is one's.

    Not where the rows have numbers of their own.
    """
    told = {found.field.role for found in findings if found.kind == NAME}
    numbers = [found for found in findings if found.kind in (OPAQUE, STRONG)]
    if "" in told and "child" not in told and all(found.field.role for found in numbers):
        set_role(findings, {found.field.column for found in numbers if found.field.role == "child"}, "")


def _of_other_keys(findings: Sequence[Finding]) -> None:
    """Give a role to a table's second column of numbers of the same people: who holds an account with another."""
    columns: dict[tuple[str, str, str], dict[str, dict[int, str]]] = defaultdict(dict)
    for found in findings:
        whose, blank, _ = found.key.partition(" ")
        if found.entity == "ACCOUNT_ID" and blank and whose != "*" and "[" not in found.field.column:
            held = columns[found.field.place, found.field.role, whose]
            held.setdefault(found.field.column, {}).setdefault(found.row, found.key)
    for held in columns.values():
        first, *others = sorted(held, key=lambda column: (-len(held[column]), column))
        for column in others:
            rows = held[first].keys() & held[column].keys()
            if sum(held[first][row] != held[column][row] for row in rows) >= _FEWEST_ROWS:
                set_role(findings, {column}, f"of {column}")


def _of_owners(findings: Sequence[Finding]) -> None:
    """Take the role off numbers of owners in rows that tell of nobody else: whose account it is."""
    told = {found.field.role for found in findings if found.kind in (NAME, ACCOUNT, OPAQUE)}
    columns = {
        f.field.column for f in findings if f.kind == OPAQUE and _OWNERS & set(words_of(f.field.column))
    }
    if columns and len(told) == 1 and "" not in told:
        set_role(findings, columns, "")
