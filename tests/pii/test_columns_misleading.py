"""Verdicts where names of columns are vague, misleading or shuffled; all values are invented."""

from __future__ import annotations

import hashlib
import random

import pytest
from stdnum.iso7064 import mod_97_10

from leakkit.pii.columns.verdict import judge

DICE = random.Random(5)
ROWS = 60
GIVEN = "Anna Peter Claire Jonas Emily Lucas Sophie Martin Laura Thomas Julie David Hannah Simon Marie Oliver".split()
SURNAMES = "Holmes Newton Fischer Dubois Moreau Weber Schneider Lambert Rousseau Girard Hoffmann Bennett Jensen".split()
PAIRS = [(DICE.choice(GIVEN), DICE.choice(SURNAMES)) for _ in range(ROWS)]
PEOPLE = [f"{given} {surname}" for given, surname in PAIRS]
MAILS = [f"{given}.{surname}{i}@example.com".lower() for i, (given, surname) in enumerate(PAIRS)]
AMOUNTS = [f"{DICE.uniform(1, 900):.2f}" for _ in range(ROWS)]
STAMPS = [
    f"2025-{DICE.randint(1, 12):02}-{DICE.randint(1, 28):02} {DICE.randint(1, 23):02}:15:00"
    for _ in range(ROWS)
]
BIRTHS = [
    f"{DICE.randint(1, 28):02}.{DICE.randint(1, 12):02}.{DICE.randint(1940, 2004)}" for _ in range(ROWS)
]
PLACES = {
    "US": "TX CA NY AK WY GA NC OR KS NV AS GU MP IA TN OK".split(),
    "BR": "MG BA PE RJ SP RS SC GO CE AM".split(),
    "IT": "RM MI NA TO FI BO VE PD CT VR".split(),
    "CH": "ZH BE VD GE TI SG AG LU VS".split(),
}
PROVINCES = {
    "in": "Tamil Nadu|Chhattisgarh|Maharashtra|Kerala|Gujarat|Bihar|Assam",
    "cn": "浙江省|青海省|四川省|新疆维吾尔自治区|广东省|上海市",
    "jp": "埼玉県|東京都|北海道|大阪府|岩手県|沖縄県",
    "ru": "Тюменская область|Краснодарский край|Респ. Татарстан|Тверская обл.|Томская",
    "ua": "Львівська область|Харківська|Одеська область|Рівненська|Сумська",
    "pl": "województwo mazowieckie|śląskie|pomorskie|podlaskie|łódzkie",
    "ro": "Timiș|Cluj|Dolj|Argeș|Vrancea|Mehedinți",
    "fr": "Occitanie|Bretagne|Grand Est|Hauts-de-France|Normandie",
    "ng": "Kaduna|Akwa Ibom|Cross River|Ogun|Zamfara",
    "se": "Skåne län|Västra Götalands län|Uppsala län|Blekinge|Dalarnas län",
    "kr": "경기도|강원도|전라남도|서울특별시|충청북도",
}


def drawn(values: str | list[str], count: int = ROWS) -> list[str]:
    """Draw values, each at least once."""
    held = values.split("|") if isinstance(values, str) else values
    return (held + DICE.choices(held, k=count))[:count]


def numbers(length: int) -> list[str]:
    """Draw runs of digits of one length."""
    return ["".join(DICE.choices("123456789", k=length)) for _ in range(ROWS)]


def told(**columns: list[str]) -> dict[str, str | None]:
    """Give what each column of a table is told to be; two lines below stand for a blank in a name."""
    verdicts = judge([name.replace("__", " ") for name in columns], list(columns.values()))
    return {name: verdict.entity for name, verdict in zip(columns, verdicts, strict=True)}


@pytest.mark.parametrize("header", ["col_7", "V1", "Field__3", "data.9", "iva", ""])
@pytest.mark.parametrize("country", PLACES)
def test_codes_of_one_country_beside_addresses_are_states(header: str, country: str) -> None:
    held = told(name=PEOPLE, zip=numbers(5), **{header: drawn(PLACES[country])}, email=MAILS)
    assert held[header] == "STATE"


@pytest.mark.parametrize("header", ["col_7", "data.9", "qwerty", "amount"])
@pytest.mark.parametrize("country", PROVINCES)
def test_names_of_provinces_of_one_country_are_states(header: str, country: str) -> None:
    assert told(x=numbers(4), **{header: drawn(PROVINCES[country])}, name=PEOPLE)[header] == "STATE"


