"""Identifiers with check digits in a column: the detectors' patterns and validators, asked value by value."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.detector import Detector, builtin_detectors, entities
from leakkit.pii.lexicon import KeySense

_FEWEST = 8
_ASKED = 40
_DIGIT = re.compile(r"\d(?=\D*$)")
_BARE = re.compile(r"[\d.\- ]+")
_FAMILIES = ("government_id", "health", "financial")
_ELSEWHERE = frozenset("CREDIT_CARD IBAN CRYPTO_ADDRESS CRYPTO_KEY DIAGNOSIS CARD_SECURITY_CODE".split())
_UNCLEAR = frozenset(
    "BANK_ACCOUNT EMPLOYEE_ID MEDICAL_ID USERNAME PERSON TAX_ID NATIONAL_ID COMPANY_ID PHONE PASSPORT "
    "DRIVER_LICENSE CREDIT_CARD".split()
)
_NO_CARDS = 0.4
"""Mean look of numbers that have not the check digit of a card: the name for a card is that of a health card, too."""
_KINDS = frozenset({"text", "integer", "enumeration", "number", "hexadecimal"})


@cache
def _rules() -> tuple[tuple[Detector, ...], ...]:
    """Give the detectors of identifiers that have a validator, those of one country's numbers together.

    A number has several forms, and foreigners have others than citizens.
    """
    rules: dict[tuple[str, str], list[Detector]] = {}
    for d in builtin_detectors():
        if d.validator and entities()[d.entity].family in _FAMILIES and d.entity not in _ELSEWHERE:
            rules.setdefault((d.entity, d.country or d.id), []).append(d)
    return tuple(map(tuple, rules.values()))


@cache
def _whole(pattern: str) -> Callable[[str], object]:
    """Give a function that matches a detector's pattern on a whole value."""
    import re2

    return re2.compile(pattern).fullmatch


def _passes(rule: tuple[Detector, ...], values: list[str]) -> float:
    """Share of values that match as a whole, in one of the forms, and pass the validator."""
    from leakkit.pii.validators import get

    forms = [(_whole(d.pattern), get(d.validator or "")) for d in rule]
    return sum(any(form(v) and check(v) is True for form, check in forms) for v in values) / len(values)


def _changed(value: str) -> str:
    """Give the value with its last digit raised by one."""
    return _DIGIT.sub(lambda digit: str((int(digit[0]) + 1) % 10), value, count=1)


def issued(facts: Facts, sense: KeySense) -> Guess | None:
    """Tell whose identifier the values are by rules that chance does not pass.

    A rule counts when nine of ten values pass it and few of them still do once a digit is changed. The
    entity that the name of the column tells is preferred among those whose rules hold.
    """
    if not _may_be_issued(facts, sense):
        return None
    step = max(1, len(facts.values) // _ASKED)
    values = [v for v in facts.values[::step] if v.isascii() and any(c.isdigit() for c in v)][:_ASKED]
    if len(values) < _FEWEST:
        return None
    found = _held(values, sense, 0.9) or _without_check(values, sense)
    if not found:
        return None
    agrees, share, detector = max(found, key=lambda f: (f[0], f[1], f[2].valid))
    named = sense.strength >= 0.6 and sense.entity != "CREDIT_CARD"
    if named and sense.entity is not None and not agrees:
        return None
    confidence = 0.95 if agrees else 0.6 if named and sense.entity is None else 0.75
    return Guess(detector.entity, round(share, 4), confidence, f"{share:.0%} pass the rule of {detector.id}")


def _held(values: list[str], sense: KeySense, least: float) -> list[tuple[bool, float, Detector]]:
    """Give the rules that the least share of the values pass, few once a digit is changed: agreement, share, rule."""
    return [
        (rule[0].entity == sense.entity, share, rule[0])
        for rule in _rules()
        if _passes(rule, values[:3]) >= 0.6
        and (share := _passes(rule, values)) >= least
        and _passes(rule, [_changed(v) for v in values]) <= 0.4
    ]


def _without_check(values: list[str], sense: KeySense) -> list[tuple[bool, float, Detector]]:
    """Give the same for numbers whose check letter was left out of some: all that have one pass."""
    bare = [v for v in values if _BARE.fullmatch(v)]
    whole = [v for v in values if not _BARE.fullmatch(v)]
    sizes = {sum(map(str.isdigit, v)) for v in values}
    if not bare or len(whole) < max(_FEWEST, len(values) / 3) or len(sizes) > 1:
        return []
    return [
        (agrees, share * len(whole) / len(values), rule) for agrees, share, rule in _held(whole, sense, 0.95)
    ]


def _may_be_issued(facts: Facts, sense: KeySense) -> bool:
    """Say whether the values may be identifiers: enough of them, of some length, no dates, not named otherwise."""
    if facts.n_distinct < _FEWEST or facts.kind not in _KINDS:
        return False
    if sense.entity == "CREDIT_CARD" and facts.mean("CREDIT_CARD") > _NO_CARDS:
        return False
    if sense.strength >= 0.6 and sense.entity is not None and sense.entity not in _UNCLEAR:
        return False
    return 6 <= facts.length <= 26 and facts.dates <= 0.3
