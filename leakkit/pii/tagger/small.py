"""Names in small letters: a given name and a surname side by side that the lists know ("waltraud hinterleitner").

The model learned from texts in which names have capitals, and takes such words for none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME
from leakkit.pii.gazetteer.tokens import LETTER, SHAPE_LOWER, Tokens
from leakkit.pii.tagger.features import Described

SCORE = 0.5
_SHORTEST = 3
_BEHIND = ".,;:!?)…\"'’”»\n"
"""Signs that may touch a name in a sentence."""


def small_names(
    tokens: Tokens, seen: Described, shape: int = SHAPE_LOWER
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the first and the last token of names in small letters.

    Parameters
    ----------
    tokens : Tokens
        Of one text, or of several joined.
    seen : Described
        What is known of each.
    shape : int
        That of both words, where it is another one.

    Returns
    -------
    tuple of numpy.ndarray
        Numbers of tokens. Both words stand alone between blanks or signs of sentences; neither is an everyday word
        of English.
    """
    types = seen.types
    plain = seen.begins & (types.shape == shape) & (types.length >= _SHORTEST) & ((seen.flags & COMMON) == 0)
    given, surname = plain & ((seen.flags & GIVEN) > 0), plain & ((seen.flags & SURNAME) > 0)
    kinds = tokens.kind_of
    first = np.flatnonzero(given[kinds[:-1]] & surname[kinds[1:]])
    first = first[~tokens.glued[first] & ~tokens.glued[first + 1]]
    last = first + 1
    double = _hyphened(tokens, last)
    last[double] += 2
    free = _is_free(tokens, last)
    first, last = first[free], last[free]
    alone = np.append(True, first[1:] > last[:-1]) if len(first) else np.zeros(0, bool)
    return first[alone], last[alone]


def _hyphened(tokens: Tokens, last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell behind which tokens a hyphen and another word follow: "mäkelä-ruuska"."""
    dash, word = _at(tokens, last + 1), _at(tokens, last + 2)
    told: NDArray[np.bool_] = (
        (last + 2 < len(tokens.code))
        & (tokens.code[dash] == ord("-"))
        & tokens.glued[dash]
        & tokens.glued[word]
        & (tokens.kind[word] == LETTER)
    )
    return told


def _is_free(tokens: Tokens, last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell behind which tokens a blank, the end or a sign of sentences stands."""
    behind = _at(tokens, last + 1)
    free: NDArray[np.bool_] = (
        (last + 1 >= len(tokens.code))
        | ~tokens.glued[behind]
        | np.isin(tokens.code[behind], [ord(sign) for sign in _BEHIND])
    )
    return free


def _at(tokens: Tokens, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Keep places within a text."""
    kept: NDArray[np.int64] = np.minimum(places, len(tokens.code) - 1)
    return kept