@pytest.mark.parametrize(
    "values",
    [
        "Тикси|Воскресенск|Томск|Кизляр|Волгоград|Сочи|Таганрог|Владивосток",
        "武汉|西安|广州|成都|杭州|南京|苏州|青岛",
        "수원시|강릉시|성남시|전주시|포항시|춘천시",
        "Katowice|Zakopane|Sosnowiec|Gliwice|Mielec|Jarocin|Sopot|Zamość",
        "Campinas|Niterói|Joinville|Sorocaba|Londrina|Pelotas|Osasco",
    ],
)
def test_towns_of_any_script_are_towns_under_vague_names(values: str) -> None:
    assert told(Field__0=PEOPLE, Field__1=drawn(values), Field__2=MAILS)["Field__1"] == "CITY"


def test_towns_that_provinces_are_named_after_stay_towns() -> None:
    assert told(col_1=PEOPLE, col_2=drawn("Madrid|Sevilla|Getafe|Vigo|Gijón|Elche|Burgos"))["col_2"] == "CITY"


@pytest.mark.parametrize("prefix", ["the", "mr_", "iam", "dark", ""])
@pytest.mark.parametrize("header", ["Field__0", "V3", "zork"])
def test_names_of_accounts_beside_mail_are_told_without_a_name(prefix: str, header: str) -> None:
    users = [
        DICE.choice([f"{prefix}{g}", f"{g}.{s}", f"{g[0]}{s}", f"{s[:-1]}{i}", f"{g}_{s}{i}"]).lower()
        + str(i % 7)
        for i, (g, s) in enumerate(PAIRS)
    ]
    assert told(**{header: users}, mail=MAILS, n=numbers(3))[header] == "USERNAME"


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_digests_right_beside_accounts_are_hashes_of_passwords(algorithm: str) -> None:
    digests = [hashlib.new(algorithm, mail.encode()).hexdigest() for mail in MAILS]
    assert told(c1=PEOPLE, c2=MAILS, c3=digests, c4=AMOUNTS)["c3"] == "PASSWORD_HASH"
    assert told(c1=AMOUNTS, c2=numbers(4), c3=digests, c4=STAMPS)["c3"] is None


@pytest.mark.parametrize(
    "form", ["#-000-##", "00-###-0", "0###000", "###-0000", "00#0000", "## 000 ##", "#000##"]
)
def test_plates_of_many_countries_are_told_beside_vehicles(form: str) -> None:
    plates = [
        "".join(
            DICE.choice("BCDFGHJKLMNPRSTVX") if c == "#" else DICE.choice("0123456789") if c == "0" else c
            for c in form
        )
        for _ in range(ROWS)
    ]
    makes = drawn("Toyota|Kia|Peugeot|Tesla|Volvo")
    assert told(V1=plates, V2=makes, V3=AMOUNTS)["V1"] == "LICENSE_PLATE"


def test_five_digits_beside_towns_or_cards_are_postcodes() -> None:
    assert told(col_0=PEOPLE, col_1=drawn(PLACES["US"]), col_2=numbers(5))["col_2"] == "POSTCODE"
    assert told(col_0=AMOUNTS, col_1=STAMPS, col_2=numbers(5))["col_2"] is None


def test_accounts_written_in_groups_are_told() -> None:
    accounts = []
    for _ in range(ROWS):
        body = "".join(DICE.choices("0123456789", k=18))
        check = mod_97_10.calc_check_digits(body + "DE")
        accounts.append(" ".join(f"DE{check}{body}"[i : i + 4] for i in range(0, 22, 4)))
    assert told(value2=accounts, tmp=AMOUNTS)["value2"] == "IBAN"


def test_names_that_speak_of_another_thing_are_overruled_by_plain_values() -> None:
    assert told(city=PEOPLE, qty=numbers(1), status=drawn("open|closed|new"))["city"] == "PERSON"
    assert told(name=PEOPLE, ФИО=BIRTHS, mail=MAILS)["ФИО"] == "DATE_OF_BIRTH"
    streets = [f"Rue {DICE.choice(SURNAMES)} {i}" for i in range(ROWS)]
    assert told(name=PEOPLE, comune=streets, email=MAILS)["comune"] == "STREET_ADDRESS"
    towns = drawn("Katowice|Zakopane|Sosnowiec|Gliwice|Mielec|Jarocin|Sopot")
    assert told(name=PEOPLE, street=towns, email=MAILS)["street"] == "CITY"
    assert told(name=PEOPLE, state=numbers(5), city=towns)["state"] == "POSTCODE"


