"""Each group beside the reference: difference, ratio and odds ratio with intervals, and a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.figures import COMPLEMENTS, Figure, Settings, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def comparison_rows(
    figures: Sequence[Figure], meanings: Mapping[str, str], reference: int, settings: Settings
) -> list[dict[str, Any]]:
    """Give rows of the group_comparisons frame for the measures of one grouping, without correction."""
    others = [[place for place in range(len(figure.names)) if place != reference] for figure in figures]
    told = [
        np.array(
            [place for place in places if figure.shown[place] and figure.shown[reference]], dtype=np.int64
        )
        for figure, places in zip(figures, others, strict=True)
    ]
    columns = _compare_all(figures, told, reference, settings.level)
    return [
        _row(figure, group, reference, meanings[figure.measure], compared.get(group))
        for figure, places, compared in zip(figures, others, columns, strict=True)
        for group in places
    ]


def _row(
    figure: Figure, group: int, reference: int, meaning: str, compared: dict[str, float] | None
) -> dict[str, Any]:
    """Give one row; without figures where they must not be shown."""
    row: dict[str, Any] = {
        "measure": figure.measure,
        "meaning": meaning,
        "grouping": figure.grouping_name,
        "group": figure.names[group],
        "reference": figure.names[reference],
        "suppressed": compared is None,
    }
    if compared is not None:
        row |= {"n": int(figure.rows[group]), "n_reference": int(figure.rows[reference])}
        row |= {"rate": known(figure.rate[group]), "rate_reference": known(figure.rate[reference])}
        row |= {name: known(value) for name, value in compared.items()}
    return row


def _compare_all(
    figures: Sequence[Figure], told: Sequence[NDArray[np.int64]], reference: int, level: float
) -> list[dict[int, dict[str, float]]]:
    """Give for each measure what each group told beside the reference comes to; all shares at once."""
    found: list[dict[int, dict[str, float]]] = [{} for _ in figures]
    shares = [place for place, figure in enumerate(figures) if figure.is_share]
    of_shares = [(place, group) for place in shares for group in told[place].tolist()]
    columns = _compare_shares([(figures[place], group) for place, group in of_shares], reference, level)
    for row, (place, group) in enumerate(of_shares):
        found[place][group] = {name: values[row] for name, values in columns.items()}
    for place, figure in enumerate(figures):
        if not figure.is_share and len(told[place]):
            columns = _compare_means(figure, told[place], reference, level)
            for row, group in enumerate(told[place].tolist()):
                found[place][group] = {name: values[row] for name, values in columns.items()}
    return found


def _compare_shares(pairs: Sequence[tuple[Figure, int]], reference: int, level: float) -> dict[str, Floats]:
    """Compare shares: Newcombe's difference, score ratios, and the test of two proportions."""
    from leakkit.stats import newcombe_difference, odds_ratio_interval, ratio_interval, two_proportion_p

    if not pairs:
        return {}
    hits, size, rate, hits_beside, size_beside, beside = np.array(
        [
            [
                values[place]
                for place in (group, reference)
                for values in (figure.hits, figure.size, figure.rate)
            ]
            for figure, group in pairs
        ]
    ).T
    counts = (hits, size, hits_beside, size_beside)
    made = {
        "difference": (rate - beside, *newcombe_difference(*counts, level=level)),
        "ratio": (_over(rate, beside), *ratio_interval(*counts, level=level)),
        "odds_ratio": (
            _over(rate * (1 - beside), beside * (1 - rate)),
            *odds_ratio_interval(*counts, level=level),
        ),
    }
    columns = {
        name + end: np.asarray(values)
        for name, ends in made.items()
        for end, values in zip(("", "_low", "_high"), ends, strict=True)
    }
    return columns | {"p_value": two_proportion_p(*counts)}


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
