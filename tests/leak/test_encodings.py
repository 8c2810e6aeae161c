"""Text in older encodings: told once for a member, the same however it is cut, and never at the cost of UTF-8."""

from __future__ import annotations

import io
import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leakkit as lk
from leakkit.leak.declared_encodings import declared_in, known_codec
from leakkit.leak.encodings import (
    WINDOW,
    Telling,
    codec_in,
    codec_of_text,
    told,
)
from leakkit.leak.lines import CleanText, clean_chunks, decoded
from leakkit.leak.read_table import read_table
from leakkit.leak.records.slices import cut, iter_slice
from leakkit.leak.records.stream import iter_records
from leakkit.leak.source import BytesSource, FileSource

PEOPLE = {
    "cp1250": ["Łukasz Wiśniewski;ul. Świętokrzyska 12;Łódź", "Zdeněk Dvořák;Příčná 8;Děčín",
               "Grażyna Wójcik;ul. Żeromskiego 3;Częstochowa"],
    "cp1251": ["Наталья Ковалёва;ул. Ленина, 14;Екатеринбург", "Сергей Воробьёв;пр. Мира, 3;Казань"],
    "koi8-r": ["Ольга Степанова;ул. Гагарина, 7;Самара", "Игорь Беляев;ул. Садовая, 21;Пермь"],
    "cp1252": ["Jürgen Groß;Schloßstraße 4;Köln", "Françoise Lefèvre;rue du Général 9;Besançon"],
    "cp1254": ["Gülşah Yıldırım;Çınar Sokağı 5;İstanbul", "Ayşe Güneş;Atatürk Caddesi 18;Muğla"],
    "cp932": ["佐藤 さくら;東京都新宿区西新宿三丁目;東京", "鈴木 ひろし;大阪府堺市北区ソフト町;大阪"],
    "gb18030": ["王秀英;北京市朝阳区建国路八十八号;北京", "李建国;上海市浦东新区世纪大道;上海"],
    "cp949": ["김영희;서울특별시 강남구 테헤란로;서울", "박철수;부산광역시 해운대구 우동;부산"],
    "big5hkscs": ["陳淑芬;臺北市信義區松仁路;臺北", "林志明;高雄市前鎮區中山路;高雄"],
}  # fmt: skip
"""Invented people with invented addresses, in the encodings that their vendors would use."""

each = pytest.mark.parametrize("codec", PEOPLE)


def table(codec: str, repeats: int = 4) -> str:
    """Give a table of the people of one encoding."""
    rows = [f"{n};{person}" for n, person in enumerate(PEOPLE[codec] * repeats)]
    return "\n".join(["id;name;street;city", *rows]) + "\n"


def texts(data: bytes, format: str, notes: list[str] | None = None) -> list[tuple[int, str, str]]:
    """Read a member and give (row, field, text)."""
    batches = iter_records(
        lambda: io.BytesIO(data),
        "a",
        format,
        size=len(data),
        skip=(notes if notes is not None else []).append,
    )
    return [
        found
        for batch in batches
        for found in zip(*(batch.column(n).to_pylist() for n in ("row", "field", "text")), strict=True)
    ]


def sliced(data: bytes, format: str, target: int) -> tuple[list[tuple[int, str, str]], int]:
    """Read a member slice by slice; give its rows and the number of slices."""
    parts = cut(BytesSource(data), format, target)
    found = []
    for part in parts:
        batches = iter_slice(
            lambda: io.BytesIO(data), "a", format, part, size=len(data), skip=lambda reason: None
        )
        for batch in batches:
            found += zip(*(batch.column(n).to_pylist() for n in ("row", "field", "text")), strict=True)
    return found, len(parts)


@each
def test_a_table_is_read_in_the_encoding_it_was_written_in(codec):
    text = table(codec)
    frame = read_table(BytesSource(text.encode(codec)), "csv")
    assert [";".join(row) for row in frame.drop(columns="id").to_numpy()] == PEOPLE[codec] * 4


@each
@pytest.mark.parametrize("format", ["csv", "log", "text", "source-code"])
def test_records_of_text_and_tables_hold_the_letters_and_a_note_says_so(codec, format):
    notes: list[str] = []
    data = table(codec).encode(codec)
    assert texts(data, format, notes) == texts(table(codec).encode(), format)
    assert len(notes) == 1
    assert notes[0].endswith("told from its bytes")


@each
def test_json_lines_json_and_dumps_hold_the_letters(codec):
    people = [dict(zip(("name", "street", "city"), p.split(";"), strict=True)) for p in PEOPLE[codec] * 3]
    lines = "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in people)
    whole = json.dumps(people, ensure_ascii=False)
    values = ",\n".join("('" + "','".join(p.values()) + "')" for p in people)
    dump = f"CREATE TABLE users (\n name text,\n street text,\n city text\n);\nINSERT INTO users VALUES {values};\n"
    broken = whole[:-1] + ", {"
    for text, format in ((lines, "jsonl"), (whole, "json"), (dump, "source-code"), (broken, "json")):
        assert texts(text.encode(codec), format) == texts(text.encode(), format)


