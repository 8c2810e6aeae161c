"""Names that a tagger sees where nobody writes sentences: lists of tokens, tables of signs, code, encoded bytes.

A tagger learns from prose, where what looks like a name mostly is one. In a long member without a sentence, near or
far, it mostly is none, and only a name that the lists of given names and surnames, towns and countries know stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.catalogues import tells_by_key
from leakkit.pii.weighing.alphabets import without_spelling
from leakkit.pii.weighing.known_names import are_common, is_given, is_known
from leakkit.pii.weighing.packages import without_packages
from leakkit.pii.weighing.sentences import is_sentence
from leakkit.pii.weighing.technical import without_terms

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
_ENOUGH_OF_LIST, _BY_CHANCE = 0.2, 0.15
"""The same share of a list of names, and the share of its lines up to which known ones are words, and so by chance."""
_MOSTLY, _LONG_LIST = 0.8, 100
"""Share of tagged names that are whole lines of a list, and lines from which on it is one."""
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
_MARK = re.compile(r"[Ġ▁Ċ]|(?:^|\s)##\w")
_STRING = re.compile(
    r"[ \t]*[\"']?[A-Za-z_][\w\-]*(?:\.[\w\-]+)+[\"']?[ \t]?[=:][ \t]?\S|msg(?:id|str|id_plural|ctxt)\b|#[:,.|~]"
    r"|[ \t]*\"[^\"]*\"(?: = \".*)?;?$|[ \t]*<(?:string|item)\b"
)
_STRINGS = 0.6
"""Share of lines that are such, in catalogues of strings and settings."""


def without_strangers(
    spans: Sequence[Span],
    texts: Any,
    members: np.ndarray,
    others: Iterable[int] = (),
    documents: frozenset[int] = frozenset(),
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
    documents : frozenset of int
        Numbers of the members whose texts stand in a field of their own each.
    """
    held = Held(texts, members, documents)
    spans = without_packages(without_spelling(spans, held, _OWN), held)
    return without_terms(_without_strangers(spans, texts, held, others), held, _OWN)


def _without_strangers(spans: Sequence[Span], texts: Any, held: Held, others: Iterable[int]) -> list[Span]:
    """Leave out names that a tagger sees in long members without sentences."""
    asked = [span for span in spans if span.evidence.startswith(_OWN)]
    own = [held.member(span.row) for span in asked]
    every, same = Counter(own), Counter(zip(own, (span.value for span in asked), strict=True))
    whole = Counter(m for s, m in zip(asked, own, strict=True) if s.end - s.start == len(texts[s.row]))
    lists = {member for member in every if held.is_list(member, whole[member], every[member])}
    bare = {member for member in every if held.lines(member).bare}
    asked = [
        span
        for span, member in zip(asked, own, strict=True)
        if member in bare or same[member, span.value] >= OFTEN
    ]
    if not asked:
        return list(spans)
    beside = held.beside(spans, others, {held.member(span.row) for span in asked})
    left: list[tuple[Span, Member, int]] = []
    doubted: list[tuple[Span, Member]] = []
    good = Counter[Member]()
    for span in asked:
        member, line = held.place(span.row, span.start)
        known = is_known(span, texts[span.row]) and not held.lines(member).are_tokens
        if known or (member, line) in beside:
            good[member] += 1
            if member in lists and (member, line) not in beside and are_common(span.value):
                doubted.append((span, member))
        else:
            left.append((span, member, line))
    gone = {id(span) for span, member in doubted if good[member] < _BY_CHANCE * held.lines(member).count}
    for span, member, line in left:
        often = same[member, span.value] >= OFTEN and not is_given(span)
        few = good[member] < (_ENOUGH_OF_LIST if member in lists else ENOUGH) * every[member]
        if _is_strange(span, held, member, line, few, often):
            gone.add(id(span))
    return [span for span in spans if id(span) not in gone]


def _is_strange(span: Span, held: Held, member: Member, line: int, few: bool, often: bool) -> bool:
    """Tell whether a name is none, by where it stands, and whether it comes often or few of its member are known."""
    if often and span.entity == "ORGANIZATION" and span.score < _DOUBTED:
        return True
    if not often and not (few and held.lines(member).bare):
        return False
    if few and held.lines(member).alone:
        return True
    return not held.is_in_sentence(span) and (often or held.lines(member).are_bare(line))


def _of_texts(texts: Any, places: list[int]) -> Callable[[int], str]:
    """Give what gives one of some texts."""

    def line(number: int) -> str:
        return str(texts[places[number]])

    return line


def _is_token(line: str) -> bool:
    """Tell whether a line is marked as a piece of a word."""
    return _MARK.search(line) is not None


def _is_string(line: str) -> bool:
    """Tell whether a line is a key with dots and its value, or part of a catalogue of the texts of a screen."""
    return _STRING.match(line) is not None


