"""What can be known of a pattern before any text is seen: its longest match, literals and runs it cannot do without."""

from __future__ import annotations

import re
import warnings
from functools import cache
from re import _constants as names  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 1 << 20
_MOST_LITERALS = 400
COMMON = frozenset("user token ans rain ring pat all insta age login auth No rue + :: :// st.".split())
"""Literals that logs and prose hold everywhere."""

_ORDINARY = frozenset(
    "a an and are as at be but by for from had has have he in is it not of on or she that the they this to was we "
    "were with you el en es la las los que un una y de der die das ein ist und war zu est et il le les des du un une "
    "di e che per era o os as um uma do da".split()
)
"""Words of which every line of prose holds some."""

_ONLY_RE2 = re.compile(r"\[:\^?\w+:\]|\\[QECzP]|\{,")
PROPERTY = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\p(?:\{\w+\}|[A-Z])|\\.", re.DOTALL)
_CODE = re.compile(r"\\(?:x\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_OPEN_CASE = re.compile(r"\(\?[A-Za-z]*i")
_ANY_LETTER = "a-zA-Z0-9\u00aa-\U0010ffff"
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)
_ALNUM = frozenset(range(48, 58)) | frozenset(range(65, 91)) | frozenset(range(97, 123))
_DIGITS = frozenset(range(48, 58))
_BLANKS = frozenset(b" \t\n\r\f\v")


@cache
def parsed(pattern: str) -> Any:
    """Parse by Python's own parser what both syntaxes share; None for the rest."""
    if _ONLY_RE2.search(pattern):
        return None
    try:
        pattern = PROPERTY.sub(_as_class, _CODE.sub(_as_character, pattern))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return parser.parse(pattern)
    except (re.error, Warning, OverflowError, RecursionError, ValueError):
        return None


def opens_case(pattern: str) -> bool:
    """Tell whether case is open in a pattern, or in a part of it."""
    return _OPEN_CASE.search(pattern) is not None


def _as_character(part: re.Match[str]) -> str:
    r"""Write a code point (``\\x{2B}``) as a character that stands for itself; leave other escapes as they are."""
    return part.group() if part.group(1) is None else re.escape(chr(int(part.group(1), 16)))


def _as_class(part: re.Match[str]) -> str:
    r"""Write a class of Unicode (``\\pL``) as one that Python knows and that holds more."""
    text = part.group()
    if text.startswith("["):
        return re.sub(r"\\p(?:\{\w+\}|[A-Z])", _ANY_LETTER, text)
    return f"[{_ANY_LETTER}]" if text.startswith(r"\p") else text


@cache
def longest_match(pattern: str) -> int:
    """Give a bound on the bytes of a match; `LONGEST` where none is known."""
    tree = parsed(pattern)
    return LONGEST if tree is None else min(LONGEST, int(tree.getwidth()[1]) * 4)


@cache
def most_bytes(pattern: str) -> int:
    """Give a closer bound on the bytes of a match: not every character of a pattern may be of four."""
    tree = parsed(pattern)
    if tree is None or opens_case(pattern) or "\\p" in pattern:
        return longest_match(pattern)
    return min(LONGEST, sum(_most_bytes(*node) for node in tree))


def _most_bytes(kind: Any, value: Any) -> int:
    """Give the most bytes of one part."""
    if kind is names.AT:
        return 0
    if kind is names.LITERAL:
        return len(chr(value).encode("utf-8", "surrogatepass"))
    if kind is names.SUBPATTERN:
        return sum(_most_bytes(*node) for node in value[3])
    if kind is names.BRANCH:
        return max(sum(_most_bytes(*node) for node in option) for option in value[1])
    if kind in _REPEATS:
        inside = sum(_most_bytes(*node) for node in value[2])
        return min(LONGEST, inside * min(LONGEST, int(value[1])))
    return 1 if members((kind, value)) is not None else 4


def members(node: Any) -> frozenset[int] | None:
    """Give the bytes that one character of a pattern may be; None where it may be more than ASCII."""
    kind, value = node
    if kind is names.LITERAL:
        return frozenset((value,)) if value < 128 else None
    if kind is not names.IN:
        return None
    found: frozenset[int] = frozenset()
    for what, item in value:
        if what is names.LITERAL and item < 128:
            found |= {item}
        elif what is names.RANGE and item[1] < 128:
            found |= frozenset(range(item[0], item[1] + 1))
        elif what is names.CATEGORY and item is names.CATEGORY_DIGIT:
            found |= _DIGITS
        elif what is names.CATEGORY and item is names.CATEGORY_SPACE:
            found |= _BLANKS
        elif what is names.CATEGORY and item is names.CATEGORY_WORD:
            found |= _ALNUM | {95}
        else:
            return None
    return found


@cache
def literals_of(pattern: str) -> tuple[tuple[str, ...], bool]:
    """Give literals of which one stands in every match, and whether their case is open; none where none is known."""
    tree = parsed(pattern)
    if tree is None or tree.state.flags & ~(re.UNICODE | re.IGNORECASE):
        return (), False
    open_case = bool(tree.state.flags & re.IGNORECASE) or opens_case(pattern)
    return _shortest(_best(list(tree), open_case), open_case), open_case


def _shortest(literals: frozenset[str], open_case: bool) -> tuple[str, ...]:
    """Leave out literals that hold another one: where they stand, it stands."""
    forms = {one: one.lower() if open_case and one.isascii() else one for one in literals}
    held = set(forms.values())
    parts = {form for form in held if not any(other != form and other in form for other in held)}
    return tuple(sorted(one for one, form in forms.items() if form in parts))


def _best(nodes: list[Any], open_case: bool) -> frozenset[str]:
    """Give the most telling set of literals that a sequence cannot do without."""
    candidates: list[frozenset[str]] = []
    held = frozenset(("",))
    for node in [*nodes, (names.AT, None)]:
        more = _few(node, open_case)
        longer = (
            frozenset(a + b for a in held for b in more) if len(held) * len(more) <= _MOST_LITERALS else None
        )
        if more and longer is not None:
            held = longer
            continue
        if all(_fit(one, open_case) for one in held):
            candidates.append(held)
        held = more or frozenset(("",))
        kind, value = node
        if kind is names.SUBPATTERN:
            candidates.append(_best(list(value[3]), open_case))
        elif kind is names.BRANCH:
            options = [_best(list(option), open_case) for option in value[1]]
            candidates.append(frozenset().union(*options) if all(options) else frozenset())
        elif kind in _REPEATS and value[0] > 0:
            candidates.append(_best(list(value[2]), open_case))
    fit = [c for c in candidates if c and len(c) <= _MOST_LITERALS]
    return max(fit, key=lambda c: (min(map(_worth, c)), -len(c)), default=frozenset())


def _worth(literal: str) -> int:
    """Give the bytes of a literal; few for one that stands everywhere."""
    word = literal.strip()
    if word in COMMON:
        return 1
    size = len(literal.encode())
    return size // 2 if word.lower() in _ORDINARY else size


def _few(node: Any, open_case: bool) -> frozenset[str]:
    """Give the few texts that one part of a pattern may be; none where they are many."""
    kind, value = node
    if kind is names.LITERAL:
        return _cased(chr(value), open_case)
    if kind is names.SUBPATTERN and len(value[3]):
        found = frozenset(("",))
        for inner in value[3]:
            more = _few(inner, open_case)
            if not more or len(found) * len(more) > _MOST_LITERALS:
                return frozenset()
            found = frozenset(a + b for a in found for b in more)
        return found
    if kind is names.BRANCH:
        options = [
            _few((names.SUBPATTERN, (None, 0, 0, option)), open_case) if len(option) else frozenset(("",))
            for option in value[1]
        ]
        joined = frozenset().union(*options)
        return joined if all(options) and len(joined) <= _MOST_LITERALS else frozenset()
    if kind in _REPEATS and value[0] == 0 and value[1] == 1 and len(value[2]):
        inside = _few((names.SUBPATTERN, (None, 0, 0, value[2])), open_case)
        return inside | {""} if inside else frozenset()
    if kind is names.IN and len(value) <= 12 and all(what is names.LITERAL for what, _ in value):
        return frozenset().union(*(_cased(chr(code), open_case) for _, code in value))
    some = members(node) if kind is names.IN else None
    return frozenset(map(chr, some)) if some and len(some) <= 12 and not some & _DIGITS else frozenset()


def _cased(character: str, open_case: bool) -> frozenset[str]:
    """Give a character as it may be written; beyond ASCII the search does not know the other case."""
    if character.isascii() or not open_case:
        return frozenset((character,))
    return frozenset((character.lower(), character.upper())) if len(character.upper()) == 1 else frozenset()


def _fit(literal: str, open_case: bool) -> bool:
    """True for a literal that few texts hold: three bytes, or two with a capital whose case is fixed."""
    size = len(literal.encode())
    if size == 2 and not any(c.isalnum() or c.isspace() for c in literal):
        return True
    if size == 2 and not open_case:
        return any(c.isupper() or c in "+@" for c in literal)
    return size > 2


@cache
def is_wide(pattern: str) -> bool:
    """True for a pattern whose matches all hold a character beyond ASCII."""
    tree = parsed(pattern)
    return tree is not None and _wide(list(tree))


def _wide(nodes: list[Any]) -> bool:
    """True where a part that must be there is beyond ASCII."""
    for kind, value in nodes:
        if (
            (kind is names.LITERAL and value > 127)
            or (kind is names.SUBPATTERN and _wide(list(value[3])))
            or (kind is names.BRANCH and all(_wide(list(option)) for option in value[1]))
            or (kind in _REPEATS and value[0] > 0 and _wide(list(value[2])))
            or (kind is names.IN and all(_beyond(item) for item in value))
        ):
            return True
    return False


def _beyond(item: Any) -> bool:
    """True for a member of a class that is beyond ASCII."""
    kind, value = item
    return bool((kind is names.LITERAL and value > 127) or (kind is names.RANGE and value[0] > 127))
