"""Columns of numbers that point to people of another table (``cpt.titulaire`` to ``tiers.no``), told by their values.

What a number's column is called says that it is somebody's, seldom whose. Where all numbers of a column without names
beside them are keys of one table of people, and of no other, they are those people's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from leakkit.pii.id_roles import same_role

if TYPE_CHECKING:
    import pandas as pd

ROLE = re.compile(r"record:(\w+):")
"""Whose number a short number of a record is, in its evidence: there may be a customer 17 and a driver 17."""

_FEWEST, _COVERED = 5, 0.2
"""Numbers of a column that points to a table, and their share of that table's people."""

_WITHIN, _EACH_ONE, _NAMED = 0.95, 0.98, 0.5
"""Share of a column's numbers that are keys of the table; of its rows that have a key of their own, and a name."""


def roles_meant(frame: pd.DataFrame) -> dict[str, str]:
    """Give, for roles of numbers that have no table of people, the role whose table they point to.

    Parameters
    ----------
    frame : DataFrame
        Columns path, row, field, entity, evidence, value_key of findings.
    """
    rows = frame.loc[frame["entity"].eq("ACCOUNT_ID"), ["path", "row", "field", "evidence", "value_key"]]
    columns: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    for path, row, field, evidence, key in rows.fillna("").itertuples(index=False, name=None):
        told = ROLE.match(evidence)
        if told is not None:
            columns[same_role(told[1]), path, field].setdefault(row, key)
    if len({role for role, *_ in columns}) < 2:
        return {}
    named = _rows_with_names(frame)
    homes: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, set[str]] = defaultdict(set)
    for (role, path, field), held in columns.items():
        numbers[role].update(held.values())
        beside = sum((path, _table(field), row) in named for row in held)
        if beside >= _NAMED * len(held) and len(set(held.values())) >= _EACH_ONE * len(held):
            homes[role].update(held.values())
    meant = {}
    for role, keys in numbers.items():
        fitting = [home for home, known in homes.items() if _points(keys, known)]
        if role not in homes and len(fitting) == 1:
            meant[role] = fitting[0]
    return meant


def _rows_with_names(frame: pd.DataFrame) -> set[tuple[str, str, int]]:
    """Give the rows of tables in which a name stands."""
    rows = frame.loc[frame["entity"].eq("PERSON"), ["path", "row", "field"]].fillna("")
    return {(path, _table(field), row) for path, row, field in rows.itertuples(index=False, name=None)}


def _table(field: str) -> str:
    """Give the table or object that a field is of."""
    return field.rpartition(".")[0]


def _points(keys: set[str], known: set[str]) -> bool:
    """Tell whether numbers are those of a table's people, and of more than a few of them."""
    shared = len(keys & known)
    return shared >= max(_FEWEST, _WITHIN * len(keys), _COVERED * len(known))
