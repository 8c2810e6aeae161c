"""What stands right before and after spans: words, enemies, a key; each different stretch looked at once.

A stretch is cut from the bytes of a batch, ends at the line's ends and has every digit set to zero: in machine
text the same ones come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from leakkit.pii.weighing.context import AFTER, BEFORE, Words, key_before, words_of
from leakkit.pii.weighing.denied import DENIED, LABELLED, is_denied_before, is_denied_behind
from leakkit.pii.weighing.memory import Memo
from leakkit.pii.weighing.other_numbers import is_denied, is_of_thing
from leakkit.pii.weighing.statements import meant_after, meant_before
from leakkit.pii.weighing.versions import (
    follows_address,
    follows_version,
    is_beside_version,
    precedes_address,
    precedes_version,
)

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Before = tuple[str | None, str | None, str, str]
"""Word that speaks for it, word that speaks against it, key right before it, and what `VERSION` or `ADDRESS` say."""
After = tuple[str | None, str | None, str]
_One = TypeVar("_One", Before, After)

VERSION, ADDRESS = "version", "address"
"""Of an IP address: another version stands on its line; it stands where only an address does."""

ZEROS = bytes.maketrans(b"123456789", b"000000000")
REACH = 81
"""Characters before a span that are looked at: 80 may hold its key, one more tells where a word is cut."""

_LOOK_AGAIN: Any = ("look again",)
"""Stands for: a digit is part of what was found, look at the stretch itself."""

_ALNUM = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORD_BEGINS = re.compile(r"[^\W_]*")
_DIGIT = re.compile(r"\d")


def borders(rows: Rows, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each span where its line, or else its row, begins and ends."""
    places = rows.row_of(starts)
    lows, highs = rows.starts[places], rows.ends[places]
    if not rows.of_lines:
        return lows, highs
    breaks = rows.breaks
    at = np.searchsorted(breaks, starts)
    lows = np.where(at > 0, np.maximum(lows, breaks[at - 1] + 1), lows)
    at = np.searchsorted(breaks, ends)
    return lows, np.minimum(highs, np.append(breaks, len(rows.array))[at])


def odd_ones(rows: Rows, lows: np.ndarray, highs: np.ndarray) -> np.ndarray:
    """Give the stretches of a buffer in which not all is ASCII."""
    return np.flatnonzero(np.searchsorted(rows.wide, lows) != np.searchsorted(rows.wide, highs))


def characters_before(rows: Rows, places: np.ndarray, count: int, lows: np.ndarray) -> np.ndarray:
    """Give where so many characters before each place begin, or `lows` where there are no more."""
    held = np.searchsorted(rows.inner, places)
    begins = np.maximum(places - count, lows)
    for _ in range(3 * count):
        further = np.maximum(places - count - (held - np.searchsorted(rows.inner, begins)), lows)
        if (further == begins).all():
            break
        begins = further
    return begins


def characters_after(rows: Rows, places: np.ndarray, count: int, highs: np.ndarray) -> np.ndarray:
    """Give where so many characters after each place end, or `highs` where there are no more."""
    held = np.searchsorted(rows.inner, places)
    ends = np.minimum(places + count, highs)
    for _ in range(3 * count):
        # the bytes that go on with the last character belong to it
        further = np.minimum(places + count + (np.searchsorted(rows.inner, ends) - held), highs)
        if (further == ends).all():
            break
        ends = further
    goes_on = np.flatnonzero(ends < highs)
    for _ in range(3):
        goes_on = goes_on[(rows.array[ends[goes_on]] & 0xC0) == 0x80]
        ends[goes_on] += 1
        goes_on = goes_on[ends[goes_on] < highs[goes_on]]
    return ends


def end_of(data: bytes, low: int, start: int, count: int) -> bytes:
    """Give so many characters before a place, or fewer where there are no more."""
    return data[max(low, start - 4 * count) : start].decode("utf-8", "ignore")[-count:].encode()


def begin_of(data: bytes, end: int, high: int, count: int) -> bytes:
    """Give so many characters after a place, or fewer where there are no more."""
    return data[end : min(high, end + 4 * count)].decode("utf-8", "ignore")[:count].encode()


@lru_cache(1024)
def surroundings_of(
    context: Words,
    against: Words,
    versions: bool,
    numbered: bool = False,
    telephones: bool = False,
    kind: str = "",
) -> Surroundings:
    """Give the words and keys around spans; detectors with the same words share theirs."""
    return Surroundings(context, against, versions, numbered, telephones, kind)


