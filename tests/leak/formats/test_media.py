"""Pictures, sound, video and PDF: size and whether the end is there; every file is built in the test."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.formats import _MODULES
from leakkit.leak.formats.media import read
from leakkit.leak.source import BytesSource


def chunk(kind: bytes, body: bytes) -> bytes:
    """Give a PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def box(kind: bytes, body: bytes) -> bytes:
    """Give an MP4 box."""
    return struct.pack(">I", 8 + len(body)) + kind + body


WHOLE = {
    "png": b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 7, 5, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(40)))
    + chunk(b"IEND", b""),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0"
    + bytes(9)
    + b"\xff\xc0\0\x0b\x08\0\x05\0\x07\x01\x01\x11\0"
    + b"\xff\xda\0\x02xx\xff\xd9",
    "gif": b"GIF89a" + struct.pack("<HH", 7, 5) + bytes(10) + b";",
    "bmp": b"BM" + struct.pack("<IIIIii", 60, 0, 54, 40, 7, -5) + bytes(34),
    "wav": b"RIFF"
    + struct.pack("<I", 36 + 8000)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + bytes(8008),
    "webp": b"RIFF" + struct.pack("<I", 12) + b"WEBPVP8 " + bytes(4),
    "flac": b"fLaC\0\0\0\x22" + bytes(10) + ((44100 << 44) | 88200).to_bytes(8, "big") + bytes(16),
    "mp4": box(b"ftyp", b"isom") + box(b"mdat", bytes(50)),
    "pdf": b"%PDF-1.7\n" + bytes(100) + b"%%EOF\n",
}
SIZES = {"png", "jpeg", "gif", "bmp"}


@pytest.mark.parametrize("format", sorted(WHOLE))
def test_whole_files_are_ok(format: str) -> None:
    facts = read(BytesSource(WHOLE[format], "x"), format)
    assert facts.status == "ok"
    if format in SIZES:
        assert (facts.values["x_width"], facts.values["x_height"]) == (7, 5)


def test_sound_has_a_length() -> None:
    assert read(BytesSource(WHOLE["wav"], "x"), "wav").values["x_seconds"] == pytest.approx(1.0, abs=0.01)
    assert read(BytesSource(WHOLE["flac"], "x"), "flac").values["x_seconds"] == 2.0


@pytest.mark.parametrize("format", sorted(set(WHOLE) - {"flac"}))
def test_a_missing_end_is_truncated(format: str) -> None:
    lost = 14 if format == "png" else 8
    facts = read(BytesSource(WHOLE[format][:-lost], "x"), format)
    assert facts.status == "truncated"


@pytest.mark.parametrize("format", ["png", "jpeg", "gif", "bmp", "wav", "flac"])
def test_a_missing_header_is_truncated(format: str) -> None:
    try:
        status = read(BytesSource(WHOLE[format][:10], "x"), format).status
    except BadMemberError as error:
        status = error.status
    assert status == "truncated"


def test_a_copy_made_as_text_is_corrupt() -> None:
    with pytest.raises(BadMemberError, match="text-mode copy"):
        read(BytesSource(WHOLE["png"].decode("utf-8", "replace").encode(), "x"), "png")


def test_a_box_shorter_than_its_header_is_corrupt() -> None:
    with pytest.raises(BadMemberError):
        read(BytesSource(box(b"ftyp", b"isom") + b"\0\0\0\x03mdat", "x"), "mp4")


@given(st.binary(max_size=120), st.sampled_from(_MODULES["media"]), st.integers(0, 60))
def test_any_bytes_are_survived(noise: bytes, format: str, keep: int) -> None:
    try:
        facts = read(BytesSource(WHOLE.get(format, b"")[:keep] + noise, "x"), format)
    except BadMemberError as error:
        assert error.status in {"corrupt", "truncated"}
        return
    assert facts.status in {"ok", "truncated"}
