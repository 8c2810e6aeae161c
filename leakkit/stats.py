"""Ground floor of statistics: rates, F scores and paired differences with intervals; numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A figure and the ends of its interval; all NaN where nothing was tried."""

    value: float
    low: float
    high: float


class Comparison(NamedTuple):
    """A difference, the ends of its interval, and the share of resamples on the other side of zero."""

    value: float
    low: float
    high: float
    other_side: float


def wilson_interval(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Ends of Wilson's score interval of a rate.

    Parameters
    ----------
    k, n : array_like of int
        Successes and trials; shapes broadcast.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.

    Returns
    -------
    low, high : numpy.ndarray
        Ends as shares from 0 to 1; NaN where there were no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or a level outside (0, 1).

    Notes
    -----
    Trials must be independent: many findings of one document are not, and the interval is then too
    narrow. Source: E. B. Wilson, JASA 22 (1927) 209-212; advised for general use by Brown, Cai and
    DasGupta, Statistical Science 16 (2001) 101-133.

    Examples
    --------
    >>> low, high = wilson_interval(9, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.596, 0.982)
    """
    k_, n_ = _counts(k, n)
    z = _quantile(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k_ / n_
        middle = (share + z**2 / (2 * n_)) / (1 + z**2 / n_)
        half = z / (1 + z**2 / n_) * np.sqrt(share * (1 - share) / n_ + z**2 / (4 * n_**2))
    low = np.where(k_ == 0, np.where(n_ == 0, np.nan, 0.0), np.maximum(middle - half, 0.0))
    high = np.where((k_ == n_) & (n_ > 0), 1.0, np.minimum(middle + half, 1.0))
    return low, np.where(n_ == 0, np.nan, high)


def exact_interval(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Ends of the exact interval of a rate: it covers at least as often as promised, so it is wide.

    Parameters
    ----------
    k, n : array_like of int
        Successes and trials; shapes broadcast.
    level : float, default 0.95
        Least coverage, between 0 and 1.

    Returns
    -------
    low, high : numpy.ndarray
        Ends as shares from 0 to 1; NaN where there were no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or a level outside (0, 1).

    Notes
    -----
    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413, by quantiles of the beta
    distribution.

    Examples
    --------
    >>> low, high = exact_interval(0, 30)
    >>> float(low), round(float(high), 3)
    (0.0, 0.116)
    """
    from scipy.stats import beta

    k_, n_ = _counts(k, n)
    _quantile(level)
    tail = (1 - level) / 2
    low = np.where(k_ == 0, 0.0, beta.ppf(tail, np.maximum(k_, 1), n_ - np.minimum(k_, n_) + 1))
    high = np.where(k_ == n_, 1.0, beta.ppf(1 - tail, k_ + 1, np.maximum(n_ - k_, 1)))
    return np.where(n_ == 0, np.nan, low), np.where(n_ == 0, np.nan, high)


def rate_frame(
    k: ArrayLike, n: ArrayLike, level: float = 0.95, index: Sequence[str] | None = None
) -> pd.DataFrame:
    """Rates with Wilson's interval, one row each.

    Parameters
    ----------
    k, n : array_like of int
        Successes and trials of each row.
    level : float, default 0.95
        Wanted coverage.
    index : sequence of str, optional
        Names of the rows.

    Returns
    -------
    pandas.DataFrame
        ``k`` and ``n`` (Int64), ``rate``, ``low`` and ``high`` (Float64, shares; missing where n is 0).

    Raises
    ------
    BadParameterError
        As `wilson_interval`.

    Examples
    --------
    >>> rate_frame([3, 0], [4, 0], index=["a", "b"]).round(3)
       k  n  rate    low   high
    a  3  4  0.75  0.301  0.954
    b  0  0  <NA>   <NA>   <NA>
    """
    import pandas as pd

    low, high = wilson_interval(np.atleast_1d(k), np.atleast_1d(n), level)
    k_, n_ = _counts(np.atleast_1d(k), np.atleast_1d(n))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = k_ / n_
    given = n_ > 0
    columns = {"rate": rate, "low": low, "high": high}
    numbers = {name: pd.Series(v).astype("Float64").where(given) for name, v in columns.items()}
    counts = {name: pd.Series(v).astype("Int64") for name, v in (("k", k_), ("n", n_))}
    frame = pd.DataFrame({**counts, **numbers})
    return frame if index is None else frame.set_axis(list(index))


def f_score(hits: float, false_alarms: float, misses: float, beta: float = 2.0) -> float:
    """F measure of counts; `beta` 2 weighs recall four times.

    Parameters
    ----------
    hits, false_alarms, misses : float
        Right findings, wrong findings, and what was not found.
    beta : float, default 2.0
        How much more a miss weighs than a false alarm (as its square).

    Returns
    -------
    float
        0 to 1; NaN where there was nothing to find and nothing found.

    Notes
    -----
    Source: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.

    Examples
    --------
    >>> round(f_score(80, 20, 10), 3)
    0.87
    """
    weight = beta**2
    whole = (1 + weight) * hits + weight * misses + false_alarms
    return (1 + weight) * hits / whole if whole else float("nan")


def f_score_interval(
    hits: ArrayLike,
    false_alarms: ArrayLike,
    misses: ArrayLike,
    beta: float = 2.0,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Interval:
    """F measure of many documents with a bootstrap interval over documents.

    Parameters
    ----------
    hits, false_alarms, misses : array_like of int
        Counts of each document; findings of one document lean on each other, so whole documents are drawn.
    beta : float, default 2.0
        As in `f_score`.
    level : float, default 0.95
        Wanted coverage of the percentile interval.
    resamples : int, default 2000
        Number of draws.
    seed : int, default 0
        The same seed gives the same interval.

    Returns
    -------
    Interval
        ``value``, ``low``, ``high``; NaN where nothing was there and nothing found.

    Raises
    ------
    BadParameterError
        Counts of different lengths, or a level outside (0, 1).

    Notes
    -----
    Too narrow below about 30 documents. Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap
    (1993), chapter 13.

    Examples
    --------
    >>> found = f_score_interval([4, 5, 3], [0, 1, 0], [1, 0, 2])
    >>> round(found.value, 3), found.low <= found.value <= found.high
    (0.822, True)
    """
    counts = _same_length(hits, false_alarms, misses)
    value = _f_of(counts, beta)
    draws = [_f_of(part, beta) for part in _resampled(counts, resamples, seed)]
    return Interval(value, *_ends(draws, level))


def paired_bootstrap(
    first: ArrayLike,
    second: ArrayLike,
    statistic: Callable[[Floats], float] | None = None,
    level: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Comparison:
    """Difference between two sets of figures of the same items, with an interval over items.

    Parameters
    ----------
    first, second : array_like of float
        Figures of the same items in the same order, one row an item; further axes are passed on.
    statistic : callable, optional
        Makes one number of the drawn items; the mean when left out.
    level : float, default 0.95
        Wanted coverage of the percentile interval.
    resamples : int, default 2000
        Number of draws.
    seed : int, default 0
        The same seed gives the same answer.

    Returns
    -------
    Comparison
        ``value`` (first less second), ``low``, ``high``, and ``other_side``: the share of draws in which the
        difference is zero or has the other sign; it is no p-value of a planned test.

    Raises
    ------
    BadParameterError
        Different numbers of items, none at all, or a level outside (0, 1).

    Notes
    -----
    Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16.

    Examples
    --------
    >>> found = paired_bootstrap([0.9, 0.8, 0.7, 0.9], [0.5, 0.6, 0.5, 0.6])
    >>> round(found.value, 3), found.low > 0
    (0.275, True)
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if len(a) != len(b) or not len(a):
        raise BadParameterError(
            "Expected figures of the same items", f"found {len(a)} and {len(b)}", "pair them"
        )
    figure = statistic or (lambda items: float(np.mean(items)))
    value = figure(a) - figure(b)
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(resamples):
        drawn = rng.integers(0, len(a), len(a))
        draws.append(figure(a[drawn]) - figure(b[drawn]))
    away = np.asarray(draws)
    other = float(np.mean(away <= 0 if value > 0 else away >= 0))
    return Comparison(value, *_ends(draws, level), other)


def _f_of(counts: Floats, beta: float) -> float:
    """Give the F measure of all documents together."""
    hits, false_alarms, misses = (float(x) for x in counts.sum(axis=1))
    return f_score(hits, false_alarms, misses, beta)


def _counts(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Give successes and trials as arrays of one shape, checked."""
    k_, n_ = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if (k_ < 0).any() or (k_ > n_).any() or np.isnan(k_).any() or np.isnan(n_).any():
        raise BadParameterError("Expected 0 <= successes <= trials", "found others", "check the counts")
    return k_, n_


def _quantile(level: float) -> float:
    """Give the two-sided quantile of the normal distribution."""
    from statistics import NormalDist

    if not 0 < level < 1:
        raise BadParameterError("Expected a level between 0 and 1", f"found {level}", "use 0.95, say")
    return NormalDist().inv_cdf((1 + level) / 2)


def _same_length(*parts: ArrayLike) -> Floats:
    """Stack counts of the same documents."""
    arrays = [np.asarray(part, dtype=float).ravel() for part in parts]
    if len({len(a) for a in arrays}) != 1:
        lengths = ", ".join(str(len(a)) for a in arrays)
        raise BadParameterError(
            "Expected counts of the same documents", f"found lengths {lengths}", "pair them"
        )
    return np.stack(arrays)


def _resampled(counts: Floats, resamples: int, seed: int) -> list[Floats]:
    """Draw documents with replacement."""
    n = counts.shape[1]
    if not n:
        return []
    rng = np.random.default_rng(seed)
    return [counts[:, rng.integers(0, n, n)] for _ in range(resamples)]


def _ends(draws: Sequence[float], level: float) -> tuple[float, float]:
    """Give the ends of the percentile interval."""
    _quantile(level)
    known = [d for d in draws if not np.isnan(d)]
    if not known:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