class Lines:
    """The lines of a member."""

    def __init__(self, count: int, line: Callable[[int], str], keyed: bool = False) -> None:
        self.count, self.line, self._keyed = count, line, keyed

    @cached_property
    def sample(self) -> list[str]:
        """Some lines, without empty ones."""
        some = [self.line(place) for place in range(0, self.count, max(1, self.count // _SAMPLE))]
        return [one[: 2 * _REACH] for one in some if one and not one.isspace()]

    @cached_property
    def alone(self) -> bool:
        """Whether there are enough lines, and each is a string of its own under a key: a catalogue or settings."""
        held = self.sample
        return self.count >= FEWEST and (
            self._keyed or sum(map(_is_string, held)) >= _STRINGS * max(FEWEST / 2, len(held))
        )

    @cached_property
    def bare(self) -> bool:
        """Whether there are enough lines, and hardly any holds a sentence, or says anything of another."""
        held = self.sample
        if self.alone:
            return True
        return self.count >= FEWEST and sum(map(is_sentence, held)) < MOST_SENTENCES * len(held)

    @cached_property
    def are_tokens(self) -> bool:
        """Whether many lines are marked as pieces of words."""
        held = self.sample
        return len(held) >= FEWEST and sum(map(_is_token, held)) >= _TOKENS * len(held)

    def are_bare(self, place: int) -> bool:
        """Tell whether no line around one holds a sentence, and hardly any of the member does."""
        if not self.bare:
            return False
        near = range(max(0, place - _NEAR), min(self.count, place + _NEAR + 1))
        return not any(is_sentence(self.line(other)[: 2 * _REACH]) for other in near if other != place)


class Held:
    """The members of a batch by what they hold: lines of one text, or texts that are lines of one member."""

    def __init__(self, texts: Any, members: np.ndarray, documents: frozenset[int]) -> None:
        self._texts, self._members, self._documents = texts, members, documents
        self._by_text: dict[int, tuple[Lines, list[int]]] = {}
        self._by_member: dict[int, tuple[Lines, list[int]]] = {}
        self._own: dict[int, Member] = {}
        self._places: dict[int, tuple[Member, int]] = {}

    def text(self, row: int) -> str:
        """Give the text of a row."""
        return self._texts[row]

    def member(self, row: int) -> Member:
        """Say to which member a row belongs: it is a text of many lines itself, or a line of many texts."""
        if (found := self._own.get(row)) is None:
            long = self._texts[row].count("\n") >= FEWEST
            found = self._own[row] = (True, row) if long else (False, int(self._members[row]))
        return found

    def place(self, row: int, start: int) -> tuple[Member, int]:
        """Say to which member a place belongs, and in which line of it it stands."""
        if (found := self._places.get(row)) is not None:
            return found
        member = own, number = self.member(row)
        if own:
            return member, bisect_left(self._of_text(row)[1], start)
        found = self._places[row] = member, bisect_left(self._of_member(number)[1], row)
        return found

    def beside(
        self, spans: Sequence[Span], others: Iterable[int], wanted: set[Member]
    ) -> set[tuple[Member, int]]:
        """Give the lines of some members on which, or near which, something else of a person stands."""
        sure = [
            (s.row, s.start)
            for s in spans
            if s.score >= SURE
            and not s.evidence.startswith(_OWN)
            and not (tells_by_key(s.detector) and self.lines(self.member(s.row)).alone)
        ]
        sure += [(row, 0) for row in others]
        told = {self.place(row, start) for row, start in sure if self.member(row) in wanted}
        return {(member, line + step) for member, line in told for step in range(-_BESIDE, _BESIDE + 1)}

    def is_list(self, member: Member, whole: int, tagged: int) -> bool:
        """Tell whether nearly all that was tagged in a long member are whole lines or values of it."""
        return not member[0] and whole >= _MOSTLY * tagged and self.lines(member).count >= _LONG_LIST

    def is_in_sentence(self, span: Span) -> bool:
        """Tell whether a name stands in a line with a sentence."""
        text = self._texts[span.row]
        first = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
        last = text.find("\n", span.end) % (len(text) + 1)
        return is_sentence(text[first : min(last, span.end + _REACH)])

    def lines(self, member: Member) -> Lines:
        """Give the lines of a member."""
        own, number = member
        return self._of_text(number)[0] if own else self._of_member(number)[0]

    def _of_text(self, row: int) -> tuple[Lines, list[int]]:
        """Give the lines of a text, and where they end."""
        if (found := self._by_text.get(row)) is None:
            lines = self._texts[row].split("\n")
            ends = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
            found = self._by_text[row] = Lines(len(lines), lines.__getitem__), ends
        return found

    def _of_member(self, member: int) -> tuple[Lines, list[int]]:
        """Give the texts of a member as its lines, and their places in the batch."""
        if (found := self._by_member.get(member)) is None:
            places = np.flatnonzero(self._members == member).tolist()
            found = self._by_member[member] = (
                Lines(len(places), _of_texts(self._texts, places), member in self._documents),
                places,
            )
        return found
