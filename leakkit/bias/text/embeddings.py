"""Word vectors trained on a corpus: positive pointwise mutual information, then its singular vectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.cooccurrence import (
    chosen_words,
    count_by_fold,
    count_pairs,
    number_texts,
    spooled,
)
from leakkit.bias.text.information import DocumentFolds, context_shares, positive_information
from leakkit.bias.text.settings import check_whole
from leakkit.bias.text.vectors import Embeddings
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DENSE_UP_TO = 400
_NOTHING = 1e-6


class TooLittleTextError(BadParameterError):
    """The texts hold too few words that are frequent enough to train anything."""


def train_embeddings(
    texts: Any,
    *,
    dimension: int = 100,
    window: int = 5,
    min_count: int = 5,
    most_words: int = 50_000,
    seed: int = 0,
    field: str | None = None,
) -> Embeddings:
    """Train word vectors on texts.

    Parameters
    ----------
    texts : texts
        Whatever ``text_batches`` reads: a list, a column, a frame with `field`, Arrow data, a leak's
        records. Read once, as a stream.
    dimension : int
        Length of the vectors; shorter where the vocabulary is smaller.
    window : int
        Words up to so many places apart, in one document, count as near.
    min_count : int
        Rarer words are left out (they keep their place in the text).
    most_words : int
        Only so many of the most frequent words are kept.
    seed : int
        Seed of the start of the decomposition; it changes no more than the last digits.
    field : str, optional
        Which column of a frame of texts.

    Returns
    -------
    Embeddings
        Words by falling frequency with their counts. ``notes`` says what was cut.

    Raises
    ------
    BadParameterError
        If a setting is out of its range, or fewer than three words are frequent enough.

    Notes
    -----
    Counts of pairs become positive pointwise mutual information with context frequencies raised to .75
    (Levy, Goldberg and Dagan, TACL 2015); vectors are the left singular vectors times the roots of the
    singular values; of each dimension the largest entry is positive. Memory: the vocabulary (at most a
    million words while reading), at most 30 million distinct pairs (about half a gigabyte; then the
    rarest pairs are dropped and a note says so), and the numbers of the words, which lie in a temporary
    file when they exceed 256 MB. What misleads: vectors of a small corpus are unsteady; those of rare words most.

    Examples
    --------
    >>> import leakkit as lk
    >>> texts = ["the ferry left the harbour", "the ferry came to the harbour", "goats graze on the hill"]
    >>> made = lk.train_embeddings(texts * 3, dimension=3, min_count=3)
    >>> made.words[:3], made.vectors.shape
    (('the', 'ferry', 'harbour'), (10, 3))
    """
    return train_with_folds(
        texts,
        (),
        0,
        dimension=dimension,
        window=window,
        min_count=min_count,
        most_words=most_words,
        seed=seed,
        field=field,
    )[0]


def train_with_folds(
    texts: Any,
    words: Iterable[str],
    folds: int,
    *,
    dimension: int = 100,
    window: int = 5,
    min_count: int = 5,
    most_words: int = 50_000,
    seed: int = 0,
    field: str | None = None,
) -> tuple[Embeddings, DocumentFolds | None]:
    """Train vectors, and keep what is needed to tell how those of `words` change without some documents."""
    check_whole(dimension=dimension, window=window, min_count=min_count, most_words=most_words)
    check_whole(0, seed=seed)
    with spooled() as file:
        numbered = number_texts(texts, field, file)
        chosen = chosen_words(numbered, min_count, most_words)
        if len(chosen) < 3:
            raise TooLittleTextError(
                f"Expected at least 3 words that occur {min_count} times or more",
                f"found {len(chosen)} in {numbered.n_documents} documents",
                "give more text or a smaller min_count",
            )
        pairs, dropped = count_pairs(numbered, chosen, window)
        both = (pairs + pairs.T).tocsr()
        expected = context_shares(both)
        matrix = positive_information(both, expected)
        vectors = _decompose(matrix, min(dimension, len(chosen) - 1), seed)
        made = Embeddings(
            tuple(numbered.words[i] for i in chosen),
            vectors,
            numbered.counts[chosen],
            numbered.n_documents,
            numbered.n_tokens,
            _notes(len(chosen), vectors.shape[1], dimension, most_words, dropped),
        )
        known = (made.find(word) for word in words)
        rows = np.array(sorted({row for row in known if row is not None}), dtype=np.int64)
        if not folds or not len(rows):
            return made, None
        counted = count_by_fold(numbered, chosen, window, rows, folds)
    return made, DocumentFolds(rows, counted, expected, _projection(matrix, vectors))


def _notes(n_words: int, got: int, dimension: int, most_words: int, dropped: int) -> tuple[str, ...]:
    """Say what was cut."""
    notes = []
    if n_words == most_words:
        notes.append(f"Only the {most_words:,} most frequent words are kept")
    if got < dimension:
        notes.append(f"The corpus bears {got} dimensions, not {dimension}")
    if dropped:
        notes.append(
            f"Pairs seen fewer than {dropped} times in a part of the text were dropped, to stay in memory"
        )
    return tuple(notes)


def _projection(matrix: Any, vectors: NDArray[np.float32]) -> Floats:
    """Give what turns a row of information into a vector: the rows of `matrix` into `vectors`."""
    squares = (vectors.astype(np.float64) ** 2).sum(axis=0)  # singular values
    return (matrix.T @ vectors.astype(np.float64)) / np.maximum(squares, _NOTHING**2) ** 2


def _decompose(matrix: Any, dimension: int, seed: int) -> NDArray[np.float32]:
    """Give the left singular vectors times the roots of the singular values, signs fixed."""
    if matrix.shape[0] <= _DENSE_UP_TO:
        left, values, _ = np.linalg.svd(matrix.toarray())
        left, values = left[:, :dimension], values[:dimension]
    else:
        from scipy.sparse.linalg import svds

        start = np.random.default_rng(seed).standard_normal(matrix.shape[0])
        left, values, _ = svds(matrix, k=dimension, v0=start, solver="arpack", return_singular_vectors="u")
        order = np.argsort(-values, kind="stable")
        left, values = left[:, order], values[order]
    kept = values > _NOTHING * max(values[0], _NOTHING)
    if not kept.any():
        return np.zeros((matrix.shape[0], 1), dtype=np.float32)
    return _fixed_signs(left[:, kept]) * np.sqrt(values[kept]).astype(np.float32)


def _fixed_signs(left: Floats) -> NDArray[np.float32]:
    """Turn each column so that its largest entry (the first of equals, to rounding) is positive."""
    size = np.abs(left)
    largest = np.argmax(size >= size.max(axis=0) * (1 - 1e-6), axis=0)
    signs = np.sign(left[largest, np.arange(left.shape[1])])
    return (left * signs).astype(np.float32)
