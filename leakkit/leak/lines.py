"""Bytes of a member as text and as lines, in flat memory whatever the length of a line."""

from __future__ import annotations

import codecs
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import BROKEN
from leakkit.leak.encodings import Telling

CHUNK = 2**20
"""How much is read at once (bytes)."""

LINE_LIMIT = 2**20
"""Longest piece of a line that is given at once (characters)."""

BREAKS = (*BROKEN, zipfile.BadZipFile, tarfile.TarError, RuntimeError, NotImplementedError)
"""What reading from a broken member, archive or connection raises."""

_NEAR_CUT = 1024


class Piece(NamedTuple):
    """A line, or a part of one that is longer than the limit; `row` counts lines from 0."""

    row: int
    part: int
    text: str


def read_chunks(file: BinaryIO, size: int = CHUNK) -> Iterator[bytes]:
    """Give the bytes of `file` in chunks; a break on the way is a `BadMemberError`."""
    while True:
        try:
            chunk = file.read(size)
        except BadMemberError:
            raise
        except BREAKS as error:
            raise BadMemberError(f"cannot be read to its end ({type(error).__name__})") from None
        if not chunk:
            return
        yield chunk


def read_up_to(file: BinaryIO, size: int) -> bytes:
    """Read `size` bytes, or everything there is, whatever single reads give."""
    parts: list[bytes] = []
    while size > 0 and (part := next(read_chunks(file, size), b"")):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _told(file: BinaryIO, size: int, telling: Telling) -> Iterator[bytes]:
    """Give the bytes of a text in chunks; those after the first above 7F once `telling` knows what they are."""
    held: list[bytes] = []
    try:
        for chunk in read_chunks(file, size):
            telling.feed(chunk)
            held.append(chunk)
            if not telling.waits:
                yield from held
                held = []
    except BadMemberError:
        telling.end()
        yield from held
        raise
    telling.end()
    yield from held


def decoded(file: BinaryIO, size: int = CHUNK, telling: Telling | None = None) -> Iterator[str]:
    """Give the text of `file` in chunks; bytes that are no text become U+FFFD, NUL stays.

    The encoding is told from the bytes, or is that of `telling`.
    """
    telling = Telling() if telling is None else telling
    codec = decoder = None
    for chunk in _told(file, size, telling):
        if decoder is None or codec != telling.codec:
            codec = telling.codec
            decoder = codecs.getincrementaldecoder(codec)(errors="replace")
        if text := decoder.decode(chunk):
            yield text
    if decoder is not None and (text := decoder.decode(b"", final=True)):
        yield text


def clean_chunks(file: BinaryIO, size: int = CHUNK, telling: Telling | None = None) -> Iterator[bytes]:
    """Give the text of `file` in chunks of valid UTF-8 without a byte-order mark.

    Bytes that are no text become U+FFFD, NUL stays; a chunk ends at a whole character. The encoding is
    told from the bytes, or is that of `telling`.
    """
    telling = Telling() if telling is None else telling
    codec = decoder = None
    for chunk in _told(file, size, telling):
        if decoder is None or codec != telling.codec:
            codec = telling.codec
            decoder = codecs.getincrementaldecoder(codec)(errors="replace")
        if codec == "utf-8" and (valid := _valid(decoder, chunk)) is not None:
            if valid:
                yield valid
        elif text := decoder.decode(chunk):
            yield text.encode("utf-8", "replace")
    if decoder is not None and (text := decoder.decode(b"", final=True)):
        yield text.encode("utf-8", "replace")


