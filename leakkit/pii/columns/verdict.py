"""The verdict on columns: values that speak for themselves, names of columns, looks, and neighbours, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from leakkit.pii.columns.beside import is_placeholder, named_as_pair, told_by_neighbours
from leakkit.pii.columns.company import in_company
from leakkit.pii.columns.evidence import Column, Evidence
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.forms import PLAIN, SHORT, evident, plainer
from leakkit.pii.columns.guess import guess
from leakkit.pii.columns.ids import issued
from leakkit.pii.columns.named import named
from leakkit.pii.columns.neighbours import among, beside_streets
from leakkit.pii.keys import UNKNOWN, KeySense, entity_of_key, others_of_key

PERSONAL = frozenset(
    "EMAIL PHONE DATE_OF_BIRTH US_SSN NATIONAL_ID PASSWORD PASSWORD_HASH CREDIT_CARD IBAN PERSON USERNAME PASSPORT "
    "STREET_ADDRESS POSTCODE GENDER DRIVER_LICENSE MEDICAL_ID EMPLOYEE_ID TAX_ID".split()
)
_MAIL = re.compile(r"[A-Za-z0-9.\u00c0-\u024f]{1,40}@(?:[a-z0-9\-]{1,40}\.){1,4}[a-z]{2,12}")
"""Which letters and digits an address has tells nothing, either."""
_FROM = re.compile(r"(?: [a-z]{2,12}){1,2} \d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?")
"""Where an address comes from, as logs have it after it."""
_DIGITS = str.maketrans("123456789", "0" * 9)
_CLASSES = str.maketrans("123456789" + ascii_lowercase + ascii_uppercase, "0" * 9 + "a" * 26 + "A" * 26)
_CLOSE = {
    ("URL", "SOCIAL_PROFILE"),
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
        if PLAIN.fullmatch(value):
            value = value.translate(_DIGITS)
        elif (mail := _MAIL.match(value)) is not None:
            rest = value[mail.end() :]
            if not rest or _FROM.fullmatch(rest):
                value = mail[0].translate(_CLASSES) + rest.translate(_DIGITS)
        return [_judged(names[0], value, rules)]
    return _together(names, samples, rules)


@lru_cache(8192)
def _judged(name: str | None, value: str, rules: bool) -> Evidence:
    """Give the verdict on a single value under its name; lines of settings have the same ones again and again."""
    return _together([name], [[value]], rules)[0]


def _together(names: Sequence[str | None], samples: Sequence[Sequence[str]], rules: bool) -> list[Evidence]:
    """Judge columns that stand together."""
    columns = []
    if len(samples) > 1:
        names = named_as_pair(names, samples)
        names = in_company([None if name is not None and is_placeholder(name) else name for name in names])
    for name, sample in zip(names, samples, strict=True):
        facts, sense = Facts(sample), UNKNOWN if name is None else entity_of_key(name)
        if sense.entity is not None and name is not None and (meant := others_of_key(name)):
            sense = _likelier(facts, sense, meant)
        columns.append(
            Column(name, facts, sense, _alone(facts, sense, rules or name is None, name is not None))
        )
    sure = [c.verdict.entity for c in columns if c.verdict.entity in PERSONAL and c.verdict.confidence >= 0.6]
    held = {c.verdict.entity or "" for c in columns if c.verdict.confidence >= 0.5}
    for place, column in enumerate(columns):
        if column.verdict.entity is None or column.verdict.confidence < 0.5:
            others = {str(entity) for entity in sure if entity}
            near = {c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column}
            column.verdict = among(column, others, near)
        if column.verdict.entity is None:
            beside = {
                c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column
            }
            told = told_by_neighbours(column.name or "", column.facts, held, beside, len(columns))
            if told is not None:
                column.verdict = Evidence(told[0], told[1], told[2], f"values: {told[3]}")
    beside_streets(columns)
    return [column.verdict for column in columns]


def _likelier(facts: Facts, sense: KeySense, others: tuple[str, ...]) -> KeySense:
    """Choose between the entities of an ambiguous name by which the values look more like."""
    if not facts.values:
        return sense
    best = max(others, key=facts.mean)
    return (
        KeySense(best, sense.strength) if facts.mean(best) > facts.mean(str(sense.entity)) + 0.05 else sense
    )


def _alone(facts: Facts, sense: KeySense, rules: bool, called: bool) -> Evidence:
    """Judge a column by its values and its name."""
    if not facts.values:
        return Evidence(None, 0.0, 0.5 if sense.entity else 0.9, "no values")
    sense = plainer(facts, sense)
    says = (
        f"name says {sense.entity or 'no personal data'} {sense.strength:.2f}"
        if sense.strength
        else "name says nothing"
    )
    small = facts.n_distinct / (facts.n_distinct + 0.15)
    if facts.n_distinct <= 2 and sense.entity and sense.strength >= 0.7 and facts.mean(sense.entity) >= 0.7:
        look = facts.mean(sense.entity)
        confidence = min(0.97, sense.strength * (0.55 + 0.45 * look) + 0.1 * look)
        if sense.entity != "PERSON" or sense.strength >= 0.8:
            return Evidence(
                sense.entity,
                1.0,
                round(confidence * small, 3),
                f"{says}; values: look like it",
                sense.strength,
            )
    entity, share = evident(facts)
    if (
        entity
        and sense.entity
        and (entity, sense.entity) in _CLOSE
        and sense.strength >= 0.6
        and facts.mean(sense.entity) >= 0.5
    ):
        entity = None
    if entity:
        agrees = entity == sense.entity
        return Evidence(entity, share, min(0.99, (0.97 if agrees else 0.9) * (0.5 + share / 2)) * small,
                        f"values: {share:.0%} have its form; {says}", sense.strength if agrees else 0.0)  # fmt: skip
    number = issued(facts, sense) if rules else None
    if number is not None:
        return Evidence(
            number.entity, number.share, number.confidence, f"{number.evidence}; {says}", sense.strength
        )
    if sense.entity:
        agreed = named(facts, sense, says)
        if agreed is not None:
            return replace(agreed, confidence=agreed.confidence * small)
    told = guess(facts, sense, called=called)
    if told is not None and told[0] == "ORGANIZATION" and told[1] < 0.75 and sense.entity == "PERSON":
        told = None
    if told is not None:
        if told[0] == "CITY" and _may_be_people(facts, sense):
            told = ("PERSON", facts.share("PERSON", 0.5), 0.6, "names by their words")
        return Evidence(told[0], told[1], told[2] * small, f"values: {told[3]}; {says}")
    return Evidence(None, 0.0, 0.8 if not sense.entity else 0.6, f"values: {facts.kind}; {says}")


def _may_be_people(facts: Facts, sense: KeySense) -> bool:
    """Say whether names of towns may be those of people, as surnames are, under the name of a person."""
    return sense.entity == "PERSON" and facts.mean("PERSON") >= 0.8 and facts.n_distinct >= 0.7 * facts.n
