"""Columns of a few values that come again and again, whose names may mean people: kinds of things, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leakkit.pii.weighing.known_names import is_full_name, is_person, is_town

if TYPE_CHECKING:
    from leakkit.pii.spans import Span

MANY, FEW = 100, 12
"""Cells from which on a column of so few different values holds choices."""
_A_VALUE = 10
"""Times that each value stands on the average in longer lists of choices."""
_CLEAR = 0.6
"""Score from which on the name of a column says enough."""
_KNOWN = 0.5
"""Share of the values that the lists know if people are called by them."""
_ASKED = frozenset(("PERSON", "STREET_ADDRESS", "CITY"))


def without_choices(spans: list[Span], rows: Sequence[int], texts: Any) -> list[Span]:
    """Leave out what a column only may hold, where a few values that nobody is called come again and again.

    Parameters
    ----------
    spans : list of Span
        What is told of a column.
    rows : sequence of int
        Its cells, by the numbers of their texts.
    texts : sequence of str
        The texts.
    """
    if len(rows) < MANY or not any(map(_is_asked, spans)):
        return spans
    different = {texts[row] for row in rows}
    if len(different) > max(FEW, len(rows) / _A_VALUE) or _are_known(different):
        return spans
    return [span for span in spans if not _is_asked(span)]


def _is_asked(span: Span) -> bool:
    """Tell whether a cell may be a choice."""
    return span.score < _CLEAR and span.entity in _ASKED


def _are_known(values: set[str]) -> bool:
    """Tell whether many values are names of people, or of towns, by the lists."""
    known = sum(is_full_name(value) or is_person(value) or is_town(value) for value in values)
    return known >= _KNOWN * len(values)
