"""Tests that groups share one rate: of two groups, and of several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.stats.checks import checked_counts, checked_groups, checked_pairs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

EXACT_BELOW = 20.0
"""Where the least expected count of a table is below this, the exact test is used."""
MOST_DEALT = 1_000_000_000
"""Trials of a table that cannot be dealt out at random any more."""
_CELLS_AT_ONCE = 2_000_000


def two_proportion_p(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike) -> Floats:
    """Two-sided p-values that two groups share one rate.

    Parameters
    ----------
    k1, n1, k2, n2 : array_like of float
        Successes and trials of the first and the second group; shapes broadcast. With weights pass
        effective sizes.

    Returns
    -------
    numpy.ndarray
        p-values; 1 where neither group has any success or any failure, NaN where a group has no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, or negative counts.

    Notes
    -----
    Whole counts with an expected count below 20 in some cell get Fisher's exact test with mid-p (twice the
    smaller tail, the table seen counted half), other tables the score test (Pearson's chi-square without
    correction). Sources: D. Upton, Journal of the Royal Statistical Society A 155 (1992) 395-402;
    A. Agresti, Categorical Data Analysis (2013), 3.2 and 3.5.

    Examples
    --------
    >>> two_proportion_p([235, 3], [2435, 4], [157, 1], [2435, 4]).round(6).tolist()
    [4e-05, 0.257143]
    """
    k1_, n1_, k2_, n2_ = checked_pairs(k1, n1, k2, n2)
    shape = k1_.shape
    tables = np.stack([part.ravel() for part in (k1_, n1_, k2_, n2_)])
    p = _score_p(*tables)
    small = (_least_expected(*tables) < EXACT_BELOW) & (tables == np.round(tables)).all(axis=0) & ~np.isnan(p)
    if small.any():
        p[small] = _mid_p(tables[:, small].astype(np.int64))
    return p.reshape(shape)


def chi_square_groups(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Pearson's chi-square test that several groups share one rate.

    Parameters
    ----------
    k, n : array_like of float
        Successes and trials, groups on the last axis; further axes are separate tables.

    Returns
    -------
    statistic, degrees_of_freedom, p : numpy.ndarray
        One value a table. Groups without trials do not count; NaN where fewer than two are left. The
        statistic is 0 and p 1 where there is no success, or no failure, at all.

    Raises
    ------
    BadParameterError
        More successes than trials, or negative counts.

    Notes
    -----
    Trust it where expected counts are 5 or more, and use `permutation_groups` otherwise. Source:
    K. Pearson, Philosophical Magazine 50 (1900) 157-175.

    Examples
    --------
    >>> statistic, freedom, p = chi_square_groups([10, 20, 30], [100, 100, 100])
    >>> round(float(statistic), 2), int(freedom), round(float(p), 4)
    (12.5, 2, 0.0019)
    """
    from scipy.special import chdtrc

    k_, n_ = checked_counts(np.atleast_1d(k), np.atleast_1d(n))
    statistic = _pearson(k_, n_)
    groups = (n_ > 0).sum(axis=-1)
    freedom = np.where(groups < 2, np.nan, groups - 1.0)
    statistic = np.where(groups < 2, np.nan, statistic)
    return statistic, freedom, chdtrc(freedom, statistic)


