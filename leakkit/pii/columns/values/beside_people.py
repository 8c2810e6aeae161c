"""What is believed of values only beside people: name-like words, births, postcodes, telephones, plates, letters."""

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.written import begins_with_family
from leakkit.pii.columns.values.certain import diagnoses
from leakkit.pii.columns.values.marked import grouped, houses

_LETTER_POSTCODE = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$|[A-Z]\d[A-Z]\s?\d[A-Z]\d$|\d{4}\s?[A-Z]{2}$|\d{2}-\d{3}$"
    r"|\d{5}-\d{3,4}$|\d{3} \d{2}$|\d{4}-\d{3}$|〒\d{3}-\d{4}$|[AC-FHKNPRTV-Y]\d[\dW] ?(?=\d{0,3}[A-Z])[A-Z\d]{4}$"
)
_FIVE = re.compile(
    r"\d{5}(?:\d{3})?$|(?:H|A|D|F|B|L|I|SK|CZ|SE|S|N|FI|FIN|DK|RO|MD|LV|LT|AZ|AD|ΤΚ|TK|CH)[- ]\d{4,6}$"
)
_DIGIT_POSTCODE = re.compile(r"\d{4,6}$")
_PLATES = late(
    r"[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}$|[A-Z]{2}\d\d ?[A-Z]{3}$|[A-Z]{3}-?\d[A-Z\d]\d\d$"
    r"|\d{4} ?[BCDFGHJKLMNPRSTVWXYZ]{3}$"
    r"|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?$|[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3}$|\d\d [A-Z]{1,3} \d{2,5}$"
    r"|[0-8]\d[A-Z]{1,3}\d{2,5}$"
    r"|\d[A-Z]{3}\d{3}$|\d{1,3}-[A-Z]{2,3}-\d{1,2}$|[A-Z]{1,3}-\d{2,3}-[A-Z]{1,3}$|[A-Z]{2}-\d\d-\d\d$|\d\d-\d\d-[A-Z]{2}$"
    r"|[1-9]-[A-Z]{3}-\d{3}$|[A-Z]{2}[ -]?\d\d[ -][A-Z]{1,2}[ -]?\d{4}$|[A-Z]{3}[ -]?\d\d[\dA-Z]$"
    r"|[A-ZА-Я]{1,2} ?\d{4} ?[A-ZА-Я]{2}$|\d\d[A-Z]{1,2}\d?-\d{3}\.\d\d$"
    r"|\d{2,3} ?[가-힣] ?\d{4}$|[\u4e00-\u9fff][A-Z] ?[·•]?[A-Z\d]{5,6}$"
    r"|[\u3040-\u30ff\u4e00-\u9fff]{1,4} ?\d{2,3} ?[\u3040-\u30ff] ?[\d・‐-]{3,6}$"
)
"""Plates of eleven countries and of the North."""
_OWNERS = frozenset(
    "PERSON PHONE EMAIL DATE_OF_BIRTH DRIVER_LICENSE NATIONAL_ID US_SSN STREET_ADDRESS".split()
)
"""Who or what stands where vehicles have plates: codes of goods look like them elsewhere."""
_FEWEST_IN_SIGNS = 12
"""Different names of three signs, all with a family's first, that words for kinds and states hardly make."""
_KNOWN_BESIDE = 0.7
"""Share of values of a few words that hold a known name, from which on they are people's beside contact data."""
_MANY_PEOPLE = 20
"""Different people there that are enough, though they come again and again."""

_CODE = re.compile(r"[A-Z]{1,3}$")
_PLACES = frozenset({"STREET_ADDRESS", "CITY", "STATE"})
_NATIONAL_PHONE = re.compile(r"0\d{8,11}$|1[3-9]\d{9}$|[6-9]\d{9}$|[679]\d{8}$")
_GENDERS = [
    set(letters)
    for letters in (
        "mf",
        "mw",
        "mwd",
        "mfx",
        "mk",
        "mž",
        "hf",
        "hm",
        "mn",
        "mv",
        "жм",
        "чж",
        "αθ",
        "αγ",
        "fmo",
        "fmu",
    )
]


def beside_people(facts: Facts, others: set[str], near: set[str]) -> list[Guess]:
    """Give what the values may be where the entities `others` stand in the table, and `near` right beside them."""
    found = [
        _names_beside(facts),
        lives(facts, 15, 2016),
        _postcodes(facts, near),
        _phones(facts),
        grouped(facts),
        _letters(facts),
        _plates(facts, others),
        houses(facts, others),
        diagnoses(facts),
    ]
    return [guess for guess in found if guess is not None]


