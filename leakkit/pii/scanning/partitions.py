"""A leak cut into partitions that can be searched apart, in any order, on any machine, and always in the same way."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.records.slices import WHOLE, Slice, cut
from leakkit.leak.records.stream import RECORD_FORMATS, UNREAD_FORMATS
from leakkit.leak.source import BytesSource, Source
from leakkit.leak.text import printable
from leakkit.leak.visit import Step, Visit
from leakkit.leak.walk import ARCHIVES, Walker

if TYPE_CHECKING:
    from leakkit.leak.open import Leak

TARGET = 16 * 2**20
"""Bytes of a partition, unless that would make more than `MOST` of them."""

MOST = 4_096
_PIECES = 2_000
_UNPACKS_TO = 4
_SAMPLES, _SAMPLE = 8, 4_096

Skipped = tuple[str, str, str]
"""Path, status and reason of what is not read, or not as its format promises."""


class Piece(NamedTuple):
    """What a partition reads of one outermost member of a leak.

    `path` is its name in all frames, `stored` its name in the file system (under a URL: its place
    there), `stamp` a hash of samples of its bytes, or its ETag.
    """

    path: str
    stored: str
    format: str
    size: int
    mtime: float
    stamp: str
    part: Slice = WHOLE

    @property
    def n_bytes(self) -> int:
        """How many bytes are read, roughly for row groups and unknown for some objects under a URL."""
        if self.part.kind in ("lines", "json", "table"):
            return self.part.end - self.part.start
        return max(0, min(self.size, TARGET) if self.part.kind == "groups" else self.size)

    @classmethod
    def from_json(cls, values: list[Any]) -> Piece:
        """Give a piece as it stands in a manifest."""
        path, stored, format, size, mtime, stamp, part = values
        return cls(path, stored, format, size, mtime, stamp, Slice(*part))


@dataclass(frozen=True, slots=True)
class Partition:
    """Pieces that are searched together and whose findings stand in one file; `id` names it."""

    id: str
    pieces: tuple[Piece, ...]

    @property
    def n_bytes(self) -> int:
        """How many bytes are read."""
        return sum(piece.n_bytes for piece in self.pieces)

    def to_json(self) -> dict[str, Any]:
        """Give it as a manifest holds it."""
        return {"id": self.id, "pieces": [list(piece) for piece in self.pieces]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Partition:
        """Read it from a manifest."""
        return cls(values["id"], tuple(map(Piece.from_json, values["pieces"])))


@dataclass(slots=True)
class Plan:
    """All partitions of a leak, what is not read at all, and how many members hold no text."""

    partitions: list[Partition] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    without_text: dict[str, list[int]] = field(default_factory=dict)


def plan(leak: Leak, fingerprint: str) -> Plan:
    """Cut a leak into partitions.

    Parameters
    ----------
    leak : Leak
    fingerprint : str
        Of detectors and settings; goes into every id, so that other settings give other partitions.

    Notes
    -----
    Small members are taken together, large ones of lines, rows or row groups cut; an archive is one
    piece, and so is any object under a URL. The partitions depend on nothing but the leak and the
    fingerprint.
    """
    found = Plan()
    if "://" in leak.place:
        pieces = list(_remote_pieces(leak))
        target = max(TARGET, sum(piece.n_bytes for piece in pieces) // MOST)
    else:
        target = max(TARGET, _bytes_under(leak.place) // MOST)
        pieces = [piece for visit in _outermost(leak) for piece in _pieces(visit, target, found)]
    held: list[Piece] = []
    weight = 0
    for piece in pieces:
        size = piece.n_bytes * (_UNPACKS_TO if piece.format in ARCHIVES else 1)
        if held and (weight + size > target or len(held) >= _PIECES):
            found.partitions.append(_partition(held, fingerprint))
            held, weight = [], 0
        held.append(piece)
        weight += size
    if held:
        found.partitions.append(_partition(held, fingerprint))
    return found


def _partition(pieces: list[Piece], fingerprint: str) -> Partition:
    """Name a partition by everything its findings depend on; the time of a file is not among it."""
    text = json.dumps([fingerprint, [list(piece._replace(mtime=0.0)) for piece in pieces]])
    return Partition(hashlib.blake2b(text.encode(), digest_size=10).hexdigest(), tuple(pieces))


def _bytes_under(place: str) -> int:
    """Add up the sizes of the files of a leak, without following links."""
    if not os.path.isdir(place):
        return os.path.getsize(place)
    total = 0
    for folder, _, names in os.walk(os.path.realpath(place)):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue
    return total


def _outermost(leak: Leak) -> Iterator[Visit]:
    """Give the outermost members of a leak on disk, readable until the next; archives stay closed."""
    walker = Walker(replace(leak.budget, depth=0))
    if os.path.isdir(leak.place):
        steps = walker.folder(Path(leak.place))
    else:
        steps = walker.file(leak.place, printable(Path(leak.place).name))
    return (step for step in steps if isinstance(step, Visit) and step.listed is None)


def _pieces(visit: Visit, target: int, found: Plan) -> Iterator[Piece]:
    """Give the pieces of one outermost member; note what will not be read."""
    if visit.source is None or (visit.error and visit.format not in ARCHIVES):
        if visit.status != "ok":
            found.skipped.append((visit.path, visit.status, visit.error or visit.status))
        if visit.source is None:
            return
    source = visit.source
    if visit.format in UNREAD_FORMATS:
        found.skipped.append((visit.path, "refused", UNREAD_FORMATS[visit.format]))
    if visit.format not in RECORD_FORMATS and visit.format not in ARCHIVES:
        count = found.without_text.setdefault(visit.format, [0, 0])
        count[0] += 1
        count[1] += source.size
        return
    piece = Piece(visit.path, visit.stored, visit.format, source.size, visit.mtime or 0.0, _stamp(source))
    for part in cut(source, visit.format, target) if visit.format in RECORD_FORMATS else [WHOLE]:
        yield piece._replace(part=part)


def _stamp(source: Source) -> str:
    """Hash size, head, tail and some places between; all of a small member."""
    digest = hashlib.blake2b(str(source.size).encode(), digest_size=16)
    if isinstance(source, BytesSource):
        digest.update(source.data)
        return digest.hexdigest()
    digest.update(source.head)
    for number in range(1, _SAMPLES + 1):
        digest.update(source.read_at(number * max(0, source.size - _SAMPLE) // _SAMPLES, _SAMPLE))
    return digest.hexdigest()


def _remote_pieces(leak: Leak) -> Iterator[Piece]:
    """List the objects of a leak behind a URL; none is fetched."""
    from leakkit.leak.remote import open_remote

    for found in open_remote(leak.place, **leak.storage_options):
        stamp = found.etag or f"{found.size}:{found.mtime}"
        size = -1 if found.size is None else found.size
        yield Piece(printable(found.path), found.place, "", size, found.mtime or 0.0, stamp)


def open_piece(leak: Leak, piece: Piece) -> Iterator[Step]:
    """Visit the member of a piece again, and what is inside it, under a budget of its own."""
    walker = Walker(leak.budget)
    if "://" in leak.place:
        from leakkit.leak.remote import Found, found_again

        size = None if piece.size < 0 else piece.size
        known = Found(piece.path, size, piece.mtime, piece.stamp, lambda: None)  # type: ignore[arg-type,return-value]
        yield from walker.object(found_again(leak.place, piece.stored, known, **leak.storage_options))
        return
    if not piece.stored:
        yield from walker.file(leak.place, piece.path)
        return
    place = os.path.join(os.path.realpath(leak.place), piece.stored)
    folder = os.path.dirname(place)
    if os.path.realpath(folder) != folder:
        raise BadMemberError("a folder above it has become a link; links are not followed", status="refused")
    yield from walker.file(place, piece.path)


def is_unchanged(piece: Piece, visit: Visit) -> bool:
    """Tell whether a member still has the size it was planned with."""
    return piece.size < 0 or visit.source is None or visit.source.size == piece.size
