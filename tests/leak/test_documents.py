"""Text of PDF, Word, Excel, PowerPoint and ORC; hostile ones cost one reason, and the next is read all the same."""

from __future__ import annotations

import datetime
import io
import os
import signal
import sys
import zipfile
import zlib
from collections.abc import Iterator

import pyarrow as pa
import pytest
from pyarrow import orc

from leakkit.bundled import sample_leak
from leakkit.errors import BadMemberError
from leakkit.leak.open import open_leak
from leakkit.leak.records import documents
from leakkit.leak.records.stream import iter_records

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
pptx = pytest.importorskip("pptx")
pypdf = pytest.importorskip("pypdf")
Row = tuple[int, str, str]
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")


def rows(data: bytes, format: str, notes: list[str] | None = None) -> list[Row]:
    held = notes if notes is not None else []
    found: list[Row] = []
    for batch in iter_records(lambda: io.BytesIO(data), "d", format, size=len(data), skip=held.append):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return [row for row in found if not row[1].startswith("properties.")]


def saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def pdf(*pages: bytes, extra: bytes = b"") -> bytes:
    """Make a PDF of pages of text operators."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        packed = zlib.compress(b"BT /F1 12 Tf 72 700 Td " + page + b" ET")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R %s >>"
            % (5 + 2 * number, extra)
        )
        objects.append(
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n%strailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(data),
    )


def office(main: str, content: bytes, part: str, kind: str) -> bytes:
    """Make an Office file whose one part is given."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{part}" ContentType="{kind}"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'officeDocument" Target="{main}"/>'
            "</Relationships>",
        )
        file.writestr(part, content)
    return held.getvalue()


