"""Arrow IPC, file and stream (Feather 2 is the file): the schema, and rows by walking message headers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Column, Table
from leakkit.leak.source import HEADER_LIMIT, Source

MAGIC = b"ARROW1"
_CONTINUES = b"\xff\xff\xff\xff"
_SCHEMA, _DICTIONARY, _BATCH = 1, 2, 3
_MESSAGE_LIMIT = 100_000


class Message(NamedTuple):
    """One encapsulated message: what it is, where it and its body stand, rows of a record batch."""

    kind: int
    start: int
    metadata: bytes
    body: int
    body_length: int
    rows: int


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe the one table in the file or stream."""
    if source.head.startswith(b"FEA1"):
        facts.error = "Feather 1, the format before Arrow files; its columns are not read"
        return []
    schema, rows = None, 0
    try:
        for message in messages(source):
            if message.kind == _SCHEMA and schema is None:
                schema = schema_from(source, message)
            elif message.kind == _BATCH:
                rows += message.rows
    except BadMemberError as error:
        if schema is None:
            raise
        facts.status, facts.error = error.status, error.reason
    if schema is None:
        raise BadMemberError("holds no Arrow schema")
    if facts.status == "ok":
        _check_end(source, facts)
    columns = [Column(name, dtype_of(schema.field(i).type)) for i, name in enumerate(schema.names)]
    whole = facts.status == "ok"
    return [Table(columns, rows if whole else None, "header" if whole else None)]


def _check_end(source: Source, facts: Facts) -> None:
    """Look for the mark that ends a file; a stream may lawfully end without one."""
    tail = source.read_at(max(0, source.size - 8), 8)
    if source.head.startswith(MAGIC):
        if tail[2:] != MAGIC:
            facts.status, facts.error = "truncated", "ends without the Arrow footer"
    elif source.head.startswith(_CONTINUES) and tail != _CONTINUES + bytes(4):
        facts.error = "the stream ends without a mark; rows may be missing"


def messages(source: Source) -> Iterator[Message]:
    """Give the messages in order without reading their bodies.

    Raises
    ------
    BadMemberError
        A message breaks off or makes no sense.
    """
    position = 8 if source.head.startswith(MAGIC) else 0
    for _ in range(_MESSAGE_LIMIT):
        start = position
        prefix = source.read_at(position, 8)
        if len(prefix) < 8:
            if prefix.strip(b"\0"):
                raise BadMemberError("ends inside a message", status="truncated")
            return
        marked = prefix[:4] == _CONTINUES
        length = struct.unpack("<i", prefix[4:] if marked else prefix[:4])[0]
        position += 8 if marked else 4
        if length == 0:
            return
        if not 8 <= length <= HEADER_LIMIT:
            raise BadMemberError(f"an Arrow message header of {length:,} bytes")
        metadata = source.read_at(position, length)
        if len(metadata) < length:
            raise BadMemberError("ends inside a message header", status="truncated")
        position += length
        kind, rows, body_length = _message(metadata)
        if body_length < 0 or position + body_length > source.size:
            raise BadMemberError("ends inside the body of a message", status="truncated")
        yield Message(kind, start, metadata, position, body_length, rows)
        position += body_length
    raise BadMemberError(f"more than {_MESSAGE_LIMIT:,} messages", status="limit")


def _message(metadata: bytes) -> tuple[int, int, int]:
    """Give kind, rows and length of the body from a message's flatbuffer."""
    try:
        root = struct.unpack_from("<I", metadata)[0]
        kind = _scalar(metadata, root, 1, "B")
        body_length = _scalar(metadata, root, 3, "q")
        rows = 0
        if kind == _BATCH and (at := _field(metadata, root, 2)):
            rows = _scalar(metadata, at + struct.unpack_from("<I", metadata, at)[0], 0, "q")
    except struct.error:
        raise BadMemberError("an Arrow message header makes no sense") from None
    if rows < 0:
        raise BadMemberError("a record batch claims fewer than no rows")
    return kind, rows, body_length


def _field(data: bytes, table: int, number: int) -> int:
    """Give the offset of a flatbuffer field, 0 when it is absent."""
    vtable = table - struct.unpack_from("<i", data, table)[0]
    if vtable < 0 or 4 + 2 * number >= struct.unpack_from("<H", data, vtable)[0]:
        return 0
    relative = struct.unpack_from("<H", data, vtable + 4 + 2 * number)[0]
    return table + relative if relative else 0


def _scalar(data: bytes, table: int, number: int, code: str) -> int:
    """Give a number in a flatbuffer table, 0 when it is absent."""
    at = _field(data, table, number)
    return int(struct.unpack_from(f"<{code}", data, at)[0]) if at else 0


def record_batch_buffers(message: Message) -> list[tuple[int, int]]:
    """Give (offset in the body, length) of each packed buffer; none where the batch is not packed."""
    data = message.metadata
    try:
        root = struct.unpack_from("<I", data)[0]
        batch = _table(data, root, 2)
        if message.kind == _DICTIONARY and batch:
            batch = _table(data, batch, 1)
        vector = _table(data, batch, 2) if batch else 0
        if not vector or not _field(data, batch, 3):
            return []
        count = struct.unpack_from("<I", data, vector)[0]
        flat = struct.unpack_from(f"<{2 * count}q", data, vector + 4)
    except (struct.error, MemoryError):
        raise BadMemberError("an Arrow message header makes no sense") from None
    return list(zip(flat[::2], flat[1::2], strict=True))


def _table(data: bytes, table: int, number: int) -> int:
    """Follow a flatbuffer field to the table or vector it points at, 0 when it is absent."""
    at = _field(data, table, number)
    return at + int(struct.unpack_from("<I", data, at)[0]) if at else 0


def schema_from(source: Source, message: Message) -> Any:
    """Give the pyarrow schema in a message."""
    import pyarrow as pa

    prefix = _CONTINUES + struct.pack("<i", len(message.metadata))
    try:
        return pa.ipc.read_schema(pa.py_buffer(prefix + message.metadata))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadMemberError(f"the Arrow schema cannot be parsed ({type(error).__name__})") from None


def dtype_of(type: Any) -> str:
    """Give the logical type of an Arrow type; a dictionary has that of its values."""
    import pyarrow.types as types

    if types.is_dictionary(type):
        return dtype_of(type.value_type)
    tests = (
        ("string", (types.is_string, types.is_large_string, types.is_string_view)),
        ("integer", (types.is_integer,)),
        ("number", (types.is_floating, types.is_decimal)),
        ("boolean", (types.is_boolean,)),
        ("timestamp", (types.is_timestamp,)),
        ("date", (types.is_date,)),
        ("time", (types.is_time, types.is_duration)),
        (
            "binary",
            (types.is_binary, types.is_large_binary, types.is_fixed_size_binary, types.is_binary_view),
        ),
        ("list", (types.is_list, types.is_large_list, types.is_fixed_size_list)),
        ("struct", (types.is_struct, types.is_map)),
        ("null", (types.is_null,)),
    )
    return next((name for name, checks in tests if any(check(type) for check in checks)), "other")
