"""Copies of the written texts with other names in them, so that words around names are learned and not the names alone.

Each word of a person is drawn from the same place in other texts' names: of the same script, writing and last letter,
so that most endings of cases stay; one family name in three is put together from two, which no list knows. A word is
changed to the same one throughout a text. Places and organisations are drawn whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from training.corpora import Document
from training.written_texts import NAMES

Marked = tuple[str, list[tuple[int, int, str]]]
"""A text, and what is marked in it with its letter."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STAY = frozenset(
    "van von der den de del della di da do dos das du la le les el al bin ibn ben ten ter te zu zum zur y e i und and "
    "of the mc mac o' d' l' san dr jr sr st".split()
)
_MADE_UP = 0.35
"""Share of family names that are put together from two."""
_FEW, _MANY = 20, 2000
_WITHOUT_LENGTH = ("ARABIC", "HEBREW")
_PUT_TOGETHER = ("LATIN", "CYRILLIC", "GREEK")
_SEED = 7


class OtherNames:
    """Names of texts by what they may stand for, from which others are drawn."""

    def __init__(self, texts: Sequence[Marked]) -> None:
        self._random = Random(_SEED)
        self._words: dict[tuple[object, ...], list[str]] = defaultdict(list)
        self._whole: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for text, spans in texts:
            for start, end, letter in spans:
                value = text[start:end]
                if letter == "P":
                    self._learn(value)
                elif letter in NAMES and "\n" not in value:
                    key = _kind(value, letter)
                    self._whole[key].append(value)
                    self._whole[*key, value[-1]].append(value)

    def _learn(self, value: str) -> None:
        """Keep the words of a person's name by place, script and writing; also by last letter, or length."""
        for place, word in _placed(value):
            script, shape = _script(word[0]), _shape(word)
            if shape == "mixed" or (shape == "none" and script == "LATIN"):
                continue
            key = (place, script, shape)
            self._words[key].append(word)
            self._words[*key, word[-1]].append(word)
            if shape == "none":
                self._words[*key, len(word)].append(word)

    def copy(
        self, text: str, spans: Sequence[tuple[int, int, str]]
    ) -> tuple[str, list[tuple[int, int, str]]] | None:
        """Give a text with other names and where they stand; None where nothing could be changed."""
        told: dict[str, str] = {}
        parts: list[str] = []
        names = []
        at = size = 0
        for start, end, letter in sorted(spans):
            if start < at:
                continue
            value = text[start:end]
            other = self._other(value, letter, told) if letter in NAMES else value
            parts += [text[at:start], other]
            begin = size + start - at
            size, at = begin + len(other), end
            if letter in NAMES:
                names.append((begin, size, NAMES[letter]))
        changed = "".join([*parts, text[at:]])
        return None if changed == text else (changed, names)

    def _other(self, value: str, letter: str, told: dict[str, str]) -> str:
        """Give another name of its kind."""
        if letter == "P":
            return self._person(value, told)
        if "\n" in value:
            return value
        if value not in told:
            key = _kind(value, letter)
            pool = self._whole.get((*key, value[-1]), [])
            pool = pool if len(pool) >= _FEW // 2 else self._whole.get(key, [])
            told[value] = self._random.choice(pool) if pool else value
        return told[value]

    def _person(self, value: str, told: dict[str, str]) -> str:
        """Give a person's name with other words."""
        places = dict(_placed_at(value))
        parts, at = [], 0
        for found in _WORD.finditer(value):
            word, place = found[0], places.get(found.start())
            parts.append(value[at : found.start()])
            at = found.end()
            parts.append(word if place is None else self._word(word, place, told))
        return "".join([*parts, value[at:]])

    def _word(self, word: str, place: str, told: dict[str, str]) -> str:
        """Give another word, the same for the same one, written as it is."""
        small = word.lower()
        if small not in told:
            told[small] = self._drawn(word, place)
        other = told[small]
        if word.isupper() and len(word) > 1:
            return other.upper()
        if word.islower():
            return other.lower()
        return other.capitalize() if _shape(word) == "title" and other[:1].islower() else other

    def _drawn(self, word: str, place: str) -> str:
        """Draw a word, or make one of two."""
        script, shape = _script(word[0]), _shape(word)
        if shape == "initial":
            return word
        key = (place, script, shape)
        by_length = shape == "none" and script not in _WITHOUT_LENGTH
        pool = self._words.get((*key, len(word) if by_length else word[-1]), [])
        if len(pool) < _FEW:
            pool = self._words.get(key, [])
        if by_length and len(pool) < _MANY:
            pool = [one for one in pool if len(one) == len(word)]
        if not pool:
            return word
        one = self._random.choice(pool)
        if script in _PUT_TOGETHER and place == "last" and len(one) > 3 and self._random.random() < _MADE_UP:
            return self._made_up(one, self._random.choice(pool), shape)
        return one

    def _made_up(self, one: str, other: str, shape: str) -> str:
        """Put the beginning of a word and the end of another together."""
        if len(other) < 4:
            return one
        begin = other[: self._random.randint(2, max(2, len(other) // 2))]
        made = begin + one[self._random.randint(1, max(1, len(one) // 2)) :]
        made = {"upper": made.upper(), "lower": made.lower()}.get(shape, made[0].upper() + made[1:].lower())
        return made if 4 <= len(made) <= 14 else one


def swapped(texts: Sequence[Marked], copies: int = 2) -> list[list[Document]]:
    """Give copies of all texts that hold a name, with other names.

    Examples
    --------
    >>> texts = [("ask Ann", [(4, 7, "P")]), ("Tim left", [(0, 3, "P")])]
    >>> [document.number for document in swapped(texts, 1)[0]]
    [0, 1]
    """
    others = OtherNames(texts)
    made = []
    for _ in range(copies):
        one = []
        for number, (text, spans) in enumerate(texts):
            if any(letter in NAMES for *_, letter in spans) and (copy := others.copy(text, spans)):
                one.append(Document(*copy, number=number, place=number / len(texts)))
        made.append(one)
    return made


def _placed_at(value: str) -> list[tuple[int, str]]:
    """Give where the words of a person's name begin that may be others, and whether each is the first of several."""
    words = [found for found in _WORD.finditer(value) if found[0].lower() not in _STAY]
    return [
        (found.start(), "first" if not place and len(words) > 1 else "last")
        for place, found in enumerate(words)
    ]


def _placed(value: str) -> list[tuple[str, str]]:
    """Give the same words with their places in the name."""
    return [(place, _WORD.match(value, start)[0]) for start, place in _placed_at(value)]  # type: ignore[index]


def _script(sign: str) -> str:
    """Give the script of a letter."""
    return unicodedata.name(sign, "NONE").split(" ")[0]


def _shape(word: str) -> str:
    """Tell how a word is written."""
    if len(word) == 1:
        return "initial"
    if word.islower() or word.isupper():
        return "lower" if word.islower() else "upper"
    if word[0].isupper() and word[1:].islower():
        return "title"
    return "mixed" if word.lower() != word else "none"


def _kind(value: str, letter: str) -> tuple[object, ...]:
    """Tell what a place or an organisation may stand for: script, writing, words, digits."""
    script = next((_script(sign) for sign in value if sign.isalpha()), "")
    words = min(3, len(value.split()))
    return letter, script, value.islower(), value.isupper(), words, any(map(str.isdigit, value))
