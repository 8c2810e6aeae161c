"""Tables printed in text are read cell by cell; all other lines stay as they are."""

from __future__ import annotations

import io
import json

import pytest

from leakkit.leak.open import open_leak
from leakkit.leak.records import printed
from leakkit.leak.records.slices import kind_of
from leakkit.leak.records.stream import iter_records
from leakkit.leak.source import BytesSource


def _rows(text: str, format: str = "text") -> list[tuple[int, str, str]]:
    """Give row, field and text of what is read."""
    found = []
    for batch in iter_records(lambda: io.BytesIO(text.encode()), "a.txt", format):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


def test_output_of_database_clients():
    text = " id | name  | note\n----+-------+------\n  1 | Ann B | a\n  2 |       | b\n(2 rows)\n"
    assert _rows(text) == [
        (2, "id", "1"),
        (2, "name", "Ann B"),
        (2, "note", "a"),
        (3, "id", "2"),
        (3, "note", "b"),
        (4, "", "(2 rows)"),
    ]


@pytest.mark.parametrize("signs", ["|-+", "│─┼"])
def test_boxes(signs):
    text = (
        "+----+------+\n| id | name |\n+----+------+\n| 1  | Ann  |\n| 2  | Bob  |\n+----+------+\n2 rows\n"
    )
    rows = _rows(text.translate(str.maketrans("|-+", signs)))
    assert rows[1:] == [
        (3, "id", "1"),
        (3, "name", "Ann"),
        (4, "id", "2"),
        (4, "name", "Bob"),
        (6, "", "2 rows"),
    ]


def test_markdown_with_a_bar_in_a_cell_and_a_second_table_at_once():
    text = (
        "# T\n\n| Name | Room |\n|:---|---:|\n| A \\| B | 1 |\n| City | Zone |\n|---|---|\n| C | 2 |\nend\n"
    )
    assert _rows(text, "markdown") == [
        (0, "", "# T"),
        (4, "Name", "A \\| B"),
        (4, "Room", "1"),
        (7, "City", "C"),
        (7, "Zone", "2"),
        (8, "", "end"),
    ]


def test_columns_set_by_blanks_with_heads_on_every_page():
    page = "NAME            IDNR    BORN\n----------------------------\nAnn Bee         12345   1990\n"
    text = page + "De Ferguson     22345   1991\n\npage 2\n" + page + "no row of this\n"
    assert [row for row in _rows(text) if row[1]] == [
        (number, field, value)
        for number, values in [(2, ("Ann Bee", "12345", "1990")), (3, ("De Ferguson", "22345", "1991"))]
        + [(8, ("Ann Bee", "12345", "1990"))]
        for field, value in zip(("NAME", "IDNR", "BORN"), values, strict=True)
    ]
    assert [row for row in _rows(text) if not row[1]] == [(5, "", "page 2"), (9, "", "no row of this")]


def test_numbers_set_to_the_right():
    text = (
        "who          pay       age\n=========================\n"
        + "Ann       123456        30\nBo            12         4\n"
    )
    assert [row[2] for row in _rows(text)] == ["Ann", "123456", "30", "Bo", "12", "4"]


def test_gaps_of_the_dashes_tell_columns():
    text = "empno name  \n----- ------\n    1 Ann   \n"
    assert _rows(text) == [(2, "empno", "1"), (2, "name", "Ann")]


@pytest.mark.parametrize(
    "text",
    [
        "Title\n-----\nwords that follow\n",
        "| Field | Value |\n|---|---|\n| mail | x |\n",
        "a  b  c\n---------\nwords of a sentence that go on\n",
        "| A | B |\n|---|---|\n",
        "--------\n--------\n--------\n",
        "a | b\n---- words | 1\n1 | 2\n",
    ],
)
def test_what_is_no_table_stays_as_lines(text):
    assert [row[1] for row in _rows(text)] == [""] * len(text.splitlines())


def test_lines_between_rows_keep_their_numbers_and_long_ones_come_in_parts():
    long = "x " * 700_000
    text = f"a | b\n---+---\n1 | 2\n{long}\n"
    rows = _rows(text)
    assert rows[:2] == [(2, "a", "1"), (2, "b", "2")]
    assert [row[:2] for row in rows[2:]] == [(3, ""), (3, "#1")]
    assert "".join(row[2] for row in rows[2:]) == long


FRAME = (
    "  full name         mail  age\n"
    "0   Ann Lee  a@x.example    1\n"
    "1        Bo  b@x.example   22\n"
    "2       NaN            c    3\n"
)


