"""What the tagger sees of each token: hashed feature slots of distinct tokens and of their surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    phrase_hash,
)
from leakkit.pii.gazetteer.tokens import (
    DIGIT,
    LETTER,
    NEWLINE,
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

BITS = 18
"""The weights have 2**BITS slots."""
REACH = 3
"""Tokens seen on each side."""

CONNECTORS = (
    "of the and de del della di da do dos das du des la le les el al bin ibn ben van von der den zu zur zum "
    "und for in on at to y e i & ' ’ - . , / to upon sur am im st"
).split()

U64 = NDArray[np.uint64]
SHIFT = np.uint64(64 - BITS)


def slots(columns: Sequence[NDArray], templates: Sequence[int]) -> NDArray[np.uint32]:
    """Hash columns of values, each of a template of its own, to slots of the weights; one column for each."""
    values = np.empty((len(columns), len(columns[0])), np.uint64)
    for place, column in enumerate(columns):
        values[place] = column
    salts = (np.array(templates, np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    values += salts[:, None]
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values >>= SHIFT
    return values.astype(np.uint32).T


@dataclass(slots=True)
class Described:
    """Distinct tokens with all that features are made of; `style` is one per token: that of its line."""

    types: Types
    flags: NDArray[np.uint8]
    row: NDArray[np.uint16]
    fine: NDArray[np.uint16]
    coarse: NDArray[np.uint16]
    begins: NDArray[np.bool_]
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
    joins = np.isin(types.folded, hash_strings(list(CONNECTORS))) | (shape == SHAPE_DIGIT)
    begins = (capital | quiet) & (types.length <= 40)
    return Described(types, flags, row, clusters[:, 1], clusters[:, 0], begins, joins, _line_style(tokens))


def candidates(tokens: Tokens, seen: Described) -> NDArray[np.int64]:
    """Positions that may be part of a name; everything else is none and costs nothing."""
    begins = seen.begins[tokens.kind_of]
    size = len(begins)
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


def own_slots(seen: Described) -> NDArray[np.uint32]:
    """Slots of a token by itself, one row per distinct token."""
    t = seen.types
    begins, ends = [], []
    for size in (1, 2, 3, 4):
        long = np.minimum(size, t.length)
        begins += [t.start, t.end - long]
        ends += [t.start + long, t.end]
    for at in range(5):
        begin = np.minimum(t.start + at, np.maximum(t.end - 3, t.start))
        begins.append(begin)
        ends.append(np.minimum(begin + 3, t.end))
    pieces = t.pieces.hash(np.array(begins), np.array(ends))
    shape = t.shape.astype(np.uint64)
    columns = [t.raw, t.folded, t.shape, np.minimum(t.length, 12), *pieces, seen.fine]
    columns += [seen.coarse.astype(np.uint64) * 16 + shape, seen.flags.astype(np.uint64) * 16 + shape]
    templates = [number if number < 12 or number > 16 else 12 for number in range(len(columns))]
    columns += [((seen.flags >> bit) & 1) * 16 + t.shape for bit in range(8)]
    return slots(columns, [*templates, *range(30, 38)])


def near_slots(seen: Described, offset: int) -> NDArray[np.uint32]:
    """Slots of a token for the token that stands `offset` after it."""
    t = seen.types
    tail = t.pieces.hash(t.end - np.minimum(3, t.length), t.end)
    columns: list[NDArray] = [t.folded, t.shape, seen.coarse, seen.fine]
    if abs(offset) <= 2:
        columns += [seen.flags, tail]
    first = 100 + 10 * (offset + 5)
    return slots(columns, range(first, first + len(columns)))


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
    signs = count(_among(tokens.code, "_(){}[]<>=;/\\|$%^&*+~`:@#") & (tokens.kind == PUNCTUATION))
    total = count(np.ones(len(lines), bool))
    style = np.zeros(len(words), np.uint8)
    style[titles == 0] = 1
    style[titles * 10 > words * 6] = 2
    style[shouting * 10 > words * 6] = 3
    style[words <= 2] = 4
    for share in (8, 20, 35):
        style[signs * 100 > total * share] += 8
    return style[lines]


def around_slots(
    tokens: Tokens, seen: Described, lists: Gazetteer, at: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Slots of each candidate that join several tokens."""
    size = len(tokens.kind_of)

    def take(offset: int) -> NDArray[np.int32]:
        """Distinct token beside each candidate."""
        return tokens.kind_of[np.clip(at + offset, 0, size - 1)]

    ids = {offset: take(offset) for offset in (-3, -2, -1, 0, 1, 2, 3)}
    t = seen.types
    word = {offset: t.folded[i] for offset, i in ids.items()}
    shape = {offset: t.shape[i].astype(np.uint64) for offset, i in ids.items()}
    flags = {offset: seen.flags[i].astype(np.uint64) for offset, i in ids.items()}
    fine = {offset: seen.fine[i].astype(np.uint64) for offset, i in ids.items()}
    glued = tokens.glued[at].astype(np.uint64) * 2 + tokens.glued[np.clip(at + 1, 0, size - 1)]
    style = seen.style[at].astype(np.uint64)

    stop = np.isin(word[-1], hash_strings([".", "!", "?", ":", '"', "“"])) | (shape[-1] == SHAPE_NEWLINE)
    begins = stop.astype(np.uint64)
    phrase = _phrase_flags(tokens, seen, lists, at)
    columns: list[tuple[NDArray, ...]] = [
        (shape[-1], shape[0], shape[1], glued),
        (shape[-2], shape[-1], shape[0], shape[1], shape[2]),
        (flags[0], flags[1], shape[0]),
        (flags[-1], flags[0], shape[-1]),
        (word[-1], word[0]),
        (word[0], word[1]),
        (word[-1], shape[0], flags[0] & 32),
        (word[1], shape[0], flags[0] & 32),
        (word[-2], word[-1]),
        (word[1], word[2]),
        (fine[-1], fine[0]),
        (fine[0], fine[1]),
        (style, shape[0], flags[0] & 32),
        (style, begins, shape[0], flags[0]),
        (begins, shape[0], shape[1], flags[0] & 32),
        (phrase, shape[0]),
        (word[-1], shape[0], shape[1], shape[2]),
        (word[-2], word[-1], shape[0]),
        (fine[-1], shape[0], fine[1]),
        (style, glued, shape[0]),
        (style, flags[0]),
        (style >> 3, word[-1], shape[0]),
        (style >> 3, word[1], shape[0]),
        (style, shape[-1], shape[0], shape[1]),
        (word[-1] * (shape[-1] == SHAPE_PUNCTUATION), word[1] * (shape[1] == SHAPE_PUNCTUATION), shape[0]),
        (flags[-1] & 7, flags[0], flags[1] & 7, shape[0]),
        (fine[0], shape[0], shape[-1], shape[1]),
    ]
    return slots(_mixed(columns), range(300, 300 + len(columns)))


