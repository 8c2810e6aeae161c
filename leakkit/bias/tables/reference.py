"""Which group the others are compared with: the one that the user names, or the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from leakkit.bias.tables.counted import Counted, Grouping
from leakkit.bias.tables.labels import match_label, name_some
from leakkit.errors import BadParameterError


def pick_reference(counted: Counted, grouping: Grouping, rows: Any, wanted: Any) -> int:
    """Give the group that others are compared with: the one named, or the largest of those that fit."""
    fits = np.ones(len(grouping.names), dtype=bool)
    columns = [column.column for column in counted.coded]
    for name, label in _wanted(columns, wanted).items():
        if name not in grouping.columns:
            continue
        coded = counted.coded[columns.index(name)]
        code = match_label(label, coded.values)
        if code is None and str(label) in coded.names:
            code = coded.names.index(str(label))
        at = grouping.columns.index(name)
        fits &= np.array([part[at] == code for part in grouping.parts])
        if not fits.any():
            raise BadParameterError(
                f"Expected the reference to be a group of {grouping.name!r}",
                f"found no rows of it; the groups are {name_some(grouping.names)}",
                "name one of them, or leave reference out for the largest",
            )
    return int(np.argmax(np.where(fits, rows, -1)))


def _wanted(columns: Sequence[str], wanted: Any) -> dict[str, Any]:
    """Give the reference label of each column that has one."""
    if wanted is None:
        return {}
    if not isinstance(wanted, Mapping):
        if len(columns) == 1:
            return {columns[0]: wanted}
        if not isinstance(wanted, list | tuple) or len(wanted) != len(columns):
            raise BadParameterError(
                f"Expected a reference for each of {name_some(columns)}",
                f"found {type(wanted).__name__}",
                "give a dictionary of column to label",
            )
        return dict(zip(columns, wanted, strict=True))
    named = {str(name): label for name, label in wanted.items()}
    strange = sorted(set(named) - set(columns))
    if strange:
        raise BadParameterError(
            f"Expected references for {name_some(columns)}",
            f"found {name_some(strange)}",
            "name group columns",
        )
    return named
