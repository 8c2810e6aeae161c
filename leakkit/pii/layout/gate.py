"""Which values of a batch may be tables or records at all, told for all of them at once from a few signs.

Prose has few signs, and the keys of a log are few different ones; what `cells` would give nothing for is left out
here without a look at each text. A value that is let through may still have no cells.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.layout.digits import may_tell
from leakkit.pii.layout.runs import with_tables
from leakkit.pii.layout.segments import is_segment
from leakkit.pii.layout.signs import Kind, Signs, read_signs
from leakkit.pii.layout.text import last_word
from leakkit.pii.matching.endings import IN_KEY, Endings

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

ENDS = frozenset("birth no nr num number line code kin one two id dt on by to of in at nm 1 2".split())
"""Words that only together with those before them may be a key."""

LEADER = "...."
"""Dots that lead from a label to its value."""
_TAIL = b"\"'`*)]\\ "
_MOST_TAIL = 4
_SHORTEST_SEGMENT = 8
_CARDS = ("begin", "dn")
_LISTS = tuple(
    word.encode()
    for word in 'columns" column_n header" headers" fields" cols" names" '
    "columnſ headerſ fı fİ fieldſ colſ nameſ".split()
)
_BLANK, _SPACE, _DOMAIN = np.zeros(256, bool), np.zeros(256, bool), np.ones(256, bool)
_BLANK[list(b" \t")] = _SPACE[list(b" \t\v\f\r\x1c\x1d\x1e\x1f")] = True
_ADDRESS = re.compile(rb"@[^\s:;|,@]{1,800}[:;|]\S")
_WIDE_SPACE = np.frombuffer(b"\xc2\xe1\xe2\xe3", np.uint8)


def open_rows(rows: Rows, fit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the rows, of those that fit, for which `cells` may give something, and what it may find in each.

    Parameters
    ----------
    rows : Rows
        The values of a batch.
    fit : numpy.ndarray
        For each row whether it is to be looked at.

    Returns
    -------
    tuple
        Places of rows; for each a sum of `Kind`, 0 where keys alone may give cells.
    """
    signs = read_signs(rows, fit)
    places = {
        Kind.ACCOUNTS: np.concatenate([_accounts(signs), _addresses(rows, signs)]),
        Kind.DUMP: np.concatenate([_brackets(signs), _copies(rows, signs)]),
        Kind.MARKUP: _tags(signs),
        Kind.LISTS: _lists(signs),
        **with_tables(signs),
    }
    kinds = np.zeros(len(rows.starts), np.int64)
    for kind, some in places.items():
        kinds[rows.row_of(some)] |= kind
    found = kinds > 0
    found[rows.row_of(_keys(signs))] = True
    found[rows.row_of(_leaders(rows))] = True
    found[_segments(rows)] = True
    chosen = np.flatnonzero(found & fit)
    return chosen, kinds[chosen]


@cache
def _endings() -> Endings:
    """Give what is known of the ends of keys."""
    return Endings(_dull)


def _dull(ending: bytes) -> bool | None:
    """Say whether the word before a sign tells no entity and is no part of a phrase that may."""
    piece = ending[:-1].rstrip(_TAIL)
    if len(ending) - 1 - len(piece) > _MOST_TAIL:
        return True
    first = len(piece)
    while first and piece[first - 1] in IN_KEY:
        first -= 1
    if first == 0:
        return None
    word = last_word(piece[first:].decode("utf-8", "replace"))
    return word is None or _says_nothing(word)


def _says_nothing(word: str) -> bool:
    """Say whether a word before a sign is no key that tells, nor the beginning of a card."""
    if not word.isascii() or word.casefold() in ENDS or word.lower().endswith(_CARDS):
        return False
    return not may_tell(word)


def _keys(signs: Signs) -> np.ndarray:
    """Give the signs after keys that tell something."""
    wide = signs.of("\u3000")
    wide = wide[(signs.array[wide + 1] == 0xBC) & (signs.array[wide + 2] == 0x9A)]
    return np.concatenate([_endings().telling(signs.array, signs.of(":=")), wide])


def _leaders(rows: Rows) -> np.ndarray:
    """Give the places of four dots, which lead from a label to what is filled in."""
    dots = rows.array == ord(LEADER[0])
    pairs = dots[:-1] & dots[1:]
    return np.flatnonzero(pairs[:-2] & pairs[2:])


def _segments(rows: Rows) -> np.ndarray:
    """Give the rows that are segments of a message between hospitals: three letters, a bar, and hats between parts."""
    if not len(rows.array):
        return np.zeros(0, np.int64)
    third = np.minimum(rows.starts + 3, len(rows.array) - 1)
    some = np.flatnonzero((rows.array[third] == ord("|")) & (rows.ends - rows.starts > _SHORTEST_SEGMENT))
    fit = [row for row in some.tolist() if is_segment(bytes(rows.value(row)).decode("utf-8", "replace"))]
    return np.array(fit, np.int64)


