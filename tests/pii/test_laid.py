"""Keys of the cells that spans stand in, all spans at once."""

from __future__ import annotations

import random

import numpy as np

from leakkit.pii.laid import cell_at, keys_at
from leakkit.pii.layout.text import Cell


def drawn(rng: random.Random) -> list[Cell]:
    """Draw cells in order, some of which overlap or have no key."""
    places = sorted(
        (begin := rng.randrange(60), begin + rng.randrange(1, 20)) for _ in range(rng.randrange(6))
    )
    return [Cell(begin, end, rng.choice((None, "", "user", "id")), 0, 0, 0) for begin, end in places]


def test_keys_of_all_spans_are_those_of_each() -> None:
    rng = random.Random(3)
    laid = {row: drawn(rng) for row in range(40) if row % 3}
    rows = np.array(sorted(rng.randrange(40) for _ in range(2000)))
    starts = np.array([rng.randrange(80) for _ in rows])
    ends = starts + np.array([rng.randrange(1, 12) for _ in rows])
    each = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        cell = cell_at(laid.get(row, []), start, end)
        fits = cell is not None and (end - start) / (cell.end - cell.start) >= 0.25
        each.append(cell.key if fits else "")
    assert keys_at(laid, rows, starts, ends) == each
    assert {"", "user", "id"} == set(each)
    nothing = np.zeros(0, np.int64)
    assert keys_at(laid, nothing, nothing, nothing) == []