def _mixed(columns: list[tuple[NDArray, ...]]) -> list[U64]:
    """Hash the values of each column together; columns of equally many parts at once."""
    out: dict[int, U64] = {}
    for size in sorted({len(column) for column in columns}):
        places = [place for place, column in enumerate(columns) if len(column) == size]
        parts = [np.array([columns[place][k] for place in places], np.uint64) for k in range(size)]
        out |= zip(places, phrase_hash(parts), strict=True)
    return [out[place] for place in range(len(columns))]


def _phrase_flags(tokens: Tokens, seen: Described, lists: Gazetteer, at: NDArray[np.int64]) -> U64:
    """Flags of the known phrase of two or three tokens that covers each candidate, and its place in it."""
    size = len(tokens.kind_of)
    word = seen.types.folded[tokens.kind_of]
    found = np.zeros(size + 3, np.uint64)
    for length in (2, 3):
        begin = at[at + length <= size]
        flags = lists.phrase(phrase_hash([word[begin + k] for k in range(length)])).astype(np.uint64)
        hit = flags > 0
        for k in range(length):
            found[begin[hit] + k] = flags[hit] * np.uint64(8) + np.uint64(min(k, 1) + 1)
    return found[at]


def all_slots(tokens: Tokens, seen: Described, lists: Gazetteer, at: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Every slot of every candidate, as the trainer needs them; the tagger sums by distinct token instead."""
    size = len(tokens.kind_of)
    parts = []
    for offset in range(-REACH, REACH + 1):
        table = own_slots(seen) if offset == 0 else near_slots(seen, offset)
        parts.append(table[tokens.kind_of[np.clip(at + offset, 0, size - 1)]])
    parts.append(around_slots(tokens, seen, lists, at))
    return np.concatenate(parts, axis=1)


__all__ = [
    "BITS",
    "NEWLINE",
    "REACH",
    "SHAPE_PUNCTUATION",
    "Described",
    "all_slots",
    "candidates",
    "describe",
]
