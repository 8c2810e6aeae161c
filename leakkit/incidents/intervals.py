"""Intervals of what is counted: shares that compete, and numbers of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def goodman_interval(counts: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Ends of simultaneous intervals of shares that add up to one.

    Parameters
    ----------
    counts : array_like of int
        How many fell into each category; categories exclude each other.
    level : float, default 0.95
        Wanted coverage of all intervals together.

    Returns
    -------
    low, high : numpy.ndarray
        Ends as shares from 0 to 1; NaN where nothing was counted.

    Raises
    ------
    BadParameterError
        A negative count, or a level outside (0, 1).

    Notes
    -----
    Wide, and too narrow where most counts are below five. Source: L. A. Goodman, Technometrics 7 (1965)
    247-254, with Bonferroni's bound over the categories.

    Examples
    --------
    >>> low, high = goodman_interval([56, 72, 73, 59, 62, 87, 58])
    >>> low.round(3).tolist()[:2], high.round(3).tolist()[:2]
    ([0.085, 0.115], [0.166, 0.204])
    """
    from scipy.stats import chi2

    counted = np.atleast_1d(np.asarray(counts, dtype=float))
    if not 0 < level < 1 or (counted < 0).any() or np.isnan(counted).any():
        raise BadParameterError(
            "Expected counts of 0 or more and a level between 0 and 1", "found others", "check both"
        )
    total = counted.sum()
    if not total:
        return np.full(len(counted), np.nan), np.full(len(counted), np.nan)
    bound = chi2.ppf(1 - (1 - level) / len(counted), 1)
    half = np.sqrt(bound * (bound + 4 * counted * (total - counted) / total))
    middle, whole = bound + 2 * counted, 2 * (total + bound)
    return np.maximum((middle - half) / whole, 0), np.minimum((middle + half) / whole, 1)


def count_interval(counts: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Ends of the exact interval of the number that a steady process would give on average.

    Parameters
    ----------
    counts : array_like of int
        Events counted.
    level : float, default 0.95
        Least coverage.

    Returns
    -------
    low, high : numpy.ndarray
        Ends, in events.

    Raises
    ------
    BadParameterError
        A count that is negative or no number, or a level outside (0, 1).

    Notes
    -----
    Events must be independent: one campaign with many victims is not. Source: F. Garwood, Biometrika 28
    (1936) 437-442, by quantiles of the chi-squared distribution.

    Examples
    --------
    >>> low, high = count_interval([0, 10])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 4.8], [3.69, 18.39])
    """
    from scipy.stats import chi2

    counted = np.asarray(counts, dtype=float)
    if not 0 < level < 1:
        raise BadParameterError(
            "Expected level between 0 and 1", f"found {level}", "give a coverage such as 0.95"
        )
    wrong = counted[~np.isfinite(counted) | (counted < 0)]
    if wrong.size:
        raise BadParameterError(
            "Expected counts of 0 or more", f"found {wrong[0]:g}", "leave out what was not counted"
        )
    tail = (1 - level) / 2
    low = np.where(counted > 0, chi2.ppf(tail, np.maximum(2 * counted, 1)) / 2, 0.0)
    return low, chi2.ppf(1 - tail, 2 * counted + 2) / 2
