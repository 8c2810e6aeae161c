"""Names that a tagger sees in parts: "Sauerbrey, Kai-Uwe", 'Ada "Flash" Quill', "Almut v. Lützow".

A family name and the given one behind a comma are two people in a list of people by one name each; lists are told by
what goes on before and behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leakkit.pii.gazetteer.lookup import COUNTRY, GIVEN, REGION, SURNAME, TOWN, flags_of

_WORD = r"[^\W\d_a-z][^\W\d_]+(?:['’\-][^\W\d_]+)*"
_ONE = re.compile(_WORD)
_AND = "and|und|et|y|e|i|a|u|och|og|en|ve|si|și|és|ja|oder|or|и|та|й|или|і|ו"
_LIST_BEFORE = re.compile(rf"(?:, |[^\W\d_],? (?:{_AND}) )\Z")
_LIST_BEHIND = re.compile(rf",? (?:{_AND}|&) [^\W\d_a-z]")
_NEXT = re.compile(rf", ({_WORD})")
_VERB = re.compile(r", [^\W\d_A-Z]{3,}")
_CLOSED = re.compile(r"\s*(?:[;:.|(<\n\-–—\d*/\]]|\Z|, [\d*(])")
_OPEN = re.compile(r"(?:\A|[:;.\n|(<\d—–-] ?)\Z")
_REACH = 8
_QUOTES = "\"“”„«‘'"
_JOINT = re.compile(
    rf"[ ][{_QUOTES}][^\W\d_][\w'’ .\-]{{0,24}}[\"”“»'’][ ]"
    r"|[ ](?:(?:Freiherr|Freifrau|Freiin|Graf|Gräfin|Ritter|Edler)[ ])?"
    r"(?:v\.[ ]?(?:d\.[ ]?)?|v/d[ ]|vd[ ]|von[ ]|zu[ ]|ap[ ]|ferch[ ])"
)
_SMALL = (" von ", " zu ", " ap ")
"""Words of noble names that stand between two people, too: a letter to one from the other."""
_LONGEST = 30


def whole_of_parts(text: str, names: Sequence[Any]) -> Sequence[Any]:
    """Put the parts of a person's name together that a tagger takes for two people.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What a tagger found.

    Examples
    --------
    >>> text = 'Baker, Margit: ask Ada "Flash" Quill'
    >>> parts = [(0, 5), (7, 13), (19, 22), (31, 36)]
    >>> [
    ...     text[start:end]
    ...     for start, end, *_ in whole_of_parts(text, [(*part, "PERSON", 0.9) for part in parts])
    ... ]
    ['Baker, Margit', 'Ada "Flash" Quill']
    """
    if len(names) < 2:
        return names
    found: list[Any] = []
    for name in sorted(names):
        while len(found) > 1 and found[-1][1] <= name[0] and _is_between(text, found[-2], found[-1], name):
            found.pop()
        last = found[-1] if found else None
        if last is not None and (_are_joined(text, last, name) or _are_one(text, last, name)):
            found[-1] = (last[0], name[1], "PERSON", max(last[3], name[3]))
        else:
            found.append(name)
    return found


def _is_between(text: str, first: Any, inner: Any, last: Any) -> bool:
    """Tell whether a name is the nickname between two others."""
    return _are_joined(text, first, last) and first[1] < inner[0] and text[inner[0] - 1] in _QUOTES


def _are_joined(text: str, first: Any, last: Any) -> bool:
    """Tell whether a nickname in quotes, or small words of noble names, stand between two names."""
    if first[2] != "PERSON" or last[2] != "PERSON" or not 2 < last[0] - first[1] <= _LONGEST:
        return False
    joint = _JOINT.fullmatch(text, first[1], last[0])
    if joint is None or joint[0].strip(f" {_QUOTES}”»") in _AND.split("|"):
        return False
    return not joint[0].endswith(_SMALL) or _is_of_noble(text[first[0] : first[1]], text[last[0] : last[1]])


def _is_of_noble(given: str, family: str) -> bool:
    """Tell whether "von" stands within a name, and not between the names of two people."""
    if " " not in given.strip():
        return " " not in family.strip()
    return " " not in family.strip() and not flags_of(_last(family)) & GIVEN


def _are_one(text: str, family: Any, given: Any) -> bool:
    """Tell whether two names are the family's and the given one of one person."""
    start, end = family[1], given[0]
    if given[2] != "PERSON" or end - start != 2 or text[start:end] != ", ":
        return False
    if family[2] != "PERSON" and not flags_of(_last(text[family[0] : start])) & SURNAME:
        return False
    first, second = text[family[0] : family[1]], text[given[0] : given[1]]
    if not _ONE.fullmatch(first) or not _ONE.fullmatch(second):
        return False
    return not _is_list(text, family[0], given[1]) and _fit(text, family[0], given[1], first, second)


def _is_list(text: str, start: int, end: int) -> bool:
    """Tell whether names go on before the two or behind them, or what both do."""
    if _LIST_BEFORE.search(text, max(0, start - _REACH), start) or _LIST_BEHIND.match(text, end):
        return True
    if _VERB.match(text, end):
        return True
    more = _NEXT.match(text, end)
    return more is not None and bool(flags_of(_last(more[1])) & (GIVEN | SURNAME))


def _fit(text: str, start: int, end: int, first: str, second: str) -> bool:
    """Tell whether the lists have the words as a family's and a given name; where as both, signs must stand around."""
    family, given = flags_of(_last(first)), flags_of(_last(second))
    if not given & GIVEN or not family & SURNAME:
        return False
    if family & TOWN and given & (COUNTRY | REGION):
        return False
    if not family & GIVEN:
        return True
    alone = not given & SURNAME or _OPEN.search(text, max(0, start - _REACH), start) is not None
    return alone and _CLOSED.match(text, end) is not None


def _last(word: str) -> str:
    """Give the last part of a double name."""
    return word.replace("-", " ").split(" ")[-1]
