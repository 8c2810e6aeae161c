"""Words near a value: whole words on both sides, keys just before it, words of a field's name."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cached_property, lru_cache

from leakkit.pii.weighing.meant import means_it
from leakkit.pii.weighing.phrases import (
    JOINTS,
    MOST_WORDS,
    TOKEN,
    grams_to,
    speaking,
    tokens,
    unnumbered,
    unparted,
    words_in,
    writings,
)

BEFORE, AFTER = 60, 30
"""Characters of the same line in which a context word counts."""

PLAIN = bytes(
    ord(chr(code).lower())
    if chr(code).isalpha() and code < 128
    else 48
    if chr(code).isdigit() and code < 128
    else 32
    for code in range(256)
)
"""For ``bytes.translate``: letters small, digits zero, everything else a blank."""

SHORT = 4
_NOTHING: frozenset[str] = frozenset()
_SCOPED = re.compile(r"\w::\w{1,40}::\Z")
_KEY = re.compile(
    r"""(?<!\d\d\d)(?<![^\W\d])([^\W\d][\w.\-]{0,59})["'\]]{0,2}[ \t]{0,4}(?:[:=]|=>|:=)[ \t]{0,4}["'\[(]{0,2}\Z"""
)
"""A key begins with a letter; those behind three digits are the end of a number (``4013cf:``), and no key."""


_BEHIND_HYPHEN = re.compile(r"(?i)^\d{0,2}-(?!(?:number|num|no|nr|id|code|value|key|hash|\d+)\b)[a-z]{2}")
"""What makes a short word the first half of another name."""


class Words:
    """A set of words and phrases, to be found whole near a value.

    A word is whole where no letter or digit touches it (a number of two digits behind it may); an
    underscore, and a step from lower to upper case (``phoneNumber``), part words too. A blank in a phrase
    also stands for ``_``, ``-``, ``.``, ``/``, an apostrophe or nothing. Scripts that do not part words
    are found anywhere.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._given = words

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in small letters, each once; made when they are first asked for, as most lists never are."""
        given = [word.strip().lower() for word in self._given]
        return tuple(dict.fromkeys(word for word in given if len(word) > 1 or unparted(word)))

    @cached_property
    def _free(self) -> tuple[str, ...]:
        """Those of scripts that do not part words."""
        return tuple(word for word in self.words if unparted(word))

    @cached_property
    def has_digits(self) -> bool:
        """Whether any word holds a digit."""
        return any(c.isdigit() for w in self.words for c in w)

    @cached_property
    def _by_gram(self) -> dict[str, str]:
        """For each way a word is written, the word; made when it is first asked, as most lists never are."""
        return {gram: word for word in reversed(self.words) if not unparted(word) for gram in writings(word)}

    @cached_property
    def _grams(self) -> frozenset[str]:
        """All ways of writing."""
        return frozenset(self._by_gram)

    @cached_property
    def _single(self) -> dict[str, str]:
        """The words that are one."""
        return _tails(self._by_gram)[0]

    @cached_property
    def _ends(self) -> dict[str, frozenset[str]]:
        """The last words of phrases, with those before them."""
        return _tails(self._by_gram)[1]

    @cached_property
    def lasts(self) -> frozenset[str]:
        """The last words of all words and phrases; a stretch of text without any of them holds none."""
        return frozenset(gram.split()[-1] for gram in self._by_gram)

    @property
    def unparted(self) -> bool:
        """Whether some are of a script that does not part words."""
        return bool(self._free)

    def before(self, stretch: str) -> str | None:
        """Give the word that stands last in a stretch before a value."""
        return self.among(stretch, 1)

    def after(self, stretch: str) -> str | None:
        """Give a word of a stretch after a value."""
        return self.among(stretch, -1)

    def near(self, text: str, start: int, end: int) -> str | None:
        """Give the word that stands nearest before, else first after, the span; None where none does."""
        if not self.words:
            return None
        before, after = window(text, start, end)
        return self.before(before) or self.after(after)

    def among(self, stretch: str, side: int = 0) -> str | None:
        """Give the last of the words in a stretch of text, as it stands in our own list.

        Words are looked up from the end of the stretch; phrases where two of their words stand. `side` is 1
        where the value stands behind the stretch, -1 where before it, 0 where the stretch is a name.
        """
        if not stretch or not self.words:
            return None
        stretch = speaking(stretch)
        words, endings = words_in(stretch)
        lasts = self.lasts.intersection(endings)
        if not lasts:
            return self._among_free(stretch)
        for place in range(len(words) - 1, -1, -1):
            word = words[place]
            for bare in (word, unnumbered(word)) if word[-1].isdigit() else (word,):
                if (
                    bare in lasts
                    and (found := self._ending(stretch, words, place, bare))
                    and means_it(stretch, word, found, side)
                ):
                    return found
        return self._among_free(stretch)

    def _ending(self, stretch: str, words: list[str], place: int, word: str) -> str | None:
        """Give the longest phrase, or else the word, that ends at one of the words of a stretch."""
        if place and words[place - 1] in self._ends.get(word, _NOTHING):
            return self._phrase(stretch, place) or self._single.get(word)
        return self._single.get(word)

    def _phrase(self, stretch: str, last: int) -> str | None:
        """Give the longest phrase that ends with a word of a stretch."""
        grams = dict(grams_to(stretch, tokens(stretch), last))
        return self._by_gram[max(common, key=len)] if (common := self._grams.intersection(grams)) else None

    def _among_free(self, stretch: str) -> str | None:
        """Give a word of a script that does not part words."""
        if self._free and not stretch.isascii():
            return next((w for w in self._free if w in stretch), None)
        return None

    def in_field(self, field: str) -> str | None:
        """Give the word that is a whole word of a field's name.

        A short word with more behind a hyphen, as in the name of a package (``at-spi2-common``), is none.
        """
        found = self.among(field) if field and self.words else None
        if found is None or "-" not in field or len(found) > SHORT:
            return found
        return None if _BEHIND_HYPHEN.search(field[field.lower().rfind(found) + len(found) :]) else found


