"""Names as the tagger finds them, as columns: their tokens, entity and score, and their places in the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import COUNTRY, LARGE_TOWN, Gazetteer, phrase_hash
from leakkit.pii.gazetteer.tokens import SEPARATOR, Tokens
from leakkit.pii.tagger.alike import Stretches
from leakkit.pii.tagger.features import Described

ENTITIES = ("PERSON", "LOCATION", "ORGANIZATION", "CITY", "COUNTRY")
"""What a name may be; the first three are told by the tagger itself, the others by the lists."""
BATCH = 3 << 17
"""Characters tagged at once, what parts the texts included."""
PIECE = 1 << 18
"""Longer texts are cut at a line end or blank."""
FLOOR = 0.12
"""Findings with a lower score are left out: they cost more false alarms than F2 (a miss as four) is worth."""

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Named:
    """Names: first and last token, number of the entity, score."""

    first: I64
    last: I64
    kind: I64
    score: NDArray[np.float64]

    @classmethod
    def none(cls) -> Named:
        """Give no names."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty, np.zeros(0))

    def taken(self, rows: NDArray) -> Named:
        """Give some of them, in an order."""
        return Named(self.first[rows], self.last[rows], self.kind[rows], self.score[rows])

    def moved(self, steps: I64) -> Named:
        """Give the same names so many tokens on."""
        return Named(self.first + steps, self.last + steps, self.kind, self.score)


def joined(parts: Sequence[Named]) -> Named:
    """Put names together, by place."""
    columns = ([getattr(part, name) for part in parts] for name in Named.__slots__)
    every = Named(*map(np.concatenate, columns))
    return every.taken(np.lexsort((every.last, every.first)))


def described(
    spans: I64,
    sure: NDArray[np.float32],
    tokens: Tokens,
    seen: Described,
    at: I64,
    lists: Gazetteer,
    curves: NDArray[np.float32],
) -> Named:
    """Give spans of candidates their tokens, entity and score."""
    if not len(spans):
        return Named.none()
    kind, sizes = spans[:, 2], spans[:, 1] - spans[:, 0] + 1
    begins = np.cumsum(sizes) - sizes
    inside = np.repeat(spans[:, 0] - begins, sizes) + np.arange(sizes.sum())
    label = np.repeat(1 + 2 * kind, sizes)
    both = (sure[inside, label] + sure[inside, label + 1]).astype(np.float64)
    mean = np.add.reduceat(both, begins) / sizes
    steps = np.linspace(0, 1, curves.shape[1])
    score = np.choose(kind, [np.interp(mean, steps, curve) for curve in curves])
    finer = _finer(spans, tokens, seen, at, lists)
    kept = np.flatnonzero(score >= FLOOR)
    return Named(at[spans[kept, 0]], at[spans[kept, 1]], finer[kept], score[kept])


def _finer(spans: I64, tokens: Tokens, seen: Described, at: I64, lists: Gazetteer) -> I64:
    """Give the entities of spans: CITY or COUNTRY where a place is exactly one entry of the lists."""
    finer = spans[:, 2].copy()
    for size in (1, 2, 3):
        rows = np.flatnonzero((spans[:, 2] == 1) & (spans[:, 1] - spans[:, 0] + 1 == size))
        first = at[spans[rows, 0]]
        parts = [seen.types.folded[tokens.kind_of[first + k]] for k in range(size)]
        flags = lists.flags(parts[0]) if size == 1 else lists.phrase(phrase_hash(parts))
        finer[rows[(flags & LARGE_TOWN) > 0]] = ENTITIES.index("CITY")
        finer[rows[(flags & COUNTRY) > 0]] = ENTITIES.index("COUNTRY")
    return finer


def spread(names: Named, held: Stretches) -> Named:
    """Give names also to the stretches that are the same as those in which they were found."""
    if not len(names.first):
        return names
    heads = held.at[held.first]
    place = np.searchsorted(heads, names.first, "right") - 1
    order = np.argsort(place, kind="stable")
    again = np.flatnonzero(held.same != np.arange(len(held.same)))
    lead = held.same[again]
    low, high = (np.searchsorted(place[order], lead, side) for side in ("left", "right"))
    count = high - low
    rows = np.repeat(low - np.cumsum(count) + count, count) + np.arange(count.sum())
    steps = np.repeat(heads[again] - heads[lead], count)
    return joined([names, names.taken(order[rows]).moved(steps)])


def chunks(texts: Sequence[str]) -> list[tuple[list[tuple[int, int]], list[str]]]:
    """Put texts, or pieces of long ones, together in batches: number of the text and offset of each piece."""
    out: list[tuple[list[tuple[int, int]], list[str]]] = []
    places: list[tuple[int, int]] = []
    pieces: list[str] = []
    size = 0
    for number, text in enumerate(texts):
        for offset, piece in ((0, text),) if 0 < len(text) <= PIECE else _pieces(text):
            if size and size + len(piece) + 3 * len(SEPARATOR) > BATCH:
                out.append((places, pieces))
                places, pieces, size = [], [], 0
            places.append((number, offset))
            pieces.append(piece)
            size += len(piece) + len(SEPARATOR)
    return [*out, (places, pieces)] if pieces else out


def _pieces(text: str) -> list[tuple[int, str]]:
    """Cut a long text at line ends or blanks."""
    begin, out = 0, []
    while len(text) - begin > PIECE:
        cut = max(text.rfind("\n", begin + PIECE // 2, begin + PIECE), begin)
        cut = cut if cut > begin else text.rfind(" ", begin + PIECE // 2, begin + PIECE)
        cut = cut if cut > begin else begin + PIECE
        out.append((begin, text[begin:cut]))
        begin = cut
    return [*out, (begin, text[begin:])] if begin < len(text) else out
