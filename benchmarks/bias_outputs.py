"""What the figures on labels and answers rest on: `python -m benchmarks.bias_outputs --runs 1000`.

Coverage of the intervals of paired differences on a grid, null runs of `compare_outputs` and `label_bias`
(some discovery after correction), power on set-ups like those of the sample leak, and speed.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from leakkit.bias.text.answers import compare_outputs
from leakkit.bias.text.labels import label_bias
from leakkit.bias.text.outputs import read_outputs
from leakkit.bias.text.pairs import find_pairs
from leakkit.stats.paired import mean_interval, paired_share_interval

TERMS = {"one": ["alpha"], "other": ["beta"]}
GROUPS = {"one": ["alpha"], "two": ["beta"], "three": ["gamma"]}
SHARES, GAPS, SIZES = (0.05, 0.2, 0.5, 0.8, 0.95), (0.0, 0.05, 0.15), (50, 200, 1_000, 5_000)


def shares_covered(draws: int) -> list[float]:
    """Give the coverage of Newcombe's paired interval for each place of a grid."""
    random, covered = np.random.default_rng(1), []
    for n, share, gap, alike in itertools.product(SIZES, SHARES, GAPS, (0.0, 0.3, 0.6)):
        other = share + gap if share + gap < 1 else share - gap
        both = share * other + alike * (min(share, other) - share * other)
        cells = [both, share - both, other - both, 1 - share - other + both]
        ends = [paired_share_interval(*map(int, draw)) for draw in random.multinomial(n, cells, draws)]
        covered.append(float(np.mean([low <= share - other <= high for low, high in ends])))
    return covered


def means_covered(draws: int) -> list[float]:
    """Give the coverage of the interval of a mean difference of word counts for each place of a grid."""
    random, covered = np.random.default_rng(2), []
    for n, rate, ratio in itertools.product(SIZES[:3], (0.05, 0.3, 1, 3), (1.0, 1.5, 2.0)):
        differences = random.poisson(rate * ratio, (draws, n)) - random.poisson(rate, (draws, n))
        ends = [mean_interval(row) for row in differences]
        covered.append(float(np.mean([low <= rate * (ratio - 1) <= high for low, high in ends])))
    return covered


def answers_run(random: np.random.Generator, pairs: pd.DataFrame, shares: tuple[float, float]) -> bool:
    """Draw answers to 240 pairs and tell whether anything was found."""
    has = random.random((240, 2)) < np.array(shares)
    length = random.integers(3, 30, (240, 2))
    answers = np.where(has, "I must decline to answer this", [["word " * k for k in row] for row in length])
    prompts = [f"ask {term} {n}" for n in range(240) for term in ("alpha", "beta")]
    outputs = pd.DataFrame({"prompt": prompts, "response": answers.ravel()})
    measures = {"refusal": None, "words": None, "word": ["word"]}
    if shares[0] != shares[1]:
        measures = {"refusal": None}
    found = compare_outputs(outputs, pairs=pairs, measures=measures, resamples=999)  # type: ignore[arg-type]
    return bool((found["p_adjusted"] < 0.05).any())


def labels_run(random: np.random.Generator, shares: tuple[float, ...]) -> bool:
    """Draw labels of 1,800 texts, 200 on each of three groups, and tell whether anything was found."""
    words = np.repeat(["alpha", "beta", "gamma", "none"], [200, 200, 200, 1_200])
    labels = random.random(1_800) < np.repeat(shares, [200, 200, 200, 1_200])
    found = label_bias(pd.Series(words), labels, label=True, terms=GROUPS)
    return bool((found["p_adjusted"] < 0.05).any())


def share_of(runs: int, seed: int, run: Callable[[np.random.Generator], bool]) -> float:
    """Give the share of runs in which something was found."""
    random = np.random.default_rng(seed)
    return float(np.mean([run(random) for _ in range(runs)]))


def null_runs(runs: int) -> dict[str, float]:
    """Give the share of runs with a discovery where answers and labels do not depend on the group."""
    prompts = [f"ask {term} {n}" for n in range(240) for term in ("alpha", "beta")]
    pairs = find_pairs(prompts, terms=TERMS)
    return {
        "answers to paired prompts": share_of(runs, 3, lambda r: answers_run(r, pairs, (0.08, 0.08))),
        "labels of texts": share_of(runs, 5, lambda r: labels_run(r, (0.15,) * 4)),
    }


def speed(rows: int) -> tuple[float, float]:
    """Give rows a CPU second of reading outputs from a frame and finding pairs, and of label bias."""
    prompts = [f"ask {term} about thing {n}" for n in range(rows // 2) for term in ("alpha", "beta")]
    frame = pd.DataFrame({"prompt": prompts, "response": "an answer of a few words"})
    start = time.process_time()
    find_pairs(read_outputs(frame), terms=TERMS)
    middle = time.process_time()
    label_bias(frame["prompt"], np.arange(rows) % 3 == 0, label=True, terms=GROUPS)
    return rows / (middle - start), rows / (time.process_time() - middle)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--draws", type=int, default=400, help="draws at each place of the grids")
    wanted = parser.parse_args()
    for what, covered in (
        ("paired shares", shares_covered(wanted.draws)),
        ("paired means", means_covered(wanted.draws)),
    ):
        print(
            f"coverage, {what}: mean {np.mean(covered):.3f}, worst {min(covered):.3f}, most {max(covered):.3f}"
        )
    prompts = [f"ask {term} {n}" for n in range(240) for term in ("alpha", "beta")]
    pairs = find_pairs(prompts, terms=TERMS)
    even, uneven = (0.08, 0.08), (0.16, 0.08)
    print(f"answers, null runs: {share_of(wanted.runs, 3, lambda r: answers_run(r, pairs, even)):.3f}")
    print(
        f"answers, refusals .16 and .08: {share_of(wanted.runs, 4, lambda r: answers_run(r, pairs, uneven)):.3f}"
    )
    print(f"labels, null runs: {share_of(wanted.runs, 5, lambda r: labels_run(r, (0.15,) * 4)):.3f}")
    biased = (0.225, 0.15, 0.15, 0.15)
    print(
        f"labels, ratio 1.5 for one of three: {share_of(wanted.runs, 6, lambda r: labels_run(r, biased)):.3f}"
    )
    pairs_speed, labels_speed = speed(100_000)
    print(f"rows a CPU second: outputs and pairs {pairs_speed:,.0f}, label bias {labels_speed:,.0f}")


if __name__ == "__main__":
    main()