def _accounts(signs: Signs) -> np.ndarray:
    """Give the colons in lines of accounts: before a hash, or before a home in a file of passwords."""
    array, colons = signs.array, signs.of(":")
    after = array[colons + 1]
    then = array[np.minimum(colons + 2, len(array) - 1)]
    hashes = (after == 36) | (
        (after == 123) & (((then >= 65) & (then <= 90)) | ((then >= 48) & (then <= 57)))
    )
    return np.concatenate([colons[hashes], _homes(signs, colons, after)])


def _homes(signs: Signs, colons: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Give the colons before the home of an account: two numbers stand before it, on the same row."""
    digit = (after[1:-3] >= 48) & (after[1:-3] <= 57) & (after[2:-2] >= 48) & (after[2:-2] <= 57)
    found = np.flatnonzero(digit & (after[4:] == 47))
    rows = np.searchsorted(signs.starts, colons[found + 4], side="right")
    return colons[found[rows == np.searchsorted(signs.starts, colons[found], side="right")]]


def _addresses(rows: Rows, signs: Signs) -> np.ndarray:
    """Give the at signs of addresses with something glued to them, as in lists of addresses and passwords."""
    at = signs.of("@")
    if not len(at):
        return at
    ends = signs.next(":;|", at)
    at = at[(ends >= 0) & (ends - at <= 1000)]
    data = rows.data
    return at[[_ADDRESS.match(data, place, place + 1000) is not None for place in at.tolist()]]


def _brackets(signs: Signs) -> np.ndarray:
    """Give the round brackets that may open a row of values: at the beginning of a line, after ``values``."""
    array, opened = signs.array, signs.of("(")
    if not len(opened):
        return opened
    before = back(array, opened - 1, _BLANK, 40)
    last = array[np.maximum(before, 0)]
    letters = np.stack([array[np.maximum(before - step, 0)] | 32 for step in range(3)])
    value = ((letters[0] == 101) & (letters[1] == 117)) | (
        (letters[0] == 115) & (letters[1] == 101) & (letters[2] == 117)
    )
    return opened[(before < 0) | (last < 32) | (last == 32) | (last >= 128) | value]


def _tags(signs: Signs) -> np.ndarray:
    """Give the angles that may open a tag."""
    opened = signs.of("<")
    after = signs.array[opened + 1]
    letter = ((after | 32) >= 97) & ((after | 32) <= 122)
    return opened[letter | (after == 47) | (after == 33)]


def _lists(signs: Signs) -> np.ndarray:
    """Give the quotes before a word that names the columns of rows without keys."""
    array, quotes = signs.array, signs.of('"')
    quotes = quotes[np.isin(array[quotes + 1] | 32, np.frombuffer(b"cfhn", np.uint8))]
    if not len(quotes):
        return quotes
    fit = quotes + 9 <= len(array)
    late, quotes = quotes[~fit], quotes[fit]
    blanks = np.uint64(int.from_bytes(b" " * 8))
    words = np.ndarray((len(array) - 7,), np.uint64, array.data, 0, (1,))[quotes + 1] | blanks
    found = np.zeros(len(words), bool)
    for word in _LISTS:
        mask = np.uint64(2 ** (8 * min(len(word), 8)) - 1)
        wanted = np.uint64(int.from_bytes(word[:8], "little")) | (blanks & mask)
        found |= (words & mask) == wanted
    return np.concatenate([quotes[found], late])


def _copies(rows: Rows, signs: Signs) -> np.ndarray:
    """Give the beginnings of lines that begin with ``copy``, as in dumps of databases."""
    array, lines = signs.array, signs.line_starts()
    lines = lines[lines + 4 <= len(array)]
    words = lines
    spaced = np.flatnonzero(_SPACE[array[lines]])
    words[spaced] = np.minimum(back(array, lines[spaced], _SPACE, 8, 1), len(array) - 4)
    first = array[words]
    found = words[(first | 32) == 99]
    found = found[
        ((array[found + 1] | 32) == 111) & ((array[found + 2] | 32) == 112) & ((array[found + 3] | 32) == 121)
    ]
    wide = np.unique(rows.row_of(words[np.isin(first, _WIDE_SPACE)]))
    wide = wide[[b"copy" in bytes(rows.value(row)).lower() for row in wide.tolist()]]
    return np.concatenate([found, rows.starts[wide]])


def back(array: np.ndarray, places: np.ndarray, table: np.ndarray, most: int, step: int = -1) -> np.ndarray:
    """Step from each place over at most so many bytes of a table; gives the first byte that is none."""
    places = places.copy()
    alive = np.flatnonzero((places >= 0) & (places < len(array)))
    for _ in range(most):
        alive = alive[table[array[places[alive]]]]
        if not len(alive):
            break
        places[alive] += step
        alive = alive[(places[alive] >= 0) & (places[alive] < len(array))]
    return places
