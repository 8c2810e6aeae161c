"""The column path: short cells of many rows, looked at by the forms of their values, field by field.

What detectors find in a short value without line breaks follows from the value and its field's name. Most cells
of a table are of few forms (``00000 000000``): what no detector can match in a form is done with, and where all
that matches is the whole value, findings are made for all cells of a field at once. Every other cell is left to
the usual search, so nothing is found that it would not find, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from leakkit.pii.fields import fields_of
from leakkit.pii.whole.field import Classes, Field
from leakkit.pii.whole.findings import columns_of_fields
from leakkit.pii.whole.forms import forms_of
from leakkit.pii.whole.outcome import Outcomes, Whole
from leakkit.pii.whole.shapes import LONGEST, NO_LETTERS, ODD, TABLE
from leakkit.pii.whole.texts import bytes_of, from_bytes, numbered

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.findings import Columns
    from leakkit.pii.setup import Setup

LEAST_CELLS = 200
"""Fewest short cells of a batch, and of a field in it, that are worth looking at together."""

_FEW_FIELDS = 256
"""Fields whose numbers fit into a byte."""

_LEAST_SHARE = 0.25
"""Share of the bytes of a batch that short cells hold at least."""

_LEAST_OF_FORM, _LEAST_SEEN, _FEW_FORMS = 8, 16, 16
"""How often a form must come in a batch, or in all that are remembered, before it is looked into."""

_FIRST, _SECOND = NO_LETTERS[0][0], [sign[1] for sign in NO_LETTERS]
_MOST_SEEN = 60_000
_MOST_FIELDS = 4_096
_MOST_BYTES = 16 * 2**20
"""Memory for values that come again, in all fields together."""


Placed = tuple[np.ndarray, "Columns"]
"""Findings by columns, with the place of the row of each."""


class Cells(NamedTuple):
    """Short cells of a batch: their places, texts, and codes and names of their forms and fields."""

    places: np.ndarray
    texts: pa.Array
    forms: np.ndarray
    form_names: list[str]
    fields: np.ndarray
    field_names: list[str]


class _Known:
    """What a setup remembers of forms and fields from batch to batch."""

    def __init__(self, setup: Setup) -> None:
        self.seen: dict[str, int] = {}
        self.forms = forms_of(setup)
        self.outcomes = Outcomes()
        self._fields: dict[str, Field] = {}

    def field(self, name: str, setup: Setup) -> Field:
        """Give what is known of a field."""
        if name not in self._fields:
            if len(self._fields) >= _MOST_FIELDS:
                self._fields.clear()
            self._fields[name] = Field(name, setup)
        return self._fields[name]

    def bound(self) -> None:
        """Forget the values that were kept where they are too much together."""
        if sum(field.kept.nbytes for field in self._fields.values()) > _MOST_BYTES:
            for field in self._fields.values():
                field.kept.forget()


_KNOWN: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def find_whole(batch: pa.RecordBatch, setup: Setup) -> tuple[Placed | None, np.ndarray]:
    """Give the findings that are whole values of short cells, and the rows left to search.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Columns path, row, field, text.
    setup : Setup
        What is looked for, without names.

    Returns
    -------
    tuple
        Place of the row of each finding, rising, and the findings' columns (None where there are none);
        places of the rows that the usual search is to look at.
    """
    rest = np.ones(batch.num_rows, bool)
    cells = _cells(batch)
    if cells is None or np.bincount(cells.fields, minlength=1).max() < LEAST_CELLS:
        return None, np.flatnonzero(rest)
    known = _known(setup)
    usual = _usual_forms(cells, known)
    looked: list[tuple[str, Classes]] = []
    for name, some in _by_field(cells, usual):
        field = known.field(name, setup)
        if not field.pays():
            continue
        rest[cells.places[some]] = False
        found = field.find(cells.texts, some, cells.forms, cells.form_names)
        if found is not None:
            looked.append((name, found))
    known.outcomes.learn(looked, setup)
    made: list[tuple[str, Whole]] = []
    for name, found in looked:
        one, odd = known.outcomes.findings(name, found)
        known.field(name, setup).note(len(odd), len(found.cells))
        rest[cells.places[odd]] = True
        if one is not None:
            made.append((name, one._replace(cells=cells.places[one.cells])))
    columns = columns_of_fields(made, setup) if made else None
    known.bound()
    return columns, np.flatnonzero(rest)


def _known(setup: Setup) -> _Known:
    """Give what is remembered for a setup."""
    if (found := _KNOWN.get(setup)) is None:
        found = _KNOWN[setup] = _Known(setup)
    return found


def put_together(whole: Placed | None, other: Placed) -> Placed:
    """Give the findings of both ways by row."""
    import pyarrow as pa

    if whole is None:
        return other
    if not len(other[0]):
        return whole
    places = np.concatenate([whole[0], other[0]])
    order = np.argsort(places, kind="stable")
    taken = pa.array(order)
    columns = {name: joined(whole[1][name], other[1][name]).take(taken) for name in other[1]}
    return places[order], columns


def joined(one: pa.Array, other: pa.Array) -> pa.Array:
    """Put columns one behind the other; of numbers of texts without a look at the texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(one.type):
        return pa.concat_arrays([one, other])
    texts = pa.concat_arrays([one.dictionary, other.dictionary])
    if one.null_count or other.null_count:
        first = pa.scalar(len(one.dictionary), pa.int32())
        numbers = pa.concat_arrays([one.indices, pc.add(other.indices, first)])
    else:  # what takes from it is faster where nothing says that a number may be missing
        more = other.indices.to_numpy() + np.int32(len(one.dictionary))
        numbers = pa.array(np.concatenate([one.indices.to_numpy(), more]))
    return pa.DictionaryArray.from_arrays(numbers, texts, safe=False)


