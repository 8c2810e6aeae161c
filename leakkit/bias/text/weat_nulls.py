"""Random target sets of like frequency: how large a test comes out when its targets mean nothing.

Vectors lean one way or another with the frequency of their words, so random targets are drawn among words
that are about as frequent as those they stand for (nearest in rank).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from leakkit.bias.text.vectors import Embeddings

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

SMALLEST_POOL = 50
POOL_SHARE = 0.05
_TRIES = 100


def effect_sizes(x: Floats, y: Floats) -> Floats:
    """Give difference of means over the standard deviation of both together (ddof 1), by rows.

    Missing where all associations are equal.
    """
    both = np.concatenate([x, y], axis=-1)
    difference = x.mean(axis=-1) - y.mean(axis=-1)
    spread = both.std(axis=-1, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-12, difference / spread, np.nan)


def frequency_order(embeddings: Embeddings, allowed: NDArray[np.bool_]) -> Integers:
    """Give the rows that may be drawn, most frequent first; the order of the words where none is counted."""
    rows = np.flatnonzero(allowed)
    if embeddings.counts is None:
        return rows
    return rows[np.argsort(-embeddings.counts[rows], kind="stable")]


def draw_targets(
    embeddings: Embeddings, targets: Integers, excluded: Integers, *, draws: int, seed: int
) -> Integers:
    """Draw random words that stand for `targets`, `draws` times; an array of draws by targets.

    Each target is stood for by a word among the nearest in rank of frequency: the nearest 50, or 5 % of
    the vocabulary if that is more. No word comes twice in a draw, none of `excluded` comes. Gives no rows
    where fewer than three words a target are left.
    """
    allowed = embeddings.lengths > 0
    allowed[excluded] = False
    ordered = frequency_order(embeddings, allowed)
    if len(ordered) < 3 * len(targets) or draws <= 0:
        return np.empty((0, len(targets)), dtype=np.int64)
    places = _places(embeddings, ordered, targets)
    pool = min(len(ordered), max(SMALLEST_POOL, int(POOL_SHARE * len(ordered)), 3 * len(targets)))
    starts = np.clip(places - pool // 2, 0, len(ordered) - pool)
    return ordered[_distinct(starts, pool, draws, np.random.default_rng(seed))]


def _places(embeddings: Embeddings, ordered: Integers, targets: Integers) -> Integers:
    """Give where in the falling order of frequency each target would stand."""
    if embeddings.counts is None:
        return np.searchsorted(ordered, targets)
    rising = -embeddings.counts[ordered]
    low = np.searchsorted(rising, -embeddings.counts[targets], side="left")
    high = np.searchsorted(rising, -embeddings.counts[targets], side="right")
    return (low + high) // 2


def _distinct(starts: Integers, pool: int, draws: int, random: np.random.Generator) -> Integers:
    """Draw one place in each pool, none twice in a row: what repeats an earlier one is drawn again."""
    drawn = starts + random.integers(0, pool, (draws, len(starts)))
    for _ in range(_TRIES):
        repeated = _repeated(drawn)
        if not repeated.any():
            break
        rows, columns = np.nonzero(repeated)
        drawn[rows, columns] = starts[columns] + random.integers(0, pool, len(rows))
    return drawn[~_repeated(drawn).any(axis=1)]


def _repeated(drawn: Integers) -> NDArray[np.bool_]:
    """Mark every place that stands further left in its row too."""
    order = np.argsort(drawn, axis=1, kind="stable")
    placed = np.take_along_axis(drawn, order, axis=1)
    again = np.zeros(drawn.shape, dtype=bool)
    again[:, 1:] = placed[:, 1:] == placed[:, :-1]
    marked = np.zeros(drawn.shape, dtype=bool)
    np.put_along_axis(marked, order, again, axis=1)
    return marked
