"""Words near a value: whole words on both sides, keys just before it, words of a field's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

BEFORE, AFTER = 60, 30
"""Characters of the same line in which a context word counts."""

_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[^\W_]+")
_KEY = re.compile(r"""([^\W\d][\w.\-]{0,59})["'\]]{0,2}[ \t]{0,4}(?:[:=]|=>|:=)[ \t]{0,4}["'\[(]{0,2}\Z""")


class Words:
    """A set of words and phrases, to be found whole near a value.

    A word is whole where no letter or digit touches it; an underscore, and a step from lower to upper
    case (``phoneNumber``), part words too. A blank in a phrase also stands for ``_``, ``-``, ``.``,
    ``/`` or nothing. Scripts that do not part words are found anywhere.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(dict.fromkeys(w.strip().lower() for w in words if w.strip()))
        self._plain = {_bare(w): w for w in self.words}
        self._regex = _compile(self.words) if self.words else None
        self._in_field: Callable[[str], str | None] = lru_cache(4096)(self._field)

    def near(self, text: str, start: int, end: int) -> str | None:
        """Give the word that stands nearest before, else first after, the span; None where none does."""
        if self._regex is None:
            return None
        before, after = window(text, start, end)
        return self.within(before, last=True) or self.within(after)

    def within(self, text: str, last: bool = False) -> str | None:
        """Give the first (or last) of the words in a stretch of text, as it stands in our own list."""
        if self._regex is None or not text:
            return None
        found, position = None, 0
        while (hit := self._regex.search(text, position)) is not None:
            number = next(n for n, group in enumerate(hit.groups(), 1) if group is not None)
            found = hit.group(number)
            if not last:
                break
            position = hit.end(number)
        return None if found is None else self._plain.get(_bare(found.lower()), self.words[0])

    def in_field(self, field: str) -> str | None:
        """Give the word that is a whole word of a field's name."""
        return self._in_field(field) if field and self.words else None

    def _field(self, field: str) -> str | None:
        """Look a field's name up, its parts set apart."""
        return self.within(" ".join(field_words(field)))


def _bare(word: str) -> str:
    """Give a word without what may stand for its blanks."""
    return re.sub(r"[ _\-./]", "", word)


@cache
def _compiled(pattern: str) -> Any:
    """Compile for RE2, quietly."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _compile(words: tuple[str, ...]) -> Any:
    """Make one pattern of all words: parted by non-letters, capitalised inside, or followed by a capital."""
    free = [w for w in words if _unparted(w)]
    parted = [w for w in words if not _unparted(w)]
    options = []
    if parted:
        any_case = "|".join(map(_phrase, parted))
        capital = "|".join(_phrase(w, capital=True) for w in parted)
        options += [
            rf"(?:^|[^\pL\pN])((?i:{any_case}))(?:\pN{{0,2}}(?:$|[^\pL\pN]))",
            rf"(?:^|[^\pL]|\p{{Ll}})({capital})(?:\pN{{0,2}}(?:$|[^\pL\pN])|\p{{Lu}})",
            rf"(?:^|[^\pL\pN])({any_case})\p{{Lu}}",
        ]
    if free:
        options.append(f"({'|'.join(map(_phrase, free))})")
    return _compiled("|".join(options))


def _phrase(word: str, capital: bool = False) -> str:
    """Give the pattern of a word or phrase."""
    import re2

    parts = [p.capitalize() if capital else p for p in word.split(" ") if p]
    return r"[ _\-./]?".join(re2.escape(p) for p in parts)


def _unparted(word: str) -> bool:
    """True for words of scripts that do not part words by blanks."""
    return any(unicodedata.name(c, "").startswith(_NO_SPACES) for c in word)


def trigger_words(words: Sequence[str]) -> list[bytes]:
    """Give literals (case open in ASCII) of which one stands wherever one of the words does."""
    found: set[str] = set()
    for word in words:
        longest = max(word.strip().lower().split() or [""], key=lambda w: len(w.encode()))
        found |= {longest} if longest.isascii() else {longest, longest.upper(), longest.capitalize()}
    return [word.encode() for word in sorted(found) if word]


def window(text: str, start: int, end: int) -> tuple[str, str]:
    """Give what counts before and after a span: the same line, whole characters, cut at our bounds."""
    begin = max(text.rfind("\n", max(0, start - BEFORE), start) + 1, start - BEFORE, 0)
    stop = text.find("\n", end, end + AFTER)
    return text[begin:start], text[end : stop if stop >= 0 else end + AFTER]


@lru_cache(8192)
def field_words(field: str) -> tuple[str, ...]:
    """Part a field's name into words: ``user.homePhone_no`` gives user, home, phone, no."""
    return tuple(w.lower() for part in _PARTS.findall(field) for w in _CAMEL.split(part) if w)


def key_before(text: str, start: int) -> str:
    """Give the key that stands right before a value (``key: value``, ``key=value``), else nothing."""
    found = _KEY.search(text[max(text.rfind("\n", max(0, start - 80), start) + 1, start - 80, 0) : start])
    return found.group(1) if found else ""


@lru_cache(16384)
def entity_of_key(name: str) -> tuple[str | None, float]:
    """Ask the lexicon of keys what a key or field's name says of its values."""
    if not name:
        return None, 0.0
    try:
        from leakkit.pii.keys import entity_of_key as lexicon
    except ImportError:
        return None, 0.0
    return lexicon(name)
