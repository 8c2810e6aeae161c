"""Every member of a leak in a fixed order, archives inside archives included, each as a source of bytes.

The order: a folder's files by name, then its folders by name; an archive's members as stored. Nothing
is extracted: a member is open only until the next one is asked for.
"""

from __future__ import annotations

import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.digest import Digest
from leakkit.leak.entry import Entry
from leakkit.leak.listings import LISTING_FORMATS, Listed, read_listing
from leakkit.leak.sniff import sniff
from leakkit.leak.source import HEAD_BYTES, BytesSource, FileSource, Source, WindowSource
from leakkit.leak.text import printable
from leakkit.leak.unpack import BROKEN, CHUNK, STARTERS, open_compressed

IN_MEMORY = 24 * 2**20
"""Archive members up to this size are read once and kept while they are looked at (bytes)."""

TAIL_BYTES = 2**20
"""What is kept of the end of larger ones (bytes): directories and footers stand there."""

UNREADABLE = (
    *BROKEN,
    tarfile.TarError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    MemoryError,
    KeyError,
)
"""What the archive libraries raise on members that cannot be read."""

ARCHIVES = frozenset({"zip", "tar", "webdataset", *STARTERS})
"""Formats whose members become members of the leak."""

_PACKED_SUFFIXES = frozenset("gz gzip tgz bz2 tbz2 tbz xz txz lzma zst zstd tzst lz4 z".split())

_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


@dataclass(slots=True)
class Visit:
    """One member while it is being looked at.

    `source` is None where nothing can be read (`status` and `error` say why) and for members that a
    listing only claims (`listed`). `is_container` announces that the members inside come next, and
    that a `Leave` for the same path follows.
    """

    path: str
    container: str | None = None
    size: int | None = None
    compressed_size: int | None = None
    mtime: float | None = None
    source: Source | None = None
    format: str = "unknown"
    format_by: str = "extension"
    status: str = "ok"
    error: str | None = None
    escapes: bool = False
    is_container: bool = False
    listed: Listed | None = None
    etag: str | None = None
    digests: dict[str, str] | None = None


@dataclass(slots=True)
class Leave:
    """The end of a container: how reading its members went."""

    path: str
    status: str = "ok"
    error: str | None = None
    rules: list[str] = field(default_factory=list)


Step = Visit | Leave
Holds = Callable[[str], bool]


