"""The gap between the highest and the lowest rate of several groups, with an interval that covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.stats.checks import checked_counts, normal_quantile
from leakkit.stats.comparing import chi_square_groups
from leakkit.stats.four_fifths import likely_counts
from leakkit.stats.nearest_rates import nearest_rates, standard_errors
from leakkit.stats.pairs import newcombe_difference

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_POINTS = 129
_REACH = 5.0
_HALVINGS = 16
_TABLES_AT_ONCE = 100
_NORMAL_FROM = 25.0
_FLOOR = 1.92


class Gap(NamedTuple):
    """A gap, the ends of its interval, and the mean gap of groups of these sizes that do not differ.

    Each is a float, or an array of floats where several tables were asked about.
    """

    gap: Any
    low: Any
    high: Any
    gap_at_equality: Any


def bootstrap_rates(k: ArrayLike, n: ArrayLike, resamples: int = 10_000, seed: int = 0) -> Floats:
    """Rates of groups in tables drawn anew from the rates seen.

    Parameters
    ----------
    k, n : array_like of float
        Successes and trials of each group; broken sizes (effective ones) are rounded.
    resamples : int, default 10000
        Number of tables.
    seed : int, default 0
        The same seed gives the same tables.

    Returns
    -------
    numpy.ndarray
        Shape (resamples, groups); NaN in the columns of groups without trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or no resamples.

    Notes
    -----
    Good for smooth figures of the rates. The largest and the smallest are not: a bootstrap interval of
    their gap stays above zero although nothing differs; use `gap_interval`.

    Examples
    --------
    >>> bootstrap_rates([5, 10], [10, 10], resamples=1000).mean(axis=0).round(1).tolist()
    [0.5, 1.0]
    """
    k_, n_ = checked_counts(np.atleast_1d(k), np.atleast_1d(n))
    if resamples < 1:
        raise BadParameterError("Expected one resample or more", f"found {resamples}", "use 10000, say")
    size = np.maximum(np.round(n_), np.where(n_ > 0, 1, 0)).astype(np.int64)
    rate = np.divide(k_, n_, out=np.zeros_like(n_), where=n_ > 0)
    drawn = np.random.default_rng(seed).binomial(size, rate, (resamples, *size.shape))
    with np.errstate(invalid="ignore"):
        return drawn / size


def gap_interval(
    k: ArrayLike, n: ArrayLike, level: float = 0.95, *, p_equality: ArrayLike | None = None
) -> Gap:
    """Gap between the highest and the lowest rate of several groups, with an interval that covers.

    Parameters
    ----------
    k, n : array_like of float
        Successes and trials, groups on the last axis; further axes are separate tables. With weights pass
        effective sizes.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.
    p_equality : array_like of float, optional
        p-value of each table that all groups share one rate; Pearson's chi-square test when left out.

    Returns
    -------
    Gap
        ``gap``, ``low``, ``high`` and ``gap_at_equality``, 0 to 1, one value a table; NaN with fewer than
        two groups with trials. ``low`` is 0 where groups are not told apart (p of 1 - level or more).

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or a level outside (0, 1).

    Notes
    -----
    The gap seen is too large on average, because the highest of several rates is partly luck: compare it
    with ``gap_at_equality``. The interval holds the true gaps under which the gap seen is not among the
    extreme ones, other things being as likely as they can be: for each gap tried, the rates nearest to
    those seen that lie so far apart are taken (least squares in standard errors), and the chance of the gap
    seen is worked out from normal rates around them. Where the gap seen is smaller than groups that do not
    differ show on average, the upper end is that of this average. Two groups get Newcombe's interval of
    the difference. Coverage over a grid of true rates stands in
    benchmarks/bias_intervals.py; it is our own construction, in the manner of C.-S. Chuang and T. L. Lai,
    Statistica Sinica 10 (2000) 1-50 (hybrid resampling).

    Examples
    --------
    >>> found = gap_interval([40, 45, 52], [100, 100, 100])
    >>> [round(float(x), 2) for x in found]
    [0.12, 0.0, 0.25, 0.08]
    """
    normal_quantile(level)
    k_, n_ = checked_counts(np.atleast_1d(k), np.atleast_1d(n))
    tables, groups = k_.shape[:-1], k_.shape[-1]
    p = chi_square_groups(k_, n_)[2] if p_equality is None else np.broadcast_to(p_equality, tables)
    k_, n_, apart = k_.reshape(-1, groups), n_.reshape(-1, groups), np.ravel(np.asarray(p) < 1 - level)
    found = np.full((4, len(k_)), np.nan)
    for tried in np.unique(n_ > 0, axis=0):
        rows = np.flatnonzero(((n_ > 0) == tried).all(axis=1))
        for part in np.split(rows, range(_TABLES_AT_ONCE, len(rows), _TABLES_AT_ONCE)):
            if tried.sum() >= 2:
                ours = np.ix_(part, tried)
                found[:, part] = _gaps(k_[ours], n_[ours], apart[part], level)
    return Gap(*(row.reshape(tables)[()] for row in found))


def _gaps(k: Floats, n: Floats, apart: NDArray[np.bool_], level: float) -> Floats:
    """Give gap, ends and gap at equality of tables whose groups all have trials."""
    rates, tail = k / n, (1 - level) / 2
    gap, pooled = np.ptp(rates, axis=1), k.sum(axis=1) / n.sum(axis=1)
    expected = _mean_gaps(pooled, n)
    if n.shape[1] == 2:
        low, high = _of_two(k, n, level)
    else:
        floor = _FLOOR / (n.min(axis=1) + 2 * _FLOOR)
        inside = np.clip(pooled, floor, 1 - floor)
        least, moved = expected.copy(), inside != pooled
        least[moved] = _mean_gaps(inside[moved], n[moved])
        seen, chance = np.concatenate([gap, np.maximum(gap, least)]), np.repeat([1 - tail, tail], len(gap))
        low, high = np.split(_true_gap(seen, np.tile(rates, (2, 1)), np.tile(n, (2, 1)), chance), 2)
    low = np.where(apart, np.clip(low, 0.0, gap), 0.0)
    return np.stack([gap, low, np.maximum(high, gap), expected])


def _of_two(k: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """Give Newcombe's interval of the higher rate less the lower one of two groups."""
    upper = np.argmax(k / n, axis=1)
    row, lower = np.arange(len(k)), 1 - upper
    return newcombe_difference(k[row, upper], n[row, upper], k[row, lower], n[row, lower], level)


