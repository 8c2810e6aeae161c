"""Text of RTF; the files are written by the tests."""

from __future__ import annotations

import io

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.records.stream import iter_records

Row = tuple[int, str, str]


def rows(inside: bytes, notes: list[str] | None = None) -> list[Row]:
    held = notes if notes is not None else []
    data = b"{\\rtf1\\ansi " + inside + b"}"
    found: list[Row] = []
    for batch in iter_records(lambda: io.BytesIO(data), "d", "rtf", size=len(data), skip=held.append):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


def texts(inside: bytes) -> list[str]:
    return [text for _, _, text in rows(inside)]


def test_paragraphs_are_rows_without_what_dresses_them() -> None:
    inside = rb"{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}{\*\generator Office;}"
    inside += b"\\pard Dear {\\b Ann}, \\i call\\i0\r\n me\\par second\\line line\\tab\\{x\\}\\\\ \\endash\\~"
    assert rows(inside) == [(0, "text", "Dear Ann, call me"), (1, "text", "second\nline\t{x}\\ –")]


def test_letters_are_read_in_the_code_page_of_their_font() -> None:
    fonts = rb"\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 T;}{\f2\fcharset128 M;}}"
    russian = "Анна".encode("cp1251").hex(" ").replace(" ", r"\'")
    japanese = "表示".encode("cp932")  # the second byte of the first sign is a backslash
    assert japanese[1:2] == b"\\"
    inside = rb"Zo\'eb {\f1 \'" + russian.encode() + rb"} {\f2 \'95\\\'8e\'a6} \f1\plain \'eb" + b"\xeb"
    assert texts(fonts + inside) == ["Zoë Анна 表示 ëë"]
    assert texts(rb"\ansicpg1251 \'c0") == ["А"]
    assert texts(rb"\ansicpg31337 \'eb") == ["ë"]


def test_signs_given_by_their_number_replace_what_stands_in_for_them() -> None:
    assert texts(rb"5 \u8364?\uc2\u8364\'3f?{\uc0\u233}\u-10179??\u-8704??!") == ["5 €€é😀!"]
    assert texts(rb"lone \u-10179?.") == ["lone �."]


def test_rows_of_a_table_are_records_with_the_names_of_its_columns() -> None:
    table = b"".join(
        rb"\trowd\cellx1\cellx2\pard\intbl %b\cell %b\cell\row" % pair + b"\n"
        for pair in ((b"Name", b"Born"), (b"Ada\\par Lace", b"1815"), (b"Bob", b"1820"))
    )
    assert rows(rb"Staff\par" + table + rb"\pard End\par") == [
        (0, "text", "Staff"),
        (1, "text", "Name"),
        (1, "text", "Born"),
        (2, "Name", "Ada\nLace"),
        (2, "Born", "1815"),
        (3, "Name", "Bob"),
        (3, "Born", "1820"),
        (4, "text", "End"),
    ]


def test_rows_of_tables_within_cells_are_read() -> None:
    inner = rb"\intbl\itap2 a\nestcell{\nonesttables\par}b\nestcell{\*\nesttableprops\trowd\nestrow}"
    assert texts(rb"\trowd\pard\intbl one\cell " + inner + rb"\pard\intbl two\cell\row") == [
        *("a", "b", "one", "two")
    ]


def test_headers_notes_comments_boxes_links_and_properties() -> None:
    inside = (
        rb"{\info{\author Ann Author}{\title Plan}{\operator Bob}{\creatim\yr2020}}"
        rb"{\header Top\par}Dear{\footnote\pard a {\i note}} Ann{\*\atnauthor Carl}{\*\annotation remark}\par"
        rb'{\field{\*\fldinst{HYPERLINK "mailto:ann@example.org"}}{\fldrslt{mail}}}\par'
        rb"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boxed\par}}{\shprslt twice}}"
    )
    assert [one[1:] for one in rows(inside)] == [
        ("header", "Top"),
        ("footnote", "a note"),
        ("comment", "Carl"),
        ("comment", "remark"),
        ("text", "Dear Ann"),
        ("link", "mailto:ann@example.org"),
        ("text", "mail"),
        ("text", "boxed"),
        ("text", "7"),
        ("properties.author", "Ann Author"),
        ("properties.last_modified_by", "Bob"),
        ("properties.title", "Plan"),
    ]


def test_bytes_of_pictures_and_objects_are_no_text() -> None:
    inside = rb"a{\pict\wmetafile8 0102AB\bin6 }{}\\}}b{\object{\*\objdata 0102}{\result c}}\bin3 {{{d"
    assert texts(inside) == ["abcd"]


def test_text_is_read_where_groups_are_left_open_and_noted_where_it_follows_the_end() -> None:
    assert texts(rb"{\b one{\footnote two") == ["two", "one"]
    notes: list[str] = []
    assert [text for *_, text in rows(b"one}{two", notes)] == ["one"]
    assert notes == ["bytes behind its end are not read"]


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"\\",
        rb"\'",
        rb"\'zz",
        rb"\u",
        rb"\bin",
        rb"\bin-5 ",
        rb"\bin999999999 x",
        b"}}}}",
        rb"\*\*",
        b"\0\xff",
    ],
)
def test_broken_rtf_is_read_as_far_as_it_goes(inside: bytes) -> None:
    assert texts(rb"one\par" + inside)[0] == "one"


def test_groups_nested_very_deep_end_in_a_reason_and_what_stands_before_is_given() -> None:
    data = b"{\\rtf1 before\\par" + b"{" * 3_000_000
    found: list[str] = []
    with pytest.raises(BadMemberError, match="nested too deep") as error:
        for batch in iter_records(lambda: io.BytesIO(data), "d", "rtf", size=len(data)):
            found += batch.column("text").to_pylist()
    assert found == ["before"] and error.value.status == "limit"


def test_fonts_fields_and_cells_without_number_are_read_within_the_limits() -> None:
    for part in (rb"{\field{\*\fldinst HYPERLINK }}", rb"{\f1 x}", rb"\trowd\cell"):
        assert texts(rb"one\par" + part * 100_000)[0] == "one"
    assert texts(rb"one\par{\fonttbl" + rb"\f1\fcharset" * 100_000) == ["one"]
