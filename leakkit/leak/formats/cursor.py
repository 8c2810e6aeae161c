"""A member read from front to back: numbers and spans, never beyond the end, in few large reads."""

from __future__ import annotations

import struct

from leakkit.errors import BadMemberError
from leakkit.leak.source import Source

BLOCK = 65_536


class Cursor:
    r"""A position in a source that moves forward.

    Parameters
    ----------
    source : Source
        The member.
    position : int
        Where to begin.
    order : {'<', '>'}
        Byte order of numbers, as `struct` writes it.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> cursor = Cursor(BytesSource(b"\x05\x00\x00\x00hello"))
    >>> cursor.take(cursor.number("I")), cursor.left
    (b'hello', 0)
    """

    def __init__(self, source: Source, position: int = 0, order: str = "<") -> None:
        self.source, self.order, self.position = source, order, position
        self._start, self._block = 0, source.head

    @property
    def left(self) -> int:
        """Bytes between here and the end of the member."""
        return self.source.size - self.position

    def need(self, count: int, item_size: int = 1) -> None:
        """Refuse a count of items that cannot stand in the bytes that are left."""
        if count * item_size > self.left:
            raise BadMemberError("the header claims more items than the file has bytes", status="truncated")

    def take(self, length: int) -> bytes:
        """Give the next `length` bytes."""
        self.need(length)
        inside = self.position - self._start
        if inside + length > len(self._block) or inside < 0:
            wanted = max(length, min(BLOCK, self.left))
            self._start, self._block, inside = self.position, self.source.read_at(self.position, wanted), 0
            if len(self._block) < length:
                raise BadMemberError("the file ends inside its header", status="truncated")
        self.position += length
        return self._block[inside : inside + length]

    def skip(self, length: int) -> None:
        """Pass over `length` bytes without reading them."""
        self.need(length)
        self.position += length

    def number(self, code: str) -> int:
        """Give the next number; `code` as in `struct` (``I``, ``Q``, ``i``, ...)."""
        return int(self.numbers(code, 1)[0])

    def numbers(self, code: str, count: int) -> tuple[int, ...]:
        """Give the next `count` numbers of one type."""
        layout = f"{self.order}{count}{code}"
        return struct.unpack(layout, self.take(struct.calcsize(layout)))
