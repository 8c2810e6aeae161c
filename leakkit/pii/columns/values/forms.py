"""Entities that values are by their own form: addresses of mail, keys, hashes, telephones, numbers of people."""

from __future__ import annotations

import re

from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.fit import fit
from leakkit.pii.columns.looks.written import DIGEST
from leakkit.pii.columns.values.certain import are_article_numbers, vendor_of
from leakkit.pii.columns.values.national import of_a_country
from leakkit.pii.lexicon import KeySense

SHORT = 80
_SPACED = frozenset({"IBAN", "CREDIT_CARD"})
"""What is written in groups that look like words."""
_SHAPED = re.compile(
    r"\(\d{3}\)\s?\d{3}[- ]?\d{4}|\+?\d{1,3}?[-. ]?\d{3}[-. ]\d{3}[-. ]\d{4}(?:x\d+)?$|0\d{1,5}[ /-]\d[\d /-]{4,12}$"
)
_DASHED_SSN = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$")
_LITERAL_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$")
_BARE_MAC = re.compile(r"(?:[0-9A-Fa-f]{12}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2})$")
_QUAD = re.compile(r"(\d{1,3})(?:\.\d{1,5}){3}$")
_FEWEST_QUADS, _LARGEST_RELEASE = 8, 32
"""So many addresses of machines all over the net do not all begin with so small a number."""
_SHORT_PLATE = re.compile(
    r"[A-Z]{2,3}[-· ][A-Z]{2}[-· ]?\d{2}$|[A-Z]{4}[-· ]\d{2}$|[A-Z]{2} \d{3} [A-Z]{2}$|[A-Z]{3} \d{3}$"
)
"""A plate of South America, where the word for it is that for a driving licence elsewhere (patente)."""
_CHASSIS = re.compile(r"(?=.*[A-Z].*[A-Z])(?=.*\d.*\d)[A-HJ-NPR-Z0-9]{17}$")
_TAXPAYER = re.compile(r"[A-Z]{5}\d{4}[A-Z]$")
"""A taxpayer's number of India, which has the name that the number of a card has (PAN)."""
_INDIAN_POST = re.compile(r"[1-9]\d{5}$")
"""A postcode of India, which has the name that the secret of a card has (PIN): never begins with 0."""
_CRYPTED = re.compile(r"\$(?:2[abxy]?|argon2\w*|5|6|1|apr1|pbkdf2[\w-]*|scrypt|y)\$|pbkdf2_\w+\$|\{SSHA\}")
_TOKEN = re.compile(
    r"(?:Bearer )?(?:AKIA|ASIA|ghp_|gho_|github_pat_|hf_|sk-|sk_live_|xox[abp]-|glpat-|eyJ[\w-]{8,}\.eyJ)"
)
_ANY_CODE = frozenset({"USERNAME", "PASSWORD"})
"""What words for a code may mean, too: ``clave``, ``user``."""
_CHAIN = re.compile(r"0x[0-9a-fA-F]{40}$|bc1[0-9a-z]{25,60}$|[13][1-9A-HJ-NP-Za-km-z]{25,34}$")
PLAIN = re.compile(r"(?=.{1,16}\Z)[A-Za-z_]+(?:-[A-Za-z_]+){0,3}-?\d{0,4}")
"""A word, with a small number at most: none of the forms below; the number itself tells nothing."""


def evident(facts: Facts) -> tuple[str | None, float]:
    """Give an entity that the values are by their own form, with their share."""
    if all(PLAIN.fullmatch(value) and not _TOKEN.match(value) for value in facts.values):
        return None, 0.0
    without = ("free text", "yes/no", "uuid")
    if facts.length > SHORT and facts.kind in without:
        return None, 0.0
    share, entity = max(_forms(facts), key=lambda f: f[0])
    if entity == "API_KEY" and share >= 0.9:
        entity = vendor_of(facts)
    fits = facts.kind not in without or (facts.kind == "free text" and entity in _SPACED)
    return (entity, share) if share >= 0.7 and fits else (None, 0.0)


