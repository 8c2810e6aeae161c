"""Memory that batch after batch needs anew stays with the process; what only takes time to look after is let be."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

_TRIM, _OF_ITS_OWN = -1, -3
"""Numbers of the settings in the GNU C library: what may stay free at the end, what is mapped by itself."""

_MOST_FREE, _LARGE = 64 * 2**20, 32 * 2**20

_MANY = 200_000
"""New objects after which Python looks for those that only hold each other."""


@cache
def keep_heap() -> bool:
    """Let this process keep some free memory; tells whether the system's library has such a setting.

    The library's own bounds move with what is freed, so that a scan of a log takes and gives back two
    megabytes some thousand times. Peaks stay as they are.
    """
    with suppress(OSError, AttributeError, TypeError):
        set_ = ctypes.CDLL(None).mallopt
        return bool(set_(_OF_ITS_OWN, _LARGE) and set_(_TRIM, _MOST_FREE))
    return False


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for cycles seldom: getting ready makes many objects that all stay, and looks at each thrice.

    In the end they count as old, which is where being looked at would have brought them.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _MANY) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
