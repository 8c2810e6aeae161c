"""Characters that nobody sees, and apostrophes: what is left out or alike wherever words are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

APOSTROPHES = "'\u2019\u02bc\uff07"
INVISIBLE = frozenset(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
"""Soft hyphen, zero-width space and joiners, marks of direction, word joiner, byte order mark."""


def without_invisible(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Give documents (none missing) without invisible characters; the same array where there are none.

    Examples
    --------
    >>> import pyarrow as pa
    >>> without_invisible(pa.array(["wo\u00adman", "\ufeffman"], pa.large_string())).to_pylist()
    ['woman', 'man']
    """
    import pyarrow as pa

    data = texts.buffers()[2]
    if data is None or not len(texts):
        return texts
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    array = np.frombuffer(data, np.uint8)[int(offsets[0]) : int(offsets[-1])]
    gone = _invisible(array)
    if not len(gone):
        return texts
    kept = np.delete(array, gone)
    offsets = offsets - offsets[0]
    offsets = offsets - np.searchsorted(gone, offsets)
    return pa.Array.from_buffers(
        pa.large_string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(kept)]
    )


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
