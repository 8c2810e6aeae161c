"""Values told in sentences, chats and notes: whose word stands nearest, what ends a place."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.weighing.other_numbers import is_of_thing, names_a_thing


def _found(text: str, kind: str) -> list[str]:
    """Give the values of one common type in a text."""
    return [text[start:end] for start, end, common, _ in detect([text])[0] if common == kind]


@pytest.mark.parametrize(
    "text",
    [
        "Bel me op 0031-20-9032363. Bestelling 55279488.",
        "Telefon 030 23125 012, Zähler 25515590, Stand 04411.",
        "phone (02-503-6865). File 07/79428.",
        "tel. 0171 3920 012; nr zamówienia 4697645",
        "電話は＋８１ ８０ １６４２ ３９７８です。注文番号は57441568です。",
    ],
)
def test_a_number_right_behind_the_word_for_an_order_or_file_is_no_telephone(text: str) -> None:
    numbers = ("55279488", "25515590", "07/79428", "4697645", "57441568")
    assert not set(_found(text, "PHONE")) & set(numbers)


@pytest.mark.parametrize("text", ["电话132 0909 1112,订单", "手机138 6666 1112", "联系电话+86 138 6666 1112"])
def test_a_number_in_groups_right_behind_its_word_is_whole(text: str) -> None:
    assert _found(text, "PHONE") == [text.lstrip("联系电话手机").partition(",")[0]]


def test_a_word_against_a_telephone_counts_only_where_none_for_it_is_nearer() -> None:
    text = "calling about the invoice, you can reach me at 0705627887 today"
    assert _found(text, "PHONE") == ["0705627887"]


def test_a_word_for_a_thing_speaks_only_right_before_a_number() -> None:
    assert is_of_thing("Vertragsnummer: ")
    assert not is_of_thing("my order is late, call ")
    assert not is_of_thing("just in case ")
    assert names_a_thing("Aktenzeichen 12/508", 0, 15)
    assert not names_a_thing("Lindenstraße 46", 0, 15)


def test_a_place_ends_with_its_sentence() -> None:
    text = "Zeugin ist Anna Berger, wohnhaft Lindenstraße 46 in Hamburg. Das Fahrzeug wurde nicht bewegt."
    assert all("Fahrzeug" not in place for place in _found(text, "LOCATION"))


def test_an_address_told_by_its_form_keeps_the_name_in_it() -> None:
    text = "locataire au 3 bis avenue Jean Exemple, 35000 Rennes. Merci"
    assert _found(text, "LOCATION") == ["3 bis avenue Jean Exemple, 35000 Rennes"]
    assert _found(text, "PERSON") == []


def test_the_month_in_which_a_card_ends_is_no_number_of_a_card() -> None:
    text = 'she read my card back, "45 39 57 85 82 31 24 08", expiry 07/29'
    assert _found(text, "CREDIT_CARD") == ["45 39 57 85 82 31 24 08"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ssn is 241 492 665 wait i mean", "US_SSN", "241 492 665"),
        ("mi contraseña es “Luna.azul77” hoy", "SECRET", "Luna.azul77"),
        ("the combination to the safe is 12-44-71 ok", "SECRET", "12-44-71"),
        ("der code fürs tor ist 7801.", "SECRET", "7801"),
        ("geschrieben von mberg_77 gestern", "USERNAME", "mberg_77"),
        ("old login linda_jimenez is closed", "USERNAME", "linda_jimenez"),
        ("mijn kenteken is 08-rbz-0 en", "VEHICLE", "08-rbz-0"),
        ("Konto 5540012, BLZ 37040044", "BANK_ACCOUNT", "5540012"),
        ("my passport (U80 444 969) is here", "PASSPORT", "U80 444 969"),
        ("Permis n° 90MB50553. Il part", "DRIVER_LICENSE", "90MB50553"),
    ],
)
def test_a_value_told_in_a_sentence_is_found(text: str, kind: str, value: str) -> None:
    assert value in _found(text, kind)


def test_a_value_told_once_is_found_wherever_else_it_stands_in_the_text() -> None:
    text = "Anna, my driving licence is A6101674 but the form took a6101674 only. dm @neonbadger65, neonbadger65 there"
    assert _found(text, "DRIVER_LICENSE") == ["A6101674", "a6101674"]
    assert _found(text, "USERNAME") == ["@neonbadger65", "neonbadger65"]
    assert "A6101674" not in _found("Anna wrote about part A6101674 again", "DRIVER_LICENSE")
