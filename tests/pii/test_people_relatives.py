"""Relatives whom one file reaches and another names, lines of firms, patronymics, and who pays whom."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.people.fields import field_of
from tests.pii.test_people import found, groups, record

PUPILS = [("Ann Lee", "Tom Lee", "020 7946 0001"), ("Bo Fox", "Max Fox", "020 7946 0002")]


def _school(*, named: bool = True) -> list[tuple]:
    """Give the findings of a list of pupils with their parents, and of one with the parents' telephones."""
    rows: list[tuple] = []
    for number, (pupil, father, phone) in enumerate(PUPILS):
        mail = ("EMAIL", f"p{number}@post.example")
        parent = {"father": ("PERSON", father)} if named else {}
        rows += record("list.csv", number, name=("PERSON", pupil), mail=mail, **parent)
        rows += record("fees.csv", number, name=("PERSON", pupil), mail=mail, guardian_phone=("PHONE", phone))
    return rows


def test_the_telephone_of_a_relative_is_whose_name_another_file_has():
    assert groups(found(*_school())) == [4, 4, 2, 2]


def test_it_is_a_person_of_its_own_where_no_file_names_the_relative():
    assert groups(found(*_school(named=False))) == [4, 4, 1, 1]


def test_it_stays_alone_where_two_relatives_are_named():
    mothers = [row for n in range(2) for row in record("list.csv", n, mother=("PERSON", f"Eva {'XY'[n]}ark"))]
    assert sorted(groups(found(*_school(), *mothers))) == [1, 1, 1, 1, 1, 1, 4, 4]


def test_who_calls_a_firms_line_is_not_who_called_it_first():
    calls = [
        row
        for n in range(10)
        for row in record("calls.csv", n, a=("PHONE", f"020 7946 00{n:02}"), b=("PHONE", "020 7946 0999"))
    ]
    assert len(groups(found(*calls))) == 10


def test_a_patronymic_is_part_of_the_name_that_is_told_in_halves():
    row = {"Фамилия": ("PERSON", "Ким"), "Имя": ("PERSON", "Инна"), "Отчество": ("PERSON", "Юрьевна")}
    row |= {"Почта": ("EMAIL", "p1@post.example")}
    door = record("door.csv", 0, ФИО=("PERSON", "Ким Инна Юрьевна"))
    assert groups(found(*record("staff.csv", 0, **row), *door)) == [5]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Dbtr.Nm", "from"),
        ("CdtrAcct.Id.IBAN", "to"),
        ("arayan", "from"),
        ("aranan", "to"),
        ("Anrufer", "from"),
        ("छात्र का नाम", "child"),
        ("ученик", "child"),
        ("Tel. père", "parent"),
    ],
)
def test_words_of_columns_tell_roles_in_many_languages(name: str, role: str) -> None:
    assert field_of(name).role == role


def test_accounts_of_a_payment_are_theirs_who_pay_and_are_paid():
    row = {"Dbtr.Nm": ("PERSON", "Ann Lee"), "DbtrAcct.IBAN": ("IBAN", "GB82 WEST 1234 5698 7654 32")}
    row |= {"Cdtr.Nm": ("PERSON", "Bo Fox"), "CdtrAcct.IBAN": ("IBAN", "DE89 3704 0044 0532 0130 00")}
    assert groups(found(*record("pay.xml", 0, **row))) == [2, 2]


def test_each_row_of_xml_is_an_account_whatever_its_neighbours_tell(tmp_path):
    """A third of the rows have a name, a third an address, the others but the account."""
    rows = []
    for number in range(30):
        name = (f"Ann Vosbe{'abcdefghij'[number // 3]}", f"mira_{number}", f"zoe_{number}")[number % 3]
        note = f"&lt;p&gt;mail sun{number}@firm-one.net&lt;/p&gt;" if number % 3 == 1 else ""
        login = f"luna_{number}" if number % 3 == 0 else name
        rows.append(f'<u Id="{number}" Name="{name}" Login="{login}" Ip="91.26.{number}.5" Note="{note}"/>')
    (tmp_path / "users.xml").write_text("<all>\n" + "\n".join(rows) + "\n</all>\n")
    assert len(lk.people(lk.scan(tmp_path, workers=1, progress=False).findings())) == 30


def test_texts_that_begin_with_one_everyday_word_are_no_names():
    given = ["Anna", "Peter", "Maria", "Thomas", "Julia", "Martin", "Laura", "Simon", "Sarah", "Daniel"]
    values = [f"invoice {one}, {other}" for one, other in zip(given, given[1:] + given[:1], strict=True)]
    assert lk.column_types(pd.DataFrame({"x": values * 3}))["entity"].isna().all()
    titled = [value.replace("invoice ", "Mrs. ").replace(",", "") for value in values]
    assert lk.column_types(pd.DataFrame({"x": titled * 3}))["entity"].tolist() == ["PERSON"]


def test_objects_of_a_record_with_both_halves_of_a_name_are_a_person_each():
    row = {
        f"{who}.{part}": ("PERSON", value)
        for who, name in {"holder": ("Ann", "Lee"), "insured": ("Tom", "Lee")}.items()
        for part, value in zip(("first_name", "last_name"), name, strict=True)
    }
    one = {"user.first_name": ("PERSON", "Ann"), "user.last_name": ("PERSON", "Lee")}
    one |= {"user.mail.value": ("EMAIL", "p1@post.example")}
    assert groups(found(*record("a.json", 0, **row))) == [2, 2]
    assert groups(found(*record("a.json", 0, **one))) == [3]


@pytest.mark.parametrize("second", ["name_kana", "maiden_name", "preferred_name"])
def test_objects_that_hold_other_names_of_one_are_a_person(second):
    row = {
        f"{how}.{part}": ("PERSON", value)
        for how, name in {"name": ("Ann", "Lee"), second: ("Tom", "Fox")}.items()
        for part, value in zip(("first_name", "last_name"), name, strict=True)
    }
    assert groups(found(*record("a.json", 0, **row))) == [4]


def test_telephones_of_relatives_of_whom_many_rows_tell_are_left(monkeypatch):
    rows = _school()
    assert len(groups(found(*rows))) == 4
    monkeypatch.setattr("leakkit.pii.people.guardians._MOST_ROWS", 0)
    assert len(groups(found(*rows))) == 6
