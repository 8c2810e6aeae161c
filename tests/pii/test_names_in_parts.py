"""Names that a tagger sees in parts, of scripts without blanks and at the beginning of texts. Invented data."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.cues import with_cues
from leakkit.pii.gazetteer.tokens import tokenise
from leakkit.pii.names_in_parts import whole_of_parts
from leakkit.pii.tagger.clauses import is_clause, is_no_name
from leakkit.pii.weighing.everyday import everyday_edges
from leakkit.pii.weighing.name_edges import name_edges
from leakkit.pii.weighing.unlikely import whole_words
from leakkit.pii.wrapped_names import whole_over_lines


def _parts(text: str, *names: str) -> list[str]:
    """Give the people that some words of a text are."""
    places = []
    for name in names:
        at = text.index(name, places[-1][1] if places else 0)
        places.append((at, at + len(name), "PERSON", 0.9))
    return [text[start:end] for start, end, *_ in whole_of_parts(text, places)]


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ("moved Zimmermann, Imelda to ward 4", ("Zimmermann", "Imelda"), ["Zimmermann, Imelda"]),
        ("an Zimmermann, Imelda, Zi. 4", ("Zimmermann", "Imelda"), ["Zimmermann, Imelda"]),
        ("Patient: Baker, Imelda. Next", ("Baker", "Imelda"), ["Baker, Imelda"]),
        ('it is Ada "the Owl" Quill again', ("Ada", "Quill"), ['Ada "the Owl" Quill']),
        ('it is Ada "Owl" Quill again', ("Ada", "Owl", "Quill"), ['Ada "Owl" Quill']),
        ("von Hagen Freiherr v. Stahl", ("Hagen", "Stahl"), ["Hagen Freiherr v. Stahl"]),
        ("an Almut v. d. Heide", ("Almut", "Heide"), ["Almut v. d. Heide"]),
    ],
)
def test_parts_of_one_name_are_put_together(text: str, names: tuple[str, ...], whole: list[str]) -> None:
    assert _parts(text, *names) == whole


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("with Zimmermann, Imelda and Tom", ("Zimmermann", "Imelda")),
        ("for Zimmermann, Imelda, Tom", ("Zimmermann", "Imelda")),
        ("saw Tom, Zimmermann, Imelda", ("Zimmermann", "Imelda")),
        ("so Zimmermann, Imelda, pays it", ("Zimmermann", "Imelda")),
        ("the list: Imelda, Rahima", ("Imelda", "Rahima")),
        ("it is Ada and Quill", ("Ada", "Quill")),
        ('Ada said "Quill Quill', ("Ada", "Quill")),
    ],
)
def test_people_of_a_list_stay_apart(text: str, names: tuple[str, ...]) -> None:
    assert _parts(text, *names) == list(names)


def test_a_place_that_is_no_family_name_is_not_put_to_a_person() -> None:
    names = [(0, 6, "LOCATION", 0.9), (8, 14, "PERSON", 0.9)]
    assert whole_of_parts("Zxqrtk, Imelda", names) == names


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("typed from the scan: Ada\nQuillmann / seat 4", "Ada\nQuillmann"),
        ("Signed, Ada\nQuillmann", "Ada\nQuillmann"),
        ("Name: Ada\nQuillmann\nTown: Leeds", "Ada"),
        ("Salad Ada\nQuillmann, x2", "Ada"),
    ],
)
def test_a_name_goes_on_in_the_next_line_of_running_text(text: str, whole: str) -> None:
    start = text.index("Ada")
    found = whole_over_lines(text, [(start, start + 3, "PERSON", 0.9)])
    assert [text[one[0] : one[1]] for one in found] == [whole]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("渡辺さんに連絡", ["渡辺", "さんに", "連絡"]),
        ("佐々木ユキは", ["佐々木", "ユキ", "は"]),
        ("kenより", ["ken", "より"]),
        ("김민수가 왔다", ["김민수가", "왔다"]),
    ],
)
def test_tokens_end_where_another_script_without_blanks_begins(text: str, tokens: list[str]) -> None:
    found = tokenise(text)
    assert [text[a:b] for a, b in zip(found.start.tolist(), found.end.tolist(), strict=True)] == tokens
    assert set(found.kind.tolist()) == {1}


def test_words_do_not_grow_over_scripts_without_blanks() -> None:
    assert whole_words("出席は渡辺さん", 3, 5) == (3, 5)
    assert whole_words("Kostas came", 0, 1) == (0, 6)


@pytest.mark.parametrize(
    ("text", "entity", "none"),
    [
        ("松本", "LOCATION", False),
        ("昨日", "LOCATION", True),
        ("さん", "PERSON", True),
    ],
)
def test_short_words_of_japanese(text: str, entity: str, none: bool) -> None:
    assert (is_no_name(text, entity) or (entity == "PERSON" and is_clause(text))) is none


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        ("Notiz: Pat. Kowalski liegt", "Pat", "PERSON"),
        ("Ware, Art.-Nr. 0171", "Art", "PERSON"),
        ("Frau Dr. Sommer ruft an", "Dr", "PERSON"),
        ("Sem dados. CPF estava em falta", "CPF", "ORGANIZATION"),
        ("The NHS number was cut", "NHS", "ORGANIZATION"),
    ],
)
def test_short_titles_and_names_of_numbers_are_no_names(text: str, word: str, entity: str) -> None:
    start = text.index(word)
    first, last = everyday_edges(text, start, start + len(word), entity)
    assert first == last


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        ("I asked Pat. Nobody knew", "Pat", "PERSON"),
        ("ask Art about it", "Art", "PERSON"),
        ("She works for the NHS in Leeds", "NHS", "ORGANIZATION"),
    ],
)
def test_names_that_look_like_short_titles_stay(text: str, word: str, entity: str) -> None:
    start = text.index(word)
    assert everyday_edges(text, start, start + len(word), entity) == (start, start + len(word))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("東京は雨です", "LOCATION", "東京"),
        ("課長が松本へ出張", "LOCATION", "松本"),
        ("住所は石川県…じゃなくて富山市です", "LOCATION", "石川県"),
        ("森さんは元気です", "PERSON", "森"),
        ("。小鳥遊部長は欠席", "PERSON", "小鳥遊"),
        ("收件人慕容建国,电话待定", "PERSON", "慕容建国"),
        ("我姓黄,叫我小黄", "PERSON", "黄"),
        ("我在昆明出差，周四回", "LOCATION", "昆明"),
        ("พรุ่งนี้ไปเชียงใหม่ กับแม่", "LOCATION", "เชียงใหม่"),
    ],
)
def test_names_of_scripts_without_blanks(text: str, kind: str, value: str) -> None:
    found = detect([text])[0]
    assert value in [text[start:end] for start, end, common, _ in found if common == kind]


@pytest.mark.parametrize("text", ["松本です。よろしく", "喝上海啤酒"])
def test_family_names_and_goods_called_like_towns_are_no_towns(text: str) -> None:
    assert not [common for _, _, common, _ in detect([text])[0] if common == "LOCATION"]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("Firma Quillex Sp. z o.o. informuje", "Firma Quillex Sp", "Quillex Sp. z o.o."),
        ("la ditta Quillini lavora", "ditta Quillini", "Quillini"),
        ("die Firma Quillmann GmbH", "Firma Quillmann GmbH", "Quillmann GmbH"),
        ("Quillmann Sp ist neu", "Quillmann Sp", "Quillmann Sp"),
    ],
)
def test_a_firm_is_told_without_the_word_for_firms_and_with_its_whole_ending(
    text: str, found: str, name: str
) -> None:
    start = text.index(found)
    first, last = name_edges(text, start, start + len(found), "ORGANIZATION")
    assert text[first:last] == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Вона поїхала до Квилькова, пиши", "Квилькова"),
        ("desceu no bairro da Quillória ontem", "Quillória"),
        ("Er wohnt in Quillhausen bei Mara", "Quillhausen"),
        ("jedzie do Quillowa jutro", "Quillowa"),
    ],
)
def test_where_somebody_lives_or_goes_is_a_place(text: str, place: str) -> None:
    start = text.index(place)
    found = with_cues(text, [(start, start + len(place), "PERSON", 0.6)])
    assert [(text[a:b], entity) for a, b, entity, _ in found] == [(place, "LOCATION")]
