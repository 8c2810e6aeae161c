"""Findings of ids, put among those of their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import entities
from leakkit.pii.fields import coded_texts

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

ENTITY = "ACCOUNT_ID"
DETECTOR = "record_id"
SCORE = 0.5


def id_columns(values: list[str], roles: list[str], setup: Setup) -> dict[str, Any]:
    """Give the columns of findings of whole values that are ids of somebody."""
    from leakkit.pii.findings import columns_of_cells

    steps = {role: f"record:{role}:{SCORE:.2f}" for role in set(roles)}
    return columns_of_cells(
        entities()[ENTITY], DETECTOR, values, [steps[role] for role in roles], SCORE, setup
    )


def inserted(batch: pa.RecordBatch, found: pa.Table, places: np.ndarray, columns: dict[str, Any]) -> pa.Table:
    """Add findings at some places of a batch, each behind what was found in its record."""
    import pyarrow as pa

    from leakkit.pii.findings import coded_table
    from leakkit.pii.whole.find import joined

    new = coded_table(batch, places, columns).cast(found.schema)

    def both(name: str) -> pa.Array:
        """Give a column of all findings; one after the other, as they take much memory."""
        return joined(found.column(name).combine_chunks(), new.column(name).combine_chunks())

    codes, paths = coded_texts(both("path"))
    firsts = {text: number for number, text in reversed([*enumerate(paths)])}
    members = np.array([firsts[text] for text in paths], np.int64)[codes]
    order = pa.array(_merged(members, np.concatenate([rows_of(found), rows_of(new)]), found.num_rows))
    return pa.Table.from_arrays([both(name).take(order) for name in found.column_names], schema=found.schema)


def _merged(members: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    """Give the order by member and row of `count` old places and new ones behind them; both are mostly in order."""
    keys = members * (int(rows.max(initial=0)) + 1) + rows
    old, new = keys[:count], keys[count:]
    if (old[1:] < old[:-1]).any() or (new[1:] < new[:-1]).any():
        return np.argsort(keys, kind="stable")
    return np.insert(np.arange(count), np.searchsorted(old, new, side="right"), np.arange(count, len(keys)))


def rows_of(table: Any) -> np.ndarray:
    """Give the numbers of records."""
    return np.asarray(table.column("row").to_numpy(), np.int64)
