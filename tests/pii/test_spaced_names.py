"""Names whose letters stand apart, as scans and forms have them. Invented data."""

from __future__ import annotations

import numpy as np
import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.spaced_names import spaced, spaced_names


def _names(text: str) -> list[str]:
    """Give the values of names whose letters stand apart."""
    return [text[start:end] for start, end, *_ in spaced_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Protokoll: Herr K ü h n q u a s t und Frau Rabe", "K ü h n q u a s t"),
        ("Zeuge: H u b e r t  N ö l d e k e, Schmied", "H u b e r t  N ö l d e k e"),
        ("Nazwisko: Q w i ą t e k   ", "Q w i ą t e k"),
        ("osoba: Paweł Q ą b r ó w k a, konto", "Paweł Q ą b r ó w k a"),
        ("left it to R o s w i t h a at noon", "R o s w i t h a"),
    ],
)
def test_letters_apart_are_a_name_where_lists_or_words_before_tell(text: str, name: str) -> None:
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "T A G E S O R D N U N G folgt",
        "V o r n a m e : siehe Rückseite",
        "please w r i t e it down",
        "PAN q k z p s four one two",
        "options a b c d and e",
        "Herr A B C",
    ],
)
def test_letters_apart_that_are_words_labels_or_codes_are_none(text: str) -> None:
    assert _names(text) == []


def test_rows_with_letters_apart_are_told() -> None:
    rows = join_bytes([b"Herr K \xc3\xbc h n a s t", b"a b c", b"plain words", b"1 2 3 4 5", b""])
    assert spaced(rows).tolist() == [True, False, False, False, False]
    assert not spaced(join_bytes([b"ab"])).any()
    assert spaced(rows).dtype == np.bool_


def test_a_name_in_letters_apart_is_found_whole() -> None:
    text = "Osobą kontaktową jest p. Paweł Q ą b r ó w k a, konto w aktach."
    found = [text[start:end] for start, end, common, _ in detect([text])[0] if common == "PERSON"]
    assert found == ["Paweł Q ą b r ó w k a"]
