"""Cutting one large member into slices that are read apart and give the same rows, with the same numbers.

Lines and lines of JSON are cut after a line feed, Parquet between row groups. Separated values are cut
after a line feed only when one pass over the file has proved that every line is one row: quotes stand
where a field begins, and close on their line.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import numpy as np

from leakkit.errors import BadMemberError
from leakkit.leak.encodings import MULTIPLE, Telling, codec_of
from leakkit.leak.lines import CleanText
from leakkit.leak.records import printed, xml
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.cards import CARD_FORMATS, are_cards
from leakkit.leak.records.csv import HEAD, PIECE, layout_of, table_records
from leakkit.leak.records.json import json_lines
from leakkit.leak.records.sql import is_dump
from leakkit.leak.records.stream import (
    _READERS,
    BATCH_ROWS,
    MAX_FIELD,
    guarded,
    iter_records,
)
from leakkit.leak.records.text import line_records

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.leak.source import Source

CHUNK = 4 * 2**20
_JSON_HEAD = 2**18
_QUOTE, _FEED = 34, 10


class Slice(NamedTuple):
    """A part of a member: what it is cut at, from where to where (bytes or row groups), its first row, its codec.

    `kind` is ``whole``, ``lines``, ``json``, ``table`` or ``groups``. `codec` is told from the whole
    member; empty where the member is read whole or holds no plain text.
    """

    kind: str = "whole"
    start: int = 0
    end: int = 0
    first_row: int = 0
    codec: str = ""


WHOLE = Slice()


def cut(source: Source, format: str, target: int) -> list[Slice]:
    """Cut a member into slices of about `target` bytes; one slice, ``whole``, where that cannot be done.

    Reads the member once, several times faster than it will be searched.
    """
    if source.size <= target + target // 2:
        return [WHOLE]
    kind = kind_of(source, format)
    if kind == "groups":
        return _groups(source, target)
    if kind == "whole":
        return [WHOLE]
    telling = Telling()
    if kind == "table":
        starts = _table_starts(source, format, target, telling)
    else:
        starts = _line_starts(source, target, telling)
    telling.end()
    if len(starts) < 2:
        return [WHOLE]
    codec = "utf-8" if telling.codec == "utf-8-sig" else telling.codec
    ends = [start for start, _ in starts[1:]] + [source.size]
    return [Slice(kind, start, end, row, codec) for (start, row), end in zip(starts, ends, strict=True)]


def kind_of(source: Source, format: str) -> str:
    """Tell what a member can be cut at: ``lines``, ``json``, ``table``, ``groups``, or ``whole`` for nothing."""
    reader = _READERS.get(format)
    if reader == "parquet":
        return "groups"
    if codec_of(source.head) not in ("utf-8", "utf-8-sig"):
        return "whole"
    if reader == "text" and format not in ("html", "unknown"):
        is_json = format in ("access-log", "log") and source.head.lstrip(
            b"\xef\xbb\xbf \t\r\n\v\f"
        ).startswith(b"{")
        if not is_json:
            is_cards = format in CARD_FORMATS and are_cards(source.head)
            is_whole = is_cards or (format in ("source-code", "text") and is_dump(source.head))
            if not is_whole and (format == "xml" or format in printed.PRINTED_FORMATS):
                head = CleanText(_span(source, 0, source.size)).peek(max(xml.HEAD, printed.HEAD))
                is_whole = xml.holds_rows(head) if format == "xml" else printed.has_printed(head)
            return "whole" if is_whole else "lines"
        format = "jsonl"
    if format in ("jsonl", "lm-eval-samples") and b"\n" in source.read_at(0, _JSON_HEAD):
        return "json"
    return "table" if reader == "csv" else "whole"


def _blocks(source: Source, telling: Telling) -> Iterator[tuple[int, bytes]]:
    """Give position and bytes of block after block; `telling` sees them too."""
    position = 0
    while position < source.size and (block := source.read_at(position, min(CHUNK, source.size - position))):
        telling.feed(block)
        yield position, block
        position += len(block)


def _line_starts(source: Source, target: int, telling: Telling) -> list[tuple[int, int]]:
    """Give byte and row of the first line of each slice."""
    starts, rows = [(0, 0)], 0
    for position, block in _blocks(source, telling):
        while (wanted := starts[-1][0] + target) < position + len(block):
            feed = block.find(b"\n", max(0, wanted - position))
            if feed < 0:
                break
            start = position + feed + 1
            if start >= source.size or not _begins_plainly(source, start):
                break
            starts.append((start, rows + block.count(b"\n", 0, feed + 1)))
        rows += block.count(b"\n")
    return starts


def _begins_plainly(source: Source, start: int) -> bool:
    """Tell whether a reader that begins here sees no byte-order mark and no UTF-16, as one that began earlier."""
    return codec_of(source.read_at(start, 1024)) == "utf-8"


def _table_starts(source: Source, format: str, target: int, telling: Telling) -> list[tuple[int, int]]:
    """Give byte and row of the first row of each slice; only the first where a line may not be a row."""
    layout = layout_of(CleanText(_span(source, 0, source.size)).peek(HEAD), format)
    if layout is None or len(layout.delimiter.encode()) != 1:
        return []
    starts, rows, held = [(0, 0)], -int(layout.header), b""
    for position, block in _blocks(source, telling):
        begin = position - len(held)
        text = held + block
        end = text.rfind(b"\n") + 1
        held = text[end:]
        if len(held) > PIECE or not _lines_are_rows(text, end, ord(layout.delimiter)):
            return []
        while end and (wanted := starts[-1][0] + target) < begin + end:
            feed = text.find(b"\n", max(0, wanted - begin), end)
            start = begin + feed + 1
            if feed < 0 or start >= source.size or not _begins_plainly(source, start):
                break
            starts.append((start, rows + text.count(b"\n", 0, feed + 1)))
        rows += text.count(b"\n", 0, end)
    telling.end()
    if layout.delimiter in "|~^" and telling.codec in MULTIPLE:
        return []  # it may be the second byte of a letter
    return starts


def _lines_are_rows(text: bytes, end: int, delimiter: int) -> bool:
    """Tell whether every line up to `end` is one row: not empty, not very long, each quote opens or closes a field.

    Counting from 0 in each line, a quote of even number opens: it stands at the start of a field, or
    doubles the one before it. Then no field reaches beyond its line.
    """
    if text.find(b"\r", 0, end) >= 0:
        bare = text.count(b"\r", 0, end) != text.count(b"\r\n", 0, end)
        if bare or text.find(b"\n\r\n", 0, end) >= 0 or text.startswith(b"\r"):
            return False
    data = np.frombuffer(text, np.uint8)[:end]
    feeds = np.flatnonzero(data == _FEED)
    lengths = np.diff(feeds, prepend=-1)
    if len(feeds) and (lengths.min() == 1 or lengths.max() > PIECE):
        return False
    quotes = np.flatnonzero(data == _QUOTE) if text.find(b'"', 0, end) >= 0 else feeds[:0]
    if not len(quotes):
        return True
    lines = np.searchsorted(feeds, quotes)
    firsts = np.searchsorted(lines, lines, side="left")
    places = np.arange(len(quotes)) - firsts
    if (np.bincount(lines) % 2).any():
        return False
    opening = quotes[places % 2 == 0]
    before = data[opening - 1]
    begins = (opening == 0) | (before == delimiter) | (before == _FEED)
    doubled = (before == _QUOTE) & (places[places % 2 == 0] > 0)
    return bool((begins | doubled).all())


def _groups(source: Source, target: int) -> list[Slice]:
    """Give runs of row groups."""
    from leakkit.leak.formats.parquet import footer

    try:
        metadata = footer(source)
    except (BadMemberError, OSError, ValueError):
        return [WHOLE]
    found: list[Slice] = []
    begin = row = size = next_row = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        size += max(0, group.total_byte_size)
        next_row += group.num_rows
        if size >= target or number + 1 == metadata.num_row_groups:
            found.append(Slice("groups", begin, number + 1, row))
            begin, row, size = number + 1, next_row, 0
    return found if len(found) > 1 else [WHOLE]


def iter_slice(
    open_member: Callable[[], BinaryIO],
    path: str,
    format: str,
    part: Slice = WHOLE,
    *,
    size: int | None = None,
    batch_rows: int = BATCH_ROWS,
    skip: Callable[[str], None],
) -> Iterator[pa.RecordBatch]:
    """Give the batches of one slice, as `iter_records` gives them for the whole member."""
    if part.kind == "whole":
        yield from iter_records(open_member, path, format, size=size, batch_rows=batch_rows, skip=skip)
        return
    packer = Packer(path, batch_rows, MAX_FIELD, skip, part.codec)
    if part.start == 0 and part.codec not in ("", "utf-8"):
        packer.read_as(part.codec)
    yield from guarded(lambda: _read(open_member(), format, part, size, packer), packer)


def _read(
    file: BinaryIO, format: str, part: Slice, size: int | None, packer: Packer
) -> Iterator[pa.RecordBatch]:
    """Read a slice by its kind."""
    if part.kind == "groups":
        from leakkit.leak.records.parquet import records

        return records(file, format, packer, size, range(part.start, part.end))
    span = cast(BinaryIO, Span(file, part.start, part.end))
    if part.kind == "lines":
        return line_records(span, packer, part.first_row)
    if part.kind == "json":
        return json_lines(span, packer, part.first_row)
    file.seek(0)
    layout = layout_of(CleanText(file, telling=packer.telling()).peek(HEAD), format)
    if layout is None:
        raise BadMemberError("changed since it was cut into slices")
    layout = layout._replace(header=layout.header and part.start == 0)
    span.seek(0)
    return table_records(span, CleanText(span, PIECE, packer.telling()), layout, packer, part.first_row)


def _span(source: Source, start: int, end: int) -> BinaryIO:
    """Give a part of a source as a file."""
    return cast(BinaryIO, Span(source.stream(), start, end))


class Span(io.RawIOBase):
    """Some bytes of a seekable file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._file, self._start, self._end = file, start, end
        self._at = file.seek(start)

    def readable(self) -> bool:
        """Tell that the bytes can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that any place can be read."""
        return True

    def tell(self) -> int:
        """Give the position."""
        return self._at - self._start

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset`."""
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = self._file.seek(max(self._start, base + offset))
        return self._at - self._start

    def read(self, size: int | None = -1) -> bytes:
        """Read up to `size` bytes."""
        left = max(0, self._end - self._at)
        data = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data
