"""The second search: texts with signs of hidden values are read as plain copies, findings put back in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.readings.characters import composed, latin, mended, parted, seen
from leakkit.pii.readings.copy import Copy
from leakkit.pii.readings.hiding_places import places
from leakkit.pii.readings.letters import reread, together
from leakkit.pii.readings.merged import NAMING, merged
from leakkit.pii.readings.spaced import rejoined, spaced
from leakkit.pii.readings.spoken import addressed, counted
from leakkit.pii.readings.told_dates import dated
from leakkit.pii.readings.writing import bared, decoded, unbroken

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

STEPS: tuple[tuple[str, Callable[[Copy], Copy], float], ...] = (
    ("decoded", decoded, 1.0),
    ("letters mended", mended, 1.0),
    ("plain characters", seen, 1.0),
    ("composed accents", composed, 1.0),
    ("look-alike letters", latin, 0.95),
    ("no tags or emphasis", bared, 1.0),
    ("joined lines", unbroken, 0.9),
    ("rejoined numbers", rejoined, 0.9),
    ("signs put together", spaced, 0.9),
    ("letters put together", together, 0.9),
    ("misread signs", reread, 0.9),
    ("dates put together", dated, 0.9),
    ("digits put together", counted, 0.85),
    ("address put together", addressed, 0.9),
    ("parted words", parted, 0.95),
)
"""What a copy goes through, and by how much each step that changed something lowers a score."""

_WHOLE, _BEFORE, _AFTER, _LONGEST = 4096, 600, 400, 1 << 16
"""Characters up to which a text is read whole; else those around each sign, in pieces of bounded length."""
_AT_ONCE = 1 << 20
"""Characters that are searched together."""
_NEAR = 30
_LONGEST_SIGN, _AHEAD = 200, 160
"""Bytes of a sign; and of what may go on behind it."""
Search = Callable[["pa.RecordBatch"], "pa.Table"]


@dataclass(slots=True)
class Reading:
    """A copy of (part of) the text of one row, and what was done to it."""

    row: int
    begin: int
    text: str
    copy: Copy
    steps: str
    weight: float


def with_readings(batch: pa.RecordBatch, found: pa.Table, setup: Setup, search: Search) -> pa.Table:
    """Give the findings of a batch with those that only a second reading of a text tells.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, `row` being that of the batch's column.
    setup : Setup
        What is looked for.
    search : callable
        Gives the findings of a batch.
    """
    data, ends = _joined(batch.column("text"))
    signs = places(data, ends)
    if not len(signs):
        return found
    more: list[pa.Table] = []
    held: list[Reading] = []
    size = 0
    for reading in _readings(batch, ends, signs):
        held.append(reading)
        size += len(reading.copy.text)
        if size >= _AT_ONCE:
            more += _searched(held, batch, setup, search)
            held, size = [], 0
    more += _searched(held, batch, setup, search)
    return merged(batch, found, more) if more else found


def _joined(texts: pa.Array) -> tuple[memoryview, np.ndarray]:
    """Give the bytes of all texts one after the other, as they lie in memory, and where each ends."""
    import pyarrow as pa

    texts = texts if pa.types.is_large_string(texts.type) else texts.cast(pa.large_string())
    _, places, data = texts.buffers()
    if data is None or not len(texts):
        return memoryview(b""), np.zeros(0, np.int64)
    bounds = np.frombuffer(places, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    begin, end = int(bounds[0]), int(bounds[-1])
    return memoryview(data)[begin:end], bounds[1:] - begin


def _readings(batch: pa.RecordBatch, ends: np.ndarray, signs: np.ndarray) -> Iterator[Reading]:
    """Give the copies of the rows, or of the pieces of long ones, in which a sign stands."""
    texts = batch.column("text")
    owners = np.searchsorted(ends, signs - 1, "right")
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    for row, own in zip(owners[firsts].tolist(), np.split(signs, firsts[1:]), strict=True):
        text = texts[row].as_py()
        data = text.encode() if text else b""
        own = own - (int(ends[row]) - len(data))
        if not text or not _are_its_own(data, own):
            continue
        pieces: Any = [(0, text)]
        if len(text) > _WHOLE:
            pieces = _pieces(text, data, own)
        for begin, piece in pieces:
            if (reading := _reading(row, begin, piece)) is not None:
                yield reading


def _are_its_own(data: bytes, signs: np.ndarray) -> bool:
    """Tell whether a sign stands in a text alone: one that ends near its begin may have begun in the text before it."""
    if len(signs) and signs[-1] > _LONGEST_SIGN:
        return True
    return len(places(data[: _LONGEST_SIGN + _AHEAD])) > 0


def _pieces(text: str, data: bytes, signs: np.ndarray) -> Iterator[tuple[int, str]]:
    """Give the stretches of a long text around its signs, cut at blanks where there are some."""
    if len(text) < len(data):
        inner = np.flatnonzero((np.frombuffer(data, np.uint8) & 0xC0) == 0x80)
        signs = signs - np.searchsorted(inner, signs)
    begins = np.maximum(signs - _BEFORE, 0)
    stops = np.minimum(signs + _AFTER, len(text))
    apart = np.flatnonzero(np.append(True, begins[1:] > np.maximum.accumulate(stops)[:-1]))
    for begin, stop in zip(
        begins[apart].tolist(), stops[np.append(apart[1:], len(begins)) - 1].tolist(), strict=True
    ):
        while begin < stop:
            end = min(stop, begin + _LONGEST)
            if 0 < end < len(text):
                cut = text.rfind(" ", max(begin + 1, end - _AFTER // 2), end)
                end = cut if cut > begin else end
            start = text.find(" ", begin, begin + _BEFORE // 2) + 1 if begin > 0 else begin
            start = start if start > begin else begin
            yield start, text[start:end]
            begin = end


def _reading(row: int, begin: int, text: str) -> Reading | None:
    """Read one text; None where nothing changes."""
    copy, steps, weight = Copy.of(text), [], 1.0
    for name, step, lowers in STEPS:
        new = step(copy)
        if new.text != copy.text:
            steps.append(name)
            weight *= lowers
            copy = new
    if not steps or not copy.text:
        return None
    return Reading(row, begin, text, copy, " + ".join(steps), weight)


def _searched(held: list[Reading], batch: pa.RecordBatch, setup: Setup, search: Search) -> list[pa.Table]:
    """Search copies; findings in what was not rewritten are left out, the others get their places in the original."""
    import pyarrow as pa

    if not held:
        return []
    rows = pa.array([reading.row for reading in held])
    numbers = pa.array(np.arange(len(held)))
    names = batch.schema.names
    columns = {
        "text": pa.array([reading.copy.text for reading in held], batch.schema.field("text").type),
        "row": numbers.cast(batch.schema.field("row").type),
    }
    some = pa.RecordBatch.from_arrays(
        [columns[name] if name in columns else batch.column(name).take(rows) for name in names],
        schema=batch.schema,
    )
    found = search(some)
    kept: list[int] = []
    starts, ends, scores, told, owners = [], [], [], [], []
    wanted = ("row", "start", "end", "score", "evidence", "detector")
    for number_found, one in enumerate(
        zip(*(found.column(name).to_pylist() for name in wanted), strict=True)
    ):
        number, start, end, score, evidence, detector = one
        reading = held[number]
        if not _rewritten(reading, start, end, detector in NAMING):
            continue
        first, last = (place + reading.begin for place in reading.copy.stretch(start, end))
        score = round(score * reading.weight, 4)
        if score < setup.least_score:
            continue
        kept.append(number_found)
        starts.append(first)
        ends.append(last)
        scores.append(score)
        told.append(f"{evidence}; read as:{reading.steps}:{score:.2f}")
        owners.append(reading.row)
    if not kept:
        return []
    table = found.take(pa.array(kept))
    for name, values in (("start", starts), ("end", ends), ("score", scores), ("evidence", told)):
        table = _with(table, name, pa.array(values))
    table = _with(table, "likelihood", _levels(scores))
    table = _with(table, "row", batch.column("row").take(pa.array(owners)))
    return [table.append_column("place", pa.array(owners))]


def _levels(scores: list[float]) -> pa.Array:
    """Give the levels of scores."""
    import pyarrow as pa

    from leakkit.pii.detector import likelihood

    return pa.array([likelihood(score) for score in scores], pa.string())


def _with(table: pa.Table, name: str, values: Any) -> pa.Table:
    """Give a table with one column replaced, in its type."""
    import pyarrow as pa

    place = table.schema.get_field_index(name)
    kind = table.schema.field(place)
    if pa.types.is_dictionary(kind.type):
        values = values.cast(kind.type.value_type).dictionary_encode().cast(kind.type)
    return table.set_column(place, kind, values.cast(kind.type))


def _rewritten(reading: Reading, start: int, end: int, alone: bool) -> bool:
    """Tell whether something within a finding, or before or right behind it, was rewritten."""
    copy = reading.copy
    low, high = (start, end) if alone else (max(0, start - _NEAR), min(len(copy.text), end + 2))
    begin, stop = copy.stretch(low, high)
    return reading.text[begin:stop] != copy.text[low:high]
