"""Which lines hold a sentence: words in a row of which some begin small, and which are no title."""

from __future__ import annotations

import re

from leakkit.late import late

_RUN = re.compile(
    r"(?<![^\s\"'“‘«(>])[^\W\d_]+(?:['’\-][^\W\d_]+)*(?:[,;:]? [^\W\d_]+(?:['’\-][^\W\d_]+)*){3,}"
)
_UNSPACED = late(r"[\u3040-\u30ff\u4e00-\u9fff，、。！？]{8,}|[\u0e01-\u0e5b]{12,}")
_SMALL_WORDS = 2
_LONGEST_TITLE = 8
_IN_TITLES = frozenset(
    "of the and for in on to a an with from by at & de la le les du des der und von y e el los".split()
)
"""Words that begin small in titles and in the names of things."""


def is_sentence(line: str) -> bool:
    """Tell whether a line holds some words in a row of which at least two begin small, as sentences do.

    Examples
    --------
    >>> (
    ...     is_sentence("2024-05-01 INFO user Ana has left the room"),
    ...     is_sentence("0041;LATIN CAPITAL LETTER A;Lu"),
    ... )
    (True, False)
    """
    if _is_title(line):
        return False
    for run in _RUN.finditer(line):
        if sum(word[0] == word[0].lower() for word in run[0].split()) >= _SMALL_WORDS:
            return True
    return _UNSPACED.search(line) is not None


def _is_title(line: str) -> bool:
    """Tell whether all words of a line but small ones begin with capitals: ``Ring of the Northern Sea``."""
    words = line.split()
    small = [word for word in words if not word[0].isupper()]
    return 2 * len(small) <= len(words) <= _LONGEST_TITLE and _IN_TITLES.issuperset(small)
