"""Findings by chance: of many values that look alike in a field, only a part passes as what a detector looks for.

One in ten card numbers passes its check, and one in twelve codes of two letters, four digits and a letter could be a
number plate of somewhere. Where a field holds such things, all of them pass.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.keys import entity_of_key

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST_ALIKE = 50
"""Values that look alike from which on those that do not pass say something."""
LEAST_SHARE, LEAST_LIKELY = 0.5, 0.1
"""Share of them that passes where a field is what the detector looks for; and where each is likely by itself."""
_LONGEST = 64
_LOOKS = bytes(
    48 if 48 <= c <= 57 else 65 if 65 <= c <= 90 else 97 if 97 <= c <= 122 else c for c in range(256)
)
"""Digits, capitals and small letters are each alike."""
_RUNS = re.compile(rb"([0Aa])\1+")


def without_chance(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out findings that are a whole value and among values alike that mostly do not pass.

    Of those that are likely, nearly none of the values alike may.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    if batch.num_rows < FEWEST_ALIKE or not len(asked := _asked(found)):
        return found
    some = found.take(pa.array(asked))
    columns = [some.column(name).to_pylist() for name in ("path", "field", "detector")]
    columns.append((some.column("score").to_numpy() >= LIKELIHOOD_FLOORS["likely"]).tolist())
    groups: dict[tuple[str | None, str, str, bool], list[int]] = {}
    for place, key in enumerate(zip(*columns, strict=True)):
        groups.setdefault(key, []).append(place)
    rows, ends = some.column("row").to_numpy(), some.column("end").to_numpy()
    gone = np.zeros(found.num_rows, bool)
    fields: dict[tuple[str | None, str], _Field] = {}
    for (path, name, _, likely), members in groups.items():
        if (path, name) not in fields:
            fields[path, name] = _Field(batch, path, name)
        share = LEAST_LIKELY if likely else LEAST_SHARE
        chance = fields[path, name].by_chance(rows[members], ends[members], share)
        gone[asked[np.array(members)[chance]]] = True
    return found.filter(pa.array(~gone)) if gone.any() else found


def _asked(found: pa.Table) -> np.ndarray:
    """Give the findings less than very likely at the beginning of a field whose name does not say what it holds."""
    import pyarrow.compute as pc

    least = LIKELIHOOD_FLOORS["very_likely"]
    begins = pc.and_(pc.equal(found.column("start"), 0), pc.less(found.column("score"), least))
    places = np.flatnonzero(begins.to_numpy(zero_copy_only=False))
    names = found.column("field").take(places).to_pylist()
    asked = {name: bool(name) and entity_of_key(name).entity is None for name in set(names)}
    return places[np.array([asked[name] for name in names], bool)]


class _Field:
    """The values of one field of a member, by what they look like."""

    def __init__(self, batch: pa.RecordBatch, path: str | None, name: str) -> None:
        import pyarrow.compute as pc

        own = np.asarray(pc.fill_null(pc.equal(batch.column("field"), name), False))
        if path is not None:
            own &= np.asarray(pc.fill_null(pc.equal(batch.column("path"), path), False))
        places = np.flatnonzero(own)
        rows = batch.column("row").to_numpy()[places]
        texts = batch.column("text").take(places).to_pylist()
        self._texts = dict(zip(rows.tolist(), texts, strict=True))
        self._looks = Counter(_look(text) for text in texts if text and len(text) <= _LONGEST)

    def by_chance(self, rows: np.ndarray, ends: np.ndarray, share: float) -> np.ndarray:
        """Tell which findings, that begin at the first character, are whole values that passed by chance."""
        values = [self._texts.get(row) or "" for row in rows.tolist()]
        whole = np.array([len(value) == end for value, end in zip(values, ends.tolist(), strict=True)], bool)
        passed = Counter(_look(value) for value, is_one in zip(values, whole, strict=True) if is_one)
        alike = sum(self._looks[look] for look in passed)
        if alike < FEWEST_ALIKE or passed.total() >= share * alike:
            return np.zeros(len(rows), bool)
        return whole


def _look(value: str) -> bytes:
    """Give what a value looks like: its kinds of signs, however many of each stand together."""
    return _RUNS.sub(rb"\1", value.encode("utf-8", "replace").translate(_LOOKS))
