"""A stretch of text as words and phrases: parted at signs and in camel case, in lower case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from leakkit.pii.weighing.memory import remembered

MOST_WORDS = 6
"""Words of the longest phrase."""

_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
_DIGIT = re.compile(r"\d")
MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
"""Signs above, below and beside letters, and the letters of India: Python counts many of their vowels as no letters."""
TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBERED = re.compile(r"\A(.*[^\W\d_])\d{1,2}\Z", re.DOTALL)
_RUN = re.compile(r"[A-Za-z0-9+/=]{12,}")
_CHANGE = re.compile(r"(?<=[a-z])[A-Z]|(?<=[A-Za-z])\d|(?<=\d)[A-Za-z]")
_ENDING = re.compile(r"(?<=\w)\.(?:cc|cpp|py|rs|go|ts|js|sh|md|so|rb|css)(?!\w)")
JOINTS = frozenset(("", " ", "_", "-", ".", "/", "'", "’"))

Grams = dict[str, int]
"""Words and phrases of a stretch of text, without what parts them, and the place of the last of each."""


@remembered(4096)
def words_in(stretch: str) -> tuple[list[str], list[str]]:
    """Give the words of a stretch of text in lower case, as `grams_of` does; and those and all without numbers."""
    data = stretch.encode()
    kinds = data.translate(_KINDS)
    if b"aA" in kinds or b"0A" in kinds or b"AAa" in kinds:
        parted = data.translate(_PARTED).decode().split() if stretch.isascii() else TOKEN.findall(stretch)
        words = [part for word in parted for part in _parts(word)]
    elif stretch.isascii():
        words = data.translate(_LOWER).decode().split()
    else:
        words = [word.lower() for word in TOKEN.findall(stretch)]
    if b"a0" not in kinds and b"A0" not in kinds and (stretch.isascii() or not _DIGIT.search(stretch)):
        return words, words
    return words, words + [unnumbered(word) for word in words if word[-1].isdigit()]


@remembered(4096)
def speaking(stretch: str) -> str:
    """Leave out of a stretch of text what stands in base64 by chance, and the endings of source files."""
    if "." in stretch:
        stretch = _ENDING.sub(" ", stretch)
    return _RUN.sub(_unless_random, stretch)


def _unless_random(run: re.Match[str]) -> str:
    """Give a long run of letters, digits and signs of base64; nothing where they change too often for words."""
    text = run.group()
    often = 8 if text.endswith("==") else 4
    return " " if often * len(_CHANGE.findall(text)) >= len(text) else text


def unnumbered(word: str) -> str:
    """Give a word without the one or two digits behind it; as it is where there are more, or nothing else."""
    return bare[1] if word[-1].isdigit() and (bare := _NUMBERED.match(word)) else word


_KINDS = bytes(
    65 if 65 <= c <= 90 else 97 if 97 <= c <= 122 else 48 if 48 <= c <= 57 else 32 for c in range(256)
)
_PARTED = bytes(c if chr(c).isalnum() and c < 128 else 32 for c in range(256))
_LOWER = _PARTED.lower()


def _parts(word: str) -> list[str]:
    """Part a word in camel case; give it in lower case."""
    if word.islower() or word.isupper() or not word.isascii():
        return [word.lower()]
    return [part.lower() for part in _CAMEL.split(word)]


@lru_cache(16384)
def grams_of(stretch: str) -> Grams:
    """Give the words and phrases of a stretch of text in lower case, with the place where each ends."""
    found: Grams = {}
    held = tokens(stretch)
    for last in range(len(held)):
        found.update(grams_to(stretch, held, last))
    return found


def tokens(stretch: str) -> list[tuple[str, int, int]]:
    """Give the words of a stretch of text in lower case, and where each begins and ends."""
    if stretch == stretch.lower():
        return [(token.group(), *token.span()) for token in TOKEN.finditer(stretch)]
    held: list[tuple[str, int, int]] = []
    for token in TOKEN.finditer(stretch):
        begin, parts = token.start(), _parts(token.group())
        for part in parts:
            held.append((part, begin, begin + len(part) if len(parts) > 1 else token.end()))
            begin += len(part)
    return held


def grams_to(stretch: str, held: list[tuple[str, int, int]], last: int) -> Iterator[tuple[str, int]]:
    """Give the word and the phrases that end with one of the words, and where that is."""
    gram, end = "", held[last][2]
    for first in range(last, max(-1, last - MOST_WORDS), -1):
        word, _, stop = held[first]
        if first < last and stretch[stop : held[first + 1][1]] not in JOINTS:
            break
        gram = f"{word} {gram}" if gram else word
        yield gram, end
        if numbered := _NUMBERED.match(gram):
            yield numbered.group(1), end


def writings(phrase: str) -> list[str]:
    """Give a phrase with each of its words apart from or joined to the next."""
    words = TOKEN.findall(phrase.lower())[:MOST_WORDS]
    found = words[:1]
    for word in words[1:]:
        found = [f"{one}{joint}{word}" for one in found for joint in (" ", "")]
    return found


@lru_cache(16384)
def unparted(word: str) -> bool:
    """True for words of scripts that do not part words by blanks."""
    return not word.isascii() and any(unicodedata.name(c, "").startswith(_NO_SPACES) for c in word)
