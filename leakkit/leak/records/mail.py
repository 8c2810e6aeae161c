"""Records of e-mail: headers and bodies, decoded, message by message; attachments are named, not opened."""

from __future__ import annotations

import email.header
import email.parser
import email.policy
import io
import itertools
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

import pyarrow as pa

from leakkit.errors import BadMemberError
from leakkit.leak.declared_encodings import known_codec
from leakkit.leak.encodings import codec_of_text
from leakkit.leak.lines import read_chunks
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.text import html_records, line_records

MESSAGE_LIMIT = 32 * 2**20
"""Longest message that is taken apart (bytes); a longer one is read as lines."""

_PARTS = 1_000
_HEADERS = 500
_NESTING = 40
_UNTOLD = frozenset({"utf-8", "utf8", "ascii", "us-ascii", "unknown-8bit", "8bit", "x-unknown", "unknown"})
_MARKED = frozenset({"utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give headers and bodies; `row` counts messages."""
    n_long = 0
    for row, raw in enumerate(_messages(file) if format == "mbox" else _single(file)):
        if len(raw) > MESSAGE_LIMIT:
            n_long += 1
            yield from packer.rest()
            yield from line_records(io.BytesIO(raw), packer, row)
            continue
        try:
            message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(_flat(raw))
            yield from _message(message, row, packer, codec_of_text(raw))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
            if isinstance(error, BadMemberError):
                raise
            packer.skip(f"message {row} cannot be taken apart ({type(error).__name__}); read as lines")
            yield from packer.rest()
            yield from line_records(io.BytesIO(raw), packer, row)
    if n_long:
        packer.skip(f"messages of more than {MESSAGE_LIMIT:,} bytes, read as lines: {n_long:,}")


def _single(file: BinaryIO) -> Iterator[bytes]:
    """Give a file as one message, or as several overlong ones."""
    held: list[bytes] = []
    length = 0
    for chunk in read_chunks(file):
        held.append(chunk)
        length += len(chunk)
        if length > MESSAGE_LIMIT:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def _messages(file: BinaryIO) -> Iterator[bytes]:
    """Cut an mbox before each line that begins with ``From`` and follows an empty one."""
    held = b""
    for chunk in read_chunks(file):
        start = max(0, len(held) - 16)
        held += chunk
        cut = 0
        while (end := held.find(b"\nFrom ", start)) >= 0:
            start = end + 1
            if held[max(0, end - 2) : end].endswith((b"\n", b"\n\r")):
                yield held[cut:start]
                cut = start
        held = held[cut:]
        if len(held) > MESSAGE_LIMIT:
            yield held
            held = b""
    if held:
        yield held


def _flat(raw: bytes) -> bytes:
    """Drop the line that begins a message in an mbox; refuse parts within parts without end."""
    if raw.lower().count(b"boundary=") > _NESTING * 10:
        raise ValueError("very many parts")
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _message(message: Message, row: int, packer: Packer, codec: str) -> Iterator[pa.RecordBatch]:
    """Give one message: its headers, then its parts in order; `codec` is told from its bytes."""
    for name, value in itertools.islice(message.raw_items(), _HEADERS):
        packer.add(row, _name(name), _decoded(value, codec))
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            packer.skip(f"message {row} has more than {_PARTS:,} parts; the rest is not read")
            break
        if number and part.get_content_type() == "message/rfc822":
            continue
        if number:
            for name, value in itertools.islice(part.raw_items(), _HEADERS):
                if name.lower() not in {"content-type", "content-transfer-encoding", "mime-version"}:
                    packer.add(row, f"part.{_name(name)}", _decoded(value, codec))
        if not part.is_multipart():
            yield from _part(part, row, packer, codec)
    yield from packer.ready()


def _part(part: Message, row: int, packer: Packer, codec: str) -> Iterator[pa.RecordBatch]:
    """Give the text of a part; name an attachment that is no text."""
    if name := part.get_filename():
        packer.add(row, "attachment.name", _decoded(name, codec))
    if part.get_content_maintype() not in {"text", "message"}:
        packer.skip(f"message {row}: an attachment of type {_name(part.get_content_type())} is not opened")
        return
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    text = _text(raw, part.get_content_charset(), packer)
    if part.get_content_subtype() == "html":
        yield from html_records(iter([text]), packer, row)
    else:
        packer.add(row, "body", text)


def _text(raw: bytes, charset: str | None, packer: Packer) -> str:
    """Decode a body by the encoding it declares; without one that is known and can hold it, by its bytes."""
    if raw.isascii() and not charset:
        return raw.decode("ascii")
    label = (charset or "").lower()
    if label and label not in _UNTOLD:
        try:
            return raw.decode(known_codec(label) or label, "replace")
        except (LookupError, ValueError):
            pass
    codec = codec_of_text(raw)
    if codec in _MARKED:
        codec = "utf-8"
    elif codec != "utf-8":
        packer.read_as(codec)
    return raw.decode(codec, "replace")


def _decoded(value: object, codec: str) -> str:
    """Give a header as people read it (RFC 2047); bytes that are no UTF-8 are in `codec`."""
    raw = str(value).encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8" if codec in _MARKED else codec, "replace")
    if len(text) > 2**16:
        return text
    try:
        return str(email.header.make_header(email.header.decode_header(text)))
    except (ValueError, LookupError, UnicodeError, TypeError):
        return text


def _name(name: str) -> str:
    """Give a header's name or a type as part of a field."""
    return "".join(c if c.isalnum() and c.isascii() or c in "-/." else "_" for c in name.lower())[:60]
