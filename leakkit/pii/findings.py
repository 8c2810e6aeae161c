"""Spans to rows of the findings frame: level, mask, key; values are dropped here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.fields import coded_texts

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.detector import Entity
    from leakkit.pii.found import Found
    from leakkit.pii.setup import Setup
    from leakkit.pii.spans import Span
    from leakkit.pii.weighing.weigh import Rule

Columns = dict[str, Any]
"""Columns of findings by name: those that depend on nothing but the value and its field's name."""

CODED = (
    "path", "field", "entity", "family", "likelihood", "evidence", "masked", "value_key", "detector", "country",
)  # fmt: skip
"""String columns: numbers of texts are passed on, not the texts, so that findings are put in order fast."""

_FLOORS = np.array(list(LIKELIHOOD_FLOORS.values()))
_TRAITS = ("PERSON", "LOCATION", "EMAIL", "USERNAME", "EMPLOYEE_ID", "MEDICAL_ID", "ACCOUNT_ID")


class Labels:
    """What findings say of their detectors, as arrays to take from by a detector's number.

    Parameters
    ----------
    rules : sequence of Rule
        The detectors.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        import pyarrow as pa

        self.names = [rule.entity.name for rule in rules]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(self.names))}
        self.entities = list(numbers)
        """Different entities."""
        self.number = np.array([numbers[name] for name in self.names], np.int64)
        """For each detector the number of its entity among those."""
        columns = {
            "entity": self.names,
            "family": [rule.entity.family for rule in rules],
            "detector": [rule.detector.id for rule in rules],
            "country": [rule.detector.country or None for rule in rules],
        }
        self._columns = {name: pa.array(column, pa.string()) for name, column in columns.items()}

    def are_among(self, entities: frozenset[str]) -> np.ndarray:
        """Tell of each detector whether its entity is one of some."""
        return np.array([name in entities for name in self.entities], bool)[self.number]

    def columns(self, which: np.ndarray) -> Columns:
        """Give the columns that a detector's number tells."""
        import pyarrow as pa

        numbers = pa.array(which.astype(np.int32))
        return {
            name: coded(which, column)
            if column.null_count
            else pa.DictionaryArray.from_arrays(numbers, column, safe=False)
            for name, column in self._columns.items()
        }


def coded(codes: np.ndarray, texts: pa.Array) -> pa.DictionaryArray:
    """Give texts by their numbers; a text may have several, and missing ones stay missing.

    Examples
    --------
    >>> import pyarrow as pa
    >>> coded(np.array([1, 0, 1]), pa.array(["a", None])).to_pylist()
    [None, 'a', None]
    """
    import pyarrow as pa

    if texts.null_count == len(texts):
        return pa.DictionaryArray.from_arrays(pa.nulls(len(codes), pa.int32()), texts)
    missing = texts.is_null().to_numpy(zero_copy_only=False)[codes] if texts.null_count else None
    numbers = pa.array(codes.astype(np.int32, copy=False), mask=missing)
    return pa.DictionaryArray.from_arrays(numbers, texts, safe=False)


def table_of(batch: pa.RecordBatch, spans: list[Span], setup: Setup) -> pa.Table:
    """Give the findings of a batch as an Arrow table."""
    return from_columns(batch, np.array([s.row for s in spans], np.int64), columns_of(spans, setup))


def columns_of(spans: list[Span], setup: Setup) -> Columns:
    """Give the columns of findings that depend on nothing but the value and its field's name."""
    import pyarrow as pa

    numbers = {name: number for number, name in enumerate(dict.fromkeys(s.entity for s in spans))}
    return {
        "start": pa.array([s.start for s in spans], pa.int64()),
        "end": pa.array([s.end for s in spans], pa.int64()),
        "entity": pa.array([s.entity for s in spans], pa.string()).dictionary_encode(),
        "family": pa.array([s.family for s in spans], pa.string()).dictionary_encode(),
        "detector": pa.array([s.detector for s in spans], pa.string()).dictionary_encode(),
        "country": pa.array([s.country or None for s in spans], pa.string()).dictionary_encode(),
        **_judged(
            np.array([s.score for s in spans], float),
            [s.validated for s in spans],
            [s.placeholder for s in spans],
        ),
        **_told(
            np.array([numbers[s.entity] for s in spans], np.int64),
            list(numbers),
            [s.value for s in spans],
            [s.evidence for s in spans],
            [s.score for s in spans],
            setup,
        ),
    }


def columns_of_found(found: Found, setup: Setup) -> Columns:
    """Give the same columns of spans that are columns already."""
    import pyarrow as pa

    labels = setup.labels
    if not len(found):
        return columns_of([], setup)
    scores, validated, placeholder, evidence = zip(*found.weighed, strict=True)
    steps = list(evidence)
    for place, step in found.also.items():
        steps[place] += step
    return {
        "start": pa.array(found.starts, pa.int64()),
        "end": pa.array(found.ends, pa.int64()),
        **labels.columns(found.which),
        **_judged(np.array(scores, float), validated, placeholder),
        **_told(labels.number[found.which], labels.entities, found.values, steps, scores, setup),
    }


