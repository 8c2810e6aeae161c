"""The texts that were written for the tagger: marks are whole, spans are what was marked."""

from __future__ import annotations

import re

import pytest

from training.corpora import Document, in_capitals
from training.other_names import swapped
from training.written_texts import FOLDER, NAMES, OTHERS, marked, texts, written

FILES = sorted(FOLDER.glob("*.txt"))


def test_marks_become_spans_of_the_text_without_them() -> None:
    text, spans = marked("Dr. [[P|Lena Voss]], [[L|Hauptstr. 5,\n10115 Berlin]] [x] [[not a mark]]")
    assert text == "Dr. Lena Voss, Hauptstr. 5,\n10115 Berlin [x] [[not a mark]]"
    assert [(text[start:end], letter) for start, end, letter in spans] == [
        ("Lena Voss", "P"),
        ("Hauptstr. 5,\n10115 Berlin", "L"),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_mark_is_left_in_a_text_of_a_file(path) -> None:  # type: ignore[no-untyped-def]
    raw = path.read_text("utf-8")
    opened = len(re.findall(r"\[\[[A-Z]\|", raw))
    assert opened > 100
    assert opened == len(marked(raw)[1])


def test_spans_hold_a_letter_or_digit_and_do_not_overlap() -> None:
    for text, spans in texts():
        assert all(re.search(r"\w", text[start:end]) for start, end, _ in spans)
        assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
        assert {letter for *_, letter in spans} <= {*NAMES, *OTHERS}


def test_a_third_of_the_texts_has_no_name() -> None:
    documents = written()
    empty = sum(not document.spans for document in documents)
    assert len(documents) > 10_000
    assert 0.25 < empty / len(documents) < 0.5


def test_copies_have_other_names_and_nothing_else_changed() -> None:
    text = "Ask Priya Nair or Priya, room 4, [[L|Pune]], van der Berg"
    plain, spans = marked(
        text.replace("Priya Nair", "[[P|Priya Nair]]").replace("or Priya", "or [[P|Priya]]")
    )
    others = [("Tunde Okoro, Lagos", [(0, 11, "P"), (13, 18, "L")]) for _ in range(30)]
    copy = swapped([(plain, spans), *others], 1)[0][0]
    assert copy.number == 0
    assert copy.place == 0
    names = [copy.text[start:end] for start, end, _ in copy.spans]
    first, _, last = names[0].partition(" ")
    assert names[1] in (first, last)
    assert names != ["Priya Nair", "Priya", "Pune"]
    kept = copy.text
    for start, end, _ in reversed(copy.spans):
        kept = kept[:start] + "_" + kept[end:]
    assert kept == "Ask _ or _, room 4, _, van der Berg"


def test_copies_in_capitals_know_what_they_were_made_from() -> None:
    documents = [Document(f"note {n} of Ann", [(10, 13, "PERSON")]) for n in range(8)]
    copies = in_capitals(documents, 6)
    assert [(one.text, one.number) for one in copies] == [("NOTE 1 OF ANN", 1), ("NOTE 7 OF ANN", 7)]
