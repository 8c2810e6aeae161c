"""What the columns beside a column say of it: where it says little alone, or its name is half a sign."""

from __future__ import annotations

import re

from leakkit.pii.columns.evidence import Column, Evidence, Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.written import DIGEST
from leakkit.pii.columns.named import names_people
from leakkit.pii.columns.values.beside_people import lives
from leakkit.pii.columns.values.certain import are_goods
from leakkit.pii.columns.values.guess import guess
from leakkit.pii.columns.words import listed
from leakkit.pii.folding import tokens_of
from leakkit.pii.lexicon import UNKNOWN
from leakkit.pii.numbered import people_named

_MEDICAL = frozenset({"DIAGNOSIS", "MEDICAL_ID", "MEDICAL_LICENSE", "UK_NHS"})
_LOGINS = frozenset({"EMAIL", "USERNAME", "PASSWORD", "PASSWORD_HASH"})
_BOTH = frozenset({"EMAIL", "USERNAME"})
_SESSIONS = frozenset({"sid", "sess", "session", "sessid", "sessionid", "phpsessid"})
_CHANCE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_\-]{16,128}$")
_SECRETS, _NARROW = frozenset({"PASSWORD", "GENERIC_SECRET"}), 6
_KEYS = frozenset({"AWS_ACCESS_KEY", "API_KEY"})
_DEVICES = frozenset(
    {"adv", "advertising", "adid", "idfa", "idfv", "gaid", "aaid", "oaid", "maid", "ifa", "device"}
)
_SECRET = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*[\d+/])[A-Za-z0-9/+]{40}$")
_PAID = frozenset({"ROUTING_NUMBER", "US_SSN", "TAX_ID", "NATIONAL_ID", "IBAN", "PERSON"})
_NUMBER_WORDS = frozenset({"no", "nr", "num", "number", "bank"})
_NUMBER = re.compile(r"(?=(?:.*\d){4})[A-Z0-9][A-Z0-9 ./\-]{3,19}$", re.I)
_ACCOUNT = re.compile(r"\d[\d -]{5,18}\d$")


def beside_streets(columns: list[Column]) -> None:
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
            and not are_goods(facts)
            and (column.name is None or facts.names.town >= 0.3)
        ):
            column.verdict = Evidence(
                "CITY", facts.share("CITY", 0.5), 0.6, "values: words right after streets"
            )


def among(column: Column, others: set[str], near: set[str]) -> Evidence:
    """Judge a column again that says little alone, knowing what stands beside it."""
    facts, sense, verdict = column.facts, column.sense, column.verdict
    people = others - {"GENDER", "POSTCODE"}
    if not facts.values or not people or facts.kind in ("yes/no", "free text"):
        return verdict
    beside = f"beside {', '.join(sorted(others)[:3])}"
    if sense.entity is not None:
        told = _as_named(facts, sense.entity)
        if told is None:
            return verdict
        share, confidence = told
        return Evidence(sense.entity, share, confidence, f"{verdict.evidence}; {beside}", sense.strength)
    called = column.name is not None
    found = lives(facts) if sense.strength >= 0.6 else guess(facts, sense, others, near, called=called)
    return verdict if found is None else Evidence(*found[:3], f"values: {found.reason}; {beside}")


def _as_named(facts: Facts, entity: str) -> tuple[float, float] | None:
    """Say whether values may be what their name says beside people, by how many, and how sure; None where not."""
    if entity == "PERSON" and facts.mean("PERSON") >= 0.4 and names_people(facts, 0.7):
        return facts.share("PERSON", 0.5), 0.7
    if entity == "USERNAME" and facts.mean("USERNAME") >= 0.5 and facts.numeric < 0.5:
        return None if facts.kind == "hexadecimal" else (facts.share("USERNAME", 0.5), 0.6)
    if entity == "LOCATION" and facts.names.town < 0.3:
        return None
    if entity == "STATE" and facts.share("STATE", 0.75) < 0.5:
        return None
    of_place = entity in ("STATE", "STREET_ADDRESS", "LOCATION")
    if of_place and not facts.few_words and facts.mean(entity) >= 0.47:
        return facts.share(entity, 0.45), 0.6
    return None