def _forms(facts: Facts) -> list[tuple[float, str]]:
    """Give the share of the values that have the form of each of some entities, where a sign of it is seen."""
    signs, longest = "\n".join(facts.values), max(map(len, facts.values))
    found = []
    if "-" in signs or ":" in signs:
        found.append((_cards(facts), "MAC_ADDRESS"))
    if "$" in signs or "{" in signs:
        found.append((facts.matching(_CRYPTED), "PASSWORD_HASH"))
    found += [(facts.matching(_TOKEN), "API_KEY"), (facts.matching(_CHAIN), "CRYPTO_ADDRESS")]
    if "-" in signs:
        found.append((facts.matching(_DASHED_SSN), "US_SSN"))
    if "@" in signs:
        found.append((facts.share("EMAIL", 1.0), "EMAIL"))
    if "." in signs or ":" in signs:
        found.append((0.0 if _are_versions(facts) else facts.share("IP_ADDRESS", 1.0), "IP_ADDRESS"))
    if facts.n_distinct >= 3 and longest >= 17:
        found.append((facts.matching(_CHASSIS) - 0.05, "VIN"))
    if "://" in signs:
        found.append((facts.share("URL", 1.0), "URL"))
    if longest >= 14:
        found.append((facts.share("IBAN", 1.0), "IBAN"))
    if facts.n_distinct >= 3 and longest >= 12:
        found.append((facts.share("CREDIT_CARD", 1.0), "CREDIT_CARD"))
    found.append((_telephones(facts), "PHONE"))
    return found


def _are_versions(facts: Facts) -> bool:
    """Say whether four numbers are versions: all begin with small ones, and with more than one of them."""
    first = {int(m[1]) for value in facts.values if (m := _QUAD.match(value)) is not None}
    return facts.n_distinct >= _FEWEST_QUADS and len(first) > 1 and max(first) <= _LARGEST_RELEASE


def _cards(facts: Facts) -> float:
    """Give the share of addresses of network cards: where half have their joints, others may have none, or dots."""
    joined = facts.matching(_LITERAL_MAC)
    return joined + facts.matching(_BARE_MAC) if joined >= 0.5 else joined


def _telephones(facts: Facts) -> float:
    """Give the share of telephones where a plus or groups of digits show that they are; cards are none."""
    begun = sum(v.startswith(("+", "tel:", "00")) and fit("PHONE", v) > 0.6 for v in facts.values)
    plus = begun / len(facts.values)
    if facts.numeric >= 0.95 and plus <= 0.3:
        return 0.0
    shaped = facts.matching(_SHAPED)
    if shaped and facts.share("CREDIT_CARD", 0.3) >= 0.3:
        shaped = 0.0
    share = facts.share("PHONE", 0.6)
    return share if plus + shaped > 0.35 or (plus > 0.15 and share >= 0.95) else 0.0


def plainer(facts: Facts, sense: KeySense) -> KeySense:
    """Correct what a name says where two things have one name and the form of the values tells which it is."""
    if sense.entity == "DEVICE_ID" and facts.matching(_LITERAL_MAC) >= 0.9:
        return KeySense("MAC_ADDRESS", sense.strength)
    if sense.entity == "DRIVER_LICENSE" and facts.matching(_SHORT_PLATE) >= 0.9:
        return KeySense("LICENSE_PLATE", sense.strength)
    if sense.entity == "PASSWORD" and facts.n_distinct >= 3 and facts.matching(DIGEST) >= 0.8:
        return KeySense("PASSWORD_HASH", sense.strength)
    if sense.entity == "CREDIT_CARD" and facts.matching(_TAXPAYER) >= 0.8:
        return KeySense("TAX_ID", sense.strength)
    if (
        sense.entity == "CARD_SECURITY_CODE"
        and facts.n_distinct >= 40
        and facts.matching(_INDIAN_POST) >= 0.97
    ):
        return KeySense("POSTCODE", sense.strength)
    if sense.entity == "USERNAME" and facts.share("EMAIL", 1.0) >= 0.9:
        return KeySense("EMAIL", sense.strength)
    if sense.entity in _ANY_CODE and (told := of_a_country(facts)) and told.entity != "LICENSE_PLATE":
        return KeySense(told.entity, sense.strength)
    if sense.entity == "PHONE" and are_article_numbers(facts):
        return KeySense(None, sense.strength)
    return sense
