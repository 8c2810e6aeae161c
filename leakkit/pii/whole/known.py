"""Values of a field that come again in the next batch: what detectors say of them, their masks, keys and traits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.masking.case import Case

WITH_TRAITS = ("PERSON", "EMAIL", "USERNAME", "EMPLOYEE_ID", "MEDICAL_ID", "ACCOUNT_ID")

MOST_KNOWN = 32_768
"""Values kept of a field."""

_MOST_DIFFERENT, _LEAST_KNOWN = 0.9, 16
"""Share of different values up to which it is tried to keep them; so many kept ones are worth a cell known by them."""

_MOST_ONCE = 0.98
"""Share of different values from which on nobody looks for equal ones in the next batches."""

_WAIT = 16
"""Batches after which it is tried again with a field whose values did not come again."""

Kind = tuple[tuple[int, int | bytes | str], ...]
"""What detectors say of values: number of the detector, and what `judge` gives, or which spans inside it finds.

With spans inside, the skeleton stands for the detector `SKELETON`.
"""

SKELETON = -1


class Told:
    """Masks, keys, lengths and traits of values of one entity; each is made when it is first asked for.

    Parameters
    ----------
    entity : str
        What the values are.
    case : Case
        Gives their keys.
    """

    def __init__(self, entity: str, case: Case) -> None:
        import pyarrow as pa

        self.entity, self._case = entity, case
        self._place = np.zeros(0, np.int64)
        self.ends = np.zeros(0, np.int64)
        self.mask_of = np.zeros(0, np.int32)
        """The place of each value's mask among the different ones."""
        self.masks = self.keys = self.traits = pa.array([], pa.string())

    def places(self, values: pa.Array, codes: np.ndarray) -> np.ndarray:
        """Give the places of some of the values, by their numbers, in the arrays of this object."""
        self._place = np.append(self._place, np.full(len(values) - len(self._place), -1))
        asked = np.zeros(len(values), bool)
        asked[codes] = True
        new = np.flatnonzero(asked & (self._place < 0))
        if len(new):
            self._place[new] = np.arange(len(self.ends), len(self.ends) + len(new))
            self._add(values if len(new) == len(values) else values.take(new))
        return self._place[codes]

    def _add(self, values: pa.Array) -> None:
        """Make what is asked for of some more values."""
        import pyarrow as pa
        import pyarrow.compute as pc

        from leakkit.pii.masking.values import mask_array

        more = pc.utf8_length(values).to_numpy(zero_copy_only=False).astype(np.int64)
        values = values.cast(pa.string())
        masks = _longer(self.masks, mask_array(self.entity, values)).dictionary_encode()
        self.mask_of = np.append(self.mask_of, masks.indices.to_numpy()[len(self.masks) :])
        self.masks = masks.dictionary
        self.keys = _longer(self.keys, self._case.key_array(self.entity, values))
        if self.entity in WITH_TRAITS:
            self.traits = _longer(self.traits, self._case.trait_array(self.entity, values))
        self.ends = np.concatenate([self.ends, more]) if len(self.ends) else more


def _longer(held: pa.Array, more: pa.Array) -> pa.Array:
    """Add values to an array."""
    import pyarrow as pa

    return pa.concat_arrays([held, more]) if len(held) else more


class Known:
    """The different values of a field, by number, and the class of each."""

    def __init__(self) -> None:
        import pyarrow as pa

        self.values = pa.array([], pa.large_string())
        self.classes, self.odd = np.zeros(0, np.int64), np.zeros(0, bool)
        self.kinds: list[Kind] = []
        self._numbers: dict[Kind, int] = {}
        self._told: dict[str, Told] = {}

    @property
    def nbytes(self) -> int:
        """About how many bytes of memory are kept."""
        told = sum(t.masks.nbytes + t.keys.nbytes + t.traits.nbytes for t in self._told.values())
        return int(self.values.nbytes) + told + 32 * len(self.values)

    def number(self, texts: pa.Array, once: bool = False) -> np.ndarray:
        """Give the number of each text; texts that were not known get the next numbers.

        With `once`, where nothing is known yet: each gets a number of its own, and nobody asks which are equal.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        count = len(self.values)
        if once and not count:
            self.values = texts
            return np.arange(len(texts))
        if not count:
            encoded = texts.dictionary_encode()
            self.values = encoded.dictionary
            return np.asarray(encoded.indices)
        found = pc.index_in(texts, self.values)  # faster than to number what is known anew
        if not found.null_count:
            return np.asarray(found)
        new = texts.filter(found.is_null()).dictionary_encode()
        self.values = pa.concat_arrays([self.values, new.dictionary])
        codes = np.array(found.fill_null(-1))
        codes[codes < 0] = count + new.indices.to_numpy()
        return codes

    def add(self, classes: np.ndarray, kinds: list[Kind], odd: np.ndarray) -> None:
        """Learn the classes of the values that are new, by their numbers in `kinds`; and which are odd."""
        for kind in kinds:
            if kind not in self._numbers:
                self._numbers[kind] = len(self.kinds)
                self.kinds.append(kind)
        numbers = np.array([self._numbers[kind] for kind in kinds], np.int64)
        self.classes = np.concatenate([self.classes, numbers[classes]])
        self.odd = np.concatenate([self.odd, odd])

    def told(self, entity: str, case: Case) -> Told:
        """Give what is shown of the values that are of an entity."""
        if entity not in self._told:
            self._told[entity] = Told(entity, case)
        return self._told[entity]


class Keeping:
    """Keeps the known values of a field from batch to batch while they come again."""

    def __init__(self) -> None:
        self._known: Known | None = None
        self._wait = self._once = 0

    def known(self) -> Known:
        """Give what is known before a batch."""
        return self._known or Known()

    @property
    def once(self) -> bool:
        """Whether nearly every cell had a value of its own, lately."""
        return self._once > 0

    def note(self, known: Known, count: int, before: int, seen: int) -> None:
        """Keep or forget: of `count` cells `seen` were among the `before` values known."""
        self._wait -= 1
        if self.once:
            self._once -= 1
        elif not before and len(known.values) >= _MOST_ONCE * count:
            self._once = _WAIT
        most = _MOST_DIFFERENT * (count - seen)
        pays = seen * _LEAST_KNOWN >= before if before else len(known.values) <= most and self._wait <= 0
        if before and not pays:
            self._wait = _WAIT
        self._known = known if pays and len(known.values) <= MOST_KNOWN else None

    @property
    def nbytes(self) -> int:
        """About how many bytes of memory are kept."""
        return 0 if self._known is None else self._known.nbytes

    def forget(self) -> None:
        """Keep nothing."""
        self._known = None
