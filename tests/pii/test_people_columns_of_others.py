"""Rows that name several people in columns with numbers, relatives' telephones, and clerks in logs; all is invented."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from leakkit.leak.records.json_keys import names_in_head
from leakkit.pii.people.join import people
from leakkit.pii.scanning.scan import scan
from tests.pii.test_people import found, record

GIVEN = "Mara Ines Olga Peter Tomas Lucia Jonas Edith Karl Nina Paul Vera Hugo Rosa Emil Anja".split()
FAMILY = "Okafor Larsen Dubois Costa Yilmaz Brandt Novak Weiss Lindgren Moreau Pereira Horvat".split()


def test_columns_with_numbers_are_of_as_many_people():
    rows = [
        r
        for n in range(8)
        for r in record(
            "loans.csv",
            n,
            client=("PERSON", f"{GIVEN[n]} {FAMILY[n]}"),
            ref1_name=("PERSON", f"{GIVEN[n + 1]} {FAMILY[n + 2]}"),
            ref1_phone=("PHONE", f"+4915112345{n:03}"),
            ref2_name=("PERSON", f"{GIVEN[n + 2]} {FAMILY[n + 4]}"),
            ref2_phone=("PHONE", f"+4915198765{n:03}"),
        )
    ]
    assert len(people(found(*rows))) == 24


def test_numbered_telephones_and_lines_of_an_address_are_of_the_row():
    rows = [
        r
        for n in range(8)
        for r in record(
            "clients.csv",
            n,
            name=("PERSON", f"{GIVEN[n]} {FAMILY[n]}"),
            phone_1=("PHONE", f"+4915112345{n:03}"),
            phone_2=("PHONE", f"+4915198765{n:03}"),
        )
    ]
    assert len(people(found(*rows))) == 8


def test_a_telephone_beside_the_only_name_is_the_relatives_and_numbers_are_the_childs():
    rows = [
        r
        for n in range(8)
        for r in record(
            "guardians.csv",
            n,
            pupil_no=("NATIONAL_ID", f"{n}4949937474"),
            guardian=("PERSON", f"{GIVEN[n]} {FAMILY[n]}"),
            mobile=("PHONE", f"+4915112345{n:03}"),
        )
    ]
    assert len(people(found(*rows))) == 16


def test_households_of_one_sheet_row_by_row(tmp_path: Path):
    rng = random.Random(4)
    rows = ["house;contact;contact 2;child 1;child 2;phone"]
    for n in range(40):
        family = FAMILY[n % 12]
        names = [
            f"{family}, {rng.choice(GIVEN)} {chr(65 + n % 26)}{chr(97 + n // 26)}",
            f"{GIVEN[n % 16]} {FAMILY[(n + 5) % 12]}",
        ]
        rows.append(";".join([f"H{n:03}", *names, rng.choice(GIVEN), "", f"+49 151 {5_550_000 + 137 * n}"]))
    (tmp_path / "houses.csv").write_text("\n".join(rows))
    frame = scan(tmp_path, workers=1, progress=False).findings()
    assert frame["field"].eq("child 1").sum() >= 36


def test_a_clerk_who_looks_up_many_is_none_of_them(tmp_path: Path):
    rng = random.Random(2)
    users = ["iolvera", "apena", "rquint"]
    lines = []
    for n in range(60):
        number = f"{rng.randrange(100, 900)}-{rng.randrange(10, 99)}-{rng.randrange(1000, 9999)}"
        clock = f"2025-06-{n % 28 + 1:02} 21:{n % 60:02}:26"
        lines.append(
            f"{clock} user={users[n % 3]} action=VISIT ssn={number} tel=+1212{rng.randrange(2_000_000, 9_999_999)}"
        )
    (tmp_path / "app.log").write_text("\n".join(lines))
    frame = scan(tmp_path, workers=1, progress=False).findings()
    assert len(people(frame)) >= 60


def test_heads_of_tables_are_believed_together():
    assert names_in_head(["S.No", "Öğrenci", "Adı", "Cüzdan", "T.C."]) == [True] * 5
    assert names_in_head(["Jürgen", "Käthe", "Ørjan"]) == [False] * 3


def test_subjects_of_a_study_are_people_and_those_of_messages_are_texts():
    rows = [
        r
        for n in range(10)
        for r in record(
            "consent.csv",
            n,
            subject=("PERSON", f"{GIVEN[n]} {FAMILY[n]}"),
            phone=("PHONE", f"+4915112345{n:03}"),
        )
    ]
    assert len(people(found(*rows))) == 10


def test_keys_with_vowels_on_their_letters_name_fields(tmp_path: Path):
    lines = [f'{{"नाम": "{GIVEN[n]} {FAMILY[n]}", "मोबाइल": "9198765432{n:02}"}}' for n in range(10)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    frame = scan(tmp_path, workers=1, progress=False).findings()
    assert set(frame["field"]) == {"नाम", "मोबाइल"}
    assert len(people(frame)) == 10


def test_who_receives_and_who_is_told_of_in_notes_are_others_than_the_customer(tmp_path: Path):
    lines = ["pedido;empresa;correo;movil;entregar_a;obs"]
    for n, given in enumerate(GIVEN):
        family = FAMILY[n % len(FAMILY)]
        other = f"{GIVEN[n - 1]} {FAMILY[(n + 5) % len(FAMILY)]} (+34 693 627 {n:03})" if n % 2 else ""
        told = f"llamar a {GIVEN[n - 3]} {FAMILY[(n + 7) % len(FAMILY)]}" if n % 4 == 0 else ""
        mail = f"{given}.{family}@inbox.net".lower()
        lines.append(f"P{n};{given} {family};{mail};61512{n:04};{other};{told}")
    (tmp_path / "pedidos.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    counted = people(scan(tmp_path, workers=1, progress=False).findings())
    assert abs(len(counted) - 28) <= 2


@pytest.mark.parametrize(("form", "expected"), [("{}", 12), ("Bäckerei {}", 0)])
def test_people_in_a_column_called_after_firms_are_counted_and_firms_are_not(tmp_path, form, expected):
    names = [f"{given} {FAMILY[n % len(FAMILY)]}" for n, given in enumerate(GIVEN[:12])]
    lines = ["nr;Firma", *(f"{n};{form.format(name)}" for n, name in enumerate(names))]
    (tmp_path / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(people(scan(tmp_path, workers=1, progress=False).findings())) == expected
