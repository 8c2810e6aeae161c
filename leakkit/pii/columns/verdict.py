"""The verdict on columns: values that speak for themselves, names of columns, looks, and neighbours, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from leakkit.pii.columns.company import in_company, is_placeholder, named_as_pair
from leakkit.pii.columns.evidence import Column, Evidence, Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.named import named
from leakkit.pii.columns.neighbours import among, beside_streets, told_by_neighbours
from leakkit.pii.columns.plain import plain
from leakkit.pii.columns.trust import are_shuffled
from leakkit.pii.columns.values.forms import PLAIN, SHORT, evident, plainer
from leakkit.pii.columns.values.guess import guess
from leakkit.pii.columns.values.issued import issued
from leakkit.pii.keys import entity_of_key, others_of_key, words_of
from leakkit.pii.lexicon import UNKNOWN, KeySense

PERSONAL = frozenset(
    "EMAIL PHONE DATE_OF_BIRTH US_SSN NATIONAL_ID PASSWORD PASSWORD_HASH CREDIT_CARD IBAN PERSON USERNAME PASSPORT "
    "STREET_ADDRESS POSTCODE GENDER DRIVER_LICENSE MEDICAL_ID EMPLOYEE_ID TAX_ID".split()
)
_MAIL = re.compile(r"[A-Za-z0-9.\u00c0-\u024f]{1,40}@(?:[a-z0-9\-]{1,40}\.){1,4}[a-z]{2,12}")
"""Which letters and digits an address has tells nothing, either."""
_FROM = re.compile(r"(?: [a-z]{2,12}){1,2} \d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?")
"""Where an address comes from, as logs have it after it."""
_WEAK_NAME = 0.6
"""Below this a column's name says less than the values of a column without a name may."""

_DIGITS = str.maketrans("123456789", "0" * 9)
_CLASSES = str.maketrans("123456789" + ascii_lowercase + ascii_uppercase, "0" * 9 + "a" * 26 + "A" * 26)
PLACES = frozenset({"CITY", "STATE", "STREET_ADDRESS"})
_MAY_BE_PLACES = frozenset({"CITY", "PERSON", "PHONE"})
"""What provinces without name are taken for, as towns and people have their names; and postcodes."""
_CLOSE = {
    ("URL", "SOCIAL_PROFILE"),
    ("VIN", "DRIVER_LICENSE"),
    ("CREDIT_CARD", "IMEI"),
    ("PHONE", "IMEI"),
    ("PHONE", "BANK_ACCOUNT"),
    ("PHONE", "US_SSN"),
    ("US_SSN", "TAX_ID"),
    ("PHONE", "NATIONAL_ID"),
    ("PHONE", "TAX_ID"),
    ("PHONE", "UK_NHS"),
    ("PHONE", "MEDICAL_ID"),
    ("PHONE", "MEDICAL_LICENSE"),
    ("PHONE", "COMPANY_ID"),
    ("PHONE", "DRIVER_LICENSE"),
    ("PHONE", "PASSPORT"),
    ("PHONE", "ROUTING_NUMBER"),
    ("PHONE", "SE_PERSONNUMMER"),
    ("PHONE", "POSTCODE"),
    ("PHONE", "CREDIT_CARD"),
    ("API_KEY", "JWT"),
    ("API_KEY", "COOKIE"),
    ("API_KEY", "GENERIC_SECRET"),
    ("API_KEY", "AWS_ACCESS_KEY"),
    ("API_KEY", "GITHUB_TOKEN"),
    ("API_KEY", "OPENAI_KEY"),
    ("API_KEY", "HUGGINGFACE_TOKEN"),
    ("API_KEY", "SLACK_TOKEN"),
    ("API_KEY", "PASSWORD"),
    ("URL", "CONNECTION_STRING"),
    ("PHONE", "EMPLOYEE_ID"),
    ("CREDIT_CARD", "BANK_ACCOUNT"),
    ("CREDIT_CARD", "IMSI"),
    ("PHONE", "DEVICE_ID"),
}


def judge(
    names: Sequence[str | None], samples: Sequence[Sequence[str]], *, rules: bool = True
) -> list[Evidence]:
    """Give the verdict on each column of one table: first alone, then in the light of its neighbours.

    Without `rules` only columns that have no name are asked whose check digits they pass, which is slow.
    """
    if len(samples) == 1 and len(samples[0]) == 1 and len(value := samples[0][0]) <= SHORT:
        return [_judged(names[0], _alike(value), rules)]
    return _together(names, samples, rules)


