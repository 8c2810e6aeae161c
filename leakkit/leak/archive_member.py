"""An archive member as a source: small ones in memory, large ones by position or read through once."""

from __future__ import annotations

from typing import BinaryIO

from leakkit.errors import BadMemberError
from leakkit.leak.archives.entry import Entry
from leakkit.leak.archives.unpack import CHUNK
from leakkit.leak.digest import Digest
from leakkit.leak.source import HEAD_BYTES, TAIL_BYTES, BytesSource, FileSource, PackedSource
from leakkit.leak.visit import UNREADABLE, Visit

IN_MEMORY = 24 * 2**20
"""Members up to this size are read once and kept while they are looked at (bytes); half of that one archive deeper."""


def attach(visit: Visit, entry: Entry, file: BinaryIO, hashes: tuple[str, ...], depth: int) -> None:
    """Give a visit its source; what is broken keeps the part that can be read.

    Where going back would unpack again, a large member is read through once if it is to be hashed or
    nobody knows its length, hashed on the way.

    Parameters
    ----------
    visit : Visit
        ``packed`` tells whether going back unpacks again. Source, size, digests, status and error are set.
    entry : Entry
    file : binary file
        The entry, opened.
    hashes : tuple of str
        Hashes that are wanted.
    depth : int
        1 for members of an archive that stands in no other.
    """
    name = entry.name.rpartition("/")[2]
    limit = IN_MEMORY >> (depth - 1)
    first, broken = read_until_broken(file, limit)
    if broken is None and len(first) == limit:
        if entry.size is None or (visit.packed and hashes):
            broken = _read_through(visit, name, file, first, hashes)
        elif visit.packed:
            visit.size, visit.source = entry.size, PackedSource(file, name, entry.size, first)
        else:
            visit.size, visit.source = entry.size, FileSource(file, name, entry.size, first[:HEAD_BYTES])
    elif first or broken is None:
        visit.size = len(first) if entry.size is None else entry.size
        visit.source = BytesSource(first, name)
        if broken is None and len(first) < visit.size:
            broken = BadMemberError(f"{len(first):,} of {visit.size:,} bytes could be read", "truncated")
    if broken is not None:
        visit.status, visit.error = broken.status, broken.reason
        visit.digests = {}  # a hash of a part would pass for that of the member


def _read_through(
    visit: Visit, name: str, file: BinaryIO, first: bytes, hashes: tuple[str, ...]
) -> BadMemberError | None:
    """Read a large member to its end, hash it and keep its last bytes; give what broke."""
    digest, tail, size, broken = Digest(hashes), b"", len(first), None
    digest.update(first)
    while broken is None:
        part, broken = read_until_broken(file, TAIL_BYTES)
        if not part:
            break
        digest.update(part)
        size += len(part)
        tail = (tail + part)[-TAIL_BYTES:]
    visit.size, visit.digests = size, digest.result()
    visit.source = PackedSource(file, name, size, first, tail)
    return broken


def read_until_broken(file: BinaryIO, limit: int) -> tuple[bytes, BadMemberError | None]:
    """Read until `limit`, the end or the first break; give what came and what broke."""
    parts: list[bytes] = []
    broken = None
    try:
        while limit and (part := file.read(min(limit, CHUNK))):
            parts.append(part)
            limit -= len(part)
    except BadMemberError as error:
        broken = error
    except UNREADABLE as error:
        broken = BadMemberError(f"the member cannot be read to its end ({type(error).__name__})")
    return b"".join(parts), broken
