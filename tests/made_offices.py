"""Small Office files of old and binary formats, written byte by byte for tests: no library writes them for us."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Cell = str | float | None
Sheets = Mapping[str, Sequence[Sequence[Cell]]]


def ole2(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """Give a container with these streams at its top; short ones are filled up with zeros."""
    table: list[int] = []
    body, entries = b"", [("Root Entry", 5, _END, 0)]
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        entries.append((name, 2, _chained(table, len(data)), len(data)))
        body += data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0")
    entries += [(name, 1, 0, 0) for name in storages]
    directory = b"".join(
        _entry(number, *entry, last=len(entries) - 1) for number, entry in enumerate(entries)
    )
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    start = _chained(table, len(directory))
    count = len(table) // (_SECTOR // 4) + 1
    places = range(len(table), len(table) + count)
    table += [_TABLE] * count
    packed = struct.pack(f"<{len(table)}I", *table).ljust(count * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, count, start, 0, 4096, _END, 0, _END, 0)
    return (head + struct.pack(f"<{count}I", *places)).ljust(_SECTOR, b"\xff") + body + directory + packed


def _chained(table: list[int], length: int) -> int:
    """Add the sectors of a stream to the table; give the first."""
    first, count = len(table), -(-length // _SECTOR)
    table += [*range(first + 1, first + count), _END]
    return first


def _entry(number: int, name: str, kind: int, start: int, size: int, last: int) -> bytes:
    """Give an entry of the directory; those below the root hang on one another's right."""
    child = 1 if kind == 5 and last else _FREE
    right = number + 1 if 0 < number < last else _FREE
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, _FREE, right, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def summary(properties: Mapping[int, bytes], codepage: int = 1252) -> bytes:
    """Give the stream of properties: title 2, subject 3, author 4, keywords 5, comments 6, last author 8."""
    values = {1: struct.pack("<IhH", 2, codepage - (codepage > 0x7FFF) * 0x10000, 0)}
    for number, text in properties.items():
        values[number] = struct.pack("<II", 30, len(text) + 1) + (text + b"\0").ljust(
            -(-len(text) // 4) * 4 + 4
        )
    index, body = b"", b""
    for number, value in values.items():
        index += struct.pack("<II", number, 8 + 8 * len(values) + len(body))
        body += value
    section = struct.pack("<II", 8 + len(index) + len(body), len(values)) + index + body
    kind = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0x20105, 1) + kind + struct.pack("<I", 48) + section


def _record(kind: int, data: bytes) -> bytes:
    """Give a record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    """Begin the workbook (5) or a sheet (16), as Excel 97 does."""
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def xls(sheets: Sheets, hidden: Sequence[str] = (), password: bool = False) -> bytes:
    """Give a workbook of Excel 97; a number below 0 is a date: so many days after 30 December 1899."""
    head = _begin(5) + (_record(0x2F, bytes(6)) if password else b"")
    head += b"".join(_record(0xE0, struct.pack("<HH16x", 0, format)) for format in (0, 14))
    bodies = [_begin(16) + _cells(rows) + _record(0x0A, b"") for rows in sheets.values()]
    place = len(head) + sum(4 + 8 + 2 * len(name) for name in sheets) + 4
    for name, body in zip(sheets, bodies, strict=True):
        text = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
        head += _record(0x85, struct.pack("<IBB", place, 2 if name in hidden else 0, 0) + text)
        place += len(body)
    return head + _record(0x0A, b"") + b"".join(bodies)


def _cells(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Give the records of cells."""
    found = b""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                found += _record(0x204, struct.pack("<HHH", row, column, 0) + text)
            elif cell is not None:
                found += _record(0x203, struct.pack("<HHHd", row, column, cell < 0, abs(cell)))
    return found


def _binary(kind: int, data: bytes = b"") -> bytes:
    """Give a record of a binary workbook."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    assert len(data) < 128
    return number + bytes([len(data)]) + data


def _wide(text: str) -> bytes:
    """Give a text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheets: Sheets, author: str = "") -> bytes:
    """Give a binary workbook."""
    book, links = _binary(131) + _binary(143), ""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        for number, (name, rows) in enumerate(sheets.items(), 1):
            book += _binary(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
            links += f'<Relationship Id="rId{number}" Type="t/worksheet" Target="worksheets/{number}.bin"/>'
            file.writestr(f"xl/worksheets/{number}.bin", _binary_cells(rows))
        file.writestr("xl/workbook.bin", book + _binary(144) + _binary(132))
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        file.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{space}">{links}</Relationships>')
        if author:
            core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            creator = f'<d:creator xmlns:d="http://purl.org/dc/elements/1.1/">{author}</d:creator>'
            file.writestr(
                "docProps/core.xml", f'<c:coreProperties xmlns:c="{core}">{creator}</c:coreProperties>'
            )
    return held.getvalue()


def _binary_cells(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Give the records of a sheet of a binary workbook."""
    width = max(map(len, rows), default=1)
    found = _binary(129) + _binary(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + _binary(145)
    for row, cells in enumerate(rows):
        found += _binary(0, struct.pack("<I", row) + bytes(13))
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                found += _binary(6, struct.pack("<II", column, 0) + _wide(cell))
            elif cell is not None:
                found += _binary(5, struct.pack("<IId", column, 0, cell))
    return found + _binary(146) + _binary(130)
