"""Columns whose name tells an entity: whether their values may be that."""

from __future__ import annotations

import re

from leakkit.pii.columns.certain import are_goods
from leakkit.pii.columns.evidence import Evidence
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.words import listed
from leakkit.pii.keys import KeySense

_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{4,}|.*°|[NSEW]")
_NEEDS = {
    "PERSON": 0.45,
    "USERNAME": 0.55,
    "CITY": 0.5,
    "ORGANIZATION": 0.45,
    "STREET_ADDRESS": 0.45,
    "COUNTRY": 0.6,
    "STATE": 0.38,
    "NATIONALITY": 0.45,
    "LOCATION": 0.5,
    "POSTCODE": 0.5,
    "DATE_OF_BIRTH": 0.35,
    "AGE": 0.35,
    "CREDIT_CARD": 0.3,
    "GENERIC_SECRET": 0.45,
    "DIAGNOSIS": 0.5,
    "DEVICE_ID": 0.5,
}


def named(facts: Facts, sense: KeySense, says: str) -> Evidence | None:
    """Judge a column whose name tells an entity by whether its values may be that."""
    entity = sense.entity or ""
    if facts.kind == "yes/no" and entity not in ("GENDER", "PERSON"):
        return None
    if facts.kind == "yes/no" and entity == "PERSON":
        return None
    if (
        facts.kind == "free text"
        and entity
        not in (
            "STREET_ADDRESS",
            "DIAGNOSIS",
            "PRIVATE_KEY",
            "CRYPTO_KEY",
            "ORGANIZATION",
        )
        and facts.mean(entity) < 0.6
    ):
        return None
    if entity == "GENDER" and sense.strength >= 0.5 and _few_letters(facts):
        return Evidence(
            "GENDER", 1.0, round(sense.strength * 0.9, 3), f"{says}; values: few and short", sense.strength
        )
    entity = _finer(facts, entity, sense.strength)
    mean, needs = facts.mean(entity), _NEEDS.get(entity, 0.5)
    if facts.few_words and entity in ("STREET_ADDRESS", "ORGANIZATION", "PERSON", "STATE"):
        needs = 0.7
    if entity == "USERNAME" and sense.strength < 0.9 and facts.kind in ("hexadecimal", "uuid"):
        return None
    if entity == "COORDINATES" and facts.matching(_DEGREES) < 0.5:
        return None
    if entity == "PERSON" and sense.strength < 0.7:
        needs = max(needs, 0.6)
    elif entity == "LOCATION" and sense.strength < 0.7:
        needs = 0.7
    elif sense.strength < 0.45:
        needs = max(needs, 0.75)
    elif sense.strength < 0.7:
        needs += 0.1
    if mean < needs or (entity == "PERSON" and sense.strength < 0.8 and not names_people(facts)):
        return None
    share = facts.share(entity, 0.5 if mean < 0.75 else 0.6)
    confidence = min(0.97, sense.strength * (0.55 + 0.45 * mean) + 0.1 * mean)
    return Evidence(
        entity,
        round(share, 4),
        round(confidence, 3),
        f"{says}; values: {share:.0%} look like it",
        sense.strength,
    )


def _few_letters(facts: Facts) -> bool:
    """Say whether the values may be words or letters for genders in any language: few, short, without digits."""
    longest = 2 if facts.n < 4 else 14
    if facts.n_distinct > 5 and facts.n >= 40:
        held = sum(value.casefold() in listed("gender") or value in ("E", "N") for value in facts.filled)
        return held >= 0.9 * facts.n
    return facts.n_distinct <= 5 and all(
        len(v) <= longest and not any(c.isdigit() for c in v) and len(v.split()) == 1 for v in facts.values
    )


def names_people(facts: Facts, ease: float = 1.0) -> bool:
    """Say whether words speak for people where a name such as "name" may mean anything."""
    names = facts.names
    if are_goods(facts):
        return False
    if names.whole >= 0.35 * ease or (names.cjk >= 0.6 and facts.mean("PERSON") >= 0.7):
        return True
    if names.rare_given >= 0.4 * ease or names.surname - names.common >= 0.5 * ease:
        return True
    return (
        facts.mean("PERSON") >= 0.53
        and names.common < 0.1
        and names.known >= 0.3
        and facts.n_distinct >= min(facts.n, 4)
    )


def _finer(facts: Facts, entity: str, strength: float) -> str:
    """Correct an ambiguous name by what the values look most like."""
    if entity == "USERNAME" and facts.names.whole > 0.4:
        return "PERSON"
    if entity == "PERSON" and strength < 0.8 and facts.logins >= 0.8:
        return "USERNAME"
    if entity in ("LOCATION", "STREET_ADDRESS", "CITY", "STATE", "COUNTRY"):
        if entity != "COUNTRY" and facts.among("country") > 0.7:
            return "COUNTRY"
        if entity == "LOCATION":
            looks = {e: facts.mean(e) for e in ("CITY", "STREET_ADDRESS", "COORDINATES", "COUNTRY")}
            best = max(looks, key=lambda e: looks[e])
            known = (
                best != "CITY"
                or looks[best] > 0.8
                or facts.names.town >= 0.3
                or (facts.n_distinct > 12 and facts.names.common < 0.3)
            )
            return best if looks[best] >= 0.6 and known else entity
        if entity == "STREET_ADDRESS" and strength < 0.8 and facts.names.whole >= 0.5:
            return "PERSON" if not any(c.isdigit() for value in facts.values[:20] for c in value) else entity
        if (
            entity == "STREET_ADDRESS"
            and strength < 0.7
            and facts.mean("STREET_ADDRESS") < 0.6
            and facts.names.town > 0.6
        ):
            return "CITY"
    return entity