def _alike(value: str) -> str:
    """Write a single value without what tells nothing of it, so that more values are equal."""
    if PLAIN.fullmatch(value):
        return value.translate(_DIGITS)
    mail = _MAIL.match(value)
    rest = value[mail.end() :] if mail else ""
    if mail is None or (rest and not _FROM.fullmatch(rest)):
        return value
    return mail[0].translate(_CLASSES) + rest.translate(_DIGITS)


@lru_cache(8192)
def _judged(name: str | None, value: str, rules: bool) -> Evidence:
    """Give the verdict on a single value under its name; lines of settings have the same ones again and again."""
    return _together([name], [[value]], rules)[0]


def _together(names: Sequence[str | None], samples: Sequence[Sequence[str]], rules: bool) -> list[Evidence]:
    """Judge columns that stand together."""
    if len(samples) > 1:
        names = named_as_pair(names, samples)
        names = in_company([None if name is not None and is_placeholder(name) else name for name in names])
    columns = [_column(name, sample, rules) for name, sample in zip(names, samples, strict=True)]
    if len(columns) > 2 and are_shuffled(columns):
        columns = [Column(None, c.facts, UNKNOWN, _alone(c.facts, UNKNOWN, True, False)) for c in columns]
    _in_their_light(columns)
    return [column.verdict for column in columns]


def _in_their_light(columns: list[Column]) -> None:
    """Judge columns again that say little alone, by what the others hold."""
    sure = {c.verdict.entity for c in columns if c.verdict.confidence >= 0.6} & PERSONAL
    held = {c.verdict.entity or "" for c in columns if c.verdict.confidence >= 0.5}
    for place, column in enumerate(columns):
        near = {c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column}
        if column.verdict.entity is None or column.verdict.confidence < 0.5:
            column.verdict = among(column, {str(entity) for entity in sure}, near)
        if column.verdict.entity is None:
            told = told_by_neighbours(column, held, near, len(columns))
            if told is not None:
                column.verdict = Evidence(*told[:3], f"values: {told.reason}")
    if len(columns) > 1:
        _once_more(columns)
        _once_more(columns)
    beside_streets(columns)
    if len(columns) > 1:
        _once_more(columns)


def _once_more(columns: list[Column]) -> None:
    """Ask columns without verdict whether their values are plain in themselves, in the light of all others."""
    held = {c.verdict.entity or "" for c in columns if c.verdict.confidence >= 0.5} - {""}
    for place, column in enumerate(columns):
        entity = column.verdict.entity
        if entity is not None and (column.sense.entity is not None or entity not in _MAY_BE_PLACES):
            continue
        near = {c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column}
        told = plain(column, columns, held, near)
        if told is not None and (entity is None or told.entity in ("STATE", "POSTCODE")):
            column.verdict = Evidence(
                told.entity, round(told.share, 4), told.confidence, f"values: {told.reason}"
            )
        elif entity is None and column.sense == UNKNOWN and near & PLACES:
            column.verdict = among(column, held, near)


_LETTERS, _IN_TURN = 20, 0.8
"""Words of a spelling alphabet at least, and the share of them that begin with the letter behind the last one's."""


def _column(name: str | None, sample: Sequence[str], rules: bool) -> Column:
    """Judge a column without its neighbours."""
    facts, sense = Facts(sample), UNKNOWN if name is None else entity_of_key(name)
    if sense.entity is not None and name is not None and (meant := others_of_key(name)):
        sense = _likelier(facts, sense, meant)
    if name is not None and facts.values:
        sense = _by_other_words(facts, sense, name)
    verdict = _alone(facts, sense, rules or name is None, name is not None)
    return Column(name, facts, sense, verdict)


def _by_other_words(facts: Facts, sense: KeySense, name: str) -> KeySense:
    """Hear another word of a name where the values cannot be what the name says as a whole, and are what that says."""
    entity = sense.entity
    vague = entity is None and sense.strength >= _WEAK_NAME
    if not vague and (entity is None or facts.mean(entity) >= (0.1 if sense.strength > _WEAK_NAME else 0.3)):
        return sense
    words = words_of(name)
    for word in words if len(words) > 1 else ():
        told = entity_of_key(word)
        if told.entity is None or told.entity == entity or told.strength < 0.7:
            continue
        if vague and not (told.entity == "COUNTRY" and word == words[-1]):
            continue
        if facts.mean(told.entity) >= (0.9 if vague else 0.65):
            return KeySense(told.entity, round(told.strength * 0.8, 3))
    return sense


def _likelier(facts: Facts, sense: KeySense, others: tuple[str, ...]) -> KeySense:
    """Choose between the entities of an ambiguous name by which the values look more like."""
    if not facts.values:
        return sense
    best = max(others, key=facts.mean)
    return (
        KeySense(best, sense.strength) if facts.mean(best) > facts.mean(str(sense.entity)) + 0.05 else sense
    )


