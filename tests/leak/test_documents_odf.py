"""Text of OpenDocument: texts, sheets and slides; the files are written by the tests."""

from __future__ import annotations

import io
import zipfile

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.open import open_leak
from leakkit.leak.records.stream import iter_records
from leakkit.leak.sniff.first_look import contradicts, sniff
from leakkit.leak.source import BytesSource

Row = tuple[int, str, str]
_NAMES = ("office", "text", "table", "style", "meta", "draw", "presentation")
_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)
_SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
_MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</m:manifest>'


def part(inside: str, root: str = "document-content") -> str:
    return f"<office:{root} {_SPACES}>{inside}</office:{root}>"


def odf(kind: str, body: str, manifest: str = "", **parts: str) -> bytes:
    """Make a document of a kind: text, spreadsheet, presentation."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        mime = "application/vnd.oasis.opendocument." + kind
        file.writestr("mimetype", mime, compress_type=zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", _MANIFEST.format(manifest))
        inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        file.writestr("content.xml", part(inside))
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return held.getvalue()


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, name: str = "S") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def value(kind: str, told: str, text: str) -> str:
    name = "date-value" if kind == "date" else "value"
    return cell(text, f'office:value-type="{kind}" office:{name}="{told}"')


def read(data: bytes, notes: list[str] | None = None) -> list[Row]:
    held = notes if notes is not None else []
    found: list[Row] = []
    for batch in iter_records(
        lambda: io.BytesIO(data), "d", "opendocument", size=len(data), skip=held.append
    ):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


def refused(data: bytes) -> BadMemberError:
    """Give why a document is not read."""
    with pytest.raises(BadMemberError) as error:
        read(data)
    return error.value


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation", "graphics"])
def test_opendocument_is_told_from_other_zips(kind: str) -> None:
    data = odf(kind, "")
    assert sniff(BytesSource(data, "picture.gif"))[0] == "opendocument"
    assert contradicts("letter.odt", "opendocument") is False
    assert sniff(BytesSource(data.replace(b"vnd.oasis", b"vnd.other"), "letter.odt"))[0] == "zip"


def test_a_document_in_a_leak_is_one_member_and_is_read(tmp_path) -> None:
    (tmp_path / "letter.odt").write_bytes(odf("text", "<text:p>Dear Ann</text:p>"))
    leak = open_leak(tmp_path, hash=False)
    assert leak.artifacts()[["path", "format"]].to_numpy().tolist() == [["letter.odt", "opendocument"]]
    assert leak.records().to_pandas()["text"].tolist() == ["Dear Ann"]


def test_paragraphs_and_rows_of_tables_with_the_names_of_their_columns() -> None:
    body = "<text:h>Staff</text:h>" + table(
        row(cell("Name"), cell("Born")), row(cell("Ada"), cell("1815")), row(cell("Bob"), cell("1820"))
    )
    assert read(odf("text", body + "<text:p>End<text:tab/>of<text:s/>it</text:p>")) == [
        (0, "text", "Staff"),
        (1, "text", "Name"),
        (1, "text", "Born"),
        (2, "Name", "Ada"),
        (2, "Born", "1815"),
        (3, "Name", "Bob"),
        (3, "Born", "1820"),
        (4, "text", "End\tof it"),
    ]


def test_notes_comments_boxes_links_headers_and_properties() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation>"
    note += "<text:note-body><text:p>a note</text:p></text:note-body>"
    comment = (
        "<office:annotation><dc:creator>Carl</dc:creator><dc:date>2020-01-01</dc:date><text:p>remark</text:p>"
    )
    body = (
        f"<text:p>Dear {note}</text:note>Ann{comment}</office:annotation></text:p>"
        '<text:p><text:a xlink:href="mailto:ann@example.org">mail</text:a></text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>around</text:p>"
    )
    page = "<style:master-page><style:header><text:p>the header</text:p></style:header></style:master-page>"
    about = "<meta:initial-creator>Ann Author</meta:initial-creator>"
    about += "<dc:title>Plan</dc:title><dc:creator>Bob</dc:creator>"
    found = read(
        odf("text", body, meta=part(about, "document-meta"), styles=part(page, "document-styles")),
    )
    assert {found[number] for number in range(3)} == {
        (0, "properties.author", "Ann Author"),
        (0, "properties.title", "Plan"),
        (0, "properties.last_modified_by", "Bob"),
    }
    assert found[3:] == [
        (0, "footnote", "a note"),
        (1, "comment", "Carl"),
        (2, "comment", "remark"),
        (3, "text", "Dear Ann"),
        (4, "link", "mailto:ann@example.org"),
        (5, "text", "mail"),
        (6, "text", "boxed"),
        (7, "text", "around"),
        (8, "header", "the header"),
    ]


def test_slides_and_their_notes() -> None:
    page = "<draw:page><draw:frame><text:p>title {0}</text:p></draw:frame>{1}</draw:page>"
    notes = "<presentation:notes><text:p>do not tell Ann</text:p></presentation:notes>"
    body = page.format(0, "") + page.format(1, notes)
    assert [one[1:] for one in read(odf("presentation", body))] == [
        ("text", "title 0"),
        ("text", "title 1"),
        ("notes", "do not tell Ann"),
    ]


def test_sheets_are_tables_with_their_headers_dates_and_long_numbers() -> None:
    people = table(
        row(*map(cell, ("name", "card", "born", "age"))),
        row(
            cell("Ann"),
            value("float", "4111111111111111", "4.1E+15"),
            value("date", "1990-01-02", "2 Jan"),
            value("float", "5", "5"),
        ),
        row(
            cell("Bob"), '<table:table-cell table:number-columns-repeated="2"/>', value("float", "123456", "")
        ),
        name="People",
    )
    other = table(
        row(cell("1"), cell("no header<text:a xlink:href='https://example.org'>!</text:a>")), name="O"
    )
    assert read(odf("spreadsheet", people + other)) == [
        (0, "People.name", "Ann"),
        (0, "People.card", "4111111111111111"),
        (0, "People.born", "1990-01-02"),
        (1, "People.name", "Bob"),
        (1, "People.age", "123456"),
        (0, "O.A", "1"),
        (0, "O.B", "no header!"),
        (0, "link", "https://example.org"),
    ]


def test_comments_beside_cells_stand_behind_their_sheet_and_leave_its_head_alone() -> None:
    note = "<office:annotation><text:p>call Ann</text:p></office:annotation>"
    head = row(f"<table:table-cell><text:p>name</text:p>{note}</table:table-cell>", cell("town"))
    found = read(odf("spreadsheet", table(head, row(cell("Ann"), cell("Bonn 1")))))
    assert found == [(0, "S.name", "Ann"), (0, "S.town", "Bonn 1"), (0, "comment", "call Ann")]


def test_cells_and_rows_that_repeat_are_read_as_often_up_to_a_limit() -> None:
    twice = row(cell("7", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"')
    assert read(odf("spreadsheet", table(twice))) == [
        (0, "S.A", "7"),
        (0, "S.B", "7"),
        (1, "S.A", "7"),
        (1, "S.B", "7"),
    ]
    notes: list[str] = []
    wide = table(row(cell("7", 'table:number-columns-repeated="16384"')))
    long = table(row(cell("7"), attributes='table:number-rows-repeated="1048576"'))
    assert len(read(odf("spreadsheet", wide + long), notes)) == 1_000 + 1_000
    assert notes == ["cells or rows that repeat more than 1,000 times; the further ones are not read"]


def test_millions_of_empty_columns_and_rows_are_stepped_over() -> None:
    gap = '<table:table-cell table:number-columns-repeated="9999999"/>'
    empty = row(gap, attributes='table:number-rows-repeated="9999999"')
    found = read(
        odf("spreadsheet", table(row(cell("1"), gap * 100, cell("far")), empty * 100, row(cell("2"))))
    )
    assert found == [(0, "S.A", "1"), (0, f"S.column_{1 + 100 * 9_999_999}", "far"), (101, "S.A", "2")]


def test_cells_and_rows_inside_one_another_hide_nothing() -> None:
    inner = row(cell("1"))
    odd = f"<table:table-row>{cell('2')}{inner}</table:table-row>"
    odd += f"<table:table-row><table:table-cell><text:p>3</text:p>{cell('4')}<text:p>5</text:p>"
    odd += "</table:table-cell></table:table-row>" + cell("6")
    found = {text for *_, text in read(odf("spreadsheet", table(odd) + row(cell("7"))))}
    assert found == {"2", "1", "3", "4", "5", "6", "7"}


def test_an_encrypted_document_is_refused() -> None:
    locked = '<m:file-entry><m:encryption-data m:checksum=""/></m:file-entry>'
    error = refused(odf("text", "", manifest=locked))
    assert "needs a password" in error.reason and error.status == "refused"


def test_a_document_whose_parts_are_encrypted_as_one_is_told_and_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("META-INF/manifest.xml", _MANIFEST.format("<m:encryption-data/>"))
        file.writestr("encrypted-package", b"\x17" * 99)
    assert sniff(BytesSource(held.getvalue(), "letter.odt"))[0] == "opendocument"
    assert "needs a password" in refused(held.getvalue()).reason


def test_macros_and_embedded_files_are_noted() -> None:
    notes: list[str] = []
    read(odf("text", "", notes, Basic__Standard__script="<x/>", Object_1__content="<x/>"), notes)
    assert notes == ["macros in it are not read", "files embedded in it are not read"]


def test_a_document_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    error = refused(odf("spreadsheet", " " * (300 * 2**20)))
    assert "unpacks to more than" in error.reason and error.status == "limit"


def test_entities_are_refused(tmp_path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("CANARY")
    data = odf("text", "<text:p>before</text:p>")
    for entity in ('e "CANARY"', f'e SYSTEM "{outside.as_uri()}"'):
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "content.xml":
                    content = f"<!DOCTYPE d [<!ENTITY {entity}>]>".encode() + content
                    content = content.replace(b"before", b"before &e;")
                new.writestr(name, content)
        assert refused(held.getvalue()).status == "corrupt"


def test_a_broken_or_very_deep_document_costs_one_reason_and_what_stands_before_is_given() -> None:
    for rest in ("<text:p>", "<text:x>" * 1_000_000):
        data = odf("text", "<text:p>before</text:p>" + "<text:p/>" * 10_000 + rest)
        found: list[str] = []
        with pytest.raises(BadMemberError) as error:
            for batch in iter_records(lambda: io.BytesIO(data), "d", "opendocument"):  # noqa: B023
                found += batch.column("text").to_pylist()
        assert found == ["before"] and error.value.status == "corrupt"
    assert refused(b"PK\x03\x04" + bytes(99)).status == "corrupt"
