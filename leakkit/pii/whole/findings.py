"""Columns of the findings frame for whole values of cells: taken from few outcomes and few values, never row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.findings import coded
from leakkit.pii.whole.known import WITH_TRAITS

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.findings import Columns
    from leakkit.pii.setup import Setup
    from leakkit.pii.whole.known import Told
    from leakkit.pii.whole.outcome import Outcome, Whole

_FLOORS, _LEVELS = list(LIKELIHOOD_FLOORS.values()), list(LIKELIHOOD_FLOORS)


class _Pools:
    """Different masks, keys, lengths and evidences of a batch, and the place of each finding's own among them."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        import pyarrow as pa

        self._plain = [outcome.weighed.evidence + outcome.step for outcome in outcomes]
        self._scores = [outcome.weighed.score for outcome in outcomes]
        self.evidences = [pa.array(self._plain, pa.string())]
        self.masks: list[pa.Array] = []
        self.mask_of: list[np.ndarray] = []
        self.keys: list[pa.Array] = []
        self.ends: list[np.ndarray] = []
        self._n_values, self._n_masks, self._n_evidences = 0, 0, len(outcomes)

    def add(
        self, told: Told, found: Whole, some: np.ndarray | slice, outcomes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take some findings of a field, all of one entity; gives the places of their values and evidences."""
        own = told.places(found.known.values, found.codes[some])
        self.ends.append(told.ends)
        self.masks.append(told.masks)
        self.mask_of.append(told.mask_of + np.int32(self._n_masks))
        self._n_masks += len(told.masks)
        self.keys.append(told.keys)
        places = own + self._n_values
        self._n_values += len(told.ends)
        if told.entity not in WITH_TRAITS:
            return places, outcomes
        of_value = np.full(len(told.ends), -1)
        of_value[own] = outcomes
        present = np.flatnonzero(of_value >= 0)
        traits = told.traits if len(present) == len(of_value) else told.traits.take(present)
        self.evidences.append(self._with_traits(of_value[present], traits))
        number = np.zeros(len(of_value), np.int64)
        number[present] = np.arange(self._n_evidences, self._n_evidences + len(present))
        self._n_evidences += len(present)
        return places, number[own]

    def _with_traits(self, outcomes: np.ndarray, traits: pa.Array) -> pa.Array:
        """Add what joining people needs of each value to the evidence, where there is any."""
        import pyarrow as pa
        import pyarrow.compute as pc

        plain: Any = self.evidences[0]
        tails: Any = pa.array([f":{score:.2f}" for score in self._scores], pa.string())
        if (outcomes == outcomes[0]).all():
            plain, tails = plain[outcomes[0]], tails[outcomes[0]]
        else:
            plain, tails = plain.take(outcomes), tails.take(outcomes)
        some = pc.not_equal(traits, "")
        joint = pc.if_else(some, "; traits:", "")
        return pc.binary_join_element_wise(plain, joint, traits, pc.if_else(some, tails, ""), "")

    def columns(self, values: np.ndarray, evidences: np.ndarray) -> Columns:
        """Give the columns of findings by the places of their values and evidences."""
        import pyarrow as pa

        return {
            "start": pa.array(np.zeros(len(values), np.int64)),
            "end": pa.array(np.concatenate(self.ends)[values]),
            "evidence": coded(evidences, pa.concat_arrays(self.evidences)),
            "masked": coded(np.concatenate(self.mask_of)[values], pa.concat_arrays(self.masks)),
            "value_key": coded(values, pa.concat_arrays(self.keys)),
        }


def columns_of_fields(named: list[tuple[str, Whole]], setup: Setup) -> tuple[np.ndarray, Columns]:
    """Give the place of each finding, rising, and the columns that depend on the value and its field alone."""
    import pyarrow as pa

    fields = [found for _, found in named]
    outcomes = [outcome for found in fields for outcome in found.kinds]
    pools, labels = _Pools(outcomes), setup.labels
    kinds = labels.number[[outcome.which for outcome in outcomes]]
    size, begin, first = sum(len(found.cells) for found in fields), 0, 0
    values, evidences, numbers = (np.empty(size, np.int64) for _ in range(3))
    for found in fields:
        own = found.outcomes + first
        stop = begin + len(own)
        numbers[begin:stop] = own
        present = np.unique(kinds[first : first + len(found.kinds)]).tolist()
        for kind in present:
            some = (kinds[own] == kind).nonzero()[0] if len(present) > 1 else slice(None)
            if len(own[some]):
                told = found.known.told(labels.entities[kind], setup.case)
                parts = pools.add(told, found, some, own[some])
                values[begin:stop][some], evidences[begin:stop][some] = parts
        begin, first = stop, first + len(found.kinds)
    places = np.concatenate([found.cells for found in fields])
    order = np.argsort(places, kind="stable")
    columns = pools.columns(values[order], evidences[order])
    own = np.repeat(np.arange(len(fields), dtype=np.int32), [len(found.cells) for found in fields])
    columns["field"] = coded(own[order], pa.array([name for name, _ in named], pa.string()))
    return places[order], columns | _of_outcomes(outcomes, numbers[order], setup)


def _of_outcomes(outcomes: list[Outcome], numbers: np.ndarray, setup: Setup) -> Columns:
    """Give the columns that follow from the outcome; those of texts have its number, and as many texts as outcomes."""
    import pyarrow as pa

    scores = np.array([outcome.weighed.score for outcome in outcomes], float)
    levels = np.searchsorted(_FLOORS, scores, side="right") - 1
    which = np.array([outcome.which for outcome in outcomes], np.int64)
    validated = [outcome.weighed.validated for outcome in outcomes]
    unknown = np.array([one is None for one in validated])
    texts = {name: column.dictionary_decode() for name, column in setup.labels.columns(which).items()}
    texts["likelihood"] = pa.array([_LEVELS[level] for level in levels.tolist()], pa.string())
    numbers = numbers.astype(np.int32)  # one array for all of them
    return {
        **{name: coded(numbers, column) for name, column in texts.items()},
        "score": pa.array(scores.round(4)[numbers]),
        "validated": pa.array(np.array(validated, bool)[numbers], mask=unknown[numbers]),
        "placeholder": pa.array(np.array([one.weighed.placeholder for one in outcomes])[numbers]),
    }
