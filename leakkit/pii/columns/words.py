"""The words and codes of columns.toml, folded, and the flags of the gazetteer for the words of values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, reduce
from importlib.resources import files
from operator import or_

from leakkit.pii.gazetteer.lookup import GIVEN, SURNAME, lookup
from leakkit.pii.masking.indic import is_indic, ways_in_latin

_FLAGS: dict[str, int] = {}
_MOST_HELD = 50_000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_MARKED = re.compile(
    r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b6-\u17d3\u200c])+"
)
"""Words with the vowels that Indic scripts, Thai and their like write as marks."""


@cache
def listed(name: str) -> frozenset[str]:
    """Give a list of columns.toml; words in lower case, codes as they stand."""
    found = _table()[name]
    return (
        frozenset(found.split()) if isinstance(found, str) else frozenset(word.casefold() for word in found)
    )


@cache
def _table() -> dict[str, str | list[str]]:
    """Read columns.toml."""
    return tomllib.loads((files("leakkit.pii") / "columns.toml").read_text(encoding="utf-8"))


def stands_in(value: str, name: str) -> bool:
    """Tell whether a value is one of a list's words, whatever its case, or written with hyphens for the blanks."""
    words, word = listed(name), value.casefold()
    return word in words or ("-" in word and word.replace("-", " ") in words)


def words_of(value: str) -> list[str]:
    """Give the runs of letters of a value."""
    return (_WORD if value.isascii() or max(value) < "\u0900" else _MARKED).findall(value)


def name_flags(words: Sequence[str]) -> list[int]:
    """Give the gazetteer's flags for each word; what was asked before is remembered."""
    new = [word for word in words if word not in _FLAGS]
    if new:
        if len(_FLAGS) > _MOST_HELD:
            _FLAGS.clear()
            new = list(words)
        _FLAGS.update(zip(new, lookup(new).tolist(), strict=True))
        _FLAGS.update((word, _FLAGS[word] | _in_latin(word)) for word in new if is_indic(word))
    return [_FLAGS[word] for word in words]


def _in_latin(word: str) -> int:
    """Give the flags for given names and surnames of a word in letters of India, as it is written in Latin ones."""
    ways = ways_in_latin(word)
    return reduce(or_, lookup(ways).tolist(), 0) & (GIVEN | SURNAME) if ways else 0
