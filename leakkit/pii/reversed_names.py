"""Names that begin with the family's: "1. Lozano Valverde, Álvaro - born ...", as rosters, courts and hospitals write.

A tagger that sees a comma takes the two halves for two names, or one of them for none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from leakkit.pii.gazetteer.lookup import (
    COMMON,
    COUNTRY,
    GIVEN,
    REGION,
    SURNAME,
    TOWN,
    flags_of,
    is_given_name,
    is_surname,
)
from leakkit.pii.weighing.memory import remembered

_BEFORE = re.compile(
    r"(?:\A|\n|[|\t;])[ \t]{0,8}(?:[-*•+>|][ \t]{0,3}|[(\[]?\d{1,3}[.):\]][ \t]{0,3}|[(\[]?[a-z][.)][ ])?"
    r"(?:(?:Frau|Herrn?|Mrs?|Ms|Miss|Mme|Dr|Sra?|Sig|Pani?|Fru|Prof|Don|Doña)\.?[ ])?\Z"
    r"|[ (](?:Frau|Herrn?|Mrs?|Ms|Mme|Sra?|Sig|Pani?|Fru)\.?[ ]\Z"
    r"|[ ](?:vs?\.?|-v-|c/|\./\.|contra|contre|gegen|contro|przeciwko|mot|tegen)[ ]\Z"
)
_GIVEN = re.compile(
    r",[ ](?P<given>[^\W\d_a-zà-ÿ][^\W\d_]{1,20}(?:[ -][^\W\d_a-zà-ÿ][^\W\d_]{1,20}){0,2})"
    r"(?=[ \t]*(?:\Z|\r?\n|[—–\-;:|(\[\t/]|[ ]{2}|,?[ ](?:[\d*†(]|"
    r"(?:geb|born|aged|nac|nat[oa]|née?|ur\.|wohn|residen|dob|f\.|né en|г\.))))"
)
_LARGE = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΫА-ЯЁІЇЄҐ"
_SMALL = "a-zß-öø-ÿāăąćĉčďđēėęěğģīıķĺľłńņňōőœŕřśşšţťūůűųźżžșțά-ώа-яёіїєґ"
_CAPITAL = re.compile(
    rf"(?P<family>[{_LARGE}](?<![\w\-].)[{_LARGE}]{{2,19}}(?:-[{_LARGE}]{{3,20}})?)(?:,?[ ]|(?P<apart>[ ]{{2,24}}|\t))"
    rf"(?P<given>[{_LARGE}][{_SMALL}]{{2,15}}(?:-[{_LARGE}][{_SMALL}]{{2,15}})?)(?![\w])"
    r"(?(apart)(?=\s|\Z))"
)
"""A family's name in capitals; what stands before it is looked at behind its first letter, which is fastest found.

Before a comma it must begin its line: "GAJDA Stanisława" is a name anywhere, "GAJDA, Stanisława" may be two of a list.
Columns that blanks part have a blank behind them, too.
"""
_ENDINGS = re.compile(
    r".{2,}(?:[OE]VA?|[ОЕ]ВА?|SKIJ?|SKAYA|SKYI|СКИЙ?|СКАЯ|ЕНКО|ENKO|CHUK|ЧУК|OVIĆ|EVIĆ|OVIC|EVIC|OVICH|EVICH|OWICZ|EWICZ"
    r"|OVÁ|EVÁ|OPOULOS|OPOULOU|ΟΠΟΥΛΟΣ|ΟΠΟΥΛΟΥ|IDIS|IDOU|AKIS|ADIS|IOU|ΙΔΗΣ|ΙΔΟΥ|ΑΚΗΣ|ΑΔΗΣ|ΙΟΥ|OGLU|OĞLU|OGLOU|SHVILI|ADZE|IDZE"
    r"|SDOTTIR|SDÓTTIR|SSON|ESCU|EANU|AUSKAS|EVIČIUS|AITIS|AITĖ)"
)
"""How families are called in many a country, whatever their lists hold."""

_AGE = re.compile(r",?[ ][(]?\d{1,2}(?![\d.:/])")
"""An age behind a name, as courts and newspapers tell it; before it the family's name need not be known."""

_WORDS = r"[^\W\d_a-zà-ÿ][^\W\d_'’. \-]{1,30}(?:['’. \-]{1,2}[^\W\d_]{1,30}){0,3}"
_CARD = ("N:", "N;")
_OF_CARD = re.compile(rf"N(?:;[A-Za-z0-9=\-]{{1,40}}){{0,3}}:[ ]?(?P<name>{_WORDS};{_WORDS})(?:;|\s*\Z)")
"""The line of a card of contacts that holds a name: the family's and the given one."""

_SURE = 0.9
_REACH = 40
_LEAST = 0.72
"""Least score of a name put together: its place and its order speak for it."""

