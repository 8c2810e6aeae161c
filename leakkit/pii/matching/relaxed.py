"""Patterns made wider, so that an automaton of many of them has few states: it finds what they find, and maybe more.

An automaton of RE2 makes a state for each set of places that a text may be at in all patterns together. Where
ten patterns tell apart which digits may stand at a place, or count up to sixty letters, there are thousands of
them, each made when a text first needs it. Wider patterns do not tell such things; the exact ones are asked later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from re import _constants as names  # type: ignore[attr-defined]
from typing import Any

from leakkit.pii.matching.shapes import PROPERTY, parsed

_DIGITS = frozenset(range(48, 58))
_LARGE, _SMALL = frozenset(range(65, 91)), frozenset(range(97, 123))
_LETTERS = _LARGE | _SMALL
_SPACE = frozenset(b" \t\n\r\f\v")
_FEW_LETTERS = 3
_MOST_COUNTED = 12
"""Repeats that are counted; where there must be more, so many are enough."""
_LONGEST_RANGE = 3
"""Where more repeats than these may be added there may be any number."""
_FOLDED = ("\u017f", "\u212a")
"""Letters that are s and k where case is open."""
_LEFT_OUT = re.compile(r"\\P|\[\^(?:\\.|[^\]\\])*\\p")
"""Classes of Unicode that are left out: what `parsed` gives for the others is wider, for these it would not be."""
_LETTERS_OF = re.compile(r"\\p(?:\{(L|Lu|Ll)\}|(L))")
_IN_ASCII = {"L": "a-zA-Z", "Lu": "A-Z", "Ll": "a-z"}
_ONE = (names.LITERAL, names.NOT_LITERAL, names.IN, names.ANY)

COMMON_FORMS = (
    "2025-03-12 05:33:07,123 INFO worker-12 loss=0.123456 lr=3e-4 step=123456 12345678 0.1234 123\n"
    "2025-03-12T05:33:07.123456Z 2025-03-12T05:33:07+00:00 2025/03/12 12/03/2025 12.03.2025 05:33 10:11:12\n"
    "1740000000 1740000000.123 Mar 12 05:33:07 host1 app[1234]: [12/Mar/2025:05:33:07 +0000] 200 12345\n"
    '"-" 1,234,567.89 123 456 v1.2.3 12-34 3-4 0 00 007 0x1f 100% 12ms 3.5s (12) #12\n'
)
"""Times, counts and figures as logs are full of them: a pattern that is wider for it must not find any."""


def relaxed(pattern: str, bordered: Callable[[str], str]) -> str:
    r"""Give a wider pattern; the pattern itself where it cannot be read, or wider ones find what is everywhere.

    Parameters
    ----------
    pattern : str
        RE2 syntax.
    bordered : callable
        Puts around a pattern what must stand beside a match.

    Examples
    --------
    >>> relaxed(r"[2-9]\d{3}-\d{4}-\d", str)
    '[\\x{30}-\\x{39}][\\x{30}-\\x{39}]{3}\\x{2D}[\\x{30}-\\x{39}]{4}\\x{2D}[\\x{30}-\\x{39}]'
    """
    import re2

    tree = None if _LEFT_OUT.search(pattern) else parsed(pattern)
    if tree is None:
        return pattern
    for all_digits in (True, False):
        try:
            wider = _Writer(all_digits).sequence(tree, bool(tree.state.flags & re.IGNORECASE))
            if re2.search(bordered(wider), COMMON_FORMS) is None:
                return wider
        except (ValueError, re2.error):
            return pattern
    return pattern


def in_ascii(pattern: str) -> str | None:
    r"""Give a pattern that finds the same in text that is ASCII; None where it is the same or cannot be told.

    Classes of all letters make a pattern large: RE2 writes them out, as many times as a repeat counts.

    Examples
    --------
    >>> in_ascii(r"\p{Lu}[\pL'’]{1,40}")
    "[A-Z][a-zA-Z'’]{1,40}"
    """
    found = PROPERTY.sub(_letters, pattern)
    return None if found == pattern or "\\p" in found or "\\P" in found else found


def _letters(part: re.Match[str]) -> str:
    """Write the letters of ASCII for a class of Unicode, or for those in a class."""
    text = part.group()
    if text.startswith("["):
        return _LETTERS_OF.sub(lambda one: _IN_ASCII[one[1] or one[2]], text)
    return f"[{_IN_ASCII[kind[1] or kind[2]]}]" if (kind := _LETTERS_OF.fullmatch(text)) else text


class _Writer:
    """Writes a parsed pattern in the syntax of RE2, wider.

    Parameters
    ----------
    all_digits : bool
        Whether a digit that is told stands for any.
    """

    def __init__(self, all_digits: bool) -> None:
        self._all_digits = all_digits

    def sequence(self, nodes: Iterable[Any], open_case: bool) -> str:
        """Write parts one after another."""
        return "".join(self._node(kind, value, open_case) for kind, value in nodes)

    def _node(self, kind: Any, value: Any, open_case: bool) -> str:
        """Write one part; what is asked of a place alone is left out."""
        if kind is names.AT:
            return ""
        if kind is names.ANY:
            return "(?s:.)"
        if kind is names.LITERAL:
            return self._literal(value, open_case)
        if kind is names.NOT_LITERAL:
            return f"[^{_code(value)}]"
        if kind is names.IN:
            return _outside(value[1:]) if value[0][0] is names.NEGATE else _inside(value, open_case)
        if kind is names.BRANCH:
            options = list(dict.fromkeys(self.sequence(option, open_case) for option in value[1]))
            return f"(?:{'|'.join(options)})"
        if kind is names.SUBPATTERN:
            _, added, removed, inside = value
            open_case = (open_case or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE
            return f"(?:{self.sequence(inside, open_case)})"
        if kind in (names.MAX_REPEAT, names.MIN_REPEAT):
            return self._repeat(value, open_case)
        raise ValueError(f"no such part: {kind}")

    def _literal(self, code: int, open_case: bool) -> str:
        """Write one character."""
        if self._all_digits and code in _DIGITS:
            return "[0-9]"
        if open_case and code > 127:
            if chr(code) in _FOLDED:
                raise ValueError("a letter whose other case is of ASCII")
            return _BEYOND
        return f"[{_code(code)}{_code(code ^ 32)}]" if open_case and code in _LETTERS else _code(code)

    def _repeat(self, repeated: tuple[int, Any, Any], open_case: bool) -> str:
        """Write a repeat; high counts are not told apart."""
        least, most, inside = repeated
        text = self.sequence(inside, open_case)
        if len(inside) != 1 or inside[0][0] not in _ONE:
            text = f"(?:{text})"
        if most is names.MAXREPEAT or most - least > _LONGEST_RANGE or least > _MOST_COUNTED:
            return f"{text}{{{min(least, _MOST_COUNTED)},}}"
        return f"{text}{{{least}}}" if least == most else f"{text}{{{least},{most}}}"


_BEYOND = r"[\x{80}-\x{10FFFF}]"
"""Any character that is not ASCII."""


def _code(code: int) -> str:
    """Write a character by its number."""
    return f"\\x{{{code:X}}}"


def _range(first: int, last: int) -> str:
    """Write a range of a class."""
    return _code(first) if first == last else f"{_code(first)}-{_code(last)}"


def _outside(items: Iterable[Any]) -> str:
    """Write a class of all but some characters, as it is."""
    parts = []
    for kind, value in items:
        if kind is names.LITERAL:
            parts.append(_code(value))
        elif kind is names.RANGE:
            parts.append(_range(*value))
        elif kind is names.CATEGORY and value in _WRITTEN:
            parts.append(_WRITTEN[value])
        else:
            raise ValueError(f"no such part of a class: {kind}")
    return f"[^{''.join(parts)}]"


_WRITTEN = {names.CATEGORY_SPACE: r"\s", names.CATEGORY_DIGIT: "0-9", names.CATEGORY_WORD: r"\w"}
_HELD = {
    names.CATEGORY_SPACE: _SPACE,
    names.CATEGORY_DIGIT: _DIGITS,
    names.CATEGORY_WORD: _DIGITS | _LETTERS | {95},
}


def _inside(items: Iterable[Any], open_case: bool) -> str:
    """Write a class, wider: all digits, letters or characters beyond ASCII where it holds several."""
    codes: set[int] = set()
    wide = False
    for kind, value in items:
        if kind is names.CATEGORY and value in _HELD:
            codes |= _HELD[value]
            continue
        if kind not in (names.LITERAL, names.RANGE):
            raise ValueError(f"no such part of a class: {kind}")
        first, last = value if kind is names.RANGE else (value, value)
        wide |= last > 127
        codes |= set(range(first, min(last, 127) + 1))
    if open_case:
        codes |= {code ^ 32 for code in codes & _LETTERS}
    for held, few in ((_DIGITS, 1), (_LARGE, _FEW_LETTERS), (_SMALL, _FEW_LETTERS)):
        if len(codes & held) > few:
            codes |= held
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    ends = r"\x{80}-\x{10FFFF}" if wide else ""
    return f"[{''.join(_range(*run) for run in runs)}{ends}]"
