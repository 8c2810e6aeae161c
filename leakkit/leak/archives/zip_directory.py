"""Finds the members of a zip archive, also where its directory is missing, lies or leaves some out.

`zipfile` keeps every entry in memory and refuses archives with odd flags, dates or offsets. Here the
central directory is streamed; where there is none, the headers in front of the members are followed.
Layout: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
"""

from __future__ import annotations

import calendar
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from leakkit.errors import BadMemberError
from leakkit.leak.source import read_span

LOCAL, CENTRAL, END, END64, LOCATOR64 = b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\6", b"PK\6\7"
DESCRIPTOR = b"PK\7\x08"
CHUNK = 2**20
TAIL = 22 + 65_535
GAP_LIMIT = 64
SEARCH_LIMIT = 2**20
FULL32, FULL16 = 0xFFFFFFFF, 0xFFFF
_CENTRAL = struct.Struct("<4s2BHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")


@dataclass(slots=True)
class Member:
    """One member as a directory or a local header describes it; every value is a claim.

    `offset` is where its local header stands in the file. `listed` is False for a member that the
    archive's directory does not name.
    """

    raw_name: bytes
    flags: int
    method: int
    moment: float | None
    crc: int
    compressed_size: int
    size: int
    offset: int
    unix_mode: int = 0
    listed: bool = True

    @property
    def name(self) -> str:
        """The name as text: UTF-8 where it is UTF-8, else the old PC alphabet."""
        try:
            return self.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            return self.raw_name.decode("cp437")


@dataclass(slots=True)
class LocalHeader:
    """What stands in front of a member's data, and where the data begins."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    compressed_size: int
    size: int
    moment: float | None
    data_offset: int


def read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    """Bytes from `offset`; fewer only at the end of the file."""
    file.seek(offset)
    return read_span(file, length)


def members(file: BinaryIO) -> Iterator[Member]:
    """Give the members of a zip: those of its directory in order, then those the directory hides.

    Parameters
    ----------
    file : binary file
        Seekable; its position is not kept.

    Raises
    ------
    BadMemberError
        After the members that were found, when the directory is missing (``truncated``) or broken.
    """
    size = file.seek(0, 2)
    found = _find_directory(file, size)
    if found is None:
        yield from _follow_headers(file, 0, size)
        raise BadMemberError("the archive ends before its directory", status="truncated")
    start, length, count, prefix = found
    offsets, ends = array("Q"), array("Q")
    for member in _stream_directory(file, start, length, prefix, size):
        offsets.append(min(member.offset, size))
        ends.append(min(member.offset + 30 + len(member.raw_name) + member.compressed_size, size))
        yield member
    for gap_start, gap_end in _gaps(offsets, ends, start):
        yield from _hidden(file, gap_start, gap_end)
    if not offsets and (count or start > GAP_LIMIT):
        raise BadMemberError("the archive's directory cannot be read", status="corrupt")
    if count != len(offsets) & FULL16 and count != len(offsets):
        raise BadMemberError(
            f"the directory promises {count:,} members and holds {len(offsets):,}", status="corrupt"
        )


# --- the directory --------------------------------------------------------------------------------


def _find_directory(file: BinaryIO, size: int) -> tuple[int, int, int, int] | None:
    """Find start, length and count of the directory, and how many bytes stand before the archive."""
    tail_start = max(0, size - TAIL)
    tail = read_at(file, tail_start, size - tail_start)
    at = len(tail)
    while (at := tail.rfind(END, 0, at)) >= 0:
        if at + 22 <= len(tail):
            found = _directory_at(file, size, tail_start + at, tail[at : at + 22], tail[max(0, at - 20) : at])
            if found is not None:
                return found
    return None


def _directory_at(
    file: BinaryIO, size: int, end: int, record: bytes, locator: bytes
) -> tuple[int, int, int, int] | None:
    """Check one end record: the directory it names must be there."""
    count, length, offset = struct.unpack_from("<H", record, 10)[0], *struct.unpack_from("<II", record, 12)
    if locator[:4] == LOCATOR64:
        place = struct.unpack_from("<Q", locator, 8)[0]
        for candidate in (place, end - 20 - 56):
            wide = read_at(file, candidate, 56) if 0 <= candidate < size else b""
            if len(wide) == 56 and wide[:4] == END64:
                count, length, offset = struct.unpack_from("<QQQ", wide, 32)
                end = candidate
                break
    if count == 0 and length == 0:
        return end, 0, 0, 0
    for start, prefix in ((end - length, end - length - offset), (offset, 0)):
        if 0 <= start < size and read_at(file, start, 4) == CENTRAL:
            return start, end - start, count, prefix
    return None


def _stream_directory(file: BinaryIO, start: int, length: int, prefix: int, size: int) -> Iterator[Member]:
    """Give the members of the directory, from a small buffer."""
    buffer, at, place, end = b"", 0, start, start + length
    while True:
        if place < end and len(buffer) - at < 46 + 3 * FULL16:
            buffer = buffer[at:] + read_at(file, place, min(CHUNK, end - place))
            place, at = min(end, place + CHUNK), 0
        if len(buffer) - at < 46 or buffer[at : at + 4] != CENTRAL:
            return
        fields = _CENTRAL.unpack_from(buffer, at)
        name_length, extra_length, comment_length = fields[11:14]
        name_end = at + 46 + name_length
        name, extra = buffer[at + 46 : name_end], buffer[name_end : name_end + extra_length]
        at = name_end + extra_length + comment_length
        yield _member(fields, name, extra, prefix)


def _member(fields: tuple[int, ...], name: bytes, extra: bytes, prefix: int) -> Member:
    """Describe one line of the directory."""
    system, flags, method, time, date, crc, packed, size = fields[2], *fields[4:11]
    offset, mode = fields[17], fields[16] >> 16 if system == 3 else 0
    if FULL32 in (packed, size, offset):
        size, packed, offset = _wide_sizes(extra, size, packed, offset)
    moment = _unix_time(extra) if b"UT" in extra else _dos_time(date, time)
    return Member(name, flags, method, moment, crc, packed, size, max(0, offset + prefix), mode)


def _wide_sizes(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Take 64-bit sizes from the extra field, in their order, where the short ones are full."""
    wide = _extra(extra, 1)
    values = [*struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8])]
    given = [values.pop(0) if value == FULL32 and values else value for value in (size, packed, offset)]
    return given[0], given[1], given[2]


