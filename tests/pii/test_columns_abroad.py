"""Verdicts on columns in many languages, without names, and on what only looks personal; all values are invented."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from leakkit.pii.columns.company import is_placeholder
from leakkit.pii.columns.looks.fit import fit
from leakkit.pii.columns.verdict import judge
from leakkit.pii.find import find_pii
from leakkit.pii.keys import entity_of_key, others_of_key

DICE = random.Random(7)


def digits(number: int, first: str = "") -> list[str]:
    """Give 40 runs of digits that begin alike."""
    return [first + "".join(DICE.choices("0123456789", k=number)) for _ in range(40)]


def told(**columns: list[str]) -> dict[str, str | None]:
    """Give what each column of a table is told to be."""
    verdicts = judge(list(columns), list(columns.values()))
    return {name: verdict.entity for name, verdict in zip(columns, verdicts, strict=True)}


MAILS = [f"{name}{i}@example.com" for i in range(10) for name in ("anna", "piotr", "joana", "emre")]
GIVEN = (
    "Anna Peter Claire Jonas Emily Lucas Sophie Martin Laura Thomas Julie David Hannah Simon Marie Oliver".split()
    * 3
)[:40]
SURNAMES = (
    "Schneider Moreau Fischer Bennett Wagner Dubois Becker Girard Weber Hoffmann Lambert Rousseau Meyer".split()
    * 4
)[:40]


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("пощенски код", "POSTCODE"),
        ("vardas", "PERSON"),
        ("dzimšanas datums", "DATE_OF_BIRTH"),
        ("isikukood", "NATIONAL_ID"),
        ("poštanski broj", "POSTCODE"),
        ("davčna številka", "TAX_ID"),
        ("तारीख जन्म तिथि", "DATE_OF_BIRTH"),
        ("मोबाइल नंबर", "PHONE"),
        ("ชื่อ", "PERSON"),
        ("รหัสไปรษณีย์", "POSTCODE"),
        ("số điện thoại", "PHONE"),
        ("ngay_sinh", "DATE_OF_BIRTH"),
        ("no_rek", "BANK_ACCOUNT"),
        ("jantina", "GENDER"),
        ("שם משפחה", "PERSON"),
        ("מיקוד", "POSTCODE"),
        ("کد ملی", "NATIONAL_ID"),
        ("ტელეფონი", "PHONE"),
        ("Քաղաք", "CITY"),
        ("kennitala", "NATIONAL_ID"),
        ("回员姓名 身份证号", "NATIONAL_ID"),
        ("예금주", "PERSON"),
        ("mã số thuế", "TAX_ID"),
        ("ünvan", "STREET_ADDRESS"),
        ("tel_port", "PHONE"),
        ("dt_naiss", "DATE_OF_BIRTH"),
    ],
)
def test_names_of_columns_are_known_in_many_languages(name: str, entity: str) -> None:
    assert entity_of_key(name).entity == entity


def test_vowels_of_indic_scripts_tell_words_apart() -> None:
    assert entity_of_key("पता").entity == "STREET_ADDRESS"
    assert entity_of_key("पिता का नाम").entity == "PERSON"
    assert fit("PERSON", "विमल शर्मा") >= 0.5 and fit("PERSON", "สมชาย") >= 0.5


def test_letters_for_genders_are_heard_under_the_name_of_a_gender_in_any_language() -> None:
    for name, letters in (("cinsiyet", "EK"), ("φύλο", "ΑΓ"), ("lytis", "VM"), ("jk", "LP"), ("מין", "זנ")):
        assert told(**{"email": MAILS, name: list(letters) * 20})[name] == "GENDER"


def test_a_name_of_two_languages_is_what_its_values_are() -> None:
    assert "POSTCODE" in (*others_of_key("cep"), entity_of_key("cep").entity)
    assert told(email=MAILS, cep=[f"{n[:5]}-{n[5:]}" for n in digits(8)])["cep"] == "POSTCODE"
    assert told(email=MAILS, cep=digits(8, "053"))["cep"] == "PHONE"


def test_columns_without_names_are_told_by_their_values() -> None:
    assert all(map(is_placeholder, ("col_4", "field2", "Unnamed: 3", "c", "Spalte 7", "X1", "champ3")))
    assert not any(map(is_placeholder, ("cc", "cvv", "cp", "name", "zip", "o")))
    table = {
        "col1": SURNAMES,
        "col2": GIVEN,
        "col3": MAILS,
        "col4": digits(8, "06"),
        "col5": [f"{DICE.randint(10, 99)}{DICE.randint(100, 999)}" for _ in range(40)],
        "col6": (["Lyon", "Nantes", "Lille", "Rennes", "Toulouse", "Dijon"] * 7)[:40],
        "col7": [str(1000 + 3 * i) for i in range(40)],
    }
    assert list(told(**table).values()) == ["PERSON", "PERSON", "EMAIL", "PHONE", "POSTCODE", "CITY", None]


def test_names_of_accounts_under_names_of_people_are_user_names() -> None:
    users = ["marta.keller", "k.okafor", "dylan_wallace", "jsmith4", "p.moreau", "hernandez.s"] * 6
    assert told(ticket=digits(6), assigned_to=users, agent=users)["assigned_to"] == "USERNAME"
    files = [f"shard-{i}.csv" for i in range(40)]
    machines = ["pump_a", "valve-3", "heater", "mixer_2"] * 10
    assert told(name=files, agent=machines, mail=MAILS) == {"name": None, "agent": None, "mail": "EMAIL"}


def test_digests_beside_logins_are_hashes_of_passwords_and_those_of_files_are_not() -> None:
    digests = ["".join(DICE.choices("0123456789abcdef", k=40)) for _ in range(40)]
    assert told(email=MAILS, hash=digests)["hash"] == "PASSWORD_HASH"
    assert told(path=[f"/data/{i}.parquet" for i in range(40)], hash=digests)["hash"] is None


def test_numbers_of_members_beside_diagnoses_are_medical() -> None:
    members, codes = [f"XQG{n}" for n in digits(9)], ["I10", "E11.9", "J45.0", "M54.5"] * 10
    assert (
        told(
            member_id=members, patient=[f"{g} {s}" for g, s in zip(GIVEN, SURNAMES, strict=True)], icd10=codes
        )["member_id"]
        == "MEDICAL_ID"
    )
    assert told(member_id=members, email=MAILS)["member_id"] is None


def test_numbers_of_mobiles_without_plus_are_told_and_numbers_in_turn_are_not() -> None:
    assert told(x_no=digits(7, "90532"), dur=digits(3))["x_no"] == "PHONE"
    assert told(x_no=[str(905320000000 + 7 * i) for i in range(40)], dur=digits(3))["x_no"] is None


@pytest.mark.parametrize(
    ("entity", "value"),
    [
        ("PHONE", "11/24/15"),
        ("PHONE", "03/2019"),
        ("PHONE", "286-01-0675-17200"),
        ("PHONE", "08.06.1997."),
        ("STREET_ADDRESS", "Aisle 2 shelf B3"),
        ("STREET_ADDRESS", "Regal 4 Fach 11"),
        ("PASSWORD", "********"),
        ("PASSWORD", "[redacted]"),
        ("CITY", "example.org"),
    ],
)
def test_what_only_looks_like_it_is_not(entity: str, value: str) -> None:
    assert fit(entity, value) < 0.3


@pytest.mark.parametrize(
    "value",
    ["22Jun42", "28-Apr-09", "1980.04.24.", "1367/03/14", "民國57年8月4日", "昭和52年1月9日", "14/02/2530"],
)
def test_dates_of_births_are_read_in_many_forms_and_eras(value: str) -> None:
    assert fit("DATE_OF_BIRTH", value) >= 0.5


def test_plates_of_turkey_are_no_dates() -> None:
    assert fit("DATE_OF_BIRTH", "34 ABC 12") == 0.0


def test_firms_by_the_names_of_partners_are_no_people() -> None:
    assert fit("ORGANIZATION", "Keller, Moreau and Bennett") > 0.9


def test_numbers_of_customers_in_turn_beside_an_address_are_no_postcodes() -> None:
    table = {
        "KdNr": [str(100200 + 7 * i) for i in range(40)],
        "Straße": [f"Hafenstraße {i}" for i in range(40)],
        "Ort": ["Bonn", "Ulm", "Kassel", "Tours"] * 10,
        "hsn": digits(4),
    }
    assert told(**table)["KdNr"] is None


def test_addresses_without_blanks_are_addresses_where_signs_are_written_so() -> None:
    assert fit("STREET_ADDRESS", "調布市東町5-2") >= 0.5
    assert fit("STREET_ADDRESS", "build5-2") < 0.5


def test_countries_written_with_hyphens_are_countries() -> None:
    names = ["United-States", "El-Salvador", "Puerto-Rico", "New-Zealand", "South-Korea", "Sri-Lanka"]
    assert told(land=names * 5)["land"] == "COUNTRY"
    assert judge([None], [names * 5])[0].entity == "COUNTRY"


def test_readings_of_japanese_names_are_names_however_long():
    readings = [
        "ワタナベ ダイスケ",
        "ヒラノ ケイコ",
        "スガワラ リョウ",
        "マツモト チヒロ",
        "イシイ マリ",
        "オオツカ ナオキ",
    ]
    frame = pd.DataFrame({"フリガナ": readings, "口座名義": [one.replace(" ", "") for one in readings]})
    found = find_pii(frame)
    assert found.groupby("field").size().to_dict() == {"フリガナ": 6, "口座名義": 6}
    assert set(found["entity"]) == {"PERSON"}


def test_names_in_devanagari_are_told_by_how_they_are_written_in_latin_letters():
    given = "अशोक रमेश सुरेश राधा कमला मीना हरीश विजय गीता सुनीता".split()
    families = "शर्मा गुप्ता वर्मा पटेल यादव मिश्रा".split()
    names = [f"{one} {family}" for one in given for family in families]
    assert judge(["nam"], [names])[0].entity == "PERSON"
    assert judge(["nam"], [["सड़क मरम्मत", "जल आपूर्ति", "बीज वितरण", "खाद भंडार"] * 9])[0].entity is None
