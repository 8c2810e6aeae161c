"""Columns of logins whose names do not say so (``subject``, ``kakao_id``): made of the addresses and names beside them.

``moodleyn`` beside naeem.moodley@... is his login, whatever the column is called; one such value may be chance, a
column of them is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.columns_of_batch import FEWEST, Column, columns_of
from leakkit.pii.detector import entities
from leakkit.pii.fields import coded_texts, fields_of
from leakkit.pii.id_findings import inserted, rows_of
from leakkit.pii.masking.normalise import folded
from leakkit.pii.record_ids import part_of

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

ENTITY = "USERNAME"
DETECTOR = "row_login"
SCORE = 0.55
_SAMPLE, _WRITTEN, _DIFFERENT, _MADE = 96, 0.9, 0.9, 0.5
"""Values of a column that are looked at; shares of them that must be written as logins are, be different, and be made
of what stands beside them.
"""

_TOGETHER = 4
"""Letters in a row that a login has in common with what it is made of."""

_LOGIN = re.compile(r"(?=.{3,32}\Z)[a-z][a-z0-9]*(?:[._\-][a-z0-9]+){0,3}\Z")
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf|txt|csv|docx?|wav|mp[34]|json)\Z")
_NO_LETTERS = re.compile(r"[^a-z]+")
_BESIDE = ("EMAIL", "PERSON")
_Part = tuple[str, int, str]
"""A member, a row of it, and a part of the record."""


def with_row_logins(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Add the logins of columns that are made of the addresses and names of their rows.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, with numbers of texts for strings that come again (`find_coded`).
    setup : Setup
        What is looked for.
    """
    if not found.num_rows or not setup.wants(ENTITY) or setup.least_score > SCORE:
        return found
    beside = _beside(found)
    if not len(beside):
        return found
    columns = _columns(batch, found)
    if not columns:
        return found
    sampled = np.concatenate([column.sampled(_SAMPLE) for column in columns])
    letters = _letters_beside(batch, found.take(beside), np.unique(sampled))
    made = [column.places for column in columns if _are_made(batch, letters, column.sampled(_SAMPLE))]
    return _added(batch, found, np.sort(np.concatenate(made)), setup) if made else found


def _beside(found: pa.Table) -> np.ndarray:
    """Give the places of addresses and names that begin a field."""
    kinds, texts = coded_texts(found.column("entity"))
    own = np.array([text in _BESIDE for text in texts], bool)[kinds]
    fields, names = coded_texts(found.column("field"))
    named = np.array([bool(name) for name in names], bool)[fields]
    return np.flatnonzero(own & named & (found.column("start").to_numpy() == 0))


def _columns(batch: pa.RecordBatch, found: pa.Table) -> list[Column]:
    """Give the columns in which hardly anything is found, and whose values are written as logins are."""
    import pyarrow as pa

    texts = batch.column("text")
    columns = [
        column
        for column in columns_of(batch)
        if _are_logins([text for text in texts.take(pa.array(column.sampled(_SAMPLE))).to_pylist() if text])
    ]
    if not columns:
        return []
    taken, (members, paths), (codes, names) = (
        _taken(found), coded_texts(batch.column("path")), fields_of(batch)
    )  # fmt: skip
    result = []
    for column in columns:
        path = paths[members[column.places[0]]]
        held = sum(taken.get((path, names[code]), 0) for code in np.unique(codes[column.places]).tolist())
        result += [column] if 2 * held < len(column.places) else []
    return result


