"""Elements with a name and an account of their own (``<reporter username="ann">Ann Lee</reporter>``), side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leakkit.pii.people.columns import PLACES, column_of, set_role
from leakkit.pii.people.mentions import ACCOUNT, NAME, Finding

_SEVERAL = 2
"""Such elements of one record, from which on each is of a person of its own."""


def give_attributes(findings: Sequence[Finding]) -> None:
    """Give elements of a record that have a name and an account a role each, where there are several.

    Parameters
    ----------
    findings : Sequence of Finding
        Those of a member's fields; roles are set in place.
    """
    named = {column_of(found) for found in findings if found.kind == NAME and not found.one_word}
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for found in findings:
        element = column_of(found).rpartition(".")[0]
        if found.kind == ACCOUNT and element in named:
            held[PLACES.sub("", found.field.place)][element].add(found.field.column)
    for elements in held.values():
        if len(elements) < _SEVERAL:
            continue
        for element, columns in sorted(elements.items()):
            own = {found.field.column for found in findings if column_of(found) == element}
            set_role(findings, own | columns, f"of {element}")
