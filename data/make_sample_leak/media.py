"""A picture, a sound and a letter of a page, written by hand and small."""

from __future__ import annotations

import struct
import zlib

from data.make_sample_leak.exhibit import Exhibit
from data.make_sample_leak.spans import compose, note_spans


def _png() -> bytes:
    """Give a grey picture of 16 x 16 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + bytes((x * 16 + y) % 256 for x in range(16)) for y in range(16))
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(lines), len(lines) ^ 0xFFFF) + lines
    body = chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)) + chunk(
        b"tEXt", b"Comment\0INVENTED"
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + body
        + chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(lines)))
        + chunk(b"IEND", b"")
    )


def _wav() -> bytes:
    """Give a tenth of a second of a triangle wave."""
    samples = b"".join(struct.pack("<h", 400 * (abs(i % 40 - 20) - 10)) for i in range(800))
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 4 + len(form) + 8 + len(samples))
        + b"WAVE"
        + form
        + b"data"
        + struct.pack("<I", len(samples))
        + samples
    )


def _pdf(lines: list[str]) -> bytes:
    """Give a page of text as PDF 1.4, uncompressed."""
    shown = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
    content = f"BT /F1 12 Tf 72 760 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (size, table, size, start)


def make_media(exhibit: Exhibit) -> None:
    """Write a picture, a sound and a letter."""
    exhibit.file("uploads/avatar.png", _png(), "png")
    exhibit.file("uploads/voicemail.wav", _wav(), "wav", "a tone, no voice")
    person = next(p for p in exhibit.people.customers if p.country == "GB" and p.culture == "english")
    lines = []
    for row, template in enumerate(("{name}", "{street}, {town}, {postcode}", "{phone}", "{email}")):
        line, spans = compose(template, exhibit.random("letter"), person)
        note_spans(exhibit, "uploads/letter.pdf", row, "text", spans)
        lines.append(line)
    lines += ["INVENTED letter of a person who does not exist.", "Please delete my account."]
    exhibit.file("uploads/letter.pdf", _pdf(lines), "pdf", "text in a page: each line is a row of the truth")
