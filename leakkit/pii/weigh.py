"""From a match to a finding: neighbours, exclusions, validator, context, key, placeholder; one step after another.

`weigh` looks at one span and is the reference; the fast path over many spans must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leakkit.pii.context import Words, entity_of_key, key_before
from leakkit.pii.detector import Detector, Entity, entities
from leakkit.pii.neighbours import allowed
from leakkit.pii.placeholders import is_placeholder

FAILED, AGAINST, CONTEXT, KEY, OTHER_KEY = 0.3, 0.4, 0.5, 0.6, 0.4
PLACEHOLDER_CREDENTIAL = 0.15
CLEAR_KEY = 0.8


@dataclass(slots=True)
class Weighed:
    """What came of one span."""

    score: float
    validated: bool | None
    placeholder: bool
    steps: list[str] = field(default_factory=list)

    @property
    def evidence(self) -> str:
        """The steps as they stand in the frame."""
        return "; ".join(self.steps)

    def step(self, name: str, value: str) -> None:
        """Note a step and the score after it."""
        self.steps.append(f"{name}:{value}:{self.score:.2f}")


class Rule:
    """A detector with everything that weighing needs, made ready once a process."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self.entity: Entity = entities()[detector.entity]
        self.context, self.against = Words(detector.context), Words(detector.against)
        self.exclude, self.placeholder = _full(detector.exclude), _full(detector.placeholder)
        self.validator = _validator(detector)

    def names_it(self, name: str) -> bool:
        """Tell whether a field's name alone says that its values are of this kind."""
        entity, strength = entity_of_key(name)
        return bool(
            name
            and entity in entities()
            and strength > 0
            and (entity == self.entity.name or entities()[entity].common == self.entity.common)
        )

    def tells(self, name: str) -> bool:
        """Tell whether a field's name is context enough; whatever stands near the value."""
        if self.detector.needs == "nothing":
            return True
        return self.names_it(name) or self.context.in_field(name) is not None

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


@cache
def rule_of(detector: Detector) -> Rule:
    """Give the rule of a detector, made once."""
    return Rule(detector)


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
    detector, value = rule.detector, text[start:end]
    if not value or not allowed(detector.neighbours, text, start, end):
        return None
    if rule.exclude is not None and rule.exclude.fullmatch(value):
        return None
    found = Weighed(detector.base, None, False)
    found.step("base", detector.id)
    if not _validate(rule, value, found):
        return None
    word = rule.context.near(text, start, end) or rule.context.in_field(name) or rule.context.in_field(key)
    if word:
        found.score += (1 - found.score) * CONTEXT
        found.step("context", word)
    inner = key or key_before(text, start)
    telling = _weigh_key(rule, found, inner, name)
    against = rule.against.near(text, start, end) or rule.against.in_field(name)
    if against:
        found.score *= AGAINST
        found.step("against", against)
    if not _met(rule, word, telling, key or name, inner):
        return None
    if rule.is_placeholder(value):
        found.placeholder = True
        if rule.entity.family == "credential":
            found.score = min(found.score, PLACEHOLDER_CREDENTIAL)
        found.step("placeholder", detector.entity)
    return found


def _met(rule: Rule, word: str | None, telling: bool, name: str, inner: str) -> bool:
    """Tell whether a detector that needs context, or a key, has it."""
    needs = rule.detector.needs
    if needs == "nothing" or (needs == "context" and word):
        return True
    if telling and rule.names_it(name):
        return True
    return needs == "key" and bool(inner) and rule.context.in_field(inner) is not None


def _validate(rule: Rule, value: str, found: Weighed) -> bool:
    """Ask the validator; False where the span is dropped."""
    if rule.validator is None:
        return True
    detector = rule.detector
    found.validated = rule.validator(value)
    label = detector.validator or "function"
    if found.validated is True:
        found.score = max(found.score, detector.valid)
        found.step("validator", f"{label} passed")
    elif found.validated is False:
        if detector.validator_required:
            return False
        found.score *= FAILED
        found.step("validator", f"{label} failed")
    else:
        found.step("validator", f"{label} cannot tell")
    return True


def _weigh_key(rule: Rule, found: Weighed, inner: str, name: str) -> bool:
    """Let the key of the value, or else the field's name, speak; True where it names the same kind."""
    for key in (inner, name):
        entity, strength = entity_of_key(key)
        if entity is None or strength <= 0 or entity not in entities():
            continue
        if entity == rule.entity.name:
            found.score += (1 - found.score) * KEY * strength
            found.step("key", entity)
            return True
        same = entities()[entity].common == rule.entity.common
        if same:
            return True
        if strength >= CLEAR_KEY:
            found.score *= OTHER_KEY
            found.step("key", entity)
            return False
    return False
