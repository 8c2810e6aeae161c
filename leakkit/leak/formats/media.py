"""Reads pictures, sound, video and PDF for their size and whether they are whole; no pixel is decoded."""

from __future__ import annotations

import struct
from collections.abc import Callable

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.damage import is_text_mangled
from leakkit.leak.source import Source

_TAIL = 4_096
_BOXES_LIMIT = 200
_SEGMENTS_LIMIT = 500


def read(source: Source, format: str) -> Facts:
    """Read what the header of a media file says.

    Parameters
    ----------
    source : Source
    format : str
        ``png``, ``jpeg``, ``gif``, ``webp``, ``bmp``, ``tiff``, ``wav``, ``mp3``, ``flac``, ``ogg``, ``mp4``, ``webm``
        or ``pdf``.

    Returns
    -------
    Facts
        ``x_width`` and ``x_height`` (pixels) or ``x_seconds`` where the header tells; status
        ``truncated`` where the file ends before its end mark, ``corrupt`` after a text-mode copy.
    """
    if is_text_mangled(source.head) and format != "pdf":
        raise BadMemberError("bytes above 7F were replaced in a text-mode copy and cannot be brought back")
    facts = Facts()
    reader = _READERS.get(format)
    if reader is not None:
        try:
            reader(source, facts)
        except (struct.error, IndexError):
            raise BadMemberError("the file ends inside its header", status="truncated") from None
    return facts


def _cut_off(facts: Facts) -> None:
    """Say that the end is missing."""
    facts.status, facts.error = "truncated", "the file ends before its end mark"


def _tail(source: Source, length: int = _TAIL) -> bytes:
    """Give the last bytes."""
    start = max(0, source.size - length)
    return source.read_at(start, source.size - start)


def _pixels(facts: Facts, width: int, height: int) -> None:
    """Keep a size in pixels."""
    facts.values |= {"x_width": width, "x_height": abs(height)}


def _png(source: Source, facts: Facts) -> None:
    """The first chunk holds the size, the last one is IEND."""
    _pixels(facts, *struct.unpack_from(">II", source.head, 16))
    if b"IEND" not in _tail(source):
        _cut_off(facts)


def _jpeg(source: Source, facts: Facts) -> None:
    """Segments until the frame header; the end mark may have padding after it."""
    place, head = 2, source.head
    for _ in range(_SEGMENTS_LIMIT):
        if place + 9 > len(head) or head[place] != 0xFF:
            break
        kind = head[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", head, place + 5)
            _pixels(facts, width, height)
            break
        place += 2 + struct.unpack_from(">H", head, place + 2)[0]
    if b"\xff\xd9" not in _tail(source):
        _cut_off(facts)


def _gif(source: Source, facts: Facts) -> None:
    """Size at byte 6, a semicolon at the end."""
    _pixels(facts, *struct.unpack_from("<HH", source.head, 6))
    if not _tail(source, 16).rstrip(b"\0").endswith(b";"):
        _cut_off(facts)


def _bmp(source: Source, facts: Facts) -> None:
    """The file's length at byte 2, the size at byte 18."""
    if struct.unpack_from("<I", source.head, 14)[0] >= 40:
        _pixels(facts, *struct.unpack_from("<ii", source.head, 18))
    if struct.unpack_from("<I", source.head, 2)[0] > source.size:
        _cut_off(facts)


def _riff(source: Source, facts: Facts) -> None:
    """RIFF says how long it is; WAVE also its rate."""
    length = struct.unpack_from("<I", source.head, 4)[0]
    if source.head[8:16] == b"WAVEfmt ":
        bytes_a_second = struct.unpack_from("<I", source.head, 28)[0]
        if bytes_a_second:
            facts.values["x_seconds"] = round(min(length, source.size) / bytes_a_second, 3)
    if length + 8 > source.size and length != 0xFFFFFFFF:
        _cut_off(facts)


def _flac(source: Source, facts: Facts) -> None:
    """Rate and number of samples in the first block."""
    bits = int.from_bytes(source.head[18:26], "big")
    if len(source.head) < 26:
        raise IndexError
    rate, samples = bits >> 44, bits & (1 << 36) - 1
    if rate and samples:
        facts.values["x_seconds"] = round(samples / rate, 3)


def _mp4(source: Source, facts: Facts) -> None:
    """Boxes follow each other to the end of the file; one that reaches over it was cut off."""
    place = 0
    for _ in range(_BOXES_LIMIT):
        if place == source.size:
            return
        header = source.read_at(place, 16) if place < source.size else b""
        if len(header) < 8:
            _cut_off(facts)
            return
        length = int.from_bytes(header[:4], "big")
        if length == 1 and len(header) == 16:
            length = int.from_bytes(header[8:], "big")
        if length == 0:
            return
        if length < 8:
            raise BadMemberError("a box is shorter than its own header")
        place += length


def _pdf(source: Source, facts: Facts) -> None:
    """The end mark stands in the last kilobytes."""
    if b"%%EOF" not in _tail(source):
        _cut_off(facts)


_READERS: dict[str, Callable[[Source, Facts], None]] = {
    "png": _png,
    "jpeg": _jpeg,
    "gif": _gif,
    "bmp": _bmp,
    "webp": _riff,
    "wav": _riff,
    "flac": _flac,
    "mp4": _mp4,
    "pdf": _pdf,
}
