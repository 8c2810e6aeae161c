"""Leak-like texts in formats and languages of other authors: segments, labels beside values, shells, nearest words."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.cells import cells
from leakkit.pii.validators.secrets import password_beside, password_prose, password_setting


def found(text: str, names: str | None = None) -> set[tuple[str, str]]:
    """Give entity and value of each finding."""
    frame = lk.find_pii([text], names=names)
    return {(row.entity, text[row.start : row.end]) for row in frame.itertuples()}


def keyed(text: str) -> dict[str, str | None]:
    """Give the key of each cell's value."""
    return {text[cell.start : cell.end]: cell.key for cell in cells(text)}


def test_segments_of_hospital_messages_give_their_components_a_key():
    text = (
        "MSH|^~\\&|A|B\rPID|1||77^^^H^MR||Example^Mara||19790612|F|||1 Oak Rd^^Tucson^AZ^85704||(520)555-0142"
    )
    keys = keyed(text)
    assert (keys["Example"], keys["Mara"], keys["19790612"]) == ("surname", "first name", "dob")
    assert (keys["1 Oak Rd"], keys["Tucson"], keys["(520)555-0142"]) == ("street", "city", "phone")


def test_lines_with_bars_that_follow_no_message_head_are_no_segments():
    assert "surname" not in keyed("PID|1||77||Example^Mara\nPID|2||78||Example^Jon").values()


@pytest.mark.parametrize(
    ("text", "value", "key"),
    [
        (
            '{"phone": 1, "id": [{"system": "http://x.org/sid/passport-usa", "value": "A1"}]}',
            "A1",
            "passport-usa",
        ),
        ('{"phone": 1, "telecom": [{"type": {"coding": [{"code": "DL"}]}, "value": "S9"}]}', "S9", "DL"),
        ('{"email": 1, "x": [{"kind": "colour", "value": "S9"}]}', "S9", "x.value"),
    ],
)
def test_a_label_beside_a_value_names_it_where_it_tells_something(text, value, key):
    assert keyed(text)[value] == key


def test_values_in_the_notation_of_a_database_shell_are_read_without_it():
    text = '{ "dob" : ISODate("1988-07-19T00:00Z"), "born" : {"$date": "1979-01-03"}, "cuenta" : NumberLong("38271") }'
    keys = keyed(text)
    assert (keys["1988-07-19T00:00Z"], keys["1979-01-03"], keys["38271"]) == ("dob", "born", "cuenta")


@pytest.mark.parametrize("names", [None, "auto"])
@pytest.mark.parametrize(
    "text",
    [
        "passport X8187150, driving licence 3653996466",
        "driving licence 3653996466, passport X8187150",
    ],
)
def test_a_number_that_may_be_two_documents_is_that_of_the_nearest_word(text, names):
    told = found(text, names)
    assert {("PASSPORT", "X8187150"), ("DRIVER_LICENSE", "3653996466")} <= told


def test_a_user_before_the_password_of_an_address_is_found_with_the_host_beside_it():
    told = found("DB=amqp://mara_e:Ex4mple!pass9@81.2.69.142:5672/x")
    assert {
        ("USERNAME", "mara_e"),
        ("CONNECTION_STRING", "Ex4mple!pass9"),
        ("IP_ADDRESS", "81.2.69.142"),
    } <= told


def test_the_first_part_of_an_address_is_no_user():
    told = found("Login: user=<mara.berg@mailhost.net>, method=PLAIN")
    assert ("EMAIL", "mara.berg@mailhost.net") in told
    assert not any(entity == "USERNAME" for entity, _ in told)


@pytest.mark.parametrize("value", ["U024BE7LH9", "W0EU1ZCW948"])
def test_numbers_that_a_chat_service_gives_its_users_are_no_names_of_users(value):
    told = found(f'{{"type": "message", "user": "{value}", "text": "hello"}}', "auto")
    assert ("USERNAME", value) not in told


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("broj_vozacke_dozvole", "DRIVER_LICENSE"),
        ("ajokortin numero", "DRIVER_LICENSE"),
        ("nomor paspor", "PASSPORT"),
        ("utlevelszam", "PASSPORT"),
        ("kasutajanimi", "USERNAME"),
        ("chepai hao", "LICENSE_PLATE"),
        ("cuenta clabe", "BANK_ACCOUNT"),
        ("PASSP0RT NO", "PASSPORT"),
        ("Pasaporte N°", "PASSPORT"),
    ],
)
def test_names_of_documents_are_known_in_many_languages_and_as_scanners_read_them(name, entity):
    assert entity_of_key(name).entity == entity


@pytest.mark.parametrize("name", ["grad", "grad_norm", "run_id", "lesen", "conv0_layer"])
def test_words_of_programs_are_no_names_of_documents(name):
    assert entity_of_key(name).entity is None


def test_words_with_a_number_may_be_passwords_where_they_are_told_but_not_names_of_methods():
    assert password_prose("otter-maple-35") is None
    assert password_setting("otter-maple-35") is None
    assert password_beside("bluewhale99") is None
    assert not any(map(password_beside, ["sha256", "policy", "version2", "field12"]))


@pytest.mark.parametrize("value", ["Human Resources", "Head of Procurement", "Data Steward"])
def test_posts_and_departments_are_no_firms(value):
    told = found(f"Kind regards\nMara Example\n{value}\n", "auto")
    assert not any(entity == "ORGANIZATION" and value in one for entity, one in told)
