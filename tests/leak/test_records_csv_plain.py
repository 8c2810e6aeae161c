"""Tables without quotes are cut at their delimiters: they must read as those that need a reader of quotes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.records import csv as records_csv
from leakkit.leak.records import csv_plain
from leakkit.leak.records.stream import iter_records

NAMES = ["name", "mail", "city"]


def _rows(data: str, notes: list[str] | None = None) -> list[tuple[int, str, str]]:
    """Read a table and give (row, field, text)."""
    skip = (notes if notes is not None else []).append
    batches = iter_records(lambda: io.BytesIO(data.encode()), "a.csv", "csv", skip=skip)
    columns = ("row", "field", "text")
    return [
        row
        for batch in batches
        for row in zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
    ]


def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in pieces of some rows."""
    for name, size in (("PIECE", 200), ("HEAD", 100), ("BLOCK", 1_000)):
        monkeypatch.setattr(records_csv, name, size)


@given(
    st.lists(st.tuples(*[st.text("aé0 \t.@\0", max_size=6)] * 3), max_size=90),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_cells_are_those_that_a_reader_of_quotes_gives(cells, end, ends):
    with pytest.MonkeyPatch.context() as patch:
        _small(patch)
        lines = [",".join(row) for row in cells]
        text = end.join([",".join(NAMES), *lines]) + end * ends
        quoted = end.join([",".join(f'"{name}"' for name in NAMES), *lines]) + end * ends
        told = [
            (n, name, cell)
            for n, row in enumerate(cells)
            for name, cell in zip(NAMES, row, strict=True)
            if cell
        ]
        assert _rows(text) == told == _rows(quoted)


@pytest.mark.parametrize("odd", ['"x, y",m,c', "one", "a,b,c,d", "", "a\rb,c,d"])
def test_rows_that_are_not_plain_are_read_in_another_way_with_their_numbers(odd, monkeypatch):
    _small(monkeypatch)
    lines = [f"n{number},m{number},c{number}" for number in range(90)]
    notes: list[str] = []
    found = _rows("\n".join([",".join(NAMES), *lines, odd, *lines]) + "\n", notes)
    assert [row for row in found if row[0] < 90] == [
        (n, name, f"{name[0]}{n}") for n in range(90) for name in NAMES
    ]
    assert [text for _, field, text in found if field == "name"][-90:] == [f"n{n}" for n in range(90)]
    assert not notes


def test_what_was_read_before_a_table_breaks_off_counts(monkeypatch):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if data := super().read(size):
                return data
            raise OSError("gone")

    _small(monkeypatch)
    lines = [f"n{number},m{number},c{number}" for number in range(90)]
    data = "\n".join([",".join(NAMES), *lines, "cut o"]).encode()
    batches = iter_records(lambda: Broken(data), "a.csv", "csv")
    found: list[str] = []
    with pytest.raises(BadMemberError):
        for batch in batches:
            found += batch.column("text").to_pylist()
    assert found == [f"{name}{n}" for n in range(90) for name in "nmc"]


def test_a_table_of_names_alone_has_no_rows():
    notes: list[str] = []
    assert _rows("name,mail", notes) == [] and not notes


def test_plain_tables_need_no_reader_of_quotes(monkeypatch):
    monkeypatch.setattr(records_csv, "_ArrowReader", None)
    assert _rows("name,mail\nAna,a\n") == [(0, "name", "Ana"), (0, "mail", "a")]
    assert csv_plain.in_turn(["é", ""], 2).to_pylist() == ["é", "", "é", ""]
