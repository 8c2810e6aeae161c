"""Short values that come again in the same field: searched once, their findings given to every row that holds them.

What a detector finds in a value depends on the value and its field's name alone, so this changes no finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from leakkit.pii.weighing.memory import Memo

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.findings import Columns
    from leakkit.pii.setup import Setup

LONGEST = 80
"""Longest value (bytes) that is remembered: longer ones seldom come again."""

_MOST_HELD, _MOSTLY_NEW, _MOST_NEW = 20_000, 0.8, 2_000
"""Values held at most, and the share of rows with a value that did not come before from which on so few are."""
_LEAST_ROWS, _SAMPLE, _SHARE = 256, 1024, 0.3
"""Rows from which on repeats are looked for, how many of them are asked, and the share of a batch's bytes that
short values which came before must have there."""

_HELD: WeakKeyDictionary[Any, Memo] = WeakKeyDictionary()

Found = tuple[Any, ...]


def with_repeats(
    texts: pa.Array,
    fields: pa.Array,
    search: Callable[[pa.Array, pa.Array], tuple[np.ndarray, Columns]],
) -> tuple[np.ndarray, Columns]:
    """Search each different short value once, where a sample shows that many come again.

    Parameters
    ----------
    texts, fields : pyarrow.Array
        The columns of a batch.
    search : callable
        Given texts and fields, gives the place of each finding's text among them, rising, and the findings.

    Returns
    -------
    tuple
        The place of the row of each finding in the batch, rising, and the findings.
    """
    if not _pays(texts, fields):
        return search(texts, fields)
    import pyarrow as pa

    firsts, codes = _different(texts, fields)
    some = pa.array(firsts)
    places, found = search(texts.take(some), fields.take(some))
    counts = np.bincount(places, minlength=len(firsts))
    begins = np.cumsum(counts) - counts
    many = counts[codes]
    rows = np.repeat(np.arange(len(codes)), many)
    inner = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    taken = pa.array(np.repeat(begins[codes], many) + inner)
    return rows, {name: column.take(taken) for name, column in found.items()}


def _pays(texts: pa.Array, fields: pa.Array) -> bool:
    """Tell by a sample whether short values that come again make up a good part of a batch."""
    import pyarrow.compute as pc

    if len(texts) < _LEAST_ROWS:
        return False
    begin = max(0, (len(texts) - _SAMPLE) // 2)
    texts, fields = texts.slice(begin, _SAMPLE), fields.slice(begin, _SAMPLE)
    lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    short = lengths <= LONGEST
    if lengths[short].sum() < _SHARE * lengths.sum():
        return False
    firsts, _ = _different(texts, fields)
    again = short.copy()
    again[firsts] = False
    return bool(lengths[again].sum() > _SHARE * lengths.sum())


def _different(texts: pa.Array, fields: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Give the first row of each different pair of field and text, and for each row the number of its pair."""
    whats = _codes(texts).astype(np.int64)
    names = _codes(fields).astype(np.int64)
    _, firsts, codes = np.unique(
        whats * (int(names.max()) + 1) + names, return_index=True, return_inverse=True
    )
    return firsts, codes


def _codes(column: pa.Array) -> np.ndarray:
    """Give the number of each row's value among the different ones."""
    import pyarrow as pa

    encoded = column.dictionary_encode(null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    return encoded.indices.to_numpy(zero_copy_only=False)


def each_once(
    whats: list[tuple[str, str]],
    short: np.ndarray,
    count: int,
    setup: Setup,
    search: Callable[[np.ndarray], tuple[list[int], list[Found]]],
) -> tuple[list[int], list[Found]]:
    """Search each different one of some rows once, and all others.

    Parameters
    ----------
    whats : list of (str, str)
        Name of the field and value of the rows that may be remembered.
    short : numpy.ndarray
        Their places, rising.
    count : int
        Rows of the batch.
    setup, search
        As for `with_repeats`.
    """
    known = _HELD.setdefault(setup, Memo())
    new: dict[tuple[str, str], int] = {}
    told: dict[int, tuple[Found, ...]] = {}
    for row, what in zip(short.tolist(), whats, strict=True):
        if (before := known.get(what)) is None:
            new.setdefault(what, row)
        elif before:
            told[row] = before
    wanted = np.ones(count, bool)
    wanted[short] = False
    wanted[np.fromiter(new.values(), np.int64, len(new))] = True
    rows = np.flatnonzero(wanted)
    per_row: dict[int, tuple[Found, ...]] = {}
    if len(rows):
        places, found = search(rows)
        held: dict[int, list[Found]] = {}
        for place, one in zip(rows[places].tolist(), found, strict=True):
            held.setdefault(place, []).append(one)
        per_row = {row: tuple(ones) for row, ones in held.items()}
    for row, what in zip(short.tolist(), whats, strict=True):
        if (first := new.get(what, -1)) in per_row:
            per_row[row] = per_row[first]
    per_row |= told
    known.update((what, per_row.get(row, ())) for what, row in new.items())
    if len(known) > (_MOST_HELD if len(new) < _MOSTLY_NEW * len(short) else _MOST_NEW):
        known.clear()
    out_rows: list[int] = []
    out: list[Found] = []
    for row in sorted(per_row):
        ones = per_row[row]
        out_rows += [row] * len(ones)
        out += ones
    return out_rows, out
