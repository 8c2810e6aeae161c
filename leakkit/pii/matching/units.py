"""Stretches in which detectors are switched on: rows, and parts of long rows."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from leakkit.pii.matching.buffers import SEPARATOR, Rows

UNIT = 512
"""Bytes of a part of a row that is longer than this."""

REACH = 4096
"""A match may be so long; where one may be longer, the whole row is searched."""

PARTING = SEPARATOR.encode()
_BLOCK, _FEW_BLOCKS = 4, 64
_IN_RUNS = bytes(code < 128 and chr(code).isalnum() for code in range(256))


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Give the different numbers, sorted."""
    if len(numbers) < 2:
        return numbers
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _in_line(blocks: np.ndarray, count: int) -> np.ndarray:
    """Give the bytes at which so many blocks one after another begin whose bytes are all told by ones."""
    whole = blocks == 0x01010101
    found = whole
    for step in range(1, count):
        found = found[:-1] & whole[step:]
    return _BLOCK * np.flatnonzero(found)


class Units:
    """The units of a buffer: `starts` of each, the `row` it belongs to; `split` where a row has several."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        lengths = rows.ends - rows.starts
        parts = np.maximum(1, -(-lengths // UNIT))
        self.split = bool(len(parts)) and int(parts.max()) > 1
        if self.split:
            self.row = np.repeat(np.arange(len(parts)), parts)
            first = np.cumsum(parts) - parts
            self.starts = rows.starts[self.row] + UNIT * (np.arange(len(self.row)) - first[self.row])
        else:
            self.row = np.arange(len(parts))
            self.starts = rows.starts
        self.count = len(self.row)

    @cached_property
    def begins(self) -> list[int]:
        """The first byte of each, as a list."""
        return self.starts.tolist()

    def of(self, offsets: np.ndarray) -> np.ndarray:
        """Give the unit in which each byte stands."""
        return np.maximum(np.searchsorted(self.starts, offsets, side="right") - 1, 0)

    @cached_property
    def wide(self) -> np.ndarray:
        """The units that hold anything beyond ASCII."""
        if self.rows.ascii:
            return np.zeros(0, np.int64)
        return distinct(self.of(self.rows.wide))

    @cached_property
    def digits(self) -> np.ndarray:
        """About how many digits each unit holds, with the units beside it; never too few."""
        data = self.rows.array
        digits = np.zeros(len(data) // 8 * 8 + 16, np.uint8)
        np.less(data - np.uint8(48), 10, out=digits[: len(data)].view(bool))
        eights = (digits.view(np.uint64) * np.uint64(0x0101010101010101)) >> np.uint64(56)
        first = self.starts >> 3
        counts = np.add.reduceat(eights, first).astype(np.int64)
        counts[:-1] += eights[first[1:]].astype(np.int64)
        return self.widened(counts, 1) if self.split else counts

    def with_runs(self, least: int) -> np.ndarray:
        """Give the units in which runs of so many ASCII letters and digits begin, and some with shorter ones.

        Four bytes are looked at together: a run holds the more of such blocks one after another the longer it is.
        Where few blocks are of bytes from ``0`` on, only these are asked what they are of.
        """
        data, count = self.rows.array, (least - 3) // 4
        whole = data[: len(data) // _BLOCK * _BLOCK]
        found = _in_line((whole.view(np.int8) >= ord("0")).view(np.uint32), count)
        if len(found) * _FEW_BLOCKS > len(data):
            held = self.rows.raw.translate(_IN_RUNS)
            found = _in_line(np.frombuffer(held, np.uint32, len(whole) // _BLOCK), count)
        elif len(found):
            near = found[:, None] + np.arange(_BLOCK * count)
            found = found[np.frombuffer(_IN_RUNS, bool)[data[near]].all(axis=1)]
        return distinct(self.of(found))

    def only(self, held: np.ndarray) -> tuple[Units, np.ndarray]:
        """Give the units told as a buffer of their own, and the number of each here.

        What belongs to one row and lies together stays so.
        """
        where = np.flatnonzero(held)
        edges = np.flatnonzero(np.diff(held.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
        stops = np.append(self.starts, len(self.rows.data))[edges[:, 1]]
        begins = self.starts[edges[:, 0]]
        raw = self.rows.raw
        texts = [raw[begin:stop] for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]
        shift = np.cumsum(stops - begins + len(PARTING)) - (stops + len(PARTING))
        shift = np.repeat(shift, np.diff(edges, axis=1)[:, 0])
        row = self.row[where]
        new = np.ones(len(where) + 1, bool)
        new[1:-1] = (np.diff(where) > 1) | (np.diff(row) > 0)
        ends = np.minimum(self.rows.ends[row], self.starts[where] + UNIT) + shift
        starts = (self.starts[where] + shift)[new[:-1]]
        return Units(Rows(memoryview(PARTING.join([*texts, b""])), starts, ends[new[1:]])), where

    @staticmethod
    def widened(counts: np.ndarray, most: int) -> np.ndarray:
        """Add the counts of so many units before and after."""
        found = counts.copy()
        for step in range(1, most + 1):
            found[step:] += counts[:-step]
            found[:-step] += counts[step:]
        return found

    def around(self, numbers: list[int], reach: int) -> tuple[list[int], list[int]]:
        """Give first byte and byte after of some units, with some bytes around them in the same row."""
        rows, where = self.rows, np.array(numbers, np.int64)
        row = self.row[where]
        begins, ends = rows.starts[row], rows.ends[row]
        if self.split:
            begins = np.maximum(begins, self.starts[where] - reach)
            ends = np.minimum(ends, self.starts[where] + UNIT + reach)
        return begins.tolist(), ends.tolist()

    def stretches(self, held: np.ndarray, reach: int) -> list[tuple[int, int]]:
        """Give the stretches of the buffer that the units told lie in, with some bytes before each."""
        size = len(self.rows.data)
        if int(np.diff(self.starts, append=size)[held].sum()) * 2 > size:
            return [(0, size)]
        edges = np.flatnonzero(np.diff(held.astype(np.int8), prepend=0, append=0))
        starts = np.append(self.starts, size)
        firsts = np.maximum(starts[edges[::2]] - reach, 0)
        return list(zip(firsts.tolist(), starts[edges[1::2]].tolist(), strict=True))

    @staticmethod
    def steps(reach: int) -> int:
        """Give over how many units so many bytes reach."""
        return -(-reach // UNIT)

    def spread(self, pairs: np.ndarray, reach: int) -> np.ndarray:
        """Add the units before and after within reach, where they belong to the same row."""
        detectors, where = np.divmod(pairs, self.count)
        found = [pairs]
        most = self.steps(reach)
        for step in [*range(-most, 0), *range(1, most + 1)]:
            beside = where + step
            fit = (beside >= 0) & (beside < self.count)
            fit[fit] = self.row[beside[fit]] == self.row[where[fit]]
            found.append(detectors[fit] * self.count + beside[fit])
        return distinct(np.concatenate(found))

    @cached_property
    def _longest_row(self) -> int:
        """Bytes of the longest row."""
        return int((self.rows.ends - self.rows.starts).max())

    def regions(self, units: np.ndarray, longest: int) -> tuple[np.ndarray, np.ndarray]:
        """Give the stretches (first byte, byte after) in which matches with a sign in one of `units` lie.

        Two parts of a row that lie together are one stretch, so that every match is found whole and
        in the order of a search from the beginning of the row.
        """
        rows = self.rows
        if not self.split:
            return rows.starts[units], rows.ends[units]
        row = self.row[units]
        reach = longest if longest <= REACH else self._longest_row
        begins = np.maximum(self.starts[units] - reach, rows.starts[row])
        ends = np.minimum(self.starts[units] + UNIT + reach, rows.ends[row])
        new = np.ones(len(units), bool)
        new[1:] = begins[1:] > np.maximum.accumulate(ends)[:-1]
        first = np.flatnonzero(new)
        return begins[first], np.maximum.reduceat(ends, first)
