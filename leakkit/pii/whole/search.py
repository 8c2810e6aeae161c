"""The different values of a field: where a detector matches them whole, and in which it finds another span."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.whole.judge import DROPPED, judge
from leakkit.pii.whole.parts import Parts, parts_of, without_digits
from leakkit.pii.whole.texts import matched
from leakkit.pii.whole.values import Values
from leakkit.pii.whole.words import Wanted, joined

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.weighing.weigh import Rule
    from leakkit.pii.whole.forms import Forms

_MOST_MARKS = 4
_MOST_HITS = 200
"""Values with a match from which on each is asked by itself."""

_LETTERS = frozenset("aA\x01\x02\x04")
"""Signs of forms that stand for letters, or for what is beyond ASCII."""

_LEAST_PARTS = 16
"""Fewest values of a detector whose spans inside them are told together."""

_LEAST_FOLDED, _ASKED, _MOST_FOLDED = 2_048, 256, 0.5
"""Values from which on it may pay to look at them without their digits; how many are asked, how few are left."""

_LEAST_ALIKE = 4
"""Fewest values with the same skeleton for that."""

_MARK = "\x1e"
"""Stands for a match; no value looked at has it."""


class Search:
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
        self._skeletons: tuple[np.ndarray, list[str]] | None = None
        self.parts: dict[int, Parts] = {}
        """Spans inside values, by detector."""

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

    @cached_property
    def lettered(self) -> np.ndarray:
        """The places of values with letters, or anything beyond ASCII."""
        fit = np.zeros(len(self.names), bool)
        for number in np.flatnonzero(np.bincount(self.forms, minlength=len(fit))).tolist():
            fit[number] = not _LETTERS.isdisjoint(self.names[number])
        return np.flatnonzero(fit[self.forms])

    @cached_property
    def _lettered_lines(self) -> tuple[bytes, np.ndarray]:
        """Those values as lines."""
        some = 0 < len(self.lettered) < len(self.values)
        return joined(self.take(self.lettered)) if some else self.joined

    @property
    def skeletons(self) -> tuple[np.ndarray, list[str]]:
        """The values with ``0`` for every digit: the number of each, and the skeletons."""
        if self._skeletons is None:
            self._skeletons = without_digits(self.values)
        return self._skeletons

    @cached_property
    def _folded(self) -> tuple[np.ndarray, bytes, np.ndarray] | None:
        """The skeletons: the number of each value's, and themselves as lines; None where they may be many."""
        import pyarrow as pa

        if len(self.values) < _LEAST_FOLDED:
            return None
        begin = (len(self.values) - _ASKED) // 2
        if len(without_digits(self.values.slice(begin, _ASKED))[1]) > _MOST_FOLDED * _ASKED:
            return None
        codes, texts = self.skeletons
        return codes, *joined(pa.array(texts, pa.large_string()))

    def having(self, wanted: Wanted) -> np.ndarray:
        """Give the values in which one of some words stands."""
        return wanted.alike(self.values, *self._folded) if self._folded else wanted.among(*self.joined)

    def lettered_having(self, wanted: Wanted, most: int) -> np.ndarray:
        """Give the same among those with letters; stop once so many are found."""
        if self._folded:
            return wanted.alike(self.values, *self._folded)[:most]
        return self.lettered[wanted.among(*self._lettered_lines, most=most)]

    def are_short(self, most: int) -> bool:
        """Tell whether fewer bytes are looked at for that, and as they are."""
        return self._folded is None and len(self._lettered_lines[0]) < most

    def sample(self, count: int) -> tuple[bytes, np.ndarray]:
        """Give some of the values, evenly spread, as lines."""
        import pyarrow as pa

        places = np.unique(np.linspace(0, len(self.values) - 1, count).astype(np.int64))
        return joined(self.values.take(pa.array(places)))

    def take(self, places: np.ndarray) -> pa.Array:
        """Give some of the values."""
        import pyarrow as pa

        return self.values if len(places) == len(self.values) else self.values.take(pa.array(places))

    def values_at(self, places: np.ndarray) -> Values:
        """Give some of the values with their forms."""
        return Values(self.take(places), (self.forms[places], self.names))

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

        With `rule`, spans that it drops by themselves do not count. What Arrow cannot look for is marked, too.
        """
        import pyarrow as pa

        try:
            return self._looked(index, forms, places, rule) if len(places) else places
        except pa.ArrowInvalid:
            self.odd[places] = True
            return places[:0]

    def _looked(self, index: int, forms: Forms, places: np.ndarray, rule: Rule | None) -> np.ndarray:
        """Look for a detector in some values."""
        import pyarrow as pa
        import pyarrow.compute as pc

        shape, pattern = forms.shapes[index], forms.detectors[index].pattern
        values = self.take(places)
        if shape is None or shape.grouped:
            self.odd[self._somewhere(index, forms, values, places)] = True
            return places[:0]
        marked = self._marked(values, pattern, places)
        whole = pc.equal(marked, _MARK).to_numpy(zero_copy_only=False)
        if whole.all():
            return places
        left, right = forms.borders(index)
        odd = np.flatnonzero(~whole)
        odd = odd[matched(marked.take(pa.array(odd)), f"{left}{_MARK}{right}")]
        if rule is not None and len(odd):
            odd = odd[~_dropped(rule, values, marked, odd, f"{left}(?P<value>{pattern}){right}")]
        if rule is not None and len(odd) >= _LEAST_PARTS:
            odd = self._parted(index, values, places, odd, pattern, rule)
        self.odd[places[odd]] = True
        return places[whole]

    def _somewhere(self, index: int, forms: Forms, values: pa.Array, places: np.ndarray) -> np.ndarray:
        """Give the values that a detector matches anywhere; while few, it is fastest to look at all at once."""
        if 2 * len(places) > len(self.values):
            hit = forms.alone(index).among(*self.joined, most=_MOST_HITS)
            if len(hit) < _MOST_HITS:
                return hit[np.isin(hit, places)]
        return places[matched(values, forms.detectors[index].pattern)]

    def _parted(
        self, index: int, values: pa.Array, places: np.ndarray, some: np.ndarray, pattern: str, rule: Rule
    ) -> np.ndarray:
        """Note the spans inside values that are alike but for digits, where those are many; give the other values."""
        import pyarrow as pa

        codes = self.skeletons[0]
        common = (np.bincount(codes) >= _LEAST_ALIKE)[codes[places[some]]]
        free = some[common]
        if len(free) < _LEAST_PARTS:
            return some
        self.parts[index] = parts_of(values.take(pa.array(free)), places[free], pattern, rule)
        return some[~common]


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
    said = judge(rule, Values(found.dictionary)) == DROPPED
    return single & said[found.indices.to_numpy(zero_copy_only=False)]
