"""The members of a tar archive, one after the other, whatever is wrong with some of them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.budget import Meter
from leakkit.leak.entry import Entry, climbs_out
from leakkit.leak.text import printable

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
        archive = tarfile.TarFile(fileobj=cast(io.BytesIO, file), errorlevel=0)
        yield from _entries(archive, meter)
    except tarfile.TarError as error:
        early = "unexpected end" in str(error) or "empty" in str(error)
        raise BadMemberError(
            "the tar archive is broken", status="truncated" if early else "corrupt"
        ) from None
    except (ValueError, OverflowError, UnicodeError, RecursionError, MemoryError) as error:
        if isinstance(error, BadMemberError):
            raise
        raise BadMemberError("a tar header holds a value out of range", status="corrupt") from None


def _entries(archive: tarfile.TarFile, meter: Meter) -> Iterator[Entry]:
    """Walk the headers, forgetting each member so that memory stays flat."""
    while (info := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header it has read
        if not info.isdir():
            yield _entry(archive, info, meter)
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
    stored = None if blocks is None else sum(length for _, length in blocks)
    meter.check_declared(info.size, stored)
    return cast(BinaryIO, archive.extractfile(info))