@lru_cache(512)
def words_of(words: tuple[str, ...]) -> Words:
    """Give a set of words made ready; detectors of one kind share theirs."""
    return Words(words)


def _tails(by_gram: dict[str, str]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Give the single words, and for the last word of each phrase what may stand before it."""
    single: dict[str, str] = {}
    ends: dict[str, set[str]] = {}
    for gram, word in by_gram.items():
        *before, last = gram.split()
        if before:
            ends.setdefault(last, set()).add(before[-1])
        else:
            single[last] = word
    return single, {last: frozenset(before) for last, before in ends.items()}


def trigger_words(words: Sequence[str]) -> tuple[list[bytes], list[str], list[bytes]]:
    """Give literals (case open in ASCII) of which one stands wherever one of the words does.

    The second list holds short words of ASCII: as literals they would stand everywhere, so they are
    looked for with their borders. The third holds two words beside each other of each phrase of ASCII, for
    a text translated by `PLAIN`: one word alone ("number", "user") would say nothing.
    """
    found: set[str] = set()
    short: set[str] = set()
    beside: set[bytes] = set()
    for word in words:
        parts = TOKEN.findall(word.lower())[:MOST_WORDS]
        if len(parts) > 1 and all(map(str.isascii, parts)):
            pair = max(zip(parts, parts[1:], strict=False), key=lambda p: len(p[0]) + len(p[1]))
            if len(pair[0]) + len(pair[1]) > SHORT:
                beside |= _joined(*pair)
            else:
                short |= set(writings(word))
            continue
        longest = max(parts or [""], key=lambda w: len(w.encode()))
        if not longest.isascii():
            found |= {longest, longest.upper(), longest.capitalize()}
        elif len(longest) > SHORT:
            found.add(longest)
        else:
            short.add(longest)
    return (
        [word.encode() for word in sorted(found) if word],
        sorted(w for w in short if len(w) > 1),
        sorted(beside),
    )


def _joined(one: str, other: str) -> set[bytes]:
    """Give two words beside each other by every joint that may part them, as `PLAIN` has it."""
    first, last = one.encode().translate(PLAIN), other.encode().translate(PLAIN)
    return {first + b" " * len(joint.encode()) + last for joint in JOINTS}


def is_single(word: str) -> bool:
    """True for a word that is no phrase, so that nothing may be glued to it."""
    return len(TOKEN.findall(word)) == 1 and word.isascii()


def bordered(word: str) -> list[bytes]:
    """Give literals of a short word whole, in a text translated by `PLAIN`."""
    word = re.sub(r"[0-9]", "0", word)
    return [f" {word} ".encode(), f" {word}0".encode()]


def in_camel(word: str) -> list[bytes]:
    """Give literals of a short word as a part in camel case, and of little else."""
    if " " in word:
        return []
    found = {word.upper(), word.capitalize(), *(word + capital for capital in string.ascii_uppercase)}
    return [one.encode() for one in sorted(found - {word})]


def phrase_in_camel(phrase: str) -> tuple[list[bytes], list[bytes]]:
    """Give literals of a phrase of short words of which a letter of another word in camel case is the border.

    The first are sought without regard to case: the words with a joint between, as they stand. The second are
    words of which only capitals show where one ends: ``dlNo``, ``DLNo``.
    """
    words = phrase.split(" ")
    if len(words) < 2:
        return [], []
    parted = sorted(joint for joint in JOINTS if joint)
    found = [words[0]]
    for word in words[1:]:
        found = [f"{one}{joint}{word}" for one in found for joint in parted]
    glued = ["".join(words[:-1])] if len(words) == 2 else []
    capitals = {
        one + other
        for word in glued
        for one in (word, word.capitalize(), word.upper())
        for other in (words[-1].capitalize(), words[-1].upper())
    }
    return [one.encode() for one in found], [one.encode() for one in sorted(capitals)]


def window(text: str, start: int, end: int) -> tuple[str, str]:
    """Give what counts before and after a span: the same line, cut at our bounds, between words."""
    begin, stop = max(0, start - BEFORE), min(len(text), end + AFTER)
    line = text.rfind("\n", begin, start)
    if line >= 0:
        begin = line + 1
    elif begin and text[begin - 1].isalnum():
        while begin < start and text[begin].isalnum():
            begin += 1
    line = text.find("\n", end, stop)
    if line >= 0:
        stop = line
    elif stop < len(text) and text[stop].isalnum():
        while stop > end and text[stop - 1].isalnum():
            stop -= 1
    return text[begin:start], text[end:stop]


def key_before(text: str, start: int) -> str:
    """Give the key that stands right before a value (``key: value``, ``key=value``), else nothing.

    Pairs of colons join the parts of a name in a program: ``socket::cursor::handle``.
    """
    begin = max(0, start - 80)
    before = text[max(text.rfind("\n", begin, start) + 1, begin) : start].rstrip(" \t\"'[(")
    if not before or before[-1] not in ":=>" or _SCOPED.search(text, begin, start):
        return ""
    found = _KEY.search(before)
    return found.group(1) if found else ""


@lru_cache(16384)
def entity_of_key(name: str) -> tuple[str | None, float]:
    """Ask the lexicon of keys what a key or field's name says of its values."""
    if not name:
        return None, 0.0
    from leakkit.pii.keys import entity_of_key as lexicon

    entity, strength = lexicon(name)[:2]
    return entity, strength
