"""One member as bytes that can be read by position, under a budget, without touching a disk."""

from __future__ import annotations

import io
from typing import BinaryIO, Protocol, cast, runtime_checkable

from leakkit.errors import BadMemberError

HEAD_BYTES = 65_536
"""How much of every member is read before its format is decided."""

HEADER_LIMIT = 16 * 2**20
"""The longest single read a format reader may ask for (bytes)."""

TAIL_BYTES = 2**20
"""What is kept of the end of large members of packed archives (bytes): directories and footers stand there."""


@runtime_checkable
class Source(Protocol):
    """What a format reader sees of a member.

    ``head`` holds the first `HEAD_BYTES` bytes, or everything when the member is shorter.
    """

    name: str
    size: int
    head: bytes

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes from `offset`; fewer than `length` only at the end of the member."""

    def stream(self) -> BinaryIO:
        """Open the member from its first byte, for reading (and seeking, at a cost)."""


def check_span(offset: int, length: int) -> None:
    """Refuse a read that no honest header asks for."""
    if offset < 0 or length < 0:
        raise BadMemberError("a header points before the start of the file")
    if length > HEADER_LIMIT:
        raise BadMemberError(
            f"a header asks for {length:,} bytes at once; the limit is {HEADER_LIMIT:,}", status="limit"
        )


class BytesSource:
    """A member that is wholly in memory.

    Examples
    --------
    >>> source = BytesSource(b"GGUF....", "model.gguf")
    >>> source.read_at(0, 4), source.size
    (b'GGUF', 8)
    """

    __slots__ = ("data", "head", "name", "size")

    def __init__(self, data: bytes, name: str = "") -> None:
        self.data, self.name, self.size = data, name, len(data)
        self.head = data if len(data) <= HEAD_BYTES else data[:HEAD_BYTES]

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes from `offset`; fewer than `length` only at the end."""
        check_span(offset, length)
        return self.data[offset : offset + length]

    def stream(self) -> BinaryIO:
        """Open the bytes as a file."""
        return io.BytesIO(self.data)


class FileSource:
    """A member behind a seekable binary file: a file on disk, an archive member, a remote object."""

    __slots__ = ("_file", "head", "name", "size")

    def __init__(
        self, file: BinaryIO, name: str = "", size: int | None = None, head: bytes | None = None
    ) -> None:
        self._file, self.name = file, name
        self.size = file.seek(0, io.SEEK_END) if size is None else size
        self.head = self.read_at(0, HEAD_BYTES) if head is None else head

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes from `offset`; fewer than `length` only at the end."""
        check_span(offset, length)
        if offset + length <= len(getattr(self, "head", b"")):
            return self.head[offset : offset + length]
        self._file.seek(offset)
        return read_span(self._file, min(length, max(0, self.size - offset)))

    def stream(self) -> BinaryIO:
        """Rewind the file behind the member."""
        self._file.seek(0)
        return self._file


class PackedSource:
    """A member that unpacks again from its start whenever one goes back: its first and last bytes are kept.

    The last are those the caller has read already, or are read when first something out of order is
    asked for.
    """

    __slots__ = ("_file", "_first", "_tail", "head", "name", "size")

    def __init__(self, file: BinaryIO, name: str, size: int, first: bytes, tail: bytes | None = None) -> None:
        self._file, self.name, self.size, self._first, self._tail = file, name, size, first, tail
        self.head = first[:HEAD_BYTES]

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes from `offset`; fewer than `length` only at the end of the member."""
        check_span(offset, length)
        end = min(offset + length, self.size)
        if end <= len(self._first):
            return self._first[offset:end]
        if self._tail is None and offset != self._file.tell():
            self._tail = self._read_to_end()
        if self._tail is not None and offset >= self.size - len(self._tail):
            return self._tail[offset - (self.size - len(self._tail)) : end - (self.size - len(self._tail))]
        self._file.seek(offset)
        return read_span(self._file, end - offset)

    def _read_to_end(self) -> bytes:
        """Read on to the end; give the last bytes."""
        tail = b""
        while part := self._file.read(TAIL_BYTES):
            tail = (tail + part)[-TAIL_BYTES:]
        return tail

    def stream(self) -> BinaryIO:
        """Open the member as a file over what is kept."""
        return cast(BinaryIO, io.BufferedReader(_SourceFile(self), 2**18))


def read_span(file: BinaryIO, length: int) -> bytes:
    """Read `length` bytes, fewer only at the end, whatever the size of single reads."""
    parts: list[bytes] = []
    while length > 0 and (part := file.read(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class _SourceFile(io.RawIOBase):
    """A source as a raw file."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source, self._position = source, 0

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that any place can be read."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset`."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._source.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """Give the position."""
        return self._position

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` from the source."""
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self._source.read_at(self._position, min(len(view), HEADER_LIMIT))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)
