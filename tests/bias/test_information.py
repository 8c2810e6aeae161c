"""Tests of the jackknife over folds of documents."""

from io import BytesIO

import numpy as np
import pytest

from leakkit.bias.text import cooccurrence
from leakkit.bias.text.embeddings import train_with_folds
from leakkit.bias.text.information import DocumentFolds


def corpus(documents: int = 200, seed: int = 0) -> list[str]:
    """Give documents of random words, a few of them frequent."""
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, 31)
    return [" ".join(f"w{i}" for i in random.choice(30, 12, p=share / share.sum())) for _ in range(documents)]


def test_counts_by_fold_add_up_to_the_counts_of_all() -> None:
    numbered = cooccurrence.number_texts(corpus(), None, BytesIO())
    chosen = cooccurrence.chosen_words(numbered, 1, 30)
    pairs, _ = cooccurrence.count_pairs(numbered, chosen, 4)
    rows = np.array([2, 5, 7])
    counted = cooccurrence.count_by_fold(numbered, chosen, 4, rows, 10).toarray().reshape(10, 3, -1)
    assert (counted.sum(axis=0) == (pairs + pairs.T).toarray()[rows]).all()
    assert (counted.sum(axis=(1, 2)) > 0).all()


def test_no_document_is_in_two_folds() -> None:
    texts = [" ".join([f"d{i}"] * 3) for i in range(60)]
    numbered = cooccurrence.number_texts(texts, None, BytesIO())
    chosen = cooccurrence.chosen_words(numbered, 1, 60)
    counted = cooccurrence.count_by_fold(numbered, chosen, 2, np.arange(60), 10)
    by_fold = counted.toarray().reshape(10, 60, 60).sum(axis=2) > 0
    assert (by_fold.sum(axis=0) == 1).all()
    assert (by_fold.sum(axis=1) > 0).sum() >= 8


def test_without_nothing_left_out_rows_become_the_vectors_themselves() -> None:
    made, folds = train_with_folds(corpus(), ["w2", "w5", "w9"], 10, dimension=6)
    assert folds is not None
    total = sum(folds.counts[3 * fold : 3 * fold + 3] for fold in range(10))
    assert folds._units(total) == pytest.approx(made.unit(folds.rows), abs=1e-4)
    assert np.abs(folds.vectors - made.unit(folds.rows)).max() < 0.8


def test_folds_are_those_of_vectors_projected_after_counting_anew() -> None:
    texts = corpus()
    _, folds = train_with_folds(texts, ["w1", "w4"], 10, dimension=6)
    assert folds is not None
    again = DocumentFolds(folds.rows, folds.counts, folds.expected, folds.projection)
    total = sum(folds.counts[2 * fold : 2 * fold + 2] for fold in range(10))
    by_hand = again._units(total - folds.counts[6:8])
    assert folds.vectors[3] == pytest.approx(by_hand)


def test_too_few_folds_with_the_words_tell_nothing() -> None:
    texts = [*(["rare one two a b"] * 2), *(["three four five"] * 60)]
    made, folds = train_with_folds(texts, ["one", "two", "a", "b"], 10, dimension=3, min_count=1)
    assert folds is not None
    sides = {s: np.array([made.find(w)]) for s, w in zip("xyab", ["one", "two", "a", "b"], strict=True)}
    assert folds.p_value(sides, 0.1) is None
