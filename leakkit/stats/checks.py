"""What every statistic here checks first: counts, levels, and the ends of a resampled interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def checked_counts(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Give successes and trials as arrays of one shape, checked."""
    k_, n_ = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if (k_ < 0).any() or (k_ > n_).any() or np.isnan(k_).any() or np.isnan(n_).any():
        raise BadParameterError("Expected 0 <= successes <= trials", "found others", "check the counts")
    return k_, n_


def normal_quantile(level: float) -> float:
    """Give the two-sided quantile of the normal distribution."""
    from statistics import NormalDist

    if not 0 < level < 1:
        raise BadParameterError("Expected a level between 0 and 1", f"found {level}", "use 0.95, say")
    return NormalDist().inv_cdf((1 + level) / 2)


def percentile_ends(draws: Sequence[float], level: float) -> tuple[float, float]:
    """Give the ends of the percentile interval."""
    normal_quantile(level)
    known = [d for d in draws if not np.isnan(d)]
    if not known:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
