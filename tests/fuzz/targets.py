"""What is fuzzed: each target takes bytes and may raise nothing but an error of the kit."""

from __future__ import annotations

import io
from contextlib import suppress
from importlib import import_module

from leakkit.errors import BadMemberError
from leakkit.leak.access.requests import LOG_KINDS, parse_access
from leakkit.leak.budget import Budget
from leakkit.leak.formats import READERS
from leakkit.leak.inventory import rows
from leakkit.leak.listings.listing import LISTING_FORMATS, read_listing
from leakkit.leak.records.stream import RECORD_FORMATS, iter_records
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource
from leakkit.leak.walk import Visit, Walker

FORMATS = sorted(READERS)
SUFFIXES = (
    *(
        ".safetensors",
        ".gguf",
        ".bin",
        ".pt",
        ".pkl",
        ".json",
        ".jsonl",
        ".csv",
        ".txt",
        ".md",
        ".yaml",
        ".xml",
    ),
    *(
        ".h5",
        ".keras",
        ".onnx",
        ".pb",
        ".npy",
        ".npz",
        ".zip",
        ".tar",
        ".gz",
        ".parquet",
        ".db",
        ".log",
        ".env",
    ),
)
SMALL = Budget(unpacked_bytes=2**24, ratio_from=2**20, members=500, depth=3)


def reader(data: bytes) -> None:
    """Give bytes to the reader of a format they may not have; the first byte chooses it."""
    format = FORMATS[data[0] % len(FORMATS)] if data else "unknown"
    with suppress(BadMemberError):
        import_module(READERS[format]).read(BytesSource(data[1:], "fuzzed"), format)


def inventory(data: bytes) -> None:
    """Inventory bytes under some name, archives inside included; the first byte chooses the suffix."""
    name = f"fuzzed{SUFFIXES[data[0] % len(SUFFIXES)]}" if data else "fuzzed"
    source = BytesSource(data[1:], name)
    steps = Walker(SMALL).source(Visit(name, size=source.size, source=source), 0)
    for row in rows(steps, ("sha256",)):
        if not row["path"] or row["status"] is None:
            raise AssertionError("a row without path or status")
        row["path"].encode()


def listing(data: bytes) -> None:
    """Read bytes as every kind of listing."""
    formats = sorted(LISTING_FORMATS)
    format = formats[data[0] % len(formats)] if data else formats[0]
    with suppress(BadMemberError):
        for number, _ in enumerate(read_listing(BytesSource(data[1:], "fuzzed"), format)):
            if number > 5_000:
                break


def first_look(data: bytes) -> None:
    """Tell the format of bytes."""
    format, by = sniff(BytesSource(data, "fuzzed"))
    if by not in {"magic", "structure", "extension"} or not format:
        raise AssertionError(f"sniff gave {format!r} by {by!r}")


def records(data: bytes) -> None:
    """Take the text out of bytes of any format that holds text; the first byte chooses it."""
    formats = sorted(RECORD_FORMATS)
    format = formats[data[0] % len(formats)] if data else formats[0]
    with suppress(BadMemberError):
        for batch in iter_records(lambda: io.BytesIO(data[1:]), "fuzzed", format, size=len(data) - 1):
            batch.validate(full=True)


def access(data: bytes) -> None:
    """Read bytes as lines of every kind of access log; the first byte chooses it."""
    kind = (None, *LOG_KINDS)[data[0] % (len(LOG_KINDS) + 1)] if data else None
    for batch in parse_access(data[1:].decode("utf-8", "replace").splitlines(), kind):
        batch.validate(full=True)
