"""All groups at once: the largest gap, whether any group differs, and the four-fifths rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.figures import Figure, Settings, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST_EXPECTED = 5
"""Expected cells below this are too few for the chi-square test; successes are dealt out at random instead."""


def gap_row(figure: Figure, meaning: str, settings: Settings) -> dict[str, Any]:
    """Give the row of the group_gaps frame for one measure, without correction."""
    told = np.flatnonzero(figure.shown & ~np.isnan(figure.rate))
    row: dict[str, Any] = {"measure": figure.measure, "meaning": meaning, "grouping": figure.grouping_name}
    row |= {"n_groups": len(told), "p_method": "none"}
    if len(told) < 2:
        return row
    rate, rows = figure.rate[told], figure.rows[told]
    highest, lowest = int(rate.argmax()), int(rate.argmin())
    if highest == lowest:  # all rates are one
        highest, lowest = 0, 1
    row |= {"n": int(rows.sum()), "smallest_n": int(min(rows[highest], rows[lowest]))}
    row |= {"largest": figure.names[told[highest]], "smallest": figure.names[told[lowest]]}
    row["gap"] = float(rate[highest] - rate[lowest])
    test = _test_shares if figure.is_share else _test_means
    return row | test(figure, told, settings)


def _test_shares(figure: Figure, told: NDArray[np.intp], settings: Settings) -> dict[str, Any]:
    """Give interval and test of the gap of shares."""
    from leakkit.stats import chi_square_groups, gap_interval, permutation_groups

    hits, size = figure.hits[told], figure.size[told]
    statistic, freedom, p = (float(value) for value in chi_square_groups(hits, size))
    pooled = hits.sum() / size.sum()
    few = size.min() * min(pooled, 1 - pooled) < _LEAST_EXPECTED
    method = "permutation" if few and figure.whole and 0 < pooled < 1 else "chi_square"
    if method == "permutation":
        p = permutation_groups(hits, size, settings.resamples, settings.seed)
    _, low, high, equal = (float(x) for x in gap_interval(hits, size, settings.level, p_equality=p))
    return {
        "gap_low": known(low),
        "gap_high": known(high),
        "gap_at_equality": known(equal),
        "statistic": known(statistic),
        "degrees_of_freedom": int(freedom),
        "p_method": method,
        "p_value": known(p),
    }


def _test_means(figure: Figure, told: NDArray[np.intp], settings: Settings) -> dict[str, Any]:
    """Test by the weighted spread of means or areas around their common value (Cochran's Q)."""
    from scipy.stats import chi2

    assert figure.error is not None
    error, rate = figure.error[told], figure.rate[told]
    if np.isnan(error).any() or (error <= 0).any():
        return {}
    weight = error**-2.0
    statistic = float((weight * (rate - (weight * rate).sum() / weight.sum()) ** 2).sum())
    draws = np.random.default_rng(settings.seed).normal(0, error, (settings.resamples, len(told)))
    return {
        "gap_at_equality": float(np.ptp(draws, axis=1).mean()),
        "statistic": statistic,
        "degrees_of_freedom": len(told) - 1,
        "p_method": "chi_square",
        "p_value": float(chi2.sf(statistic, len(told) - 1)),
    }


def four_fifths_rows(figure: Figure, settings: Settings) -> Iterator[dict[str, Any]]:
    """Give rows of the four_fifths frame: each group beside the one with the highest rate."""
    from leakkit.stats import ratio_interval, two_proportion_p

    told = np.flatnonzero(figure.shown & ~np.isnan(figure.rate))
    if len(told) < 2:
        return
    best = int(told[figure.rate[told].argmax()])
    for group in told[told != best].tolist():
        pair = (figure.hits[group], figure.size[group], figure.hits[best], figure.size[best])
        low, high = ratio_interval(*pair, level=settings.level)
        ratio = figure.rate[group] / figure.rate[best] if figure.rate[best] > 0 else np.nan
        yield {
            "measure": figure.measure,
            "grouping": figure.grouping_name,
            "group": figure.names[group],
            "reference": figure.names[best],
            "n": int(figure.rows[group]),
            "n_reference": int(figure.rows[best]),
            "ratio": known(ratio),
            "ratio_low": known(float(low)),
            "ratio_high": known(float(high)),
            "fails": None if np.isnan(ratio) else fails(ratio),
            "failure_at_equality": known(failure_at_equality(figure, [group, best])),
            "p_value": known(float(two_proportion_p(*pair))),
        }


def fails(ratio: float) -> bool:
    """Tell whether a ratio is below four fifths, rounding aside."""
    return bool(ratio < 0.8 * (1 - 1e-12))


def failure_at_equality(figure: Figure, groups: list[int]) -> float:
    """Give the probability that groups of these sizes fail though all have the rate of all of them together."""
    from leakkit.stats import four_fifths_failure

    hits, size = figure.hits[groups], figure.size[groups]
    return four_fifths_failure(size, float(np.clip(hits.sum() / size.sum(), 0, 1)))
