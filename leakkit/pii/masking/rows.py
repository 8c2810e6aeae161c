"""The bytes of many short texts side by side, so that one numpy call works on all of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

DIGIT, LETTER, BLANK, OTHER_BLANK, HIGH, LOW_LINE, INNER = 1, 2, 4, 8, 16, 32, 64
"""Classes of bytes, as bits: digits, ASCII letters, space, control characters, not ASCII, ``_``, ``'`` and ``-``."""

_PART = 16_384
"""Values worked on together: so many that a call costs little, so few that what is made on the way does."""

FEW = 64
"""With fewer values than this the way one by one is as fast."""

LONGEST_TOGETHER = 256
"""Bytes of the longest value that is worked on with others: it bounds the memory of a part."""


def _classes() -> np.ndarray:
    """Give the class of each byte."""
    made = np.zeros(256, np.uint8)
    made[:32] = made[127] = OTHER_BLANK
    made[128:] = HIGH
    for characters, bit in (
        ("0123456789", DIGIT), ("_", LOW_LINE), (" ", BLANK), ("'-", INNER),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", LETTER),
    ):  # fmt: skip
        made[np.frombuffer(characters.encode(), np.uint8)] = bit
    return made


CLASSES = _classes()
LOWER, UPPER = np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8)
LOWER[65:91] += 32
UPPER[97:123] -= 32


def string_array(data: np.ndarray, bounds: np.ndarray) -> pa.Array:
    """Give bytes and the places where each value begins (and the last one ends) as a string array."""
    import pyarrow as pa

    small = int(bounds[-1]) < 2**31
    kind, width = (pa.StringArray, np.int32) if small else (pa.LargeStringArray, np.int64)
    return kind.from_buffers(
        len(bounds) - 1, pa.py_buffer(bounds.astype(width)), pa.py_buffer(np.ascontiguousarray(data))
    )


def fixed_strings(codes: np.ndarray) -> pa.Array:
    """Give the rows of a matrix of UTF-8 bytes as a string array."""
    import pyarrow as pa

    count, width = codes.shape
    bounds = (
        np.arange(0, (count + 1) * width, width, dtype=np.int32) if width else np.zeros(count + 1, np.int32)
    )
    return pa.StringArray.from_buffers(count, pa.py_buffer(bounds), pa.py_buffer(np.ascontiguousarray(codes)))


