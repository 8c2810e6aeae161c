"""What stands right before and after spans: words, enemies, a key; each different stretch looked at once.

A stretch is cut from the bytes of a batch, ends at the line's ends and has every digit set to zero: in machine
text the same ones come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from leakkit.pii.weighing.context import AFTER, BEFORE, Words, key_before
from leakkit.pii.weighing.unlikely import follows_version, precedes_version

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Before = tuple[str | None, str | None, str]
"""Word that speaks for it, word that speaks against it, key right before it."""
After = tuple[str | None, str | None]
_One = TypeVar("_One")

ZEROS = bytes.maketrans(b"123456789", b"000000000")
MOST_HELD = 16_384
REACH = 81
"""Characters before a span that are looked at: 80 may hold its key, one more tells where a word is cut."""

_EXACT: Before = (None, None, "0")
"""Stands for: the key has digits, look at the stretch itself."""

_WORD_BEGINS = re.compile(r"[^\W_]*")
_HAS_DIGIT = re.compile(r"\d").search


def borders(
    rows: Rows, places: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give for each span where its line, or else its row, begins and ends."""
    breaks = np.flatnonzero(rows.array == 10)
    lows, highs = rows.starts[places], rows.ends[places]
    if len(breaks):
        at = np.searchsorted(breaks, starts)
        lows = np.where(at > 0, np.maximum(lows, breaks[at - 1] + 1), lows)
        at = np.searchsorted(breaks, ends)
        highs = np.where(at < len(breaks), np.minimum(highs, breaks[at % len(breaks)]), highs)
    return lows, highs


def end_of(data: bytes, low: int, start: int, count: int) -> bytes:
    """Give so many characters before a place, or fewer where there are no more."""
    return data[max(low, start - 4 * count) : start].decode("utf-8", "ignore")[-count:].encode()


def begin_of(data: bytes, end: int, high: int, count: int) -> bytes:
    """Give so many characters after a place, or fewer where there are no more."""
    return data[end : min(high, end + 4 * count)].decode("utf-8", "ignore")[:count].encode()


class Surroundings:
    """The words and keys of one detector in the stretches around its spans.

    Parameters
    ----------
    context, against : Words
        The words of the detector.
    versions : bool
        Whether a stretch that makes the value a version drops it: ``curl/16.34.36.36``.
    """

    def __init__(self, context: Words, against: Words, versions: bool) -> None:
        self._context, self._against, self._versions = context, against, versions
        self._exact = context.has_digits or against.has_digits
        self._befores: dict[bytes, Before | None] = {}
        self._afters: dict[bytes, After | None] = {}

    def befores(self, stretches: list[bytes]) -> list[Before | None]:
        """Look at the stretches before spans; None where the span is a version."""
        found = _looked_up(self._befores, self._cut(stretches), self._before)
        if _EXACT in found:
            for place, one in enumerate(found):
                if one is _EXACT:
                    found[place] = self._whole_before(stretches[place].decode())
        return found

    def afters(self, stretches: list[bytes]) -> list[After | None]:
        """Look at the stretches after spans; None where the span is a version."""
        return _looked_up(self._afters, self._cut(stretches), self._after)

    def _cut(self, stretches: list[bytes]) -> list[bytes]:
        """Set digits to zero where they say nothing."""
        return stretches if self._exact else [stretch.translate(ZEROS) for stretch in stretches]

    def _before(self, stretch: str) -> Before | None:
        """Look at one stretch before a span, whose digits may be set to zero."""
        found = self._whole_before(stretch)
        return _EXACT if found and not self._exact and found[2] and _HAS_DIGIT(found[2]) else found

    def _whole_before(self, stretch: str) -> Before | None:
        """Look at one stretch before a span as it stands."""
        near = stretch[-BEFORE:]
        if len(stretch) > BEFORE and stretch[-BEFORE - 1].isalnum():
            near = _WORD_BEGINS.sub("", near, count=1)
        if self._versions and precedes_version(stretch):
            return None
        return self._context.among(near), self._against.among(near), key_before(stretch, len(stretch))

    def _after(self, stretch: str) -> After | None:
        """Look at one stretch after a span."""
        near = stretch[:AFTER]
        if len(stretch) > AFTER and stretch[AFTER].isalnum():
            while near and near[-1].isalnum():
                near = near[:-1]
        if self._versions and follows_version(stretch):
            return None
        return self._context.among(near), self._against.among(near)


def _looked_up(
    known: dict[bytes, _One | None], stretches: list[bytes], look: Callable[[str], _One | None]
) -> list[_One | None]:
    """Look each different stretch up once."""
    if len(known) >= MOST_HELD:
        known.clear()
    for stretch in stretches:
        if stretch not in known:
            known[stretch] = look(stretch.decode())
    return [known[stretch] for stretch in stretches]
