"""Names in halves in lines of text (``<first>Ann</first><last>Lee</last>``, ``Lee^Ann``) made whole, before they are parted.

A line, or lines below one another, with a given and a family name under keys of their own hold one person's name; where
others follow in the same record (the insured below the holder), each is a person.
"""

from __future__ import annotations

from itertools import pairwise

from leakkit.pii.people.mentions import NAME, Finding, Mention

_FEWEST, _MOST = 2, 3
"""Parts of a name that stand in places of their own."""


def whole_names(findings: list[Finding]) -> tuple[list[Finding], dict[int, list[Finding]]]:
    """Put names in halves together.

    Parameters
    ----------
    findings : list of Finding
        Of one record, read line by line.

    Returns
    -------
    tuple
        The findings, with one name for its halves where several stand in the record or in one line; and of which
        halves it was made, by the number of the finding that stands for them.
    """
    ordered = sorted(findings, key=lambda found: (found.row, found.start))
    runs = [run for run in _runs(ordered) if _are_halves(run)]
    if len(runs) < _FEWEST:
        runs = [run for run in runs if run[0].row == run[-1].row]
    made: dict[int, Finding] = {}
    halves: dict[int, list[Finding]] = {}
    for run in runs:
        words = tuple(dict.fromkeys(word for found in run for word in found.words))
        made[id(run[0])] = run[0].with_name(words, " ".join(found.masked for found in run))
        halves[run[0].index] = run
    left_out = {id(found) for run in runs for found in run[1:]}
    return [made.get(id(found), found) for found in ordered if id(found) not in left_out], halves


def with_halves(mentions: list[Mention], halves: dict[int, list[Finding]]) -> list[Mention]:
    """Give mentions the halves of which their names were made, so that each finding is somebody's."""
    for mention in mentions if halves else ():
        for found in [f for f in mention.findings if f.kind == NAME and f.index in halves]:
            mention.findings += halves[found.index][1:]
    return mentions


def _runs(ordered: list[Finding]) -> list[list[Finding]]:
    """Give names that follow one another under keys, each in a place of its own, in a line or on lines below."""
    runs: list[list[Finding]] = []
    for before, found in pairwise([None, *ordered]):
        if found is None or found.kind != NAME or not found.keyed:
            continue
        last = runs[-1] if runs else []
        follows = before is not None and bool(last) and last[-1] is before and found.row - before.row <= 1
        same_line = follows and before is not None and before.row == found.row
        if follows and (same_line or found.start not in {f.start for f in last}):
            last.append(found)
        else:
            runs.append([found])
    return runs


def _are_halves(run: list[Finding]) -> bool:
    """Tell whether names are parts of one: at most one has several words, and then they stand in one line."""
    several = sum(not found.one_word for found in run)
    if not _FEWEST <= len(run) <= _MOST or len({found.key for found in run}) < _FEWEST:
        return False
    return not several or (several == 1 and run[0].row == run[-1].row)
