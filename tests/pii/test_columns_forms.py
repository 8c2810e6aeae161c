"""Verdicts on columns by forms, marks and names of many countries; all values are invented."""

from __future__ import annotations

import random
import uuid

import pytest
from stdnum import ean, luhn

from leakkit.pii.columns.looks.fit import fit
from leakkit.pii.columns.looks.written import is_date
from leakkit.pii.columns.verdict import judge
from leakkit.pii.keys import entity_of_key
from leakkit.pii.numbered import numbered

DICE = random.Random(11)
ROWS = 40
SURNAMES = "Holmes Newton Miller Wilson Grant Baker Turner Walker Parker Mason".split()
GIVEN = "Anna Peter Claire Jonas Emily Lucas Sophie Martin Laura Thomas".split()
PEOPLE = [f"{DICE.choice(GIVEN)} {DICE.choice(SURNAMES)}" for _ in range(ROWS)]
MAILS = [f"{name.replace(' ', '.').lower()}{i}@example.com" for i, name in enumerate(PEOPLE)]


def digits(count: int, first: str = "") -> str:
    """Draw digits."""
    return first + "".join(DICE.choices("0123456789", k=count))


def letters(count: int) -> str:
    """Draw capitals."""
    return "".join(DICE.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=count))


def told(name: str, values: list[str], *others: tuple[str, list[str]]) -> str | None:
    """Give what a column is told to be beside names and addresses of mail, and others."""
    table = [("full_name", PEOPLE), (name, values), ("email", MAILS), *others]
    return judge([n for n, _ in table], [v for _, v in table])[1].entity


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("num_emp", "EMPLOYEE_ID"),
        ("č. zaměstnance", "EMPLOYEE_ID"),
        ("код сотрудника", "EMPLOYEE_ID"),
        ("เลขประจำตัวผู้ป่วย", "MEDICAL_ID"),
        ("no_assure", "MEDICAL_ID"),
        ("št. bolnika", "MEDICAL_ID"),
        ("Hausarzt", "PERSON"),
        ("kontrollschild", "LICENSE_PLATE"),
        ("rijksregnr", "NATIONAL_ID"),
        ("tfn", "TAX_ID"),
        ("npa", "POSTCODE"),
        ("mzda", None),
        ("марка", None),
    ],
)
def test_names_of_columns_abroad_are_known(name: str, entity: str | None) -> None:
    assert entity_of_key(name).entity == entity
    assert entity_of_key(name).strength >= 0.7


def test_counts_of_people_and_words_that_hold_such_words_are_no_numbers_of_people() -> None:
    for name in ("num_patients", "color_scheme_id", "layer_norm", "rm_no"):
        assert entity_of_key(name).entity is None
    assert numbered(["patient"]) is None and numbered(["no"]) is None and numbered(["file", "no"]) is None


@pytest.mark.parametrize(
    ("entity", "draw"),
    [
        ("NATIONAL_ID", lambda: f"756.{digits(4)}.{digits(4)}.{digits(2)}"),
        ("NATIONAL_ID", lambda: f"{digits(1, '1')}0977-{digits(4)}"),
        ("NATIONAL_ID", lambda: f"{digits(1, '6')}0914/{digits(4)}"),
        ("NATIONAL_ID", lambda: f"{digits(5)}-{digits(7)}-{digits(1)}"),
        ("TAX_ID", lambda: f"{letters(5)}{digits(4)}{letters(1)}"),
        ("MEDICAL_ID", lambda: f"DN4{digits(12)}"),
        ("LICENSE_PLATE", lambda: f"{DICE.choice(('ZH', 'BE', 'GE'))} {digits(6)}"),
        ("USERNAME", lambda: f"@{DICE.choice(GIVEN).lower()}_{digits(3)}"),
        ("PERSON", lambda: f"Dr. med. {DICE.choice(SURNAMES)}{DICE.choice(('', '-'))}{DICE.choice(SURNAMES)}"),
        ("PERSON", lambda: f"{DICE.choice(SURNAMES)} {letters(2)}"),
        ("COORDINATES", lambda: f"62.{digits(5)};21.{digits(5)}"),
        ("PHONE", lambda: DICE.choice((digits(7, "9"), f"{digits(2, '9')} {digits(2)} {digits(3)}"))),
        ("STREET_ADDRESS", lambda: f"{letters(1)}{letters(6).lower()}lia {DICE.randint(1, 99)}{DICE.choice('ABC')}"),
        ("STREET_ADDRESS", lambda: f"{DICE.randint(1, 300)} {letters(1)}{letters(5).lower()} Summit"),
    ],
)  # fmt: skip
def test_values_with_a_form_or_a_mark_are_told_under_a_name_that_says_nothing(entity, draw) -> None:
    assert told("col_4", [draw() for _ in range(ROWS)]) == entity
    assert told("qx", [draw() for _ in range(ROWS)]) == entity


