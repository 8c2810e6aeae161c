"""Tables of facts with a fault planted in each: line, column and what to write instead are said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError, LeakNotFoundError, LeakUnreadableError
from leakkit.incidents import cells, check
from leakkit.incidents.check import check_data, read_table
from leakkit.incidents.iso_codes import COUNTRIES, CURRENCIES
from leakkit.incidents.tables import AI_LEAKS, TABLES, Cell

LEAK = "microsoft-ai-sas-2023"


@pytest.fixture
def damaged(tmp_path):
    """Give a function that writes a copy of a table with cells of one row changed, and gives its path and line."""

    def write(table, record, **changes):
        text = data_path(table).read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        number = next(i for i, row in enumerate(rows) if record in row.values())
        rows[number] |= changes
        path = tmp_path / table
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        return path, number + 2

    return write


def only(path):
    """Give the one problem of a file."""
    problems = check_data(path)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_the_tables_that_ship_have_no_fault():
    assert check_data() == []


def test_the_message_names_file_line_id_column_and_what_to_write(damaged):
    path, line = damaged("ai_leaks.csv", LEAK, date_disclosed="2023/9")
    problems = list(map(str, check_data(path)))
    assert problems == [
        f"{path}, line {line} (id {LEAK}), column date_disclosed: expected YYYY, YYYY-MM or YYYY-MM-DD; "
        "found '2023/9'; write 2023-09"
    ]


@pytest.mark.parametrize(
    ("column", "value", "todo"),
    [
        ("incident_id", "Microsoft AI 2023", "write microsoft-ai-2023"),
        ("title", "", "fill it in"),
        ("title", " Spaces", "write Spaces"),
        ("title", "=HYPERLINK(1)", "begin with another sign than ="),
        ("sector", "AI developer", "write ai_developer"),
        ("sector", "zoo", "use one of these; a new word needs a meaning in tables.py"),
        ("date_disclosed", "2023-02-30", "there is no such day; look it up"),
        ("date_disclosed", "18.9.2023", "write the year first, with two digits for month and day"),
        ("date_disclosed", "2023-09-18T10:00", "write 2023-09-18"),
        ("date_disclosed", "0203-09-18", "check the year"),
        ("date_disclosed", "9999", "check the year"),
        ("date_precision", "month", "write day"),
        ("date_occurred", "2023-09-19", "look both dates up"),
        ("artifact_types", "training_data, credentials", "write training_data;credentials"),
        ("artifact_types", "credentials;credentials", "write credentials"),
        ("artifact_types", "training_dat", "write training_data"),
        ("records_exposed", "30,000", "write 30000"),
        ("records_exposed", "30 000", "write 30000"),
        ("records_exposed", "over 20000", "write 20000"),
        ("records_exposed", "3.5 million", "write the number alone, with all its digits"),
        ("records_exposed", "38 TB", "write the number alone, with all its digits"),
        ("records_exposed", "1.5", "write the number alone, with all its digits"),
        ("records_exposed", "unknown", "leave it empty"),
        ("people_affected", "-1", "write the number alone, with all its digits"),
        ("pii", "no", "write yes, or empty people_affected"),
        ("country", "USA", "write US"),
        ("country", "uk", "write GB"),
        ("country", "XX", "look the code up"),
        ("fine_currency", "EUR", "write it, or empty fine_currency"),
        ("fine_currency", "€", "write EUR"),
        ("fine_currency", "XYZ", "look the code up"),
        ("status", "Confirmed", "write confirmed"),
        ("source_title", "", "fill it in, or write low"),
        ("source_url", "", "fill it in, or write low"),
        ("source_url", "www.example.org/a", "write https://www.example.org/a"),
        ("source_url", "https://example.org/é", "write https://example.org/%C3%A9"),
        ("source_url", "https://example.org/a b", "keep one; the second has its own column"),
        ("source_url", "https://nowhere", "write the address in full"),
        ("source_url", "https://[1", "write the address in full"),
        ("source_url", "javascript:alert(1)", "write the address in full"),
        ("notes", "two\nlines", "take them out"),
        ("notes", "turned \u202e round", "take them out"),
        ("notes", "n/a", "leave it empty"),
        ("notes", "x" * 5_001, "shorten it"),
        ("confidence", "hgh", "write high"),
    ],
)
def test_each_fault_of_a_leak_is_told_with_what_to_do(damaged, column, value, todo):
    path, line = damaged("ai_leaks.csv", LEAK, **{column: value})
    problem = next(p for p in check_data(path) if p.line >= line)
    assert problem.todo == todo
    named = "fine_amount" if todo.startswith("write it, or empty") else column
    named = "date_disclosed" if column == "date_occurred" else named
    assert (problem.line, problem.column) == (line, named)


@pytest.mark.parametrize(
    ("table", "record", "changes", "column", "todo"),
    [
        (
            "ai_leaks.csv",
            LEAK,
            {"fine_amount": "5", "regulator_action": "Fine"},
            "fine_currency",
            "write its ISO 4217 code",
        ),
        ("legal_duties.csv", "eu-gdpr-33-authority", {"deadline_hours": "70"}, "deadline_hours", "write 72"),
        ("legal_duties.csv", "us-hipaa-404", {"deadline_hours": ""}, "deadline_hours", "write 1440"),
        ("legal_duties.csv", "us-sec-8k-105", {"deadline_hours": "96"}, "deadline_hours", "leave it empty"),
        ("legal_duties.csv", "eu-gdpr-83-5", {"fine_rule": "higher"}, "fine_rule", "write higher_of"),
        ("legal_duties.csv", "eu-gdpr-83-5", {"fine_fixed_amount": ""}, "fine_fixed_amount", "fill it in"),
        (
            "legal_duties.csv",
            "eu-gdpr-83-5",
            {"fine_currency": ""},
            "fine_currency",
            "write its ISO 4217 code",
        ),
        (
            "legal_duties.csv",
            "eu-gdpr-83-5",
            {"fine_turnover_percent": "4%"},
            "fine_turnover_percent",
            "write 4",
        ),
        (
            "legal_duties.csv",
            "eu-gdpr-83-5",
            {"fine_turnover_percent": "400"},
            "fine_turnover_percent",
            "check the figure",
        ),
        (
            "legal_duties.csv",
            "eu-gdpr-34-people",
            {"fine_rule": "fixed"},
            "fine_rule",
            "leave it empty; the fine has its own row",
        ),
        ("legal_duties.csv", "eu-aia-26-5", {"in_force_from": ""}, "in_force_from", "fill it in"),
        (
            "legal_duties.csv",
            "eu-aia-26-5",
            {"in_force_from": "2027-12"},
            "in_force_from",
            "write the day, too",
        ),
        ("legal_duties.csv", "us-ca-ag", {"jurisdiction": "US-Calif"}, "jurisdiction", "look the code up"),
        ("legal_duties.csv", "uk-gdpr-33", {"jurisdiction": "UK"}, "jurisdiction", "write GB"),
        ("legal_duties.csv", "us-ca-ag", {"source_title": ""}, "source_title", "fill it in"),
        (
            "corpus_pii_prevalence.csv",
            "45.4662",
            {"count": "400000"},
            "rate_per_1000_documents",
            "write 49.96291",
        ),
        (
            "corpus_pii_prevalence.csv",
            "45.4662",
            {"corpus_documents": "0"},
            "corpus_documents",
            "leave it empty where unknown",
        ),
        ("harm_reference_points.csv", "10220000", {"unit": ""}, "unit", "fill it in"),
        ("harm_reference_points.csv", "10220000", {"year": "25"}, "year", "write four digits"),
        (
            "harm_reference_points.csv",
            "10220000",
            {"source_url": ""},
            "source_url",
            "fill it in, or write medium in confidence",
        ),
    ],
)
def test_cells_that_do_not_fit_each_other_are_told(damaged, table, record, changes, column, todo):
    path, line = damaged(table, record, **changes)
    problem = only(path)
    assert (problem.line, problem.column, problem.todo) == (line, column, todo)


def test_what_is_proposed_for_writing_is_accepted(damaged):
    for column, value in [
        ("date_disclosed", "2023/09/18"),
        ("records_exposed", "1,234,567"),
        ("country", "us"),
    ]:
        path, _ = damaged("ai_leaks.csv", LEAK, **{column: value})
        proposed = only(path).todo.removeprefix("write ")
        path, _ = damaged("ai_leaks.csv", LEAK, **{column: proposed})
        assert check_data(path) == []


@given(
    st.sampled_from([cell for table in TABLES for cell in table.cells]),
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"[0-9,. ]{1,12}( ?[A-Za-z%€]{0,3})?", fullmatch=True),
        st.from_regex(r"(https?://)?[a-z. é]{1,20}(/[^ ]{0,10})?", fullmatch=True),
        st.from_regex(r"[0-9]{3,5}[-/.][0-9]{1,2}([-/. ][0-9]{1,3})?", fullmatch=True),
    ),
)
def test_any_cell_is_sound_or_gets_an_advice_that_leads_to_a_sound_one(cell, value):
    for _ in range(4):
        fault = cells.cell_fault(cell, value)
        if fault is None or not fault[1].startswith("write ") or fault[1][6:].startswith(("the ", "four ")):
            return
        value = fault[1].removeprefix("write ")
    raise AssertionError(f"no end: {cell}, {value!r}, {fault}")


def test_every_failing_row_is_listed(damaged):
    path, _ = damaged("ai_leaks.csv", LEAK)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",confirmed,", ",sure,"), encoding="utf-8", newline="")
    problems = check_data(path)
    assert len(problems) == text.count(",confirmed,") > 50
    assert [p.line for p in problems] == sorted({p.line for p in problems})


def test_a_row_that_stands_twice_names_the_line_of_the_first(damaged):
    path, line = damaged("ai_leaks.csv", LEAK)
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*rows, rows[line - 1]]), encoding="utf-8", newline="")
    problem = only(path)
    assert problem.line == len(rows) + 1
    assert problem.expected == f"a row named once; line {line} has the same"


def test_the_line_is_where_a_row_begins_even_after_a_cell_of_several_lines(damaged):
    path, line = damaged("ai_leaks.csv", "meta-llama-weights-2023", notes="two\nlines")
    text = path.read_text(encoding="utf-8").replace("mistral-miqu-2024", "mistral miqu")
    path.write_text(text, encoding="utf-8", newline="")
    below = next(i for i, row in enumerate(text.splitlines(), 1) if row.startswith("mistral miqu"))
    assert [p.line for p in check_data(path)] == [line, below]


def test_line_ends_of_windows_and_a_byte_order_mark_are_welcome(damaged):
    path, _ = damaged("ai_leaks.csv", LEAK)
    raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + raw)
    assert check_data(path) == []


def test_a_comma_without_quotes_is_told(damaged):
    path, line = damaged("ai_leaks.csv", LEAK)
    rows = path.read_text(encoding="utf-8").splitlines()
    rows[line - 1] = rows[line - 1].replace(",Microsoft,", ",Microsoft, Inc.,")
    path.write_text("\n".join(rows), encoding="utf-8")
    problem = only(path)
    assert (problem.line, problem.expected, problem.found) == (line, "25 cells", "26 cells")


@pytest.mark.parametrize("bad", [b'"open', b'"a"b,c\n', b'"' + b"x" * 140_000 + b'"'])
def test_broken_quotes_and_endless_cells_are_a_fault_with_a_line(damaged, bad):
    path, _ = damaged("ai_leaks.csv", LEAK)
    whole = path.read_bytes()
    path.write_bytes(whole + bad)
    problems = check_data(path)
    assert problems and problems[-1].line == whole.count(b"\n") + 1
    assert len(str(problems[-1])) < 1_000


def test_another_encoding_is_told_by_line(damaged):
    path, line = damaged("ai_leaks.csv", LEAK)
    path.write_bytes(path.read_bytes().replace(b",Wiz,", b",Wi\xe9,", 1))
    problem = only(path)
    assert problem.todo == "save the file as UTF-8"
    assert problem.line == line


def test_a_header_without_a_column_or_with_one_too_many_is_told(damaged):
    path, _ = damaged("ai_leaks.csv", LEAK)
    text = path.read_text(encoding="utf-8").replace("fine_amount", "fine", 1)
    path.write_text(text, encoding="utf-8", newline="")
    assert {(p.line, p.column) for p in check_data(path)} == {(1, "fine"), (1, "fine_amount")}


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-8"), (",", "utf-16")])
def test_a_file_saved_in_another_form_is_one_fault(tmp_path, delimiter, encoding):
    rows = csv.reader(io.StringIO(data_path("ai_leaks.csv").read_text(encoding="utf-8")))
    path = tmp_path / "ai_leaks.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert only(path).todo.startswith("save it as CSV in UTF-8, with commas and the header incident_id,")


def test_columns_may_stand_in_another_order(tmp_path):
    rows = list(csv.DictReader(io.StringIO(data_path("ai_leaks.csv").read_text(encoding="utf-8"))))
    path = tmp_path / "ai_leaks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert check_data(path) == []


def test_an_empty_file_lacks_a_header(tmp_path):
    (tmp_path / "ai_leaks.csv").write_bytes(b"")
    assert only(tmp_path / "ai_leaks.csv").expected == "a header"


def test_a_table_of_another_name_is_known_by_its_header(tmp_path):
    copy = tmp_path / "mine.csv"
    copy.write_bytes(data_path("legal_duties.csv").read_bytes())
    assert check_data([copy, data_path("ai_leaks.csv")]) == []
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadParameterError, match=r"legal_duties\.csv"):
        check_data(tmp_path / "other.csv")


def test_a_file_that_is_absent_or_far_too_large_is_refused(tmp_path, monkeypatch):
    with pytest.raises(LeakNotFoundError, match=r"none\.csv"):
        check_data(tmp_path / "none.csv")
    monkeypatch.setattr(check, "LARGEST", 1_000)
    with pytest.raises(LeakUnreadableError, match="larger file"):
        check_data(data_path("ai_leaks.csv"))


def test_a_hostile_cell_is_cut_and_escaped(damaged):
    path, _ = damaged("ai_leaks.csv", LEAK, sector="\x1b[31m" + "z" * 3_000)
    text = str(only(path))
    assert "\x1b" not in text and len(text) < 1_000


def test_a_loader_names_the_first_faults_and_their_number(damaged):
    path, _ = damaged("ai_leaks.csv", LEAK)
    path.write_text(path.read_text(encoding="utf-8").replace(",confirmed,", ",sure,"), encoding="utf-8")
    with pytest.raises(BadFrameError, match=r"column status: .* and \d+ more") as caught:
        read_table(AI_LEAKS, path)
    assert "leakkit check-data ai_leaks.csv" in caught.value.todo


def test_every_column_of_every_table_is_checked():
    for table in TABLES:
        header = data_path(table.file).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(table.columns)
        assert all(cell.kind in cells._KINDS for cell in table.cells)


def test_codes_are_those_that_a_library_knows():
    phonenumbers = pytest.importorskip("phonenumbers")
    not_assigned = {"AC", "TA", "XK"}  # reserved codes with a telephone network
    assert phonenumbers.SUPPORTED_REGIONS - not_assigned < COUNTRIES
    assert len(COUNTRIES) == 249
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


@pytest.mark.parametrize(
    "value", ["2024-13", "2024-00", "2023-02-29", "0000", "24-01-01", "2024-1", "２０２４"]
)
def test_what_is_no_date_is_no_interval(value):
    assert cells.parsed_date(value) is None


def test_a_december_ends_with_its_year():
    assert [str(day) for day in cells.parsed_date("2024-12") or ()] == ["2024-12-01", "2024-12-31"]
    assert [str(day) for day in cells.parsed_date("2024") or ()] == ["2024-01-01", "2024-12-31"]


def test_a_joined_word_is_no_list_of_words():
    cell = Cell("x", "words", ("a", "b"))
    assert cells.cell_fault(cell, "a;b") is None
    assert cells.cell_fault(cell, "a/b") == ("words with ; between them, no spaces", "write a;b")