def in_parts(values: pa.Array, way: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Go a way that takes no nulls with an array that may have some (they stay), part by part.

    Parts are so small that what is made on the way takes little memory.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        values = values.cast(pa.large_string())
    full = values.fill_null("") if values.null_count else values
    if len(full) <= _PART:
        made = way(full)
    else:
        made = pa.concat_arrays([way(full.slice(at, _PART)) for at in range(0, len(full), _PART)])
    return pc.if_else(values.is_valid(), made, pa.scalar(None, pa.string())) if values.null_count else made


class Rows:
    """Texts without nulls as one row of bytes; `bounds` tells where each begins and the last one ends."""

    def __init__(self, data: np.ndarray, bounds: np.ndarray) -> None:
        self.data, self.bounds = data, bounds
        self.count = len(bounds) - 1
        self.starts, self.ends = bounds[:-1], bounds[1:]
        self.lengths = self.ends - self.starts
        self._last: dict[int, np.ndarray] = {}
        self._places: dict[int, np.ndarray] = {}

    @classmethod
    def of_array(cls, values: pa.Array) -> Rows:
        """Give the rows of a string array; no byte is copied."""
        import pyarrow as pa

        width = np.int64 if pa.types.is_large_string(values.type) else np.int32
        _, places, held = values.buffers()
        bounds = np.frombuffer(places, width)[values.offset : values.offset + len(values) + 1]
        whole = np.frombuffer(held, np.uint8) if held is not None else np.zeros(0, np.uint8)
        return cls(whole[bounds[0] : bounds[-1]], (bounds - bounds[0]).astype(np.int64))

    @cached_property
    def classes(self) -> np.ndarray:
        """Class of each byte."""
        return CLASSES.take(self.data)

    @cached_property
    def row(self) -> np.ndarray:
        """Row of each byte."""
        return np.repeat(np.arange(self.count, dtype=np.int32), self.lengths)

    @cached_property
    def is_ascii(self) -> bool:
        """Whether all bytes are ASCII."""
        return not len(self.data) or int(self.data.max()) < 0x80

    @cached_property
    def has_blank(self) -> bool:
        """Whether there is a space or a control character; cheaper than the classes of all bytes."""
        return bool(len(self.data)) and (int(self.data.min()) <= 32 or self.has(b"\x7f"))

    def has(self, signs: bytes | tuple[bytes, ...]) -> bool:
        """Tell whether any of some bytes stands anywhere, or any of some texts, be it over the end of a row."""
        return any(sign in self._raw for sign in signs)

    @cached_property
    def _raw(self) -> bytes:
        """The bytes, in which one is found fast."""
        return self.data.tobytes()

    def of(self, bits: int) -> np.ndarray:
        """Tell of each byte whether it is of any of these classes."""
        return (self.classes & bits) != 0

    def any_of(self, bits: int) -> np.ndarray:
        """Tell of each row whether any of its bytes is of any of these classes."""
        nothing = (bits == HIGH and self.is_ascii) or (
            not bits & ~(BLANK | OTHER_BLANK) and not self.has_blank
        )
        if nothing:
            return np.zeros(self.count, bool)
        return self.rows_with(self.of(bits))

    def rows_with(self, flags: np.ndarray) -> np.ndarray:
        """Tell of each row whether any of its bytes is marked."""
        made = np.zeros(self.count, bool)
        if flags.any():
            filled = self.lengths > 0
            made[filled] = np.logical_or.reduceat(flags, self.starts[filled])
        return made

    def counts(self, flags: np.ndarray) -> np.ndarray:
        """Count the marked bytes of each row."""
        bounds = running(flags)[self.bounds]
        return bounds[1:] - bounds[:-1]

    def last(self, flags: np.ndarray) -> np.ndarray:
        """Give the place of the last marked byte of each row; -1 where there is none."""
        return self._last_at(flags.nonzero()[0])

    def _last_at(self, places: np.ndarray) -> np.ndarray:
        """Give the last of some places in each row."""
        if len(places) == self.count and ((places >= self.starts) & (places < self.ends)).all():
            return places  # one in each
        made = np.full(self.count, -1, np.int64)
        made[self.row.take(places)] = places  # of equal rows numpy keeps the last
        return made

    def last_of(self, byte: int) -> np.ndarray:
        """Give the place of the last byte of one kind of each row, as `last`; asked for by mask, key and traits."""
        if byte not in self._last:
            self._last[byte] = self._last_at(self.places(byte))
        return self._last[byte]

    def places(self, byte: int) -> np.ndarray:
        """Give all places of one kind of byte."""
        if byte not in self._places:
            self._places[byte] = (self.data == byte).nonzero()[0]
        return self._places[byte]

    def first(self, flags: np.ndarray) -> np.ndarray:
        """Give the place of the first marked byte of each row; the end of the row where there is none."""
        made = self.ends.copy()
        places = flags.nonzero()[0][::-1]
        made[self.row.take(places)] = places
        return made

    def behind(self, places: np.ndarray) -> np.ndarray:
        """Mark the bytes of each row from a place in it on; none where the place is its end."""
        steps = np.zeros(len(self.data) + 1, np.int8)
        fit = places < self.ends
        steps[places[fit]] = 1
        steps[self.ends[fit]] -= 1
        return np.cumsum(steps[:-1], dtype=np.int8).view(bool)

    def past(self, places: np.ndarray, some: np.ndarray) -> np.ndarray:
        """Go past some bytes from a place on; one step for each, so only for rows of bounded length."""
        while (step := some.take(self.byte(places)) & (places < self.ends)).any():
            places = places + step
        return places

    def byte(self, places: np.ndarray) -> np.ndarray:
        """Give the bytes at places; any byte where a place is out of range."""
        if not len(self.data):
            return np.zeros(len(places), np.uint8)
        return self.data.take(places, mode="clip")

    def kept(self, flags: np.ndarray, data: np.ndarray | None = None) -> Rows:
        """Give the marked bytes of each row."""
        data = self.data if data is None else data
        return Rows(data.take(flags.nonzero()[0]), running(flags)[self.bounds].astype(np.int64))

    def cut(self, starts: np.ndarray, ends: np.ndarray, data: np.ndarray | None = None) -> Rows:
        """Give a stretch of each row; nothing of those in which it ends before it starts."""
        data = self.data if data is None else data
        lengths = np.maximum(ends - starts, 0)
        bounds = running(lengths)
        inside = np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], lengths)
        return Rows(data.take(inside), bounds)

    def array(self) -> pa.Array:
        """Give the rows as a string array."""
        return string_array(self.data, self.bounds)

    def plain_ipv4(self) -> tuple[np.ndarray, np.ndarray]:
        """Tell which rows are no IPv4 address in its usual writing, and where the last point of each is."""
        point = self.data == 46
        odd = self.rows_with(~(self.of(DIGIT) | point)) | (self.counts(point) != 3)
        last = self.last(point)
        fit = (~odd).nonzero()[0]
        points = (point & ~odd[self.row]).nonzero()[0].reshape(-1, 3)
        cuts = np.column_stack([self.starts[fit] - 1, points, self.ends[fit]])
        wrong = np.zeros(len(fit), bool)
        for number in range(4):
            begin, width = cuts[:, number] + 1, cuts[:, number + 1] - cuts[:, number] - 1
            a, b, c = (self.byte(begin + step).astype(np.int16) - 48 for step in range(3))
            wrong |= (width < 1) | (width > 3) | ((width > 1) & (a == 0))
            wrong |= (width == 3) & (a * 100 + b * 10 + c > 255)
        odd[fit[wrong]] = True
        return odd, last


