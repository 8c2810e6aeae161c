"""States, provinces and large towns by closed lists of one country at a time, whatever the name of the column."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.words import listed, name_flags, words_of
from leakkit.pii.folding import tokens_of
from leakkit.pii.gazetteer.lookup import LARGE_TOWN, TOWN

_SUFFIXES = "省市県縣府都도시"
_LONGEST = 45
_PLACED = frozenset({"CITY", "POSTCODE", "STREET_ADDRESS"})
_ABOUT_PEOPLE = _PLACED | {
    "PERSON",
    "PHONE",
    "EMAIL",
    "NATIONAL_ID",
    "US_SSN",
    "TAX_ID",
    "DATE_OF_BIRTH",
    "VIN",
}
_SPELLED = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяαβγδεζηθικλμνξοπρστυφχψως",
        "a b v g g d e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya "
        "a v g d e z i th i k l m n x o p r s t y f ch ps o s".split(),
        strict=True,
    )
)
"""Cyrillic and Greek letters as maps in Latin script write them; signs that have no letter are left out."""


class _Country(NamedTuple):
    """Names of the provinces of a country, folded, and their codes."""

    names: frozenset[str]
    codes: frozenset[str]


class _Lists(NamedTuple):
    """What provinces.toml holds."""

    kinds: frozenset[str]
    towns: frozenset[str]
    countries: dict[str, _Country]


@cache
def _lists() -> _Lists:
    """Read provinces.toml."""
    table = tomllib.loads((files("leakkit.pii") / "provinces.toml").read_text(encoding="utf-8"))
    countries = {
        country: _Country(
            frozenset("".join(tokens_of(name)) for name in held["names"].split(",")),
            frozenset(held.get("codes", "").split()),
        )
        for country, held in table.items()
        if isinstance(held, dict)
    }
    kinds = frozenset(token for word in table["kinds"].split() for token in tokens_of(word))
    return _Lists(kinds, frozenset(table["towns"].split()), countries)


@lru_cache(8192)
def _of(value: str) -> frozenset[str]:
    """Give the countries that have a province of this name."""
    if len(value) > _LONGEST or any(c.isdigit() for c in value):
        return frozenset()
    lists, tokens = _lists(), tokens_of(value)
    kept = [token for token in tokens if token not in lists.kinds]
    forms = {"".join(tokens), "".join(kept)}
    if len(value) > 2 and value[-1] in _SUFFIXES:
        forms.add("".join(tokens_of(value[:-1])))
    return frozenset(country for country, held in lists.countries.items() if forms & held.names)


@lru_cache(4096)
def _of_code(value: str) -> frozenset[str]:
    """Give the countries that have a province of this code."""
    return frozenset(country for country, held in _lists().countries.items() if value in held.codes)


def provinces(facts: Facts) -> tuple[float, bool]:
    """Give the share of the values that are provinces of one country, and whether some are no towns too."""
    if not facts.values:
        return 0.0, False
    held: dict[str, int] = {}
    for value in facts.values:
        for country in _of(value):
            held[country] = held.get(country, 0) + 1
    if not held:
        return 0.0, False
    best = max(held, key=lambda country: held[country])
    own = [value for value in facts.values if best in _of(value)]
    towns = sum(_is_town(value) for value in own)
    return held[best] / len(facts.values), towns <= 0.8 * len(own)


def coded(facts: Facts) -> float:
    """Give the share of the values that are codes of the provinces of one country."""
    held: dict[str, int] = {}
    for value in facts.values:
        for country in _of_code(value):
            held[country] = held.get(country, 0) + 1
    return max(held.values(), default=0) / max(1, len(facts.values))


def states(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Tell states and provinces by their names or codes, all of one country."""
    if facts.n_distinct < 3 or facts.integer > 0.1:
        return None
    share, beyond = provinces(facts)
    mixed = beyond or share >= 0.95 and facts.n_distinct >= 15
    least = 3 if held & _ABOUT_PEOPLE else 5
    if share >= 0.8 and mixed and facts.n_distinct >= least:
        return Guess("STATE", share, 0.6 + 0.25 * share, f"{share:.0%} are provinces of one country")
    codes = coded(facts)
    if codes < 0.95 or facts.n < facts.n_distinct * 1.2 and facts.n > 20:
        return None
    others = max(facts.codes("country_codes"), facts.codes("currency_codes"))
    if facts.n_distinct >= 4 and (codes > others + 0.1 or near & _PLACED) and held & _ABOUT_PEOPLE:
        return Guess("STATE", codes, 0.6, f"{codes:.0%} are codes of provinces of one country")
    if facts.n_distinct >= 12 and codes > others + 0.1:
        return Guess("STATE", codes, 0.55, f"{codes:.0%} are codes of provinces of one country")
    return None


@lru_cache(16384)
def _is_town(value: str) -> bool:
    """Say whether a value is a known town, by the gazetteer, in Latin letters too, or by the list of large ones."""
    bare = value.partition("(")[0].strip()
    if not bare or len(bare) > _LONGEST or any(c.isdigit() for c in bare):
        return False
    if (
        bare in _lists().towns
        or (bare[-1] in "市县縣區区시군구읍" and 2 < len(bare) < 8)
        or bare[:-1] in _lists().towns
    ):
        return True
    words = [word for word in words_of(bare) if len(word) > 2]
    if not words:
        return False
    if not bare.isascii() and (bare[0] > "\u0370" and bare[-1] < "\u0530"):
        words = [_in_latin(word) for word in words]
    flags = name_flags(words)
    return bool(flags[0] & (TOWN | LARGE_TOWN) or flags[-1] & (TOWN | LARGE_TOWN))


def _in_latin(word: str) -> str:
    """Write a word of Cyrillic or Greek letters in Latin ones, as maps do."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", word.casefold()) if unicodedata.category(c) != "Mn"
    )
    return "".join(_SPELLED.get(c, c) for c in bare).replace("_", "").title()


def towns(facts: Facts) -> float:
    """Give the share of the values that are known towns, in any script."""
    return sum(map(_is_town, facts.values)) / len(facts.values) if facts.values else 0.0


def in_any_script(facts: Facts) -> Guess | None:
    """Tell towns that are not written in Latin letters."""
    if facts.n_distinct < 4 or facts.names.whole > 0.2 or facts.length > 24:
        return None
    foreign = sum(value[0] > "\u0370" for value in facts.values)
    if foreign < 0.8 * len(facts.values):
        return None
    share = towns(facts)
    people = max(facts.names.given, facts.names.surname)
    family = listed("family_signs")
    named = sum(value[0] in family and len(value) <= 4 for value in facts.values) / len(facts.values)
    if share < 0.5 or people > share or facts.words > 1.8 or (named > 0.8 and share < 0.8):
        return None
    return Guess("CITY", share, 0.45 + 0.3 * share, f"{share:.0%} are known towns")
