"""Which names that a tagger sees the lists of given names, surnames, towns and countries know."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from leakkit.pii.cues import ENDING
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME, load
from leakkit.pii.gazetteer.tokens import hash_strings

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
        return len(words) > 1 and _FIRM.search(value) is not None
    return span.entity in ("CITY", "COUNTRY")


def is_given(span: Span) -> bool:
    """Tell whether a name of a person holds a given name that is no common word."""
    if span.entity != "PERSON":
        return False
    words = tuple(word for word in _NAME_PART.findall(span.value) if len(word) > 1)
    return any(flags & GIVEN and not flags & COMMON for flags in _flags(words))


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
