"""What joblib adds to a pickle: arrays as raw bytes between the opcodes, and packing of the whole file."""

from __future__ import annotations

import io
import lzma
import re
import zlib
from math import prod
from typing import Any, BinaryIO, cast

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import CHUNK, WINDOW_LIMIT, RewindingReader
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.formats.pickle_bytes import EndedError, LimitError
from leakkit.leak.formats.pickle_machine import Machine
from leakkit.leak.formats.pickle_sniff import looks_like_pickle
from leakkit.leak.formats.pickle_tree import checked_sizes, numpy_type_of
from leakkit.leak.formats.pickle_values import Blob, Made
from leakkit.leak.source import FileSource, Source

NESTED_LIMIT = 8
_PROBE = 4_096


def _skip_array(machine: Machine, wrapper: Made) -> None:
    """Step over the bytes that follow a NumpyArrayWrapper; an array of objects is a pickle in its place.

    Follows ``NumpyArrayWrapper.read_array`` of joblib 1.5: before the bytes stands the length of a
    padding, since joblib 1.2, which also names the alignment in the wrapper.
    """
    entries = wrapper.state.children if isinstance(wrapper.state, Made) else {}
    shape, kind = checked_sizes(entries.get("shape", ())), numpy_type_of(entries.get("dtype"))
    if shape is None or kind is None:
        machine.refuse("an array of joblib without shape or dtype")
    elif kind.is_object:
        _walk_objects(machine)
    else:
        if type(entries.get("numpy_array_alignment_bytes")) is int:
            machine.cursor.skip(machine.cursor.byte())
        blob = Blob(machine.cursor.position, prod(shape) * kind.size)
        machine.cursor.skip(blob.length)
        entries["data"] = blob


def _walk_objects(machine: Machine) -> None:
    """Walk the pickle that stands where the bytes of an array would, and take over what it tells."""
    from leakkit.leak.formats.pickle_walk import walk_pickle

    depth = machine.depth + 1
    if depth > NESTED_LIMIT:
        raise LimitError
    inner = walk_pickle(machine.source, machine.cursor.position, machine.allowance, machine.inline, depth)
    machine.walk.n_opcodes += inner.n_opcodes
    for (module, name), found in inner.imports.items():
        ours = machine.found(module, name)
        ours.invoked |= found.invoked
        if found.resolved is not None:
            ours.resolved = found.resolved and ours.resolved is not False
    for event in inner.events:
        machine.event(event)
    machine.walk.calls.extend(inner.calls)
    machine.cursor.move(inner.end)
    if inner.ended == "limit":
        raise LimitError
    if inner.problem:
        machine.refuse(inner.problem)
    if inner.ended != "stop":
        raise EndedError


INLINE_ARRAYS = {
    "joblib.numpy_pickle.NumpyArrayWrapper": _skip_array,
    "sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper": _skip_array,
}
"""Objects behind whose state raw bytes follow, and how they are stepped over."""


class _Unpacking(io.RawIOBase):
    """A forward-only stream of what one decoder gives."""

    def __init__(self, file: BinaryIO, decoder: Any) -> None:
        super().__init__()
        self._file, self._decoder, self._tail = file, decoder, b""

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes."""
        while not self._decoder.eof:
            packed = self._tail or self._file.read(CHUNK)
            data = self._decoder.decompress(packed, size)
            self._tail = getattr(self._decoder, "unconsumed_tail", b"")
            if data:
                return cast(bytes, data)
            if not packed:
                raise EOFError
        return b""


_OLD_HEADER = re.compile(rb"ZF0x[0-9a-f]{1,17}L? *")


def _start(head: bytes) -> tuple[int, Any] | None:
    """Give where the packed bytes begin and a decoder for them; None for what joblib does not write.

    zlib's header is checked as RFC 1950 says; ``ZF0x`` and the length stand before it in joblib 0.8 and 0.9.
    """
    old = _OLD_HEADER.match(head[:32])
    start = old.end() if old else 0
    if head[start : start + 1] == b"\x78" and int.from_bytes(head[start : start + 2], "big") % 31 == 0:
        return start, zlib.decompressobj()
    if head[:3] == b"\x5d\x00\x00" and len(head) > 13:
        return 0, lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=WINDOW_LIMIT)
    return None


def is_packed_pickle(head: bytes) -> bool:
    """Say whether the first bytes are those of a pickle packed as a whole by zlib or old LZMA.

    Examples
    --------
    >>> import pickle, zlib
    >>> is_packed_pickle(zlib.compress(pickle.dumps([1, 2, 3]))), is_packed_pickle(b"x marks the spot")
    (True, False)
    """
    found = _start(head)
    if found is None:
        return False
    start, decoder = found
    try:
        data = decoder.decompress(head[start : start + _PROBE], _PROBE)
    except (zlib.error, lzma.LZMAError, EOFError, ValueError, MemoryError):
        return False
    return b"numpy_pickle" in data or looks_like_pickle(data, 1 << 40)


def unpacked(source: Source) -> Source:
    """Give the pickle inside a packed file; a file that is not packed is given back.

    Raises
    ------
    BadMemberError
        It cannot be unpacked, or unpacks to more than the budget.
    """
    if not is_packed_pickle(source.head):
        return source

    def start() -> BinaryIO:
        place, decoder = cast(tuple[int, Any], _start(source.head))
        file = source.stream()
        file.seek(place)
        return cast(BinaryIO, _Unpacking(file, decoder))

    reader = RewindingReader(start, Meter(Budget()).counter(source.size))
    return FileSource(cast(BinaryIO, reader), source.name, _length(reader))


def _length(reader: RewindingReader) -> int:
    """Give the unpacked length: up to the break when the packed bytes are broken."""
    try:
        return reader.seek(0, io.SEEK_END)
    except BadMemberError as error:
        if error.status == "limit" or not reader.tell():
            raise
        return reader.tell()
