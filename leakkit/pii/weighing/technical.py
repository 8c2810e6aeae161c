"""Names that a tagger sees in documents about machines: parts, products, headings, places of servers.

A document with sentences is none of the lists of `without_sentences`, but where nothing near says that it is about
people (`signs_of_people`), a sequence of words with capitals is a term. Names of people stay that the lists know, and
all names do where many are such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from leakkit.pii.weighing.known_names import is_firm, is_full_name, is_person, words_of_name
from leakkit.pii.weighing.signs_of_people import has_label, speaks_of_people

if TYPE_CHECKING:
    from leakkit.pii.spans import Span
    from leakkit.pii.weighing.without_sentences import Held, Lines, Member

FEWEST = 30
"""Lines below which a member is too short to say what it is about."""
NEAR, LABELLED = 15, 2
"""Lines before and after a name in which a sign of people, and lines before it in which a label, may stand."""
_SPEAKING = 0.04
"""Share of the lines of a member with a sign of people from which on all of it is about them."""
_MANY = 0.25
"""Share of the different persons near a name that are known if it stands in a list of people."""
_FEW_PERSONS = 3
_OFTEN_FULL = 0.01
"""Known full names a line from which on all of a member is about people, but at least two."""
_ALIKE = 4
"""Times that a known name stands in a member without any sign of people if it is the name of a thing."""
_ARTICLE = re.compile(
    r"(?i)(?<![^\W_])(?:the|an?|der|die|das|den|dem|des|ein|eine[mnrs]?|le|la|les|l['’]|un|une|"
    r"du|au|el|los|las|una|il|lo|gli|dello|della|dell['’]|al|het|een)[ ]?\Z"
)
_SENTENCE = re.compile(r"(?<![^\W_])[a-z]{2,} [a-z]{2,} [a-z]{2,}")
_MARKS = " \t*_|.,;\r"
_OF_PEOPLE = frozenset(
    "EMAIL PHONE STREET_ADDRESS NATIONAL_ID US_SSN PASSPORT DRIVER_LICENSE DATE_OF_BIRTH IBAN CREDIT_CARD".split()
)
"""What else says that people are meant where it stands."""


def without_terms(spans: Sequence[Span], held: Held, own: str, others: Iterable[int] = ()) -> list[Span]:
    """Leave out names that a tagger sees in long members where nothing near them is about people.

    Parameters
    ----------
    spans : sequence of Span
        All that was found, names and others.
    held : Held
        The members of the batch.
    own : str
        What the evidence of a tagger's names begins with.
    others : iterable of int
        Texts in which something else of a person was found besides.
    """
    by_member: dict[Member, list[tuple[int, Span]]] = {}
    for span in spans:
        if span.evidence.startswith(own):
            member, line = held.place(span.row, span.start)
            by_member.setdefault(member, []).append((line, span))
    if not any(held.lines(member).count >= FEWEST for member in by_member):
        return list(spans)
    beside: dict[Member, set[int]] = {}
    told = [(span.row, span.start) for span in spans if span.entity in _OF_PEOPLE and not span.placeholder]
    for row, start in [*told, *((row, 0) for row in others)]:
        if (member := held.member(row)) in by_member:
            beside.setdefault(member, set()).add(held.place(row, start)[1])
    gone: set[int] = set()
    for member, placed in by_member.items():
        lines = held.lines(member)
        if lines.count >= FEWEST:
            about = _About(lines, beside.get(member, set()))
            gone.update(id(span) for span in _terms(placed, about, held))
    return [span for span in spans if id(span) not in gone]


def _terms(placed: list[tuple[int, Span]], about: _About, held: Held) -> list[Span]:
    """Give the names of a member that are terms."""
    left = [] if about.all_people else [(line, span) for line, span in placed if not about.people(line)]
    often = Counter(span.value for _, span in left)
    far = {id(span) for _, span in left}
    near, lines = _Persons(placed), _InLines(held)
    stay = {
        id(span): span
        for line, span in left
        if _stays(span, often[span.value], about.labels(line), held.text(span.row), lines)
        or near.are_many(line)
    }
    persons = [span for _, span in placed if span.entity == "PERSON"]
    if len({span.value for span in persons if id(span) in stay and is_full_name(span.value)}) >= about.few:
        return []
    told = {
        word
        for span in persons
        if id(span) not in far or id(span) in stay
        for word in words_of_name(span.value)
    }
    return [
        span
        for _, span in left
        if id(span) not in stay
        and not (span.entity == "PERSON" and told.issuperset(words_of_name(span.value)))
    ]


def _stays(span: Span, often: int, labelled: bool, text: str, lines: _InLines) -> bool:
    """Tell whether a name is one though nothing near says that people are meant."""
    if span.entity == "ORGANIZATION":
        return is_firm(span.value) and not span.value.endswith(" Group") and lines.tells(span)
    if span.entity != "PERSON" or not is_person(span.value):
        return False
    if " " not in span.value and not lines.tells(span):
        return False
    return labelled or (often < _ALIKE and not _has_article(text, span.start))


class _InLines:
    """Tells names by the lines of the texts they stand in; what is found of the last line is kept."""

    def __init__(self, held: Held) -> None:
        self._held, self._line, self._has_sentence = held, (-1, 0, 0), False

    def tells(self, span: Span) -> bool:
        """Tell whether a name stands alone on its line or in a sentence, and is no value of a part or a device."""
        row, first, last = self._line
        if row != span.row or not first <= span.start <= span.end <= last or "\n" in span.value:
            text = self._held.text(span.row)
            first, last = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end) % (len(text) + 1)
            self._has_sentence = _SENTENCE.search(text, first, last) is not None
            self._line = -1 if "\n" in span.value else span.row, first, last
        if self._has_sentence or first != span.start:
            return self._has_sentence
        return self._held.text(span.row)[first:last].strip(_MARKS) == span.value


def _has_article(text: str, start: int) -> bool:
    """Tell whether an article stands before a name, as before that of a thing."""
    return _ARTICLE.search(text, max(0, start - 8), start) is not None


class _Persons:
    """The different persons of a member, by line."""

    def __init__(self, placed: list[tuple[int, Span]]) -> None:
        self._lines: dict[int, set[str]] = {}
        for line, span in placed:
            if span.entity == "PERSON":
                self._lines.setdefault(line, set()).add(span.value)
        self._told: dict[int, bool] = {}

    def are_many(self, line: int) -> bool:
        """Tell whether many different persons near a line are known to the lists."""
        if (told := self._told.get(line)) is None:
            near = set().union(*(self._lines.get(line + step, ()) for step in range(-NEAR, NEAR + 1)))
            known = sum(map(is_full_name, near))
            told = self._told[line] = known >= _FEW_PERSONS and known >= _MANY * len(near)
        return told


class _About:
    """What the lines of a member are about."""

    def __init__(self, lines: Lines, beside: set[int]) -> None:
        self._lines, self._told = lines, dict.fromkeys(beside, True)
        self._labelled: dict[int, bool] = {}

    @property
    def few(self) -> float:
        """How many known persons make all of the member one about people."""
        return max(2, _OFTEN_FULL * self._lines.count)

    @cached_property
    def all_people(self) -> bool:
        """Whether some of many lines say that people are meant."""
        some = self._lines.sample
        return sum(map(speaks_of_people, some)) >= _SPEAKING * max(FEWEST, len(some))

    def people(self, place: int) -> bool:
        """Tell whether a line, or one near it, says that people are meant; the nearest are looked at first."""
        steps = (step for size in range(NEAR + 1) for step in {size, -size})
        return any(self._speaks(place + step) for step in steps if 0 <= place + step < self._lines.count)

    def labels(self, place: int) -> bool:
        """Tell whether a line, or one just before it, holds a label of people."""
        return any(self._has_label(one) for one in range(max(0, place - LABELLED), place + 1))

    def _has_label(self, place: int) -> bool:
        """Tell whether a line holds a label of people."""
        if (told := self._labelled.get(place)) is None:
            told = self._labelled[place] = has_label(self._lines.line(place))
        return told

    def _speaks(self, place: int) -> bool:
        """Tell whether a line says that people are meant."""
        if (told := self._told.get(place)) is None:
            told = self._told[place] = speaks_of_people(self._lines.line(place))
        return told
