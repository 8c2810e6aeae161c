"""Every member of a leak in a fixed order, archives inside archives included, each as a source of bytes.

The order: a folder's files by name, then its folders by name; an archive's members as stored. Nothing
is extracted: a member is open only until the next one is asked for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from leakkit.errors import BadMemberError, LeakkitError
from leakkit.leak.archive_member import attach
from leakkit.leak.archives.entry import Entry, shortened
from leakkit.leak.archives.unpack import STARTERS, RewindingReader, open_compressed
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.listings.listing import LISTING_FORMATS, Listed, read_listing
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import HEAD_BYTES, BytesSource, FileSource, Source, read_span
from leakkit.leak.text import printable
from leakkit.leak.visit import UNREADABLE, Leave, Step, Visit
from leakkit.leak.windows import declared_window

if TYPE_CHECKING:
    from leakkit.leak.remote import Found

ARCHIVES = frozenset({"zip", "tar", "webdataset", *STARTERS})
"""Formats whose members become members of the leak."""

_PACKED_SUFFIXES = frozenset("gz gzip tgz bz2 tbz2 tbz xz txz lzma zst zstd tzst lz4 z".split())

WAITING_BYTES = 16 * 2**20
"""Listings in an archive wait for the rest of it, since they may name what follows, up to so many bytes."""

_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)
_BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.scandir in os.supports_fd

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
        top = os.path.realpath(root)

        def held(name: str) -> bool:
            return _holds(top, name)

        pending = [("", top)]
        while pending:
            prefix, folder = pending.pop()
            try:
                with _opened_folder(folder) as descriptor:
                    files, folders, links = _names(folder if descriptor is None else descriptor)
                    for name in files:
                        path = prefix + printable(name)
                        place = name if descriptor is not None else os.path.join(folder, name)
                        if name in links:
                            yield _link(place, path, descriptor)
                        else:
                            stored = os.path.relpath(os.path.join(folder, name), top)
                            yield from self.file(place, path, held, descriptor, stored)
            except OSError as error:
                reason = f"the folder cannot be listed ({_os_reason(error)})"
                yield Visit(prefix or ".", status="refused", error=reason)
                continue
            pending.extend(
                (f"{prefix}{printable(name)}/", os.path.join(folder, name)) for name in reversed(folders)
            )

    def file(
        self,
        place: str | Path,
        path: str,
        held: Holds | None = None,
        folder: int | None = None,
        stored: str = "",
    ) -> Iterator[Step]:
        """Visit one file on disk under the name `path`, and what is inside it.

        With `folder`, a descriptor, `place` is a name in that folder; `stored` goes into the visit.
        """
        try:
            descriptor = os.open(place, _OPEN_FLAGS, dir_fd=folder)
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
            visit = Visit(path, size=facts.st_size, mtime=facts.st_mtime, stored=stored)
            name = path.rpartition("/")[2]
            if facts.st_size < HEAD_BYTES:
                visit.source = BytesSource(_read_small(descriptor, visit), name)
                yield from self.source(visit, 0, held)
                return
            with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
                visit.source = FileSource(cast(BinaryIO, file), name, facts.st_size)
                yield from self.source(visit, 0, held)
        except OSError as error:
            yield Visit(path, status="refused", error=f"the file cannot be read ({_os_reason(error)})")
        finally:
            os.close(descriptor)

    def remote(self, url: str, **storage_options: Any) -> Iterator[Step]:
        """Visit every object under an fsspec URL; only what is looked at is fetched."""
        from leakkit.leak.remote import open_remote

        for found in open_remote(url, **storage_options):
            yield from self.object(found)

    def object(self, found: Found) -> Iterator[Step]:
        """Visit one remote object, and what is inside it."""
        visit = Visit(printable(found.path), size=found.size, mtime=found.mtime, etag=found.etag)
        try:
            with found.open() as file:
                name = visit.path.rpartition("/")[2]
                if found.size is not None and found.size < HEAD_BYTES:
                    visit.source = BytesSource(read_span(file, HEAD_BYTES), name)
                else:
                    visit.source = FileSource(file, name, found.size)
                visit.size = visit.source.size
                yield from self.source(visit, 0)
        except (OSError, LeakkitError) as error:
            reason = error.reason if isinstance(error, BadMemberError) else _os_reason(error)
            yield Visit(visit.path, status="refused", error=f"the object cannot be read ({reason})")

    def source(self, visit: Visit, depth: int, held: Holds | None = None) -> Iterator[Step]:
        """Tell the format of a readable member, give it, and go into it when it is a container."""
        _tell_format(visit)
        yield from self._enter(visit, depth, held)

    def _enter(self, visit: Visit, depth: int, held: Holds | None) -> Iterator[Step]:
        """Give a member whose format is told, and what is inside it."""
        if visit.format in ARCHIVES and depth >= self.meter.budget.depth:
            visit.status = "limit"
            visit.error = f"archives are opened {self.meter.budget.depth} deep; this one is deeper"
            yield visit
        elif visit.format in ARCHIVES:
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
        window_left = self.meter.window_left
        if depth == 1:
            self.meter.enter(visit.size)
        try:
            yield from self._members(visit, depth, leave, names, later)
        except BadMemberError as error:
            leave.status, leave.error = error.status, error.reason
        except UNREADABLE as error:
            leave.status = "corrupt"
            leave.error = f"cannot be read as {visit.format} ({type(error).__name__})"

        def held(name: str) -> bool:
            return hash(name) in names or hash(f"{visit.path}!/{name}") in names

        for listing in later:
            yield from self._enter(listing, depth, held)
        self.meter.window_left = window_left
        yield leave

    def _members(
        self, visit: Visit, depth: int, leave: Leave, names: set[int], later: list[Visit]
    ) -> Iterator[Step]:
        """Visit the members as they are stored; listings are put off as long as there is room for them."""
        waiting = 0
        for entry in self._entries(visit):
            self.meter.count_member()
            self.meter.check_spent()
            if entry.escapes and not leave.rules:
                leave.rules.append("archive-path-escape")
            inner = self._opened(entry, visit, depth)
            if hash(inner.path) in names:
                inner.error = inner.error or "a second member of the same name"
            names.add(hash(inner.path))
            if inner.source is None:
                yield inner
                continue
            _tell_format(inner)
            if (
                inner.format in LISTING_FORMATS
                and isinstance(inner.source, BytesSource)
                and waiting + inner.source.size <= WAITING_BYTES
            ):
                later.append(inner)
                waiting += inner.source.size
            else:
                yield from self._enter(inner, depth, lambda name: hash(name) in names)

    def _entries(self, visit: Visit) -> Iterator[Entry]:
        """Give the entries of an archive of any kind; a compressed tar is one archive, not two."""
        source = cast(Source, visit.source)
        file = source.stream()
        if visit.format == "zip":
            from leakkit.leak.archives.zipped import iter_zip

            return iter_zip(file, self.meter)
        if visit.format in STARTERS:
            window = self.meter.reserve_window(declared_window(source.head[:64], visit.format))
            stream = open_compressed(file, visit.format, self.meter.counter(visit.size), window)
            file = cast(BinaryIO, stream)
            if not _holds_tar(file):
                return iter([_only_entry(visit, file)])
        from leakkit.leak.archives.tarred import iter_tar

        return iter_tar(file, self.meter)

    def _opened(self, entry: Entry, container: Visit, depth: int) -> Visit:
        """Open one archive member; what cannot be read becomes a visit with a reason."""
        visit = Visit(
            shortened(f"{container.path}!/{entry.name.lstrip('/') or 'unnamed'}"),
            container.path,
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
            file = entry.open()
            visit.packed = (
                container.packed or container.format in STARTERS or isinstance(file, RewindingReader)
            )
            attach(visit, entry, file, self.hashes, depth)
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
                self.meter.count_member()
                if held is None or not (held(listed.path) or held(f"{folder}/{listed.path}")):
                    yield _claimed(listed, visit.path)
        except BadMemberError as error:
            leave.status, leave.error = error.status, error.reason
        except UNREADABLE as error:
            leave.status, leave.error = "corrupt", f"cannot be read to its end ({type(error).__name__})"
        yield leave


@contextmanager
def _opened_folder(folder: str) -> Iterator[int | None]:
    """Open a folder, unless it has become a link; gives None where the system knows no such descriptors."""
    if not _BY_DESCRIPTOR:
        yield None
        return
    descriptor = os.open(folder, _OPEN_FLAGS | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _names(folder: str | int) -> tuple[list[str], list[str], set[str]]:
    """Give the names in a folder: files and links, folders (both sorted), and which of the first are links."""
    files, folders, links = [], [], set()
    with os.scandir(folder) as scan:
        for entry in scan:
            is_link = entry.is_symlink() or getattr(entry, "is_junction", bool)()
            if not is_link and entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
                continue
            files.append(entry.name)
            if is_link:
                links.add(entry.name)
    return sorted(files), sorted(folders), links


def _read_small(descriptor: int, visit: Visit) -> bytes:
    """Read a file that should be shorter than the head; one whose size is another by now says so."""
    data = os.read(descriptor, HEAD_BYTES)
    if len(data) != visit.size:
        while len(data) < HEAD_BYTES and (more := os.read(descriptor, HEAD_BYTES - len(data))):
            data += more
        if len(data) == HEAD_BYTES:
            visit.status, visit.error = "truncated", "longer than its size says; only the beginning was read"
        elif visit.size:
            visit.error = f"its size changed while it was read; it was {visit.size:,} bytes"
        visit.size = len(data)
    return data


def _holds(top: str, name: str) -> bool:
    """Tell whether a plain file of this name stands under the folder `top`, without following links."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or name.startswith("/") or any(os.path.isabs(part) for part in parts):
        return False
    place = os.path.join(top, *parts)
    try:
        if not stat.S_ISREG(os.lstat(place).st_mode):
            return False
        folder = os.path.dirname(place)
        return os.path.realpath(folder) == folder
    except (OSError, ValueError):
        return False


def _tell_format(visit: Visit) -> None:
    """Set the format of a readable member; one that breaks on the way is told by its first bytes."""
    source = cast(Source, visit.source)
    try:
        visit.format, visit.format_by = sniff(source)
    except BadMemberError as error:
        visit.status, visit.error = error.status, error.reason
        visit.format, visit.format_by = sniff(BytesSource(source.head, source.name))


def _os_reason(error: Exception) -> str:
    """Say what the system said, without a path."""
    return getattr(error, "strerror", None) or type(error).__name__


def _link(place: str, path: str, folder: int | None) -> Visit:
    """Describe a symbolic link without following it."""
    try:
        target = printable(os.readlink(place, dir_fd=folder), 100)
    except OSError as error:
        target = _os_reason(error)
    return Visit(path, status="refused", error=f"a symbolic link to {target}; links are not followed")


def _claimed(listed: Listed, container: str) -> Visit:
    """Describe an object that is only named."""
    return Visit(
        shortened(f"{container}!/{printable(listed.path)}"),
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
        head = read_span(stream, HEAD_BYTES)
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
