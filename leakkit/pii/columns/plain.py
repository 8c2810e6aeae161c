"""Values that are plain in themselves, asked once more where the name of a column is vague or belongs elsewhere."""

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.columns.evidence import Column, Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.looks.written import begins_with_family
from leakkit.pii.columns.values.beside_people import lives
from leakkit.pii.columns.values.guess import guess
from leakkit.pii.columns.values.issued import issued
from leakkit.pii.columns.values.marked import is_of_makes
from leakkit.pii.columns.values.placed import housed, towns_by_endings
from leakkit.pii.columns.values.provinces import in_any_script, states, towns
from leakkit.pii.lexicon import UNKNOWN

_DIGEST = re.compile(r"(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$", re.I)
_PLATE = late(r"(?=.*\d)(?=.*[^\W\d_])[A-ZА-ЯÄÖÜ\d\u4e00-\u9fff]{1,4}(?:[ ·•-]?[A-ZА-ЯÄÖÜ\d]{1,6}){1,3}$")
_FIVE = re.compile(r"\d{5}$")
_ACCOUNTS = frozenset({"EMAIL", "USERNAME", "PASSWORD"})
_VISITS = frozenset({"IP_ADDRESS", "JWT", "COOKIE", "PASSWORD_HASH", "SOCIAL_PROFILE"})
_PEOPLE = frozenset({"EMAIL", "PASSWORD", "PASSWORD_HASH", "PERSON", "IP_ADDRESS", "PHONE"})
_PLACED = frozenset({"CITY", "STATE", "STREET_ADDRESS"})
_HOLD = frozenset(
    "EMAIL PHONE NATIONAL_ID US_SSN TAX_ID DATE_OF_BIRTH IBAN STREET_ADDRESS PASSPORT VIN".split()
)
_JAPANESE = re.compile(r"〒?\d{3}-\d{4}$")
_FOREIGN = late(
    r"(?:[\u0370-\u03ff\u0530-\u1fff]{2,20}['’-]?){1,2}(?: (?:[\u0370-\u03ff\u0530-\u1fff]{2,20}['’-]?){1,2}){1,3}$"
)
"""Two to four words of Greek, Armenian, Hebrew, Arabic, Thai, Georgian and their like."""
_TWO_WORDS = re.compile(
    r"[^\W\d_a-z][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)? [^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)?$"
)
_SPACED_SIGNS = late(
    r"[\u4e00-\u9fff々]{1,3}[ \u3000][\u4e00-\u9fff々\u3040-\u30ff]{1,4}$"
    r"|[\u3041-\u3096]{2,6}[ \u3000][\u3041-\u3096]{2,6}$"
)
_SLAVIC = late(
    r"(?=.*(?:[оеє]ва?|[иі]на?|ський|ська|ский|ская|енко|[чщ]ук|[єи]вич|ович|івна|овна|евна|швили|дзе|ян|ић)(?: |$))"
    r"[А-ЯІЇЄҐЋЂ][а-яіїєґ’'ћђјљњџ]+(?:-[А-Я][а-я]+)?(?: [А-ЯІЇЄҐЋЂ][а-яіїєґ’'ћђјљњџ]+(?:-[А-Я][а-я]+)?){1,2}$"
)
"""Japanese names with a space, and Slavic ones in Cyrillic with the ending of a surname or of a father's name."""
_DIGITS = re.compile(r"\d{4,6}$")
_SURE, _UNKNOWN, _UNLIKE = 0.6, 0.3, 0.45


def plain(column: Column, columns: list[Column], held: set[str], near: set[str]) -> Guess | None:
    """Tell what a column holds that has no verdict yet; a name that tells nothing more is not heard."""
    facts, sense = column.facts, column.sense
    if not facts.values or facts.kind in ("yes/no", "uuid", "timestamp"):
        return None
    found = [told for told in (states(facts, held, near), in_any_script(facts)) if told is not None]
    if column.name is None:
        tests = (
            _digests,
            _logins,
            _codes_beside_cards,
            _postcodes_of_the_east,
            _in_other_scripts,
            towns_by_endings,
            _two_words,
        )
        found += [told for test in tests if (told := test(facts, held, near)) is not None]
    vague = sense.strength < _SURE and (sense.entity is None or facts.mean(sense.entity) < _UNLIKE)
    if vague and (told := _plates(column, columns, held)) is not None:
        found.append(told)
    visited = near & _ACCOUNTS or (held & _VISITS and facts.n_distinct >= 0.9 * facts.n)
    if sense.entity is None and sense.strength < _UNKNOWN and visited and column.name is not None:
        found += [told for told in (_logins(facts, held, near),) if told is not None]
    unclear = sense.entity in _PLACED or (sense.entity is None and sense.strength < _SURE)
    if unclear and (told := housed(column, held, near)) is not None:
        found.append(told)
    if sense.entity is not None:
        found += _under_another_name(facts, held, near, sense.entity in _PLACED)
    if "PERSON" in held and (births := lives(facts)) is not None:
        found.append(births)
    return max(found, key=lambda told: told.confidence) if found else None


