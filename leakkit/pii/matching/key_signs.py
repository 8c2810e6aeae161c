"""Signs that end a key, and steps from them over what stands before and behind."""

from __future__ import annotations

import numpy as np


def before_sign(ending: bytes) -> bytes:
    """Give what stands before the sign that ends a key, without a quote and blanks between them."""
    held = ending[: -2 if ending[-1] != 58 and ending[-2] in b":=" else -1]
    for table, most in ((b" \t", 4), (b"\"'", 2)):
        bare = held.rstrip(table)
        held = held[: max(len(bare), len(held) - most)]
    return held


def key_signs(array: np.ndarray, begin: int, stop: int) -> np.ndarray:
    """Give the places of ``:``, ``=`` and ``=>`` in a part of a buffer."""
    part = array[begin:stop]
    signs = np.flatnonzero((part == 58) | (part == 61)) + begin
    if not (part == 62).any():
        return signs
    after = signs[array[signs] == 61] + 1
    after = after[array[after] == 62]
    return np.sort(np.concatenate([signs, after])) if len(after) else signs


def back(array: np.ndarray, places: np.ndarray, table: np.ndarray, most: int) -> np.ndarray:
    """Step back from each place over at most so many bytes of a table; gives the first byte that is none."""
    places = places.copy()
    alive = np.flatnonzero(places >= 0)
    for _ in range(most):
        alive = alive[table[array[places[alive]]]]
        if not len(alive):
            break
        places[alive] -= 1
        alive = alive[places[alive] >= 0]
    return places


def on(array: np.ndarray, places: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Step on from each place over bytes of a table, as far as a key is looked for; gives the first that is none."""
    places = places.copy()
    alive = np.flatnonzero(places < len(array))
    for _ in range(80):
        alive = alive[table[array[places[alive]]]]
        if not len(alive):
            break
        places[alive] += 1
        alive = alive[places[alive] < len(array)]
    return places
