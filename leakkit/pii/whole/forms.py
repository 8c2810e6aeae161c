"""Which detectors can match a value of a form at all: asked once a form, kept as long as the detectors."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from leakkit.pii.cache import code_of, key_of, remembered
from leakkit.pii.weighing.context import words_of
from leakkit.pii.whole.exact import Exact, tagged_of
from leakkit.pii.whole.shapes import Shape, shape_of, signs_of
from leakkit.pii.whole.windows import Lines, Window, windows_of
from leakkit.pii.whole.words import Wanted, as_lines, context_of, literals_in, rows_with

if TYPE_CHECKING:
    from leakkit.pii.detector import Detector
    from leakkit.pii.setup import Setup

MOST_HELD = 50_000
_MANY = 1_200
"""Literals from which on an automaton takes a megabyte, so that fields share it."""

_MOST_WANTED = 64

_MEMORY = 2**18
"""Bytes for each of hundreds of automata; forms are short, and more would not make them faster."""

_DERIVING = ("whole/shapes.py", "whole/windows.py", "whole/forms.py", "matching/shapes.py")
_DRAWN = (r"0aA_\x01\x02\x04", "0aA_\\x04", "0", r"|\x01\x02+")
LETTERS = (
    r"\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2c1}\x{3a3}-\x{3f5}\x{400}-\x{481}\x{48a}-\x{52f}"
    r"\x{3041}-\x{3096}\x{30a1}-\x{30fa}\x{4e00}-\x{9fff}\x{ac00}-\x{d7a3}"
)
"""Nothing but letters; there are more, but all of them together take long to compile."""

_TOUCHING = "0-9A-Za-z_" + LETTERS
_WRITTEN = (_TOUCHING, _TOUCHING, "0-9", "")
"""What may not touch a span on the left and right, digits, and what may on the left: in forms, and in values."""

_SIGNS = r".,\-/:+="
_NEXT_KEY = r"|[^\s=]{1,60}="
_ENDS = rf"""[ \t]{{0,8}}(?:$|["'<>)\]}}|;&\\,\n]{_NEXT_KEY})"""
"""What follows the whole value of a key, and more; see `leakkit.pii.laid.is_whole`. Another key is slow to look for."""

_BITS = 64


class Forms:
    """The forms that were seen, and the detectors that can match a value of each.

    Parameters
    ----------
    detectors : tuple of Detector
        The detectors of a run.
    """

    def __init__(self, detectors: tuple[Detector, ...]) -> None:
        self.detectors = detectors
        self._held: dict[str, np.ndarray] = {}
        self._patterns: dict[tuple[int, bool], Any] = {}
        self.exact = Exact(self)
        self._wanted: dict[tuple[int, ...], Wanted] = {}
        self._alone: dict[int, Wanted] = {}
        self.needy = np.array([d.needs == "context" for d in detectors], bool)
        """Reported only with a context word near by, or a telling field name."""
        self.keyed = np.array([d.needs == "key" for d in detectors], bool)

    @cached_property
    def shapes(self) -> list[Shape | None]:
        """The shape of each detector; those of many are kept for the next process."""
        parts = [part for d in self.detectors for part in (d.pattern, d.neighbours)]
        found = remembered(
            "shapes", key_of(code_of(*_DERIVING), *parts), lambda: [shape_of(d) for d in self.detectors]
        )
        return [None if one is None else Shape(one[0], one[1], tuple(one[2]), one[3]) for one in found]

    @cached_property
    def windows(self) -> list[tuple[Window, ...]]:
        """The windows of each detector; kept for the next process, too."""
        key = key_of(code_of(*_DERIVING), *(d.pattern for d in self.detectors))
        signs, places = remembered("windows", key, self._windows)
        return [tuple(tuple(signs[n] for n in window) for window in windows) for windows in places]

    def _windows(self) -> tuple[list[int], list[list[list[int]]]]:
        """Find the windows: the different sets of signs, and the windows by their numbers."""
        numbers: dict[int, int] = {}
        found = [windows_of(d.pattern) for d in self.detectors]
        places = [[[numbers.setdefault(n, len(numbers)) for n in one] for one in some] for some in found]
        return list(numbers), places

    @cached_property
    def tagged(self) -> list[str | None]:
        """What `tagged_of` gives of the detectors that report all of their match; kept for the next process, too."""
        key = key_of(code_of(*_DERIVING, "whole/exact.py"), *(d.pattern for d in self.detectors))
        found: list[str | None] = remembered("tagged", key, self._tagged)
        return found

    def _tagged(self) -> list[str | None]:
        """Write patterns with groups around what is not sure."""
        whole = [shape is not None and not shape.grouped for shape in self.shapes]
        return [tagged_of(d) if fit else None for d, fit in zip(self.detectors, whole, strict=True)]

    @cached_property
    def words(self) -> list[list[str]]:
        """The literals of each detector of which one stands in every match; kept for the next process, too."""
        parts = [part for d in self.detectors for part in (d.pattern, *d.trigger, str(d.trigger_ignore_case))]
        key = key_of(code_of("whole/words.py", "matching/shapes.py"), *parts)
        return remembered("literals", key, lambda: [list(literals_in(d)) for d in self.detectors])

    def literals(self, indexes: tuple[int, ...], without: frozenset[int] | None = None) -> Wanted:
        """Give the literals of some detectors that have such; with `without`, where they are many, of all but those."""
        key = indexes
        if without is not None and sum(len(self.words[index]) for index in indexes) >= _MANY:
            key = self._all_without(without)
        if (found := self._wanted.get(key)) is None:
            if len(self._wanted) >= _MOST_WANTED:
                self._wanted.clear()
            words = tuple(word for index in key for word in self.words[index])
            found = self._wanted[key] = Wanted(words)
        return found

    def _all_without(self, some: frozenset[int]) -> tuple[int, ...]:
        """Give all detectors but some: one automaton for them all is smaller than one for each field."""
        return tuple(index for index in range(len(self.detectors)) if index not in some)

    def alone(self, index: int) -> Wanted:
        """Give the pattern of one detector, to be looked for in many values at once."""
        if (found := self._alone.get(index)) is None:
            found = self._alone[index] = Wanted((self.detectors[index].pattern,))
        return found

    @cached_property
    def context(self) -> Wanted:
        """The words of all detectors that need one; their patterns are kept for the next process, too."""
        told = [d.context for d in self.detectors if d.needs == "context"]
        key = key_of(
            code_of("whole/words.py", "weighing/context.py"), *(word for some in told for word in some)
        )
        patterns = remembered("context", key, lambda: context_of(words_of(some).words for some in told))
        return Wanted(tuple(patterns))

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Detectors that have a shape, its least length, its needs as two columns of bits, and where they begin."""
        some = [i for i, shape in enumerate(self.shapes) if shape is not None]
        held = [self.shapes[i] for i in some]
        every = (1 << 2 * _BITS) - 1
        needs = [list(shape.needs) or [every] for shape in held if shape is not None]
        first = np.cumsum([0, *map(len, needs)])[:-1]
        flat = [need for one in needs for need in one]
        least = [shape.least for shape in held if shape is not None]
        return np.array(some, np.int64), np.array(least, np.int64), _columns(flat), first

    def forget(self) -> None:
        """Let go of compiled patterns; those that are needed again are compiled again."""
        self._patterns.clear()
        self._wanted.clear()
        self._alone.clear()

    def __contains__(self, form: str) -> bool:
        return form in self._held

    def of(self, form: str) -> np.ndarray:
        """Give the detectors that can match a value of a form which `learn` was told."""
        return self._held[form]

    def learn(self, forms: list[str]) -> None:
        """Find out which detectors can match values of forms."""
        new = [form for form in dict.fromkeys(forms) if form not in self._held]
        if not new:
            return
        if len(self._held) + len(new) > MOST_HELD:
            self._held.clear()
            new = list(dict.fromkeys(forms))
        some, least, needs, first = self._table
        signs = _columns([signs_of(form) for form in new])
        fit = (needs[:, None, 0] & signs[None, :, 0]) | (needs[:, None, 1] & signs[None, :, 1])
        fit = np.logical_and.reduceat(fit != 0, first, axis=0)
        fit &= least[:, None] <= np.array([len(form) for form in new])[None, :]
        found: list[list[int]] = [[] for _ in new]
        lines, ends = as_lines(new)
        drawn, assigned = Lines(new), any("=" in form for form in new)
        for place in np.flatnonzero(fit.any(axis=1)).tolist():
            index = int(some[place])
            if (index, assigned) not in self._patterns and self.windows[index]:
                fit[place] &= drawn.having(self.windows[index])
                if not fit[place].any():
                    continue
            numbers = np.flatnonzero(fit[place])
            data, stops = (
                (lines, ends) if len(numbers) * 2 > len(new) else as_lines([new[n] for n in numbers])
            )
            hit = rows_with(self._pattern(index, assigned), data, stops)
            for number in hit.tolist() if stops is ends else numbers[hit].tolist():
                found[number].append(index)
        for form, indexes in zip(new, found, strict=True):
            self._held[form] = np.array(indexes, np.int64)

    def _pattern(self, index: int, assigned: bool) -> Any:
        """Compile the shape of a detector, with what may stand beside it; `assigned`: an equals sign, too."""
        if (found := self._patterns.get((index, assigned))) is None:
            shape = self.shapes[index]
            pattern = "" if shape is None else shape.pattern
            left, right = self.borders(index, drawn=True)
            right = right if assigned else right.replace(_NEXT_KEY, "")
            found = self._patterns[index, assigned] = _compiled(f"{left}(?:{pattern}){right}")
        return found

    def borders(self, index: int, drawn: bool = False) -> tuple[str, str]:
        """Give patterns of what may stand before and after a span of a detector, in values or forms.

        They say no more than weighing asks; nothing where a part of the match is the span.
        """
        shape, rule = self.shapes[index], self.detectors[index].neighbours
        if shape is None or shape.grouped:
            return "", ""
        before, after, digit, free = _DRAWN if drawn else _WRITTEN
        if rule == "none":
            left = right = ""
        elif rule == "number":
            left = f"(?:^|[^{before}{_SIGNS}]{free}|(?:^|[^{digit}])[{_SIGNS}])"
            right = f"(?:$|[^{after}{_SIGNS}]|[{_SIGNS}](?:$|[^{digit}]))"
        else:
            left, right = f"(?:^|[^{before}]{free})", f"(?:$|[^{after}])"
        return left, _ENDS if self.keyed[index] else right


def _columns(sets: list[int]) -> np.ndarray:
    """Give sets of up to 128 signs as two columns of 64 bits."""
    mask = (1 << _BITS) - 1
    return np.array([(one & mask, one >> _BITS) for one in sets], np.uint64).reshape(-1, 2)


def _compiled(pattern: str) -> Any:
    """Compile a pattern for forms."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    default = options.max_mem
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern.encode(), options)
    except re2.error:  # a pattern that needs more
        options.max_mem = default
        return re2.compile(pattern.encode(), options)


def forms_of(setup: Setup) -> Forms:
    """Give the forms that the detectors of a setup have seen in this process."""
    if (found := _OF_SETUPS.get(setup)) is None:
        functions = tuple(id(d.function) for d in setup.detectors)
        found = _OF_SETUPS[setup] = _forms(setup.detectors, functions)
    return found


_OF_SETUPS: WeakKeyDictionary[Any, Forms] = WeakKeyDictionary()


@lru_cache(4)
def _forms(detectors: tuple[Detector, ...], functions: tuple[int, ...]) -> Forms:
    """Keep one table of forms for the detectors of a run."""
    return Forms(detectors)