def _valid(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bytes | None:
    """Give whole characters of a chunk as the bytes that they are; None where not all is UTF-8.

    What begins a character stays with the decoder.
    """
    held = decoder.getstate()[0]
    if not held and chunk.isascii():
        return chunk
    data = held + chunk
    try:
        size = codecs.utf_8_decode(data, "strict", False)[1]
    except UnicodeDecodeError:
        return None
    decoder.setstate((data[size:], 0))
    return data[:size]


class CleanText(io.RawIOBase):
    """The text of a file as valid UTF-8, read forward, with a look at its head.

    Arrow reads ahead in a thread of its own, so whoever goes on with the file calls `stop` first.
    """

    def __init__(self, file: BinaryIO, size: int = CHUNK, telling: Telling | None = None) -> None:
        super().__init__()
        self._chunks, self._held = clean_chunks(file, size, telling), b""
        self._lock, self._stopped = threading.Lock(), False

    def readable(self) -> bool:
        """Tell that the text can be read."""
        return True

    def peek(self, size: int) -> bytes:
        """Give up to `size` bytes without passing over them."""
        while len(self._held) < size and (chunk := next(self._chunks, b"")):
            self._held += chunk
        return self._held[:size]

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes, at most a chunk, at least one unless the text has ended."""
        with self._lock:
            if self._stopped:
                return b""
            if not self._held:
                self._held = next(self._chunks, b"")
            size = len(self._held) if size is None or size < 0 else size
            data, self._held = self._held[:size], self._held[size:]
            return data

    def stop(self) -> None:
        """Read nothing more from the file; waits for a read that is under way in another thread."""
        with self._lock:
            self._stopped = True


def without_returns(text: bytes) -> bytes:
    """Give a text with plain line feeds at its line ends; one byte is looked for many times faster than two."""
    return text.replace(b"\r\n", b"\n") if b"\r" in text else text


def text_lines(
    file: BinaryIO, limit: int = LINE_LIMIT, first_row: int = 0, telling: Telling | None = None
) -> Iterator[Piece]:
    r"""Give the lines of `file` without their ends; a line over `limit` characters comes in parts.

    Lines end at ``\n``; a ``\r`` before it is dropped. An empty last line is no line.

    Examples
    --------
    >>> import io
    >>> [tuple(piece) for piece in text_lines(io.BytesIO(b"one\r\ntwo words\n"), limit=6)]
    [(0, 0, 'one'), (1, 0, 'two '), (1, 1, 'words')]
    """
    row, part, held = first_row, 0, ""
    for text in decoded(file, CHUNK, telling):
        *whole, rest = text.split("\n")
        for line in whole:
            held += line
            if part or len(held) > limit:
                yield from (
                    Piece(row, part + i, piece) for i, piece in enumerate(pieces(_stripped(held), limit))
                )
            else:
                yield Piece(row, 0, _stripped(held))
            row, part, held = row + 1, 0, ""
        held += rest
        if len(held) > limit:
            *cut, held = pieces(held, limit)
            yield from (Piece(row, part + i, piece) for i, piece in enumerate(cut))
            part += len(cut)
    if held:
        yield Piece(row, part, _stripped(held))


def short_lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, str | None]]:
    r"""Give (row, line) for each line of `file`; None in place of a line over `limit` characters.

    Examples
    --------
    >>> import io
    >>> list(short_lines(io.BytesIO(b"one\ntwo and three\nfour"), limit=6))
    [(0, 'one'), (1, None), (2, 'four')]
    """
    held: Piece | None = None
    for piece in text_lines(file, limit):
        if piece.part:
            if held is not None:
                yield held.row, None
            held = None
            continue
        if held is not None:
            yield held.row, held.text
        held = piece
    if held is not None:
        yield held.row, held.text


def _stripped(line: str) -> str:
    """Drop the carriage return of a DOS line end."""
    return line[:-1] if line.endswith("\r") else line


def pieces(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` characters, between words where there are any near the cut.

    Examples
    --------
    >>> pieces("alpha beta gamma", 8)
    ['alpha ', 'beta ', 'gamma']
    >>> pieces("abcdefgh", 3)
    ['abc', 'def', 'gh']
    """
    parts, start = [], 0
    while len(text) - start > limit:
        end = start + limit
        space = text.rfind(" ", max(start, end - min(_NEAR_CUT, limit)), end)
        end = space + 1 if space > start else end
        parts.append(text[start:end])
        start = end
    parts.append(text[start:])
    return parts
