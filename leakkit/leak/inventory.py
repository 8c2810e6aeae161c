"""The inventory: one row of the artifacts frame for every member, in batches, with flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadMemberError
from leakkit.frames import ARTIFACTS
from leakkit.leak.digest import Digest
from leakkit.leak.facts import Facts
from leakkit.leak.folders import FolderFiller
from leakkit.leak.formats import READERS, read_facts
from leakkit.leak.kinds import describe
from leakkit.leak.listings.listing import read_listing
from leakkit.leak.names import contradicts, guess_by_name
from leakkit.leak.source import BytesSource
from leakkit.leak.walk import UNREADABLE, Leave, Step, Visit

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from leakkit.leak.open import Leak

BATCH_ROWS = 4096
RULES_KEPT = 100
"""Different reasons for danger that a container repeats from its members."""

TELL_BYTES = 2**25
"""Bytes between two signs of life while one large member is hashed."""

Row = dict[str, Any]
Progress = Callable[[int, int], None]
"""Told the members and bytes seen since the last call."""

_TEXT_TABLES = frozenset({"csv", "tsv", "jsonl"})
"""Their readers tell columns and rows, which the tables frame asks for and this one does not hold."""

_CONTAINER_RULES = {"archive-path-escape": "yes", "archive-ratio": "yes", "archive-bad-flags": "review"}


def rows(steps: Iterable[Step], hashes: tuple[str, ...], progress: Progress | None = None) -> Iterator[Row]:
    """Give one row for every member of a walk; a container's row follows those of its members.

    Parameters
    ----------
    steps : iterable of Visit and Leave
        As `Walker` gives them.
    hashes : tuple of str
        Names of the hashes to take, possibly none.
    progress : callable, optional
        Called with (0, bytes) while a large file is hashed.
    """
    open_containers: list[Row] = []
    for step in steps:
        if isinstance(step, Leave):
            row = open_containers.pop()
            _close(row, step)
        else:
            row = _row(step, hashes, progress)
            if step.is_container:
                open_containers.append(row)
                continue
        if open_containers:
            _raise_container(open_containers[-1], row)
        yield row


def batches(
    steps: Iterable[Step], hashes: tuple[str, ...], progress: Progress | None = None
) -> Iterator[pa.RecordBatch]:
    """Pack the rows of a walk into Arrow batches of the artifacts frame, folder facts filled in."""
    filler = FolderFiller()
    waiting: list[Row] = []
    for row in filler.fill(rows(steps, hashes, progress)):
        waiting.append(row)
        if len(waiting) >= BATCH_ROWS:
            yield _packed(waiting, progress)
            waiting = []
    if waiting:
        yield _packed(waiting, progress)


def _packed(waiting: list[Row], progress: Progress | None) -> pa.RecordBatch:
    """Make one batch and tell how far we are."""
    if progress is not None:
        told = sum(row.get("x_told") or 0 for row in waiting)
        progress(len(waiting), sum(row.get("size") or 0 for row in waiting if row["present"]) - told)
    try:
        return ARTIFACTS.batch(waiting)
    except (
        ValueError,
        OverflowError,
        TypeError,
    ):  # a reader let something through: it costs cells, not the run
        return ARTIFACTS.batch([_fitting(row) for row in waiting])


def _fitting(row: Row) -> Row:
    """Leave out of a row what its columns cannot hold."""
    import pyarrow as pa

    fitting, lost = {}, []
    for column in ARTIFACTS.columns:
        try:
            pa.scalar(row.get(column.name), column.arrow_type())
            fitting[column.name] = row.get(column.name)
        except (ValueError, OverflowError, TypeError):
            lost.append(column.name)
    if lost:
        note = f"holds values that no column can: {', '.join(lost)}"
        fitting["error"] = f"{fitting['error']}; {note}" if fitting.get("error") else note
    return fitting


def _row(visit: Visit, hashes: tuple[str, ...], progress: Progress | None = None) -> Row:
    """Describe one member."""
    row: Row = {
        "path": visit.path,
        "container": visit.container,
        "size": visit.size,
        "compressed_size": visit.compressed_size,
        "mtime": _moment(visit.mtime),
        "etag": visit.etag,
        "present": True,
        "format": visit.format,
        "format_by": visit.format_by,
        "danger_rules": [],
        "status": visit.status,
        "error": visit.error,
    }
    if visit.source is not None:
        _hash(row, visit, hashes, progress)
        _read(row, visit)
    elif visit.listed is not None:
        _claim(row, visit)
    elif visit.status == "limit" and visit.size is not None:  # not unpacked: how large it is, nobody knows
        row["size"], row["error"] = None, f"{visit.error}; its header claims {visit.size:,} bytes"
    if visit.escapes:
        _flag(row, "yes", "archive-path-escape")
        row["error"] = row["error"] or "its name would leave the folder it is unpacked into"
    if visit.status == "limit" and visit.error and "packed size" in visit.error:
        _flag(row, "yes", "archive-ratio")
    row["kind"], row["veris_variety"], row["sensitivity"] = describe(row["format"], visit.path, row)
    return row


def _moment(seconds: float | None) -> datetime | None:
    """Turn a time stamp into a moment, unless no calendar holds it."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _hash(row: Row, visit: Visit, hashes: tuple[str, ...], progress: Progress | None = None) -> None:
    """Hash a member; one that breaks on the way keeps its row and says so."""
    if not hashes or visit.source is None:
        return
    if visit.digests is not None:
        row |= visit.digests
    else:
        digest = Digest(hashes)
        try:
            if isinstance(visit.source, BytesSource):
                digest.update(visit.source.data)
            elif (length := digest.read(visit.source.stream(), _teller(row, progress))) != visit.source.size:
                _change_size(row, length, visit.source.size)
        except BadMemberError as error:
            row["status"], row["error"] = error.status, error.reason
            return
        except UNREADABLE as error:
            row["status"], row["error"] = "corrupt", f"cannot be read to its end ({type(error).__name__})"
            return
        row |= digest.result()
    row["hash_source"] = "computed" if "sha256" in row else None


