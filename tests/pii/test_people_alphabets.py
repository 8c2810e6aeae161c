"""One name in two alphabets where nothing but the name is told; all people are invented."""

import pyarrow as pa
import pytest

from leakkit.pii.masking.case import Case
from leakkit.pii.masking.latin import other_latin
from leakkit.pii.masking.normalise import name_words, normalise
from leakkit.pii.masking.writings import other_forms
from leakkit.pii.people.join import people
from tests.pii.test_people import found, record


def names(path, *values):
    """Names in free text, a line each."""
    return [(path, row, "", 4, "PERSON", value) for row, value in enumerate(values)]


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Penka Dyakova", "Пенка Дякова"),
        ("Zapryan Shtilyanov", "Запрян Щилянов"),
        ("Halyna Oliinyk", "Галина Олійник"),
        ("Zafer Al-Qahtani", "ظافر القحطاني"),
        ("Tareq El Sabahi", "طارق الصباحي"),
        ("Kwon Tae-rin", "권태린"),
        ("Aerim Jeon", "전애림"),
        ("Shohji Rikako", "ショウジ リカコ"),
    ],
)
def test_a_name_is_the_only_one_that_it_may_be_in_other_letters(latin, other):
    row = record("list.csv", 0, name=("PERSON", latin), mail=("EMAIL", "q7@post.example"))
    told = found(*row, *names("minutes.txt", other))
    assert len(people(told)) == 1
    assert len(people(found(*names("minutes.txt", other), *names("letter.txt", latin)))) == 1


def test_a_name_in_other_letters_is_nobody_of_two_namesakes():
    rows = record("list.csv", 0, name=("PERSON", "Penka Dyakova"), mail=("EMAIL", "q7@post.example"))
    rows += record("list.csv", 1, name=("PERSON", "Penka Dyakova"), mail=("EMAIL", "w2@post.example"))
    assert len(people(found(*rows))) == 2
    assert len(people(found(*rows, *names("minutes.txt", "Пенка Дякова")))) == 2


@pytest.mark.parametrize(("latin", "other"), [("Zafer Alqahtani", "ظفير الخنفري"), ("Rhee Bora", "전애림")])
def test_two_names_of_a_row_may_be_one_where_not_all_ways_of_writing_are_known(latin, other):
    row = record(
        "pay.csv",
        0,
        full_name_en=("PERSON", latin),
        name=("PERSON", other),
        mail=("EMAIL", "a1@post.example"),
    )
    assert len(people(found(*row))) == 1
    assert len(people(found(*names("minutes.txt", other), *names("letter.txt", latin)))) == 2


def test_an_address_is_made_of_a_korean_name():
    row = record("list.csv", 0, name=("PERSON", "권태린"), tel=("PHONE", "02-555-0123"))
    other = record("log.csv", 4, login=("EMAIL", "taerin.kwon@works.example"))
    assert len(people(found(*row, *other))) == 1


def test_one_account_of_a_name_in_two_alphabets_and_another_name_is_of_two_people():
    rows = [
        record("issues.csv", row, name=("PERSON", name), login=("USERNAME", "tkwon"))
        for row, name in enumerate(("권태린", "Tae-rin Kwon", "Tobin Kwoner"))
    ]
    assert len(people(found(*rows[0], *rows[1]))) == 1
    assert len(people(found(*rows[0], *rows[2]))) == 1
    assert len(people(found(*rows[0], *rows[1], *rows[2]))) == 2


def test_brothers_and_those_of_two_dates_of_birth_stay_apart_in_two_alphabets():
    one = record("a.csv", 0, name=("PERSON", "Zapryan Dyakov"), born=("DATE_OF_BIRTH", "1981-03-04"))
    brother = record("b.csv", 0, name=("PERSON", "Пламен Дяков"), born=("DATE_OF_BIRTH", "1981-03-04"))
    assert len(people(found(*one, *brother))) == 2
    other = record("b.csv", 0, name=("PERSON", "Запрян Дяков"), born=("DATE_OF_BIRTH", "1999-11-30"))
    assert len(people(found(*one, *other))) == 2


def test_bulgarian_words_are_written_by_its_own_rules():
    assert "shtarkov" in other_latin("щърков") and "vasil" not in other_latin("щърков")


def test_words_of_arabic_letters_are_written_in_several_ways():
    forms = other_forms("ناصر الهواري")
    assert {"nasser", "nasir", "hawary", "hawari", "elhawary"} <= set(forms)
    assert not {"", "al", "el"} & set(forms)
    assert "abdelkarim" in other_forms("عبدالكريم")


def test_syllables_of_korea_and_kana_are_written_in_several_ways():
    assert {"namgung", "taerin", "rin"} <= set(other_forms("남궁태린"))
    assert {"heo", "hur", "jun"} <= set(other_forms("허준"))
    assert {"hattori", "ryoichi", "ryouichi"} <= set(other_forms("はっとり りょういち"))
    assert other_forms("服部 良一") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nasser El-Hawary", ["nasser", "hawary"]),
        ("Al-Hawary, Nasser", ["nasser", "hawary"]),
        ("Nasser al Hawary", ["nasser", "hawary"]),
        ("Al Bundt", ["al", "bundt"]),
        ("Revd Owen Quill", ["owen", "quill"]),
        ("أ/ ناصر الهواري", ["ناصر", "الهواري"]),
        ("岡本静香様", ["岡本静香"]),
        ("Elwin Hall", ["elwin", "hall"]),
    ],
)
def test_articles_and_titles_are_no_words_of_a_name(text, words):
    assert name_words(text) == words
    case = Case(b"only for invented people")
    array = pa.array([text] * 40)
    assert set(case.key_array("PERSON", array).to_pylist()) == {case.key("PERSON", text)}
    assert set(case.trait_array("PERSON", array).to_pylist()) == {case.traits("PERSON", text)}


def test_a_name_has_one_key_with_either_article_and_with_none():
    forms = {normalise("PERSON", f"Nasser {article}Hawary") for article in ("", "El-", "Al-", "al ", "El ")}
    assert forms == {"hawary nasser"}
