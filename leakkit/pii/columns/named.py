"""Columns whose name tells an entity: whether their values may be that."""

from __future__ import annotations

import re

from leakkit.pii.columns.evidence import Evidence
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.names import SHIP
from leakkit.pii.columns.values.certain import are_goods, are_phrases
from leakkit.pii.columns.values.marked import INITIALS, share_of_titled
from leakkit.pii.columns.values.provinces import provinces, towns
from leakkit.pii.columns.words import listed
from leakkit.pii.lexicon import KeySense

_CHANCE = re.compile(r"(?=.*[a-z].*[a-z])(?=.*[A-Z].*[A-Z])(?=.*\d)\S{12,64}$")
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
_MANY_NAMES, _BY_VALUES = 8, 0.5
"""Different names that speak for people, and how sure a column of them is whatever it is called."""

_OF_PLACES = frozenset({"LOCATION", "STREET_ADDRESS", "CITY", "STATE", "COUNTRY"})
_OF_FIRMS, _ALONE = 0.3, 0.6
"""Share of names that must differ in a column called after firms, as customers of a shop come again; and of those that
must be but names: "Autohaus Peter Koch" and "Ann Lee Photography" are firms.
"""

_PERHAPS_LOGINS = frozenset({"PERSON", "BANK_ACCOUNT"})
"""What columns are called that may hold logins: ``owner``, ``konto``."""

_NUMBERED_LOGIN = re.compile(r"[a-z]{3,}(?:\d{1,3}|[._][a-z]{2,}\d{0,3})$")
_OF_MANY_WORDS = frozenset({"STREET_ADDRESS", "DIAGNOSIS", "PRIVATE_KEY", "CRYPTO_KEY", "ORGANIZATION"})


def named(facts: Facts, sense: KeySense, says: str) -> Evidence | None:
    """Judge a column whose name tells an entity by whether its values may be that."""
    entity, strength = sense.entity or "", sense.strength
    if _is_of_other_kind(facts, entity):
        return None
    if entity == "GENDER" and strength >= 0.5 and _few_letters(facts):
        confidence = round(strength * 0.9, 3)
        return Evidence("GENDER", 1.0, confidence, f"{says}; values: few and short", strength)
    entity = _finer(facts, entity, strength)
    if entity == "USERNAME" and strength < 0.9 and facts.kind in ("hexadecimal", "uuid"):
        return None
    if entity == "COORDINATES" and facts.matching(_DEGREES) < 0.5:
        return None
    if entity == "USERNAME" and strength < 0.9 and _are_given_out(facts):
        return None
    if entity == "COUNTRY" and _are_languages(facts):
        return None
    if entity == "DATE_OF_BIRTH" and _are_stamps(facts):
        return None
    mean = facts.mean(entity)
    if entity == "USERNAME" and facts.n_distinct >= 5:
        mean = min(1.0, mean + 0.8 * facts.share("EMAIL", 1.0))
    if mean < _needed(facts, entity, strength):
        return None
    if entity == "PERSON" and strength < 0.8 and not names_people(facts):
        return None
    share = round(facts.share(entity, 0.5 if mean < 0.75 else 0.6), 4)
    confidence = min(0.97, strength * (0.55 + 0.45 * mean) + 0.1 * mean)
    if entity == "PERSON" and facts.n_distinct >= _MANY_NAMES:
        confidence = max(confidence, _BY_VALUES)
    return Evidence(
        entity, share, round(confidence, 3), f"{says}; values: {share:.0%} look like it", strength
    )


def _is_of_other_kind(facts: Facts, entity: str) -> bool:
    """Say whether the values are answers or free text where the entity is not written so."""
    if facts.kind == "yes/no":
        return entity != "GENDER"
    return facts.kind == "free text" and entity not in _OF_MANY_WORDS and facts.mean(entity) < 0.6


def _needed(facts: Facts, entity: str, strength: float) -> float:
    """Give how well the values must look like an entity: the less the name says, the better."""
    needs = _NEEDS.get(entity, 0.5)
    if facts.few_words and entity in ("STREET_ADDRESS", "ORGANIZATION", "PERSON", "STATE"):
        needs = 0.7
    if strength >= 0.7:
        return needs
    if entity == "PERSON":
        return max(needs, 0.6)
    if entity == "LOCATION":
        return 0.7
    return max(needs, 0.75) if strength < 0.45 else needs + 0.1


def _are_stamps(facts: Facts) -> bool:
    """Say whether most dates have a time of day and all lie in this century, as nobody's births do."""
    return facts.n_distinct >= 5 and facts.clocks > 0.5 and bool(facts.years) and facts.years[0] >= 2000


