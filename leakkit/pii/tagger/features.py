"""What the tagger knows of each token, and which tokens may be part of a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import (
    COMMON,
    COUNTRY,
    GIVEN,
    ORGANISATION,
    REGION,
    SURNAME,
    TOWN,
    Gazetteer,
)
from leakkit.pii.gazetteer.tokens import (
    DIGIT,
    LETTER,
    PUNCTUATION,
    SHAPE_DIGIT,
    SHAPE_INITIAL,
    SHAPE_LOWER,
    SHAPE_MIXED,
    SHAPE_NEWLINE,
    SHAPE_PUNCTUATION,
    SHAPE_TITLE,
    SHAPE_UNCASED,
    SHAPE_UPPER,
    Tokens,
    Types,
    hash_strings,
)
from leakkit.pii.tagger.everyday import EVERYDAY, FREQUENT, OF_WORK

REACH = 3
"""Tokens seen on each side."""

CONNECTORS = (
    "of the and de del della di da do dos das du des la le les el al bin ibn ben van von der den zu zur zum "
    "und for in on at to y e i & ' ’ - . , / to upon sur am im st"
).split()

CODE_SIGNS, CODE_SHARE = "_(){}[]<>=;/\\|$%^&*+~`:@#", 8
"""Signs of code, and the share of them among the tokens of a line, in per cent, from which it looks like code."""

_NO_CAPITALS, _UNHEARD = 1, 4
"""Style of a line without capitals (and signs of code); letters of a word of no list that may be a name in it."""


@dataclass(slots=True)
class Described:
    """Distinct tokens with all that features are made of; `style` is one per token: that of its line.

    `begins` can begin a name anywhere, `small` in a line without capitals.
    """

    types: Types
    flags: NDArray[np.uint8]
    row: NDArray[np.uint16]
    fine: NDArray[np.uint16]
    coarse: NDArray[np.uint16]
    begins: NDArray[np.bool_]
    small: NDArray[np.bool_]
    joins: NDArray[np.bool_]
    style: NDArray[np.uint8]

    def taken(self, rows: NDArray[np.int64]) -> Described:
        """Only some of the distinct tokens."""
        t = self.types
        some = Types(
            t.start[rows], t.end[rows], t.raw[rows], t.folded[rows], t.shape[rows], t.length[rows], t.pieces
        )
        return Described(
            some,
            self.flags[rows],
            self.row[rows],
            self.fine[rows],
            self.coarse[rows],
            self.begins[rows],
            self.small[rows],
            self.joins[rows],
            self.style,
        )


def distinct(values: NDArray[np.int32], top: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the distinct values below `top`, and the place of each value among them."""
    present = np.zeros(top, bool)
    present[values] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[values]


def describe(tokens: Tokens, lists: Gazetteer) -> Described:
    """Look distinct tokens up in the lists and tell which may begin a name and which may join two parts."""
    types = tokens.types
    flags, row = lists.flags(types.folded), lists.rows(types.folded)
    clusters = lists.clusters[row]
    shape = types.shape
    capital = (shape == SHAPE_TITLE) | (shape == SHAPE_MIXED) | (shape == SHAPE_UPPER)
    capital |= (shape == SHAPE_INITIAL) | ((shape == SHAPE_UNCASED) & (types.length <= 24))
    named = (flags & (GIVEN | SURNAME | TOWN | COUNTRY | REGION | ORGANISATION)) > 0
    quiet = (shape == SHAPE_LOWER) & (types.length >= 3) & named & ((flags & COMMON) == 0)
    quiet[quiet] = ~np.isin(types.folded[quiet], _everyday(tuple(EVERYDAY)))
    joins = np.isin(types.folded, hash_strings(list(CONNECTORS))) | (shape == SHAPE_DIGIT)
    begins = (capital | quiet) & (types.length <= 40)
    known = (named & (types.length >= 3)) | (((flags & COMMON) == 0) & (types.length >= _UNHEARD))
    small = (shape == SHAPE_LOWER) & known & ~begins & (types.length <= 24)
    small[small] = ~np.isin(types.folded[small], _everyday((*EVERYDAY, *FREQUENT, *OF_WORK)))
    style = _line_style(tokens)
    return Described(types, flags, row, clusters[:, 1], clusters[:, 0], begins, small, joins, style)


@cache
def _everyday(words: tuple[str, ...]) -> NDArray[np.uint64]:
    """Give the hashes of words."""
    return hash_strings(list(words))


