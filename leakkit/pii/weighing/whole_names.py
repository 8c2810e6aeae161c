"""Names that a tagger sees in part or takes for places: "M. ter Horst", "Joost in 't Veld", "Georgia Marsh"."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

import numpy as np

from leakkit.pii.gazetteer.lookup import (
    COMMON,
    COUNTRY,
    GIVEN,
    REGION,
    SURNAME,
    TOWN,
    is_surname,
    load,
    lookup,
    phrase_hash,
)
from leakkit.pii.gazetteer.tokens import hash_strings
from leakkit.pii.weighing.memory import remembered

_INITIALS = re.compile(
    r"(?<![\w.])(?:[^\W\d_a-z]\.[ ]?){1,3}(?:(?:van|von|de|der|den|ter|ten|te|la|le|du|di|da|del|el|al|zu|af|av|'t|’t)[ ]){1,3}\Z"
)
_DUTCH = re.compile(r"[ ](?:in|van|op|aan|IN|VAN|OP|AAN)[ ]['’][tT][ ][^\W\d_a-z][^\W\d_]{2,}")
_TWO_WORDS = re.compile(r"([^\W\d_a-z][^\W\d_A-Z]{2,}) ([^\W\d_a-z][^\W\d_A-Z]{2,})\Z")
_THE_PLURAL = re.compile(
    r"(?:Von|Bei|Mit|In|An|Auf|Aus|Nach|Für|Unter|Zu) (?:den|der|dem|das|die) ([^\W\d_]+)\Z"
)
_TRADE_AND_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_]+(?P<gap>, )[^\W\d_a-z][^\W\d_]+\Z")
_SMALL = re.compile(r"\b[^\W\d_A-Z]{3,}\b")
_LABELLED = re.compile(r"(?:City|Town|Stadt|Ort|Ville|Ciudad|Città|Miasto|Plaats|Cidade) (?=[^\W\d_a-z])")
_LANDSCAPE = frozenset(
    "hill hills park lake bay beach creek valley island islands county city river street road avenue lane square heights grove springs falls forest "
    "field fields ford bridge port mount point ridge wood woods garden gardens court plaza station north south east west coast cape harbor harbour "
    "house hall church gate cross green town village district province region state airport hospital college university school tech campus center "
    "centre mall tower palace castle grange farm mills mill rapids shores ranch canyon desert peak pass sound strait gulf sea basin delta junction "
    "crossing landing terrace close drive way place boulevard alley market parade row yard quay dock pier wharf ave rd st blvd ln dr hwy sq".split()
)
"""Words that make two words a place though each of them is a name, too."""
_REACH = 24


def whole_name(text: str, start: int, end: int, entity: str) -> tuple[int, int, str]:
    """Give a name with the initials and small words that belong to it, and what it is.

    Parameters
    ----------
    text : str
        The text.
    start, end, entity
        What a tagger found; nothing is left (start is end) of the words that begin a German sentence.

    Examples
    --------
    >>> text = "dhr. M. ter Horst; Georgia Marsh; Joost in 't Veld"
    >>> [
    ...     (text[a:b], kind)
    ...     for a, b, kind in (
    ...         whole_name(text, 12, 17, "PERSON"),
    ...         whole_name(text, 19, 32, "LOCATION"),
    ...         whole_name(text, 34, 39, "PERSON"),
    ...     )
    ... ]
    [('M. ter Horst', 'PERSON'), ('Georgia Marsh', 'PERSON'), ("Joost in 't Veld", 'PERSON')]
    """
    if entity == "LOCATION":
        if _is_full_name(text, start, end):
            return start, end, "PERSON"
        return _place_alone(text, start, end), end, entity
    if entity != "PERSON":
        return start, end, entity
    plural = _THE_PLURAL.match(text[start:end])
    if plural and not is_surname(plural[1]):
        return start, start, entity
    near = max(0, start - _REACH)
    before = _INITIALS.search(text, near, start) if text.find(".", near, start) >= 0 else None
    after = _DUTCH.match(text, end)
    return before.start() if before else start, after.end() if after else end, entity


def _is_full_name(text: str, start: int, end: int) -> bool:
    """Tell whether two words are a given and a family name and together no place that the lists know.

    Words of a language make a name only where one of them stands in the text in small letters, too.
    """
    words = _TWO_WORDS.match(text[start:end])
    if words is None or not _LANDSCAPE.isdisjoint((words[1].lower(), words[2].lower())):
        return False
    first, last = lookup([words[1], words[2]]).tolist()
    if not (first & GIVEN and last & SURNAME) or last & (TOWN | COUNTRY | REGION):
        return False
    if first & COMMON and _small_words(text).isdisjoint((words[1].lower(), words[2].lower())):
        return False
    hashes = hash_strings([words[1], words[2]])
    known = load().phrase(phrase_hash([hashes[:1], hashes[1:]]))
    return not int(np.asarray(known)[0]) & (TOWN | COUNTRY | REGION)


@remembered(1)
def _small_words(text: str) -> frozenset[str]:
    """Give the words of a text that stand in it in small letters."""
    return frozenset(_SMALL.findall(text))


def _place_alone(text: str, start: int, end: int) -> int:
    """Give where a place begins, behind the label of its field, or a trade in a list: "LAWYER, VIGO"."""
    label = _LABELLED.match(text, start, end)
    if label and _sign_before(text, start) in ("", "\n", ";", "|", ",") and _is_town(text[label.end() : end]):
        return label.end()
    pair = _TRADE_AND_TOWN.match(text[start:end])
    if pair is None:
        return start
    first, last = text[start : start + pair.start("gap")], text[start + pair.end("gap") : end]
    flags = int(lookup([first])[0])
    if flags & (TOWN | COUNTRY | REGION) or not _is_town(last) or not (flags & COMMON or first.isupper()):
        return start
    return start + pair.end("gap")


def _sign_before(text: str, start: int) -> str:
    """Give the sign before a place and the blanks before it; nothing where a text begins so."""
    while start and text[start - 1] == " ":
        start -= 1
    return text[start - 1 : start] if start else ""


def _is_town(words: str) -> bool:
    """Tell whether words begin with the name of a town."""
    return bool(int(lookup([words.split(" ")[0]])[0]) & TOWN)
