"""Two rates beside each other: intervals of their difference, ratio and odds ratio."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from leakkit.stats.checks import checked_choice, checked_pairs, normal_quantile
from leakkit.stats.rates import wilson_interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

METHODS = ("score", "log")
_WIDEST = 40.0
_HALVINGS = 60


def newcombe_difference(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Ends of Newcombe's interval of the difference of two rates, first less second.

    Parameters
    ----------
    k1, n1, k2, n2 : array_like of float
        Successes and trials of the first and the second group; shapes broadcast. With weights pass
        effective sizes.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.

    Returns
    -------
    low, high : numpy.ndarray
        Ends from -1 to 1; NaN where a group has no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, or a level outside (0, 1).

    Notes
    -----
    The groups must be independent: the same people twice need a paired interval. Source: R. G. Newcombe,
    Statistics in Medicine 17 (1998) 873-890, method 10 (from two Wilson intervals, no correction).

    Examples
    --------
    >>> low, high = newcombe_difference(56, 70, 48, 80)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    k1_, n1_, k2_, n2_ = checked_pairs(k1, n1, k2, n2)
    low1, high1 = wilson_interval(k1_, n1_, level)
    low2, high2 = wilson_interval(k2_, n2_, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p2 = k1_ / n1_, k2_ / n2_
    low = p1 - p2 - np.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + np.hypot(high1 - p1, p2 - low2)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def ratio_interval(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, level: float = 0.95, method: str = "score"
) -> tuple[Floats, Floats]:
    """Ends of the interval of the ratio of two rates, first over second.

    Parameters
    ----------
    k1, n1, k2, n2 : array_like of float
        Successes and trials of the first and the second group; shapes broadcast. With weights pass
        effective sizes.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.
    method : {'score', 'log'}, default 'score'
        Koopman's score interval, or the older one of a normal log ratio (Katz), which is too wide for small
        counts and gives a half to empty cells.

    Returns
    -------
    low, high : numpy.ndarray
        Ends from 0 to infinity; 0 where the first group has no successes, infinite where the second has
        none, NaN where a group has no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, another method, or a level outside (0, 1).

    Notes
    -----
    Sources: P. A. R. Koopman, Biometrics 40 (1984) 513-517; D. Katz and others, Biometrics 34 (1978)
    469-474.

    Examples
    --------
    >>> low, high = ratio_interval(235, 2435, 157, 2435)
    >>> round(float(low), 2), round(float(high), 2)
    (1.23, 1.82)
    """
    checked_choice("method", method, METHODS)
    k1_, n1_, k2_, n2_ = checked_pairs(k1, n1, k2, n2)
    z = normal_quantile(level)
    if method == "log":
        low, high = _log_ratio(k1_, n1_, k2_, n2_, z)
    else:
        low, high = _koopman(k1_, n1_, k2_, n2_, z)
    return _at_the_edge(low, high, k1_ == 0, k2_ == 0, (n1_ == 0) | (n2_ == 0))


def odds_ratio_interval(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, level: float = 0.95, method: str = "score"
) -> tuple[Floats, Floats]:
    """Ends of the interval of the odds ratio of two groups, first over second.

    Parameters
    ----------
    k1, n1, k2, n2 : array_like of float
        Successes and trials of the first and the second group; shapes broadcast. With weights pass
        effective sizes.
    level : float, default 0.95
        Wanted coverage, between 0 and 1.
    method : {'score', 'log'}, default 'score'
        Cornfield's score interval without correction, or the older one of a normal log odds ratio (Woolf),
        which is too wide for small counts and gives a half to each cell where one is empty.

    Returns
    -------
    low, high : numpy.ndarray
        Ends from 0 to infinity; 0 where the first group has no successes or the second no failures,
        infinite the other way round, NaN where a group has no trials.

    Raises
    ------
    BadParameterError
        More successes than trials, negative counts, another method, or a level outside (0, 1).

    Notes
    -----
    Odds ratios are further from 1 than ratios of rates unless rates are small: do not read one as the
    other. Sources: J. Cornfield, Proceedings of the Third Berkeley Symposium 4 (1956) 135-148; B. Woolf,
    Annals of Human Genetics 19 (1955) 251-253.

    Examples
    --------
    >>> low, high = odds_ratio_interval(235, 2435, 157, 2435)
    >>> round(float(low), 2), round(float(high), 2)
    (1.26, 1.91)
    """
    checked_choice("method", method, METHODS)
    k1_, n1_, k2_, n2_ = checked_pairs(k1, n1, k2, n2)
    z = normal_quantile(level)
    if method == "log":
        low, high = _log_odds(k1_, n1_, k2_, n2_, z)
    else:
        low, high = _cornfield(k1_, n1_, k2_, n2_, z)
    no_odds, no_odds_beside = (k1_ == 0) | (k2_ == n2_), (k2_ == 0) | (k1_ == n1_)
    return _at_the_edge(low, high, no_odds, no_odds_beside, (n1_ == 0) | (n2_ == 0))


def _at_the_edge(
    low: Floats,
    high: Floats,
    lowest: NDArray[np.bool_],
    highest: NDArray[np.bool_],
    untried: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """Put 0, infinity and NaN where counts leave no other end."""
    low, high = np.where(lowest, 0.0, low), np.where(highest, np.inf, high)
    return np.where(untried, np.nan, low), np.where(untried, np.nan, high)


def _crossing(distance: Callable[[Floats], Floats], inner: Floats, outer: Floats, limit: float) -> Floats:
    """Find by halving where a distance that grows from `inner` to `outer` passes a limit."""
    for _ in range(_HALVINGS):
        middle = (inner + outer) / 2
        beyond = distance(middle) > limit
        inner, outer = np.where(beyond, inner, middle), np.where(beyond, middle, outer)
    return (inner + outer) / 2


def _koopman(k1: Floats, n1: Floats, k2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Find the ratios at which Koopman's chi-square passes its quantile."""

    def distance(log_ratio: Floats) -> Floats:
        ratio = np.exp(log_ratio)
        linear = n1 * ratio + k1 + n2 + k2 * ratio
        root = np.sqrt(np.maximum(linear**2 - 4 * (n1 + n2) * ratio * (k1 + k2), 0.0))
        p2 = np.minimum(2 * (k1 + k2) / (linear + root), 1.0)
        p1 = np.minimum(p2 * ratio, 1.0)
        variance = p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2
        return (k1 / n1 - ratio * k2 / n2) ** 2 / variance

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        estimate = np.clip(np.log(k1 / n1) - np.log(k2 / n2), -_WIDEST, _WIDEST)
        edge = np.full_like(estimate, _WIDEST)
        low, high = _crossing(distance, estimate, -edge, z**2), _crossing(distance, estimate, edge, z**2)
    return np.exp(low), np.exp(high)


