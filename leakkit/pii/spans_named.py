"""Findings of a batch in which names are looked for, too: detectors, keys, columns and the tagger together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from leakkit.pii.catalogues import in_catalogue, tells_by_key
from leakkit.pii.detector import entities
from leakkit.pii.laid import laid_out
from leakkit.pii.matching.buffers import Texts, join_arrow, join_bytes
from leakkit.pii.spans import Span, coded, settled, structured_spans
from leakkit.pii.spans_more import TAGGER
from leakkit.pii.told_alone import Mails, holds_service, mails_alone, with_layout
from leakkit.pii.weighing.choices import without_choices
from leakkit.pii.weighing.members import folded, members_of
from leakkit.pii.weighing.memory import halfway
from leakkit.pii.weighing.without_sentences import SURE, without_strangers

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.laid import Cells
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.setup import Setup

_MANY_CELLS, _FEW_VALUES = 200, 12
"""From so many cells on, a field of so few different values is a list of choices, not of names."""
_MACHINE_TOO = ("PASSWORD", "GENERIC_SECRET", "USERNAME")
"""Entities of which some values are a machine's own."""
_PART_BYTES, _BESIDE_TEXT = 2**21, 320
"""Bytes of rows that are searched at once, and those that count for what is noted of a row besides its text."""
_QUIET: WeakKeyDictionary[Any, Setup] = WeakKeyDictionary()

Search = Callable[["pa.RecordBatch", "Setup"], "pa.Table"]


def with_names(batch: pa.RecordBatch, setup: Setup, search: Search) -> pa.Table:
    """Give the findings of a batch, names among them.

    Most rows of machine text have no name, no telling key and no telling column: for them all is done by
    `search`, which gives what detectors find. The others are weighed row by row.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Columns path, row, field, text.
    setup : Setup
        What is looked for.
    search : callable
        Gives the findings of a batch by detectors alone.
    """
    import pyarrow as pa

    from leakkit.pii.findings import table_of
    from leakkit.pii.spans_more import typed_spans
    from leakkit.pii.table_spans import without_places_of

    rows = join_arrow(batch.column("text"))
    texts, (codes, names) = Texts(rows), coded(batch.column("field"))
    laid = laid_out(rows, texts, setup)
    mails = mails_alone(laid, texts, setup)
    more = _more(rows, texts, codes, names, laid, setup, mails)
    numbered = _numbered(batch)
    tables = _of_tables(batch, texts, codes, names, more, setup, search)
    more = without_places_of(tables, more, codes) + tables
    loud = np.zeros(batch.num_rows, bool)
    loud[[*(row for row in laid if row not in mails), *(span.row for span in more)]] = True
    plain = _plain(numbered, ~loud, setup, search)
    doubtful = _doubtful(plain, rows, texts, setup)
    plain, unheard = with_layout(plain, mails)
    for row in mails.keys() & {*doubtful, *unheard}:
        more += typed_spans(row, texts[row], laid[row], setup)
    loud[doubtful + unheard] = True
    if not loud.any():
        return _in_order(plain, batch)
    if doubtful or unheard:
        plain = plain.filter(pa.array(~loud[plain.column("row").to_numpy()]))
    spans = _structured_once(np.flatnonzero(loud), rows, texts, codes, names, laid, setup) + more
    paths, _ = coded(batch.column("path"))
    screens = in_catalogue(paths, codes, names)
    spans = [span for span in spans if not (screens[span.row] and _is_label(span, texts[span.row]))]
    told = plain.column("row").to_numpy()[plain.column("score").to_numpy() >= SURE]
    told = told[~screens[told]]
    missing = np.flatnonzero(np.asarray(batch.column("path").is_null()))
    members, documents = members_of(paths, missing, codes, names)
    spans = without_strangers(spans, texts, members, np.unique(told).tolist(), documents)
    table = table_of(numbered, _chosen(spans, texts, laid, setup), setup)
    return _in_order(pa.concat_tables([plain, table]), batch)


def _is_label(span: Span, text: str) -> bool:
    """Tell whether only its key tells a text of a screen, or it is one word that looks like a name."""
    return tells_by_key(span.detector) or (span.detector == TAGGER and span.value == text.strip())


