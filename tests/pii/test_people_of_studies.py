"""Participants of studies, numbers of staff beside their names, and addresses in a series."""

from __future__ import annotations

from pathlib import Path

import leakkit as lk
from leakkit.pii.summary import is_counted
from tests.pii.test_people import found, groups, record

NAMES = [
    ("Ann", "Lee"), ("Bo", "Fox"), ("Eva", "Stark"), ("Tom", "Hughes"), ("Ida", "Lindqvist"),
    ("Max", "Weber"), ("Lena", "Novak"), ("Omar", "Haddad"), ("Rosa", "Moreno"), ("Ivan", "Petrov"),
    ("Nina", "Costa"), ("Paul", "Dubois"),
]  # fmt: skip


def _people(tmp_path: Path, files: dict[str, list[str]]) -> tuple[float, float]:
    (tmp_path / "leak").mkdir()
    for name, lines in files.items():
        (tmp_path / "leak" / name).write_text("\n".join(lines) + "\n", "utf-8")
    leak = lk.open_leak(tmp_path / "leak")
    estimate = lk.people(lk.scan(leak, out=tmp_path / "out").findings()).attrs["estimate"]
    return estimate["lower"], estimate["upper"]


def test_participants_of_a_study_are_people_though_none_is_named(tmp_path):
    rows = [f"P{n:03},{20 + n},{'female' if n % 2 else 'male'},{n % 7}" for n in range(40)]
    low, high = _people(tmp_path, {"answers.csv": ["participant_id,age,gender,score", *rows]})
    assert low <= 40 <= high


def test_numbers_of_rows_are_no_participants(tmp_path):
    rows = [f"P{n:03},{n % 9},{n % 7}" for n in range(40)]
    low, high = _people(tmp_path, {"answers.csv": ["task_id,latency,score", *rows]})
    assert (low, high) == (0, 0)


def _staff(share: int) -> list[tuple]:
    rows: list[tuple] = []
    for n, (given, _) in enumerate(NAMES):
        family = NAMES[n // 3][1]  # as in places where many share one
        named = {"first_name": ("PERSON", given), "last_name": ("PERSON", family)}
        rows += record("staff.csv", n, **named, staff_no=("EMPLOYEE_ID", f"S{1000 + n // share}"))
    return rows


def test_a_number_of_staff_is_whose_name_is_beside_it_in_halves():
    mail = [
        row
        for n in range(len(NAMES))
        for row in record(
            "mail.csv", n, staff_no=("EMPLOYEE_ID", f"S{1000 + n}"), email=("EMAIL", f"u{n}@post.example")
        )
    ]
    assert groups(found(*_staff(1), *mail)) == [5] * len(NAMES)


def test_a_number_of_staff_that_serves_several_is_not_theirs():
    assert sorted(groups(found(*_staff(6)))) == [2] * len(NAMES) + [6, 6]


def test_addresses_that_differ_by_a_number_alone_are_of_a_test_however_many():
    series = [f"k6_user_{n}@example.com" for n in range(30)]
    real = [f"{given}.{family}@example.com".lower() for given, family in NAMES * 2]
    assert not is_counted(lk.find_pii(series, names=None)).any()
    many = [
        f"{given}.{family}{'' if n < 12 else 'x'}@example.com".lower()
        for n, (given, family) in enumerate(NAMES * 2)
    ]
    assert is_counted(lk.find_pii(many, names=None)).all()
    assert not is_counted(lk.find_pii(real[:12], names=None)).any()  # fewer than twenty


def test_contacts_of_a_firm_keep_their_names_of_two_halves():
    rows: list[tuple] = []
    for n, (given, family) in enumerate(NAMES):
        halves = {f"contact[{n % 2}].first": ("PERSON", given), f"contact[{n % 2}].last": ("PERSON", family)}
        firm = {} if n % 2 else {"title": ("ORGANIZATION", f"F{n} GmbH")}
        rows += record("firms.json", n // 2, **firm, **halves)
    assert len(groups(found(*rows))) == len(NAMES)
