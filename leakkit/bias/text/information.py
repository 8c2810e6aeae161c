"""Positive pointwise mutual information of words and their neighbours, and what it is without some documents.

Words of one set often stand in the same few documents. Then they are not as many witnesses as there are
words, and a test over words alone finds associations in noise. So the documents are parted into folds;
the rows of the tested words are counted again without each fold and turned into vectors in the
space of the whole corpus; how much the statistic moves tells its error (a jackknife over folds of documents).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

CONTEXT_SMOOTHING = 0.75
FEWEST_FOLDS = 5
"""Folds that must hold words of a test for it to be judged by documents."""


def context_shares(both: Any) -> Floats:
    """Give each context's share of all contexts, frequencies raised to .75; 1 for one never seen."""
    smoothed = np.asarray(both.sum(axis=0), dtype=np.float64).ravel() ** CONTEXT_SMOOTHING
    return np.where(smoothed > 0, smoothed / max(smoothed.sum(), 1.0), 1.0)


def positive_information(counts: Any, expected: Floats) -> Any:
    """Turn rows of counts of neighbours into positive pointwise mutual information (natural log)."""
    found = counts.astype(np.float64).tocsr()
    found.eliminate_zeros()
    found.sort_indices()
    totals = np.repeat(np.asarray(found.sum(axis=1)).ravel(), np.diff(found.indptr))
    found.data = np.maximum(np.log(found.data / (totals * expected[found.indices])), 0.0)
    found.eliminate_zeros()
    return found


@dataclass(frozen=True, eq=False)
class DocumentFolds:
    """Counts of some words by fold of documents, and how counts become vectors.

    `rows` are the rows of the words in the embeddings; row ``fold * len(rows) + i`` of `counts` is word i.
    """

    rows: Integers
    counts: Any
    expected: Floats
    projection: Floats

    @cached_property
    def vectors(self) -> Floats:
        """Unit vectors (folds, words, dimensions) without each fold; zeros where nothing is left."""
        n = len(self.rows)
        parts = [self.counts[start : start + n] for start in range(0, self.counts.shape[0], n)]
        total = sum(parts[1:], parts[0])
        return np.stack([self._units(total - part) for part in parts])

    def _units(self, counts: Any) -> Floats:
        """Give the unit vectors of rows of counts."""
        vectors = positive_information(counts, self.expected) @ self.projection
        lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
        return vectors / np.where(lengths > 0, lengths, 1.0)

    def differences(self, sides: dict[str, Integers]) -> Floats:
        """Give the difference of mean associations of x and y without each fold."""
        place = {side: np.searchsorted(self.rows, rows) for side, rows in sides.items()}
        mean = {side: self.vectors[:, places].mean(axis=1) for side, places in place.items()}
        return np.einsum("fd,fd->f", mean["x"] - mean["y"], mean["a"] - mean["b"])

    def p_value(self, sides: dict[str, Integers], difference: float) -> float | None:
        """Give the two-sided p-value of no difference with documents as the unit; None if too few folds."""
        from scipy.special import stdtr

        without = self.differences(sides)
        moved = int((np.abs(without - difference) > 1e-7).sum())
        if moved < FEWEST_FOLDS:
            return None
        folds = len(without)
        error = np.sqrt((folds - 1) / folds * ((without - without.mean()) ** 2).sum())
        return float(2 * stdtr(moved - 1, -abs(difference) / error)) if error > 0 else None