def _are_given_out(facts: Facts) -> bool:
    """Say whether values are chance letters and digits of one length, as machines give out and nobody chooses."""
    return (
        facts.n_distinct >= 5
        and max(map(len, facts.values)) - min(map(len, facts.values)) <= 1
        and facts.matching(_CHANCE) >= 0.8
    )


def _are_languages(facts: Facts) -> bool:
    """Say whether values are codes of languages in small letters, some of which are no country's."""
    return facts.codes("language_codes") >= 0.95 and sum(
        value.upper() not in listed("country_codes")
        or value in ("ja", "en", "zh", "da", "sv", "cs", "uk", "el")
        for value in facts.values
    ) >= min(2, facts.n_distinct)


def _few_letters(facts: Facts) -> bool:
    """Say whether the values may be words or letters for genders in any language: few, short, without digits."""
    longest = 2 if facts.n < 4 else 14
    if facts.n_distinct > 5 and facts.n >= 40:
        held = sum(value.casefold() in listed("gender") for value in facts.filled)
        return held >= 0.9 * facts.n
    return facts.n_distinct <= 5 and all(
        len(v) <= longest and not any(c.isdigit() for c in v) and len(v.split()) == 1 for v in facts.values
    )


def names_people(facts: Facts, ease: float = 1.0) -> bool:
    """Say whether words speak for people where a name such as "name" may mean anything."""
    names = facts.names
    if are_goods(facts) or are_phrases(facts) or facts.matching(SHIP) >= 0.5:
        return False
    if facts.n_distinct >= 2 and (share_of_titled(facts) >= 0.6 or facts.matching(INITIALS) >= 0.9):
        return True
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


def _are_towns(facts: Facts) -> bool:
    """Say whether most values are towns and few are provinces of one country or streets."""
    if facts.share("STREET_ADDRESS", 0.7) > 0.1 or facts.words > 3:
        return False
    return towns(facts) >= 0.7 and provinces(facts)[0] < 0.5


def _are_people(facts: Facts, differ: float = 0.7) -> bool:
    """Say whether nearly all values are whole names of people, and such a share of them different ones."""
    return (
        facts.names.whole >= 0.8
        and facts.n_distinct >= max(8, differ * facts.n)
        and facts.words < 4
        and facts.share("STREET_ADDRESS", 0.7) < 0.1
        and facts.share("ORGANIZATION", 0.9) < 0.1
    )


def _finer(facts: Facts, entity: str, strength: float) -> str:
    """Correct an ambiguous name by what the values look most like."""
    if entity == "USERNAME" and facts.names.whole > 0.4:
        return "PERSON"
    if entity in _PERHAPS_LOGINS and strength < 0.8 and max(facts.logins, facts.chosen) >= 0.8:
        return "USERNAME"
    if entity == "BANK_ACCOUNT" and facts.matching(_NUMBERED_LOGIN) >= 0.8:
        return "USERNAME"
    if entity in _OF_PLACES and _are_people(facts):
        return "PERSON"
    if entity == "ORGANIZATION" and facts.names.alone >= _ALONE and _are_people(facts, _OF_FIRMS):
        return "PERSON"
    if entity in ("STATE", "STREET_ADDRESS") and facts.n_distinct >= 5 and _are_towns(facts):
        return "CITY"
    if entity in ("LOCATION", "STREET_ADDRESS", "CITY", "STATE") and facts.among("country") > 0.7:
        return "COUNTRY"
    if entity == "LOCATION":
        return _finer_place(facts)
    if entity == "STREET_ADDRESS" and strength < 0.8 and facts.names.whole >= 0.5:
        return entity if any(c.isdigit() for value in facts.values[:20] for c in value) else "PERSON"
    if entity == "STREET_ADDRESS" and strength < 0.7 and facts.mean(entity) < 0.6 and facts.names.town > 0.6:
        return "CITY"
    return entity


def _finer_place(facts: Facts) -> str:
    """Say which kind of place the values look most like; towns only where some are known or most differ."""
    looks = {e: facts.mean(e) for e in ("CITY", "STREET_ADDRESS", "COORDINATES", "COUNTRY")}
    best = max(looks, key=lambda e: looks[e])
    differ = facts.n_distinct > 12 and facts.names.common < 0.3
    known = best != "CITY" or looks[best] > 0.8 or facts.names.town >= 0.3 or differ
    return best if looks[best] >= 0.6 and known else "LOCATION"