def _change_size(row: Row, length: int, expected: int) -> None:
    """Note that more or fewer bytes came than the member's size promised."""
    if length < expected:
        row["status"], row["error"] = "truncated", f"{length:,} of {expected:,} bytes could be read"
    else:
        row["size"], row["error"] = length, f"it grew while it was read; it was {expected:,} bytes"


def _teller(row: Row, progress: Progress | None) -> Callable[[int], None] | None:
    """Give what tells, every `TELL_BYTES` bytes, how far the hashing of one large member is."""
    if progress is None:
        return None
    row["x_told"] = waiting = 0

    def tell(length: int) -> None:
        nonlocal waiting
        waiting += length
        if waiting >= TELL_BYTES:
            progress(0, waiting)
            row["x_told"] += waiting
            waiting = 0

    return tell


def _read(row: Row, visit: Visit) -> None:
    """Let the format's reader look at the member and take over what it tells."""
    assert visit.source is not None
    if visit.format in READERS and visit.format not in _TEXT_TABLES:
        facts = read_facts(visit.source, visit.format)
        _take(row, facts)
    if visit.format == "git-lfs-pointer":
        _follow_pointer(row, visit)
        return
    row["ext_mismatch"] = contradicts(visit.source.name, row["format"])


def _take(row: Row, facts: Facts) -> None:
    """Put the facts of a reader into a row."""
    row |= facts.values
    row["format"] = facts.format or row["format"]
    if facts.danger is not None:
        row["danger"], row["danger_rules"] = facts.danger, facts.danger_rules
    if facts.status != "ok" and row["status"] == "ok":
        row["status"], row["error"] = facts.status, facts.error
    elif facts.error and not row["error"]:
        row["error"] = facts.error


def _follow_pointer(row: Row, visit: Visit) -> None:
    """Let a Git LFS pointer stand for the absent file it names: claimed size and hash, present False."""
    assert visit.source is not None
    row["present"], row["sha256"], row["blake3"], row["hash_source"] = False, None, None, None
    try:
        for listed in read_listing(visit.source, visit.format):
            row["size"], row["sha256"], row["hash_source"] = listed.size, listed.sha256, "pointer"
    except BadMemberError as error:
        row["status"], row["error"] = error.status, error.reason


def _claim(row: Row, visit: Visit) -> None:
    """Describe an object that only a listing or manifest names; its format is what its name says."""
    listed = visit.listed
    assert listed is not None
    row["present"] = False
    row["format"], row["format_by"] = guess_by_name(visit.path), "extension"
    row["sha256"] = listed.sha256
    row["hash_source"] = listed.hash_source if listed.sha256 else None


def _flag(row: Row, danger: str, rule: str) -> None:
    """Raise a row's danger and add the reason."""
    facts = Facts(danger=row.get("danger"), danger_rules=list(row["danger_rules"]))
    facts.flag(danger, rule)
    row["danger"], row["danger_rules"] = facts.danger, facts.danger_rules


def _raise_container(container: Row, member: Row) -> None:
    """Let a container be at least as dangerous as what is in it."""
    if member.get("danger") in {"yes", "review"}:
        for rule in member["danger_rules"] or [member["danger"]]:
            inside = rule if rule.startswith("inside:") else f"inside:{rule}"
            full = len(container["danger_rules"]) >= RULES_KEPT and inside not in container["danger_rules"]
            _flag(container, member["danger"], "inside:more" if full else inside)


def _close(row: Row, leave: Leave) -> None:
    """Finish a container's row with how its reading went."""
    if leave.status != "ok":
        row["status"], row["error"] = leave.status, leave.error
        if leave.status == "limit" and leave.error and "packed size" in leave.error:
            _flag(row, "yes", "archive-ratio")
    for rule in leave.rules:
        _flag(row, _CONTAINER_RULES.get(rule, "review"), rule)
    if row.get("danger") is None and row["kind"] == "archive":
        row["danger"] = "none_found"


def write_inventory(leak: Leak, out: str | Path, *, progress: Progress | None = None) -> int:
    """Write the artifacts frame of a leak to a file as it is read, with flat memory.

    Parameters
    ----------
    leak : Leak
    out : str or path
        Ends in ``.parquet``, ``.csv``, ``.json`` or ``.jsonl``. In CSV, cells that a spreadsheet
        would take for formulas get a quote before them.
    progress : callable, optional
        Called with (members, bytes) since its last call.

    Returns
    -------
    int
        Rows written. They stand in walking order; sort by ``path`` for the order of ``artifacts()``.

    Raises
    ------
    BadOutputError
        The suffix is none of these, the place cannot be written, or it lies in the leak: writing there
        would change the evidence.
    """
    from leakkit.leak.export import open_writer, out_path

    count = 0
    with open_writer(out_path(out, leak.place)) as write:
        for batch in leak.inventory_batches(progress=progress):
            write(batch)
            count += batch.num_rows
    return count
