"""Columns of a batch: fields of one name in one member, wherever in a list they stand; asked by several steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.fields import coded_texts, fields_of, place_of
from leakkit.pii.weighing.members import folded

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST = 8
"""Values of a column, at least: fewer tell nothing."""

_LAST: list[tuple[Any, Any, list[Column]]] = []
"""Paths and fields of the last batch, where they lie in memory, and its columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """Fields that are a column: its name without places in lists, and where its values stand in the batch."""

    name: str
    places: np.ndarray

    def sampled(self, most: int) -> np.ndarray:
        """Give the places of some values, evenly apart."""
        some: np.ndarray = self.places[:: max(1, len(self.places) // most)][:most]
        return some


def columns_of(batch: pa.RecordBatch) -> list[Column]:
    """Give the columns of a batch that have a name and enough values; those of the last batch are kept.

    Examples
    --------
    >>> import pyarrow as pa
    >>> fields = [f"users[{number}].{name}" for number in range(8) for name in ("id", "mail")]
    >>> batch = pa.RecordBatch.from_pydict({"path": pa.array(["a"] * 16), "field": pa.array(fields)})
    >>> [(column.name, column.places.tolist()[:3]) for column in columns_of(batch)]
    [('users[].id', [0, 2, 4]), ('users[].mail', [1, 3, 5])]
    """
    told = batch.column("path"), batch.column("field")
    where = [place_of(column) for column in told]
    for _, place, columns in _LAST:
        if place == where:
            return columns
    columns = _columns(batch)
    _LAST[:] = [(told, where, columns)]  # what is held stays where it is
    return columns


def _columns(batch: pa.RecordBatch) -> list[Column]:
    """Find the columns of a batch."""
    codes, names = fields_of(batch)
    if not any(names):
        return []
    members, _ = coded_texts(batch.column("path"))
    numbers = {"": 0}
    own = np.array([numbers.setdefault(name, len(numbers)) for name in folded(names)], np.int64)
    keys = members * len(numbers) + own[codes]
    if len(keys) and keys.max() < 2**16:
        keys = keys.astype(np.uint16)  # which is sorted in one go
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order])) + 1
    called = list(numbers)
    held = [places for places in np.split(order, cuts) if len(places) >= FEWEST]
    told = [(called[int(keys[places[0]]) % len(called)], places) for places in held]
    return [Column(name, places) for name, places in told if name]
