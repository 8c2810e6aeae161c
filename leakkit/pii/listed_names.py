"""Names in lists in which most are names: "Present: Ann Lee, Morfudd Griffiths, Owain Swancott, Tom Ray".

A tagger sees names of few languages surely; between three others and commas, two words with capitals are one, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leakkit.pii.reversed_names import apart_from

_WORD = r"[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)?"
_ITEM = re.compile(rf"(?<![\w-]){_WORD}(?: {_WORD}){{1,2}}(?![\w-])")
"""Two or three words with capitals."""
_BETWEEN = re.compile(r"(?:[,;] |,? )(?:(?:and|und|et|y|e|i|a|og|och|en|ja|és|și|и|й|та|και|ve|dan) )?")
"""What stands between two items of a list."""
_LONGEST_GAP = 8
_FEWEST, _MOSTLY = 3, 0.5
"""Names seen of a list, and their share of its items, from which on the others are names, too."""
_SEEN, _SCORE = 0.5, 0.65
"""Score from which on a name is one that was seen, and the one that the others get."""
_SURE = 0.8
"""Score from which on a place or a firm stays one."""

_Span = tuple[int, int]


def with_listed(text: str, names: Sequence[Any]) -> Sequence[Any]:
    """Give names with those that stand in lists of others.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What a tagger found.

    Examples
    --------
    >>> text = "Alto: Ann Lee, Tom Ray, Owain Swancott and Eva Holm"
    >>> seen = [(6, 13, "PERSON", 0.9), (15, 22, "PERSON", 0.9), (43, 51, "PERSON", 0.9)]
    >>> [text[start:end] for start, end, _, _ in with_listed(text, seen)]
    ['Ann Lee', 'Tom Ray', 'Owain Swancott', 'Eva Holm']
    """
    seen = {(start, end) for start, end, entity, score in names if entity == "PERSON" and score >= _SEEN}
    if len(seen) < _FEWEST or ", " not in text:
        return names
    others = {(start, end) for start, end, entity, score in names if entity != "PERSON" and score >= _SURE}
    made: list[tuple[int, int, str, float]] = []
    run: list[_Span] = []
    for hit in _ITEM.finditer(text):
        if run and not _follows(text, run[-1][1], hit.start()):
            made += _of_run(run, seen, others)
            run = []
        run.append(hit.span())
    made += _of_run(run, seen, others)
    return sorted([*made, *apart_from(made, names)]) if made else names


def _follows(text: str, end: int, start: int) -> bool:
    """Tell whether an item is the next one of a list."""
    return start - end <= _LONGEST_GAP and _BETWEEN.fullmatch(text, end, start) is not None


def _of_run(items: list[_Span], seen: set[_Span], others: set[_Span]) -> list[tuple[int, int, str, float]]:
    """Give the items of a list that were not seen to be names, where most were."""
    if sum(item in seen for item in items) < max(_FEWEST, _MOSTLY * len(items)):
        return []
    return [(*item, "PERSON", _SCORE) for item in items if item not in seen and item not in others]
