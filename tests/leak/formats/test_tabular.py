"""Tables: rows, columns and types from headers; damage named; nothing but our own error on bad bytes."""

from __future__ import annotations

import functools
import io
import json
import sqlite3
import struct
import time
import tracemalloc

import pyarrow as pa
import pyarrow.ipc
import pyarrow.orc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.frames import TABLES
from leakkit.leak.formats.table import DTYPES
from leakkit.leak.formats.tabular import TABLE_FORMATS, read, table_rows, visit_rows
from leakkit.leak.source import BytesSource, FileSource
from leakkit.leak.walk import Visit

TABLE = pa.table(
    {
        "id": pa.array([1, 2, None], pa.int64()),
        "name": ["Ada", "Bob", None],
        "score": [0.5, 1.5, 2.5],
        "day": pa.array([0, 1, 2], pa.date32()),
        "seen": pa.array([0, 1, 2], pa.timestamp("us")),
        "ok": [True, False, None],
    }
)
DTYPES_OF_TABLE = ["integer", "string", "number", "date", "timestamp", "boolean"]


def facts(data: bytes | str, format: str, name: str = "table"):
    return read(BytesSource(data.encode() if isinstance(data, str) else data, name), format)


def rows(data: bytes | str, format: str, name: str = "table"):
    return table_rows(BytesSource(data.encode() if isinstance(data, str) else data, name), format)


@functools.cache
def parquet(**options) -> bytes:
    file = io.BytesIO()
    pq.write_table(TABLE, file, **options)
    return file.getvalue()


@functools.cache
def arrow(kind: str = "file", compression: str | None = None) -> bytes:
    file = io.BytesIO()
    new = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
    with new(file, TABLE.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(TABLE, max_chunksize=2)
    return file.getvalue()


@functools.cache
def orc(compression: str = "uncompressed") -> bytes:
    file = io.BytesIO()
    pyarrow.orc.write_table(TABLE, file, compression=compression)
    return file.getvalue()


def zigzag(value: int) -> bytes:
    value, out = value << 1, b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def avro_bytes(text: bytes) -> bytes:
    return zigzag(len(text)) + text


def avro() -> bytes:
    fields = [
        {"name": "id", "type": "long"},
        {"name": "name", "type": ["null", "string"]},
        {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    ]
    schema = json.dumps({"type": "record", "name": "user", "fields": fields}).encode()
    mark = bytes(range(16))
    header = b"Obj\x01" + zigzag(2)
    header += (
        avro_bytes(b"avro.schema") + avro_bytes(schema) + avro_bytes(b"avro.codec") + avro_bytes(b"null")
    )
    block = b"rows are not looked at"
    return header + b"\0" + mark + 2 * (zigzag(5) + zigzag(len(block)) + block + mark)


@functools.cache
def sqlite(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, mail VARCHAR(80), joined DATETIME, photo BLOB);"
        "INSERT INTO users(mail) VALUES ('a@example.org'), ('b@example.org');"
        "CREATE VIEW many AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c;"
        'CREATE TABLE "odd "" name"(x REAL, y AS (x * 2));' + ";".join(statements)
    )
    data = connection.serialize()
    connection.close()
    return data


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (parquet(), "parquet"),
        (arrow(), "arrow"),
        (arrow("stream"), "arrow"),
        (arrow("file", "zstd"), "feather"),
        (orc(), "orc"),
        (orc("zlib"), "orc"),
        (orc("zstd"), "orc"),
        (orc("snappy"), "orc"),
    ],
)
def test_columnar_header_gives_rows_names_and_types(data, format):
    found = rows(data, format)
    assert [row["column"] for row in found] == TABLE.column_names
    assert [row["dtype"] for row in found] == DTYPES_OF_TABLE
    assert {(row["n_rows"], row["rows_by"]) for row in found} == {(3, "header")}
    values = facts(data, format).values
    assert (values["x_n_rows"], values["x_n_columns"], values["x_rows_by"]) == (3, 6, "header")


def test_parquet_nulls_come_from_the_statistics():
    assert [row["nulls"] for row in rows(parquet(), "parquet")] == [1, 1, 0, 0, 0, 1]
    assert {row["nulls"] for row in rows(parquet(write_statistics=False), "parquet")} == {None}


def test_parquet_nested_columns_are_named_by_their_path():
    file = io.BytesIO()
    pq.write_table(pa.table({"tags": [["a"], ["b"]], "who": [{"mail": "x"}, {"mail": "y"}]}), file)
    found = rows(file.getvalue(), "parquet")
    assert [(row["column"], row["dtype"]) for row in found] == [("tags[]", "string"), ("who.mail", "string")]


def test_parquet_maker_and_row_groups_are_told():
    values = facts(parquet(row_group_size=2), "parquet").values
    assert values["x_n_row_groups"] == 2
    assert values["x_created_by"].startswith("parquet-cpp-arrow")


