"""The user table in its three forms: a csv, a SQLite database, payments; some columns mislead."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.population import Person

USERS = "datasets/users/users.csv"
DATABASE = "datasets/users/hub.sqlite"
PAYMENTS = "datasets/users/payments_2025-02.csv"

# column: entity ("" = nothing personal), what may mislead
USER_COLUMNS = {
    "user_id": ("", "a running number of the hub, as long as a telephone number"),
    "full_name": ("PERSON", ""),
    "email": ("EMAIL", ""),
    "phone": ("PHONE", "home and international forms mixed; households share a landline"),
    "birth_date": ("DATE_OF_BIRTH", ""),
    "country": ("COUNTRY", ""),
    "city": ("CITY", ""),
    "street": ("STREET_ADDRESS", ""),
    "postcode": ("POSTCODE", ""),
    "gov_id": ("GOVERNMENT_ID", "five countries' numbers in one column, empty for the others"),
    "iban": ("IBAN", "empty where the country has none"),
    "plan": ("", ""),
    "signup_at": ("", "a date, but of an account"),
    "last_login_ip": ("IP_ADDRESS", "254 addresses for all: shared by strangers"),
    "session_hash": ("", "hexadecimal, holds runs of digits"),
    "note": ("", "free text by support; some cells begin like a formula"),
}


def _hex(random: np.random.Generator, length: int) -> str:
    """Draw a string of hexadecimal digits."""
    return "".join("0123456789abcdef"[int(d)] for d in random.integers(0, 16, length))


def _user_row(random: np.random.Generator, person: Person, email: str, number: int) -> dict[str, Any]:
    """Make a row of the user table."""
    signup = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(minutes=int(random.integers(0, 1_600_000)))
    note = (
        "" if random.random() < 0.9 else ("called twice", "wants invoice by post", "beta tester")[number % 3]
    )
    return {
        "user_id": 4_020_000_000 + number * 37,
        "full_name": person.name,
        "email": email,
        "phone": person.phone_home if random.random() < 0.5 else person.phone_abroad,
        "birth_date": f"{person.born:%Y-%m-%d}",
        "country": person.country,
        "city": person.town,
        "street": person.street,
        "postcode": person.postcode,
        "gov_id": person.government_id,
        "iban": person.iban,
        "plan": ("free", "free", "free", "pro", "team")[int(random.integers(5))],
        "signup_at": f"{signup:%Y-%m-%dT%H:%M:%SZ}",
        "last_login_ip": person.ip,
        "session_hash": _hex(random, 32),
        "note": note,
    }


def _note_columns(exhibit: Exhibit, path: str, table: str, columns: dict[str, tuple[str, str]]) -> None:
    """Write the verdict on each column into the truth."""
    for column, (entity, remark) in columns.items():
        exhibit.note("columns", path=path, table=table, column=column, entity=entity, note=remark)


def note_cells(
    exhibit: Exhibit,
    path: str,
    prefix: str,
    columns: dict[str, tuple[str, str]],
    row: int,
    cells: dict[str, Any],
    person: Person,
) -> None:
    """Write each personal cell of a row into the truth."""
    for column, (entity, _) in columns.items():
        value = str(cells[column] or "")
        if entity and value:
            exhibit.note(
                "pii",
                path=path,
                row=row,
                field=f"{prefix}{column}",
                start=0,
                end=len(value),
                entity=person.government_kind if entity == "GOVERNMENT_ID" else entity,
                value=value,
                person_id=person.person_id,
                placeholder=False,
            )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a frame as csv with line feeds."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue().encode()


def _accounts(exhibit: Exhibit) -> list[tuple[Person, str]]:
    """Give everybody's accounts in shuffled order: some people have two."""
    accounts = [(person, person.email) for person in exhibit.people.customers]
    accounts += [(p, p.second_email) for p in exhibit.people.customers if "second_account" in p.note]
    order = exhibit.random("accounts").permutation(len(accounts))
    return [accounts[int(place)] for place in order]


FORMULA_NOTES = {
    3: '=cmd|" /C calc"!A0',
    11: '=HYPERLINK("http://tracker.example.net/?leak","open")',
    19: "+SUM(1;2)",
}


def _save_users(exhibit: Exhibit, accounts: list[tuple[Person, str]]) -> None:
    """Write users.csv and its truth."""
    random, rows = exhibit.random("users"), []
    for number, (person, email) in enumerate(accounts):
        row = _user_row(random, person, email, number)
        row["note"] = FORMULA_NOTES.get(number, row["note"])
        rows.append(row)
        note_cells(exhibit, USERS, "", USER_COLUMNS, number, row, person)
    _note_columns(exhibit, USERS, "", USER_COLUMNS)
    people = len(exhibit.people.customers)
    exhibit.file(
        USERS,
        csv_bytes(pd.DataFrame(rows)),
        "csv",
        f"{len(rows)} rows of {people} people: some have two accounts; three cells are formulas",
    )


