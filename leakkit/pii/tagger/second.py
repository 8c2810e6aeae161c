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


@dataclass(slots=True)
class Network:
    """Weights of one hidden layer and of the output."""

    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    output: NDArray[np.float32]
    output_bias: NDArray[np.float32]

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logarithm of the probability of every label."""
        inner = values @ self.hidden
        inner += self.hidden_bias
        np.maximum(inner, 0, out=inner)
        outer = inner @ self.output
        outer += self.output_bias
        outer -= outer.max(1, keepdims=True)
        return outer - np.log(np.exp(outer).sum(1, keepdims=True))


def elsewhere(
    kind_of: NDArray[np.int32], document: NDArray[np.int64], first: NDArray[np.float32]
) -> NDArray[np.float32]:
    """What the first pass thought of the same word at its other places in the same text: mean, most, count."""
    key = document * np.int64(1 << 32) + kind_of
    _, group, count = np.unique(key, return_inverse=True, return_counts=True)
    kinds = np.stack([first[:, 1 + 2 * k] + first[:, 2 + 2 * k] for k in range(3)], axis=1)
    total = np.stack([np.bincount(group, kinds[:, k], len(count)) for k in range(3)], axis=1)
    others = np.maximum(count[group] - 1, 1)[:, None]
    mean = (total[group] - kinds) / others
    most = np.zeros((len(count), 3), np.float32)
    np.maximum.at(most, group, kinds)
    several = (count[group] > 1).astype(np.float32)[:, None]
    return np.concatenate((mean, most[group] * several, several), axis=1).astype(np.float32)


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
    size = len(tokens.kind_of)
    every = np.zeros((size, first.shape[1]), np.float32)
    every[:, 0] = 1
    every[at] = first
    np.log(np.maximum(every, 1e-4), out=every)
    every *= 0.25
    shapes = np.eye(9, dtype=np.float32)[seen.types.shape]
    bits = ((seen.flags[:, None] >> np.arange(8, dtype=np.uint8)) & 1).astype(np.float32)
    known = np.concatenate((shapes, bits), axis=1)
    others = elsewhere(tokens.kind_of[at], document, first)[rows]
    at = at[rows]
    style = seen.style[at]
    parts = [
        np.eye(5, dtype=np.float32)[style & 7],
        (style >> 3).astype(np.float32)[:, None] * np.float32(0.5),
        tokens.glued[at].astype(np.float32)[:, None],
        others,
    ]
    for offset in NEAR:
        place = np.clip(at + offset, 0, size - 1)
        kind = tokens.kind_of[place]
        parts += [every[place], lists.vectors[seen.row[kind]] * np.float32(1 / 64)]
        if abs(offset) < 2:
            parts.append(known[kind])
    return np.concatenate(parts, axis=1)


def mixed_scores(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Final scores of every label: mostly the second pass, a little of the first."""
    logs = np.log(np.maximum(first, np.float32(1e-4)))
    return np.asarray(SECOND_SHARE * second + (1 - SECOND_SHARE) * logs, np.float32)
