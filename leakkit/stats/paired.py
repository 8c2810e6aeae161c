"""Differences in pairs: exact McNemar test, sign-flip permutation, intervals for shares and for means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.stats.rates import wilson_interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_CELLS = 2**22
"""Signs drawn at a time."""


def mcnemar_p(only_first: int, only_second: int) -> float:
    """Give the exact two-sided p-value of pairs in which only one side has it; 1 when there are none.

    Source: Q. McNemar, Psychometrika 12 (1947) 153-157, with the binomial distribution.

    Examples
    --------
    >>> mcnemar_p(8, 1)
    0.0390625
    """
    from scipy.stats import binom

    n = int(only_first + only_second)
    return 1.0 if n == 0 else float(min(1.0, 2 * binom.cdf(min(only_first, only_second), n, 0.5)))


def paired_share_interval(
    both: float, only_first: float, only_second: float, neither: float, level: float = 0.95
) -> tuple[float, float]:
    """Give the ends of Newcombe's interval (method 10) of the first share less the second, in pairs.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 2635-2650.

    Examples
    --------
    >>> [round(end, 4) for end in paired_share_interval(36, 12, 2, 0)]
    [0.0569, 0.3404]
    """
    n = both + only_first + only_second + neither
    if n == 0:
        return float("nan"), float("nan")
    first, second = (both + only_first) / n, (both + only_second) / n
    (l1, u1), (l2, u2) = (
        tuple(float(end) for end in wilson_interval(share * n, n, level)) for share in (first, second)
    )
    phi = _phi(both, only_first, only_second, neither)
    below, above = first - l1, u1 - first
    below2, above2 = second - l2, u2 - second
    difference = first - second
    low = difference - np.sqrt(max(0.0, below**2 - 2 * phi * below * above2 + above2**2))
    high = difference + np.sqrt(max(0.0, above**2 - 2 * phi * above * below2 + below2**2))
    return float(low), float(high)


def _phi(a: float, b: float, c: float, d: float) -> float:
    """Give the correlation in pairs, corrected for continuity; 0 where a margin is empty."""
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    cross = a * d - b * c
    if cross > 0:
        cross = max(cross - (a + b + c + d) / 2, 0.0)
    return float(cross / np.sqrt(margins))


def mean_interval(differences: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Give the ends of Student's interval of a mean difference; missing (NaN) below two pairs.

    Examples
    --------
    >>> [round(end, 3) for end in mean_interval([1, 2, 3, 4])]
    [0.446, 4.554]
    """
    from scipy.stats import t

    values = np.asarray(differences, float)
    if len(values) < 2:
        return float("nan"), float("nan")
    half = t.ppf((1 + level) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - half), float(values.mean() + half)


def sign_flip_p(differences: ArrayLike, resamples: int = 10_000, seed: int = 0) -> float:
    """Give the two-sided p-value of a mean difference when either side could have been the other.

    Every way of turning signs is looked at when there are at most 16 differences that are not 0, else
    `resamples` random ones (1 is added to both counts, so p is never 0).

    Examples
    --------
    >>> sign_flip_p([1, 1, 1, 1, 0])
    0.125
    """
    values = np.asarray(differences, float)
    values = values[values != 0]
    n = len(values)
    if n == 0:
        return 1.0
    seen = abs(values.sum()) * (1 - 1e-12)
    if n <= 16:
        signs = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1) * 2.0 - 1.0
        return float((np.abs(signs @ values) >= seen).mean())
    random, reached, done, step = np.random.default_rng(seed), 0, 0, max(1, _CELLS // n)
    while done < resamples:
        rows = min(step, resamples - done)
        flips = random.integers(0, 2, (rows, n), dtype=np.int8)
        reached += int((np.abs(2 * (flips @ values) - values.sum()) >= seen).sum())
        done += rows
    return (reached + 1) / (resamples + 1)
