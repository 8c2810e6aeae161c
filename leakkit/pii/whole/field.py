"""One field of a batch: which of its values a detector matches whole, what follows, and which need a closer look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.whole.exact import UNKNOWN, WHOLE
from leakkit.pii.whole.forms import forms_of
from leakkit.pii.whole.judge import DROPPED, N_KINDS, judge
from leakkit.pii.whole.known import SKELETON, Keeping, Kind, Known
from leakkit.pii.whole.search import Search

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

_KEY_SIGNS, _LETTERS = ":=>", "aA\x01\x04"
_MOST_HITS = 200
"""Values with a word that are left to the usual search; where more have one, the detectors are asked."""

_SAMPLE, _COMMON = 256, 0.02
"""Values asked, and the share of them from which on a literal is no sign."""

_LEAST_ASKED = 16
"""Fewest values of which a detector is asked; forms that call for another are left to the usual search."""

_LEAST_ALIKE, _MOST_ALIKE = 6, 4_096
"""Fewest values with the same spans inside them of which it is told what comes of them; kinds that are counted."""

_MOST_SETS = 3
"""Sets of detectors of a field for each of which an automaton looks for literals."""

_LONG = 2**16
"""Bytes of values from which on it pays to look for the literals of a field's own detectors alone."""

_COUNTED = 4_096
"""Numbers up to which those that appear are told by counting, not by sorting."""

_MOST_FAILED, _AGAIN = 2, 16
"""Batches in a row in which little came of a field, before it is passed over; how often it is asked even so."""


class Classes(NamedTuple):
    """The cells of a field by what detectors say of their values.

    `cells` are their places; `codes` the number of each cell's value among those `known`.
    """

    cells: np.ndarray
    codes: np.ndarray
    known: Known


