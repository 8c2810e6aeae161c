"""How often intervals cover and how often null tables show something: `python -m benchmarks.bias_intervals`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from leakkit.stats import (
    adjust_p,
    bootstrap_rates,
    chi_square_groups,
    exact_interval,
    gap_interval,
    newcombe_difference,
    odds_ratio_interval,
    ratio_interval,
    two_proportion_p,
    wilson_interval,
)

RATES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95)
SIZES = (50, 200, 1_000, 5_000)
SIZES_OF_TWO = ((50, 50), (50, 500), (500, 50), (200, 200), (1_000, 1_000), (5_000, 5_000))
GROUPS = (2, 3, 4, 6)
GAPS = ((0.05, 0.15), (0.1, 0.3), (0.4, 0.5), (0.2, 0.8), (0.05, 0.95))
RUNS, NULL_RUNS = 400, 10_000
ROUNDING = 1e-9

Rows = list[dict[str, object]]


def rates_covered(sizes: tuple[int, ...] = SIZES) -> Rows:
    """Work out the coverage of one rate's intervals from the binomial distribution, without simulation."""
    from scipy.stats import binom

    rows: Rows = []
    methods = {"rate, Wilson": wilson_interval, "rate, exact": exact_interval}
    for n in sizes:
        k = np.arange(n + 1)
        ends = {name: method(k, n) for name, method in methods.items()}
        for rate in RATES:
            chance = binom.pmf(k, n, rate)
            for name, (low, high) in ends.items():
                covered = float(chance[(low <= rate + ROUNDING) & (rate <= high + ROUNDING)].sum())
                rows.append({"quantity": name, "covered": covered, "corner": f"n {n}, rate {rate}"})
    return rows


def pairs_covered(sizes: tuple[tuple[int, int], ...] = SIZES_OF_TWO, runs: int = RUNS, seed: int = 0) -> Rows:
    """Simulate the coverage of differences, ratios and odds ratios over a grid of two true rates."""
    rng = np.random.default_rng(seed)
    first, second = (grid[..., None] for grid in np.meshgrid(RATES, RATES, indexing="ij"))
    true = {
        "difference": first - second,
        "ratio": first / second,
        "odds ratio": first * (1 - second) / (second * (1 - first)),
    }
    methods: dict[str, Callable[..., tuple[np.ndarray, np.ndarray]]] = {
        "difference": newcombe_difference,
        "ratio": ratio_interval,
        "odds ratio": odds_ratio_interval,
    }
    rows: Rows = []
    for n1, n2 in sizes:
        shape = (len(RATES), len(RATES), runs)
        k1, k2 = rng.binomial(n1, first, shape), rng.binomial(n2, second, shape)
        for name, method in methods.items():
            low, high = method(k1, n1, k2, n2)
            covered = ((low <= true[name] + ROUNDING) & (true[name] <= high + ROUNDING)).mean(axis=-1)
            for (i, j), share in np.ndenumerate(covered):
                corner = f"n {n1} and {n2}, rates {RATES[i]} and {RATES[j]}"
                rows.append({"quantity": name, "covered": float(share), "corner": corner})
    return rows


