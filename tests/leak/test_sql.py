import io
import time

import pytest

from leakkit.leak.records.slices import kind_of
from leakkit.leak.records.sql import is_dump
from leakkit.leak.records.stream import iter_records
from leakkit.leak.source import BytesSource

USERS = b"CREATE TABLE `users` (\n `id` bigint NOT NULL,\n `nick` varchar(9),\n mail text,\n PRIMARY KEY (`id`)\n);\n"


def cells(text, format="source-code"):
    """Read a text as a member; rows of (row, field, text)."""
    batches = iter_records(lambda: io.BytesIO(text), "dump.sql", format)
    return [(r["row"], r["field"], r["text"]) for batch in batches for r in batch.to_pylist()]


def test_a_row_of_an_insert_is_a_record_whose_columns_the_created_table_names():
    text = USERS + b"INSERT INTO `users` VALUES (1,'annlee','ann@post.example'),\n(2,'bobfox',NULL);\n"
    assert cells(text)[6:] == [
        (6, "users.id", "1"), (6, "users.nick", "annlee"), (6, "users.mail", "ann@post.example"),
        (7, "users.id", "2"), (7, "users.nick", "bobfox"),
    ]  # fmt: skip


def test_columns_listed_in_the_statement_go_before_those_created():
    text = (
        USERS + b"INSERT INTO users (mail,\n nick) VALUES ('ann@post.example','annlee'); -- end\n"
        b"INSERT INTO users VALUES (2,'x','y');"
    )
    assert [(field, value) for _, field, value in cells(text)[6:]] == [
        ("users.mail", "ann@post.example"), ("users.nick", "annlee"), ("", " -- end"),
        ("users.id", "2"), ("users.nick", "x"), ("users.mail", "y"),
    ]  # fmt: skip


def test_quotes_brackets_line_feeds_and_functions_in_values_end_no_row():
    text = (
        b"INSERT INTO t VALUES (1,'it''s, (odd);','a\\'b',now(),0x41),(2,'two\nlines','c',concat('d','e'));"
    )
    assert [value for _, _, value in cells(text)] == ["it's, (odd);", "a'b", "two\nlines", "c"]


def test_lines_below_copy_are_rows_until_their_end():
    text = b"COPY public.users (id, mail) FROM stdin;\n1234567\tann@post.example\n2\t\\N\n\\.\nSELECT 1;\n"
    assert cells(text)[1:] == [
        (1, "users.id", "1234567"),
        (1, "users.mail", "ann@post.example"),
        (2, "users.id", "2"),
        (4, "", "SELECT 1;"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        USERS + b"INSERT INTO users VALUES (1,'root','root@post.example');\n",
        b"To insert into the list values (see below)\nuse the form\n",
        b"INSERT INTO archive SELECT * FROM users;\nINSERT INTO archive SELECT * FROM old;\n",
    ],
)
def test_a_schema_a_sentence_and_a_query_are_lines_of_text(text):
    assert not is_dump(text)
    assert [value for _, _, value in cells(text)] == [line for line in text.decode().split("\n") if line]


def test_statements_that_never_end_take_no_squared_time():
    texts = [
        b"INSERT INTO t VALUES (1,'a'),(2,'b');" * 40_000,
        b"INSERT INTO t VALUES (1,'a'),(2,'" + b"x" * 2_000_000 + b"\n'b\n" * 500,
        b"INSERT INTO t VALUES (1,'a'),(" + b"(" * 500_000,
        b"INSERT INTO t VALUES (1,'a'),('" + b"\\" * 2_000_000,
    ]
    start = time.process_time()
    for text in texts:
        assert cells(text)[0] == (0, "t.column1", "a")
    assert time.process_time() - start < 20


def test_a_dump_is_not_cut_as_its_columns_stand_at_its_head():
    dump = USERS + b"INSERT INTO users VALUES (1,'a','b'),(2,'c','d');\n"
    assert kind_of(BytesSource(dump), "source-code") == "whole"
    assert kind_of(BytesSource(USERS), "source-code") == "lines"