def told_by_neighbours(column: Column, held: set[str], near: set[str], width: int) -> Guess | None:
    """Tell what a column is whose name is half a sign, by what the other columns hold and those right beside it."""
    facts = column.facts
    if not facts.values:
        return None
    tokens = tokens_of(column.name or "")
    if "".join(tokens) in listed("hash_words"):
        tokens = ["".join(tokens)]
    words = {"".join(tokens)} if "".join(tokens) in listed("account_words") else set(tokens)
    if (staff := _staff(tokens, facts, held)) is not None:
        return staff
    if facts.kind == "uuid" and set(tokens) & _DEVICES:
        return Guess("DEVICE_ID", 1.0, 0.65, "unique identifiers under a word for a device")
    if held & _KEYS and facts.n_distinct >= 3 and facts.matching(_SECRET) >= 0.9:
        return Guess(
            "AWS_SECRET_KEY", facts.matching(_SECRET), 0.7, "secrets of 40 characters beside the keys"
        )
    if near & _SECRETS or (near & _LOGINS and (width <= _NARROW or held >= _BOTH)):
        found = _hashes(words, facts)
        if found is not None:
            return found
    for told in (_sessions, _members, _accounts, _users):
        if (found := told(words, facts, held)) is not None:
            return found
    return None


def _hashes(words: set[str], facts: Facts) -> Guess | None:
    """Digests beside logins, under the name of a digest."""
    if not words & listed("hash_words") or words & listed("file_words"):
        return None
    share = facts.matching(DIGEST)
    if share < 0.9 or len({len(v) for v in facts.values}) > 2:
        return None
    return Guess("PASSWORD_HASH", share, 0.7, "digests beside logins")


def _sessions(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Digits and letters of chance under a word for a session, where visits are logged."""
    if not words & _SESSIONS or not held & {"IP_ADDRESS", "URL"} or facts.n_distinct < max(3, 0.3 * facts.n):
        return None
    share = facts.matching(_CHANCE)
    return Guess("COOKIE", share, 0.6, "tokens of sessions beside visits") if share >= 0.9 else None


def _members(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers of members and records where diagnoses stand."""
    if not words & listed("member_words") or not held & _MEDICAL or facts.dates > 0.1 or facts.rising:
        return None
    share = facts.matching(_NUMBER)
    if share < 0.9 or facts.n_distinct < 0.5 * facts.n or facts.n_distinct < 3:
        return None
    return Guess("MEDICAL_ID", share, 0.6, "numbers of members or records beside diagnoses")


def _accounts(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers of accounts beside people and banks."""
    other = words - listed("account_words")
    if other == words or other - _NUMBER_WORDS or not held & _PAID:
        return None
    share = facts.matching(_ACCOUNT)
    if share < 0.9 or facts.n_distinct < 0.7 * facts.n or facts.rising or facts.dates > 0.1:
        return None
    return Guess("BANK_ACCOUNT", share, 0.6, "numbers of accounts beside people")


def _staff(tokens: list[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers under a mere word for people who work, beside names of people."""
    if people_named(tokens) != "EMPLOYEE_ID" or "PERSON" not in held or facts.dates > 0.1:
        return None
    share = facts.share("EMPLOYEE_ID", 0.7)
    if share < 0.95 or facts.n_distinct < max(5, 0.8 * facts.n) or not 3 <= facts.length <= 12:
        return None
    return Guess("EMPLOYEE_ID", share, 0.55, "numbers of people who work beside their names")


def _users(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Names of accounts under any name that speaks of somebody."""
    logins = max(facts.logins, facts.chosen)
    if facts.n_distinct < 4 or not words & listed("role_words") or logins < 0.8:
        return None
    return Guess("USERNAME", logins, 0.6, "names of accounts with names of people in them")
