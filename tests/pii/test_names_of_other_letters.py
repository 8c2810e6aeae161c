"""Names in letters other than Latin: beside the same in others, what none holds, words of forms; all invented."""

import pytest

import leakkit as lk
from leakkit.leak.records.person_numbers import is_read, unglued
from leakkit.pii.adapter import detect
from leakkit.pii.masking.writings import other_forms
from leakkit.pii.people.join import people
from leakkit.pii.record_ids import role_of
from leakkit.pii.scanning.scan import scan
from leakkit.pii.tagged import with_writings
from leakkit.pii.weighing.everyday import everyday_edges
from leakkit.pii.weighing.names_in_signs import edges_in_signs, is_whole

KANJI = "近藤 浩二,宮本 美咲,佐々木 結衣,長谷川 翔,小野寺 直樹,村上 恵子".split(",")
KANA = "コンドウ コウジ,ミヤモト ミサキ,ササキ ユイ,ハセガワ ショウ,オノデラ ナオキ,ムラカミ ケイコ".split(
    ","
)


def told(text):
    """What is found in a text, by kind."""
    return {(text[start:end], kind) for start, end, kind, _ in detect([text])[0]}


def behind(text, first, second):
    """Whether the second of two names is marked as one behind other letters."""
    names = [
        (text.index(one), text.index(one) + len(one), "PERSON", 0.9, "tagger") for one in (first, second)
    ]
    return [("written:" in evidence) for *_, evidence in with_writings(text, names)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("氏名 近藤 浩二(コンドウ コウジ)", "近藤 浩二", "コンドウ コウジ"),
        ("王小明 Wang Xiaoming", "王小明", "Wang Xiaoming"),
        ("Иван Петров / Ivan Petrov", "Иван Петров", "Ivan Petrov"),
        ("Penka Dyakova （Пенка Дякова）", "Penka Dyakova", "Пенка Дякова"),
    ],
)
def test_a_name_right_behind_other_letters_is_marked(text, first, second):
    assert behind(text, first, second) == [False, True]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Ann Lee (Bob Ray)", "Ann Lee", "Bob Ray"),
        ("Иван Петров, Ivan Petrov", "Иван Петров", "Ivan Petrov"),
        ("王小明 (mother of Ann Lee)", "王小明", "Ann Lee"),
        ("王小明(Wang Xiaoming, room 4", "王小明", "Wang Xiaoming"),
        ("12 Ann Lee", "12", "Ann Lee"),
    ],
)
def test_what_stands_apart_is_not(text, first, second):
    assert behind(text, first, second) == [False, False]


def test_a_name_and_its_reading_in_a_text_are_one_person(tmp_path):
    lines = [
        f'{{"text": "履歴書\\n氏名 {name}({kana})\\n携帯 080-8384-60{n}2\\nメール user{n}@post.example\\n卒業"}}'
        for n, (name, kana) in enumerate(zip(KANJI, KANA, strict=True))
    ]
    (tmp_path / "cv.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = scan(tmp_path, workers=1, progress=False).findings()
    assert len(people(found)) == len(KANJI)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("メール user@post.example", "メール"),
        ("卒業 2019", "卒業"),
        ("ስልክ 0911000000", "ስልክ"),
        ("المريض: عمر", "المريض"),
        ("שם: דנה", "שם"),
        ("전화 02-123", "전화"),
    ],
)
def test_words_of_forms_are_nobody(text, word):
    start = text.index(word)
    first, last = everyday_edges(text, start, start + len(word), "PERSON")
    assert first == last


def test_arabic_words_are_known_with_what_is_written_before_them():
    text = "أنا وليد شاهين والفاتورة غلط"
    start = text.index("والفاتورة")
    assert (
        everyday_edges(text, start, len(text), "PERSON")[0]
        == everyday_edges(text, start, len(text), "PERSON")[1]
    )
    start = text.index("وليد")
    assert everyday_edges(text, start, start + 10, "PERSON") == (start, start + 10)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("松井は", "松井"),
        ("特記事項なし", ""),
        ("都是诗句不是人名", ""),
        ("白云深处", ""),
        ("の違いについて説明した", ""),
        ("小笠原健太", "小笠原健太"),
        ("欧阳秀兰", "欧阳秀兰"),
        ("张桂芝", "张桂芝"),
        ("サトウケンタ", "サトウケンタ"),
        ("Ann Lee", "Ann Lee"),
    ],
)
def test_what_no_name_in_signs_holds(text, left):
    assert text[slice(*edges_in_signs(text, 0, len(text)))] == left


def test_whole_names_before_a_form_of_address():
    assert is_whole("早乙女翔") and not is_whole("長谷川") and not is_whole("会議室")
    assert ("小笠原健太", "PERSON") in told("議事録：出席者は小笠原健太さん、以上")


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("ትዕግስት ዘውዴ", "tigist zewde"),
        ("ዳዊት በቀለ", "dawit bekele"),
        ("ሙሉጌታ ገብረሥላሴ", "mulugeta gebreselassie"),
        ("إيهاب الخولي", "ehab elkholi"),
        ("رانيا الشناوي", "rania elshenawy"),
    ],
)
def test_names_as_people_write_them_in_latin_letters(name, latin):
    assert set(latin.split()) <= set(other_forms(name))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("أنا وليد شاهين ورقمي 01104419763 شكرا", "01104419763"),
        ("我的号码是13812345678", "13812345678"),
        ("המספר שלי 054-7312288", "054-7312288"),
    ],
)
def test_telephones_behind_their_word_in_more_languages(text, value):
    assert (value, "PHONE") in told(text)


@pytest.mark.parametrize(
    "text",
    ['{"tel":"+33 6 23 97 42 01","commande":"CMD-32120102"}', "Mob +91 98548 97212. UTR ref 191972807777"],
)
def test_numbers_of_orders_and_transfers_are_no_telephones(text):
    assert len([kind for _, kind in told(text) if kind == "PHONE"]) == 1


def test_letters_that_were_read_as_latin_text_are_mended():
    text = "859;BegoÃ±a Urrutia;602 557 074\n860;JoaquÃ\xadn EcheverrÃ\xada;602 557 075"
    assert {("BegoÃ±a Urrutia", "PERSON"), ("JoaquÃ\xadn EcheverrÃ\xada", "PERSON")} <= told(text)


def test_numbers_of_people_whose_column_is_one_word():
    assert [unglued(word) for word in ("lidnr", "mitgliedsnummer", "userid", "casino")] == [
        ["lid", "nr"],
        ["mitglieds", "nummer"],
        ["user", "id"],
        ["casino"],
    ]
    assert is_read(41, "dump.sql", "leden.lidnr") and not is_read(41, "dump.sql", "leden.fietsnr")
    assert role_of("kundennr") == "kunden" and role_of("patientno") == "patient" and role_of("casino") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sir, myself johanna voutilainen, resident", "johanna voutilainen"),
        ("oi, aqui é a johanna, o cpf", "johanna"),
        ("o sr. figueira disse que", "figueira"),
    ],
)
def test_names_in_small_letters_of_who_speaks_or_behind_a_title(text, name):
    assert (name, "PERSON") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "sie war im keller und",
        "er ist im bett geblieben",
        "sono contento di te",
        "soy rubio y alto",
        "ich bin der koch hier",
    ],
)
def test_words_behind_who_speaks_are_no_names(text):
    assert lk.find_pii(text, detectors="person_small_self", names=None).empty


def test_keys_of_chats_are_no_accounts():
    assert not [value for value, kind in told('{"role":"user","content":"hi there"}') if kind == "USERNAME"]
