"""Where the terms of groups stand in documents, counted in words: what `Terms` finds, by number of the word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.terms import Terms
from leakkit.bias.text.tokens import (
    MOST_WORDS,
    Pieces,
    Tokens,
    Vocabulary,
    in_word,
    split_words,
    tokenise_pieces,
)
from leakkit.bias.text.visible import APOSTROPHES, INVISIBLE, as_seen

if TYPE_CHECKING:
    import pyarrow as pa


class Places(NamedTuple):
    """Where terms stand in a batch: first word, number of words, and the group (a number from 0)."""

    starts: np.ndarray
    lengths: np.ndarray
    groups: np.ndarray

    def words_of(self, group: int) -> np.ndarray:
        """Give the places of all words of the group's terms."""
        mine = self.groups == group
        return _spread(self.starts[mine], self.starts[mine] + self.lengths[mine])

    def near(self, group: int, window: int, tokens: Tokens) -> np.ndarray:
        """Give the places (rising) of words at most `window` words from a term of the group.

        Reach ends where the document does; the words of the group's terms themselves are left out.
        """
        mine = self.groups == group
        starts, stops = self.starts[mine], self.starts[mine] + self.lengths[mine]
        document = np.searchsorted(tokens.offsets, starts, side="right") - 1
        first = np.maximum(starts - window, tokens.offsets[document])
        last = np.minimum(stops + window, tokens.offsets[document + 1])
        reached = np.zeros(len(tokens.words), bool)
        reached[_spread(first, last)] = True
        reached[_spread(starts, stops)] = False
        return np.flatnonzero(reached)


class TermFinder:
    """Finds the terms of groups, as `Terms` does, among the words of documents.

    The words of a term are all words that it touches: "nurse's" where the term is "nurse". `words` holds
    them and those of the terms themselves.

    Parameters
    ----------
    terms : mapping, DataFrame, str or Path
        What `as_lexicon` takes. Groups of one name on two axes are one.

    Examples
    --------
    >>> import pyarrow as pa
    >>> finder = TermFinder({"nurses": ["nurse", "care worker"]})
    >>> _, places = finder.read(pa.array(["A care worker and a nurse's aide"], pa.large_string()))
    >>> places.starts.tolist(), places.lengths.tolist()
    ([1, 5], [2, 1])
    """

    def __init__(self, terms: Any = None, lexicon: Any = None, *, most_words: int = MOST_WORDS) -> None:
        known = as_lexicon(lexicon, terms=terms)
        self._search = Terms(known)
        self.names = list(dict.fromkeys(name for _, name in self._search.groups))
        self._name_of = np.array([self.names.index(name) for _, name in self._search.groups], np.int64)
        words = list(dict.fromkeys(word for term in known["term"] for word in split_words(term)))
        self.vocabulary = Vocabulary(words, most_words=max(most_words, len(words)))
        self._touched = np.ones(len(words) + 1, bool)

    @property
    def words(self) -> list[str]:
        """The words of the terms, and those that were touched by a term up to now."""
        return [self.vocabulary.words[number] for number in np.flatnonzero(self._touched)[1:]]

    def read(self, texts: pa.LargeStringArray) -> tuple[Tokens, Places]:
        """Give the words of a batch of documents, and every term in them."""
        texts = as_seen(texts)
        tokens, pieces = tokenise_pieces(texts, self.vocabulary)
        hits = self._search.find(texts)
        first, stop = _touched_words(pieces, hits.starts + 1, hits.ends + 1)  # one space stands before
        more = len(self.vocabulary) - len(self._touched)
        self._touched = np.append(self._touched, np.zeros(max(more, 0), bool))
        self._touched[tokens.words[_spread(first, stop)]] = True
        found, groups = self._search.of_groups(hits)
        return tokens, Places(first[found], (stop - first)[found], self._name_of[groups])


def _touched_words(pieces: Pieces, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the first word that each run of bytes touches, and the word after its last."""
    head = np.searchsorted(pieces.stops, starts, side="right")
    tail = np.searchsorted(pieces.starts, ends, side="left") - 1
    first, stop = pieces.first_words[head], pieces.first_words[tail + 1]
    several = np.diff(pieces.first_words) > 1
    inside: dict[int, tuple[list[int], list[int]]] = {}
    for hit in np.flatnonzero(several[head] | several[tail]).tolist():
        for piece in {int(head[hit]), int(tail[hit])} - inside.keys():
            inside[piece] = word_places(pieces.data[pieces.starts[piece] : pieces.stops[piece]].decode())
        front, back = int(head[hit]), int(tail[hit])
        first[hit] = pieces.first_words[front] + bisect_right(
            inside[front][1], starts[hit] - pieces.starts[front]
        )
        stop[hit] = pieces.first_words[back] + bisect_left(inside[back][0], ends[hit] - pieces.starts[back])
    return first, stop


def word_places(text: str) -> tuple[list[int], list[int]]:
    """Give the first byte of each word of one text in UTF-8, and the byte after its last.

    Examples
    --------
    >>> word_places("‘Well-known’")
    ([3, 8], [7, 13])
    """
    starts, ends, place, inside = list[int](), list[int](), 0, False
    for c in text:
        size = len(c.encode("utf-8", "replace"))
        if c not in APOSTROPHES and in_word(c):
            if not inside:
                starts.append(place)
                ends.append(place)
            inside, ends[-1] = True, place + size
        elif c not in APOSTROPHES and c not in INVISIBLE:
            inside = False
        place += size
    return starts, ends


def _spread(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Give every place from each start up to its stop."""
    sizes = stops - starts
    shift = starts - np.cumsum(sizes) + sizes
    return np.repeat(shift, sizes) + np.arange(int(sizes.sum()))
