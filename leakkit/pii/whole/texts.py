"""Large strings of Arrow as bytes and back, and which of them a pattern matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def bytes_of(values: pa.Array) -> tuple[bytes, np.ndarray]:
    """Give the bytes of large strings, one after another, and where each begins and the last one ends.

    Examples
    --------
    >>> import pyarrow as pa
    >>> data, bounds = bytes_of(pa.array(["x", "ab", "c"], pa.large_string()).slice(1))
    >>> data, bounds.tolist()
    (b'abc', [0, 2, 3])
    """
    bounds = np.frombuffer(values.buffers()[1], np.int64)[values.offset : values.offset + len(values) + 1]
    return bytes(values.buffers()[2][int(bounds[0]) : int(bounds[-1])]), bounds - bounds[0]


def from_bytes(data: bytes, bounds: np.ndarray) -> pa.Array:
    """Make large strings of their bytes and bounds."""
    import pyarrow as pa

    return pa.LargeStringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(data))


def numbered(texts: pa.Array) -> tuple[np.ndarray, list[str]]:
    """Give the number of each of some texts, and the different texts."""
    encoded = texts.dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_pylist()


def matched(values: pa.Array, pattern: str) -> np.ndarray:
    """Tell which values a pattern matches somewhere."""
    import pyarrow.compute as pc

    found: np.ndarray = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    return found
