"""First names joined to a whole name whose family they share, and family names first; all values are invented."""

import pytest

import leakkit as lk
from leakkit.pii.people.join import count_people
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
