"""Names that begin with the family's, words before names, and names in brackets behind others."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.pii.reversed_names import in_capitals, whole_reversed
from leakkit.pii.weighing.name_edges import name_edges
from leakkit.pii.wrapped_names import whole_over_lines


def _people(text: str) -> list[str]:
    """Give the names of people that are found in a text."""
    found = lk.find_pii([text])
    chosen = found[found["entity"].eq("PERSON") & found["likelihood"].ge("possible")]
    return [text[a:b] for a, b in zip(chosen["start"], chosen["end"], strict=True)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12. Moreno Vidal, Lucía — nac. 10/04/2014", "Moreno Vidal, Lucía"),
        ("über Frau Lindner, Käthe, geb. 03.05.1934, wohnhaft", "Lindner, Käthe"),
        ("- Novak, Peter (absent)", "Novak, Peter"),
        ("Kowalski, Jan; witness", "Kowalski, Jan"),
        ("| 7 | Moreno Vidal, Lucía | 10/04/2014 |", "Moreno Vidal, Lucía"),
    ],
)
def test_family_name_first_is_one_name(text: str, name: str) -> None:
    assert _people(text) == [name]


@pytest.mark.parametrize(
    ("text", "entity", "whole"),
    [
        ("| Valencia Moreno, Lucía |", "LOCATION", True),
        ("| Lake Placid, Victoria |", "LOCATION", False),
        ("| Moreno Vidal, Lucía |", "ORGANIZATION", False),
    ],
)
def test_a_family_called_like_a_town_is_one_before_a_given_name(text, entity, whole):
    spans = [(2, text.index(","), entity, 0.9)]
    assert (whole_reversed(text, spans) == [(2, len(text) - 2, "PERSON", 0.9)]) is whole
    assert whole or whole_reversed(text, spans) == spans


@pytest.mark.parametrize(
    "text",
    [
        "PARIS, France",
        "HOUSTON, Texas\nThe meeting starts at nine.",
        "LYON, France (AP) - It rained on Monday.",
    ],
)
def test_towns_in_capitals_before_their_country_or_state_are_no_names(text):
    assert _people(text) == []
    assert whole_reversed(text, [(0, text.index(","), "LOCATION", 0.9)]) == [
        (0, text.index(","), "LOCATION", 0.9)
    ]


def test_people_called_like_a_town_and_a_state_are_told_by_their_age():
    assert _people("LINCOLN, Virginia, 45, of 43 Mill Lane: no insurance.") == ["LINCOLN, Virginia"]


class Place(int):
    """A place in a text that counts how often it is compared."""

    compared = 0

    def __lt__(self, other):
        Place.compared += 1
        return int(self) < int(other)


def test_names_of_a_long_list_are_not_held_against_each_other():
    line = "Moreno Vidal, Lucía\n"
    text = line * 500
    starts = range(0, len(text), len(line))
    names = [(Place(n), Place(n + 12), "PERSON", 0.9) for n in starts]
    Place.compared = 0
    assert [(a, b) for a, b, *_ in whole_reversed(text, names)] == [(n, n + len(line) - 1) for n in starts]
    assert Place.compared < 20_000


def test_names_that_overlap_none_of_those_put_together_stay():
    text = "Moreno Vidal, Lucía\nPablo\nMoreno Vidal, Lucía"
    names = [
        (0, 12, "PERSON", 0.9),
        (14, 19, "PERSON", 0.9),
        (20, 25, "PERSON", 0.9),
        (26, 38, "PERSON", 0.9),
    ]
    assert [name[:2] for name in whole_reversed(text, names)] == [(0, 19), (20, 25), (26, 45)]


@pytest.mark.parametrize(
    "text", ["Anna, Peter and Paul came", "Smith, Jones and Brown came", "He saw Moreno, Lucía and Ana"]
)
def test_lists_of_names_stay_apart(text: str) -> None:
    names = [(0, text.index(","), "PERSON", 0.9)]
    assert whole_reversed(text, names) == names


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        ("madre de Inés Marín", "Inés Marín"),
        ("den Sohn Ingo Kurz", "Ingo Kurz"),
        ("Don Pablo Vidal", "Pablo Vidal"),
        ("de la Cruz", "de la Cruz"),
        ("van den Berg", "van den Berg"),
        ("johanna lindgren", "johanna lindgren"),
        ("En Zamora", ""),
    ],
)
def test_words_before_a_name_are_left_out(span: str, kept: str) -> None:
    start, end = name_edges(span, 0, len(span), "PERSON")
    assert span[start:end] == kept


def test_what_follows_brackets_is_of_the_name_before_them() -> None:
    text = "- Olivia Moreno Ferrer (madre de Inés Marín), tel. 692 783 935, olivia_m.ferrer@icloud.com"
    found = lk.find_pii([text])
    assert found["evidence"].str.contains("aside:10 characters of brackets behind a name").sum() == 1
    people = lk.people(found)
    by_size = sorted(people["n_findings"].tolist())
    assert by_size == [1, 3]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("and confirm to Rosa\nMoreno by Tuesday", ["Rosa\nMoreno"]),
        ("Rosa\nMoreno, who", ["Rosa"]),
        ("we met Rosa\nThe house is red", ["Rosa"]),
    ],
)
def test_a_name_over_two_lines_of_running_text_is_one(text: str, names: list[str]) -> None:
    start = text.index("Rosa")
    told = whole_over_lines(text, [(start, start + 4, "PERSON", 0.7)])
    assert [text[a:b] for a, b, *_ in told] == names


STARTERS = [
    ("DRAGANOV", "Yavor"), ("PETKOVA", "Zornitsa"), ("KARAGIANNIDIS", "Lefteris"), ("WOJTKIEWICZ", "Zdzimir"),
    ("BONDARENKO", "Yaryna"), ("GELASHVILI", "Otari"), ("YILDIZOĞLU", "Nazlı"), ("TOMIČEVIĆ", "Zvonko"),
]  # fmt: skip


def test_a_list_with_families_in_capitals_is_one_of_people_though_no_list_of_names_knows_them() -> None:
    lines = [f"  {n:>3}  {a:<16}{b:<14}BUL  {1970 + n}" for n, (a, b) in enumerate(STARTERS * 5)]
    found = lk.find_pii(lines)
    people = found[found["entity"].eq("PERSON") & found["likelihood"].ge("possible")]
    told = {
        " ".join(lines[row][a:b].split())
        for row, a, b in zip(people["row"], people["start"], people["end"], strict=True)
    }
    assert told == {" ".join(name) for name in STARTERS}


@pytest.mark.parametrize(
    "text",
    [
        "GPU     Utilization     12",
        "SUPERNOVA     Cluster     up",
        "DRAGANOV     Yavor|12",
        "GENEVA     Office     open",
        "PREV     Next     REV     Date",
    ],
)
def test_other_words_in_columns_are_no_names(text: str) -> None:
    assert in_capitals(text) == []
