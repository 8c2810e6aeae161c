"""Memory that batch after batch needs anew stays with the process: taking it from the system each time costs time."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache

_TRIM, _OF_ITS_OWN = -1, -3
"""Numbers of the settings in the GNU C library: what may stay free at the end, what is mapped by itself."""

_MOST_FREE, _LARGE = 64 * 2**20, 32 * 2**20


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
