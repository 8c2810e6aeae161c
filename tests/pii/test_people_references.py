"""Short numbers by which tables of one leak point to people of another; all values are invented."""

import json
import random
import sqlite3

import pytest

import leakkit as lk
from leakkit.pii.people.join import people
from tests.pii.test_people import found, groups, record

GIVEN = "Ada Bela Cleo Dora Edda Finn Gero Hedy Ivo Jara".split()
FAMILY = "Ahlberg Corsen Dalmann Eckford Falwood Ulmski Tordahl Stenova Rosez Pelini".split()
FOLK = [(one, other, f"06{71_204_311 + 737 * n}") for n, (one, other) in enumerate(
    (one, other) for one in GIVEN for other in FAMILY[:4])]  # fmt: skip


def ibans(count):
    """Accounts of one French bank."""
    chance = random.Random(7)
    for _ in range(count):
        number = f"30004004{chance.randrange(10**15):015d}"
        rest = int(number + "152700") % 97
        yield f"FR{98 - rest:02d}{number}"


def counted(folder):
    return len(people(lk.scan(folder, workers=1, progress=False).findings()))


def database(path, tables, rows):
    with sqlite3.connect(path) as connection:
        for table, columns in tables.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(rows[table][0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
    connection.close()


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("tiers", "no", "titulaire"), ("fiches", "id", "fiche_id"), ("abonnees", "num", "abonnee")],
)
def test_accounts_are_of_those_whose_numbers_stand_beside_them(tmp_path, table, key, column):
    own = [(70_000 + 3 * n, family, given, phone) for n, (given, family, phone) in enumerate(FOLK)]
    accounts = [(iban, 70_000 + 3 * (n % len(FOLK))) for n, iban in enumerate(ibans(60))]
    database(
        tmp_path / "bank.sqlite",
        {table: f"{key} int, nom text, prenom text, gsm text", "cpt": f"iban text, {column} int"},
        {table: own, "cpt": accounts},
    )
    assert counted(tmp_path) == len(FOLK)


def test_two_holders_of_an_account_are_two_people(tmp_path):
    own = [(n + 1, given, family, phone) for n, (given, family, phone) in enumerate(FOLK)]
    accounts = [(iban, n % 40 + 1, (n + 7) % 40 + 1) for n, iban in enumerate(ibans(40))]
    database(
        tmp_path / "banco.sqlite",
        {
            "personas": "id int, nombre text, apellidos text, movil text",
            "cuentas": "n text, titular int, cotitular int",
        },
        {"personas": own, "cuentas": accounts},
    )
    assert counted(tmp_path) == len(FOLK)


def test_drivers_and_customers_of_one_database_have_numbers_of_their_own(tmp_path):
    named = [(n + 1, f"{given} {family}", phone) for n, (given, family, phone) in enumerate(FOLK[:25])]
    drivers = [(n + 1, f"{given} {family}", phone) for n, (given, family, phone) in enumerate(FOLK[25:])]
    trips = [(n, n % 25 + 1, n % 15 + 1, iban) for n, iban in enumerate(ibans(50))]
    table = "id int, name text, phone text"
    database(
        tmp_path / "fleet.db",
        {
            "customers": table,
            "drivers": table,
            "trips": "n int, customer_id int, driver_id int, paid_from text",
        },
        {"customers": named, "drivers": drivers, "trips": trips},
    )
    assert counted(tmp_path) == len(FOLK)


def test_owners_of_another_file_are_its_people(tmp_path):
    users = [
        {"id": n + 1, "name": f"{one} {two}", "phone": phone} for n, (one, two, phone) in enumerate(FOLK)
    ]
    wallets = [{"iban": iban, "owner": n % 40 + 1} for n, iban in enumerate(ibans(60))]
    (tmp_path / "users.json").write_text(json.dumps(users))
    (tmp_path / "wallets.json").write_text(json.dumps(wallets))
    assert counted(tmp_path) == len(FOLK)


def ids(path, role, numbers, **others):
    """Rows with a number of a role, as `lk.scan` finds them, and names where they are given."""
    names = others.get("names", [None] * len(numbers))
    rows = []
    for row, (number, name) in enumerate(zip(numbers, names, strict=True)):
        rows += record(path, row, id=("ACCOUNT_ID", str(number)))
        rows += (
            record(path, row, name=("PERSON", name)) if name else record(path, row, card=("IBAN", f"X{row}"))
        )
    return rows, role


def told(*tables):
    """Findings of tables, with whose number each is in the evidence."""
    frame = found(*[row for rows, _ in tables for row in rows])
    roles = {rows[0][0]: role for rows, role in tables}
    short = frame["entity"].eq("ACCOUNT_ID")
    frame.loc[short, "evidence"] = "record:" + frame.loc[short, "path"].map(roles) + ":0.50"
    return frame


def test_numbers_point_to_the_one_table_of_people_that_has_them_all():
    names = [f"{given} {family}" for given, family, _ in FOLK]
    home = ids("tiers.csv", "tiers", range(40), names=names)
    assert groups(told(home, ids("cards.csv", "holder", range(20))))[:20] == [4] * 20
    other = ids("staff.csv", "trainer", range(40), names=[f"{two} {one}a" for one, two, _ in FOLK])
    assert max(groups(told(home, other, ids("cards.csv", "holder", range(20))))) == 2


def test_few_of_a_tables_numbers_or_others_too_point_nowhere():
    names = [f"{given} {family}" for given, family, _ in FOLK]
    home = ids("tiers.csv", "tiers", range(40), names=names)
    assert max(groups(told(home, ids("cards.csv", "agent", range(4))))) == 2
    assert max(groups(told(home, ids("cards.csv", "agent", range(30, 50))))) == 2
