"""Everyday words that a tagger takes for names, and names that it sees in part; all names are invented."""

import pytest

from leakkit.pii.weighing.everyday import everyday_edges
from leakkit.pii.weighing.whole_names import whole_name


def edges(text, part, entity="PERSON"):
    """What is left of a part of a text."""
    start = text.index(part)
    first, last = everyday_edges(text, start, start + len(part), entity)
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("Heute Mara", "Heute Mara", "Mara"),
        ("Samstag Sam", "Samstag Sam", "Sam"),
        ("(Samstag) Sam", "Samstag) Sam", "Sam"),
        ("Das Konto ist leer", "Das Konto", ""),
        ("Die Kostenstelle", "Die Kostenstelle", ""),
        ("Die kommt", "Die", ""),
        ("The quick", "The", ""),
        ("The Quick", "The", "The"),
        ("Frau Rose", "Rose", "Rose"),
        ("eine rosa", "rosa", ""),
        ("la rosa", "rosa", ""),
        ("an rosa", "rosa", ""),
        ("rosa", "rosa", "rosa"),
        ("рыба — это еда", "рыба", ""),
        ("der Schmied arbeitet", "Schmied", ""),
        ("der Schmied hat angerufen", "Schmied", "Schmied"),
        ("der Mara arbeitet", "Mara", "Mara"),
    ],
)
def test_everyday_words_are_no_part_of_a_name(text, part, left):
    assert edges(text, part) == left


@pytest.mark.parametrize(
    ("value", "left"),
    [("ABC 1234", ""), ("APO 1234", "APO 1234"), ("a b c d 12", ""), ("Ulm 1234", "Ulm 1234")],
)
def test_codes_are_no_places(value, left):
    assert edges(value, value, "LOCATION") == left


def test_a_verb_before_a_place_is_none_of_it():
    assert edges("Wyjazd do Krakowa", "Wyjazd do Krakowa", "CITY") == "Krakowa"
    assert edges("Berlin do Krakowa", "Berlin do Krakowa", "CITY") == "Berlin do Krakowa"


def whole(text, part, entity):
    """A part of a text as a whole name, and what it is."""
    start = text.index(part)
    first, last, kind = whole_name(text, start, start + len(part), entity)
    return text[first:last], kind


@pytest.mark.parametrize(
    ("text", "part", "entity", "expected"),
    [
        ("dhr. M. ter Horst", "Horst", "PERSON", ("M. ter Horst", "PERSON")),
        ("Joost in 't Veld", "Joost", "PERSON", ("Joost in 't Veld", "PERSON")),
        ("Bei den Rechnungen", "Bei den Rechnungen", "PERSON", ("", "PERSON")),
        ("Georgia Marsh", "Georgia Marsh", "LOCATION", ("Georgia Marsh", "PERSON")),
        ("Georgia Park", "Georgia Park", "LOCATION", ("Georgia Park", "LOCATION")),
        ("Savannah Fox", "Savannah Fox", "LOCATION", ("Savannah Fox", "LOCATION")),
        ("Savannah Fox saw a fox", "Savannah Fox", "LOCATION", ("Savannah Fox", "PERSON")),
        ("Savannah Fox saw foxes", "Savannah Fox", "LOCATION", ("Savannah Fox", "LOCATION")),
        ("City Berlin", "City Berlin", "LOCATION", ("Berlin", "LOCATION")),
        ("x | City Berlin", "City Berlin", "LOCATION", ("Berlin", "LOCATION")),
        ("  City Berlin", "City Berlin", "LOCATION", ("Berlin", "LOCATION")),
        ("in City Berlin", "City Berlin", "LOCATION", ("City Berlin", "LOCATION")),
        ("LAWYER, VIGO", "LAWYER, VIGO", "LOCATION", ("VIGO", "LOCATION")),
        ("Paris, Vigo", "Paris, Vigo", "LOCATION", ("Paris, Vigo", "LOCATION")),
        ("Georgia Marsh", "Georgia Marsh", "CITY", ("Georgia Marsh", "CITY")),
    ],
)
def test_names_seen_in_part_become_whole(text, part, entity, expected):
    assert whole(text, part, entity) == expected
