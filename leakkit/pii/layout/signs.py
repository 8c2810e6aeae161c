"""Where the signs of layouts stand in a buffer of many values, with the line and the row of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows


class Kind:
    """What may be read in a text besides keys, as bits of a number; tables by what parts their columns."""

    ACCOUNTS = 1
    DUMP = 2
    MARKUP = 4
    LISTS = 8
    TABS = 16
    PIPES = 32
    SEMICOLONS = 64
    COMMAS = 128
    BLANKS = 256
    CARETS = 512
    TILDES = 1024


EVERY = 2047
TABLES = {
    "\t": Kind.TABS,
    "|": Kind.PIPES,
    ";": Kind.SEMICOLONS,
    ",": Kind.COMMAS,
    "^": Kind.CARETS,
    "~": Kind.TILDES,
}
OF_TABLES = Kind.BLANKS | sum(TABLES.values())

WIDE = "\u3000"
"""Stands here for the first byte of a full-width sign."""
SIGNS = '\n\r:=,;|\t(<@"^~' + WIDE
_CODES = {sign: number for number, sign in enumerate(SIGNS, 1)}
_KIND = bytearray(256)
for _sign, _number in _CODES.items():
    _KIND[0xEF if _sign == WIDE else ord(_sign)] = _number
_KIND_BYTES = bytes(_KIND)
_STEP = 1 << 16


class Signs:
    """The signs of the rows that are looked at.

    Parameters
    ----------
    array : numpy.ndarray
        The buffer.
    places : numpy.ndarray
        Where a sign stands, rising.
    kinds : numpy.ndarray
        Which of `SIGNS` it is, from 1.
    last : numpy.ndarray
        Which of the signs are the end of a row.
    starts : numpy.ndarray
        Where the rows begin.
    ascii : bool
        Whether one byte is one character.
    """

    def __init__(
        self,
        array: np.ndarray,
        places: np.ndarray,
        kinds: np.ndarray,
        last: np.ndarray,
        starts: np.ndarray,
        ascii: bool,
    ) -> None:
        self.array, self.places, self.kinds, self.last = array, places, kinds, last
        self.starts, self.ascii = starts, ascii

    def of(self, signs: str) -> np.ndarray:
        """Give the places of some signs."""
        return self.places[self.marked(signs)]

    def marked(self, signs: str) -> np.ndarray:
        """Tell which of the signs are some."""
        found = self.kinds == _CODES[signs[0]]
        for sign in signs[1:]:
            found |= self.kinds == _CODES[sign]
        return found

    def next(self, signs: str, places: np.ndarray) -> np.ndarray:
        """Give the first place of one of some signs after each place; -1 where none follows."""
        some = np.append(self.of(signs), -1)
        return some[np.searchsorted(some[:-1], places)]

    def ends(self) -> np.ndarray:
        """Tell which of the signs end a line; a return with a line feed is one end."""
        returns = self.marked("\r")
        if returns.any():
            returns &= self.array[np.minimum(self.places + 1, len(self.array) - 1)] != 10
        return returns | self.marked("\n")

    def line_starts(self) -> np.ndarray:
        """Give where lines begin, as regular expressions have it: after line feeds."""
        return np.concatenate([self.starts, self.places[self.marked("\n") & ~self.last] + 1])


def read_signs(rows: Rows, fit: np.ndarray) -> Signs:
    """Find all signs of the rows that fit."""
    array = rows.array
    found, kinds = [], []
    for begin in range(0, len(array), _STEP):
        kind = np.frombuffer(array[begin : begin + _STEP].tobytes().translate(_KIND_BYTES), np.uint8)
        held = np.flatnonzero(kind != 0)
        kinds.append(kind[held])
        found.append(held + begin)
    places, which = np.concatenate(found), np.concatenate(kinds)
    ends = np.searchsorted(places, rows.ends + 1)
    last = np.zeros(len(places), bool)
    last[ends] = True
    if not fit.all():
        kept = np.repeat(fit, np.diff(ends, prepend=-1))
        places, which, last = places[: len(kept)][kept], which[: len(kept)][kept], last[: len(kept)][kept]
    return Signs(array, places, which, last, rows.starts[fit], rows.ascii)
