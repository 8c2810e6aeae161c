"""Reads TensorBoard event files: how many events, which tags, which steps; scalar values on request.

Framing (TFRecord): u64 length, masked CRC-32C of it, the event, masked CRC-32C of that. An event is a
protocol-buffer message: wall time (1), step (2), file version (3), summary (5).
https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.protobuf import varint_at
from leakkit.leak.sniff.structure import masked_crc32c
from leakkit.leak.source import Source
from leakkit.leak.text import printable

BLOCK = 2**20
READ_LIMIT = 256 * 2**20
"""Most bytes of one event file that are walked; large records (pictures, graphs) are skipped."""

EVENT_LIMIT = 500_000
_PARSE_LIMIT = 64 * 1024
_CHECK_LIMIT = 512
_TAG_LIMIT = 200
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_TENSOR_FORMATS = {1: "<f", 2: "<d", 19: "<e"}


class Scalar(NamedTuple):
    """One logged number."""

    tag: str
    step: int
    value: float


class Event(NamedTuple):
    """One event: its step, the tags it logs (scalars or not) and the numbers among them."""

    step: int
    tags: tuple[str, ...]
    scalars: tuple[Scalar, ...]


def read(source: Source, format: str) -> Facts:
    """Read counts, tags and steps of an event file.

    Parameters
    ----------
    source : Source
    format : str
        ``tfevents``.

    Returns
    -------
    Facts
        ``x_n_events``, ``x_n_scalars``, ``x_tags`` (at most 200), ``x_first_step``, ``x_last_step``; status
        ``truncated`` when the last record breaks off (a run that was killed leaves that), ``corrupt``
        when a checksum is wrong, ``limit`` when it is too long to walk.
    """
    facts = Facts()
    tags: dict[str, None] = {}
    n_events = n_scalars = 0
    steps: list[int] = []
    for event in events(source, facts):
        n_events += 1
        n_scalars += len(event.scalars)
        if event.tags:
            steps = [steps[0] if steps else event.step, event.step]
        for tag in event.tags:
            if len(tags) < _TAG_LIMIT:
                tags.setdefault(tag)
    facts.values |= {"x_n_events": n_events, "x_n_scalars": n_scalars, "x_tags": sorted(tags)}
    if steps:
        facts.values |= {"x_first_step": steps[0], "x_last_step": steps[1]}
    return facts


def scalars(source: Source) -> Iterator[Scalar]:
    """Give the numbers an event file logged, in its order, as far as it can be read.

    Infinite values and NaN are left out.
    """
    for event in events(source, Facts()):
        yield from (scalar for scalar in event.scalars if math.isfinite(scalar.value))


def events(source: Source, facts: Facts) -> Iterator[Event]:
    """Give the events one by one; sets status and error of `facts` where the file stops making sense."""
    for body in _records(source, facts):
        try:
            event = _event(body)
        except (BadMemberError, IndexError, struct.error):
            facts.status, facts.error = "corrupt", "a record holds no event"
            return
        yield event


def _records(source: Source, facts: Facts) -> Iterator[bytes]:
    """Give the bodies of records; of a large one nothing but an empty body."""
    offset, block, start = 0, source.head, 0
    for _ in range(EVENT_LIMIT):
        if offset >= source.size:
            return
        if offset >= READ_LIMIT:
            break
        if offset + 12 > start + len(block):
            start, block = offset, source.read_at(offset, min(BLOCK, source.size - offset))
        header = block[offset - start : offset - start + 12]
        if len(header) < 12:
            facts.status, facts.error = "truncated", "the file ends inside a record"
            return
        length, check = struct.unpack("<QI", header)
        if masked_crc32c(header[:8]) != check:
            facts.status, facts.error = "corrupt", "the checksum of a record's length is wrong"
            return
        end = offset + 12 + length + 4
        if end > source.size:
            facts.status, facts.error = "truncated", "the file ends inside a record"
            return
        if length <= _PARSE_LIMIT:
            if end > start + len(block):
                start, block = offset, source.read_at(offset, min(BLOCK, source.size - offset))
            body = block[offset - start + 12 : end - start - 4]
            if (
                length <= _CHECK_LIMIT
                and masked_crc32c(body) != struct.unpack_from("<I", block, end - start - 4)[0]
            ):
                facts.status, facts.error = "corrupt", "the checksum of a record is wrong"
                return
            yield body
        else:
            yield b""
        offset = end
    facts.status, facts.error = "limit", "longer than is walked; the counts are of its beginning"


def _fields(data: bytes) -> Iterator[tuple[int, int, int | bytes]]:
    """Give number, wire type and value of each field of a small message."""
    place = 0
    while place < len(data):
        tag, place = varint_at(data, place)
        wire = tag & 7
        if wire == _VARINT:
            value, place = varint_at(data, place)
            yield tag >> 3, wire, value
            continue
        if wire == _BYTES:
            length, place = varint_at(data, place)
        elif wire in (_FIXED64, _FIXED32):
            length = 8 if wire == _FIXED64 else 4
        else:
            raise BadMemberError("a field has a wire type that is not in use")
        if place + length > len(data):
            raise IndexError("a field runs over its message")
        yield tag >> 3, wire, data[place : place + length]
        place += length


def _event(body: bytes) -> Event:
    """Read step and summary of one event."""
    step, summaries = 0, []
    for number, wire, value in _fields(body):
        if number == 2 and isinstance(value, int):
            step = value - (1 << 64) if value >> 63 else value
        elif number == 5 and wire == _BYTES and isinstance(value, bytes):
            summaries.append(value)
    tags, found = [], []
    for summary in summaries:
        for number, _, value in _fields(summary):
            if number == 1 and isinstance(value, bytes):
                tag, scalar = _value(value)
                tags.append(tag)
                if scalar is not None:
                    found.append(Scalar(tag, step, scalar))
    return Event(step, tuple(tags), tuple(found))


def _value(data: bytes) -> tuple[str, float | None]:
    """Read tag and number of one summary value; the number is None for pictures, texts, histograms."""
    tag, number = "", None
    for field, wire, value in _fields(data):
        if field == 1 and isinstance(value, bytes):
            tag = printable(value.decode("utf-8", "replace"), 200)
        elif field == 2 and wire == _FIXED32 and isinstance(value, bytes):
            number = struct.unpack("<f", value)[0]
        elif field == 8 and isinstance(value, bytes):
            number = _tensor(value)
    return tag, number


def _tensor(data: bytes) -> float | None:
    """Read the number of a tensor that holds one."""
    dtype, content, shape = 0, b"", b""
    for field, _, value in _fields(data):
        if field == 1 and isinstance(value, int):
            dtype = value
        elif field == 2 and isinstance(value, bytes):
            shape = value
        elif field in (4, 5, 6) and isinstance(value, bytes):
            content = value
    form = _TENSOR_FORMATS.get(dtype)
    if form is None or shape or len(content) != struct.calcsize(form):
        return None
    return float(struct.unpack(form, content)[0])
