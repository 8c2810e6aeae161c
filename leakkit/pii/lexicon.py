"""The lexicon of names of columns and keys in many languages, folded: what keys.toml says of each word and phrase."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from leakkit.pii.cache import code_of, key_of, remembered
from leakkit.pii.folding import folded

STRENGTHS = {"sure": 0.95, "likely": 0.75, "maybe": 0.5}


class KeySense(NamedTuple):
    """What a name says: the entity (None: no personal data, or unknown) and how firmly, 0 to 1."""

    entity: str | None
    strength: float


UNKNOWN = KeySense(None, 0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The folded words of keys.toml."""

    senses: dict[str, KeySense]
    also: dict[str, tuple[str, ...]]
    generic: frozenset[str]
    owner: frozenset[str]
    filler: frozenset[str]
    about: frozenset[str]
    asks: frozenset[str]
    thing: frozenset[str]
    nothing: frozenset[str]
    ordinary: frozenset[str]
    kin: frozenset[str]
    known: frozenset[str]
    """All words that are judged by: those that only ask, and what depends on others, left out."""


@cache
def key_lexicon() -> Lexicon:
    """Give the words of keys.toml, folded."""
    data = (files("leakkit.pii") / "keys.toml").read_bytes()
    senses, also, words = remembered(
        "keys", key_of(code_of("lexicon.py", "folding.py"), data), lambda: _read(data.decode("utf-8"))
    )
    known = (senses, *(words[name] for name in ("owner", "filler", "about", "thing", "nothing")))
    return Lexicon(
        known=frozenset().union(*known),
        senses={phrase: KeySense(entity, strength) for phrase, (entity, strength) in senses.items()},
        also={phrase: tuple(others) for phrase, others in also.items()},
        **{name: frozenset(listed) for name, listed in words.items()},
    )


def _read(text: str) -> tuple[dict[str, KeySense], dict[str, list[str]], dict[str, list[str]]]:
    """Fold the words of keys.toml."""
    table = tomllib.loads(text)
    senses: dict[str, KeySense] = {}
    also: dict[str, list[str]] = {}
    for level, strength in STRENGTHS.items():
        for entity, levels in table["lexicon"].items():
            for phrases in levels.get(level, {}).values():
                for phrase in folded(phrases):
                    known = senses.get(phrase)
                    if known is None:
                        senses[phrase] = KeySense(entity, strength)
                    elif known.entity != entity:
                        also.setdefault(phrase, []).append(entity)
                        if known.strength == strength:
                            senses[phrase] = KeySense(known.entity, min(strength, 0.6))
    return senses, also, {name: sorted(folded(listed)) for name, listed in table["words"].items()}


def listed() -> set[str]:
    """Give all words and phrases of the lexicon, folded and joined."""
    return {word for words in fields(Lexicon) for word in getattr(key_lexicon(), words.name)}
