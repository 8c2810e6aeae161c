"""A word for telephones is of the number behind it."""

import pytest

from leakkit.pii.find import find_pii


def phones(text):
    """The telephones of a text."""
    found = find_pii([text])
    found = found[found["entity"].eq("PHONE")]
    return [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[звонок 8589464 | 22.02.2024 06:01 | АОН 89120767394 | линия 2]", ["89120767394"]),
        ("[case 8589464 | phone 89120767394]", ["89120767394"]),
        ("phone 8589464, phone 89120767394", ["8589464", "89120767394"]),
    ],
)
def test_the_number_before_it_is_none(text, numbers):
    assert phones(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "INFO engine req=689600058968 model=llama-3.1-70b prompt_tokens=396",
        "звонок 8589464 завершён",
    ],
)
def test_models_and_calls_are_no_telephones(text):
    assert phones(text) == []


def test_words_for_calling_a_number_are():
    assert phones("si no, llama al 612345678 mañana") == ["612345678"]
