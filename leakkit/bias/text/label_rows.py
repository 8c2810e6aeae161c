"""Figures on how often texts that name a group carry a label, beside texts that name none."""

from __future__ import annotations

from typing import Any

import numpy as np


def beside_none(
    rows: list[dict[str, Any]], correction: str, level: float, min_documents: int
) -> list[dict[str, Any]]:
    """Add rates, intervals and p-values where there are documents enough on both sides."""
    from leakkit.stats import (
        adjust_p,
        newcombe_difference,
        ratio_interval,
        two_proportion_p,
        wilson_interval,
    )

    enough = [row for row in rows if min(row["n"], row["n_others"]) >= max(1, min_documents)]
    if not enough:
        return rows
    k, n, k0, n0 = (np.array([row[c] for row in enough], float) for c in ("k", "n", "k_others", "n_others"))
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {"rate": k / n, "rate_others": k0 / n0, "difference": k / n - k0 / n0}
        columns["ratio"] = np.where(k0 > 0, (k / n) / (k0 / n0), np.where(k > 0, np.inf, np.nan))
    for name, ends in (
        ("rate", wilson_interval(k, n, level)),
        ("difference", newcombe_difference(k, n, k0, n0, level)),
        ("ratio", ratio_interval(k, n, k0, n0, level)),
    ):
        columns[f"{name}_low"], columns[f"{name}_high"] = ends
    columns["p_value"] = two_proportion_p(k, n, k0, n0)
    columns["p_adjusted"] = adjust_p(columns["p_value"], correction)
    for place, row in enumerate(enough):
        values = {name: float(column[place]) for name, column in columns.items()}
        row |= {name: None if np.isnan(value) else value for name, value in values.items()}
    return rows
