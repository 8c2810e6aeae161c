"""The bytes of a pickle one after another, and how the argument of each opcode is read from them."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.formats.pickle_calls import is_suspect
from leakkit.leak.formats.pickle_values import LOST, OTHER, Blob
from leakkit.leak.source import Source

CHUNK = 65_536
TEXT_LIMIT = 1_000
BYTES_LIMIT = 256 * 2**20
SUSPECT_LENGTH = 12
SUSPECTS_LIMIT = 1_000


class EndedError(Exception):
    """The bytes ended, or could not be read on, inside an opcode."""


class LimitError(Exception):
    """A budget was spent."""


class Cursor:
    """Bytes of a source from a small buffer; skipping costs nothing.

    Parameters
    ----------
    source : Source
        The member.
    offset : int
        Where to begin.
    suspects : list of Blob
        Gets the places of constants that begin as pickles do.
    budget : int
        Bytes that may be read (not skipped) before `LimitError`.
    """

    __slots__ = ("_at", "_buffer", "_source", "_start", "budget", "suspects")

    def __init__(
        self, source: Source, offset: int = 0, suspects: list[Blob] | None = None, budget: int = BYTES_LIMIT
    ) -> None:
        self._source, self._buffer, self._start, self._at = source, b"", offset, 0
        self.budget, self.suspects = budget, [] if suspects is None else suspects

    @property
    def position(self) -> int:
        """Offset in the source of the next byte."""
        return self._start + self._at

    def _fill(self) -> None:
        """Read the next piece of the source."""
        self._start += self._at
        self._buffer, self._at = b"", 0
        if self.budget <= 0:
            raise LimitError
        try:
            self._buffer = self._source.read_at(self._start, CHUNK)
        except BadMemberError as error:
            raise EndedError from error
        self.budget -= len(self._buffer)
        if not self._buffer:
            raise EndedError

    def byte(self) -> int:
        """Next byte as a number."""
        if self._at >= len(self._buffer):
            self._fill()
        self._at += 1
        return self._buffer[self._at - 1]

    def take(self, length: int) -> bytes:
        """Next `length` bytes, a small number."""
        at = self._at
        if at + length <= len(self._buffer):
            self._at = at + length
            return self._buffer[at : at + length]
        part = self._buffer[at:]
        while len(part) < length:
            self._at = len(self._buffer)
            self._fill()
            piece = self._buffer[: length - len(part)]
            self._at = len(piece)
            part += piece
        return part

    def look_at(self, length: int) -> None:
        """Remember the constant of `length` bytes that begins here when it could be a pickle of its own."""
        if SUSPECT_LENGTH <= length <= self._source.size and len(self.suspects) < SUSPECTS_LIMIT:
            if self._at + 4 > len(self._buffer):
                self._fill()
            if is_suspect(self._buffer[self._at : self._at + 4]):
                self.suspects.append(Blob(self.position, length))

    def number(self, length: int, signed: bool = False) -> int:
        """Next `length` bytes as a little-endian number."""
        return int.from_bytes(self.take(length), "little", signed=signed)

    def skip(self, length: int) -> None:
        """Step over `length` bytes; past the end of the source is the end of the pickle."""
        target = self.position + length
        if target > self._source.size:
            raise EndedError
        if target <= self._start + len(self._buffer):
            self._at += length
        else:
            self.move(target)

    def move(self, offset: int) -> None:
        """Go on at `offset` of the source."""
        self._buffer, self._start, self._at = b"", offset, 0

    def line(self) -> bytes:
        """Rest of the line without its end; of a very long line only the start."""
        kept = b""
        while True:
            end = self._buffer.find(b"\n", self._at)
            piece = self._buffer[self._at : len(self._buffer) if end < 0 else end]
            if len(kept) <= TEXT_LIMIT:
                kept += piece[: TEXT_LIMIT + 1]
            if end >= 0:
                self._at = end + 1
                return kept
            self._at = len(self._buffer)
            self._fill()


def _text(cursor: Cursor, length: int) -> Any:
    """Text of `length` bytes, or LOST when no name is that long."""
    cursor.look_at(length)
    if length > TEXT_LIMIT:
        cursor.skip(length)
        return LOST
    return cursor.take(length).decode("utf-8", "surrogatepass")


def _latin(cursor: Cursor, length: int) -> Any:
    """Python 2 text of `length` bytes."""
    cursor.look_at(length)
    if length > TEXT_LIMIT:
        cursor.skip(length)
        return LOST
    return cursor.take(length).decode("latin-1")


def _blob(cursor: Cursor, length: int) -> Blob:
    """Bytes that are stepped over."""
    cursor.look_at(length)
    offset = cursor.position
    cursor.skip(length)
    return Blob(offset, length)


def _quoted(cursor: Cursor) -> Any:
    """Text of protocol 0 between quotes."""
    line = cursor.line().strip()
    if len(line) > TEXT_LIMIT:
        return LOST
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in b"'\"":
        raise ValueError("text without quotes")
    return codecs.escape_decode(line[1:-1])[0].decode("latin-1")


def _raw_unicode(cursor: Cursor) -> Any:
    """Text of protocol 0, in which other letters are escaped by their numbers."""
    line = cursor.line()
    return LOST if len(line) > TEXT_LIMIT else line.decode("raw-unicode-escape")


def _integer_line(cursor: Cursor) -> Any:
    """Decimal number of protocol 0; 00 and 01 are truth values, very long ones are not kept."""
    line = cursor.line().strip()
    if line in (b"00", b"01") or len(line) > 40:
        return OTHER
    return int(line.rstrip(b"L"), 0)


def _memo_key(cursor: Cursor) -> int:
    """Memo key of protocol 0."""
    return int(cursor.line()[:40])


def _long(cursor: Cursor, length: int) -> Any:
    """Integer of `length` bytes; a large one is not kept."""
    if length > 16:
        cursor.skip(length)
        return OTHER
    return cursor.number(length, signed=True)


def _float_line(cursor: Cursor) -> Any:
    """Check and drop a decimal fraction of protocol 0."""
    float(cursor.line())
    return OTHER


def _float(cursor: Cursor) -> Any:
    """Drop eight bytes."""
    cursor.skip(8)
    return OTHER


def read_pair(cursor: Cursor) -> tuple[str, str]:
    """Module and name of protocol 0 to 3, one line each."""
    module, name = cursor.line(), cursor.line()
    return module.decode("utf-8"), name.decode("utf-8")


ARGUMENTS: dict[str, Callable[[Cursor], Any]] = {
    "uint1": lambda c: c.byte(),
    "uint2": lambda c: c.number(2),
    "int4": lambda c: c.number(4, signed=True),
    "uint4": lambda c: c.number(4),
    "uint8": lambda c: c.number(8),
    "float8": _float,
    "floatnl": _float_line,
    "decimalnl_short": _integer_line,
    "decimalnl_long": _integer_line,
    "long1": lambda c: _long(c, c.byte()),
    "long4": lambda c: _long(c, c.number(4)),
    "string1": lambda c: _latin(c, c.byte()),
    "string4": lambda c: _latin(c, c.number(4)),
    "bytes1": lambda c: _blob(c, c.byte()),
    "bytes4": lambda c: _blob(c, c.number(4)),
    "bytes8": lambda c: _blob(c, c.number(8)),
    "bytearray8": lambda c: _blob(c, c.number(8)),
    "unicodestring1": lambda c: _text(c, c.byte()),
    "unicodestring4": lambda c: _text(c, c.number(4)),
    "unicodestring8": lambda c: _text(c, c.number(8)),
    "stringnl": _quoted,
    "stringnl_noescape": lambda c: c.line().decode("utf-8", "replace"),
    "unicodestringnl": _raw_unicode,
    "stringnl_noescape_pair": read_pair,
}
"""Reader of an opcode's argument, by the name `pickletools` gives the argument."""

MEMO_KEY = _memo_key
