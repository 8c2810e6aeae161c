"""Micro F2 as the project's evaluation counts it, and bootstrap intervals by document."""

from __future__ import annotations

import numpy as np

from training.corpora import Document


def _join(text: str, spans: list[tuple]) -> list[list]:
    """Join neighbouring spans of one entity with only blanks (places: commas and line ends too) between."""
    out: list[list] = []
    for span in sorted(spans):
        if out and out[-1][2] == span[2] and out[-1][1] <= span[0]:
            gap = text[out[-1][1] : span[0]]
            if (not gap.strip(" ") and len(gap) <= 2) or (
                span[2] == "LOCATION" and len(gap) <= 4 and not gap.strip(" ,\n")
            ):
                out[-1][1] = span[1]
                continue
        out.append(list(span[:3]))
    return out


def counts(documents: list[Document], found: list[list[tuple]]) -> np.ndarray:
    """Hits, false alarms and misses of each document and entity: documents x 3 entities x 3."""
    kinds = ("PERSON", "LOCATION", "ORGANIZATION")
    table = np.zeros((len(documents), 3, 3), np.int64)
    for row, (document, spans) in enumerate(zip(documents, found, strict=True)):
        gold = _join(document.text, document.spans)
        common = [(s, e, "LOCATION" if k in ("CITY", "COUNTRY") else k) for s, e, k, *_ in spans]
        guess = _join(document.text, common)
        guess = [
            p
            for p in guess
            if any(p[0] < g[1] and g[0] < p[1] for g in gold)
            or not any(p[0] < b and a < p[1] for a, b in document.ignored)
        ]
        pairs = []
        for i, g in enumerate(gold):
            for j, p in enumerate(guess):
                overlap = min(g[1], p[1]) - max(g[0], p[0])
                if g[2] == p[2] and overlap > 0:
                    pairs.append((overlap / (max(g[1], p[1]) - min(g[0], p[0])), i, j))
        used_g, used_p = set(), set()
        for value, i, j in sorted(pairs, reverse=True):
            if value >= 0.5 and i not in used_g and j not in used_p:
                used_g.add(i)
                used_p.add(j)
        for i, g in enumerate(gold):
            table[row, kinds.index(g[2]), 0 if i in used_g else 2] += 1
        for j, p in enumerate(guess):
            if j not in used_p:
                table[row, kinds.index(p[2]), 1] += 1
    return table


def measures(table: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F2 of counts."""
    hits, alarms, misses = table.reshape(-1, 3).sum(0)
    precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + misses)
    return precision, recall, 5 * hits / max(1, 5 * hits + alarms + 4 * misses)


def interval(table: np.ndarray, rounds: int = 500) -> tuple[float, float]:
    """95 % interval of F2 by resampling documents."""
    random = np.random.default_rng(0)
    drawn = [measures(table[random.integers(0, len(table), len(table))])[2] for _ in range(rounds)]
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))
