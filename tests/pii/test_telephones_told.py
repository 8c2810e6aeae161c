"""Telephones: beside words of all languages, by their place, by the language of the text; and what is none."""

from __future__ import annotations

import tracemalloc

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.find import find_pii
from leakkit.pii.masking.case import Case
from leakkit.pii.telephones_beside import with_telephones_beside
from leakkit.pii.telephones_of_languages import countries_of, is_of_language
from leakkit.pii.weighing.other_numbers import is_about_thing, is_denied, is_of_thing


def telephones(text: str) -> list[str]:
    """Give the telephones that are found in a text."""
    return [text[start:end] for start, end, kind, _ in detect([text])[0] if kind == "PHONE"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dzwoń do Kasi 604 118 229, a jak nie odbierze to pisz", "604 118 229"),
        ("Передзвоніть на 067 412 33 90 ввечері", "067 412 33 90"),
        ("Kald mig på 28 44 71 09 i aften", "28 44 71 09"),
        ("τηλ. επικοινωνίας στο κιν. 6944 128 830", "6944 128 830"),
        ("javi se na 01/4822-190 do petka", "01/4822-190"),
        ("अरे भाई, नया नंबर सेव कर ले: 98203 41177", "98203 41177"),
        ("Za pomoc zvoni na 041 441 882", "041 441 882"),
        ("e il cellulare 39-23-35-96-8, grazie", "39-23-35-96-8"),
        ("para dudas llamar 657/646/899 o pasar", "657/646/899"),
        ("cell 423.555\n0150 or by mail", "423.555\n0150"),
        ("teléfono 98 31 0 – 95 62 9, gracias", "98 31 0 – 95 62 9"),
    ],
)
def test_words_of_all_languages_tell_a_telephone(text: str, value: str) -> None:
    assert telephones(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Devis n° 06 22 18 77 04, appelez demain",
        "YOUR REF: 0811-442-7730, please call back",
        "Compteur EDF 06 12 44 87 19, relevé 014 882",
        "Nr paczki 604 118 229, dzwoń jutro",
        "اتصل بنا. رقم الطلب 0501447832",
        "会員番号 0804-418-229 電話ください",
        "konto: 2000145399/0800, telefon nemám",
        "Zakaz nomer 84903041, zvonite",
        "<td>#8899808</td> ligar",
        "folio 55 4128 8902, llamar mañana",
    ],
)
def test_numbers_of_things_are_no_telephones(text: str) -> None:
    assert not telephones(text)


@pytest.mark.parametrize(
    "text",
    [
        "The serial 020 7946 1182 is not a phone number",
        "Die Nummer 0711 4482910 ist die Vertragsnummer, bitte nicht anrufen",
        "le numéro 06 22 18 77 04 n'est pas un téléphone",
        "番号 090-3318-9042 は電話番号ではありません",
        "O número 912 331 890 é o do contrato, ligar depois",
    ],
)
def test_what_is_said_behind_a_number_denies_it(text: str) -> None:
    assert not telephones(text)


def test_a_denial_of_something_else_denies_nothing() -> None:
    assert not is_denied(" is not mine, it is my wife's") and is_denied(" is not a phone number")
    assert telephones("07700 912 384 is not mine, call it anyway") == ["07700 912 384"]


def test_words_for_things_are_met_behind_words_for_numbers() -> None:
    assert is_of_thing("YOUR REF NO: ", telephone=True)
    assert is_of_thing("Account 003 ", telephone=True) and not is_of_thing("Account ", telephone=False)
    assert not is_of_thing("WhatsApp account ", telephone=True)
    assert not is_of_thing("Mobile number: ", telephone=True)
    assert is_about_thing("the invoice of Ana") and not is_about_thing("the phone of Ana")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Next of kin: Gethin Pugh (father), 01558 441 233", "01558 441 233"),
        ("partner Macarena Carrascosa, 609248697", "609248697"),
        ("honorare@sprachkorpus.example.org oder 0511 / 44 70 - 218.", "0511 / 44 70 - 218"),
        ("phone for the courier?\nwiktoria: 512-624-147", "512-624-147"),
        ("wife — 082 441 9930 if urgent", "082 441 9930"),
        ("<td>Nicolò Damiani</td><td>035 892203</td>", "035 892203"),
    ],
)
def test_its_place_tells_a_telephone(text: str, value: str) -> None:
    assert telephones(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Ольга Лысенко, 68 3005946, д.р. 12.07.2001",
        "[2023-07-09 09:51:24] Ngozi Uzoma: 0116791919",
        "I, Nokuthula Zungu, ID 7902140441, residing here",
    ],
)
def test_other_numbers_behind_a_person_are_no_telephones(text: str) -> None:
    assert not telephones(text)


def test_an_address_ends_before_a_telephone() -> None:
    text = "OL HIRE LTD\nUnit 7, Mill Lane, Otley LS21 3QP\nTel 01943 555 018\n"
    assert telephones(text) == ["01943 555 018"]
    assert all(
        "Tel" not in text[start:end] for start, end, kind, _ in detect([text])[0] if kind == "LOCATION"
    )


def test_nothing_is_added_where_no_number_stands() -> None:
    assert with_telephones_beside([], [""], {}) == []


def test_the_language_of_a_text_tells_whose_numbers_these_are() -> None:
    advertisement = "Sprzedam opony zimowe, stan dobry. {}, po godz. 17"
    assert telephones(advertisement.format("693 207 118")) == ["693 207 118"]
    assert not telephones(advertisement.format("093 207 11"))
    assert not telephones("693 207 118")
    assert not telephones("loss 693 207 118 step 4 lr 0.1")
    assert not telephones("Sprzedam dom, cena dobra, stan jak nowy, 693 207 118 zł")


def test_languages_are_told_by_their_words_and_letters() -> None:
    assert countries_of("Sommerhus udlejes med have og sauna, henv. efter kl 17") == ("NO", "DK")
    assert countries_of("γκαρσονιέρα στο κέντρο")[0] == "GR"
    assert countries_of("kernel build 7") == ()
    text = "tu llevas la mesa, y si pasa algo: 644 90 12 73"
    assert is_of_language(text, 35, len(text)) and not is_of_language(text + " 55", 35, len(text))


def test_numbers_that_nobody_dials_are_left_out() -> None:
    assert not telephones('src=web name="test" tel="0000000000" mail="-"')
    assert not telephones("drawing 000-12-5524, call the office")


def test_many_numbers_of_one_text_are_asked_with_little_memory() -> None:
    text = "a@b.co, 030 1234567, " * 6_000
    tracemalloc.start()
    find_pii([text], case=Case.from_passphrase("a long pass phrase", "test"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000 * len(text)
