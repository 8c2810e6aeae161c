"""For which detectors the name of a field or a key is context enough, asked of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.keys import entity_of_key
from leakkit.pii.weighing.context import Words
from leakkit.pii.weighing.phrases import speaking, words_in
from leakkit.pii.weighing.weigh import CLEAR_PLACE, Rule

Told = NDArray[np.bool_]


class Telling:
    """Tells what `Rule.tells` of each rule does.

    Few names hold a word that any detector knows. Only lists of words with the last word of one of their
    phrases in the name are asked; what the entity of a name says is found out once for each entity.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._needy = [index for index, rule in enumerate(rules) if rule.needy]
        self._open = np.array([not rule.needy for rule in rules], bool)
        self._named: dict[tuple[str, bool], Told] = {}

    @cached_property
    def _lists(self) -> list[tuple[Words, list[int]]]:
        """The different lists of words, each with its rules; made for the first name, as lines have none."""
        found: dict[int, tuple[Words, list[int]]] = {}
        for index in self._needy:
            words = self._rules[index].context
            found.setdefault(id(words), (words, []))[1].append(index)
        return list(found.values())

    @cached_property
    def _by_last(self) -> dict[str, set[int]]:
        """For each last word of a phrase the places of the lists that have it."""
        found: dict[str, set[int]] = {}
        for place, (words, _) in enumerate(self._lists):
            for last in words.lasts:
                found.setdefault(last, set()).add(place)
        return found

    @cached_property
    def _unparted(self) -> set[int]:
        """The places of the lists with words of scripts that do not part words."""
        return {place for place, (words, _) in enumerate(self._lists) if words.unparted}

    @cached_property
    def lettered(self) -> bool:
        """Whether every context word has a letter or a sign beyond ASCII: none stands in a name of neither."""
        words = {word for rule in self._rules for word in rule.detector.context}
        return all(not word.isascii() or any(map(str.isalpha, word)) for word in words)

    def of(self, name: str) -> Told:
        """Tell for each rule whether a name is context enough."""
        told = self._open.copy()
        if not name:
            return told
        told |= self._of_entity(name)
        for place in self._asked(name):
            words, indices = self._lists[place]
            if words.in_field(name) is not None:
                told[indices] = True
        return told

    def _asked(self, name: str) -> set[int]:
        """Give the lists that may hold a word of a name."""
        stretch = speaking(name)
        asked: set[int] = set()
        for word in words_in(stretch)[1]:
            asked |= self._by_last.get(word, set())
        return asked if stretch.isascii() else asked | self._unparted

    def _of_entity(self, name: str) -> Told:
        """Tell which rules the entity of a name names."""
        entity, strength = entity_of_key(name)[:2]
        kind = entity if entity is not None and strength > 0 else ""
        what = kind, strength >= CLEAR_PLACE
        if what not in self._named:
            named = np.zeros(len(self._rules), bool)
            if kind:
                named[self._needy] = [self._rules[index].names_it(name) for index in self._needy]
            self._named[what] = named
        return self._named[what]
