"""How often two words stand within reach of each other in a corpus: two passes, bounded memory.

The first pass numbers the words of the texts and keeps the numbers alone, in memory up to 256 MB and
beyond that in a nameless temporary file (4 bytes a word, no text, gone with the process). The second
counts pairs of the words that are kept, a million words at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.tokens import Vocabulary, tokenise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

_END = np.uint32(2**32 - 1)  # stands after the last word of each document
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # spreads neighbouring documents over the folds
_IN_MEMORY = 256 * 2**20
_WORDS_AT_ONCE = 1_000_000
MOST_PAIRS = 30_000_000
"""Distinct pairs held at once: about 240 MB, twice that while parts are added up."""


@dataclass(frozen=True)
class NumberedTexts:
    """A corpus as numbers of words: the words, their counts, and a file of the numbers in order."""

    words: list[str]
    counts: Integers
    n_documents: int
    file: IO[bytes]

    @property
    def n_tokens(self) -> int:
        """How many words there are in all."""
        return int(self.counts.sum())


def spooled() -> IO[bytes]:
    """Give a file to close after use: in memory while it is small, then on disk without a name."""
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))


def number_texts(texts: Any, field: str | None, file: IO[bytes]) -> NumberedTexts:
    """Read texts once and keep their words as numbers in `file`."""
    vocabulary = Vocabulary()
    counts, n_documents = np.zeros(1, dtype=np.int64), 0
    for array in text_batches(texts, field=field):
        tokens = tokenise(array, vocabulary)
        counts = np.pad(counts, (0, len(vocabulary) - len(counts)))
        counts += np.bincount(tokens.words, minlength=len(counts))
        n_documents += len(array)
        file.write(np.insert(tokens.words.astype("<u4"), tokens.offsets[1:], _END).tobytes())
    return NumberedTexts(vocabulary.words, counts, n_documents, file)


def chosen_words(numbered: NumberedTexts, min_count: int, most_words: int) -> Integers:
    """Give the numbers of the words that are kept: most frequent first, equals by the alphabet."""
    often = [i for i in np.flatnonzero(numbered.counts >= min_count).tolist() if i > 0]
    often.sort(key=lambda i: (-int(numbered.counts[i]), numbered.words[i]))
    return np.array(often[:most_words], dtype=np.int64)


def count_pairs(numbered: NumberedTexts, chosen: Integers, window: int) -> tuple[Any, int]:
    """Count pairs of the chosen words up to `window` places apart in a document.

    Words that are not chosen keep their place. Gives a sparse matrix with one row and column a chosen
    word (the earlier word in the row), and below how many occurrences pairs were dropped to stay within
    memory (0: none were).
    """
    from scipy import sparse

    rank = np.full(len(numbered.words), -1, dtype=np.int32)
    rank[chosen] = np.arange(len(chosen), dtype=np.int32)
    total = sparse.csr_matrix((len(chosen), len(chosen)), dtype=np.int32)
    dropped = 0
    for left, right, _ in _pairs(numbered.file, rank, window):
        ones = np.ones(len(left), dtype=np.int32)
        total = total + sparse.coo_matrix((ones, (left, right)), shape=total.shape).tocsr()
        while total.nnz > MOST_PAIRS:
            dropped += 1
            total.data[total.data <= dropped] = 0
            total.eliminate_zeros()
    return total, dropped + 1 if dropped else 0


def count_by_fold(numbered: NumberedTexts, chosen: Integers, window: int, rows: Integers, folds: int) -> Any:
    """Count the neighbours of some of the chosen words, documents parted into `folds`.

    Gives a sparse matrix with a column a chosen word; row ``fold * len(rows) + i`` is word ``rows[i]``.
    """
    from scipy import sparse

    rank = np.full(len(numbered.words), -1, dtype=np.int32)
    rank[chosen] = np.arange(len(chosen), dtype=np.int32)
    place = np.full(len(chosen), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    total = sparse.csr_matrix((folds * len(rows), len(chosen)), dtype=np.int32)
    for left, right, documents in _pairs(numbered.file, rank, window):
        fold = (documents.astype(np.uint64) * _SPREAD >> np.uint64(33)).astype(np.int64) % folds
        for one, other in ((left, right), (right, left)):
            wanted = place[one] >= 0
            row = fold[wanted] * len(rows) + place[one[wanted]]
            ones = np.ones(len(row), dtype=np.int32)
            total = total + sparse.coo_matrix((ones, (row, other[wanted])), shape=total.shape).tocsr()
    return total


def _pairs(file: IO[bytes], rank: Any, window: int) -> Iterator[tuple[Any, Any, Any]]:
    """Give the ranks of the earlier and the later word of pairs and their document, part by part."""
    file.seek(0)
    document, held = 0, (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64))
    while raw := file.read(4 * _WORDS_AT_ONCE):
        numbers = np.frombuffer(raw, dtype="<u4")
        ends = numbers == _END
        documents = document + np.cumsum(ends)
        document = int(documents[-1])
        words = np.concatenate([held[0], rank[numbers[~ends]]])
        places = np.concatenate([held[1], documents[~ends]])
        yield from _pairs_of(words, places, len(held[0]), window)
        held = words[-window:], places[-window:]


def _pairs_of(words: Any, documents: Any, seen: int, window: int) -> Iterator[tuple[Any, Any, Any]]:
    """Give pairs whose later word is not among the first `seen`, all distances together."""
    left, right, where = [], [], []
    for distance in range(1, min(window, len(words) - 1) + 1):
        first = max(seen - distance, 0)
        one, other = words[first:-distance], words[first + distance :]
        both = (one >= 0) & (other >= 0) & (documents[first:-distance] == documents[first + distance :])
        left.append(one[both])
        right.append(other[both])
        where.append(documents[first:-distance][both])
    if left:
        yield np.concatenate(left), np.concatenate(right), np.concatenate(where)
