"""Texts of any kind as a stream of Arrow arrays: lists, frames, generators, files, a leak's records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 8_192
BATCH_BYTES = 8 * 2**20
"""An array is cut before it is longer than this, unless a single text is."""

_PART = re.compile(r"#\d+$")
_TODO = "pass a list, Series, DataFrame, Arrow table, leak.records(), or the pathlib.Path of a file"


def text_batches(
    texts: Any, *, field: str | None = None, batch_rows: int = BATCH_ROWS
) -> Iterator[pa.LargeStringArray]:
    """Give texts as Arrow arrays of strings, a few at a time: one value is one document.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, numpy or Arrow array, Arrow table, Records or Path
        Documents. A frame or table gives its column `field` ("text" when left out). Batches of records,
        as ``leak.records()`` gives them, give the values whose field is `field`, and every value when it
        is left out; so does a `pathlib.Path`, which is opened as a leak (a line of a text file is a
        document). Generators are read once, as far as is asked for.
    field : str, optional
        Column, or field of records. A value cut into parts (``text#1``) comes as several documents.
    batch_rows : int
        Most documents in an array; arrays of long texts are shorter.

    Yields
    ------
    pyarrow.LargeStringArray
        No value is missing: a missing text is an empty document and keeps its place. Bytes are read as
        UTF-8; what UTF-8 cannot hold is replaced.

    Raises
    ------
    BadParameterError
        `texts` is a single text or of another type, holds something that is no text (the place is
        named), or has no column `field`.

    Examples
    --------
    >>> [array.to_pylist() for array in text_batches(["one", None, "three"], batch_rows=2)]
    [['one', ''], ['three']]
    """
    if batch_rows < 1:
        raise BadParameterError(
            "Expected at least one document in an array", f"found {batch_rows}", "correct batch_rows"
        )
    for array in _arrays(texts, field, batch_rows):
        yield from _cut(array, batch_rows)


def _arrays(texts: Any, field: str | None, batch_rows: int) -> Iterator[pa.Array]:
    """Give the texts as Arrow arrays of any length."""
    import pandas as pd
    import pyarrow as pa

    from leakkit.leak.records.stream import Records

    if isinstance(texts, (str, bytes)):
        raise BadParameterError("Expected texts", "found one text", f"{_TODO}, or put it in a list")
    if isinstance(texts, PurePath):
        from leakkit.leak.open import open_leak

        texts = open_leak(texts, hash=False).records()
    if isinstance(texts, (pd.DataFrame, pa.Table, pa.RecordBatch)):
        yield from _series(column_of(texts, "text" if field is None else field), batch_rows)
    elif isinstance(texts, (pd.Series, np.ndarray, pa.Array, pa.ChunkedArray)):
        yield from _series(texts, batch_rows)
    elif isinstance(texts, Records):
        yield from _of_records(texts, field)
    elif isinstance(texts, Iterable) and not isinstance(texts, (Mapping, set, frozenset)):
        yield from _of_iterable(iter(texts), field, batch_rows)
    else:
        raise BadParameterError("Expected texts", f"found {type(texts).__name__}", _TODO)


def column_of(table: Any, name: Any, todo: str = "name the text column as field=") -> Any:
    """Give one column of a frame or table by its name."""
    from leakkit.leak.text import printable

    names = [str(n) for n in (table.columns if hasattr(table, "iloc") else table.schema.names)]
    if names.count(str(name)) != 1:
        shown = ", ".join(printable(n, 40) for n in names[:8]) or "no columns"
        found = "several" if str(name) in names else shown
        raise BadParameterError(f"Expected a column {printable(str(name), 40)!r}", f"found {found}", todo)
    place = names.index(str(name))
    return table.iloc[:, place] if hasattr(table, "iloc") else table.column(place)


def _series(values: Any, batch_rows: int) -> Iterator[pa.Array]:
    """Give a column as Arrow arrays without a Python loop where it is one of strings."""
    import pandas as pd
    import pyarrow as pa

    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise BadParameterError("Expected one row of texts", f"found {values.ndim} dimensions", _TODO)
        values = pd.Series(values)
    if isinstance(values, pd.Series):
        if values.dtype == object or isinstance(values.dtype, pd.CategoricalDtype):
            yield from _of_iterable(iter(values), None, batch_rows)
            return
        values = pa.array(values, from_pandas=True)
    for chunk in values.chunks if isinstance(values, pa.ChunkedArray) else [values]:
        yield _strings(chunk)


def _strings(array: pa.Array) -> pa.Array:
    """Give an Arrow array of any kind of strings as one of large strings without missing values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([_text(value, 0) for value in array.to_pylist()], pa.large_string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        if array.null_count < len(array):
            raise BadParameterError("Expected texts", f"found values of type {kind}", _TODO)
        return pa.array([""] * len(array), pa.large_string())
    array = array.cast(pa.large_string())
    return pc.fill_null(array, "") if array.null_count else array


def _of_records(batches: Iterable[Any], field: str | None) -> Iterator[pa.Array]:
    """Give the texts of batches of records; of one field when it is named."""
    for batch in batches:
        yield _of_batch(batch, field)


def _of_batch(batch: pa.RecordBatch, field: str | None) -> pa.Array:
    """Give the texts of one batch of records (or of any table with a column of that name)."""
    import pyarrow as pa

    if not {"field", "text"} <= set(batch.schema.names):
        return _strings(pa.chunked_array([column_of(batch, field or "text")]).combine_chunks())
    texts = _strings(batch.column("text"))
    if field is None:
        return texts
    encoded = batch.column("field").dictionary_encode()
    fits = np.array([_PART.sub("", name or "") == field for name in encoded.dictionary.to_pylist()], bool)
    codes = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
    return texts.filter(pa.array(fits[codes] if len(fits) else np.zeros(len(texts), bool)))


def _of_iterable(values: Iterator[Any], field: str | None, batch_rows: int) -> Iterator[pa.Array]:
    """Give the texts of an iterable of texts, or of batches of records or tables."""
    import pandas as pd
    import pyarrow as pa

    first = list(islice(values, 1))
    values = chain(first, values)
    if first and isinstance(first[0], (pa.RecordBatch, pa.Table, pd.DataFrame)):
        for value in values:
            yield from _of_part(value, field, batch_rows)
        return
    yield from _of_values(values, batch_rows)


def _of_values(values: Iterator[Any], batch_rows: int) -> Iterator[pa.Array]:
    """Give single texts as arrays; texts and nothing else are taken many at a time."""
    held: list[str] = []
    characters = place = 0
    while some := list(islice(values, min(64, batch_rows - len(held)))):
        if set(map(type, some)) != {str}:
            some = [_text(value, place + i) for i, value in enumerate(some)]
        place += len(some)
        held += some
        characters += sum(map(len, some))
        if len(held) >= batch_rows or characters >= BATCH_BYTES:
            yield _packed(held)
            held, characters = [], 0
    if held:
        yield _packed(held)


def _of_part(value: Any, field: str | None, batch_rows: int) -> Iterator[pa.Array]:
    """Give the texts of one table among several."""
    import pandas as pd
    import pyarrow as pa

    if not isinstance(value, (pa.RecordBatch, pa.Table, pd.DataFrame)):
        found = f"found {type(value).__name__} among tables"
        raise BadParameterError("Expected batches of records", found, _TODO)
    if isinstance(value, pa.RecordBatch):
        yield _of_batch(value, field)
    else:
        yield from _arrays(value, field, batch_rows)


def _text(value: Any, place: int) -> str:
    """Give one value as text; missing is empty."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if hasattr(value, "as_py"):  # a scalar of Arrow
        return _text(value.as_py(), place)
    raise BadParameterError("Expected texts", f"found {type(value).__name__} at place {place}", _TODO)


def _packed(values: list[str]) -> pa.Array:
    """Make an Arrow array; lone surrogates are replaced."""
    import pyarrow as pa

    try:
        return pa.array(values, pa.large_string())
    except (UnicodeEncodeError, pa.ArrowInvalid):
        sound = [value.encode("utf-8", "replace").decode("utf-8") for value in values]
        return pa.array(sound, pa.large_string())


def _cut(array: pa.Array, batch_rows: int) -> Iterator[pa.Array]:
    """Cut an array where it has enough documents or bytes."""
    ends = np.frombuffer(array.buffers()[1] or b"", np.int64)[
        array.offset + 1 : array.offset + len(array) + 1
    ]
    start = 0
    while start < len(array):
        first = ends[start - 1] if start else ends[0] - len(array[0].as_buffer() or b"")
        by_bytes = int(np.searchsorted(ends, first + BATCH_BYTES, side="right"))
        stop = min(start + batch_rows, max(start + 1, by_bytes), len(array))
        yield array.slice(start, stop - start)
        start = stop
