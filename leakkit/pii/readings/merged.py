"""Findings of plain texts and of their copies put together: of two in one place the longer, then the plain one."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

NAMING = ("tagger",)
"""Sources whose findings hang on all of a text: what they say of what was not rewritten is said already."""

_BETTER, _SURE = 0.05, 0.5
_PLACES = ("STREET_ADDRESS", "LOCATION")
"""A place that goes on over a mailbox or telephone told behind it took more than its own."""


class _Place(NamedTuple):
    """Where a finding stands, what it is, and its number in its table."""

    start: int
    end: int
    entity: str
    score: float
    detector: str
    number: int


def merged(batch: pa.RecordBatch, found: pa.Table, more: list[pa.Table]) -> pa.Table:
    """Put what the copies tell among the findings: of two in one place the longer, then the plain one is kept."""
    import pyarrow as pa

    new = pa.concat_tables(more)
    owners = new.column("place").to_numpy()
    new = new.drop_columns(["place"])
    old = _places_of(batch, found)
    plain = _by_row(found, old, np.flatnonzero(np.isin(old, owners)))
    read = _by_row(new, owners, np.arange(len(owners)))
    gone: set[int] = set()
    kept: list[int] = []
    for row in sorted(read):
        some, lost = _chosen(plain.get(row, []), read[row])
        kept += some
        gone.update(lost)
    if not kept:
        return found
    left = np.setdiff1d(np.arange(found.num_rows), np.fromiter(gone, np.int64, len(gone)))
    chosen = np.array(kept, np.int64)
    both = pa.concat_tables([_spelled_out(one) for one in (found, new)])
    taken = np.concatenate([left, found.num_rows + chosen])
    starts = both.column("start").to_numpy()[taken]
    order = np.lexsort((starts, np.concatenate([old[left], owners[chosen]])))
    table = both.take(pa.array(taken[order])).combine_chunks()
    for place, kind in enumerate(found.schema):
        if pa.types.is_dictionary(kind.type):
            table = table.set_column(place, kind, table.column(place).dictionary_encode().cast(kind.type))
    return table


def _places_of(batch: pa.RecordBatch, found: pa.Table) -> np.ndarray:
    """Give the place in a batch of each finding's record; told by path and field too, as others share its number."""
    import pyarrow.compute as pc

    told = ["path", "row", "field"]
    some = _spelled_out(found.select(told)).combine_chunks()
    every, own = np.zeros(batch.num_rows, np.int64), np.zeros(found.num_rows, np.int64)
    for name in told:
        column = batch.column(name).dictionary_encode(null_encoding="encode")
        numbers = pc.index_in(some.column(name), value_set=column.dictionary)
        every = every * len(column.dictionary) + column.indices.to_numpy(zero_copy_only=False)
        own = own * len(column.dictionary) + numbers.to_numpy()
    order = np.argsort(every, kind="stable")
    return order[np.searchsorted(every[order], own, side="right") - 1]


def _spelled_out(table: pa.Table) -> pa.Table:
    """Give a table with its texts instead of numbers of texts."""
    import pyarrow as pa

    kinds = [
        kind.with_type(kind.type.value_type) if pa.types.is_dictionary(kind.type) else kind
        for kind in table.schema
    ]
    return table.cast(pa.schema(kinds))


def _by_row(table: pa.Table, owners: np.ndarray, chosen: np.ndarray) -> dict[int, list[_Place]]:
    """Give the places of some findings, row by row."""
    import pyarrow as pa

    some = table.take(pa.array(chosen))
    columns = [some.column(name).to_pylist() for name in ("start", "end", "entity", "score", "detector")]
    by_row: dict[int, list[_Place]] = {}
    for number, owner, start, end, entity, score, detector in zip(
        chosen.tolist(), owners[chosen].tolist(), *columns, strict=True
    ):
        by_row.setdefault(owner, []).append(_Place(start, end, entity, score, detector, number))
    return by_row


def _chosen(plain: list[_Place], read: list[_Place]) -> tuple[list[int], list[int]]:
    """Give the findings of copies that are kept, and the plain ones that give way to them."""
    plain = sorted(plain, key=_start_of)
    kept: list[_Place] = []
    lost: list[int] = []
    reach = 0
    longest = max((one.end - one.start for one in plain), default=0)
    for one in sorted(read, key=lambda r: (r.start, -r.end, r.number)):
        if kept and one.start < reach and one.end - one.start <= kept[-1].end - kept[-1].start:
            continue
        low = bisect_left(plain, one.start - longest, key=_start_of)
        high = bisect_left(plain, one.end, key=_start_of)
        over = [other for other in plain[low:high] if other.end > one.start]
        if not all(_gives_way(other, one) for other in over):
            continue
        if kept and one.start < reach:
            kept.pop()
        lost += [other.number for other in over]
        kept.append(one)
        reach = one.end
    return [one.number for one in kept], lost


def _gives_way(plain: _Place, read: _Place) -> bool:
    """Tell whether a plain finding is no more than a part of what a copy tells, or weaker in the same place."""
    if plain.detector in NAMING and read.detector not in NAMING and read.score >= _SURE:
        return True
    if plain.entity in _PLACES and (
        read.entity == "EMAIL" or (read.entity == "PHONE" and read.score >= _SURE)
    ):
        return True
    if (plain.start, plain.end) == (read.start, read.end):
        return read.score > plain.score + _BETTER
    if read.start <= plain.start and plain.end <= read.end:
        return True
    if plain.entity == read.entity and plain.start <= read.start and read.end <= plain.end:
        return plain.detector not in NAMING  # something is glued to it
    return read.end - read.start > plain.end - plain.start or (
        read.end - read.start == plain.end - plain.start and read.score > plain.score + _BETTER
    )


def _start_of(place: Any) -> int:
    """Sort by place."""
    return place.start
