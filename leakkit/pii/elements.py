"""Of which element of an object a value is, where the elements stand under keys that are values (``{"u81": {...}}``).

The reader calls such keys ``*``: what was found under them would lie in one heap. The findings get the handle of
their key (`leakkit.pii.masking.Case.handle`), so that those of one element find each other, and the key in other files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.fields import coded_texts, fields_of
from leakkit.pii.masking.writings import handle

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

STEP = "element"
"""How the step of a finding's evidence is called that says it."""

KEYS = "*"
_CODE = re.compile(
    r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])(?=(?:[^0-9]*[0-9]){3})[A-Za-z0-9_\-]{4,64}|[0-9]{7,20}"
)
_MOST_CELLS = 1_000_000
_FARTHEST = 1_000
"""Texts without a finding, one after the other, behind which the next one is looked for."""


def with_elements(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Add the handle of their key to the evidence of findings that stand under keys which are values.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, in the order of its texts.
    setup : Setup
        Gives the case.
    """
    import pyarrow as pa

    codes, names = coded_texts(found.column("field"))
    bases = [_base(name) for name in names]
    if not any(bases) or batch.num_rows > _MOST_CELLS:
        return found
    told = {number: base for number, base in enumerate(bases) if base}
    places = np.flatnonzero(np.isin(codes, list(told)))
    if not len(places):
        return found
    cells = _Cells(batch, {names[number] for number in told}, setup) if _any_keys(told) else None
    asked = found.take(pa.array(places)).select(["path", "row", "start", "end", "entity", "value_key"])
    keys: dict[int, str] = {}
    for place, *one in zip(places.tolist(), *(column.to_pylist() for column in asked.columns), strict=True):
        number = int(codes[place])
        key = cells.key_of(names[number], *one) if told[number][1] == KEYS and cells else told[number][1]
        if key and key != KEYS:
            keys[place] = key
    different = list(dict.fromkeys(keys.values()))
    handles = dict(zip(different, setup.case.handles(map(handle, different)), strict=True))
    return _with_steps(found, {place: handles[key] for place, key in keys.items()})


def _any_keys(told: dict[int, tuple[str, str]]) -> bool:
    """Tell whether some key is called by no name."""
    return any(key == KEYS for _, key in told.values())


def _base(name: str) -> tuple[str, str] | None:
    """Give a field's name up to its last key that is a value, and that key; nothing where all are names."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        part = parts[count - 1]
        if part == KEYS or (count < len(parts) and _CODE.fullmatch(part)):
            return ".".join(parts[:count]), part
    return None


class _Cells:
    """The texts of some fields of a batch, and the key under which each stands."""

    def __init__(self, batch: pa.RecordBatch, names: set[str], setup: Setup) -> None:
        import pyarrow as pa

        self._case = setup.case
        self._keys: dict[tuple[Any, int, str, str], list[str]] = {}
        self._texts: dict[tuple[Any, int, str], list[tuple[str, str]]] = {}
        self._next: dict[tuple[Any, int, str], int] = {}
        last: dict[tuple[Any, int, str], str] = {}
        wanted = names | {base[0] for name in names if (base := _base(name)) is not None}
        codes, fields = fields_of(batch)
        few = np.flatnonzero(np.isin(codes, [n for n, name in enumerate(fields) if name in wanted]))
        some = batch.take(pa.array(few))
        columns = (some.column(name).to_pylist() for name in ("path", "row", "field", "text"))
        for path, row, field, text in zip(*columns, strict=True):
            base = _base(field or "")
            if base is None or base[1] != KEYS:
                continue
            if field == base[0]:
                last[path, row, field] = text or ""
            key = last.get((path, row, base[0]), "")
            self._texts.setdefault((path, row, field), []).append((text or "", key))

    def key_of(self, name: str, path: Any, row: int, start: int, end: int, entity: str, wanted: str) -> str:
        """Give the key above a finding: its text is the next of its field that has its value where it stands."""
        where = (path, row, name)
        texts = self._texts.get(where, [])
        begin = self._next.get(where, 0)
        for number in range(begin, min(begin + _FARTHEST, len(texts))):
            text, key = texts[number]
            if len(text) < end:
                continue
            alone = start == 0 and end == len(text)
            own = (
                self._whole_keys(where, entity)[number] if alone else self._case.key(entity, text[start:end])
            )
            if own == wanted:
                self._next[where] = number
                return key
        return ""

    def _whole_keys(self, where: tuple[Any, int, str], entity: str) -> list[str]:
        """Give the keys of the texts of a field as values of an entity."""
        if (found := self._keys.get((*where, entity))) is None:
            texts = [text for text, _ in self._texts.get(where, [])]
            found = self._keys[(*where, entity)] = self._case.keys([entity] * len(texts), texts)
        return found


def _with_steps(found: pa.Table, steps: dict[int, str]) -> pa.Table:
    """Add the step to the evidence of some findings."""
    import pyarrow as pa

    if not steps:
        return found
    place = found.column_names.index("evidence")
    kind = found.schema.field("evidence").type
    texts = found.column("evidence").to_pylist()
    scores = found.column("score").to_pylist()
    for number, key in steps.items():
        texts[number] = f"{texts[number]}; {STEP}:{key}:{scores[number]:.2f}"
    column = pa.array(texts, pa.string())
    column = column.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else column.cast(kind)
    return found.set_column(place, found.schema.field("evidence"), column)
