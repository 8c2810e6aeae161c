"""Invented tables to tune column verdicts with: kinds of columns drawn at random, names of columns that may mislead.

English, German and French names and towns; every entity has several names of columns, some of which
belong to another kind. All values are invented or reserved.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable

Column = tuple[str, list[str], str | None]

GIVEN = "Anna Peter Claire Jonas Emily Lucas Sophie Martin Laura Thomas Julie David Hannah Simon Marie Oliver".split()
FAMILY = "Schneider Moreau Walker Fischer Bennett Lefèvre Hughes Wagner Dubois Turner Becker Girard".split()
TOWNS = "Leeds Augsburg Nantes Bristol Kassel Rennes Derby Ulm Limoges Exeter Bonn Tours".split()
STREETS = (
    "Hafenstraße {}",
    "{} Mill Lane",
    "{} rue des Lilas",
    "Am Ring {}",
    "{} Station Road",
    "{} avenue Foch",
)
THINGS = (
    "Desk lamp,Trail boots,Garden hose,Coffee grinder,Yoga mat,Paper clips,Bath towel,Steel bottle".split(",")
)


def _card(dice: random.Random) -> str:
    body = "400000" + "".join(dice.choices(string.digits, k=9))
    total = sum(int(c) if i % 2 else (int(c) * 2 - 9 * (int(c) > 4)) for i, c in enumerate(body))
    digits = body + str(-total % 10)
    return dice.choice((digits, " ".join(digits[i : i + 4] for i in range(0, 16, 4))))


def _iban(dice: random.Random) -> str:
    body = "00" + "".join(dice.choices(string.digits, k=16))
    return f"DE{98 - int(body + '131400') % 97:02}{body}"


def _day(dice: random.Random, low: int, high: int) -> str:
    return f"{dice.randint(low, high)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


KINDS: dict[str, tuple[str | None, str, Callable[[random.Random], object]]] = {
    "person": (
        "PERSON",
        "name full_name Kunde contact client holder nom_complet",
        lambda d: f"{d.choice(GIVEN)} {d.choice(FAMILY)}",
    ),
    "given": ("PERSON", "first_name vorname prenom fname", lambda d: d.choice(GIVEN)),
    "family": ("PERSON", "last_name nachname nom surname", lambda d: d.choice(FAMILY)),
    "email": (
        "EMAIL",
        "email contact login col_3 username courriel",
        lambda d: f"{d.choice(GIVEN).lower()}{d.randint(1, 99)}@example.org",
    ),
    "phone": (
        "PHONE",
        "phone tel Rufnummer contact_no portable",
        lambda d: f"+44 20 7946 0{d.randint(100, 999)}",
    ),
    "city": ("CITY", "city Ort ville town location", lambda d: d.choice(TOWNS)),
    "street": (
        "STREET_ADDRESS",
        "street address Anschrift adresse addr1",
        lambda d: d.choice(STREETS).format(d.randint(1, 90)),
    ),
    "postcode": ("POSTCODE", "zip plz code_postal postcode", lambda d: f"{d.randint(1000, 99999):05}"),
    "country": (
        "COUNTRY",
        "country Land pays nation",
        lambda d: d.choice(["Germany", "France", "Ireland", "Spain", "Italy"]),
    ),
    "birth": ("DATE_OF_BIRTH", "dob geburtsdatum date_naissance born", lambda d: _day(d, 1935, 2005)),
    "firm": (
        "ORGANIZATION",
        "company Firma employer societe account",
        lambda d: f"{d.choice(FAMILY)} {d.choice(['GmbH', 'Ltd', 'SARL', 'Group'])}",
    ),
    "ip": ("IP_ADDRESS", "ip src address client host", lambda d: f"203.0.113.{d.randint(1, 254)}"),
    "card": ("CREDIT_CARD", "card pan payment number", _card),
    "iban": ("IBAN", "iban konto account", _iban),
    "login": (
        "USERNAME",
        "username nick login user",
        lambda d: f"{d.choice(GIVEN).lower()}{d.choice('._-')}{d.randint(1, 999)}",
    ),
    "gender": ("GENDER", "gender Geschlecht sexe", lambda d: d.choice(["female", "male"])),
    "age": ("AGE", "age Alter", lambda d: d.randint(18, 90)),
    "thing": (None, "name product item title", lambda d: d.choice(THINGS)),
    "pointer": (None, "address mac ptr", lambda d: hex(d.randint(2**20, 2**31))),
    "counter": (None, "city phone country person", lambda d: d.randint(0, 300)),
    "flag": (None, "email phone active Name", lambda d: d.choice(["yes", "no"])),
    "made": (None, "created_at signup registered", lambda d: _day(d, 2019, 2024)),
    "status": (None, "state status location", lambda d: d.choice(["NEW", "PAID", "SHIPPED", "CANCELLED"])),
    "running": (None, "id order_no phone_id number", lambda d: d.randint(10**9, 10**10)),
    "uuid": (
        None,
        "uuid user token_id",
        lambda d: "-".join("".join(d.choices("0123456789abcdef", k=k)) for k in (8, 4, 4, 4, 12)),
    ),
    "digest": (None, "hash sha256 checksum", lambda d: "".join(d.choices("0123456789abcdef", k=64))),
    "measure": (None, "value lat_ms age_score price", lambda d: round(d.gauss(50, 20), 2)),
    "file": (
        None,
        "name file path",
        lambda d: f"{d.choice(['part', 'shard', 'log'])}-{d.randint(1, 99)}.csv",
    ),
    "remark": (
        None,
        "note comment contact",
        lambda d: (
            f"called back on a {d.choice(['rainy', 'long', 'late'])} day, all is well and nothing else to do"
        ),
    ),
}


def tables(seed: int, number: int = 40, rows: int = 50) -> list[list[Column]]:
    """Give tables of six to eleven columns."""
    dice = random.Random(seed)
    made = []
    for _ in range(number):
        kinds = dice.sample(sorted(KINDS), dice.randint(6, 11))
        table: list[Column] = []
        for kind in kinds:
            entity, names, draw = KINDS[kind]
            table.append((dice.choice(names.split()), [str(draw(dice)) for _ in range(rows)], entity))
        made.append(table)
    return made
