"""What a column holds whose name tells nothing: names, towns, countries, streets, births, by words and spread."""

from __future__ import annotations

import re

from leakkit.pii.columns.certain import are_article_numbers, are_goods, certain, diagnoses
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.marked import grouped, handles, houses, is_of_makes, titled
from leakkit.pii.columns.national import of_a_country
from leakkit.pii.columns.words import listed
from leakkit.pii.columns.written import CJK
from leakkit.pii.keys import KeySense

Guess = tuple[str, float, float, str]

_LETTER_POSTCODE = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$|[A-Z]\d[A-Z]\s?\d[A-Z]\d$|\d{4}\s?[A-Z]{2}$|\d{2}-\d{3}$"
    r"|\d{5}-\d{3,4}$|\d{3} \d{2}$"
)
_DIGIT_POSTCODE = re.compile(r"\d{4,6}$")
_PLATES = re.compile(
    r"[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}$|[A-Z]{2}\d\d ?[A-Z]{3}$|[A-Z]{3}-?\d[A-Z\d]\d\d$"
    r"|\d{4} ?[BCDFGHJKLMNPRSTVWXYZ]{3}$"
    r"|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?$|[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3}$|\d\d [A-Z]{1,3} \d{2,5}$"
    r"|[A-Z]{2}[ -]?\d\d[ -][A-Z]{1,2}[ -]?\d{4}$|[A-Z]{3}[ -]\d{3}$|[A-ZА-Я]{2} ?\d{4} ?[A-ZА-Я]{2}$"
)
"""Plates of eleven countries and of the North."""
_NATIONAL_PHONE = re.compile(r"0\d{8,11}$|1[3-9]\d{9}$|[6-9]\d{9}$|[679]\d{8}$")
_EPOCHS = frozenset({"15", "16", "17", "18"})
_GENDERS = [
    set(letters)
    for letters in ("mf", "mw", "mwd", "mfx", "mk", "mž", "hf", "hm", "mn", "mv", "жм", "fmo", "fmu")
]
_STREET = re.compile(r".*\d")
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
        found += [
            told
            for beside in _BESIDE
            if (told := beside(facts, others if beside is not _postcodes else near or set()))
        ]
    if called or any(told[0] in _NAMES for told in found):
        found = [told for told in found if not _is_weak(facts, told, called)]
    return max(found, key=lambda told: told[2]) if found else None


def _is_weak(facts: Facts, told: Guess, called: bool) -> bool:
    """Say whether a guess is of what a name would say, or of people and towns where makes of things stand."""
    entity = told[0]
    if entity in _NAMES and (is_of_makes(facts) or are_goods(facts)):
        return True
    if called and entity == "PERSON" and facts.n >= 20 and facts.n_distinct < min(0.25 * facts.n, 12):
        return facts.names.whole < 0.75
    if called and entity == "POSTCODE" and facts.integer >= 0.95:
        return not any(value.startswith("0") for value in facts.values)
    return False


def _people(facts: Facts, denied: bool) -> Guess | None:
    """Whole names, or given names alone."""
    if facts.n_distinct < 2:
        return None
    names, least = facts.names, 0.75 if denied else 0.45
    few_places = facts.n_distinct < 0.1 * facts.n and names.town >= names.whole
    if (
        names.whole >= least
        and facts.n_distinct >= 2
        and not few_places
        and facts.share("ORGANIZATION", 0.9) < 0.2
    ):
        return (
            "PERSON",
            names.whole,
            0.6 + 0.3 * names.whole,
            f"{names.whole:.0%} hold a known given name and surname",
        )
    if denied or facts.n_distinct < 3 or facts.kind == "enumeration":
        return None
    if (
        names.known >= 0.85
        and facts.mean("PERSON") >= 0.85
        and 1.8 <= facts.words <= 4
        and names.common < 0.15
        and names.town < 0.5
        and facts.n_distinct >= 0.7 * facts.n
        and facts.share("ORGANIZATION", 0.9) < 0.1
        and facts.share("STREET_ADDRESS", 0.7) < 0.1
    ):
        return "PERSON", names.known, 0.62, f"{names.known:.0%} hold a known name"
    if names.given >= 0.6 and names.given > names.town * 1.1 and names.plain < 0.2:
        return "PERSON", names.given, 0.45 + 0.3 * names.given, f"{names.given:.0%} are known given names"
    return None


