"""Counts of words in the documents of groups, made in one pass with memory that does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.term_places import TermFinder
from leakkit.bias.text.tokens import OTHER, Tokens, Vocabulary, tokenise
from leakkit.errors import BadParameterError

BATCH_ROWS = 65_536
LEFT_OUT = -2
MIN_GROUPS, MOST_GROUPS = 20, 200
"""With more groups, or more than half as many as documents, labels are no groups (and memory runs out)."""
STRATA = 12
"""Documents of up to 8 words, up to 16, and so on by doubling, to more than 8,192."""


class Batch(NamedTuple):
    """Words of some documents with the group of each document (-1: none, -2: left out)."""

    tokens: Tokens
    groups: np.ndarray


class WordCounts:
    """Counts by group and word; arrays are groups x words, or groups x strata x words for `present`."""

    def __init__(self, groups: int, strata: int) -> None:
        self.documents = np.zeros((groups, strata), np.int64)
        self.lengths = np.zeros(groups)  # words in all, OTHER ones included
        self.lengths_squared = np.zeros(groups)
        self.present = np.zeros((groups, strata, 0), np.int64)
        self.tokens = np.zeros((groups, 0), np.int64)
        self.tokens_squared = np.zeros((groups, 0))  # over documents: occurrences, squared
        self.tokens_by_length = np.zeros((groups, 0))  # over documents: occurrences times length
        self.left_out = 0  # documents without a label or words, or with terms of several groups

    def add(self, batch: Batch, words: int) -> None:
        """Count one batch; `words` are known by now."""
        self._grow(words)
        tokens, groups = batch
        lengths = np.diff(tokens.offsets)
        used = groups >= 0
        self.left_out += int((groups == LEFT_OUT).sum())
        shape = self.documents.shape
        stratum = np.zeros(len(lengths), np.int64)
        if shape[1] > 1:
            stratum = np.clip(np.ceil(np.log2(np.maximum(lengths, 1))) - 3, 0, shape[1] - 1).astype(np.int64)
        cell = groups * shape[1] + stratum
        self.documents += np.bincount(cell[used], minlength=shape[0] * shape[1]).reshape(shape)
        self.lengths += np.bincount(groups[used], lengths[used], shape[0])
        self.lengths_squared += np.bincount(groups[used], lengths[used].astype(float) ** 2, shape[0])
        document, word, count = distinct_pairs(tokens, used)
        width = self.tokens.shape[1]
        group_word = groups[document] * width + word
        np.add.at(self.present.reshape(-1), cell[document] * width + word, 1)
        for sums, weights in (
            (self.tokens, count),
            (self.tokens_squared, count.astype(float) ** 2),
            (self.tokens_by_length, count * lengths[document].astype(float)),
        ):
            np.add.at(sums.reshape(-1), group_word, weights)

    def _grow(self, words: int) -> None:
        """Make room for words that are new."""
        width = self.tokens.shape[1]
        if words <= width:
            return
        more = max(words, width + width // 2) - width
        for name in ("present", "tokens", "tokens_squared", "tokens_by_length"):
            old = getattr(self, name)
            setattr(self, name, np.concatenate([old, np.zeros((*old.shape[:-1], more), old.dtype)], axis=-1))


def distinct_pairs(tokens: Tokens, used: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give each document with each of its words once, and how often it stands there."""
    document = tokens.documents()
    kept = used[document] & (tokens.words != OTHER)
    keys = np.sort((document[kept] << 32) | tokens.words[kept])
    firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    pairs = keys[firsts]
    return pairs >> 32, pairs & 0xFFFFFFFF, np.diff(firsts, append=len(keys))


def batches_by_label(
    texts: Any, labels: Any, field: str | None, vocabulary: Vocabulary
) -> tuple[list[str], Iterator[Batch]]:
    """Give the names of the groups and the words of each batch with the group of each document."""
    names, codes = label_codes(labels)

    def batches() -> Iterator[Batch]:
        start = 0
        for array in text_batches(texts, field=field, batch_rows=BATCH_ROWS):
            groups = codes[start : start + len(array)]
            start += len(array)
            if len(groups) < len(array):
                break
            tokens = tokenise(array, vocabulary)
            yield Batch(tokens, _filled(tokens, groups))
        if start != len(codes):
            found = f"found {len(codes)} labels and {'more' if start > len(codes) else start} documents"
            raise BadParameterError("Expected one label a document", found, "give both the same length")

    return names, batches()


def batches_by_terms(
    texts: Any, finder: TermFinder, field: str | None, window: int | None, with_none: bool
) -> Iterator[Batch]:
    """Give the words of each batch; a document belongs to the only group whose terms it mentions.

    Documents that mention no group are a group of their own, the last one, when `with_none` asks for it.
    With `window`, only the words so near to a term are given.
    """
    for array in text_batches(texts, field=field, batch_rows=BATCH_ROWS):
        tokens, places = finder.read(array)
        document = np.searchsorted(tokens.offsets, places.starts, side="right") - 1
        mentions = np.zeros((len(array), len(finder.names)), bool)
        mentions[document, places.groups] = True
        number = mentions.sum(axis=1)
        groups = np.where(number == 1, mentions.argmax(axis=1), np.where(number > 1, LEFT_OUT, -1))
        if with_none:
            groups = _filled(tokens, np.where(number == 0, len(finder.names), groups))
        if window is not None:
            reached = [places.near(g, window, tokens) for g in range(len(finder.names))]
            mine = [at[groups[tokens.documents()[at]] == g] for g, at in enumerate(reached)]
            tokens = _only(tokens, np.sort(np.concatenate(mine)))
        yield Batch(tokens, groups)


def _filled(tokens: Tokens, groups: np.ndarray) -> np.ndarray:
    """Leave out documents without a word (missing texts): what they would hold is not known."""
    return np.where((np.diff(tokens.offsets) == 0) & (groups >= 0), LEFT_OUT, groups)


def _only(tokens: Tokens, places: np.ndarray) -> Tokens:
    """Keep the words at some places (rising)."""
    return Tokens(np.searchsorted(places, tokens.offsets), tokens.words[places])


def label_codes(labels: Any) -> tuple[list[str], np.ndarray]:
    """Give the names of groups, sorted, and the group of each document (-2 where the label is missing)."""
    import pandas as pd

    if isinstance(labels, (str, bytes)) or not isinstance(labels, Iterable):
        found = f"found {type(labels).__name__}"
        raise BadParameterError("Expected one label a document", found, "pass a list or Series of labels")
    typed = hasattr(labels, "dtype") or hasattr(labels, "type")  # a list may hold what no column of text can
    values = pd.Series(labels) if typed else pd.Series(list(labels), dtype=object)
    values = values.reset_index(drop=True)
    known = values.notna()
    plain = [str(value).encode("utf-8", "replace").decode() for value in values[known]]
    codes, names = pd.factorize(np.array(plain, dtype=object), sort=True)
    most = max(MIN_GROUPS, min(MOST_GROUPS, len(plain) // 2))
    if len(names) > most:
        found = f"found {len(names):,} different labels of {len(plain):,} documents"
        raise BadParameterError(f"Expected at most {most} groups", found, "pass labels that documents share")
    groups = np.full(len(values), LEFT_OUT, np.int64)
    groups[known.to_numpy(bool)] = codes
    return [str(name) for name in names], groups


def count_words(batches: Iterable[Batch], vocabulary: Vocabulary, groups: int, strata: int) -> WordCounts:
    """Count all batches."""
    counts = WordCounts(groups, strata)
    for batch in batches:
        counts.add(batch, len(vocabulary))
    return counts
