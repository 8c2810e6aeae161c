"""Keyed hashes of many short texts at once: SipHash-2-4, as pandas has it in C."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

SUBKEY_BYTES = 16


def subkeys(salt: bytes, purpose: str) -> tuple[str, str]:
    """Give two independent subkeys of 128 bits for one purpose, each as 16 Latin-1 characters.

    Keyed BLAKE2b (RFC 7693): of one subkey nothing follows about the salt or about another purpose's.
    """
    person = hashlib.blake2b(purpose.encode(), digest_size=16).digest()
    both = hashlib.blake2b(key=salt, digest_size=2 * SUBKEY_BYTES, person=person).digest()
    return both[:SUBKEY_BYTES].decode("latin-1"), both[SUBKEY_BYTES:].decode("latin-1")


def hashes(subkey: str, texts: np.ndarray) -> np.ndarray:
    """Give 64 keyed bits of each of an object array of bytes.

    `pandas.util.hash_array` of bytes is SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input
    PRF", 2012) under a key of 16 bytes, then a mixing of the 64 bits that can be undone, so it takes
    nothing away. The encoding is that of the key; bytes are taken as they are, NUL too.
    """
    return _hash_array()(texts, encoding="latin-1", hash_key=subkey, categorize=False)


@cache
def _hash_array() -> Any:
    """Give the function of pandas, looked up once."""
    from pandas.util import hash_array

    return hash_array


def objects(forms: list[bytes]) -> np.ndarray:
    """Give bytes as an object array."""
    made = np.empty(len(forms), object)
    made[:] = forms
    return made


def bytes_of(texts: pa.Array) -> np.ndarray:
    """Give the values of a string array without nulls as an object array of bytes."""
    import pyarrow as pa

    kind = pa.large_binary() if pa.types.is_large_string(texts.type) else pa.binary()
    return texts.cast(kind).to_numpy(zero_copy_only=False)


def as_bytes(text: str) -> bytes:
    """Encode a text that may hold half characters (lone surrogates)."""
    return text.encode("utf-8", "surrogatepass")


def digits(*parts: np.ndarray) -> np.ndarray:
    """Give 64-bit numbers as hexadecimal digits: a matrix of ASCII codes, 16 a number, side by side."""
    numbers = np.empty((len(parts[0]), len(parts)), ">u8")
    for place, part in enumerate(parts):
        numbers[:, place] = part
    return _four_digits().take(numbers.view(">u2")).view(np.uint8)


def first_digits(numbers: np.ndarray) -> np.ndarray:
    """Give the first four hexadecimal digits of 64-bit numbers: a matrix of ASCII codes."""
    return _four_digits().take((numbers >> np.uint64(48)).astype(np.intp)).view(np.uint8).reshape(-1, 4)


@cache
def _four_digits() -> Any:
    """Give the four hexadecimal digits of each number of 16 bits, packed as one of 32 bits."""
    pairs = np.frombuffer("".join(f"{n:02x}" for n in range(256)).encode(), np.uint16)
    return np.column_stack([pairs.repeat(256), np.tile(pairs, 256)]).view(np.uint32).ravel()