def _gender(facts: Facts, denied: bool) -> Guess | None:
    """Words for genders."""
    if facts.n_distinct < 2:
        return None
    share = facts.among("gender_sure")
    if share >= 0.6 and 2 <= facts.n_distinct <= 8 and facts.among("gender") >= 0.8:
        return "GENDER", share, 0.8, "words for genders"
    return None


def _places(facts: Facts, denied: bool) -> Guess | None:
    """Countries by name or code, states, towns."""
    if facts.n_distinct < 2:
        return None
    countries = max(facts.among("country"), facts.share("COUNTRY", 0.9) if facts.length > 3.5 else 0.0)
    if countries >= 0.75 and facts.n_distinct >= 2 and not denied:
        return "COUNTRY", countries, 0.6 + 0.3 * countries, f"{countries:.0%} are countries"
    states = facts.among("state")
    if states >= 0.75 and facts.n_distinct >= 3:
        return "STATE", states, 0.6 + 0.25 * states, f"{states:.0%} are states"
    if denied:
        return None
    codes = facts.codes("country_codes")
    if (
        codes >= 0.9
        and facts.n_distinct >= 4
        and facts.codes("state_codes") < 0.8
        and facts.codes("currency_codes") < 0.5
    ):
        return "COUNTRY", codes, 0.6, f"{codes:.0%} are codes of countries"
    names = facts.names
    if (
        names.town >= 0.75
        and names.town > max(names.given, names.surname) * 1.15
        and facts.n_distinct >= 4
        and names.plain < 0.2
    ):
        return "CITY", names.town, 0.4 + 0.3 * names.town, f"{names.town:.0%} are known towns"
    return None


def _street(facts: Facts, denied: bool) -> Guess | None:
    """Streets with numbers."""
    share = facts.share("STREET_ADDRESS", 0.9)
    if share >= (0.75 if denied else 0.5) and facts.matching(_STREET) >= 0.5 and facts.dates < 0.1:
        return "STREET_ADDRESS", share, 0.5 + 0.4 * share, f"{share:.0%} name a street"
    if not denied and facts.matching(_PAIR) > 0.8:
        return "COORDINATES", 1.0, 0.8, "pairs of degrees"
    return None


def _organisations(facts: Facts, denied: bool) -> Guess | None:
    """Firms by their legal form."""
    if facts.n_distinct < 2:
        return None
    share = facts.share("ORGANIZATION", 0.9)
    if share >= (0.7 if denied else 0.4) and facts.n_distinct >= 2 and facts.dates < 0.1:
        return "ORGANIZATION", share, 0.5 + 0.35 * share, f"{share:.0%} have a legal form or the word of one"
    return None


def _names_beside(facts: Facts, others: set[str]) -> Guess | None:
    """Name-like words beside contact data."""
    names, mean = facts.names, facts.mean("PERSON")
    repeated = facts.n >= 20 and 4 <= facts.n_distinct <= 0.3 * facts.n
    if repeated and names.town >= 0.9 and names.single >= 0.5 and names.town > names.given * 1.15:
        return "CITY", names.town, 0.55, "known towns, again and again"
    if (
        facts.few_words
        or facts.kind in ("enumeration", "date", "integer", "number")
        or facts.n_distinct < min(3, facts.n)
    ):
        return None
    if names.whole >= 0.3 or (
        mean >= 0.7 and names.given + names.surname >= 0.5 and names.given + names.surname > names.town
    ):
        return "PERSON", facts.share("PERSON", 0.5), 0.6, "names by their words"
    signs = [
        v
        for v in facts.values
        if 2 <= len(v) <= 4 and v[0] in listed("family_signs") and CJK.fullmatch(v[-1])
    ]
    if len(signs) >= 0.85 * len(facts.values) and facts.n_distinct >= 0.6 * facts.n:
        return "PERSON", len(signs) / len(facts.values), 0.6, "begin with the sign of a family"
    if names.town >= 0.45 and mean >= 0.3 and names.town >= names.given and names.common < 0.3:
        return "CITY", names.town, 0.5, "towns by their words"
    return None


