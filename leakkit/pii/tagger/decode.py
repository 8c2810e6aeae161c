"""From scores of tokens to spans: best label sequence of every run of candidates, all runs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.tokens import LETTER, PUNCTUATION, Tokens

LONGEST_RUN = 64
"""Longer runs are cut; a name is never that long."""


def runs_of(at: NDArray[np.int64], document: NDArray[np.int64] | None = None) -> list[NDArray[np.int64]]:
    """Group runs of neighbouring candidates by length.

    Gives one matrix per length; its rows are runs, its values indices into `at`.
    """
    if not len(at):
        return []
    breaks = np.diff(at) != 1
    if document is not None:
        breaks |= np.diff(document) != 0
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lengths = np.diff(np.append(starts, len(at)))
    if lengths.max() > LONGEST_RUN:
        extra = [
            np.arange(s, s + n, LONGEST_RUN) for s, n in zip(starts, lengths, strict=True) if n > LONGEST_RUN
        ]
        starts = np.unique(np.concatenate((starts, *extra)))
        lengths = np.diff(np.append(starts, len(at)))
    return [starts[lengths == length][:, None] + np.arange(length) for length in np.unique(lengths).tolist()]


def marginals(emission: NDArray, moves: NDArray, groups: list[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Probability of every label at every candidate; the last row of `moves` scores the start of a run."""
    out = np.zeros(emission.shape, np.float32)
    weights = np.exp(moves[:-1])
    start = np.exp(moves[-1])
    for runs in groups:
        scores = emission[runs]
        scores = np.exp(scores - scores.max(2, keepdims=True))
        length = runs.shape[1]
        forward = np.empty_like(scores)
        backward = np.ones_like(scores)
        forward[:, 0] = scores[:, 0] * start
        forward[:, 0] /= forward[:, 0].sum(1, keepdims=True)
        for k in range(1, length):
            forward[:, k] = scores[:, k] * (forward[:, k - 1] @ weights)
            forward[:, k] /= forward[:, k].sum(1, keepdims=True)
        for k in range(length - 2, -1, -1):
            backward[:, k] = (scores[:, k + 1] * backward[:, k + 1]) @ weights.T
            backward[:, k] /= backward[:, k].sum(1, keepdims=True)
        both = forward * backward
        out[runs] = both / both.sum(2, keepdims=True)
    return out


def best_path(emission: NDArray, moves: NDArray, groups: list[NDArray[np.int64]]) -> NDArray[np.int8]:
    """Best label sequence of every run (Viterbi)."""
    out = np.zeros(len(emission), np.int8)
    for runs in groups:
        scores = emission[runs]
        size, length, count = scores.shape
        best = scores[:, 0] + moves[-1]
        back = np.zeros((size, length, count), np.int8)
        for k in range(1, length):
            step = best[:, :, None] + moves[:-1]
            back[:, k] = step.argmax(1)
            best = step.max(1) + scores[:, k]
        label = best.argmax(1)
        rows = np.arange(size)
        for k in range(length - 1, -1, -1):
            out[runs[:, k]] = label
            label = back[rows, k, label]
    return out


def spans_of(labels: NDArray[np.int8], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Spans (first candidate, last candidate, entity number 0 to 2) of a labelling in BIO form."""
    begin = np.flatnonzero(labels % 2 == 1)
    if not len(begin):
        return np.zeros((0, 3), np.int64)
    joined = np.zeros(len(labels) + 1, bool)
    joined[1:-1] = (labels[1:] > 0) & (labels[1:] % 2 == 0) & (np.diff(at) == 1)
    stops = np.flatnonzero(~joined)
    last = stops[np.searchsorted(stops, begin, "right")] - 1
    return np.stack((begin, last, (labels[begin] - 1) // 2), axis=1)


def legal_moves(moves: NDArray[np.float32]) -> NDArray[np.float32]:
    """Moves that only say what is forbidden: the second pass knows the neighbours already."""
    return np.where(moves <= -999, np.float32(-1e4), np.float32(0))


def trimmed(spans: NDArray[np.int64], tokens: Tokens, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave punctuation off both ends ("#" before and "." after a name stay) and drop what has no letter."""
    if not len(spans):
        return spans
    kind, code = tokens.kind[at], tokens.code[at]
    letters = np.concatenate(([0], np.cumsum(kind == LETTER)))
    begin_ok = (kind != PUNCTUATION) | (code == ord("#"))
    end_ok = (kind != PUNCTUATION) | (code == ord("."))
    spans = spans.copy()
    for _ in range(3):
        wide = spans[:, 1] > spans[:, 0]
        spans[wide & ~begin_ok[spans[:, 0]], 0] += 1
        wide = spans[:, 1] > spans[:, 0]
        spans[wide & ~end_ok[spans[:, 1]], 1] -= 1
    held = letters[spans[:, 1] + 1] - letters[spans[:, 0]]
    return spans[held > 0]
