"""What the tagger sees of each token: hashed feature slots of distinct tokens and of their surroundings."""

from __future__ import annotations

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
SPEECH = "user assistant system subject date re from cc sent http https www true false null none".split()

U64 = NDArray[np.uint64]
SHIFT = np.uint64(64 - BITS)


def slots(values: NDArray, template: int) -> NDArray[np.uint32]:
    """Hash values of one template to slots of the weights."""
    salted = (values.astype(np.uint64) + np.uint64((template + 1) * 0x9E3779B97F4A7C15 % 2**64)) * np.uint64(
        0xBF58476D1CE4E5B9
    )
    salted ^= salted >> np.uint64(27)
    return ((salted * np.uint64(0x94D049BB133111EB)) >> SHIFT).astype(np.uint32)


@dataclass(slots=True)
class Described:
    """Distinct tokens with all that features are made of."""

    types: Types
    flags: NDArray[np.uint8]
    row: NDArray[np.uint16]
    fine: NDArray[np.uint16]
    coarse: NDArray[np.uint16]
    begins: NDArray[np.bool_]
    joins: NDArray[np.bool_]


def describe(types: Types, lists: Gazetteer) -> Described:
    """Look distinct tokens up in the lists and tell which may begin a name and which may join two parts."""
    flags, row = lists.flags(types.folded), lists.rows(types.folded)
    clusters = lists.clusters[row]
    shape = types.shape
    capital = (shape == SHAPE_TITLE) | (shape == SHAPE_MIXED) | (shape == SHAPE_UPPER)
    capital |= (shape == SHAPE_INITIAL) | ((shape == SHAPE_UNCASED) & (types.length <= 24))
    named = (flags & (GIVEN | SURNAME | TOWN | COUNTRY | REGION | ORGANISATION)) > 0
    quiet = (shape == SHAPE_LOWER) & (types.length >= 3) & named & ((flags & COMMON) == 0)
    joins = np.isin(types.folded, hash_strings(list(CONNECTORS))) | (shape == SHAPE_DIGIT)
    begins = (capital | quiet) & (types.length <= 40)
    return Described(types, flags, row, clusters[:, 1], clusters[:, 0], begins, joins)


def candidates(tokens: Tokens, seen: Described) -> NDArray[np.int64]:
    """Positions that may be part of a name; everything else is none and costs nothing."""
    begins = seen.begins[tokens.kind_of] & ~_in_code(tokens, seen)
    size = len(begins)
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


def _in_code(tokens: Tokens, seen: Described) -> NDArray[np.bool_]:
    """Tell which tokens stand inside a path, an identifier, an address or a handle."""
    size = len(tokens.code)
    before, after = np.concatenate(([10], tokens.code[:-1])), np.append(tokens.code[1:], 10)
    tight = tokens.glued
    tight_after = np.append(tokens.glued[1:], False)
    tight_next = np.append(tokens.glued[2:], [False, False])[:size]
    shape = seen.types.shape[tokens.kind_of]
    word_before = np.concatenate(([SHAPE_NEWLINE] * 2, shape[:-2]))[:size]
    code = tight & np.isin(before, _codes("@_$\\%"))
    code |= tight_after & np.isin(after, _codes("@_$"))
    inner = np.isin(before, _codes("./:-&?=")) & np.concatenate(([False], tight[:-1])) & tight
    code |= inner & ((word_before == SHAPE_LOWER) | (word_before == SHAPE_DIGIT)) & (before != ord("-"))
    code |= (
        inner
        & (before == ord("/"))
        & np.isin(np.concatenate(([0, 0], tokens.code[:-2]))[:size], _codes("./:<"))
    )
    next_letter = tight_next & (np.append(tokens.kind[2:], [0, 0])[:size] != PUNCTUATION)
    code |= tight_after & next_letter & np.isin(after, _codes("/\\:._=")) & (shape == SHAPE_LOWER)
    code |= tight_after & np.isin(after, _codes("([{<:=/.")) & (shape == SHAPE_LOWER) & next_letter
    code |= tight_after & (after == ord("(")) & (shape != SHAPE_LOWER)
    after_next = np.append(shape[2:], [SHAPE_NEWLINE] * 2)[:size]
    code |= (
        tight_after
        & next_letter
        & (after == ord("."))
        & ((after_next == SHAPE_LOWER) | (after_next == SHAPE_DIGIT))
    )
    digit_by = (tokens.kind != DIGIT) & (
        (tight & (np.concatenate(([0], tokens.kind[:-1])) == DIGIT))
        | (tight_after & (np.append(tokens.kind[1:], 0) == DIGIT))
    )
    return code | digit_by


def _codes(letters: str) -> list[int]:
    """Code points of letters."""
    return [ord(letter) for letter in letters]