def running(lengths: np.ndarray) -> np.ndarray:
    """Give lengths as bounds."""
    bounds = np.empty(len(lengths) + 1, np.int32 if lengths.dtype.itemsize == 1 else np.int64)
    bounds[0] = 0
    np.cumsum(lengths, out=bounds[1:], dtype=bounds.dtype)
    return bounds


def together(
    values: pa.Array,
    way: Callable[[Rows], tuple[pa.Array, np.ndarray]],
    one_by_one: Callable[[str], str],
    few: int = FEW,
) -> pa.Array:
    """Go a way that tells which rows were odd; put what the way one by one gives in their places.

    Few values, and very long ones, go one by one at once.
    """
    import pyarrow as pa

    if len(values) < few:
        return pa.array([one_by_one(text) for text in values.to_pylist()], pa.string())
    rows = _rows_of(values)
    long = rows.lengths > LONGEST_TOGETHER
    if not rows.lengths[~long].any():
        return pa.array([one_by_one(text) for text in values.to_pylist()], pa.string())
    if long.any():
        rows = Rows.of_array(replaced(values, long.nonzero()[0], pa.array([""] * int(long.sum()))))
    made, odd = way(rows)
    places = (odd | long).nonzero()[0]
    if not len(places):
        return made
    texts = values.take(pa.array(places)).to_pylist()
    return replaced(made, places, pa.array([one_by_one(text) for text in texts], made.type))


def _rows_of(values: pa.Array) -> Rows:
    """Give the rows of a string array: mask, key and traits ask for those of the same one, after each other."""
    held, rows = _LAST[0]
    if held is not values:
        rows = Rows.of_array(values)
        _LAST[0] = values, rows
    return rows


_LAST: list[tuple[Any, Any]] = [(None, None)]


def replaced(made: pa.Array, places: np.ndarray, others: pa.Array) -> pa.Array:
    """Put other values at some places."""
    import pyarrow as pa

    order = np.arange(len(made))
    order[places] = np.arange(len(made), len(made) + len(places))
    return pa.concat_arrays([made, others.cast(made.type)]).take(pa.array(order))
