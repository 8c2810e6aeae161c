"""Several people side by side in one row, and telephones by which accounts without a name find whose they are."""

import json

import pytest

from leakkit.pii.masking.case import Case
from leakkit.pii.masking.normalise import normalise
from leakkit.pii.people.join import people
from tests.pii.test_people import found, groups, record
from tests.pii.test_people_records import NAMES, scanned, telephone
from tests.pii.test_people_roles import CHOSEN


def households(columns):
    """Make rows of two adults and two children, whose given name the first adult has, too."""
    rows = []
    for n, name in enumerate(NAMES):
        given, family = name.split()
        cells = [
            ("PERSON", name), ("NATIONAL_ID", f"390.533.447-{n:02}"),
            ("PERSON", f"Gus {family}"), ("NATIONAL_ID", f"390.533.448-{n:02}"),
            ("PERSON", given), ("NATIONAL_ID", f"390.533.449-{n:02}"),
            ("PERSON", "Hugo"), ("NATIONAL_ID", f"390.533.450-{n:02}"),
        ]  # fmt: skip
        named = dict(zip(columns, cells, strict=True))
        rows += record(
            "h.csv", n, **named, phone=("PHONE", telephone(n)), email=("EMAIL", f"q{n}@post.example")
        )
    return found(*rows)


@pytest.mark.parametrize(
    "columns",
    [
        "adult1_name adult1_id adult2_name adult2_id child1_name child1_id child2_name child2_id",
        "namn1 pnr1 namn2 pnr2 barn1 barn1_pnr barn2 barn2_pnr",
        "adult_a adult_a_id adult_b adult_b_id child_a child_a_id child_b child_b_id",
    ],
)
def test_columns_with_numbers_are_people_side_by_side(columns):
    frame = people(households(columns.split()))
    assert len(frame) == 4 * len(NAMES)
    assert sorted(frame["n_findings"])[-len(NAMES) :] == [4] * len(NAMES)


def test_columns_with_numbers_for_values_are_one_persons():
    rows = []
    for n, name in enumerate(NAMES):
        rows += record(
            "a.csv",
            n,
            name=("PERSON", name),
            phone1=("PHONE", telephone(n)),
            phone2=("PHONE", telephone(50 + n)),
            email1=("EMAIL", f"q{n}@post.example"),
            email2=("EMAIL", f"w{n}@post.example"),
        )
    assert groups(found(*rows)) == [5] * len(NAMES)


def test_an_account_without_a_name_is_his_who_alone_has_its_telephone():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), tel=("PHONE", "+86 138 5984 9237"))
    rows += record("app.csv", 0, login=("USERNAME", "bluewolf77"), tel=("PHONE", "13859849237"))
    rows += record("app.csv", 1, login=("USERNAME", "tinyfox12"), tel=("PHONE", telephone(7)))
    assert groups(found(*rows)) == [4, 2]


def test_an_account_of_a_households_telephone_or_with_another_address_is_nobodys_of_it():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), tel=("PHONE", telephone(1)))
    rows += record("a.csv", 1, name=("PERSON", "Bob Lee"), tel=("PHONE", telephone(1)))
    rows += record("app.csv", 0, login=("USERNAME", "bluewolf77"), tel=("PHONE", telephone(1)))
    assert groups(found(*rows)) == [2, 2, 2]
    rows = record(
        "a.csv", 0, name=("PERSON", "Ann Lee"), tel=("PHONE", telephone(1)), mail=("EMAIL", "q@post.example")
    )
    rows += record("app.csv", 0, mail=("EMAIL", "bluewolf@post.example"), tel=("PHONE", telephone(1)))
    assert groups(found(*rows)) == [3, 2]
    rows[-2:] = record("app.csv", 0, mail=("EMAIL", "ann.lee@post.example"), tel=("PHONE", telephone(1)))
    assert groups(found(*rows)) == [5]


def test_a_senders_number_in_a_chat_is_that_of_the_list_of_members(tmp_path):
    messages, members = [], []
    for n, name in enumerate(NAMES):
        number = 1893445521 + 7 * n
        messages.append({"id": n, "from": name, "from_id": f"user{number}", "text": "merged the weights"})
        members.append(f"{CHOSEN[n]}\t{number}\tq{n}w@post-akme.test-firm.eu")
    chat = json.dumps({"name": "Hub", "messages": messages})
    table = "\n".join(["handle\ttelegram_id\temail", *members])
    assert scanned(tmp_path, result__json=chat, members__tsv=table).rows == len(NAMES)


def test_digits_of_other_scripts_are_those_of_ascii():
    assert normalise("PHONE", "٠٥٠١٢٣٤٥٦٧") == normalise("PHONE", "0501234567")
    assert normalise("NATIONAL_ID", "٧٨٤-١٩٩٠") == normalise("NATIONAL_ID", "784-1990")
    assert normalise("DATE_OF_BIRTH", "१९८५-०४-०३") == normalise("DATE_OF_BIRTH", "1985-04-03")
    case = Case(b"an invented salt of a test")
    assert case.traits("EMPLOYEE_ID", "E١٠٢٠٠") == case.traits("EMPLOYEE_ID", "E10200") != ""


@pytest.mark.parametrize("number", ["13859849237", "13912345678", "18644625337", "15010001000"])
def test_chinese_mobiles_are_the_same_with_and_without_the_calling_code(number):
    assert (
        len({normalise("PHONE", text) for text in (number, f"+86 {number}", f"0086{number}", f"86{number}")})
        == 1
    )
