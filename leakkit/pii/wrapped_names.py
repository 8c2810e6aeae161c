"""Names that a line's end cuts in two: "as agreed with Nuria / Castaño, who lives" in letters of fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leakkit.pii.gazetteer.lookup import COMMON, SURNAME, flags_of, is_given_name

_WORD = r"[^\W\d_a-zà-ÿ][^\W\d_]{2,20}"
_BROKEN = re.compile(
    rf"\r?\n(?:> ?){{0,4}}(?P<family>{_WORD}(?:[ \-]{_WORD})?)(?=[ ,.;)][ a-zà-ÿ]|[,.;]?(?:\Z|\r?\n)|[ ]/)"
)
_LED = re.compile(
    r"(?<![^\W\d_])[^\W\d_A-ZÀ-Þ][^\W\d_]*,?[ ]\Z|[^\W\d_]{2,},[ ]\Z|[^\W\d_][ ][^\W\d_]{2,}:[ ]\Z"
    r"|(?:\A|\n)(?:>[ ]?)+\Z"
)
_REACH = 24


def whole_over_lines(text: str, names: Sequence[Any]) -> Sequence[Any]:
    r"""Put a family name at the beginning of a line to the given name that ends the line before, in running text.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What a tagger found.

    Examples
    --------
    >>> text = "as agreed with Nuria\nCasado, who lives"
    >>> [text[start:end] for start, end, *_ in whole_over_lines(text, [(15, 20, "PERSON", 0.6)])]
    ['Nuria\nCasado']
    """
    if "\n" not in text:
        return names
    made: list[tuple[int, int, str, float]] = []
    for start, end, _, score in names:
        hit = _BROKEN.match(text, end) if text.startswith(("\n", "\r\n"), end) else None
        if hit is None or not is_given_name(text[start:end]) or not _is_family(hit["family"]):
            continue
        if _LED.search(text, max(0, start - _REACH), start):
            made.append((start, hit.end(), "PERSON", score))
    if not made:
        return names
    rest = [one for one in names if not any(one[0] < stop and start < one[1] for start, stop, *_ in made)]
    return sorted([*made, *rest])


def _is_family(words: str) -> bool:
    """Tell whether words begin with a family name that is no common word, or with a word that no list knows."""
    flags = flags_of(words.partition(" ")[0])
    return not flags or (bool(flags & SURNAME) and not flags & COMMON)