def own_slots(seen: Described) -> NDArray[np.uint32]:
    """Slots of a token by itself, one row per distinct token."""
    t = seen.types
    columns: list[NDArray] = [t.raw, t.folded, t.shape, np.minimum(t.length, 12)]
    for size in (1, 2, 3, 4):
        long = np.minimum(size, t.length)
        columns.append(t.pieces.hash(t.start, t.start + long))
        columns.append(t.pieces.hash(t.end - long, t.end))
    for at in range(5):
        begin = np.minimum(t.start + at, np.maximum(t.end - 3, t.start))
        columns.append(t.pieces.hash(begin, np.minimum(begin + 3, t.end)))
    shape = t.shape.astype(np.uint64)
    columns += [
        seen.fine,
        seen.coarse.astype(np.uint64) * 16 + shape,
        seen.flags.astype(np.uint64) * 16 + shape,
    ]
    named = [
        slots(values, number if number < 12 or number > 16 else 12) for number, values in enumerate(columns)
    ]
    bits = [slots(((seen.flags >> bit) & 1) * 16 + t.shape, 30 + bit) for bit in range(8)]
    return np.stack([*named, *bits], axis=1)


def near_slots(seen: Described, offset: int) -> NDArray[np.uint32]:
    """Slots of a token for the token that stands `offset` after it."""
    t = seen.types
    tail = t.pieces.hash(t.end - np.minimum(3, t.length), t.end)
    columns: list[NDArray] = [t.folded, t.shape, seen.coarse, seen.fine]
    if abs(offset) <= 2:
        columns += [seen.flags, tail]
    return np.stack([slots(values, 100 + 10 * (offset + 5) + n) for n, values in enumerate(columns)], axis=1)


def _line_style(tokens: Tokens, seen: Described) -> NDArray[np.uint8]:
    """Style of each token's line: 0 normal, 1 no capitals, 2 mostly capitalised, 3 shouting, 4 one or two words."""
    shape = seen.types.shape[tokens.kind_of]
    lines = tokens.line

    def count(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Tokens of a kind in each line."""
        return np.bincount(lines[mask], minlength=int(lines[-1]) + 1 if len(lines) else 1)

    words = count(tokens.kind == LETTER)
    shouting = count(shape == SHAPE_UPPER)
    titles = count(
        (shape == SHAPE_TITLE) | (shape == SHAPE_MIXED) | (shape == SHAPE_UPPER) | (shape == SHAPE_INITIAL)
    )
    style = np.zeros(len(words), np.uint8)
    style[titles == 0] = 1
    style[titles * 10 > words * 6] = 2
    style[shouting * 10 > words * 6] = 3
    style[words <= 2] = 4
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
    style = _line_style(tokens, seen)[at].astype(np.uint64)

    def mix(*parts: NDArray) -> U64:
        """Hash several values together."""
        return phrase_hash([np.asarray(p, np.uint64) for p in parts])

    stop = np.isin(word[-1], hash_strings([".", "!", "?", ":", '"', "“"])) | (shape[-1] == SHAPE_NEWLINE)
    begins = stop.astype(np.uint64)
    phrase = _phrase_flags(tokens, seen, lists, at)
    columns = [
        mix(shape[-1], shape[0], shape[1], glued),
        mix(shape[-2], shape[-1], shape[0], shape[1], shape[2]),
        mix(flags[0], flags[1], shape[0]),
        mix(flags[-1], flags[0], shape[-1]),
        mix(word[-1], word[0]),
        mix(word[0], word[1]),
        mix(word[-1], shape[0], flags[0] & 32),
        mix(word[1], shape[0], flags[0] & 32),
        mix(word[-2], word[-1]),
        mix(word[1], word[2]),
        mix(fine[-1], fine[0]),
        mix(fine[0], fine[1]),
        mix(style, shape[0], flags[0] & 32),
        mix(style, begins, shape[0], flags[0]),
        mix(begins, shape[0], shape[1], flags[0] & 32),
        mix(phrase, shape[0]),
        mix(word[-1], shape[0], shape[1], shape[2]),
        mix(word[-2], word[-1], shape[0]),
        mix(fine[-1], shape[0], fine[1]),
        mix(style, glued, shape[0]),
    ]
    return np.stack([slots(values, 300 + number) for number, values in enumerate(columns)], axis=1)


def _phrase_flags(tokens: Tokens, seen: Described, lists: Gazetteer, at: NDArray[np.int64]) -> U64:
    """Flags of the known phrase of two or three tokens that covers each candidate, and its place in it."""
    size = len(tokens.kind_of)
    word = seen.types.folded[tokens.kind_of]
    wide = np.unique(np.clip(np.concatenate((at, at - 1, at - 2)), 0, size - 1))
    found = np.zeros(size + 3, np.uint64)
    for length in (2, 3):
        begin = wide[wide + length <= size]
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
