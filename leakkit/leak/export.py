"""Frames to files as they are read: Parquet, CSV that no spreadsheet executes, JSON, JSON lines."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from leakkit.errors import BadOutputError, LeakkitError
from leakkit.frames import ARTIFACTS
from leakkit.leak.text import printable, spreadsheet_safe

if TYPE_CHECKING:
    import pyarrow as pa

Write = Callable[["pa.RecordBatch"], None]
SUFFIXES = (".parquet", ".csv", ".json", ".jsonl")


def out_path(out: str | os.PathLike[str], leak: str) -> Path:
    """Give the file to write as a path, unless it is, or lies in, the leak that is read.

    Raises
    ------
    BadOutputError
        It does, or is no path.
    """
    if not isinstance(out, str | os.PathLike) or not os.fspath(out):
        raise BadOutputError(
            "Expected a file name to write",
            f"found {'an empty text' if out == '' else f'a {type(out).__name__}'}",
            f"name a file ending in {', '.join(SUFFIXES)}",
        )
    if "://" not in leak and "\0" not in os.fspath(out):
        target, source = Path(os.path.realpath(out)), Path(os.path.realpath(leak))
        if target == source or source in target.parents:
            raise BadOutputError(
                "Expected a place outside the leak",
                f"found {printable(str(out), 200)}, which lies in it",
                "name a file elsewhere, so that the leak stays as it was found",
            )
    return Path(out)


@contextmanager
def open_writer(out: Path) -> Iterator[Write]:
    """Open a file for batches of the artifacts frame; it appears under its name only when it is whole.

    Raises
    ------
    BadOutputError
        The suffix is unknown, the folder is missing, or the system refuses.
    """
    shown = printable(str(out), 200)
    if "\0" in str(out):
        raise BadOutputError("Expected a file name", f"found {shown}", "remove the null character")
    if out.suffix.lower() not in SUFFIXES:
        raise BadOutputError(
            f"Expected a file name ending in {', '.join(SUFFIXES)}", f"found {shown}", "choose one of these"
        )
    if os.path.isdir(out):
        raise BadOutputError(
            "Expected the name of a file to write", f"found the folder {shown}", "add a file name"
        )
    partial = out.with_name(f".{out.name}.partial")
    opened = {".parquet": _parquet, ".csv": _csv, ".json": _json, ".jsonl": _json_lines}[out.suffix.lower()]
    try:
        with opened(partial) as write:
            yield write
        os.replace(partial, out)
    except OSError as error:
        if isinstance(error, LeakkitError):  # the leak could not be read; no fault of the place
            raise
        raise BadOutputError(
            f"Expected to write {shown}",
            f"found that the system refuses ({error.strerror or type(error).__name__})",
            "name a file in a folder that exists, is yours and has room",
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def _parquet(path: Path) -> Iterator[Write]:
    """Write Parquet, one row group a batch."""
    import pyarrow.parquet

    with path.open("wb") as file, pyarrow.parquet.ParquetWriter(file, ARTIFACTS.arrow_schema) as writer:
        yield writer.write_batch


@contextmanager
def _csv(path: Path) -> Iterator[Write]:
    """Write CSV with every text made harmless for spreadsheets; lists are joined by a blank."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ARTIFACTS.names)

        def write(batch: pa.RecordBatch) -> None:
            writer.writerows([_cell(value) for value in row.values()] for row in batch.to_pylist())

        yield write


def _cell(value: Any) -> Any:
    """Give one value as a spreadsheet may show it."""
    if isinstance(value, list):
        value = " ".join(value)
    return spreadsheet_safe(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> Any:
    """Give moments as ISO 8601; everything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(row: dict[str, Any]) -> str:
    """Give one row as JSON on one line, ASCII only."""
    return json.dumps({name: _plain(value) for name, value in row.items()})


@contextmanager
def _json_lines(path: Path) -> Iterator[Write]:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        yield lambda batch: _write_lines(file, batch)


def _write_lines(file: TextIO, batch: pa.RecordBatch) -> None:
    """Write the rows of a batch, one a line."""
    file.writelines(_line(row) + "\n" for row in batch.to_pylist())


@contextmanager
def _json(path: Path) -> Iterator[Write]:
    """Write one JSON array of objects, as it comes."""
    with path.open("w", encoding="utf-8") as file:
        separator = "[\n"

        def write(batch: pa.RecordBatch) -> None:
            nonlocal separator
            for row in batch.to_pylist():
                file.write(separator + _line(row))
                separator = ",\n"

        yield write
        file.write("[]\n" if separator == "[\n" else "\n]\n")
