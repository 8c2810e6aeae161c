"""Files of a catalogue, whether in a folder, an archive or alone: bytes under limits, nothing unpacked to disk."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leakkit.errors import BadMemberError, LeakUnreadableError, NotALeakError
from leakkit.incidents.catalogue_formats import Table, documents
from leakkit.leak.budget import Budget
from leakkit.leak.lines import read_chunks
from leakkit.leak.open import open_leak
from leakkit.leak.text import printable
from leakkit.leak.visit import UNREADABLE, Leave, Visit

FILE_BYTES = 256 * 2**20
"""Largest file of a catalogue that is read; the largest honest one (VCDB as JSON) has some 50 MB."""

START_BYTES = 32 * 2**20
"""What is kept of a file that cannot be read, to say where in it the trouble is."""

_BUDGET = Budget(unpacked_bytes=4 * 2**30, ratio=2_000, members=100_000, depth=2)
"""The ratio lets all that deflate can do pass: `FILE_BYTES` is the limit, and the error names the record."""

_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?:\d{6})?(?!\d)")


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file: `name` within the catalogue, its bytes and their hash; `problem` where it cannot be read.

    `data` is None for files that nobody wants and for those with a problem; `start` is what could be read
    of the latter.
    """

    name: str
    data: bytes | None = None
    sha256: str | None = None
    problem: str | None = None
    start: bytes = b""

    @property
    def base(self) -> str:
        """Last part of the name."""
        return self.name.rpartition("/")[2]


def catalogue_path(source: str, path: str | os.PathLike[str] | None) -> Path:
    """Give the path asked for, or that of what was fetched of `source`."""
    if path is not None:
        return Path(path).expanduser()
    from leakkit.sources import fetched

    return fetched(source)


def catalogue_files(path: str | os.PathLike[str], wanted: Callable[[str], bool]) -> Iterator[CatalogueFile]:
    """Give every file of the catalogue at `path` (folder, archive, compressed or plain file).

    Parameters
    ----------
    path : path
    wanted : callable
        Tells by the last part of its name whether the content of a file is read.

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is at `path`, it is empty, or it may not be read.
    """
    for step in open_leak(path, budget=_BUDGET, hash=False).walk():
        name = step.path.rpartition("!/")[2]
        if isinstance(step, Leave):
            if step.status != "ok":
                yield CatalogueFile(name, problem=step.error or f"the archive is {step.status}")
        elif not step.is_container and step.listed is None:
            yield _read(step, name, wanted)


def _read(visit: Visit, name: str, wanted: Callable[[str], bool]) -> CatalogueFile:
    """Read one visited file when it is wanted and may be read."""
    if visit.escapes:
        return CatalogueFile(name, problem="its name leads out of the archive")
    if not wanted(name.rpartition("/")[2]):
        return CatalogueFile(name)
    if visit.source is None:
        return CatalogueFile(name, problem=visit.error or f"the file is {visit.status}")
    parts: list[bytes] = []
    try:
        left = FILE_BYTES if (visit.size or 0) <= FILE_BYTES else min(FILE_BYTES, START_BYTES)
        for chunk in read_chunks(visit.source.stream()):
            parts.append(chunk)
            left -= len(chunk)
            if left < 0:
                raise BadMemberError(f"it has more than {FILE_BYTES:,} bytes, the limit", status="limit")
    except BadMemberError as error:
        problem = error.reason
    except (*UNREADABLE, OSError) as error:
        problem = f"it cannot be read to its end ({type(error).__name__})"
    else:
        data = b"".join(parts)
        return CatalogueFile(name, data, hashlib.sha256(data).hexdigest())
    start = b"".join(parts)[:START_BYTES]
    return CatalogueFile(name, problem=problem + _place(name, start), start=start)


def _place(name: str, start: bytes) -> str:
    """Say which record of a file holds a value of hostile size, as far as its start tells."""
    number = 1
    try:
        if name.lower().endswith(".json"):
            for _ in documents(start):
                number += 1
        elif name.lower().endswith(".csv"):
            for _ in Table(start, name):
                pass
    except BadMemberError as error:
        return f"; record {number:,} holds too long a value" if error.status == "limit" else ""
    except LeakUnreadableError as error:
        return "; " + error.found.removeprefix("found that ")
    return ""


def only_file(path: str | os.PathLike[str], suffix: str, what: str) -> CatalogueFile:
    """Give the one file that ends in `suffix`; for catalogues that are one file, packed or not.

    Raises
    ------
    NotALeakError
        There is none, or more than one.
    LeakUnreadableError
        It cannot be read.
    """
    shown = shown_name(path)
    alone = Path(path).is_file()
    found = [
        file
        for file in catalogue_files(path, lambda base: alone or base.lower().endswith(suffix))
        if file.data is not None or file.problem
    ]
    if len(found) > 1:  # of an archive, only what is named so
        found = [file for file in found if file.base.lower().endswith(suffix)] or found[:1]
    if len(found) != 1:
        raise NotALeakError(
            f"Expected one file of {what} (*{suffix}) in {shown!r}",
            f"found {len(found)}",
            "give the path of the file itself",
        )
    if found[0].data is None:
        raise unreadable(found[0])
    return found[0]


def unreadable(file: CatalogueFile) -> LeakUnreadableError:
    """Give the error that says why `file` cannot be read."""
    return LeakUnreadableError(
        f"Expected to read the file {printable(file.base, 200)!r} of the catalogue",
        f"found that {file.problem}",
        "fetch it again, or give another copy",
    )


def shown_name(path: str | os.PathLike[str]) -> str:
    """Give the last part of a path, escaped; no output shows more of it."""
    return printable(os.path.basename(os.path.abspath(os.fspath(path))), 200)


def date_in_name(path: str | os.PathLike[str]) -> str | None:
    """Give the date of a snapshot when its name holds one.

    Examples
    --------
    >>> (
    ...     date_in_name("backup-20250324094137.tar.bz2"),
    ...     date_in_name("snapshot_2025-03-24"),
    ...     date_in_name("aiid"),
    ... )
    ('2025-03-24', '2025-03-24', None)
    """
    found = _DATE_IN_NAME.search(os.path.basename(os.path.abspath(os.fspath(path))))
    return "-".join(found.groups()) if found else None