def columns_of_cells(
    kind: Entity, detector: str, values: list[str], steps: list[str], score: float, setup: Setup
) -> Columns:
    """Give the same columns of whole values of one entity, found by one detector with one score."""
    import pyarrow as pa

    scores, count = [score] * len(values), np.zeros(len(values), np.int64)
    labels = {"entity": kind.name, "family": kind.family, "detector": detector, "country": None}
    return {
        "start": pa.array(count),
        "end": pa.array([len(value) for value in values], pa.int64()),
        **{name: coded(count, pa.array([label], pa.string())) for name, label in labels.items()},
        **_judged(np.array(scores, float), [None] * len(values), [False] * len(values)),
        **_told(count, [kind.name], values, list(steps), scores, setup),
    }


def from_columns(batch: pa.RecordBatch, places: np.ndarray, columns: Columns) -> pa.Table:
    """Give the findings table of columns, and the row of each finding in the batch."""
    return plain(coded_table(batch, places, columns))


def coded_table(batch: pa.RecordBatch, places: np.ndarray, columns: Columns) -> pa.Table:
    """Give the same with numbers of texts in the columns `CODED`; see `plain`."""
    import pyarrow as pa

    rows = pa.array(places, pa.int64())
    path = batch.column("path")
    held = {"row": batch.column("row").take(rows), "path": coded_paths(path).take(rows)}
    if "field" not in columns:
        held["field"] = batch.column("field").take(rows)
    held |= columns
    arrays = [_as(held[field.name], field.type) for field in coded_schema()]
    return pa.Table.from_arrays(arrays, schema=coded_schema())


def coded_paths(paths: pa.Array) -> pa.DictionaryArray:
    """Give paths as numbers of texts; mostly there is but one."""
    import pyarrow as pa

    if pa.types.is_dictionary(paths.type) or paths.null_count:
        return paths.dictionary_encode()
    numbers, texts = coded_texts(paths)
    return coded(numbers, pa.array(texts, pa.string()))


def _as(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Give a column of strings as numbers of texts where it is to be."""
    return column if column.type == kind else column.dictionary_encode()


def plain(table: pa.Table) -> pa.Table:
    """Give findings in the schema of the findings frame."""
    from leakkit.frames import FINDINGS

    return table.cast(FINDINGS.arrow_schema)


@cache
def coded_schema() -> pa.Schema:
    """Give the schema of the findings frame with numbers of texts in some columns."""
    import pyarrow as pa

    from leakkit.frames import FINDINGS

    kind = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([one.with_type(kind) if one.name in CODED else one for one in FINDINGS.arrow_schema])


def _judged(scores: np.ndarray, validated: Sequence[bool | None], placeholder: Sequence[bool]) -> Columns:
    """Give the columns that say how sure a finding is."""
    import pyarrow as pa

    levels = np.searchsorted(_FLOORS, scores, side="right") - 1
    return {
        "likelihood": coded(levels, _levels()),
        "score": pa.array(scores.round(4)),
        "validated": pa.array(validated, pa.bool_()),
        "placeholder": pa.array(placeholder, pa.bool_()),
    }


@cache
def _levels() -> pa.Array:
    """Give the names of the levels, from the lowest."""
    import pyarrow as pa

    return pa.array(list(LIKELIHOOD_FLOORS), pa.string())


def _told(
    numbers: np.ndarray,
    entities: list[str],
    values: list[str],
    steps: list[str],
    scores: Sequence[float],
    setup: Setup,
) -> Columns:
    """Give the columns made of the values: mask, key, and the evidence with what joining people needs.

    Parameters
    ----------
    numbers : numpy.ndarray
        For each finding the number of its entity among `entities`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from leakkit.pii.masking.values import mask_array

    texts = pa.array(values, pa.string())
    ends = {score: f":{score:.2f}" for score in set(scores)}
    order = np.argsort(numbers, kind="stable")
    firsts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    masks, keys = [], []
    for members in np.split(order, firsts[1:]) if len(order) else ():
        entity = entities[numbers[members[0]]]
        some = texts if len(members) == len(texts) else texts.take(pa.array(members))
        masks.append(mask_array(entity, some))
        keys.append(setup.case.key_array(entity, some))
        if entity in _TRAITS:
            found = setup.case.trait_array(entity, some)
            some = pc.not_equal(found, "")
            with_some = np.flatnonzero(some.to_numpy(zero_copy_only=False))
            for place, trait in zip(members[with_some].tolist(), found.filter(some).to_pylist(), strict=True):
                steps[place] += f"; traits:{trait}{ends[scores[place]]}"
    return {
        "evidence": pa.array(steps, pa.string()).dictionary_encode(),
        "masked": _in_order(masks, order).dictionary_encode(),
        "value_key": coded(np.arange(len(values)), _in_order(keys, order)),
    }


def _in_order(parts: list[pa.Array], order: np.ndarray) -> pa.Array:
    """Put what was made entity by entity back in the order of the findings."""
    import pyarrow as pa

    if len(parts) < 2:
        return parts[0] if parts else pa.array([], pa.string())
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(parts).take(pa.array(back))
