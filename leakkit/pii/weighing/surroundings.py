"""What stands right before and after spans: words, enemies, a key; each different stretch looked at once.

A stretch is cut from the bytes of a batch, ends at the line's ends and has every digit set to zero: in machine
text the same ones come again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.context import AFTER, BEFORE, Words, key_before
from leakkit.pii.weighing.unlikely import follows_version, precedes_version

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Before = tuple[str | None, str | None, str]
"""Word that speaks for it, word that speaks against it, key right before it."""
After = tuple[str | None, str | None]

ZEROS = bytes.maketrans(b"123456789", b"000000000")
MOST_HELD = 16_384
REACH = 81
"""Characters before a span that are looked at: 80 may hold its key, one more tells where a word is cut."""

_ALNUM = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = frozenset("0123456789")


def borders(
    rows: Rows, places: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give where the stretches before and after spans begin and end: in reach, in the row, on the line."""
    breaks = np.flatnonzero(rows.array == 10)
    lows = np.maximum(rows.starts[places], starts - REACH)
    highs = np.minimum(rows.ends[places], ends + AFTER + 1)
    if len(breaks):
        at = np.searchsorted(breaks, starts)
        lows = np.maximum(lows, np.where(at > 0, breaks[at - 1] + 1, 0))
        at = np.searchsorted(breaks, ends)
        highs = np.minimum(highs, np.where(at < len(breaks), breaks[at % len(breaks)], highs))
    return lows, highs


class Surroundings:
    """The words and keys of one detector in the stretches of ASCII around its spans.

    Parameters
    ----------
    context, against : Words
        The words of the detector.
    versions : bool
        Whether a stretch that makes the value a version drops it: ``curl/16.34.36.36``.
    """

    def __init__(self, context: Words, against: Words, versions: bool) -> None:
        self._context, self._against, self._versions = context, against, versions
        self.exact = context.has_digits or against.has_digits
        """Whether digits count in its words, so that they must not be set to zero."""
        self._befores: dict[bytes, Before | None] = {}
        self._afters: dict[bytes, After | None] = {}

    def befores(self, stretches: list[bytes]) -> list[Before | None]:
        """Look at the stretches before spans; None where the span is a version."""
        known, cut = self._befores, self._cut(stretches)
        for stretch in cut:
            if stretch not in known:
                if len(known) >= MOST_HELD:
                    known.clear()
                    return [self._before(one.decode("ascii")) for one in stretches]
                known[stretch] = self._before(stretch.decode("ascii"))
        found = [known[stretch] for stretch in cut]
        if not self.exact:
            for place, one in enumerate(found):
                if one is not None and one[2] and not _DIGITS.isdisjoint(one[2]):
                    found[place] = self._before(stretches[place].decode("ascii"))
        return found

    def afters(self, stretches: list[bytes]) -> list[After | None]:
        """Look at the stretches after spans; None where the span is a version."""
        known, cut = self._afters, self._cut(stretches)
        for stretch in cut:
            if stretch not in known:
                if len(known) >= MOST_HELD:
                    known.clear()
                    return [self._after(one.decode("ascii")) for one in stretches]
                known[stretch] = self._after(stretch.decode("ascii"))
        return [known[stretch] for stretch in cut]

    def _cut(self, stretches: list[bytes]) -> list[bytes]:
        """Set digits to zero where they say nothing."""
        return stretches if self.exact else [stretch.translate(ZEROS) for stretch in stretches]

    def _before(self, stretch: str) -> Before | None:
        """Look at one stretch before a span."""
        near = stretch[-BEFORE:]
        if len(stretch) > BEFORE and stretch[-BEFORE - 1].isalnum():
            near = near.lstrip(_ALNUM)
        if self._versions and precedes_version(stretch):
            return None
        return self._context.among(near), self._against.among(near), key_before(stretch, len(stretch))

    def _after(self, stretch: str) -> After | None:
        """Look at one stretch after a span."""
        near = stretch[:AFTER]
        if len(stretch) > AFTER and stretch[AFTER].isalnum():
            near = near.rstrip(_ALNUM)
        if self._versions and follows_version(stretch):
            return None
        return self._context.among(near), self._against.among(near)