@pytest.mark.parametrize(
    ("mangle", "status"),
    [
        (lambda d: d[:-20], "truncated"),
        (lambda d: d[:6], "truncated"),
        (lambda d: d[:-4] + b"PARE", "refused"),
        (lambda d: d[:-8] + struct.pack("<I", 2**31) + b"PAR1", "truncated"),
        (lambda d: d[:-600] + b"\xff" * 592 + d[-8:], "corrupt"),
    ],
)
def test_damaged_parquet_is_named(mangle, status):
    with pytest.raises(BadMemberError) as caught:
        facts(mangle(parquet()), "parquet")
    assert caught.value.status == status


def test_parquet_whose_columns_are_missing_is_truncated():
    data = parquet()
    length = struct.unpack("<I", data[-8:-4])[0]
    assert facts(b"PAR1" + data[-8 - length :], "parquet").status == "truncated"


def test_parquet_footer_alone_is_read_of_a_huge_file():
    data = parquet()

    class Sparse(io.BytesIO):
        read_bytes = 0

        def seek(self, offset, whence=0):
            return super().seek(offset - (10**11 - len(data)) if offset else 0, whence)

        def read(self, size=-1):
            found = super().read(size)
            Sparse.read_bytes += len(found)
            return found

    source = FileSource(Sparse(data), "x", 10**11, head=b"PAR1" + bytes(65_532))
    assert read(source, "parquet").values["x_n_rows"] == 3
    assert Sparse.read_bytes < len(data)


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_cut_arrow_keeps_its_columns_and_says_so(kind):
    data = arrow(kind)
    found = facts(data[:-100], "arrow")
    assert (found.status, found.values["x_n_columns"], found.values["x_n_rows"]) == ("truncated", 6, None)


def test_stream_without_its_end_mark_is_read_with_a_remark():
    found = facts(arrow("stream")[:-8], "arrow")
    assert (found.status, found.values["x_n_rows"]) == ("ok", 3)
    assert "without a mark" in found.error


def test_avro_blocks_are_added_up():
    found = rows(avro(), "avro")
    assert [(row["column"], row["dtype"]) for row in found] == [
        ("id", "integer"),
        ("name", "string"),
        ("seen", "timestamp"),
    ]
    assert {row["n_rows"] for row in found} == {10}
    assert facts(avro()[:-5], "avro").status == "truncated"


def test_csv_head_gives_dialect_types_and_count():
    found = rows("id;mail;born\n1;a@example.org;1990-01-01\n2;;1991-02-02\n", "csv")
    assert [(row["column"], row["dtype"]) for row in found] == [
        ("id", "integer"),
        ("mail", "string"),
        ("born", "date"),
    ]
    assert {(row["n_rows"], row["rows_by"]) for row in found} == {(2, "counted")}
    assert facts("id;mail\n1;x\n", "csv").values["x_dialect"] == "semicolon"


def test_csv_without_a_header_names_its_columns_by_place():
    found = rows("1,Ada\n2,Bob\n", "csv")
    assert [row["column"] for row in found] == ["column_0", "column_1"]
    assert found[0]["n_rows"] == 2


def test_rows_of_a_large_csv_are_an_estimate():
    data = b"id,text\n" + b"".join(b"%07d,%s\n" % (i, b"x" * 40) for i in range(20_000))
    [first, _] = rows(data, "csv")
    assert first["rows_by"] == "estimated"
    assert first["n_rows"] == pytest.approx(20_000, rel=0.01)


def test_quoted_line_breaks_are_no_rows():
    assert rows('id,text\n1,"two\nlines"\n2,x\n', "csv")[0]["n_rows"] == 2


def test_utf16_csv_is_read():
    assert [row["column"] for row in rows("id,mail\n1,x\n".encode("utf-16"), "csv")] == ["id", "mail"]


def test_jsonl_keys_come_in_order_with_joined_types():
    found = rows('{"a": 1, "b": "x"}\n{"a": 1.5, "c": null}\nnot json\n', "jsonl")
    assert [(row["column"], row["dtype"]) for row in found] == [
        ("a", "number"),
        ("b", "string"),
        ("c", "null"),
    ]
    assert facts('{"a": 1}\nnot json\n', "jsonl").values["x_n_bad_lines_in_head"] == 1


def test_jsonl_of_nonsense_is_corrupt():
    with pytest.raises(BadMemberError):
        facts("nonsense\nmore nonsense\n", "jsonl")


def test_deep_line_of_json_is_one_bad_line():
    assert facts("[" * 60_000 + "\n" + '{"a": 1}\n', "jsonl").values["x_n_bad_lines_in_head"] == 1


def test_sqlite_tables_are_listed_without_views_and_computed_columns():
    found = rows(sqlite(), "sqlite")
    assert [(row["table"], row["column"], row["dtype"], row["n_rows"]) for row in found] == [
        ('odd " name', "x", "number", 0),
        ("users", "id", "integer", 2),
        ("users", "mail", "string", 2),
        ("users", "joined", "timestamp", 2),
        ("users", "photo", "binary", 2),
    ]


