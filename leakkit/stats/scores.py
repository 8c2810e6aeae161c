"""F scores and paired differences with bootstrap intervals over items."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.stats.checks import percentile_ends

if TYPE_CHECKING:
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
    return Interval(value, *percentile_ends(draws, level))


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
    return Comparison(value, *percentile_ends(draws, level), other)


def _f_of(counts: Floats, beta: float) -> float:
    """Give the F measure of all documents together."""
    hits, false_alarms, misses = (float(x) for x in counts.sum(axis=1))
    return f_score(hits, false_alarms, misses, beta)


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
