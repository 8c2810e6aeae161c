"""Lines of JSON block by block: by Arrow where all lines are alike, line by line in Python where they are not.

Arrow parses a block several times faster and gives columns. It is believed only where the same rows come
out as from Python: each line is one object, keys are plain names, no text became a time, no whole number
a float. Everything else is read line by line.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as arrow_json
import pyarrow.types as types

from leakkit.leak.encodings import Telling
from leakkit.leak.lines import CHUNK, clean_chunks, without_returns
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.columns import column_records
from leakkit.leak.records.json_keys import is_field_name
from leakkit.leak.records.person_numbers import SHORTEST_NUMBER

BLOCK = 2**20
"""Bytes parsed at once."""

FEWEST = 4
"""Lines that make Arrow worth its while."""

MOST_FIELDS = 300
"""With more fields than that the keys are data, or the lines too different."""

_MOST_WAITING = 64
_DEPTH = 12
_FEED, _OPEN, _CLOSE = 10, 123, 125

AddLine = Callable[[int, str], None]
"""Takes row and text of a line that is read in Python."""


def blocks(file: BinaryIO, longest: int, telling: Telling | None = None) -> Iterator[tuple[bytes, Any]]:
    """Give blocks of whole lines, each line with its feed, of valid UTF-8; then what follows an overlong line.

    Yields
    ------
    text : bytes
    rest : binary file or None
        Not None where a line is longer than `longest` bytes: it begins with `text`, which is no whole line.
    """
    chunks = clean_chunks(file, CHUNK, telling)
    held: list[bytes] = []
    length = 0
    for chunk in chunks:
        held.append(chunk)
        length += len(chunk)
        if length < BLOCK:
            continue
        text = b"".join(held)
        end = text.rfind(b"\n") + 1
        if end:
            yield text[:end], None
        if len(text) - end > longest:
            yield b"", _Chunks(text[end:], chunks)
            return
        held, length = [text[end:]], len(text) - end
    if text := b"".join(held):
        yield text if text.endswith(b"\n") else text + b"\n", None


class _Chunks(io.RawIOBase):
    """Bytes in memory and chunks that follow them, as a file."""

    def __init__(self, head: bytes, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._held, self._chunks = head, chunks

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes, at least one unless the file has ended."""
        if not self._held:
            self._held = next(self._chunks, b"")
        size = len(self._held) if size is None or size < 0 else size
        data, self._held = self._held[:size], self._held[size:]
        return data


