"""Which names that a tagger sees the lists of given names, surnames, towns and countries know."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from leakkit.pii.cues import ENDING
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, LARGE_TOWN, SURNAME, TOWN, load
from leakkit.pii.gazetteer.tokens import hash_strings
from leakkit.pii.reversed_names import is_family_first

if TYPE_CHECKING:
    from leakkit.pii.spans import Span

_EDGES = frozenset(" \t\n,;:|\"'“”‘’«»()[]<>.!?")
_NAME_PART = re.compile(r"[^\W\d_]+")
_FIRM = re.compile(rf" {ENDING}\Z")
_WRITTEN = re.compile(r"[^\W\d_][^\W\d_]*\.?(?:[ \-'’.,]{1,2}[^\W\d_]+\.?)*")


def is_known(span: Span, text: str) -> bool:
    """Tell whether a name is written as names are, apart from other signs, and known to the lists."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if (before and before not in _EDGES) or (after and after not in _EDGES):
        return False
    value = span.value
    if span.entity == "PERSON" and is_family_first(value):
        return True
    words = tuple(_NAME_PART.findall(value))
    if (
        not words
        or not _WRITTEN.fullmatch(value)
        or not (value.isupper() or words[0][0] != words[0][0].lower())
    ):
        return False
    if span.entity == "PERSON":
        return _is_person(words)
    if value.isupper():
        return False
    if span.entity == "ORGANIZATION":
        return is_firm(value)
    return span.entity in ("CITY", "COUNTRY")


def is_town(value: str) -> bool:
    """Tell whether all words of a name are those of towns by the lists, and one is no common word."""
    flags = _flags(words_of_name(value))
    return all(one & (TOWN | LARGE_TOWN) for one in flags) and any(not one & COMMON for one in flags)


def is_firm(value: str) -> bool:
    """Tell whether a name ends as those of firms do."""
    return _FIRM.search(value) is not None and len(_NAME_PART.findall(value)) > 1


def is_person(value: str) -> bool:
    """Tell whether a value is one given name that is no common word, or a given name among others by the lists."""
    words = words_of_name(value)
    if len(words) == 1:
        flag = _flags(words)[0]
        return bool(flag & GIVEN) and not flag & COMMON
    small = any(word[0].islower() and flag & COMMON for word, flag in zip(words, _flags(words), strict=True))
    return not small and _is_person(words) and not are_common(value)


def is_full_name(value: str) -> bool:
    """Tell whether all words of a value are given names and surnames by the lists, and one is no common word.

    So is a family's name in capitals whose ending tells it, before a word that may be a given one.
    """
    if is_family_first(value):
        return True
    words = tuple(word for word in words_of_name(value) if len(word) > 1)
    flags = _flags(words)
    return (
        len(words) > 1
        and all(one & (GIVEN | SURNAME) for one in flags)
        and any(one & GIVEN for one in flags)
        and not all(one & COMMON for one in flags)
    )


def words_of_name(value: str) -> tuple[str, ...]:
    """Give the words of a name."""
    return tuple(_NAME_PART.findall(value))


def is_given(span: Span) -> bool:
    """Tell whether a name of a person holds a given name that is no common word."""
    if span.entity != "PERSON":
        return False
    words = tuple(word for word in _NAME_PART.findall(span.value) if len(word) > 1)
    return any(flags & GIVEN and not flags & COMMON for flags in _flags(words))


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name, whatever else it is."""
    return bool(_flags((word,))[0] & GIVEN)


def is_given_only(word: str) -> bool:
    """Tell whether a word is a given name, and no surname."""
    return _flags((word,))[0] & (GIVEN | SURNAME) == GIVEN


def is_word(word: str) -> bool:
    """Tell whether a word is one of the language, and neither a given name nor a surname."""
    return _flags((word,))[0] & (COMMON | GIVEN | SURNAME) == COMMON


def are_common(value: str) -> bool:
    """Tell whether all words of a name are words of the language, too: ``Golden Ring``."""
    words = tuple(word for word in _NAME_PART.findall(value) if len(word) > 1)
    return all(flags & COMMON for flags in _flags(words))


def _is_person(words: tuple[str, ...]) -> bool:
    """Tell whether words may be a given name and a surname by the lists, and none is only a common word."""
    long = tuple(word for word in words if len(word) > 1)
    if len(words) < 2 or not long:
        return False
    flags = _flags(long)
    fit = all(one & (GIVEN | SURNAME) or not one & COMMON for one in flags)
    return fit and any(one & GIVEN for one in flags)


@lru_cache(1 << 12)
def _flags(words: tuple[str, ...]) -> tuple[int, ...]:
    """Give what words may be by the lists."""
    return tuple(load().flags(hash_strings(list(words))).tolist()) if words else ()
