"""From a match to a finding: neighbours, exclusions, validator, context, key, placeholder; one step after another.

`weigh` looks at one span and is the reference; the fast path over many spans must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from leakkit.pii.detector import Detector, Entity, entities
from leakkit.pii.weighing.context import Words, entity_of_key, key_before
from leakkit.pii.weighing.neighbours import allowed
from leakkit.pii.weighing.placeholders import is_placeholder

FAILED, AGAINST, CONTEXT, KEY, OTHER_KEY = 0.3, 0.4, 0.5, 0.6, 0.4
PLACEHOLDER_CREDENTIAL = 0.15
CLEAR_KEY = 0.8
MOST_HELD = 4096


class Verdict(NamedTuple):
    """What a value alone says, wherever it stands."""

    score: float
    validated: bool | None
    placeholder: bool
    steps: str


class Weighed(NamedTuple):
    """What came of one span."""

    score: float
    validated: bool | None
    placeholder: bool
    evidence: str


class Rule:
    """A detector with everything that weighing needs, made ready once a process."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self.entity: Entity = entities()[detector.entity]
        self.context, self.against = Words(detector.context), Words(detector.against)
        self.needy = detector.needs != "nothing"
        self._verdicts: dict[str, Verdict | None] = {}
        self._composed: dict[Any, Weighed | None] = {}

    @cached_property
    def exclude(self) -> Any:
        """The patterns of values that are dropped, as one."""
        return _full(self.detector.exclude)

    @cached_property
    def placeholder(self) -> Any:
        """The patterns of documentation values, as one."""
        return _full(self.detector.placeholder)

    @cached_property
    def validator(self) -> Callable[[str], bool | None] | None:
        """The check of the detector."""
        return _validator(self.detector)

    def verdict(self, value: str) -> Verdict | None:
        """Judge a value by itself; None where it is dropped. Equal values are judged once."""
        known = self._verdicts
        if value not in known:
            if len(known) >= MOST_HELD:
                known.clear()
            known[value] = _verdict(self, value)
        return known[value]

    def compose(
        self,
        verdict: Verdict,
        word: str | None,
        against: str | None,
        name: str,
        key: str,
        inner: str,
    ) -> Weighed | None:
        """Set what stands around a value against what it says itself; None where the span is dropped."""
        known, what = self._composed, (verdict, word, against, name, key, inner)
        if what not in known:
            if len(known) >= MOST_HELD:
                known.clear()
            known[what] = _composed(self, *what)
        return known[what]

    def names_it(self, name: str) -> bool:
        """Tell whether a field's name alone says that its values are of this kind."""
        entity, strength = entity_of_key(name)
        if entity is None or strength <= 0 or entity not in entities():
            return False
        return entity == self.entity.name or entities()[entity].common == self.entity.common

    def tells(self, name: str) -> bool:
        """Tell whether a field's name is context enough; whatever stands near the value."""
        if self.detector.needs == "nothing":
            return True
        return bool(name) and (self.names_it(name) or self.context.in_field(name) is not None)

    def is_placeholder(self, value: str) -> bool:
        """Tell whether a value is a documentation or test value."""
        entity = self.entity
        return bool(self.placeholder and self.placeholder.fullmatch(value)) or is_placeholder(
            entity.name, entity.common, entity.family, value
        )


def _full(patterns: tuple[str, ...]) -> Any:
    """Compile patterns of which one must match a whole value."""
    if not patterns:
        return None
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile("|".join(f"(?:{p})" for p in patterns), options)


def _validator(detector: Detector) -> Callable[[str], bool | None] | None:
    """Give the check of a detector."""
    if detector.function is not None or detector.validator is None:
        return detector.function
    from leakkit.pii import validators

    return validators.get(detector.validator)