def _taken(found: pa.Table) -> dict[tuple[str, str], int]:
    """Count findings by member and field."""
    owners, paths = coded_texts(found.column("path"))
    fields, names = coded_texts(found.column("field"))
    pairs, counts = np.unique(owners * max(1, len(names)) + fields, return_counts=True)
    taken: dict[tuple[str, str], int] = defaultdict(int)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        taken[paths[pair // len(names)], names[pair % len(names)]] += count
    return taken


def _are_logins(values: list[str]) -> bool:
    """Tell whether values are written as logins are, and hardly any comes again."""
    if len(values) < FEWEST or not _is_login(values[0]) and not _is_login(values[-1]):
        return False
    if sum(map(_is_login, values)) < _WRITTEN * len(values):
        return False
    return len(set(values)) >= _DIFFERENT * len(values)


def _is_login(value: str) -> bool:
    """Tell whether a value is written as a login is."""
    return _LOGIN.match(value) is not None and _FILE.search(value) is None


def _letters_beside(batch: pa.RecordBatch, beside: pa.Table, places: np.ndarray) -> dict[_Part, str]:
    """Give the letters of the addresses and names in the records of some places."""
    import pyarrow as pa

    (members, paths), (codes, names), rows = (
        coded_texts(batch.column("path")),
        fields_of(batch),
        rows_of(batch),
    )
    (owners, theirs), (fields, labels) = (coded_texts(beside.column(name)) for name in ("path", "field"))
    near, known = np.isin(rows, rows[places]), np.isin(rows_of(beside), rows[places])
    found = zip(owners[known].tolist(), rows_of(beside)[known].tolist(), fields[known].tolist(), strict=True)
    wanted = {(theirs[owner], row, labels[field]) for owner, row, field in found}
    cells = np.flatnonzero(near)
    told = zip(members[cells].tolist(), rows[cells].tolist(), codes[cells].tolist(), strict=True)
    keys = [(paths[member], row, names[code]) for member, row, code in told]
    chosen = [n for n, key in enumerate(keys) if key in wanted]
    result: dict[_Part, list[str]] = defaultdict(list)
    texts = batch.column("text").take(pa.array(cells[chosen])).to_pylist()
    for n, text in zip(chosen, texts, strict=True):
        path, row, name = keys[n]
        result[path, row, part_of(name)].append(letters_of(text or ""))
    return {part: " ".join(held) for part, held in result.items()}


def _are_made(batch: pa.RecordBatch, letters: dict[_Part, str], some: np.ndarray) -> bool:
    """Tell whether enough of some values of a column are made of what stands beside them."""
    import pyarrow as pa

    (members, paths), (codes, names), rows = (
        coded_texts(batch.column("path")),
        fields_of(batch),
        rows_of(batch),
    )
    path = paths[members[some[0]]]
    values = batch.column("text").take(pa.array(some)).to_pylist()
    told = [
        is_made_of(value or "", beside)
        for value, row, code in zip(values, rows[some].tolist(), codes[some].tolist(), strict=True)
        if (beside := letters.get((path, row, part_of(names[code])))) is not None
    ]
    return len(told) >= FEWEST and sum(told) >= _MADE * len(told)


def letters_of(text: str) -> str:
    """Give the small letters, without accents, of an address before its host, or of a name.

    Examples
    --------
    >>> letters_of("NAEEM.MOODLEY@KTH-LAB.SE"), letters_of("Jang, Dong-hyun")
    ('naeemmoodley', 'jangdonghyun')
    """
    return _NO_LETTERS.sub("", folded(text.partition("@")[0]))


def is_made_of(login: str, letters: str) -> bool:
    """Tell whether a login has letters in a row with those of addresses and names, between which blanks stand.

    Examples
    --------
    >>> is_made_of("djang85", "jangdonghyun dhj"), is_made_of("zurich", "annlee")
    (True, False)
    """
    own = _NO_LETTERS.sub("", login)
    return any(own[place : place + _TOGETHER] in letters for place in range(len(own) - _TOGETHER + 1))


def _added(batch: pa.RecordBatch, found: pa.Table, places: np.ndarray, setup: Setup) -> pa.Table:
    """Add the values at some places of a batch that are written as logins are, where nothing else is found."""
    import pyarrow as pa

    from leakkit.pii.findings import columns_of_cells

    own = _without_found(batch, found, places)
    values = batch.column("text").take(pa.array(own)).to_pylist()
    kept = [n for n, value in enumerate(values) if value and _is_login(value)]
    told = [values[n] for n in kept]
    step = f"beside:made of names beside it:{SCORE:.2f}"
    columns = columns_of_cells(entities()[ENTITY], DETECTOR, told, [step] * len(told), SCORE, setup)
    return inserted(batch, found, own[kept], columns) if kept else found


def _without_found(batch: pa.RecordBatch, found: pa.Table, places: np.ndarray) -> np.ndarray:
    """Leave out the places in which something is found."""
    codes, names = fields_of(batch)
    members, paths = coded_texts(batch.column("path"))
    owners, theirs = coded_texts(found.column("path"))
    fields, labels = coded_texts(found.column("field"))
    wanted = {names[code] for code in np.unique(codes[places]).tolist()}
    some = np.flatnonzero(np.array([label in wanted for label in labels], bool)[fields])
    rows = rows_of(found)
    held = {(theirs[owners[n]], int(rows[n]), labels[fields[n]]) for n in some.tolist()}
    if not held:
        return places
    mine = rows_of(batch)
    free = [(paths[members[n]], int(mine[n]), names[codes[n]]) not in held for n in places.tolist()]
    return places[np.array(free, bool)]
