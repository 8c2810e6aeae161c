"""ORC: columns and rows from the footer, unpacked under a limit; stripes are not read."""

from __future__ import annotations

import zlib

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.protobuf import BYTES, VARINT, Field, Window, packed_varints, walk
from leakkit.leak.formats.table import Column, Table
from leakkit.leak.source import HEADER_LIMIT, BytesSource, Source

_NONE, _ZLIB, _SNAPPY, _ZSTD = 0, 1, 2, 5
_FOOTER_LIMIT = 32 * 2**20
_KINDS = (
    "boolean", "integer", "integer", "integer", "integer", "number", "number", "string", "binary", "timestamp",
    "list", "struct", "struct", "other", "number", "date", "string", "string", "timestamp",
)  # fmt: skip
_STRUCT = 12


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe the one table in the file (ORC specification v1: postscript, footer, types)."""
    if source.size < 4:
        raise BadMemberError("too short for ORC", status="truncated")
    tail = source.read_at(max(0, source.size - 256), 256)
    length = tail[-1]
    postscript = tail[-1 - length : -1]
    if b"ORC" not in postscript[-8:]:
        raise BadMemberError("ends without the ORC postscript", status="truncated")
    numbers = {field.number: field.value for field in _fields(postscript) if field.wire == VARINT}
    size, packing = numbers.get(1, 0), numbers.get(2, _NONE)
    start = source.size - 1 - length - size
    if start < 3 or size > HEADER_LIMIT:
        raise BadMemberError("claims a footer longer than the file or the limit", status="truncated")
    footer = _unpacked(source.read_at(start, size), packing)
    facts.values["x_codec"] = {_NONE: "none", _ZLIB: "zlib", _SNAPPY: "snappy", _ZSTD: "zstd"}.get(
        packing, "other"
    )
    return [_table(footer)]


def _fields(data: bytes) -> list[Field]:
    """Give the fields of a small message."""
    return list(walk(Window(BytesSource(data)), 0, len(data)))


def _unpacked(data: bytes, packing: int) -> bytes:
    """Undo the compression of a footer, chunk by chunk; each has three bytes of length and a flag."""
    if packing == _NONE:
        return data
    parts, position, total = [], 0, 0
    while position + 3 <= len(data):
        head = int.from_bytes(data[position : position + 3], "little")
        chunk = data[position + 3 : position + 3 + (head >> 1)]
        position += 3 + (head >> 1)
        parts.append(chunk if head & 1 else _inflated(chunk, packing, _FOOTER_LIMIT - total))
        total += len(parts[-1])
        if total >= _FOOTER_LIMIT:
            raise BadMemberError(f"an ORC footer of more than {_FOOTER_LIMIT:,} bytes", status="limit")
    return b"".join(parts)


def _inflated(chunk: bytes, packing: int, limit: int) -> bytes:
    """Decompress one chunk up to `limit` bytes."""
    if packing == _ZLIB:
        try:
            return zlib.decompressobj(-15).decompress(chunk, limit)
        except zlib.error:
            raise BadMemberError("the ORC footer cannot be unpacked") from None
    import pyarrow as pa

    try:
        if packing == _ZSTD:
            with pa.CompressedInputStream(pa.BufferReader(chunk), "zstd") as stream:
                return bytes(stream.read(limit))
        if packing == _SNAPPY:
            length = _snappy_length(chunk)
            if length <= limit:
                return bytes(pa.Codec("snappy").decompress(chunk, length, asbytes=True))
    except (pa.ArrowException, OSError, ValueError):
        raise BadMemberError("the ORC footer cannot be unpacked") from None
    raise BadMemberError("the ORC footer is packed in a way that is not read", status="refused")


def _snappy_length(chunk: bytes) -> int:
    """Read the unpacked length that begins a snappy chunk."""
    value = 0
    for place, byte in enumerate(chunk[:5]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return value


def _table(footer: bytes) -> Table:
    """Give rows and the outermost columns."""
    window = Window(BytesSource(footer))
    rows: int | None = None
    kinds: list[int] = []
    names: list[str] = []
    children: list[int] = []
    for field in walk(window, 0, len(footer)):
        if field.number == 6 and field.wire == VARINT:
            rows = field.value
        elif field.number == 4 and field.wire == BYTES:
            kind = 0
            for part in walk(window, field.value, field.end):
                if part.number == 1 and part.wire == VARINT:
                    kind = part.value
                elif part.number == 2 and not kinds:
                    children += packed_varints(window, part) if part.wire == BYTES else [part.value]
                elif part.number == 3 and not kinds and part.wire == BYTES:
                    names.append(window.text(part))
            kinds.append(kind)
    if not kinds or rows is None or kinds[0] != _STRUCT or rows >= 2**63:
        raise BadMemberError("the ORC footer makes no sense")
    columns = [
        Column(name, _KINDS[kinds[child]] if child < len(kinds) and kinds[child] < len(_KINDS) else "other")
        for name, child in zip(names, children, strict=False)
    ]
    return Table(columns, rows, "header")