PAYMENT_COLUMNS = {
    "payment_id": ("", ""),
    "paid_on": ("", "a date, of a payment"),
    "cardholder": ("PERSON", ""),
    "card": ("CREDIT_CARD", "right check digit, prefix 400000; four rows hold documented test numbers"),
    "expires": ("", ""),
    "amount_eur": ("", ""),
    "reference": ("", "16 digits, no card: the check digit is wrong in nine of ten"),
}


def _save_payments(exhibit: Exhibit) -> None:
    """Write a csv of card payments, some with the numbers of payment companies' manuals."""
    from data.make_sample_leak.identifiers import DOCUMENTED_CARDS, digits

    random, rows = exhibit.random("payments"), []
    customers = exhibit.people.customers
    payers = random.choice(len(customers), size=min(len(customers), exhibit.many(300, 30)), replace=False)
    for number, chosen in enumerate(payers):
        person = customers[int(chosen)]
        row = {
            "payment_id": f"pay_{number:05d}",
            "paid_on": f"2025-02-{1 + number % 28:02d}",
            "cardholder": person.name.upper(),
            "card": person.card,
            "expires": f"{1 + number % 12:02d}/{26 + number % 4}",
            "amount_eur": f"{int(random.integers(5, 400))}.00",
            "reference": digits(random, 16),
        }
        test = number < len(DOCUMENTED_CARDS)
        if test:
            row |= {"cardholder": "TEST TEST", "card": DOCUMENTED_CARDS[number]}
            exhibit.note(
                "pii",
                path=PAYMENTS,
                row=number,
                field="card",
                start=0,
                end=len(row["card"]),
                entity="CREDIT_CARD",
                value=row["card"],
                person_id="",
                placeholder=True,
            )
        else:
            note_cells(exhibit, PAYMENTS, "", PAYMENT_COLUMNS, number, row, person)
        rows.append(row)
    _note_columns(exhibit, PAYMENTS, "", PAYMENT_COLUMNS)
    exhibit.file(
        PAYMENTS, csv_bytes(pd.DataFrame(rows)), "csv", "card numbers; the first four are test numbers"
    )


TABLES = {
    "accounts": "account_id INTEGER, login TEXT, contact_email TEXT, display_name TEXT, created TEXT",
    "api_keys": "key_id INTEGER, account_id INTEGER, prefix TEXT, key_sha256 TEXT, last_used TEXT",
    "downloads": "download_id INTEGER, account_id INTEGER, model TEXT, at TEXT, client_ip TEXT",
    "about": "note TEXT",
}
ACCOUNT_COLUMNS = {
    "account_id": ("", ""),
    "login": ("USERNAME", ""),
    "contact_email": ("EMAIL", ""),
    "display_name": ("PERSON", ""),
    "created": ("", "a date, of an account"),
}


def _save_database(exhibit: Exhibit, accounts: list[tuple[Person, str]]) -> None:
    """Write the hub's database: a part of the accounts again, under older names."""
    random = exhibit.random("database")
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
    rows["about"] = [(INVENTED,)]
    for number, (person, email) in enumerate(accounts[: exhibit.many(400, 40)]):
        older = bool(person.earlier_family) and number % 2 == 0
        name = f"{person.given} {person.earlier_family}" if older else person.name
        address = person.second_email if older else email
        created = f"2023-{1 + number % 12:02d}-{1 + number % 28:02d}"
        cells = dict(zip(ACCOUNT_COLUMNS, (number + 1, person.username, address, name, created), strict=True))
        rows["accounts"].append(tuple(cells.values()))
        note_cells(exhibit, DATABASE, "accounts.", ACCOUNT_COLUMNS, number, cells, person)
        if number % 3 == 0:
            rows["api_keys"].append((number, number + 1, "fm_" + _hex(random, 4), _hex(random, 64), created))
        rows["downloads"].append((number, number + 1, "tern-0.6m-base", created, person.ip))
        exhibit.note(
            "pii",
            path=DATABASE,
            row=number,
            field="downloads.client_ip",
            start=0,
            end=len(person.ip),
            entity="IP_ADDRESS",
            value=person.ip,
            person_id=person.person_id,
            placeholder=False,
        )
    _note_columns(exhibit, DATABASE, "accounts", ACCOUNT_COLUMNS)
    exhibit.file(
        DATABASE, sqlite_bytes(rows), "sqlite", "accounts again, some under the name before marriage"
    )


def sqlite_bytes(rows: dict[str, list[tuple[Any, ...]]]) -> bytes:
    """Write tables into a SQLite file (its bytes depend on the SQLite version; its rows do not)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hub.sqlite"
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA page_size = 4096")
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(columns.split(",")))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
        connection.commit()
        connection.close()
        return path.read_bytes()


def make_user_tables(exhibit: Exhibit) -> None:
    """Write the user table, the payments and the database."""
    accounts = _accounts(exhibit)
    _save_users(exhibit, accounts)
    _save_payments(exhibit)
    _save_database(exhibit, accounts)
