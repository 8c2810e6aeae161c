"""How large the pages of a Parquet column unpack to, from the page headers alone (Thrift compact protocol)."""

from __future__ import annotations

from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.source import Source

HEADER = 4096
_PAGES = 1_000_000
_FIELDS = 10_000
_DEPTH = 16
_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)
_DICTIONARY = 2


class Pages(NamedTuple):
    """The largest page and the largest dictionary of a column chunk, unpacked (bytes)."""

    largest: int
    dictionary: int


class _Reader:
    """Walks one Thrift struct; keeps the integers at its outermost level."""

    def __init__(self, data: bytes) -> None:
        self.data, self.position, self._fields = data, 0, 0

    def varint(self) -> int:
        """Read an unsigned varint."""
        value = shift = 0
        while True:
            byte = self.data[self.position]
            self.position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise BadMemberError("a Parquet page header makes no sense")

    def struct(self, depth: int = 0) -> dict[int, int]:
        """Read a struct; give its integer fields by number."""
        if depth > _DEPTH:
            raise BadMemberError("a Parquet page header is nested too deep", status="refused")
        found: dict[int, int] = {}
        number = 0
        while (head := self.data[self.position]) != _STOP:
            self.position += 1
            self._spend()
            kind, step = head & 15, head >> 4
            number = number + step if step else self._zigzag()
            if kind in (_I16, _I32, _I64):
                found[number] = self._zigzag()
            else:
                self._skip(kind, depth)
        self.position += 1
        return found

    def _zigzag(self) -> int:
        """Read a signed varint."""
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def _spend(self) -> None:
        """Count one field."""
        self._fields += 1
        if self._fields > _FIELDS:
            raise BadMemberError("a Parquet page header of very many fields", status="limit")

    def _skip(self, kind: int, depth: int) -> None:
        """Pass over a value."""
        if kind in (_TRUE, _FALSE):
            return
        if kind == _BYTE:
            self.position += 1
        elif kind in (_I16, _I32, _I64):
            self.varint()
        elif kind == _DOUBLE:
            self.position += 8
        elif kind == _BINARY:
            length = self.varint()
            self.position += length
        elif kind in (_LIST, _SET):
            self._skip_list(depth)
        elif kind == _STRUCT:
            self.struct(depth + 1)
        else:
            raise BadMemberError("a Parquet page header makes no sense")

    def _skip_list(self, depth: int) -> None:
        """Pass over a list; page headers hold none, so a long one is nonsense."""
        head = self.data[self.position]
        self.position += 1
        count = head >> 4 if head >> 4 < 15 else self.varint()
        for _ in range(count):
            self._spend()
            if head & 15 in (_TRUE, _FALSE):
                self.position += 1
            else:
                self._skip(head & 15, depth + 1)


def measure_pages(source: Source, start: int, length: int) -> Pages:
    """Walk the page headers of one column chunk without reading the pages.

    Parameters
    ----------
    source : Source
    start, length : int
        Where the chunk stands in the file, as the footer says.

    Raises
    ------
    BadMemberError
        A header makes no sense or a page reaches beyond the chunk.
    """
    position, end = start, start + length
    largest = dictionary = 0
    for _ in range(_PAGES):
        if position >= end:
            return Pages(largest, dictionary)
        data = source.read_at(position, min(HEADER, end - position))
        reader = _Reader(data)
        try:
            fields = reader.struct()
        except IndexError:
            raise BadMemberError("a Parquet page header breaks off", status="truncated") from None
        unpacked, packed = fields.get(2, -1), fields.get(3, -1)
        position += reader.position + packed
        if packed < 0 or unpacked < 0 or position > end:
            raise BadMemberError("a Parquet page reaches beyond its column")
        largest = max(largest, unpacked)
        if fields.get(1) == _DICTIONARY:
            dictionary = max(dictionary, unpacked)
    raise BadMemberError(f"more than {_PAGES:,} pages in one column", status="limit")
