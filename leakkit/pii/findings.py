"""Spans to rows of the findings frame: level, mask, key; values are dropped here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup
    from leakkit.pii.spans import Span

_FLOORS = np.array(list(LIKELIHOOD_FLOORS.values()))
_LEVELS = np.array(list(LIKELIHOOD_FLOORS))
_MOST_HELD = 60_000
_MADE: WeakKeyDictionary[Any, dict[tuple[str, str], tuple[str, str]]] = WeakKeyDictionary()
_TRAITS = ("PERSON", "EMAIL", "USERNAME")


def table_of(batch: pa.RecordBatch, spans: list[Span], setup: Setup) -> pa.Table:
    """Give the findings of a batch as an Arrow table."""
    return from_columns(batch, [s.row for s in spans], columns_of(spans, setup))


def columns_of(spans: list[Span], setup: Setup) -> list[list[Any]]:
    """Give the columns of findings that depend on nothing but the value and its field's name."""
    entities = [s.entity for s in spans]
    masked, keys = masks_and_keys(entities, [s.value for s in spans], setup)
    scores = np.array([s.score for s in spans], float)
    levels = _LEVELS[np.searchsorted(_FLOORS, scores, side="right") - 1]
    return [
        [s.start for s in spans],
        [s.end for s in spans],
        entities,
        [s.family for s in spans],
        levels.tolist(),
        scores.round(4).tolist(),
        [s.validated for s in spans],
        [_with_traits(s, setup) for s in spans],
        [s.placeholder for s in spans],
        masked,
        keys,
        [s.detector for s in spans],
        [s.country or None for s in spans],
    ]


_COLUMNS = (
    "start", "end", "entity", "family", "likelihood", "score", "validated", "evidence", "placeholder",
    "masked", "value_key", "detector", "country",
)  # fmt: skip
N_COLUMNS = len(_COLUMNS)


def from_columns(batch: pa.RecordBatch, places: list[int], columns: Sequence[Sequence[Any]]) -> pa.Table:
    """Give the findings table of columns in the order of `columns_of`, and the row of each finding."""
    import pyarrow as pa

    from leakkit.frames import FINDINGS

    rows = pa.array(places, pa.int64())
    schema = FINDINGS.arrow_schema
    held: dict[str, Any] = {name: batch.column(name).take(rows) for name in ("path", "row", "field")}
    for name, column in zip(_COLUMNS, columns, strict=True):
        held[name] = pa.array(column, schema.field(name).type)
    arrays = [held[name] for name in schema.names]
    return pa.Table.from_arrays(arrays, schema=schema)


def masks_and_keys(entities: list[str], values: list[str], setup: Setup) -> tuple[list[str], list[str]]:
    """Mask and key values, each different one once; of a setup, those of earlier batches too."""
    from leakkit.pii.masking.values import mask_values

    known = _MADE.setdefault(setup, {})
    if len(known) > _MOST_HELD:
        known.clear()
    pairs = list(zip(entities, values, strict=True))
    new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    kinds, texts = [p[0] for p in new], [p[1] for p in new]
    made = zip(mask_values(kinds, texts), setup.case.keys(kinds, texts), strict=True)
    known.update(zip(new, made, strict=True))
    both = [known[pair] for pair in pairs]
    return [mask for mask, _ in both], [key for _, key in both]


def _with_traits(span: Span, setup: Setup) -> str:
    """Give the evidence, with what joining people needs to know of the value."""
    if span.entity in _TRAITS and (traits := setup.case.traits(span.entity, span.value)):
        return f"{span.evidence}; traits:{traits}:{span.score:.2f}"
    return span.evidence
