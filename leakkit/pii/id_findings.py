"""Findings of ids, put among those of their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import entities, likelihood
from leakkit.pii.fields import coded_texts, place_of

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

ENTITY = "ACCOUNT_ID"
DETECTOR = "record_id"
SCORE = 0.5
ANY = "*"
"""Says that an id is so distinctive that equal ones are one person's whatever their columns are called."""

UNNAMED = "?"
"""The same of a column whose name does not say that it holds ids: other columns must tell (`people.unnamed`)."""


def id_columns(values: pa.Array, roles: list[str], setup: Setup, score: float = SCORE) -> dict[str, Any]:
    """Give the columns of findings of whole values that are ids of somebody."""
    from leakkit.pii.findings import columns_of_cells

    steps = {role: f"record:{role}:{score:.2f}" for role in set(roles)}
    if len(steps) == 1 and steps.keys().isdisjoint((ANY, UNNAMED)):
        return _of_numbers(values, steps[roles[0]], setup)
    told = [steps[role] for role in roles]
    return columns_of_cells(entities()[ENTITY], DETECTOR, values.to_pylist(), told, score, setup)


def _of_numbers(values: pa.Array, step: str, setup: Setup) -> dict[str, Any]:
    """Give the same for short numbers of one role, of which all but mask and key is alike."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from leakkit.pii.findings import coded
    from leakkit.pii.masking.values import mask_array

    kind, texts, zeros = entities()[ENTITY], values.cast(pa.string()), np.zeros(len(values), np.int32)
    alike = {
        "entity": kind.name, "family": kind.family, "detector": DETECTOR, "country": None,
        "likelihood": likelihood(SCORE), "evidence": step,
    }  # fmt: skip
    return {
        "start": pa.array(np.zeros(len(values), np.int64)),
        "end": pc.binary_length(texts).cast(pa.int64()),
        **{name: coded(zeros, pa.array([label], pa.string())) for name, label in alike.items()},
        "score": pa.array(np.full(len(values), SCORE)),
        "validated": pa.nulls(len(values), pa.bool_()),
        "placeholder": pa.array(np.zeros(len(values), bool)),
        "masked": mask_array(ENTITY, texts),
        "value_key": coded(np.arange(len(values)), setup.case.key_array(ENTITY, texts)),
    }


def inserted(batch: pa.RecordBatch, found: pa.Table, places: np.ndarray, columns: dict[str, Any]) -> pa.Table:
    """Add findings at some places of a batch, each behind what was found in its record."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from leakkit.pii.findings import coded_table
    from leakkit.pii.whole.find import joined

    new = coded_table(batch, places, columns).cast(found.schema)
    some, more = ({name: _whole(table, name) for name in found.column_names} for table in (found, new))
    codes, paths = coded_texts(joined(some["path"], more["path"]))
    firsts = {text: number for number, text in reversed([*enumerate(paths)])}
    members = np.array([firsts[text] for text in paths], np.int64)[codes]
    order = pa.array(_merged(members, np.concatenate([rows_of(found), rows_of(new)]), found.num_rows))
    numbers: dict[tuple[int, ...], pa.Array] = {}

    def ordered(name: str) -> pa.Array:
        """Give a column of all findings in order; columns may have their numbers of texts in common."""
        old, own = some[name], more[name]
        if not pa.types.is_dictionary(old.type):
            return pc.take(joined(old, own), order, boundscheck=False)
        where = *place_of(old), *place_of(own), len(old.dictionary)
        if where not in numbers:
            numbers[where] = pc.take(joined(old, own).indices, order, boundscheck=False)
        texts = pa.concat_arrays([old.dictionary, own.dictionary])
        return pa.DictionaryArray.from_arrays(numbers[where], texts, safe=False)

    return pa.Table.from_arrays([ordered(name) for name in found.column_names], schema=found.schema)


def _whole(table: pa.Table, name: str) -> pa.Array:
    """Give a column in one piece."""
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _merged(members: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    """Give the order by member and row of `count` old places and new ones behind them; both are mostly in order."""
    keys = members * (int(rows.max(initial=0)) + 1) + rows
    old, new = keys[:count], keys[count:]
    if (old[1:] < old[:-1]).any() or (new[1:] < new[:-1]).any():
        return np.argsort(keys, kind="stable")
    behind = np.searchsorted(old, new, side="right") + np.arange(len(new))
    order, is_old = np.empty(len(keys), np.int64), np.ones(len(keys), bool)
    is_old[behind] = False
    order[behind] = np.arange(count, len(keys))
    order[is_old] = np.arange(count)
    return order


def rows_of(table: Any) -> np.ndarray:
    """Give the numbers of records."""
    return np.asarray(table.column("row").to_numpy(), np.int64)
