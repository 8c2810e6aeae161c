"""What weighing remembers: many dictionaries, one for each detector and question, that hold so much together at most.

A scan looks at values and surroundings of hundreds of detectors; most of them come once. Each dictionary alone
could stay small while all of them together do not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar
from weakref import ref

MOST_HELD = 120_000
"""Most entries of all dictionaries together; some 300 bytes each."""


class Memo(dict[Any, Any]):
    """A dictionary that `make_room` may empty."""

    __slots__ = ("__weakref__",)

    def __init__(self) -> None:
        super().__init__()
        _MEMOS.append(ref(self))


_T = TypeVar("_T")
_MEMOS: list[ref[Memo]] = []
_ANSWERS: list[_lru_cache_wrapper[Any]] = []
EASE: list[Callable[[], None]] = []
"""Called by `halfway`; who looks after memory puts a function here."""

_COUNTED = [0]
"""At least so many entries as there are: what may have come since they were counted is in it."""


def make_room(count: int) -> None:
    """Say that so many entries may come: where that is too many, all dictionaries are emptied first."""
    _COUNTED[0] += count
    if _COUNTED[0] <= MOST_HELD:
        return
    memos = [memo for held in _MEMOS if (memo := held()) is not None]
    _MEMOS[:] = [held for held in _MEMOS if held() is not None]
    held = sum(map(len, memos))
    if held + count > MOST_HELD:
        for memo in memos:
            memo.clear()
        held = 0
    _COUNTED[0] = held + count


def halfway() -> None:
    """Let who looks after memory give some back, half-way through a batch."""
    for ease in EASE:
        ease()


def remembered(most: int) -> Callable[[Callable[..., _T]], _lru_cache_wrapper[_T]]:
    """Let a function remember its answers on so many values, until `forget`."""

    def made(function: Callable[..., _T]) -> _lru_cache_wrapper[_T]:
        """Make a function remember."""
        held = lru_cache(most)(function)
        _ANSWERS.append(held)
        return held

    return made


def forget() -> None:
    """Empty all dictionaries."""
    make_room(MOST_HELD + 1)
    _COUNTED[0] = 0


def forget_answers() -> None:
    """Empty what `remembered` functions hold."""
    for held in _ANSWERS:
        held.cache_clear()
