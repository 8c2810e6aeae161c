"""Values that come again: found as if each row stood alone, within a batch and across batches."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii import repeats
from leakkit.pii.find import find_batch
from leakkit.pii.findings import columns_of_found, from_columns, table_of
from leakkit.pii.masking.case import Case
from leakkit.pii.matching.buffers import join_arrow
from leakkit.pii.repeats import LONGEST, with_repeats
from leakkit.pii.setup import make_setup
from leakkit.pii.spans import find_columns, find_spans
from leakkit.pii.weighing.memory import forget

CASE = Case.from_passphrase("a long pass phrase", "test")


def _batch(seed: int, rows: int = 600) -> pa.RecordBatch:
    """Make a table whose values repeat, with long notes, nothing at all, and tables in cells between them."""
    rng = random.Random(seed)
    makers = {
        "email": lambda: f"user{rng.randint(0, 40)}@mail{rng.randint(0, 3)}.example.com",
        "phone": lambda: f"07700 900{rng.randint(0, 999):03d}",
        "last_ip": lambda: f"203.0.113.{rng.randint(0, 60)}",
        "birth_date": lambda: f"19{rng.randint(50, 99)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
        "": lambda: rng.choice(["call 07700 900123", "ip 192.0.2.7 é", "x", "name: Ann Lee\nphone: 07700 900123"]),
        "note": lambda: "w" * rng.choice([1, LONGEST + 9]) + " write to ana@example.com",
    }  # fmt: skip
    fields = [rng.choice(list(makers)) for _ in range(rows)]
    texts = [None if rng.random() < 0.02 else makers[field]() for field in fields]
    columns = [["t.csv"] * rows, list(range(100, 100 + rows)), fields, texts]
    types = (pa.string(), pa.int64(), pa.string(), pa.large_string())
    return pa.RecordBatch.from_arrays(
        [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], schema=schema()
    )


def _one_by_one(batch: pa.RecordBatch) -> pa.Table:
    """Search every row by itself, none of them remembered."""
    setup = make_setup(names=None, case=CASE)
    tables = []
    for place in range(batch.num_rows):
        row = batch.slice(place, 1)
        tables.append(
            table_of(row, find_spans(join_arrow(row.column("text")), row.column("field"), setup), setup)
        )
    return pa.concat_tables(tables)


@pytest.mark.parametrize("seed", [1, 2])
def test_repeated_values_are_found_as_if_alone(seed: int) -> None:
    batch, setup = _batch(seed), make_setup(names=None, case=CASE)
    first, again = find_batch(batch, setup), find_batch(batch, setup)
    assert first.num_rows > batch.num_rows / 2
    assert first.equals(again)
    assert first.to_pylist() == _one_by_one(batch).to_pylist()


def test_with_names_a_batch_is_found_the_same_when_its_values_are_known() -> None:
    batch, setup = _batch(3), make_setup(names="builtin", case=CASE)
    fresh = make_setup(names="builtin", case=CASE)
    find_batch(_batch(4), setup)
    assert find_batch(batch, setup).to_pylist() == find_batch(batch, fresh).to_pylist()


def test_one_value_in_two_fields_is_weighed_by_each() -> None:
    texts = ["12345678"] * 200
    fields = ["account number", "weight"] * 100
    types = (pa.string(), pa.int64(), pa.string(), pa.large_string())
    columns = [[None] * 200, list(range(200)), fields, texts]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], schema=schema()
    )
    found = find_batch(batch, make_setup(names=None, case=CASE))
    assert set(found.column("field").to_pylist()) == {"account number"}
    assert found.num_rows == 100


class _Search:
    """Searches, and counts what it was asked."""

    def __init__(self) -> None:
        self.setup = make_setup(names=None, case=CASE)
        self.asked = 0

    def __call__(self, texts: pa.Array, fields: pa.Array) -> tuple[np.ndarray, dict[str, pa.Array]]:
        self.asked += len(texts)
        found = find_columns(join_arrow(texts), fields, self.setup)
        return found.rows, columns_of_found(found, self.setup)


def test_values_that_come_again_in_a_field_are_searched_once() -> None:
    batch = pa.concat_batches([_batch(5)] * 4)
    texts, fields, search, plain = batch.column("text"), batch.column("field"), _Search(), _Search()
    places, found = with_repeats(texts, fields, search)
    assert search.asked == len(set(zip(fields.to_pylist(), texts.to_pylist(), strict=True))) < len(texts) / 4
    rows, once = plain(texts, fields)
    assert from_columns(batch, places, found).equals(from_columns(batch, rows, once))


@pytest.mark.parametrize("length", [30, 200])
def test_values_that_all_differ_are_searched_as_they_are(length: int) -> None:
    texts = pa.array([f"{n:{length}d} write to ana@example.com" for n in range(2000)], pa.large_string())
    fields, search = pa.array(["message"] * 2000), _Search()
    places, _ = with_repeats(texts, fields, search)
    assert search.asked == 2000
    assert places.tolist() == list(range(2000))


@pytest.mark.parametrize("most", [0, 40])
def test_values_may_be_forgotten_at_any_time(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = _batch(3)
    before = find_batch(batch, make_setup(case=CASE))
    monkeypatch.setattr(repeats, "_MOST_HELD", most)
    setup = make_setup(case=CASE)
    first = find_batch(batch, setup)
    assert len(repeats._HELD[setup]) <= most
    forget()
    assert before.num_rows > batch.num_rows / 2
    assert first.equals(before) and find_batch(batch, setup).equals(before)


def test_values_are_not_held_where_none_comes_again() -> None:
    setup, held = make_setup(case=CASE), 3_000
    whats = [("email", f"user{number}@mail.example.com") for number in range(held)]
    rows = np.arange(held)

    def search(places: np.ndarray) -> tuple[list[int], list[tuple[str]]]:
        return list(range(len(places))), [(whats[place][1],) for place in places.tolist()]

    assert repeats.each_once(whats, rows, held, setup, search)[1] == [(text,) for _, text in whats]
    assert not repeats._HELD[setup]
    again = whats[:10] * 300
    found = repeats.each_once(again, rows, held, setup, search)
    assert found == (rows.tolist(), [(text,) for _, text in again])
    assert len(repeats._HELD[setup]) == 10
