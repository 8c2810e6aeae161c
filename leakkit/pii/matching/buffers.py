"""Many values as one buffer: joined with a separator, with the way back to row, byte and character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATOR = "\x1e\n"
"""Stands after every value of a buffer; a detector's pattern never matches its first byte."""

MAX_BUFFER = 2**30
"""Longest buffer (bytes) given to an engine at once; Hyperscan silently cuts at 4 GiB."""


@dataclass(frozen=True)
class Rows:
    """Values in one buffer.

    Parameters
    ----------
    data : memoryview
        The bytes of all values, each followed by the separator.
    starts, ends : numpy.ndarray
        First byte of each value and first byte after it (int64, rising).
    """

    data: memoryview
    starts: np.ndarray
    ends: np.ndarray

    @cached_property
    def array(self) -> np.ndarray:
        """The buffer as an array of uint8 (no copy)."""
        return np.frombuffer(self.data, np.uint8)

    @cached_property
    def raw(self) -> bytes:
        """The buffer as bytes (a copy, made once)."""
        return bytes(self.data)

    @cached_property
    def ascii(self) -> bool:
        """True where one byte is one character throughout."""
        return not len(self.array) or int(self.array.max()) < 128

    @cached_property
    def wide(self) -> np.ndarray:
        """Places of the bytes that are not ASCII."""
        return np.flatnonzero(self.array.view(np.int8) < 0)

    @cached_property
    def breaks(self) -> np.ndarray:
        """Places of the line feeds; looked for part by part, which stays in the processor's cache."""
        if not self.of_lines:
            return self.ends + 1
        array = self.array
        parts = range(0, len(array), _PART)
        found = [np.flatnonzero(array[begin : begin + _PART] == 10) + begin for begin in parts]
        return np.concatenate(found)

    @cached_property
    def of_lines(self) -> bool:
        """True where a value holds several lines."""
        return self._counted(SEPARATOR[1]) > len(self.starts)

    @cached_property
    def parted(self) -> bool:
        """True where a value holds the first byte of the separator."""
        return self._counted(SEPARATOR[0]) > len(self.starts)

    def _counted(self, sign: str) -> int:
        """Count a byte; this is several times faster than to find its places."""
        return int(np.count_nonzero(self.array == ord(sign)))

    def row_of(self, offsets: np.ndarray) -> np.ndarray:
        """Give the row in which each byte offset stands."""
        return np.searchsorted(self.starts, offsets, side="right") - 1

    def part(self, first: int, stop: int) -> tuple[Rows, int]:
        """Give some rows as a buffer of their own, and its first byte in this one."""
        begin, end = int(self.starts[first]), int(self.ends[stop - 1]) + len(SEPARATOR)
        starts, ends = self.starts[first:stop] - begin, self.ends[first:stop] - begin
        return Rows(self.data[begin:end], starts, ends), begin

    def taken(self, chosen: np.ndarray) -> Rows:
        """Give some rows, rising, as a buffer of their own."""
        begins, stops = self.starts[chosen], self.ends[chosen] + len(SEPARATOR)
        data = b"".join([self.data[a:b] for a, b in zip(begins.tolist(), stops.tolist(), strict=True)])
        bounds = np.cumsum(stops - begins)
        return Rows(memoryview(data), bounds - (stops - begins), bounds - len(SEPARATOR))

    def value(self, row: int) -> bytes:
        """Give the bytes of one value."""
        return bytes(self.data[self.starts[row] : self.ends[row]])

    def characters(self, rows: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        """Turn byte offsets in the buffer into code points from the start of their row."""
        begins = self.starts[rows]
        if self.ascii or not len(offsets):
            return offsets - begins
        if len(self.array) > _MOST_AT_ONCE:
            return _code_points(self.array, begins, offsets)
        inner = self.inner
        return offsets - begins - np.searchsorted(inner, offsets) + np.searchsorted(inner, begins)

    @cached_property
    def inner(self) -> np.ndarray:
        """Places of the bytes that go on with a character."""
        return self.wide[self.array[self.wide] < 0xC0]


class Texts:
    """The texts of a batch, decoded when they are asked for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._held: dict[int, str] = {}
        self._last = -1, ""

    @cached_property
    def _whole(self) -> str | None:
        """All texts as one, where one byte is one character."""
        return bytes(self.rows.data).decode("ascii") if self.rows.ascii else None

    @cached_property
    def _bounds(self) -> tuple[memoryview, memoryview]:
        """Where each text begins and ends in the buffer; most are never asked for, and so made no list of."""
        return self.rows.starts.data, self.rows.ends.data

    def __getitem__(self, row: int) -> str:
        begins, ends = self._bounds
        if self._whole is not None:
            if ends[row] - begins[row] < _LONG:
                return self._whole[begins[row] : ends[row]]
            if self._last[0] != row:
                self._last = row, self._whole[begins[row] : ends[row]]
            return self._last[1]
        if (text := self._held.get(row)) is None:
            text = self._held[row] = str(self.rows.data[begins[row] : ends[row]], "utf-8", "replace")
        return text


def _code_points(data: np.ndarray, begins: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Count the bytes of each stretch that begin a character; linear in the buffer, whatever the order."""
    order = np.argsort(offsets, kind="stable")
    marks = np.unique(np.concatenate([begins, offsets]))
    counts = np.zeros(len(marks), np.int64)
    for i in range(0, len(marks) - 1, _STEP):
        part = marks[i : i + _STEP + 1]
        starts = (data[part[0] : part[-1]] & 0xC0) != 0x80
        sums = np.add.reduceat(starts, part[:-1] - part[0], dtype=np.int64) if len(starts) else 0
        counts[i + 1 : i + len(part)] = sums
    before = np.cumsum(counts)
    found = np.empty(len(offsets), np.int64)
    found[order] = (
        before[np.searchsorted(marks, offsets[order])] - before[np.searchsorted(marks, begins[order])]
    )
    return found


_STEP, _PART = 4096, 1 << 16
_LONG = 2**12
"""Bytes from which on a text is kept until another long one is asked for: to copy it takes time."""

_MOST_AT_ONCE = 2**23
"""Longest buffer (bytes) whose characters of several bytes are all noted at once: more than a scan's batches have."""


def join_arrow(texts: pa.Array | pa.ChunkedArray) -> Rows:
    """Join an Arrow string column; a missing value counts as an empty one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.fill_null(texts.cast(pa.large_string()), "")
    joined: Any = pc.binary_join_element_wise(
        texts, pa.scalar(SEPARATOR, pa.large_string()), pa.scalar("", pa.large_string())
    )
    if isinstance(joined, pa.ChunkedArray):
        joined = joined.combine_chunks()
    if not len(joined):
        return Rows(memoryview(b""), np.zeros(0, np.int64), np.zeros(0, np.int64))
    _, offset_buffer, data = joined.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[joined.offset : joined.offset + len(joined) + 1]
    starts = offsets[:-1]
    return Rows(memoryview(data), starts, offsets[1:] - len(SEPARATOR))


def join_bytes(values: list[bytes]) -> Rows:
    """Join values that are bytes already."""
    lengths = np.array([len(v) for v in values], np.int64) + len(SEPARATOR)
    ends = np.cumsum(lengths)
    parting = SEPARATOR.encode()
    return Rows(memoryview(b"".join([v + parting for v in values])), ends - lengths, ends - len(SEPARATOR))


def check_length(length: int) -> None:
    """Refuse a single value that is longer than an engine can take at once.

    Raises
    ------
    BadParameterError
        One value holds more than `MAX_BUFFER` bytes.
    """
    if length > MAX_BUFFER:
        raise BadParameterError(
            f"Expected values of at most {MAX_BUFFER:,} bytes",
            f"found one of {length:,} bytes",
            "cut it into parts, or read the file through lk.scan(), which does",
        )