_MOST_WORDS = 3


def whole_reversed(text: str, names: Sequence[Any]) -> Sequence[Any]:
    """Put the given name behind a family name at the beginning of a line to it.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What a tagger found.

    Examples
    --------
    >>> text = "1. Muster Beispiel, Jan - born 1990"
    >>> [
    ...     (text[start:end], entity)
    ...     for start, end, entity, _ in whole_reversed(text, [(3, 18, "PERSON", 0.9)])
    ... ]
    [('Muster Beispiel, Jan', 'PERSON')]
    """
    made = in_capitals(text)
    if text.startswith(_CARD) and (card := _OF_CARD.match(text)) is not None:
        made.append((card.start("name"), card.end("name"), "PERSON", _SURE))
    elif ", " not in text and not made:
        return names
    for start, end, entity, score in names:
        family = _family_end(text, start, end, entity)
        if family and text.startswith(", ", family) and (stop := _stop(text, start, family)):
            made.append((start, stop, "PERSON", max(score, _LEAST)))
    if not made:
        return names
    return sorted([*made, *apart_from(made, names)])


def in_capitals(text: str) -> list[tuple[int, int, str, float]]:
    """Give the names that a family's in capitals and a given one make.

    Examples
    --------
    >>> in_capitals("7 MAZUR Grzegorz, 8 GPU Utilization")
    [(2, 16, 'PERSON', 0.72)]
    """
    return [(hit.start(), hit.end(), "PERSON", _LEAST) for hit in _CAPITAL.finditer(text) if _is_name(hit)]


def apart_from(made: Sequence[Any], names: Sequence[Any]) -> list[Any]:
    """Give the names that overlap none of those that were made."""
    ordered = sorted(made)
    starts = [one[0] for one in ordered]
    reach = [0, *accumulate((one[1] for one in ordered), max)]
    return [one for one in names if reach[bisect_left(starts, one[1])] <= one[0]]


@remembered(1 << 12)
def is_family_first(value: str) -> bool:
    """Tell whether a text is a family's name in capitals and a given one, be they columns apart.

    Examples
    --------
    >>> is_family_first("PAPADOPOULOS     Eleni"), is_family_first("GPU     Utilization")
    (True, False)
    """
    found = _CAPITAL.fullmatch(value)
    return found is not None and _is_name(found)


def _is_name(found: re.Match[str]) -> bool:
    """Tell whether a word in capitals and one after it are a family's and a given name: GAJDA Stanisława."""
    family, given = found["family"].partition("-")[0], found["given"].partition("-")[0]
    last, text = flags_of(family), found.string
    ends = not last & (COMMON | TOWN | REGION | COUNTRY) and _ENDINGS.fullmatch(family) is not None
    first = flags_of(given)
    if not first & GIVEN and not (ends and not first & (COMMON | TOWN | REGION | COUNTRY)):
        return False
    if text[found.end("family")] != ",":
        return (bool(last & SURNAME) or ends) and not last & COMMON
    told = _GIVEN.match(text, found.end("family"))
    if told is None or told.end() != found.end() or not _begins(text, found.start()):
        return False
    if _AGE.match(text, found.end()) is not None:
        return bool(last & SURNAME) or not last
    return bool(last & SURNAME) and not _are_places(last, flags_of(given))


def _are_places(first: int, second: int) -> bool:
    """Tell from the flags of two words whether they may be a town and its country or state: PARIS, France."""
    return bool(first & TOWN and second & (COUNTRY | REGION))


def _family_end(text: str, start: int, end: int, entity: str) -> int:
    """Give the end of what may be a family name; 0 where it is none: families are called like towns, too."""
    if entity == "PERSON":
        return end
    if entity != "LOCATION":
        return 0
    family = text[start:end].partition(", ")[0]
    told = _GIVEN.match(text, start + len(family))
    if told is None or _are_places(flags_of(family), flags_of(told["given"])):
        return 0
    return start + len(family) if all(map(is_surname, family.split(" "))) else 0


def _begins(text: str, start: int) -> bool:
    """Tell whether a place is the beginning of a line or cell, but for numbers, bullets and titles."""
    return not start or _BEFORE.search(text[max(0, start - _REACH) : start]) is not None


def _stop(text: str, start: int, end: int) -> int:
    """Give the end of the whole name that a family name begins; 0 where it is none."""
    if not _begins(text, start):
        return 0
    found = _GIVEN.match(text, end)
    if found is None or not is_given_name(found["given"].replace("-", " ").split(" ")[0]):
        return 0
    family = text[start:end].split(" ")
    if len(family) > _MOST_WORDS or (
        len(family) > 1 and is_given_name(family[0]) and not is_surname(family[0])
    ):
        return 0
    return found.end()
