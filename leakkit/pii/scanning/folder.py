"""The folder of a scan: a manifest of partitions, a part for each that is done, nothing half written."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadOutputError
from leakkit.pii.detector import Detector, told_shortly
from leakkit.pii.scanning.partitions import Partition, Plan

if TYPE_CHECKING:
    from leakkit.leak.open import Leak
    from leakkit.pii.setup import Setup

MANIFEST = "manifest.json"
FORMAT = 1
_TEMPORARY = ".tmp-"
_TOLD = tuple(f.name for f in fields(Detector) if f.name != "function")


def fingerprint(setup: Setup) -> dict[str, str]:
    """Give hashes of what findings depend on: the case, and detectors with all other settings."""
    import leakkit

    detectors = repr(told_shortly(setup.detectors, _TOLD))
    brought = [f"{d.function.__module__}.{d.function.__qualname__}" for d in setup.detectors if d.function]
    settings = [leakkit.__version__, detectors, brought, setup.names, setup.min_likelihood, setup.layout]
    return {
        "settings": hashlib.blake2b(json.dumps(settings).encode(), digest_size=10).hexdigest(),
        "case": setup.case.key("case", "which case"),
    }


class ScanFolder:
    """Where parts are written.

    Parameters
    ----------
    path : Path
        Made where it is missing.
    leak : Leak
    setup : Setup
    """

    def __init__(self, path: Path, leak: Leak, setup: Setup) -> None:
        self.path, self.leak = path, leak
        self.marks = {"leak": leak.name} | fingerprint(setup)
        self._check_place()
        self._sweep()

    def part(self, partition: Partition) -> Path:
        """Name the file of a partition."""
        return self.path / f"part-{partition.id}.parquet"

    def begin(self, plan: Plan) -> list[Partition]:
        """Check what stands in the folder, write the manifest; give the partitions that are still to be done.

        Raises
        ------
        BadOutputError
            The folder holds the scan of another leak, with other settings or in another case.
        """
        known = self._known()
        ids = {partition.id for partition in plan.partitions}
        if known is not None:
            self._check_marks(known)
            stale = [self._path_of(entry["id"]) for entry in known["partitions"] if entry["id"] not in ids]
            done = [path for path in stale if path.exists()]
            if done and len(stale) == len(known["partitions"]):
                raise BadOutputError(
                    f"Expected the scan of this leak in the folder {self.path.name!r}",
                    "found that of a leak of the same name with nothing in common",
                    "name another folder, or delete this one",
                )
            for path in done:
                path.unlink()
        elif any(self.path.glob("part-*.parquet")):
            raise BadOutputError(
                f"Expected a new folder or that of a scan at {self.path.name!r}",
                "found parts without a manifest",
                "name another folder",
            )
        self._write(plan)
        return [partition for partition in plan.partitions if not self.part(partition).exists()]

    def _path_of(self, id: str) -> Path:
        """Name the file of a partition of an older manifest."""
        return self.path / f"part-{os.path.basename(id)}.parquet"

    def _check_place(self) -> None:
        """Make the folder; refuse one inside the leak."""
        root = os.path.realpath(self.leak.place)
        place = os.path.realpath(self.path)
        if "://" not in self.leak.place and (place == root or place.startswith(root + os.sep)):
            raise BadOutputError(
                "Expected a folder outside the leak",
                "found one inside it",
                "name another; a leak is never changed",
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadOutputError(
                f"Expected to make the folder {self.path.name!r}",
                f"found that the system refuses ({error.strerror or type(error).__name__})",
                "name another folder",
            ) from None

    def _sweep(self) -> None:
        """Remove what a scan that was broken off left half written."""
        for path in self.path.glob(f"*{_TEMPORARY}*"):
            path.unlink(missing_ok=True)

    def _known(self) -> dict[str, Any] | None:
        """Read the manifest that is there."""
        path = self.path / MANIFEST
        if not path.exists():
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if found["format"] == FORMAT and isinstance(found["partitions"], list):
                return found
        except (OSError, ValueError, KeyError, TypeError):
            pass
        raise BadOutputError(
            f"Expected the manifest of a scan in {self.path.name!r}",
            "found another file",
            "name another folder",
        )

    def _check_marks(self, known: dict[str, Any]) -> None:
        """Refuse to mix two scans."""
        todo = {
            "leak": ("the scan of this leak", "another leak's", "name another folder"),
            "settings": (
                "a scan with these detectors and settings",
                "one with others",
                "scan as before to go on, or name another folder",
            ),
            "case": (
                "a scan in this case",
                "one of another case, whose keys cannot be compared",
                "pass the case it was begun with (case=Case.load(...), --case FILE), or name another folder",
            ),
        }
        for mark, (expected, found, what) in todo.items():
            if known.get(mark) != self.marks[mark]:
                raise BadOutputError(
                    f"Expected {expected} in the folder {self.path.name!r}", f"found {found}", what
                )

    def _write(self, plan: Plan) -> None:
        """Write the manifest, whole or not at all."""
        content = (
            {"format": FORMAT}
            | self.marks
            | {
                "partitions": [partition.to_json() for partition in plan.partitions],
                "skipped": plan.skipped,
                "without_text": plan.without_text,
            }
        )
        temporary = self.path / f"{MANIFEST}{_TEMPORARY}{os.getpid()}"
        temporary.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(temporary, self.path / MANIFEST)
