"""Names in halves in lines of text (``<first>Ann</first><last>Lee</last>``, ``Lee^Ann``) made whole.

A line, or lines below one another, with a given and a family name under keys of their own hold one person's name; where
others follow in the same record (the insured below the holder), each is a person.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from leakkit.pii.people.mentions import NAME, Finding, Mention

_FEWEST, _MOST = 2, 3
"""Parts of a name that stand in places of their own."""


Halves = dict[int, list[Finding]]
"""Of which halves a name was made, by the number of the finding that stands for them."""


def whole_in_lines(findings: list[Finding]) -> tuple[list[Finding], Halves]:
    """Put the halves of a name that stand in one line together, each under a key; gives also what was put together."""
    ordered = sorted(findings, key=lambda found: (found.row, found.start))
    runs = [part for run in _runs(ordered, 0) for part in _of_each(run) if _are_halves(part)]
    return _made_whole(ordered, runs)


def places_of_halves(findings: list[Finding]) -> frozenset[tuple[int, ...]]:
    """Give where in their lines the halves of a name begin, as told by those of one word each."""
    ordered = sorted(findings, key=lambda found: (found.row, found.start))
    runs = [run for run in _runs(ordered, 1) if _are_halves(run)]
    return frozenset(_places(run) for run in runs if all(found.one_word for found in run))


def whole_in_record(
    record: list[Finding], places: frozenset[tuple[int, ...]]
) -> tuple[list[Finding], Halves]:
    """Put halves on lines below one another together, where a record names several people."""
    ordered = sorted(record, key=lambda found: (found.row, found.start))
    runs = [run for run in _runs(ordered, 1) if _are_halves(run) or _places(run) in places]
    whole = any(found.kind == NAME and not found.one_word for found in ordered)
    return _made_whole(ordered, runs if len(runs) + whole > 1 else [])


def _made_whole(ordered: list[Finding], runs: list[list[Finding]]) -> tuple[list[Finding], Halves]:
    """Give findings with a name for each run of halves."""
    if not runs:
        return ordered, {}
    made: dict[int, Finding] = {}
    for run in runs:
        words = tuple(dict.fromkeys(word for found in run for word in found.words))
        name = run[0].with_name(words, " ".join(found.masked for found in run))
        made[id(run[0])] = replace(name, keyed=True, score=max(found.score for found in run))
    left_out = {id(found) for run in runs for found in run[1:]}
    whole = [made.get(id(found), found) for found in ordered if id(found) not in left_out]
    return whole, {run[0].index: run for run in runs}


def with_halves(mentions: list[Mention], halves: Halves) -> list[Mention]:
    """Give mentions the halves of which their names were made, so that each finding is somebody's."""
    for mention in mentions if halves else ():
        for found in [f for f in mention.findings if f.kind == NAME and f.index in halves]:
            mention.findings += [replace(half, one_word=True) for half in halves[found.index][1:]]
    return mentions


def _runs(ordered: list[Finding], most_below: int) -> list[list[Finding]]:
    """Give names that follow one another under keys, in a line or on lines below, each in a place of its own there."""
    runs: list[list[Finding]] = []
    for before, found in pairwise([None, *ordered]):
        if found is None or found.kind != NAME or not found.keyed:
            continue
        last = runs[-1] if runs else []
        below = found.row - last[-1].row if last else 0
        follows = bool(last) and last[-1] is before and below <= most_below
        if follows and (below == 0 or found.start not in {f.start for f in last}):
            last.append(found)
        else:
            runs.append([found])
    return runs


def _places(run: list[Finding]) -> tuple[int, ...]:
    """Give where in their lines the parts of a run begin."""
    return tuple(found.start for found in run)


def _of_each(run: list[Finding]) -> list[list[Finding]]:
    """Part a long run in one line: people without other values stand right behind one another, mostly in two halves."""
    if len(run) <= _MOST or len(run) % 2:
        return [run]
    return [run[place : place + 2] for place in range(0, len(run), 2)]


def _are_halves(run: list[Finding]) -> bool:
    """Tell whether names are parts of one: at most one has several words, and then they stand in one line."""
    several = sum(not found.one_word for found in run)
    if not _FEWEST <= len(run) <= _MOST or len({found.key for found in run}) < _FEWEST:
        return False
    return not several or (several == 1 and run[0].row == run[-1].row)
