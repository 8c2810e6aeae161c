"""How much memory an xz or zstd stream asks for before it gives a byte: its dictionary or window.

Layouts: the .xz file format 1.2.1, sections 2.1 and 3.1; Zstandard, RFC 8878, section 3.1.1.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from leakkit.errors import BadMemberError

_XZ, _LZMA2 = b"\xfd7zXZ\0", 0x21
_ZSTD, _SKIPPABLE = 0xFD2FB528, 0x184D2A50
_NEEDED_BY_FILTERS = 2**20


def declared_window(head: bytes, format: str) -> int | None:
    """Give the bytes that unpacking will hold back, as the first header of a stream tells; 0 where none does.

    None for formats that hold little back.

    Parameters
    ----------
    head : bytes
        The first bytes of the packed stream; 64 are enough.
    format : str
        ``xz`` and ``zstd`` hold much back.

    Examples
    --------
    >>> import lzma
    >>> declared_window(lzma.compress(b"", preset=6), "xz") // 2**20  # an empty stream has no block
    0
    >>> declared_window(lzma.compress(b"invented", preset=6), "xz") // 2**20
    9
    """
    if format not in ("xz", "zstd"):
        return None
    try:
        if format == "xz":
            return _xz_dictionary(head) if head.startswith(_XZ) else 0
        return _zstd_window(head)[0] if head.startswith(_ZSTD.to_bytes(4, "little")) else 0
    except IndexError:
        return 0


def _xz_dictionary(head: bytes) -> int:
    """Read the dictionary's size from the first block header."""
    if not head[12]:  # the index follows: an empty stream
        return 0
    at = 14 + _length(head, 14, head[13] >> 6 & 1)
    at += _length(head, at, head[13] >> 7)
    for _ in range((head[13] & 3) + 1):
        kind, size = head[at], head[at + 1]
        if kind == _LZMA2 and size == 1:
            bits = head[at + 2] & 63
            return ((2 | bits & 1) << (bits // 2 + 11)) + _NEEDED_BY_FILTERS
        at += 2 + size
    return 0


def _length(head: bytes, at: int, present: int) -> int:
    """Give the length of a number of variable length, 0 when it is not there."""
    length = 0
    while present and head[at + length] & 0x80:
        length += 1
    return length + present


def _zstd_window(frame: bytes) -> tuple[int, int, bool]:
    """Give the window of a zstd frame, the length of its header, and whether a checksum ends it."""
    descriptor = frame[4]
    single = descriptor >> 5 & 1
    at = 5 + (1 - single) + (0, 1, 2, 4)[descriptor & 3]
    width = (single, 2, 4, 8)[descriptor >> 6]
    if len(frame) < at + width:
        raise IndexError
    if single:
        window = int.from_bytes(frame[at : at + width], "little") + (256 if width == 2 else 0)
    else:
        base = 1 << 10 + (frame[5] >> 3)
        window = base + base // 8 * (frame[5] & 7)
    return window, at + width, bool(descriptor & 4)


class ZstdGuard(io.RawIOBase):
    """A zstd stream passed on as it is, until a frame asks for a larger window than is given.

    Arrow's decompressor takes up to 128 MiB for each stream, and streams can stand in one another.
    """

    def __init__(self, file: BinaryIO, limit: int) -> None:
        super().__init__()
        self._file, self._limit = file, limit
        self._held, self._skip, self._in_frame, self._checksum = b"", 0, False, False

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        data = self._file.read(size)
        self._follow(data)
        return data

    def _follow(self, data: bytes) -> None:
        """Go from header to header; a header that is cut waits for the rest."""
        if self._skip >= len(data):
            self._skip -= len(data)
            return
        held, at = self._held + data[self._skip :], 0
        self._skip = 0
        while at < len(held):
            length = self._header(held[at : at + 18])
            if not length:
                break
            at += length
        self._held = held[at:]
        self._skip = max(0, at - len(held))

    def _header(self, head: bytes) -> int:
        """Read the frame or block header at `head`; give how far it is to the next, 0 when more is needed."""
        if self._in_frame:
            if len(head) < 3:
                return 0
            word = int.from_bytes(head[:3], "little")
            self._in_frame = not word & 1
            stored = 1 if word >> 1 & 3 == 1 else word >> 3
            return 3 + stored + (0 if self._in_frame or not self._checksum else 4)
        if len(head) < 8:
            return 0
        magic, size = struct.unpack_from("<II", head)
        if magic & 0xFFFFFFF0 == _SKIPPABLE:
            return 8 + int(size)
        try:
            window, length, self._checksum = _zstd_window(head)
        except IndexError:
            return 0
        if magic == _ZSTD and window > self._limit:
            raise BadMemberError("unpacking asks for more memory than is given", status="limit")
        self._in_frame = True
        return length
