"""Accounts made of names: who is known by either alone is one person, where only one fits; all are invented."""

from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found, record

GIVEN = (
    "Ada Bert Cleo Dag Edda Finn Gero Hilde Ivo Jutta Karl Lore Moritz Nele Otto Petra Quirin Rosa Sven Tilde"
)
NAMES = [f"{given} {family}" for given in GIVEN.split() for family in ("Quandt", "Rehbein", "Sturm")]


def account(name, row, path="users.csv", **more):
    given, family = name.lower().split()
    return record(path, row, login_email=("EMAIL", f"{given[0]}{family}{row}@post.example"), **more)


def test_an_account_of_a_letter_and_a_family_name_is_of_the_only_one_known_by_that_name():
    lines = [("chat.txt", 0, "", 0, "PERSON", "Segun Danladi")]
    assert len(people(found(*account("Segun Danladi", 9), *lines))) == 1
    assert len(people(found(*account("Tobi Danladi", 9), *lines))) == 2


def test_an_account_that_fits_two_names_is_given_to_neither():
    lines = [
        ("chat.txt", 0, "", at, "PERSON", name) for at, name in ((0, "Segun Danladi"), (40, "Sade Danladi"))
    ]
    assert len(people(found(*account("Segun Danladi", 9), *lines))) == 3


def test_a_first_name_beside_the_account_must_be_one_of_the_name():
    lines = [("chat.txt", 0, "", 0, "PERSON", "Segun Danladi")]
    same = account("Segun Danladi", 9, display=("PERSON", "Segun"))
    other = account("Segun Danladi", 9, display=("PERSON", "Sola"))
    assert len(people(found(*same, *lines))) == 1
    assert len(people(found(*other, *lines))) == 2


def test_accounts_made_of_names_that_nobody_has_are_not_expected_twice():
    users = [cell for row, name in enumerate(NAMES) for cell in account(name, row)]
    letters = [
        cell
        for row, name in enumerate(NAMES[:30])
        for cell in account(name, row, "letters.csv", holder=("PERSON", name))
    ]
    strangers = [
        cell
        for row in range(60)
        for cell in record(
            "letters.csv", 100 + row, name=("PERSON", f"Mona Mb{chr(97 + row % 26)}{'xyz'[row // 26]}o"),
            ssn=("US_SSN", f"219-0{row // 10}-3{row % 10}41"),
        )
    ]  # fmt: skip
    best = count_people(found(*users, *letters, *strangers)).best
    assert 112 <= best <= 122
