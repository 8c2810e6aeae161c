"""The gap between the highest and the lowest rate of several groups, with an interval that covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.stats.checks import checked_counts, checked_groups, normal_quantile
from leakkit.stats.comparing import chi_square_groups

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_POINTS = 400
_HALVINGS = 24


class Gap(NamedTuple):
    """A gap, the ends of its interval, and the mean gap of groups of these sizes that do not differ."""

    gap: float
    low: float
    high: float
    gap_at_equality: float


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


def gap_interval(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Gap:
    """Gap between the highest and the lowest rate of several groups, with an interval that covers.

    Parameters
    ----------
    k, n : array_like of float
        Successes and trials of each group; with weights pass effective sizes.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.

    Returns
    -------
    Gap
        ``gap``, ``low``, ``high`` and ``gap_at_equality``, 0 to 1; all NaN with fewer than two groups with
        trials. ``low`` is 0 where the chi-square test does not tell the groups apart.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or a level outside (0, 1).

    Notes
    -----
    The gap seen is too large on average: the highest of several rates is partly luck. The interval holds
    the true gaps under which the gap seen would not be among the extreme ones: rates are drawn together or
    apart around the pooled rate until the gap seen falls on the edge of what then happens.

    Examples
    --------
    >>> found = gap_interval([40, 45, 52], [100, 100, 100])
    >>> round(found.gap, 2), found.low, round(found.high, 2), round(found.gap_at_equality, 2)
    (0.12, 0.0, 0.25, 0.08)
    """
    tail = (1 - level) / 2
    normal_quantile(level)
    k_, n_ = checked_groups(k, n)
    if len(n_) < 2:
        return Gap(*[float("nan")] * 4)
    rates = k_ / n_
    gap = float(rates.max() - rates.min())
    expected = _mean_gap(np.full_like(n_, k_.sum() / n_.sum()), n_)
    apart = float(chi_square_groups(k_, n_)[2]) < 1 - level
    low = _true_gap(rates, n_, 1 - tail) if apart else 0.0
    return Gap(gap, min(low, gap), max(_true_gap(rates, n_, tail), 0.0), expected)


def _true_gap(rates: Floats, n: Floats, chance: float) -> float:
    """Find the true gap under which a gap up to the one seen has a given chance."""
    seen = float(rates.max() - rates.min())
    pooled = float((rates * n).sum() / n.sum())
    shape = (rates - pooled) / seen if seen > 0 else _widest_shape(n)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        moved = np.clip(pooled + shape * middle, 0.0, 1.0)
        below = _gap_chance(seen, moved, n, _spread(moved, n))
        low, high = (middle, high) if below > chance else (low, middle)
    return (low + high) / 2


def _widest_shape(n: Floats) -> Floats:
    """Give directions for rates that are all equal: the smallest group away from the others."""
    shape = np.zeros_like(n)
    shape[np.argmin(n)] = 1.0
    return shape - (shape * n).sum() / n.sum()


def _spread(rates: Floats, n: Floats) -> Floats:
    """Give standard errors of rates, as if a little had been added at the edges."""
    inside = np.clip(rates, 1 / (n + 2), 1 - 1 / (n + 2))
    return np.sqrt(inside * (1 - inside) / n)


def _gap_chance(gap: float, rates: Floats, n: Floats, spread: Floats) -> float:
    """Give the chance that normal rates lie no further apart than a gap, over all places of the lowest."""
    from scipy.special import ndtr

    edges = np.linspace((rates - 7 * spread).min(), (rates + 7 * spread).max(), _POINTS)
    scaled = (edges[:, None] - rates) / spread
    start, end = ndtr(scaled), ndtr(scaled + gap / spread)
    inside = np.maximum(end - start, 0.0)
    whole = np.prod(inside, axis=1)
    total = 0.0
    for i in range(len(rates)):
        others = np.prod(np.delete(inside, i, axis=1), axis=1)
        total += float((np.diff(start[:, i]) * (others[1:] + others[:-1]) / 2).sum())
    return min(total, 1.0) if whole.size else 0.0


def _mean_gap(rates: Floats, n: Floats) -> float:
    """Give the mean gap of independent binomial rates."""
    from scipy.special import ndtr

    spread = np.sqrt(rates * (1 - rates) / n)
    if not (spread > 0).all():
        return float(rates.max() - rates.min())
    x = np.linspace((rates - 8 * spread).min(), (rates + 8 * spread).max(), 2001)
    below = ndtr((x[:, None] - rates) / spread)
    return float(np.trapezoid(1 - np.prod(below, axis=1) - np.prod(1 - below, axis=1), x))