def true_rates(groups: int) -> Iterator[tuple[str, np.ndarray]]:
    """Give true rates of groups: equal, in even steps, one apart, two halves, and two ends with a middle."""
    for rate in RATES[::2]:
        yield "equal", np.full(groups, rate)
    for low, high in GAPS:
        yield "even steps", np.linspace(low, high, groups)
        if groups > 2:
            yield "one above", np.r_[np.full(groups - 1, low), high]
            yield "one below", np.r_[np.full(groups - 1, high), low]
            yield "two ends", np.r_[low, np.full(groups - 2, (low + high) / 2), high]
        if groups > 3:
            yield "two halves", np.repeat([low, high], [groups // 2, groups - groups // 2])


def sizes_of(groups: int) -> Iterator[np.ndarray]:
    """Give sizes of groups: all the same, and from 50 to 5,000 both ways round."""
    for n in SIZES:
        yield np.full(groups, n)
    mixed = np.geomspace(50, 5_000, groups).astype(int)
    yield mixed
    yield np.roll(mixed[::-1], 1)


def gaps_covered(groups: tuple[int, ...] = GROUPS, runs: int = 100, seed: int = 0) -> Rows:
    """Simulate the coverage of the gap's interval, and of the percentile bootstrap's where nothing differs."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for g in groups:
        for n in sizes_of(g):
            kinds, rates = zip(*true_rates(g), strict=True)
            k = rng.binomial(n, np.stack(rates)[:, None, :], (len(rates), runs, g))
            found, true = gap_interval(k, n), np.ptp(np.stack(rates), axis=1)[:, None]
            covered = ((found.low <= true + ROUNDING) & (true <= found.high + ROUNDING)).mean(axis=1)
            for kind, rate, share in zip(kinds, rates, covered.tolist(), strict=True):
                name = "gap, equal rates" if kind == "equal" else "gap, rates apart"
                corner = f"{g} groups, n {n.min()} to {n.max()}, {kind}, {rate.min()} to {rate.max()}"
                rows.append({"quantity": name, "covered": share, "corner": corner})
    return rows


def naive_gaps_covered(runs: int = 100, seed: int = 0) -> Rows:
    """Simulate what a percentile bootstrap of the gap covers where three groups share one rate."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for n in SIZES:
        hits = 0
        for k in rng.binomial(n, 0.3, (runs, 3)):
            drawn = np.ptp(bootstrap_rates(k, [n] * 3, 2_000), axis=1)
            hits += int(np.quantile(drawn, 0.025) <= 0)
        row = {"quantity": "gap, naive bootstrap", "covered": hits / runs, "corner": f"3 groups, n {n}, 0.3"}
        rows.append(row)
    return rows


def null_tables(
    runs: int = NULL_RUNS, groups: int = 6, rows: int = 2_000, seed: int = 0
) -> dict[str, tuple[float, float]]:
    """Draw tables in which nothing depends on the group; share of runs with some discovery at .05.

    Groups of uneven size are compared with the first by four measures (selection, false positives, false
    negatives, precision): 4 * (groups - 1) comparisons and 4 tests over all groups in each run.
    """
    rng = np.random.default_rng(seed)
    shares = np.geomspace(1, 0.1, groups)
    cells = rng.multinomial(rows, np.outer(shares / shares.sum(), [0.35, 0.15, 0.1, 0.4]).ravel(), runs)
    hit, missed, alarm, rejected = np.moveaxis(cells.reshape(runs, groups, 4), -1, 0)
    k = np.stack([hit + alarm, alarm, missed, hit], axis=1)
    n = np.stack([hit + missed + alarm + rejected, alarm + rejected, hit + missed, hit + alarm], axis=1)
    pairs = two_proportion_p(k[..., 1:], n[..., 1:], k[..., :1], n[..., :1])
    tests = {
        "comparisons of two groups": pairs.reshape(runs, -1),
        "tests over all groups": chi_square_groups(k, n)[2],
    }
    found = {}
    for name, p in tests.items():
        some = [np.mean([(adjust_p(row, how) <= 0.05).any() for row in p]) for how in ("bh", "holm")]
        found[name] = (float(some[0]), float(some[1]))
    return found


def summary(rows: Rows) -> pd.DataFrame:
    """Give the mean coverage of each quantity over its grid, and its worst corner."""
    frame = pd.DataFrame(rows)
    worst = frame.loc[frame.groupby("quantity")["covered"].idxmin()].set_index("quantity")
    grouped = frame.groupby("quantity")["covered"]
    parts = {
        "corners": grouped.size(),
        "mean": grouped.mean(),
        "worst": grouped.min(),
        "where": worst["corner"],
    }
    return pd.DataFrame(parts)


def main() -> None:
    """Print the coverage of every interval over its grid, the null runs, and the time of a bootstrap."""
    rows = rates_covered() + pairs_covered() + gaps_covered() + naive_gaps_covered()
    print(summary(rows).to_string(float_format=lambda share: f"{share:.3f}"))
    for name, (bh, holm) in null_tables().items():
        print(f"{NULL_RUNS:,} null tables, {name}: some discovery in {bh:.1%} (BH), {holm:.1%} (Holm)")
    start = time.process_time()
    bootstrap_rates([30, 40, 50, 60, 70, 80], [500] * 6, 10_000)
    print(f"10,000 bootstrap tables of six groups: {time.process_time() - start:.4f} CPU s")


if __name__ == "__main__":
    main()
