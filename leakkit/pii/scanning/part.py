"""One partition of a leak to one file of findings: a pure function that any process or machine can call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from leakkit.errors import BadMemberError, BadOutputError, LeakkitError
from leakkit.leak.records.slices import iter_slice
from leakkit.leak.records.stream import RECORD_FORMATS, UNREAD_FORMATS
from leakkit.leak.visit import UNREADABLE, Leave, Visit
from leakkit.pii.scanning.part_file import PartWriter
from leakkit.pii.scanning.partitions import Partition, Piece, Skipped, is_unchanged, open_piece

if TYPE_CHECKING:
    from leakkit.leak.open import Leak
    from leakkit.pii.setup import Setup

BATCH_ROWS, BATCH_BYTES = 131_072, 2**20
"""Most records and, unless a single one is longer, bytes of text searched at once."""

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
    result = PartResult()
    reading = _Reading(settings, result, frozenset(passed_over), tell)
    temporary = f"{part_path}.tmp-{os.getpid()}"
    try:
        with PartWriter(temporary, result) as writer:
            for piece in Partition.from_json(partition).pieces:
                for table in reading.findings(piece):
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


def gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Join small batches: what is done once for each batch is then done less often.

    Examples
    --------
    >>> batch = pa.RecordBatch.from_pydict({"text": pa.array(["x" * 300_000] * 2, pa.large_string())})
    >>> [part.num_rows for part in gathered([batch] * 3)]
    [2, 2, 2]
    >>> [part.num_rows for part in gathered([batch.slice(0, 1)] * 4)]
    [3, 1]
    """
    held: list[pa.RecordBatch] = []
    size = 0
    try:
        for batch in batches:
            more = batch.column("text").nbytes - 8 * batch.num_rows
            if held and size + more > BATCH_BYTES:
                yield pa.concat_batches(held)
                held, size = [], 0
            held.append(batch)
            size += more
    except Exception:
        if held:  # what was read before a member breaks off counts
            yield pa.concat_batches(held)
        raise
    if held:
        yield pa.concat_batches(held)


def bounded(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cut a batch where its texts are very long together: dense ones give more findings than memory holds.

    Examples
    --------
    >>> batch = pa.RecordBatch.from_pydict({"text": pa.array(["x" * 700_000] * 3, pa.large_string())})
    >>> [part.num_rows for part in bounded(batch)]
    [1, 1, 1]
    """
    texts = batch.column("text")
    ends = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    start = 0
    while start < len(texts):
        stop = int(np.searchsorted(ends, ends[start] + BATCH_BYTES, side="right")) - 1
        stop = min(max(stop, start + 1), len(texts))
        yield batch.slice(start, stop - start)
        start = stop


class _Reading:
    """Members of pieces, opened and searched one after the other."""

    def __init__(
        self, settings: ScanSettings, result: PartResult, passed_over: frozenset[str], tell: Tell
    ) -> None:
        self._settings, self._result, self._passed_over, self._tell = settings, result, passed_over, tell

    def findings(self, piece: Piece) -> Iterator[pa.Table]:
        """Give the findings of a piece; whatever breaks costs a line in `skipped`."""
        self._tell(piece.path)
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
            self._tell(visit.path)
        yield from self._searched(visit, piece)

    def _searched(self, visit: Visit, piece: Piece) -> Iterator[pa.Table]:
        """Give the findings in the text of a member."""
        from leakkit.pii.find import find_coded

        def skip(reason: str) -> None:
            self._result.skip(visit.path, "ok", reason)

        try:
            for batch in chain.from_iterable(map(bounded, gathered(self._batches(visit, piece, skip)))):
                try:
                    found = find_coded(batch, self._settings.setup)
                except LeakkitError:
                    raise
                except Exception as error:  # ours, not the file's: said as such, and the rest is searched
                    self._result.skip(visit.path, "limit", _FAULT.format(type(error).__name__))
                    continue
                if found.num_rows:
                    yield found
        except BadMemberError as error:
            self._result.skip(visit.path, error.status, error.reason)

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