def _extra(extra: bytes, wanted: int) -> bytes:
    """Give the body of one extra field, empty when it is not there."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _unix_time(extra: bytes) -> float | None:
    """Give the time of modification from the Unix extra field."""
    body = _extra(extra, 0x5455)
    return float(struct.unpack_from("<i", body, 1)[0]) if len(body) >= 5 and body[0] & 1 else None


def _dos_time(date: int, time: int) -> float | None:
    """Give seconds since 1970, taking the archive's clock for UTC; None for a date that does not exist."""
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year, month, day) == (1980, 1, 1):
        return None
    return float(calendar.timegm((year, month, day, time >> 11, time >> 5 & 63, 2 * (time & 31), 0, 0, 0)))


# --- headers in front of the members --------------------------------------------------------------


def local_header(file: BinaryIO, offset: int) -> LocalHeader | None:
    """Read the header in front of a member's data; None when there is none at `offset`."""
    fixed = read_at(file, offset, 30)
    if len(fixed) < 30 or fixed[:4] != LOCAL:
        return None
    _, _, flags, method, time, date, crc, packed, size, name_length, extra_length = _LOCAL.unpack(fixed)
    rest = read_at(file, offset + 30, name_length + extra_length)
    name, extra = rest[:name_length], rest[name_length:]
    if FULL32 in (packed, size):
        size, packed, _ = _wide_sizes(extra, size, packed, 0)
    start = offset + 30 + name_length + extra_length
    return LocalHeader(name, flags, method, crc, packed, size, _dos_time(date, time), start)


def _gaps(offsets: array[int], ends: array[int], directory: int) -> Iterator[tuple[int, int]]:
    """Give stretches before the directory that belong to no listed member and could hold one."""
    import numpy as np

    starts, stops = np.array(offsets, dtype=np.uint64), np.array(ends, dtype=np.uint64)
    order = np.argsort(starts, kind="stable")
    reached = np.maximum.accumulate(np.concatenate([[np.uint64(0)], stops[order]]))
    following = np.concatenate([starts[order], [np.uint64(directory)]])
    for index in np.flatnonzero(following > reached + np.uint64(GAP_LIMIT))[:1000]:
        yield int(reached[index]), int(following[index])


def _hidden(file: BinaryIO, start: int, end: int) -> Iterator[Member]:
    """Give members in a stretch that no directory names."""
    piece = read_at(file, start, min(end - start, SEARCH_LIMIT))
    at = piece.find(LOCAL)
    if at >= 0:
        yield from _follow_headers(file, start + at, end, listed=False)


def _follow_headers(file: BinaryIO, start: int, end: int, listed: bool = True) -> Iterator[Member]:
    """Go from header to header; where a size is not told, the next signature is searched for."""
    while start < end:
        header = local_header(file, start)
        if header is None:
            start = _next_signature(file, start + 1, end, LOCAL)
            continue
        if header.flags & 8 and not header.compressed_size:
            stop = _next_signature(file, header.data_offset, end, DESCRIPTOR, LOCAL, CENTRAL)
            _measured(file, header, stop)
        yield Member(
            header.raw_name, header.flags, header.method, header.moment, header.crc,
            header.compressed_size, header.size, start, listed=listed,
        )  # fmt: skip
        start = max(start + 30, header.data_offset + header.compressed_size)


def _measured(file: BinaryIO, header: LocalHeader, stop: int) -> None:
    """Take sizes from the descriptor behind a member's data, or from where the next thing begins."""
    header.compressed_size = max(0, stop - header.data_offset)
    record = read_at(file, stop, 24)
    if record[:4] == DESCRIPTOR and len(record) >= 16:
        header.crc, packed, size = struct.unpack_from("<III", record, 4)
        if packed != header.compressed_size and len(record) == 24:
            packed, size = struct.unpack_from("<QQ", record, 8)
        header.size = size if packed == header.compressed_size else 0


def _next_signature(file: BinaryIO, start: int, end: int, *signatures: bytes) -> int:
    """Give the place of the nearest signature, or `end`."""
    place, length = start, 64  # small at first: where headers stand close together, each is found at once
    while place < end:
        piece = read_at(file, place, min(length, end - place))
        hits = [at for at in (piece.find(signature) for signature in signatures) if at >= 0]
        if hits:
            return place + min(hits)
        if len(piece) < length:
            return end
        place, length = place + length - 3, min(2 * length, CHUNK)
    return end
