"""Names that a tagger does not see, in lists of others."""

import pytest

from leakkit.pii.listed_names import with_listed

NAMES = ("Nora Lind", "Otto Falk", "Ida Brandt")


def seen(text, *names, entity="PERSON", score=0.9):
    """What a tagger found of a text."""
    return [(text.index(name), text.index(name) + len(name), entity, score) for name in names]


def told(text, found):
    """The people of a text."""
    return [text[start:end] for start, end, entity, _ in with_listed(text, found) if entity == "PERSON"]


@pytest.mark.parametrize(
    "text",
    [
        "Present: Nora Lind, Otto Falk, Morfudd Cadwaladr, Ida Brandt.",
        "Present: Nora Lind, Otto Falk, Ida Brandt and Morfudd Cadwaladr",
        "Morfudd Cadwaladr, Nora Lind; Otto Falk, Ida Brandt",
    ],
)
def test_two_words_among_names_are_a_name(text):
    assert "Morfudd Cadwaladr" in told(text, seen(text, *NAMES))


def test_what_was_seen_of_it_goes():
    text = "Alto: Nora Lind, Otto Falk, Morfudd Cadwaladr, Ida Brandt"
    found = [
        *seen(text, *NAMES),
        *seen(text, "Cadwaladr", score=0.3),
        *seen(text, "Morfudd", entity="LOCATION"),
    ]
    assert told(text, found) == ["Nora Lind", "Otto Falk", "Morfudd Cadwaladr", "Ida Brandt"]


@pytest.mark.parametrize(
    "text",
    [
        "Nora Lind, Otto Falk and Morfudd Cadwaladr",
        "Nora Lind, Otto Falk, Ida Brandt met at Morfudd Cadwaladr",
        "Blue Door, Red Gate, Old Mill, Tall Oak, Nora Lind, Otto Falk, Ida Brandt",
    ],
)
def test_few_names_and_other_places_tell_nothing(text):
    names = [name for name in NAMES if name in text]
    assert told(text, seen(text, *names)) == names


def test_a_sure_place_among_names_stays_one():
    text = "Nora Lind, Otto Falk, Ida Brandt, New Ashford"
    found = [*seen(text, *NAMES), *seen(text, "New Ashford", entity="LOCATION")]
    assert told(text, found) == list(NAMES)
