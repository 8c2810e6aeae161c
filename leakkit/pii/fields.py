"""The fields of a batch by number: asked by several steps of the search, found once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

Coded = tuple[np.ndarray, list[str]]
"""The number of each row's text, and the texts."""

_MOST_KEPT, _WORTH = 4, 1_024
"""Columns whose numbers are kept (paths and fields of the last batches), and the rows from which on they are."""

_WIDEST = 256
"""Most texts that come again in the same order."""

_KEPT: list[tuple[Any, tuple[int, ...], Coded]] = []


def fields_of(batch: pa.RecordBatch) -> Coded:
    """Give the number of each row's field, and the names; a missing one is empty, and names may stand twice.

    Examples
    --------
    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"field": pa.array(["a", "b", "a"])})
    >>> codes, names = fields_of(batch)
    >>> [names[code] for code in codes]
    ['a', 'b', 'a']
    """
    return coded_texts(batch.column("field"))


def coded_texts(column: Any) -> Coded:
    """Give the texts of a column by number, and the texts; a missing one is empty.

    Numbers of the last columns are kept, as several steps of the search ask for them: do not change them.
    """
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if len(column) < _WORTH or not pa.types.is_string(column.type):
        return _numbered(column)
    where = place_of(column)
    for _, place, found in _KEPT:
        if place == where:
            return found
    found = _numbered(column)
    _KEPT[:] = [*_KEPT[1 - _MOST_KEPT :], (column, where, found)]  # what is held stays where it is
    return found


def place_of(column: pa.Array) -> tuple[int, ...]:
    """Give where a column lies in memory; two that are there at the same time and place are one."""
    buffers = (buffer.address if buffer is not None else 0 for buffer in column.buffers())
    return len(column), column.offset, *buffers


def _numbered(column: pa.Array) -> Coded:
    """Number the texts of a column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(column.type) and len(column) and not column.null_count:
        told = _in_turn(column)
        if told is not None:
            width = len(told)
            return np.tile(np.arange(width), -(-len(column) // width))[: len(column)], [*told, ""]
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    indices = pc.fill_null(column.indices, len(column.dictionary)) if column.null_count else column.indices
    texts = [text or "" for text in column.dictionary.to_pylist()]
    return indices.to_numpy(zero_copy_only=False).astype(np.int64), [*texts, ""]


def _in_turn(column: pa.Array) -> list[str] | None:
    """Give the different texts of a column in which they come again and again in the same order, as fields do.

    Examples
    --------
    >>> import pyarrow as pa
    >>> _in_turn(pa.array(["a", "b", "a", "b", "a"])), _in_turn(pa.array(["a", "b", "b"]))
    (['a', 'b'], None)
    """
    head = column.slice(0, _WIDEST + 1).to_pylist()
    width = next((n for n, text in enumerate(head) if n and text == head[0]), 0)
    texts = head[:width]
    if not width or len(set(texts)) < width:
        return None
    _, places, data = column.buffers()
    bounds = np.frombuffer(places, np.int32)[column.offset : column.offset + len(column) + 1]
    lengths = np.diff(bounds)
    if not np.array_equal(lengths[width:], lengths[:-width]):
        return None
    signs = np.frombuffer(data or b"", np.uint8)[bounds[0] : bounds[-1]]
    step = int(bounds[width] - bounds[0])
    return texts if np.array_equal(signs[step:], signs[: len(signs) - step]) else None
