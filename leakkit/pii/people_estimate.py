"""How many people: a best count with a lower and an upper estimate, and the reasons for the distance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

import pandas as pd

from leakkit.pii.people_links import Group
from leakkit.pii.people_names import Resolution
from leakkit.pii.people_records import ACCOUNT, NAME, STRONG

WIDEST = 0.22
"""Widest range that is given, as a share of the best count; beyond it a range tells nothing."""

SPREAD = 0.03
"""Share of the count by which both ends move out for what the finding of values itself misses or invents."""

DOUBT = 0.5
"""Share of the expected wrong decisions, in either direction, by which the range moves out."""

_NAMESAKE, _BY_NAME, _AMBIGUOUS, _FIRST_NAME = 0.3, 0.1, 0.1, 0.05
"""Expected share of wrong decisions: doubtful people who are one, fragments of strangers, first names of others."""

_MOST_KNOWN, _UNKNOWN_SHARE = 0.98, 0.5
_LEAST_ANCHORS = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many distinct people the findings are about.

    Attributes
    ----------
    lower, upper : int
        The range; not a confidence interval in the strict sense, but set so that it held the true number
        on at least 19 of 20 invented leaks (see the tests).
    best : int
        The expected number.
    rows : int
        Rows of the frame that `leakkit.people` gives: it keeps apart whom nothing joins, though some of them
        are expected to be one person.
    floor, ceiling : int
        Without any judgement: `floor` joins everything of one name that nothing excludes and drops who is
        known by one kind of value alone; `ceiling` joins by equal identifiers and details only.
    method : str
        How it was done, in one sentence.
    explanation : tuple of str
        What widens the range, with counts.
    """

    lower: int
    upper: int
    best: int
    rows: int
    floor: int
    ceiling: int
    method: str
    explanation: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.best:,} people (between {self.lower:,} and {self.upper:,})"

    def frame(self) -> pd.DataFrame:
        """Give the figures as a frame of one row: lower, best, upper, rows, floor, ceiling (Int64)."""
        names = ("lower", "best", "upper", "rows", "floor", "ceiling")
        return pd.DataFrame({name: [getattr(self, name)] for name in names}, dtype="Int64")


METHOD = (
    "Findings of one record joined, then records with equal strong identifiers or an equal name and another "
    "agreeing detail (connected components); names alone join only where one person of that name is known"
)


def is_person(group: Group) -> bool:
    """Tell whether a group is counted: a full name, an account, a person's number, or a telephone."""
    return bool(group.kinds & {ACCOUNT, STRONG} or group.full_names or group.values.get("PHONE"))


def known_by(group: Group) -> str:
    """Say by what alone a person is known; empty where several things tell."""
    if group.full_names:
        return "" if group.kinds & {ACCOUNT, STRONG} or len(group.values) > 2 else NAME
    if ACCOUNT in group.kinds:
        return ACCOUNT if STRONG not in group.kinds else ""
    return "number" if STRONG in group.kinds else "phone"


def estimate(resolved: Resolution, people: Sequence[Group], unmerged: int) -> Estimate:
    """Count people and say how far the count may be off.

    Parameters
    ----------
    resolved : Resolution
        From `resolve_names`.
    people : sequence of Group
        Those of ``resolved.people`` that count.
    unmerged : int
        Groups that count, before names alone joined any.
    """
    alone: dict[str, list[str]] = {}
    for group in people:
        if kind := known_by(group):
            alone.setdefault(kind, []).append(_told_by(group, kind))
    first_names = len({n.key for g in resolved.people if not is_person(g) for n in g.names})
    twice = _expected_twice([entity for told in alone.values() for entity in told], people)
    n_alone, rows = sum(map(len, alone.values())), len(people)
    twice_named, strangers = _NAMESAKE * resolved.doubtful, _strangers(resolved)
    expected = max(rows - twice - twice_named + strangers, min(rows, 1))
    both = SPREAD * rows + 0.5 * sqrt(rows)
    fragments = _BY_NAME * resolved.by_name + _AMBIGUOUS * len(resolved.ambiguous) + _FIRST_NAME * first_names
    down = both + DOUBT * (n_alone - twice + strangers) + (1 - _NAMESAKE) * resolved.doubtful * DOUBT
    up = both + DOUBT * twice + twice_named + fragments + DOUBT * strangers
    down, up = _within(down, up, expected)
    certain = rows - n_alone - resolved.doubtful
    return Estimate(
        lower=max(int(expected - down), min(rows, 1)),
        upper=ceil(expected + up) if rows else 0,
        best=round(expected),
        rows=rows,
        floor=max(certain, min(rows, 1)),
        ceiling=max(unmerged, rows),
        method=METHOD,
        explanation=_explanation(
            {kind: len(told) for kind, told in alone.items()}, resolved, first_names, twice
        ),
    )