@pytest.mark.parametrize(
    ("name", "entity", "draw"),
    [
        ("pan", "TAX_ID", lambda: f"{letters(5)}{digits(4)}{letters(1)}"),
        ("passwd", "PASSWORD_HASH", lambda: "".join(DICE.choices("0123456789abcdef", k=40))),
        ("skype", "USERNAME", lambda: f"live:{DICE.choice(GIVEN).lower()}{digits(3)}"),
        ("born", "DATE_OF_BIRTH", lambda: f"{DICE.randint(10, 28)}Aug{DICE.randint(1950, 1999)}"),
        ("cel", "PHONE", lambda: f"{DICE.choice(('', '+52 '))}55 {digits(4)} {digits(4)}"),
        ("crew", "EMPLOYEE_ID", lambda: digits(4, "8")),
        ("a_c", "BANK_ACCOUNT", lambda: digits(DICE.choice((11, 13)), "4")),
    ],
)
def test_a_name_of_two_things_is_what_its_values_are(name, entity, draw) -> None:
    assert told(name, [draw() for _ in range(ROWS)]) == entity


def test_pins_of_six_digits_that_never_begin_with_nought_are_postcodes() -> None:
    pins = [digits(5, DICE.choice("123456789")) for _ in range(200)]
    assert judge(["pin"], [pins])[0].entity == "POSTCODE"
    assert judge(["pin"], [[digits(4) for _ in range(200)]])[0].entity == "CARD_SECURITY_CODE"


def test_wages_beside_an_address_are_no_postcodes_and_those_without_a_name_are() -> None:
    wages = [digits(4, DICE.choice("2345")) for _ in range(ROWS)]
    streets = [f"{DICE.randint(1, 99)} Palm Street" for _ in range(ROWS)]

    def third(name: str) -> str | None:
        columns = [("who", PEOPLE), ("street", streets), (name, wages), ("email", MAILS)]
        return judge([n for n, _ in columns], [v for _, v in columns])[2].entity

    assert third("qzx") is None
    assert third("col_3") == "POSTCODE"


@pytest.mark.parametrize(
    "values",
    [
        ["Toyota Camry", "Lada Granta", "Kia Rio", "Ford Focus"],
        ["Diana", "Leona", "Lucian", "Garen"],
        ["311063/2023", "650861/2023", "387602/2023", "477993/2022"],
    ],
)
def test_goods_few_words_again_and_again_and_numbers_of_a_year_are_nobodys(values: list[str]) -> None:
    assert told("qzx", values * 10) is None


def test_towns_before_codes_of_states_are_no_surnames_with_initials() -> None:
    places = [f"{town} {DICE.choice(('IL', 'OH', 'TX', 'NY', 'CA'))}" for town in SURNAMES * 4]
    assert told("qzx", list(dict.fromkeys(places))) != "PERSON"


def test_towns_again_and_again_are_towns_without_a_name() -> None:
    towns = "Leeds Derby York Hull Exeter Preston Bristol".split()
    assert told("col_9", [DICE.choice(towns) for _ in range(ROWS)]) == "CITY"


def test_dates_without_joints_are_dates_and_numbers_with_a_year_are_no_telephones() -> None:
    assert is_date("07Aug1991") and is_date("07Aug91") and not is_date("07Aug19911")
    assert fit("PHONE", "311063/2023") < 0.5 < fit("PHONE", "0311/2023456")


def with_check(stem: str, module) -> str:
    """Add a check digit."""
    return stem + module.calc_check_digit(stem)


