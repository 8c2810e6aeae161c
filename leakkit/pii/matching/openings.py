r"""How matches of a pattern begin, as a pattern for Hyperscan: for detectors whose literals stand everywhere.

``, `` stands in every line of a program, and each place costs a call back into Python. Where Hyperscan itself
looks at what stands around it (``] Aa, A``) it calls hardly ever. An opening is a part of a pattern that every
match holds: it is cut where a repeat would report one match over and over, and it is of bytes.
"""

from __future__ import annotations

import re
from functools import partial
from re import _constants as names  # type: ignore[attr-defined]
from typing import Any

from leakkit.pii.matching.shapes import parsed

LONGEST = 30
"""Characters of an opening."""

_WIDE = 256
"""Stands for any character beyond ASCII among the codes of a class."""

_ALL = frozenset(range(128)) | {_WIDE}
_DIGITS = frozenset(range(48, 58))
_LETTERS = frozenset(range(65, 91)) | frozenset(range(97, 123))
_HELD = {
    names.CATEGORY_DIGIT: _DIGITS,
    names.CATEGORY_SPACE: frozenset(b" \t\n\r\f\v"),
    names.CATEGORY_WORD: _DIGITS | _LETTERS | {95},
}
_BEYOND = r"[\xc2-\xf4][\x80-\xbf]{1,3}"
_ODD = (0x17F, 0x212A)
"""Letters beyond ASCII that are the other case of one of ASCII."""

_ONE = (names.LITERAL, names.NOT_LITERAL, names.IN, names.ANY)
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)
_FEW, _COUNTED = 3, 12
"""Repeats that may be left out or in, and that are counted at most."""

Sequence = list[tuple[Any, Any]]
Rest = list[tuple[Sequence, bool]]
"""What follows a part: sequences, and whether case is open in each."""


def opening(pattern: str) -> str | None:
    r"""Give what stands in every match of a pattern; None where the pattern cannot be read.

    Examples
    --------
    >>> opening(r"(?:\[x\] |\d)[a-z]{2,9}")
    '(?:\\x5b\\x78\\x5d\\x20|[\\x30-\\x39])(?:[\\x61-\\x7a]){2}'
    """
    tree = parsed(pattern)
    if tree is None or "\\P" in pattern or tree.state.flags & ~(re.UNICODE | re.IGNORECASE):
        return None
    open_case = bool(tree.state.flags & re.IGNORECASE)
    found = _Writer().sequence(list(tree), open_case, [])
    return found if "\\x" in found else _Writer(late=True).sequence(list(tree), open_case, [])


class _Writer:
    """Writes parts one after another until something cannot be written, or enough is.

    Parameters
    ----------
    late : bool
        Begin behind borders and parts that may be left out.
    """

    def __init__(self, late: bool = False) -> None:
        self.left, self.open, self.late = LONGEST, True, late

    def sequence(self, nodes: Sequence, open_case: bool, rest: Rest) -> str:
        """Write parts; `rest` comes after them."""
        found = ""
        for place, (kind, value) in enumerate(nodes):
            if not self.open or self.left <= 0:
                break
            if self.late and (kind is names.AT or (kind in _REPEATS and not value[0])):
                continue
            found += self._part(kind, value, open_case, [(nodes[place + 1 :], open_case), *rest])
        self.open &= self.left > 0
        return found

    def _part(self, kind: Any, value: Any, open_case: bool, rest: Rest) -> str:
        """Write one part."""
        if kind is names.AT:
            return r"\b" if value is names.AT_BOUNDARY else ""
        if kind in _ONE:
            self.left, self.late = self.left - 1, False
            return self._one(kind, value, open_case)
        if kind is names.SUBPATTERN:
            return f"(?:{self.sequence(list(value[3]), _cased(value, open_case), rest)})"
        if kind is names.BRANCH:
            return self._branch([list(option) for option in value[1]], open_case, rest)
        if kind in _REPEATS:
            least, most, inside = value
            return self._repeat(least, most, list(inside), open_case, rest)
        self.open = False
        return ""

    def _one(self, kind: Any, value: Any, open_case: bool) -> str:
        """Write one character."""
        if kind is names.LITERAL and value > 127:
            if open_case and value in _ODD:
                self.open = False
                return ""
            codes = chr(value).encode("utf-8", "surrogatepass")
            return f"(?:{_BEYOND})" if open_case else "".join(f"\\x{code:02x}" for code in codes)
        return _written(_codes(kind, value, open_case))

    def _branch(self, options: list[Sequence], open_case: bool, rest: Rest) -> str:
        """Write what may stand in the same place; one that ends early ends all."""
        left, texts, writers = self.left, [], []
        for option in options:
            writers.append(_Writer(self.late))
            writers[-1].left = left
            texts.append(writers[-1].sequence(option, open_case, rest))
        self.left = min(writer.left for writer in writers)
        self.open = all(writer.open for writer in writers)
        self.late = False
        if any(not text and not writer.open for text, writer in zip(texts, writers, strict=True)):
            return ""
        return f"(?:{'|'.join(dict.fromkeys(texts))})"

    def _repeat(self, least: int, most: Any, nodes: Sequence, open_case: bool, rest: Rest) -> str:
        """Write a repeat; the last thing where more of it would be reported again and again."""
        inner = _Writer(self.late and most == 1)
        inner.left, self.late = self.left, False
        text = f"(?:{inner.sequence(nodes, open_case, rest)})"
        size = self.left - inner.left
        self.left -= max(least, 1) * max(size, 1)
        single = len(nodes) == 1 and nodes[0][0] in _ONE
        if not inner.open:
            self.open = False
            return text if least else ""
        few = most is not names.MAXREPEAT and most - least <= _FEW and least <= LONGEST
        if few and (single or most <= 1 or most == least):
            return text + (f"{{{least}}}" if least == most else f"{{{least},{most}}}")
        after = _follow(rest)
        if single and after is not None and not after & _codes(nodes[0][0], nodes[0][1], open_case):
            return f"{text}{{{min(least, _COUNTED)},}}"
        self.open = False
        return f"{text}{{{min(least, LONGEST)}}}" if least else ""


