"""The verdict on columns: values that speak for themselves, names of columns, looks, and neighbours, weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from leakkit.pii.columns.beside import is_placeholder, told_by_neighbours
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.guess import guess, lives
from leakkit.pii.columns.ids import issued
from leakkit.pii.columns.looks import fit
from leakkit.pii.keys import UNKNOWN, KeySense, entity_of_key, others_of_key

PERSONAL = frozenset(
    "EMAIL PHONE DATE_OF_BIRTH US_SSN NATIONAL_ID PASSWORD PASSWORD_HASH CREDIT_CARD IBAN PERSON USERNAME PASSPORT "
    "STREET_ADDRESS POSTCODE GENDER DRIVER_LICENSE MEDICAL_ID EMPLOYEE_ID TAX_ID".split()
)
_SHAPED = re.compile(
    r"\(\d{3}\)\s?\d{3}[- ]?\d{4}|\+?\d{1,3}?[-. ]?\d{3}[-. ]\d{3}[-. ]\d{4}(?:x\d+)?$|0\d{1,5}[ /-]\d[\d /-]{4,12}$"
)
_DASHED_SSN = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$")
_LITERAL_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$")
_SHORT_PLATE = re.compile(
    r"[A-Z]{2,3}[-· ][A-Z]{2}[-· ]?\d{2}$|[A-Z]{4}[-· ]\d{2}$|[A-Z]{2} \d{3} [A-Z]{2}$|[A-Z]{3} \d{3}$"
)
"""A plate of South America, where the word for it is that for a driving licence elsewhere (patente)."""
_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{4,}|.*°|[NSEW]")
_CHASSIS = re.compile(r"(?=.*[A-Z].*[A-Z])(?=.*\d.*\d)[A-HJ-NPR-Z0-9]{17}$")
_CRYPTED = re.compile(r"\$(?:2[abxy]?|argon2\w*|5|6|1|apr1|pbkdf2[\w-]*|scrypt|y)\$|pbkdf2_\w+\$|\{SSHA\}")
_TOKEN = re.compile(
    r"(?:AKIA|ASIA|ghp_|gho_|github_pat_|hf_|sk-|sk_live_|xox[abp]-|glpat-|eyJ[\w-]{8,}\.eyJ)"
)
_PLAIN = re.compile(r"(?=.{1,16}\Z)[A-Za-z_]+(?:-[A-Za-z_]+){0,3}-?\d{0,4}")
"""A word, with a small number at most: none of the forms below; the number itself tells nothing."""
_MAIL = re.compile(r"[A-Za-z0-9.\u00c0-\u024f]{1,40}@(?:[a-z0-9\-]{1,40}\.){1,4}[a-z]{2,12}")
"""Which letters and digits an address has tells nothing, either."""
_FROM = re.compile(r"(?: [a-z]{2,12}){1,2} \d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?")
"""Where an address comes from, as logs have it after it."""
_DIGITS, _SHORT = str.maketrans("123456789", "0" * 9), 80
_CLASSES = str.maketrans("123456789" + ascii_lowercase + ascii_uppercase, "0" * 9 + "a" * 26 + "A" * 26)
_CHAIN = re.compile(r"0x[0-9a-fA-F]{40}$|bc1[0-9a-z]{25,60}$|[13][1-9A-HJ-NP-Za-km-z]{25,34}$")
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column holds, which share of its values, how sure, and why; `named` is the strength of its name."""

    entity: str | None
    share: float
    confidence: float
    evidence: str
    named: float = 0.0


@dataclass(slots=True)
class _Column:
    """A column while it is judged."""

    name: str | None
    facts: Facts
    sense: KeySense
    verdict: Evidence