def find_named(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give the spans of a batch that become findings, by row, then place."""
    spans = _structured_once(np.arange(len(rows.starts)), rows, texts, codes, names, laid, setup)
    spans += _more(rows, texts, codes, names, laid, setup)
    return _chosen(without_strangers(spans, texts, np.arange(len(rows.starts))), texts, laid, setup)


def _chosen(spans: list[Span], texts: Texts, laid: Mapping[int, Cells], setup: Setup) -> list[Span]:
    """Leave out what is a machine's own or loses against another, and put addresses together."""
    from leakkit.pii.spans_more import whole_addresses
    from leakkit.pii.telephones_beside import apart_from_telephones, with_telephones_beside
    from leakkit.pii.told_again import told_again
    from leakkit.pii.weighing.unlikely import is_of_machine

    spans = [span for span in spans if not is_of_machine(span.entity, span.value)]
    chosen = settled([span for span in spans if span.score >= setup.least_score])
    if setup.wants("PHONE"):
        chosen = settled(with_telephones_beside(chosen, texts, laid))
    again = told_again(chosen, texts, laid)
    whole = whole_addresses(settled(chosen + again) if again else chosen, texts, laid)
    return settled(apart_from_telephones(whole, texts)) if setup.wants("PHONE") else whole


def _numbered(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give the batch with the places of its rows for their numbers."""
    import pyarrow as pa

    place = batch.schema.get_field_index("row")
    return batch.set_column(place, batch.schema.field(place), pa.array(np.arange(batch.num_rows)))


def _plain(batch: pa.RecordBatch, wanted: np.ndarray, setup: Setup, search: Search) -> pa.Table:
    """Give what detectors find in some rows."""
    quiet = _QUIET.get(setup)
    if quiet is None:
        quiet = _QUIET[setup] = replace(setup, names=None, layout="none")
    if not wanted.all():
        batch = batch.take(np.flatnonzero(wanted))
    return search(batch, quiet)


def _of_tables(
    batch: pa.RecordBatch,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    known: list[Span],
    setup: Setup,
    search: Search,
) -> list[Span]:
    """Give the cells that their tables as a whole tell."""
    from leakkit.pii.table_spans import table_spans

    numbered = _numbered(batch)

    def found(rows: Sequence[int]) -> set[int]:
        wanted = np.zeros(numbered.num_rows, bool)
        wanted[list(rows)] = True
        return set(_plain(numbered, wanted, setup, search).column("row").to_pylist())

    paths, _ = coded(batch.column("path"))
    records = batch.column("row").to_numpy()
    told = {s.row for s in known if s.detector == "column"}
    return table_spans(paths, records, codes, names, texts, told, found, setup)


def _in_order(table: pa.Table, batch: pa.RecordBatch) -> pa.Table:
    """Give findings in order of their rows, with the numbers of the rows for their places."""
    import pyarrow as pa

    places = table.column("row").to_numpy()
    if (np.diff(places) < 0).any():
        order = np.argsort(places, kind="stable")
        table, places = table.take(pa.array(order)), places[order]
    place = table.schema.get_field_index("row")
    numbers = batch.column("row").take(pa.array(places))
    return table.set_column(place, table.schema.field(place), numbers)


def _doubtful(table: pa.Table, rows: Rows, texts: Texts, setup: Setup) -> list[int]:
    """Give the rows with a finding that may be a machine's own or part of a longer address."""
    import pyarrow.compute as pc

    from leakkit.pii.weighing.unlikely import is_of_machine

    if not table.num_rows:
        return []
    known = entities()
    kinds = np.array(table.column("entity").to_pylist(), object)
    places, starts, ends = (table.column(name).to_numpy() for name in ("row", "start", "end"))
    asked = np.isin(kinds, _MACHINE_TOO) | _in_pairs(rows, places, starts, ends)
    found = {
        places[i]
        for i in np.flatnonzero(asked).tolist()
        if is_of_machine(kinds[i], texts[places[i]][starts[i] : ends[i]])
    }
    parts = [kind for kind in set(kinds.tolist()) if known[kind].common == "LOCATION"]
    found.update(places[np.isin(kinds, parts)].tolist())
    found.update(_before_numbers(kinds, places, ends, texts))
    loser = {detector.id for detector in setup.detectors if detector.entity in _MACHINE_TOO}
    beside_mail = {d.id for d in setup.detectors if d.id in loser and d.entity != "USERNAME"}
    some = np.flatnonzero(pc.match_substring(table.column("evidence"), "; also:").to_numpy())
    for i, evidence in zip(some.tolist(), table.column("evidence").take(some).to_pylist(), strict=True):
        ids = set(evidence.rpartition("; also:")[2].partition(":")[0].split(","))
        if kinds[i] == "EMAIL" and beside_mail.isdisjoint(ids):
            ids = ids if holds_service(texts[places[i]][starts[i] : ends[i]]) else set()
        if loser & ids:
            found.add(places[i])
    return sorted(found)


def _before_numbers(kinds: np.ndarray, places: np.ndarray, ends: np.ndarray, texts: Texts) -> set[int]:
    """Give the rows with an address or a telephone behind which a number stands, which may be one more telephone."""
    from leakkit.pii.telephones_beside import precedes_number

    asked = np.flatnonzero(np.isin(kinds, ("EMAIL", "PHONE")))
    return {places[i] for i in asked.tolist() if precedes_number(texts[places[i]], int(ends[i]))}


def _in_pairs(rows: Rows, places: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which findings may be pairs of hexadecimal digits with a blank between."""
    may = (ends - starts >= 8) & ((ends - starts) % 3 == 2)
    if rows.ascii:
        begins = rows.starts[places] + starts
        may &= rows.array[np.minimum(begins + 2, len(rows.array) - 1)] == ord(" ")
    return may


def _structured_once(
    wanted: np.ndarray,
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give what `structured_spans` gives of some rows, each different short value once, part by part."""
    spans: list[Span] = []
    for part in _parts(wanted, rows):
        spans += _structured_part(part, rows, texts, codes, names, laid, setup)
        halfway()
    return spans


def _parts(wanted: np.ndarray, rows: Rows) -> list[np.ndarray]:
    """Cut some rows into parts of a bounded size: what is found in one row depends on it alone."""
    sizes = np.cumsum((rows.ends - rows.starts)[wanted] + _BESIDE_TEXT)
    if not len(sizes) or sizes[-1] <= _PART_BYTES:
        return [wanted]
    return np.split(wanted, np.flatnonzero(np.diff(sizes // _PART_BYTES)) + 1)


def _structured_part(
    wanted: np.ndarray,
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give the same of the rows of one part."""
    from leakkit.pii.repeats import LONGEST, each_once

    few = (rows.ends - rows.starts)[wanted] <= LONGEST
    if laid:
        few &= ~np.isin(wanted, np.fromiter(laid, np.int64, len(laid)))
    short = np.flatnonzero(few)

    def search(held: np.ndarray) -> tuple[list[int], list[tuple[Any, ...]]]:
        places = wanted[held].tolist()
        some = join_bytes([rows.value(row) for row in places])
        inner = {i: laid[row] for i, row in enumerate(places) if row in laid} if laid else {}
        spans = structured_spans(some, Texts(some), codes[places], names, inner, setup)
        spans.sort(key=_row)
        return [s.row for s in spans], [
            (
                s.start, s.end, s.entity, s.family, s.score, s.validated, s.placeholder, s.evidence,
                s.detector, s.country, s.order, s.value,
            )
            for s in spans
        ]  # fmt: skip

    places = wanted.tolist()
    whats = [(names[codes[places[i]]], texts[places[i]]) for i in short.tolist()]
    found = zip(*each_once(whats, short, len(wanted), setup, search), strict=True)
    return [Span(places[i], *one) for i, one in found]


def _more(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
    mails: Mails | None = None,
) -> list[Span]:
    """Give what keys, columns and the tagger add to the detectors; rows with a name are taken out of `mails`."""
    from leakkit.pii.layout.goods import are_goods
    from leakkit.pii.spans_more import field_spans, name_spans, typed_spans, without_inner

    mails = {} if mails is None else mails
    typed: list[Span] = []
    for row, cells in laid.items():
        if row not in mails:
            typed += typed_spans(row, texts[row], cells, setup)
    alike: dict[str, list[int]] = {}
    goods: list[int] = []
    for number, name in enumerate(folded(names) if setup.layout == "auto" else ()):
        if name:
            alike.setdefault(name, []).append(number)
    for name, numbers in alike.items():
        own = np.flatnonzero(np.isin(codes, numbers) if len(numbers) > 1 else codes == numbers[0])
        free = [row for row in own.tolist() if row not in laid]
        if are_goods(name, [texts[row] for row in free[:_FEW_VALUES]], alike):
            goods += free
            continue
        typed += without_choices(field_spans(free, texts, name, setup), free, texts)
    open_ = np.ones(len(rows.starts), bool)
    open_[[*_listed(texts, codes, names), *_told_whole(texts, typed), *goods]] = False
    found = name_spans(rows, open_, texts, laid, setup)
    for row in mails.keys() & {span.row for span in found}:
        typed += typed_spans(row, texts[row], laid[row], setup)
        del mails[row]
    return typed + without_inner(found, typed)


def _told_whole(texts: Texts, typed: list[Span]) -> set[int]:
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