def _true_gap(seen: Floats, rates: Floats, n: Floats, chance: Floats) -> Floats:
    """Find the true gap of each table under which a gap up to the one seen has a given chance."""
    errors = standard_errors(rates, n)
    low, high = np.zeros_like(seen), np.ones_like(seen)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        nearest = nearest_rates(rates, errors, middle)
        further = _gap_chance(seen, nearest, standard_errors(nearest, n)) > chance
        low, high = np.where(further, middle, low), np.where(further, high, middle)
    return (low + high) / 2


def _gap_chance(gap: Floats, rates: Floats, errors: Floats) -> Floats:
    """Give the chance that normal rates lie no further apart than a gap, summed over places of the lowest."""
    from scipy.special import ndtr

    low = (rates - _REACH * errors).min(axis=1)
    high = (rates + _REACH * errors).min(axis=1)
    places = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, _POINTS)
    scaled = (places[..., None] - rates[:, None, :]) / errors[:, None, :]
    below = ndtr(scaled)
    inside = np.maximum(ndtr(scaled + (gap[:, None] / errors)[:, None, :]) - below, 1e-300)
    others = np.exp(np.log(inside).sum(axis=-1, keepdims=True) - np.log(inside))
    steps = np.diff(below, axis=1) * (others[:, 1:] + others[:, :-1]) / 2
    return steps.sum(axis=(1, 2))


def _mean_gaps(rates: Floats, n: Floats) -> Floats:
    """Give the mean gap of each table whose groups share one rate."""
    return np.array(
        [_mean_gap(rate, sizes) for rate, sizes in zip(rates.tolist(), n, strict=True)], dtype=float
    )


def _mean_gap(rate: float, n: Floats) -> float:
    """Give the mean gap of groups with one true rate: exact for small counts, normal for large ones."""
    from scipy.special import bdtr, ndtr

    if rate in (0.0, 1.0):
        return 0.0
    errors = np.sqrt(rate * (1 - rate) / n)
    if (n * rate * (1 - rate)).min() >= _NORMAL_FROM:
        places = rate + np.linspace(-8, 8, 1601) * errors.max()
        below = ndtr((places[:, None] - rate) / errors)
        return float(np.trapezoid(1 - below.prod(axis=1) - (1 - below).prod(axis=1), places))
    sizes = np.maximum(np.round(n), 1)
    places = np.unique(np.concatenate([likely_counts(int(size), rate) / size for size in sizes]))
    below = bdtr(np.floor(places[:, None] * sizes * (1 + 1e-12)), sizes.astype(int), rate)
    apart = 1 - below.prod(axis=1) - (1 - below).prod(axis=1)
    return float((apart[:-1] * np.diff(places)).sum())
