"""How many people: a best count with a lower and an upper estimate, and the reasons for the distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

import pandas as pd

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.people.mentions import ACCOUNT, NAME, STRONG, Group, Mention
from leakkit.pii.people.names import Resolution
from leakkit.pii.people.namesakes import same_share
from leakkit.pii.people.twice import expected_twice, is_studied, is_told_twice, known_by
from leakkit.pii.people.vocabulary import are_called_alike

WIDEST = 0.215
"""Widest range that is given, as a share of the best count; beyond it a range tells nothing."""

NARROWEST = 0.205
"""Narrowest range, as a share of the best count: leaks of authors nobody had seen were off by more than it seemed."""

ONE_SIDE = 0.18
"""Farthest that one end lies from the best count, as a share, before both are kept within `WIDEST`."""

CLEAN, UNCLEAN = (0.04, 0.06), (0.08, 0.11)
"""Share of the count by which the lower and the upper end move out for what the finding of values misses or invents.

`CLEAN` where each is told by several values, `UNCLEAN` where `MUCH_DOUBT` of them are not. Measured on 80 invented
leaks of several authors (not in the repository), all looked at while this was made: where less than a twentieth was
doubtful, the true number was 0.95 to 1.03 of the best count (42 leaks), elsewhere 0.87 to 1.18 (38, of which 34 within
0.90 to 1.12). Before classes of mistakes found on them were mended it was up to 1.2, and more often above than below.
"""

MUCH_DOUBT = 0.15
"""From which share of people known by one kind of value alone, or told from namesakes by nothing, much is unclean."""

DOUBT = 0.5
"""Share of the expected wrong decisions, in either direction, by which the range moves out."""

_ALONE = {"account": 0.5, "number": 0.3, "phone": 0.2, "name": 0.05}
"""Share of people known by one kind of value alone who may be counted already: one has several accounts, one name."""

_MISSED = 0.05
"""Share of people known by a name alone beside whom others may be whose names were not found."""

_CHANCE = 0.3
"""Times the square root of the number of people: what a few wrong decisions are in a small leak."""

_MEASURED = 5.0
"""How many times the share that is expected twice must fit into those told by two values, for them to be sure."""

_WEAK_FALSE, _NAME_FALSE = 0.5, 0.1
_BY_NAME, _AMBIGUOUS, _FIRST_NAME = 0.1, 0.1, 0.05
"""Expected share of wrong decisions: doubtful people who are one, fragments of strangers, first names of others."""


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
    """Tell whether a group is counted: a full name, an account, a person's number, or a telephone; or age and sex.

    Those are of whom a study knows by a number alone.
    """
    if group.kinds & {ACCOUNT, STRONG} or group.full_names:
        return not _is_firms_account(group)
    if is_studied(group):
        return True
    return bool(group.values.get("PHONE")) and not group.is_office and not _is_firms_phone(group)


def _expected_false(alone: dict[str, list[Group]], people: Sequence[Group]) -> float:
    """Expect how many people known by one kind of value alone are no people: what was found was none.

    Half of those whose only value is not even "likely"; of the names that the built-in tagger found in free text what
    its score leaves, at most one in ten: a judgement; more names are missed than invented. None of those whose words
    are others' names, too.
    """
    weak = [
        max(f.score for m in group.mentions for f in m.findings) < LIKELIHOOD_FLOORS["likely"]
        and len({f.field.name_part for m in group.mentions for f in m.findings if f.field.name_part}) < 2
        for kind, groups in alone.items()
        for group in groups
        if kind != "account"
    ]
    in_text = [group for group in alone.get("name", []) if all(map(_is_tagged, group.mentions))]
    alike = are_called_alike(in_text, people)
    doubtful = (group for group, is_sure in zip(in_text, alike, strict=True) if not is_sure)
    return _WEAK_FALSE * sum(weak) + sum(map(_false_name, doubtful))


_OF_FIRMS = frozenset({"IBAN", "MEDICAL_ID"})
"""Numbers that firms have as well: of bank accounts and of insurance policies."""


def _is_firms_account(group: Group) -> bool:
    """Tell whether all that is known is an account or policy beside a firm's name or the mailbox of its office."""
    if group.names or ACCOUNT in group.kinds or not (group.is_office or group.values.get("ORGANIZATION")):
        return False
    numbers = {f.entity for m in group.mentions for f in m.findings if f.kind == STRONG}
    return bool(numbers) and numbers <= _OF_FIRMS and not group.values.get("DATE_OF_BIRTH")