def _by_field(cells: Cells, usual: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Give the cells of usual forms of each field that has many."""
    fit = None if usual.all() else usual[cells.forms]
    count = len(cells.field_names)
    fields = cells.fields.astype(np.uint8 if count < _FEW_FIELDS else np.int64)  # compared many times
    counts = np.bincount(cells.fields if fit is None else cells.fields[fit], minlength=count)
    for number in np.flatnonzero(counts >= LEAST_CELLS).tolist():
        own = fields == number
        yield cells.field_names[number], np.flatnonzero(own if fit is None else own & fit)


def _cells(batch: pa.RecordBatch) -> Cells | None:
    """Give the short cells of a batch with their forms; None where they are few."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = batch.column("text")
    if len(texts) < LEAST_CELLS or not pa.types.is_large_string(texts.type):
        return None
    lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    fields, names = fields_of(batch)
    named = np.array([bool(name) for name in names], bool)[fields]
    short = (lengths > 0) & (lengths <= LONGEST) & named  # lines of a text are no cells: of too many forms
    places = np.flatnonzero(short)
    if len(places) < LEAST_CELLS or int(lengths[places].sum()) < _LEAST_SHARE * int(lengths.sum()):
        return None
    if len(places) < len(texts):
        texts = texts.take(pa.array(places))
    formed, odd = _formed(texts)
    if len(odd):
        kept = np.ones(len(places), bool)
        kept[odd] = False
        places, texts, formed = places[kept], texts.filter(pa.array(kept)), formed.filter(pa.array(kept))
    if len(places) < len(fields):
        fields = fields[places]
    return Cells(places, texts, *numbered(formed), fields, names)


def _formed(texts: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """Give the forms of texts, and the places of those with characters that forms do not tell apart."""
    written, bounds = bytes_of(texts)
    data = written.translate(TABLE)
    signs = np.flatnonzero(np.frombuffer(data, np.uint8) == ODD)
    if any(last in written for last in _SECOND):
        signs = np.concatenate([signs, _no_letters(np.frombuffer(written, np.uint8))])
    odd = np.unique(np.searchsorted(bounds, signs, side="right") - 1)
    return from_bytes(data, bounds), odd


def _no_letters(data: np.ndarray) -> np.ndarray:
    """Give the places of signs that stand among the Latin letters, in UTF-8."""
    first = np.flatnonzero(data == _FIRST)
    first = first[: np.searchsorted(first, len(data) - 1)]
    found: np.ndarray = first[np.isin(data[first + 1], _SECOND)]
    return found


def _usual_forms(cells: Cells, known: _Known) -> np.ndarray:
    """Tell which forms are known, or come often enough that it pays to get to know them."""
    counts = np.bincount(cells.forms, minlength=len(cells.form_names))
    if len(known.seen) > _MOST_SEEN:
        known.seen.clear()
    usual = counts >= _LEAST_OF_FORM
    rare = np.flatnonzero(~usual).tolist()
    for number in rare:
        form = cells.form_names[number]
        seen = known.seen[form] = known.seen.get(form, 0) + int(counts[number])
        usual[number] = seen >= _LEAST_SEEN or len(rare) <= _FEW_FORMS
    known.forms.learn([cells.form_names[number] for number in np.flatnonzero(usual).tolist()])
    return usual
