"""Skeletons: what a match looks like when every digit is `0` and every letter is `A`; found as plain literals.

Most shape-led detectors (phones, cards, national numbers) are digits with a few signs. A whole buffer is
translated to this small alphabet at memory speed, and the few thousand skeletons of all detectors are then
found in it as literals, in one pass, however many detectors there are.
"""

from __future__ import annotations

import re
from functools import cache
from re import _constants as names  # type: ignore[attr-defined]
from typing import Any

from leakkit.pii.matching.buffers import SEPARATOR
from leakkit.pii.matching.shapes import members, parsed

MOST = 500
"""Skeletons of one detector; where there would be more they are cut shorter."""

LONGEST = 24
"""Signs of one skeleton; a match may be longer."""

_SIGNS = {ord(c): c for c in ".:-/"}
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)


def _sign(code: int) -> str:
    """Give the sign of one byte: a digit, a letter or underscore, one of a few signs, or anything else."""
    if code == ord(SEPARATOR[0]):
        return "x"
    if 48 <= code <= 57:
        return "0"
    if code < 128 and (chr(code).isalpha() or code == 95):
        return "A"
    return _SIGNS.get(code, "s")


TABLE = bytes(ord(_sign(code)) for code in range(256))
"""For ``bytes.translate``."""

BORDERS = "s.:-/"
"""Signs that may stand beside a span whose neighbours must not be letters, digits or underscores."""


@cache
def _signs(codes: frozenset[int]) -> frozenset[str]:
    """Give the signs of several bytes, without that of what parts rows."""
    return frozenset(map(_sign, codes)) - {"x"}


class _Walk:
    """The skeletons of all ways through a pattern, as far as they tell more."""

    def __init__(self, start: frozenset[str]) -> None:
        self.ways = set(start)
        self.done: set[str] = set()
        self.reach = max(map(len, start), default=0)
        """No way is longer."""

    def stop(self) -> None:
        """Leave the ways as they are: what begins so is found, whatever follows."""
        self.done |= self.ways
        self.ways = set()

    def add(self, signs: frozenset[str]) -> None:
        """Lengthen every way by one sign."""
        mixed = "0" in signs and "A" in signs
        if mixed and self.ways and all(map(_telling, self.ways)):
            self.stop()
        if not signs or len(self.ways) * len(signs) + len(self.done) > MOST:
            self.stop()
            return
        longer = {way + sign for way in self.ways for sign in signs}
        self.reach += 1
        if self.reach < LONGEST:
            self.ways = longer
            return
        self.done |= {way for way in longer if len(way) >= LONGEST}
        self.ways = {way for way in longer if len(way) < LONGEST}

    def node(self, node: Any) -> None:
        """Walk one part of a pattern."""
        kind, value = node
        if kind is names.AT:
            if value is not names.AT_BOUNDARY:
                self.stop()
        elif kind is names.SUBPATTERN:
            self.sequence(value[3])
        elif kind is names.BRANCH:
            self.branches(value[1])
        elif kind in _REPEATS:
            self.repeat(*value)
        else:
            self.add(_signs(members(node) or frozenset()))

    def sequence(self, nodes: Any) -> None:
        """Walk parts one after another."""
        for node in nodes:
            if not self.ways:
                break
            self.node(node)

    def branches(self, options: Any) -> None:
        """Walk several ways that begin here."""
        begin, found = self.ways, set()
        before, reach = self.reach, self.reach
        for option in options:
            self.ways, self.reach = set(begin), before
            self.sequence(option)
            found |= self.ways
            reach = max(reach, self.reach)
        self.ways, self.reach = found, reach
        if len(self.ways) + len(self.done) > MOST:
            self.stop()

    def repeat(self, least: int, most: Any, inside: Any) -> None:
        """Walk a part as often as it may stand."""
        for _ in range(least):
            self.sequence(inside)
        found = set(self.ways)
        for _ in range(least, LONGEST if most is names.MAXREPEAT else min(int(most), least + LONGEST)):
            self.sequence(inside)
            if self.ways <= found:
                break
            found |= self.ways
        self.ways = found
        if len(self.ways) + len(self.done) > MOST:
            self.stop()


@cache
def skeletons_of(pattern: str, guarded: bool) -> tuple[str, ...]:
    """Give literals in the small alphabet, one of which stands in the translation of every match.

    Parameters
    ----------
    pattern : str
        RE2 syntax.
    guarded : bool
        The span may not touch letters, digits or underscores: matches that do need not be found.

    Returns
    -------
    tuple of str
        Sorted; empty where the pattern cannot be written out tellingly.
    """
    tree = parsed(pattern)
    if tree is None or tree.state.flags & ~(re.UNICODE | re.IGNORECASE):
        return ()
    nodes = list(tree)
    value = tree.state.groupdict.get("value")
    start = guarded and (value is None or _is_value(nodes[0], value))
    for first in range(len(nodes)):
        walk = _Walk(frozenset(BORDERS) if start and not first else frozenset(("",)))
        walk.sequence(nodes[first:])
        held = walk.ways | walk.done
        if not held or not _telling(min(held, key=len)):
            continue
        found = _fewest(held)
        if all(map(_telling, found)) and len(found) <= 2 * MOST:
            return tuple(found)
    return ()


def _is_value(node: Any, value: int) -> bool:
    """True for the group that is reported."""
    return bool(node[0] is names.SUBPATTERN and node[1][0] == value)


def _telling(skeleton: str) -> bool:
    """True for a skeleton that few texts hold: some digits, or several signs of the kinds told apart."""
    bare = skeleton[1:] if skeleton[:1] in BORDERS else skeleton
    zeros, signs = skeleton.count("0"), sum(map(bare.count, ":-/"))
    if zeros == len(skeleton):
        return False
    if (len(skeleton) >= 5 and zeros >= 2) or (len(skeleton) >= 4 and zeros >= 2 and signs):
        return True
    return (len(skeleton) >= 7 and signs >= 2) or (len(bare) >= 9 and "-" in bare)


def _fewest(found: set[str]) -> list[str]:
    """Leave out what begins with another skeleton that is there: the shorter one finds it too."""
    kept: list[str] = []
    for one in sorted(found):  # what begins with another one comes right after it
        if not (kept and one.startswith(kept[-1])):
            kept.append(one)
    return kept
