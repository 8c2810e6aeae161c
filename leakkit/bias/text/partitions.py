"""Is a difference of two sets of words more than a partition by chance gives: exact and drawn p-values.

The statistic is the difference of the two means. Every partition of the words into sets of the same two
sizes is as likely as another when the names of the sets mean nothing (Caliskan et al. 2017, who sum
instead of averaging: the same test where both sets have one size). Exact counts come from halving the
words and pairing sorted half sums (Horowitz and Sahni 1974), so that 20 words against 20 are counted,
all 137,846,528,820 partitions, in a tenth of a second.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EXACT_UP_TO = 40
"""Most words of both sets together whose partitions are counted exactly."""
_TIE = 1e-9
_DRAWS_AT_ONCE = 2_000


def partition_p(x: Floats, y: Floats, *, resamples: int, seed: int) -> tuple[float, str]:
    """Give the two-sided p-value of the difference of means, and how it was got.

    Values are the associations of each word. Exact for up to 40 words, otherwise from `resamples` drawn
    partitions, the observed one counted among them. A tie to within rounding counts as at least as large.
    """
    values = np.concatenate([x, y])
    centred = values - values.mean()
    spread = np.abs(centred).max()
    if spread == 0:
        return 1.0, "exact"
    centred = centred / spread
    bound = abs(centred[: len(x)].sum()) - _TIE * len(values)
    if len(values) <= EXACT_UP_TO:
        return _exact(centred, len(x), bound), "exact"
    return _drawn(centred, len(x), bound, resamples, seed), "permutation"


def _exact(centred: Floats, size: int, bound: float) -> float:
    """Share of all subsets of `size` whose sum is `bound` or more away from 0."""
    half = len(centred) // 2
    left, right = _sums_by_size(centred[:half]), _sums_by_size(centred[half:])
    beyond = 0
    for taken, sums in enumerate(left):
        if not 0 <= size - taken < len(right):
            continue
        others = right[size - taken]
        above = len(others) - np.searchsorted(others, bound - sums, side="left")
        below = np.searchsorted(others, -bound - sums, side="right")
        beyond += int(np.minimum(above + below, len(others)).sum())
    return beyond / comb(len(centred), size)


def _sums_by_size(values: Floats) -> list[Floats]:
    """Give the sorted sums of all subsets, listed by the size of the subset."""
    sums, sizes = np.zeros(1), np.zeros(1, dtype=np.int8)
    for value in values:
        sums = np.concatenate([sums, sums + value])
        sizes = np.concatenate([sizes, sizes + 1])
    return [np.sort(sums[sizes == size]) for size in range(len(values) + 1)]


def _drawn(centred: Floats, size: int, bound: float, resamples: int, seed: int) -> float:
    """Share of random subsets of `size` whose sum is `bound` or more away from 0, the observed among them."""
    random = np.random.default_rng(seed)
    beyond = 1
    for start in range(0, resamples, _DRAWS_AT_ONCE):
        keys = random.random((min(_DRAWS_AT_ONCE, resamples - start), len(centred)))
        chosen = np.argpartition(keys, size - 1, axis=1)[:, :size]
        beyond += int((np.abs(centred[chosen].sum(axis=1)) >= bound).sum())
    return beyond / (resamples + 1)
