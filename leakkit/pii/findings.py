"""Spans to rows of the findings frame: level, mask, key; values are dropped here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup
    from leakkit.pii.spans import Span

_FLOORS = np.array(list(LIKELIHOOD_FLOORS.values()))
_LEVELS = np.array(list(LIKELIHOOD_FLOORS))
_TRAITS = ("PERSON", "EMAIL", "USERNAME")


def table_of(batch: pa.RecordBatch, spans: list[Span], setup: Setup) -> pa.Table:
    """Give the findings of a batch as an Arrow table."""
    import pyarrow as pa

    from leakkit.frames import FINDINGS

    entities = [s.entity for s in spans]
    masked, keys = masks_and_keys(entities, [s.value for s in spans], setup)
    scores = np.array([s.score for s in spans], float)
    rows = pa.array([s.row for s in spans], pa.int64())
    levels = _LEVELS[np.searchsorted(_FLOORS, scores, side="right") - 1]
    columns: dict[str, Any] = {
        "path": batch.column("path").take(rows),
        "row": batch.column("row").take(rows),
        "field": batch.column("field").take(rows),
        "start": [s.start for s in spans],
        "end": [s.end for s in spans],
        "entity": entities,
        "family": [s.family for s in spans],
        "likelihood": levels.tolist(),
        "score": scores.round(4),
        "validated": [s.validated for s in spans],
        "evidence": [_with_traits(s, setup) for s in spans],
        "placeholder": [s.placeholder for s in spans],
        "masked": masked,
        "value_key": keys,
        "detector": [s.detector for s in spans],
        "country": [s.country or None for s in spans],
    }
    schema = FINDINGS.arrow_schema
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, schema.field(name).type)
        for name, column in columns.items()
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def masks_and_keys(entities: list[str], values: list[str], setup: Setup) -> tuple[list[str], list[str]]:
    """Mask and key values, each different one once."""
    from leakkit.pii.masking import mask_values

    pairs = list(zip(entities, values, strict=True))
    different = list(dict.fromkeys(pairs))
    kinds, texts = [p[0] for p in different], [p[1] for p in different]
    masks = dict(zip(different, mask_values(kinds, texts), strict=True))
    keys = dict(zip(different, setup.case.keys(kinds, texts), strict=True))
    return [masks[p] for p in pairs], [keys[p] for p in pairs]


def _with_traits(span: Span, setup: Setup) -> str:
    """Give the evidence, with what joining people needs to know of the value."""
    if span.entity in _TRAITS and (traits := setup.case.traits(span.entity, span.value)):
        return f"{span.evidence}; traits:{traits}:{span.score:.2f}"
    return span.evidence
