"""How often the four-fifths rule fails groups whose true rates are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_REACH = 7.0
_ROUNDING = 1e-12


def four_fifths_failure(
    n: ArrayLike, rate: float, threshold: float = 0.8, *, equal_fails: bool = False
) -> float:
    """Probability that groups with one true rate fail the four-fifths rule.

    Parameters
    ----------
    n : array_like of int
        Sizes of the groups, two or more; broken sizes (effective ones) are rounded.
    rate : float
        The one true rate, 0 to 1.
    threshold : float, default 0.8
        The rule fails where the lowest rate over the highest is below this.
    equal_fails : bool, default False
        Whether a ratio exactly at the threshold fails too. The rule says "less than four-fifths"; counts are
        whole numbers, so it matters: see the example.

    Returns
    -------
    float
        Probability, worked out from the binomial distributions without simulation; NaN with fewer than two
        groups with trials. Groups without any success at all do not fail.

    Raises
    ------
    BadParameterError
        A rate or threshold outside 0 to 1, or negative sizes.

    Notes
    -----
    Rule: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (1978).

    Examples
    --------
    >>> round(four_fifths_failure([200, 200], 0.1), 2)
    0.45
    >>> round(four_fifths_failure([200, 200], 0.1, equal_fails=True), 2)
    0.47
    """
    sizes = np.round(np.atleast_1d(np.asarray(n, dtype=float)))
    if not (0 <= rate <= 1 and 0 < threshold <= 1) or not (sizes >= 0).all():
        raise BadParameterError(
            "Expected sizes of 0 or more, a rate and a threshold from 0 to 1", "found others", "check them"
        )
    sizes = sizes[sizes > 0].astype(np.int64)
    if len(sizes) < 2:
        return float("nan")
    passing = _passing(sizes, rate, threshold, -_ROUNDING if equal_fails else _ROUNDING)
    return float(np.clip(1 - passing, 0.0, 1.0))


def _passing(sizes: NDArray[np.int64], rate: float, threshold: float, rounding: float) -> float:
    """Give the probability that every rate lies within the threshold of the lowest one, over all lowest."""
    from scipy.special import bdtr

    counts = [likely_counts(int(n), rate) for n in sizes]
    lowest = np.unique(np.concatenate([k / n for k, n in zip(counts, sizes, strict=True)]))
    above, from_here = np.ones(len(lowest)), np.ones(len(lowest))
    for n in sizes.tolist():
        top = bdtr(np.minimum(np.floor(lowest / threshold * n * (1 + rounding)), n), n, rate)
        here = np.floor(lowest * n * (1 + _ROUNDING))
        before = np.ceil(lowest * n * (1 - _ROUNDING)) - 1
        from_here *= top - np.where(before < 0, 0.0, bdtr(np.maximum(before, 0), n, rate))
        above *= np.maximum(top - bdtr(here, n, rate), 0.0)
    return float((from_here - above).sum())


def likely_counts(n: int, rate: float) -> NDArray[np.int64]:
    """Give the counts within seven standard deviations, and then some, of the mean."""
    reach = _REACH * (np.sqrt(n * rate * (1 - rate)) + 3)
    low, high = max(0, int(n * rate - reach)), min(n, int(n * rate + reach) + 1)
    return np.arange(low, high + 1)
