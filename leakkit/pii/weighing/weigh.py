"""From a match to a finding: neighbours, exclusions, validator, context, key, placeholder; one step after another.

`weigh` looks at one span and is the reference; the fast path over many spans must agree with it.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from leakkit.pii.detector import Detector, Entity, entities
from leakkit.pii.weighing.context import AFTER, entity_of_key, key_before, window, words_of
from leakkit.pii.weighing.denied import DENIED, LABELLED, kind_of
from leakkit.pii.weighing.memory import Memo
from leakkit.pii.weighing.neighbours import allowed
from leakkit.pii.weighing.other_numbers import is_denied, is_of_thing
from leakkit.pii.weighing.statements import meant_before
from leakkit.pii.weighing.surroundings import (
    ADDRESS,
    REACH,
    VERSION,
    After,
    Before,
    Surroundings,
    form_after,
    form_before,
    surroundings_of,
    words_after,
    words_before,
)
from leakkit.pii.weighing.verdicts import Verdict, Verdicts
from leakkit.pii.weighing.versions import is_version

AGAINST, DENIAL, CONTEXT, KEY, OTHER_KEY = 0.4, 0.25, 0.5, 0.6, 0.4
PLACEHOLDER_CREDENTIAL = 0.15
SHAPE, VERSIONS = "place of an address", "versions beside it"
CLEAR_KEY = 0.8
CLEAR_PLACE = 0.7
"""From here on a key that names one part of an address speaks for the others."""
_NUMBERED = ("PASSPORT", "BANK_ACCOUNT", "NATIONAL_ID")
_SURE_TELEPHONES = ("phone_international", "phone_international_north_america")
"""Detectors whose form says it is a telephone's, whatever stands before."""
_OWN_KEY = ("CARD_SECURITY_CODE",)
"""Entities that a key of a related kind does not name: a token is no code of a card."""


Around = tuple[Before | None, After | None, str, str]
"""What stands before and after a span, the name of its field, the key that a layout tells."""


class Weighed(NamedTuple):
    """What came of one span."""

    score: float
    validated: bool | None
    placeholder: bool
    evidence: str


class Setting(dict[Verdict, Weighed | None]):
    """What stands around some spans of one detector; gives what comes of each verdict there."""

    def __init__(
        self,
        rule: Rule,
        word: str | None,
        key: tuple[bool, str | None, float],
        against: str | None,
        form: str = "",
    ):
        super().__init__()
        self._rule, self._word, self._key, self._against, self._form = rule, word, key, against, form

    def __missing__(self, verdict: Verdict) -> Weighed | None:
        """Set what stands around a value against what it says itself; None where it is a version."""
        if self._is_version(verdict):
            self[verdict] = None
            return None
        score, steps = verdict.score, [verdict.steps]
        word = self._word or (SHAPE if self._form == ADDRESS and verdict.validated is None else None)
        if word:
            score += (1 - score) * CONTEXT
            steps.append(f"context:{word}:{score:.2f}")
        telling, entity, share = self._key
        if entity:
            score = score * OTHER_KEY if not telling else score + (1 - score) * KEY * share
            steps.append(f"key:{entity}:{score:.2f}")
        against = self._against or (VERSIONS if self._form == VERSION and not (word or telling) else None)
        if against:
            score *= DENIAL if against == DENIED else AGAINST
            steps.append(f"against:{against}:{score:.2f}")
        if verdict.placeholder:
            if self._rule.entity.family == "credential":
                score = min(score, PLACEHOLDER_CREDENTIAL)
            steps.append(f"placeholder:{self._rule.entity.name}:{score:.2f}")
        made = Weighed(score, verdict.validated, verdict.placeholder, "; ".join(steps))
        self[verdict] = made
        return made

    def _is_version(self, verdict: Verdict) -> bool:
        """Tell whether four small numbers are a version: nothing, or another version, stands beside them."""
        if verdict.validated is not None or verdict.placeholder or not self._rule.may_be_version:
            return False
        if self._key[0] or self._form == ADDRESS or self._rule.detector.validator != "ipv4":
            return False
        if self._form == VERSION or self._against:
            return True
        return not self._word and self._rule.detector.id != "ipv4_private"


