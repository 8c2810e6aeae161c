"""Names that a tagger sees where nobody writes sentences: lists of tokens, tables of signs, code, encoded bytes.

A tagger learns from prose, where what looks like a name mostly is one. In a long member without a sentence, near or
far, it mostly is none, and only a name that the lists of given names and surnames, towns and countries know stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.cues import ENDING

if TYPE_CHECKING:
    from leakkit.pii.spans import Span

Member = tuple[bool, int]
"""Whether it is a text of many lines, and the number of the text; else that of the member of many texts."""

FEWEST = 30
"""Lines below which a member is too short to say what it is."""
MOST_SENTENCES = 0.05
"""Share of lines with a sentence from which on a member is prose, a chat or a log of events."""
ENOUGH = 0.1
"""Share of the names of a member that are known, or stand beside other data of a person, if it is about people."""
OFTEN = 8
"""Times that a word which no list knows stands in lines without a sentence if it is a term, and no name."""
_SAMPLE = 200
_NEAR = 4
"""Lines before and after a name that may hold a sentence."""
_REACH = 400
"""Characters of a line that are looked at, before a name and behind it."""
_OWN = "tagger:"
_DOUBTED = 0.4
"""Score below which a term that comes again and again in sentences is no organisation either."""
_TOKENS = 0.2
"""Share of lines that are marked as pieces of words, in lists of tokens."""
SURE, _BESIDE = 0.5, 3
"""Score from which on something else says that it is about people; lines before and after for which it does."""
_RUN = re.compile(
    r"(?<![^\s\"'“‘«(>])[^\W\d_]+(?:['’\-][^\W\d_]+)*(?:[,;:]? [^\W\d_]+(?:['’\-][^\W\d_]+)*){3,}"
)
_MARK = re.compile(r"[Ġ▁Ċ]|(?:^|\s)##\w")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff，、。！？]{8,}|[\u0e01-\u0e5b]{12,}")
_SMALL_WORDS = 2
_EDGES = frozenset(" \t\n,;:|\"'“”‘’«»()[]<>.!?")
_NAME_PART = re.compile(r"[^\W\d_]+")
_FIRM = re.compile(rf" {ENDING}\Z")
_WRITTEN = re.compile(r"[^\W\d_][^\W\d_]*\.?(?:[ \-'’.,]{1,2}[^\W\d_]+\.?)*")


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
    for run in _RUN.finditer(line):
        if sum(word[0] == word[0].lower() for word in run[0].split()) >= _SMALL_WORDS:
            return True
    return _UNSPACED.search(line) is not None


def without_strangers(
    spans: Sequence[Span], texts: Any, members: np.ndarray, others: Iterable[int] = ()
) -> list[Span]:
    """Leave out names that a tagger sees in long members without sentences.

    Those stay that the lists know, and those beside other data of a person; all do where enough are such.

    Parameters
    ----------
    spans : sequence of Span
        All that was found, names and others.
    texts : sequence of str
        The texts of a batch: whole members, or their lines or fields one after the other.
    members : numpy.ndarray
        For each text a number of the member and field it belongs to.
    others : iterable of int
        Texts in which something else of a person was found besides.
    """
    asked = [span for span in spans if span.evidence.startswith(_OWN)]
    held = _Held(texts, members)
    if not asked:
        return list(spans)
    alone = {id(span) for span in asked if not held.is_in_sentence(span)}
    sure = [s for s in spans if s.score >= SURE and not s.evidence.startswith(_OWN)]
    told = {held.place(s.row, s.start) for s in sure} | {held.place(row, 0) for row in others}
    beside = {(member, line + step) for member, line in told for step in range(-_BESIDE, _BESIDE + 1)}
    every, good, same = Counter[Member](), Counter[Member](), Counter[tuple[Member, str]]()
    trusted = set()
    for span in asked:
        place = held.place(span.row, span.start)
        every[place[0]] += 1
        same[place[0], span.value] += 1
        if place in beside or (_is_known(span, texts[span.row]) and not held.lines(place[0]).are_tokens):
            good[place[0]] += 1
            trusted.add(id(span))
    gone = set()
    for span in asked:
        member, line = held.place(span.row, span.start)
        if id(span) in trusted:
            continue
        often = same[member, span.value] >= OFTEN and not _is_given(span)
        if id(span) in alone:
            strange = good[member] < ENOUGH * every[member] and held.lines(member).are_bare(line)
            if strange or often:
                gone.add(id(span))
        elif often and span.entity == "ORGANIZATION" and span.score < _DOUBTED:
            gone.add(id(span))
    return [span for span in spans if id(span) not in gone]


def _is_token(line: str) -> bool:
    """Tell whether a line is marked as a piece of a word."""
    return _MARK.search(line) is not None


class _Lines:
    """The lines of a member."""

    def __init__(self, count: int, line: Callable[[int], str]) -> None:
        self._count, self._line = count, line
        some = [line(place) for place in range(0, count, max(1, count // _SAMPLE))]
        held = [one[: 2 * _REACH] for one in some if one and not one.isspace()]
        few = sum(map(is_sentence, held)) < MOST_SENTENCES * len(held)
        self.bare = count >= FEWEST and few
        self.are_tokens = len(held) >= FEWEST and sum(map(_is_token, held)) >= _TOKENS * len(held)

    def are_bare(self, place: int) -> bool:
        """Tell whether no line around one holds a sentence, and hardly any of the member does."""
        if not self.bare:
            return False
        near = range(max(0, place - _NEAR), min(self._count, place + _NEAR + 1))
        return not any(is_sentence(self._line(other)[: 2 * _REACH]) for other in near if other != place)


class _Held:
    """The members of a batch by what they hold: lines of one text, or texts that are lines of one member."""

    def __init__(self, texts: Any, members: np.ndarray) -> None:
        self._texts, self._members = texts, members
        self._by_text: dict[int, tuple[_Lines, list[int]]] = {}
        self._by_member: dict[int, tuple[_Lines, np.ndarray]] = {}

    def place(self, row: int, start: int) -> tuple[Member, int]:
        """Say to which member a place belongs, a text of many lines or many texts, and in which line it stands."""
        text = self._texts[row]
        if row in self._by_text or text.count("\n") >= FEWEST:
            return (True, row), bisect_left(self._of_text(row, text)[1], start)
        member = int(self._members[row])
        return (False, member), int(np.searchsorted(self._of_member(member)[1], row))

    def is_in_sentence(self, span: Span) -> bool:
        """Tell whether a name stands in a line with a sentence."""
        text = self._texts[span.row]
        first = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
        last = text.find("\n", span.end) % (len(text) + 1)
        return is_sentence(text[first : min(last, span.end + _REACH)])

    def lines(self, member: Member) -> _Lines:
        """Give the lines of a member."""
        own, number = member
        return self._by_text[number][0] if own else self._by_member[number][0]

    def _of_text(self, row: int, text: str) -> tuple[_Lines, list[int]]:
        """Give the lines of a text, and where they end."""
        if (found := self._by_text.get(row)) is None:
            lines = text.split("\n")
            ends = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
            found = self._by_text[row] = _Lines(len(lines), lines.__getitem__), ends
        return found

    def _of_member(self, member: int) -> tuple[_Lines, np.ndarray]:
        """Give the texts of a member as its lines, and their places in the batch."""
        if (found := self._by_member.get(member)) is None:
            rows = np.flatnonzero(self._members == member)
            places = rows.tolist()
            found = self._by_member[member] = _Lines(len(places), lambda i: self._texts[places[i]]), rows
        return found


def _is_known(span: Span, text: str) -> bool:
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


def _is_given(span: Span) -> bool:
    """Tell whether a name of a person holds a given name that is no common word."""
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN

    if span.entity != "PERSON":
        return False
    words = tuple(word for word in _NAME_PART.findall(span.value) if len(word) > 1)
    return any(flags & GIVEN and not flags & COMMON for flags in _flags(words))


def _is_person(words: tuple[str, ...]) -> bool:
    """Tell whether words may be a given name and a surname by the lists, and none is only a common word."""
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME

    long = tuple(word for word in words if len(word) > 1)
    if len(words) < 2 or not long:
        return False
    flags = _flags(long)
    fit = all(one & (GIVEN | SURNAME) or not one & COMMON for one in flags)
    return fit and any(one & GIVEN for one in flags)


@lru_cache(1 << 12)
def _flags(words: tuple[str, ...]) -> tuple[int, ...]:
    """Give what words may be by the lists."""
    from leakkit.pii.gazetteer.lookup import load
    from leakkit.pii.gazetteer.tokens import hash_strings

    return tuple(load().flags(hash_strings(list(words))).tolist()) if words else ()
