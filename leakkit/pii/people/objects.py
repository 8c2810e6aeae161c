"""Objects of a record that name a person each in halves: `{"holder": {"first": ..., "last": ...}, "heir": {...}}`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from leakkit.pii.people.mentions import NAME, Finding

_HALVES = frozenset({"given", "family"})


def part_objects(record: Sequence[Finding]) -> None:
    """Put what stands in such an object to a place of its own, but for the first: whose record it is.

    Parameters
    ----------
    record : sequence of Finding
        What was found in one record; where its columns tell a role, that parts people already.
    """
    halves: dict[str, set[str]] = defaultdict(set)
    for found in record:
        where = found.field
        if found.kind == NAME and where.name_part in _HALVES and not where.place and not where.role:
            halves[_owner(found)].add(where.name_part)
    objects = [owner for owner, told in halves.items() if owner and told == _HALVES]
    if len(objects) < 2:
        return
    for found in record:
        owner = _owner(found)
        if not found.field.place and owner in objects[1:]:
            found.field = replace(found.field, place=owner)


def _owner(found: Finding) -> str:
    """Give the way to the object that a finding stands in."""
    return found.field.column.rpartition(".")[0]
