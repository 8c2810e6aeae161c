"""Columns of the findings frame for whole values of cells: taken from few outcomes and few values, never row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.columns.whole_outcome import Outcome, Whole
    from leakkit.pii.findings import Columns
    from leakkit.pii.setup import Setup

_FLOORS, _LEVELS = list(LIKELIHOOD_FLOORS.values()), list(LIKELIHOOD_FLOORS)
_TRAITS = ("PERSON", "EMAIL", "USERNAME")


def columns_of_fields(fields: list[Whole], setup: Setup) -> tuple[np.ndarray, Columns]:
    """Give the place of each finding, rising, and the columns that depend on the value and its field alone."""
    import pyarrow as pa

    outcomes = [outcome for found in fields for outcome in found.kinds]
    first = np.cumsum([0, *(len(found.kinds) for found in fields)])
    numbers = np.concatenate([f.outcomes + n for f, n in zip(fields, first[:-1].tolist(), strict=True)])
    places = np.concatenate([found.cells for found in fields])
    order = np.argsort(places, kind="stable")
    made = [_of_values(found, setup) for found in fields]
    taken = pa.array(order)
    columns = {name: pa.concat_arrays([one[name] for one in made]).take(taken) for name in made[0]}
    columns["start"] = pa.array(np.zeros(len(order), np.int64))
    return places[order], columns | _of_outcomes(outcomes, numbers[order], setup)


def _of_outcomes(outcomes: list[Outcome], numbers: np.ndarray, setup: Setup) -> Columns:
    """Give the columns that follow from the outcome."""
    import pyarrow as pa

    scores = [outcome.weighed.score for outcome in outcomes]
    levels = np.searchsorted(_FLOORS, scores, side="right") - 1
    few: Columns = {
        **setup.labels.columns(np.array([outcome.which for outcome in outcomes], np.int64)),
        "likelihood": pa.array([_LEVELS[level] for level in levels.tolist()], pa.string()),
        "score": pa.array(np.array(scores, float).round(4)),
        "validated": pa.array([outcome.weighed.validated for outcome in outcomes], pa.bool_()),
        "placeholder": pa.array([outcome.weighed.placeholder for outcome in outcomes], pa.bool_()),
    }
    taken = pa.array(numbers)
    return {name: column.take(taken) for name, column in few.items()}


def _of_values(found: Whole, setup: Setup) -> Columns:
    """Give the columns made of the values of a field: where they end, evidence, mask and key."""
    import pyarrow as pa
    import pyarrow.compute as pc

    entities = np.array([setup.labels.number[outcome.which] for outcome in found.kinds], np.int64)[
        found.outcomes
    ]
    steps = pa.array([outcome.weighed.evidence + outcome.step for outcome in found.kinds], pa.string())
    ends = pc.utf8_length(found.values).cast(pa.int64())
    columns: Columns = {
        "end": ends.take(pa.array(found.codes)),
        "evidence": steps.take(pa.array(found.outcomes)),
    }
    parts: list[dict[str, Any]] = []
    members = []
    for number in np.unique(entities).tolist():
        some = np.flatnonzero(entities == number)
        members.append(some)
        parts.append(_of_entity(setup.labels.entities[number], found, some, setup))
    if len(parts) == 1:
        return columns | parts[0]
    back = np.empty(len(entities), np.int64)
    back[np.concatenate(members)] = np.arange(len(entities))
    for name in ("masked", "value_key", "evidence"):
        held = [
            part.get(name, columns["evidence"].take(pa.array(m)))
            for part, m in zip(parts, members, strict=True)
        ]
        columns[name] = pa.concat_arrays(held).take(pa.array(back))
    return columns


def _of_entity(entity: str, found: Whole, some: np.ndarray, setup: Setup) -> Columns:
    """Give mask, key and, where the value has traits, evidence of the findings of one entity."""
    import pyarrow as pa

    from leakkit.pii.masking.values import mask_array

    codes = found.codes[some]
    present = np.zeros(len(found.values), bool)
    present[codes] = True
    taken = pa.array((np.cumsum(present) - 1)[codes])
    values = found.values.filter(pa.array(present)).cast(pa.string())
    columns: Columns = {
        "masked": mask_array(entity, values).take(taken),
        "value_key": setup.case.key_array(entity, values).take(taken),
    }
    if entity in _TRAITS:
        traits = setup.case.trait_array(entity, values).take(taken)
        columns["evidence"] = _with_traits(found, some, traits)
    return columns


def _with_traits(found: Whole, some: np.ndarray, traits: pa.Array) -> pa.Array:
    """Add what joining people needs of each value to the evidence, where there is any."""
    import pyarrow as pa
    import pyarrow.compute as pc

    heads = [f"{one.weighed.evidence}{one.step}; traits:" for one in found.kinds]
    tails = [f":{one.weighed.score:.2f}" for one in found.kinds]
    plain = pa.array([f"{one.weighed.evidence}{one.step}" for one in found.kinds], pa.string())
    taken = pa.array(found.outcomes[some])
    long = pc.binary_join_element_wise(
        pa.array(heads, pa.string()).take(taken), traits, pa.array(tails, pa.string()).take(taken), ""
    )
    return pc.if_else(pc.equal(traits, ""), plain.take(taken), long)
