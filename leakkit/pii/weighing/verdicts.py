"""What values say by themselves, wherever they stand: exclusions, validator, placeholders; many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leakkit.pii.detector import Detector, Entity
from leakkit.pii.weighing.memory import Memo
from leakkit.pii.weighing.placeholders import placeholder_check

FAILED = 0.3
_FEW, _MANY = 4, 8
_ENDS = ("\\A", "\\z", "(?-", "$", "^")
"""What in a pattern may mean the ends of a text, so that it cannot be looked for in many values at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What a value alone says; a rule has one object for each different verdict."""

    score: float
    validated: bool | None
    placeholder: bool
    steps: str


class Verdicts:
    """The verdicts of one detector on values, each different value judged once."""

    def __init__(self, detector: Detector, entity: Entity) -> None:
        self.detector, self.entity = detector, entity
        self._known: dict[str, Verdict | None] = Memo()
        self._kinds: dict[tuple[bool | None, bool], Verdict] = {}

    @cached_property
    def _exclude(self) -> Patterns:
        """The patterns of values that are dropped."""
        return Patterns(self.detector.exclude)

    @cached_property
    def _placeholder(self) -> Patterns:
        """The patterns of documentation values."""
        return Patterns(self.detector.placeholder)

    @cached_property
    def _is_known_placeholder(self) -> Callable[[str], bool]:
        """The check for documentation values of every detector of the entity."""
        return placeholder_check(self.entity.name, self.entity.common, self.entity.family)

    @cached_property
    def _validator(self) -> Callable[[list[str]], list[bool | None]] | None:
        """The check of the detector, for many values."""
        return _validator(self.detector)

    def of(self, value: str) -> Verdict | None:
        """Judge a value; None where it is dropped."""
        if value not in self._known:
            self.of_many([value])
        return self._known[value]

    def of_many(self, values: Sequence[str]) -> list[Verdict | None]:
        """Judge values; None for those that are dropped."""
        known = self._known
        new = [value for value in values if value not in known]
        if new:
            judged = self._judged(new)
            known.update(zip(new, judged, strict=True))
            if len(new) == len(values):
                return judged
        return [known[value] for value in values]

    def _judged(self, values: list[str]) -> list[Verdict | None]:
        """Judge values that are new."""
        if excluded := self._exclude.among(values):
            kept = [value for value in values if value not in excluded]
            made = dict(zip(kept, self._judged_kept(kept), strict=True))
            return [made.get(value) for value in values]
        return self._judged_kept(values)

    def _judged_kept(self, values: list[str]) -> list[Verdict | None]:
        """Judge values that no pattern excludes."""
        answers = [None] * len(values) if (check := self._validator) is None else check(values)
        dropped = check is not None and self.detector.validator_required and False in answers
        if dropped:
            pairs = zip(values, answers, strict=True)
            asked = [value for value, answer in pairs if answer is not False]
        documented = self._placeholder.among(asked if dropped else values, self._is_known_placeholder)
        kind = self._kind
        return [
            None if dropped and answer is False else kind(answer, value in documented)
            for value, answer in zip(values, answers, strict=True)
        ]

    def _kind(self, validated: bool | None, placeholder: bool) -> Verdict:
        """Give the verdict that follows from a check's answer."""
        known = self._kinds.get((validated, placeholder))
        if known is None:
            known = self._kinds[validated, placeholder] = self._made(validated, placeholder)
        return known

    def _made(self, validated: bool | None, placeholder: bool) -> Verdict:
        """Put a verdict together."""
        detector = self.detector
        score, steps = detector.base, [f"base:{detector.id}:{detector.base:.2f}"]
        if self._validator is not None:
            answer = {True: "passed", False: "failed", None: "cannot tell"}[validated]
            if validated:
                score = max(score, detector.valid)
            elif validated is False:
                score *= FAILED
            steps.append(f"validator:{detector.validator or 'function'} {answer}:{score:.2f}")
        return Verdict(score, validated, placeholder, "; ".join(steps))


class Patterns:
    """Patterns of which one must match a whole value."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._patterns = patterns
        self._joint = not any(sign in p.replace("[^", "[") for p in patterns for sign in _ENDS)

    @cached_property
    def _one(self) -> Any:
        """All patterns as one, for one value."""
        return _compiled("|".join(f"(?:{p})" for p in self._patterns))

    @cached_property
    def _line(self) -> Any:
        """All patterns as one, for a whole line among others."""
        return _compiled("(?m:^)(?:" + "|".join(f"(?:{p})" for p in self._patterns) + ")(?m:$)")

    def among(self, values: list[str], known: Callable[[str], bool] | None = None) -> set[str]:
        """Give the values that match, or that `known` names.

        One search through all of them tells that none matches, which is the rule.
        """
        found = {value for value in values if known(value)} if known is not None else set()
        if not self._patterns:
            return found
        left = [value for value in values if value not in found] if found else values
        if self._joint and len(left) >= _FEW:
            joined = "\n".join(left).encode("utf-8", "surrogatepass")
            if joined.count(b"\n") == len(left) - 1 and self._line.search(joined) is None:
                return found
        full = self._one.fullmatch
        found.update(value for value in left if full(value.encode("utf-8", "surrogatepass")))
        return found


def _compiled(pattern: str) -> Any:
    """Compile a pattern of RE2."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return re2.compile(pattern, options)


def _validator(detector: Detector) -> Callable[[list[str]], list[bool | None]] | None:
    """Give the check of a detector."""
    if (function := detector.function) is not None:
        from leakkit.pii.validators.registry import safe

        check = safe(function)
        return lambda values: [check(value) for value in values]
    if detector.validator is None:
        return None
    from leakkit.pii import validators

    one, many = validators.get(detector.validator), validators.get_many(detector.validator)
    return lambda values: many(values) if len(values) >= _MANY else [one(value) for value in values]
