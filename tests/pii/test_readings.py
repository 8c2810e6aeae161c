"""Values hidden by unseen characters, markup, escapes or words are found in a second reading; all values are invented."""

# ruff: noqa: E501 - hidden values read better on one line

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest

import leakkit as lk
from leakkit.pii.readings.characters import composed, latin, parted, seen
from leakkit.pii.readings.copy import Copy
from leakkit.pii.readings.hiding_places import (
    EXACT,
    NEAR,
    ODD,
    _by_re2,
    _literals,
    _pattern,
    _told_literals,
    places,
    told_in_a_row,
)
from leakkit.pii.readings.second import _reading
from leakkit.pii.readings.spoken import addressed, counted
from leakkit.pii.readings.told_dates import dated
from leakkit.pii.readings.writing import bared, decoded, unbroken

CARD, IBAN, MAIL = "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "dora.klein@quarrelmaps.com"

HIDDEN = [
    ("card 4539\u20608059\u20601752\u20600904 ok", "4539\u20608059\u20601752\u20600904", "CREDIT_CARD"),
    ("IBAN DE89\u20093704\u20090044\u20090532\u20090130\u200900, ok", "DE89\u20093704\u20090044\u20090532\u20090130\u200900", "IBAN"),
    ("رقم البطاقة ٤٥٣٩ ٨٠٥٩ ١٧٥٢ ٠٩٠٤ شكرا", "٤٥٣٩ ٨٠٥٩ ١٧٥٢ ٠٩٠٤", "CREDIT_CARD"),
    ("card ４５３９ ８０５９ １７５２ ０９０４", "４５３９ ８０５９ １７５２ ０９０４", "CREDIT_CARD"),
    ("card 4,5,3,9,8,0,5,9,1,7,5,2,0,9,0,4 he said", "4,5,3,9,8,0,5,9,1,7,5,2,0,9,0,4", "CREDIT_CARD"),
    ("> my card is 4539 8059\n> 1752 0904 and it\n> ends", "4539 8059\n> 1752 0904", "CREDIT_CARD"),
    ("it is **4539** **8059** **1752** **0904** ok", "4539** **8059** **1752** **0904", "CREDIT_CARD"),
    ("<td>4539<wbr>8059<wbr>1752<wbr>0904</td>", "4539<wbr>8059<wbr>1752<wbr>0904", "CREDIT_CARD"),
    ("IBAN: D\u0415\u200b89 3704 0044 0532 0130 00", "D\u0415\u200b89 3704 0044 0532 0130 00", "IBAN"),
    ("IBAN: DE89 3704 0044\n> 0532 0130 00 bitte", "DE89 3704 0044\n> 0532 0130 00", "IBAN"),
    ("<p>dora.<span class=x>klein</span>@quarrelmaps.com</p>", "dora.<span class=x>klein</span>@quarrelmaps.com", "EMAIL"),
    ("<p>dora.klein&commat;quarrelmaps.com</p>", "dora.klein&commat;quarrelmaps.com", "EMAIL"),
    ("?m=dora.klein%40quarrelmaps%2Ecom", "dora.klein%40quarrelmaps%2Ecom", "EMAIL"),
    ("escribe a dora.klein arroba quarrelmaps punto com", "dora.klein arroba quarrelmaps punto com", "EMAIL"),
    ("schreib an dora punkt klein at quarrelmaps punkt com", "dora punkt klein at quarrelmaps punkt com", "EMAIL"),
    ("mail: dora.klein{@}quarrelmaps.com", "dora.klein{@}quarrelmaps.com", "EMAIL"),
    ("contact dora.klein @ quarrelmaps.com soon", "dora.klein @ quarrelmaps.com", "EMAIL"),
    ("write dora.klein [ät] quarrelmaps [punkt] com", "dora.klein [ät] quarrelmaps [punkt] com", "EMAIL"),
    ("mail **dora.klein**@quarrelmaps.com for it", "dora.klein**@quarrelmaps.com", "EMAIL"),
    ("quoted-printable\n\nto dora.klein=40quarrel=\nmaps.com.", "dora.klein=40quarrel=\nmaps.com", "EMAIL"),
    ('{"note":"mail dora.klein\\u0040quarrelmaps.com now"}', "dora.klein\\u0040quarrelmaps.com", "EMAIL"),
    ("メールはdora.klein@quarrelmaps.comです", MAIL, "EMAIL"),
    ("so my number is oh seven seven double oh nine oh oh one two three", "oh seven seven double oh nine oh oh one two three", "PHONE"),
    ("meine Nummer ist null eins sieben sechs zwei eins vier sieben acht neun acht", "null eins sieben sechs zwei eins vier sieben acht neun acht", "PHONE"),
]  # fmt: skip

