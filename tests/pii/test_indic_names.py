"""Names in letters of India in running text and in markup; all values are invented."""

import pytest

from leakkit.pii.masking.indic import ways_in_latin
from leakkit.pii.tagger.indic import indic_names, with_indic


def names(text, *parts):
    """Texts of the names in a text of which a tagger sees some parts."""
    seen = [(text.index(part), text.index(part) + len(part), "PERSON", 0.6) for part in parts]
    return [text[start:end] for start, end, *_ in with_indic(text, seen)]


def test_a_name_does_not_end_within_a_word():
    assert names("मेरा नाम शर्\u200dमिला है") == ["शर्\u200dमिला"]


def test_towns_that_stand_together_are_one_place():
    assert names("बसें मुंबई पुणे जाती हैं") == ["मुंबई पुणे"]
    assert names("मुंबई, पुणे") == ["मुंबई", "पुणे"]


@pytest.mark.parametrize("name", ["गीता रावत टोप्पो", "टोप्पो गीता रावत"])
def test_an_element_of_markup_is_one_name(name):
    assert names(f"<x>{name}</x><y>गाँव</y>") == [name]


def test_what_a_tagger_sees_counts_where_it_stands_alone():
    assert names("फोन\nविमला\nगाँव", "विमला") == ["विमला"]
    assert names("फोन करें विमला से", "विमला") == []
    assert names("फोन करें\nविमला से", "विमला") == []
    assert names("फोन\nपानी\nगाँव", "पानी") == []


def test_what_is_told_comes_before_what_a_tagger_sees():
    text = "श्री विमला टोप्पो"
    assert names(text, text) == ["विमला टोप्पो"]


def test_names_in_other_letters_stay_as_they_are():
    assert names("Annika came, मुंबई", "Annika") == ["Annika", "मुंबई"]


def test_names_found_in_several_ways_are_apart_and_in_order():
    text = "गीता रावत, श्री गीता रावत, पता: गली 9, जयपुर 302001। मुंबई " * 3
    found = indic_names(text)
    assert [text[start:end] for start, end, *_ in found] == [
        "गीता रावत", "गीता रावत", "गली 9, जयपुर 302001", "मुंबई",
    ] * 3  # fmt: skip
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("विश्वनाथ", "vishwanath"),
        ("द्विवेदी", "dwivedi"),
        ("ईश्वर", "ishwar"),
        ("फूलचंद", "phoolchand"),
        ("भगवती", "bhagwati"),
        ("सांकलिया", "sankalia"),
        ("राठौर", "rathore"),
    ],
)
def test_names_are_written_in_latin_letters_as_people_do(word: str, written: str) -> None:
    assert written in ways_in_latin(word)
