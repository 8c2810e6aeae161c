"""Telephones of relatives whom a row does not name, given to those whom another file names beside the same person.

A list of fees has a pupil and "guardian_mob", the list of the class the pupil and the father: the telephone is his.
"""

from __future__ import annotations

from collections import defaultdict

from leakkit.pii.people.mentions import Group, Mention
from leakkit.pii.people.names import Resolution
from leakkit.pii.people.twice import known_by

_RELATED = frozenset({"parent", "spouse", "child"})

_MOST_ROWS = 200
"""Places where those stand of whom somebody is a relative, beyond which none is looked for."""

_Row = tuple[str, int]


def give_to_relatives(resolved: Resolution) -> None:
    """Put telephones known but as a relative's to the only such relative of the same person who has none."""
    alone = [(group, role) for group in resolved.people if (role := _role_alone(group))]
    if not alone:
        return
    by_row: dict[_Row, list[Group]] = defaultdict(list)
    for group in resolved.people:
        for row in {(mention.path, mention.row) for mention in group.mentions if not mention.is_text}:
            by_row[row].append(group)
    without = {id(group) for group in resolved.people if group.full_names and not group.values.get("PHONE")}
    given = set()
    for group, role in alone:
        near = {id(g): g for row in _rows(group) for g in by_row[row] if g is not group and g.full_names}
        if sum(len(person.mentions) for person in near.values()) > _MOST_ROWS:
            continue
        rows = {row for person in near.values() for row in _rows(person)} - _rows(group)
        found = {id(g): g for row in rows for g in by_row[row] if id(g) not in near and _is_so(g, role, row)}
        if len(found) == 1 and without.issuperset(found):
            next(iter(found.values())).take(group)
            given.add(id(group))
    resolved.by_name += len(given)
    resolved.people = [group for group in resolved.people if id(group) not in given]


def _role_alone(group: Group) -> str:
    """Give the role of a relative of whom nothing is known but a telephone."""
    if group.names or not group.values.get("PHONE") or known_by(group) != "phone":
        return ""
    roles = {_role(mention) for mention in group.mentions}
    return roles.pop() if len(roles) == 1 and roles <= _RELATED else ""


def _role(mention: Mention) -> str:
    """Give the role that all findings of a mention have."""
    roles = {found.field.role for found in mention.findings}
    return roles.pop() if len(roles) == 1 else ""


def _rows(group: Group) -> set[_Row]:
    """Give the rows in which somebody stands."""
    return {(mention.path, mention.row) for mention in group.mentions}


def _is_so(group: Group, role: str, row: _Row) -> bool:
    """Tell whether somebody has a name and a role in a row."""
    told = (m for m in group.mentions if (m.path, m.row) == row and m.name is not None)
    return any(m.name is not None and m.name.field.role == role for m in told)
