"""Who speaks of others line by line, numbers of staff, and words of names left out between columns."""

import pytest

from leakkit.pii.people.join import people
from leakkit.pii.weighing.name_edges import name_edges
from tests.pii.test_people import found, record


def chat(*lines):
    """Lines of a chat: login, and whom it speaks of."""
    result = []
    for row, (login, name) in enumerate(lines):
        result.append(("chat.txt", row, "", 8, "USERNAME", login))
        result += [("chat.txt", row, "", 40, "PERSON", name)] if name else []
    return result


def test_logins_before_the_names_of_others_are_no_part_of_them():
    spoken = [("qx_red7", "Ada Ostberg"), ("qx_red7", "Ivo Kolstad"), ("wolf99x", "Jara Lindahl")]
    spoken += [("wolf99x", "Kai Rosley"), ("qx_red7", "Lena Hoova"), ("wolf99x", "")]
    pay = record("pay.csv", 0, login=("USERNAME", "qx_red7"), name=("PERSON", "Nora Fallberg"))
    assert len(people(found(*chat(*spoken), *pay))) == 7


def test_a_login_before_one_name_is_that_persons():
    told = [("qx_red7", "Ada Ostberg"), ("wolf99x", "Jara Lindahl"), ("bramble3", "Ivo Kolstad")]
    told += [("fenn_x0", "Kai Rosley"), ("wolf99x", "Jara Lindahl")]
    assert len(people(found(*chat(*told)))) == 4


def test_a_login_made_of_the_name_stays_with_it():
    told = [("aostberg", "Ada Ostberg"), ("qx_red7", "Ivo Kolstad"), ("qx_red7", "Jara Lindahl")]
    told += [("wolf99x", "Kai Rosley"), ("wolf99x", "Lena Hoova")]
    assert len(people(found(*chat(*told)))) == 7


def staff(count, numbers):
    """A list of shifts: a number of staff, and a name."""
    rows = []
    for row in range(count):
        name = f"{'ABCDEFGH'[row]}da {'KLMNOPQR'[row]}ostberg"
        rows += record(
            "shift.csv", row, staff_no=("EMPLOYEE_ID", numbers[row]), name=("PERSON", name),
            mail=("EMAIL", f"m{row}@post.example"),
        )  # fmt: skip
    return rows


def test_numbers_of_staff_are_the_rows_own_where_each_has_another():
    assert len(people(found(*staff(8, [f"H{200 + row}" for row in range(8)])))) == 8


def test_numbers_of_staff_that_come_again_are_others():
    assert len(people(found(*staff(8, ["H201", "H202"] * 4)))) == 10


@pytest.mark.parametrize(("told", "count"), [("Ada van der Ostberg", 1), ("Ada van der Berg", 2)])
def test_a_prefix_left_out_between_two_columns_is_in_the_text(told, count):
    row = record(
        "members.csv", 0, achternaam=("PERSON", "Ostberg"), roepnaam=("PERSON", "Ada"),
        email=("EMAIL", "q7@post.example"),
    )  # fmt: skip
    assert len(people(found(*row, ("call.txt", 3, "", 6, "PERSON", told)))) == count


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Поздрави, Пенка", "Пенка"),
        ("Monteur Joris Wendling", "Joris Wendling"),
        ("المستشار ناصر الهواري", "ناصر الهواري"),
        ("محكمة طنطا", ""),
        ("المدعي", ""),
    ],
)
def test_farewells_trades_and_parties_are_no_words_of_names(text, name):
    start, end = name_edges(text, 0, len(text), "PERSON")
    assert text[start:end] == name


def test_what_is_said_in_turn_in_a_conversation_is_of_who_said_the_name():
    rows = []
    for n, given in enumerate(("Emiliano Troncoso", "Lorena Cienfuegos", "Zilda Lacerda")):
        rows += record(
            "chats.jsonl",
            n,
            **{
                "messages[0].content": ("PERSON", given),
                "messages[2].content": ("EMAIL", f"{given[:3]}y{n}@mail.example".lower()),
                "messages[10].content": ("PHONE", f"+49151123450{n:02}"),
                "messages[3].content": ("PERSON", f"Agent Smith{n}"),
            },
        )
    assert sorted(people(found(*rows))["n_findings"]) == [1, 1, 1, 3, 3, 3]
