"""The second look: a small network sees what the first pass thought of neighbours and of the word elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.gazetteer.tokens import Tokens
from leakkit.pii.tagger.features import Described

SECOND_SHARE = 0.75
"""Weight of the second pass in the final scores; the rest is the first pass's."""
SURE = 0.97
"""Above this probability of no name, after the first pass, a candidate is not looked at again."""
NEAR = (-2, -1, 0, 1, 2)
"""Neighbours whose first labels and word vectors are seen."""


FINE, STEP, LAST = np.float32(1 << 8), np.float32(1 << 10), np.float32(1 << 20)
"""Inputs of the network are multiples of 1 / FINE, its hidden weights of 1 / STEP, those of its output of 1 / LAST.

Every product of an input and a hidden weight is then a whole number of 2**-18, and every sum of them, in whatever
order, below 2**24 of them, which float32 holds without rounding (`Network.reach`). What the output sums is whole
numbers of 2**-38, below 2**53 of them, for float64. So no library's order of summing, and nothing else that is in the
batch, changes a digit.
"""

_OF_VECTOR, _OF_LOG = np.float32(1 / 64), np.float32(0.25)
_LOWEST = np.float32(1e-4)
"""Lowest probability that is told from nothing."""
_VECTOR, _KNOWN, _LABELS, _OTHERS = 24, 17, 7, 7
"""Inputs: of a word's vector, of what the lists say and its shape, of the first pass, of the word elsewhere."""


@dataclass(slots=True)
class Network:
    """Weights of one hidden layer (float32) and of the output (float64)."""

    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    output: NDArray[np.float64]
    output_bias: NDArray[np.float64]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.floating]]) -> Network:
        """Make one of arrays as they are stored."""
        hidden, bias = (np.array(arrays[name], np.float32) for name in ("hidden", "hidden_bias"))
        return cls(hidden, bias, *(np.array(arrays[name], np.float64) for name in ("output", "output_bias")))

    def packed(self) -> dict[str, NDArray[np.float16]]:
        """Give the arrays to store: hidden weights rounded so that all sums of the hidden layer are exact."""
        small = float(FINE * STEP)
        rounded = {
            "hidden": np.rint(np.asarray(self.hidden, np.float64) * STEP) / STEP,
            "hidden_bias": np.rint(np.asarray(self.hidden_bias, np.float64) * small) / small,
            "output": np.rint(self.output * float(LAST)) / float(LAST),
            "output_bias": self.output_bias,
        }
        return {name: np.asarray(values, np.float16) for name, values in rounded.items()}

    def reach(self) -> tuple[float, float]:
        """Give the largest sums that the layers may come to, whatever the signs, as shares of what is exact."""
        sums = np.abs(np.asarray(self.hidden, np.float64)) * largest()[:, None]
        inner = sums.sum(0) + np.abs(self.hidden_bias)
        outer = (np.abs(self.output) * inner[:, None]).sum(0)
        small = float(FINE * STEP)
        return float(inner.max()) * small / 2**24, float(outer.max()) * small * float(LAST) / 2**53

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logarithm of the probability of every label."""
        inner = values @ self.hidden
        inner += self.hidden_bias
        np.maximum(inner, 0, out=inner)
        outer = inner.astype(np.float64) @ self.output
        outer += self.output_bias
        scores = outer.astype(np.float32)
        scores -= scores.max(1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def largest() -> NDArray[np.float64]:
    """Give the largest magnitude of each input of the network."""
    log = -float(np.log(_LOWEST) * _OF_LOG) + 1 / float(FINE)
    parts = [np.ones(5), np.full(1, 1.5), np.ones(1), np.ones(_OTHERS)]
    for offset in NEAR:
        parts += [np.full(_LABELS, log), np.full(_VECTOR, 128 * float(_OF_VECTOR))]
        if abs(offset) < 2:
            parts.append(np.ones(_KNOWN))
    return np.concatenate(parts)


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
    words: NDArray[np.float32]
    others: NDArray[np.float32]

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the inputs of some candidates, a row for each."""
        at, size = self.at[rows], len(self.every)
        style = self.seen.style[at]
        parts: list[NDArray] = [
            _STYLES[style & 7],
            (style >> 3).astype(np.float32)[:, None] * np.float32(0.5),
            self.tokens.glued[at].astype(np.float32)[:, None],
            self.others[rows],
        ]
        for offset in NEAR:
            place = np.clip(at + offset, 0, size - 1)
            word = self.words[self.tokens.kind_of[place]]
            parts += [self.every[place], word if abs(offset) < 2 else word[:, :_VECTOR]]
        return np.concatenate(parts, axis=1)


_STYLES, _SHAPES = np.eye(5, dtype=np.float32), np.eye(9, dtype=np.float32)


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
    vectors = lists.vectors[seen.row] * _OF_VECTOR
    words = np.concatenate((vectors, _SHAPES[seen.types.shape], bits), axis=1)
    others = _whole(elsewhere(tokens.kind_of[at], document, first))
    return Inputs(tokens, seen, at, every, words, others)


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
    return inputs(tokens, seen, lists, at, first, document).of(rows)


def logs_of(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of probabilities, none of them nothing."""
    return np.log(np.maximum(chances, _LOWEST))


def mixed_scores(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Final scores of every label: mostly the second pass, a little of the first."""
    return mixed_logs(logs_of(first), second)


def mixed_logs(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """As `mixed_scores`, from the logarithms of the first pass."""
    return np.asarray(SECOND_SHARE * second + (1 - SECOND_SHARE) * first, np.float32)
