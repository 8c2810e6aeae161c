"""Where numbers may be told in a text: number words in a row, with pauses, digits and signs among them."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from collections.abc import Iterator

from leakkit.pii.readings.numerals import Language

FEWEST_WORDS = 3
"""Words that tell a number."""
TIMES = {
    "double": 2, "triple": 3, "treble": 3, "doppel": 2, "doppelt": 2, "doble": 2, "doppio": 2, "doppia": 2, "tripla": 3, "duplo": 2,
    "dubbel": 2, "dubbele": 2, "dobbelt": 2, "çift": 2, "dupla": 2, "kettős": 2, "tupla": 2, "podwójne": 2,
}  # fmt: skip
"""Words that repeat the digit after them."""
PAUSES = frozenset(
    "dash hyphen minus strich tiret guion guión trattino traço streepje pause puis luego poi dann then daarna potem sedan так тире pisteviiva".split()
)
"""Words between the parts of a number."""
PLUS = frozenset("plus plusz più mais más плюс artı συν".split())
"""Words for the sign before the number of a country."""


def stretches(places: list[int], lowered: list[str], language: Language) -> Iterator[slice]:
    """Give the words in a row that may be part of a number, if enough are number words, and those beside them.

    Parameters
    ----------
    places : list of int
        Where the number words of the language stand.
    lowered : list of str
        All words, in small letters.
    language : Language
        The language.

    Examples
    --------
    >>> from leakkit.pii.readings.numerals import languages
    >>> list(stretches([2, 3, 5, 7], "call me one two dash three or four".split(), languages()["en"]))
    [slice(1, 7, None)]
    """
    stop, known = 0, set(places)
    for place in places:
        if place < stop:
            continue
        first, stop = place, place + 1
        while first and _may_be_part(lowered[first - 1], language):
            first -= 1
        while stop < len(lowered) and (stop in known or _may_be_part(lowered[stop], language)):
            stop += 1
        if sum(one in known for one in range(place, stop)) >= FEWEST_WORDS:
            yield slice(max(0, first - 1), stop + 1)


def _may_be_part(word: str, language: Language) -> bool:
    """Tell whether a word that is no number may be part of one."""
    return word.isdecimal() or word in TIMES or word in PAUSES or word in PLUS or word == language.joint