class Rule:
    """A detector with everything that weighing needs, made ready once a process."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self.entity: Entity = entities()[detector.entity]
        self.context, self.against = words_of(detector.context), words_of(detector.against)
        self.needy = detector.needs != "nothing"
        self.may_be_version = self.entity.name == "IP_ADDRESS"
        self.is_telephone = self.entity.name == "PHONE" and detector.id not in _SURE_TELEPHONES
        self.denials = kind_of(self.entity.name, self.entity.family)
        self.may_be_of_thing = (
            detector.id.endswith("_any")
            or self.is_telephone
            or (self.needy and self.entity.name in _NUMBERED)
        )
        self.verdicts = Verdicts(detector, self.entity)
        self._settings: dict[Around, Setting | None] = Memo()

    @cached_property
    def around(self) -> Surroundings:
        """The words and keys around its spans."""
        return surroundings_of(
            self.context,
            self.against,
            self.may_be_version,
            self.may_be_of_thing,
            self.is_telephone,
            self.denials,
        )

    def settings(self, around: list[Around]) -> list[Setting | None]:
        """Give what stands around spans; None where that drops them, whatever the value."""
        known = self._settings
        try:
            return [known[one] for one in around]
        except KeyError:
            for one in around:
                if one not in known:
                    known[one] = _setting(self, *one)
        return [known[one] for one in around]

    def names_it(self, name: str) -> bool:
        """Tell whether a field's name alone says that its values are of this kind."""
        entity, strength = entity_of_key(name)
        kind = entities().get(entity or "")
        if kind is None or strength <= 0:
            return False
        if kind.name == self.entity.name:
            return True
        if kind.common == "LOCATION" and (strength < CLEAR_PLACE or self._is_no_part(kind.name)):
            return False
        return kind.common == self.entity.common and self.entity.name not in _OWN_KEY

    def _is_no_part(self, other: str) -> bool:
        """Tell whether values under the key of another part of an address are none of these: a region's postcode."""
        return self.entity.name == "POSTCODE" and other in ("STATE", "COUNTRY")

    def tells(self, name: str) -> bool:
        """Tell whether a field's name is context enough; whatever stands near the value."""
        if self.detector.needs == "nothing":
            return True
        return bool(name) and (self.names_it(name) or self.context.in_field(name) is not None)


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
    if rule.may_be_version and is_version(text, start, end):
        return None
    verdict = rule.verdicts.of(text[start:end])
    if verdict is None:
        return None
    near, behind = window(text, start, end)
    if rule.may_be_of_thing and is_of_thing(near, rule.is_telephone):
        return None
    if rule.is_telephone and is_denied(behind):
        return None
    before = words_before(rule.context, rule.against, meant_before(near), rule.denials)
    after = words_after(rule.context, rule.against, behind, rule.denials)
    forms = _forms(text, start, end) if rule.may_be_version else ("", "")
    around = (*before, key_before(text, start), forms[0]), (*after, forms[1]), name, key
    setting = rule.settings([around])[0]
    return None if setting is None else setting[verdict]


def _setting(rule: Rule, before: Before | None, after: After | None, name: str, key: str) -> Setting | None:
    """Take together what stands around a span; None where it is a version, or a detector lacks what it needs."""
    if before is None or after is None:
        return None
    inner = key or before[2]
    word = before[0] or after[0] or rule.context.in_field(name) or rule.context.in_field(key)
    told = _key(rule, inner, name)
    if not _met(rule, word, told[0], key or name, inner):
        return None
    against = before[1] or after[1] or rule.against.in_field(name)
    if after[1] == DENIED:
        against = before[1] or (None if before[1] == LABELLED else DENIED)
    return Setting(rule, word, told, against, min(before[3] or after[2], after[2] or before[3]))


def _forms(text: str, start: int, end: int) -> tuple[str, str]:
    """Tell what the stretches of its line before and after a span make of four numbers."""
    first = max(text.rfind("\n", 0, start) + 1, start - REACH)
    last = min(text.find("\n", end) % (len(text) + 1), end + AFTER + 1)
    return form_before(text[first:start]), form_after(text[end:last])


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