class Surroundings:
    """The words and keys of detectors in the stretches around their spans.

    Parameters
    ----------
    context, against : Words
        The words of the detectors.
    versions : bool
        Whether a stretch that makes the value a version drops it: ``curl/16.34.36.36``.
    numbered : bool
        Whether a word for another thing with a number right before the value drops it: ``order 5500112``.
    telephones : bool
        Whether the values are telephones: more such words drop them, and what says behind them that they are none.
    kind : str
        By which words the values are denied (`leakkit.pii.weighing.denied`); nothing where they are not.
    """

    def __init__(
        self,
        context: Words,
        against: Words,
        versions: bool,
        numbered: bool = False,
        telephones: bool = False,
        kind: str = "",
    ) -> None:
        self._exact = context, against
        self._words = _zeroed(context), _zeroed(against)
        self._versions, self._numbered, self._telephones = versions, numbered, telephones
        self._kind = kind
        self._befores: dict[bytes, Before | None] = Memo()
        self._afters: dict[bytes, After | None] = Memo()

    def befores(self, stretches: list[bytes]) -> list[Before | None]:
        """Look at the stretches before spans; None where the span is a version."""
        return _looked_up(self._befores, stretches, self._before)

    def afters(self, stretches: list[bytes]) -> list[After | None]:
        """Look at the stretches after spans; None where the span is a version."""
        return _looked_up(self._afters, stretches, self._after)

    def _before(self, stretch: str, exact: bool) -> Before | None:
        """Look at one stretch before a span."""
        near = stretch[-BEFORE:]
        if len(stretch) > BEFORE and stretch[-BEFORE - 1].isalnum():
            near = near.lstrip(_ALNUM) if near.isascii() else _WORD_BEGINS.sub("", near, count=1)
        if (self._versions and precedes_version(stretch)) or (
            self._numbered and is_of_thing(near, self._telephones)
        ):
            return None
        context, against = self._exact if exact else self._words
        return (
            *words_before(context, against, meant_before(near), self._kind),
            key_before(stretch, len(stretch)),
            self._form_before(stretch),
        )

    def _after(self, stretch: str, exact: bool) -> After | None:
        """Look at one stretch after a span."""
        near = stretch[:AFTER]
        if len(stretch) > AFTER and stretch[AFTER].isalnum():
            near = near.rstrip(_ALNUM) if near.isascii() else near[: len(near) - _letters_behind(near)]
        if (self._versions and follows_version(stretch)) or (self._telephones and is_denied(near)):
            return None
        context, against = self._exact if exact else self._words
        return (*words_after(context, against, near, self._kind), self._form_after(stretch))

    def _form_before(self, stretch: str) -> str:
        """Tell whether the stretch before a span makes it a version or an address."""
        return form_before(stretch) if self._versions else ""

    def _form_after(self, stretch: str) -> str:
        """Tell whether the stretch after a span makes it a version or an address."""
        return form_after(stretch) if self._versions else ""


_SENTENCE_ENDS = re.compile(r"(?<!\bn[or])[.!?;]\s")


def words_before(context: Words, against: Words, near: str, kind: str = "") -> tuple[str | None, str | None]:
    """Give the words for and against a value before it; one against it counts only where none for it is nearer."""
    word, enemy = context.before(near), against.before(near)
    if kind and is_denied_before(near, kind):
        return word, DENIED
    small = near.lower()
    if kind and word and not enemy and not _SENTENCE_ENDS.search(small, max(0, small.rfind(word))):
        return word, LABELLED
    if word and enemy and small.rfind(word) + len(word) > small.rfind(enemy) + len(enemy) > len(enemy) - 1:
        enemy = None
    return word, enemy


def words_after(context: Words, against: Words, near: str, kind: str = "") -> tuple[str | None, str | None]:
    """Give the words for and against a value behind it."""
    meant = meant_after(near)
    word, enemy = context.after(meant), against.after(meant)
    return word, DENIED if kind and is_denied_behind(near, kind) else enemy


def form_before(stretch: str) -> str:
    """Tell whether up to 81 characters before four numbers make them a version or an address."""
    if precedes_address(stretch):
        return ADDRESS
    return VERSION if is_beside_version(stretch) else ""


def form_after(stretch: str) -> str:
    """Tell whether up to 31 characters after four numbers make them a version or an address."""
    if follows_address(stretch):
        return ADDRESS
    return VERSION if is_beside_version(stretch) else ""


def _zeroed(words: Words) -> Words:
    """Give words with every digit set to zero: what stands in a text stands in the zeroed text, too."""
    return words_of(tuple(_DIGIT.sub("0", word) for word in words.words)) if words.has_digits else words


def _letters_behind(stretch: str) -> int:
    """Give how many letters and digits end a stretch."""
    return next((n for n, c in enumerate(reversed(stretch)) if not c.isalnum()), len(stretch))


def _has_digit(found: Before | After | None) -> bool:
    """Tell whether a word or key has a digit."""
    return bool([word for word in found or () if word and not word.isalpha() and _DIGIT.search(word)])


def _looked_up(
    known: dict[bytes, _One | None], stretches: list[bytes], look: Callable[[str, bool], _One | None]
) -> list[_One | None]:
    """Look each different stretch up once; again as it stands where a digit is part of what was found."""
    if not stretches:
        return []
    cut = b"\n".join(stretches).translate(ZEROS).split(b"\n")  # a stretch ends where its line does
    try:
        looked = [known[stretch] for stretch in cut]
    except KeyError:
        for stretch in cut:
            if stretch not in known:
                found = look(stretch.decode(), False)
                known[stretch] = _LOOK_AGAIN if _has_digit(found) else found
        looked = [known[stretch] for stretch in cut]
    if _LOOK_AGAIN in looked:
        for place, one in enumerate(looked):
            if one is _LOOK_AGAIN:
                looked[place] = look(stretches[place].decode(), True)
    return looked
