r"""Patterns written for the forms of values: what no value of a form can match need not be looked for.

A form is a value with ``0`` for every digit, ``a`` and ``A`` for letters of ASCII, ``\x04\x02`` for Latin letters
beyond it (U+00C0 to U+02BF), ``\x01`` and ``\x02`` for the first and the following bytes of every other
character; signs stay. A pattern's shape matches the form of every
value that the pattern matches, and of others besides; that is tested.
"""

from __future__ import annotations

import re
from re import _constants as names  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from leakkit.pii.detector import Detector
from leakkit.pii.matching.shapes import opens_case, parsed

LONGEST = 80
"""Longest value, in bytes, whose form is looked at."""

ODD = 3
"""Stands for control characters; values with one are searched in the usual way."""

TABLE = bytes(
    48 if 48 <= code < 58
    else 65 if 65 <= code < 91
    else 97 if 97 <= code < 123
    else ODD if code < 32 or code == 127
    else code if code < 128
    else 2 if code < 0xC0
    else 4 if 0xC3 <= code <= 0xCA
    else 1
    for code in range(256)
)  # fmt: skip
"""For ``bytes.translate``."""

NO_LETTERS = ("\u00d7".encode(), "\u00f7".encode())
"""Stand among the Latin letters; values with one are searched in the usual way."""

_ASCII = frozenset(range(32, 127))
OTHER, _LATIN, PART = 128, 129, 130
"""Members of a set of characters: any other than Latin letters, some Latin letters, but not all of them."""

WIDE = frozenset((OTHER, _LATIN))
_ALL_WIDE = frozenset((OTHER, _LATIN, PART))
_LATIN_LETTERS = frozenset(range(0xC0, 0x2C0)) - {0xD7, 0xF7}

DIGITS = frozenset(range(48, 58))
UPPER, LOWER = frozenset(range(65, 91)), frozenset(range(97, 123))
LETTERS = UPPER | LOWER
_WORD = DIGITS | LETTERS | {95}
_FOLDED = dict.fromkeys(map(ord, "sSkK"), _ALL_WIDE)
"""With open case these also are a character beyond ASCII (U+017F, U+212A)."""

_CATEGORIES = {
    names.CATEGORY_DIGIT: DIGITS,
    names.CATEGORY_NOT_DIGIT: (_ASCII | WIDE) - DIGITS,
    names.CATEGORY_SPACE: frozenset((32,)),
    names.CATEGORY_NOT_SPACE: (_ASCII | WIDE) - {32},
    names.CATEGORY_WORD: _WORD,
    names.CATEGORY_NOT_WORD: (_ASCII | WIDE) - _WORD,
}
REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)
_BORDERS = {names.AT_BOUNDARY: r"\b", names.AT_NON_BOUNDARY: r"\B"}
_ANYTHING = 0
_VALUE = "(?P<value>"
_NOT_PROPERTY = re.compile(r"\[\^(?:\\.|[^\]\\])*?\\[pP](?:\\.|[^\]\\])*\]|\\P(?:\{\^?\w+\}|\w)", re.DOTALL)
"""A class of all that is not of a property; the parser knows properties as larger than they are."""


class Shape(NamedTuple):
    """What every form must have that a pattern's matches stand in.

    `pattern` is for the form, in RE2 syntax; `least` the fewest bytes; each of `needs` a set of signs, as
    bits, one of which stands in the form. `grouped`: a part of the match is reported and not the whole.
    """

    pattern: str
    least: int
    needs: tuple[int, ...]
    grouped: bool


def shape_of(detector: Detector) -> Shape | None:
    """Give the shape of a detector's pattern; None where no value of a form's length can match."""
    if (tree := parsed_as_one(detector.pattern)) is None:
        return Shape("", _ANYTHING, (), True)
    writer = Writer(opens_case(detector.pattern))
    try:
        pattern = writer.sequence(list(tree))
        needs = writer.needs(list(tree))
    except (KeyError, RecursionError):
        return Shape("", _ANYTHING, (), True)
    least = int(tree.getwidth()[0])
    if pattern is None or least > LONGEST:
        return None
    grouped = "value" in tree.state.groupdict and not _is_all(list(tree), tree.state.groupdict["value"])
    narrow = sorted(set(needs), key=lambda n: (n.bit_count(), n))[:6]
    return Shape(pattern, least, tuple(narrow), grouped)


def parsed_as_one(pattern: str) -> Any:
    """Give the tree of a pattern in which a class of all that is not of a property is larger than it is."""
    head, value, rest = _NOT_PROPERTY.sub(r"[\\s\\S]", pattern).partition(_VALUE)
    return parsed(head + value + rest.replace(_VALUE, "(?:"))  # RE2 takes a name twice, the parser does not


def _is_all(nodes: list[Any], group: int) -> bool:
    """True where the group that is reported is the whole pattern."""
    return len(nodes) == 1 and nodes[0][0] is names.SUBPATTERN and nodes[0][1][0] == group


def signs_of(form: str) -> int:
    """Give the signs that stand in a form, as bits."""
    found = 0
    for sign in set(form):
        found |= 1 << ord(sign)
    return found


