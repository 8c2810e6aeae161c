"""What a column holds whose name tells nothing: names, towns, countries, streets, births, by words and spread."""

from __future__ import annotations

import re
from contextlib import suppress

from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.names import SHIP
from leakkit.pii.columns.values.beside_people import are_known, beside_people
from leakkit.pii.columns.values.certain import are_article_numbers, are_goods, are_phrases, certain
from leakkit.pii.columns.values.marked import (
    INITIALS,
    are_salutations,
    begin_alike,
    handles,
    is_of_makes,
    share_of_titled,
    titled,
)
from leakkit.pii.columns.values.national import of_a_country
from leakkit.pii.lexicon import KeySense

_MONTHS = (
    "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?"
    "|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_EPOCHS = frozenset({"15", "16", "17", "18"})
_STREET = re.compile(r".*(?:\d|[路街巷道弄].{0,6}[座号號室楼])")
_PARTNERED = re.compile(r"[^\W\d_a-z][^\W\d_]+-[^\W\d_a-z][^\W\d_]+$")
_SPAN = re.compile(rf"(?:(?:{_MONTHS})[ –/.-]{{0,3}}){{1,2}}$", re.I)
"""A month or a span of them."""
_KNOWN = 0.85
"""Share of values of a few words that hold a known name, from which on they are people's."""

_NAMES = frozenset({"PERSON", "CITY"})
_PAIR = re.compile(r"[(\[]?-?\d{1,2}\.\d{3,}(?:\s?[,;|/]\s?| )-?\d{1,3}\.\d{3,}[)\]]?$")


def guess(
    facts: Facts,
    sense: KeySense,
    others: set[str] | None = None,
    near: set[str] | None = None,
    *,
    called: bool = False,
) -> Guess | None:
    """Give entity, share, confidence and reason; None where the values say too little.

    A name that speaks of no personal data asks for more; `others` are entities beside it, which make
    people likely, `near` those of the columns right beside it. `called` says that the column has a name,
    which would speak of a postcode or of people if it held them: weak signs of these do not count.
    """
    if not facts.values or facts.kind in ("yes/no", "uuid", "hexadecimal", "timestamp"):
        return None
    denied = sense.entity is None and sense.strength >= 0.6
    if facts.kind == "free text":
        return _street(facts, denied) if facts.length < 90 else None
    if not denied and (sign := certain(facts)) is not None:
        return sign
    tries = (_people, titled, _gender, _places, _street, _organisations, _mobiles, handles)
    found = [told for test in tries if (told := test(facts, denied)) is not None]
    if not denied and (number := of_a_country(facts)) is not None:
        found.append(number)
    if others and not denied:
        found += beside_people(facts, others, near or set())
    if called or any(told.entity in _NAMES for told in found):
        found = [told for told in found if not _is_weak(facts, told, called)]
    return max(found, key=lambda told: told.confidence) if found else None


def _is_weak(facts: Facts, told: Guess, called: bool) -> bool:
    """Say whether a guess is of what a name would say, or of people and towns where makes of things stand."""
    entity = told.entity
    if entity in _NAMES and (
        is_of_makes(facts) or are_goods(facts) or are_phrases(facts) or _are_ships_or_months(facts)
    ):
        return True
    if entity == "PERSON" and begin_alike(facts):
        return True
    if called and entity == "PERSON" and facts.n >= 20 and facts.n_distinct < min(0.25 * facts.n, 12):
        return facts.names.whole < 0.75 and share_of_titled(facts) < 0.6 and facts.matching(INITIALS) < 0.9
    if called and entity == "POSTCODE" and facts.integer >= 0.95:
        return not any(value.startswith("0") for value in facts.values)
    return False


def _are_ships_or_months(facts: Facts) -> bool:
    """Say whether most values are ships or months, which have names of people and towns."""
    return facts.matching(SHIP) >= 0.5 or facts.matching(_SPAN) >= 0.9


def _people(facts: Facts, denied: bool) -> Guess | None:
    """Whole names, or given names alone."""
    if facts.n_distinct < 2:
        return None
    names, least = facts.names, 0.75 if denied else 0.45
    few_places = facts.n_distinct < 0.1 * facts.n and names.town >= names.whole
    if names.whole >= least and not few_places and facts.share("ORGANIZATION", 0.9) < 0.2:
        told = f"{names.whole:.0%} hold a known given name and surname"
        return Guess("PERSON", names.whole, 0.6 + 0.3 * names.whole, told)
    if denied or facts.n_distinct < 3 or facts.kind == "enumeration":
        return None
    if are_known(facts, _KNOWN):
        return Guess("PERSON", names.known, 0.62, f"{names.known:.0%} hold a known name")
    if names.given >= 0.6 and names.given > names.town * 1.1 and names.plain < 0.2:
        told = f"{names.given:.0%} are known given names"
        return Guess("PERSON", names.given, 0.45 + 0.3 * names.given, told)
    return None


def _gender(facts: Facts, denied: bool) -> Guess | None:
    """Words for genders."""
    if are_salutations(facts):
        return Guess("GENDER", 1.0, 0.6, "forms of address for women and men")
    share = facts.among("gender_sure")
    if 2 <= facts.n_distinct <= 12 and facts.rows_among("gender_sure") >= 0.9 and share >= 0.3:
        return Guess("GENDER", facts.rows_among("gender_sure"), 0.75, "words for genders")
    if share >= 0.6 and 2 <= facts.n_distinct <= 8 and facts.among("gender") >= 0.8:
        return Guess("GENDER", share, 0.8, "words for genders")
    return None


def _places(facts: Facts, denied: bool) -> Guess | None:
    """Countries by name or code, states, towns."""
    if facts.n_distinct < 2:
        return None
    countries = max(facts.among("country"), facts.share("COUNTRY", 0.9) if facts.length > 3.5 else 0.0)
    if countries >= 0.75 and not denied:
        return Guess("COUNTRY", countries, 0.6 + 0.3 * countries, f"{countries:.0%} are countries")
    states = facts.among("state")
    if states >= 0.75 and facts.n_distinct >= 3:
        return Guess("STATE", states, 0.6 + 0.25 * states, f"{states:.0%} are states")
    if denied:
        return None
    codes = facts.codes("country_codes")
    if (
        codes >= 0.9
        and facts.n_distinct >= 4
        and facts.codes("state_codes") < 0.8
        and facts.codes("currency_codes") < 0.5
    ):
        return Guess("COUNTRY", codes, 0.6, f"{codes:.0%} are codes of countries")
    names = facts.names
    if (
        names.town >= 0.75
        and names.town > max(names.given, names.surname) * 1.15
        and facts.n_distinct >= 4
        and names.plain < 0.2
    ):
        return Guess("CITY", names.town, 0.4 + 0.3 * names.town, f"{names.town:.0%} are known towns")
    return None


def _street(facts: Facts, denied: bool) -> Guess | None:
    """Streets with numbers."""
    share = facts.share("STREET_ADDRESS", 0.9)
    if share >= (0.75 if denied else 0.5) and facts.matching(_STREET) >= 0.5 and facts.dates < 0.1:
        return Guess("STREET_ADDRESS", share, 0.5 + 0.4 * share, f"{share:.0%} name a street")
    if not denied and facts.matching(_PAIR) > 0.8:
        return Guess("COORDINATES", 1.0, 0.8, "pairs of degrees")
    return None


def _organisations(facts: Facts, denied: bool) -> Guess | None:
    """Firms by their legal form."""
    if facts.n_distinct < 2:
        return None
    share = facts.share("ORGANIZATION", 0.9)
    if denied and 0.4 <= share < 0.7 and share + facts.matching(_PARTNERED) >= 0.85:
        return Guess("ORGANIZATION", share, 0.6, f"{share:.0%} have a legal form, others join two names")
    if share >= (0.7 if denied else 0.4) and facts.dates < 0.1:
        return Guess(
            "ORGANIZATION", share, 0.5 + 0.35 * share, f"{share:.0%} have a legal form or the word of one"
        )
    return None


def _mobiles(facts: Facts, denied: bool) -> Guess | None:
    """Numbers of mobiles with the code of the country and no plus."""
    if (
        denied
        or facts.n_distinct < 5
        or facts.integer < 0.95
        or not 11 <= facts.length <= 13.2
        or facts.rising
        or are_article_numbers(facts)
    ):
        return None
    values = facts.values[:: max(1, len(facts.values) // 40)]
    if len({value[:3] for value in values}) > max(3, len(values) // 4) or any(
        v[:2] in _EPOCHS for v in values
    ):
        return None
    from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse

    mobile = 0
    for value in values:
        with suppress(NumberParseException):
            mobile += number_type(parse("+" + value, None)) == PhoneNumberType.MOBILE
    share = mobile / len(values)
    if share < 0.9:
        return None
    return Guess("PHONE", share, 0.5 + 0.2 * share, "valid numbers of mobiles without plus")
