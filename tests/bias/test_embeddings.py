"""Tests of word vectors trained on a corpus, and of how pairs of words are counted for them."""

from collections import Counter
from io import BytesIO
from typing import Any

import numpy as np
import pytest

import leakkit as lk
from leakkit.bias.text import cooccurrence
from leakkit.bias.text.information import context_shares, positive_information


def corpus(documents: int = 60, words: int = 30, seed: int = 0) -> list[str]:
    """Give made-up documents of made-up words, frequent ones first."""
    random = np.random.default_rng(seed)
    lengths = random.integers(0, 40, documents)
    return [" ".join(f"w{i}" for i in random.zipf(1.5, n) if i <= words) for n in lengths]


def pairs_by_hand(texts: list[str], kept: set[str], window: int) -> Counter[tuple[str, str]]:
    """Count ordered pairs one by one."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = text.split()
        for i, one in enumerate(words):
            pairs.update((one, two) for two in words[i + 1 : i + 1 + window] if {one, two} <= kept)
    return pairs


@pytest.mark.parametrize("window", [1, 3, 50])
@pytest.mark.parametrize("at_once", [1, 7, 1_000_000])
def test_pairs_are_those_counted_one_by_one(monkeypatch: Any, window: int, at_once: int) -> None:
    monkeypatch.setattr(cooccurrence, "_WORDS_AT_ONCE", at_once)
    texts = [*corpus(), "", "w1"]
    numbered = cooccurrence.number_texts(texts, None, BytesIO())
    chosen = cooccurrence.chosen_words(numbered, 5, 12)
    words = [numbered.words[i] for i in chosen]
    pairs, dropped = cooccurrence.count_pairs(numbered, chosen, window)
    expected = pairs_by_hand(texts, set(words), window)
    counted = {(words[i], words[j]): int(pairs[i, j]) for i, j in zip(*pairs.nonzero(), strict=True)}
    assert counted == dict(expected)
    assert dropped == 0 and numbered.n_documents == 62


def test_words_are_chosen_by_frequency_and_then_by_the_alphabet() -> None:
    numbered = cooccurrence.number_texts(["b a c b", "a d d e"], None, BytesIO())
    chosen = cooccurrence.chosen_words(numbered, 1, 4)
    assert [numbered.words[i] for i in chosen] == ["a", "b", "d", "c"]
    assert numbered.n_tokens == 8


def test_rare_pairs_are_dropped_when_too_many_are_held(monkeypatch: Any) -> None:
    monkeypatch.setattr(cooccurrence, "MOST_PAIRS", 40)
    numbered = cooccurrence.number_texts(corpus(200), None, BytesIO())
    pairs, dropped = cooccurrence.count_pairs(numbered, cooccurrence.chosen_words(numbered, 1, 30), 5)
    assert pairs.nnz <= 40 and dropped >= 2 and pairs.data.min() >= dropped
    made = lk.train_embeddings(corpus(200), dimension=5, min_count=1)
    assert any("were dropped" in note for note in made.notes)


def test_information_is_that_of_the_formula() -> None:
    from scipy import sparse

    counts = np.array([[2, 5, 0], [0, 0, 1], [3, 0, 4]])
    both = counts + counts.T
    word, context = both.sum(1) / both.sum(), both.sum(0) ** 0.75 / (both.sum(0) ** 0.75).sum()
    with np.errstate(divide="ignore"):
        expected = np.maximum(np.log(both / both.sum() / np.outer(word, context)), 0)
    found = positive_information(sparse.csr_matrix(both), context_shares(both)).toarray()
    assert found == pytest.approx(expected, abs=1e-12)


def test_products_of_the_vectors_rebuild_a_symmetric_matrix_in_full_dimension() -> None:
    from scipy import sparse

    from leakkit.bias.text.embeddings import _decompose

    root = np.random.default_rng(0).random((6, 6))
    positive = root @ root.T  # left and right vectors are the same
    vectors = _decompose(sparse.csr_matrix(positive), 6, 0).astype(float)
    assert vectors @ vectors.T == pytest.approx(positive, abs=1e-5)
    assert (vectors[np.abs(vectors).argmax(0), range(6)] > 0).all()


def test_large_and_small_matrices_are_decomposed_alike(monkeypatch: Any) -> None:
    from leakkit.bias.text import embeddings

    texts = corpus(300, 60, seed=3)
    small = lk.train_embeddings(texts, dimension=6, min_count=2)
    monkeypatch.setattr(embeddings, "_DENSE_UP_TO", 2)
    large = lk.train_embeddings(texts, dimension=6, min_count=2)
    other = lk.train_embeddings(texts, dimension=6, min_count=2, seed=9)
    assert large.vectors == pytest.approx(small.vectors, abs=1e-4)
    assert other.vectors == pytest.approx(large.vectors, abs=1e-4)


def test_vectors_are_the_same_twice_whatever_the_batches() -> None:
    texts = corpus(200)
    first, second = (lk.train_embeddings(t, dimension=8) for t in (texts, (text for text in texts)))
    assert first.words == second.words
    assert first.vectors.tobytes() == second.vectors.tobytes()
    assert first.vectors.dtype == np.float32 and first.counts is not None
    assert first.counts.tolist() == sorted(first.counts.tolist(), reverse=True)
    assert first.n_documents == 200


def test_words_with_like_neighbours_get_like_vectors() -> None:
    random = np.random.default_rng(2)
    near = {"cat": "purrs milk claws", "kitten": "purrs milk claws", "dog": "barks bone leash"}
    near["puppy"] = near["dog"]
    texts = []
    for _ in range(800):
        animal = random.choice(list(near))
        others = [*near[animal].split(), *(f"w{i}" for i in random.integers(0, 50, 4))]
        texts.append(" ".join([animal, *random.permutation(others)[:4]]))
    made = lk.train_embeddings(texts, dimension=10, min_count=5)
    for one, other in (("cat", "kitten"), ("puppy", "dog")):  # never in one document
        nearest = set(made.nearest(one, most=4)["word"])
        assert other in nearest and len(nearest & {"cat", "kitten", "dog", "puppy"}) == 1


def test_what_was_cut_is_said() -> None:
    made = lk.train_embeddings(corpus(200), dimension=100, most_words=10)
    assert len(made) == 10 and made.vectors.shape[1] <= 9
    assert "Only the 10 most frequent words are kept" in made.notes
    assert any("dimensions, not 100" in note for note in made.notes)


@pytest.mark.parametrize("texts", [[], ["", None], ["one two", "one two"] * 9])
def test_too_little_text_is_an_error(texts: list[Any]) -> None:
    with pytest.raises(lk.errors.BadParameterError, match="at least 3 words"):
        lk.train_embeddings(texts)


@pytest.mark.parametrize("setting", ["dimension", "window", "min_count", "most_words"])
def test_settings_out_of_range_are_named(setting: str) -> None:
    with pytest.raises(lk.errors.BadParameterError, match=setting):
        lk.train_embeddings(["a b c"], **{setting: 0})


def test_words_that_never_stand_together_have_no_direction() -> None:
    made = lk.train_embeddings(["alone", "apart", "lonely"] * 5, dimension=2)
    assert len(made) == 3 and "alone" not in made
