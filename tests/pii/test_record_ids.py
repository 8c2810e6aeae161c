"""Ids of records: found beside other data of a person alone, and what joins people over files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.record_ids import ANY, ENTITY, role_of, telling

PEOPLE = [
    ("Ann Lee", "ann.lee@firm-one.net", "C-1041"),
    ("Bob Stone", "bob.stone@firm-one.net", "C-1042"),
    ("Eva Brandt", "eva.brandt@firm-one.net", "C-1043"),
    ("Noor Costa", "noor.costa@firm-one.net", "C-1044"),
]


def _found(tmp_path: Path, names: str | None = None, **members: str) -> pd.DataFrame:
    """Search a leak of some members."""
    for name, text in members.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return lk.scan(tmp_path, workers=1, names=names, progress=False).findings()


def _table(head: str, rows: list[str]) -> str:
    """Write a table."""
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("customer_id", "customer"),
        ("candidateRef", "candidate"),
        ("id", ANY),
        ("_id", ANY),
        ("Codigo", ANY),
        ("Kundennummer", "kunden"),
        ("order_id", None),
        ("invoice no", None),
        ("id_of_user_of_customer", None),
        ("description", None),
    ],
)
def test_name_of_a_field_says_whose_number_it_is(name: str, role: str | None) -> None:
    assert role_of(name) == role


def test_id_is_found_beside_a_person_and_nowhere_else(tmp_path: Path) -> None:
    table = _table("customer_id,name,email", [f"{number},{name},{mail}" for name, mail, number in PEOPLE])
    goods = _table(
        "customer_id,item,price", [f"{number},chair,{n}.90" for n, (*_, number) in enumerate(PEOPLE)]
    )
    found = _found(tmp_path, users_csv=table, goods_csv=goods)
    ids = found[found["entity"] == ENTITY]
    assert ids["path"].tolist() == ["users.csv"] * 4
    assert ids["masked"].str.contains("104").sum() == 0
    assert set(ids["likelihood"].astype(str)) == {"possible"}


def test_a_bare_id_is_of_those_its_table_is_called_after(tmp_path: Path) -> None:
    rows = [f"{n + 40},{name},{mail}" for n, (name, mail, _) in enumerate(PEOPLE)]
    found = _found(
        tmp_path, customers_csv=_table("id,name,email", rows), rows_csv=_table("id,name,email", rows)
    )
    assert set(found.loc[found["entity"] == ENTITY, "path"]) == {"customers.csv"}


def test_short_numbers_need_a_name_that_says_whose_they_are(tmp_path: Path) -> None:
    rows = [f"{n},{n + 40},{name},{mail}" for n, (name, mail, _) in enumerate(PEOPLE)]
    found = _found(tmp_path, users_csv=_table("id,user_id,name,email", rows))
    assert set(found.loc[found["entity"] == ENTITY, "field"]) == {"user_id"}


def test_id_of_a_nested_record_stands_beside_its_own_person(tmp_path: Path) -> None:
    users = [{"_id": f"9f1c77ab00{n}", "profile": {"email": mail}} for n, (_, mail, _) in enumerate(PEOPLE)]
    things = [{"_id": f"7e1c77ab00{n}", "colour": "red"} for n in range(4)]
    found = _found(tmp_path, dump_json=json.dumps({"users": users, "things": things}))
    ids = found[found["entity"] == ENTITY]
    assert ids["field"].tolist() == [f"users[{n}]._id" for n in range(4)]


def test_names_of_one_id_are_one_person_over_files(tmp_path: Path) -> None:
    users = _table("id,first_name,last_name,email", [f"{i},{n.replace(' ', ',')},{m}" for n, m, i in PEOPLE])
    short = [f"{i};{name[0]}. {name.split()[1]};GB" for name, _, i in PEOPLE]
    paid = _table("candidate_ref;full_name;country", short)
    married = _table(
        "customer_no|surname|phone", [f"{i}|Newname{n}|+44 7700 90012{n}" for n, (*_, i) in enumerate(PEOPLE)]
    )
    found = _found(tmp_path, users_csv=users, paid_csv=paid, married_csv=married)
    estimate = lk.people(found).attrs["estimate"]
    assert estimate["rows"] == 4


def test_equal_short_numbers_of_two_roles_join_nobody(tmp_path: Path) -> None:
    users = _table("customer_id,email", [f"{n},{m}" for n, (_, m, _) in enumerate(PEOPLE[:2])])
    drivers = _table("driver_id,email", [f"{n},{m}" for n, (_, m, _) in enumerate(PEOPLE[2:])])
    assert len(lk.people(_found(tmp_path, users_csv=users, drivers_csv=drivers))) == 4
    same = _table("customer_id,phone", [f"{n},+44 7911 12345{n}" for n in range(2)])
    assert len(lk.people(_found(tmp_path, users_csv=users, drivers_csv="id\n1\n", more_csv=same))) == 2


def test_a_household_under_one_number_stays_several_people(tmp_path: Path) -> None:
    rows = ["K-20771,Ann Lee,ann.lee@firm-one.net", "K-20771,Tom Okafor,tom.okafor@firm-one.net"]
    users = _table("client_no,full_name,email", rows)
    assert len(lk.people(_found(tmp_path, "auto", users_csv=users))) == 2


def test_search_for_some_entities_gives_no_ids(tmp_path: Path) -> None:
    (tmp_path / "users.csv").write_text(_table("user_id,email", [f"{i},{m}" for _, m, i in PEOPLE]), "utf-8")
    found = lk.scan(tmp_path, workers=1, names=None, detectors=["EMAIL"], progress=False).findings()
    assert set(found["entity"]) == {"EMAIL"}


def test_many_fields_of_one_record_are_searched_in_one_go(tmp_path: Path) -> None:
    users = [{"id": f"u{n:06}", "email": f"p{n}@firm-two.net"} for n in range(3_000)]
    found = _found(tmp_path, one_json=json.dumps({"users": users}))
    assert (found["entity"] == ENTITY).sum() == 3_000


@pytest.mark.parametrize("name", ["adm_no", "Admission No.", "Enrolment Number", "प्रवेश सं.", "roll number"])
def test_numbers_of_a_year_join_pupils_whatever_the_column_is_called(tmp_path: Path, name: str) -> None:
    names = ["Ann Lee", "Bob Stone", "Eva Brandt", "Noor Costa"]
    first = _table(f"{name},name", [f"2015/{301 + n},{one}" for n, one in enumerate(names)])
    second = _table("adm_no,mail", [f"2015/{301 + n},q{n}@firm-one.net" for n in range(4)])
    found = _found(tmp_path, names="auto", a_csv=first, b_csv=second)
    assert found["entity"].eq(ENTITY).sum() == 8
    assert len(lk.people(found)) == 4


def test_numbers_of_a_year_that_name_no_persons_are_left() -> None:
    assert telling("2015/301", ANY) == ""
    assert telling("2015/301", "student") == "student"
