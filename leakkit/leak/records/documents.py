"""Records of documents (PDF, Office old and new, OpenDocument, RTF, ORC): read in a child process under limits.

The child gets the bytes of one document after the other through a pipe, and nothing else: no name, no
path, no place to write. It may take so much memory, processor time and waiting; whatever it does with a
hostile document costs that document a row, and the child its life.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from leakkit.errors import BadMemberError
from leakkit.leak.lines import read_chunks
from leakkit.leak.records.batch import Packer

LARGEST = 128 * 2**20
"""Largest document that is handed over (bytes)."""

SECONDS = 60
"""Longest time a document may take; processor time and waiting each."""

_SERVE = "from leakkit.leak.records.documents_child import serve; serve({seconds})"
_LONGEST_LINE = 64 * 2**20
_OUT_OF_TIME = -24
"""Exit code of a process that used up its processor time (SIGXCPU)."""

_ABORTED = -6
"""Exit code of a process that ended itself (SIGABRT), as libraries in Rust and C++ do for want of memory."""


class _Child:
    """The process that reads documents; started when first needed, started again when it died."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self.timed_out = False

    def started(self) -> subprocess.Popen[bytes]:
        """Give the process, alive."""
        self.timed_out = False
        if self._owner != os.getpid():  # after a fork the child is still our parent's
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE.format(seconds=SECONDS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._process

    def kill(self) -> None:
        """Kill the process because it took too long."""
        self.timed_out = True
        if self._process is not None:
            self._process.kill()

    def end(self) -> int:
        """End the process whatever it does; give its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                continue
        return process.wait()


_child = _Child()
atexit.register(_child.end)


def _environment() -> dict[str, str]:
    """Give the child the way to the packages, one thread, an allocator that lives with limits, and little else."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LANG") if name in os.environ}
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    paths = os.pathsep.join(filter(None, sys.path))
    return (
        kept
        | one
        | {"PYTHONPATH": paths, "ARROW_DEFAULT_MEMORY_POOL": "system", "PYTHONDONTWRITEBYTECODE": "1"}
    )


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give the text of one document; `row` is a line of a PDF, a paragraph, a row of a sheet, a slide."""
    if size is not None and size > LARGEST:
        raise BadMemberError(f"documents of more than {LARGEST:,} bytes are not read", status="limit")
    with _child.lock:
        process = _child.started()
        timer = threading.Timer(SECONDS + 5, _child.kill)
        timer.daemon = True
        timer.start()
        finished = False
        try:
            _hand_over(process, file, format)
            for answer in _answers(process):
                if isinstance(answer, list):
                    packer.add(*answer)
                    yield from packer.ready()
                elif "note" in answer:
                    packer.skip(answer["note"])
                else:
                    finished = True
                    if "error" in answer:
                        raise BadMemberError(answer["error"], answer["status"])
            if not finished:
                raise _death()
        except (BrokenPipeError, ConnectionError):
            raise _death() from None
        finally:
            timer.cancel()
            if not finished:
                _child.end()


def _hand_over(process: subprocess.Popen[bytes], file: BinaryIO, format: str) -> None:
    """Write a document to the child in pieces, each after its length; an empty one ends it."""
    pipe = process.stdin
    assert pipe is not None
    pipe.write(json.dumps({"format": format}).encode() + b"\n")
    total = 0
    for chunk in read_chunks(file):
        total += len(chunk)
        if total > LARGEST:
            raise BadMemberError(f"documents of more than {LARGEST:,} bytes are not read", status="limit")
        pipe.write(len(chunk).to_bytes(4, "little") + chunk)
    pipe.write(bytes(4))
    pipe.flush()


def _answers(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """Give what the child says until it says that the document has ended."""
    assert process.stdout is not None
    while (line := process.stdout.readline(_LONGEST_LINE)).endswith(b"\n"):
        answer = json.loads(line)
        yield answer
        if isinstance(answer, dict) and "note" not in answer:
            return


def _death() -> BadMemberError:
    """Say why the child is dead."""
    timed_out = _child.timed_out
    code = _child.end()
    if timed_out or code == _OUT_OF_TIME:
        return BadMemberError(f"reading it took more than {SECONDS} seconds", status="limit")
    if code == _ABORTED:
        return BadMemberError("reading it takes more memory than is given, or broke off", status="limit")
    reason = f"signal {-code}" if code < 0 else f"exit code {code}"
    return BadMemberError(f"the process that read it died ({reason})", status="limit")
