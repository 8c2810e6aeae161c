"""Effect size of a word embedding association test with its interval over words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.bias.text.weat_nulls import effect_sizes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


_LARGE = 1_000


def effect_with_interval(x: Floats, y: Floats, level: float) -> tuple[float, float, float]:
    """Give the effect size and the ends of its interval; all missing where it cannot be told.

    The interval takes the words of each set as drawn from more words of their kind (not documents from
    more documents) and inverts the noncentral t distribution of the difference of means, then turns it
    into the scale of the effect size: with Cohen's delta d and a share q of words in x the effect size
    is d / sqrt(1 + q (1 - q) d^2). The bootstrap over words covers too rarely in sets this small
    (benchmarks/bias_embeddings.py).
    """
    effect = float(effect_sizes(x, y))
    n_x, n_y = len(x), len(y)
    within = ((n_x - 1) * x.var(ddof=1) + (n_y - 1) * y.var(ddof=1)) / (n_x + n_y - 2)
    if not np.isfinite(effect) or within <= 1e-24:
        return effect, float("nan"), float("nan")
    scale = np.sqrt(n_x * n_y / (n_x + n_y))
    ends = _noncentralities(float((x.mean() - y.mean()) / np.sqrt(within) * scale), n_x + n_y - 2, level)
    share = n_x / (n_x + n_y)
    deltas = np.array(ends) / scale
    low, high = deltas / np.sqrt(1 + share * (1 - share) * deltas**2)
    return effect, float(min(low, effect)), float(max(high, effect))


def _noncentralities(t: float, freedom: int, level: float) -> tuple[float, float]:
    """Give the noncentralities under which `t` is at the upper and lower end of what is likely.

    Beyond a |t| of 1,000 the error of the mean no longer matters, only that of the standard deviation.
    """
    from scipy.special import chdtri, nctdtrinc

    tail = (1 - level) / 2
    if abs(t) <= _LARGE:
        return float(nctdtrinc(freedom, 1 - tail, t)), float(nctdtrinc(freedom, tail, t))
    ends = sorted(t * np.sqrt(chdtri(freedom, p) / freedom) for p in (tail, 1 - tail))
    return float(ends[0]), float(ends[1])
