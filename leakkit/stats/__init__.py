"""Ground floor of statistics: intervals, tests, corrections, bootstrap; plain arrays in, numbers out."""

from leakkit.stats.rates import exact_interval, rate_frame, wilson_interval
from leakkit.stats.scores import Comparison, Interval, f_score, f_score_interval, paired_bootstrap

__all__ = [
    "Comparison",
    "Interval",
    "exact_interval",
    "f_score",
    "f_score_interval",
    "paired_bootstrap",
    "rate_frame",
    "wilson_interval",
]
