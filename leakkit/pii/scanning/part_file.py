"""The file of one partition's findings: Parquet, in row groups of fixed size, with the counts in its metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from leakkit.frames import FINDINGS
from leakkit.pii.findings import CODED, coded_schema

if TYPE_CHECKING:
    from leakkit.pii.scanning.part import PartResult

GROUP_ROWS = 65_536
"""Findings in a row group of a part."""

_ORDERED = ["path", "row"]
"""Columns in which a range of values tells row groups apart; making statistics takes time."""

_COMPRESSED = {"row": "zstd", "value_key": "none", "start": "lz4", "end": "lz4", "score": "lz4"}
"""How columns are compressed, where a fast way is not the best: keys are random, rows hardly take room."""

_ENCODED = {"row": "DELTA_BINARY_PACKED", "start": "PLAIN", "end": "BYTE_STREAM_SPLIT", "score": "PLAIN"}
"""How columns of numbers are written: each in the way that takes least time and not much room."""

_SPELLED_OUT = "value_key"
"""Column of texts that mostly differ, which are written as they are."""

_MOSTLY = 0.5
"""Share of different ones in the first row group from which on no dictionary is made of them."""

_MOST_DICTIONARY = 2**22
"""Bytes of the different texts of a row group from which on each row has its text again."""

_FEW = 256
"""So many texts are sorted; more are put in the order in which they appear."""

_MISSING = 255
"""Number that stands for a missing text where numbers are bytes."""

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
        required = {column.name for column in FINDINGS.columns if column.required}
        fields = [one.with_nullable(one.name not in required) for one in coded_schema()]
        self._schema = pa.schema(
            [one.with_type(pa.string()) if one.name == _SPELLED_OUT else one for one in fields]
        )
        self._sink = pa.OSFile(path, "wb")
        self._writer: pq.ParquetWriter | None = None
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

    def _file(self, differs: bool = False) -> pq.ParquetWriter:
        """Give the file, begun when it is first asked for; no dictionary is made of keys that mostly differ."""
        if self._writer is None:
            plain = {*_ENCODED, _SPELLED_OUT} if differs else _ENCODED
            self._writer = pq.ParquetWriter(
                self._sink,
                self._schema,
                compression={name: _COMPRESSED.get(name, "snappy") for name in self._schema.names},
                use_dictionary=[name for name in self._schema.names if name not in plain],
                column_encoding=_ENCODED,
                dictionary_pagesize_limit=_MOST_DICTIONARY,
                write_statistics=_ORDERED,
                write_batch_size=GROUP_ROWS,
                store_schema=False,  # numbers of texts are read as the texts
            )
        return self._writer

    def _write(self, count: int) -> None:
        """Write the first findings that wait as one row group."""
        table = pa.concat_tables(self._held)
        group = table.slice(0, count)
        columns = [
            _as_written(name, column) for name, column in zip(group.schema.names, group.columns, strict=True)
        ]
        group = pa.Table.from_arrays(columns, schema=self._schema)
        keys = group.column(_SPELLED_OUT)
        differs = self._writer is None and pc.count_distinct(keys).as_py() >= _MOSTLY * count
        self._file(differs).write_table(group, row_group_size=GROUP_ROWS)
        self._held, self._n_held = [table.slice(count)], self._n_held - count

    def __exit__(self, kind: object, *_: object) -> None:
        with self._sink:
            if kind is None:
                if self._n_held:
                    self._write(self._n_held)
                self._file().add_key_value_metadata({_KEY: json.dumps(self._result.to_json())})
            if self._writer is not None:
                self._writer.close()


def _as_written(name: str, column: pa.ChunkedArray) -> pa.Array:
    """Give a column of a row group as it is handed to the file."""
    if name == _SPELLED_OUT:
        return pa.concat_arrays([_spelled_out(chunk) for chunk in column.chunks])
    return each_once(column) if name in CODED else column.combine_chunks()


def _spelled_out(chunk: pa.DictionaryArray) -> pa.Array:
    """Give the texts of numbers; those that are all of one length, as keys are, by their bytes."""
    texts = chunk.dictionary
    bounds = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    width = int(bounds[1] - bounds[0]) if len(texts) else 0
    if not width or chunk.null_count or texts.null_count or (np.diff(bounds) != width).any():
        return chunk.dictionary_decode()
    data = np.frombuffer(texts.buffers()[2], np.uint8)[bounds[0] : bounds[-1]].view(f"V{width}")
    found = pa.py_buffer(data.take(chunk.indices.to_numpy()))
    places = np.arange(0, width * (len(chunk) + 1), width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(chunk), pa.py_buffer(places), found)


def each_once(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Give numbers of texts with each text once, and none that no row has; in an order that the rows alone decide.

    Examples
    --------
    >>> texts = pa.array(["x", "b", "a", "b"])
    >>> made = each_once(pa.chunked_array([pa.DictionaryArray.from_arrays([1, 3, 2, 1], texts)]))
    >>> made.indices.to_pylist(), made.dictionary.to_pylist()
    ([1, 1, 0, 1], ['a', 'b'])
    """
    if column.null_count == len(column):
        return pa.DictionaryArray.from_arrays(pa.nulls(len(column), pa.int32()), pa.array([], pa.string()))
    if all(len(chunk.dictionary) < _MISSING for chunk in column.chunks):
        made = _few_once(column)
        if made is not None:
            return made
    held = [_Chunk(chunk) for chunk in column.chunks]
    if sum(len(one.present) for one in held) > _FEW:
        for one in held:
            one.order_by_appearance()
    different = pa.concat_arrays([one.texts() for one in held]).dictionary_encode()  # keeps the order
    texts, numbers = different.dictionary, different.indices.to_numpy()
    if len(texts) <= _FEW:
        order = np.argsort(texts.to_pylist())
        ranks = np.empty(len(texts), np.int32)
        ranks[order] = np.arange(len(texts))
        texts, numbers = texts.take(order), ranks[numbers]
    begins = np.cumsum([0, *(len(one.present) for one in held)])
    codes = [one.numbered(numbers[begin:]) for one, begin in zip(held, begins, strict=False)]
    places = np.concatenate(codes) if len(codes) > 1 else codes[0]
    indices = pa.array(places, mask=places < 0 if column.null_count else None)
    return pa.DictionaryArray.from_arrays(indices, texts, safe=False)


