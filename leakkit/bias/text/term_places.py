"""Where the terms of groups stand in documents: words and phrases, found among numbers of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from leakkit.bias.text.tokens import MOST_WORDS, Tokens, Vocabulary, split_words
from leakkit.errors import BadParameterError

_TODO = 'pass terms={"name of the group": ["term", "two words"], ...} or a lexicon frame'


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
    """Finds the terms of groups; its `vocabulary` knows their words from the start.

    Parameters
    ----------
    terms : mapping of str to iterable of str, or DataFrame
        Terms of each group, or a frame with columns ``group`` and ``term``. Terms are read as texts are:
        case does not matter, a hyphen parts words.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from leakkit.bias.text.tokens import tokenise
    >>> finder = TermFinder({"nurses": ["nurse", "care worker"]})
    >>> places = finder.find(tokenise(pa.array(["A care worker and a nurse"]), finder.vocabulary))
    >>> places.starts.tolist(), places.lengths.tolist()
    ([5, 1], [1, 2])
    """

    def __init__(self, terms: Any, *, most_words: int = MOST_WORDS) -> None:
        by_group = read_terms(terms)
        self.names = list(by_group)
        phrases = [(tuple(split_words(t)), g) for g, name in enumerate(self.names) for t in by_group[name]]
        self.words = list(dict.fromkeys(word for phrase, _ in phrases for word in phrase))
        self.vocabulary = Vocabulary(self.words, most_words=max(most_words, len(self.words)))
        number = self.vocabulary.ids
        self._single = np.zeros((len(self.names), len(self.words) + 1), bool)
        self._phrases: list[tuple[list[int], int]] = []
        for phrase, group in dict.fromkeys(phrases):
            if len(phrase) == 1:
                self._single[group, number[phrase[0]]] = True
            else:
                self._phrases.append(([number[word] for word in phrase], group))

    def find(self, tokens: Tokens) -> Places:
        """Find every term in the words of a batch, made with this finder's vocabulary."""
        words = tokens.words
        known = np.flatnonzero((words <= len(self.words)) & (words > 0))
        parts = [(known[self._single[g][words[known]]], 1, g) for g in range(len(self.names))]
        parts += [(self._starts(phrase, tokens, known), len(phrase), g) for phrase, g in self._phrases]
        starts = np.concatenate([places for places, _, _ in parts])
        sizes = [len(places) for places, _, _ in parts]
        lengths = np.repeat([length for _, length, _ in parts], sizes)
        return Places(starts, lengths, np.repeat([group for _, _, group in parts], sizes))

    def _starts(self, phrase: list[int], tokens: Tokens, known: np.ndarray) -> np.ndarray:
        """Give where a phrase begins; it does not run from one document into the next."""
        at = known[tokens.words[known] == phrase[0]]
        at = at[at + len(phrase) <= len(tokens.words)]
        for step, word in enumerate(phrase[1:], 1):
            at = at[tokens.words[at + step] == word]
        ends = tokens.offsets[np.searchsorted(tokens.offsets, at, side="right")]
        return at[at + len(phrase) <= ends]


def read_terms(terms: Any) -> dict[str, list[str]]:
    """Give terms by group from a mapping or a frame, checked."""
    if hasattr(terms, "columns") and {"group", "term"} <= set(terms.columns):
        pairs: Iterable[tuple[Any, Any]] = zip(terms["group"], terms["term"], strict=True)
    elif isinstance(terms, Mapping):
        pairs = [(g, t) for g, of in terms.items() for t in ([of] if isinstance(of, str) else of)]
    else:
        raise BadParameterError("Expected terms by group", f"found {type(terms).__name__}", _TODO)
    by_group: dict[str, list[str]] = {}
    for group, term in pairs:
        if not isinstance(term, str) or not split_words(term):
            raise BadParameterError(
                "Expected terms with letters", f"found another in {str(group)[:40]!r}", _TODO
            )
        by_group.setdefault(str(group), []).append(term)
    if not by_group:
        raise BadParameterError("Expected at least one group with terms", "found none", _TODO)
    return by_group


def _spread(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Give every place from each start up to its stop."""
    sizes = stops - starts
    shift = starts - np.cumsum(sizes) + sizes
    return np.repeat(shift, sizes) + np.arange(int(sizes.sum()))
