"""For which detectors the name of a field or a key is context enough, asked of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

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
        self._lists: list[tuple[Words, list[int]]] = []
        self._by_last: dict[str, set[int]] = {}
        self._unparted: set[int] = set()
        self._named: dict[tuple[str, bool], Told] = {}
        places: dict[int, int] = {}
        for index in self._needy:
            words = rules[index].context
            place = places.setdefault(id(words), len(self._lists))
            if place == len(self._lists):
                self._lists.append((words, []))
                for last in words.lasts:
                    self._by_last.setdefault(last, set()).add(place)
                if words.unparted:
                    self._unparted.add(place)
            self._lists[place][1].append(index)

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