class Field:
    """One field of a setup, with what is known of it.

    Parameters
    ----------
    name : str
        Its name.
    setup : Setup
        What is looked for.
    """

    def __init__(self, name: str, setup: Setup) -> None:
        self.name = name
        self._detectors, self._rules = setup.detectors, setup.rules
        self._forms = forms_of(setup)
        self._telling = setup.telling(name)
        self._lettered = setup.lettered
        self._relevant: dict[str, tuple[list[int], list[int]]] = {}
        self._asked = self._failed = 0
        self._common: set[int] = set()
        """Detectors whose literals stand in many values of the field."""
        self.kept = Keeping()
        self._literals_alone = False
        self._sets: set[tuple[int, ...]] = set()
        self._own: set[int] = set()
        """Detectors whose literals are asked for alone: first such sets of them, then all that were in another."""
        self._alike: dict[Kind, int] = {}
        """Values with spans inside them that were seen, by kind."""

    def pays(self) -> bool:
        """Tell whether most values were told before; a field in which they were not is asked again at times."""
        self._asked += 1
        return self._failed < _MOST_FAILED or self._asked % _AGAIN == 0

    def note(self, odd: int, count: int) -> None:
        """Note how many values had to be searched in the usual way."""
        self._failed = self._failed + 1 if odd * 2 > count else 0

    def find(self, texts: pa.Array, some: np.ndarray, forms: np.ndarray, names: list[str]) -> Classes | None:
        """Put the values of some cells into classes; None where no detector can match any of them.

        Parameters
        ----------
        texts : pyarrow.Array
            All cells.
        some : numpy.ndarray
            Places of the field's cells, rising.
        forms, names
            Form of each cell, by number, and the forms.
        """
        import pyarrow as pa

        told: dict[int, list[int]] = {}
        untold: dict[int, list[int]] = {}
        open_ = np.zeros(len(names), bool)
        own = forms[some]
        counts = np.bincount(own, minlength=len(names))
        for number in np.flatnonzero(counts).tolist():
            for_sure, with_context = self._detectors_for(names[number])
            open_[number] = for_sure or with_context
            for index in for_sure:
                told.setdefault(index, []).append(number)
            for index in with_context:
                untold.setdefault(index, []).append(number)
        is_open = open_[own]
        cells = some if is_open.all() else some[is_open]
        if not len(cells):
            return None
        known = self.kept.known()
        before = len(known.values)
        codes = known.number(texts.take(pa.array(cells)), self.kept.once)
        new = (codes >= before).nonzero()[0]
        if len(new):
            form_of = np.zeros(len(known.values) - before, np.int64)
            form_of[codes[new] - before] = forms[cells[new]]
            search = Search(known.values.slice(before), form_of, names, told, untold)
            search.odd |= _rare(told, counts)[form_of]
            known.add(*self._classes(search), search.odd)
        self.kept.note(known, len(cells), before, len(cells) - len(new))
        return Classes(cells, codes, known)

    def _detectors_for(self, form: str) -> tuple[list[int], list[int]]:
        """Give the detectors that can say something of a form, and those that can with a context word beside."""
        if (found := self._relevant.get(form)) is None:
            held = self._forms.of(form)
            needy, keyed, telling = self._forms.needy[held], self._forms.keyed[held], self._telling[held]
            signed = any(sign in form for sign in _KEY_SIGNS)
            told = telling | ~(needy | keyed) | (keyed & signed)
            lettered = not self._lettered or any(sign in form for sign in _LETTERS)
            found = held[told].tolist(), held[needy & ~telling & lettered].tolist()
            self._relevant[form] = found
        return found

    def _classes(self, search: Search) -> tuple[np.ndarray, list[Kind]]:
        """Give each value a number, and for each number what the detectors that match it whole say."""
        self._context(search)
        classes, kinds = np.zeros(len(search.values), np.int64), list[Kind]([()])
        for index in self._worth(search):
            whole, parts = self._whole(index, search), search.parts.get(index)
            said = np.zeros(len(classes), np.int64)
            if len(whole):
                said[whole] = judge(self._rules[index], search.values_at(whole))
            if parts is not None:
                said[parts.places] = N_KINDS + parts.codes
            if parts is not None or len(whole):
                classes, kinds = _combined(classes, kinds, index, said, parts.meanings if parts else [])
        return self._with_parts(classes, kinds, search) if search.parts else (classes, kinds)

    def _with_parts(
        self, classes: np.ndarray, kinds: list[Kind], search: Search
    ) -> tuple[np.ndarray, list[Kind]]:
        """Tell values with spans inside them apart by skeleton; those that few are like are odd."""
        said = np.zeros(len(classes), np.int64)
        codes, skeletons = search.skeletons
        for parts in search.parts.values():
            said[parts.places] = N_KINDS + codes[parts.places]
        classes, kinds = _combined(classes, kinds, SKELETON, said, skeletons)
        counts = np.bincount(classes[~search.odd], minlength=len(kinds))
        if len(self._alike) > _MOST_ALIKE:
            self._alike.clear()
        for number, kind in enumerate(kinds):
            if kind and kind[-1][0] == SKELETON:
                self._alike[kind] = seen = self._alike.get(kind, 0) + int(counts[number])
                if seen < _LEAST_ALIKE:
                    search.odd[classes == number] = True
        return classes, kinds

    def _whole(self, index: int, search: Search) -> np.ndarray:
        """Give the values that a detector matches whole: those whose form says so, and those that are asked."""
        told = [(number, self._forms.exact.of(index, search.names[number])) for number in search.told[index]]
        sure = search.places_of([number for number, kind in told if kind == WHOLE])
        asked = search.places_of([number for number, kind in told if kind == UNKNOWN])
        found = search.look(index, self._forms, asked, self._rules[index])
        return (
            np.sort(np.concatenate([sure, found]))
            if len(sure) and len(found)
            else sure
            if len(sure)
            else found
        )

    def _context(self, search: Search) -> None:
        """Mark the values in which a context word may stand for a detector that needs one."""
        if not search.untold:
            return
        hit = search.having(self._forms.context)
        hit = hit[search.open_to_context[search.forms[hit]]]
        if len(hit) <= _MOST_HITS:
            search.odd[hit] = True
            return
        inside = np.zeros(len(search.values), bool)
        inside[hit] = True
        for index in sorted(search.untold):
            places = search.places_of(search.untold[index], inside)
            search.odd[search.look(index, self._forms, places)] = True

    def _worth(self, search: Search) -> list[int]:
        """Give the detectors to look for: those whose literals stand in some values, or that have none."""
        every = sorted(search.told)
        lettered = [i for i in every if i not in self._common and self._forms.words[i]]
        if not lettered:
            return every
        hit = self._with_literals(tuple(lettered), search)
        if len(hit) < _MOST_HITS:
            search.odd[hit] = True
            return [i for i in every if i not in lettered]
        data = search.sample(_SAMPLE)
        for index in lettered:
            if len(self._forms.literals((index,)).among(*data)) > _COMMON * _SAMPLE:
                self._common.add(index)
        return every

    def _with_literals(self, lettered: tuple[int, ...], search: Search) -> np.ndarray:
        """Give the values with a literal of some detectors: in short ones those of all, which fields share.

        Each literal has a letter, so values without are not looked at.
        """
        if not len(search.lettered):
            return search.lettered
        if not self._literals_alone and search.are_short(_LONG):
            shared = self._forms.literals(lettered, frozenset(self._common))
            hit = search.lettered_having(shared, _MOST_HITS)
            if len(hit) < _MOST_HITS:
                return hit
            self._literals_alone = True
        if len(self._sets) < _MOST_SETS:
            self._sets.add(lettered)
        if lettered not in self._sets:  # the same automaton for most batches
            self._own.update(lettered)
            lettered = tuple(sorted(self._own))
        return search.lettered_having(self._forms.literals(lettered), _MOST_HITS)


def _rare(told: dict[int, list[int]], counts: np.ndarray) -> np.ndarray:
    """Tell which forms call for a detector that hardly any value of the field calls for."""
    rare = np.zeros(len(counts), bool)
    for forms in told.values():
        if counts[forms].sum() < _LEAST_ASKED:
            rare[forms] = True
    return rare


def _combined(
    classes: np.ndarray, kinds: list[Kind], index: int, said: np.ndarray, parts: Sequence[bytes | str]
) -> tuple[np.ndarray, list[Kind]]:
    """Split classes of values by what one more detector says of them: as `judge`, or beyond that of the parts."""
    width = N_KINDS + len(parts)
    what = classes * width + said
    if len(kinds) * width > max(len(what), _COUNTED):
        both, number = np.unique(what, return_inverse=True)
    else:
        both = np.flatnonzero(np.bincount(what, minlength=len(kinds) * width))
        table = np.zeros(len(kinds) * width, np.int64)
        table[both] = np.arange(len(both))
        number = table[what]
    made = []
    for one in both.tolist():
        kind, more = kinds[one // width], one % width
        says = more if more < N_KINDS else parts[more - N_KINDS]
        made.append((*kind, (index, says)) if more != DROPPED else kind)
    return number, made
