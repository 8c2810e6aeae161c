"""Spans of a batch: matches, weighed; cells and names; those that overlap set against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.found import Found
from leakkit.pii.laid import is_whole, keys_at, laid_out
from leakkit.pii.matching.buffers import Texts
from leakkit.pii.message_ids import numbers_a_message
from leakkit.pii.weighing.dumps import IN_DUMPS, in_dump, looks_dumped
from leakkit.pii.weighing.nearest import by_nearest_word, without_words_of_next
from leakkit.pii.weighing.overlaps import groups, losers
from leakkit.pii.weighing.weigh_many import untouched, weigh_all

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.laid import Cells
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.setup import Setup

_KEY_REACH = 80
_place = attrgetter("row", "start", "end", "entity")
"""By what spans are sorted."""
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


def find_spans(rows: Rows, fields: pa.Array, setup: Setup) -> list[Span]:
    """Give the spans of a batch that become findings, by row, then place."""
    texts = Texts(rows)
    codes, names = coded(fields)
    laid = laid_out(rows, texts, setup)
    if setup.names is not None:
        from leakkit.pii.spans_named import find_named

        return find_named(rows, texts, codes, names, laid, setup)
    spans = structured_spans(rows, texts, codes, names, laid, setup)
    return settled([span for span in spans if span.score >= setup.least_score])


def find_columns(rows: Rows, fields: pa.Array, setup: Setup) -> Found:
    """Give what detectors alone find in a batch, by row, then place."""
    texts = Texts(rows)
    codes, names = coded(fields)
    found = structured(rows, texts, codes, names, laid_out(rows, texts, setup), setup)
    if setup.least_score > 0:
        scores = np.array([weighed.score for weighed in found.weighed], float)
        found = found.take(np.flatnonzero(scores >= setup.least_score))
    return setup.settler.settled(found)


def structured_spans(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> list[Span]:
    """Give the weighed spans of all detectors in a batch."""
    found = structured(rows, texts, codes, names, laid, setup)
    columns = (found.rows.tolist(), found.starts.tolist(), found.ends.tolist(), found.which.tolist())
    spans = []
    for row, start, end, index, weighed, value in zip(*columns, found.weighed, found.values, strict=True):
        entity, detector = setup.rules[index].entity, setup.rules[index].detector
        spans.append(
            Span(
                row, start, end, entity.name, entity.family, weighed.score, weighed.validated,
                weighed.placeholder, weighed.evidence, detector.id, detector.country, index, value,
            )
        )  # fmt: skip
    return spans


def structured(
    rows: Rows,
    texts: Texts,
    codes: np.ndarray,
    names: list[str],
    laid: Mapping[int, Cells],
    setup: Setup,
) -> Found:
    """Give the weighed spans of all detectors in a batch, column by column."""
    which, starts, ends = setup.matcher.find_rows(rows, _telling(codes, names, laid, setup))
    kept = untouched(rows, setup.rules, which, starts, ends)
    which, starts, ends = which[kept], starts[kept], ends[kept]
    places = rows.row_of(starts)
    keys = _keys_at(rows, laid, places, starts, ends)
    kept = _with_keys(rows, which, starts, codes[places], names, keys, setup)
    kept = kept[np.argsort(which[kept], kind="stable")]
    keys = None if keys is None else [keys[i] for i in kept.tolist()]
    fields = [names[code] for code in codes[places[kept]].tolist()]
    found = _weighed(rows, which[kept], starts[kept], ends[kept], fields, keys, setup)
    found = _out_of_dumps(_whole(found, texts, laid, setup), texts, setup)
    return without_words_of_next(by_nearest_word(found, texts, setup), texts, setup)


def _weighed(
    rows: Rows,
    which: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    fields: list[str],
    keys: list[str] | None,
    setup: Setup,
) -> Found:
    """Weigh spans, by detector, and leave out what a rule drops."""
    weighed, values = weigh_all(rows, setup.rules, which, starts, ends, fields, keys)
    held = [i for i, one in enumerate(weighed) if one is not None]
    some = np.array(held, np.int64)
    places = rows.row_of(starts[some])
    first, last = rows.characters(places, starts[some]), rows.characters(places, ends[some])
    left = [one for one in weighed if one is not None]
    return Found(places, first, last, which[some], left, [values[i] for i in held])


def _keys_at(
    rows: Rows, laid: Mapping[int, Cells], places: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> list[str] | None:
    """Give the key of the cell that each span stands in; None where no text is laid out."""
    if not laid:
        return None
    return keys_at(laid, places, rows.characters(places, starts), rows.characters(places, ends))


def _whole(found: Found, texts: Texts, laid: Mapping[int, Cells], setup: Setup) -> Found:
    """Leave out spans told by their key alone that are not the whole value of it."""
    keyed = setup.keyed[found.which].tolist()
    if not any(keyed):
        return found
    kept = []
    columns = (found.rows.tolist(), found.starts.tolist(), found.ends.tolist())
    for i, (row, start, end) in enumerate(zip(*columns, strict=True)):
        if not keyed[i] or is_whole(texts[row], start, end, laid.get(row, ())):
            kept.append(i)
    return found.take(np.array(kept, np.int64))


def _out_of_dumps(found: Found, texts: Texts, setup: Setup) -> Found:
    """Leave out spans that are part of printed rows of bytes or numbers, and the numbers of messages."""
    asked = np.flatnonzero(setup.labels.are_among(IN_DUMPS)[found.which])
    columns = (column[asked].tolist() for column in (found.rows, found.starts, found.ends, found.which))
    entities, values = setup.labels.names, found.values
    told: dict[tuple[int, int, int, bool], bool] = {}
    dropped = []
    for i, row, start, end, which in zip(asked.tolist(), *columns, strict=True):
        entity = entities[which]
        if entity == "EMAIL" and numbers_a_message(texts[row], start):
            dropped.append(i)
        elif looks_dumped(entity, values[i]):
            span = row, start, end, entity == "EMAIL"
            if span not in told:
                told[span] = in_dump(texts[row], start, end, entity)
            if told[span]:
                dropped.append(i)
    if not dropped:
        return found
    return found.take(np.delete(np.arange(len(found.which)), dropped))


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
    kept = ~setup.keyed[which]
    needy = np.flatnonzero(~kept)
    if not len(needy):
        return np.arange(len(which))
    told = np.array([setup.telling(name) for name in names], bool).reshape(len(names), len(setup.detectors))
    kept[needy] = told[codes[needy], which[needy]]
    if keys is None:
        bare = needy[~kept[needy]]
    else:
        own: dict[str, int] = {"": 0}
        own_key = np.array([own.setdefault(keys[i], len(own)) for i in needy.tolist()])
        told = np.array([setup.telling(key) for key in own])[own_key, which[needy]]
        kept[needy] = np.where(own_key > 0, told, kept[needy])
        bare = needy[(own_key == 0) & ~kept[needy]]
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
    known: dict[frozenset[str], int] = {}
    nothing = setup.telling("")
    tells: dict[str | None, bool] = {None: False}
    for row, cells in laid.items():
        own = {cell.key for cell in cells}
        for key in own - tells.keys():
            told = setup.telling(key)
            tells[key] = told is not nothing and bool((told > nothing).any())
        keys = frozenset([key for key in own if tells[key]] + [names[codes[row]]])
        if keys not in known:
            known[keys] = len(table)
            table.append(np.logical_or.reduce([setup.telling(key) for key in sorted(keys)]))
        codes[row] = known[keys]
    return codes, np.array(table, bool).reshape(len(table), len(setup.detectors))


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
    rows = np.array([s.row for s in spans], np.int64)
    starts, ends = np.array([s.start for s in spans], np.int64), np.array([s.end for s in spans], np.int64)
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
    left = [s for i, s in enumerate(spans) if i not in gone] if gone else spans
    return sorted(left, key=_place)


def _losers(members: list[Span], known: dict[Any, dict[int, int]]) -> dict[int, int]:
    """Give what `losers` gives; groups that are alike but for their values and places are looked at once."""
    begin, end = members[0].start, members[0].end
    if any(m.start != begin or m.end != end for m in members):
        return losers(members)
    what = tuple([(m.detector, m.entity, m.score, m.order) for m in members])
    if (found := known.get(what)) is None:
        found = known[what] = losers(members)
    return found
