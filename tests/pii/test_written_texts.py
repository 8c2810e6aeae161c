"""The texts that were written for the tagger: marks are whole, spans are what was marked."""

from __future__ import annotations

import re

import pytest

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