def _alone(facts: Facts, sense: KeySense, rules: bool, called: bool) -> Evidence:
    """Judge a column by its values and its name: by their form, by check digits, by the name, then by a guess."""
    if not facts.values:
        return Evidence(None, 0.0, 0.5 if sense.entity else 0.9, "no values")
    sense = plainer(facts, sense)
    says = "name says nothing"
    if sense.strength:
        says = f"name says {sense.entity or 'no personal data'} {sense.strength:.2f}"
    small = facts.n_distinct / (facts.n_distinct + 0.15)
    if (few := _of_few(facts, sense, says)) is not None:
        return replace(few, confidence=round(few.confidence * small, 3))
    if (form := _by_form(facts, sense, says)) is not None:
        return replace(form, confidence=form.confidence * small)
    if rules and (number := issued(facts, sense)) is not None:
        return Evidence(*number[:3], f"values: {number.reason}; {says}", sense.strength)
    if sense.entity and (agreed := named(facts, sense, says)) is not None:
        told = _guessed(facts, sense, called) if agreed.confidence < _WEAK_NAME else None
        if told is None or told.entity != agreed.entity or told.confidence <= agreed.confidence:
            return replace(agreed, confidence=agreed.confidence * small)
    else:
        told = _guessed(facts, sense, called)
    if told is not None and told.entity == "PERSON" and is_spelling_alphabet(facts.values):
        return Evidence(None, 0.0, 0.8, f"values: a spelling alphabet; {says}")
    if told is not None:
        return Evidence(told.entity, told.share, told.confidence * small, f"values: {told.reason}; {says}")
    return Evidence(None, 0.0, 0.6 if sense.entity else 0.8, f"values: {facts.kind}; {says}")


def is_spelling_alphabet(values: Sequence[str]) -> bool:
    """Say whether values are words for the letters of the alphabet, one after the other.

    Examples
    --------
    >>> words = (
    ...     "Anton Berta Cäsar Dora Emil Friedrich Gustav Heinrich Ida Julius Kaufmann Ludwig Martha Nordpol"
    ... )
    >>> is_spelling_alphabet(f"{words} Otto Paula Quelle Richard Samuel Theodor Ulrich".split())
    True
    >>> is_spelling_alphabet(["Ann", "Bob", "Cy"])
    False
    """
    if len(values) < _LETTERS or any(" " in value.strip() for value in values):
        return False
    begins = [ord(value.strip()[:1].upper() or " ") for value in values]
    one_more = sum(b - a == 1 for a, b in zip(begins, begins[1:], strict=False))
    return one_more >= _IN_TURN * (len(values) - 1)


def _of_few(facts: Facts, sense: KeySense, says: str) -> Evidence | None:
    """Believe the name of a column of one value or two that look like it."""
    entity, strength = sense
    if facts.n_distinct > 2 or not entity or strength < (0.8 if entity == "PERSON" else 0.7):
        return None
    if (look := facts.mean(entity)) < 0.7:
        return None
    confidence = min(0.97, strength * (0.55 + 0.45 * look) + 0.1 * look)
    return Evidence(entity, 1.0, confidence, f"{says}; values: look like it", strength)


def _by_form(facts: Facts, sense: KeySense, says: str) -> Evidence | None:
    """Believe the form of the values, unless the name tells an entity of a form so close that they may be that."""
    entity, share = evident(facts)
    if entity is None:
        return None
    named_so = sense.entity is not None and sense.strength >= 0.6 and (entity, sense.entity) in _CLOSE
    if named_so and facts.mean(str(sense.entity)) >= 0.5:
        return None
    agrees = entity == sense.entity
    confidence = min(0.99, (0.97 if agrees else 0.9) * (0.5 + share / 2))
    evidence = f"values: {share:.0%} have its form; {says}"
    return Evidence(entity, share, confidence, evidence, sense.strength if agrees else 0.0)


def _guessed(facts: Facts, sense: KeySense, called: bool) -> Guess | None:
    """Guess from the values; under the name of a person, what may be people are no firms or towns."""
    told = guess(facts, sense, called=called)
    if told is None or sense.entity != "PERSON":
        return told
    if told.entity == "ORGANIZATION" and told.share < 0.75:
        return None
    if told.entity == "CITY" and _may_be_people(facts):
        return Guess("PERSON", facts.share("PERSON", 0.5), 0.6, "names by their words")
    return told


def _may_be_people(facts: Facts) -> bool:
    """Say whether names of towns may be those of people, as surnames are."""
    return facts.mean("PERSON") >= 0.8 and facts.n_distinct >= 0.7 * facts.n
