"""Which signs of a buffer end a key that says something: each different ending is asked for once.

A log holds fifty thousand colons and equal signs a megabyte, nearly none of which ends a key that matters, and
few of which differ. The bytes before all signs are taken at once, cut to the key itself, and compared with the
endings that are known to say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

IN_KEY = bytes([*range(48, 58), *range(65, 91), *range(97, 123), *range(128, 256), *b"_.-"])
"""Bytes that a key is made of."""

_MADE = bytearray(256)
for _code in IN_KEY:
    _MADE[_code] = 1 if _code in b"0123456789.-" else 3
_KINDS = bytes(_MADE)
_NOUGHTS = bytes(48 if code in b"0123456789" else code for code in range(256))
_WORD = 8
_REACHES = (1, 2, 4)
"""Eights of bytes that are taken before a sign: first these, then those where a key is longer."""
_SLOTS = 1 << 15
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MOST_ASKED = 20_000
_ZERO = np.uint8(48)
_NONE, _ALL = np.uint64(0), np.uint64(255)
_ONES, _TWOS = (np.uint64(int.from_bytes(bytes([one] * _WORD))) for one in (1, 2))
_SHIFT = np.uint64(64 - _SLOTS.bit_length() + 1)
_Words = list[np.ndarray]


class Endings:
    """The endings that say nothing, remembered from batch to batch.

    Parameters
    ----------
    dull : callable
        Told the bytes up to and with a sign (what stands before the key is zeros, digits are noughts), says
        True where no key that matters ends there whatever its digits are, else False or None. A key without a
        letter or underscore is taken to say nothing.
    """

    def __init__(self, dull: Callable[[bytes], bool | None]) -> None:
        self._dull = dull
        self._asked: dict[bytes, bool | None] = {}
        self._held = [[np.zeros(_SLOTS, np.uint64) for _ in range(reach)] for reach in _REACHES]
        """For each reach the endings that say nothing, in slots by their mixed number."""

    def telling(self, array: np.ndarray, signs: np.ndarray) -> np.ndarray:
        """Give the signs (rising) that may end a key that says something."""
        first = int(np.searchsorted(signs, _WORD * _REACHES[-1]))
        kept, open_ = [signs[:first]], _no_clock(array, signs[first:])
        for reach, held in zip(_REACHES, self._held, strict=True):
            if not len(open_):
                break
            told, open_ = self._sorted_out(array, open_, reach, held)
            kept.append(told)
        return np.sort(np.concatenate([*kept, open_]))

    def _sorted_out(
        self, array: np.ndarray, signs: np.ndarray, reach: int, held: _Words
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give, of some signs, those that say something and those that need more bytes to tell."""
        endings, longer, plain = _endings(array, signs, reach)
        mixed = _mixed(endings)
        slots = mixed >> _SHIFT
        new = np.flatnonzero(~(longer | plain | _same(endings, [words[slots] for words in held])))
        if not len(new):
            return new, signs[longer]
        told = self._ask([words[new] for words in endings], mixed[new], held)
        return signs[new[told]], signs[longer]

    def _ask(self, endings: _Words, mixed: np.ndarray, held: _Words) -> np.ndarray:
        """Tell which endings say something; remember those that say nothing."""
        _, index, inverse = np.unique(mixed, return_index=True, return_inverse=True)
        chosen, slots = [words[index] for words in endings], mixed[index] >> _SHIFT
        dull = np.array([one is True for one in self._answers(chosen)], bool)
        for words, known in zip(chosen, held, strict=True):
            known[slots[dull]] = words[dull]
        return ~dull[inverse] | ~_same(endings, [words[inverse] for words in chosen])

    def _answers(self, endings: Sequence[np.ndarray]) -> list[bool | None]:
        """Ask about each of some endings that differ."""
        asked, answers = self._asked, []
        joined = np.stack(endings[::-1], axis=1).tobytes()
        size = _WORD * len(endings)
        for place in range(0, len(joined), size):
            ending = joined[place : place + size]
            if ending not in asked:
                if len(asked) >= _MOST_ASKED:
                    asked.clear()
                asked[ending] = self._dull(ending)
            answers.append(asked[ending])
        return answers


def _no_clock(array: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Leave out the signs after two digits that begin a word: times of day have more of them than keys have."""
    clock = (array[signs - 1] - _ZERO < 10) & (array[signs - 2] - _ZERO < 10)
    before = array[signs - 3]
    return signs[~(clock & ((before == 32) | (before == 58)))]


def _endings(array: np.ndarray, signs: np.ndarray, reach: int) -> tuple[_Words, np.ndarray, np.ndarray]:
    """Give the eights of bytes before signs, the nearest first, without what stands before the key.

    With them, which keys do not begin within them, and which do and have no letter.
    """
    eights = np.ndarray((len(array) - _WORD + 1,), np.uint64, array.data, 0, (1,))
    endings = []
    key: Any = _NONE
    before: Any = _NONE
    letters: Any = _NONE
    for number in range(reach):
        plain = eights[signs - (_WORD - 1 + _WORD * number)].tobytes()
        eight = np.frombuffer(plain.translate(_NOUGHTS), np.uint64)
        kinds = np.frombuffer(plain.translate(_KINDS), np.uint64)
        held = kinds & _ONES
        outside = _down((_down(held) | key) ^ held) | before
        inside = ~(outside * _ALL)
        endings.append(eight & inside)
        letters = letters | (kinds & inside)
        begun = held | key
        if reach > 1:
            key, before = np.where(held, _ONES, key), np.where(outside, _ONES, before)
    longer = (outside == 0) & (begun != 0)
    return endings, longer, ((letters & _TWOS) == 0) & ~longer


def _down(flags: np.ndarray) -> np.ndarray:
    """Set in each eight of flags all those below the highest that is set."""
    for step in (8, 16, 32):
        flags = flags | (flags >> np.uint64(step))
    return flags


def _mixed(endings: Sequence[np.ndarray]) -> np.ndarray:
    """Give one number for each ending; endings of one eight that differ have numbers that do."""
    found = endings[0] * _MIX
    for words in endings[1:]:
        found = (found ^ (found >> np.uint64(29)) ^ words) * _MIX
    return found


def _same(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> np.ndarray:
    """Tell which endings are the same ones."""
    same = some[0] == others[0]
    for one, other in zip(some[1:], others[1:], strict=True):
        same &= one == other
    return same
