"""What a class gives away about a sensitive column: l-diversity and t-closeness, from one sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leakkit.pii.risk.classes import Column, dense, encode, run_lengths, sort_codes

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from leakkit.pii.risk.classes import Codes


@dataclass(frozen=True, slots=True)
class Runs:
    """Pairs of class and sensitive value with their counts, ordered by class, then value."""

    value: Codes
    count: Codes
    first: Codes
    """Place of each class's first pair."""
    size: Codes
    """Rows of each class."""
    owner: Codes
    """Class of each pair, from 0."""


@dataclass(frozen=True, slots=True)
class Diversity:
    """What is known of one sensitive column."""

    column: str
    n_values: int
    l_distinct: int
    l_entropy: float
    recursive_c: float
    t: float
    distance: str
    homogeneous_rows: int


def is_ordered(values: pd.Series) -> bool:
    """Tell whether the distance between values counts: numbers, dates, ordered categories."""
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return bool(dtype.ordered)
    if pd.api.types.is_bool_dtype(dtype):
        return False
    return bool(pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype))


def ranked(name: str, values: pd.Series) -> Column:
    """Give a sensitive column as codes without gaps, in the order of the values where they have one."""
    column = encode(name, values)
    by_code = isinstance(values.dtype, pd.CategoricalDtype) or pd.api.types.is_integer_dtype(values.dtype)
    if is_ordered(values) and not by_code:
        column = _by_value(column, values)
    present = np.bincount(column.codes, minlength=column.size) > 0
    ranks = np.cumsum(present) - 1
    return Column(name, ranks[column.codes], int(present.sum()))


def _by_value(column: Column, values: pd.Series) -> Column:
    """Number floats and dates by size: codes of `encode` are by first appearance."""
    first = np.full(column.size, -1, np.int64)
    first[column.codes[::-1]] = np.arange(len(column.codes) - 1, -1, -1)
    seen = np.flatnonzero(first >= 0)
    order = np.argsort(values.iloc[first[seen]].to_numpy(), kind="stable")
    if len(seen) and seen[0] == 0:  # missing values stay the first code
        order = np.concatenate(([0], order[order != 0]))
    ranks = np.zeros(column.size, np.int64)
    ranks[seen[order]] = np.arange(len(seen))
    return Column(column.name, ranks[column.codes], len(seen))


def runs_of(key: Codes, n_keys: int, sensitive: Column) -> Runs:
    """Count each sensitive value in each class by sorting one combined number."""
    if n_keys * sensitive.size >= 2**62:
        key, n_keys = dense(key)
    ordered = sort_codes(key * sensitive.size + sensitive.codes, n_keys * sensitive.size)
    starts, counts = run_lengths(ordered)
    pairs = ordered[starts].astype(np.int64)
    owner_key, value = np.divmod(pairs, sensitive.size)
    first, length = run_lengths(owner_key)
    size = np.add.reduceat(counts, first) if len(first) else counts
    return Runs(value, counts, first, size, np.repeat(np.arange(len(first)), length))


def diversity(name: str, runs: Runs, n_values: int, ordered: bool) -> Diversity:
    """Measure the least diverse and the least close class.

    Distinct and entropy l-diversity and the c of recursive (c, l)-diversity at the distinct l follow
    Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), doi:10.1145/1217299.1217302; t-closeness
    follows Li, Li and Venkatasubramanian (2007), doi:10.1109/ICDE.2007.367856.
    """
    if not len(runs.first):
        return Diversity(name, 0, 0, np.nan, np.nan, np.nan, _distance(ordered), 0)
    distinct = np.diff(runs.first, append=len(runs.value))
    share = runs.count / runs.size[runs.owner]
    entropy = -np.add.reduceat(share * np.log(share), runs.first)
    least = int(distinct.min())
    closeness = _ordered_distance(runs, n_values) if ordered else _equal_distance(runs, n_values)
    return Diversity(
        name,
        n_values,
        least,
        float(np.exp(max(0.0, entropy.min()))),
        _recursive(runs, least),
        float(max(0.0, closeness.max())),
        _distance(ordered),
        int(runs.size[distinct == 1].sum()),
    )


def _distance(ordered: bool) -> str:
    """Name the ground distance."""
    return "ordered" if ordered else "equal"


def _recursive(runs: Runs, least: int) -> float:
    """Give the smallest c with r1 < c (rl + ... + rm) at the distinct l, as the largest ratio of a class."""
    if least < 2:
        return float("nan")
    order = np.lexsort((-runs.count, runs.owner))
    counts = runs.count[order].astype(float)
    place = np.arange(len(counts)) - runs.first[runs.owner]
    tail = np.add.reduceat(np.where(place >= least - 1, counts, 0.0), runs.first)
    return float((counts[runs.first] / tail).max())


def _totals(runs: Runs, n_values: int) -> NDArray[Any]:
    """Give the share of each value in the whole table."""
    totals = np.bincount(runs.value, weights=runs.count, minlength=n_values)
    return totals / totals.sum()


def _equal_distance(runs: Runs, n_values: int) -> NDArray[Any]:
    """Give the distance of each class from the table where all values are equally far apart.

    Half the sum of absolute differences; values a class lacks add their share in the table.
    """
    p = _totals(runs, n_values)[runs.value]
    q = runs.count / runs.size[runs.owner]
    return 0.5 * (np.add.reduceat(np.abs(q - p) - p, runs.first) + 1.0)


def _ordered_distance(runs: Runs, n_values: int) -> NDArray[Any]:
    """Give the distance of each class where values are ordered: the area between cumulative shares.

    Between two values that a class has, its cumulative share is constant and the table's rises, so each
    stretch is a difference of prefix sums, parted where the two cross.
    """
    if n_values < 2:
        return np.zeros(len(runs.first))
    table = np.cumsum(_totals(runs, n_values))
    area = np.concatenate(([0.0], np.cumsum(table)))
    q = runs.count / runs.size[runs.owner]
    level = np.cumsum(q)
    level -= np.concatenate(([0.0], level))[runs.first][runs.owner]
    ends = np.append(runs.value[1:], n_values)
    ends[np.append(runs.first[1:], len(runs.value)) - 1] = n_values
    inside = _between(level, runs.value, ends, table, area)
    before = area[runs.value[runs.first]]
    return (np.add.reduceat(inside, runs.first) + before) / (n_values - 1)


def _between(
    level: NDArray[Any], start: Codes, end: Codes, table: NDArray[Any], area: NDArray[Any]
) -> NDArray[Any]:
    """Sum the distance of a constant level from the table's cumulative share over each stretch."""
    cross = np.clip(np.searchsorted(table, level), start, end)
    below = level * (cross - start) - (area[cross] - area[start])
    above = (area[end] - area[cross]) - level * (end - cross)
    return np.abs(below) + np.abs(above)
