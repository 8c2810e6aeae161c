"""Each group beside the reference: difference, ratio and odds ratio with intervals, and a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.figures import COMPLEMENTS, Figure, Settings, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def comparison_rows(
    figure: Figure, meaning: str, reference: int, settings: Settings
) -> Iterator[dict[str, Any]]:
    """Give rows of the group_comparisons frame for one measure, without correction."""
    others = np.array([place for place in range(len(figure.names)) if place != reference], dtype=np.int64)
    told = others[figure.shown[others] & figure.shown[reference]]
    compared = _compare_shares if figure.is_share else _compare_means
    columns = compared(figure, told, reference, settings.level) if len(told) else {}
    places = {int(group): place for place, group in enumerate(told)}
    for group in others.tolist():
        row: dict[str, Any] = {
            "measure": figure.measure,
            "meaning": meaning,
            "grouping": figure.grouping_name,
        }
        row |= {"group": figure.names[group], "reference": figure.names[reference]}
        row["suppressed"] = group not in places
        if group in places:
            row |= {"n": int(figure.rows[group]), "n_reference": int(figure.rows[reference])}
            row |= {"rate": known(figure.rate[group]), "rate_reference": known(figure.rate[reference])}
            row |= {name: known(values[places[group]]) for name, values in columns.items()}
        yield row


def _compare_shares(
    figure: Figure, told: NDArray[np.int64], reference: int, level: float
) -> dict[str, Floats]:
    """Compare shares: Newcombe's difference, score ratios, and the test of two proportions."""
    from leakkit.stats import newcombe_difference, odds_ratio_interval, ratio_interval, two_proportion_p

    pair = (figure.hits[told], figure.size[told], figure.hits[reference], figure.size[reference])
    rate, beside = figure.rate[told], figure.rate[reference]
    made = {
        "difference": (rate - beside, *newcombe_difference(*pair, level=level)),
        "ratio": (_over(rate, beside), *ratio_interval(*pair, level=level)),
        "odds_ratio": (
            _over(rate * (1 - beside), beside * (1 - rate)),
            *odds_ratio_interval(*pair, level=level),
        ),
    }
    columns = {
        name + end: np.asarray(values)
        for name, ends in made.items()
        for end, values in zip(("", "_low", "_high"), ends, strict=True)
    }
    return columns | {"p_value": two_proportion_p(*pair)}


def _over(above: Floats, below: Floats) -> Floats:
    """Divide; endless over zero, missing where both are zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below


def _compare_means(
    figure: Figure, told: NDArray[np.int64], reference: int, level: float
) -> dict[str, Floats]:
    """Compare means or areas of groups that share no rows: Welch's test."""
    from scipy.stats import t

    assert figure.error is not None and figure.freedom is not None
    variance, beside = figure.error[told] ** 2, figure.error[reference] ** 2
    difference = figure.rate[told] - figure.rate[reference]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(variance + beside)
        shares = variance**2 / figure.freedom[told] + beside**2 / figure.freedom[reference]
        freedom = np.where(shares > 0, (variance + beside) ** 2 / shares, np.inf)
        half = t.ppf((1 + level) / 2, freedom) * spread
        p = np.where(spread > 0, 2 * t.sf(np.abs(difference) / spread, freedom), np.nan)
    return {
        "difference": difference,
        "difference_low": difference - half,
        "difference_high": difference + half,
        "p_value": p,
    }


def correct(rows: Sequence[dict[str, Any]], method: str) -> int:
    """Fill `p_adjusted` over all rows, and give over how many tests; one less a rate is the same test."""
    from leakkit.stats import adjust_p

    tested = [row for row in rows if row.get("p_value") is not None and row["measure"] not in COMPLEMENTS]
    adjusted = adjust_p(np.array([row["p_value"] for row in tested], dtype=float), method)
    found = {_key(row): float(p) for row, p in zip(tested, adjusted, strict=True)}
    for row in rows:
        if row.get("p_value") is not None:
            row["p_adjusted"] = found[_key(row)]
    return len(tested)


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    """Give what makes two rows one test."""
    return COMPLEMENTS.get(row["measure"], row["measure"]), row["grouping"], row.get("group")
