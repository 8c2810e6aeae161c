"""Look-up in the hashed lists: which words are given names, surnames, places, organisation or common words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.tokens import hash_strings, hash_word
from leakkit.pii.weighing.memory import remembered

GIVEN, SURNAME, TOWN, COUNTRY, REGION, COMMON, LARGE_TOWN, ORGANISATION = (1 << bit for bit in range(8))
"""Bits of the flags: what a word may be; several at once for most."""

_FEW = 12
"""Words from which on they are looked up together."""

_SIEVE_BITS = 20
_OF_SIEVE = np.uint64(64 - _SIEVE_BITS)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Where the sorted hashes with the same first bits begin: a look-up is a few steps from there."""

    starts: NDArray[np.int32]
    shift: np.uint64
    depth: int

    @classmethod
    def of(cls, keys: NDArray[np.uint32]) -> Buckets:
        """Make about as many as there are hashes."""
        bits = max(1, len(keys).bit_length() - 1)
        counts = np.bincount(keys >> np.uint32(32 - bits), minlength=1 << bits)
        starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int32)
        return cls(starts, np.uint64(64 - bits), int(counts.max(initial=0)))

    def find(self, keys: NDArray[np.uint32], hashes: NDArray[np.uint64]) -> tuple[NDArray, NDArray[np.bool_]]:
        """Give the place of the first hash that is not smaller, and whether it is the same."""
        short = (hashes >> np.uint64(32)).astype(np.uint32)
        at, last = self.starts[(hashes >> self.shift).astype(np.int64)], np.int32(len(keys) - 1)
        for _ in range(self.depth):
            at = np.minimum(at + (keys[at] < short), last)
        return at, keys[at] == short


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Sorted 32-bit hashes of folded words and of phrases of two or three words, with their flags."""

    words: NDArray[np.uint32]
    word_flags: NDArray[np.uint8]
    phrases: NDArray[np.uint32]
    phrase_flags: NDArray[np.uint8]
    vector_words: NDArray[np.uint32]
    vector_rows: NDArray[np.uint16]
    vectors: NDArray[np.int8]
    clusters: NDArray[np.uint16]
    buckets: Buckets
    """Where to look for a word, by the first bits of its hash."""
    vector_buckets: Buckets
    sieve: NDArray[np.bool_]
    """For the first bits of a hash whether any phrase has them: most are told to be none without a search."""

    def flags(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """Flags of words by their folded hash; 0 where unknown."""
        return _values(self.word_flags, *self.buckets.find(self.words, hashes), 0)

    def flag(self, number: int) -> int:
        """Flags of one word by its folded hash; of a few words that is faster."""
        short, begin = number >> 32, int(self.buckets.starts[number >> int(self.buckets.shift)])
        at = bisect_left(self.words, short, begin, min(begin + self.buckets.depth, len(self.words)))
        return int(self.word_flags[at]) if at < len(self.words) and self.words[at] == short else 0

    def phrase(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """Flags of phrases by the hash of their words' hashes; 0 where unknown."""
        flags = np.zeros(len(hashes), np.uint8)
        some = np.flatnonzero(self.sieve[(hashes >> _OF_SIEVE).astype(np.int32)])
        short = (hashes[some] >> np.uint64(32)).astype(np.uint32)
        at = np.minimum(np.searchsorted(self.phrases, short), len(self.phrases) - 1)
        flags[some] = _values(self.phrase_flags, at, self.phrases[at] == short, 0)
        return flags

    def rows(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
        """Rows of `vectors` by folded hash; the last row, all zero, where unknown."""
        found = self.vector_buckets.find(self.vector_words, hashes)
        return _values(self.vector_rows, *found, len(self.vectors) - 1)


def _values(values: NDArray, at: NDArray[np.int64], known: NDArray[np.bool_], missing: int) -> NDArray:
    """Give the value at each place where a hash is known, or `missing`."""
    return np.where(known, values[at], np.array(missing, values.dtype))


def phrase_hash(parts: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Hash phrases from the folded hashes of their words, in order."""
    total, spare = parts[0].copy(), np.empty_like(parts[0])
    for place, part in enumerate(parts):
        if place:
            total *= np.uint64(0x100000001B3)
            total ^= part
        np.right_shift(total, np.uint64(31), out=spare)
        total ^= spare
        total *= np.uint64(0xD6E8FEB86659FD93)
    return total


@cache
def load() -> Gazetteer:
    """Read the lists that ship with the kit (mapped, not copied)."""
    folder = files("leakkit.pii.gazetteer") / "lists"
    arrays = {}
    for name in Gazetteer.__dataclass_fields__.keys() - {"sieve", "buckets", "vector_buckets"}:
        with as_file(folder / f"{name}.npy") as path:
            arrays[name] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    sieve = np.zeros(1 << _SIEVE_BITS, bool)
    sieve[arrays["phrases"] >> np.uint32(32 - _SIEVE_BITS)] = True
    buckets, vector_buckets = Buckets.of(arrays["words"]), Buckets.of(arrays["vector_words"])
    return Gazetteer(**arrays, buckets=buckets, vector_buckets=vector_buckets, sieve=sieve)


def lookup(words: list[str]) -> NDArray[np.uint8]:
    """Flags of single words, whatever their case and accents.

    Parameters
    ----------
    words : list of str
        Single words without blanks.

    Returns
    -------
    numpy.ndarray
        uint8, one per word: the sum of ``GIVEN`` 1, ``SURNAME`` 2, ``TOWN`` 4, ``COUNTRY`` 8, ``REGION`` 16,
        ``COMMON`` 32 (a word of everyday language too), ``LARGE_TOWN`` 64, ``ORGANISATION`` 128. The
        lists are hashed to 32 bits: about one unknown word in ten thousand gets flags by chance.

    Examples
    --------
    >>> int(lookup(["Zebrafinkel"])[0])
    0
    """
    if len(words) < _FEW:
        return np.array([load().flag(hash_word(word)) for word in words], np.uint8)
    return load().flags(hash_strings(words))


@remembered(1 << 13)
def flags_of(word: str) -> int:
    """Flags of a single word, as `lookup` gives them."""
    return int(lookup([word])[0])


def is_given_name(word: str) -> bool:
    """Tell whether a word is a known given name of any country."""
    return bool(flags_of(word) & GIVEN)


def is_surname(word: str) -> bool:
    """Tell whether a word is a known surname of any country."""
    return bool(flags_of(word) & SURNAME)


def is_place(word: str) -> bool:
    """Tell whether a word is a known town, country or region."""
    return bool(flags_of(word) & (TOWN | COUNTRY | REGION))