def test_sqlite_on_disk_is_read_in_place(tmp_path):
    place = tmp_path / "users.db"
    place.write_bytes(sqlite())
    before = place.stat().st_mtime_ns
    with place.open("rb", buffering=0) as file:
        assert read(FileSource(file, "users.db"), "sqlite").values["x_n_rows"] == 2
    assert place.stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == ["users.db"]


def test_sqlite_in_log_mode_is_read_without_its_log():
    data = bytearray(sqlite())
    data[18:20] = b"\2\2"
    assert facts(bytes(data), "sqlite").values["x_n_rows"] == 2


def test_sqlite_with_missing_pages_is_truncated():
    data = sqlite("CREATE TABLE filler AS SELECT hex(randomblob(3000)) AS x")
    assert facts(data[:-4096], "sqlite").status == "truncated"
    assert "pages" in facts(data[:-4096], "sqlite").error


def test_sqlite_schema_that_would_run_for_ever_is_not_run():
    started = time.perf_counter()
    assert (
        facts(sqlite("CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT * FROM many; END"), "sqlite").status
        == "ok"
    )
    assert time.perf_counter() - started < 5


def test_notebook_counts_cells_and_names_its_language():
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "source": ["1"],
                "outputs": [{"output_type": "stream", "text": "cell_type"}],
            },
            {"cell_type": "markdown", "source": ["# x"], "metadata": {"cell_type": "no cell"}},
        ],
        "metadata": {"kernelspec": {"language": "python"}},
        "nbformat": 4,
    }
    values = facts(json.dumps(notebook), "notebook").values
    assert (values["x_n_cells"], values["x_n_code_cells"], values["x_n_outputs"]) == (2, 1, 1)
    assert (values["x_language"], values["x_nbformat"]) == ("python", 4)
    assert facts(json.dumps(notebook)[:-30], "notebook").status == "truncated"


def test_names_from_the_leak_are_escaped():
    assert rows("a\x1b[31m,b\n1,2\n", "csv")[0]["column"] == "a\\x1b[31m"
    assert facts("a\u202e,b\n1,2\n", "csv").values["x_columns"] == ["a\\u202e", "b"]


def test_rows_fit_the_tables_frame_and_bad_members_give_none():
    visits = [
        Visit("a.parquet", source=BytesSource(parquet(), "a.parquet"), format="parquet"),
        Visit("bad.parquet", source=BytesSource(b"PAR1", "bad.parquet"), format="parquet"),
        Visit("gone.csv", format="csv"),
        Visit("x.txt", source=BytesSource(b"a,b", "x.txt"), format="text"),
    ]
    frame = TABLES.validate(TABLES.from_rows(visit_rows(visits)))
    assert set(frame["path"]) == {"a.parquet"}
    assert frame["table"].unique().tolist() == ["a.parquet"]
    assert set(frame["dtype"]) <= set(DTYPES)


SEEDS = {
    "parquet": parquet(),
    "arrow": arrow(),
    "feather": arrow("stream", "lz4"),
    "orc": orc("zlib"),
    "avro": avro(),
    "csv": b'a,b\n1,"x\ny"\n',
    "tsv": b"a\tb\n1\t2\n",
    "jsonl": b'{"a": [1]}\n{"b": null}\n',
    "lm-eval-samples": b'{"doc_id": 1}\n',
    "sqlite": sqlite(),
    "notebook": b'{"cells": [{"cell_type": "code"}], "nbformat": 4}',
}


def test_every_format_has_a_seed():
    assert set(SEEDS) == TABLE_FORMATS | {"notebook"}


@given(st.data())
def test_mangled_tables_end_in_facts_or_our_error(data):
    format = data.draw(st.sampled_from(sorted(SEEDS)))
    seed = SEEDS[format]
    at = data.draw(st.integers(0, len(seed)))
    junk = data.draw(st.binary(max_size=12))
    cut = data.draw(st.integers(0, 12))
    try:
        found = facts(seed[:at] + junk + seed[at + cut :], format)
    except BadMemberError as error:
        assert error.status in {"corrupt", "truncated", "refused", "limit"}
    else:
        assert found.status in {"ok", "corrupt", "truncated", "refused", "limit"}


@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=400))
def test_random_bytes_end_in_facts_or_our_error(format, junk):
    for data in (junk, SEEDS[format][:16] + junk + SEEDS[format][-12:]):
        try:
            facts(data, format)
        except BadMemberError:
            continue


def test_claims_of_a_header_allocate_nothing():
    tracemalloc.start()
    data = avro()
    for liar in (
        data[:4] + zigzag(2**40) + data[5:],
        data[:5] + zigzag(2**40) + data[6:],
        arrow()[:8] + b"\xff\xff\xff\xff\xff\xff\xff\x7f" + arrow()[16:],
    ):
        with pytest.raises(BadMemberError):
            facts(liar, "avro" if liar.startswith(b"Obj") else "arrow")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
