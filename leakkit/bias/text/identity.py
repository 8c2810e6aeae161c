"""How many documents mention a group: counting the terms of a lexicon in texts of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.terms import Hits, Terms
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_DISTINCT = 5_000_000
"""Documents with a term whose hashes are held (about half a gigabyte); beyond it duplicates are not told."""


def count_identity_terms(
    texts: Any, lexicon: Any = None, *, terms: Any = None, field: str | None = None
) -> pd.DataFrame:
    """Documents and occurrences that mention each group of a lexicon, per thousand documents.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow array, Records or pathlib.Path
        Documents; see `text_batches`. They are read once, a batch at a time.
    lexicon, terms : optional
        The groups, as one or the other: a name or path that `load_lexicon` takes, a LEXICON frame, or a
        dictionary ``{group: [term, ...]}`` or ``{axis: {group: [term, ...]}}``; left out, the identity terms
        that ship with leakkit, outdated and offensive ones included.
    field : str, optional
        Column or field that holds the text.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.REPRESENTATION`, a row for each group of the lexicon, also where nothing was
        found. Documents without text are not looked at. ``distinct_documents`` counts exact duplicates once;
        missing where more than five million documents mention a group.

    Raises
    ------
    BadParameterError
        `texts` or `lexicon` is nothing of the kind.

    Notes
    -----
    Misleading: the figure is about words. A text that mentions a group need not be by it, for it or fair to it;
    words have other senses; many groups go unnamed because they are taken for granted ("the man", not "the
    straight man"). Terms are English, so "man" and "men" in German or Swedish text count too. The interval is
    Wilson's and takes documents for independent: copies make it too narrow.

    Examples
    --------
    >>> found = count_identity_terms(["Two women spoke.", "A woman, then women", "Rain"])
    >>> found.loc[found["group"].eq("women"), ["documents", "n_documents", "tokens"]].values.tolist()
    [[2, 3, 3]]
    """
    tally = Tally(Terms(as_lexicon(lexicon, terms=terms)))
    for batch in text_batches(texts, field=field):
        tally.add(batch)
    return tally.frame()


class Tally:
    """Counts of groups over the batches of a stream."""

    def __init__(self, terms: Terms) -> None:
        size = len(terms.groups)
        self._terms = terms
        self.n_documents = 0
        self.documents = np.zeros(size, np.int64)
        self.tokens = np.zeros(size, np.int64)
        self.distinct = np.zeros(size, np.int64)
        self._seen: set[int] | None = set()

    def add(self, texts: pa.LargeStringArray) -> Hits:
        """Count one batch; give what was found in it."""
        self.n_documents += count_filled(texts)
        hits = self._terms.find(texts)
        found, groups = self._terms.of_groups(hits)
        size = len(self._terms.groups)
        self.tokens += np.bincount(groups, minlength=size)
        pairs = np.sort(hits.documents[found] * max(size, 1) + groups)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        documents, groups = np.divmod(pairs, max(size, 1))
        self.documents += np.bincount(groups, minlength=size)
        self.distinct += np.bincount(groups[self._is_new(hits, documents)], minlength=size)
        return hits

    def _is_new(self, hits: Hits, documents: np.ndarray) -> np.ndarray:
        """Tell which of some documents (rising, with repeats) did not occur before."""
        first = np.diff(documents, prepend=-1) > 0
        if self._seen is None:
            return np.zeros(len(documents), bool)
        seen, data = self._seen, hits.data
        chosen = documents[first]
        starts, ends = hits.offsets[chosen].tolist(), (hits.offsets[chosen + 1] - 1).tolist()
        keys = [hash(data[start:end]) for start, end in zip(starts, ends, strict=True)]
        fresh = []
        for key in keys:
            fresh.append(key not in seen)
            seen.add(key)
        if len(seen) > MOST_DISTINCT:
            self._seen = None
        return np.array(fresh, bool)[np.cumsum(first) - 1] if fresh else first

    def rows(self) -> list[dict[str, Any]]:
        """Give the rows of the frame."""
        counts = zip(
            self._terms.groups,
            self.documents.tolist(),
            self.tokens.tolist(),
            self.distinct.tolist(),
            strict=True,
        )
        told = self._seen is not None
        return [
            represented(axis, group, documents, self.n_documents, tokens, distinct if told else None)
            for (axis, group), documents, tokens, distinct in counts
        ]

    def frame(self) -> pd.DataFrame:
        """Give the REPRESENTATION frame."""
        from leakkit.frames.bias_text import REPRESENTATION

        return REPRESENTATION.from_rows(self.rows())


def count_filled(texts: pa.LargeStringArray) -> int:
    """Give how many documents hold text."""
    import pyarrow.compute as pc

    return int(pc.sum(pc.greater(pc.binary_length(texts), 0)).as_py() or 0)


def represented(
    axis: str, group: str, documents: int, n: int, tokens: int | None, distinct: int | None
) -> dict[str, Any]:
    """Give one row of the REPRESENTATION frame."""
    from leakkit.stats import wilson_interval

    row: dict[str, Any] = {
        "axis": printable(axis, 60),
        "group": printable(group, 80),
        "documents": documents,
        "n_documents": n,
        "tokens": tokens,
        "distinct_documents": distinct,
    }
    if n:
        low, high = wilson_interval(documents, n)
        row["per_1000_documents"] = 1000 * documents / n
        row["per_1000_documents_low"] = 1000 * float(low)
        row["per_1000_documents_high"] = 1000 * float(high)
    return row
