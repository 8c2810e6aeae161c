"""One member of a zip as a file: unpacked on the way, checked at its end, rewound at will."""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import CHUNK, STARTERS, Inflating, RewindingReader
from leakkit.leak.archives.zip_directory import LocalHeader, Member, local_header, read_at
from leakkit.leak.budget import WINDOW_LIMIT
from leakkit.leak.windows import declared_window

STORED, DEFLATE, LZMA = 0, 8, 14
_BY_STARTER = {12: "bzip2", 93: "zstd", 95: "xz"}
_NAMES = {
    1: "shrink",
    6: "implode",
    9: "deflate64",
    16: "CMPSC",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
    99: "AES",
}


def header_of(file: BinaryIO, member: Member) -> LocalHeader:
    """Read the header in front of a member's data."""
    header = local_header(file, member.offset)
    if header is None:
        raise BadMemberError("no member stands where the archive's directory says")
    return header


def open_member(
    file: BinaryIO,
    member: Member,
    count: Callable[[int], None] | None = None,
    header: LocalHeader | None = None,
    memory: int = WINDOW_LIMIT,
) -> BinaryIO:
    """Open one member of a zip.

    Parameters
    ----------
    file : binary file
        The archive.
    member : Member
        From `leakkit.leak.archives.zip_directory.members`.
    count : callable, optional
        Told the number of unpacked bytes after every read.
    header : LocalHeader, optional
        When it was read already.
    memory : int
        Largest dictionary or window that unpacking may allocate (bytes).

    Raises
    ------
    BadMemberError
        No member there, or packed by a method that is not supported (``refused``).
    """
    header = header or header_of(file, member)
    place, packed, method = header.data_offset, member.compressed_size, member.method
    if method not in (STORED, DEFLATE, LZMA, *_BY_STARTER):
        raise BadMemberError(
            f"packed by {_NAMES.get(method, f'method {method}')}, which is not read", status="refused"
        )
    if method == STORED:
        return cast(BinaryIO, Window(file, place, packed, member.crc, count))

    def start() -> BinaryIO:
        unpacked = _decoder(method, Window(file, place, packed), memory)
        return cast(BinaryIO, _Checked(unpacked, member.size, member.crc))

    return cast(BinaryIO, RewindingReader(start, count, member.size))


def declared_memory(file: BinaryIO, member: Member, header: LocalHeader) -> int | None:
    """Give the bytes that unpacking a member will hold back, by its own word; None for next to none."""
    if member.method in (STORED, DEFLATE):
        return None
    head = read_at(file, header.data_offset, min(64, member.compressed_size))
    if member.method == LZMA:
        return int(struct.unpack_from("<I", head, 5)[0]) if len(head) >= 9 else 0
    return declared_window(head, _BY_STARTER.get(member.method, ""))


def _decoder(method: int, window: Window, memory: int) -> BinaryIO:
    """Start unpacking."""
    if method == DEFLATE:
        return cast(BinaryIO, Inflating(cast(BinaryIO, window), -zlib.MAX_WBITS))
    if method == LZMA:
        return cast(BinaryIO, _Decoding(window, _lzma(window, memory)))
    return STARTERS[_BY_STARTER[method]](cast(BinaryIO, window), memory)


class Window(io.RawIOBase):
    """A stretch of a file as a file of its own; reading it in one go checks the checksum."""

    def __init__(
        self,
        file: BinaryIO,
        offset: int,
        length: int,
        crc: int | None = None,
        count: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._file, self._offset, self._length, self._crc, self._count = file, offset, length, crc, count
        self._position = self._checked = self._running = self._furthest = 0

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that any place can be read."""
        return True

    def tell(self) -> int:
        """Give the position."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset`."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, base + offset)
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Read up to `size` bytes; raises at the end when the bytes are not those that were stored."""
        left = max(0, self._length - self._position)
        wanted = left if size is None or size < 0 else min(left, size)
        data = read_at(self._file, self._offset + self._position, wanted) if wanted else b""
        if self._crc is not None and size != 0:
            self._check(data, wanted)
        self._position += len(data)
        if self._count is not None and self._position > self._furthest:
            # Stored bytes do not grow, but members may share them: each is counted the first time it is read.
            self._count(min(len(data), self._position - self._furthest))
            self._furthest = self._position
        return data

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`."""
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def _check(self, data: bytes, wanted: int) -> None:
        """Carry the checksum on while reading goes forward without a gap; judge it behind the last byte."""
        if data:
            known = self._checked - self._position
            if 0 <= known < len(data):
                self._running = zlib.crc32(memoryview(data)[known:], self._running)
                self._checked = self._position + len(data)
        elif wanted:
            raise BadMemberError("the archive ends inside this member", status="truncated")
        elif self._checked == self._length == self._position and self._running != self._crc:
            raise BadMemberError("its checksum differs from the archive's")


class _Checked(io.RawIOBase):
    """Unpacked bytes, never more than were announced; length and checksum are judged behind the last."""

    def __init__(self, stream: BinaryIO, size: int, crc: int) -> None:
        super().__init__()
        self._stream, self._left, self._crc, self._running = stream, size, crc, 0

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        data = self._stream.read(min(size, self._left) if self._left else 1)
        if self._left and data:
            self._left -= len(data)
            self._running = zlib.crc32(data, self._running)
            return data
        if data:
            raise BadMemberError("unpacks to more bytes than its header says")
        if self._left:
            raise BadMemberError("unpacks to fewer bytes than its header says", status="truncated")
        if self._running != self._crc:
            raise BadMemberError("its checksum differs from the archive's")
        return b""


class _Decoding(io.RawIOBase):
    """A forward-only stream through a decoder of the bz2 and lzma kind."""

    def __init__(self, window: Window, decoder: lzma.LZMADecompressor) -> None:
        super().__init__()
        self._window, self._decoder = window, decoder

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        while not self._decoder.eof:
            packed = self._window.read(CHUNK) if self._decoder.needs_input else b""
            if data := self._decoder.decompress(packed, size):
                return data
            if not packed and self._decoder.needs_input:
                break
        return b""


def _lzma(window: Window, memory: int) -> lzma.LZMADecompressor:
    """Start LZMA from the header that zip puts before it; a giant dictionary is refused."""
    header = window.read(4)
    length = struct.unpack_from("<H", header, 2)[0] if len(header) == 4 else 0
    properties = window.read(length)
    if len(properties) != 5 or properties[0] >= 225:
        raise BadMemberError("cannot be unpacked (LZMA header)")
    dictionary = struct.unpack_from("<I", properties, 1)[0]
    if dictionary > memory:
        raise BadMemberError("unpacking asks for more memory than is given", status="limit")
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": max(dictionary, 4096), "lc": lc, "lp": lp, "pb": pb}]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
