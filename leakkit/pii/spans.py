"""Spans of a batch: matches, weighed; cells and names; those that overlap set against one another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.weighing.overlaps import groups, losers
from leakkit.pii.weighing.weigh_many import untouched, weigh_all

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.setup import Setup

Cells = Sequence[Any]
_SHARE_FOR_KEY, _SHARE_OF_VALUE = 0.25, 0.6
"""How much of a value a span must be for its key to count, and to be told by its key alone."""
_VALUE_ENDS = re.compile(
    r"[ \t]{0,8}(?:$|[\r\n\"'<>)\]}|\t;&]|,[ \t]{0,2}[\"'\w][\w \"'.-]{0,40}[:=]|[\w.-]{1,40}=|\\)", re.M
)

_KEY_REACH = 80
_LAYOUT_SIGN = np.zeros(256, bool)
_LAYOUT_SIGN[[*(ord(sign) for sign in '\r\n\t:=<({[;|"'), 0xEF]] = True
_DUMP_WORDS = (b"insert", b"replace", b"copy", b"....")
_DUMP_WORD = re.compile(rb"insert|replace|copy|\.{4}")
_OVER, _KEY_SIGN = np.zeros(256, bool), np.zeros(256, bool)
_OVER[[ord(sign) for sign in " \t\"'[("]] = True
_KEY_SIGN[[ord(sign) for sign in ":=>"]] = True


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


class Texts:
    """The texts of a batch, decoded when they are asked for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._held: dict[int, str] = {}
        self._whole = bytes(rows.data).decode("ascii") if rows.ascii else None
        self._starts, self._ends = rows.starts.tolist(), rows.ends.tolist()

    def __getitem__(self, row: int) -> str:
        if self._whole is not None:
            return self._whole[self._starts[row] : self._ends[row]]
        if (text := self._held.get(row)) is None:
            text = self._held[row] = self.rows.value(row).decode("utf-8", "replace")
        return text


def find_spans(rows: Rows, fields: pa.Array, setup: Setup) -> list[Span]:
    """Give the spans of a batch that become findings, by row, then place."""
    from leakkit.pii.spans_more import whole_addresses
    from leakkit.pii.weighing.unlikely import is_of_machine

    texts = Texts(rows)
    codes, names = coded(fields)
    laid = _laid_out(rows, texts, setup)
    if setup.names is None:
        spans = structured_spans(rows, texts, codes, names, laid, setup)
        return settled([span for span in spans if span.score >= setup.least_score])
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
    from leakkit.pii.matching.buffers import join_bytes
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


def _row(span: Span) -> int:
    """Sort by row."""
    return span.row


def _laid_out(rows: Rows, texts: Texts, setup: Setup) -> Mapping[int, Cells]:
    """Give the cells of the texts that are tables or documents themselves.

    Without names only texts of several lines are looked at: lines come from readers that know their
    format already, and keys in them are seen as context words.
    """
    if setup.layout != "auto":
        return {}
    from leakkit.pii.layout.cells import cells

    found = {}
    for row in _candidates(rows, setup.names is not None):
        if taken := cells(texts[row]):
            found[row] = taken
    return found


def _candidates(rows: Rows, every: bool) -> list[int]:
    """Give the rows that may have a layout."""
    lengths = rows.ends - rows.starts
    if every:
        fit = (lengths > 8) & (lengths < 2**20)
        return np.flatnonzero(fit & _signed(rows)).tolist()
    breaks = np.flatnonzero(rows.array == 10)
    places = rows.row_of(breaks)
    inside = places[(places >= 0) & (breaks < rows.ends[places])]
    return [row for row in np.unique(inside).tolist() if lengths[row] < 2**20]


def _signed(rows: Rows) -> np.ndarray:
    """Tell which rows hold a sign that layouts have, or a word that begins a dump of a database."""
    data = rows.array
    places = np.flatnonzero(_LAYOUT_SIGN[data])
    if any(word in (lower := bytes(rows.data).lower()) for word in _DUMP_WORDS):
        hits = [found.start() for found in _DUMP_WORD.finditer(lower)]
        places = np.concatenate([places, np.array(hits, np.int64)])
    found = np.zeros(len(rows.starts), bool)
    held = rows.row_of(places)
    found[held[places < rows.ends[held]]] = True
    return found


