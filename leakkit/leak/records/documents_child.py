"""The process that reads documents under limits: bytes come in by a pipe, texts go out as lines of JSON."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

MEMORY = 2**30
"""Address space of the process (bytes), libraries included."""

TEXT = 256 * 2**20
"""Longest text of a document (characters)."""

LONGEST = 4 * 2**20
"""Longest text of one row; the rest of it is left out, and said so."""

Found = tuple[int, str, str]
"""Row, field, text; a note has row -1."""

_READERS = {
    "pdf": "leakkit.leak.records.documents_pdf",
    "ooxml": "leakkit.leak.records.documents_office",
    "orc": "leakkit.leak.records.documents_orc",
    "ole2": "leakkit.leak.records.documents_ole2",
    "opendocument": "leakkit.leak.records.documents_odf",
    "rtf": "leakkit.leak.records.documents_rtf",
}


class Refused(Exception):
    """A document that is not read; the message is ours and holds nothing of it."""

    def __init__(self, reason: str, status: str = "refused") -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


def serve(seconds: int) -> None:
    """Read documents from standard input until it ends; answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit_process()
    calls = sys.stdin.buffer
    while line := calls.readline():
        format, data = json.loads(line)["format"], _received(calls)
        limit_time(seconds)

        def say(message: Any) -> None:
            answers.write(json.dumps(message).encode() + b"\n")

        say(_answered(format, data, say))
        answers.flush()
        del data


def limit_process() -> None:
    """Bound memory and forbid to write files, where the system knows such limits."""
    with suppress(ImportError):
        import resource

        for kind, value in (("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, kind), (value, value))


def limit_time(seconds: int) -> None:
    """Give the process so many more seconds of processor time, where the system knows such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds, hard))


def _received(calls: BinaryIO) -> bytes:
    """Take the pieces of a document."""
    parts = []
    while length := int.from_bytes(calls.read(4), "little"):
        parts.append(calls.read(length))
    return b"".join(parts)


def _answered(format: str, data: bytes, say: Callable[[Any], None]) -> dict[str, Any]:
    """Say the texts of a document; give how it ended."""
    total = 0
    try:
        texts: Callable[[bytes], Iterator[Found]] = import_module(_READERS[format]).texts
        for row, field, text in texts(data):
            if row < 0:
                say({"note": text})
                continue
            if len(text) > LONGEST:
                say({"note": f"a text of more than {LONGEST:,} characters; the rest of it is not read"})
                text = text[:LONGEST]
            total += len(text)
            if total > TEXT:
                say({"note": f"more than {TEXT:,} characters of text; the rest is not read"})
                break
            say([row, field, text])
    except Refused as refused:
        return {"error": refused.reason, "status": refused.status}
    except MemoryError:
        return {"error": "reading it takes more memory than is given", "status": "limit"}
    except RecursionError:
        return {"error": "nested too deep to be read", "status": "limit"}
    except KeyboardInterrupt:
        raise
    except (
        BaseException
    ) as error:  # libraries raise whatever they like, panics, too; words may be the document's
        return {"error": f"cannot be read to its end ({type(error).__name__})", "status": "corrupt"}
    return {"end": True}


def checked_zip(data: bytes, limit: int = 256 * 2**20, members: int = 20_000) -> list[str]:
    """Give the names in an Office file; refuse one that unpacks to too much.

    Python's `zipfile` reads no more of a member than its directory declares, so the sum holds.
    """
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
    except zipfile.BadZipFile:
        raise Refused("the archive that the document is cannot be read", "corrupt") from None
    if len(entries) > members or sum(entry.file_size for entry in entries) > limit:
        raise Refused(f"unpacks to more than {limit:,} bytes or {members:,} parts", "limit")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("the document is encrypted")
    return [entry.filename for entry in entries]
