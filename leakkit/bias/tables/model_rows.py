"""The rows and terms of a regression: what is complete, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.counted import Counted
from leakkit.bias.tables.design_matrix import (
    Labels,
    Number,
    Term,
    independent_terms,
    missing_rows,
    one_sided,
    read_columns,
    reference_code,
)
from leakkit.bias.tables.labels import name_some
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ModelRows:
    """Rows that are in the model."""

    event: Floats
    times: Floats
    group: Labels
    others: tuple[Labels | Number, ...]

    def keep(self, rows: NDArray[np.bool_]) -> ModelRows:
        """Give the same for some rows."""
        others = tuple(column.keep(rows) for column in self.others)
        return ModelRows(self.event[rows], self.times[rows], self.group.keep(rows), others)


def read_rows(
    counted: Counted, columns: list[tuple[str, pd.Series]], references: Mapping[str, Any], reference: Any
) -> ModelRows:
    """Take the rows that count, with group and confounders as labels or numbers."""
    unknown = {printable(str(name), 60) for name in references} - {name for name, _ in columns}
    if unknown:
        raise BadParameterError(
            "Expected reference values of columns among the confounders",
            f"found {name_some(sorted(unknown))}",
            "use the group's own parameter `reference`, or add the column",
        )
    kept = [(name, column[counted.kept]) for name, column in columns]
    coded = counted.coded[0]
    base = reference_code(coded, counted.weights, reference)
    group = Labels(coded.column, coded.names, coded.codes, base)
    named = {printable(str(name), 60): value for name, value in references.items()}
    others = read_columns(kept, named, counted.weights)
    return ModelRows(counted.positive.astype(np.float64), counted.weights, group, tuple(others))


def complete_rows(rows: ModelRows, notes: list[str]) -> ModelRows:
    """Leave rows out in which a confounder is missing."""
    good = np.ones(len(rows.event), dtype=bool)
    for column in rows.others:
        gone = good & missing_rows(column)
        if gone.any():
            notes.append(f"{rows.times[gone].sum():,.0f} rows without a value of {column.column!r} left out.")
            good &= ~gone
    if not good.any():
        raise BadParameterError(
            "Expected rows with a value in every column", "found none", "leave the emptiest column out"
        )
    rows = rows.keep(good)
    if not 0 < (rows.times * rows.event).sum() < rows.times.sum():
        raise BadParameterError(
            "Expected both outcomes in the complete rows", "found one only", "there is nothing to model"
        )
    return rows


def small_groups(rows: ModelRows, min_rows: int, notes: list[str]) -> frozenset[str]:
    """Name the groups with few rows: they are in the model, but no figure of them is shown."""
    group = rows.group
    n = np.bincount(group.codes, weights=rows.times, minlength=len(group.names))
    if n[group.reference] < max(min_rows, 1):
        raise BadParameterError(
            f"Expected at least {min_rows} complete rows of the reference {group.names[group.reference]!r}",
            "found fewer",
            "name a larger group, or fewer confounders with missing values",
        )
    small = [name for name, size in zip(group.names, n, strict=True) if 0 < size < min_rows]
    if small:
        notes.append(f"Groups with fewer than {min_rows} complete rows not shown: {name_some(small)}.")
    return frozenset(small)


def rows_with_both_outcomes(rows: ModelRows, min_rows: int, notes: list[str]) -> ModelRows:
    """Leave rows out whose label has one outcome only: it has no finite odds ratio."""
    while True:
        found = [
            (column, one_sided(column, rows.event, rows.times))
            for column in (rows.group, *rows.others)
            if isinstance(column, Labels)
        ]
        column, codes = next(((column, codes) for column, codes in found if codes), (rows.group, []))
        if not codes:
            return rows
        gone = np.isin(column.codes, codes)
        names = name_some([column.names[code] for code in codes])
        if gone.all() or column.reference in codes:
            raise BadParameterError(
                f"Expected both outcomes in {column.column!r}, its reference value too",
                f"found one outcome only in {names}",
                'name another reference value, join values, or use model="linear"',
            )
        notes += _left_out(column, codes, rows.times, min_rows)
        rows = rows.keep(~gone)


def _left_out(column: Labels, codes: list[int], times: Floats, min_rows: int) -> list[str]:
    """Say which values left the model; those of few rows are not named: all of them have one outcome."""
    n = np.bincount(column.codes, weights=times, minlength=len(column.names))
    named = [code for code in codes if n[code] >= min_rows]
    notes = []
    if named:
        names = name_some([column.names[code] for code in named])
        notes.append(
            f"{n[named].sum():,.0f} rows with {column.column!r} {names} left out of the model: "
            "they all have the same outcome."
        )
    if few := len(codes) - len(named):
        notes.append(
            f"{few} value{'' if few == 1 else 's'} of {column.column!r} with fewer than {min_rows} rows left out of "
            "the model: an outcome is missing there."
        )
    return notes


def model_terms(rows: ModelRows, notes: list[str]) -> tuple[list[Term], list[Term]]:
    """Give the terms of the model, the group's last; leave out those that others tell."""
    group_terms = rows.group.terms()
    if not group_terms:
        raise BadParameterError(
            f"Expected at least two groups in {rows.group.column!r}",
            "found one in the rows that are complete",
            "take another column, or fewer confounders with missing values",
        )
    others = [term for column in rows.others for term in column.terms()]
    kept, told = independent_terms([*others, *group_terms], rows.times)
    if lost := [term.value for term in told if term in group_terms]:
        raise BadParameterError(
            f"Expected groups of {rows.group.column!r} that the other columns do not tell wholly",
            f"found that they tell {name_some(lost)}",
            "leave out the confounder that stands for the group",
        )
    if told:
        names = name_some([term.name for term in told])
        notes.append(f"Left out of the model, because constant or told by other columns: {names}.")
    return kept, group_terms


def few_rows(terms: list[Term], times: Floats, min_rows: int) -> list[Term]:
    """Give the terms of two values, one of which only few rows have: their coefficient would tell of these."""
    hidden = []
    for term in terms:
        lowest = term.values == term.values.min()
        two = lowest | (term.values == term.values.max())
        if two.all() and min(times[lowest].sum(), times[~lowest].sum()) < min_rows:
            hidden.append(term)
    return hidden
