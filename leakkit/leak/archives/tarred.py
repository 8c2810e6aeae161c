"""The members of a tar archive, one after the other, whatever is wrong with some of them."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.archives.entry import Entry, climbs_out
from leakkit.leak.archives.unpack import CHUNK, RewindingReader
from leakkit.leak.budget import Meter
from leakkit.leak.text import printable

HEADER_BYTES = 2**20
"""What the headers of one member may take: long names, extended attributes, maps of sparse files."""

LARGEST = 2**63 - 1
_MANY_DIGITS = re.compile(rb"\d{100}")
_SPECIAL = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a character device",
    tarfile.BLKTYPE: "a block device",
    tarfile.FIFOTYPE: "a named pipe",
}


def iter_tar(file: BinaryIO, meter: Meter) -> Iterator[Entry]:
    """Give the entries of an uncompressed tar stream in stored order; folders are passed over.

    Parameters
    ----------
    file : binary file
        Seekable, at any position. Compressed archives come through `open_compressed` first.
    meter : Meter
        Counts what is read out of members that a sparse map blows up.

    Yields
    ------
    Entry
        ``open`` works until the next entry is asked for.

    Raises
    ------
    BadMemberError
        When the archive itself ends early or is broken; entries before that were given.
    """
    file.seek(0)
    try:
        headers = _Headers(file)
        archive = tarfile.TarFile(fileobj=cast(Any, headers), errorlevel=0)
        yield from _entries(archive, headers, meter)
    except tarfile.TarError as error:
        early = "unexpected end" in str(error) or "empty" in str(error)
        raise BadMemberError(
            "the tar archive is broken", status="truncated" if early else "corrupt"
        ) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        if isinstance(error, BadMemberError):
            raise
        raise BadMemberError("a tar header holds a value out of range", status="corrupt") from None


class _Headers:
    """The file as `tarfile` sees it: while headers are read, only so many bytes are given."""

    def __init__(self, file: BinaryIO) -> None:
        self.tell, self.seek, self.seekable = file.tell, file.seek, file.seekable
        self._file, self._left = file, HEADER_BYTES
        self._limited = True

    def limit(self, limited: bool) -> None:
        """Say whether what is read next is a header; each may take `HEADER_BYTES`."""
        self._limited, self._left = limited, HEADER_BYTES

    def read(self, size: int) -> bytes:
        """Read `size` bytes, unless no honest header is like that."""
        if not self._limited:
            return self._file.read(size)
        if not 0 <= size <= self._left:
            raise BadMemberError(
                f"a tar header is longer than {HEADER_BYTES:,} bytes; what follows was not read",
                status="limit",
            )
        self._left -= size
        data = self._file.read(size)
        if size > tarfile.BLOCKSIZE and _MANY_DIGITS.search(data):  # tarfile's search takes their square
            raise BadMemberError("a tar header holds a number of too many digits; what follows was not read")
        return data


def _entries(archive: tarfile.TarFile, headers: _Headers, meter: Meter) -> Iterator[Entry]:
    """Walk the headers, forgetting each member so that memory stays flat."""
    reached = -1
    while (info := archive.next()) is not None:
        if info.size < 0 or archive.offset <= reached or archive.offset > LARGEST:
            raise BadMemberError("a tar header holds a value out of range; what follows was not read")
        reached = archive.offset
        archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header it has read
        # Names and values that hold for all members are looked at for each; only these mean something.
        known = {name: value for name, value in archive.pax_headers.items() if name in tarfile.PAX_FIELDS}
        archive.pax_headers = known
        if not info.isdir():
            headers.limit(False)
            yield _entry(archive, info, meter)
            headers.limit(True)
    _check_end(archive)


def _check_end(archive: tarfile.TarFile) -> None:
    """Tell a whole archive from one that was cut: the end is marked by a block of zeros."""
    file = cast(BinaryIO, archive.fileobj)
    file.seek(archive.offset)
    block = file.read(tarfile.BLOCKSIZE)
    if block.strip(b"\0"):
        raise BadMemberError(
            "a header in the tar archive is broken; what follows was not read", status="corrupt"
        )
    if len(block) < tarfile.BLOCKSIZE:
        raise BadMemberError("the tar archive ends without its end mark", status="truncated")


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo, meter: Meter) -> Entry:
    """Describe one header."""
    entry = Entry(
        printable(info.name), size=info.size, mtime=float(info.mtime), escapes=climbs_out(info.name)
    )
    if special := _SPECIAL.get(info.type):
        target = f" to {printable(info.linkname, 100)}" if info.linkname else ""
        entry.status, entry.error = "refused", f"{special}{target}; links and devices are not followed"
        entry.escapes = entry.escapes or (info.issym() and climbs_out(info.linkname))
    elif not info.isreg():
        entry.status, entry.error = "refused", "a tar member of an unknown type"
    else:
        entry.open = lambda: _open(archive, info, meter)
    return entry


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo, meter: Meter) -> BinaryIO:
    """Open a regular member; a sparse one is metered, since its holes cost nothing to store."""
    blocks = cast("list[tuple[int, int]] | None", info.sparse)
    if blocks is None:
        return cast(BinaryIO, archive.extractfile(info))
    stored = sum(length for _, length in blocks)
    meter.check_declared(info.size, stored)
    file = cast(BinaryIO, archive.fileobj)

    def start() -> BinaryIO:
        return cast(BinaryIO, _Pieces(_sparse(file, info.offset_data, info.size, blocks)))

    return cast(BinaryIO, RewindingReader(start, meter.counter(stored), info.size))


def _sparse(file: BinaryIO, place: int, size: int, blocks: list[tuple[int, int]]) -> Iterator[bytes]:
    """Give a sparse member piece by piece: the stored blocks, and zeros between them."""
    position = 0
    for offset, length in [*blocks, (size, 0)]:
        if offset < position or length < 0 or offset + length > size:
            raise BadMemberError("the map of a sparse member runs backwards or beyond its end")
        while position < offset:
            yield bytes(min(CHUNK, offset - position))
            position += min(CHUNK, offset - position)
        for start in range(0, length, CHUNK):
            file.seek(place + start)
            piece = file.read(min(CHUNK, length - start))
            if not piece:
                raise BadMemberError("the archive ends inside this member", status="truncated")
            yield piece
        place, position = place + length, position + length


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file that is read forward."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        held = self._held or next(self._pieces, b"")
        self._held = held[size:]
        return held[:size]
