"""Do association tests keep their error rate when nothing is there: `python -m benchmarks.bias_embeddings`.

Vectors are trained on invented documents with topics. Four nulls: words of the vocabulary drawn at random
as targets; invented words of eight to a set strewn at random; sets whose words come in one or the other
half of the documents, drawn at random; the same, the words of a set together in fifteen documents. (By
documents the first is no null: words of topics do stand nearer to one side or the other.) Then
the power on planted associations, the coverage of the interval over words, and what training costs.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

import leakkit as lk
from leakkit.bias.text.weat_effects import effect_with_interval
from leakkit.bias.text.weat_nulls import effect_sizes

TOPICS, WORDS, LENGTH = 20, 4_000, 60
SETS, SIZE = 10, 8
PLANTED = 0.15  # share of the occurrences of a target that have an attribute of its side next to them
ATTRIBUTES = {"a": [f"w{i}" for i in range(100, 116)], "b": [f"w{i}" for i in range(116, 132)]}


def documents(random: np.random.Generator, n: int) -> list[list[str]]:
    """Invent documents, each about one topic, words as frequent as Zipf has it."""
    common = 1 / np.arange(10, WORDS + 10)
    topics = random.gamma(0.3, 1, (TOPICS, WORDS)) * common
    cumulated = np.cumsum(topics / topics.sum(axis=1, keepdims=True), axis=1)
    about = random.integers(0, TOPICS, n)
    return [
        [f"w{i}" for i in np.minimum(np.searchsorted(cumulated[t], random.random(LENGTH)), WORDS - 1)]
        for t in about
    ]


def target(test: int, side: str, i: int) -> str:
    """Give the name of an invented target word."""
    return f"{side}{test}of{i}"


def strew(texts: list[list[str]], random: np.random.Generator, kind: str) -> None:
    """Put invented targets of every test into documents: 'strewn', 'planted', 'halves' or 'clumps'."""
    n = len(texts)
    for test in range(SETS):
        half = random.permutation(n)
        for s, side in enumerate("xy"):
            for i in range(SIZE):
                if kind in ("strewn", "planted"):
                    places = random.integers(0, n, 30)
                elif kind == "halves":
                    places = random.choice(half[s * n // 2 : (s + 1) * n // 2], 30)
                else:
                    places = random.choice(half[s * n // 2 :][:15], 30)
                for place in places:
                    at = int(random.integers(0, len(texts[place]) + 1))
                    near = random.choice(ATTRIBUTES["ab"[s]])
                    told = kind == "planted" and random.random() < PLANTED
                    texts[place][at:at] = [target(test, side, i), *([near] if told else [])]


def null_size(kind: str, trainings: int, n: int, seed: int) -> list[float]:
    """Give shares of tests with p below .05 (words, null, documents), of trainings with a BH discovery; n."""
    random = np.random.default_rng(seed)
    below, any_found = [], []
    for _ in range(trainings):
        texts = documents(random, n)
        strew(texts, random, "strewn" if kind == "words" else kind)
        joined = [" ".join(t) for t in texts]
        tests = {}
        for test in range(SETS):
            if kind == "words":
                drawn = random.permutation([f"w{i}" for i in range(150, 600)])
                sides = {"x": list(drawn[:SIZE]), "y": list(drawn[SIZE : 2 * SIZE])}
            else:
                sides = {s: [target(test, s, i) for i in range(SIZE)] for s in "xy"}
            tests[f"{test}"] = {**sides, **ATTRIBUTES}
        found = lk.embedding_associations(joined, tests, null_draws=200, correction="bh", dimension=50)
        figures = found[["p_value", "p_null", "p_documents"]].to_numpy(float, na_value=np.nan)
        below += (figures < 0.05).tolist()
        any_found.append(bool((found["p_adjusted"] < 0.05).any()))
    return [*np.mean(below, axis=0), float(np.mean(any_found)), len(below)]


def bootstrap_ends(x: np.ndarray, y: np.ndarray, random: np.random.Generator) -> tuple[float, float]:
    """Give the percentile bootstrap over words, which covers too rarely."""
    on_x, on_y = (v[random.integers(0, len(v), (500, len(v)))] for v in (x, y))
    low, high = np.nanquantile(effect_sizes(on_x, on_y), [0.025, 0.975])
    return float(low), float(high)


def coverage(runs: int) -> list[tuple[str, float, float]]:
    """Give how often our interval and the bootstrap hold the true effect, by distribution of associations."""
    random = np.random.default_rng(0)
    shapes = {
        "normal": lambda n: random.normal(size=n),
        "flat": lambda n: np.sqrt(12) * (random.random(n) - 0.5),
        "heavy tails": lambda n: random.standard_t(5, n) / np.sqrt(5 / 3),
        "skew": lambda n: random.exponential(size=n) - 1,
    }
    rows = []
    for name, draw in shapes.items():
        ours, theirs = [], []
        for n_x, n_y in ((8, 8), (8, 16), (25, 25)):
            share = n_x / (n_x + n_y)
            for delta in (0.0, 0.5, 1.0, 2.0):
                truth = delta / np.sqrt(1 + share * (1 - share) * delta**2)
                for _ in range(runs):
                    x, y = delta + draw(n_x), draw(n_y)
                    _, low, high = effect_with_interval(x, y, 0.95)
                    ours.append(low <= truth <= high)
                    low, high = bootstrap_ends(x, y, random)
                    theirs.append(low <= truth <= high)
        rows.append((name, float(np.mean(ours)), float(np.mean(theirs))))
    return rows


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trainings", type=int, default=100, help="trainings a null, ten tests each")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=250, help="runs a corner of the coverage grid")
    options = parser.parse_args()
    print("null | p < .05 by words | of random targets | by documents | some BH discovery | tests")
    for kind in ("words", "strewn", "halves", "clumps", "planted"):
        *shares, n = null_size(kind, options.trainings, options.documents, seed=5)
        print(f"{kind} | {' | '.join(f'{share:.3f}' for share in shares)} | {n}", flush=True)
    print("associations | interval covers | bootstrap over words covers")
    for name, ours, theirs in coverage(options.runs):
        print(f"{name} | {ours:.3f} | {theirs:.3f}", flush=True)
    texts = [" ".join(t) for t in documents(np.random.default_rng(1), options.documents)]
    began = time.process_time()
    made = lk.train_embeddings(texts)
    size = sum(map(len, texts)) / 1e6
    print(f"training: {size:.1f} MB, {len(made)} words, {time.process_time() - began:.2f} CPU s")


if __name__ == "__main__":
    main()
