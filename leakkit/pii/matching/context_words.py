"""Where the context words that detectors need stand in a buffer, and for which detectors each speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leakkit.pii.matching.literals import Literals
from leakkit.pii.matching.near import Places
from leakkit.pii.matching.units import Units, distinct
from leakkit.pii.weighing.context import PLAIN

Found = Sequence[Places]
"""Places of the words of each list."""


class ContextWords:
    """The words of all detectors that need one, as three lists of literals.

    Long words are looked for as they stand; short ones with their borders, and pairs of phrases, in a text of which
    only small letters and blanks are left: Hyperscan finds the two kinds faster apart.

    Parameters
    ----------
    signs : dict
        As `leakkit.pii.matching.signs.derived` gives them.
    """

    def __init__(self, signs: dict[str, Any]) -> None:
        self._words = Literals.unpacked(signs["words"])
        self._single = np.array(signs["single"], bool)
        self._plain = [Literals.unpacked(signs[name]) for name in ("short_words", "pairs")]
        self._lists = [self._words, *self._plain]

    def places(self, data: bytes) -> Found:
        """Give the places of the words."""
        plain = b" " + data.translate(PLAIN)
        found = [self._words.whole(data, self._single)]
        for literals in self._plain:
            ids, ends = literals.scan(plain)
            found.append(Places(ids, ends - literals.lengths[ids] - 1, ends - 1))
        return found

    def of(self, detector: int, found: Found) -> Places:
        """Give the places of the words of one detector."""
        held = [
            [column[literals.of(detector)[places.ids]] for column in places]
            for literals, places in zip(self._lists, found, strict=True)
        ]
        return Places(*(np.concatenate(columns) for columns in zip(*held, strict=True)))

    def pairs(self, units: Units, found: Found) -> np.ndarray:
        """Give detector and unit, as one number, wherever a word of the detector ends."""
        expanded = [
            literals.expand(places.ids, units.of(places.ends - 1), units.count)
            for literals, places in zip(self._lists, found, strict=True)
        ]
        return distinct(np.concatenate(expanded))
