"""In which group a detector is searched, and what a unit must hold for its matches: some digits, or a long run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants as names  # type: ignore[attr-defined]
from typing import Any

from leakkit.pii.detector import Detector, entities
from leakkit.pii.matching.shapes import longest_match, members, most_bytes, parsed
from leakkit.pii.matching.units import UNIT

LONGEST_MEMBER = 1_300
"""Bytes of a match beyond which a detector is in no group."""

_LARGEST_MEMBER = 5_000
"""Instructions of a pattern beyond which it is in no group."""

FEWEST_DIGITS = 3
"""Digits of a match beyond which it does not count how many they are."""

GATE_DIGITS = 2
"""Digits that a unit must hold for `GATED` groups to be searched in it."""

MOST_SIGNS = 2
"""Signs of which a stretch must hold one for a pattern to be searched in it; more take longer than they save."""

LEAST_RUN = 16
"""Letters and digits in a row that a unit must hold for the group `RUNS` to be searched in it."""

_DIGITS = frozenset(range(48, 58))
_ALNUM = _DIGITS | frozenset(range(65, 91)) | frozenset(range(97, 123))
_COMMON = _ALNUM | frozenset(b" .,\n")
GATED, RUNS, FREE = ("numbers", "places", "tokens"), "runs", "words"
"""Groups whose matches hold digits, have long runs, and all others."""

_FAMILIES = {
    "government_id": "numbers",
    "health": "numbers",
    "contact": "places",
    "demographic": "places",
    "identity": "places",
    "location": "places",
    "network": "places",
}
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)


def choose(detectors: Sequence[Detector], which: Iterable[int]) -> dict[str, list[int]]:
    """Put detectors into groups, by what their matches cannot do without and the family of what they find.

    One whose matches hold either digits or a run is in two groups.
    """
    held: dict[str, list[int]] = {}
    for index in which:
        kind = entities().get(detectors[index].entity)
        family = _FAMILIES.get(kind.family if kind else "", "tokens")
        groups = {"digits": family, "run": RUNS}
        for sign in sorted(gates_of(detectors[index].pattern)) or [""]:
            held.setdefault(groups.get(sign, FREE), []).append(index)
    return dict(sorted(held.items()))


def gates_of(pattern: str) -> frozenset[str]:
    r"""Tell of which signs (`digits`, `run`) every match of a pattern holds one; none where nothing is known.

    Examples
    --------
    >>> [sorted(gates_of(one)) for one in (r"\d\d-x", r"[a-z]{20}", r"[a-z]{20}|\d{4}", "[a-z]+")]
    [['digits'], ['run'], ['digits', 'run'], []]
    """
    tree = parsed(pattern)
    if tree is None:
        return frozenset()
    branches = len(tree) == 1 and tree[0][0] is names.BRANCH
    options = tree[0][1][1] if branches else [tree]
    runs = [_run(option) >= LEAST_RUN for option in options]
    near = most_bytes(pattern) <= UNIT
    digits = [near and _digits(option) >= GATE_DIGITS for option in options]
    if all(runs) or all(digits):
        return frozenset(("run",) if all(runs) else ("digits",))
    each = all(map(any, zip(runs, digits, strict=True)))
    return frozenset(("digits", "run")) if each else frozenset()


def longest_run(pattern: str) -> int:
    """Give how long a run of ASCII letters and digits every match of a pattern holds at least."""
    tree = parsed(pattern)
    return 0 if tree is None else _run(tree)


def _run(nodes: Any) -> int:
    """Give the longest run that a sequence cannot do without."""
    longest = run = 0
    for kind, value in nodes:
        size = _in_run(kind, value)
        run = 0 if size is None else run + size
        longest = max(longest, run, _inner_run(kind, value) if size is None else 0)
    return longest


def _in_run(kind: Any, value: Any) -> int | None:
    """Give the fewest characters of a part that is all letters and digits; None for any other."""
    if kind is names.AT:
        return 0
    if kind is names.SUBPATTERN:
        sizes = [_in_run(*node) for node in value[3]]
        return None if None in sizes else sum(size or 0 for size in sizes)
    if kind is names.BRANCH:
        options = [_in_run(names.SUBPATTERN, (None, 0, 0, option)) for option in value[1]]
        return None if None in options else min(size or 0 for size in options)
    if kind in _REPEATS:
        size = _in_run(names.SUBPATTERN, (None, 0, 0, value[2]))
        return None if size is None else int(value[0]) * size
    held = members((kind, value))
    return 1 if held and held <= _ALNUM else None


def _inner_run(kind: Any, value: Any) -> int:
    """Give the longest run that one part cannot do without."""
    if kind is names.SUBPATTERN:
        return _run(value[3])
    if kind is names.BRANCH:
        return min(map(_run, value[1]))
    return _run(value[2]) if kind in _REPEATS and value[0] else 0


def needed_signs(pattern: str) -> frozenset[int]:
    r"""Give the few signs of which every match of a pattern holds one; none where there are no such.

    Examples
    --------
    >>> [
    ...     bytes(sorted(needed_signs(one)))
    ...     for one in (r"a[:=]\d", r"(?:a-|b(?:--|\+)?)c", r"(?:a\(|b: )c", "a.b")
    ... ]
    [b':=', b'', b'(:', b'']
    """
    tree = parsed(pattern)
    return frozenset() if tree is None else _needed(tree)


def _needed(nodes: Any) -> frozenset[int]:
    """Give the fewest signs of which a sequence holds one."""
    found = [signs for kind, value in nodes if (signs := _needed_of(kind, value))]
    return min(found, key=len, default=frozenset())


def _needed_of(kind: Any, value: Any) -> frozenset[int]:
    """Give those of one part."""
    if kind is names.SUBPATTERN:
        return _needed(value[3])
    if kind in _REPEATS:
        return _needed(value[2]) if value[0] else frozenset()
    if kind is names.BRANCH:
        options = list(map(_needed, value[1]))
        held = frozenset().union(*options) if all(options) else frozenset()
    else:
        held = members((kind, value)) or frozenset()
    return held if len(held) <= MOST_SIGNS and not held & _COMMON else frozenset()


def fits(detector: Detector) -> bool:
    """Tell whether a detector may be searched in a group: its matches are short, its pattern is small."""
    import re2

    if longest_match(detector.pattern) > LONGEST_MEMBER:
        return False
    options = re2.Options()
    options.log_errors, options.never_capture = False, True
    return bool(re2.compile(detector.pattern, options).programsize <= _LARGEST_MEMBER)


def opens_wide(pattern: str) -> bool:
    """Tell whether matches begin with a run of many kinds of character, so that one may begin at every word."""
    for kind, value in parsed(pattern) or ():
        if kind is names.SUBPATTERN:
            return any(map(_is_run, value[3]))
        if kind is not names.AT:
            return _is_run((kind, value))
    return True


def _is_run(node: Any) -> bool:
    """True for a repeat of a wide class."""
    kind, value = node
    return bool(kind in _REPEATS and value[1] > 3 and len(members(value[2][0]) or "x" * 99) > 12)


def fewest_digits(pattern: str) -> int:
    """Give how many digits every match of a pattern holds at least; 0 where the pattern cannot be read."""
    tree = parsed(pattern)
    return 0 if tree is None else _digits(tree)


def _digits(nodes: Any) -> int:
    """Count the digits that a sequence cannot do without."""
    return sum(_digits_of(kind, value) for kind, value in nodes)


def _digits_of(kind: Any, value: Any) -> int:
    """Count those of one part."""
    if kind is names.SUBPATTERN:
        return _digits(value[3])
    if kind is names.BRANCH:
        return min(map(_digits, value[1]))
    if kind in _REPEATS:
        return int(value[0]) * _digits(value[2])
    held = members((kind, value))
    return int(bool(held and held <= _DIGITS))
