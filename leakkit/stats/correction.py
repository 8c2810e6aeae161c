"""p-values corrected for how many were looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.stats.checks import checked_choice

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

CORRECTIONS = ("bh", "holm", "none")


def adjust_p(p: ArrayLike, method: str = "bh") -> Floats:
    """p-values after correction over all of them.

    Parameters
    ----------
    p : array_like of float
        p-values, 0 to 1; NaN for what was not tested. All values of the array are one family, whatever
        its shape.
    method : {'bh', 'holm', 'none'}, default 'bh'
        Benjamini-Hochberg bounds the expected share of false discoveries among the discoveries; Holm bounds
        the chance of a single false one.

    Returns
    -------
    numpy.ndarray
        Adjusted values in the same places, at most 1; NaN stay NaN and are not counted.

    Raises
    ------
    BadParameterError
        Values outside 0 to 1, or another method.

    Notes
    -----
    Sources: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300;
    S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.

    Examples
    --------
    >>> adjust_p([0.01, 0.04, float("nan"), 0.03]).round(3).tolist()
    [0.03, 0.04, nan, 0.04]
    >>> adjust_p([0.01, 0.04, float("nan"), 0.03], method="holm").round(3).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    checked_choice("method", method, CORRECTIONS)
    given = np.asarray(p, dtype=float)
    adjusted = given.copy().ravel()
    known = np.flatnonzero(~np.isnan(adjusted))
    values = adjusted[known]
    if ((values < 0) | (values > 1)).any():
        raise BadParameterError("Expected p-values from 0 to 1", "found others", "pass p-values or NaN")
    if method == "none" or not len(values):
        return adjusted.reshape(given.shape)
    order = np.argsort(values, kind="stable")
    adjusted[known[order]] = (_holm if method == "holm" else _benjamini_hochberg)(values[order])
    return adjusted.reshape(given.shape)


def _benjamini_hochberg(ordered: Floats) -> Floats:
    """Adjust rising p-values: the least of p * n / rank from here on."""
    n = len(ordered)
    scaled = ordered * n / np.arange(1, n + 1)
    return np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)


def _holm(ordered: Floats) -> Floats:
    """Adjust rising p-values: the most of p * (n - rank + 1) up to here."""
    n = len(ordered)
    return np.minimum(np.maximum.accumulate(ordered * np.arange(n, 0, -1)), 1.0)
