"""Words of groups: false discoveries when nothing is there, power, and speed of counting windows.

``python -m benchmarks.bias_words`` makes 1,000 null runs and 100 runs with planted words on invented documents
(2,499 documents, about 7,300 words, groups on whole documents at random, corrected p up to .05), then
counts windows in 50 MB of invented English-like text beside other ways (CPU seconds of one run of each, best of
three). ``--runs`` and ``--megabytes`` make it shorter. Nothing is written.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from leakkit.bias.text.presence import adjust_discrete
from leakkit.bias.text.tokens import Tokens
from leakkit.bias.text.windows import count_windows
from leakkit.bias.text.word_counts import Batch, WordCounts
from leakkit.bias.text.word_rows import figures, presence_columns
from leakkit.stats import adjust_p

DOCUMENTS, WORDS, PLANTED = 2_499, 7_354, 50
TERMS = {"feminine": ["she", "her", "woman", "women"], "masculine": ["he", "his", "man", "men"]}
METHODS = ("presence (ours)", "presence, plain BH", "clustered log odds", "token log odds")
NEAR_RATE = (0.2, 0.6)
"""Planted words stand in this share of documents: plain presence then has the power that others measured."""


def made_up_corpus(seed: int = 0) -> Tokens:
    """Invent documents of unequal length in which words come in bursts."""
    rng = np.random.default_rng(seed)
    share = 1 / (np.arange(1, WORDS + 1) + 2.7) ** 1.05
    lengths = np.maximum(5, rng.lognormal(np.log(150) - 0.4, 0.9, DOCUMENTS))
    words, documents = [], []
    for word, part in enumerate(share / share.sum(), 1):
        burst = max(0.1, 1.5 * np.sqrt(200 * part))
        counts = rng.poisson(lengths * part * rng.gamma(burst, 1 / burst, DOCUMENTS))
        documents.append(np.repeat(np.arange(DOCUMENTS), counts))
        words.append(np.full(counts.sum(), word))
    document, word_numbers = np.concatenate(documents), np.concatenate(words)
    order = np.argsort(document, kind="stable")
    return Tokens(np.searchsorted(document[order], np.arange(DOCUMENTS + 1)), word_numbers[order])


def thinned(
    tokens: Tokens, lacking: np.ndarray, words: np.ndarray, ratio: float, rng: np.random.Generator
) -> Tokens:
    """Take occurrences of some words out of the `lacking` documents, so that rates differ by `ratio`."""
    document = tokens.documents()
    hit = lacking[document] & np.isin(tokens.words, words) & (rng.random(len(document)) > 1 / ratio)
    return Tokens(np.searchsorted(document[~hit], np.arange(len(tokens.offsets))), tokens.words[~hit])


def discoveries(tokens: Tokens, groups: np.ndarray) -> dict[str, np.ndarray]:
    """Give the words that each method calls different at .05."""
    counts = WordCounts(2, 1)
    counts.add(Batch(tokens, groups), WORDS + 1)
    present = counts.present.sum(axis=(0, 1))
    words = np.flatnonzero(present >= 5)
    p, weights, attainable = presence_columns(counts, 0, [1], words)
    clustered = figures(counts, 0, [1], words, 0.95, 500.0)
    everything = np.flatnonzero(present)
    plain = presence_columns(counts, 0, [1], everything)[0]
    return {
        METHODS[0]: words[adjust_discrete(p, weights, attainable) <= 0.05],
        METHODS[1]: everything[np.asarray(adjust_p(plain)) <= 0.05],
        METHODS[2]: words[np.asarray(adjust_p(clustered["clustered_p"])) <= 0.05],
        METHODS[3]: words[np.asarray(adjust_p(_token_p(counts, words))) <= 0.05],
    }


def _token_p(counts: WordCounts, words: np.ndarray) -> np.ndarray:
    """Give p-values of log odds with a prior of the corpus and a variance over tokens, as is common."""
    from scipy.stats import norm

    y1, y2 = counts.tokens[:, words]
    n1, n2 = counts.lengths
    prior = 500 * (y1 + y2) / (n1 + n2)
    odds = np.log((y1 + prior) / (n1 + 500 - y1 - prior)) - np.log((y2 + prior) / (n2 + 500 - y2 - prior))
    return 2 * norm.sf(np.abs(odds) / np.sqrt(1 / (y1 + prior) + 1 / (y2 + prior)))


def error_rates(
    runs: int, ratio: float, seed: int = 1, tokens: Tokens | None = None
) -> dict[str, dict[str, float]]:
    """Give, by method, the share of runs with some false discovery, the false discovery rate and power."""
    corpus = tokens or made_up_corpus()
    rng = np.random.default_rng(seed)
    pairs = np.unique(np.stack([corpus.documents(), corpus.words]), axis=1)
    share = np.bincount(pairs[1], minlength=WORDS + 1) / DOCUMENTS
    common = np.flatnonzero((share >= NEAR_RATE[0]) & (share <= NEAR_RATE[1]))
    rows: dict[str, list[tuple[bool, float, float]]] = {name: [] for name in METHODS}
    for _ in range(runs):
        groups = rng.permutation(DOCUMENTS) % 2
        planted = rng.choice(common, min(PLANTED, len(common)), replace=False) if ratio > 1 else common[:0]
        text = thinned(corpus, groups == 1, planted, ratio, rng) if ratio > 1 else corpus
        for name, found in discoveries(text, groups).items():
            right = np.isin(found, planted).sum()
            wrong = len(found) - right
            rows[name].append((wrong > 0, wrong / max(len(found), 1), right / max(len(planted), 1)))
    means = {name: np.mean(np.array(values, float), axis=0) for name, values in rows.items()}
    return {
        n: {"some_false": float(m[0]), "fdr": float(m[1]), "power": float(m[2])} for n, m in means.items()
    }


def made_up_text(megabytes: float, seed: int = 2) -> list[str]:
    """Invent text with as many different words as real text has: common English ones and long rare ones."""
    rng = np.random.default_rng(seed)
    ends = ["", "s", "ed", "ing", "er", "ly", "ness", "ation"]
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ist")]
    drawn = rng.integers(0, len(syllables), (200_000, 3))
    size = rng.integers(1, 4, len(drawn))
    stems = ("".join(syllables[i] for i in row[:n]) for row, n in zip(drawn, size, strict=True))
    made = [stem + ends[i] for stem, i in zip(stems, rng.integers(0, len(ends), len(drawn)), strict=True)]
    known = (
        "the of and to in she he her his woman man women men said was that nurse engineer with for".split()
    )
    words = np.array(list(dict.fromkeys(known + made)), object)
    share = 1 / (np.arange(len(words)) + 3)
    texts: list[str] = []
    left = megabytes * 1e6
    while left > 0:
        row = rng.choice(len(words), 100_000, p=share / share.sum())
        parts = words[row] + np.array([" "] * 9 + [", ", ". ", "\n"], object)[rng.integers(0, 12, len(row))]
        for part in np.array_split(parts, 600):
            texts.append("".join(part).capitalize())
            left -= len(texts[-1])
    return texts


def _by_counter(texts: list[str]) -> Counter[str]:
    """Count words within five of a term with Python's own means."""
    counts: Counter[str] = Counter()
    terms = {t for of in TERMS.values() for t in of}
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        for i, word in enumerate(words):
            if word in terms:
                counts.update(words[max(0, i - 5) : i] + words[i + 1 : i + 6])
    return counts


