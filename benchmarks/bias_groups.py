"""How often `rate_groups` finds what is not there, and how long it takes: `python -m benchmarks.bias_groups`."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
import pandas as pd

import leakkit as lk

SHARES = np.array([0.35, 0.25, 0.2, 0.1, 0.06, 0.04])
SIZES = (50, 200, 1_000)
RUNS = 1_000


def decisions(rng: np.random.Generator, rows: int, shares: np.ndarray, ratio: float = 1.0) -> pd.DataFrame:
    """Draw outcomes and predictions that do not depend on the group; or group "1" is selected more often."""
    group = rng.choice(len(shares), rows, p=shares / shares.sum())
    outcome = rng.random(rows) < 0.4
    chance = np.where(outcome, 0.5, 0.2) * np.where(group == 1, ratio, 1.0)
    predicted = rng.random(rows) < np.minimum(chance, 1)
    return pd.DataFrame({"outcome": outcome, "predicted": predicted, "group": group.astype(str)})


def null_table(rng: np.random.Generator, groups: int) -> pd.DataFrame:
    """Draw decisions on groups of 50, 200 and 1,000 people, in turns, that do not depend on the group."""
    table = decisions(rng, sum(sizes(groups)), np.ones(1))
    return table.assign(group=np.repeat(np.arange(groups), sizes(groups)).astype(str))


def sizes(groups: int) -> list[int]:
    """Give the sizes of so many groups."""
    return [SIZES[-1 - place % len(SIZES)] for place in range(groups)]


def discoveries(runs: int = RUNS, groups: int = 6, seed: int = 0, **options: Any) -> dict[str, float]:
    """Give the share of whole runs with some discovery at .05, over all measures and groups of a run.

    Nothing is planted, so that each discovery is a false one. `options` go to `rate_groups`.
    """
    rng, found = np.random.default_rng(seed), []
    for _ in range(runs):
        run = rates(null_table(rng, groups), **options)
        found.append(
            {
                "comparisons": bool((run.comparisons["p_adjusted"] <= 0.05).any()),
                "gaps": bool((run.gaps["p_adjusted"] <= 0.05).any()),
            }
        )
    return pd.DataFrame(found).mean().to_dict()


def power(runs: int = RUNS, ratio: float = 1.5, rows: int = 2_000, seed: int = 0, **options: Any) -> float:
    """Give the share of runs in which a group selected so many times as often is told from the reference."""
    rng, found = np.random.default_rng(seed), 0
    for _ in range(runs):
        compared = rates(decisions(rng, rows, SHARES, ratio), **options).comparisons
        one = compared[(compared["measure"] == "selection_rate") & (compared["group"] == "1")]
        found += bool((one["p_adjusted"] <= 0.05).any())
    return found / runs


def rates(table: pd.DataFrame, **options: Any) -> lk.GroupRates:
    """Measure a drawn table as people do: everything that is not in `options` as it comes."""
    return lk.rate_groups(table, "outcome", "group", favourable=True, prediction="predicted", **options)


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
    for groups in (2, 3, 6):
        for correction in ("holm", "bh"):
            start = time.process_time()
            shares = discoveries(runs, groups, correction=correction)
            spent = (time.process_time() - start) / runs
            told = ", ".join(f"in {name} {share:.1%}" for name, share in shares.items())
            print(
                f"{runs:,} null tables of {groups} groups ({', '.join(map(str, sizes(groups)))} rows), "
                f"{correction}: some discovery {told}; {1000 * spent:.0f} CPU ms a table",
                flush=True,
            )
    few = max(runs // 5, 1)
    for ratio in (1.2, 1.5):
        for correction in ("holm", "bh"):
            share = power(few, ratio, correction=correction)
            print(
                f"{few:,} tables, one group selected {ratio} times as often, {correction}: found {share:.1%}"
            )


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
