"""Old (xls) and binary (xlsb) workbooks, and what is said of other old Office files."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.records import documents
from leakkit.leak.records.stream import iter_records
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource
from tests.made_offices import ole2, summary, xls, xlsb

Row = tuple[int, str, str]
DAYS_TO_1990 = 32_875  # 2 January 1990 as Excel counts
PEOPLE = [
    ["name", "card", "born", "age"],
    ["Ann", 4111111111111111.0, -float(DAYS_TO_1990), 5.0],
    ["Bob", None, None, 123456.0],
]
SHEETS = {"People": PEOPLE, "Hidden": [["1", "no header here"]]}


def rows(data: bytes, notes: list[str] | None = None) -> list[Row]:
    held = notes if notes is not None else []
    format = sniff(BytesSource(data, "d"))[0]
    found: list[Row] = []
    for batch in iter_records(lambda: io.BytesIO(data), "d", format, size=len(data), skip=held.append):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


def refused(data: bytes) -> str:
    """Give why a document is not read."""
    with pytest.raises(BadMemberError) as error:
        rows(data)
    return error.value.reason


def test_sheets_of_old_workbooks_are_tables_with_their_headers_dates_and_long_numbers() -> None:
    assert rows(ole2({"Workbook": xls(SHEETS, hidden=["Hidden"])})) == [
        (0, "People.name", "Ann"),
        (0, "People.card", "4111111111111111"),
        (0, "People.born", "1990-01-02"),
        (1, "People.name", "Bob"),
        (1, "People.age", "123456"),
        (0, "Hidden.A", "1"),
        (0, "Hidden.B", "no header here"),
    ]


def test_sheets_of_binary_workbooks_are_read_alike_with_their_author() -> None:
    without_dates = {"People": [[cell for cell in row if cell != -DAYS_TO_1990] for row in PEOPLE]}
    assert rows(xlsb(without_dates, author="Ann Example")) == [
        (0, "properties.author", "Ann Example"),
        (0, "People.name", "Ann"),
        (0, "People.card", "4111111111111111"),
        (1, "People.name", "Bob"),
        (1, "People.age", "123456"),
    ]


def test_a_cell_far_away_keeps_its_column() -> None:
    row = [*["x"] * 27, None, "2"]
    assert rows(ole2({"Workbook": xls({"S": [[], row]})}))[-2:] == [(0, "S.AA", "x"), (0, "S.AC", "2")]


def test_macros_and_embedded_files_of_old_workbooks_are_noted() -> None:
    notes: list[str] = []
    rows(ole2({"Workbook": xls(SHEETS)}, ["_VBA_PROJECT_CUR", "MBD0017"]), notes)
    assert notes == ["macros in it are not read", "files embedded in it are not read"]


def test_workbooks_with_a_password_are_refused() -> None:
    assert "needs a password" in refused(ole2({"Workbook": xls(SHEETS, password=True)}))
    assert "needs a password" in refused(ole2({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}))


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("WordDocument", "(doc)"),
        ("PowerPoint Document", "(ppt)"),
        ("__properties_version1.0", "(msg)"),
        ("VisioDocument", "no workbook"),
    ],
)
def test_other_old_office_files_say_what_is_not_read(stream: str, said: str) -> None:
    assert said in refused(ole2({stream: b"x"}))


def test_who_wrote_an_old_office_file_is_read_in_its_code_page_even_where_its_text_is_not() -> None:
    about = summary({4: "Анна".encode("cp1251"), 8: b"Bob", 2: b" "}, codepage=1251)
    data = ole2({"WordDocument": b"x", "\x05SummaryInformation": about})
    found = []
    with pytest.raises(BadMemberError, match="doc"):
        for batch in iter_records(lambda: io.BytesIO(data), "d", "ole2", size=len(data)):
            found += batch.select(["field", "text"]).to_pylist()
    assert [tuple(one.values()) for one in found] == [
        ("properties.author", "Анна"),
        ("properties.last_modified_by", "Bob"),
    ]


def test_broken_old_workbooks_cost_one_reason_and_the_next_is_read() -> None:
    whole = ole2({"Workbook": xls(SHEETS)})
    head = whole[:8]
    for data in (
        head,
        head + bytes(2_000),
        head + b"\xff" * 5_000,
        whole[:1_000],
        whole[:512] + bytes(9_000),
    ):
        assert refused(data)
    assert len(rows(whole)) == 7


def test_a_panic_of_the_library_is_a_broken_document() -> None:
    whole = bytearray(ole2({"Workbook": xls(SHEETS)}))
    whole[512 + 2] = 0  # the first record is empty
    assert "Panic" in refused(bytes(whole))
    assert len(rows(ole2({"Workbook": xls(SHEETS)}))) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_sheet_of_two_cells_as_far_apart_as_can_be_ends_in_a_reason() -> None:
    far = xlsb({"S": [["near", "7"]]})
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                row = b"\x00\x11" + (2**20 - 1).to_bytes(4, "little") + bytes(13)
                cell = b"\x06\x0e" + (2**14 - 1).to_bytes(4, "little") + bytes(4) + b"\x01\0\0\0f\0"
                data = data.replace(b"\x92\x01\x00", row + cell + b"\x92\x01\x00")
            new.writestr(name, data)
    assert "more memory" in refused(held.getvalue())
    assert rows(far) == [(0, "S.A", "near"), (0, "S.B", "7")]


def test_old_workbooks_over_the_limit_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1_000)
    assert "more than 1,000 bytes" in refused(ole2({"Workbook": xls(SHEETS)}))


def test_short_numbers_of_people_are_read_and_counts_are_not() -> None:
    book = {
        "Kunden": [["Nr", "Vorname", "Anzahl"], [1041.0, "Ann", 17.0]],
        "登録者": [["作業者番号", "氏名"], [12.0, "木嶋 花子"]],
    }
    assert rows(ole2({"Workbook": xls(book)})) == [
        (0, "Kunden.Nr", "1041"),
        (0, "Kunden.Vorname", "Ann"),
        (0, "登録者.作業者番号", "12"),
        (0, "登録者.氏名", "木嶋 花子"),
    ]