def _by_sklearn(texts: list[str]) -> object:
    """Count words of documents with scikit-learn: no windows, only what it can do."""
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer().fit_transform(texts)


def _by_arrow(texts: list[str]) -> int:
    """Tokenise with Arrow's functions and count windows of all terms with numpy."""
    total = 0
    table: dict[str, int] = {}
    terms = {t for of in TERMS.values() for t in of}
    array = pa.array(texts, pa.large_string())
    for start in range(0, len(array), 8_192):
        lowered = pc.utf8_lower(array.slice(start, 8_192))
        lists = pc.utf8_split_whitespace(pc.replace_substring_regex(lowered, r"[^\w]+", " "))
        encoded = lists.flatten().dictionary_encode()
        numbers = np.array([table.setdefault(w, len(table)) for w in encoded.dictionary.to_pylist()])
        codes = numbers[encoded.indices.to_numpy()]
        at = np.flatnonzero(np.isin(codes, [table[t] for t in terms if t in table]))
        near = (at[:, None] + np.array([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])).ravel()
        total += int(np.bincount(codes[near[(near >= 0) & (near < len(codes))]]).sum())
    return total


def cpu_seconds(work: Callable[[list[str]], object], texts: list[str], repeats: int = 3) -> float:
    """Give the least CPU time of some runs."""
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        work(texts)
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000, help="null runs; a tenth of it with planted words")
    parser.add_argument("--megabytes", type=float, default=50)
    options = parser.parse_args()
    for ratio, runs in ((1.0, options.runs), (1.5, options.runs // 10), (2.0, options.runs // 10)):
        if runs:
            print(f"rate ratio {ratio}, {runs} runs: some false discovery / FDR / power")
            for name, found in error_rates(runs, ratio).items():
                print(f"  {name:22} {found['some_false']:.3f} / {found['fdr']:.3f} / {found['power']:.3f}")
    if options.megabytes > 0:
        texts = made_up_text(options.megabytes)
        size = sum(map(len, texts)) / 1e6
        ways: dict[str, Callable[[list[str]], object]] = {
            "count_windows (ours)": lambda t: count_windows(t, TERMS),
            "Arrow and numpy": _by_arrow,
            "Python Counter": _by_counter,
            "CountVectorizer": _by_sklearn,
        }
        for name, work in ways.items():
            print(f"{name:22} {size / cpu_seconds(work, texts):.1f} MB a CPU second")


if __name__ == "__main__":
    main()
