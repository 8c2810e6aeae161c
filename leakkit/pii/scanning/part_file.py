"""The file of one partition's findings: Parquet, in row groups of fixed size, with the counts in its metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from leakkit.frames import FINDINGS
from leakkit.pii.findings import CODED, coded_schema

if TYPE_CHECKING:
    from leakkit.pii.scanning.part import PartResult

GROUP_ROWS = 32_768
"""Findings in a row group of a part."""

_ORDERED = ["path", "row"]
"""Columns in which a range of values tells row groups apart; making statistics takes time."""

_COMPRESSED = {"row": "zstd", "value_key": "none"}
"""How columns are compressed, where a fast way is not the best: keys are random, rows hardly take room."""

_RISING = {"row": "DELTA_BINARY_PACKED"}
"""How columns that mostly rise are written."""

_MOST_DICTIONARY = 2**22
"""Bytes of the different texts of a row group from which on each row has its text again."""

_FEW = 256
"""So many texts are sorted; more are put in the order in which they appear."""

_KEY = b"leakkit.part"


class PartWriter:
    """A file of findings in row groups of fixed size, so that its bytes depend on the findings alone.

    Parameters
    ----------
    path : str
        The file to write. Whoever reads it gets the schema of the findings frame, in which columns that are
        never missing are marked as such.
    result : PartResult
        Counts of the partition; findings are counted here, and all of it stands in the file's metadata.
    """

    def __init__(self, path: str, result: PartResult) -> None:
        self._result = result
        names = FINDINGS.arrow_schema.names
        required = {column.name for column in FINDINGS.columns if column.required}
        self._schema = pa.schema([one.with_nullable(one.name not in required) for one in coded_schema()])
        self._file = pq.ParquetWriter(
            path,
            self._schema,
            compression={name: _COMPRESSED.get(name, "snappy") for name in names},
            use_dictionary=[name for name in names if name not in _RISING],
            column_encoding=_RISING,
            dictionary_pagesize_limit=_MOST_DICTIONARY,
            write_statistics=_ORDERED,
            store_schema=False,  # numbers of texts are read as the texts
        )
        self._held: list[pa.Table] = []
        self._n_held = 0

    def __enter__(self) -> PartWriter:
        return self

    def add(self, table: pa.Table) -> None:
        """Take findings, in the schema of the findings frame or as `leakkit.pii.find.find_coded` gives them."""
        self._held.append(table if table.schema == coded_schema() else table.cast(coded_schema()))
        self._n_held += table.num_rows
        self._result.n_findings += table.num_rows
        while self._n_held >= GROUP_ROWS:
            self._write(GROUP_ROWS)

    def _write(self, count: int) -> None:
        """Write the first findings that wait as one row group."""
        table = pa.concat_tables(self._held)
        group = table.slice(0, count)
        columns = [
            each_once(column) if name in CODED else column.combine_chunks()
            for name, column in zip(group.schema.names, group.columns, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(columns, schema=self._schema), row_group_size=GROUP_ROWS)
        self._held, self._n_held = [table.slice(count)], self._n_held - count

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            if self._n_held:
                self._write(self._n_held)
            self._file.add_key_value_metadata({_KEY: json.dumps(self._result.to_json())})
        self._file.close()


def each_once(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Give numbers of texts with each text once, and none that no row has; in an order that the rows alone decide.

    Examples
    --------
    >>> texts = pa.array(["x", "b", "a", "b"])
    >>> made = each_once(pa.chunked_array([pa.DictionaryArray.from_arrays([1, 3, 2, 1], texts)]))
    >>> made.indices.to_pylist(), made.dictionary.to_pylist()
    ([1, 1, 0, 1], ['a', 'b'])
    """
    held = [_Chunk(chunk) for chunk in column.chunks]
    different = pa.concat_arrays([one.texts for one in held]).dictionary_encode()
    texts, numbers = different.dictionary, different.indices.to_numpy()
    begins = np.cumsum([0, *(len(one.texts) for one in held)])
    codes = [one.numbered(numbers[begin:]) for one, begin in zip(held, begins, strict=False)]
    places = np.concatenate(codes) if len(codes) > 1 else codes[0]
    order = np.argsort(texts.to_pylist()) if len(texts) <= _FEW else _by_appearance(places, len(texts))
    ranks = np.full(len(texts) + 1, -1, np.int32)
    ranks[order] = np.arange(len(texts))
    missing = places < 0 if column.null_count else None
    indices = pa.array(ranks.take(places, mode="wrap"), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, texts.take(order), safe=False)


class _Chunk:
    """Numbers of texts, and those texts that have a number."""

    def __init__(self, chunk: pa.DictionaryArray) -> None:
        indices = chunk.indices.fill_null(-1) if chunk.indices.null_count else chunk.indices
        self._codes = indices.to_numpy()
        seen = np.zeros(len(chunk.dictionary) + 1, bool)
        seen[self._codes.astype(np.intp)] = True  # numpy is slow with places of another type
        self._present = np.flatnonzero(seen[:-1])
        self._n_texts = len(chunk.dictionary)
        self.texts = chunk.dictionary.take(self._present)

    def numbered(self, numbers: np.ndarray) -> np.ndarray:
        """Give other numbers to the texts, -1 to what is missing."""
        place = np.full(self._n_texts + 1, -1, np.int32)
        place[self._present] = numbers[: len(self._present)]
        return place.take(self._codes, mode="wrap")


def _by_appearance(places: np.ndarray, count: int) -> np.ndarray:
    """Give the order in which numbers appear."""
    numbers = places.astype(np.intp)
    first = np.zeros(count + 1, np.intp)
    first[numbers[::-1]] = np.arange(len(places) - 1, -1, -1)  # of equal places numpy keeps the last
    appears = np.zeros(len(places), bool)
    appears[first[:-1]] = True
    return numbers[appears]


def part_result(path: Path) -> dict[str, Any] | None:
    """Read the counts of a finished part; None where the file is none."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
        return json.loads(metadata[_KEY])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
