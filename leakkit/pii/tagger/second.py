"""The second look: a small network sees what the first pass thought of neighbours and of the word elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.gazetteer.tokens import Tokens
from leakkit.pii.tagger.features import Described

SECOND_SHARE = 0.75
"""Weight of the second pass in the final scores; the rest is the first pass's."""
SURE = 0.995
"""Above this probability of no name, after the first pass, a candidate is not looked at again."""
NEAR = (-2, -1, 0, 1, 2)
"""Neighbours whose first labels and word vectors are seen."""


FINE, COARSE = np.float32(1 << 16), np.float64(1 << 12)
"""Inputs of the network are multiples of 1 / FINE, what its hidden layer gives are multiples of 1 / COARSE.

With weights that are multiples of 2**-24 below 2, every product and every sum is a whole number of 2**-40 (2**-36)
far below 2**53 of them: float64 holds it without rounding, so that no library's order of summing, and nothing
else that is in the batch, changes a digit.
"""


@dataclass(slots=True)
class Network:
    """Weights of one hidden layer and of the output."""

    hidden: NDArray[np.floating]
    hidden_bias: NDArray[np.floating]
    output: NDArray[np.floating]
    output_bias: NDArray[np.floating]

    def scores(self, values: NDArray[np.floating]) -> NDArray[np.float32]:
        """Logarithm of the probability of every label."""
        inner = values @ self.hidden
        inner += self.hidden_bias
        np.maximum(inner, 0, out=inner)
        inner *= COARSE
        np.rint(inner, out=inner)
        outer = inner @ self.output
        outer /= COARSE
        outer += self.output_bias
        outer = outer.astype(np.float32)
        outer -= outer.max(1, keepdims=True)
        return outer - np.log(np.exp(outer).sum(1, keepdims=True))


def elsewhere(
    kind_of: NDArray[np.int32], document: NDArray[np.int64], first: NDArray[np.float32]
) -> NDArray[np.float32]:
    """What the first pass thought of the same word at its other places in the same text: mean, most, count."""
    key = document * np.int64(1 << 32) + kind_of
    _, group, count = np.unique(key, return_inverse=True, return_counts=True)
    out = np.zeros((len(first), 7), np.float32)
    rows = np.flatnonzero(count[group] > 1)  # the others stand alone: all is nothing
    if not len(rows):
        return out
    group, first = group[rows], first[rows]
    kinds = np.stack([first[:, 1 + 2 * k] + first[:, 2 + 2 * k] for k in range(3)], axis=1)
    total = np.stack([np.bincount(group, kinds[:, k], len(count)) for k in range(3)], axis=1)
    most = np.zeros((len(count), 3), np.float32)
    np.maximum.at(most, group, kinds)
    out[rows, :3] = (total[group] - kinds) / (count[group] - 1)[:, None]
    out[rows, 3:6], out[rows, 6] = most[group], 1
    return out


@dataclass(slots=True)
class Inputs:
    """What the network sees of a batch: tables by token, by distinct token and by candidate."""

    tokens: Tokens
    seen: Described
    at: NDArray[np.int64]
    every: NDArray[np.float32]
    known: NDArray[np.float32]
    vectors: NDArray[np.int8]
    others: NDArray[np.float32]

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the inputs of some candidates, a row for each."""
        at, size = self.at[rows], len(self.every)
        style = self.seen.style[at]
        parts = [
            _STYLES[style & 7],
            (style >> 3).astype(np.float32)[:, None] * np.float32(0.5),
            self.tokens.glued[at].astype(np.float32)[:, None],
            self.others[rows],
        ]
        for offset in NEAR:
            place = np.clip(at + offset, 0, size - 1)
            kind = self.tokens.kind_of[place]
            parts += [self.every[place], self.vectors[self.seen.row[kind]] * _OF_VECTOR]
            if abs(offset) < 2:
                parts.append(self.known[kind])
        return np.concatenate(parts, axis=1, dtype=np.float64)


_STYLES, _SHAPES = np.eye(5, dtype=np.float32), np.eye(9, dtype=np.float32)
_OF_VECTOR, _OF_LOG = np.float32(1 / 64), np.float32(0.25)


def inputs(
    tokens: Tokens,
    seen: Described,
    lists: Gazetteer,
    at: NDArray[np.int64],
    first: NDArray[np.float32],
    document: NDArray[np.int64],
) -> Inputs:
    """Make ready what the network sees of the candidates of a batch."""
    nothing = _whole(logs_of(np.zeros(1, np.float32)) * _OF_LOG)
    every = np.full((len(tokens.kind_of), first.shape[1]), nothing[0])
    every[:, 0] = 0
    every[at] = _whole(logs_of(first) * _OF_LOG)
    bits = ((seen.flags[:, None] >> np.arange(8, dtype=np.uint8)) & 1).astype(np.float32)
    known = np.concatenate((_SHAPES[seen.types.shape], bits), axis=1)
    others = _whole(elsewhere(tokens.kind_of[at], document, first))
    return Inputs(tokens, seen, at, every, known, lists.vectors, others)


def _whole(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round to multiples of 1 / FINE."""
    return np.asarray(np.rint(values * FINE) / FINE, np.float32)


def dense(
    tokens: Tokens,
    seen: Described,
    lists: Gazetteer,
    at: NDArray[np.int64],
    first: NDArray[np.float32],
    document: NDArray[np.int64],
    rows: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Inputs of the network, one row for each of some candidates."""
    return inputs(tokens, seen, lists, at, first, document).of(rows).astype(np.float32)


def logs_of(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of probabilities, none of them nothing."""
    return np.log(np.maximum(chances, np.float32(1e-4)))


def mixed_scores(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Final scores of every label: mostly the second pass, a little of the first."""
    return mixed_logs(logs_of(first), second)


def mixed_logs(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """As `mixed_scores`, from the logarithms of the first pass."""
    return np.asarray(SECOND_SHARE * second + (1 - SECOND_SHARE) * first, np.float32)