def permutation_groups(k: ArrayLike, n: ArrayLike, resamples: int = 10_000, seed: int = 0) -> float:
    """p-value that several groups share one rate, by dealing the successes out again at random.

    Parameters
    ----------
    k, n : array_like of int
        Successes and trials of each group.
    resamples : int, default 10000
        Number of random tables; the smallest p-value is 1 / (resamples + 1).
    seed : int, default 0
        The same seed gives the same answer.

    Returns
    -------
    float
        Share of tables, the one seen among them, with Pearson's statistic at least as large; NaN with
        fewer than two groups with trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative or broken counts, or no resamples.

    Notes
    -----
    Valid for any counts. Source: B. Phipson and G. K. Smyth, Statistical Applications in Genetics and
    Molecular Biology 9 (2010) 39, for counting the table seen.

    Examples
    --------
    >>> permutation_groups([0, 3, 9], [10, 10, 10]) < 0.001
    True
    """
    k_, n_ = checked_groups(k, n)
    if resamples < 1 or (k_ != np.round(k_)).any() or (n_ != np.round(n_)).any():
        raise BadParameterError(
            "Expected whole counts and one resample or more", "found others", "use chi_square_groups"
        )
    if n_.sum() >= MOST_DEALT:
        raise BadParameterError(
            f"Expected fewer than {MOST_DEALT:,} trials to deal out",
            f"found {n_.sum():,.0f}",
            "use chi_square_groups",
        )
    if len(n_) < 2:
        return float("nan")
    order = np.lexsort((k_, n_))  # the order of the groups must not matter to what is drawn
    k_, n_ = k_[order], n_[order]
    rng = np.random.default_rng(seed)
    drawn = rng.multivariate_hypergeometric(n_.astype(np.int64), int(k_.sum()), resamples, method="marginals")
    # the statistic grows with this sum where margins are fixed
    seen, others = float((k_**2 / n_).sum()), (drawn**2 / n_).sum(axis=1)
    return float((1 + (others >= seen * (1 - 1e-12)).sum()) / (1 + resamples))


def _pearson(k: Floats, n: Floats) -> Floats:
    """Give Pearson's statistic over the last axis; 0 without successes or without failures."""
    trials = n.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = k.sum(axis=-1, keepdims=True) / trials
        parts = (k - n * pooled) ** 2 / (n * pooled * (1 - pooled))
    return np.where(np.isfinite(parts), parts, 0.0).sum(axis=-1)


def _score_p(k1: Floats, n1: Floats, k2: Floats, n2: Floats) -> Floats:
    """Give p-values of the score test of one common rate."""
    from scipy.special import chdtrc

    statistic = _pearson(np.stack([k1, k2], axis=-1), np.stack([n1, n2], axis=-1))
    return np.where((n1 == 0) | (n2 == 0), np.nan, chdtrc(1.0, statistic))


def _least_expected(k1: Floats, n1: Floats, k2: Floats, n2: Floats) -> Floats:
    """Give the least expected count of the four cells of each table."""
    hits, trials = k1 + k2, n1 + n2
    return np.minimum(n1, n2) * np.minimum(hits, trials - hits) / np.maximum(trials, 1)


def _mid_p(tables: NDArray[np.int64]) -> Floats:
    """Give Fisher's two-sided mid-p of each table: equal tables are worked out once, in bounded batches."""
    distinct, back = np.unique(tables, axis=1, return_inverse=True)
    k1, n1, k2, n2 = distinct
    # count what is rarest from below: the fewest cells to sum over, and symmetric in groups and labels
    swap = k1 * (n1 + n2) > n1 * (k1 + k2)
    cell = np.where(swap, k2, k1)
    first, hits, trials = np.where(swap, n2, n1), k1 + k2, n1 + n2
    lowest = np.maximum(0, first + hits - trials)
    p = np.empty(len(cell))
    order = np.argsort(cell - lowest, kind="stable")
    start = 0
    while start < len(order):
        width = int((cell - lowest)[order[start:]].max()) + 1
        rows = order[start : start + max(1, _CELLS_AT_ONCE // width)]
        p[rows] = _lower_mid_p(cell[rows], lowest[rows], first[rows], hits[rows], trials[rows])
        start += len(rows)
    return np.minimum(2 * p, 1.0)[back.ravel()]


def _lower_mid_p(
    cell: NDArray[np.int64],
    lowest: NDArray[np.int64],
    first: NDArray[np.int64],
    hits: NDArray[np.int64],
    trials: NDArray[np.int64],
) -> Floats:
    """Give the lower tail of the hypergeometric distribution, the cell itself counted half."""
    from scipy.special import gammaln

    def log_choose(n: NDArray[np.int64], k: NDArray[np.int64]) -> Floats:
        return gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)

    values = lowest[:, None] + np.arange(int((cell - lowest).max()) + 1)
    here = np.minimum(values, cell[:, None])
    others = (trials - first)[:, None]
    logs = log_choose(first[:, None], here) + log_choose(others, hits[:, None] - here)
    chance = np.exp(logs - log_choose(trials, hits)[:, None])
    weight = np.where(values < cell[:, None], 1.0, np.where(values == cell[:, None], 0.5, 0.0))
    return (chance * weight).sum(axis=1)
