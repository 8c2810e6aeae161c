"""Rows that name two people: whose the addresses, telephones and numbers are; all values are invented."""

import pytest

from leakkit.pii.people import addressed
from leakkit.pii.people.join import people
from tests.pii.test_people import found, record

GIVEN = "Ann Bea Cid Dora Emil Flora Gus Hugo Iris Jack Kira Lars".split()
FAMILY = "Lee Fox Moore Hart Kent Vask Ross Bond Shaw Pike Nash Wood".split()


def rows_of(columns, own, other, address):
    """Two rows for each of six people, with another's name beside them and an address made of either."""
    names, others = columns
    return [
        r
        for n in range(12)
        for r in record(
            "list.csv",
            n,
            **{
                names: ("PERSON", own(n // 2)),
                others: ("PERSON", other(n)),
                "no": ("NATIONAL_ID", f"X{n}55431{n:02}"),
                "mail": ("EMAIL", address(n)),
            },
        )
    ]


def first(n):
    """A name of those whom rows are about."""
    return f"{GIVEN[n]} {FAMILY[-1 - n]}"


def second(n):
    """A name of those beside them."""
    return f"{GIVEN[n]} {FAMILY[n]}"


def mailbox(name):
    """An address made of a name."""
    return f"{name.lower().replace(' ', '.')}@post.example"


@pytest.mark.parametrize("columns", [("ward_of_school", "guardian"), ("ward_of_school", "answerable")])
def test_addresses_and_numbers_are_of_the_second_name_that_they_are_made_of(columns):
    frame = people(found(*rows_of(columns, first, second, lambda n: mailbox(second(n)))))
    told = frame[[{"EMAIL", "NATIONAL_ID"} <= set(values) for values in frame["entities"]]]
    assert len(frame) == 18 and len(told) == 12


def test_addresses_made_of_the_rows_own_name_stay_theirs():
    frame = people(found(*rows_of(("member", "guardian"), first, second, lambda n: mailbox(first(n // 2)))))
    told = frame[[{"EMAIL"} <= set(values) for values in frame["entities"]]]
    assert len(frame) == 18 and len(told) == 6


def test_numbers_that_each_first_name_has_one_of_stay_theirs():
    rows = [
        r
        for n in range(12)
        for r in record(
            "list.csv",
            n,
            member=("PERSON", first(n)),
            guardian=("PERSON", second(n)),
            no=("NATIONAL_ID", f"X{n}55431{n:02}"),
            mail=("EMAIL", mailbox(second(n))),
        )
    ]
    frame = people(found(*rows))
    told = frame[["NATIONAL_ID" in values for values in frame["entities"]]]
    assert len(frame) == 24 and not any("EMAIL" in values for values in told["entities"])


def test_telephones_that_only_rows_with_a_further_name_have_are_that_names():
    rows = []
    for n in range(20):
        given, family = GIVEN[n % 12], FAMILY[(n + n // 12) % 12]
        row = {
            "c1": ("PERSON", f"{given} {family}"),
            "c2": ("EMAIL", f"{given}.{family}{n}@post.example".lower()),
        }
        if n % 2:
            row["c3"] = ("PERSON", f"{GIVEN[(n + 3) % 12]} {FAMILY[(n + 6 + n // 12) % 12]}")
            row["c4"] = ("PHONE", f"+4915112345{n:03}")
        rows += record("cover.csv", n, **row)
    told = people(found(*rows))
    assert len(told) == 30
    assert not any({"EMAIL", "PHONE"} <= set(entities) for entities in told["entities"])


@pytest.mark.parametrize(("columns", "held"), [(3, True), (60, False)])
def test_columns_of_names_are_not_held_against_each_other_where_they_are_many(monkeypatch, columns, held):
    asked = []
    monkeypatch.setattr(addressed, "account_fits", lambda name, account: asked.append(name) is not None)
    names = {f"column{'xyz'[n % 3]}{n}": ("PERSON", first(n % 12)) for n in range(columns)}
    rows = [record("list.csv", n, **names, mail=("EMAIL", f"q{n}@post.example")) for n in range(6)]
    people(found(*(cell for row in rows for cell in row)))
    assert bool(asked) == held
