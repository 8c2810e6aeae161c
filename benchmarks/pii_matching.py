"""Match found spans with true ones, by type and overlap, and count right, wrong and missed of each document.

The rules that comparisons of such tools share: a detector's own overlaps are settled by score, neighbouring spans of
one type are joined in truth and finding alike, and a pair matches when the types are equal and the characters in both
are at least half of the characters in either. Types that a set does not mark count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

LEAST_OVERLAP = 0.5


class Marked(NamedTuple):
    """One span with its type and score."""

    start: int
    end: int
    type: str
    score: float = 1.0


def settled(spans: Iterable[Marked]) -> list[Marked]:
    """Keep the surest of overlapping spans, then the longest."""
    kept: list[Marked] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept)


def joined(text: str, spans: Iterable[Marked]) -> list[Marked]:
    """Join neighbours of one type: up to two blanks between them, for places also commas and line ends up to four."""
    done: list[Marked] = []
    for span in sorted(spans):
        last = done[-1] if done else None
        if last is not None and last.type == span.type and last.end <= span.start:
            gap = text[last.end : span.start]
            blank = len(gap) <= 2 and not gap.strip(" ")
            if blank or (span.type == "LOCATION" and len(gap) <= 4 and not gap.strip(" ,\n")):
                done[-1] = Marked(last.start, span.end, span.type, max(last.score, span.score))
                continue
        done.append(span)
    return done


def overlap(a: Marked, b: Marked) -> float:
    """Give the characters in both as a share of the characters in either."""
    both = min(a.end, b.end) - max(a.start, b.start)
    return both / (max(a.end, b.end) - min(a.start, b.start)) if both > 0 else 0.0


def paired(true: Sequence[Marked], found: Sequence[Marked]) -> dict[int, int]:
    """Pair true spans with found ones of the same type, best overlap first, each at most once."""
    candidates = sorted(
        (
            (overlap(t, f), i, j)
            for i, t in enumerate(true)
            for j, f in enumerate(found)
            if t.type == f.type and t.start < f.end and f.start < t.end
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in candidates:
        if share >= LEAST_OVERLAP and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def counted(
    document: dict[str, Any], found: Iterable[Sequence[Any]], labels: set[str]
) -> dict[str, Counter[str]]:
    """Count right, wrong and missed spans of one document by type."""
    text = document["text"]
    spans = [Marked(s["start"], s["end"], s["type"]) for s in document["spans"]]
    unmarked = [s for s in spans if s.type not in labels]
    true = joined(text, (s for s in spans if s.type in labels))
    kept = settled(Marked(*f[:3], float(f[3])) for f in found)
    guesses = joined(text, (s for s in kept if s.type in labels))
    guesses = [g for g in guesses if _counts(g, true, unmarked)]
    pairs = paired(true, guesses)
    right = set(pairs.values())
    tally: dict[str, Counter[str]] = {}
    for i, span in enumerate(true):
        tally.setdefault(span.type, Counter())["right" if i in pairs else "missed"] += 1
    for j, span in enumerate(guesses):
        if j not in right:
            tally.setdefault(span.type, Counter())["wrong"] += 1
    return tally


def _counts(guess: Marked, true: Sequence[Marked], unmarked: Sequence[Marked]) -> bool:
    """Leave out a finding that touches only what the set leaves open."""

    def touches(other: Marked) -> bool:
        return guess.start < other.end and other.start < guess.end

    return any(map(touches, true)) or not any(map(touches, unmarked))
