"""Search a whole leak for personal data and secrets: members in, parts of findings out, resumable."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.engine import Outcome, Task, run
from leakkit.errors import BadParameterError
from leakkit.pii.scanning.folder import ScanFolder
from leakkit.pii.scanning.heap import seldom_collected
from leakkit.pii.scanning.part import ScanSettings
from leakkit.pii.scanning.part import scan_partition as scan_partition
from leakkit.pii.scanning.partitions import Partition, plan
from leakkit.pii.scanning.result import Scan

if TYPE_CHECKING:
    from leakkit.leak.open import Leak
    from leakkit.pii.detector import Detector
    from leakkit.pii.masking.case import Case
    from leakkit.pii.setup import Setup

WORK = "leakkit.pii.scanning.scan:scan_partition"


def scan(
    leak: Leak | str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    *,
    detectors: Sequence[str | Detector] | str | Detector | None = None,
    names: str | None = "auto",
    case: Case | None = None,
    min_likelihood: str | None = None,
    progress: bool = True,
    client: object = None,
) -> Scan:
    """Find personal data and secrets in every member of a leak that holds text.

    Parameters
    ----------
    leak : Leak, str or path
        What `open_leak` gave, or what it takes.
    out : path, optional
        Folder for the findings, outside the leak. Left out, a temporary one is used, which goes away
        with the `Scan`. A folder of a scan that was broken off is gone on with: parts that are done
        stay, half-written ones are swept. That needs the same leak, settings and **case**: without
        `case` the keys belong to this session, and another session cannot go on.
    workers : int, optional
        Processes beside this one, which survives whatever a hostile member does to them; as many as there
        are processors when left out. 1 works in this process: sooner ready, and without that protection.
    detectors, names, case, min_likelihood
        As for `find_pii`. ``names=None`` looks for no names, which is many times faster.
    progress : bool
        Show a bar in a terminal. It never gets into stored outputs.
    client : object
        Kept for a scheduler on other machines; must be None.

    Returns
    -------
    Scan
        Findings by part, counts, and what was not read. No raw value is in it or in the folder.

    Raises
    ------
    BadOutputError
        `out` is inside the leak, cannot be written, or belongs to another scan.
    BadParameterError
        A parameter is unknown.
    LeakNotFoundError, LeakUnreadableError, NotALeakError
        As for `open_leak`.

    Notes
    -----
    Members that cannot be read, or not to their end, cost a row in `Scan.skipped`, not the run; so does
    one over which a process dies twice. Same leak, same settings, same case: same bytes, whatever the
    number of workers. Budgets on archives hold for each outermost archive by itself.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.scan(lk.sample_leak(), workers=1, detectors=["IBAN"], names=None, progress=False)
    >>> found.summary()["entity"].unique().tolist(), found.is_complete
    (['IBAN'], True)
    """
    from leakkit.leak.open import Leak, open_leak
    from leakkit.pii.setup import make_setup

    opened = leak if isinstance(leak, Leak) else open_leak(leak, hash=False)
    path = Path(tempfile.mkdtemp(prefix="leakkit-scan-") if out is None else out)
    try:
        with seldom_collected():
            setup = make_setup(detectors, names=names, case=case, min_likelihood=min_likelihood)
            lost = _searched(opened, setup, path, workers, progress, client)
    except BaseException:
        if out is None:
            shutil.rmtree(path, ignore_errors=True)
        raise
    return Scan(path, lost=lost, owned=out is None)


def _searched(
    leak: Leak, setup: Setup, path: Path, workers: int | None, progress: bool, client: object
) -> list[tuple[str, str, str]]:
    """Search what is still to be searched; give the members that came to nothing."""
    folder = ScanFolder(path, leak, setup)
    planned = plan(leak, folder.marks["settings"] + folder.marks["case"])
    waiting = folder.begin(planned)
    by_id = {partition.id: partition for partition in waiting}
    lost: list[tuple[str, str, str]] = []
    with _bar(planned.partitions, waiting, progress) as advance:
        outcomes = run(
            [Task(p.id, {"partition": p.to_json(), "part_path": str(folder.part(p))}) for p in waiting],
            WORK,
            _workers(workers, setup),
            settings=ScanSettings(leak, setup),
            client=client,
        )
        for outcome in outcomes:
            lost += _lost(outcome, by_id[outcome.task.id])
            advance(by_id[outcome.task.id].n_bytes)
    return lost


def _lost(outcome: Outcome, partition: Partition) -> list[tuple[str, str, str]]:
    """Name the members of a partition that came to nothing."""
    if outcome.result is not None:
        return []
    reason = f"not searched: {outcome.error}; run the scan again to try once more"
    return [(piece.path, "corrupt", reason) for piece in partition.pieces]


def _workers(workers: int | None, setup: Setup) -> int | None:
    """Choose the number of processes; validators that only this process knows keep the work here."""
    brought = any(d.function is not None and d.function.__module__ == "__main__" for d in setup.detectors)
    if brought and (workers or 1) > 1:
        raise BadParameterError(
            "Expected detectors that other processes can import",
            "found one whose function stands in this notebook or script",
            "move it to a module of its own, or pass workers=1",
        )
    return 1 if brought else workers


@contextmanager
def _bar(partitions: list[Partition], waiting: list[Partition], wanted: bool) -> Iterator[Any]:
    """Give a function that is told bytes; a bar in a terminal, nothing elsewhere."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    total = sum(partition.n_bytes for partition in partitions)
    done = total - sum(partition.n_bytes for partition in waiting)
    with tqdm(total=total, initial=done, desc="Searching", unit="B", unit_scale=True, leave=False) as bar:
        yield bar.update
