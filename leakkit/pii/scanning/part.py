"""One partition of a leak to one file of findings: a pure function that any process or machine can call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from leakkit.errors import BadMemberError, BadOutputError, LeakkitError
from leakkit.leak.records.slices import iter_slice
from leakkit.leak.records.stream import RECORD_FORMATS, UNREAD_FORMATS
from leakkit.leak.visit import UNREADABLE, Leave, Visit
from leakkit.pii.scanning.batches import BatchSize, Waiting, bounded, gathered, runs_of
from leakkit.pii.scanning.heap import keep_heap
from leakkit.pii.scanning.part_file import PartWriter
from leakkit.pii.scanning.partitions import Partition, Piece, Skipped, is_unchanged, open_piece
from leakkit.pii.scanning.room import Room, eased, one_heap

if TYPE_CHECKING:
    from leakkit.leak.open import Leak
    from leakkit.pii.setup import Setup

BATCH_ROWS = 131_072
"""Most records searched at once."""

_SMALL = 2**18
"""Bytes of text up to which a batch waits for those of other members, to be searched with them."""

TOGETHER = "\n"
"""Told in place of a path while several members are searched together; passed over, each is searched alone."""

MOST_SKIPPED = 10_000
"""Reasons kept for one partition; the rest is counted."""

_FAULT = "a part of it was not searched: leakkit failed ({}); please report this with the kind of file"
_DIED = "the process that read it died twice"

Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class ScanSettings:
    """Everything a partition's findings depend on, beside the partition: the leak, and what is looked for."""

    leak: Leak
    setup: Setup


