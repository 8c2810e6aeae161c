"""How well one column tells a label, out of sample: areas under the curve by fold; arrays in, numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.bias.tables.labels import encode_labels
from leakkit.bias.tables.scores import area_under_curve
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]
    Floats = NDArray[np.float64]

BANDS = 20
"""Most bands that a column of numbers is cut into."""
SMOOTHING = 5.0
"""Rows of the overall share that are added to each value, so that rare values tell little."""

SMALL_GROUP = 100
"""Groups with fewer rows are one in the test of independence."""


class Telling(NamedTuple):
    """An area under the curve with standard error; NaN where it cannot be told."""

    area: float
    error: float


class Values(NamedTuple):
    """A column as codes, missing values being a value of their own, and how many values it has."""

    codes: Codes
    n_values: int
    id_like: bool


def read_values(name: str, column: pd.Series) -> Values:
    """Take a column as codes; numbers of many values are cut into bands of like size."""
    from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_integer_dtype, is_numeric_dtype

    if is_datetime64_any_dtype(column):
        column = column.astype("int64").where(column.notna())
    try:
        coded = encode_labels(name, column)
    except BadParameterError:  # lists and the like: as they are written
        coded = encode_labels(name, column.map(str, na_action="ignore"))
    n_values, rows = len(coded.names), int((coded.codes >= 0).sum())
    codes = coded.codes
    number = is_numeric_dtype(column) and not is_bool_dtype(column)
    whole = number and is_integer_dtype(column)
    id_like = rows >= 20 and (n_values == rows if number else n_values > rows / 2)
    if number and n_values > BANDS:  # labels of numbers are in their order
        codes = _banded(codes)
    return Values(np.where(codes < 0, codes.max() + 1, codes), n_values, id_like and (whole or not number))


def _banded(codes: Codes) -> Codes:
    """Cut codes in order into bands of like size."""
    there = codes >= 0
    edges = np.unique(np.quantile(codes[there], np.linspace(0, 1, BANDS + 1)[1:-1], method="lower"))
    return np.where(there, np.searchsorted(edges, codes, side="left"), -1)


def deal_folds(labels: Codes, codes: Codes, folds: int, seed: int) -> Codes:
    """Deal the rows of each label out to the folds in random order, as evenly as can be.

    Rows are put in order by their label and value before, so that their place in the table does not matter: which
    of the rows that are alike comes to which fold makes no difference to a figure.
    """
    generator = np.random.default_rng(seed)
    dealt = np.empty(len(labels), dtype=np.int64)
    ordered = np.lexsort((codes, labels))
    start = 0
    for size in np.unique(labels, return_counts=True)[1]:
        rows = generator.permutation(ordered[start : start + size])
        dealt[rows] = (np.arange(size) + start) % folds
        start += size
    return dealt


def measure_telling(codes: Codes, target: NDArray[np.bool_], fold: Codes, folds: int) -> Telling:
    """Rank the rows of each fold by the share of the target that their value has in the other folds.

    The area is the mean over folds: within a fold the ranking owes nothing to the rows ranked, so that a column
    that tells nothing gets 0.5 on average.
    """
    values = int(codes.max()) + 1
    place = fold * values + codes
    rows = np.bincount(place, minlength=folds * values).reshape(folds, values)
    hits = np.bincount(place, weights=target, minlength=folds * values).reshape(folds, values)
    others, hits = rows.sum(axis=0) - rows, hits.sum(axis=0) - hits
    share = hits.sum(axis=1, keepdims=True) / np.maximum(others.sum(axis=1, keepdims=True), 1)
    score = (hits + SMOOTHING * share) / (others + SMOOTHING)
    found = []
    for each in range(folds):
        here = fold == each
        one = np.ones(int(here.sum()))
        found.append(area_under_curve(score[each][codes[here]], target[here], one, False, 0.95)[:2])
    areas, errors = np.array(found).T
    good = np.isfinite(areas) & np.isfinite(errors)
    if not good.any():
        return Telling(float("nan"), float("nan"))
    return Telling(float(areas[good].mean()), float(np.sqrt((errors[good] ** 2).sum()) / good.sum()))


def cross_table(codes: Codes, labels: Codes) -> Floats:
    """Count values by labels; empty rows and columns are left out."""
    wide = int(labels.max()) + 1
    table = np.bincount(codes * wide + labels, minlength=(int(codes.max()) + 1) * wide).reshape(-1, wide)
    return table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0].astype(np.float64)


def independence_p(table: Floats) -> float:
    """Give the p-value of Pearson's test of independence; what is too rare for it is joined first.

    Joined are groups of fewer than 100 rows, where two others are larger, then neighbouring values with fewer
    than one row expected in the smallest group, until they have five. That depends on the margins only, so the
    test stays a test. NaN where nothing is left to compare.
    """
    from scipy.stats import chi2

    small = table.sum(axis=0) < SMALL_GROUP
    if (~small).sum() >= 2:
        table = _joined(table.T, small).T
    table = _clumped(table, table.sum(axis=1) * table.sum(axis=0).min() / table.sum())
    if min(table.shape) < 2:
        return float("nan")
    return float(chi2.sf(_chi_square(table), (table.shape[0] - 1) * (table.shape[1] - 1)))


def _joined(table: Floats, rare: NDArray[np.bool_]) -> Floats:
    """Add some rows of a table up to one, the last."""
    return np.vstack([table[~rare], table[rare].sum(axis=0)]) if rare.sum() > 1 else table


def _clumped(table: Floats, expected: Floats) -> Floats:
    """Add neighbouring rows of a table up where fewer than one is expected."""
    rare = expected < 1
    clump = (np.cumsum(expected[rare]) / 5).astype(np.int64)
    held, places = np.unique(clump, return_inverse=True)
    clumps = np.zeros((len(held), table.shape[1]))
    np.add.at(clumps, places, table[rare])
    return np.vstack([table[~rare], clumps])


def cramers_v(table: Floats) -> float:
    """Give Cramer's V without its bias (W. Bergsma, Journal of the Korean Statistical Society 42 (2013))."""
    n, (r, k) = float(table.sum()), table.shape
    if n < 2 or min(r, k) < 2:
        return 0.0
    excess = max(0.0, _chi_square(table) / n - (r - 1) * (k - 1) / (n - 1))
    sides = min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
    return float(np.sqrt(excess / sides)) if sides > 0 else 0.0


def _chi_square(table: Floats) -> float:
    """Give Pearson's statistic."""
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return float(((table - expected) ** 2 / expected).sum())
