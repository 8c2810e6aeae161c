"""Spans of a batch in which names are looked for, too: detectors, keys, columns and the tagger together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.matching.buffers import Texts, join_bytes
from leakkit.pii.spans import Span, settled, structured_spans

if TYPE_CHECKING:
    from leakkit.pii.laid import Cells
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.setup import Setup

_MANY_CELLS, _FEW_VALUES = 200, 12
"""From so many cells on, a field of so few different values is a list of choices, not of names."""


def find_named(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give the spans of a batch that become findings, by row, then place."""
    from leakkit.pii.spans_more import whole_addresses
    from leakkit.pii.weighing.unlikely import is_of_machine

    spans = _structured_once(rows, texts, codes, names, laid, setup)
    spans += _more(rows, texts, codes, names, laid, setup)
    spans = [span for span in spans if not is_of_machine(span.entity, span.value)]
    chosen = settled([span for span in spans if span.score >= setup.least_score])
    return whole_addresses(chosen, texts, laid)


def _structured_once(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give what `structured_spans` gives, each different short value of a field searched once."""
    from leakkit.pii.repeats import LONGEST, each_once

    short = np.flatnonzero(rows.ends - rows.starts <= LONGEST)
    if laid:
        short = short[[row not in laid for row in short.tolist()]]

    def search(held: np.ndarray) -> tuple[list[int], list[tuple[Any, ...]]]:
        places = held.tolist()
        some = join_bytes([rows.value(row) for row in places])
        inner = {i: laid[row] for i, row in enumerate(places) if row in laid} if laid else {}
        spans = structured_spans(some, Texts(some), codes[held], names, inner, setup)
        spans.sort(key=_row)
        return [s.row for s in spans], [
            (
                s.start, s.end, s.entity, s.family, s.score, s.validated, s.placeholder, s.evidence,
                s.detector, s.country, s.order, s.value,
            )
            for s in spans
        ]  # fmt: skip

    whats = [
        (names[code], texts[row]) for code, row in zip(codes[short].tolist(), short.tolist(), strict=True)
    ]
    found = zip(*each_once(whats, short, len(rows.starts), setup, search), strict=True)
    return [Span(row, *one) for row, one in found]


def _more(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give what keys, columns and the tagger add to the detectors."""
    from leakkit.pii.spans_more import field_spans, name_spans, typed_spans, without_inner

    typed: list[Span] = []
    for row, cells in laid.items():
        typed += typed_spans(row, texts[row], cells, setup)
    for number, name in enumerate(names):
        if name and setup.layout == "auto":
            members = [row for row in np.flatnonzero(codes == number).tolist() if row not in laid]
            typed += field_spans(members, [texts[row] for row in members], name, setup)
    passed = _listed(texts, codes, names) | _told_whole(rows, texts, typed)
    every = [row for row in range(len(rows.starts)) if row not in passed]
    return typed + without_inner(name_spans(every, [texts[row] for row in every], laid, setup), typed)


def _told_whole(rows: Rows, texts: Texts, typed: list[Span]) -> set[int]:
    """Give the rows that are one cell whose kind is surely known: a name inside would be left out again."""
    from leakkit.pii.spans_more import SURE_CELL

    return {
        s.row
        for s in typed
        if s.start == 0 and s.score >= SURE_CELL and s.detector == "column" and s.end == len(texts[s.row])
    }


def _listed(texts: Texts, codes: np.ndarray, names: list[str]) -> set[int]:
    """Give the rows whose field takes its values from a short list: states, groups, branches.

    What such a field holds is told by its name and its values together; the tagger, which sees one cell at
    a time, would call every "North Branch" a place, thousands of times.
    """
    found: set[int] = set()
    for number, name in enumerate(names):
        members = np.flatnonzero(codes == number)
        if not name or len(members) < _MANY_CELLS:
            continue
        values: set[str] = set()
        for row in members.tolist():
            values.add(texts[row])
            if len(values) > _FEW_VALUES:
                break
        else:
            found.update(members.tolist())
    return found


def _row(span: Span) -> int:
    """Sort by row."""
    return span.row