@dataclass(slots=True)
class PartResult:
    """What came of a partition, in counts; no value and no finding is in it."""

    n_findings: int = 0
    members: dict[str, list[int]] = field(default_factory=dict)
    """Members and bytes read, by format."""
    without_text: dict[str, list[int]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    n_more_skipped: int = 0

    def skip(self, path: str, status: str, reason: str) -> None:
        """Note what was not read."""
        if len(self.skipped) < MOST_SKIPPED:
            self.skipped.append((path, status, reason))
        else:
            self.n_more_skipped += 1

    def count(self, held: dict[str, list[int]], format: str, size: int, members: int = 1) -> None:
        """Count a member."""
        counts = held.setdefault(format, [0, 0])
        counts[0] += members
        counts[1] += size

    def to_json(self) -> dict[str, Any]:
        """Give it as it travels and as it stands in a part."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def scan_partition(
    partition: dict[str, Any],
    part_path: str,
    settings: ScanSettings,
    *,
    passed_over: tuple[str, ...] | list[str] = (),
    tell: Tell = lambda _: None,
) -> dict[str, Any]:
    """Search one partition and write its findings to one Parquet file.

    Parameters
    ----------
    partition : dict
        As `Partition.to_json` gives it.
    part_path : str
        The file to write. It appears whole or not at all (a temporary name beside it, then renamed).
    settings : ScanSettings
        The leak and what to look for.
    passed_over : list of str
        Paths of members that are not to be opened: a process died over them.
    tell : callable
        Told the path of each member before it is opened.

    Returns
    -------
    dict
        The fields of `PartResult`, which also stand in the file's metadata. Members that cannot be read
        stand in ``skipped``; they are no error.

    Raises
    ------
    BadOutputError
        The file cannot be written.
    """
    keep_heap()
    result = PartResult()
    reading = _Reading(settings, result, frozenset(passed_over), tell)
    temporary = f"{part_path}.tmp-{os.getpid()}"
    try:
        with one_heap(), eased(reading.room), PartWriter(temporary, result) as writer:
            for piece in Partition.from_json(partition).pieces:
                for table in reading.findings(piece):
                    writer.add(table)
            for table in reading.last():
                writer.add(table)
        os.replace(temporary, part_path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, BadOutputError):
            raise
        raise BadOutputError(
            "Expected to write findings into the folder for them",
            f"found that the system refuses ({error.strerror or type(error).__name__})",
            "make room there or name another folder, then run the scan again; finished parts are kept",
        ) from None
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return result.to_json()


class _Reading:
    """Members of pieces, opened and searched one after the other."""

    def __init__(
        self, settings: ScanSettings, result: PartResult, passed_over: frozenset[str], tell: Tell
    ) -> None:
        self._settings, self._result, self._passed_over, self._tell = settings, result, passed_over, tell
        self.room, self._waiting, self._at = Room(settings.setup), Waiting(), ""
        self._joins = TOGETHER not in passed_over and settings.setup.names is None  # names look around

    def last(self) -> Iterator[pa.Table]:
        """Give the findings in records that still wait."""
        yield from self._waited()

    def findings(self, piece: Piece) -> Iterator[pa.Table]:
        """Give the findings of a piece; whatever breaks costs a line in `skipped`.

        Those of small members come with those of the members after them.
        """
        self._told(piece.path)
        if piece.path in self._passed_over:
            self._result.skip(piece.path, "corrupt", _DIED)
            return
        try:
            for step in open_piece(self._settings.leak, piece):
                if isinstance(step, Leave):
                    if step.status != "ok":
                        self._result.skip(step.path, step.status, step.error or step.status)
                elif step.listed is None:
                    yield from self._member(step, piece)
        except BadMemberError as error:
            self._result.skip(piece.path, error.status, error.reason)
        except UNREADABLE as error:
            self._result.skip(piece.path, "corrupt", f"cannot be read to its end ({type(error).__name__})")

    def _member(self, visit: Visit, piece: Piece) -> Iterator[pa.Table]:
        """Give the findings of one member, the piece's own or one inside it."""
        if visit.path in self._passed_over:
            self._result.skip(visit.path, "corrupt", _DIED)
            return
        if visit.status != "ok" and (visit.source is None or visit.error):
            self._result.skip(visit.path, visit.status, visit.error or visit.status)
        if visit.source is None or visit.is_container:
            return
        is_first = piece.part.kind == "whole" or piece.part.first_row == 0
        if not is_unchanged(piece, visit) and visit.path == piece.path:
            self._result.skip(visit.path, "truncated", "its size changed after the scan began")
        if visit.format in UNREAD_FORMATS:
            self._result.skip(visit.path, "refused", UNREAD_FORMATS[visit.format])
        if visit.format not in RECORD_FORMATS:
            self._result.count(self._result.without_text, visit.format, visit.source.size)
            return
        is_slice = piece.part.kind in ("lines", "json", "table")
        size = piece.n_bytes if is_slice else visit.source.size if is_first else 0
        self._result.count(self._result.members, visit.format, size, int(is_first))
        if visit.path != piece.path:
            self._told(visit.path)
        yield from self._searched(visit, piece)

    def _searched(self, visit: Visit, piece: Piece) -> Iterator[pa.Table]:
        """Give the findings in the text of a member; small ones wait for those of the members after it."""

        def skip(reason: str) -> None:
            self._result.skip(visit.path, "ok", reason)

        try:
            size = BatchSize(self._settings.setup.names is not None)
            read = gathered(self._batches(visit, piece, skip), size)
            for batch in chain.from_iterable(bounded(batch, size) for batch in read):
                n_bytes = batch.column("text").nbytes
                if self._joins and n_bytes <= _SMALL:
                    if self._waiting.add(batch, n_bytes):
                        yield from self._waited()
                    continue
                yield from self._waited()
                self.room.make(batch.nbytes)
                for found in self._found(batch, visit.path):
                    size.note(batch, found.num_rows)
                    self.room.ease()
                    if found.num_rows:
                        yield found
        except BadMemberError as error:
            self._result.skip(visit.path, error.status, error.reason)

    def _waited(self) -> Iterator[pa.Table]:
        """Search the records that wait, together."""
        batches = self._waiting.taken()
        if not batches:
            return
        paths = [batch.column("path")[0].as_py() for batch in batches]
        now, path = self._at, paths[0] if len(set(paths)) == 1 else TOGETHER
        self._told(path)
        batch = pa.concat_batches(batches)
        self.room.make(batch.nbytes)
        yield from (found for found in self._found(batch, path) if found.num_rows)
        self._told(now)

    def _found(self, batch: pa.RecordBatch, path: str) -> Iterator[pa.Table]:
        """Give the findings of a batch; where leakkit fails, of each of its members for itself."""
        from leakkit.pii.find import find_coded

        try:
            yield find_coded(batch, self._settings.setup)
        except LeakkitError:
            raise
        except Exception as error:  # ours, not the file's: said as such, and the rest is searched
            if path != TOGETHER:
                self._result.skip(path, "limit", _FAULT.format(type(error).__name__))
                return
            for start, stop, own in runs_of(batch.column("path")):
                yield from self._found(batch.slice(start, stop - start), own)

    def _told(self, path: str) -> None:
        """Tell what is read or searched from now on."""
        self._at = path
        self._tell(path)

    def _batches(self, visit: Visit, piece: Piece, skip: Callable[[str], None]) -> Iterator[pa.RecordBatch]:
        """Give the records of a member."""
        source = visit.source
        assert source is not None
        yield from iter_slice(
            source.stream,
            visit.path,
            visit.format,
            piece.part,
            size=source.size,
            batch_rows=BATCH_ROWS,
            skip=skip,
        )
