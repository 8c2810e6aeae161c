"""From scores of tokens to spans: best label sequence of every run of candidates, all runs at once."""

from __future__ import annotations

from itertools import pairwise

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


def _steps(groups: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], list[tuple[int, int]]]:
    """Order candidates: the first of all runs, the second ones and so on, those of the longest runs first.

    Gives also where each step begins and ends.
    """
    longest = groups[::-1]
    count = longest[0].shape[1] if longest else 0
    steps = [
        np.concatenate([runs[:, step] for runs in longest if runs.shape[1] > step]) for step in range(count)
    ]
    ends = np.cumsum([len(step) for step in steps], dtype=np.int64).tolist()
    order = np.concatenate(steps) if steps else np.zeros(0, np.int64)
    return order, list(zip([0, *ends], ends, strict=False))


def marginals(emission: NDArray, moves: NDArray, groups: list[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Probability of every label at every candidate; the last row of `moves` scores the start of a run.

    All is kept by label, so that a step is some operations on long rows, each in the same order for every candidate.
    """
    weights, start = np.exp(moves[:-1]), np.exp(moves[-1])
    order, steps = _steps(groups)
    scores = np.ascontiguousarray(np.exp(emission - emission.max(1, keepdims=True))[order].T)
    forward, backward = np.empty_like(scores), np.ones_like(scores)
    for step, (low, high) in enumerate(steps):
        own = scores[:, low:high]
        if step:
            before = steps[step - 1][0]
            own = own * _moved(forward[:, before : before + high - low], weights)
        else:
            own = own * start[:, None]
        np.divide(own, own.max(0), out=forward[:, low:high])
    for (before, _), (low, high) in reversed(list(pairwise(steps))):
        own = _moved(scores[:, low:high] * backward[:, low:high], weights.T)
        np.divide(own, own.max(0), out=backward[:, before : before + high - low])
    both = np.ascontiguousarray((forward * backward).T)
    out = np.zeros(emission.shape, np.float32)
    out[order] = both / both.sum(1, keepdims=True)
    return out


def _moved(chances: NDArray, weights: NDArray) -> NDArray:
    """Multiply by a matrix, summing always in the same order, as a library for matrices does not."""
    return np.asarray((chances[:, None] * weights[:, :, None]).sum(0))


def best_path(emission: NDArray, moves: NDArray, groups: list[NDArray[np.int64]]) -> NDArray[np.int8]:
    """Best label sequence of every run (Viterbi)."""
    order, steps = _steps(groups)
    best = np.ascontiguousarray(emission[order].T)
    for step, (low, high) in enumerate(steps):
        if step:
            before = steps[step - 1][0]
            paths = best[:, None, before : before + high - low] + moves[:-1, :, None]
            best[:, low:high] += paths.max(0)
        else:
            best[:, low:high] += moves[-1][:, None]
    labels, into = np.zeros(len(order), np.int8), moves[:-1].T
    after = 0
    for low, high in reversed(steps):
        scores = best[:, low:high].T.copy()
        scores[:after] += into[labels[high : high + after]]
        labels[low:high] = scores.argmax(1)
        after = high - low
    out = np.zeros(len(emission), np.int8)
    out[order] = labels
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