class Walker:
    """One pass over a leak under one budget.

    Parameters
    ----------
    budget : Budget
    hashes : tuple of str
        Hashes to take of large archive members while they are read through; all others are the
        inventory's to hash.
    """

    def __init__(self, budget: Budget, hashes: tuple[str, ...] = ()) -> None:
        self.meter, self.hashes = Meter(budget), hashes

    def folder(self, root: Path) -> Iterator[Step]:
        """Visit every file under `root`; links are not followed, devices not opened."""

        def held(name: str) -> bool:
            parts = name.split("/")
            return (
                ".." not in parts
                and not name.startswith("/")
                and "\0" not in name
                and (root / name).is_file()
            )

        pending = [("", os.fspath(root))]
        while pending:
            prefix, folder = pending.pop()
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=_entry_name)
            except OSError as error:
                yield Visit(
                    prefix or ".",
                    status="refused",
                    error=f"the folder cannot be listed ({_os_reason(error)})",
                )
                continue
            folders = []
            for entry in entries:
                path = prefix + printable(entry.name)
                if entry.is_dir(follow_symlinks=False):
                    folders.append((path + "/", entry.path))
                elif entry.is_symlink():
                    yield _link(entry.path, path)
                else:
                    yield from self.file(entry.path, path, held)
            pending.extend(reversed(folders))

    def file(self, place: str | Path, path: str, held: Holds | None = None) -> Iterator[Step]:
        """Visit one file on disk under the name `path`, and what is inside it."""
        try:
            descriptor = os.open(place, _OPEN_FLAGS)
        except OSError as error:
            yield Visit(path, status="refused", error=f"the file cannot be opened ({_os_reason(error)})")
            return
        try:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode):
                yield Visit(
                    path, status="refused", error="a device, pipe or socket; only plain files are opened"
                )
                return
            name = path.rpartition("/")[2]
            if facts.st_size < HEAD_BYTES:
                source: Source = BytesSource(os.read(descriptor, HEAD_BYTES), name)
                yield from self.source(
                    Visit(path, size=source.size, mtime=facts.st_mtime, source=source), 0, held
                )
                return
            with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
                source = FileSource(cast(BinaryIO, file), name, facts.st_size)
                yield from self.source(
                    Visit(path, size=source.size, mtime=facts.st_mtime, source=source), 0, held
                )
        except OSError as error:
            yield Visit(path, status="refused", error=f"the file cannot be read ({_os_reason(error)})")
        finally:
            os.close(descriptor)

    def remote(self, url: str, **storage_options: Any) -> Iterator[Step]:
        """Visit every object under an fsspec URL; only what is looked at is fetched."""
        from leakkit.leak.remote import open_remote

        for found in open_remote(url, **storage_options):
            visit = Visit(printable(found.path), size=found.size, mtime=found.mtime, etag=found.etag)
            try:
                with found.open() as file:
                    name = visit.path.rpartition("/")[2]
                    if found.size is not None and found.size < HEAD_BYTES:
                        visit.source = BytesSource(_read_up_to(file, HEAD_BYTES), name)
                    else:
                        visit.source = FileSource(file, name, found.size)
                    visit.size = visit.source.size
                    yield from self.source(visit, 0)
            except OSError as error:
                yield Visit(
                    visit.path, status="refused", error=f"the object cannot be read ({_os_reason(error)})"
                )

    def source(self, visit: Visit, depth: int, held: Holds | None = None) -> Iterator[Step]:
        """Tell the format of a readable member, give it, and go into it when it is a container."""
        visit.format, visit.format_by = sniff(cast(Source, visit.source))
        if visit.format in ARCHIVES:
            if depth >= self.meter.budget.depth:
                visit.status = "limit"
                visit.error = f"archives are opened {self.meter.budget.depth} deep; this one is deeper"
                yield visit
                return
            visit.is_container = True
            yield visit
            yield from self._archive(visit, depth + 1)
        elif visit.format in LISTING_FORMATS and visit.format != "git-lfs-pointer":
            visit.is_container = True
            yield visit
            yield from self._listing(visit, held)
        else:
            yield visit

    def _archive(self, visit: Visit, depth: int) -> Iterator[Step]:
        """Visit the members of one archive, then leave it."""
        leave = Leave(visit.path)
        names: set[int] = set()
        later: list[Visit] = []
        try:
            for entry in self._entries(visit):
                if not self.meter.member_allowed():
                    raise BadMemberError(
                        f"more than {self.meter.budget.members:,} members in archives and listings",
                        status="limit",
                    )
                if entry.escapes:
                    leave.rules.append("archive-path-escape")
                inner = self._opened(entry, visit.path, packed=visit.format in STARTERS)
                if hash(entry.name) in names:
                    inner.error = inner.error or "a second member of the same name"
                names.add(hash(entry.name))
                if inner.source is None:
                    yield inner
                elif isinstance(inner.source, BytesSource) and sniff(inner.source)[0] in LISTING_FORMATS:
                    later.append(inner)  # what it names may still follow in this archive
                else:
                    yield from self.source(inner, depth)
            for inner in later:
                yield from self.source(inner, depth, lambda name: hash(name) in names)
        except BadMemberError as error:
            leave.status, leave.error = error.status, error.reason
        except UNREADABLE as error:
            leave.status, leave.error = (
                "corrupt",
                f"cannot be read as {visit.format} ({type(error).__name__})",
            )
        yield leave

    def _entries(self, visit: Visit) -> Iterator[Entry]:
        """Give the entries of an archive of any kind; a compressed tar is one archive, not two."""
        file = cast(Source, visit.source).stream()
        if visit.format == "zip":
            from leakkit.leak.zipped import iter_zip

            return iter_zip(file, self.meter)
        if visit.format in STARTERS:
            stream = cast(BinaryIO, open_compressed(file, visit.format, self.meter.counter(visit.size)))
            if not _holds_tar(stream):
                return iter([_only_entry(visit, stream)])
            file = stream
        from leakkit.leak.tarred import iter_tar

        return iter_tar(file, self.meter)

    def _opened(self, entry: Entry, container: str, packed: bool) -> Visit:
        """Open one archive member; what cannot be read becomes a visit with a reason."""
        visit = Visit(
            f"{container}!/{entry.name.lstrip('/') or 'unnamed'}",
            container,
            entry.size,
            entry.compressed_size,
            entry.mtime,
            status=entry.status,
            error=entry.error,
            escapes=entry.escapes,
        )
        if entry.open is None:
            return visit
        try:
            _attach(visit, entry, entry.open(), self.hashes, bool(self.hashes) or packed)
        except BadMemberError as error:
            visit.status, visit.error = error.status, error.reason
        except UNREADABLE as error:
            visit.status, visit.error = "corrupt", f"the member cannot be read ({type(error).__name__})"
        return visit

    def _listing(self, visit: Visit, held: Holds | None) -> Iterator[Step]:
        """Visit what a listing claims and the leak does not hold, then leave it."""
        leave = Leave(visit.path)
        folder = visit.path.rpartition("/")[0]
        try:
            for listed in read_listing(cast(Source, visit.source), visit.format):
                if not self.meter.member_allowed():
                    raise BadMemberError(
                        f"more than {self.meter.budget.members:,} members in archives and listings",
                        status="limit",
                    )
                if held is None or not (held(listed.path) or held(f"{folder}/{listed.path}")):
                    yield _claimed(listed, visit.path)
        except BadMemberError as error:
            leave.status, leave.error = error.status, error.reason
        yield leave


