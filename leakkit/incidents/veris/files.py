"""The forms in which VERIS records come: zip, gzip, folder, one list, one object a line; nothing is extracted."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leakkit.errors import LeakNotFoundError, LeakUnreadableError
from leakkit.leak.budget import Budget
from leakkit.leak.formats.json_text import decode_text
from leakkit.leak.text import printable

TEXT_BYTES = 128 * 2**20
"""Longest JSON text that is read (bytes); the largest honest one has some 60 MB."""

MANY_BYTES, MOST_VALUES = 24 * 2**20, 8_000_000
"""From so many bytes on, a text may hold so many values; honest ones have one in thirty bytes."""

ALL_BYTES = 2**30
"""Bytes that may be unpacked from one archive."""

START_BYTES = 8 * 2**20
"""What is read of a text that is too long, to say which record it reaches into."""

_ENDINGS = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
_SPACE = re.compile(r"[ \t\r\n]*")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_BUDGET = Budget(unpacked_bytes=ALL_BYTES)


class BadPartError(ValueError):
    """One file of a catalogue, or one member of its archive, that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One JSON text: its escaped name, how to get its bytes, the hash of the file it stands in."""

    name: str
    read: Callable[[], bytes]
    sha256: str | None
    batch: bool = False
    """True in a folder that upstream marks as a batch (its name begins with '!')."""


def parts(path: Path) -> Iterator[Part]:
    """Give the JSON texts of a catalogue in the order of their names.

    Raises
    ------
    LeakNotFoundError
        Nothing stands at `path`.
    LeakUnreadableError
        The archive cannot be read.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.is_file():
        raise LeakNotFoundError(
            "Expected a file or folder of VERIS records",
            f"found nothing at {printable(str(path), 200)!r}",
            "check the spelling, or fetch the catalogue with `leakkit fetch vcdb`",
        )
    with path.open("rb") as file:
        magic = file.read(4)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest() if _digestible(path, magic) else None
    if magic.startswith(b"PK"):
        yield from _zip(path, sha256)
    else:
        yield Part(printable(path.name), lambda: _plain(path), sha256)


def _digestible(path: Path, magic: bytes) -> bool:
    """Tell whether a file is worth hashing: one that is refused for its size is not."""
    return magic.startswith(b"PK") or path.stat().st_size <= TEXT_BYTES


def _folder(folder: Path) -> Iterator[Part]:
    """Give the JSON files below a folder; links are not followed."""
    root = str(folder)
    for place, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name != ".git")
        inside = place[len(root) :].replace(os.sep, "/").strip("/")
        batch = inside.startswith("!") or "/!" in inside
        for name in sorted(names):
            if name.lower().endswith(_ENDINGS):
                shown = printable(f"{inside}/{name}" if inside else name)
                yield Part(shown, _reader(os.path.join(place, name)), None, batch)


def _reader(path: str) -> Callable[[], bytes]:
    """Give a function that reads one file of a folder."""
    return lambda: _plain(path, os.O_RDONLY | _NO_LINK)


def _plain(path: str | Path, flags: int = os.O_RDONLY) -> bytes:
    """Give the bytes of a file, unpacked when it is a gzip; a pipe and a giant are refused."""
    with open(os.open(path, flags | _NO_WAIT), "rb", buffering=0) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise BadPartError("it is no plain file")
        size = about.st_size
        if size > TEXT_BYTES:
            if file.read(2) != b"\x1f\x8b":
                file.seek(0)
                raise BadPartError(_too_long(size, file.read(START_BYTES)))
            file.seek(0)
            return _unpacked(file, size)
        raw = file.read(size + 1)
        if len(raw) != size:  # it grows or shrinks, or its file system does not tell sizes
            file.seek(0)
            raw = _limited(file, TEXT_BYTES)
    return _unpacked(io.BytesIO(raw), len(raw)) if raw[:2] == b"\x1f\x8b" else raw


def _unpacked(file: Any, packed: int) -> bytes:
    """Give what a gzip holds, up to the limits."""
    try:
        with gzip.GzipFile(fileobj=file) as stream:
            return _limited(stream, min(TEXT_BYTES, _allowed(packed)))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadPartError(f"the gzip cannot be unpacked ({type(error).__name__})") from None


def _allowed(packed: int) -> int:
    """Give how far packed bytes may unpack before they are taken for a bomb."""
    return max(_BUDGET.ratio_from, int(_BUDGET.ratio * packed))


def _limited(file: Any, limit: int) -> bytes:
    """Read a stream in pieces and stop at the limit."""
    pieces: list[bytes] = []
    total = 0
    while piece := file.read(2**20):
        total += len(piece)
        pieces.append(piece)
        if total > limit:
            start = b"".join(pieces[:64])[:START_BYTES]
            raise BadPartError(_too_long(total, start, at_least=True))
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _too_long(size: int, start: bytes, *, at_least: bool = False) -> str:
    """Say that a text is too long, and which record its start reaches into."""
    more = "more than " if at_least else ""
    limits = f"at most {TEXT_BYTES:,} of JSON are read, and {_BUDGET.ratio:,.0f} times its packed size"
    return f"it has {more}{size - at_least:,} bytes; {limits}; {_reached(start)}"


