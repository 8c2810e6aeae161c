"""Elements with a name and an account each, clerks beside numbers of contacts, and addresses of logs."""

import random

import pytest

from leakkit.pii.people.blocks import of_block
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.join import people
from leakkit.pii.people.mentions import ACCOUNT, OTHER, Finding
from tests.pii.test_people import found, record

NAMES = [
    "Ada Ostberg",
    "Ivo Kolstad",
    "Jara Lindahl",
    "Kai Rosley",
    "Lena Hoova",
    "Nora Fallberg",
    "Otto Brekk",
]
LOGINS = ["qx_red7", "wolf99x", "bramble3", "fenn_x0", "marl8kk", "tarn_55", "ivy90q"]


def issues(*pairs):
    """Issues: who reports, who is to do it, and the login of who comments, the second one's."""
    rows = []
    for row, (reporter, assignee) in enumerate(pairs):
        cells = {
            "assignee": ("PERSON", NAMES[assignee]), "assignee.username": ("USERNAME", LOGINS[assignee]),
            "reporter": ("PERSON", NAMES[reporter]), "reporter.username": ("USERNAME", LOGINS[reporter]),
            "comments.comment.author": ("USERNAME", LOGINS[assignee]),
        }  # fmt: skip
        rows += record("issues.xml", row, **cells)
    return rows


def test_names_and_accounts_of_one_element_are_one_persons():
    rng = random.Random(3)
    pairs = [tuple(rng.sample(range(7), 2)) for _ in range(40)]
    frame = people(found(*issues(*pairs)))
    assert len(frame) == 7
    assert all({"PERSON", "USERNAME"} <= set(entities) for entities in frame["entities"])


def test_one_such_element_is_whom_the_row_is_about():
    rows = []
    for row, (name, login) in enumerate(zip(NAMES, LOGINS, strict=True)):
        cells = {"person": ("PERSON", name), "person.username": ("USERNAME", login)}
        rows += record("people.xml", row, **cells, phone=("PHONE", f"020 7946 00{row:02}"))
    frame = people(found(*rows))
    assert len(frame) == 7 and all("PHONE" in entities for entities in frame["entities"])


def test_clerks_beside_the_numbers_of_contacts_join_nobody():
    rows = []
    for row in range(30):
        number = f"C70{row:03}"
        rows += record(
            "contacts.csv", row, id=("ACCOUNT_ID", number), mail=("EMAIL", f"box{row}@post.example")
        )
        clerk = ("USERNAME", LOGINS[row % 3])
        rows += record("notes.csv", row, contact_id=("ACCOUNT_ID", number), worker=clerk)
        rows += record(
            "notes.csv", 30 + row, contact_id=("ACCOUNT_ID", f"C70{(row + 7) % 30:03}"), worker=clerk
        )
    assert len(people(found(*rows))) == 33


def at(row, start, entity, key):
    """A value of a text."""
    kind = ACCOUNT if entity == "EMAIL" else OTHER
    return Finding(row, entity, kind, key, row, start, field_of(""), keyed=True)


@pytest.mark.parametrize(("count", "people_told"), [(3, 1), (4, 4)])
def test_a_stretch_with_many_addresses_and_no_name_is_of_many(count, people_told):
    assert len(of_block([at(row, 4, "EMAIL", f"k{row}") for row in range(count)])) == people_told
