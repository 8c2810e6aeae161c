"""One table of a leak as a frame: every column, text kept as text, bounds, spoiled and hostile tables."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import leakkit as lk
from leakkit.errors import BadMemberError, BadParameterError, LeakNotFoundError
from leakkit.leak.read_table import read_table
from leakkit.leak.source import BytesSource

CSV = b"code;town;n\n01067;Dresden;1\n20095;;2\n80331;M\xfcnchen;3\n"


def read(data, format, rows=100):
    """Read bytes as one table."""
    return read_table(BytesSource(data, "t"), format, rows)


def packed(writer, n=1_000):
    """Bytes of a columnar table."""
    table = pa.table({"n": list(range(n)), "t": [f"row {i}" for i in range(n)]})
    file = io.BytesIO()
    if writer == "parquet":
        parquet.write_table(table, file)
    else:
        new = pa.ipc.new_file if writer == "arrow" else pa.ipc.new_stream
        with new(file, table.schema) as sink:
            sink.write_table(table, 300)
    return file.getvalue()


def test_text_stays_text_and_empty_cells_are_missing():
    frame = read(CSV, "csv")
    assert frame["code"].tolist() == ["01067", "20095", "80331"]
    assert frame["town"].isna().tolist() == [False, True, False]
    assert frame.attrs["complete"] is True
    assert frame.shape == (3, 3)


@pytest.mark.parametrize("writer", ["parquet", "arrow", "stream"])
@pytest.mark.parametrize(
    ("rows", "n", "whole"), [(10, 10, False), (1_000, 1_000, True), (None, 1_000, True), (0, 0, False)]
)
def test_columnar_tables_end_where_asked(writer, rows, n, whole):
    frame = read(packed(writer), "parquet" if writer == "parquet" else "arrow", rows)
    assert (len(frame), frame.attrs["complete"]) == (n, whole)


def test_a_table_longer_than_a_chunk_is_read_to_its_end():
    long = b"id,text\n" + b"".join(b"%d,%s\n" % (n, b"x" * 200) for n in range(20_000))
    frame = read(long, "csv", None)
    assert (len(frame), frame.attrs["complete"]) == (20_000, True)


def test_rows_of_separated_values_end_where_asked():
    assert read(CSV, "csv", 2).attrs["complete"] is False
    assert len(read(CSV, "csv", 2)) == 2
    assert read(CSV, "csv", 3).attrs["complete"] is True


def test_lines_that_are_no_object_are_dropped_and_nested_values_are_text():
    frame = read(
        b'{"a": 1, "b": {"c": 2}}\nnot json\n[1]\n{"a": 2, "d": "x"}\n' + b"[" * 10_000 + b"\n", "jsonl"
    )
    assert frame.columns.tolist() == ["a", "b", "d"]
    assert frame["a"].tolist() == [1, 2]
    assert frame["b"][0] == '{"c": 2}'


def test_names_that_attack_are_escaped():
    assert read(b"a,a\x07,\x1b[31m\n1,2,3\n4,5,6\n", "csv").columns.tolist() == ["a", "a\\x07", "\\x1b[31m"]


def test_spoiled_tables_end_in_one_sentence():
    with pytest.raises(BadMemberError):
        read(packed("parquet")[:-100], "parquet")
    with pytest.raises(BadMemberError):
        read(b"ARROW1\0\0" + b"\xff" * 100, "arrow")
    with pytest.raises(BadParameterError, match="Expected a table"):
        read(b"x", "pdf")
    with pytest.raises(BadParameterError, match="rows of 0 or more"):
        read(b"x", "csv", -1)
    assert read(b"", "csv").empty


def test_a_table_is_found_by_its_path():
    leak = lk.open_leak(lk.sample_leak())
    assert len(leak.read_table("datasets/users/users.csv", rows=7)) == 7
    with pytest.raises(LeakNotFoundError, match="readable table"):
        leak.read_table("datasets/users/nobody.csv")
