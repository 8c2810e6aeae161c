"""Protocol-buffer messages walked field by field, without a schema and without loading what is inside.

Used for ONNX, TensorFlow, Core ML and event files. The wire format: every field is a tag varint
(number << 3 | wire type) and a value; https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.source import Source

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""Wire types. Groups (3, 4) are long out of use and count as corrupt."""

BLOCK = 65_536
FIELD_LIMIT = 2_000_000
DEPTH_LIMIT = 32


class Field(NamedTuple):
    """One field: the number (or bits) itself, or where its bytes stand.

    `value` is the varint, or the fixed-width bits as an unsigned number; for wire type `BYTES` it is
    the offset of the first byte in the file and `length` tells how many follow.
    """

    number: int
    wire: int
    value: int
    length: int = 0

    @property
    def end(self) -> int:
        """First byte after the value of a `BYTES` field."""
        return self.value + self.length


class Window:
    """A source that remembers one block and counts fields, so that nested walks read nothing twice.

    Parameters
    ----------
    source : Source
        The member.
    fields : int
        How many fields may be walked in all before the member is given up with status ``limit``.
    """

    def __init__(self, source: Source, fields: int = FIELD_LIMIT) -> None:
        self.source, self.size, self.fields_left = source, source.size, fields
        self._start, self._block = 0, source.head

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes from `offset`; from the remembered block where it covers them."""
        inside = offset - self._start
        if inside >= 0 and inside + length <= len(self._block):
            return self._block[inside : inside + length]
        block = self.source.read_at(offset, max(length, min(BLOCK, max(0, self.size - offset))))
        if len(block) <= 4 * BLOCK:
            self._start, self._block = offset, block
        return block[:length]

    def text(self, field: Field, limit: int = 4096) -> str:
        """Text of a `BYTES` field, at most `limit` bytes of it; wrong UTF-8 is replaced."""
        if field.wire != BYTES:
            raise BadMemberError(f"field {field.number} should hold text and does not")
        return self.read_at(field.value, min(field.length, limit)).decode("utf-8", "replace")

    def spend(self) -> None:
        """Count one field."""
        self.fields_left -= 1
        if self.fields_left < 0:
            raise BadMemberError("more fields than are walked in one member", status="limit")


def varint_at(data: bytes, position: int) -> tuple[int, int]:
    """Give the varint at `position` of `data` and the position after it.

    Raises `IndexError` where the data end inside it and `BadMemberError` where it is over 64 bits.

    Examples
    --------
    >>> varint_at(bytes([0x96, 0x01]), 0)
    (150, 2)
    """
    result = shift = 0
    while True:
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result & 0xFFFF_FFFF_FFFF_FFFF, position
        shift += 7
        if shift > 63:
            raise BadMemberError("a number in the message is longer than ten bytes")


def walk(window: Window, offset: int, end: int) -> Iterator[Field]:
    """Give the fields of the message that stands from `offset` to `end`, in order.

    Nothing below this message is read: a caller walks an inner message with
    ``walk(window, field.value, field.end)``. Skipping costs nothing whatever the length.

    Raises
    ------
    BadMemberError
        For a tag, length or wire type that no message has, a field that runs over `end`
        (status ``truncated`` when `end` is the end of the file), too many fields (``limit``).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> data = bytes([0x08, 0x96, 0x01, 0x12, 0x02]) + b"hi"
    >>> list(walk(Window(BytesSource(data)), 0, len(data)))
    [Field(number=1, wire=0, value=150, length=0), Field(number=2, wire=2, value=5, length=2)]
    """
    block, start, position = b"", offset, offset
    whole = end < window.size
    while position < end:
        if start + len(block) - position < 20 and start + len(block) < end:
            start, block = position, window.read_at(position, min(BLOCK, end - position))
        window.fields_left -= 1
        if window.fields_left < 0:
            raise BadMemberError("more fields than are walked in one member", status="limit")
        try:
            field, inside = _field_at(block, position - start, start)
        except (IndexError, struct.error):
            raise _cut_off(whole) from None
        position = field.value + field.length if field.wire == BYTES else start + inside
        if position > end:
            raise _cut_off(whole)
        yield field


def _cut_off(whole: bool) -> BadMemberError:
    """Say that a field is longer than its place; a file that ends early is `truncated`."""
    if whole:
        return BadMemberError("a field is longer than the message that holds it")
    return BadMemberError("the file ends inside a message", status="truncated")


def _field_at(block: bytes, inside: int, start: int) -> tuple[Field, int]:
    """Read one tag and value at `inside` of a block that stands at `start` of the file."""
    tag = block[inside]  # most tags and lengths are one byte long
    inside += 1
    if tag > 0x7F:
        tag, inside = varint_at(block, inside - 1)
    number, wire = tag >> 3, tag & 7
    if not 0 < number < 1 << 29:
        raise BadMemberError("a field number is outside what messages may hold")
    if wire == VARINT:
        value, inside = varint_at(block, inside)
        return Field(number, wire, value), inside
    if wire == BYTES:
        length = block[inside]
        inside += 1
        if length > 0x7F:
            length, inside = varint_at(block, inside - 1)
        return Field(number, wire, start + inside, length), inside
    if wire == FIXED64:
        return Field(number, wire, struct.unpack_from("<Q", block, inside)[0]), inside + 8
    if wire == FIXED32:
        return Field(number, wire, struct.unpack_from("<I", block, inside)[0]), inside + 4
    raise BadMemberError("a field has a wire type that is not in use")


def packed_varints(window: Window, field: Field, limit: int = 1024) -> list[int]:
    """Numbers of a repeated integer field, packed or single; `limit` caps how many may stand there."""
    if field.wire == VARINT:
        return [field.value]
    if field.wire != BYTES or field.length > 10 * limit:
        raise BadMemberError("a list of numbers is longer than such a list may be")
    data, position, numbers = window.read_at(field.value, field.length), 0, []
    try:
        while position < len(data):
            number, position = varint_at(data, position)
            numbers.append(number)
    except IndexError:
        raise BadMemberError("a list of numbers ends inside a number") from None
    if len(numbers) > limit:
        raise BadMemberError("a list of numbers is longer than such a list may be")
    return numbers


def signed(value: int) -> int:
    """Read a 64-bit varint as the signed number that int32, int64 and enums mean by it.

    Examples
    --------
    >>> signed(2**64 - 1)
    -1
    """
    return value - (1 << 64) if value >> 63 else value


def matches(source: Source, allowed: dict[int, int], *, fields: int = 64) -> dict[int, Field] | None:
    """Give the last field of each number when the whole file is a message of only `allowed` fields.

    Parameters
    ----------
    source : Source
        The member.
    allowed : dict of int to int
        Wire type by field number; anything else means "no".
    fields : int
        How many fields are looked at; a message that has more is judged by these.

    Returns
    -------
    dict or None
        None when it is no such message. A last field that runs over the end of the file counts, so
        that a truncated copy keeps its format.
    """
    found: dict[int, Field] = {}
    window, end = Window(source, fields), max(source.size, 1 << 62)
    try:
        for field in walk(window, 0, end):
            if allowed.get(field.number) != field.wire:
                return None
            found[field.number] = field
            if (field.end if field.wire == BYTES else 0) >= source.size:
                break
    except BadMemberError as error:
        reached = error.status == "limit" or (error.status == "truncated" and bool(found))
        return found if reached else None
    return found
