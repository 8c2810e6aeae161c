"""Texts as numbers of words: against a plain definition, one text at a time."""

from __future__ import annotations

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leakkit as lk
from leakkit.bias.text.tokens import OTHER, Vocabulary, split_words, tokenise
from leakkit.bias.text.visible import composed

LARGE = pa.large_string()


def words_of(texts: list[str], vocabulary: Vocabulary | None = None) -> list[list[str]]:
    """Give the words of each text by way of numbers."""
    known = vocabulary or Vocabulary()
    found = tokenise(pa.array(texts, LARGE), known)
    words = [known.words[i] for i in found.words]
    return [words[a:b] for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The nurse's day", ["the", "nurse's", "day"]),
        ("'quoted' ''wiki'' don’t", ["quoted", "wiki", "don't"]),
        ("well-known snake_case a.b", ["well", "known", "snake", "case", "a", "b"]),
        ("“Grüße”—ÉTÉ…", ["grüße", "été"]),
        ("co\u00adoperate \u200bzero\u200d", ["cooperate", "zero"]),
        ("東京 hi 😀 ②", ["東京", "hi", "②"]),
        ("exactly8 nineteen9 abcdefgh'", ["exactly8", "nineteen9", "abcdefgh"]),
        ("' '' — ", []),
        ("a\x00b\x1fc", ["a", "b", "c"]),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_words_are_runs_of_letters_and_digits_in_lower_case(text: str, words: list[str]) -> None:
    assert split_words(text) == words
    assert words_of(["", text, "end"]) == [[], words, ["end"]]


@given(st.lists(st.text(st.sampled_from("aB9' _-éÉ’“ß\u00ad\n\0東x"), max_size=30), max_size=8), st.data())
def test_numbers_agree_with_the_plain_definition_in_any_batches(
    texts: list[str], data: st.DataObject
) -> None:
    known, at = Vocabulary(), data.draw(st.integers(0, len(texts)))
    assert words_of(texts[:at], known) + words_of(texts[at:], known) == [split_words(t) for t in texts]
    assert len(set(known.words)) == len(known.words)


def test_a_slice_of_an_array_is_read_as_it_stands() -> None:
    found = tokenise(pa.array(["a b", "c", "d e f", "g"], LARGE).slice(1, 2), vocabulary := Vocabulary())
    assert found.offsets.tolist() == [0, 1, 4] and found.documents().tolist() == [0, 1, 1, 1]
    assert [vocabulary.words[i] for i in found.words] == list("cdef")


def test_no_documents_have_no_words() -> None:
    assert tokenise(pa.array([], LARGE), Vocabulary()).offsets.tolist() == [0]
    assert words_of(["", ""]) == [[], []]


def test_a_full_vocabulary_gives_new_words_the_number_nought_and_stops_growing() -> None:
    known = Vocabulary(["she"], most_words=2)
    assert words_of(["she ran", "he ran, “he’d hid”"], known) == [["she", "ran"], ["", "ran", "", ""]]
    assert known.words == ["", "she", "ran"] and OTHER == 0
    before = len(known._several)
    for batch in range(9):
        words_of([" ".join(f"«n{batch}x{i}—she»" for i in range(1500))], known)
    assert (
        sum(len(pieces) for pieces, _ in known._pieces.values()) <= 6000
        and len(known._several) - before <= 4000
    )
    assert words_of(["«she» ran"], known) == [["she", "ran"]]


def test_a_closed_vocabulary_knows_only_its_words() -> None:
    known = Vocabulary(["she", "he"], most_words=0)
    assert tokenise(pa.array(["She and he and a"], LARGE), known).words.tolist() == [1, 0, 2, 0, 0]


def test_what_is_longer_than_any_word_is_not_told_apart_nor_kept() -> None:
    blobs = ["k" * 101, "k" * 5_000, "ä" * 101, "ä" * 5_000, "ä—" * 600, "k" * 100]
    vocabulary = Vocabulary()
    found = tokenise(pa.array([f"red {blob} cat" for blob in blobs]), vocabulary)
    assert vocabulary.words == ["", "red", "cat", "k" * 100, "ä"]
    assert np.diff(found.offsets).tolist() == [3, 3, 3, 3, 602, 3]
    assert [int(found.words[at + 1]) for at in found.offsets[:-1]] == [0, 0, 0, 0, 4, 3]


def test_words_are_one_however_their_letters_are_encoded() -> None:
    texts = ["caf\u00e9 \u0439 \u304c", "cafe\u0301 \u0438\u0306 \u304b\u3099", "CAFE\u200b\u0301"]
    vocabulary = Vocabulary()
    made = tokenise(pa.array(texts, pa.large_string()), vocabulary)
    assert made.words.tolist() == [1, 2, 3, 1, 2, 3, 1]
    assert vocabulary.words[1:] == ["caf\u00e9", "\u0439", "\u304c"]
    found = lk.count_windows(texts, {"it": ["cafe\u0301"]}, window=1)
    assert found[["word", "tokens"]].values.tolist() == [["\u0439", 2]]


def test_text_without_marks_is_handed_on_as_it_is() -> None:
    plain = pa.array(["x", "na\u00efve “quotes” — \u20ac5 \U0001f642", "caf\u00e9"], pa.large_string())
    assert composed(plain) is plain and composed(plain.slice(1)).to_pylist() == plain.to_pylist()[1:]
    for text in ("e\u0301", "\u212b", "\u1112\u1161\u11ab", "\u0438\u0306", "\u05e9\u05c2\u05bc"):
        assert composed(pa.array(["", text], pa.large_string())).to_pylist() == [
            "",
            unicodedata.normalize("NFC", text),
        ]
