"""Cells of tables that the table as a whole tells: codes under ``vnr``, births under ``gd``, names under ``col_7``.

A detector sees one value and the name of its column. `lk.column_types` judges a column by all its values and by what
stands beside it as well; where it is sure of a column in a table of people, and detectors and the column's name find
little in it, its cells are findings, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.masking.traits import LIKE_NAMES
from leakkit.pii.weighing.machine_cells import is_machine_value

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Texts
    from leakkit.pii.setup import Setup
    from leakkit.pii.spans import Span

LEAST_ROWS, _MOST_FIELDS = 12, 120
"""Rows of a table below which it tells too little, and columns above which it is none."""

_SAMPLE, _ASKED = 300, 24
"""Rows that are judged, and cells of a column of which it is seen whether detectors find them."""

_FILLED, _FOUND, _FOUND_NAMES = 0.05, 0.5, 0.9
"""Share of the rows in which a column stands, and share of its cells found from which on it is left alone; of a column
of names many are found one by one, and the others are none the less people.
"""

_SURE, _SURE_OF_PEOPLE, _LEAST_FIT = 0.55, 0.7, 0.3
_TELLING = frozenset("PERSON EMAIL PHONE USERNAME DATE_OF_BIRTH US_SSN NATIONAL_ID STREET_ADDRESS".split())
"""What says that a table is of people."""

_WANTED = frozenset(
    "PERSON EMAIL PHONE USERNAME DATE_OF_BIRTH US_SSN NATIONAL_ID TAX_ID PASSPORT DRIVER_LICENSE MEDICAL_ID IBAN "
    "BANK_ACCOUNT CREDIT_CARD STREET_ADDRESS UK_NHS UK_NINO DE_TAX_ID FR_NIR SE_PERSONNUMMER LICENSE_PLATE".split()
)
_MOST_WHOLE = 0.4
"""Share of the cells of a column of names that have several words, up to which they are given or family names."""
_NESTED = re.compile(r"\[\d")

Search = Callable[[Sequence[int]], "set[int]"]
"""Told some rows of a batch, gives those in which detectors find something."""


class Table(NamedTuple):
    """One table of a batch: its number of rows, and for each of its fields the rows of the batch by record."""

    n_rows: int
    fields: dict[int, dict[int, int]]


def table_spans(
    paths: np.ndarray,
    records: np.ndarray,
    codes: np.ndarray,
    names: list[str],
    texts: Texts,
    told: set[int],
    search: Search,
    setup: Setup,
) -> list[Span]:
    """Give the cells of tables of people that neither detectors nor names of columns tell.

    Parameters
    ----------
    paths, records, codes : numpy.ndarray
        For each row of the batch the numbers of its path, of its record there and of its field.
    names : list of str
        Names of the fields.
    texts : Texts
        The texts of the batch.
    told : set of int
        Rows that the name of their column tells already.
    search : callable
        See `Search`.
    setup : Setup
        What is looked for.
    """
    found: list[Span] = []
    for table in _tables(paths, records, codes, names):
        found += _of_table(table, names, texts, told, search, setup)
    return found


def _tables(paths: np.ndarray, records: np.ndarray, codes: np.ndarray, names: list[str]) -> Iterator[Table]:
    """Part the rows of a batch into tables: fields of a path that stand in many of its records."""
    flat = np.array([bool(name) and not _NESTED.search(name) for name in names], bool)
    for path in range(int(paths.max(initial=-1)) + 1):
        own = np.flatnonzero((paths == path) & flat[codes])
        if len(own) < 2 * LEAST_ROWS or len(different := np.unique(codes[own])) > _MOST_FIELDS:
            continue
        tables: dict[str, list[int]] = {}
        for code in different.tolist():
            tables.setdefault(names[code].rpartition(".")[0], []).append(code)
        for held in tables.values():
            rows = own[np.isin(codes[own], held)]
            n_rows = len(np.unique(records[rows]))
            if n_rows < LEAST_ROWS or len(held) < 2:
                continue
            fields = {}
            for code in held:
                cells = rows[codes[rows] == code]
                if len(cells) >= max(LEAST_ROWS, _FILLED * n_rows):
                    fields[code] = dict(zip(records[cells].tolist(), cells.tolist(), strict=True))
            if len(fields) > 1:
                yield Table(n_rows, fields)


def _of_table(
    table: Table, names: list[str], texts: Texts, told: set[int], search: Search, setup: Setup
) -> list[Span]:
    """Give the cells of one table."""
    from leakkit.pii.columns.looks.fit import fit
    from leakkit.pii.columns.verdict import judge
    from leakkit.pii.spans_more import span_of

    every = sorted({record for cells in table.fields.values() for record in cells})
    some = every[:: -(-len(every) // _SAMPLE)]
    samples = [
        [texts[cells[record]] if record in cells else "" for record in some]
        for cells in table.fields.values()
    ]
    verdicts = judge([names[code].rpartition(".")[2] for code in table.fields], samples)
    sure = {v.entity for v in verdicts if v.confidence >= _SURE_OF_PEOPLE} & _TELLING
    found: list[Span] = []
    for verdict, cells in zip(verdicts, table.fields.values(), strict=True):
        entity = verdict.entity
        if entity not in _WANTED or verdict.confidence < _SURE or not setup.wants(entity):
            continue
        if not sure - {entity} and not (len(sure) > 0 and verdict.confidence >= _SURE_OF_PEOPLE):
            continue
        rows = list(cells.values())
        asked = rows[:: -(-len(rows) // _ASKED)]
        known = [row for row in asked if row in told]
        most = _FOUND_NAMES if entity == "PERSON" else _FOUND
        if len(known) + len(search([row for row in asked if row not in told])) >= most * len(asked):
            continue
        score = round(min(verdict.confidence, 0.8), 4)
        evidence = f"column:{entity}:{score:.2f}; {_reason(verdict.evidence)}:{score:.2f}"
        for row in rows:
            text = texts[row]
            value = text.strip()
            if row not in told and fit(entity, value) >= _LEAST_FIT and not is_machine_value(entity, value):
                start = text.find(value)
                found.append(span_of(row, start, start + len(value), entity, score, evidence, "column", text))
    return found


def _reason(evidence: str) -> str:
    """Give why a table tells a column, without what parts the steps of evidence."""
    return "table " + evidence.split(";")[0].replace(":", "")


def without_places_of(tables: list[Span], more: list[Span], codes: np.ndarray) -> list[Span]:
    """Leave out places and firms in columns that tables tell to hold half names: a family may be called Ledbetter.

    Parameters
    ----------
    tables : list of Span
        Cells that tables tell.
    more : list of Span
        What else was found.
    codes : numpy.ndarray
        The number of each row's field.
    """
    told = [span for span in tables if span.entity == "PERSON"]
    words: dict[int, list[bool]] = {}
    for span in told:
        words.setdefault(int(codes[span.row]), []).append(" " in span.value)
    halves = {code for code, several in words.items() if sum(several) <= _MOST_WHOLE * len(several)}
    rows = {span.row for span in told if int(codes[span.row]) in halves}
    return [span for span in more if span.row not in rows or span.entity not in LIKE_NAMES]
