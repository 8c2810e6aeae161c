"""Values of mixed, careless and hostile texts: logins in asides, odd groups, spelled addresses, small letters."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.validators.people import full_name, given_name
from leakkit.pii.weighing.name_edges import name_edges
from leakkit.pii.weighing.other_numbers import is_of_thing, names_a_thing


def _found(text: str, kind: str) -> list[str]:
    """Give the values of one common type in a text."""
    return [text[start:end] for start, end, common, _ in detect([text])[0] if common == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("notes for me: webmail: quill_mara // harbour#77x ; shred this", "USERNAME", "quill_mara"),
        ("notes for me: webmail: quill_mara // harbour#77x ; shred this", "SECRET", "harbour#77x"),
        ("mein Bruder nutzt Harbour!77x überall, schon seit Jahren", "SECRET", "Harbour!77x"),
        ("elle utilise «Harbour!77x» partout, même au travail", "SECRET", "Harbour!77x"),
        ("the puk: 55210099 for the sim is on the card", "SECRET", "55210099"),
        ("TOTP secret: JBSW Y3DP EHPK 3PXP was on the wall", "SECRET", "JBSW Y3DP EHPK 3PXP"),
        ("Minutes. Item 2: shed code is now 59838. Next meeting in May.", "SECRET", "59838"),
        ("Dauerauftrag bitte auf Konto 5540012345 ändern.", "BANK_ACCOUNT", "5540012345"),
        ("Miete an DE61.7565.6705.4291.9845.93. Danke", "IBAN", "DE61.7565.6705.4291.9845.93"),
        ("zurück auf DE6 175 656 705 429 198 459 3, Rückfragen", "IBAN", "DE6 175 656 705 429 198 459 3"),
        ("my PPS is (9246938qx), please write", "NATIONAL_ID", "9246938qx"),
        ("Personnummer för min mor är 460101 1234, sade hon", "NATIONAL_ID", "460101 1234"),
        ("ajokortti 130966-094X, kirjoitti hän", "DRIVER_LICENSE", "130966-094X"),
        ("vozilo ZG 9293-WK, boja plava", "VEHICLE", "ZG 9293-WK"),
        ("min bil PV95441 er blå", "VEHICLE", "PV95441"),
        ("čestovní pas: mám č. pasu 15070516, platí", "PASSPORT", "15070516"),
        ("Bel me of text me 0 3 4 4 4 9 6 5 8 vanavond", "PHONE", "0 3 4 4 4 9 6 5 8"),
        ("mi cel es +52.1.81.7396.8304. Gracias", "PHONE", "+52.1.81.7396.8304"),
        ("mail mara dash quill at telenet dot be please", "EMAIL", "mara dash quill at telenet dot be"),
        ("mail je mara et telenet točka be, hvala", "EMAIL", "mara et telenet točka be"),
        ("pisz na mara{dot}quill{at}mail{dot}bg", "EMAIL", "mara{dot}quill{at}mail{dot}bg"),
        ("spoke to johanna voutilainen about it", "PERSON", "johanna voutilainen"),
        ("jag heter karina azevedo och bor här", "PERSON", "karina azevedo"),
        ("ship to 28 cedar hollow rd before noon", "LOCATION", "28 cedar hollow rd"),
        ("Я живу на ул. Садовая 12, кв. 7 уже год", "LOCATION", "ул. Садовая 12, кв. 7"),
    ],
)
def test_a_value_is_found_however_carelessly_it_is_told(text: str, kind: str, value: str) -> None:
    assert value in _found(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ping web01 and db02 until they answer", "USERNAME"),
        ("todo:\n- item12\n- page3\n", "USERNAME"),
        ("let x = cloud_total // comment2here\nreturn x", "SECRET"),
        ("we used python3 everywhere in the code", "SECRET"),
        ("the building code 2018 edition is out of print", "SECRET"),
        ("car 12 of 30 is a BMW 320 of the yard", "VEHICLE"),
        ("transfer of 12 items to account settings", "BANK_ACCOUNT"),
        ("don't tell anyone about the release", "PERSON"),
        ("the wallet format\nabcdef1234 is a label", "CRYPTO"),
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str, kind: str) -> None:
    assert _found(text, kind) == []


@pytest.mark.parametrize(
    ("text", "entity", "name"),
    [
        ("Absender Max Muster", "PERSON", "Max Muster"),
        ("Maxine’s", "PERSON", "Maxine"),
        ("Sami vuokrasi auton", "PERSON", "Sami"),
        ("Juan de la Cruz", "PERSON", "Juan de la Cruz"),
        ("Здравейте", "PERSON", ""),
        ("رقم الهاتف", "PERSON", ""),
        ("Lasku osoitteeseen Koivukuja 6", "LOCATION", "Koivukuja 6"),
        ("Riia 36. Leping 589658", "LOCATION", "Riia 36"),
        ("Example Optics and", "ORGANIZATION", "Example Optics"),
        ("Tralee.", "LOCATION", "Tralee"),
        ("Tel Aviv", "CITY", "Tel Aviv"),
        ("Swift Logistics", "ORGANIZATION", "Swift Logistics"),
        ("Puls 72, Temp 36", "LOCATION", ""),
        ("le devis 493689 de Mutuelle", "LOCATION", ""),
        ("CPF", "LOCATION", ""),
    ],
)
def test_words_at_the_edges_of_a_name_are_none_of_it(text: str, entity: str, name: str) -> None:
    assert text[slice(*name_edges(text, 0, len(text), entity))] == name


def test_a_standard_or_a_labelled_number_is_no_place() -> None:
    assert names_a_thing("DIN 912, ISO 4762. Zeichnung 172", 0, 32)
    assert names_a_thing("OIB 702 317 944 11", 0, 18)
    assert is_of_thing("Radicado ") and is_of_thing("member ")


def test_a_wallet_parted_by_the_end_of_a_line_is_read_as_one() -> None:
    text = "wallet drop: 1A1zP1eP5QGefi2DM\r\nPTfTL5SLmv7DivfNa (line broke)"
    assert _found(text, "CRYPTO") == ["1A1zP1eP5QGefi2DM\r\nPTfTL5SLmv7DivfNa"]


def test_names_in_small_letters_are_told_from_words() -> None:
    assert given_name("johanna") and full_name("malthe jespersen")
    assert given_name("order") is False and full_name("the order") is False
