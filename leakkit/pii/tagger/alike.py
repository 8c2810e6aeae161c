"""Stretches of a batch that look alike to the tagger: the same candidates, with the same tokens around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.tokens import Tokens, inverse_powers, powers
from leakkit.pii.tagger.features import REACH, Described
from leakkit.pii.tagger.second import NEAR

I64 = NDArray[np.int64]
U64 = NDArray[np.uint64]
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Stretches:
    """Candidates that see each other, with all that the tagger sees of them.

    Parameters
    ----------
    at : numpy.ndarray
        The candidates, as numbers of tokens.
    first, stop : numpy.ndarray
        The first of the candidates of each stretch, and the first after it.
    same : numpy.ndarray
        For each stretch the first that is the same to the tagger.
    """

    at: I64
    first: I64
    stop: I64
    same: I64

    def leads(self) -> I64:
        """Give the candidates of the stretches that are the first of their kind."""
        wanted = self.same == np.arange(len(self.same))
        return self.at[np.repeat(wanted, self.stop - self.first)]


def stretches(tokens: Tokens, seen: Described, at: I64, texts: I64) -> Stretches:
    """Part the candidates of a batch into stretches and tell which are alike.

    A word that comes again in other stretches of its text (`texts` is the number of each candidate's) is
    seen there, too; such stretches are alike only where all of their texts is.
    """
    breaks = np.flatnonzero((np.diff(at) > max(NEAR)) | (np.diff(texts) != 0)) + 1
    first, stop = np.concatenate(([0], breaks)), np.append(breaks, len(at))
    tied = _tied(tokens.kind_of[at], texts, np.repeat(np.arange(len(first)), stop - first), len(first))
    own = texts[first]
    begins = np.concatenate(([0], np.flatnonzero(np.diff(own)) + 1))
    number = np.cumsum(np.concatenate(([False], np.diff(own) != 0)))
    ordinal = (np.arange(len(first)) - begins[number])[tied].astype(np.uint64) * _ODD[2]
    keys = _keys(tokens, seen, at[first], at[stop - 1])
    keys[tied] ^= (np.add.reduceat(keys, begins) * _ODD[1])[number[tied]] + ordinal
    _, chosen, place = np.unique(keys, return_index=True, return_inverse=True)
    return Stretches(at, first, stop, chosen[place])


def _tied(kinds: NDArray[np.int32], texts: I64, stretch: I64, count: int) -> NDArray[np.bool_]:
    """Tell which stretches hold a word that another stretch of the same text holds."""
    words, place = np.unique(texts * np.int64(1 << 32) + kinds, return_inverse=True)
    low, high = np.full(len(words), count), np.zeros(len(words), np.int64)
    np.minimum.at(low, place, stretch)
    np.maximum.at(high, place, stretch)
    tied = np.zeros(count, bool)
    tied[stretch[(low < high)[place]]] = True
    return tied


def _keys(tokens: Tokens, seen: Described, begin: I64, end: I64) -> U64:
    """Hash stretches with the tokens around them, the blanks between and the style of the line."""
    values = seen.types.raw[tokens.kind_of] ^ (tokens.glued * _ODD[0]) ^ (seen.style * _ODD[2])
    size = len(values)
    sums = np.zeros(size + 1, np.uint64)
    np.cumsum(values * powers(size), out=sums[1:])
    low, high = np.maximum(begin - REACH, 0), np.minimum(end + REACH + 1, size)
    keys = (sums[high] - sums[low]) * inverse_powers(low) + (high - low).astype(np.uint64) * _ODD[0]
    keys = (keys ^ (keys >> np.uint64(29))) * _ODD[1]
    return (keys ^ (keys >> np.uint64(32))) * _ODD[0]
