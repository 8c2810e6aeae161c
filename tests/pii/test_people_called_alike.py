"""Names that the tagger took for places, or hardly believed, where others of the leak are called so."""

import pandas as pd
import pytest

from leakkit.pii.find import find_pii
from leakkit.pii.masking.case import Case
from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found

PEOPLE = ("Aneurin Prosser", "Sioned Gwatkin", "Eluned Prosser", "Aneurin Teifi")


def lines(*values):
    """Findings of the tagger, a line each: (entity, text, likelihood)."""
    frame = found(*[("bell.txt", row, "", 2, entity, text) for row, (entity, text, _) in enumerate(values)])
    frame["evidence"] = frame["evidence"].str.replace("base:truth:", "tagger:PERSON:")
    frame["likelihood"] = [likelihood for _, _, likelihood in values]
    return frame


def known(*more):
    """The four people, and more."""
    return lines(*[("PERSON", name, "likely") for name in PEOPLE], *more)


@pytest.mark.parametrize(
    ("entity", "text", "likelihood", "count"),
    [
        ("LOCATION", "Sioned Teifi", "likely", 5),
        ("PERSON", "Sioned Teifi", "unlikely", 5),
        ("ORGANIZATION", "Sioned Teifi", "likely", 5),
        ("PERSON", "Morfudd Prosser", "unlikely", 5),
        ("PERSON", "Morfudd Prosser", "very_unlikely", 4),
        ("ORGANIZATION", "Morfudd Prosser", "likely", 4),
        ("LOCATION", "Sioned Bay", "likely", 4),
        ("LOCATION", "Penarth Teifi", "likely", 4),
        ("PERSON", "Sioned Bay", "unlikely", 4),
        ("LOCATION", "Prosser", "likely", 4),
    ],
)
def test_who_is_called_as_others_are_is_a_person(entity, text, likelihood, count):
    assert len(people(known((entity, text, likelihood)))) == count


def test_a_place_that_a_rule_found_stays_one():
    frame = known(("LOCATION", "Sioned Teifi", "likely"))
    is_place = frame["entity"].eq("LOCATION")
    frame["evidence"] = frame["evidence"].mask(
        is_place, frame["evidence"].str.replace("tagger:PERSON", "base:town")
    )
    assert len(people(frame)) == 4


def test_places_without_names_are_nobody():
    assert len(people(lines(("LOCATION", "Sioned Teifi", "likely")))) == 0


def test_places_get_what_names_have_where_they_may_be_names():
    case = Case(b"only for invented people")
    assert "words=" in case.traits("LOCATION", "Eluned Gwatkin")
    assert [case.traits("LOCATION", text) for text in ("Hyde Park", "Berlin", "SOUTH WING", "a b")] == [
        ""
    ] * 4
    told = pd.array(["Eluned Gwatkin", "Berlin"] * 20, "string[pyarrow]")
    made = case.trait_array("LOCATION", told.__arrow_array__()).to_pylist()
    assert made == [case.traits("LOCATION", text) for text in told]


def test_names_made_of_others_words_are_sure():
    strange = ["Wendt Oris", "Fara Quell", "Ulmo Sarn", "Pella Dorn", "Istvan Krell", "Mave Tolland"] * 5
    same = [f"{given} {family}" for given in ("Bela", "Cleo", "Edda", "Finn", "Gero", "Hedy") for family in
            ("Ahlsen", "Berova", "Corley", "Dalstad", "Eckberg")]  # fmt: skip
    alike = lines(*[("PERSON", name, "likely") for name in same])
    apart = lines(*[("PERSON", f"{name}{number}", "likely") for number, name in enumerate(strange)])
    assert count_people(alike).best == 30 > count_people(apart).best


def test_words_around_a_name_in_a_cell_of_a_page_are_none_of_it():
    text = '<call id="a1">\n  <say who="x">Hallo, Joris Wendling hier. Accu leeg.</say>\n</call>'
    spans = find_pii([text])
    named = spans[spans["entity"].eq("PERSON")]
    assert [text[a:b] for a, b in zip(named["start"], named["end"], strict=True)] == ["Joris Wendling"]
