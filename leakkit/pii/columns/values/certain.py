"""Values that few other things are: numbers of devices and accounts, diagnoses, links to databases."""

from __future__ import annotations

import re
from functools import cache

from stdnum import ean, imsi, luhn
from stdnum.exceptions import ValidationError

from leakkit.late import late
from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.words import listed
from leakkit.pii.detector import builtin_detectors, entities

_IMEI = re.compile(r"(?:01|35|86|99)\d{13}$")
_IMSI = re.compile(r"[2-7]\d{13,14}$")
_DATABASE = re.compile(
    r"(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse|snowflake"
    r"|cockroachdb|cassandra|ldaps?|sftp|smtps?)(?:\+\w{1,12})?://[^\s:/@]{0,60}:[^\s@]{1,200}@\S+$"
    r"|(?=.*\b(?:server|data source|host|accountname|endpoint)=)(?:.*;)?\s*"
    r"(?:password|pwd|accountkey|sharedaccesskey)=.+",
    re.I,
)
_CZECH = re.compile(r"(?:\d{1,6}-)?\d{6,10}/(?P<bank>\d{4})$")
_ACCOUNT = re.compile(
    r"\d{4}/\d{4,8}-[\dXx]$|\d{8}[- ]\d{8}[- ]\d{8}$|\d{4}([- ])\d{4}\1\d\d\1\d{10}$|\d\d(?: \d{4}){6}$"
    r"|\d{3}-\d{6}-\d\d-\d{3}$|\d{3}-\d{3} \d{6,9}$"
)
"""Accounts of Brazil, Hungary, Spain, Poland, Korea and Australia."""
_TWO_PARTS = re.compile(r"(?P<bank>\d{9}|\d\d-\d\d-\d\d)(?: ?[/:,|] ?| |-)(?P<account>\d{4,17})$")
_ICD = re.compile(r"[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?[*+†]?$")
_DOTTED = re.compile(r".{3}\.")
_OF_NO_VENDOR = frozenset({"API_KEY", "GENERIC_SECRET", "PASSWORD", "CONNECTION_STRING", "COOKIE"})
_PHRASE = late(
    r"(?:The|An) \S|A [a-z]|.{1,40} (?:of|the|with|without|for|from|in|on|at|is|are|made|mit|für|aus|zum|zur|ohne|avec|"
    r"pour|sans|para|senza) \S|[^\W\d_]+ (?:I{2,3}|IV|VI{1,3}|IX|XI{1,3})$"
)