def _reached(start: bytes) -> str:
    """Say which record the start of a text reaches into."""
    number, end = 0, 0
    with contextlib.suppress(BadPartError):
        for *_, after in records(start):
            number, end = number + 1, after
    number += decoded(start)[end:].lstrip(" \t\r\n,[").startswith("{")
    return f"record {number:,} reached" if number else "record not reached"


def _zip(path: Path, sha256: str | None) -> Iterator[Part]:
    """Give the JSON members of a zip; names are only ever shown, nothing is written."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if _wanted(info)]
            left = [ALL_BYTES]
            for info in sorted(found, key=lambda info: (info.filename, info.header_offset)):
                batch = any(part.startswith("!") for part in info.filename.split("/")[:-1])
                name = printable(f"{path.name}/{info.filename}", 300)
                yield Part(name, _member(archive, info, left), sha256, batch)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        if isinstance(error, LeakUnreadableError):
            raise
        raise LeakUnreadableError(
            f"Expected a zip of JSON in {printable(path.name, 200)!r}",
            f"found one that cannot be read ({type(error).__name__})",
            "fetch the file again",
        ) from None


def _wanted(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member may hold records."""
    name = info.filename
    hidden = name.rpartition("/")[2].startswith("._") or name.startswith("__MACOSX/")
    return not info.is_dir() and not hidden and name.lower().endswith(_ENDINGS)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: list[int]) -> Callable[[], bytes]:
    """Give a function that reads one member under the limits; `left` is what the archive may still unpack."""

    def read() -> bytes:
        limit = min(TEXT_BYTES, _allowed(info.compress_size), left[0])
        if info.flag_bits & 1:
            raise BadPartError("it is encrypted")
        if info.file_size > limit:
            raise BadPartError(_too_long(info.file_size, _start(archive, info, left)))
        try:
            with archive.open(info) as stream:
                raw = _limited(stream, limit)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise BadPartError(f"the member cannot be unpacked ({type(error).__name__})") from None
        left[0] -= len(raw)
        if raw[:2] == b"\x1f\x8b":
            raw = _unpacked(io.BytesIO(raw), len(raw))
        return raw

    return read


def _start(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: list[int]) -> bytes:
    """Give the start of a member that is too long, as far as the archive may still unpack."""
    with contextlib.suppress(
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError
    ):
        with archive.open(info) as stream:
            start = stream.read(min(START_BYTES, left[0]))
        left[0] -= len(start)
        return start
    return b""


def records(raw: bytes) -> Iterator[tuple[Any, str, int, int]]:
    r"""Give the records of a JSON text one after the other: a list, one object, or one object a line.

    With each record comes the text it stands in, where it begins and where it ends.

    Raises
    ------
    BadPartError
        Names the line, the column and the number of the record where the text breaks.

    Examples
    --------
    >>> [record for record, *_ in records(b'[{"a": 1}, {"a": 2}]')]
    [{'a': 1}, {'a': 2}]
    >>> [record for record, *_ in records(b'{"a": 1}\n{"a": 2}\n')]
    [{'a': 1}, {'a': 2}]
    """
    if len(raw) > MANY_BYTES and sum(map(raw.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BadPartError(f"it holds more than {MOST_VALUES:,} values; {_reached(raw[:START_BYTES])}")
    text = decoded(raw)
    del raw
    decoder = json.JSONDecoder()
    at = _after_space(text, 0)
    if at == len(text):
        raise BadPartError("it holds no JSON")
    listed = text[at] == "["
    at = _after_space(text, at + listed)
    number = 0
    while listed or at < len(text):
        if listed and number == 0 and text[at : at + 1] == "]":
            break
        number += 1
        start = at
        try:
            record, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise BadPartError(_broken(error, text, number)) from None
        except (ValueError, RecursionError) as error:
            raise BadPartError(f"record {number:,} cannot be parsed ({type(error).__name__})") from None
        yield record, text, start, at
        at = _after_space(text, at)
        if not listed:
            continue
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            raise BadPartError(_broken(json.JSONDecodeError("", text, at), text, number))
        at = _after_space(text, at + 1)
    if listed and _after_space(text, at + 1) < len(text):
        raise BadPartError(f"text follows the list of {number:,} records")


def decoded(raw: bytes) -> str:
    """Give bytes as text without a byte-order mark."""
    return decode_text(raw).removeprefix("\ufeff")


def _after_space(text: str, at: int) -> int:
    """Give the place of the next character that is no space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _broken(error: json.JSONDecodeError, text: str, number: int) -> str:
    """Say where a text breaks, without any of it."""
    cut_off = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string")
    what = "the JSON ends early" if cut_off else "no JSON"
    return f"{what} at line {error.lineno:,}, column {error.colno:,}, in record {number:,}"
