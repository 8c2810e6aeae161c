"""Names in halves in lines of text, ids beside relatives, streets and verbs before names: who is one person."""

import json

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.segments import is_segment
from leakkit.pii.people.join import people
from tests.pii.test_people import found, groups, record
from tests.pii.test_people_records import scanned, telephone

HOLDERS = [
    ("Anna", "Miller"), ("Robert", "Fox"), ("Susan", "Day"), ("Dina", "Moore"), ("Emil", "Hart"), ("Flora", "Kent"),
    ("Gerd", "van Loon"), ("Hanna", "Stone"),
]  # fmt: skip
CHILDREN = [("Tom", 0), ("Ida", 0), ("Max", 2), ("Lea", 4), ("Kim", 5), ("Nora", 6)]


def insured(line, joint):
    """Give policies: for each its holder, and the holder's children, each by a line of given and family name."""
    policies = []
    for number, (given, family) in enumerate(HOLDERS):
        children = [line("insured", child, family, "") for child, of in CHILDREN if of == number]
        policies.append(joint.join([line("holder", given, family, f"+44 20 8123 4{number:03}"), *children]))
    return policies


def element(role, given, family, phone):
    told = f"<phone>{phone}</phone>" if phone else ""
    return f"<{role}><firstname>{given}</firstname><lastname>{family}</lastname>{told}</{role}>"


@pytest.mark.parametrize("joint", ["\n    ", ""])
def test_the_elements_of_a_document_are_each_a_person_below_one_another_or_in_one_line(tmp_path, joint):
    policies = "".join(
        f"  <policy nr='P{number}'>{joint}{policy}{joint}</policy>\n"
        for number, policy in enumerate(insured(element, joint))
    )
    assert scanned(tmp_path, policies__xml=f"<policies>\n{policies}</policies>\n").rows == 14


def test_halves_below_one_another_with_the_halves_of_others_below_are_several_people(tmp_path):
    def indented(role, given, family, phone):
        told = f"    <phone>{phone}</phone>\n" if phone else ""
        inner = f"    <firstname>{given}</firstname>\n    <lastname>{family}</lastname>\n{told}"
        return f"  <{role}>\n{inner}  </{role}>\n"

    policies = "".join(f"<policy>\n{policy}</policy>\n" for policy in insured(indented, ""))
    assert scanned(tmp_path, policies__xml=f"<policies>\n{policies}</policies>\n").rows == 14


def test_the_numbers_of_policies_above_their_holders_are_nobody_and_a_firm_s_is_nobody(tmp_path):
    firm = "<company><company_name>Trasporti Alba S.r.l.</company_name><email>info@alba.test-firm.eu</email></company>"
    policies = "".join(
        f'  <polizza nr="PL00000{number}">\n    {policy}\n  </polizza>\n'
        for number, policy in enumerate([firm, *insured(element, "\n    ")])
    )
    assert scanned(tmp_path, policies__xml=f"<polizze>\n{policies}</polizze>\n").rows == 14


@pytest.mark.parametrize("column", ["testimone", "świadek", "Zeuge", "témoin", "tanık", "свидетель"])
def test_a_column_of_witnesses_is_of_people_and_of_no_firms(column):
    assert entity_of_key(column).entity == "PERSON"


@pytest.mark.parametrize("ends", ["\n\n", "\r\r"])
def test_the_patient_and_the_doctor_of_a_message_in_segments_are_two_people(tmp_path, ends):
    messages = [
        f"MSH|^~\\&|LIS|LAB|EHR|AMB|2023052803{number:02}||ORU^R01|7{number}|P|2.4{ends[0]}"
        f"PID|1||10{number:02}^^^LAB||{family}^{given}||19570{number + 1}14|M|||Mill Lane {number}^^Hull||"
        f"{telephone(number)}{ends[0]}"
        f"PV1|1|O|||||GP16{number % 2}^{'Carter^Lee' if number % 2 else 'von Berg^Ute'}{ends[0]}"
        f"OBX|1|NM|GLU||5.7|mmol/L{ends}"
        for number, (given, family) in enumerate(HOLDERS)
    ]
    estimate = scanned(tmp_path, results__hl7="".join(messages))
    assert estimate.lower <= len(HOLDERS) + 2 <= estimate.upper
    assert abs(estimate.best - len(HOLDERS) - 2) <= 1


def test_a_listing_with_bars_is_no_segment():
    assert not is_segment("PID|TTY|TIME|CMD|ARGS|USER")
    assert not is_segment("PID^1")


