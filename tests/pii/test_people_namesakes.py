"""Namesakes by chance: few given names and surnames make many people of one name; all are invented."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import leakkit as lk
from leakkit.pii.people.links import link
from leakkit.pii.people.records import mentions_of
from tests.pii.test_people import found, record

GIVEN = (
    "Ann Bob Eva Noor Ivo Lena Marc Tina Olaf Petra Hugo Rosa Karl Mina Jens Nora Paul Vera Omar Lucia Sven Alma "
    "Igor Jana"
).split()
SURNAMES = (
    "Lee Stone Brandt Costa Novak Rossi Meyer Silva Duran Petrov Okoye Haas Lind Berg Moser Kraus Vogel Weiss Klein "
    "Lang Winter Sommer Fuchs Wolf"
).split()


def _table(count: int, given: int, surnames: int, seed: int) -> list[str]:
    """Make rows of people, each with an address of her own."""
    rng = random.Random(seed)
    rows = []
    for number in range(count):
        first, last = rng.choice(GIVEN[:given]), rng.choice(SURNAMES[:surnames])
        rows.append(f"{first} {last},{first.lower()}.{last.lower()}{number}@firm-one.net")
    return rows


@pytest.mark.parametrize(("count", "given", "surnames"), [(600, 24, 24), (400, 8, 8)])
def test_people_of_one_name_are_several_where_names_are_few(
    tmp_path: Path, count: int, given: int, surnames: int
) -> None:
    rows = _table(count, given, surnames, seed=count)
    (tmp_path / "users.csv").write_text("\n".join(["name,email", *rows]) + "\n", encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    told = lk.count_people(found)
    assert told.lower <= count <= told.upper
    assert told.best >= 0.93 * count


def test_people_of_one_name_are_one_with_a_new_address_where_names_are_many(tmp_path: Path) -> None:
    rng = random.Random(3)
    ends = ("berg", "mann", "sson", "ova", "ini", "escu", "wick", "ton", "haus", "feld")
    people = [(GIVEN[n % 24], f"{SURNAMES[n // 10 % 24][:4]}{ends[n % 10]}") for n in range(240)]
    rows = [f"{a} {b},{a}.{b}{rng.randrange(99)}@firm-one.net".lower().title() for a, b in people]
    again = [f"{a} {b},{b}{rng.randrange(99)}@mail-two.net".lower().title() for a, b in people[:60]]
    (tmp_path / "users.csv").write_text("\n".join(["name,email", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "shop.csv").write_text("\n".join(["name,email", *again]) + "\n", encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    told = lk.count_people(found)
    assert told.lower <= 240 <= told.upper
    assert told.best < 285


def test_rows_of_one_name_with_other_telephones_are_of_namesakes():
    rows = [
        r
        for n in range(6)
        for r in record(
            "donors.csv", n, name=("PERSON", "Mara Okafor"), phone=("PHONE", f"+4915112345{n // 2:03}")
        )
    ]
    assert len(link(list(mentions_of(found(*rows).reset_index())))) == 3
