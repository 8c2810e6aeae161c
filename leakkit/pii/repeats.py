"""Short values that come again in the same field: searched once, their findings given to every row that holds them.

What a detector finds in a value depends on the value and its field's name alone, so this changes no finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

LONGEST = 80
"""Longest value (bytes) that is remembered: longer ones seldom come again."""

_MOST_HELD = 60_000
_LEAST_ROWS = 64
_HELD: WeakKeyDictionary[Any, dict[tuple[str, str], tuple[Any, ...]]] = WeakKeyDictionary()

Found = tuple[Any, ...]


def with_repeats(
    texts: pa.Array,
    fields: pa.Array,
    setup: Setup,
    search: Callable[[np.ndarray], tuple[list[int], list[Found]]],
) -> tuple[list[int], list[Found]]:
    """Search each different short value once.

    Parameters
    ----------
    texts, fields : pyarrow.Array
        The columns of a batch.
    setup : Setup
        What is looked for; what it found before is kept as long as the setup.
    search : callable
        Given the places of rows, gives the place of the row of each finding among those, in order, and
        the findings.

    Returns
    -------
    tuple
        The place of the row of each finding in the batch, and the findings, by row.
    """
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    short = np.flatnonzero(lengths <= LONGEST)
    if len(short) < _LEAST_ROWS:
        return search(np.arange(len(texts)))
    some = short if len(short) < len(texts) else None
    values = (texts if some is None else texts.take(some)).to_pylist()
    names = (fields if some is None else fields.take(some)).to_pylist()
    return each_once(list(zip(names, values, strict=True)), short, len(texts), setup, search)


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
    known = _HELD.setdefault(setup, {})
    if len(known) > _MOST_HELD:
        known.clear()
    new: dict[tuple[str, str], int] = {}
    for row, what in zip(short.tolist(), whats, strict=True):
        if what not in known and what not in new:
            new[what] = row
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
    for what, row in new.items():
        known[what] = per_row.get(row, ())
    for row, what in zip(short.tolist(), whats, strict=True):
        if ones := known[what]:
            per_row[row] = ones
    out_rows: list[int] = []
    out: list[Found] = []
    for row in sorted(per_row):
        ones = per_row[row]
        out_rows += [row] * len(ones)
        out += ones
    return out_rows, out
