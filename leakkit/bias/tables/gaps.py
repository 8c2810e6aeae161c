"""All groups at once: the largest gap, whether any group differs, and the four-fifths rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.figures import COMPLEMENTS, Figure, Settings, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST_EXPECTED = 5
"""Expected cells below this are too few for the chi-square test; successes are dealt out at random instead."""


def gap_rows(
    figures: Sequence[Figure], meanings: Mapping[str, str], settings: Settings
) -> list[dict[str, Any]]:
    """Give the rows of the group_gaps frame for the measures of one grouping, without correction."""
    told = [np.flatnonzero(figure.shown & ~np.isnan(figure.rate)) for figure in figures]
    compared = [place for place, groups in enumerate(told) if len(groups) > 1]
    at = {figure.measure: place for place, figure in enumerate(figures)}
    shares = [p for p in compared if figures[p].is_share and figures[p].measure not in COMPLEMENTS]
    tests = _test_shares([figures[place] for place in shares], [told[place] for place in shares], settings)
    tested = dict(zip(shares, tests, strict=True))
    for place in compared:
        if (complement := COMPLEMENTS.get(figures[place].measure)) is not None:
            tested[place] = tested[at[complement]]
        elif place not in tested:
            tested[place] = _test_means(figures[place], told[place], settings)
    return [
        {
            "measure": figure.measure,
            "meaning": meanings[figure.measure],
            "grouping": figure.grouping_name,
            "n_groups": len(told[place]),
            "p_method": "none",
            **(_extremes(figure, told[place]) if place in tested else {}),
            **tested.get(place, {}),
        }
        for place, figure in enumerate(figures)
    ]


def _extremes(figure: Figure, told: NDArray[np.intp]) -> dict[str, Any]:
    """Give the groups with the highest and the lowest rate, and how far they lie apart."""
    rate, rows = figure.rate[told], figure.rows[told]
    highest, lowest = int(rate.argmax()), int(rate.argmin())
    if highest == lowest:  # all rates are one
        highest, lowest = 0, 1
    return {
        "n": int(rows.sum()),
        "smallest_n": int(min(rows[highest], rows[lowest])),
        "largest": figure.names[told[highest]],
        "smallest": figure.names[told[lowest]],
        "gap": float(rate[highest] - rate[lowest]),
    }


def _test_shares(
    figures: Sequence[Figure], told: Sequence[NDArray[np.intp]], settings: Settings
) -> list[dict[str, Any]]:
    """Give intervals and tests of the gaps of shares, all at once: groups that are not told have no rows."""
    from leakkit.stats import chi_square_groups, gap_interval, permutation_groups

    if not figures:
        return []
    hits, size = np.zeros((2, len(figures), len(figures[0].names)))
    for place, (figure, groups) in enumerate(zip(figures, told, strict=True)):
        hits[place, groups], size[place, groups] = figure.hits[groups], figure.size[groups]
    statistic, freedom, p = chi_square_groups(hits, size)
    few = [_few(figure, groups) for figure, groups in zip(figures, told, strict=True)]
    for row in np.flatnonzero(few):
        p[row] = permutation_groups(hits[row], size[row], settings.resamples, settings.seed)
    _, low, high, equal = gap_interval(hits, size, settings.level, p_equality=p)
    return [
        {
            "gap_low": known(low[row]),
            "gap_high": known(high[row]),
            "gap_at_equality": known(equal[row]),
            "statistic": known(statistic[row]),
            "degrees_of_freedom": int(freedom[row]),
            "p_method": "permutation" if few[row] else "chi_square",
            "p_value": known(p[row]),
        }
        for row in range(len(figures))
    ]


def _few(figure: Figure, told: NDArray[np.intp]) -> bool:
    """Tell whether counts are too small for the chi-square test, and can be dealt out again."""
    from leakkit.stats.comparing import MOST_DEALT

    hits, size = figure.hits[told], figure.size[told]
    pooled = hits.sum() / size.sum()
    few = size.min() * min(pooled, 1 - pooled) < _LEAST_EXPECTED
    return bool(few and figure.whole and 0 < pooled < 1 and size.sum() < MOST_DEALT)


def _test_means(figure: Figure, told: NDArray[np.intp], settings: Settings) -> dict[str, Any]:
    """Test by the weighted spread of means or areas around their common value (Cochran's Q)."""
    from scipy.stats import chi2

    assert figure.error is not None
    error, rate = figure.error[told], figure.rate[told]
    if np.isnan(error).any() or (error <= 0).any():
        return {}
    weight = error**-2.0
    statistic = float((weight * (rate - (weight * rate).sum() / weight.sum()) ** 2).sum())
    spread = np.sort(error)  # the order of the groups must not matter
    draws = np.random.default_rng(settings.seed).normal(0, spread, (settings.resamples, len(told)))
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
    others = told[told != best]
    pairs = (figure.hits[others], figure.size[others], figure.hits[best], figure.size[best])
    lows, highs = ratio_interval(*pairs, level=settings.level)
    for group, low, high, p in zip(others.tolist(), lows, highs, two_proportion_p(*pairs), strict=True):
        ratio = figure.rate[group] / figure.rate[best] if figure.rate[best] > 0 else np.nan
        yield {
            "measure": figure.measure,
            "grouping": figure.grouping_name,
            "group": figure.names[group],
            "reference": figure.names[best],
            "n": int(figure.rows[group]),
            "n_reference": int(figure.rows[best]),
            "ratio": known(ratio),
            "ratio_low": known(low),
            "ratio_high": known(high),
            "fails": None if np.isnan(ratio) else fails(ratio),
            "failure_at_equality": known(failure_at_equality(figure, [group, best])),
            "p_value": known(p),
        }


def fails(ratio: float) -> bool:
    """Tell whether a ratio is below four fifths, rounding aside."""
    return bool(ratio < 0.8 * (1 - 1e-12))


def failure_at_equality(figure: Figure, groups: list[int]) -> float:
    """Give the probability that groups of these sizes fail though all have the rate of all of them together."""
    from leakkit.stats import four_fifths_failure

    hits, size = figure.hits[groups], figure.size[groups]
    return four_fifths_failure(size, float(np.clip(hits.sum() / size.sum(), 0, 1)))
