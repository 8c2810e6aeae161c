"""What comes of a class of values: the usual search is asked of a few of them, and must say the same of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from leakkit.pii.setup import Setup
    from leakkit.pii.weighing.weigh import Weighed
    from leakkit.pii.whole.field import Classes
    from leakkit.pii.whole.known import Kind, Known

_ASKED = 3
_MOST_HELD = 20_000


class Outcome(NamedTuple):
    """One finding over a whole value: number of its detector, what came of it, and the step of those it beat."""

    which: int
    weighed: Weighed
    step: str


class Whole(NamedTuple):
    """Findings of a field: the cell, the value's number and the outcome's number of each."""

    cells: np.ndarray
    codes: np.ndarray
    outcomes: np.ndarray
    known: Known
    kinds: list[Outcome]


class Outcomes:
    """The outcomes of the classes of values of each field; None where values of one class differ."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Kind], tuple[Outcome, ...] | None] = {}

    def learn(self, fields: list[tuple[str, Classes]], setup: Setup) -> None:
        """Ask the usual search about some values of each class that is new."""
        if len(self._held) > _MOST_HELD:
            self._held.clear()
        new: list[tuple[tuple[str, Kind], list[str]]] = []
        for name, found in fields:
            for number, kind in enumerate(found.known.kinds):
                if (name, kind) not in self._held and (some := _examples(found, number)):
                    new.append(((name, kind), some))
        if not new:
            return
        asked = _asked([(what[0], text) for what, texts in new for text in texts], setup)
        place = 0
        for what, texts in new:
            answers = asked[place : place + len(texts)]
            place += len(texts)
            same = all(answer == answers[0] for answer in answers)
            self._held[what] = answers[0] if same else None

    def findings(self, name: str, found: Classes) -> tuple[Whole | None, np.ndarray]:
        """Give the findings of the cells of a field, and the cells that need the usual search."""
        known = found.known
        odd = known.odd.copy()
        outcomes: list[Outcome] = []
        numbers: list[list[int]] = []
        for number, kind in enumerate(known.kinds):
            made = self._held.get((name, kind))
            if made is None:
                odd[known.classes == number] = True
                made = ()
            numbers.append(list(range(len(outcomes), len(outcomes) + len(made))))
            outcomes += made
        left = found.cells[odd[found.codes]] if odd.any() else found.cells[:0]
        most = max(map(len, numbers))
        if not most:
            return None, left
        table = np.array([row + [-1] * (most - len(row)) for row in numbers], np.int64)[known.classes]
        table[odd] = -1
        cell, chosen = _placed(table, found.codes)
        if not len(cell):
            return None, left
        return Whole(found.cells[cell], found.codes[cell], chosen, known, outcomes), left


def _placed(table: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the place of each outcome among cells, rising, and its number, from those of each value."""
    if table.shape[1] == 1:
        only = table[:, 0][codes]
        cell = (only >= 0).nonzero()[0]
        return cell, only if len(cell) == len(only) else only[cell]
    per_cell = table[codes]
    cell, slot = np.nonzero(per_cell >= 0)
    return cell, per_cell[cell, slot]


def _examples(found: Classes, number: int) -> list[str]:
    """Give a few values of a class, evenly spread."""
    known = found.known
    places = np.flatnonzero((known.classes == number) & ~known.odd)
    if len(places) > _ASKED:
        places = places[np.linspace(0, len(places) - 1, _ASKED).astype(np.int64)]
    return [known.values[place].as_py() for place in places.tolist()]


def _asked(what: list[tuple[str, str]], setup: Setup) -> list[tuple[Outcome, ...] | None]:
    """Search values of fields in the usual way; None where a finding is not over the whole value."""
    import pyarrow as pa

    from leakkit.pii.matching.buffers import join_arrow
    from leakkit.pii.spans import find_columns

    texts = [text for _, text in what]
    found: Any = find_columns(
        join_arrow(pa.array(texts, pa.large_string())), pa.array([name for name, _ in what]), setup
    )
    made: list[list[Outcome] | None] = [[] for _ in what]
    columns = zip(
        found.rows.tolist(), found.starts.tolist(), found.ends.tolist(), found.which.tolist(), strict=True
    )
    for place, (row, start, end, which) in enumerate(columns):
        held = made[row]
        if start or end != len(texts[row]):
            made[row] = None
        elif held is not None:
            held.append(Outcome(which, found.weighed[place], found.also.get(place, "")))
    return [None if held is None else tuple(held) for held in made]
