"""Rates with intervals: Wilson's and the exact one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.stats.checks import checked_counts, normal_quantile

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


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
    k_, n_ = checked_counts(k, n)
    z = normal_quantile(level)
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

    k_, n_ = checked_counts(k, n)
    normal_quantile(level)
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
    k_, n_ = checked_counts(np.atleast_1d(k), np.atleast_1d(n))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = k_ / n_
    given = n_ > 0
    columns = {"rate": rate, "low": low, "high": high}
    numbers = {name: pd.Series(v).astype("Float64").where(given) for name, v in columns.items()}
    counts = {name: pd.Series(v).astype("Int64") for name, v in (("k", k_), ("n", n_))}
    frame = pd.DataFrame({**counts, **numbers})
    return frame if index is None else frame.set_axis(list(index))