class BlockReader:
    """Reads one file's blocks; remembers what its lines look like.

    Parameters
    ----------
    packer : Packer
    add_line : callable
        Reads a line in Python and gives its values to the packer.
    first_row : int
        Number of the first line.
    """

    def __init__(self, packer: Packer, add_line: AddLine, first_row: int = 0) -> None:
        self._packer, self._add_line, self.row = packer, add_line, first_row
        self._schema: pa.Schema | None = None
        self._waiting = self._penalty = 0

    def read(self, text: bytes) -> Iterator[pa.RecordBatch]:
        """Give the records of a block of whole lines."""
        text = without_returns(text)
        data = np.frombuffer(text, np.uint8)
        ends = np.flatnonzero(data == _FEED)
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
        table = self._by_arrow(text, data, starts, ends)
        if table is None:
            yield from self._by_python(text, starts, ends)
        else:
            rows = self.row + np.flatnonzero(ends > starts)
            yield from self._packer.rest()
            whole = all(column.num_chunks == 1 for column in table.columns)
            for batch in (table if whole else table.combine_chunks()).to_batches():
                columns = list(zip(batch.schema.names, batch.columns, strict=True))
                yield from column_records(columns, 0, self._packer, rows)
        self.row += len(ends)

    def _by_python(self, text: bytes, starts: np.ndarray, ends: np.ndarray) -> Iterator[pa.RecordBatch]:
        """Read line by line."""
        for row, start, end in zip(
            range(self.row, self.row + len(ends)), starts.tolist(), ends.tolist(), strict=True
        ):
            if end > start:
                self._add_line(row, text[start:end].decode("utf-8", "replace"))
                yield from self._packer.ready()

    def _by_arrow(
        self, text: bytes, data: np.ndarray, starts: np.ndarray, ends: np.ndarray
    ) -> pa.Table | None:
        """Parse a block; None where Arrow cannot, or might see something else than Python."""
        if self._waiting:
            self._waiting -= 1
            return None
        full = ends > starts
        starts, ends = starts[full], ends[full]
        table = None
        if len(ends) >= FEWEST and (data[starts] == _OPEN).all() and (data[ends - 1] == _CLOSE).all():
            table = self._parsed(text)
        if table is None or table.num_rows != len(ends):
            self._penalty = min(_MOST_WAITING, 2 * self._penalty + 1)
            self._waiting = self._penalty
            return None
        self._penalty = 0
        return table

    def _parsed(self, text: bytes) -> pa.Table | None:
        """Parse with the types known so far; again where a new field was taken for a time."""
        for _ in range(3):
            options = arrow_json.ParseOptions(explicit_schema=self._schema, unexpected_field_behavior="infer")
            reading = arrow_json.ReadOptions(use_threads=False, block_size=2 * len(text))
            try:
                table = arrow_json.read_json(pa.BufferReader(text), reading, options)
                table.validate()  # Arrow 26 loses a null that begins the first list of a block
            except (pa.ArrowException, ValueError):
                self._schema = None
                return None
            settled = self._settled(table.schema)
            if settled is None:
                self._waiting = self._penalty = _MOST_WAITING
                self._schema = None
                return None
            self._schema = pa.schema([field for field in settled if not _has_null(field.type)])
            if settled.equals(table.schema):
                return table if all(map(_is_sure, table.columns)) else None
        return None

    def _settled(self, schema: pa.Schema) -> pa.Schema | None:
        """Give a schema in which texts stay texts; None where a key is data or there are very many."""
        self._n_fields = 0
        fields = [self._field(field, 0) for field in schema]
        return pa.schema(fields) if _all(fields) and self._n_fields <= MOST_FIELDS else None

    def _field(self, field: pa.Field, depth: int) -> pa.Field | None:
        """Settle one field."""
        name = field.name
        self._n_fields += 1
        if depth > _DEPTH or not is_field_name(name) or name != name.strip():
            return None
        kind = self._type(field.type, depth)
        return None if kind is None else pa.field(name, kind)

    def _type(self, kind: Any, depth: int) -> Any:
        """Settle one type."""
        if types.is_timestamp(kind) or types.is_date(kind) or types.is_time(kind):
            return pa.string()
        if types.is_list(kind):
            inner = self._type(kind.value_type, depth + 1)
            return None if inner is None else pa.list_(inner)
        if types.is_struct(kind):
            fields = [self._field(kind.field(number), depth + 1) for number in range(kind.num_fields)]
            return pa.struct(fields) if _all(fields) else None
        return kind


def _all(fields: list[pa.Field | None]) -> bool:
    """Tell whether every field could be settled (an Arrow field cannot be compared with None)."""
    return all(field is not None for field in fields)


def _has_null(kind: Any) -> bool:
    """Tell whether nothing is known yet of a part of a type."""
    if types.is_nested(kind):
        return any(_has_null(kind.field(number).type) for number in range(kind.num_fields))
    return bool(types.is_null(kind))


def _is_sure(column: pa.ChunkedArray) -> bool:
    """Tell whether no float may have been written as a long whole number."""
    return all(_holds_no_whole(chunk) for chunk in column.chunks)


def _holds_no_whole(array: pa.Array) -> bool:
    """Look into floats of any nesting."""
    kind = array.type
    if types.is_floating(kind):
        large = pc.greater_equal(pc.abs(array), float(SHORTEST_NUMBER))
        whole = pc.equal(pc.floor(array), array)
        return not pc.any(pc.and_kleene(large, whole)).as_py()
    if types.is_struct(kind):
        return all(map(_holds_no_whole, array.flatten()))
    if types.is_list(kind):
        return _holds_no_whole(array.flatten())
    return True
