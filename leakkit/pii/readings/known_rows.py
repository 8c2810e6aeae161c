"""Rows of digits that are nobody's: those of constants, and numbers that count or add up to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_KNOWN = frozenset(
    "3141592 1415926 2718281 7182818 1618033 6180339 1414213 4142135 1732050 7320508 6931471 5772156 2997924 6022140 "
    "6626070 0112358 1123581 1235813 2357111 1234567 0123456 9876543 1248163 2481632 1491625".split()
)
"""The first digits of pi, e, other constants and rows of numbers; with and without the one before the point."""
_LEAD, _DIFFERENT = 7, 3
_COUNTED, _ADDED, _WHOLE = 5, 4, 10


def is_known_row(digits: str) -> bool:
    """Tell whether digits begin as those of a constant or of a row of numbers that all know, or are but two.

    Examples
    --------
    >>> is_known_row("314159265358979"), is_known_row("10110010"), is_known_row("07700900418")
    (True, True, False)
    """
    return digits[:_LEAD] in _KNOWN or len(set(digits)) < _DIFFERENT


def is_row(values: Sequence[int]) -> bool:
    """Tell whether numbers count up, by little or as drawn ones do, or are each the sum of the two before.

    Examples
    --------
    >>> is_row([1, 2, 3, 4, 5]), is_row([0, 1, 1, 2, 3, 5, 8]), is_row([3, 11, 22, 35, 41, 49])
    (True, True, True)
    >>> is_row([7, 7, 0, 9, 1, 2]), is_row([0, 6, 12, 34, 56, 78])
    (False, False)
    """
    steps = [other - one for one, other in pairwise(values)]
    if (
        len(values) >= _COUNTED
        and min(steps) > 0
        and (max(steps) < 3 or (values[0] and values[-1] >= _WHOLE))
    ):
        return True
    sums = [
        one + other == next_one for one, other, next_one in zip(values, values[1:], values[2:], strict=False)
    ]
    return len(sums) >= _ADDED and all(sums)
