"""First names joined to a whole name whose family they share, and family names first; all values are invented."""

import pytest

import leakkit as lk
from leakkit.pii.people.fields import Field
from leakkit.pii.people.join import count_people
from leakkit.pii.people.light import _with_family
from leakkit.pii.people.mentions import NAME, Finding
from leakkit.pii.tagged import with_couples


def counted(folder, text):
    """Count the people of a letter."""
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    return count_people(lk.scan(folder, workers=1, progress=False).findings()).rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We thank Martin and Judith Halvorsen for the flowers.", 2),
        ("Wir danken Martin und Judith Lindner für die Blumen.", 2),
        ("We welcome Harriet, child of Martin and Judith Halvorsen, to the parish.", 3),
        ("We thank Martin, and Judith Halvorsen sends flowers.", 1),
        ("Martin Keller spoke first. We thank Martin and Judith Halvorsen for the flowers.", 2),
    ],
)
def test_first_names_joined_to_a_whole_name_are_people_of_its_family(tmp_path, text, expected):
    assert counted(tmp_path, text) == expected


def test_who_is_called_by_the_first_name_and_the_family_of_the_spouse_is_one(tmp_path):
    text = "We thank Martin and Judith Halvorsen for the flowers.\n\nMartin Halvorsen, tel. 020 7946 0123\n"
    assert counted(tmp_path, text) == 2


def test_words_between_names_that_join_nothing_are_left_alone():
    text = "Tom asked Ann Lee"
    names = [(0, 3, "PERSON", 0.9, "tagger"), (10, 17, "PERSON", 0.9, "tagger")]
    assert with_couples(text, names) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MORENO, Alistair, 32, of 43 Mill Lane: no insurance.", "MORENO, Alistair"),
        ("QZORTHLEY, Alistair, 32, of 43 Mill Lane: no insurance.", "QZORTHLEY, Alistair"),
    ],
)
def test_family_names_in_capitals_before_a_comma_begin_names(text, name):
    found = lk.find_pii([text])
    chosen = found[found["entity"].eq("PERSON")]
    assert [text[a:b] for a, b in zip(chosen["start"], chosen["end"], strict=True)] == [name]


@pytest.mark.parametrize("text", ["He saw JUNE, Alistair and May.", "NOTE, Anna: please come on time."])
def test_words_in_capitals_before_a_name_are_none_of_it(text):
    found = lk.find_pii([text])
    values = [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)]
    assert not any("," in value for value in values)


class Row(int):
    """The number of a row that counts how often it is compared."""

    compared = 0

    def __eq__(self, other):
        Row.compared += 1
        return int(self) == other

    def __hash__(self):
        return int(self)


def test_who_is_called_so_near_a_first_name_is_looked_up_and_not_held_against_all():
    findings = []
    for n in range(0, 4_000, 10):
        findings += [
            Finding(
                n, "PERSON", NAME, "t", Row(n), 0, Field("", "", False), words=("t",), one_word=True, couple=8
            ),
            Finding(n, "PERSON", NAME, "a.l", Row(n), 8, Field("", "", False), words=("a", "l")),
            Finding(n, "PERSON", NAME, "t.l", Row(n + 5), 0, Field("", "", False), words=("t", "l")),
        ]
    Row.compared = 0
    _with_family(findings)
    assert all(found.words == ("t", "l") for found in findings[::3])
    assert Row.compared < 40_000
