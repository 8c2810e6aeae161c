"""Records of separated values: whole columns by Arrow, ragged files by Python's reader, the rest as lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

from leakkit.leak.formats.text_tables import csv_rows, delimiter_of, has_header
from leakkit.leak.lines import CleanText, text_lines
from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.csv_plain import PlainRows, in_turn

PIECE = 2**19
"""Bytes of text parsed at once; a row must fit into it, else Python's reader takes over."""

BLOCK = 4 * PIECE
"""Most that a piece is long in valid UTF-8: a byte that is no text becomes three."""

HEAD = 2**16
_FIELD_LIMIT = 2**20
_SAMPLE = 200


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give a row for every filled cell, table row by table row."""
    stream = CleanText(file, PIECE, packer.telling())
    if (layout := layout_of(stream.peek(HEAD), format)) is not None:
        yield from table_records(file, stream, layout, packer)


class Layout(NamedTuple):
    """How a table is written: its delimiter, the names of its columns, and whether its first row names them."""

    delimiter: str
    names: list[str]
    header: bool


def layout_of(head: bytes, format: str) -> Layout | None:
    """Judge a table by its first bytes (valid UTF-8); None where there is no row."""
    text = head.decode("utf-8", "replace")
    text = text[: text.rfind("\n") + 1] or text
    delimiter = delimiter_of(text, format)
    sample = [row for row, _ in zip(csv_rows(text, delimiter), range(_SAMPLE), strict=False)]
    if not sample:
        return None
    header = has_header(sample)
    names = [field_name(name) for name in sample[0]] if header else []
    names += [f"column_{position}" for position in range(len(names), len(sample[0]))]
    return Layout(delimiter, names, header)


def table_records(
    file: BinaryIO, stream: CleanText, layout: Layout, packer: Packer, first_row: int = 0
) -> Iterator[pa.RecordBatch]:
    """Give the cells of a table, or of a part of one that begins at a row.

    Parameters
    ----------
    file, stream
        The bytes, rewound where Arrow cannot go on, and their text.
    layout : Layout
        Of the whole table; ``header`` False for a part that begins later.
    first_row : int
        Number of the first row.
    """
    delimiter, names, header = layout
    plain = PlainRows(stream, delimiter, len(names), header, BLOCK)
    row = first_row
    for count, texts in plain:
        rows = np.repeat(np.arange(row, row + count, dtype=np.int64), len(names))
        yield from packer.arrays(rows, in_turn(names, count), texts)
        row += count
    if plain.left is None:
        return
    reader = _ArrowReader(plain.left, delimiter, len(names), plain.header, row)
    for batch in reader:
        rows = reader.numbers(batch.num_rows)
        yield from row_major(batch, rows, names, packer)
        yield from _add_ragged(reader, packer)
    yield from _add_ragged(reader, packer)
    if reader.gave_up:
        packer.skip("rows too long or quotes that do not end; read in another way from there on")
        yield from packer.rest()
        stream.stop()
        file.seek(0)
        yield from _by_python(file, layout, first_row, reader.next_row, packer)


def _add_ragged(reader: _ArrowReader, packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give rows with too few or too many cells as they stand."""
    for row, text in reader.ragged[reader.n_given :]:
        if row >= reader.next_row and not reader.ended:
            break
        packer.add(row, "", text)
        reader.n_given += 1
    yield from packer.ready()


class _ArrowReader:
    """Blocks of text columns, and the rows that do not fit among them."""

    def __init__(self, stream: Any, delimiter: str, width: int, header: bool, first_row: int = 0) -> None:
        self._stream, self._delimiter, self._header = stream, delimiter, int(header)
        self._first_row = first_row
        self._names = [str(position) for position in range(width)]
        self.ragged: list[tuple[int, str]] = []
        self.n_given, self.next_row = 0, first_row
        self.gave_up = self.ended = False

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Give blocks until the end or until Arrow cannot go on."""
        import pyarrow.csv as arrow_csv

        reading = arrow_csv.ReadOptions(
            use_threads=False, block_size=BLOCK, column_names=self._names, skip_rows=self._header
        )
        parsing = arrow_csv.ParseOptions(
            delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=self._take
        )
        types = dict.fromkeys(self._names, pa.large_string())
        converting = arrow_csv.ConvertOptions(check_utf8=False, column_types=types, strings_can_be_null=False)
        try:
            with arrow_csv.open_csv(self._stream, reading, parsing, converting) as reader:
                yield from reader
        except (pa.ArrowException, StopIteration):
            self.gave_up = True
        self.ended = not self.gave_up

    def _take(self, row: Any) -> str:
        """Keep a row that does not fit; Arrow may be a block ahead of us."""
        self.ragged.append((self._first_row + row.number - 1 - self._header, row.text))
        return "skip"

    def numbers(self, count: int) -> Any:
        """Give the numbers of the next `count` rows that fit."""
        ahead = [row for row, _ in self.ragged[self.n_given :]]
        rows = np.arange(self.next_row, self.next_row + count + len(ahead), dtype=np.int64)
        rows = rows[~np.isin(rows, ahead)][:count] if ahead else rows
        self.next_row = int(rows[-1]) + 1 if len(rows) else self.next_row
        return rows


def row_major(
    batch: pa.RecordBatch, numbers: Any, names: list[str], packer: Packer
) -> Iterator[pa.RecordBatch]:
    """Give the cells of text columns row by row, so that what belongs together stays together."""
    width, height = batch.num_columns, batch.num_rows
    if not width or not height:
        return
    if width == 1:
        yield from packer.arrays(numbers, names[0], batch.column(0))
        return
    order = np.arange(width * height, dtype=np.int64).reshape(width, height).T.ravel()
    texts = pa.concat_arrays(batch.columns).take(pa.array(order))
    fields = pa.array(names, pa.string()).take(pa.array(np.tile(np.arange(width), height)))
    yield from packer.arrays(np.repeat(numbers, width), fields, texts)


def _by_python(
    file: BinaryIO, layout: Layout, first_row: int, done: int, packer: Packer
) -> Iterator[pa.RecordBatch]:
    """Go on at row `done` with Python's reader; what it cannot read either is given as lines."""
    delimiter, names, header = layout
    waiting: list[str] = []

    def lines() -> Iterator[str]:
        for piece in text_lines(file, _FIELD_LIMIT, telling=packer.telling()):
            waiting.append(piece.text)
            yield piece.text.replace("\0", "\ufffd") + "\n"

    source = lines()
    row = first_row - 1
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        for row, cells in enumerate(csv.reader(source, delimiter=delimiter), first_row - int(header)):
            waiting.clear()
            if row >= done:
                for position, cell in enumerate(cells):
                    packer.add(row, names[position] if position < len(names) else f"column_{position}", cell)
                yield from packer.ready()
    except csv.Error:
        packer.skip("a quote that does not end; read as lines from there on")
        for text in waiting:
            packer.add(row + 1, "", text)
            yield from packer.ready()
        for text in source:
            packer.add(row + 1, "", text[:-1])
            yield from packer.ready()
    finally:
        csv.field_size_limit(previous)
