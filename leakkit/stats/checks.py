"""What every statistic here checks first: counts, levels, and the ends of a resampled interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""By how much, relative to the trials, successes summed from weights may pass them."""


def checked_counts(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Give successes and trials as arrays of one shape, checked; sums of weights may pass by rounding."""
    k_, n_ = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if not ((k_ >= 0) & (k_ <= n_ * (1 + ROUNDING)) & np.isfinite(n_)).all():
        raise BadParameterError("Expected 0 <= successes <= trials", "found others", "check the counts")
    return np.minimum(k_, n_), n_


def checked_pairs(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    """Give the counts of two groups as arrays of one shape, checked."""
    first, second = checked_counts(k1, n1), checked_counts(k2, n2)
    k1_, n1_, k2_, n2_ = np.broadcast_arrays(*first, *second)
    return k1_, n1_, k2_, n2_


def checked_groups(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Give the counts of the groups of one table as flat arrays, groups without trials left out."""
    k_, n_ = checked_counts(np.atleast_1d(k), np.atleast_1d(n))
    if k_.ndim != 1:
        raise BadParameterError(
            "Expected one number a group", f"found an array of {k_.ndim} axes", "pass one table at a time"
        )
    return k_[n_ > 0], n_[n_ > 0]


def checked_choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """Give a word back that is one of those allowed."""
    if value not in allowed:
        raise BadParameterError(
            f"Expected {name} to be one of {', '.join(allowed)}", "found another word", "choose one of them"
        )
    return value


def normal_quantile(level: Any) -> float:
    """Give the two-sided quantile of the normal distribution."""
    from statistics import NormalDist

    if not (isinstance(level, int | float | np.floating) and 0 < level < 1):
        raise BadParameterError("Expected a level between 0 and 1", f"found {level!r}", "use 0.95, say")
    return NormalDist().inv_cdf((1 + float(level)) / 2)


def percentile_ends(draws: Sequence[float], level: float) -> tuple[float, float]:
    """Give the ends of the percentile interval."""
    normal_quantile(level)
    known = [d for d in draws if not np.isnan(d)]
    if not known:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