def _is_firms_phone(group: Group) -> bool:
    """Tell whether a telephone stands in a row of a firm's, by the firm's number or name, and nobody is named there."""
    if group.names or all(mention.is_text for mention in group.mentions):
        return False
    return bool(group.values.get("COMPANY_ID") or group.values.get("ORGANIZATION"))


def _false_name(group: Group) -> float:
    """Expect how much of a name in free text is none: what the tagger leaves, no more than was measured of all."""
    best = max(f.score for m in group.mentions for f in m.findings if f.kind == NAME)
    return min(_NAME_FALSE, 1 - best)


def _is_tagged(mention: Mention) -> bool:
    """Tell whether a mention is of free text, and the tagger found its name; what a rule found has its place there."""
    return mention.is_text and all(found.by == "tagger" for found in mention.findings if found.kind == NAME)


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
    alone: dict[str, list[Group]] = {}
    for group in people:
        if kind := known_by(group):
            alone.setdefault(kind, []).append(group)
    first_names = len({n.key for g in resolved.people if not is_person(g) for n in g.names})
    twice = expected_twice(alone, people)
    false = min(_expected_false(alone, people), sum(map(len, alone.values())) - twice)
    n_alone, rows = sum(map(len, alone.values())), len(people)
    same, strangers = same_share(resolved, people), _strangers(resolved)
    twice_named = same * resolved.doubtful
    expected = max(rows - twice - twice_named - false + strangers, min(rows, 1))
    certain = rows - n_alone - resolved.doubtful
    accounts = len(alone.get("account", ())) / max(1, n_alone)
    least_down, least_up = _spread(rows, 1 - max(0, certain) / max(1, rows), accounts)
    fragments = _BY_NAME * resolved.by_name + _AMBIGUOUS * len(resolved.ambiguous) + _FIRST_NAME * first_names
    doubtful = _doubtful(alone, twice)
    down = least_down + doubtful + DOUBT * strangers + (1 - same) * resolved.doubtful * DOUBT
    up = least_up + twice + DOUBT * (false + strangers) + twice_named + fragments
    up += _MISSED * len(alone.get("name", ()))
    farthest = ONE_SIDE * expected
    joined = len({path for group in people for path in group.paths}) > 1
    down, up = _within(
        min(down, max(least_down, farthest)), min(up, max(least_up, farthest)), expected, joined
    )
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


def _spread(rows: int, unclean: float, accounts: float) -> tuple[float, float]:
    """Give how far the ends lie from the best count at least, by the share of people of whom little is known.

    `accounts` is the share of these who are known by accounts: hardly any is missed, so the upper end stays near.
    """
    weight, chance = min(1.0, unclean / MUCH_DOUBT), _CHANCE * sqrt(rows)
    down = CLEAN[0] + weight * (UNCLEAN[0] - CLEAN[0])
    up = CLEAN[1] + weight * (1 - accounts) * (UNCLEAN[1] - CLEAN[1])
    return down * rows + chance, up * rows + chance


def _doubtful(alone: dict[str, list[Group]], twice: float) -> float:
    """Expect how many people known by one kind of value alone may be counted already, beyond those expected.

    Those told by two values of the kind are sure as far as links were measured.
    """
    total = sum(map(len, alone.values()))
    sure = max(0.0, 1 - _MEASURED * twice / max(1, total))
    told = sum(
        _ALONE[kind] * (len(groups) - sure * sum(map(is_told_twice, groups)))
        for kind, groups in alone.items()
    )
    return max(0.0, told * (1 - twice / max(1, total)))


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


def _within(down: float, up: float, expected: float, joined: bool) -> tuple[float, float]:
    """Keep the range narrower than `WIDEST` and, where members were joined, wider than `NARROWEST`."""
    widest = max(1.0, WIDEST * expected - 1)  # rounding adds up to two
    narrowest = min(widest, NARROWEST * expected) if joined else 0.0
    factor = min(max(1.0, narrowest / (down + up)), widest / (down + up)) if down + up else 1.0
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
