"""Records of Arrow IPC files and streams: batch by batch, each checked before it is unpacked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from leakkit.errors import BadMemberError
from leakkit.leak.formats.arrow_ipc import MAGIC, Message, messages, record_batch_buffers, schema_from
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.columns import column_records, has_text
from leakkit.leak.records.parquet import seekable_source
from leakkit.leak.source import HEADER_LIMIT, Source

BATCH_LIMIT = 128 * 2**20
"""Largest record batch that is read, packed or unpacked (bytes)."""

_END = b"\xff\xff\xff\xff\0\0\0\0"
_SCHEMA, _DICTIONARY, _BATCH = 1, 2, 3


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give the text of every record batch; one that is too large is left out with a reason."""
    source = seekable_source(file, size)
    if not source.head.startswith(MAGIC) and source.head.startswith(b"FEA1"):
        raise BadMemberError("Feather 1, the format before Arrow files, is not read", status="refused")
    schema: Any = None
    opening = b""
    dictionaries: list[bytes] = []
    first_row = 0
    for message in messages(source):
        if message.kind == _SCHEMA and schema is None:
            schema, opening = schema_from(source, message), _bytes_of(source, message)
        elif message.kind == _DICTIONARY and _is_bearable(source, message, packer):
            dictionaries.append(_bytes_of(source, message))
            if sum(map(len, dictionaries)) > BATCH_LIMIT:
                raise BadMemberError("dictionaries larger than are kept in memory", status="limit")
        elif message.kind == _BATCH and schema is not None:
            if _is_bearable(source, message, packer):
                yield from _batch(
                    [opening, *dictionaries, _bytes_of(source, message)], schema, first_row, packer
                )
            first_row += message.rows
    if schema is None:
        raise BadMemberError("holds no Arrow schema")


def _bytes_of(source: Source, message: Message) -> bytes:
    """Give a message with its body, as it stands."""
    parts = [b"\xff\xff\xff\xff" + struct.pack("<i", len(message.metadata)), message.metadata]
    position, end = message.body, message.body + message.body_length
    while position < end:
        part = source.read_at(position, min(HEADER_LIMIT, end - position))
        if not part:
            raise BadMemberError("ends inside the body of a message", status="truncated")
        parts.append(part)
        position += len(part)
    return b"".join(parts)


def _is_bearable(source: Source, message: Message, packer: Packer) -> bool:
    """Tell whether the body fits into memory, packed and unpacked (each packed buffer begins with its length)."""
    total = message.body_length
    if total <= BATCH_LIMIT:
        for offset, length in record_batch_buffers(message):
            if length >= 8 and offset + 8 <= message.body_length:
                claimed = struct.unpack("<q", source.read_at(message.body + offset, 8).ljust(8, b"\0"))[0]
                total += max(0, claimed)
    if total > BATCH_LIMIT:
        packer.skip(f"a record batch of more than {BATCH_LIMIT:,} bytes is left out")
        return False
    return True


def _batch(parts: list[bytes], schema: Any, first_row: int, packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give the text of one record batch, opened as a stream of its own."""
    wanted = [number for number, field in enumerate(schema) if has_text(field.type)]
    if not wanted:
        return
    options = pa.ipc.IpcReadOptions(included_fields=wanted, use_threads=False)
    try:
        with pa.ipc.open_stream(pa.py_buffer(b"".join([*parts, _END])), options=options) as reader:
            for batch in reader:
                batch.validate(full=True)
                columns = list(zip(batch.schema.names, batch.columns, strict=True))
                yield from column_records(columns, first_row, packer)
    except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, BadMemberError):
            raise
        packer.skip(f"a record batch cannot be read ({type(error).__name__})")
