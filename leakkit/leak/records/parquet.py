"""Records of Parquet: text columns in small batches, once their pages are known to unpack to bearable sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import RewindingReader
from leakkit.leak.formats.parquet import footer
from leakkit.leak.formats.parquet_pages import measure_pages
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.columns import PIECE, column_records, has_text
from leakkit.leak.source import BytesSource, FileSource, Source

PAGE_LIMIT = 128 * 2**20
"""Largest page that is unpacked (bytes); writers make pages of one megabyte or so."""

IN_MEMORY = 64 * 2**20
_ROWS = 8_192


class _Column(NamedTuple):
    """An outermost column with text: its name and its leaves."""

    name: str
    leaves: list[int]


def records(
    file: BinaryIO, format: str, packer: Packer, size: int | None, groups: range | None = None
) -> Iterator[pa.RecordBatch]:
    """Give the text of every column; a column whose pages are too large is left out with a reason.

    With `groups`, only these row groups are read.
    """
    source = seekable_source(file, size)
    metadata = footer(source)
    try:
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, ValueError, KeyError) as error:
        raise BadMemberError(f"the Parquet schema cannot be understood ({type(error).__name__})") from None
    columns = _columns(metadata, schema)
    first_row = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        if groups is not None and number not in groups:
            first_row += group.num_rows
            continue
        for chosen, rows_at_once in _portions(source, group, columns, packer):
            try:
                yield from _group(source, number, chosen, rows_at_once, first_row, packer)
            except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
                if isinstance(error, BadMemberError):
                    raise
                names = len(chosen)
                packer.skip(f"row group {number}: {names} columns cannot be read ({type(error).__name__})")
        first_row += group.num_rows


def seekable_source(file: BinaryIO, size: int | None) -> Source:
    """Give a source in which jumping is cheap: the file itself, or a copy of a small packed member."""
    if not isinstance(file, RewindingReader):
        return FileSource(file, "", size)
    data = file.read(IN_MEMORY + 1)
    if len(data) > IN_MEMORY:
        raise BadMemberError(
            f"a packed member of more than {IN_MEMORY:,} bytes that is read by jumping", "limit"
        )
    return BytesSource(data)


def _columns(metadata: Any, schema: Any) -> list[_Column]:
    """Choose the outermost columns that hold text; leaves stand in the order of their columns."""
    leaves: dict[str, list[int]] = {}
    for position in range(metadata.num_columns):
        top = metadata.schema.column(position).path.split(".")[0]
        leaves.setdefault(top, []).append(position)
    found = []
    for field in schema:
        top = field.name.split(".")[0]
        if has_text(field.type) and top in leaves:
            found.append(_Column(field.name, leaves[top]))
    return found


def _portions(
    source: Source, group: Any, columns: list[_Column], packer: Packer
) -> Iterator[tuple[list[_Column], int]]:
    """Give columns that may be read side by side, and how many rows at once."""
    chosen: list[_Column] = []
    bytes_at_once = repeated = 0
    for column in columns:
        try:
            pages = [_pages(source, group.column(leaf)) for leaf in column.leaves]
        except BadMemberError as error:
            packer.skip(f"a column is left out: {error.reason}")
            continue
        largest = sum(page.largest for page in pages)
        if largest > PAGE_LIMIT:
            packer.skip(f"a column is left out: its pages unpack to more than {PAGE_LIMIT:,} bytes")
            continue
        if chosen and bytes_at_once + largest > PAGE_LIMIT:
            yield chosen, _rows(group, repeated)
            chosen, bytes_at_once, repeated = [], 0, 0
        chosen.append(column)
        bytes_at_once += largest
        repeated += sum(page.dictionary for page in pages)
    if chosen:
        yield chosen, _rows(group, repeated)


def _pages(source: Source, chunk: Any) -> Any:
    """Measure the pages of one leaf in one row group."""
    start = chunk.data_page_offset
    if chunk.dictionary_page_offset is not None and 0 < chunk.dictionary_page_offset < start:
        start = chunk.dictionary_page_offset
    if start < 0 or chunk.total_compressed_size < 0 or start + chunk.total_compressed_size > source.size:
        raise BadMemberError("it reaches beyond the end of the file", status="truncated")
    return measure_pages(source, start, chunk.total_compressed_size)


def _rows(group: Any, repeated: int) -> int:
    """Choose rows at once by the average row, and by what a dictionary could repeat in each."""
    average = max(1, group.total_byte_size // max(1, group.num_rows))
    return max(1, min(_ROWS, PIECE // average, 2 * PIECE // max(1, repeated)))


def _group(
    source: Source, number: int, columns: list[_Column], rows_at_once: int, first_row: int, packer: Packer
) -> Iterator[pa.RecordBatch]:
    """Give the text of some columns of one row group."""
    file = pa.PythonFile(source.stream(), mode="r")
    reader = pq.ParquetFile(
        file,
        buffer_size=2**20,
        pre_buffer=False,
        thrift_string_size_limit=2**22,
        thrift_container_size_limit=1_000_000,
    )
    names = [column.name for column in columns]
    row = first_row
    for batch in reader.iter_batches(rows_at_once, row_groups=[number], columns=names, use_threads=False):
        yield from column_records(list(zip(batch.schema.names, batch.columns, strict=True)), row, packer)
        row += batch.num_rows
