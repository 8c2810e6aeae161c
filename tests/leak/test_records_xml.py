"""XML whose elements come again and again is read as records; every other XML stays lines."""

from __future__ import annotations

import io

import pytest

from leakkit.leak.open import open_leak
from leakkit.leak.records import xml
from leakkit.leak.records.slices import kind_of
from leakkit.leak.records.stream import iter_records
from leakkit.leak.records.xml_elements import MOST_ELEMENTS, Elements
from leakkit.leak.source import BytesSource

GUESTS = (
    '<?xml version="1.0"?>\n<hotel town="Bonn">\n'
    ' <guest no="7"><name>Ann &amp; Bo</name><mail kind="home">a@x.example</mail></guest>\n'
    ' <guest no="8"><name>Cy</name><mail kind="work">c@x.example</mail>\n'
    "  <child><name>Di</name></child><child><name>Ed</name></child></guest>\n"
    "</hotel>\n"
)


def _rows(text: str | bytes) -> list[tuple[int, str, str]]:
    """Give row, field and text of what is read."""
    data = text.encode() if isinstance(text, str) else text
    found = []
    for batch in iter_records(lambda: io.BytesIO(data), "a.xml", "xml"):
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


def _parts(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give names and fields of the elements of a text."""
    reader = Elements()
    return [(row.name, row.parts) for row in (*reader.feed(text), *reader.end())]


def test_attributes_and_elements_are_fields_of_a_row():
    assert _rows(GUESTS) == [
        (0, "town", "Bonn"),
        (1, "no", "7"),
        (1, "name", "Ann & Bo"),
        (1, "mail.kind", "home"),
        (1, "mail", "a@x.example"),
        (2, "no", "8"),
        (2, "name", "Cy"),
        (2, "mail.kind", "work"),
        (2, "mail", "c@x.example"),
        (2, "child[0].name", "Di"),
        (2, "child[1].name", "Ed"),
    ]


def test_rows_of_a_second_kind_have_its_name_before_their_fields():
    users = "".join(f'<u id="{n}" mail="m{n}@x.example"/>' for n in range(3))
    posts = "".join(f'<post id="{n}" by="{n}">hello</post>' for n in range(2))
    rows = _rows(f"<dump><users>{users}</users><posts>{posts}</posts></dump>")
    assert [row[1] for row in rows if row[0] == 0] == ["id", "mail"]
    assert rows[-3:] == [(4, "post.id", "1"), (4, "post.by", "1"), (4, "post.post", "hello")]


def test_running_text_stays_whole_and_text_without_tags_as_it_is():
    assert _parts(
        "<all><p n='1'>Dear <b>Ann</b> Lee,<br/>bye</p><p n='2'><![CDATA[a &amp; <b>]]></p></all>"
    ) == [
        ("p", [("n", "1"), ("p", "Dear Ann Lee, bye")]),
        ("p", [("n", "2"), ("p", "a &amp; <b>")]),
    ]


def test_comments_and_what_stands_between_rows_are_texts_of_their_own():
    assert _parts("<all><!-- call Ann --><p n='1' m='2'/>so long<p n='2' m='3'/></all>") == [
        ("", [("", " call Ann ")]),
        ("p", [("n", "1"), ("m", "2")]),
        ("", [("all", "so long")]),
        ("p", [("n", "2"), ("m", "3")]),
    ]


def test_values_of_what_holds_rows_are_one_record_until_a_name_comes_again():
    assert _parts("<man><name>Ann</name><town>Bonn</town><name>Bo</name></man>") == [
        ("", [("name", "Ann"), ("town", "Bonn")]),
        ("", [("name", "Bo")]),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_it_is_the_same_in_whatever_pieces_it_comes(size):
    reader = Elements()
    text = GUESTS.removeprefix('<?xml version="1.0"?>\n')
    found = [row for at in range(0, len(text), size) for row in reader.feed(text[at : at + size])]
    assert [(row.name, row.parts) for row in (*found, *reader.end())] == _parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "<settings><add key='a' value='1'/><add key='b' value='2'/></settings>",
        "<resources><string name='a'>One</string><string name='b'>Two</string></resources>",
        "<letter><from>Ann</from><text>Dear Bo</text></letter>",
        "<body><p a='1' b='2'>Dear <i>Ann</i>, bye</p><p a='1' b='2'>Dear <i>Bo</i>, bye</p></body>",
        "no XML at all",
    ],
)
def test_what_holds_no_rows_stays_as_lines(text):
    assert not xml.holds_rows(text.encode())
    assert _rows(f"{text}\n") == [(0, "", text)]


def test_declared_encodings_are_read():
    text = GUESTS.replace('"1.0"', '"1.0" encoding="windows-1251"').replace("Cy", "Яна")
    assert (2, "name", "Яна") in _rows(text.encode("cp1251"))


def test_a_file_that_breaks_off_gives_what_stands_before():
    rows = _rows(GUESTS[: GUESTS.index("c@x") + 5])
    assert rows[:5] == _rows(GUESTS)[:5]
    assert (2, "name", "Cy") in rows


def test_elements_too_large_for_a_row_are_opened_up():
    people = "".join(f"<p><n>{n}</n><m>{n}</m></p>" for n in range(MOST_ELEMENTS))
    rows = [row for row in _parts(f"<a><b c='d'>{people}</b></a>") if row[0] == "p"]
    assert len(rows) == MOST_ELEMENTS
    assert rows[-1] == ("p", [("n", str(MOST_ELEMENTS - 1)), ("m", str(MOST_ELEMENTS - 1))])


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 5_000 + "x",
        "<a b='" * 5_000,
        "<" * 200_000,
        "</a>" * 5_000 + "<a",
        "<!--" + "x" * 200_000,
        "<a>\0</a>",
    ],
)
def test_hostile_text_is_read_to_its_end(text):
    reader = Elements()
    list(reader.feed(text))
    assert isinstance(reader.end(), list)


def test_large_files_with_rows_are_read_whole_and_others_in_slices():
    assert kind_of(BytesSource(GUESTS.encode(), "a.xml"), "xml") == "whole"
    assert kind_of(BytesSource(b"<a>\n<b>one</b>\n</a>\n", "a.xml"), "xml") == "lines"


def test_people_of_a_leak_are_those_of_its_rows(tmp_path):
    rows = "".join(
        f"<row><Фамилия>Ким</Фамилия><Имя>Инна</Имя><Отчество>Юрьевна</Отчество><Почта>p{n}@x.example</Почта></row>"
        for n in range(9)
    )
    (tmp_path / "a.xml").write_text(f"<all>{rows}</all>", encoding="utf-8")
    [batch] = open_leak(tmp_path, hash=False).records()
    assert batch.column("field").to_pylist()[:4] == ["Фамилия", "Имя", "Отчество", "Почта"]
    assert batch.column("row").to_pylist()[-1] == 8


def test_letters_whose_names_stand_in_elements_within_sentences_stay_lines():
    letter = (
        '<div n="{0}"><p>Dear <persName key="K-{0}">Ann Lee</persName>, call <num>0{0}</num>.</p></div>\n'
    )
    text = "<TEI><body>\n" + "".join(letter.format(number) for number in range(6)) + "</body></TEI>\n"
    assert not xml.holds_rows(text.encode())


def test_attributes_within_sentences_are_told():
    row = '<p no="{0}"><mail>a{0}@post.example</mail><note>for <who id="K-{0}">Ann</who> only</note></p>'
    plain = "".join(f'<p no="{n}"><mail>a{n}@post.example</mail></p>' for n in range(2, 12))
    reader = Elements()
    rows = [*reader.feed(f"<all>{row.format(1)}{plain}</all>"), *reader.end()]
    assert ("note.who.id", "K-1") in rows[0].parts and ("note", "for Ann only") in rows[0].parts


def _told(text: str, size: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the rows of XML that comes in pieces of some size."""
    reader, rows = Elements(), []
    for at in range(0, len(text), size):
        rows += reader.feed(text[at : at + size])
    return [(row.name, row.parts) for row in rows + reader.end()]


def test_comments_are_whole_however_the_file_comes():
    text = "<r><p no='1'>a</p><!-- ann@lindmoor.example, <b> --><p no='2'>b</p></r>"
    assert _told(text, 1) == _told(text, 7) == _told(text, len(text))


def test_elements_that_all_have_other_names_are_not_kept_for_ever():
    reader, count = Elements(), 3 * MOST_ELEMENTS
    text = "".join(f"<e{number}>v</e{number}>" for number in range(count))
    rows = [row for row in reader.feed(f"<r>{text}<p no='1'><m>a</m></p>") if row.parts]
    assert max(len(row.parts) for row in rows) <= MOST_ELEMENTS + 1
    assert sum(len(row.parts) for row in rows[:-1]) == count
    assert rows[-1][:2] == ("p", [("no", "1"), ("m", "a")])


def test_texts_of_lines_keep_them():
    letter = "Dear team,\n\n  send it to\n  Ann  Lee &amp; Co\n  Room 1"
    text = f"<r><t no='1'><body>\n{letter}\n</body><by>\n  Ann\n  Lee\n</by></t></r>"
    kept = "Dear team,\n\nsend it to\nAnn  Lee & Co\nRoom 1"
    assert _told(text, 99) == [("t", [("no", "1"), ("body", kept), ("by", "Ann Lee")])]
