"""How often the inventory is right: on the real files where they are present, and on the bundled leak."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
from scipy.stats import binomtest

import leakkit as lk

Figure = dict[str, Any]
CORPORA = Path(os.environ.get("LEAKKIT_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")


def share(right: pd.Series) -> str:
    """Give a share with its count and 95 % Wilson interval."""
    k, n = int(right.sum()), len(right)
    low, high = binomtest(k, n).proportion_ci(method="wilson")
    return f"{k} of {n} ({k / n:.1%}; 95 % interval {low:.1%} to {high:.1%})"


def real_files() -> list[Figure]:
    """Grade formats, parameters and danger on the development files; empty where they are absent."""
    truth_file = CORPORA / "artifacts" / "truth.csv"
    if not truth_file.is_file():
        return []
    truth = pd.read_csv(truth_file).set_index("path")
    found = lk.open_leak(CORPORA / "artifacts").artifacts().set_index("path")
    both = truth.merge(found, left_index=True, right_index=True, how="left", suffixes=("_true", ""))
    counted = both[both["n_parameters"].notna()]
    flagged = both["danger"].isin(["yes"])
    where = "real files we developed against"
    return [
        {
            "what": f"Format as in the truth table, {where}",
            "figure": share(both["format"].eq(both["true_format"]).fillna(False))
            + "; the others are argued in a test",
            "floor": "every row met or argued",
        },
        {
            "what": f"Parameters counted exactly, {where}",
            "figure": share(counted["n_params"].eq(counted["n_parameters"].astype("int64")).fillna(False)),
            "floor": "all",
        },
        {
            "what": f"Dangerous files flagged, {where}",
            "figure": share(flagged[both["dangerous"] == "yes"]),
            "floor": "all that hold pickles",
        },
        {
            "what": f"Harmless files flagged (dangerous or to review), {where}",
            "figure": share(both.loc[both["dangerous"] == "no", "danger"].isin(["yes", "review"])),
            "floor": "none",
        },
    ]


def sample() -> list[Figure]:
    """Grade the inventory of the bundled invented leak on everything planted in it."""
    found = lk.open_leak(lk.sample_leak()).artifacts().set_index("path")
    both = (
        lk.sample_truth()
        .set_index("path")
        .merge(found, left_index=True, right_index=True, how="left", suffixes=("_true", ""))
    )
    right = (
        both["format"].eq(both["format_true"])
        & both["kind"].astype("string").eq(both["kind_true"])
        & both["status"].astype("string").eq(both["status_true"])
        & both["danger"].astype("string").fillna("none_found").eq(both["danger_true"])
    )
    return [
        {
            "what": "Format, kind, status and danger all as planted, invented sample leak",
            "figure": share(right.fillna(False)),
            "floor": "all",
        }
    ]


def figures() -> list[Figure]:
    """Give all figures of quality."""
    return [*real_files(), *sample()]
