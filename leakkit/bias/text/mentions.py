"""Which documents mention which group, as numbers: terms of a lexicon as `leakkit.bias.text.terms` finds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.terms import Hits, Terms
from leakkit.bias.text.tokens import Vocabulary, tokenise

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

SLOT = "_"
"""Stands in a prompt where a term was; no word of a folded text holds it."""

_HOLE = "\ue000"
_APOSTROPHES = "[\u2019\u02bc\uff07]"


def word_list(words: Iterable[str]) -> Terms:
    """Make some words ready to be looked for, as one group; no words are fine.

    Examples
    --------
    >>> import pyarrow as pa
    >>> counts_in(pa.array(["One idiot, two idiots"], pa.large_string()), word_list(["idiot"])).tolist()
    [1]
    """
    listed = list(words)
    return Terms(as_lexicon({"words": listed}) if listed else as_lexicon({"words": ["x"]}).head(0))


def mentions(texts: pa.LargeStringArray, terms: Terms) -> NDArray[np.bool_]:
    """Tell which documents (rows) mention which of ``terms.groups`` (columns)."""
    hits = terms.find(texts)
    found, groups = terms.of_groups(hits)
    named = np.zeros((len(texts), len(terms.groups)), bool)
    named[hits.documents[found], groups] = True
    return named


def counts_in(texts: pa.LargeStringArray, terms: Terms | None = None) -> NDArray[np.int64]:
    """Count the terms in each document, or all its words when no terms are given."""
    if terms is None:
        return np.diff(tokenise(texts, Vocabulary(most_words=0)).offsets)
    return np.bincount(terms.find(texts).documents, minlength=len(texts))


def with_slot(texts: pa.LargeStringArray, terms: Terms, groups: Sequence[int]) -> pa.Array:
    """Give documents as lower-case words with a slot for each term of some of the groups.

    The article before a slot is "a"; an apostrophe or 's behind it is part of it. Whatever is no letter,
    mark, digit or apostrophe only parts words.
    """
    import pyarrow.compute as pc

    hits = terms.find(texts)
    found, of = terms.of_groups(hits)
    plain = pc.utf8_lower(_cut(hits, np.unique(found[np.isin(of, groups)])))
    plain = pc.replace_substring_regex(plain, _APOSTROPHES, "'")
    plain = pc.replace_substring_regex(plain, rf"[^\pL\pM\pN'{_HOLE}]+", " ")
    plain = pc.replace_substring_regex(plain, rf"'*{_HOLE}(?:'s\b|'*)", f" {SLOT} ")
    plain = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, " +", " "))
    return pc.replace_substring_regex(plain, rf"(^| )an {SLOT}( |$)", rf"\1a {SLOT}\2")


def _cut(hits: Hits, chosen: Any) -> pa.Array:
    """Give the documents with a hole in place of some hits; hits that overlap leave one hole."""
    import pyarrow as pa

    hole, parts, last = _HOLE.encode(), list[bytes](), 0
    longer = np.zeros(len(hits.offsets), np.int64)
    data = hits.data.replace(hole, b" \n ")  # as many bytes
    places = np.searchsorted(hits.offsets, hits.starts[chosen], side="right")
    for start, end, place in zip(
        hits.starts[chosen].tolist(), hits.ends[chosen].tolist(), places, strict=True
    ):
        if start >= last:
            parts += [data[last:start], hole]
            longer[place] += len(hole)
        longer[place] -= max(end - max(start, last), 0)
        last = max(end, last)
    whole = b"".join([*parts, data[last:]])
    offsets = hits.offsets + np.cumsum(longer)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(whole)]
    return pa.Array.from_buffers(pa.large_string(), len(offsets) - 1, buffers)
