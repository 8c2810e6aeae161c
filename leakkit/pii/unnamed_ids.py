"""Codes of one form in columns whose names do not say whose they are (``wid``, ``room``, ``cus``), beside people.

A column of order numbers looks the same. They are found as unlikely ids: joining people takes those that other columns
of the leak show to be somebody's (`leakkit.pii.people.unnamed`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.columns_of_batch import FEWEST, columns_of
from leakkit.pii.fields import coded_texts, fields_of
from leakkit.pii.id_findings import ENTITY, UNNAMED, rows_of
from leakkit.pii.record_ids import Cells, role_of, with_cells

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

SCORE = 0.3
_SAMPLE, _OF_ONE_FORM = 128, 0.9
"""Values of a column that are looked at, and the share of them that must be written in one way."""

_CODE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[A-Za-z][A-Za-z0-9]*(?:[_\-][A-Za-z0-9]+){0,3}")
_LETTERS = re.compile(r"[A-Za-z]+")
_FORMS = str.maketrans(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "0" * 10 + "a" * 26 + "A" * 26
)
_SHORTEST, _LONGEST = 4, 40


def with_unnamed_ids(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Add codes of one form that stand in records in which something of a person was found.

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
    return with_cells(batch, found, _codes_in(batch), setup, SCORE)


def _codes_in(batch: pa.RecordBatch) -> Cells:
    """Find the fields of columns of codes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts, chosen = batch.column("text"), []
    for column in columns_of(batch):
        if role_of(column.name.rpartition(".")[2]) is None:
            some = texts.take(pa.array(column.sampled(_SAMPLE))).to_pylist()
            if are_codes([text for text in some if text]):
                chosen.append(column.places)
    places = np.sort(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)
    values = pc.fill_null(texts.take(pa.array(places)), "")
    kept = np.asarray(pc.match_substring_regex(values, rf"^[A-Za-z0-9_\-]{{{_SHORTEST},{_LONGEST}}}$"))
    places, values = places[kept], values.filter(pa.array(kept))
    (codes, names), (members, paths) = fields_of(batch), coded_texts(batch.column("path"))
    roles = [UNNAMED] * len(places)
    return Cells(
        places, (members[places], paths), rows_of(batch)[places], (codes[places], names), values, roles
    )


def are_codes(values: list[str]) -> bool:
    """Tell whether values are codes of one form: the same letters before digits, or letters and digits alike.

    Examples
    --------
    >>> are_codes([f"W{number}" for number in range(500, 520)])
    True
    >>> are_codes(["W500", "W501"] * 10), are_codes([f"item {number}" for number in range(500, 520)])
    (False, False)
    """
    if not values or not _is_code(values[0]) or len(set(values)) < FEWEST:
        return False
    codes = [value for value in values if _is_code(value)]
    if len(codes) < _OF_ONE_FORM * len(values):
        return False
    forms = Counter(value.translate(_FORMS) for value in codes)
    begun = Counter(match[0] for value in codes if (match := _LETTERS.match(value)) is not None)
    return max(*forms.values(), *begun.values()) >= _OF_ONE_FORM * len(codes)


def _is_code(value: str) -> bool:
    """Tell whether a value is a code with a letter and three digits."""
    return _SHORTEST <= len(value) <= _LONGEST and _CODE.fullmatch(value) is not None
