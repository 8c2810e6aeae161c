"""One field of a batch: which of its values a detector matches whole, what follows, and which need a closer look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.pii.columns.whole_exact import UNKNOWN, WHOLE
from leakkit.pii.columns.whole_forms import Forms, forms_of
from leakkit.pii.columns.whole_judge import DROPPED, N_KINDS, judge
from leakkit.pii.columns.whole_words import Wanted, joined, literals_in

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup
    from leakkit.pii.weighing.weigh import Rule

_KEY_SIGNS, _LETTERS = ":=>", "aA\x01\x04"
_MOST_HITS = 200
_SAMPLE = 256
_COMMON = 0.02
_MOST_MARKS = 4
_MARK = "\x1e"
"""Stands for a match; no value looked at has it."""

Kind = tuple[tuple[int, int], ...]
"""What detectors say of values: number of the detector, and what `judge` gives."""


class Classes(NamedTuple):
    """The cells of a field by what detectors say of their values.

    `cells` are their places; `codes` the number of each cell's value in `values`; `classes` the class of each
    value, by its number in `kinds`; `odd` the values that need the usual search.
    """

    cells: np.ndarray
    codes: np.ndarray
    values: pa.Array
    classes: np.ndarray
    kinds: list[Kind]
    odd: np.ndarray


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
        self._relevant: dict[str, tuple[list[int], list[int]]] = {}
        self._common: set[int] = set()
        """Detectors whose literals stand in many values of the field."""
        self._wanted: dict[tuple[int, ...], Wanted] = {}

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
        for number in np.flatnonzero(np.bincount(forms[some], minlength=len(names))).tolist():
            for held, detectors in zip((told, untold), self._detectors_for(names[number]), strict=True):
                for index in detectors:
                    held.setdefault(index, []).append(number)
                    open_[number] = True
        cells = some[open_[forms[some]]]
        if not len(cells):
            return None
        encoded = texts.take(pa.array(cells)).dictionary_encode()
        codes, values = encoded.indices.to_numpy(), encoded.dictionary
        form_of = np.zeros(len(values), np.int64)
        form_of[codes] = forms[cells]
        search = _Search(values, form_of, names, told, untold)
        classes, kinds = self._classes(search)
        return Classes(cells, codes, values, classes, kinds, search.odd)

    def _detectors_for(self, form: str) -> tuple[list[int], list[int]]:
        """Give the detectors that can say something of a form, and those that can with a context word beside."""
        if (found := self._relevant.get(form)) is None:
            held = self._forms.of(form)
            needy, keyed, telling = self._forms.needy[held], self._forms.keyed[held], self._telling[held]
            signed = any(sign in form for sign in _KEY_SIGNS)
            told = telling | ~(needy | keyed) | (keyed & signed)
            lettered = any(sign in form for sign in _LETTERS)  # no context word is without
            found = held[told].tolist(), held[needy & ~telling & lettered].tolist()
            self._relevant[form] = found
        return found

    def _classes(self, search: _Search) -> tuple[np.ndarray, list[Kind]]:
        """Give each value a number, and for each number what the detectors that match it whole say."""
        self._context(search)
        classes, kinds = np.zeros(len(search.values), np.int64), list[Kind]([()])
        for index in self._worth(search):
            whole = self._whole(index, search)
            if len(whole):
                said = np.zeros(len(classes), np.int64)
                said[whole] = judge(self._rules[index], search.take(whole))
                classes, kinds = _combined(classes, kinds, index, said)
        return classes, kinds

    def _whole(self, index: int, search: _Search) -> np.ndarray:
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

    def _context(self, search: _Search) -> None:
        """Mark the values in which a context word may stand for a detector that needs one."""
        if not search.untold:
            return
        hit = self._forms.context.among(*search.joined)
        hit = hit[search.open_to_context[search.forms[hit]]]
        if len(hit) <= _MOST_HITS:
            search.odd[hit] = True
            return
        inside = np.zeros(len(search.values), bool)
        inside[hit] = True
        for index in sorted(search.untold):
            places = search.places_of(search.untold[index], inside)
            search.odd[search.look(index, self._forms, places)] = True

    def _worth(self, search: _Search) -> list[int]:
        """Give the detectors to look for: those whose literals stand in some values, or that have none."""
        every = sorted(search.told)
        lettered = {
            i: found for i in every if i not in self._common and (found := literals_in(self._detectors[i]))
        }
        if not lettered:
            return every
        key = tuple(lettered)
        if (wanted := self._wanted.get(key)) is None:
            if len(self._wanted) > 64:
                self._wanted.clear()
            wanted = self._wanted[key] = Wanted(tuple(p for found in lettered.values() for p in found))
        hit = wanted.among(*search.joined, most=_MOST_HITS)
        if len(hit) < _MOST_HITS:
            search.odd[hit] = True
            return [i for i in every if i not in lettered]
        data = search.sample(_SAMPLE)
        for index, found in lettered.items():
            if len(Wanted(found).among(*data)) > _COMMON * _SAMPLE:
                self._common.add(index)
        return every


class _Search:
    """The different values of a field, and what was found out about them."""

    def __init__(
        self,
        values: pa.Array,
        forms: np.ndarray,
        names: list[str],
        told: dict[int, list[int]],
        untold: dict[int, list[int]],
    ) -> None:
        self.values, self.forms, self.names = values, forms, names
        self.told, self.untold = told, untold
        self.odd = np.zeros(len(values), bool)
        self._joined: tuple[bytes, np.ndarray] | None = None
        self._marks: dict[str, tuple[np.ndarray, pa.Array]] = {}

    @property
    def open_to_context(self) -> np.ndarray:
        """The forms that detectors which need a context word can match."""
        found = np.zeros(len(self.names), bool)
        found[[number for held in self.untold.values() for number in held]] = True
        return found

    @property
    def joined(self) -> tuple[bytes, np.ndarray]:
        """The values as lines."""
        if self._joined is None:
            self._joined = joined(self.values)
        return self._joined

    def sample(self, count: int) -> tuple[bytes, np.ndarray]:
        """Give some of the values, evenly spread, as lines."""
        import pyarrow as pa

        places = np.unique(np.linspace(0, len(self.values) - 1, count).astype(np.int64))
        return joined(self.values.take(pa.array(places)))

    def take(self, places: np.ndarray) -> pa.Array:
        """Give some of the values."""
        import pyarrow as pa

        return self.values if len(places) == len(self.values) else self.values.take(pa.array(places))

    def places_of(self, forms: list[int], inside: np.ndarray | None = None) -> np.ndarray:
        """Give the values of some forms which are not odd already."""
        if not forms:
            return np.zeros(0, np.int64)
        fit = np.zeros(len(self.names), bool)
        fit[forms] = True
        kept = fit[self.forms] & ~self.odd
        return np.flatnonzero(kept if inside is None else kept & inside)

    def _marked(self, values: pa.Array, pattern: str, places: np.ndarray) -> pa.Array:
        """Put a mark in the place of every match; several detectors of a field have the same pattern."""
        import pyarrow.compute as pc

        known = self._marks.get(pattern)
        if known is not None and np.array_equal(known[0], places):
            return known[1]
        if len(self._marks) >= _MOST_MARKS:
            self._marks.clear()
        made = pc.replace_substring_regex(values, f"(?:{pattern})", _MARK)
        self._marks[pattern] = places, made
        return made

    def look(self, index: int, forms: Forms, places: np.ndarray, rule: Rule | None = None) -> np.ndarray:
        """Give the values that a detector matches whole; mark those in which it finds another span.

        With `rule`, spans that it drops by themselves do not count.
        """
        import pyarrow.compute as pc

        if not len(places):
            return places
        shape, pattern = forms.shapes[index], forms.detectors[index].pattern
        values = self.take(places)
        if shape is None or shape.grouped:
            self.odd[places[_matched(values, pattern)]] = True
            return places[:0]
        marked = self._marked(values, pattern, places)
        whole = pc.equal(marked, _MARK).to_numpy(zero_copy_only=False)
        if whole.all():
            return places
        left, right = forms.borders(index)
        odd = np.flatnonzero(~whole & _matched(marked, f"{left}{_MARK}{right}"))
        if rule is not None and len(odd):
            odd = odd[~_dropped(rule, values, marked, odd, f"{left}(?P<value>{pattern}){right}")]
        self.odd[places[odd]] = True
        return places[whole]


def _dropped(rule: Rule, values: pa.Array, marked: pa.Array, places: np.ndarray, pattern: str) -> np.ndarray:
    """Tell which of some values hold but one span of a detector, which says nothing by itself."""
    import pyarrow as pa
    import pyarrow.compute as pc

    dropped = np.zeros(len(places), bool)
    if not (rule.detector.exclude or rule.detector.validator or rule.detector.function):
        return dropped
    taken = pa.array(places)
    single = pc.equal(pc.count_substring(marked.take(taken), _MARK), 1).to_numpy(zero_copy_only=False)
    try:
        found = pc.extract_regex(values.take(taken), pattern).field("value").dictionary_encode()
    except pa.ArrowInvalid:
        return dropped
    said = judge(rule, found.dictionary) == DROPPED
    return single & said[found.indices.to_numpy(zero_copy_only=False)]


def _matched(values: pa.Array, pattern: str) -> np.ndarray:
    """Tell which values a pattern matches somewhere."""
    import pyarrow.compute as pc

    found: np.ndarray = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    return found


def _arrow(places: np.ndarray) -> pa.Array:
    """Give places to Arrow."""
    import pyarrow as pa

    return pa.array(places)


def _combined(
    classes: np.ndarray, kinds: list[Kind], index: int, said: np.ndarray
) -> tuple[np.ndarray, list[Kind]]:
    """Split classes of values by what one more detector says of them."""
    both = classes * N_KINDS + said
    present = np.flatnonzero(np.bincount(both, minlength=len(kinds) * N_KINDS))
    number = np.zeros(len(kinds) * N_KINDS, np.int64)
    number[present] = np.arange(len(present))
    made = []
    for one in present.tolist():
        kind, more = kinds[one // N_KINDS], one % N_KINDS
        made.append((*kind, (index, more)) if more != DROPPED else kind)
    return number[both], made
