"""Ground floor of statistics: intervals, tests, corrections, bootstrap; plain arrays in, numbers out."""

from leakkit.stats.comparing import chi_square_groups, permutation_groups, two_proportion_p
from leakkit.stats.correction import adjust_p
from leakkit.stats.four_fifths import four_fifths_failure
from leakkit.stats.gaps import Gap, bootstrap_rates, gap_interval
from leakkit.stats.pairs import newcombe_difference, odds_ratio_interval, ratio_interval
from leakkit.stats.rates import exact_interval, rate_frame, wilson_interval
from leakkit.stats.scores import Comparison, Interval, f_score, f_score_interval, paired_bootstrap

__all__ = [
    "Comparison",
    "Gap",
    "Interval",
    "adjust_p",
    "bootstrap_rates",
    "chi_square_groups",
    "exact_interval",
    "f_score",
    "f_score_interval",
    "four_fifths_failure",
    "gap_interval",
    "newcombe_difference",
    "odds_ratio_interval",
    "paired_bootstrap",
    "permutation_groups",
    "rate_frame",
    "ratio_interval",
    "two_proportion_p",
    "wilson_interval",
]
