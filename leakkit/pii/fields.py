"""The fields of a batch by number: asked by several steps of the search, found once."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

Coded = tuple[np.ndarray, list[str]]
"""The number of each row's text, and the texts."""

_LAST: list[tuple[Any, Coded]] = []


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
    if _LAST and _LAST[0][0]() is batch:
        return _LAST[0][1]
    found = coded_texts(batch.column("field"))
    _LAST[:] = [(weakref.ref(batch), found)]
    return found


def coded_texts(column: Any) -> Coded:
    """Give the texts of a column by number, and the texts; a missing one is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from leakkit.pii.findings import is_constant

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_string(column.type) and len(column) and not column.null_count and is_constant(column):
        return np.zeros(len(column), np.int64), [column[0].as_py(), ""]
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    indices = pc.fill_null(column.indices, len(column.dictionary)) if column.null_count else column.indices
    texts = [text or "" for text in column.dictionary.to_pylist()]
    return indices.to_numpy(zero_copy_only=False).astype(np.int64), [*texts, ""]
