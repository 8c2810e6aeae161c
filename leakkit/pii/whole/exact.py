"""Forms that tell alone where a detector matches: it then matches there in every value of the form, or in none."""

from __future__ import annotations

import re
from functools import lru_cache
from re import _constants as names  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from leakkit.pii.matching.shapes import opens_case, parsed
from leakkit.pii.whole.shapes import (
    DIGITS,
    LETTERS,
    LOWER,
    OTHER,
    PART,
    UPPER,
    WIDE,
    Writer,
    class_of,
)

if TYPE_CHECKING:
    from leakkit.pii.detector import Detector
    from leakkit.pii.whole.forms import Forms

UNKNOWN, WHOLE, NOTHING = 0, 1, 2
_MARK = b"\x1e"
_MOST_HELD = 200_000
_MOST_GROUPS = 400
_CLOSED_CASE = re.compile(r"\(\?[A-Za-z]*-[A-Za-z]*i")


class Exact:
    """What the forms themselves tell.

    Parameters
    ----------
    forms : Forms
        The detectors, with what may stand beside their spans.
    """

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._patterns: dict[int, Any] = {}
        self._borders: dict[int, Any] = {}
        self._held: dict[tuple[int, str], int] = {}

    def of(self, index: int, form: str) -> int:
        """Tell whether a detector matches values of a form whole, matches nothing in them, or must be asked."""
        what = index, form
        if (found := self._held.get(what)) is None:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            found = self._held[what] = self._told(index, form.encode())
        return found

    def _told(self, index: int, form: bytes) -> int:
        """Look for the pattern in a form."""
        if (pattern := self._pattern(index)) is None or b"\x01" in form:
            return UNKNOWN
        spans = []
        for match in pattern.finditer(form):
            if any(start >= 0 for start, _ in map(match.span, range(1, pattern.groups + 1))):
                return UNKNOWN
            spans.append(match.span())
        if spans == [(0, len(form))]:
            return WHOLE
        marked, last = b"", 0
        for start, end in spans:
            marked, last = marked + form[last:start] + _MARK, end
        return UNKNOWN if self._border(index).search(marked + form[last:]) else NOTHING

    def _pattern(self, index: int) -> Any:
        """Compile the shape of a detector; None where it tells nothing."""
        if index not in self._patterns:
            told = self._forms.tagged[index]
            self._patterns[index] = None if told is None else _compiled(told)
        return self._patterns[index]

    def _border(self, index: int) -> Any:
        """Compile what stands around a span that counts."""
        if (found := self._borders.get(index)) is None:
            left, right = self._forms.borders(index, drawn=True)
            found = self._borders[index] = _compiled(f"{left}\x1e{right}")
        return found


def tagged_of(detector: Detector) -> str | None:
    """Give the shape for forms of Latin letters in which groups mark what is not sure; None where that says nothing.

    Where a match of it passes through no group, the pattern matches every value of the form just there.
    """
    if r"\p" in detector.pattern.lower() or (tree := parsed(detector.pattern)) is None:
        return None
    everywhere = bool(tree.state.flags & re.IGNORECASE) and not _CLOSED_CASE.search(detector.pattern)
    writer = _Tagger(opens_case(detector.pattern), everywhere)
    try:
        pattern = writer.sequence(list(tree))
    except (KeyError, RecursionError):
        return None
    return pattern if pattern is not None and pattern.count("(") < _MOST_GROUPS else None


class _Tagger(Writer):
    """Writes it for forms of ASCII and Latin letters, with groups around all that some values of a form lack."""

    OTHER_PLACE = "()"

    def __init__(self, open_case: bool, everywhere: bool) -> None:
        super().__init__(open_case)
        self._unsure = open_case and not everywhere

    def written(self, found: frozenset[int]) -> str | None:
        """Put a class into a group that has some letters, or digits, and not all."""
        return _grouped(found, self._unsure)

    def repeat(self, kind: Any, least: int, most: Any, inside: Any) -> str | None:
        """Keep what prefers few."""
        found = super().repeat(kind, least, most, inside)
        return f"{found}?" if found and kind is names.MIN_REPEAT else found


@lru_cache(4096)
def _grouped(found: frozenset[int], unsure: bool) -> str | None:
    """Write a class, in a group where some values of a form may lack what it takes."""
    plain = class_of(found - {OTHER})
    kinds = (DIGITS, UPPER, LOWER)
    some = PART in found or any(found & kind and not kind <= found for kind in kinds)
    return f"({plain})" if plain and (some or (unsure and found & (LETTERS | WIDE))) else plain


def _compiled(pattern: str) -> Any:
    """Compile a pattern for forms, with its groups."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern.encode(), options)
