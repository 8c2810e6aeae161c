"""What many values say by themselves, by columns: exclusions, checks and documentation values, as a number each.

Values with the same number get the same verdict of `leakkit.pii.weighing.verdicts.Verdicts`; that is tested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.whole.checks import CHECKS, Check
from leakkit.pii.whole.documented import Marks, documented
from leakkit.pii.whole.texts import matched
from leakkit.pii.whole.values import Values

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.detector import Detector
    from leakkit.pii.weighing.weigh import Rule

DROPPED = 0
N_KINDS = 7
"""Dropped, or what the check says (nothing, passed, failed) with or without being a documentation value."""

_FEW = 32


def judge(rule: Rule, values: Values) -> np.ndarray:
    """Give each value the number of its kind, below `N_KINDS`; 0 where it is dropped.

    Parameters
    ----------
    rule : Rule
        The detector made ready.
    values : Values
        Different values that it matches whole.
    """
    import pyarrow as pa

    check = _check_of(rule)
    marks = documented(rule.entity) if len(values) > _FEW else None
    if marks is None or check is None:
        return _one_by_one(rule, values.texts)
    try:
        return _together(rule.detector, values, check, marks)
    except pa.ArrowInvalid:  # a pattern that is too much for Arrow
        return _one_by_one(rule, values.texts)


def _together(detector: Detector, values: Values, check: Check, marks: Marks) -> np.ndarray:
    """Judge values by columns."""
    answers = check(values)
    found = 1 + answers.astype(np.int64)
    placeholder = marks(values)
    if detector.placeholder and not placeholder.all():
        other = np.flatnonzero(~placeholder)
        placeholder[other] = _whole(detector.placeholder, values.take(other))
    found[placeholder] += 3
    if detector.validator_required:
        found[answers == 2] = DROPPED
    if detector.exclude:
        found[_whole(detector.exclude, values.texts)] = DROPPED
    return found


def _check_of(rule: Rule) -> Check | None:
    """Give the check of a detector for many values; None where there is none."""
    if rule.detector.function is not None:
        return None
    if rule.detector.validator is None:
        return _no_check
    return CHECKS.get(rule.detector.validator)


def _no_check(values: Values) -> np.ndarray:
    """Say nothing of values that have no check."""
    return np.zeros(len(values), np.int8)


def _whole(patterns: tuple[str, ...], values: pa.Array) -> np.ndarray:
    """Tell which values one of some patterns matches whole."""
    joint = "|".join(f"(?:{pattern})" for pattern in patterns)
    return matched(values, rf"\A(?:{joint})\z")


def _one_by_one(rule: Rule, values: pa.Array) -> np.ndarray:
    """Ask the verdict on each value."""
    kinds = {True: 1, None: 0, False: 2}
    return np.array(
        [
            DROPPED if one is None else 1 + kinds[one.validated] + 3 * one.placeholder
            for one in rule.verdicts.of_many(values.to_pylist())
        ],
        np.int64,
    )