def _log_ratio(k1: Floats, n1: Floats, k2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Give the interval of a normal log ratio; a half is added where a cell is empty."""
    half = np.where((k1 == 0) | (k2 == 0), 0.5, 0.0)
    a, m, b, n = k1 + half, n1 + half, k2 + half, n2 + half
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log(a / m) - np.log(b / n)
        spread = z * np.sqrt(np.maximum(1 / a - 1 / m + 1 / b - 1 / n, 0.0))
    return np.exp(middle - spread), np.exp(middle + spread)


def _cornfield(k1: Floats, n1: Floats, k2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Find the odds ratios at which the score chi-square passes its quantile, by the expected first cell."""
    m = k1 + k2

    def distance(cell: Floats) -> Floats:
        return (k1 - cell) ** 2 * (1 / cell + 1 / (n1 - cell) + 1 / (m - cell) + 1 / (n2 - m + cell))

    def odds(cell: Floats) -> Floats:
        return cell * (n2 - m + cell) / ((n1 - cell) * (m - cell))

    with np.errstate(divide="ignore", invalid="ignore"):
        low = _crossing(distance, k1, np.maximum(0.0, m - n2), z**2)
        high = _crossing(distance, k1, np.minimum(n1, m), z**2)
        return odds(low), odds(high)


def _log_odds(k1: Floats, n1: Floats, k2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    """Give the interval of a normal log odds ratio; a half is added to each cell where one is empty."""
    cells = np.stack([k1, n1 - k1, k2, n2 - k2])
    cells = cells + np.where((cells == 0).any(axis=0), 0.5, 0.0)
    a, b, c, d = cells
    middle, spread = np.log(a * d) - np.log(b * c), z * np.sqrt((1 / cells).sum(axis=0))
    return np.exp(middle - spread), np.exp(middle + spread)