def _names_beside(facts: Facts) -> Guess | None:
    """Name-like words beside contact data."""
    names, mean = facts.names, facts.mean("PERSON")
    repeated = facts.n >= 20 and 4 <= facts.n_distinct <= 0.3 * facts.n
    if repeated and names.town >= 0.9 and names.single >= 0.5 and names.town > names.given * 1.15:
        return Guess("CITY", names.town, 0.55, "known towns, again and again")
    if (
        facts.few_words
        or facts.matching(_CODE) > 0.9
        or facts.kind in ("enumeration", "date", "integer", "number")
        or facts.n_distinct < min(3, facts.n)
    ):
        return None
    if names.whole >= 0.3 or (
        mean >= 0.7 and names.given + names.surname >= 0.5 and names.given + names.surname > names.town
    ):
        return Guess("PERSON", facts.share("PERSON", 0.5), 0.6, "names by their words")
    if are_known(facts, _KNOWN_BESIDE, _MANY_PEOPLE):
        return Guess("PERSON", names.known, 0.5 + 0.3 * names.known, f"{names.known:.0%} hold a known name")
    signs = sum(map(begins_with_family, facts.values))
    again = facts.n_distinct >= _FEWEST_IN_SIGNS and signs >= 0.95 * len(facts.values) and facts.length >= 2.5
    if again or (signs >= 0.85 * len(facts.values) and facts.varied(0.6)):
        return Guess("PERSON", signs / len(facts.values), 0.6, "begin with the sign of a family")
    if names.town >= 0.45 and mean >= 0.3 and names.town >= names.given and names.common < 0.3:
        return Guess("CITY", names.town, 0.5, "towns by their words")
    return None


def are_known(facts: Facts, least: float, enough: int = 0) -> bool:
    """Say whether so many values are a few words as names are, with a known one, and nothing else.

    Most must be different, or `enough` of them.
    """
    names = facts.names
    return (
        names.known >= least
        and facts.mean("PERSON") >= 0.85
        and 1.8 <= facts.words <= 4
        and names.common < 0.15
        and names.town < 0.5
        and (facts.n_distinct >= 0.7 * facts.n or 0 < enough <= facts.n_distinct)
        and facts.share("ORGANIZATION", 0.9) < 0.1
        and facts.share("STREET_ADDRESS", 0.7) < 0.1
    )


def lives(facts: Facts, spread: int = 25, latest: int = 2010) -> Guess | None:
    """Dates that spread over so many years, with nearly all of them up to the latest year."""
    years = facts.years
    if facts.dates < 0.9 or facts.clocks > 0.1 or len(years) < 4:
        return None
    low, high = years[len(years) // 20], years[-1 - len(years) // 20]
    if high - low >= spread and low >= 1900 and high <= latest:
        return Guess("DATE_OF_BIRTH", facts.dates, 0.55, "dates that spread over lives")
    return None


def _postcodes(facts: Facts, near: set[str]) -> Guess | None:
    """Postal codes by letters, or digits beside an address."""
    lettered = facts.matching(_LETTER_POSTCODE)
    if near & _PLACES and lettered:
        upper = [v.upper() for v in facts.values]
        lettered = sum(bool(_LETTER_POSTCODE.match(v) or _FIVE.match(v)) for v in upper) / len(upper)
    if lettered >= 0.8 and facts.n_distinct >= 3 and (near & _PLACES or facts.matching(_PLATES) < 0.95):
        return Guess("POSTCODE", lettered, 0.6, "forms of postal codes")
    if facts.rising or near.isdisjoint(_PLACES):
        return None
    lengths = {len(v) for v in facts.values}
    if facts.matching(_DIGIT_POSTCODE) >= 0.95 and len(lengths) == 1 and facts.n_distinct >= 3:
        numbers = sorted(int(v) for v in facts.values if v.isdigit())
        if not numbers or numbers[-1] - numbers[0] < 3 * len(numbers):
            return None
        return Guess("POSTCODE", 1.0, 0.5, "digits of one length beside an address")
    return None


def _phones(facts: Facts) -> Guess | None:
    """Telephone numbers in their national form."""
    share = facts.matching(_NATIONAL_PHONE)
    if facts.numeric < 0.3 and facts.dates < 0.1:
        share = max(share, facts.share("PHONE", 0.85))
    if facts.rising:
        return None
    if share >= 0.9 and facts.n_distinct >= 3:
        return Guess("PHONE", share, 0.45, "national form of telephone numbers")
    return None


def _plates(facts: Facts, others: set[str]) -> Guess | None:
    """Plates of vehicles in forms that little else has."""
    if not others & _OWNERS:
        return None
    share = facts.matching(_PLATES)
    if share >= 0.9 and (facts.varied(0.8) or 2 < facts.n_distinct >= 0.8 * facts.n) and facts.dates < 0.1:
        return Guess("LICENSE_PLATE", share, 0.5, "forms of plates")
    return None


def _letters(facts: Facts) -> Guess | None:
    """Letters for genders, codes of states."""
    folded = {value.casefold() for value in facts.values}
    if folded in _GENDERS:
        return Guess("GENDER", 1.0, 0.6, "letters for genders")
    rows = [value.casefold() for value in facts.filled]
    for letters in _GENDERS:
        share = sum(row in letters for row in rows) / len(rows)
        if share >= 0.95 and letters <= folded:
            return Guess("GENDER", share, 0.55, "letters for genders, and a few others")
    codes = facts.codes("state_codes")
    if codes >= 0.9 and facts.n_distinct >= 5 and codes > facts.codes("country_codes"):
        return Guess("STATE", codes, 0.5, f"{codes:.0%} are codes of states")
    return None