def test_names_of_a_shuffled_table_are_not_heard() -> None:
    held = told(
        phone=[f"ORD-{i:05}" for i in range(ROWS)],
        address=PEOPLE,
        name=MAILS,
        dob=AMOUNTS,
        email=BIRTHS,
        gender=drawn("Wool Rug|Steel Mug|Oak Desk"),
    )
    assert held == {
        "phone": None,
        "address": "PERSON",
        "name": "EMAIL",
        "dob": None,
        "email": "DATE_OF_BIRTH",
        "gender": None,
    }


def test_one_name_that_is_wrong_does_not_silence_the_others() -> None:
    held = told(name=PEOPLE, email=MAILS, age=[str(20 + i % 60) for i in range(ROWS)], phone=AMOUNTS)
    assert held["age"] == "AGE" and held["phone"] is None


def test_strong_names_over_values_that_cannot_be_that_tell_nothing() -> None:
    tariffs = [
        f"{DICE.randint(1000, 9900)}.{DICE.randint(10, 99)}.{DICE.randint(10, 99)}" for _ in range(ROWS)
    ]
    held = told(consignee=PEOPLE, hs_code=tariffs, dob=STAMPS, city=drawn("gzip|zstd|xz|lz4"))
    assert held["hs_code"] is None and held["dob"] is None and held["city"] is None


def test_what_only_looks_like_places_or_accounts_is_no_personal_data() -> None:
    held = told(
        email=MAILS,
        lang=drawn("en|de|fr|it|es|pt|nl"),
        currency=drawn("USD|EUR|GBP|CHF|SEK"),
        service=[f"svc-{w}-{i}" for i, w in enumerate(drawn("auth|billing|search|cart|mail"))],
        version=[f"{i}.{i % 7}.{i % 5}" for i in range(ROWS)],
        slug=[
            f"{a}-{b}-{i}"
            for i, (a, b) in enumerate(zip(drawn("red|blue|dark"), drawn("shoe|lamp|desk"), strict=True))
        ],
        sku=[f"{DICE.choice('ABCDEFG')}{DICE.randint(100, 999)}-{DICE.choice('NORS')}" for _ in range(ROWS)],
        species=drawn("Quercus robur|Fagus sylvatica|Acer campestre|Pinus nigra"),
        room=[f"Room {i}" for i in range(ROWS)],
        airport=drawn("JFK|LAX|ORD|ATL|DFW|SEA|MIA|BOS|DEN|PHX|IAH|EWR|MSP|DTW"),
        state=drawn("active|paused|deleted|pending"),
    )
    assert {name for name, entity in held.items() if entity} == {"email"}


def test_a_column_called_after_firms_that_holds_people_is_of_people():
    names = [f"{given} {surname}" for given in GIVEN for surname in SURNAMES][:ROWS]
    firms = [f"{one} Logistics GmbH" for one in SURNAMES]
    assert judge(["empresa"], [[*names, *firms[:2]]])[0].entity == "PERSON"
    assert judge(["empresa"], [firms * 4])[0].entity == "ORGANIZATION"


@pytest.mark.parametrize("form", ["Bäckerei {}", "{} Photography"])
def test_trades_with_the_names_of_their_owners_are_firms(form: str):
    assert judge(["Firma"], [[form.format(name) for name in PEOPLE]])[0].entity == "ORGANIZATION"


def test_numbers_of_which_some_lost_their_check_letter_are_told_by_the_others():
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    numbers = [DICE.randrange(10**7, 10**8) for _ in range(ROWS)]
    dotted = [f"{n // 10**6}.{n // 1000 % 1000:03}.{n % 1000:03}-{letters[n % 23]}" for n in numbers[:20]]
    whole = [f"{n}{letters[n % 23]}" for n in numbers[20:45]]
    bare = [str(n) for n in numbers[45:]]
    assert judge(["ref"], [dotted + whole + bare])[0].entity == "NATIONAL_ID"
    wrong = [f"{n}{letters[(n + 1) % 23]}" for n in numbers[20:45]]
    assert judge(["ref"], [wrong + bare])[0].entity is None
