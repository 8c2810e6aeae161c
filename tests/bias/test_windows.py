"""Words within reach of terms: against a plain count, one document at a time."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leakkit as lk
from leakkit.bias.text import windows
from leakkit.bias.text.tokens import split_words
from leakkit.bias.text.windows import count_windows
from leakkit.errors import BadParameterError

TERMS = {"n": ["nurse", "care worker", "nurse aide"], "p": ["Pilot"]}
WORDS = st.sampled_from("nurse care worker aide pilot a b c. Nurse’s d-e".split())


def plain(
    texts: list[str], terms: dict[str, list[str]], window: int
) -> dict[tuple[str, str], tuple[int, int]]:
    """Count by loops: occurrences and documents of each group and word."""
    tokens: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    for (group, of), text in itertools.product(terms.items(), texts):
        words = split_words(text)
        plain_words = [word.removesuffix("'s") for word in words]  # a term is found before 's, too
        spans = [
            (i, i + len(phrase))
            for phrase in map(split_words, of)
            for i in range(len(words))
            if [*words[i : i + len(phrase) - 1], *plain_words[i + len(phrase) - 1 : i + len(phrase)]]
            == phrase
        ]
        own = {i for a, b in spans for i in range(a, b)}
        near = {i for a, b in spans for i in range(max(0, a - window), min(len(words), b + window))} - own
        tokens.update((group, words[i]) for i in near)
        documents.update({(group, words[i]) for i in near})
    return {key: (n, documents[key]) for key, n in tokens.items()}


@given(st.lists(st.lists(WORDS, max_size=15).map(" ".join), max_size=6), st.integers(1, 4), st.integers(1, 3))
def test_counts_agree_with_a_loop_over_words_in_batches_of_any_size(
    texts: list[str], window: int, batch_rows: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "BATCH_ROWS", batch_rows)
        found = count_windows(texts, TERMS, window=window, most=None)
    rows = {(r.group, r.word): (r.tokens, r.documents) for r in found.itertuples()}
    assert rows == plain(texts, TERMS, window)


def test_shares_expectation_and_information_are_as_worked_by_hand() -> None:
    texts = ["nurse kind", "kind nurse kind", "pilot bold kind"]
    found = count_windows(texts, TERMS, window=1).set_index(["group", "word"])
    kind = found.loc[("n", "kind")]
    assert kind[["tokens", "documents", "n_documents", "share"]].tolist() == [3, 2, 2, 1.0]
    assert kind["expected"] == pytest.approx(3 * 4 / 8)
    assert kind["pmi"] == pytest.approx(math.log2(3 / 1.5))
    assert kind["low"] == pytest.approx(0.3424, abs=1e-4) and kind["high"] == 1
    assert lk.frames.WORD_WINDOWS.validate(found.reset_index()) is not None


def test_reach_ends_with_the_document() -> None:
    assert count_windows(["left", "nurse", "right"], TERMS, window=5).empty
    assert count_windows(["the care", "worker here"], TERMS).empty


def test_rows_are_the_most_frequent_words_that_are_wanted() -> None:
    texts = ["a nurse b"] * 3 + ["c nurse"] * 2 + ["d nurse"]
    assert count_windows(texts, TERMS, most=2)["word"].tolist() == ["a", "b"]
    assert count_windows(texts, TERMS, min_tokens=2, leave_out=["A"])["word"].tolist() == ["b", "c"]


def test_a_full_vocabulary_counts_the_words_it_knows() -> None:
    texts = [f"nurse word{i} kind" for i in range(50)]
    found = count_windows(["kind"], TERMS, most_words=6)
    assert found.empty
    found = count_windows(["kind", *texts], TERMS, most_words=6)
    assert found["word"].tolist() == ["kind"] and found["tokens"].tolist() == [50]


def test_a_stream_is_read_once_and_a_frame_gives_its_column() -> None:
    def stream() -> Iterator[str]:
        yield from ("kind nurse", "bold pilot")

    wanted = count_windows(["kind nurse", "bold pilot"], TERMS)
    pd.testing.assert_frame_equal(count_windows(stream(), TERMS), wanted)
    frame = pd.DataFrame({"body": ["kind nurse", "bold pilot"]})
    pd.testing.assert_frame_equal(count_windows(frame, TERMS, field="body"), wanted)


@pytest.mark.parametrize(("arguments", "words"), [({"window": 0}, "window"), ({"most": 0}, "most")])
def test_wrong_numbers_are_errors(arguments: dict[str, int], words: str) -> None:
    with pytest.raises(BadParameterError, match=words):
        count_windows(["x"], TERMS, **arguments)  # type: ignore[arg-type]
    with pytest.raises(BadParameterError, match="one text"):
        count_windows("x", TERMS)
