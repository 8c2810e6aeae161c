"""Characters that nobody sees, apostrophes, composed letters: what is left out or alike in all searches."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

APOSTROPHES = "'\u2019\u02bc\uff07"
INVISIBLE = frozenset(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
"""Soft hyphen, zero-width space and joiners, marks of direction, word joiner, byte order mark."""
_STEADY = ((0xE2, 0x80), (0xE2, 0x82), (0xF0, 0x9F))
"""First bytes of quotes and dashes, of signs of money, of emoji."""


def as_seen(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Give documents (none missing) as they are searched: without invisible characters, letters composed.

    Examples
    --------
    >>> import pyarrow as pa
    >>> as_seen(pa.array(["cafe\u200b\u0301"], pa.large_string())).to_pylist() == ["caf\u00e9"]
    True
    """
    return composed(without_invisible(texts))


def composed(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Give documents in Unicode's form NFC; the same array, at next to no cost, where they are in it."""
    import pyarrow as pa

    array = _bytes_of(texts)[0]
    if _is_steady(array) or unicodedata.is_normalized("NFC", array.tobytes().decode("utf-8", "replace")):
        return texts
    made = [unicodedata.normalize("NFC", text) for text in texts.to_pylist()]
    return pa.array(made, pa.large_string())


def _is_steady(array: np.ndarray) -> bool:
    """Tell whether bytes are ASCII, Latin letters, common punctuation and emoji alone: NFC changes none."""
    beyond = int(np.count_nonzero(array >= 0xCC))
    for first, second in _STEADY if beyond else ():
        beyond -= int(np.count_nonzero((array[:-1] == first) & (array[1:] == second)))
    return not beyond


def without_invisible(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Give documents (none missing) without invisible characters; the same array where there are none.

    Examples
    --------
    >>> import pyarrow as pa
    >>> without_invisible(pa.array(["wo\u00adman", "\ufeffman"], pa.large_string())).to_pylist()
    ['woman', 'man']
    """
    import pyarrow as pa

    array, offsets = _bytes_of(texts)
    gone = _invisible(array)
    if not len(gone):
        return texts
    kept = np.delete(array, gone)
    offsets = offsets - np.searchsorted(gone, offsets)
    return pa.Array.from_buffers(
        pa.large_string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(kept)]
    )


def _bytes_of(texts: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """Give the bytes of all documents, and where each begins (the last: where they end)."""
    data = texts.buffers()[2]
    if data is None or not len(texts):
        return np.zeros(0, np.uint8), np.zeros(len(texts) + 1, np.int64)
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8)[int(offsets[0]) : int(offsets[-1])], offsets - offsets[0]


def _invisible(array: np.ndarray) -> np.ndarray:
    """Give the places (rising) of all bytes of invisible characters."""
    two = np.flatnonzero(array[:-1] == 0xC2)
    two = two[array[two + 1] == 0xAD]
    three = np.flatnonzero(array[:-2] == 0xE2)
    second, third = array[three + 1], array[three + 2]
    general = (second == 0x80) & ((third >= 0x8B) & (third <= 0x8F) | (third >= 0xAA) & (third <= 0xAE))
    three = three[general | (second == 0x81) & (third >= 0xA0) & (third <= 0xAF)]
    mark = np.flatnonzero(array[:-2] == 0xEF)
    three = np.append(three, mark[(array[mark + 1] == 0xBB) & (array[mark + 2] == 0xBF)])
    return np.sort(np.concatenate([two, two + 1, three, three + 1, three + 2]))