def judge(
    names: Sequence[str | None], samples: Sequence[Sequence[str]], *, rules: bool = True
) -> list[Evidence]:
    """Give the verdict on each column of one table: first alone, then in the light of its neighbours.

    Without `rules` only columns that have no name are asked whose check digits they pass, which is slow.
    """
    if len(samples) == 1 and len(samples[0]) == 1 and len(value := samples[0][0]) <= _SHORT:
        if _PLAIN.fullmatch(value):
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
    for name, sample in zip(names, samples, strict=True):
        if name is not None and len(samples) > 1 and is_placeholder(name):
            name = None
        facts, sense = Facts(sample), UNKNOWN if name is None else entity_of_key(name)
        if sense.entity is not None and name is not None and (meant := others_of_key(name)):
            sense = _likelier(facts, sense, meant)
        columns.append(_Column(name, facts, sense, _alone(facts, sense, rules or name is None)))
    sure = [c.verdict.entity for c in columns if c.verdict.entity in PERSONAL and c.verdict.confidence >= 0.6]
    held = {c.verdict.entity or "" for c in columns if c.verdict.confidence >= 0.5}
    for place, column in enumerate(columns):
        if column.verdict.entity is None or column.verdict.confidence < 0.5:
            others = {str(entity) for entity in sure if entity}
            near = {c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column}
            column.verdict = _among(column, others, near)
        if column.verdict.entity is None:
            beside = {
                c.verdict.entity or "" for c in columns[max(0, place - 1) : place + 2] if c is not column
            }
            told = told_by_neighbours(column.name or "", column.facts, held, beside, len(columns))
            if told is not None:
                column.verdict = Evidence(told[0], told[1], told[2], f"values: {told[3]}")
    _beside_streets(columns)
    return [column.verdict for column in columns]


def _likelier(facts: Facts, sense: KeySense, others: tuple[str, ...]) -> KeySense:
    """Choose between the entities of an ambiguous name by which the values look more like."""
    if not facts.values:
        return sense
    best = max(others, key=facts.mean)
    return (
        KeySense(best, sense.strength) if facts.mean(best) > facts.mean(str(sense.entity)) + 0.05 else sense
    )


def _beside_streets(columns: list[_Column]) -> None:
    """Take words beside a column of streets for towns where no column has a name."""
    for street, column in zip(columns, columns[1:], strict=False):
        facts = column.facts
        if street.verdict.entity != "STREET_ADDRESS" or street.sense != UNKNOWN or column.sense != UNKNOWN:
            continue
        told = column.verdict.entity
        if (
            (told is None or (told == "PERSON" and column.verdict.confidence < 0.75))
            and facts.mean("CITY") >= 0.55
            and facts.kind in ("text", "enumeration")
            and facts.length < 30
            and facts.integer < 0.1
        ):
            column.verdict = Evidence(
                "CITY", facts.share("CITY", 0.5), 0.6, "values: words right after streets"
            )


def _evident(facts: Facts) -> tuple[str | None, float]:
    """Give an entity that the values are by their own form, with their share."""
    if all(_PLAIN.fullmatch(value) and not _TOKEN.match(value) for value in facts.values):
        return None, 0.0
    without = ("free text", "yes/no", "uuid")
    if facts.length > _SHORT and facts.kind in without:
        return None, 0.0
    share, entity = max(_forms(facts), key=lambda f: f[0])
    return (entity, share) if share >= 0.7 and facts.kind not in without else (None, 0.0)


def _forms(facts: Facts) -> list[tuple[float, str]]:
    """Give the share of the values that have the form of each of some entities, where a sign of it is seen."""
    signs, longest = "\n".join(facts.values), max(map(len, facts.values))
    found = []
    if "-" in signs or ":" in signs:
        found.append((facts.matching(_LITERAL_MAC), "MAC_ADDRESS"))
    if "$" in signs or "{" in signs:
        found.append((facts.matching(_CRYPTED), "PASSWORD_HASH"))
    found += [(facts.matching(_TOKEN), "API_KEY"), (facts.matching(_CHAIN), "CRYPTO_ADDRESS")]
    if "-" in signs:
        found.append((facts.matching(_DASHED_SSN), "US_SSN"))
    if "@" in signs:
        found.append((facts.share("EMAIL", 1.0), "EMAIL"))
    if "." in signs or ":" in signs:
        found.append((facts.share("IP_ADDRESS", 1.0), "IP_ADDRESS"))
    if facts.n_distinct >= 3 and longest >= 17:
        found.append((facts.matching(_CHASSIS) - 0.05, "VIN"))
    if "://" in signs:
        found.append((facts.share("URL", 1.0), "URL"))
    if longest >= 14:
        found.append((facts.share("IBAN", 1.0), "IBAN"))
    if facts.n_distinct >= 3 and longest >= 12:
        found.append((facts.share("CREDIT_CARD", 1.0), "CREDIT_CARD"))
    plus = sum(v.startswith(("+", "tel:", "00")) and fit("PHONE", v) > 0.6 for v in facts.values) / len(
        facts.values
    )
    if facts.numeric < 0.95 or plus > 0.3:
        shaped = facts.matching(_SHAPED)
        if shaped and facts.share("CREDIT_CARD", 0.3) >= 0.3:
            shaped = 0.0
        found.append((facts.share("PHONE", 0.6) if plus + shaped > 0.35 else 0.0, "PHONE"))
    return found