def test_frames_that_pandas_printed():
    assert _rows(f"hello\n{FRAME}\n[3 rows x 3 columns]\n") == [
        (0, "", "hello"),
        (2, "full name", "Ann Lee"),
        (2, "mail", "a@x.example"),
        (2, "age", "1"),
        (3, "full name", "Bo"),
        (3, "mail", "b@x.example"),
        (3, "age", "22"),
        (4, "mail", "c"),
        (4, "age", "3"),
        (6, "", "[3 rows x 3 columns]"),
    ]


def test_a_frame_with_names_as_index():
    text = "        age  town\nAnn Lee  30  Rome\nBo       41  Bonn\n"
    assert _rows(text)[:3] == [(1, "index", "Ann Lee"), (1, "age", "30"), (1, "town", "Rome")]
    moved = text.replace("  age", " age ")
    assert [row[1] for row in _rows(moved)] == [""] * 3  # values do not end where their column does


@pytest.mark.parametrize(
    "text", [" words of\n  a poem that\n is indented\n", "  a  b\n0 x\n1 y\n", "   \n\n  x\n"]
)
def test_indented_text_is_no_frame(text):
    assert {row[1] for row in _rows(text)} <= {""}


def _notebook(*cells: dict) -> dict[tuple[int, str], str]:
    """Give what is read of a notebook by row and field."""
    return {row[:2]: row[2] for row in _rows(json.dumps({"cells": cells}), "notebook")}


def test_tables_of_a_notebook_are_read_row_by_row():
    html = (
        "<p>People</p><table><thead><tr><th></th><th>name</th><th>mail</th></tr></thead><tbody>"
        "<tr><th>0</th><td>Ann Lee</td><td>a@x.example</td></tr></tbody></table>"
    )
    shown = {"text/html": [html], "text/plain": "      name         mail\n0  Ann Lee  a@x.example"}
    found = _notebook({"source": "df", "outputs": [{"data": shown}, {"text": ["so:\n", FRAME, "end"]}]})
    assert found[0, "outputs[0].data.text/html[2].name"] == "Ann Lee"
    assert found[0, "outputs[0].data.text/html[2].mail"] == "a@x.example"
    assert found[0, "outputs[0].data.text/html"] == "People\nname\nmail"
    assert not [field for _, field in found if "plain" in field]  # the page says all of it
    assert found[0, "outputs[1].text[2].full name"] == "Ann Lee"
    assert found[0, "outputs[1].text"] == "so:\nend"


def test_what_the_page_does_not_say_is_read_from_the_text():
    shown = {"text/html": "<table><tr><td>Ann</td></tr></table>", "text/plain": "Ann, and Bo as well"}
    found = _notebook({"outputs": [{"data": shown}]})
    assert found[0, "outputs[0].data.text/plain"] == "Ann, and Bo as well"


def test_markdown_of_a_notebook_and_scripts_that_never_end():
    table = "| name | mail |\n|---|---|\n| Ann | a@x.example |\n"
    skipped: list[str] = []
    cells = [
        {"cell_type": "markdown", "source": table},
        {
            "cell_type": "code",
            "source": table,
            "outputs": [{"data": {"text/html": "<table><tr><td>x</td><script>y"}}],
        },
    ]
    data = json.dumps({"cells": cells}).encode()
    fields = [
        field
        for batch in iter_records(lambda: io.BytesIO(data), "a.ipynb", "notebook", skip=skipped.append)
        for field in batch.column("field").to_pylist()
    ]
    assert fields[:2] == ["source[2].name", "source[2].mail"] and "source" in fields
    assert len(skipped) == 1 and "never ends" in skipped[0]


def test_a_large_file_with_a_table_is_not_cut():
    text = b"a | b\n---+---\n1 | 2\n" + b"line\n" * 1000
    assert kind_of(BytesSource(text), "text") == "whole"
    assert kind_of(BytesSource(b"line\n" * 1000), "text") == "lines"


def test_hostile_rules_take_linear_time():
    for text in (
        b"-" * 65_000,
        b" - " * 20_000,
        (b"a | b\n" + b"--" * 30 + b"\n") * 900,
        b"|" * 65_000 + b"\n---|---\n",
    ):
        assert printed.has_printed(text) in (True, False)


def test_cells_of_a_leak_have_their_columns(tmp_path):
    (tmp_path / "notes.md").write_text(
        "| name | mail |\n|---|---|\n| Ann Invented | ann@invented.example |\n"
    )
    frame = open_leak(tmp_path, hash=False).records().to_pandas()
    assert frame["field"].tolist() == ["name", "mail"]
