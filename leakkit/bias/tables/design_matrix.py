"""Columns of a table as the terms of a regression: numbers as they are, labels beside a reference value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.columns import read_numbers
from leakkit.bias.tables.labels import Coded, encode_labels, find_label
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_VALUES = 200
"""Most values of a column of labels; more are no circumstance to hold equal, but names."""


@dataclass(frozen=True, eq=False)
class Term:
    """One column of a design matrix: a number, or a value of a column of labels (1 where a row has it)."""

    name: str
    column: str
    value: str
    values: Floats = field(repr=False)


@dataclass(frozen=True)
class Labels:
    """A column of labels: their names, escaped, the code of each row (-1: missing), and the reference's code."""

    column: str
    names: tuple[str, ...]
    codes: NDArray[np.int64] = field(repr=False)
    reference: int

    def terms(self) -> list[Term]:
        """Give one term for each label that some row has, other than the reference."""
        held = [code for code in np.unique(self.codes) if code >= 0 and code != self.reference]
        beside = self.names[self.reference]
        return [
            Term(
                f"{self.column}: {self.names[code]} (beside {beside})",
                self.column,
                self.names[code],
                (self.codes == code).astype(np.float64),
            )
            for code in held
        ]

    def keep(self, rows: NDArray[np.bool_]) -> Labels:
        """Give the same for some rows."""
        return Labels(self.column, self.names, self.codes[rows], self.reference)


@dataclass(frozen=True)
class Number:
    """A column of numbers."""

    column: str
    values: Floats = field(repr=False)

    def terms(self) -> list[Term]:
        """Give its one term."""
        return [Term(self.column, self.column, "", self.values)]

    def keep(self, rows: NDArray[np.bool_]) -> Number:
        """Give the same for some rows."""
        return Number(self.column, self.values[rows])


def read_labels(name: str, values: pd.Series, times: Floats, reference: Any = None) -> Labels:
    """Take a column as labels; the reference is the value named, else that of most rows."""
    coded = encode_labels(name, values)
    return Labels(name, coded.names, coded.codes, reference_code(coded, times, reference))


def reference_code(coded: Coded, times: Floats, reference: Any) -> int:
    """Give the code of the reference: the label named, else that of most rows (-1: there is none)."""
    if reference is not None:
        return find_label(reference, coded, "the reference")
    held = coded.codes >= 0
    counted = np.bincount(coded.codes[held], weights=times[held], minlength=len(coded.names))
    return int(counted.argmax()) if len(coded.names) else -1


def read_columns(
    columns: Sequence[tuple[str, pd.Series]], references: Mapping[Any, Any], times: Floats
) -> list[Labels | Number]:
    """Take columns as numbers or labels; those with a named reference value are labels."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    taken: list[Labels | Number] = []
    for name, column in columns:
        reference = references.get(name)
        if reference is None and is_numeric_dtype(column) and not is_bool_dtype(column):
            numbers = read_numbers((name, column), "confounders")
            taken.append(Number(name, np.where(np.isfinite(numbers), numbers, np.nan)))
            continue
        labels = read_labels(name, column, times, reference)
        if len(labels.names) > MOST_VALUES:
            raise BadParameterError(
                f"Expected at most {MOST_VALUES} values in the column {name!r} of labels",
                f"found {len(labels.names):,}",
                "leave it out, join its values, or give it as numbers",
            )
        taken.append(labels)
    return taken


def missing_rows(column: Labels | Number) -> NDArray[np.bool_]:
    """Tell the rows without a value."""
    return column.codes < 0 if isinstance(column, Labels) else np.isnan(column.values)


def one_sided(labels: Labels, event: Floats, times: Floats) -> list[int]:
    """Give the codes of labels whose rows all have the same outcome: a logistic model has no figure for them."""
    n = np.bincount(labels.codes, weights=times, minlength=len(labels.names))
    k = np.bincount(labels.codes, weights=times * event, minlength=len(labels.names))
    return [code for code in range(len(labels.names)) if n[code] > 0 and (k[code] in (0, n[code]))]


def independent_terms(terms: Sequence[Term], times: Floats) -> tuple[list[Term], list[Term]]:
    """Part terms into those that add something, in order, and those that others (or a constant) tell."""
    kept: list[Term] = []
    told: list[Term] = []
    weight = np.sqrt(times)
    basis = [weight / np.linalg.norm(weight)]
    for term in terms:
        vector = centred(term.values, times) * weight
        length, tolerance = np.linalg.norm(vector), _tolerance(term.values)
        rest = vector
        for _ in range(2):  # twice is enough for orthogonality in floating point
            for direction in basis:
                rest = rest - direction * (direction @ rest)
        if length == 0 or np.linalg.norm(rest) < tolerance * length:
            told.append(term)
            continue
        basis.append(rest / np.linalg.norm(rest))
        kept.append(term)
    return kept, told


def centred(values: Floats, times: Floats) -> Floats:
    """Give values less their mean; of a constant column exact zeros."""
    if values.min() == values.max():
        return np.zeros(len(values))
    rest = values - np.average(values, weights=times)
    return np.asarray(rest - np.average(rest, weights=times))  # once more: the first mean is rounded


def _tolerance(values: Floats) -> float:
    """Give how far from others a column must be to add something: more than its numbers are rounded by."""
    reach = float(values.max() - values.min())
    rounding = float(np.finfo(float).eps * np.abs(values).max()) / reach if reach else 0.0
    return min(max(1e-8, 8 * rounding), 1e-3)