def structured_spans(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give the weighed spans of all detectors in a batch."""
    from leakkit.pii.weighing.unlikely import is_version

    which, starts, ends = setup.matcher.find_rows(rows, _telling(codes, names, laid, setup))
    kept = untouched(rows, setup.rules, which, starts, ends)
    which, starts, ends = which[kept], starts[kept], ends[kept]
    places = rows.row_of(starts)
    first, last = rows.characters(places, starts), rows.characters(places, ends)
    keys = None
    if laid:
        keys = [
            _key_at(laid[row], start, end) if row in laid else ""
            for row, start, end in zip(places.tolist(), first.tolist(), last.tolist(), strict=True)
        ]
    kept = _with_keys(rows, which, starts, codes[places], names, keys, setup)
    which, starts, ends, places = which[kept], starts[kept], ends[kept], places[kept]
    first, last, held = first[kept], last[kept], places.tolist()
    keys = None if keys is None else [keys[i] for i in kept.tolist()]
    fields = [names[code] for code in codes[places].tolist()]
    weighed = weigh_all(rows, setup.rules, which, starts, ends, fields, keys)
    spans = []
    columns = zip(weighed, which.tolist(), held, first.tolist(), last.tolist(), strict=True)
    for found, index, row, start, end in columns:
        rule = setup.rules[index]
        if rule.entity.name == "IP_ADDRESS" and is_version(texts[row], start, end):
            continue
        if found is not None and (
            rule.detector.needs != "key" or _is_whole(texts[row], start, end, laid.get(row, ()))
        ):
            spans.append(
                Span(
                    row, start, end, rule.entity.name, rule.entity.family, found.score, found.validated,
                    found.placeholder, found.evidence, rule.detector.id, rule.detector.country, index,
                    texts[row][start:end],
                )
            )  # fmt: skip
    return spans


def _with_keys(
    rows: Rows,
    which: np.ndarray,
    starts: np.ndarray,
    codes: np.ndarray,
    names: list[str],
    keys: Sequence[str] | None,
    setup: Setup,
) -> np.ndarray:
    """Give the places of the spans that have the key they need, or may have one right before them.

    Weighing drops the others in any case; in texts with keys of many kinds they are nearly all spans.
    """
    told = np.array([setup.telling(name) for name in names], bool).reshape(len(names), len(setup.detectors))
    kept = np.array([rule.detector.needs != "key" for rule in setup.rules], bool)[which]
    needy = np.flatnonzero(~kept)
    if not len(needy):
        return np.arange(len(which))
    kept[needy] = told[codes[needy], which[needy]]
    if keys is None:
        bare = needy[~kept[needy]]
    else:
        bare = needy[[not keys[i] for i in needy.tolist()]]
        for i in needy.tolist():
            if key := keys[i]:
                kept[i] = setup.telling(key)[which[i]]
        bare = bare[~kept[bare]]
    kept[bare] = _after_sign(rows.array, starts[bare])
    return np.flatnonzero(kept)


def _after_sign(data: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Tell which spans have a sign that ends a key before them, over blanks, quotes and brackets."""
    places = starts - 1
    open_ = np.arange(len(starts))
    for _ in range(_KEY_REACH):
        open_ = open_[places[open_] >= 0]
        open_ = open_[_OVER[data[places[open_]]]]
        if not len(open_):
            break
        places[open_] -= 1
    return (places >= 0) & _KEY_SIGN[data[np.maximum(places, 0)]]


def _telling(
    codes: np.ndarray, names: list[str], laid: Mapping[int, Cells], setup: Setup
) -> tuple[np.ndarray, np.ndarray]:
    """Give what the names of fields, and the keys inside texts, are context enough for."""
    table = [setup.telling(name) for name in names]
    codes = codes.copy()
    for row, cells in laid.items():
        keys = {cell.key for cell in cells if cell.key} | {names[codes[row]]}
        codes[row] = len(table)
        table.append(np.logical_or.reduce([setup.telling(key) for key in sorted(keys)]))
    return codes, np.array(table, bool).reshape(len(table), len(setup.detectors))


def _key_at(cells: Cells, start: int, end: int) -> str:
    """Give the key of the last cell that begins before a span and holds it."""
    cell = _cell_at(cells, start, end)
    return "" if cell is None or (end - start) / (cell.end - cell.start) < _SHARE_FOR_KEY else str(cell.key)


def _cell_at(cells: Cells, start: int, end: int) -> Any:
    """Give the last cell with a key that begins before a span and holds it."""
    place = bisect_right(cells, start, key=_start_of) - 1
    for cell in cells[max(0, place - 2) : place + 1][::-1]:
        if cell.end >= end and cell.key:
            return cell
    return None


def fills_cell(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is a good part of a cell that has others beside it on its line."""
    place = bisect_right(cells, start, key=_start_of) - 1
    around = cells[max(0, place - 2) : place + 1]
    held = any(c.end >= end and (end - start) / (c.end - c.start) >= _SHARE_FOR_KEY for c in around)
    if not held:
        return False
    others = [c for c in cells[max(0, place - 3) : place + 3] if c.end <= start or c.start >= end]
    return any("\n" not in text[min(end, c.end) : max(start, c.start)] for c in others)


def _is_whole(text: str, start: int, end: int, cells: Cells) -> bool:
    """Tell whether a span is the whole value of its key, and no word of a sentence after it."""
    cell = _cell_at(cells, start, end)
    if cell is not None:
        return (end - start) / (cell.end - cell.start) >= _SHARE_OF_VALUE
    return _VALUE_ENDS.match(text, end) is not None


def _start_of(cell: Any) -> int:
    """Give where a cell begins."""
    return int(cell.start)


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


_MANY_CELLS, _FEW_VALUES = 200, 12
"""From so many cells on, a field of so few different values is a list of choices, not of names."""


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
    rows, starts, ends = (
        np.fromiter((getattr(s, name) for s in spans), np.int64, len(spans))
        for name in ("row", "start", "end")
    )
    gone: set[int] = set()
    known: dict[Any, dict[int, int]] = {}
    for places in groups(rows, starts, ends):
        members = [spans[i] for i in places.tolist()]
        lost = _losers(members, known)
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


def _losers(members: list[Span], known: dict[Any, dict[int, int]]) -> dict[int, int]:
    """Give what `losers` gives; groups that are alike but for their values and places are looked at once."""
    begin, end = members[0].start, members[0].end
    if any(m.start != begin or m.end != end for m in members):
        return losers(members)
    what = tuple([(m.detector, m.entity, m.score, m.order) for m in members])
    if (found := known.get(what)) is None:
        found = known[what] = losers(members)
    return found


def _place(span: Span) -> Any:
    """Sort by row, then place."""
    return span.row, span.start, span.end, span.entity
