"""Reads the sample leak without leakkit: every member's bytes, and every string with its row and field."""

from __future__ import annotations

import csv
import email
import gzip
import io
import json
import re
import sqlite3
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from email import policy
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Record = tuple[int, str, str]


def _inside(data: bytes, format: str, name: str) -> Iterator[tuple[str, bytes]]:
    """Members of an archive."""
    if format == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((info.filename, archive.read(info)) for info in archive.infolist())
    elif format == "gzip" and not name.endswith(".tar.gz"):
        yield Path(name).stem, gzip.decompress(data)
    elif format in {"gzip", "tar"}:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            yield from ((info.name, archive.extractfile(info).read()) for info in archive)  # type: ignore[union-attr]


def files(folder: Path) -> dict[str, bytes]:
    """Bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def members(held: dict[str, bytes], formats: dict[str, str]) -> dict[str, bytes]:
    """Those files and every member of the whole archives among them, by path as in the truth."""
    found = dict(held)
    waiting = list(found.items())
    while waiting:
        path, data = waiting.pop()
        if path.endswith("interrupted.zip"):  # cut off, without a list of members: stored, so cut by hand
            first, second = (data.index(start) for start in (b"INVENTED", b"never complete "))
            end = data.index(b"PK\x03\x04", first)
            found |= {f"{path}!/a.txt": data[first:end], f"{path}!/b.txt": data[second:]}
            continue
        for name, inner in _inside(data, formats.get(path, ""), path.rsplit("/", 1)[-1]):
            shown = "".join(f"\\x{ord(c):02x}" if ord(c) < 32 else c for c in name.lstrip("/"))
            found[f"{path}!/{shown}"] = inner
            waiting.append((f"{path}!/{shown}", inner))
    return found


def _flat(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Strings of nested JSON with the way to them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{field}.{key}" if field else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{field}[{place}]")
    elif value is not None:
        yield field, str(value)


def _table(table: pa.Table) -> Iterator[Record]:
    """Strings of a table, and what its metadata says."""
    for row, record in enumerate(
        table.select([f.name for f in table.schema if f.type == pa.string()]).to_pylist()
    ):
        yield from ((row, field, text) for field, text in record.items() if text is not None)


def _sqlite(data: bytes) -> Iterator[Record]:
    """Strings of every table of a database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite"
        path.write_bytes(data)
        connection = sqlite3.connect(path)
        try:
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                cursor = connection.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in cursor.description]
                for row, values in enumerate(cursor):
                    yield from ((row, f"{table}.{n}", str(v)) for n, v in zip(names, values, strict=True))
        finally:
            connection.close()


def _mbox(data: bytes) -> Iterator[Record]:
    """Sender, receiver and body of each message."""
    for row, part in enumerate(re.split(rb"(?m)^From \S+ .*\n", data)[1:]):
        message = email.message_from_bytes(part, policy=policy.compat32)
        yield row, "from", part.split(b"From: ", 1)[1].split(b"\n", 1)[0].decode()
        yield row, "to", message["To"]
        yield row, "body", message.get_payload(decode=True).decode().rstrip("\n")  # type: ignore[union-attr]


def records(format: str, data: bytes) -> Iterator[Record]:
    """Row, field and text of every string of a member; nothing for weights, pictures and sound."""
    if format == "csv":
        for row, cells in enumerate(csv.DictReader(io.StringIO(data.decode(), newline=""))):
            yield from ((row, field, text) for field, text in cells.items())
    elif format == "jsonl" or (format == "access-log" and data.startswith(b"{")):
        for row, line in enumerate(data.decode().splitlines()):
            yield from ((row, field, text) for field, text in _flat(json.loads(line)))
    elif format == "parquet":
        yield from _table(pq.read_table(io.BytesIO(data)))
    elif format == "arrow":
        yield from _table(pa.ipc.open_file(io.BytesIO(data)).read_all())
    elif format == "sqlite":
        yield from _sqlite(data)
    elif format == "mbox":
        yield from _mbox(data)
    elif format == "pdf":
        yield from (
            (row, "text", t.decode("latin-1")) for row, t in enumerate(re.findall(rb"\((.*?)\) Tj", data))
        )
    elif format in BINARY:
        yield from ((0, "", run.decode()) for run in re.findall(rb"[ -~]{12,}", data))
    else:
        yield from ((row, "", line) for row, line in enumerate(data.decode().splitlines()))


BINARY = set("safetensors gguf onnx torch-zip pickle npz zip gzip tar png wav tfevents".split())
