"""Objects of a record that name a person each in halves: `{"holder": {"first": ..., "last": ...}, "heir": {...}}`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from leakkit.pii.people.fields import words_of
from leakkit.pii.people.mentions import NAME, Finding

_HALVES = frozenset({"given", "family"})
_OF_ONE = frozenset(
    "name names nombre nom nome naam namn navn alias aka legal preferred chosen official full display birth maiden "
    "former previous old other kana kanji katakana furigana romaji reading latin native local localized original "
    "transliterated english japanese chinese korean arabic russian en ja jp zh cn ko kr ar ru el he hi".split()
)
"""Words of objects that hold a name of the same person: as it was, or as others write it."""


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
    others = {owner for owner in objects[1:] if not _words(owner) ^ _words(objects[0]) <= _OF_ONE}
    for found in record if others else ():
        owner = _owner(found)
        if not found.field.place and owner in others:
            found.field = replace(found.field, place=owner)


def _owner(found: Finding) -> str:
    """Give the way to the object that a finding stands in."""
    return found.field.column.rpartition(".")[0]


def _words(owner: str) -> set[str]:
    """Give the words by which an object is called."""
    return set(words_of(owner.rpartition(".")[2]))
