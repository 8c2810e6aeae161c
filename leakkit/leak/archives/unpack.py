"""Compressed bytes as a file that can be read and rewound, without a disk and under a budget."""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.budget import WINDOW_LIMIT, Counter
from leakkit.leak.windows import ZstdGuard

CHUNK = 2**18
PACKED_CHUNK = 2**16
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
"""What the decompressors raise on broken input."""


class RewindingReader(io.RawIOBase):
    """A read-only file over something that can only be read forward; going back starts it again.

    Parameters
    ----------
    start : callable
        Opens the stream at its first byte.
    count : callable
        Told the number of bytes after every read; raises `BadMemberError` when the budget is spent.
    size : int, optional
        Bytes the stream will give, when known beforehand.
    """

    def __init__(
        self,
        start: Callable[[], BinaryIO],
        count: Callable[[int], None] | None = None,
        size: int | None = None,
    ) -> None:
        super().__init__()
        self._start, self._count, self._size = start, count, size
        self._stream: BinaryIO | None = None
        self._position = 0
        self._broken: BadMemberError | None = None

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that the file can be rewound."""
        return True

    def tell(self) -> int:
        """Give the position in unpacked bytes."""
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Read `size` bytes, fewer at the end or before a break; everything left when it is negative."""
        wanted = sys.maxsize if size is None or size < 0 else size
        parts: list[bytes] = []
        while wanted > 0:
            try:
                part = self._piece(min(wanted, CHUNK))
            except BadMemberError:
                if parts:
                    break  # the next read meets the same break and raises
                raise
            if not part:
                break
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _piece(self, size: int) -> bytes:
        """Read some bytes, none at the end; a break is remembered and told every time."""
        if self._broken is not None:
            raise self._broken
        if self._stream is None:
            self._stream = self._start()
        try:
            part = getattr(self._stream, "read1", self._stream.read)(size)
            if self._count is not None:
                self._count(len(part))
        except BadMemberError as error:
            self._broken = error
        except EOFError:
            self._broken = BadMemberError("the packed data ends early", status="truncated")
        except BROKEN as error:
            self._broken = BadMemberError(f"cannot be unpacked ({type(error).__name__})")
        if self._broken is not None:
            raise self._broken
        self._position += len(part)
        return part

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` from the stream."""
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to `offset`: forward by reading on, backward by starting again."""
        if whence == io.SEEK_END:
            offset += self._length()
        elif whence == io.SEEK_CUR:
            offset += self._position
        offset = max(0, offset)
        if offset < self._position:
            self._restart()
        while self._position < offset and self.read(min(CHUNK, offset - self._position)):
            pass
        return self._position

    def _length(self) -> int:
        """Give the number of unpacked bytes, by reading to the end when nobody told."""
        if self._size is None:
            while self.read(CHUNK):
                pass
            self._size = self._position
        return self._size

    def _restart(self) -> None:
        """Go back to the first byte."""
        if self._stream is not None:
            self._stream.close()
        self._stream, self._position, self._broken = None, 0, None
        if isinstance(self._count, Counter):
            self._count.rewind()

    def close(self) -> None:
        """Close the stream behind."""
        if self._stream is not None:
            self._stream.close()
        super().close()


class _XzReader(io.RawIOBase):
    """An xz stream read with a limit on the memory its dictionary may take."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        super().__init__()
        self._file, self._limit = file, limit
        self._decoder = lzma.LZMADecompressor(memlimit=limit)

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        while True:
            if self._decoder.eof:
                rest = self._decoder.unused_data.lstrip(b"\0") or self._file.read(CHUNK).lstrip(b"\0")
                if not rest:
                    return b""
                self._decoder = lzma.LZMADecompressor(memlimit=self._limit)
            else:
                rest = self._file.read(CHUNK) if self._decoder.needs_input else b""
                if not rest and self._decoder.needs_input:
                    raise EOFError
            try:
                data = self._decoder.decompress(rest, size)
            except lzma.LZMAError as error:
                if "Memory usage limit" in str(error):
                    raise BadMemberError(
                        "unpacking asks for more memory than is given", status="limit"
                    ) from None
                raise
            if data:
                return data


class Inflating(io.RawIOBase):
    """A forward-only stream out of deflate: raw as in a zip, or members of gzip one after the other.

    `gzip.GzipFile` reads the name in a header byte by byte in Python, and a name can be as long as the file.
    """

    def __init__(self, file: BinaryIO, wbits: int) -> None:
        super().__init__()
        self._file, self._wbits = file, wbits
        self._decoder = zlib.decompressobj(wbits)

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        while True:
            packed = self._decoder.unconsumed_tail
            if self._decoder.eof and not (packed := self._next_member()):
                return b""
            packed = packed or self._file.read(PACKED_CHUNK)
            if data := self._decoder.decompress(packed, size):  # without input it may still hold output back
                return data
            if not packed and not self._decoder.eof:
                raise EOFError

    def _next_member(self) -> bytes:
        """Start the next member of a gzip file; give its first bytes, none at the end. Zeros may fill up."""
        if self._wbits < 0:
            return b""
        rest = self._decoder.unused_data
        while not (rest := rest.lstrip(b"\0")) and (rest := self._file.read(PACKED_CHUNK)):
            pass
        if rest:
            self._decoder = zlib.decompressobj(self._wbits)
        return rest


def _start_gzip(file: BinaryIO, window: int) -> BinaryIO:
    return cast(BinaryIO, Inflating(file, zlib.MAX_WBITS + 16))


def _start_bzip2(file: BinaryIO, window: int) -> BinaryIO:
    return cast(BinaryIO, bz2.BZ2File(file, "rb"))


def _start_xz(file: BinaryIO, window: int) -> BinaryIO:
    return cast(BinaryIO, _XzReader(file, window))


class _ArrowReader(io.RawIOBase):
    """A zstd or lz4 stream through Arrow, which tells cut streams from whole ones and limits the window."""

    def __init__(self, file: BinaryIO, codec: str) -> None:
        super().__init__()
        import pyarrow as pa

        self._stream = pa.CompressedInputStream(pa.PythonFile(_Borrowed(file), mode="r"), codec)

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        try:
            return cast(bytes, self._stream.read(size))
        except OSError as error:
            if "Truncated" in str(error):
                raise EOFError from None
            raise


class _Borrowed(io.RawIOBase):
    """A file that whoever reads it cannot close."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        return self._file.read(size)


def _start_zstd(file: BinaryIO, window: int) -> BinaryIO:
    return cast(BinaryIO, _ArrowReader(cast(BinaryIO, ZstdGuard(file, window)), "zstd"))


def _start_lz4(file: BinaryIO, window: int) -> BinaryIO:
    return cast(BinaryIO, _ArrowReader(file, "lz4"))


STARTERS: dict[str, Callable[[BinaryIO, int], BinaryIO]] = {
    "gzip": _start_gzip,
    "bzip2": _start_bzip2,
    "xz": _start_xz,
    "zstd": _start_zstd,
    "lz4": _start_lz4,
}
"""Compressed single streams that are opened, by format; told the file and the memory for a window."""


def open_compressed(
    file: BinaryIO,
    format: str,
    count: Callable[[int], None] | None = None,
    window: int = WINDOW_LIMIT,
) -> RewindingReader:
    """Open the one stream inside a gzip, bzip2, xz, zstd or lz4 file.

    Parameters
    ----------
    file : binary file
        Seekable; stays open.
    format : {'gzip', 'bzip2', 'xz', 'zstd', 'lz4'}
    count : callable, optional
        Told the number of unpacked bytes after every read.
    window : int
        Largest dictionary (xz) or window (zstd) the decompressor may allocate (bytes).

    Examples
    --------
    >>> import gzip, io
    >>> open_compressed(io.BytesIO(gzip.compress(b"invented")), "gzip").read()
    b'invented'
    """

    def start() -> BinaryIO:
        file.seek(0)
        return STARTERS[format](file, window)

    return RewindingReader(start, count)