def _entry_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _os_reason(error: OSError) -> str:
    """Say what the system said, without a path."""
    return error.strerror or type(error).__name__


def _link(place: str, path: str) -> Visit:
    """Describe a symbolic link without following it."""
    try:
        target = printable(os.readlink(place), 100)
    except OSError as error:
        target = _os_reason(error)
    return Visit(path, status="refused", error=f"a symbolic link to {target}; links are not followed")


def _claimed(listed: Listed, container: str) -> Visit:
    """Describe an object that is only named."""
    return Visit(
        f"{container}!/{printable(listed.path)}",
        container,
        listed.size,
        mtime=listed.mtime.timestamp() if listed.mtime else None,
        error=listed.note,
        listed=listed,
        etag=listed.etag,
    )


def _holds_tar(stream: BinaryIO) -> bool:
    """Tell whether the stream in a compressed file is a tar archive."""
    try:
        head = _read_up_to(stream, HEAD_BYTES)
    except BadMemberError:
        return False
    return sniff(BytesSource(head, "stream"))[0] in {"tar", "webdataset"}


def _only_entry(visit: Visit, stream: BinaryIO) -> Entry:
    """Describe the one stream in a compressed file; its name is the file's without the last suffix."""
    whole = visit.path.rpartition("/")[2]
    stem, _, suffix = whole.rpartition(".")
    name = stem if stem and suffix.lower() in _PACKED_SUFFIXES else f"{whole}.unpacked"

    def rewind() -> BinaryIO:
        stream.seek(0)
        return stream

    return Entry(name, compressed_size=visit.size, mtime=visit.mtime, open=rewind)


def _attach(visit: Visit, entry: Entry, file: BinaryIO, hashes: tuple[str, ...], forward: bool) -> None:
    """Read a small member whole, a large one by position; keep what a broken member still gives.

    With `forward`, or where nobody knows the length, a large member is read through once, hashed on
    the way, and only its first and last bytes are kept: going back would unpack it again.
    """
    name = entry.name.rpartition("/")[2]
    first, broken = _read_until_broken(file, IN_MEMORY)
    if broken is None and len(first) == IN_MEMORY:
        if not forward and entry.size is not None:
            visit.size, visit.source = entry.size, FileSource(file, name, entry.size, first[:HEAD_BYTES])
            return
        digest = Digest(hashes)
        digest.update(first)
        tail, size, broken = _read_through(file, digest)
        visit.size = len(first) + size
        visit.source = WindowSource(file, name, visit.size, first, tail)
        visit.digests = digest.result()
    elif first or broken is None:
        visit.size = len(first) if entry.size is None else entry.size
        visit.source = BytesSource(first, name)
        size = len(first)
        if broken is None and size < visit.size:
            broken = BadMemberError(f"{size:,} of {visit.size:,} bytes could be read", status="truncated")
    if broken is not None:
        visit.status, visit.error = broken.status, broken.reason
        visit.digests = {}  # a hash of a part would pass for that of the member


def _read_through(file: BinaryIO, digest: Digest) -> tuple[bytes, int, BadMemberError | None]:
    """Read to the end; give the last bytes, the number of bytes and what broke."""
    tail, size = b"", 0
    while True:
        part, broken = _read_until_broken(file, TAIL_BYTES)
        digest.update(part)
        size += len(part)
        tail = (tail + part)[-TAIL_BYTES:]
        if broken is not None or not part:
            return tail, size, broken


def _read_up_to(file: BinaryIO, limit: int) -> bytes:
    """Read until `limit` or the end, whatever the size of single reads."""
    parts: list[bytes] = []
    missing = limit
    while missing and (part := file.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _read_until_broken(file: BinaryIO, limit: int) -> tuple[bytes, BadMemberError | None]:
    """Read until `limit`, the end or the first break; give what came and what broke."""
    parts: list[bytes] = []
    missing = limit
    try:
        while missing and (part := file.read(min(missing, CHUNK))):
            parts.append(part)
            missing -= len(part)
    except BadMemberError as error:
        return b"".join(parts), error
    except UNREADABLE as error:
        return b"".join(parts), BadMemberError(
            f"the member cannot be read to its end ({type(error).__name__})"
        )
    return b"".join(parts), None
