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

_LARGE = ("row", "end", "evidence", "masked", "value_key")
"""Columns worth compressing well; in the others a faster way leaves as little."""

_RISING = {"row": "DELTA_BINARY_PACKED"}
"""How columns that mostly rise are written."""

_KEY = b"leakkit.part"


class PartWriter:
    """A file of findings in row groups of fixed size, so that its bytes depend on the findings alone.

    Parameters
    ----------
    path : str
        The file to write. Whoever reads it gets the schema of the findings frame.
    result : PartResult
        Counts of the partition; findings are counted here, and all of it stands in the file's metadata.
    """

    def __init__(self, path: str, result: PartResult) -> None:
        self._result = result
        names = FINDINGS.arrow_schema.names
        self._file = pq.ParquetWriter(
            path,
            coded_schema(),
            compression={name: "zstd" if name in _LARGE else "snappy" for name in names},
            use_dictionary=[name for name in names if name not in _RISING],
            column_encoding=_RISING,
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
            by_appearance(column) if name in CODED else column.combine_chunks()
            for name, column in zip(group.schema.names, group.columns, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(columns, schema=group.schema), row_group_size=GROUP_ROWS)
        self._held, self._n_held = [table.slice(count)], self._n_held - count

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            if self._n_held:
                self._write(self._n_held)
            self._file.add_key_value_metadata({_KEY: json.dumps(self._result.to_json())})
        self._file.close()


def by_appearance(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Give numbers of texts with each text once, in the order in which they appear, and none that does not.

    Examples
    --------
    >>> texts = pa.array(["x", "b", "a", "b"])
    >>> made = by_appearance(pa.chunked_array([pa.DictionaryArray.from_arrays([2, 3, 2, 1], texts)]))
    >>> made.indices.to_pylist(), made.dictionary.to_pylist()
    ([0, 1, 0, 1], ['a', 'b'])
    """
    numbers, texts, n_texts = [], [], 0
    for chunk in column.chunks:
        codes = chunk.indices.fill_null(-1).to_numpy()
        filled = codes >= 0
        found = codes if filled.all() else codes[filled]
        first = np.full(len(chunk.dictionary), -1)
        first[found[::-1]] = np.arange(len(found) - 1, -1, -1)  # of equal places numpy keeps the last
        present = np.flatnonzero(first >= 0)
        present = present[np.argsort(first[present])]
        place = np.full(len(first) + 1, -1)
        place[present] = np.arange(n_texts, n_texts + len(present))
        numbers.append(place[codes])
        texts.append(chunk.dictionary.take(present))
        n_texts += len(present)
    different = pa.concat_arrays(texts).dictionary_encode()
    places = np.append(different.indices.to_numpy(), -1)[np.concatenate(numbers)]
    missing = places < 0
    indices = pa.array(places.astype(np.int32), mask=missing if missing.any() else None)
    return pa.DictionaryArray.from_arrays(indices, different.dictionary, safe=False)


def part_result(path: Path) -> dict[str, Any] | None:
    """Read the counts of a finished part; None where the file is none."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
        return json.loads(metadata[_KEY])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
