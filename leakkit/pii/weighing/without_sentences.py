"""Names that a tagger sees where nobody writes sentences: lists of tokens, tables of signs, code, encoded bytes.

A tagger learns from prose, where what looks like a name mostly is one. In a long member without a sentence, near or
far, it mostly is none, and only a name that the lists of given names and surnames, towns and countries know stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.late import late
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
_UNSPACED = late(r"[\u3040-\u30ff\u4e00-\u9fff，、。！？]{8,}|[\u0e01-\u0e5b]{12,}")
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
    own = [held.member(span.row) for span in asked]
    every, same = Counter(own), Counter(zip(own, (span.value for span in asked), strict=True))
    asked = [
        span
        for span, member in zip(asked, own, strict=True)
        if same[member, span.value] >= OFTEN or held.lines(member).bare
    ]
    if not asked:
        return list(spans)
    beside = held.beside(spans, others, {held.member(span.row) for span in asked})
    left: list[tuple[Span, Member, int]] = []
    good = Counter[Member]()
    for span in asked:
        member, line = held.place(span.row, span.start)
        known = _is_known(span, texts[span.row]) and not held.lines(member).are_tokens
        if known or (member, line) in beside:
            good[member] += 1
        else:
            left.append((span, member, line))
    gone = set()
    for span, member, line in left:
        often = same[member, span.value] >= OFTEN and not _is_given(span)
        few = good[member] < ENOUGH * every[member]
        if _is_strange(span, held, member, line, few, often):
            gone.add(id(span))
    return [span for span in spans if id(span) not in gone]


def _is_strange(span: Span, held: _Held, member: Member, line: int, few: bool, often: bool) -> bool:
    """Tell whether a name is none, by where it stands, and whether it comes often or few of its member are known."""
    if often and span.entity == "ORGANIZATION" and span.score < _DOUBTED:
        return True
    if not often and not (few and held.lines(member).bare):
        return False
    return not held.is_in_sentence(span) and (often or held.lines(member).are_bare(line))


def _is_token(line: str) -> bool:
    """Tell whether a line is marked as a piece of a word."""
    return _MARK.search(line) is not None


class _Lines:
    """The lines of a member."""

    def __init__(self, count: int, line: Callable[[int], str]) -> None:
        self._count, self._line = count, line

    @cached_property
    def _sample(self) -> list[str]:
        """Some lines, without empty ones."""
        some = [self._line(place) for place in range(0, self._count, max(1, self._count // _SAMPLE))]
        return [one[: 2 * _REACH] for one in some if one and not one.isspace()]

    @cached_property
    def bare(self) -> bool:
        """Whether there are enough lines, and hardly any holds a sentence."""
        held = self._sample
        return self._count >= FEWEST and sum(map(is_sentence, held)) < MOST_SENTENCES * len(held)

    @cached_property
    def are_tokens(self) -> bool:
        """Whether many lines are marked as pieces of words."""
        held = self._sample
        return len(held) >= FEWEST and sum(map(_is_token, held)) >= _TOKENS * len(held)

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
        self._by_member: dict[int, tuple[_Lines, list[int]]] = {}
        self._own: dict[int, Member] = {}

    def member(self, row: int) -> Member:
        """Say to which member a row belongs: it is a text of many lines itself, or a line of many texts."""
        if (found := self._own.get(row)) is None:
            long = self._texts[row].count("\n") >= FEWEST
            found = self._own[row] = (True, row) if long else (False, int(self._members[row]))
        return found

    def place(self, row: int, start: int) -> tuple[Member, int]:
        """Say to which member a place belongs, and in which line of it it stands."""
        member = own, number = self.member(row)
        if own:
            return member, bisect_left(self._of_text(row)[1], start)
        return member, bisect_left(self._of_member(number)[1], row)

    def beside(
        self, spans: Sequence[Span], others: Iterable[int], wanted: set[Member]
    ) -> set[tuple[Member, int]]:
        """Give the lines of some members on which, or near which, something else of a person stands."""
        sure = [(s.row, s.start) for s in spans if s.score >= SURE and not s.evidence.startswith(_OWN)]
        sure += [(row, 0) for row in others]
        told = {self.place(row, start) for row, start in sure if self.member(row) in wanted}
        return {(member, line + step) for member, line in told for step in range(-_BESIDE, _BESIDE + 1)}

    def is_in_sentence(self, span: Span) -> bool:
        """Tell whether a name stands in a line with a sentence."""
        text = self._texts[span.row]
        first = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
        last = text.find("\n", span.end) % (len(text) + 1)
        return is_sentence(text[first : min(last, span.end + _REACH)])

    def lines(self, member: Member) -> _Lines:
        """Give the lines of a member."""
        own, number = member
        return self._of_text(number)[0] if own else self._of_member(number)[0]

    def _of_text(self, row: int) -> tuple[_Lines, list[int]]:
        """Give the lines of a text, and where they end."""
        if (found := self._by_text.get(row)) is None:
            lines = self._texts[row].split("\n")
            ends = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
            found = self._by_text[row] = _Lines(len(lines), lines.__getitem__), ends
        return found

    def _of_member(self, member: int) -> tuple[_Lines, list[int]]:
        """Give the texts of a member as its lines, and their places in the batch."""
        if (found := self._by_member.get(member)) is None:
            places = np.flatnonzero(self._members == member).tolist()
            found = self._by_member[member] = _Lines(len(places), lambda i: self._texts[places[i]]), places
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
