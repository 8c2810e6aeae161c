"""Names of columns that a word for people and a word for numbers make up: ``num_emp``, ``č. pacienta``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from leakkit.pii.folding import folded

_MOST = 5


@cache
def _words() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Give people with their entity, words for numbers, and small words, folded as tokens are."""
    table = tomllib.loads((files("leakkit.pii") / "numbered.toml").read_text(encoding="utf-8"))
    people = {word: entity for entity, words in table["people"].items() for word in folded(words)}
    return people, frozenset(folded(table["numbers"])), frozenset(table["small"])


def numbered(tokens: Sequence[str]) -> str | None:
    """Give the entity of numbers of people that a name tells by nothing but such words."""
    if not 2 <= len(tokens) <= _MOST:
        return None
    people, numbers, small = _words()
    if numbers.isdisjoint(tokens):
        return None
    rest = [token for token in tokens if token not in numbers and token not in small]
    return people.get("".join(rest))


def people_named(tokens: Iterable[str]) -> str | None:
    """Give the entity of the numbers that people have who are all that a name tells."""
    people, _, small = _words()
    return people.get("".join(token for token in tokens if token not in small))