@each
def test_a_long_list_of_json_is_read_in_its_encoding(codec, monkeypatch):
    monkeypatch.setattr("leakkit.leak.records.json.WHOLE", 256)
    whole = json.dumps(PEOPLE[codec] * 9, ensure_ascii=False)
    assert texts(whole.encode(codec), "json") == texts(whole.encode(), "json")
    thing = json.dumps({"people": PEOPLE[codec] * 9}, ensure_ascii=False)
    assert texts(thing.encode(codec), "json") == texts(thing.encode(), "json")


@each
def test_slices_of_a_member_are_read_like_the_whole(codec):
    text = table(codec, 3_000)
    log = "".join(f"2026-03-01 10:00:00 INFO user={line}\n" for line in text.splitlines())
    lines = "".join(json.dumps({"person": line}, ensure_ascii=False) + "\n" for line in text.splitlines())
    for content, format in ((text, "csv"), (log, "log"), (lines, "jsonl")):
        data = content.encode(codec)
        found, n_slices = sliced(data, format, len(data) // 5)
        assert n_slices > 3
        assert found == texts(data, format) == texts(content.encode(), format)


@each
def test_a_table_with_bars_is_read_whole_where_a_bar_may_be_half_a_letter(codec):
    text = table(codec, 2_000).replace(";", "|")
    data = text.encode(codec)
    found, _ = sliced(data, "csv", len(data) // 5)
    assert found == texts(text.encode(), "csv")


@each
@pytest.mark.parametrize("size", [7, 64, 1_000, 2**16])
def test_chunks_of_any_size_give_the_same_text(codec, size):
    text = "plain words\n" * 500 + table(codec, 50)
    data = text.encode(codec)
    assert "".join(decoded(io.BytesIO(data), size)) == text
    assert b"".join(clean_chunks(io.BytesIO(data), size)) == text.encode()
    assert CleanText(io.BytesIO(data), size).peek(6_100).decode("utf-8", "ignore")[:6_010] == text[:6_010]


def test_findings_of_a_scan_stand_where_they_stand_in_utf_8(tmp_path: Path):
    row = "{};Zdeněk Dvořák;Příčná ulice {};zdenek{}@example.org\n"
    text = "id;jméno;adresa;e-mail\n" + "".join(row.format(n, n, n) for n in range(200))
    frames = {}
    for codec in ("utf-8", "cp1250"):
        folder = tmp_path / codec
        folder.mkdir()
        (folder / "users.csv").write_bytes(text.encode(codec))
        (folder / "app.log").write_bytes(text.encode(codec))
        result = lk.scan(folder, workers=1, progress=False)
        frames[codec] = result.findings().drop(columns=["finding_id"], errors="ignore")
        notes = result.skipped()
        assert notes["reason"].str.contains("cp1250").sum() == (2 if codec == "cp1250" else 0)
        assert notes["status"].eq("ok").all()
    places = ["path", "row", "field", "start", "end", "detector"]
    columns = [name for name in places if name in frames["utf-8"]]
    assert len(columns) > 4
    assert frames["cp1250"][columns].equals(frames["utf-8"][columns])
    assert len(frames["cp1250"]) >= 400


def test_the_inventory_names_the_encoding():
    assert codec_in(BytesSource(table("cp1251").encode("cp1251"))) == "cp1251"
    late = b"x" * 60_000 + b"\n" + (table("cp1250") * 20).encode("cp1250")
    assert codec_in(FileSource(io.BytesIO(late))) == "cp1250" == codec_of_text(late)


def test_text_that_is_ascii_for_megabytes_is_told_from_where_it_is_not():
    data = b"2026-03-01 all is well\n" * 100_000 + table("cp1251", 200).encode("cp1251")
    assert b"".join(clean_chunks(io.BytesIO(data))).decode().endswith(table("cp1251", 200))
    found, n_slices = sliced(data, "log", 2**18)
    assert n_slices > 5
    assert found == texts(data, "log")
    assert any("Ковалёва" in text for _, _, text in found)


def test_a_few_broken_bytes_leave_utf_8_what_it_is():
    good = "2026-03-01 user=Zdeněk Dvořák city=Děčín\n"
    data = good.encode() * 20 + "user=José Peña\n".encode("cp1252") + b"\x9f\xfe\x81\n" + good.encode() * 20
    text = "".join(decoded(io.BytesIO(data)))
    assert text.count("Dvořák") == 40
    assert "user=Jos\ufffd Pe\ufffda" in text


def test_a_character_cut_at_the_end_is_no_sign_of_another_encoding():
    assert codec_of_text("only ASCII and then ü".encode()[:-1]) == "utf-8"
    assert "".join(decoded(io.BytesIO("Köln und ü".encode()[:-1]))) == "Köln und \ufffd"


@each
def test_a_letter_of_two_bytes_cut_at_the_end_costs_only_itself(codec):
    data = table(codec).rstrip("\n").encode(codec)[:-1]
    assert "".join(decoded(io.BytesIO(data))).rstrip("\ufffd") in table(codec)


def test_what_follows_the_window_of_utf_8_does_not_change_it():
    data = "é".encode() * WINDOW + "José".encode("cp1252")
    assert codec_of_text(data) == "utf-8"


def test_declared_encodings_are_honoured_and_utf_8_goes_before_them():
    page = '<html><head><meta charset="windows-1251"></head><body>Да</body></html>'
    assert ("Да") in [text for _, _, text in texts(page.encode("cp1251"), "html")]
    xml = "<?xml version='1.0' encoding='ISO-8859-2'?>\n<name>Łoś</name>\n"
    assert texts(xml.encode("iso8859-2"), "xml")[1][2] == "<name>Łoś</name>"
    assert texts(xml.encode(), "xml")[1][2] == "<name>Łoś</name>"


@pytest.mark.parametrize("label", ["utf-7", "rot13", "zlib", "idna", "unicode_escape", "no-such", "utf-16"])
def test_encodings_beyond_the_list_are_not_taken_from_a_declaration(label):
    assert known_codec(label) == ""
    assert declared_in(f"<?xml version='1.0' encoding='{label}'?><a>".encode()) == ""


def test_mail_without_a_charset_is_told_from_its_bytes():
    body = "Добрый день, Наталья! Ваш заказ отправлен на улицу Ленина.\n"
    head = (
        "From: Сергей <sergey@example.org>\nSubject: заказ\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
        "To: n@example.org\n"
    )
    found = {field: text for _, field, text in texts(f"{head}\n{body}".encode("koi8-r"), "email")}
    assert found["body"] == body
    assert found["subject"] == "заказ"
    declared = f"{head}Content-Type: text/plain; charset=us-ascii\n\n{body}".encode("cp1251")
    assert body in [text for _, _, text in texts(declared, "email")]
    wrongly = f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}".encode("cp1251")
    assert body in [text for _, _, text in texts(wrongly, "email")]
    declared = "From: a@example.org\nContent-Type: text/plain; charset=gb2312\n\n镕基\n".encode("gb18030")
    assert "镕基\n" in [text for _, _, text in texts(declared, "email")]


HOSTILE = {
    "random bytes": random.Random(5).randbytes(300_000),
    "nothing but FF": b"\xff" * 300_000,
    "nothing but 80": b"\x80" * 300_000,
    "lead bytes without an end": b"\x81" * 99_999,
    "zeros and FF": b"\0\xff" * 100_000,
    "high noise": bytes(random.Random(7).choices(range(128, 256), k=200_000)),
    "one byte in zeros": b"\0" * 200_000 + b"\xe9",
    "UTF-7": b"+ADw-script+AD4-" * 10_000 + b"\xe9",
    "escapes of ISO 2022": b"\x1b$B$3\x1b(B" * 10_000 + b"\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_cost_little_and_break_nothing(name):
    data = HOSTILE[name]
    began = time.perf_counter()
    whole = b"".join(clean_chunks(io.BytesIO(data)))
    assert time.perf_counter() - began < 5
    whole.decode("utf-8")
    assert codec_of_text(data) == codec_of_text(data)
    for format in ("text", "log", "csv", "json", "jsonl", "html", "unknown", "email", "source-code"):
        texts(data[:20_000], format)


@pytest.mark.parametrize(
    "name", ["random bytes", "nothing but FF", "nothing but 80", "zeros and FF", "high noise"]
)
def test_bytes_that_are_no_text_are_not_made_to_look_like_it(name):
    assert codec_of_text(HOSTILE[name]) in ("utf-8", "utf-16-be")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(1, 50))
def test_any_bytes_are_read_alike_however_they_are_cut(data, size):
    telling = Telling()
    for start in range(0, len(data), 401):
        telling.feed(data[start : start + 401])
    telling.end()
    assert telling.codec == codec_of_text(data)
    if data[:16].isascii() and 0 not in data:
        # a first chunk that is too short for a mark is another matter
        assert "".join(decoded(io.BytesIO(b"x" * 64 + data), 64 + size)) == "".join(
            decoded(io.BytesIO(b"x" * 64 + data))
        )
    assert isinstance(told(data or b"\xe9"), str)


def test_valid_text_is_given_on_as_the_bytes_that_it_is_without_asking_for_an_encoding(monkeypatch):
    def refuse(window):
        raise AssertionError("asked")

    monkeypatch.setattr("leakkit.leak.encodings._likely", refuse)
    data = ("Zdeněk Dvořák, 東京, " * 50_000).encode()
    assert b"".join(clean_chunks(io.BytesIO(data))) == data


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("nom;ville\nHélène Montferrand;Genève\nGeneviève Lefèvre;Orléans\nAdèle Estève;Nîmes\n", "cp1252"),
        ("jméno\nKateřina Nováčková;Pražská\nTomáš Dvořáček\nJiří Kučera;Plzeň\nLucie Horáčková\n", "cp1250"),
        ("ime\nMatjaž Kovačič;Domžale\nAleš Hočevar;Črnomelj\nTina Potočnik;Kočevje\nMojca Čeh\n", "cp1250"),
    ],
)
def test_an_e_with_a_grave_is_told_from_a_c_with_a_caron(text: str, codec: str, times: int):
    assert codec_of_text(text.encode(codec) * times) == codec