def candidates(tokens: Tokens, seen: Described, never: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Positions that may be part of a name, `never` left out; everything else is none and costs nothing."""
    begins = seen.begins[tokens.kind_of]
    begins |= seen.small[tokens.kind_of] & (seen.style == _NO_CAPITALS)
    size = len(begins)
    if never is not None:
        begins &= ~never
    at = np.flatnonzero(begins)
    begins[at] = ~_in_code(tokens, seen, at)
    if not begins.any():
        return np.zeros(0, np.int64)
    positions = np.arange(size)
    last = np.maximum.accumulate(np.where(begins, positions, -9))
    following = np.minimum.accumulate(np.where(begins, positions, size + 9)[::-1])[::-1]
    wanted = begins | (seen.joins[tokens.kind_of] & (following - last <= 4))
    numbers = tokens.kind == DIGIT  # house numbers and postcodes beside a name
    wanted |= numbers & ((following - positions <= 2) | (positions - last <= 2))
    lower = seen.types.shape[tokens.kind_of] == SHAPE_LOWER
    wanted |= lower & (following - last == 2) & ((seen.flags[tokens.kind_of] & COMMON) == 0)
    wanted |= (tokens.code == ord("#")) & np.append(wanted[1:], False)
    return np.flatnonzero(wanted)


def _in_code(tokens: Tokens, seen: Described, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of some tokens stand inside a path, an identifier, an address, a handle or a hash."""
    size = len(tokens.code)
    places = {offset: np.clip(at + offset, 0, size - 1) for offset in (-2, -1, 1, 2)}
    code = {offset: tokens.code[place] for offset, place in places.items()}
    shape = {offset: seen.types.shape[tokens.kind_of[place]] for offset, place in places.items()}
    own = seen.types.shape[tokens.kind_of[at]]
    tight, tight_after, tight_next = tokens.glued[at], tokens.glued[places[1]], tokens.glued[places[2]]
    small_before = (shape[-2] == SHAPE_LOWER) | (shape[-2] == SHAPE_DIGIT)
    small_after = (shape[2] == SHAPE_LOWER) | (shape[2] == SHAPE_DIGIT)
    word_after = tight_after & tight_next & (shape[2] != SHAPE_PUNCTUATION) & (shape[2] != SHAPE_NEWLINE)
    inner = tight & tokens.glued[places[-1]] & _among(code[-1], "./&?")
    inside = (tight & _among(code[-1], "@_$\\%")) | (tight_after & _among(code[1], "@_$"))
    inside |= inner & small_before
    inside |= inner & (code[-1] == ord("/")) & _among(code[-2], "./:<")
    inside |= word_after & _among(code[1], "/\\:._=([{<") & (own == SHAPE_LOWER)
    inside |= tight_after & (code[1] == ord("(")) & (own != SHAPE_LOWER)
    inside |= word_after & (code[1] == ord(".")) & small_after
    inside |= tight & _among(code[-1], ":/#") & tight_after & (shape[1] == SHAPE_DIGIT)
    inside |= (
        tight_after & (code[1] == ord("-")) & tight_next & (shape[2] == SHAPE_DIGIT) & (own == SHAPE_UPPER)
    )
    inside |= word_after & (code[1] == ord("-")) & (shape[2] == SHAPE_LOWER) & (seen.style[at] >= 8)
    inside |= tight & (code[-1] == ord('"')) & (tokens.code[at] == ord("Ġ"))  # vocabularies of models
    return inside | _in_random(tokens, seen)[at]


def _in_random(tokens: Tokens, seen: Described) -> NDArray[np.bool_]:
    """Tell which letters stand in hashes, base64 and the like: mixed with digits, long or again and again."""
    length = tokens.end - tokens.start
    lower = seen.types.shape[tokens.kind_of] == SHAPE_LOWER
    glued, digit, letter = tokens.glued, tokens.kind == DIGIT, tokens.kind == LETTER
    before = np.concatenate(([False], digit[:-1])) & glued
    after = np.append(digit[1:] & glued[1:], False)
    beside = letter & (before | after)
    inside = (tokens.kind != PUNCTUATION) | _among(tokens.code, "+/=_-")
    chunk = np.cumsum(~glued | ~inside | np.concatenate(([True], ~inside[:-1])))
    times = np.bincount(chunk, beside)[chunk]
    size = np.bincount(chunk, length)[chunk]
    mixture = beside & (lower | (length < 2) | (size > 8) | (before & after))
    return mixture | (letter & (times >= 3))


def _among(codes: NDArray, letters: str) -> NDArray[np.bool_]:
    """Tell which code points are one of some ASCII characters."""
    table = np.zeros(128, bool)
    table[[ord(letter) for letter in letters]] = True
    return table[np.minimum(codes, 127)]


def _line_style(tokens: Tokens) -> NDArray[np.uint8]:
    """Style of each token's line: capitals in the low three bits, how far it looks like code above.

    0 normal, 1 no capitals, 2 mostly capitalised, 3 shouting, 4 one or two words; plus 8, 16 or 24 for
    more and more signs of code.
    """
    shape = tokens.types.shape[tokens.kind_of]
    lines = tokens.line

    def count(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Tokens of a kind in each line."""
        return np.bincount(lines[mask], minlength=int(lines[-1]) + 1 if len(lines) else 1)

    words = count(tokens.kind == LETTER)
    shouting = count(shape == SHAPE_UPPER)
    titles = count(
        (shape == SHAPE_TITLE) | (shape == SHAPE_MIXED) | (shape == SHAPE_UPPER) | (shape == SHAPE_INITIAL)
    )
    signs = count(_among(tokens.code, CODE_SIGNS) & (tokens.kind == PUNCTUATION))
    total = count(np.ones(len(lines), bool))
    style = np.zeros(len(words), np.uint8)
    style[titles == 0] = 1
    style[titles * 10 > words * 6] = 2
    style[shouting * 10 > words * 6] = 3
    style[words <= 2] = 4
    for share in (CODE_SHARE, 20, 35):
        style[signs * 100 > total * share] += 8
    return style[lines]