@cache
def _vendors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the vendors with an entity of their own, with the forms in which detectors look for their tokens."""
    patterns: dict[str, list[str]] = {}
    for detector in builtin_detectors():
        own = entities()[detector.entity].family == "credential" and detector.entity not in _OF_NO_VENDOR
        if own and detector.needs == "nothing" and "(?P<value>" not in detector.pattern:
            patterns.setdefault(detector.entity, []).append(detector.pattern)
    return tuple((entity, re.compile(f"(?:{'|'.join(forms)})$")) for entity, forms in patterns.items())


def vendor_of(facts: Facts) -> str:
    """Give the entity of the vendor whose tokens nine of ten values are, API_KEY where there is none."""
    return next((entity for entity, form in _vendors() if facts.matching(form) >= 0.9), "API_KEY")


def certain(facts: Facts) -> Guess | None:
    """Tell values under a name that says nothing by forms and check digits that chance does not give."""
    share = facts.matching(_DATABASE)
    if share >= 0.8:
        return Guess("CONNECTION_STRING", share, 0.8, f"{share:.0%} lead to a database with its password")
    if facts.n_distinct < 5:
        return None
    for told in (_telephones_own, _accounts):
        if (found := told(facts)) is not None:
            return found
    return None


def _telephones_own(facts: Facts) -> Guess | None:
    """Numbers of telephones themselves and of the cards in them."""
    if facts.integer < 0.95 or not 14 <= facts.length <= 15.01 or facts.rising:
        return None
    values = facts.values
    own = sum(_IMEI.match(v) is not None and luhn.is_valid(v) for v in values) / len(values)
    if own >= 0.9:
        return Guess("IMEI", own, 0.75, f"{own:.0%} have the check digit and the beginning of an IMEI")
    known = sum(_is_subscriber(v) for v in values) / len(values)
    countries = {v[:3] for v in values}
    if known >= 0.95 and facts.n_distinct >= 8 and len(countries) <= max(3, len(values) // 4):
        return Guess("IMSI", known, 0.65, f"{known:.0%} begin with the codes of a country and its network")
    return None


def _is_subscriber(value: str) -> bool:
    """Say whether a number begins with the codes of a country and of a network in it."""
    try:
        return _IMSI.match(value) is not None and "cc" in imsi.info(value)
    except (ValueError, ValidationError):
        return False


def _accounts(facts: Facts) -> Guess | None:
    """Accounts written with the code of their bank."""
    share = max(facts.matching(_ACCOUNT), _behind_banks(facts))
    if share < 0.9:
        banks = [m["bank"] for v in facts.values if (m := _CZECH.match(v)) is not None]
        share = sum(bank in listed("bank_codes") for bank in banks) / len(facts.values)
    if share >= 0.9:
        return Guess("BANK_ACCOUNT", share, 0.7, f"{share:.0%} are written as accounts with a bank's code")
    return None


def _behind_banks(facts: Facts) -> float:
    """Give the share of accounts behind the number of their bank: American ones by its digit, British by its groups."""
    banks = [m["bank"] for value in facts.values if (m := _TWO_PARTS.match(value)) is not None]
    return sum("-" in bank or _is_routing(bank) for bank in banks) / len(facts.values)


def _is_routing(bank: str) -> bool:
    """Say whether nine digits have the check digit of an American bank and begin as one's number does."""
    weighed = sum(int(digit) * weight for digit, weight in zip(bank, (3, 7, 1) * 3, strict=True))
    return weighed % 10 == 0 and "00" < bank[:2] < "33"


def diagnoses(facts: Facts) -> Guess | None:
    """Tell diagnoses beside people by their codes in ICD-10 or by words for diseases."""
    if facts.n_distinct < 3:
        return None
    share = facts.matching(_ICD)
    if share >= 0.95 and facts.matching(_DOTTED) >= 0.2 and len({v[0] for v in facts.values}) >= 3:
        return Guess("DIAGNOSIS", share, 0.7, f"{share:.0%} are codes of ICD-10")
    stems = listed("disease_stems")
    share = sum(any(stem in v.casefold() for stem in stems) for v in facts.values) / len(facts.values)
    if share >= 0.6 and facts.length < 60:
        return Guess("DIAGNOSIS", share, 0.65, f"{share:.0%} name a disease")
    return None


def are_goods(facts: Facts) -> bool:
    """Say whether most values begin or end with the word for a thing that shops sell under a given name."""
    return facts.n_distinct >= 3 and sum(map(_is_good, facts.values)) >= 0.6 * len(facts.values)


@cache
def _is_good(value: str) -> bool:
    """Say whether the first or the last word is one for a thing."""
    words = value.casefold().split()
    return len(words) > 1 and (words[0] in listed("goods") or words[-1] in listed("goods"))


def are_phrases(facts: Facts) -> bool:
    """Say whether most values are phrases with an article or a small word inside, or makes with a numeral.

    ``The Page``, ``A lamp made of glass``, ``Ring of the Sea``, ``Viking II``.
    """
    held = sum(_PHRASE.match(value) is not None for value in facts.values)
    return facts.n_distinct >= 3 and held >= 0.5 * len(facts.values)


def are_article_numbers(facts: Facts) -> bool:
    """Say whether whole numbers of 13 digits all have the check digit of an article's number."""
    return (
        facts.n_distinct >= 8
        and 12.9 <= facts.length <= 13.1
        and sum(len(v) == 13 and ean.is_valid(v) for v in facts.values) >= 0.95 * len(facts.values)
    )