def test_a_family_name_of_two_words_in_a_column_of_its_own_joins_no_family():
    rows = []
    for number, given in enumerate(("Anna", "Robert", "Susan", "Emil")):
        rows += [
            ("members.csv", number, "first_name", 0, "PERSON", given),
            ("members.csv", number, "last_name", 0, "PERSON", "van Loon"),
            ("members.csv", number, "phone", 0, "PHONE", telephone(number)),
        ]
    assert groups(found(*rows)) == [3, 3, 3, 3]


def staff_and_whom_to_call(whom):
    """Give staff by their numbers, names beginning with the family's, and a list of whom to call for each."""
    staff = [
        ("Kis", "Adam"),
        ("Toth", "Bela"),
        ("Szabo", "Edit"),
        ("Balog", "Peter"),
        ("Nemeth", "Judit"),
        ("Sipos", "Zita"),
    ]
    rows = []
    for number, (name, other) in enumerate(zip(staff, whom, strict=True)):
        code = ("EMPLOYEE_ID", f"20{number}41")
        rows += record("staff.csv", number, personnel_no=code, worker=("PERSON", " ".join(name)))
        called = " ".join(other) if isinstance(other, tuple) else f"{name[0]} {other}"
        rows += record("call.csv", number, personnel_no=code, call=("PERSON", called))
    return people(found(*rows))


def test_a_number_beside_its_owner_and_whom_to_call_joins_no_family_though_names_begin_with_it():
    others = ["Robert", "Imre", "Maria", ("Kovacs", "Attila"), ("Vass", "Gyula"), ("Hegedus", "Aranka")]
    assert len(staff_and_whom_to_call(others)) == 12


def test_a_number_beside_two_names_that_mostly_begin_alike_is_of_one_person_who_changed_name():
    assert (
        len(staff_and_whom_to_call(["Robert", "Imre", "Maria", "Attila", "Gyula", ("Hegedus", "Aranka")]))
        == 7
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cliente: Sou João da Cruz, código 5", "João da Cruz"),
        ("Olen Matti Virtanen", "Matti Virtanen"),
        ("Parla Marco Conti", "Marco Conti"),
    ],
)
def test_the_verb_with_which_one_says_who_speaks_is_no_part_of_the_name(text, name):
    assert [text[start:end] for start, end, entity, _ in detect([text])[0] if entity == "PERSON"] == [name]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Luísa Dias, nascida em 13/06/1962 em Macedo, aluga o imóvel.", "Macedo"),
        ("Luísa Dias, nascida em 13/06/1962 em Marques da Prata, aluga o imóvel.", "Marques da Prata"),
        ("Ann Lee was born on 4 May 1960 in Jordan Valley.", "Jordan Valley"),
    ],
)
def test_where_one_was_born_on_a_day_is_a_place_though_called_like_a_person(text, place):
    kinds = {text[start:end]: entity for start, end, entity, _ in detect([text])[0]}
    assert kinds[place] == "LOCATION"


def test_a_street_called_like_a_person_and_its_town_are_nobody_in_a_text(tmp_path):
    texts = [
        f"Melhore meu currículo:\n{given} {family}\n{given.lower()}@post.test-firm.eu\n{street}\nExperiência: vendas"
        for (given, family), street in zip(
            HOLDERS[:3],
            (
                "Travessa Borges, 684, Peixoto",
                "Parque Nicole Pereira, 15, Carvalho",
                "Rua Davi Lima, 7, Moura",
            ),
            strict=True,
        )
    ]
    lines = "".join(json.dumps({"prompt": text}) + "\n" for text in texts)
    assert scanned(tmp_path, prompts__jsonl=lines).rows == 3


def test_two_given_names_with_a_comma_are_no_whole_name_where_columns_tell_them():
    rows = []
    for number, (given, family) in enumerate(HOLDERS):
        halves = {"first_name": ("PERSON", given), "last_name": ("PERSON", family)}
        rows += record("members.csv", number, **halves, iban=("IBAN", f"DE0250000000000000{number:04}"))
    pair, whole = (
        ("fees.txt", 0, "", 8, "PERSON", "Anna, Emil"),
        ("fees.txt", 40, "", 8, "PERSON", "Stone, Anna"),
    )
    assert len(people(found(*rows, pair))) == len(HOLDERS)
    assert len(people(found(*rows, whole))) == len(HOLDERS) + 1