class Writer:
    """Writes a parsed pattern for forms; None stands for a part that nothing in a form can match."""

    OTHER_PLACE = ""

    def __init__(self, open_case: bool) -> None:
        self._open_case = open_case

    def members(self, node: Any) -> frozenset[int] | None:
        """Give the characters that a node takes one of; None for other nodes."""
        kind, value = node
        if kind is names.LITERAL:
            return self._cased(_drawn({value}))
        if kind is names.NOT_LITERAL:
            return self._other_than(_drawn({value}))
        if kind is names.ANY:
            return _ASCII | WIDE
        if kind is not names.IN:
            return None
        points: set[int] = set()
        found: frozenset[int] = frozenset()
        for what, item in value:
            if what is names.LITERAL:
                points.add(item)
            elif what is names.RANGE:
                points.update(range(item[0], min(item[1], 0x2C0) + 1))
                points.add(item[1])
            elif what is names.CATEGORY:
                found |= _CATEGORIES[item]
        found |= _drawn(points)
        return self._other_than(found) if value[0][0] is names.NEGATE else self._cased(found)

    def _other_than(self, found: frozenset[int]) -> frozenset[int]:
        """Give what a class with ``^`` takes."""
        left = _ASCII - (found - LETTERS if self._open_case else found) | {OTHER}
        if self._open_case and found & (LETTERS | _ALL_WIDE):
            return left | _ALL_WIDE
        if _LATIN not in found:
            return left | {_LATIN}
        return left | {_LATIN, PART} if PART in found else left

    def _cased(self, found: frozenset[int]) -> frozenset[int]:
        """Add the other case where case is open."""
        if not self._open_case:
            return found
        for code in sorted(found & LETTERS):
            found |= {code ^ 32} | _FOLDED.get(code, frozenset())
        return found | LETTERS | _ALL_WIDE if found & WIDE else found

    def sequence(self, nodes: list[Any]) -> str | None:
        """Write parts one after another."""
        written = []
        for node in nodes:
            if (part := self.node(node)) is None:
                return None
            written.append(part)
        return "".join(written)

    def node(self, node: Any) -> str | None:
        """Write one part."""
        kind, value = node
        if (found := self.members(node)) is not None:
            return self.written(found)
        if kind is names.SUBPATTERN:
            inside = self.sequence(list(value[3]))
            return None if inside is None else f"(?:{inside})"
        if kind is names.BRANCH:
            options = [self.sequence(list(option)) for option in value[1]]
            held = [option for option in dict.fromkeys(options) if option is not None]
            return f"(?:{'|'.join(held)})" if held else None
        if kind in REPEATS:
            return self.repeat(kind, *value)
        if kind is names.AT:
            return _BORDERS.get(value, self.OTHER_PLACE)
        raise KeyError(kind)

    def written(self, found: frozenset[int]) -> str | None:
        """Write a class of characters."""
        return class_of(found)

    def repeat(self, kind: Any, least: int, most: Any, inside: Any) -> str | None:
        """Write a part as often as it may stand."""
        written = self.sequence(list(inside))
        if written is None:
            return None if least else ""
        if least > LONGEST:
            return None
        if most is names.MAXREPEAT or most > LONGEST:
            return f"(?:{written}){{{least},}}"
        return f"(?:{written}){{{least},{most}}}"

    def needs(self, nodes: list[Any]) -> list[int]:
        """Give sets of signs of each of which one stands in every form."""
        found: list[int] = []
        for node in nodes:
            kind, value = node
            if (some := self.members(node)) is not None:
                found.append(bits_of(some))
            elif kind is names.SUBPATTERN:
                found += self.needs(list(value[3]))
            elif kind in REPEATS and value[0]:
                found += self.needs(list(value[2]))
            elif kind is names.BRANCH:
                options = [self.needs(list(option)) for option in value[1]]
                if all(options):
                    joined = 0
                    for option in options:
                        joined |= min(option, key=lambda n: (n.bit_count(), n))
                    found.append(joined)
        return found


def _signs(found: frozenset[int]) -> list[int]:
    """Give the signs of forms that characters become."""
    signs = {48} if found & DIGITS else set()
    signs |= {65} if found & UPPER else set()
    signs |= {97} if found & LOWER else set()
    return sorted(signs | (found & _ASCII) - DIGITS - LETTERS)


def _drawn(points: set[int]) -> frozenset[int]:
    """Give code points as members of a set; of those beyond U+02BF that there are some."""
    latin = points & _LATIN_LETTERS
    found = {point for point in points if point < 128}
    found |= {_LATIN} if latin else set()
    found |= {PART} if latin and len(latin) < len(_LATIN_LETTERS) else set()
    return frozenset(found | ({OTHER} if any(p > 127 and p not in _LATIN_LETTERS for p in points) else set()))


def bits_of(found: frozenset[int]) -> int:
    """Give the signs of characters as bits."""
    return (
        sum(1 << sign for sign in _signs(found))
        | (2 if OTHER in found else 0)
        | (16 if _LATIN in found else 0)
    )


def class_of(found: frozenset[int]) -> str | None:
    """Write a class of characters for forms."""
    signs = _signs(found)
    parts = ["[" + "".join(rf"\x{sign:02x}" for sign in signs) + "]"] if signs else []
    parts += [r"\x04\x02"] if _LATIN in found else []
    parts += [r"\x01\x02*"] if OTHER in found else []
    if not parts:
        return None
    return parts[0] if signs and len(parts) == 1 else f"(?:{'|'.join(parts)})"
