"""A fitted regression as frames: one row a group, one row a term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from leakkit.bias.tables.design_matrix import Labels, Term
from leakkit.bias.tables.regression import Effect, Fit, group_effects, ratios_at_reference
from leakkit.frames.bias_tables import ADJUSTED, COEFFICIENTS
from leakkit.stats.checks import normal_quantile

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Rows(Protocol):
    """Rows of a model: event, how many rows each stands for, group."""

    @property
    def event(self) -> Floats:
        """1 where the event is."""

    @property
    def times(self) -> Floats:
        """How many rows each row stands for."""

    @property
    def group(self) -> Labels:
        """Group of each row."""


def adjusted_frame(
    fit: Fit,
    terms: list[Term],
    group_terms: list[Term],
    crude: Rows,
    rows: Rows,
    small: frozenset[str],
    *,
    level: float,
    correction: str,
) -> pd.DataFrame:
    """Give one row a group that is not `small`: in `crude` all complete rows, in `rows` those of the model."""
    from leakkit.stats import adjust_p

    places = {term.value: 1 + terms.index(term) for term in group_terms}
    effects = group_effects(fit, list(places.values()))
    at_reference = ratios_at_reference(fit) if fit.logistic else []
    reach, p_values = normal_quantile(level), _p_values(fit)
    made: list[dict[str, Any]] = []
    for head, code in _heads(crude.group):
        if head["group"] in small:
            continue
        row: dict[str, Any] = {**head, **_sizes(rows, code), **_crude(crude, code, level)}
        if (place := places.get(head["group"])) is not None:
            ratio, difference = effects[place]
            row |= _interval("risk_ratio", ratio, reach, exponential=True)
            row |= _interval("difference", difference, reach)
            if fit.logistic:
                own = Effect(fit.coefficients[place], fit.standard_errors()[place])
                row |= _interval("odds_ratio", own, reach, exponential=True)
                row |= _interval("risk_ratio_at_reference", at_reference[place - 1], reach, exponential=True)
            row["p_value"] = float(p_values[place])
        made.append(row)
    adjusted = adjust_p(np.array([row.get("p_value", np.nan) for row in made], dtype=float), correction)
    for row, p in zip(made, adjusted, strict=True):
        row["p_adjusted"] = None if np.isnan(p) else float(p)
    return ADJUSTED.from_rows(made)


def coefficient_frame(fit: Fit, terms: list[Term], hidden: list[Term], *, level: float) -> pd.DataFrame:
    """Give one row a term, the intercept first; `hidden` ones without figures."""
    reach = normal_quantile(level)
    at_reference = [None, *(ratios_at_reference(fit) if fit.logistic else [None] * len(terms))]
    names = ["(intercept)", *(term.name for term in terms)]
    spread, p_values = fit.standard_errors(), _p_values(fit)
    made: list[dict[str, Any]] = []
    for place, name in enumerate(names):
        risk_ratio = at_reference[place]
        if place and terms[place - 1] in hidden:
            made.append({"term": name})
            continue
        made.append(
            {
                "term": name,
                **_interval("estimate", Effect(fit.coefficients[place], spread[place]), reach),
                "standard_error": float(spread[place]),
                "odds_ratio": _exponential(fit.coefficients[place]) if fit.logistic else None,
                "risk_ratio_at_reference": _exponential(risk_ratio.value) if risk_ratio else None,
                "p_value": float(p_values[place]),
            }
        )
    return COEFFICIENTS.from_rows(made)


def _p_values(fit: Fit) -> Floats:
    """Give two-sided p-values of the coefficients (Wald, normal)."""
    from scipy.stats import norm

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(2 * norm.sf(np.abs(fit.coefficients / fit.standard_errors())))


def _exponential(value: float) -> float | None:
    """Give the exponential; missing where it is too large for a number (an intercept far from all rows)."""
    return float(np.exp(value)) if value < 700 else None


def _interval(name: str, effect: Effect, reach: float, exponential: bool = False) -> dict[str, float | None]:
    """Give a figure and its ends as columns; missing where it cannot be told."""
    ends = effect.interval(reach, exponential)
    columns = (name, f"{name}_low", f"{name}_high")
    return {column: None if np.isnan(end) else end for column, end in zip(columns, ends, strict=True)}


def _heads(group: Labels) -> list[tuple[dict[str, str], int]]:
    """Give the names of each group and its reference, with the code of the group."""
    reference = group.names[group.reference]
    held = set(np.unique(group.codes))
    return [
        ({"group": name, "reference": reference}, code)
        for code, name in enumerate(group.names)
        if code in held and code != group.reference
    ]


def _sizes(rows: Rows, code: int) -> dict[str, int]:
    """Give the rows of the group and of the reference in the model."""
    codes, times = rows.group.codes, rows.times
    return {
        "n": round(float(times[codes == code].sum())),
        "n_reference": round(float(times[codes == rows.group.reference].sum())),
    }


def _crude(rows: Rows, code: int, level: float) -> dict[str, float | None]:
    """Give the difference of rates without adjustment, over the complete rows."""
    from leakkit.stats import newcombe_difference

    counts = []
    for each in (code, rows.group.reference):
        there = rows.group.codes == each
        counts += [float((rows.times * rows.event)[there].sum()), float(rows.times[there].sum())]
    k, n, k_reference, n_reference = counts
    low, high = newcombe_difference(k, n, k_reference, n_reference, level)
    if not n or not n_reference:
        return {}
    return {
        "crude_difference": k / n - k_reference / n_reference,
        "crude_difference_low": float(low),
        "crude_difference_high": float(high),
    }
