"""Spans inside values of one field: where a detector finds them, and what each says by itself, as a number each value.

What stands around a span is weighed by its words and signs. So values that are alike but for their digits, in which
the same detectors find spans at the same places, that say the same by themselves, get the same findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.whole.judge import DROPPED, N_KINDS, judge
from leakkit.pii.whole.texts import bytes_of, from_bytes, numbered
from leakkit.pii.whole.values import Values

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.weighing.weigh import Rule

_BEGIN, _END = 0x1E, 0x1F
_WITHOUT_DIGITS = bytes(48 if 48 <= code < 58 else code for code in range(256))
_PLACES = 128
"""More than a value has bytes."""


class Parts(NamedTuple):
    """Values with spans: their places, the number of what each has, from 0, and what the numbers mean."""

    places: np.ndarray
    codes: np.ndarray
    meanings: list[bytes]


def without_digits(values: pa.Array) -> tuple[np.ndarray, list[str]]:
    """Give values with ``0`` for every digit: the number of each, and what the numbers mean.

    Examples
    --------
    >>> import pyarrow as pa
    >>> codes, names = without_digits(pa.array(["B-XY 12", "B-XY 99", "7"], pa.large_string()))
    >>> codes.tolist(), names
    ([0, 0, 1], ['B-XY 00', '0'])
    """
    data, bounds = bytes_of(values)
    return numbered(from_bytes(data.translate(_WITHOUT_DIGITS), bounds))


def parts_of(values: pa.Array, places: np.ndarray, pattern: str, rule: Rule) -> Parts:
    """Find the spans of a detector in values; those without one that counts are left out.

    Parameters
    ----------
    values : pyarrow.Array
        Different values.
    places : numpy.ndarray
        The place of each.
    pattern, rule
        The detector's.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    marked = pc.replace_substring_regex(values, f"(?:{pattern})", "\x1e\\0\x1f")
    text, bounds = bytes_of(marked)
    signs = np.frombuffer(text, np.uint8)
    begins, ends = np.flatnonzero(signs == _BEGIN), np.flatnonzero(signs == _END)
    rows = np.searchsorted(bounds, begins, side="right") - 1
    found = [text[begin + 1 : end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
    spans = pa.array(found, pa.large_binary()).cast(pa.large_string()).dictionary_encode()
    said = (
        judge(rule, Values(spans.dictionary))[spans.indices.to_numpy()]
        if len(found)
        else np.zeros(0, np.int64)
    )
    starts = begins - bounds[:-1][rows] - 2 * _nth(rows)
    what = ((starts * _PLACES + ends - begins - 1) * N_KINDS + said).astype(np.int32)
    kept = said != DROPPED
    return _numbered(places, rows[kept], what[kept])


def _nth(rows: np.ndarray) -> np.ndarray:
    """Give for each span how many stand before it in its row; rows rise."""
    every = np.arange(len(rows))
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    counts = np.diff(first, append=len(rows))
    nth: np.ndarray = every - np.repeat(first, counts)
    return nth


def _numbered(places: np.ndarray, rows: np.ndarray, what: np.ndarray) -> Parts:
    """Give rows with the same spans the same number."""
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    data, size = what.tobytes(), what.itemsize
    known: dict[bytes, int] = {}
    stops = [*first[1:].tolist(), len(rows)] if len(first) else []
    codes = [
        known.setdefault(data[size * start : size * stop], len(known))
        for start, stop in zip(first.tolist(), stops, strict=True)
    ]
    return Parts(places[rows[first]], np.array(codes, np.int64), list(known))
