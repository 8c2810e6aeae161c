"""How often `rate_groups` finds what is not there, and how long it takes: `python -m benchmarks.bias_groups`."""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

import leakkit as lk

SHARES = np.array([0.35, 0.25, 0.2, 0.1, 0.06, 0.04])
RUNS = 1_000


def decisions(rng: np.random.Generator, rows: int, shares: np.ndarray, ratio: float = 1.0) -> pd.DataFrame:
    """Draw outcomes and predictions that do not depend on the group; or group "1" is selected more often."""
    group = rng.choice(len(shares), rows, p=shares / shares.sum())
    outcome = rng.random(rows) < 0.4
    chance = np.where(outcome, 0.5, 0.2) * np.where(group == 1, ratio, 1.0)
    predicted = rng.random(rows) < np.minimum(chance, 1)
    return pd.DataFrame({"outcome": outcome, "predicted": predicted, "group": group.astype(str)})


def discoveries(
    runs: int = RUNS, rows: int = 2_000, groups: int = 6, ratio: float = 1.0, seed: int = 0
) -> dict[str, float]:
    """Give the share of whole runs with some discovery at .05, over all measures, groups and gaps of a run.

    "planted" is the share of runs in which the selection rate of group 1 is told from the reference.
    """
    rng, found = np.random.default_rng(seed), []
    for _ in range(runs):
        table = decisions(rng, rows, SHARES[:groups], ratio)
        run = lk.rate_groups(
            table,
            "outcome",
            "group",
            favourable=True,
            prediction="predicted",
            correction="bh",
            resamples=1_000,
        )
        compared = run.comparisons
        one = compared[(compared["measure"] == "selection_rate") & (compared["group"] == "1")]
        found.append(
            {
                "comparisons (BH)": bool((compared["p_adjusted"] <= 0.05).any()),
                "gaps (BH)": bool((run.gaps["p_adjusted"] <= 0.05).any()),
                "planted": bool((one["p_adjusted"] <= 0.05).any()),
            }
        )
    return pd.DataFrame(found).mean().to_dict()


def seconds(rows: int = 1_000_000, seed: int = 0) -> dict[str, float]:
    """Give CPU seconds for six groups: ours with all intervals and tests, fairlearn's point figures alone."""
    from fairlearn import metrics
    from sklearn.metrics import precision_score

    table = decisions(np.random.default_rng(seed), rows, SHARES)
    start = time.process_time()
    lk.rate_groups(table, "outcome", "group", favourable=True, prediction="predicted")
    middle = time.process_time()
    names = ("selection_rate", "true_positive_rate", "false_positive_rate", "false_negative_rate")
    chosen = {name: getattr(metrics, name) for name in names} | {"precision": precision_score}
    frame = metrics.MetricFrame(
        metrics=chosen,
        y_true=table["outcome"],
        y_pred=table["predicted"],
        sensitive_features=table["group"],
    )
    frame.difference()
    return {"rate_groups": middle - start, "fairlearn": time.process_time() - middle}


def main(runs: int = RUNS) -> None:
    """Print the shares of runs with a discovery, the power, and the time."""
    seconds(10_000)  # imports are not counted
    for name, spent in seconds().items():
        print(f"1,000,000 rows, six groups, {name}: {spent:.2f} CPU s")
    for groups in (2, 6):
        null = discoveries(runs, groups=groups)
        print(f"{runs:,} null tables of {groups} groups: " + said(null, "planted"))
    planted = discoveries(max(runs // 5, 1), ratio=1.5)
    print(
        f"{max(runs // 5, 1):,} tables, one group selected 1.5 times as often: found {planted['planted']:.1%}"
    )


def said(shares: dict[str, float], without: str) -> str:
    """Write shares in one line."""
    return ", ".join(
        f"some discovery in {name} {share:.1%}" for name, share in shares.items() if name != without
    )


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