def _cased(group: Any, open_case: bool) -> bool:
    """Tell whether case is open within a group."""
    return (open_case or bool(group[1] & re.IGNORECASE)) and not group[2] & re.IGNORECASE


def _codes(kind: Any, value: Any, open_case: bool) -> frozenset[int]:
    """Give what one character may be, or more."""
    if kind is names.ANY:
        return _ALL
    items = list(value) if kind is names.IN else [(names.LITERAL, value)]
    outside = kind is names.NOT_LITERAL or items[0][0] is names.NEGATE
    found: set[int] = set()
    for what, item in items:
        if what is names.CATEGORY and item in _HELD:
            found |= _HELD[item]
        elif what in (names.LITERAL, names.RANGE):
            first, last = item if what is names.RANGE else (item, item)
            found |= set(range(first, min(last, 127) + 1)) | ({_WIDE} if last > 127 else set())
        elif what is not names.NEGATE:
            return _ALL
    if open_case:
        found |= {code ^ 32 for code in found & _LETTERS}
    return (_ALL - found) | {_WIDE} if outside else frozenset(found)


def _written(codes: frozenset[int]) -> str:
    """Write a class of bytes."""
    runs: list[list[int]] = []
    for code in sorted(codes - {_WIDE}):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    if len(codes) == 1 and runs:
        return f"\\x{runs[0][0]:02x}"
    ranges = [f"\\x{a:02x}" if a == b else f"\\x{a:02x}-\\x{b:02x}" for a, b in runs]
    held = [f"[{''.join(ranges)}]"] if ranges else []
    return "|".join(held) if _WIDE not in codes else f"(?:{'|'.join([*held, _BEYOND])})"


def _follow(rest: Rest) -> frozenset[int] | None:
    """Give what the next character may be; None where there may be none."""
    found: frozenset[int] = frozenset()
    for nodes, open_case in rest:
        more, empty = _first(nodes, open_case)
        found |= more
        if not empty:
            return found
    return None


def _first(nodes: Any, open_case: bool) -> tuple[frozenset[int], bool]:
    """Give what a sequence may begin with, and whether it may be empty."""
    found: frozenset[int] = frozenset()
    for kind, value in nodes:
        if kind is names.AT:
            continue
        more, empty = _ALL, False
        if kind in _ONE:
            more = _codes(kind, value, open_case)
        elif kind is names.SUBPATTERN:
            more, empty = _first(value[3], _cased(value, open_case))
        elif kind is names.BRANCH:
            firsts = list(map(partial(_first, open_case=open_case), value[1]))
            more, empty = frozenset().union(*(one for one, _ in firsts)), any(two for _, two in firsts)
        elif kind in _REPEATS:
            more, empty = _first(value[2], open_case)
            empty |= not value[0]
        found |= more
        if not empty:
            return found, False
    return found, True
