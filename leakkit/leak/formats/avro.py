"""Avro object containers: the schema in the header, rows by adding up the counts of the blocks."""

from __future__ import annotations

import json
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Column, Table, joined_dtype
from leakkit.leak.source import HEADER_LIMIT, Source
from leakkit.leak.text import printable

MAGIC = b"Obj\x01"
_BLOCK_LIMIT = 100_000
_HEADER = 2**22
_DTYPES = {
    "string": "string",
    "enum": "string",
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "bytes": "binary",
    "fixed": "binary",
    "array": "list",
    "map": "struct",
    "record": "struct",
    "null": "null",
}
_LOGICAL = {"date": "date", "decimal": "number", "uuid": "string"}


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe the one table in the file (Avro 1.11 specification, object container files)."""
    data = source.read_at(0, min(source.size, _HEADER))
    if not data.startswith(MAGIC):
        raise BadMemberError("no Avro header")
    metadata, position = _metadata(data, 4)
    schema = _schema(metadata.get("avro.schema", b""))
    facts.values["x_codec"] = printable(metadata.get("avro.codec", b"null").decode("utf-8", "replace"), 40)
    table = Table([Column(*field) for field in _fields(schema)])
    try:
        table.n_rows, table.rows_by = _count(source, data[position : position + 16], position + 16), "header"
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    return [table]


def _long(data: bytes, position: int) -> tuple[int, int]:
    """Read a zigzag varint; give it and the position after it."""
    value = shift = 0
    while True:
        if position >= len(data):
            raise BadMemberError("ends inside its header", status="truncated")
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), position
        if shift > 63:
            raise BadMemberError("an Avro number of more than 64 bits")


def _bytes(data: bytes, position: int) -> tuple[bytes, int]:
    """Read a string of bytes."""
    length, position = _long(data, position)
    if length < 0 or position + length > len(data):
        raise BadMemberError("ends inside its header, or that is too long", status="truncated")
    return data[position : position + length], position + length


def _metadata(data: bytes, position: int) -> tuple[dict[str, bytes], int]:
    """Read the map of the header."""
    found: dict[str, bytes] = {}
    while True:
        count, position = _long(data, position)
        if count == 0:
            return found, position
        if count < 0:
            _, position = _long(data, position)
        for _ in range(min(abs(count), 1000)):
            key, position = _bytes(data, position)
            found[key.decode("utf-8", "replace")], position = _bytes(data, position)
        if abs(count) > 1000:
            raise BadMemberError("an Avro header with more than 1,000 entries", status="limit")


def _schema(raw: bytes) -> Any:
    """Parse the schema, which is JSON."""
    try:
        return json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise BadMemberError("the Avro schema is no JSON") from None


def _fields(schema: Any) -> list[tuple[str, str]]:
    """Give name and logical type of the outermost record's fields."""
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list):
        return []
    return [
        (str(field["name"]), _dtype(field.get("type"), 0))
        for field in fields[:10_000]
        if isinstance(field, dict) and "name" in field
    ]


def _dtype(type: Any, depth: int) -> str:
    """Give the logical type of an Avro type; of a union that of its filled members."""
    if depth > 20:
        return "other"
    if isinstance(type, list):
        return joined_dtype({_dtype(member, depth + 1) for member in type[:100]})
    if isinstance(type, dict):
        logical = str(type.get("logicalType", ""))
        if logical.startswith(("timestamp", "local-timestamp")):
            return "timestamp"
        if logical.startswith("time"):
            return "time"
        return _LOGICAL.get(logical) or _dtype(type.get("type"), depth + 1)
    return _DTYPES.get(type, "other") if isinstance(type, str) else "other"


def _count(source: Source, mark: bytes, position: int) -> int:
    """Add up the rows of all blocks by jumping from head to head."""
    rows = 0
    for _ in range(_BLOCK_LIMIT):
        head = source.read_at(position, 20)
        if not head:
            return rows
        count, used = _long(head, 0)
        length, used = _long(head, used)
        position += used + length + 16
        if count < 0 or length < 0 or position > source.size:
            raise BadMemberError("ends inside a block", status="truncated")
        if source.read_at(position - 16, 16) != mark:
            raise BadMemberError("a block without its mark")
        rows += count
    raise BadMemberError(
        f"more than {_BLOCK_LIMIT:,} blocks; at most {HEADER_LIMIT:,} bytes are looked at", "limit"
    )