PLAIN = [
    "class Fenn(Quill):\n@depth.net\n@head.com\ndef quill(self)",
    "look at example.com for more", "meet me at work. com is a suffix", "one two three four go",
    "scores 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 were given", "one, two, three, four, five stars", "x = a**b + c**d",
    "rows 2019\n2020\n2021\n2022", "use a @ b . c in code", "0 0 0 1 0 0 0 1 0 0 0 1 1 0 0 0",
    "lunch at cafe dot and home", "The <b>big</b> book of <i>Berlin</i>", "ab=20cd and x=40 y=41",
]  # fmt: skip


def found(texts: list[str]) -> list[set[tuple[str, str]]]:
    """Give value and entity of what stands in each text."""
    findings = lk.find_pii(texts, names=None)
    spans: list[set[tuple[str, str]]] = [set() for _ in texts]
    for row in findings.itertuples():
        spans[row.row].add((texts[row.row][row.start : row.end], row.entity))
    return spans


@pytest.mark.parametrize(("text", "value", "entity"), HIDDEN)
def test_hidden_value_is_found_in_whole(text, value, entity):
    assert (value, entity) in found([text])[0]


def test_short_texts_side_by_side_are_read_each():
    spans = found([text for text, *_ in HIDDEN])
    assert [
        (value, entity)
        for (_, value, entity), held in zip(HIDDEN, spans, strict=True)
        if (value, entity) not in held
    ] == []


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_text_gives_no_number_or_address(text):
    assert {entity for _, entity in found([text])[0]} <= {"URL", "DATE"}


def test_evidence_says_how_the_text_was_read():
    findings = lk.find_pii(["card 4539\u200b8059\u200b1752\u200b0904"], names=None)
    row = findings[findings.entity == "CREDIT_CARD"].iloc[0]
    assert "; read as:plain characters:" in row.evidence
    assert "read as" in lk.explain(row)


def test_key_of_a_hidden_value_is_that_of_the_plain_one():
    findings = lk.find_pii([MAIL, MAIL.replace("@", " [at] ").replace(".com", " [dot] com")], names=None)
    emails = findings[findings.entity == "EMAIL"]
    assert emails.row.tolist() == [0, 1]
    assert emails.value_key.nunique() == 1


def test_plain_finding_in_the_same_place_is_kept_as_it_was():
    alone = lk.find_pii([f"mail {MAIL} "], names=None)
    beside = lk.find_pii([f"mail {MAIL} and more text to stand between the two of them 1\u200b2"], names=None)
    assert beside.evidence.tolist() == alone.evidence.tolist()


def test_long_text_is_read_around_its_signs():
    text = "filler words " * 3000 + "card 4539\u200b8059\u200b1752\u200b0904 end " + "more words " * 3000
    assert ("4539\u200b8059\u200b1752\u200b0904", "CREDIT_CARD") in found([text])[0]