def _under_another_name(facts: Facts, held: set[str], near: set[str], place: bool) -> list[Guess]:
    """Judge values that cannot be what the name of their column says, as if it had none."""
    found: list[Guess] = []
    if facts.n_distinct < 5:
        return found
    if (
        (place or near & _PLACED)
        and facts.matching(_DIGITS) >= 0.97
        and len({len(v) for v in facts.values}) <= 2
        and not facts.rising
    ):
        found.append(Guess("POSTCODE", 1.0, 0.5, "digits of one length where places stand"))
    number = issued(facts, UNKNOWN)
    if number is not None:
        found.append(number)
    others = {entity for entity in held if entity}
    told = guess(facts, UNKNOWN, others, near, called=True)
    if told is not None and told.confidence >= _SURE:
        found.append(told)
    return found


def _digests(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Digests right beside names of accounts, nearly each another one."""
    share = facts.matching(_DIGEST)
    if share < 0.95 or not near & _ACCOUNTS or facts.n_distinct < max(5, 0.8 * facts.n):
        return None
    if len({len(value) for value in facts.values}) > 2:
        return None
    return Guess("PASSWORD_HASH", share, 0.6, "digests right beside names of accounts")


def _logins(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Names of accounts beside what people have."""
    if facts.n_distinct < max(5, 0.6 * facts.n) or facts.logins < 0.8 or not held & _PEOPLE:
        return None
    return Guess("USERNAME", facts.logins, 0.6, "names of accounts with names of people in them")


def _codes_beside_cards(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Five digits that spread over the whole range, beside cards and those who hold them."""
    if not {"CREDIT_CARD", "PERSON"} <= held or facts.n_distinct < max(20, 0.6 * facts.n) or facts.rising:
        return None
    share = facts.matching(_FIVE)
    first = {value[0] for value in facts.values}
    if share < 0.97 or len(first) < 7:
        return None
    return Guess("POSTCODE", share, 0.5, "five digits of any beginning beside cards")


def _plates(column: Column, columns: list[Column], held: set[str]) -> Guess | None:
    """Short codes of letters and digits, of many kinds, beside vehicles."""
    facts = column.facts
    if not facts.varied(0.85) or not 4 <= facts.length <= 10:
        return None
    share = facts.matching(_PLATE)
    if share < 0.9 or facts.dates > 0.1 or len({value[0] for value in facts.values}) < 5:
        return None
    if "VIN" not in held and not any(is_of_makes(other.facts) for other in columns if other is not column):
        return None
    return Guess("LICENSE_PLATE", share, 0.6, "codes as plates have, beside vehicles")


def _postcodes_of_the_east(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Postcodes of Japan, which look like short numbers of telephones, right beside places in its script."""
    if not near & _PLACED or facts.matching(_JAPANESE) < 0.95 or facts.n_distinct < 5:
        return None
    return Guess("POSTCODE", 1.0, 0.6, "postcodes right beside places")


def _two_words(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Names of people by a known part of two words in capitals, of many kinds, beside what people have."""
    names = facts.names
    if facts.kind != "text" or facts.n_distinct < 8 or not held & _HOLD or "PERSON" in held:
        return None
    share = facts.matching(_TWO_WORDS)
    if (
        share < 0.9
        or names.known < 0.6
        or names.common > 0.15
        or names.town >= 0.5
        or facts.share("ORGANIZATION", 0.9)
    ):
        return None
    return Guess("PERSON", share, 0.55, "two words as names are, one of them known, beside what people have")


def _in_other_scripts(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Names of people in scripts of which few names are known, beside what people have."""
    if facts.kind not in ("text", "enumeration") or facts.n_distinct < 8 or not held & _HOLD:
        return None
    if (share := max(facts.matching(_SPACED_SIGNS), facts.matching(_SLAVIC))) >= 0.9:
        return Guess("PERSON", share, 0.55, "names by their form, beside what people have")
    share = facts.matching(_FOREIGN) if facts.n_distinct >= 0.85 * facts.n else 0.0
    signs = sum(map(begins_with_family, facts.values)) / len(facts.values)
    other = max(facts.share("ORGANIZATION", 0.9), facts.share("STREET_ADDRESS", 0.75), towns(facts))
    if (share < 0.9 and signs < 0.95) or (other > 0.4 and signs < 0.95):
        return None
    return Guess("PERSON", max(share, signs), 0.5, "words written as names are, beside what people have")
