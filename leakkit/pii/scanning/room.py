"""Memory of a process that searches: above a bound, what is only kept for speed goes."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from leakkit.pii.weighing.memory import EASE, forget, forget_answers

if TYPE_CHECKING:
    from leakkit.pii.setup import Setup

MOST, NEAR = 280 * 2**20, 310 * 2**20
"""Bytes in use, and bytes held, from which room is made between two batches; a batch itself takes some 50 MiB.

What is free but held is taken again by the next batch as far as it fits; where much is held it fits badly.
"""

HIGH = 315 * 2**20
"""Bytes held from which patterns go half-way through a batch, too: those of a dense table grow by as much again."""

_APART = 1.5
"""Seconds of work between two times that they do: making them anew takes a tenth of it."""

_PAUSE = 2**23
"""Bytes of records between two times that everything is forgotten: what is needed again is made anew."""

_LOOKED_AFTER = 2**19
"""Bytes of records after which memory is looked at again."""

_STATUS = Path("/proc/self/statm")

_ASIDE: list[pa.MemoryPool] = []
"""Where Arrow took memory before `one_heap`; some of its parts go on to."""


class Room:
    """What one process does to stay near `MOST`; what is found does not depend on it.

    Parameters
    ----------
    setup : Setup
        What is looked for; what is remembered of it may go.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup, self._waited, self._searched = setup, _PAUSE, 0
        self._again = 0.0

    def make(self, n_bytes: int) -> None:
        """Give back what is free and forget what is remembered, before a batch of so many bytes.

        Batches are never cut for want of memory: what is found in a cell may depend on the cells around it.
        """
        self._waited += n_bytes
        self._searched += n_bytes
        if self._searched < _LOOKED_AFTER:
            return
        held = resident()
        if held <= NEAR and held - _free() <= MOST:
            return
        self._searched = 0
        forget_answers()
        _give_back()
        if resident() > MOST and self._waited >= _PAUSE:
            self._waited = 0
            self._forget()
            _trim()

    def ease(self) -> None:
        """Give back what is free, where much is held; where that is not enough, forget what is remembered."""
        if resident() <= NEAR:
            return
        _give_back()
        if resident() <= NEAR:
            return
        forget_answers()
        forget()
        if resident() > HIGH and time.process_time() >= self._again:
            self._forget()
            _give_back()
            self._again = time.process_time() + _APART

    def _forget(self) -> None:
        """Forget patterns and values; RE2 for Python holds the last patterns, with all that grew of them."""
        import re2

        from leakkit.pii.whole.forms import forms_of

        forms_of(self._setup).forget()
        self._setup.matcher.forget()
        re2.purge()
        forget()


@contextmanager
def one_heap() -> Iterator[None]:
    """Let Arrow take memory where all else does: what one of them gives back the other can use."""
    before = pa.default_memory_pool()
    before.release_unused()
    pa.set_memory_pool(pa.system_memory_pool())
    _ASIDE.append(before)
    try:
        yield
    finally:
        _ASIDE.remove(before)
        pa.set_memory_pool(before)


@contextmanager
def eased(room: Room) -> Iterator[None]:
    """Let a room give back what is free half-way through each batch, too, where much is held."""
    ease = room.ease
    EASE.append(ease)
    try:
        yield
    finally:
        EASE.remove(ease)


def resident() -> int:
    """Give the bytes of memory that this process has; 0 where the system does not say."""
    try:
        return int(_STATUS.read_bytes().split()[1]) * _page()
    except (OSError, ValueError, IndexError):
        return 0


@cache
def _page() -> int:
    """Give the size of a page of memory."""
    import mmap

    return mmap.PAGESIZE


class _Counts(ctypes.Structure):
    """What the GNU C library counts of its heap (``struct mallinfo2``)."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()
    ]


def _free() -> int:
    """Give the bytes of the heap that are free for the next batch; 0 where the library does not say."""
    return int(count().fordblks) if (count := _mallinfo()) is not None else 0


@cache
def _mallinfo() -> Any:
    """Find the function of the C library."""
    with suppress(OSError, AttributeError, TypeError):
        found = ctypes.CDLL(None).mallinfo2
        found.restype = _Counts
        return found
    return None


def _give_back() -> None:
    """Give back what Arrow and all else hold and do not need; what reads Parquet takes from the pool set aside."""
    for pool in (pa.default_memory_pool(), *_ASIDE):
        pool.release_unused()
    _trim()


def _trim() -> None:
    """Give free memory back to the system, where its library can."""
    if (trim := _malloc_trim()) is not None:
        trim(0)


@cache
def _malloc_trim() -> Any:
    """Find the function of the C library."""
    with suppress(OSError, AttributeError, TypeError):
        return ctypes.CDLL(None).malloc_trim
    return None