def _alone(facts: Facts, sense: KeySense, rules: bool) -> Evidence:
    """Judge a column by its values and its name."""
    if not facts.values:
        return Evidence(None, 0.0, 0.5 if sense.entity else 0.9, "no values")
    sense = _plainer(facts, sense)
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
    entity, share = _evident(facts)
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
        named = _named(facts, sense, says)
        if named is not None:
            return replace(named, confidence=named.confidence * small)
    told = guess(facts, sense)
    if told is not None:
        return Evidence(told[0], told[1], told[2] * small, f"values: {told[3]}; {says}")
    return Evidence(None, 0.0, 0.8 if not sense.entity else 0.6, f"values: {facts.kind}; {says}")


def _plainer(facts: Facts, sense: KeySense) -> KeySense:
    """Correct what a name says where two things have one name and the form of the values tells which it is."""
    if sense.entity == "DEVICE_ID" and facts.matching(_LITERAL_MAC) >= 0.9:
        return KeySense("MAC_ADDRESS", sense.strength)
    if sense.entity == "DRIVER_LICENSE" and facts.matching(_SHORT_PLATE) >= 0.9:
        return KeySense("LICENSE_PLATE", sense.strength)
    if sense.entity == "USERNAME" and facts.share("EMAIL", 1.0) >= 0.9:
        return KeySense("EMAIL", sense.strength)
    return sense


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


def _named(facts: Facts, sense: KeySense, says: str) -> Evidence | None:
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
    if mean < needs or (entity == "PERSON" and sense.strength < 0.8 and not _names_people(facts)):
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
    return facts.n_distinct <= 5 and all(
        len(v) <= longest and not any(c.isdigit() for c in v) and len(v.split()) == 1 for v in facts.values
    )


def _names_people(facts: Facts, ease: float = 1.0) -> bool:
    """Say whether words speak for people where a name such as "name" may mean anything."""
    names = facts.names
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
        if (
            entity == "STREET_ADDRESS"
            and strength < 0.7
            and facts.mean("STREET_ADDRESS") < 0.6
            and facts.names.town > 0.6
        ):
            return "CITY"
    return entity


def _among(column: _Column, others: set[str], near: set[str]) -> Evidence:
    """Judge a column again that says little alone, knowing what stands beside it."""
    facts, sense, verdict = column.facts, column.sense, column.verdict
    people = len(others - {"GENDER", "POSTCODE"})
    if not facts.values or not people or facts.kind in ("yes/no", "free text"):
        return verdict
    beside = f"beside {', '.join(sorted(others)[:3])}"
    if sense.entity == "PERSON" and facts.mean("PERSON") >= 0.4 and _names_people(facts, 0.7):
        return Evidence(
            "PERSON", facts.share("PERSON", 0.5), 0.7, f"{verdict.evidence}; {beside}", sense.strength
        )
    if sense.entity == "LOCATION" and facts.names.town < 0.3:
        return verdict
    if sense.entity == "STATE" and facts.share("STATE", 0.75) < 0.5:
        return verdict
    if (
        sense.entity in ("STATE", "STREET_ADDRESS", "LOCATION")
        and not facts.few_words
        and facts.mean(sense.entity) >= 0.47
    ):
        return Evidence(
            sense.entity,
            facts.share(sense.entity, 0.45),
            0.6,
            f"{verdict.evidence}; {beside}",
            sense.strength,
        )
    if sense.entity == "USERNAME" and facts.mean("USERNAME") >= 0.5 and facts.numeric < 0.5:
        return Evidence(
            "USERNAME", facts.share("USERNAME", 0.5), 0.6, f"{verdict.evidence}; {beside}", sense.strength
        )
    if sense.entity is None and sense.strength >= 0.6 and (births := lives(facts)) is not None:
        return Evidence(births[0], births[1], births[2], f"values: {births[3]}; {beside}")
    if sense.entity is None and sense.strength < 0.6:
        told = guess(facts, sense, others, near)
        if told is not None:
            return Evidence(told[0], told[1], told[2], f"values: {told[3]}; {beside}")
    return verdict
