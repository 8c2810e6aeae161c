"""Packing values into batches: one at a time from Python, or whole columns from Arrow arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from leakkit.leak.encodings import Telling
from leakkit.leak.lines import pieces
from leakkit.leak.records.stream import schema
from leakkit.leak.text import printable

BATCH_CHARACTERS = 4 * 2**20
"""A batch is given away once its texts are this long together."""


class Packer:
    """Collects (row, field, text) and gives them away in batches of bounded size.

    Parameters
    ----------
    path : str
        Goes into every row.
    batch_rows, limit : int
        Most rows of a batch, longest text of a row (characters).
    skip : callable
        Told what could not be read as it should.
    codec : str, optional
        The encoding, where it was told from the whole member and only a part is read.
    """

    def __init__(
        self, path: str, batch_rows: int, limit: int, skip: Callable[[str], None], codec: str = ""
    ) -> None:
        self.path, self.batch_rows, self.limit, self.skip = path, batch_rows, limit, skip
        self._rows: list[int] = []
        self._fields: list[str] = []
        self._texts: list[str] = []
        self._length = 0
        self._schema = schema()
        self._paths = pa.array([], pa.string())
        self._codec, self._noted = codec, False

    def telling(self) -> Telling:
        """Give what tells the encoding of the text; an older one is noted once."""
        return Telling(self._codec, self.read_as)

    def read_as(self, codec: str) -> None:
        """Note an encoding that was told from the bytes."""
        if not self._noted:
            self._noted = True
            self.skip(f"read as {codec}, told from its bytes")

    def add(self, row: int, field: str, text: str) -> None:
        """Take one value, in parts when it is too long."""
        if not 0 < len(text) <= self.limit:
            if text:
                for number, piece in enumerate(pieces(text, self.limit)):
                    self.add(row, f"{field}#{number}" if number else field, piece)
            return
        self._rows.append(row)
        self._fields.append(field)
        self._texts.append(text)
        self._length += len(text)

    @property
    def full(self) -> bool:
        """Tell whether a batch waits to be fetched."""
        return len(self._rows) >= self.batch_rows or self._length >= BATCH_CHARACTERS

    def ready(self) -> Iterator[pa.RecordBatch]:
        """Give batches once enough has come together; call it after every few values."""
        if self.full:
            yield from self.rest()

    def rest(self) -> Iterator[pa.RecordBatch]:
        """Give everything that waits."""
        rows, fields, texts = self._rows, self._fields, self._texts
        self._rows, self._fields, self._texts, self._length = [], [], [], 0
        for start in range(0, len(rows), self.batch_rows):
            part = slice(start, start + self.batch_rows)
            yield self._batch(
                pa.array(rows[part], pa.int64()), _strings(fields[part]), _large_strings(texts[part])
            )

    def _batch(self, rows: pa.Array, fields: pa.Array, texts: pa.Array) -> pa.RecordBatch:
        """Put the path in front."""
        if len(self._paths) < len(rows):
            self._paths = pa.repeat(pa.scalar(self.path, pa.string()), len(rows))
        paths = self._paths.slice(0, len(rows))
        return pa.RecordBatch.from_arrays([paths, rows, fields, texts], schema=self._schema)

    def arrays(self, rows: Any, field: str | pa.Array, texts: pa.Array) -> Iterator[pa.RecordBatch]:
        """Give whole arrays of large strings away in batches, after what already waits.

        Parameters
        ----------
        rows : array of int
        field : str or pyarrow.Array
            One for all rows, or one a row.
        texts : pyarrow.LargeStringArray
            Without missing values; texts over the limit are cut, empty ones dropped.
        """
        yield from self.rest()
        offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
        lengths = np.diff(offsets) if len(texts) else np.empty(0, np.int64)
        rows = np.asarray(rows, np.int64)
        if (lengths > self.limit).any():
            names = [field] * len(texts) if isinstance(field, str) else field.to_pylist()
            for row, name, text in zip(rows.tolist(), names, texts, strict=True):
                self.add(row, name, text.as_py())
                yield from self.ready()
            yield from self.rest()
            return
        if not lengths.all():
            kept = lengths > 0
            begins = np.append(offsets[:-1][kept], offsets[-1])  # empty texts take no bytes
            rows, texts = rows[kept], _strings_at(begins, texts.buffers()[2])
            field = field if isinstance(field, str) else field.filter(pa.array(kept))
        yield from self._sliced(rows, field, texts)

    def _sliced(self, rows: Any, field: str | pa.Array, texts: pa.Array) -> Iterator[pa.RecordBatch]:
        """Cut long arrays into batches."""
        for start in range(0, len(texts), self.batch_rows):
            part = texts.slice(start, self.batch_rows)
            if isinstance(field, str):
                names = pa.repeat(pa.scalar(field, pa.string()), len(part))
            else:
                names = field.slice(start, self.batch_rows)
            yield self._batch(pa.array(rows[start : start + len(part)]), names, part)


def _strings(values: Sequence[str]) -> pa.Array:
    """Make an array of field names; lone surrogates are replaced."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowInvalid):
        return pa.array([_encodable(value) for value in values], pa.string())


def _large_strings(values: list[str]) -> pa.Array:
    """Make an array of texts; lone surrogates are replaced."""
    joined = "".join(values)
    if joined.isascii():  # several times faster than one by one
        offsets = np.zeros(len(values) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), out=offsets[1:])
        return _strings_at(offsets, pa.py_buffer(joined.encode()))
    try:
        return pa.array(values, pa.large_string())
    except (UnicodeEncodeError, pa.ArrowInvalid):
        return pa.array([_encodable(value) for value in values], pa.large_string())


def _strings_at(offsets: np.ndarray, data: pa.Buffer) -> pa.Array:
    """Give texts that lie one behind the other in a buffer."""
    return pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), data)


def _encodable(text: str) -> str:
    """Replace what UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def field_name(name: str) -> str:
    """Give a column name of the leak as a field: one line, escaped, of bounded length."""
    return printable(name.strip(), 200)