def _told_by(group: Group, kind: str) -> str:
    """Name the entity by which alone a person is known."""
    if kind in ("name", "phone"):
        return {"name": "PERSON", "phone": "PHONE"}[kind]
    found = {f.entity for m in group.mentions for f in m.findings if f.kind in (ACCOUNT, STRONG)}
    return "EMAIL" if "EMAIL" in found else min(found)


def _expected_twice(told: list[str], people: Sequence[Group]) -> float:
    """Expect how many people known by one kind of value alone are counted already under others.

    A fragment is of somebody in the leak's main table with probability k. There the kind of value it has
    is told of a share a. It was not joined, so it is of somebody there with k (1 - a) / (k (1 - a) + 1 - k).
    """
    main = _main_path(people)
    if not told or main is None:
        return 0.0
    anchors = [group for group in people if main in group.paths and not known_by(group)]
    known = _share_known(people, main)
    chances = {}
    for entity in set(told):
        a = min(1.0, sum(1 for g in anchors if g.values.get(entity)) / len(anchors))
        chances[entity] = known * (1 - a) / (known * (1 - a) + 1 - known)
    return sum(chances[entity] for entity in told)


def _main_path(people: Sequence[Group]) -> str | None:
    """Find the member that tells most about most people; none where there is no such table."""
    counts = Counter(path for group in people if not known_by(group) for path in group.paths)
    path, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return path if count >= _LEAST_ANCHORS else None


def _share_known(people: Sequence[Group], main: str) -> float:
    """Estimate the share of the people in other members who are in the main one: by identifiers both have."""
    inside: dict[str, set[str]] = defaultdict(set)
    outside: dict[str, set[str]] = defaultdict(set)
    size = 0
    for group in people:
        size += main in group.paths
        for mention in group.mentions:
            side = inside if mention.path == main else outside
            for found in mention.findings:
                if found.kind in (ACCOUNT, STRONG):
                    side[found.entity].add(found.key)
    met = tried = 0.0
    for entity, keys in inside.items():
        share = min(1.0, len(keys) / max(1, size))
        if share >= 0.2:
            met += len(keys & outside[entity])
            tried += share * len(outside[entity])
    return min(_MOST_KNOWN, met / tried) if tried >= _LEAST_ANCHORS else _UNKNOWN_SHARE


def _strangers(resolved: Resolution) -> float:
    """Expect how many fragments were given to a namesake of the person they are of.

    With m the share of well-known people who have a namesake here, and r the share of name fragments that
    found somebody: r = s + (1 - s) m, where s is the share that truly belongs to known people; of the rest
    the part m was given to a stranger.
    """
    tried = resolved.by_name + len(resolved.ambiguous)
    if not tried or not resolved.anchors:
        return 0.0
    m = min(0.95, resolved.anchor_namesakes / resolved.anchors)
    r = tried / max(1, tried + resolved.doubtful)
    s = max(0.0, (r - m) / (1 - m))
    return tried * (1 - s) * m


def _within(down: float, up: float, expected: float) -> tuple[float, float]:
    """Keep the range narrower than `WIDEST`, both sides by the same factor."""
    widest = max(2.0, WIDEST * expected)
    factor = min(1.0, widest / (down + up)) if down + up else 1.0
    return down * factor, up * factor


def _explanation(
    alone: dict[str, int], resolved: Resolution, first_names: int, twice: float
) -> tuple[str, ...]:
    """Say what widens the range."""
    told = {
        "account": "known by an account alone (e-mail or user name)",
        "number": "known by a number alone (card, government number)",
        "name": "known by a name alone",
        "phone": "known by a telephone alone",
    }
    lines = [f"{alone[kind]:,} {text}" for kind, text in told.items() if alone.get(kind)]
    if alone:
        lines.append(f"about {twice:,.0f} of these are expected to be somebody counted already")
    if resolved.doubtful:
        lines.append(
            f"{resolved.doubtful:,} share a name with another and nothing tells them apart or together"
        )
    if resolved.by_name:
        lines.append(f"{resolved.by_name:,} fragments were given to the only person of their name")
    if resolved.ambiguous:
        lines.append(
            f"{len(resolved.ambiguous):,} fragments may be of any of several namesakes: given to nobody"
        )
    if first_names:
        lines.append(f"{first_names:,} first names alone are not counted")
    return tuple(lines)
