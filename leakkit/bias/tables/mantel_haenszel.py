"""Two groups compared within strata: Mantel-Haenszel estimates with intervals and tests; numbers in, numbers out.

statsmodels' StratifiedTable is the oracle in the tests. It is not called, because its p-values are one less
the distribution function (0 below 1e-16), its continuity correction grows where the statistic is under one
half, and its Breslow-Day test divides by zero at an odds ratio of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

NAN = float("nan")


class MantelHaenszel(NamedTuple):
    """What the strata say together; NaN where they cannot tell."""

    odds_ratio: float
    odds_ratio_low: float
    odds_ratio_high: float
    difference: float
    difference_low: float
    difference_high: float
    p_value: float
    p_homogeneity: float


def mantel_haenszel(tables: ArrayLike, level: float = 0.95) -> MantelHaenszel:
    """Compare two groups within strata and pool what is found.

    Parameters
    ----------
    tables : array_like, (strata, 2, 2)
        Counts ``[[k, n - k], [k_reference, n_reference - k_reference]]`` of each stratum. Strata in which
        one group is empty say nothing and are left out.
    level : float, default 0.95
        Wanted coverage of the intervals.

    Returns
    -------
    MantelHaenszel
        Odds ratio (interval of Robins, Breslow and Greenland, Biometrics 42 (1986) 311-323), risk
        difference (interval with the variance of Sato, Biometrics 45 (1989) 1323), p-value of the
        Mantel-Haenszel test with continuity correction (as ``mantelhaen.test`` of R), p-value of the
        Breslow-Day test with Tarone's term that strata share one odds ratio.

    Examples
    --------
    >>> found = mantel_haenszel([[[8, 2], [5, 5]], [[6, 4], [3, 7]]])
    >>> round(found.odds_ratio, 3), round(found.difference, 3), round(found.p_value, 3)
    (3.727, 0.3, 0.114)
    """
    cells = np.asarray(tables, dtype=np.float64).reshape(-1, 2, 2)
    cells = cells[(cells.sum(axis=2) > 0).all(axis=1)]
    if not len(cells):
        return MantelHaenszel(*[NAN] * 8)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, standard_error = _odds_ratio(cells)
        reach = _quantile(level)
        low, high = _ends(ratio, standard_error, reach)
        difference, spread = _difference(cells)
        return MantelHaenszel(
            ratio,
            low,
            high,
            difference,
            max(difference - reach * spread, -1.0),
            min(difference + reach * spread, 1.0),
            _test(cells),
            _homogeneity(cells, ratio),
        )


def _quantile(level: float) -> float:
    """Give the normal quantile of a two-sided interval."""
    from scipy.stats import norm

    return float(norm.ppf((1 + level) / 2))


def _ends(ratio: float, standard_error: float, reach: float) -> tuple[float, float]:
    """Give the ends of the interval of an odds ratio; none can be told where the ratio is 0 or infinite."""
    if not np.isfinite(ratio):
        return (NAN, NAN)
    if ratio == 0:
        return (0.0, NAN)
    half = np.exp(reach * standard_error)
    return float(ratio / half), float(ratio * half)


def _odds_ratio(cells: Floats) -> tuple[float, float]:
    """Give the pooled odds ratio and the standard error of its logarithm."""
    a, b, c, d = cells.reshape(-1, 4).T
    n = cells.sum(axis=(1, 2))
    along, across = a * d / n, b * c / n
    same, other = (a + d) / n, (b + c) / n
    up, down = along.sum(), across.sum()
    if not up or not down:
        return (float(up / down) if up or down else NAN), NAN
    variance = (
        (same * along).sum() / (2 * up**2)
        + (same * across + other * along).sum() / (2 * up * down)
        + (other * across).sum() / (2 * down**2)
    )
    return float(up / down), float(np.sqrt(variance))


def _difference(cells: Floats) -> tuple[float, float]:
    """Give the pooled risk difference and its standard error."""
    (a, c), (n1, n0) = cells[:, :, 0].T, cells.sum(axis=2).T
    n = n1 + n0
    weight = (n1 * n0 / n).sum()
    difference = ((a * n0 - c * n1) / n).sum() / weight
    tilt = ((n1**2 * c - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / n**2).sum()
    mixed = ((a * (n0 - c) + c * (n1 - a)) / (2 * n)).sum()
    variance = max(difference * tilt + mixed, 0.0) / weight**2
    # rates of 0 and 1 only have no spread: that is no certainty, so that no ends can be told
    return float(difference), float(np.sqrt(variance)) if variance > 1e-24 else NAN


def _test(cells: Floats) -> float:
    """Give the p-value of no difference in any stratum."""
    from scipy.stats import chi2

    rows, columns, n = cells.sum(axis=2), cells.sum(axis=1), cells.sum(axis=(1, 2))
    rest = cells[n > 1]
    if not len(rest):
        return NAN
    away = abs((cells[:, 0, 0] - rows[:, 0] * columns[:, 0] / n).sum())
    spread = (rows.prod(axis=1) * columns.prod(axis=1))[n > 1] / (n**2 * (n - 1))[n > 1]
    if not spread.sum():
        return NAN
    return float(chi2.sf((away - min(0.5, away)) ** 2 / spread.sum(), 1))


def _homogeneity(cells: Floats, ratio: float) -> float:
    """Give the p-value that all strata share the pooled odds ratio."""
    from scipy.stats import chi2

    cells = cells[(cells.sum(axis=1) > 0).all(axis=1)]  # both outcomes are there
    if len(cells) < 2 or not np.isfinite(ratio) or ratio == 0:
        return NAN
    a, n1, n0, m = (
        cells[:, 0, 0],
        cells[:, 0].sum(axis=1),
        cells[:, 1].sum(axis=1),
        cells[:, :, 0].sum(axis=1),
    )
    expected = _expected(ratio, n1, n0, m)
    variance = 1 / (1 / expected + 1 / (m - expected) + 1 / (n1 - expected) + 1 / (n0 - m + expected))
    statistic = ((a - expected) ** 2 / variance).sum() - (a - expected).sum() ** 2 / variance.sum()
    return float(chi2.sf(statistic, len(cells) - 1))


def _expected(ratio: float, n1: Floats, n0: Floats, m: Floats) -> Floats:
    """Give the expected first cell of each table with these margins and this odds ratio."""
    linear = ratio * (n1 + m) + n0 - m
    inside = np.sqrt(np.maximum(linear**2 - 4 * (ratio - 1) * ratio * n1 * m, 0.0))
    return 2 * ratio * n1 * m / (linear + inside)  # this form of the root holds at a ratio of one as well
