"""Names are told by the words around them, and only where they look like names."""

from __future__ import annotations

import pytest

from leakkit.pii.cues import told_names, with_cues


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("hi, my name is Ada Quill, can you help?", "Ada Quill", "PERSON"),
        ("Dear Oona Brask-Vale,\n\nthank you", "Oona Brask-Vale", "PERSON"),
        ("Ich heiße Jörg van der Feld.", "Jörg van der Feld", "PERSON"),
        ("je m'appelle Odile Quent", "Odile Quent", "PERSON"),
        ("Best regards,\nTamsin Orrery\nHead of data", "Tamsin Orrery", "PERSON"),
        ("as Mrs. Quillfeather said", "Quillfeather", "PERSON"),
        ("I work at Brindle, Oakes and Farr, order 12", "Brindle, Oakes and Farr", "ORGANIZATION"),
        ("user: I work for Fenn-Maps Ltd", "Fenn-Maps Ltd", "ORGANIZATION"),
        ("Thank you for choosing Quorl Group. Your parcel", "Quorl Group", "ORGANIZATION"),
        ("The Zentivo office is closed", "Zentivo", "ORGANIZATION"),
        ("I live in New Brindlemouth, can you", "New Brindlemouth", "LOCATION"),
    ],
)
def test_a_name_after_a_telling_word_is_given_with_its_kind(text: str, name: str, entity: str) -> None:
    assert (name, entity) in [(text[a:b], kind) for a, b, kind, _ in told_names(text)]


@pytest.mark.parametrize(
    "text",
    [
        "THE ENTIRE RISK AS TO THE QUALITY OF THE PROGRAM IS WITH YOU.",
        "my name is not on the list",
        "dear all, hello there, hi team",
        "I work at home and live in the moment",
        "loss=0.3 from: /srv/app to: /tmp",
        "THIS IS INSANE",
        "Dear Sir or Madam,",
        "",
    ],
)
def test_words_that_are_no_names_are_left_alone(text: str) -> None:
    assert told_names(text) == []


def test_a_cue_overrules_another_kind_but_no_longer_name() -> None:
    text = "I work at Brindle Works in Ulm"
    assert with_cues(text, [(10, 23, "PERSON", 0.9)]) == [(10, 23, "ORGANIZATION", 0.75)]
    longer = [(10, 30, "ORGANIZATION", 0.9)]
    assert with_cues(text, longer) == longer
    assert with_cues("nothing told", longer) == longer
