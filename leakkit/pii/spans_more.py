"""Spans that no pattern finds: names by the tagger, cells and fields that their key or column names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import entities
from leakkit.pii.keys import entity_of_key
from leakkit.pii.laid import bounds_at, fills_cell
from leakkit.pii.spans import Span, settled
from leakkit.pii.validators.network import ipv4
from leakkit.pii.weighing.machine_cells import is_machine_cell, is_machine_value
from leakkit.pii.weighing.placeholders import is_placeholder

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows, Texts
    from leakkit.pii.setup import Setup

LAYOUT, TAGGER = "layout", "tagger"
_CELLS = (LAYOUT, "column")
SURE_CELL = 0.35
_PLACED = ("CITY", "POSTCODE")
_LEAST = 0.25
_AFTER_DETECTORS = 1_000_000
_NUMBERS = re.compile(r"(?:-?(?:0|[1-9]\d{0,8})(?:\.\d{1,18})?(?:\n(?!\Z)|\Z))+")
"""Plain numbers, which say nothing themselves."""
_NO_NAME = re.compile(r"[={}<>\"]")
"""What stands in a first line that was no line of names."""

_SAMPLE = 400
"""Values of a field that vote on what it holds."""


def typed_spans(row: int, text: str, found: Sequence[Any], setup: Setup) -> list[Span]:
    """Give what the cells of one text are, by keys, columns and a vote of the values."""
    from leakkit.pii.layout.cells import typed

    told = typed(text, found)
    placed = any(entity in _PLACED and score >= SURE_CELL for _, _, entity, score, _ in told)
    hosts = any(
        entity == "IP_ADDRESS" and ipv4(text[start:end]) is not None for start, end, entity, *_ in told
    )
    return [
        span_of(row, start, end, entity, score, f"{LAYOUT}:{entity}:{score:.2f}", LAYOUT, text)
        for start, end, entity, score, _ in told
        if score >= _LEAST
        and setup.wants(entity)
        and not is_machine_cell(text, start, end, entity, placed, hosts)
    ]


def field_spans(members: Sequence[int], texts: Texts, name: str, setup: Setup) -> list[Span]:
    """Give the values of one field that are what its name, or a vote of the values, says."""
    from leakkit.pii.columns.verdict import judge
    from leakkit.pii.layout.cells import Cell
    from leakkit.pii.layout.typed import typed_cells

    sample = [texts[row] for row in members[:_SAMPLE]]
    if not sample or _NO_NAME.search(name):
        return []
    if _NUMBERS.fullmatch("\n".join(sample)) and entity_of_key(name).entity is None:
        return []
    if judge([name], [sample], rules=False)[0].entity is None:
        return []
    held = [texts[row] for row in members]
    ends = np.cumsum([len(text) + 1 for text in held]).tolist()
    cells = [
        Cell(end - 1 - len(text), end - 1, name, place, 0, 0)
        for place, (text, end) in enumerate(zip(held, ends, strict=True))
    ]
    spans, own = [], entity_of_key(name).entity
    for start, end, entity, score, _ in typed_cells("\n".join(held), cells):
        place = bisect_right(ends, start)
        if setup.wants(entity) and (own == entity == "URL" or not is_machine_value(entity, held[place])):
            evidence = f"column:{entity}:{score:.2f}"
            spans.append(
                span_of(members[place], 0, end - start, entity, score, evidence, "column", held[place])
            )
    return spans


def name_spans(
    rows: Rows, wanted: np.ndarray, texts: Texts, laid: Mapping[int, Sequence[Any]], setup: Setup
) -> list[Span]:
    """Give the names of people, places and organisations that the tagger, cues and forms of addresses tell."""
    from leakkit.pii.cues import with_cues
    from leakkit.pii.reversed_names import in_capitals
    from leakkit.pii.spaced_names import spaced, spaced_names
    from leakkit.pii.tagged import likely
    from leakkit.pii.telling_rows import chatted, dumped, told, turned

    tagger = setup.tagger
    if tagger is None:
        return []
    may = tagger.rows(rows) & wanted
    cued, seeded = (found & wanted for found in told(rows))
    sent, turns, apart = chatted(rows) & wanted, turned(rows) & wanted, spaced(rows) & wanted
    same: dict[str, list[int]] = {}
    for row in np.flatnonzero(may | cued | seeded | sent | turns | apart).tolist():
        same.setdefault(texts[row], []).append(row)

    leads = [text for text, held in same.items() if may[held[0]] and tagger.gate(text)]
    tagged = dict(zip(leads, tagger.tag(leads), strict=True))
    hexed = dumped(rows) if cued.any() or any(tagged.values()) else cued
    spans = []
    for text, held in same.items():
        row, names = held[0], tagged.get(text, [])
        names = names or (in_capitals(text) if may[row] else [])
        by = _senders(text) if sent[row] and setup.wants("PERSON") else []
        if setup.wants("USERNAME") and (turns[row] or may[row]):
            by += _nicks(text, names + by, bool(turns[row]))
        by += [one for one in spaced_names(text) if setup.wants(one[2])] if apart[row] else []
        if not names and not by and (not (cued[row] or seeded[row]) or not tagger.gate(text)):
            continue
        found = (_seeds(text) if seeded[row] else []) + by
        names = with_cues(text, names) if cued[row] else names
        names = [n for n in names if not any(n[0] < end and start < n[1] for start, end, *_ in by)]
        found += likely(text, names, laid.get(row, ()), bool(hexed[row]), setup.only) if names else []
        for row in held if found else ():
            spans += [span_of(row, *one, TAGGER, text) for one in found]
    return spans


def _senders(text: str) -> list[tuple[int, int, str, float, str]]:
    """Give the senders of the messages of a chat."""
    from leakkit.pii.chats import senders

    return [(start, end, "PERSON", 0.8, "chat:sender of a message:0.80") for start, end in senders(text)]


def _nicks(text: str, names: Sequence[Any], turns: bool) -> list[tuple[int, int, str, float, str]]:
    """Give the nicks of those who speak in a chat, and odd ones; none that was told as a name already."""
    from leakkit.pii.odd_nicks import SCORE, odd_nicks
    from leakkit.pii.turns import UNSURE, nicks

    spoken = [(*one, "chat:who speaks") for one in nicks(text)] if turns else []
    told = {(start, end) for start, end, *_ in spoken}
    spoken += [(*span, SCORE, "nick:written as accounts are") for span in odd_nicks(text) if span not in told]
    return [
        (start, end, "USERNAME", score, f"{evidence}:{score:.2f}")
        for start, end, score, evidence in sorted(spoken)
        if score > UNSURE or not any(n[0] < end and start < n[1] and n[3] > UNSURE for n in names)
    ]


def _seeds(text: str) -> list[tuple[int, int, str, float, str]]:
    """Give the addresses that their form tells alone."""
    from leakkit.pii.addresses import seeds

    evidence = "address:form of a whole address:0.70"
    return [(start, end, "STREET_ADDRESS", 0.7, evidence) for start, end in seeds(text)]


def whole_addresses(spans: Sequence[Span], texts: Any, laid: Mapping[int, Sequence[Any]]) -> list[Span]:
    """Put the parts of an address into one span: in prose, and within a cell of a table, never across cells."""
    from leakkit.pii.addresses import is_street

    places = {name for name, entity in entities().items() if entity.common == "LOCATION"}
    parts: dict[tuple[int, int, int], list[Span]] = {}
    for span in spans:
        if span.entity not in places or span.detector in _CELLS:
            continue
        cells, bounds = laid.get(span.row, ()), (0, len(texts[span.row]))
        if cells and fills_cell(texts[span.row], span.start, span.end, cells):
            bounds = bounds_at(cells, span.start, span.end)
        parts.setdefault((span.row, *bounds), []).append(span)
    gone: set[int] = set()
    grown = 0
    for (row, begin, end), held in parts.items():
        if any(is_street(span.value) for span in held):
            inner, count = _grown(held, texts[row][begin:end], begin)
            gone |= inner
            grown += count
    return settled([s for s in spans if id(s) not in gone]) if grown else list(spans)


def _grown(held: list[Span], text: str, begin: int) -> tuple[set[int], int]:
    """Grow spans over the parts of their address in a stretch of a text; gives the parts, and how many grew."""
    from leakkit.pii.addresses import put_together

    held.sort(key=_start)
    starts = [span.start for span in held]
    gone: set[int] = set()
    count = 0
    for start, end in put_together(text, [(s.start - begin, s.end - begin) for s in held]):
        start, end = start + begin, end + begin
        inside = [s for s in held[bisect_left(starts, start) : bisect_right(starts, end)] if s.end <= end]
        first = inside[0]
        if (first.start, first.end) == (start, end):
            continue
        count += 1
        first.start, first.end, first.value = start, end, text[start - begin : end - begin]
        first.entity, first.family = "STREET_ADDRESS", entities()["STREET_ADDRESS"].family
        first.score = max(s.score for s in inside)
        first.evidence += f"; parts:{len(inside)} put together:{first.score:.2f}"
        gone.update(id(s) for s in inside[1:])
    return gone, count


def without_inner(names: Iterable[Span], typed: Iterable[Span]) -> list[Span]:
    """Leave out names inside a cell whose kind is known, unless little speaks for it; such cells lie apart."""
    held: dict[int, list[Span]] = {}
    for span in typed:
        held.setdefault(span.row, []).append(span)
    starts: dict[int, list[int]] = {}
    for row, spans in held.items():
        spans.sort(key=_start)
        starts[row] = [span.start for span in spans]
    kept = []
    for name in names:
        place = bisect_right(starts.get(name.row, ()), name.start)
        if not place or not _covers(held[name.row][place - 1], name):
            kept.append(name)
    return kept


def _start(span: Span) -> int:
    """Sort by place."""
    return span.start


def _covers(outer: Span, inner: Span) -> bool:
    """True where a cell lies over a name, and is of the same common type or surely of another."""
    known = entities()
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (outer.score >= SURE_CELL or known[outer.entity].common == known[inner.entity].common)
    )


def span_of(
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
