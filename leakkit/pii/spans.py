"""Spans of a batch: matches, weighed one by one, those that overlap set against one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.overlaps import groups, losers
from leakkit.pii.weigh import weigh

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.buffers import Rows
    from leakkit.pii.setup import Setup


@dataclass(slots=True)
class Span:
    """One span that may become a finding; `row` is its place in the batch, the rest as in the frame."""

    row: int
    start: int
    end: int
    entity: str
    family: str
    score: float
    validated: bool | None
    placeholder: bool
    evidence: str
    detector: str
    country: str
    order: int
    value: str


def structured_spans(rows: Rows, fields: pa.Array, setup: Setup) -> list[Span]:
    """Give the weighed spans of all detectors in a batch."""
    codes, names = coded(fields)
    table = np.array([setup.telling(name) for name in names], bool).reshape(len(names), len(setup.detectors))
    which, starts, ends = setup.matcher.find_rows(rows, (codes, table))
    places = rows.row_of(starts)
    first, last = rows.characters(places, starts), rows.characters(places, ends)
    texts: dict[int, str] = {}
    spans = []
    rules = setup.rules
    for index, row, start, end in zip(
        which.tolist(), places.tolist(), first.tolist(), last.tolist(), strict=True
    ):
        if (text := texts.get(row)) is None:
            text = texts[row] = rows.value(row).decode("utf-8", "replace")
        rule = rules[index]
        found = weigh(rule, text, start, end, names[codes[row]])
        if found is not None and found.score >= setup.least_score:
            spans.append(
                Span(
                    row, start, end, rule.entity.name, rule.entity.family, found.score, found.validated,
                    found.placeholder, found.evidence, rule.detector.id, rule.detector.country, index,
                    text[start:end],
                )
            )  # fmt: skip
    return settled(spans)


def coded(fields: pa.Array) -> tuple[np.ndarray, list[str]]:
    """Give for each row the number of its field's name, and the names."""
    import pyarrow.compute as pc

    encoded = pc.fill_null(fields, "").dictionary_encode()
    if hasattr(encoded, "combine_chunks"):
        encoded = encoded.combine_chunks()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def settled(spans: list[Span]) -> list[Span]:
    """Leave out the spans that lose against an overlapping one, which notes their detectors."""
    if len(spans) < 2:
        return spans
    columns = np.array([(s.row, s.start, s.end) for s in spans], np.int64)
    gone: set[int] = set()
    for places in groups(columns[:, 0], columns[:, 1], columns[:, 2]):
        members = [spans[i] for i in places.tolist()]
        lost = losers(members)
        also: dict[int, list[str]] = {}
        for i, winner in lost.items():
            gone.add(int(places[i]))
            also.setdefault(winner, []).append(members[i].detector)
        for winner, ids in also.items():
            one = members[winner]
            ids = sorted(set(ids) - {one.detector})
            if ids:
                one.evidence += f"; also:{','.join(ids)}:{one.score:.2f}"
    return sorted((s for i, s in enumerate(spans) if i not in gone), key=_place)


def _place(span: Span) -> Any:
    """Sort by row, then place."""
    return span.row, span.start, span.end, span.entity