@pytest.mark.parametrize(
    ("entity", "draw"),
    [
        ("IMEI", lambda: with_check(digits(12, DICE.choice(("35", "86", "01"))), luhn)),
        ("IMEI", lambda: with_check(digits(12, "35"), luhn)),
        ("IMSI", lambda: digits(10, DICE.choice(("26202", "20801", "23410")))),
        ("CONNECTION_STRING", lambda: f"postgres://app:{letters(9)}@db{digits(1)}.example.com:5432/orders"),
        (
            "CONNECTION_STRING",
            lambda: f"Server=db{digits(1)};Database=crm;User Id=app;Password={letters(9)};",
        ),
        ("CONNECTION_STRING", lambda: f"mongodb+srv://app:{letters(9)}@db{digits(1)}.example.org/x"),
        ("BANK_ACCOUNT", lambda: f"{digits(2)}-{digits(10)}/{DICE.choice(('0300', '0800', '0100'))}"),
        ("BANK_ACCOUNT", lambda: f"{digits(8)}-{digits(8)}-{digits(8)}"),
        ("BANK_ACCOUNT", lambda: f"{digits(4)}-{digits(4)}-{digits(2)}-{digits(10)}"),
        ("DIAGNOSIS", lambda: f"{letters(1).replace('U', 'A')}{digits(2)}{DICE.choice(('', '.9', '.0'))}"),
        ("DIAGNOSIS", lambda: DICE.choice(("Asma alérgica", "Hipertensión", "Diabetes tipo 2", "Migraña"))),
        ("DIAGNOSIS", lambda: DICE.choice(("Гипертония", "Бронхиальная астма", "Сахарный диабет"))),
        ("DIAGNOSIS", lambda: DICE.choice(("高血圧症", "糖尿病", "気管支喘息", "うつ病"))),
        ("AWS_ACCESS_KEY", lambda: "AKIA" + letters(16)),
        ("GITHUB_TOKEN", lambda: "ghp_" + letters(36)),
        ("OPENAI_KEY", lambda: "sk-" + letters(24) + digits(24)),
        ("HUGGINGFACE_TOKEN", lambda: "hf_" + letters(34)),
        (None, lambda: digits(6, "2024-")),
        (None, lambda: digits(10, "47")),
        (None, lambda: DICE.choice(("A12", "B14", "C07", "A08", "D31"))),
        (None, lambda: DICE.choice(("Stuhl Emma", "Tisch Oskar", 'Sessel "Anna"', "Regal Jonas"))),
        (None, lambda: DICE.choice(("Silla Carmen", "Mesa Lucas", "Sofá Laura"))),
    ],
)
def test_devices_accounts_diagnoses_and_keys_are_told_by_their_form_and_goods_are_nobodys(
    entity, draw
) -> None:
    assert told("col_4", [draw() for _ in range(ROWS)]) == entity


@pytest.mark.parametrize(
    ("name", "entity", "draw"),
    [
        ("adv", "DEVICE_ID", lambda: str(uuid.UUID(int=DICE.getrandbits(128)))),
        ("build", None, lambda: str(uuid.UUID(int=DICE.getrandbits(128)))),
        ("tunnus", "NATIONAL_ID", lambda: f"{DICE.randint(10, 28)}0{DICE.randint(1, 9)}71-{digits(3)}X"),
        ("tunnus", "USERNAME", lambda: f"{DICE.choice(GIVEN).lower()}{digits(3)}"),
        ("účet", "BANK_ACCOUNT", lambda: f"{digits(2)}-{digits(10)}/0300"),
        ("пасп.", "PASSPORT", lambda: f"45{DICE.randint(10, 19)} {digits(6)}"),
        ("〒", "POSTCODE", lambda: f"{digits(3)}-{digits(4)}"),
        ("☎", "PHONE", lambda: f"0{DICE.randint(31, 39)}-{digits(3)}-{digits(4)}"),
        ("番号", None, lambda: digits(DICE.choice((3, 4)), "")),
        ("phone", None, lambda: with_check(digits(9, "406"), ean)),
        ("name", None, lambda: DICE.choice(("Stuhl Emma", "Tisch Oskar", 'Sessel "Anna"', "Regal Jonas"))),
    ],
)  # fmt: skip
def test_names_of_columns_and_forms_together_tell(name, entity, draw) -> None:
    assert told(name, [draw() for _ in range(ROWS)]) == entity


@pytest.mark.parametrize(
    "words", [("Kadın", "Erkek", "K", "E"), ("Kvinna", "Man", "K", "M"), ("Nő", "Férfi", "N", "F")]
)
def test_genders_in_words_stay_so_with_a_few_slips_among_them(words: tuple[str, ...]) -> None:
    values = [DICE.choice(words) for _ in range(100)] + ["paid twice", "call back"]
    assert told("cinsiyet", values) == "GENDER"


def test_u_and_p_are_names_of_accounts_and_passwords_only_where_they_look_so() -> None:
    users = [f"{DICE.choice(GIVEN).lower()}{digits(4)}" for _ in range(ROWS)]
    words = [f"{letters(5).lower()}{digits(3)}" for _ in range(ROWS)]
    speeds = [f"0.{digits(4)}" for _ in range(ROWS)]
    assert [v.entity for v in judge(["u", "p", "x"], [users, words, speeds])][:2] == ["USERNAME", "PASSWORD"]
    assert [v.entity for v in judge(["u", "p"], [speeds, speeds])] == [None, None]


def test_secrets_of_forty_characters_are_told_beside_the_keys_they_belong_to() -> None:
    keys = ["AKIA" + letters(16) for _ in range(ROWS)]
    secrets = [letters(20) + digits(8) + letters(12).lower() for _ in range(ROWS)]
    assert [v.entity for v in judge(["v1", "v2"], [keys, secrets])] == ["AWS_ACCESS_KEY", "AWS_SECRET_KEY"]
    assert judge(["v2"], [secrets])[0].entity != "AWS_SECRET_KEY"


def test_numbers_of_fifteen_digits_that_no_network_has_are_nothing() -> None:
    assert told("col_4", [digits(12, "700") for _ in range(ROWS)]) is None
