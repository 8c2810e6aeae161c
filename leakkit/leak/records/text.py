"""Records of plain text: lines, the visible text of HTML, the rows of XML."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np
import pyarrow as pa

from leakkit.leak.lines import CHUNK, CleanText, clean_chunks, decoded, pieces, text_lines, without_returns
from leakkit.leak.records import printed, sql, xml
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.cards import CARD_FORMATS, are_cards, plain
from leakkit.leak.records.html import HtmlText
from leakkit.leak.records.sql import is_dump

HEAD = 2**13
"""How much is looked at to tell text from bytes and from lines of JSON."""


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give a row for every line that is not empty, or for every block of an HTML page."""
    if format == "html":
        yield from html_records(decoded(file, CHUNK, packer.telling()), packer)
        return
    clean = CleanText(file, CHUNK, packer.telling())
    head = clean.peek(HEAD)
    if format == "unknown" and looks_binary(head):
        return
    if format in {"access-log", "log"} and head.lstrip().startswith(b"{"):
        from leakkit.leak.records.json import records as json_records

        yield from json_records(cast(BinaryIO, clean), "jsonl", packer, None)
        return
    if format in {"source-code", "text", "unknown"} and is_dump(head):
        yield from sql.records(cast(BinaryIO, clean), packer)
        return
    if format in printed.PRINTED_FORMATS and printed.has_printed(clean.peek(printed.HEAD)):
        yield from printed.records(text_lines(cast(BinaryIO, clean), packer.limit), packer)
        return
    chunks = iter(lambda: clean.read(CHUNK), b"")
    if format == "xml" and xml.holds_rows(clean.peek(xml.HEAD)):
        yield from xml.records(chunks, packer)
        return
    yield from _lines(plain(chunks) if format in CARD_FORMATS and are_cards(head) else chunks, packer)


def looks_binary(chunk: bytes) -> bool:
    """Tell bytes that are no text: many NULs, control characters or replacements."""
    sample = chunk[:4096]
    odd = sum(sample.count(code) for code in range(32) if code not in (9, 10, 12, 13, 27))
    return bool(sample) and (odd + 3 * sample.count("\ufffd".encode())) * 20 > len(sample)


def line_records(file: BinaryIO, packer: Packer, first_row: int = 0) -> Iterator[pa.RecordBatch]:
    """Give a row for every line that is not empty, counting from `first_row`."""
    yield from _lines(clean_chunks(file, CHUNK, packer.telling()), packer, first_row)


def _lines(chunks: Iterator[bytes], packer: Packer, first_row: int = 0) -> Iterator[pa.RecordBatch]:
    """Give a row for every line in chunks of valid UTF-8."""
    lines = _Lines(packer, first_row)
    for chunk in chunks:
        yield from lines.feed(chunk)
    yield from lines.end()


class _Lines:
    """Cuts chunks into lines without touching each line in Python."""

    def __init__(self, packer: Packer, first_row: int = 0) -> None:
        self._packer, self._row, self._part = packer, first_row, 0
        self._held: list[bytes] = []
        self._held_length = 0

    def feed(self, chunk: bytes) -> Iterator[pa.RecordBatch]:
        """Take a chunk of valid UTF-8."""
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield from self._whole(b"".join([*self._held, chunk[:cut]]))
            self._held, self._held_length = [], 0
        if cut < len(chunk):
            self._held.append(chunk[cut:])
            self._held_length += len(chunk) - cut
        if self._held_length > 4 * self._packer.limit:
            yield from self._parts()

    def end(self) -> Iterator[pa.RecordBatch]:
        """Take the last line, which may lack its end."""
        if self._held:
            yield from self._whole(b"".join(self._held) + b"\n")
            self._held = []

    def _whole(self, text: bytes) -> Iterator[pa.RecordBatch]:
        """Give lines that are complete; the first may be the end of one that came in parts."""
        if self._part:
            end = text.index(b"\n")
            for piece in pieces(text[:end].decode("utf-8", "replace").rstrip("\r"), self._packer.limit):
                self._packer.add(self._row, f"#{self._part}", piece)
                self._part += 1
            self._row, self._part = self._row + 1, 0
            text = text[end + 1 :]
        rows, lines = split_lines(text)
        yield from self._packer.arrays(rows + self._row, "", lines)
        self._row += len(rows)

    def _parts(self) -> Iterator[pa.RecordBatch]:
        """Give the beginning of a line that has not ended for long; keep its last part."""
        *cut, last = pieces(b"".join(self._held).decode("utf-8", "replace"), self._packer.limit)
        for piece in cut:
            self._packer.add(self._row, f"#{self._part}" if self._part else "", piece)
            self._part += 1
            yield from self._packer.ready()
        self._held = [last.encode("utf-8", "replace")]
        self._held_length = len(self._held[0])


def split_lines(text: bytes) -> tuple[np.ndarray, pa.Array]:
    r"""Give the numbers of the lines in `text` (which ends in a line feed) and the lines as one array.

    Examples
    --------
    >>> rows, lines = split_lines(b"one\r\n\ntwo\n")
    >>> rows.tolist(), lines.to_pylist()
    ([0, 1, 2], ['one', '', 'two'])
    """
    text = without_returns(text)
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == 10).astype(np.int64)
    rows = np.arange(len(ends), dtype=np.int64)
    offsets = np.concatenate([np.zeros(1, np.int64), ends - rows])
    data = text.replace(b"\n", b"")
    lines = pa.LargeStringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(data))
    return rows, lines


def html_records(chunks: Iterator[str], packer: Packer, row: int | None = None) -> Iterator[pa.RecordBatch]:
    """Give a row for every block of visible text, comment and telling attribute; scripts are left out.

    The cells of a table's row have one number, and where the table has a head its names as fields. With `row`, the
    page is part of a message: all rows have that number and fields begin with ``html.``.
    """
    page = HtmlText()
    for chunk in itertools.chain(chunks, [None]):
        for kind, text, record in page.end() if chunk is None else page.feed(chunk):
            if row is None:
                packer.add(record, kind, text)
            else:
                packer.add(row, f"html.{kind if kind.startswith('@') or kind == 'comment' else 'text'}", text)
        yield from packer.ready()
    if page.hides:
        packer.skip(f"a {page.hides} that never ends; what follows it in the page is not read")
