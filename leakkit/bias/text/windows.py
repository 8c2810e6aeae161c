"""Words within reach of the terms of groups, counted in one pass over text of any size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.settings import check_whole
from leakkit.bias.text.term_places import Places, TermFinder
from leakkit.bias.text.tokens import MOST_WORDS, OTHER, Tokens, most_frequent, words_of
from leakkit.bias.text.word_counts import BATCH_ROWS
from leakkit.bias.text.word_rows import shown_word
from leakkit.frames.bias_text import WORD_WINDOWS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def count_windows(
    texts: Any,
    terms: Any = None,
    *,
    lexicon: Any = None,
    window: int = 5,
    most: int | None = 100,
    min_tokens: int = 1,
    field: str | None = None,
    leave_out: Iterable[str] = (),
    level: float = 0.95,
    most_words: int = MOST_WORDS,
) -> pd.DataFrame:
    """Count the words that stand within reach of the terms of each group.

    Counts describe; they test nothing. To ask whether groups differ, use `word_associations` with
    ``terms=`` and ``window=``, which takes the document as the unit.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow table, Records or Path
        Documents, as `text_batches` reads them; read once, a few megabytes at a time.
    terms, lexicon : optional
        Terms of each group, as one or the other: ``{"nurses": ["nurse", "care worker"]}``, a lexicon frame, or
        the name or path of one; left out, the identity terms that ship with leakkit. A document may mention
        several groups; its words count for each.
    window : int
        A word counts when it is at most so many words from a term, in the same document, across sentences.
        It counts once, however many terms of the group are near. The group's own terms do not count.
    most : int, optional
        Most rows of a group, by occurrences; None for all.
    min_tokens : int
        Words with fewer occurrences within reach are left out.
    field : str, optional
        Column or field with the texts.
    leave_out : iterable of str
        Words to leave out.
    level : float
        Of Wilson's intervals.
    most_words : int
        Bound on memory: words first seen when so many are known are not told apart (and not counted).

    Returns
    -------
    pandas.DataFrame
        A frame as ``lk.frames.WORD_WINDOWS.describe()`` says, sorted by group and word. ``expected`` is what
        there would be if the words within reach were drawn from the whole text.

    Raises
    ------
    BadParameterError
        No terms, a window below 1, or texts that are none.

    Examples
    --------
    >>> texts = ["The nurse cared", "a kind nurse, a kind care worker", "the pilot flew"]
    >>> found = count_windows(texts, {"nurses": ["nurse", "care worker"]}, window=2)
    >>> found[["word", "tokens", "documents", "n_documents"]].values.tolist()
    [['a', 2, 1, 2], ['cared', 1, 1, 2], ['kind', 2, 1, 2], ['the', 1, 1, 2]]
    """
    check_whole(window=window, most=most, min_tokens=min_tokens)
    left_out = words_of(leave_out)
    finder = TermFinder(terms, lexicon, most_words=most_words)
    counts = WindowCounts(len(finder.names), window)
    for array in text_batches(texts, field=field, batch_rows=BATCH_ROWS):
        counts.add(*finder.read(array), len(finder.vocabulary))
    without = {finder.vocabulary.ids.get(word, OTHER) for word in left_out}
    batches = [
        _rows(counts, group, finder, sorted(without | {OTHER}), most, min_tokens, level)
        for group in range(len(finder.names))
    ]
    return WORD_WINDOWS.from_batches(batches)


class WindowCounts:
    """Counts by group and word, growing with the vocabulary only."""

    def __init__(self, groups: int, window: int) -> None:
        self.window = window
        self.all_tokens = 0
        self.totals = np.zeros(0, np.int64)  # of each word in the whole text
        self.tokens = np.zeros((groups, 0), np.int64)
        self.documents = np.zeros((groups, 0), np.int64)
        self.mentioning = np.zeros(groups, np.int64)

    def add(self, tokens: Tokens, places: Places, words: int) -> None:
        """Count one batch; `words` are known by now."""
        self._grow(words)
        size = len(self.totals)
        self.all_tokens += len(tokens.words)
        self.totals += np.bincount(tokens.words, minlength=size)
        document = np.searchsorted(tokens.offsets, places.starts, side="right") - 1
        for group in range(len(self.tokens)):
            mine = document[places.groups == group]
            if not len(mine):
                continue
            self.mentioning[group] += len(np.unique(mine))
            at = places.near(group, self.window, tokens)
            near = tokens.words[at]
            self.tokens[group] += np.bincount(near, minlength=size)
            held = np.searchsorted(tokens.offsets, at, side="right") - 1
            self.documents[group] += np.bincount(_once(held, near), minlength=size)

    def _grow(self, words: int) -> None:
        """Make room for words that are new."""
        width = len(self.totals)
        if words > width:
            more = max(words, width + width // 2) - width
            self.totals = np.pad(self.totals, (0, more))
            self.tokens = np.pad(self.tokens, ((0, 0), (0, more)))
            self.documents = np.pad(self.documents, ((0, 0), (0, more)))


def _once(documents: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Give each word of each document once."""
    keys = np.sort((documents << 32) | words)
    return keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]] & 0xFFFFFFFF


def _rows(
    counts: WindowCounts,
    group: int,
    finder: TermFinder,
    without: list[int],
    most: int | None,
    min_tokens: int,
    level: float,
) -> pa.RecordBatch:
    """Make the rows of one group."""
    import pyarrow as pa

    from leakkit.leak.text import printable
    from leakkit.stats import wilson_interval

    tokens = counts.tokens[group].copy()
    within = tokens.sum()
    tokens[[word for word in without if word < len(tokens)]] = 0
    words = np.flatnonzero(tokens >= min_tokens)
    words = most_frequent(words, tokens[words], finder.vocabulary.words, most)
    n = counts.mentioning[group]
    low, high = wilson_interval(counts.documents[group, words], n, level)
    expected = within * counts.totals[words] / max(counts.all_tokens, 1)
    columns = {
        "group": [printable(finder.names[group], 200)] * len(words),
        "word": [shown_word(finder.vocabulary.words[word]) for word in words],
        "tokens": tokens[words],
        "documents": counts.documents[group, words],
        "n_documents": np.full(len(words), n),
        "share": counts.documents[group, words] / max(n, 1),
        "low": low,
        "high": high,
        "expected": expected,
        "pmi": np.log2(tokens[words] / expected),
    }
    arrays = [pa.array(columns[f.name], f.type, from_pandas=True) for f in WORD_WINDOWS.arrow_schema]
    return pa.RecordBatch.from_arrays(arrays, schema=WORD_WINDOWS.arrow_schema)
