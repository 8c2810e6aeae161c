"""Numbers by which systems know people: whose names are one person's though they disagree, and whose are not.

A payroll's number stands in the hours, the badges and the chat, beside "Röhricht, Slavko", "ROEHRICHT S." or 이진주.
How far a number tells a person is measured: of those that two columns share, how many stand beside names that agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from leakkit.pii.people.columns import column_of
from leakkit.pii.people.edges import birth_of, may_be_one
from leakkit.pii.people.mentions import OPAQUE, STRONG, Finding, Mention, may_be_written

NUMBER = "number"
"""What keys of numbers begin with that states and the like give: the same may be found as an id and as a tax number."""

CODE = "code"
"""What keys of numbers begin with whose entity is called differently in different files."""

_LEAST_AGREEING = 0.75
"""Share of the numbers beside names that can be compared and agree, from which those beside others are one person's."""

_COMPARED = 0.2
"""Least share of the numbers that must stand beside names of one alphabet, for these to say anything of the others."""

_FEWEST = 3
_MOST_NAMES = 6

_OF_FIRMS = ("TAX_ID", "COMPANY_ID")
_Column = tuple[str, str]
_Pair = tuple[str, _Column, _Column]


def code_keys(mentions: Sequence[Mention]) -> frozenset[str]:
    """Give the handles of numbers of systems, and the keys of numbers that are found as two kinds of them.

    A user name that is such a handle is that number.
    """
    every = [f for mention in mentions for f in mention.findings]
    handles = {f.handle for f in every if f.kind in (STRONG, OPAQUE) and f.entity != "USERNAME"}
    numbers = {(f.key, f.entity) for f in every if f.kind == STRONG or f.entity in _OF_FIRMS}
    several = {key for key, count in Counter(key for key, _ in numbers).items() if count > 1}
    return frozenset(handles | several | _keys_of_one_row(mentions)) - {""}


def _keys_of_one_row(mentions: Sequence[Mention]) -> set[str]:
    """Give the keys above values that are no names of fields: in each member they stand in but one record."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for mention in mentions:
        for found in mention.findings:
            if found.element:
                rows[found.element, mention.path].add(found.row)
    often = {element for (element, _), held in rows.items() if len(held) > 1}
    return {element for element, _ in rows} - often


def is_code(key: Hashable) -> bool:
    """Tell whether a key is of a number that a system or state gives, not of an address or login."""
    return isinstance(key, tuple) and key[0] not in ("EMAIL", "USERNAME", "SOCIAL_PROFILE")


class Trust:
    """How far numbers that two columns share tell people, measured by the names beside them.

    Parameters
    ----------
    mentions : sequence of Mention
        All of the leak.
    index : mapping
        Numbers of mentions by key of identifier.
    """

    def __init__(self, mentions: Sequence[Mention], index: Mapping[Hashable, list[int]]) -> None:
        self._mentions = mentions
        agreeing: dict[_Pair, int] = defaultdict(int)
        apart: dict[_Pair, int] = defaultdict(int)
        written: dict[_Pair, int] = defaultdict(int)
        for key, members in index.items():
            for pair, told in self._pairs(key, members).items():
                counts = written if told is None else agreeing if told else apart
                counts[pair] += 1
        self._trusted = {
            pair for pair in {*agreeing, *apart, *written}
            if _is_trusted(agreeing[pair], apart[pair], written[pair])
        }  # fmt: skip

    def _pairs(self, key: Hashable, members: list[int]) -> dict[_Pair, bool | None]:
        """Say for each two columns of a number whether names agree there; nothing where alphabets differ."""
        result: dict[_Pair, bool | None] = {}
        if not is_code(key):
            return result
        named = _first_of_names([self._mentions[n] for n in members])
        if not 1 < len(named) <= _MOST_NAMES:
            return result
        for place, one in enumerate(named):
            for other in named[:place]:
                pair = _pair(key, one, other)
                told = _agree(one.name, other.name)
                known = result.get(pair)
                result[pair] = known if told is None else told if known is None else known and told
        return result

    def joins(self, key: Hashable, one: Mention, other: Mention) -> bool:
        """Tell whether two mentions of one number are one person's, though their names do not agree."""
        if not is_code(key):
            return False
        births = birth_of(one), birth_of(other)
        if all(births) and births[0] != births[1]:
            return False
        return _may_be_one(one.name, other.name) and _pair(key, one, other) in self._trusted


def _first_of_names(mentions: Iterable[Mention]) -> list[Mention]:
    """Give the first mention of each name and column."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        if mention.name is not None:
            found.setdefault((mention.name.key, mention.path), mention)
    return list(found.values())


def _pair(key: Hashable, one: Mention, other: Mention) -> _Pair:
    """Give the kind of a number and the columns of names of two mentions, in order."""
    first, second = sorted((_column(one), _column(other)))
    return (str(key[0]) if isinstance(key, tuple) else "", first, second)


def _column(mention: Mention) -> _Column:
    """Give the file and column of a mention's name."""
    return mention.path, column_of(mention.name) if mention.name is not None else ""


def _agree(one: Finding | None, other: Finding | None) -> bool | None:
    """Tell whether names agree; nothing where they are written in two alphabets of which not all ways are known."""
    if one is None or other is None or may_be_one(one, other):
        return True
    apart = one.one_word or other.one_word
    return None if apart or may_be_written(one, other) else False


def _may_be_one(one: Finding | None, other: Finding | None) -> bool:
    """Tell whether names under a number that tells people may be one's: a word is the same, or no letter can be."""
    return (
        one is None or other is None or _agree(one, other) is None or bool(set(one.words) & set(other.words))
    )


def _is_trusted(agreeing: int, apart: int, written: int) -> bool:
    """Tell whether numbers of two columns tell people: most names agree, or hardly any can be compared."""
    compared = agreeing + apart
    if compared >= max(_FEWEST, _COMPARED * written):
        return agreeing >= _LEAST_AGREEING * compared
    return written >= _FEWEST