def _births(facts: Facts, others: set[str]) -> Guess | None:
    """Dates that spread over lives, beside people."""
    return lives(facts, 15, 2016)


def lives(facts: Facts, spread: int = 25, latest: int = 2010) -> Guess | None:
    """Dates that spread over so many years, with nearly all of them up to the latest year."""
    years = facts.years
    if facts.dates < 0.9 or facts.clocks > 0.1 or len(years) < 4:
        return None
    low, high = years[len(years) // 20], years[-1 - len(years) // 20]
    if high - low >= spread and low >= 1900 and high <= latest:
        return "DATE_OF_BIRTH", facts.dates, 0.55, "dates that spread over lives"
    return None


def _postcodes(facts: Facts, others: set[str]) -> Guess | None:
    """Postal codes by letters, or digits beside an address."""
    if facts.matching(_LETTER_POSTCODE) >= 0.8 and facts.n_distinct >= 3:
        return "POSTCODE", facts.matching(_LETTER_POSTCODE), 0.6, "forms of postal codes"
    near = others & {"STREET_ADDRESS", "CITY", "STATE"}
    if facts.rising:
        return None
    lengths = {len(v) for v in facts.values}
    if near and facts.matching(_DIGIT_POSTCODE) >= 0.95 and len(lengths) == 1 and facts.n_distinct >= 3:
        numbers = sorted(int(v) for v in facts.values if v.isdigit())
        if not numbers or numbers[-1] - numbers[0] < 3 * len(numbers):
            return None
        return "POSTCODE", 1.0, 0.5, "digits of one length beside an address"
    return None


def _phones(facts: Facts, others: set[str]) -> Guess | None:
    """Telephone numbers in their national form."""
    share = facts.matching(_NATIONAL_PHONE)
    if facts.numeric < 0.3 and facts.dates < 0.1:
        share = max(share, facts.share("PHONE", 0.85))
    if facts.rising:
        return None
    if share >= 0.9 and facts.n_distinct >= 3 and facts.values[0].casefold() not in listed("empty"):
        return "PHONE", share, 0.45, "national form of telephone numbers"
    return None


def _plates(facts: Facts, others: set[str]) -> Guess | None:
    """Plates of vehicles in forms that little else has."""
    share = facts.matching(_PLATES)
    if share >= 0.9 and facts.n_distinct >= max(3, 0.8 * facts.n) and facts.dates < 0.1:
        return "LICENSE_PLATE", share, 0.5, "forms of plates"
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
        try:
            mobile += number_type(parse("+" + value, None)) == PhoneNumberType.MOBILE
        except NumberParseException:
            continue
    share = mobile / len(values)
    return (
        ("PHONE", share, 0.5 + 0.2 * share, "valid numbers of mobiles without plus") if share >= 0.9 else None
    )


def _letters(facts: Facts, others: set[str]) -> Guess | None:
    """Letters for genders, codes of states."""
    folded = {value.casefold() for value in facts.values}
    if folded in _GENDERS:
        return "GENDER", 1.0, 0.6, "letters for genders"
    codes = facts.codes("state_codes")
    if codes >= 0.9 and facts.n_distinct >= 5 and codes > facts.codes("country_codes"):
        return "STATE", codes, 0.5, f"{codes:.0%} are codes of states"
    return None


_BESIDE = (_names_beside, _births, _postcodes, _phones, grouped, _letters, _plates, houses, diagnoses)
"""What is asked only beside people."""