@pytest.mark.parametrize(
    "unit", ["\u200b", "<b>", "%40", "1 ", "&#64;", "=\n", "one ", "1, 2, ", " at ", "a@", "4539 8059\n> "]
)
def test_hostile_text_takes_time_that_grows_with_its_length(unit):
    costs = []
    for size in (100_000, 400_000):
        text = unit * (size // len(unit))
        lk.find_pii([text[:5000]], names=None)
        start = time.process_time()
        lk.find_pii([text], names=None)
        costs.append(time.process_time() - start)
    assert costs[1] < 9 * costs[0] + 0.3


def test_both_engines_see_signs_in_the_same_texts():
    pytest.importorskip("hyperscan")
    for text, *_ in HIDDEN:
        data = text.encode()
        by_re2 = [*_by_re2(data, False), *_by_re2(data, True)]
        assert bool(len(places(data))) and bool(by_re2)
    for text in (
        "The quick brown fox, 12 of 14, at https://example.org/a?b=c on 2024-05-06 10:11:12.345",
        "key=value x_y",
    ):
        assert not len(places(text.encode())) and not list(_by_re2(text.encode(), False))


def test_signs_compile_for_re2_and_have_literals():
    for signs in (EXACT, NEAR, ODD, (told_in_a_row(),)):
        assert _pattern(signs) is not None
    assert all(len(one) >= 2 for one in _literals() + _told_literals())


TOLD_IN_A_ROW = (
    "call zero one seven four",
    "Sag ihr: null-eins-sieben-vier-zwei",
    "einunddreißig dreiundvierzig zwölf acht",
    "telefon sıfır beş üç iki",
    "फ़ोन शून्य एक दो तीन",
    "three three three 7 and more",
)
NOT_TOLD = (
    "went on to to in and out",
    "to to in 571 ms",
    "in to on token explain",
    "one of two, or ten of six",
    "home to to in on a and",
)


@pytest.mark.parametrize("text", TOLD_IN_A_ROW)
def test_words_of_numbers_in_a_row_are_a_sign_for_both_engines(text):
    assert list(_by_re2(text.encode(), False))
    assert len(places(text.encode()))


@pytest.mark.parametrize("text", NOT_TOLD)
def test_small_words_that_are_numbers_elsewhere_are_none(text):
    assert not list(_by_re2(text.encode(), False))
    assert not len(places(text.encode()))


def test_a_day_before_a_short_month_is_no_small_word():
    copy = dated(Copy.of("it went to out in the third of oct 1980"))
    assert copy.text == "it went to out in the 3 of oct 1980"


def test_copy_knows_where_its_characters_stand():
    copy = Copy.of("a--b").edited([(1, 3, "-")])
    assert copy.text == "a-b"
    assert copy.stretch(1, 2) == (1, 3)
    assert copy.stretch(0, 3) == (0, 4)
    assert all(a <= b for a, b in pairwise(copy.starts.tolist()))


def test_copy_without_edits_is_the_same():
    copy = Copy.of("abc")
    assert copy.edited([]) is copy
    assert np.array_equal(copy.starts, [0, 1, 2])


@pytest.mark.parametrize(
    ("step", "text", "new"),
    [
        (seen, "a\u200bb\u00adc \u2011 １２ ٣", "abc - 12 3"),
        (composed, "Jose\u0301", "José"),
        (latin, "p\u0430ypal", "paypal"),
        (latin, "приватbank", "приватbank"),
        (parted, "号13912345678,5Tel: 3", "号 13912345678,5 Tel: 3"),
        (decoded, "a=C3=BCb=\nc", "aübc"),
        (decoded, "x &#64; y &amp; z", "x @ y & z"),
        (bared, "45<b>39</b> and <i>it</i>", "4539 and <i>it</i>"),
        (unbroken, "DE89 3704 004\n4 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        (unbroken, "2019\n2020", "2019\n2020"),
        (counted, "zero seven nine one one four five", "0791145"),
        (counted, "one two three", "one two three"),
        (addressed, "a.b [at] cee [dot] org", "a.b@cee.org"),
        (addressed, "look at the dot in it", "look at the dot in it"),
        (addressed, "10[.]1[.]2[.]3", "10.1.2.3"),
    ],
)
def test_each_step_rewrites_what_it_is_for(step, text, new):
    copy = step(Copy.of(text))
    assert copy.text == new
    assert len(copy.starts) == len(copy.ends) == len(new)


def test_text_in_which_nothing_changes_is_not_read_again():
    assert _reading(0, 0, "nothing hidden here") is None


def test_places_of_an_empty_buffer_are_none():
    assert not len(places(b""))
    assert not len(lk.find_pii(["", None], names=None))


def test_a_hidden_value_is_found_once_where_fields_and_members_share_its_row(tmp_path):
    from leakkit.pii.masking.case import Case
    from leakkit.pii.scanning.scan import scan

    line = '{"b": "bob.kowalski@firm.example.io is here", "a": "ana.lee [at] company [dot] org", "c": "ABC 123"}\n'
    (tmp_path / "t.jsonl").write_text(line * 2, encoding="utf-8")
    (tmp_path / "u.jsonl").write_text('{"a": "zoe.reed@haus.example.io and words"}\n' * 2, encoding="utf-8")
    case = Case(b"an invented salt for this test")
    found = scan(tmp_path, workers=1, names=None, case=case, progress=False).findings()
    mails = found[found["entity"] == "EMAIL"]
    places = list(zip(mails["path"], mails["row"], mails["field"], mails["end"], strict=True))
    assert sorted(places) == [
        ("t.jsonl", 0, "a", 30),
        ("t.jsonl", 0, "b", 28),
        ("t.jsonl", 1, "a", 30),
        ("t.jsonl", 1, "b", 28),
        ("u.jsonl", 0, "a", 24),
        ("u.jsonl", 1, "a", 24),
    ]


BESIDE = (
    (["mail to joe[at]", "ann[at]mail.org"], 1),
    (["ok", "паспорт № 644718820"], 1),
    (["ip 1.2.3[.]4", "x[.]y@z.de"], 1),
    (["one two", "three four five six seven eight"], 1),
)


@pytest.mark.parametrize(("texts", "row"), BESIDE)
def test_what_is_hidden_in_a_text_does_not_depend_on_the_one_before(texts, row):
    alone = lk.find_pii([texts[row]], names=None)
    beside = lk.find_pii(texts, names=None)
    beside = beside[beside.row == row]
    columns = ["start", "end", "entity", "score"]
    assert beside[columns].values.tolist() == alone[columns].values.tolist()
