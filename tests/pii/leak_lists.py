"""The word lists of the second leak generator, halved by family, and the builder that remembers spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from leak_ids import NATIONAL
from leak_words import BODIES, CULTURES, FIRMS, KEYS, PLACES


def words(text: str) -> list[str]:
    """Split a list at bars, or at blanks where it has none."""
    return text.split("|") if "|" in text else text.split()


class HasValues(Protocol):
    """Anything that gives type and text of a named field."""

    def value(self, name: str) -> tuple[str | None, str]:
        """Give type and text of a field."""


@dataclass
class Builder:
    """Text under construction with its gold spans."""

    parts: list[str] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> Builder:
        """Append plain text."""
        self.parts.append(text)
        self.length += len(text)
        return self

    def mark(self, kind: str | None, text: str) -> Builder:
        """Append a value and remember its place; kind None appends plain text."""
        if kind and text:
            self.spans.append({"start": self.length, "end": self.length + len(text), "type": kind})
        return self.add(text)

    def say(self, template: str, person: HasValues, escape: Callable[[str], str] = str) -> Builder:
        """Append a template whose {fields} are the person's values."""
        for piece in re.split(r"(\{\w+\})", template):
            if piece.startswith("{"):
                kind, value = person.value(piece[1:-1])
                self.mark(kind, escape(value))
            else:
                self.add(piece)
        return self


class Lists:
    """The halves of the word lists that a family of texts draws from: `dev` and `held` share none."""

    def __init__(self, family: str) -> None:
        """Split every list by even and odd place."""
        self.odd = family == "held"
        self.cultures = {n: tuple(self.half(words(part)) for part in parts) for n, parts in CULTURES.items()}
        self.places = {
            country: (self.half(words(towns)), *(part.split("|") for part in others))
            for country, (towns, *others) in PLACES.items()
        }
        self.firms, self.bodies = self.half(FIRMS), self.half(BODIES)
        self.keys = {kind: self.half(names.split("|")) for kind, names in KEYS.items()}
        self.national = self.half(sorted(NATIONAL))

    def half(self, items: Sequence[str]) -> list[str]:
        """Give every other item."""
        return list(items[int(self.odd) :: 2])
