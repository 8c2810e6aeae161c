"""Numbers and codes of people in records written down the page: ``speaker: spk0007`` above ``name: ...`` (YAML, LDIF).

As in tables, such a number is looked for only beside something else of a person, and where its key comes again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.fields import coded_texts
from leakkit.pii.id_findings import ENTITY, SCORE, id_columns, inserted
from leakkit.pii.record_ids import BESIDE, role_of, telling

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

NEAR, FEWEST = 8, 3
"""Lines from a person's data to the number, and times that its key stands in a batch of a member, at least."""

_LINE = re.compile(
    r"\s{0,40}(?:-\s{1,4})?[\"']?(?P<key>[^\W\d][\w .\-]{1,38}?)[\"']?\s{0,3}[:=]\s{1,4}"
    r"[\"']?(?P<value>[A-Za-z0-9][A-Za-z0-9_\-]{0,63})[\"']?,?\s{0,4}"
)
_MAYBE = r"^[^:=]{1,110}[:=][^A-Za-z0-9]{1,6}[A-Za-z0-9][A-Za-z0-9_\-]{0,63}[^A-Za-z0-9]{0,8}$"
"""What all of these lines are, and few others: asked of all at once."""
_LONGEST = 160
_RECORDS = (".yaml", ".yml", ".ldif", ".vcf", ".txt", ".md", ".ini", ".toml", ".properties")
"""How members are called in which records may be written down the page; logs have a line for each."""


class _Line(NamedTuple):
    """A number on a line: the line's place in the batch, its key, where the number stands, itself, and whose it is."""

    place: int
    key: str
    start: int
    end: int
    value: str
    role: str


def with_line_ids(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Add the numbers of people that stand on lines near something of a person.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, with numbers of texts for strings that come again (`find_coded`).
    setup : Setup
        What is looked for.
    """
    import pyarrow as pa

    if not found.num_rows or not setup.wants(ENTITY) or setup.least_score > SCORE:
        return found
    lines = _lines(batch, found)
    if not lines:
        return found
    values = pa.array([line.value for line in lines], pa.string())
    columns = id_columns(values, [line.role for line in lines], setup)
    columns["start"] = pa.array([line.start for line in lines], pa.int64())
    columns["end"] = pa.array([line.end for line in lines], pa.int64())
    return inserted(batch, found, np.array([line.place for line in lines], np.int64), columns)


def _lines(batch: pa.RecordBatch, found: pa.Table) -> list[_Line]:
    """Give the numbers on lines of members of records, near something of a person."""
    members, paths = coded_texts(batch.column("path"))
    fields, names = coded_texts(batch.column("field"))
    plain = np.array([not name for name in names], bool)[fields]
    owners, theirs = coded_texts(found.column("path"))
    result: list[_Line] = []
    for code, path in enumerate(paths):
        if path.lower().endswith(_RECORDS) and path in theirs:
            own = np.flatnonzero((members == code) & plain)
            some = found.take(np.flatnonzero(owners == theirs.index(path)))
            result += _of_member(batch.take(own), some, own)
    return result


def _of_member(lines: pa.RecordBatch, found: pa.Table, places: np.ndarray) -> list[_Line]:
    """Give the numbers on lines of one member."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kinds, names = coded_texts(found.column("entity"))
    rows = np.asarray(found.column("row").to_numpy(), np.int64)
    people = np.unique(rows[np.array([name in BESIDE for name in names], bool)[kinds]])
    if not len(people) or not lines.num_rows:
        return []
    own = np.asarray(lines.column("row").to_numpy(), np.int64)
    at = np.searchsorted(people, own)
    before = np.abs(own - people[np.maximum(at - 1, 0)])
    after = np.abs(people[np.minimum(at, len(people) - 1)] - own)
    near = np.flatnonzero(np.minimum(before, after) <= NEAR)
    some = pc.match_substring_regex(lines.column("text").take(pa.array(near)), _MAYBE)
    near = near[np.asarray(pc.fill_null(some, False))]
    told = [
        (row, line)
        for place, row in zip(near.tolist(), own[near].tolist(), strict=True)
        if (line := _told(lines.column("text")[place].as_py() or "", int(places[place]))) is not None
    ]
    often = Counter(line.key for _, line in told)
    spans = _spans(found, rows)
    return [
        line
        for row, line in told
        if often[line.key] >= FEWEST
        and not any(start < line.end and line.start < end for start, end in spans.get(row, ()))
    ]


def _spans(found: pa.Table, rows: np.ndarray) -> dict[int, list[tuple[int, int]]]:
    """Give the spans of findings by row."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, start, end in zip(
        rows.tolist(), found.column("start").to_pylist(), found.column("end").to_pylist(), strict=True
    ):
        spans[row].append((start, end))
    return spans


def _told(text: str, place: int) -> _Line | None:
    """Read a line that is a key and a number of a person."""
    match = _LINE.fullmatch(text) if len(text) <= _LONGEST else None
    role = role_of(match["key"]) if match else None
    if match is None or role is None or not (whose := telling(match["value"], role)):
        return None
    return _Line(place, match["key"], match.start("value"), match.end("value"), match["value"], whose)
