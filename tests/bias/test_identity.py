"""Counting identity terms: documents, tokens, duplicates, streams."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text import identity
from leakkit.errors import BadParameterError
from leakkit.stats import wilson_interval

TERMS = {"cats": ["cat", "cats"], "dogs": ["dog"], "birds": ["bird"]}


def by_group(frame: pd.DataFrame, column: str) -> dict[str, object]:
    """Give one column by group."""
    return dict(zip(frame["group"], frame[column], strict=True))


def test_documents_tokens_and_duplicates_are_counted_apart() -> None:
    texts = ["cat cat dog", "Cats!", None, "", "cat cat dog", "nothing"]
    frame = lk.count_identity_terms(texts, TERMS)
    lk.frames.REPRESENTATION.validate(frame)
    assert by_group(frame, "documents") == {"cats": 3, "dogs": 2, "birds": 0}
    assert by_group(frame, "tokens") == {"cats": 5, "dogs": 2, "birds": 0}
    assert by_group(frame, "distinct_documents") == {"cats": 2, "dogs": 1, "birds": 0}
    assert set(frame["n_documents"]) == {4}
    assert by_group(frame, "per_1000_documents")["cats"] == 750
    low, _ = wilson_interval(3, 4)
    assert by_group(frame, "per_1000_documents_low")["cats"] == pytest.approx(1000 * float(low), rel=1e-3)
    assert by_group(frame, "per_1000_documents_high")["birds"] > 0


def test_a_stream_in_many_batches_counts_like_a_list() -> None:
    texts = [f"{'cat ' * (i % 3)}number {i % 7}" for i in range(20_000)]
    whole = lk.count_identity_terms(texts, TERMS)
    pd.testing.assert_frame_equal(whole, lk.count_identity_terms((text for text in texts), TERMS))
    assert by_group(whole, "documents")["cats"] == sum(i % 3 > 0 for i in range(20_000))
    assert by_group(whole, "distinct_documents")["cats"] == 14


def test_no_text_gives_missing_rates_not_zero() -> None:
    frame = lk.count_identity_terms([], TERMS)
    assert frame["documents"].eq(0).all()
    assert frame["per_1000_documents"].isna().all()


def test_default_lexicon_counts_a_term_of_two_axes_for_both() -> None:
    frame = lk.count_identity_terms(["Black women met."])
    assert set(frame.loc[frame["documents"].eq(1), "group"]) == {"Black people", "women"}


def test_single_text_or_other_lexicon_is_an_error() -> None:
    with pytest.raises(BadParameterError, match="one text"):
        lk.count_identity_terms("women")
    with pytest.raises(BadParameterError, match="Expected a lexicon"):
        lk.count_identity_terms(["women"], 3)


def test_duplicates_are_not_told_beyond_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "MOST_DISTINCT", 3)
    few = lk.count_identity_terms(["cat", "cat one", "cat two"], TERMS)
    assert by_group(few, "distinct_documents")["cats"] == 3
    many = lk.count_identity_terms([f"cat {i}" for i in range(5)], TERMS)
    assert many["distinct_documents"].isna().all()
    assert by_group(many, "documents")["cats"] == 5