def word(xml: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return office("word/document.xml", xml, "word/document.xml", kind)


@pytest.fixture
def short_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give documents two seconds."""
    documents._child.end()
    monkeypatch.setattr(documents, "SECONDS", 2)
    yield
    documents._child.end()


def test_lines_of_a_letter_are_rows() -> None:
    found = rows(pdf(b"(Ann Example) Tj 0 -20 Td (second line) Tj"), "pdf")
    assert found == [(0, "text", "Ann Example"), (1, "text", "second line")]


def test_pages_are_told_apart_where_there_are_several() -> None:
    notes: list[str] = []
    found = rows(pdf(b"(one) Tj", b"", b"(three) Tj"), "pdf", notes)
    assert found == [(0, "page[0]", "one"), (1, "page[2]", "three")]
    assert notes == ["pages without text, which may be pictures of text: 1"]


def test_links_and_notes_on_a_pdf_page_are_read_and_scripts_are_not() -> None:
    extra = (
        b"/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (mailto:ann@example.org) >> >>"
        b" << /Type /Annot /Subtype /Text /Contents (call Ann) >>"
        b" << /Type /Annot /Subtype /Link /A << /S /JavaScript /JS (app.alert\\(1\\)) >> >>]"
    )
    found = rows(pdf(b"(x) Tj", extra=extra), "pdf")
    assert ("text.link", "mailto:ann@example.org") in [row[1:] for row in found]
    assert ("text.note", "call Ann") in [row[1:] for row in found]
    assert not any("alert" in text for *_, text in found)


def test_a_pdf_with_a_password_is_refused_and_one_with_an_empty_one_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(b"(open) Tj")))
    writer.encrypt("", "owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert rows(held.getvalue(), "pdf") == [(0, "text", "open")]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(b"(open) Tj")))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    with pytest.raises(BadMemberError, match="needs a password") as error:
        rows(held.getvalue(), "pdf")
    assert error.value.status == "refused"


def test_rows_of_a_table_in_word_are_records_with_the_names_of_its_columns() -> None:
    document = docx.Document()
    document.add_paragraph("Staff")
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, [("Name", "Born"), ("Ada", "1815"), ("Bob", "1820")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("End")
    target = io.BytesIO()
    document.save(target)
    found = [(row, field, text) for row, field, text in rows(target.getvalue(), "ooxml") if "." not in field]
    assert [one[1:] for one in found] == [
        ("text", "Staff"),
        ("text", "Name"),
        ("text", "Born"),
        ("Name", "Ada"),
        ("Born", "1815"),
        ("Name", "Bob"),
        ("Born", "1820"),
        ("text", "End"),
    ]
    assert found[3][0] == found[4][0] != found[5][0] == found[6][0]


def test_paragraphs_cells_headers_comments_deletions_boxes_and_links_of_word() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Dear Ann")
    document.add_table(1, 1).cell(0, 0).text = "a cell"
    document.sections[0].header.paragraphs[0].text = "the header"
    document.add_comment(paragraph.runs, text="a comment", author="C", initials="c")
    document.part.relate_to("mailto:ann@example.org", "http://x/hyperlink", is_external=True)
    from docx.oxml.parser import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>, gone</w:delText></w:r></w:del>"))
    inner = "<w:p><w:r><w:t>in a box</w:t></w:r></w:p>"
    box = f"<w:r {space}><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    found = [row[1:] for row in rows(saved(document), "ooxml")]
    assert found[:3] == [("text", "in a box"), ("text", "Dear Ann, gone"), ("text", "a cell")]
    assert {("header", "the header"), ("comment", "a comment"), ("link", "mailto:ann@example.org")} <= set(
        found
    )


def test_sheets_are_tables_with_their_headers_dates_and_long_numbers() -> None:
    book = openpyxl.Workbook()
    book.active.title = "People"
    for cells in (
        ["name", "card", "born", "age"],
        ["Ann", 4111111111111111, datetime.date(1990, 1, 2), 5],
        ["Bob", None, None, 123456.0],
    ):
        book.active.append(cells)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden.append(["1", "no header here"])
    assert rows(saved(book), "ooxml") == [
        (0, "People.name", "Ann"),
        (0, "People.card", "4111111111111111"),
        (0, "People.born", "1990-01-02"),
        (1, "People.name", "Bob"),
        (1, "People.age", "123456"),
        (0, "Hidden.A", "1"),
        (0, "Hidden.B", "no header here"),
    ]


def test_slides_and_their_notes() -> None:
    show = pptx.Presentation()
    for number in range(2):
        slide = show.slides.add_slide(show.slide_layouts[0])
        slide.shapes.title.text = f"title {number}"
    slide.notes_slide.notes_text_frame.text = "do not tell Ann"
    found = rows(saved(show), "ooxml")
    assert found == [(0, "text", "title 0"), (1, "text", "title 1"), (1, "notes", "do not tell Ann")]


def test_columns_of_orc() -> None:
    held = io.BytesIO()
    orc.write_table(pa.table({"a": ["x", "y"], "n": [1234567, 1]}), held)
    assert rows(held.getvalue(), "orc") == [(0, "a", "x"), (0, "n", "1234567"), (1, "a", "y")]


def test_the_letter_of_the_sample_leak_is_read() -> None:
    records = open_leak(sample_leak(), hash=False).records(formats={"pdf"})
    found = [text for batch in records for text in batch.column("text").to_pylist()]
    assert "07700 900053" in found and "pmorris@inbox.example.net" in found
    assert not [path for path, _ in records.skipped if path.endswith("letter.pdf")]


@pytest.mark.parametrize("format", ["pdf", "ooxml", "orc"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"PK\x03\x04" + b"\0" * 60, b"ORC" + b"\xff" * 99])
def test_broken_documents_cost_one_reason(data: bytes, format: str) -> None:
    with pytest.raises(BadMemberError):
        rows(data, format)


def test_an_office_file_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadMemberError, match="unpacks to more than") as error:
        rows(word(b" " * (300 * 2**20)), "ooxml")
    assert error.value.status == "limit"


def test_entities_are_not_resolved_in_word_and_outside_files_are_not_read(tmp_path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("CANARY")
    lots = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 50) for n in range(1, 9))
    xml = (
        b'<!DOCTYPE d [<!ENTITY e0 "CANARY"><!ENTITY out SYSTEM "%s">%s]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>before &out; &e8;</w:t></w:r></w:p></w:body></w:document>"
    ) % (outside.as_uri().encode(), lots)
    try:
        found = rows(word(xml), "ooxml")
    except BadMemberError:
        found = []
    assert not any("CANARY" in text for *_, text in found)


def test_entities_are_refused_in_excel() -> None:
    data = io.BytesIO(saved(openpyxl.Workbook()))
    held = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = b'<!DOCTYPE d [<!ENTITY e "CANARY">]>' + content.partition(b"?>")[2].lstrip()
            new.writestr(name, content)
    with pytest.raises(BadMemberError):
        rows(held.getvalue(), "ooxml")


@posix
def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(short_time: None) -> None:
    endless = pdf(b"(a) Tj " * 3_000_000)
    with pytest.raises(BadMemberError, match="more than 2 seconds") as error:
        rows(endless, "pdf")
    assert error.value.status == "limit"
    assert rows(pdf(b"(next) Tj"), "pdf") == [(0, "text", "next")]


@posix
def test_a_document_that_takes_too_much_memory_is_given_up_and_the_next_is_read() -> None:
    bomb = word(
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + b"<w:p/>" * 20_000_000
    )
    with pytest.raises(BadMemberError):
        rows(bomb, "ooxml")
    assert rows(pdf(b"(next) Tj"), "pdf") == [(0, "text", "next")]


@posix
def test_a_child_that_is_killed_costs_one_document() -> None:
    process = documents._child.started()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert rows(pdf(b"(next) Tj"), "pdf") == [(0, "text", "next")]


def test_a_reader_that_stops_in_the_middle_leaves_no_answers_for_the_next() -> None:
    book = openpyxl.Workbook()
    for number in range(3_000):
        book.active.append([f"text {number}"])
    batches = iter_records(lambda: io.BytesIO(saved(book)), "d", "ooxml", batch_rows=1)
    next(batches)
    batches.close()
    assert rows(pdf(b"(next) Tj"), "pdf") == [(0, "text", "next")]


@posix
def test_the_child_may_not_write_files_and_is_not_told_our_environment(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SOME_SECRET", "CANARY")
    assert "CANARY" not in "".join(documents._environment().values())
    from leakkit.leak.records import documents_child

    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            documents_child.limit_process()
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            with (tmp_path / "written").open("wb", buffering=0) as file:
                file.write(b"x")
        except OSError:
            code = 0
        os._exit(code)
    assert os.waitpid(pid, 0)[1] == 0


def test_documents_over_the_limit_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1_000)
    with pytest.raises(BadMemberError, match="more than 1,000 bytes"):
        rows(pdf(b"(x) Tj" * 3) + b" " * 1_000, "pdf")
