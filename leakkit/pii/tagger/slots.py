"""The hashed features of tokens: slots of the weights for distinct tokens and for their surroundings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import Gazetteer, phrase_hash
from leakkit.pii.gazetteer.tokens import SHAPE_NEWLINE, SHAPE_PUNCTUATION, Tokens, hash_strings
from leakkit.pii.tagger.features import REACH, Described

BITS = 18
"""The weights have 2**BITS slots."""

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
