"""Recompute what can be counted in data/registry.csv: hash, rows, columns. The words are written by hand.

    python -m data.refresh_registry

A file of data/ without a row is an error: write its source, licence, date and known faults first.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parent
REGISTRY = DATA / "registry.csv"
COLUMNS = ["path", "source", "licence", "date", "sha256", "rows", "columns", "known_faults"]
NOT_DATA = {"README.md", "registry.csv", "refresh_registry.py"}
TREES = ("sample_leak", "make_sample_leak")


def shipped(data: Path = DATA) -> list[str]:
    """Everything in data/ that needs a row: each file, and the sample leak as one tree."""
    files = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    single = [name for name in files if name.split("/")[0] not in TREES and "__pycache__" not in name]
    return sorted([name for name in single if name not in NOT_DATA] + ["sample_leak"])


def tree_sha256(folder: Path) -> str:
    """Hash of a folder: sha256 of its "sha256  path" lines, sorted by path, as sha256sum prints them."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def counted(path: Path) -> dict[str, object]:
    """Hash, rows and columns of a file; for the leak its tree hash and number of files."""
    if path.is_dir():
        return {
            "sha256": tree_sha256(path),
            "rows": sum(p.is_file() for p in path.rglob("*")),
            "columns": pd.NA,
        }
    raw = path.read_bytes()
    if path.name.endswith((".csv", ".csv.gz")):
        frame = pd.read_csv(
            io.BytesIO(gzip.decompress(raw) if path.suffix == ".gz" else raw), low_memory=False
        )
        return {"sha256": hashlib.sha256(raw).hexdigest(), "rows": len(frame), "columns": frame.shape[1]}
    return {"sha256": hashlib.sha256(raw).hexdigest(), "rows": pd.NA, "columns": pd.NA}


def refreshed(registry: pd.DataFrame, data: Path = DATA) -> pd.DataFrame:
    """Give the registry with hashes and counts as they are now."""
    missing = sorted(set(shipped(data)) ^ set(registry["path"]))
    if missing:
        raise SystemExit(f"Expected one row in registry.csv for each file of data/; these differ: {missing}")
    counts = pd.DataFrame([counted(data / path) for path in registry["path"]], index=registry.index)
    whole = registry.drop(columns=["sha256", "rows", "columns"]).join(
        counts.astype({"rows": "Int64", "columns": "Int64"})
    )
    return whole[COLUMNS].sort_values("path", ignore_index=True)


def main() -> None:
    """Rewrite data/registry.csv."""
    registry = pd.read_csv(REGISTRY, dtype={"rows": "Int64", "columns": "Int64"})
    REGISTRY.write_text(refreshed(registry).to_csv(index=False, lineterminator="\n"), encoding="utf-8")


if __name__ == "__main__":
    main()
