"""What may not touch a span: letters, digits, or signs that make it part of a longer number or token."""

from __future__ import annotations

import re

NUMBER_SIGNS = ".,-/:+="
_RUN_BEFORE = re.compile(r"[A-Za-z0-9+/_\-.]*[A-Za-z0-9]\Z")
_RUN_AFTER = re.compile(r"[A-Za-z0-9][A-Za-z0-9+/_\-.]*")
DECIMALS = 4
"""Digits with which a span begins that may be the decimals of a number."""
LONG_RUN = 16
"""Characters of base64, hexadecimal or an identifier that make a neighbour a part of the same token."""


def allowed(rule: str, text: str, start: int, end: int) -> bool:
    """Tell whether the neighbours of a span leave it whole under a rule of `leakkit.pii.detector.NEIGHBOURS`."""
    if rule == "none":
        return True
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if _touches(before) or _touches(after) or _are_decimals(text, start, end):
        return False
    if rule == "number":
        if before and before in NUMBER_SIGNS and start > 1 and text[start - 2].isdigit():
            return False
        return not (after and after in NUMBER_SIGNS and end + 1 < len(text) and text[end + 1].isdigit())
    if rule == "token":
        return not (_in_run_before(text, start, before) or _in_run_after(text, end, after))
    return True


def _touches(character: str) -> bool:
    """True for a letter, a digit or an underscore."""
    return bool(character) and (character == "_" or character.isalnum())


def _are_decimals(text: str, start: int, end: int) -> bool:
    """True for the decimals of a number with one digit before its point: ``0.61275``, ``-1.20439``."""
    if text[start - 1 : start] != "." or end - start < DECIMALS or start < 2:
        return False
    number = text[start - 2] + text[start : start + DECIMALS]
    if not (number.isascii() and number.isdigit()):
        return False
    beside = text[start - 3 : start - 2]
    return beside.isascii() and not (_touches(beside) or (beside and beside in ".,"))


def _in_run_before(text: str, start: int, before: str) -> bool:
    """True where a long run of token characters, joined by a sign, ends right before the span."""
    if not before or before not in "+/-.":
        return False
    run = _RUN_BEFORE.search(text[max(0, start - 1 - 4 * LONG_RUN) : start - 1])
    return run is not None and _is_long(run.group())


def _in_run_after(text: str, end: int, after: str) -> bool:
    """True where a long run of token characters, joined by a sign, begins right after the span."""
    if not after or after not in "+/-.":
        return False
    run = _RUN_AFTER.match(text, end + 1, end + 1 + 4 * LONG_RUN)
    return run is not None and _is_long(run.group())


def _is_long(run: str) -> bool:
    """True for a run that is no word: long, with a digit."""
    return len(run) >= LONG_RUN and any(c.isdigit() for c in run)
