"""Word vectors: words, their vectors and counts, and how to look a word up among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from leakkit.bias.text.word_rows import shown_word
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Integers = NDArray[np.int64]

_ROWS_AT_ONCE = 65_536


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Words and their vectors.

    Attributes
    ----------
    words : tuple of str
        The vocabulary, as the text or the file has it (not escaped: escape before showing).
    vectors : numpy.ndarray
        One float32 row a word.
    counts : numpy.ndarray or None
        Occurrences of each word in the text (int64); None where nobody counted them.
    n_documents, n_tokens : int or None
        What they were trained on; None where it is not known.
    notes : tuple of str
        What was left out or cut while they were made.

    Examples
    --------
    >>> made = Embeddings.from_vectors(["ferry", "harbour", "hill"], [[1, 0], [0.8, 0.6], [0, 1]])
    >>> made.nearest("ferry", most=1).values.tolist()
    [['harbour', 0.800000011920929]]
    """

    words: tuple[str, ...]
    vectors: Singles
    counts: Integers | None = None
    n_documents: int | None = None
    n_tokens: int | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def from_vectors(
        cls, words: Iterable[str], vectors: ArrayLike, *, counts: ArrayLike | None = None
    ) -> Embeddings:
        """Take vectors made elsewhere.

        Parameters
        ----------
        words : iterable of str
            Distinct words, one a row of `vectors`. Without `counts` the order is taken as falling
            frequency when random words of like frequency are drawn.
        vectors : array of numbers
            Words by dimensions, finite.
        counts : array of integers, optional
            Occurrences of each word.

        Returns
        -------
        Embeddings

        Raises
        ------
        BadParameterError
            If shapes do not fit, a word comes twice or a number is not finite.
        """
        listed = tuple(words)
        try:
            matrix = np.asarray(vectors, dtype=np.float32)
            counted = None if counts is None else np.asarray(counts, dtype=np.int64)
        except (TypeError, ValueError):
            raise BadParameterError(
                "Expected a table of numbers, one row a word",
                "found rows of unlike length or no numbers",
                "give an array of words by dimensions",
            ) from None
        _check(listed, matrix, counted)
        return cls(listed, matrix, counted)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.find(word) is not None

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def lengths(self) -> Floats:
        """Euclidean length of each vector."""
        return np.sqrt(np.einsum("ij,ij->i", self.vectors, self.vectors, dtype=np.float64))

    def find(self, word: str) -> int | None:
        """Give the row of `word`, or of its lower-case form; None if absent or without direction."""
        row = self._rows.get(word)
        row = self._rows.get(word.lower()) if row is None else row
        return None if row is None or self.lengths[row] == 0 else row

    def unit(self, rows: Sequence[int] | Integers) -> Floats:
        """Give the vectors of `rows` at length 1."""
        chosen = np.asarray(rows, dtype=np.int64)
        return self.vectors[chosen].astype(np.float64) / self.lengths[chosen, None]

    def project(self, direction: ArrayLike) -> Floats:
        """Give the product of every word's unit vector with `direction`; missing for a vector of zeros."""
        along = np.asarray(direction, dtype=np.float64)
        parts = [
            self.vectors[start : start + _ROWS_AT_ONCE].astype(np.float64) @ along
            for start in range(0, len(self), _ROWS_AT_ONCE)
        ]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.lengths > 0, np.concatenate(parts) / self.lengths, np.nan)

    def nearest(self, word: str, *, most: int = 10) -> pd.DataFrame:
        """List the words nearest to `word` by cosine.

        Parameters
        ----------
        word : str
            A word of the vocabulary.
        most : int
            How many.

        Returns
        -------
        pandas.DataFrame
            ``word`` (string, escaped) and ``cosine`` (Float64), nearest first, without the word itself.

        Raises
        ------
        BadParameterError
            If the word is not in the vocabulary.
        """
        import pandas as pd

        row = self.find(word)
        if row is None:
            raise BadParameterError(
                "Expected a word of the vocabulary", "found another", "see the words of these embeddings"
            )
        cosines = self.project(self.unit([row])[0])
        order = np.argsort(-cosines, kind="stable")
        rows = [int(i) for i in order if i != row and np.isfinite(cosines[i])][: max(most, 0)]
        return pd.DataFrame(
            {
                "word": pd.array([shown_word(self.words[i]) for i in rows], dtype="string"),
                "cosine": pd.array(cosines[rows].astype(np.float32), dtype="Float64"),
            }
        )


def _check(words: tuple[str, ...], vectors: Singles, counts: Integers | None) -> None:
    """Raise unless words, vectors and counts fit each other."""
    if not words or any(not isinstance(word, str) for word in words):
        raise BadParameterError(
            "Expected words, each a str", "found none, or something else", "give one str a vector"
        )
    if vectors.ndim != 2 or vectors.shape[0] != len(words) or vectors.shape[1] == 0:
        raise BadParameterError(
            f"Expected one vector for each of {len(words)} words",
            f"found an array of shape {vectors.shape}",
            "give an array of words by dimensions",
        )
    if len(set(words)) != len(words):
        raise BadParameterError("Expected distinct words", "found one twice", "keep one vector a word")
    if not np.isfinite(vectors).all():
        raise BadParameterError(
            "Expected finite numbers", "found a missing or infinite one", "leave these words out"
        )
    if counts is not None and (counts.shape != (len(words),) or (counts < 0).any()):
        raise BadParameterError(
            "Expected one count of 0 or more a word", "found others", "give counts as long as the words"
        )
