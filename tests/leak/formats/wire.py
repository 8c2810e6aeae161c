"""Writes protocol-buffer messages for tests: `message([(number, value), ...])`."""

from __future__ import annotations

from collections.abc import Iterable


def varint(value: int) -> bytes:
    """Give a number as a varint (negative ones in ten bytes, as protobuf does)."""
    value &= 0xFFFF_FFFF_FFFF_FFFF
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def message(fields: Iterable[tuple[int, int | str | bytes]]) -> bytes:
    """Give a message: numbers as varints, texts and bytes with their length."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            piece = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(piece)) + piece
    return out
