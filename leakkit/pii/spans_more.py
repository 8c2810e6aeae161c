"""Spans that no pattern finds: names by the tagger, cells and fields that their key or column names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from leakkit.pii.detector import entities
from leakkit.pii.placeholders import is_placeholder
from leakkit.pii.spans import Span

if TYPE_CHECKING:
    from leakkit.pii.setup import Setup

LAYOUT, TAGGER = "layout", "tagger"
SURE_CELL = 0.5
_AFTER_DETECTORS = 1_000_000


def typed_spans(row: int, text: str, found: Sequence[Any], setup: Setup) -> list[Span]:
    """Give what the cells of one text are, by keys, columns and a vote of the values."""
    from leakkit.pii.layout import typed

    return [
        _span(row, start, end, entity, score, f"{LAYOUT}:{entity}:{score:.2f}", LAYOUT, text)
        for start, end, entity, score, _ in typed(text, found)
        if setup.wants(entity)
    ]


def field_spans(rows: Sequence[int], texts: Sequence[str], name: str, setup: Setup) -> list[Span]:
    """Give the values of one field that are what its name, or a vote of the values, says."""
    from leakkit.pii.layout import Cell
    from leakkit.pii.layout_typed import typed_cells

    joined = "\n".join(texts)
    cells, begin = [], 0
    begins: dict[int, int] = {}
    for place, text in enumerate(texts):
        cells.append(Cell(begin, begin + len(text), name, place, 0, 0))
        begins[begin] = place
        begin += len(text) + 1
    spans = []
    for start, end, entity, score, _ in typed_cells(joined, cells):
        if setup.wants(entity):
            place = begins[start]
            spans.append(
                _span(
                    rows[place], 0, end - start, entity, score,
                    f"column:{entity}:{score:.2f}", "column", texts[place],
                )
            )  # fmt: skip
    return spans


def name_spans(rows: Sequence[int], texts: Sequence[str], setup: Setup) -> list[Span]:
    """Give the names of people, places and organisations that the tagger sees."""
    tagger = setup.tagger
    if tagger is None:
        return []
    held = [(row, text) for row, text in zip(rows, texts, strict=True) if tagger.gate(text)]
    spans = []
    for (row, text), tagged in zip(held, tagger.tag([text for _, text in held]), strict=True):
        for start, end, entity, score in tagged:
            if setup.wants(entity) and start < end:
                spans.append(
                    _span(row, start, end, entity, score, f"{TAGGER}:{entity}:{score:.2f}", TAGGER, text)
                )
    return spans


def without_inner(names: Iterable[Span], typed: Iterable[Span]) -> list[Span]:
    """Leave out names inside a cell whose kind is known, unless little speaks for it."""
    held: dict[int, list[Span]] = {}
    for span in typed:
        held.setdefault(span.row, []).append(span)
    return [n for n in names if not any(_covers(t, n) for t in held.get(n.row, ()))]


def _covers(outer: Span, inner: Span) -> bool:
    """True where a cell lies over a name, and is of the same common type or surely of another."""
    known = entities()
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (outer.score >= SURE_CELL or known[outer.entity].common == known[inner.entity].common)
    )


def _span(
    row: int, start: int, end: int, entity: str, score: float, evidence: str, source: str, text: str
) -> Span:
    """Make a span that no detector found."""
    kind, value = entities()[entity], text[start:end]
    placeholder = is_placeholder(kind.name, kind.common, kind.family, value)
    if placeholder and kind.family == "credential":
        score = min(score, 0.15)
    return Span(
        row, start, end, entity, kind.family, score, None, placeholder, evidence, source, "",
        _AFTER_DETECTORS, value,
    )  # fmt: skip