def weigh(rule: Rule, text: str, start: int, end: int, name: str = "", key: str = "") -> Weighed | None:
    """Weigh one span.

    Parameters
    ----------
    rule : Rule
        The detector made ready.
    text : str
        The whole value (line, cell, message) that the span stands in.
    start, end : int
        The span, in characters.
    name : str
        Name of the field.
    key : str
        Key of the value inside the text, where a layout tells it; else the one right before it is used.

    Returns
    -------
    Weighed or None
        None where a rule drops the span.
    """
    if start >= end or not allowed(rule.detector.neighbours, text, start, end):
        return None
    verdict = rule.verdict(text[start:end])
    if verdict is None:
        return None
    word, against = rule.context.near(text, start, end), rule.against.near(text, start, end)
    return rule.compose(verdict, word, against, name, key, key or key_before(text, start))


def _verdict(rule: Rule, value: str) -> Verdict | None:
    """Judge a value by itself: exclusions, validator, placeholders."""
    detector = rule.detector
    if rule.exclude is not None and rule.exclude.fullmatch(value):
        return None
    score, validated, steps = detector.base, None, [f"base:{detector.id}:{detector.base:.2f}"]
    if rule.validator is not None:
        validated = rule.validator(value)
        if validated is False and detector.validator_required:
            return None
        answer = {True: "passed", False: "failed", None: "cannot tell"}[validated]
        score = max(score, detector.valid) if validated else score * FAILED if validated is False else score
        steps.append(f"validator:{detector.validator or 'function'} {answer}:{score:.2f}")
    return Verdict(score, validated, rule.is_placeholder(value), "; ".join(steps))


def _composed(
    rule: Rule, verdict: Verdict, word: str | None, against: str | None, name: str, key: str, inner: str
) -> Weighed | None:
    """Set what stands around a value against what it says itself."""
    score, steps = verdict.score, [verdict.steps]
    context = rule.context
    word = word or context.in_field(name) or context.in_field(key)
    if word:
        score += (1 - score) * CONTEXT
        steps.append(f"context:{word}:{score:.2f}")
    telling, entity, share = _key(rule, inner, name)
    if entity:
        score = score * OTHER_KEY if not telling else score + (1 - score) * KEY * share
        steps.append(f"key:{entity}:{score:.2f}")
    if against := against or rule.against.in_field(name):
        score *= AGAINST
        steps.append(f"against:{against}:{score:.2f}")
    if not _met(rule, word, telling, key or name, inner):
        return None
    if verdict.placeholder:
        if rule.entity.family == "credential":
            score = min(score, PLACEHOLDER_CREDENTIAL)
        steps.append(f"placeholder:{rule.entity.name}:{score:.2f}")
    return Weighed(score, verdict.validated, verdict.placeholder, "; ".join(steps))


def _met(rule: Rule, word: str | None, telling: bool, name: str, inner: str) -> bool:
    """Tell whether a detector that needs context, or a key, has it."""
    needs = rule.detector.needs
    if needs == "nothing" or (needs == "context" and word):
        return True
    if telling and rule.names_it(name):
        return True
    return needs == "key" and bool(inner or name) and rule.context.in_field(inner or name) is not None


_ANY_ID = ("NATIONAL_ID", "TAX_ID")
"""What keys such as ``gov_id`` name: any country's number, so they speak for each of them."""


def _key(rule: Rule, inner: str, name: str) -> tuple[bool, str | None, float]:
    """Let the key of the value, or else the field's name, speak.

    Gives whether it names the same kind, the entity to note (None where nothing follows), how sure it is.
    """
    for key in (inner, name):
        entity, strength = entity_of_key(key)
        if entity is None or strength <= 0 or entity not in entities():
            continue
        if entity == rule.entity.name:
            return True, entity, strength
        if entity in _ANY_ID and rule.entity.family == "government_id":
            return True, entity, strength
        if entities()[entity].common == rule.entity.common:
            return True, None, 0.0
        if strength >= CLEAR_KEY:
            return False, entity, strength
    return False, None, 0.0