def _few_once(column: pa.ChunkedArray) -> pa.DictionaryArray | None:
    """Give the same of numbers that fit into a byte, which are looked for and replaced fast; None for many texts."""
    held: list[tuple[bytes, dict[int, str]]] = []
    for chunk in column.chunks:
        numbers = chunk.indices.fill_null(_MISSING) if chunk.indices.null_count else chunk.indices
        codes = numbers.to_numpy().astype(np.uint8).tobytes()
        texts = chunk.dictionary.to_pylist()
        held.append((codes, {number: text for number, text in enumerate(texts) if number in codes}))
    different = sorted({text for _, texts in held for text in texts.values()})
    if len(different) > min(_FEW, _MISSING):
        return None
    places = {text: place for place, text in enumerate(different)}
    made = []
    for codes, texts in held:
        table = bytearray(range(256))
        for number, text in texts.items():
            table[number] = places[text]
        made.append(codes.translate(table))
    whole = np.frombuffer(b"".join(made), np.uint8)
    indices = pa.array(whole.astype(np.int32), mask=whole == _MISSING if column.null_count else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(different, pa.string()), safe=False)


class _Chunk:
    """Numbers of texts, and those texts that have a number."""

    def __init__(self, chunk: pa.DictionaryArray) -> None:
        indices = chunk.indices.fill_null(-1) if chunk.indices.null_count else chunk.indices
        self._codes = indices.to_numpy()
        self._places = self._codes.astype(np.intp)  # numpy is slow with places of another type
        self._dictionary = chunk.dictionary
        seen = np.zeros(len(chunk.dictionary) + 1, bool)
        seen[self._places] = True
        self.present = seen[:-1].nonzero()[0]
        """Places of the texts that some row has."""

    def order_by_appearance(self) -> None:
        """Put the texts in the order in which they appear."""
        rows = len(self._places)
        first = np.zeros(len(self._dictionary) + 1, np.intp)
        first[self._places[::-1]] = np.arange(rows - 1, -1, -1)  # of equal places numpy keeps the last
        appears = np.zeros(rows, bool)
        appears[first[self.present]] = True
        self.present = self._places[appears]

    def texts(self) -> pa.Array:
        """Give the texts."""
        return self._dictionary.take(self.present)

    def numbered(self, numbers: np.ndarray) -> np.ndarray:
        """Give other numbers to the texts, -1 to what is missing."""
        place = np.full(len(self._dictionary) + 1, -1, np.int32)
        place[self.present] = numbers[: len(self.present)]
        return place.take(self._codes, mode="wrap")


def part_result(path: Path) -> dict[str, Any] | None:
    """Read the counts of a finished part; None where the file is none."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
        return json.loads(metadata[_KEY])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
