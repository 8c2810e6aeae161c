"""Files of a catalogue, whether in a folder, an archive or alone: bytes under limits, nothing unpacked to disk."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leakkit.errors import BadMemberError, LeakUnreadableError, NotALeakError
from leakkit.leak.budget import Budget
from leakkit.leak.json_stream import JsonStream
from leakkit.leak.lines import codec_of, read_up_to
from leakkit.leak.open import open_leak
from leakkit.leak.text import printable
from leakkit.leak.visit import UNREADABLE, Leave, Visit

FILE_BYTES = 256 * 2**20
"""Largest file of a catalogue that is read; the largest honest one (VCDB as JSON) has some 50 MB."""

_BUDGET = Budget(unpacked_bytes=8 * 2**30, members=100_000, depth=2)
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?:\d{6})?(?!\d)")


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file: `name` within the catalogue, its bytes and their hash; `problem` where it cannot be read.

    `data` is None for files that nobody wants and for those with a problem.
    """

    name: str
    data: bytes | None = None
    sha256: str | None = None
    problem: str | None = None

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
    if visit.size is not None and visit.size > FILE_BYTES:
        return CatalogueFile(name, problem=f"it has {visit.size:,} bytes; the limit is {FILE_BYTES:,}")
    try:
        data = read_up_to(visit.source.stream(), FILE_BYTES + 1)
    except BadMemberError as error:
        return CatalogueFile(name, problem=error.reason)
    except (*UNREADABLE, OSError) as error:
        return CatalogueFile(name, problem=f"cannot be read to its end ({type(error).__name__})")
    if len(data) > FILE_BYTES:
        return CatalogueFile(name, problem=f"it has more than {FILE_BYTES:,} bytes, the limit")
    return CatalogueFile(name, data, hashlib.sha256(data).hexdigest())


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


def text_of(data: bytes) -> str:
    r"""Give bytes as text: by byte-order mark, as UTF-8, else as Windows-1252 with holes marked.

    Examples
    --------
    >>> text_of(b"\xef\xbb\xbfid"), text_of("é".encode("cp1252"))
    ('id', 'é')
    """
    codec = codec_of(data[:65_536])
    try:
        return data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError:
        return data.decode("cp1252" if codec.startswith("utf-8") else codec, errors="replace")


class Table:
    """Rows of a CSV file: `names` of its columns, all different; iteration gives (row number, cells).

    A name that occurs again, whatever its capitals, gets ``#2``, ``#3``. Row numbers begin at 1 under the
    header. `cut` tells, after iteration, that the file stops within a quoted cell.

    Raises
    ------
    LeakUnreadableError
        While rows are read: a cell is longer than the limit of Python's reader (131,072 characters unless
        set otherwise). Names file and row.
    """

    def __init__(self, data: bytes, file: str) -> None:
        text = text_of(data)
        self.file = file
        self._cut = not text.endswith(("\n", "\r")) and text.count('"') % 2 == 1
        self._rows = csv.reader(io.StringIO(text, newline=""))
        self.names = different([name.strip() for name in self._next(0) or []])

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        """Give (row number, cells); None for a row that is not as wide as the header, or cut."""
        held, number = self._next(1), 1
        while held is not None:
            following = self._next(number + 1)
            if held:
                last = following is None and self._cut
                yield number, None if last or len(held) != len(self.names) else held
            held, number = following, number + 1

    def _next(self, number: int) -> list[str] | None:
        """Give the next row, None at the end."""
        try:
            return next(self._rows, None)
        except csv.Error as error:
            raise LeakUnreadableError(
                f"Expected a table in the file {printable(self.file, 200)!r}",
                f"found that row {number:,} cannot be read ({error})",
                "mend or remove this row, or fetch the file again",
            ) from None


def different(names: list[str]) -> list[str]:
    """Number names that occur again.

    Examples
    --------
    >>> different(["AI System", "Link", "AI system", ""])
    ['AI System', 'Link', 'AI system#2', 'column 4']
    """
    given: list[str] = []
    taken: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        name = name or f"column {position}"
        seen = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        given.append(name if seen == 1 else f"{name}#{seen}")
    return given


def documents(data: bytes) -> Iterator[Any]:
    """Give the objects of a JSON file: items of its outer list, or each value of a file of JSON lines.

    A key that occurs twice in one object is kept as ``key#2``.

    Raises
    ------
    BadMemberError
        What follows is no JSON, stops early, is nested too deep or holds too long a value.

    Examples
    --------
    >>> list(documents(b'[{"a": 1, "a": [null, "x"]}, 2]'))
    [{'a': 1, 'a#2': [None, 'x']}, 2]
    """
    stack: list[tuple[Any, str]] = []
    key = ""
    for kind, value in JsonStream(io.BytesIO(data)):
        if kind == "map_key":
            key = value
            continue
        if kind in ("start_map", "start_array"):
            stack.append(({} if kind == "start_map" else [], key))
            continue
        if kind in ("end_map", "end_array"):
            value, key = stack.pop()
        if not stack:
            if kind != "end_array":
                yield value
        elif isinstance(holder := stack[-1][0], dict):
            holder[_free(holder, key)] = value
        elif len(stack) == 1:
            yield value
        else:
            holder.append(value)


def _free(holder: dict[str, Any], key: str) -> str:
    """Give `key`, numbered when the object has it already."""
    number, name = 1, key
    while name in holder:
        number += 1
        name = f"{key}#{number}"
    return name
