"""Values that bear a mark of what they are: titles of people, signs of accounts, numbers of houses, groups."""

from __future__ import annotations

import re
from collections import Counter

from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.words import listed, name_flags
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME

_FEWEST_ALIKE, _ALIKE = 8, 0.9
"""Different values, and the share of them, that begin with one word."""

_HANDLE = re.compile(r"@(?=.*[A-Za-z])[\w.]{3,40}$")
_NAMED = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ .'’\-]{1,2}[^\W\d_]+\.?){0,3}$")
INITIALS = re.compile(
    r"[^\W\d_a-z][^\W\d_]{2,}(?:-[^\W\d_]{2,})?,? (?:[^\W\d_a-zа-яіїєґα-ω]\.?[ \-]?){1,3}$"
    r"|(?:[^\W\d_a-zа-яіїєґα-ω]\.[ \-]?){1,3} ?[^\W\d_a-z][^\W\d_]{2,}$"
)
_TWO_INITIALS = re.compile(
    r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]{2,})?,? (?:[^\W\d_a-zа-я]\. ?){2}$"
    r"|(?:[^\W\d_a-zа-я]\. ?){2}[^\W\d_a-zа-я][^\W\d_]{2,}$"
)
_NAME_PART = r"[^\W\d_][^\W\d_'’]+(?:[-'’][^\W\d_]+)*"
_SHORTENED = re.compile(rf"[^\W\d_]\.? {_NAME_PART}$")
_IN_FULL = re.compile(rf"(?!(?:the|an?)\b){_NAME_PART},? {_NAME_PART}$", re.I)
_SHORTENED_OR_FULL = re.compile(rf"(?:{_SHORTENED.pattern})|(?:{_IN_FULL.pattern})", re.I)
_HOUSE = re.compile(
    r"(?P<stem>[^\W\d_a-z][^\W\d_]+(?:[ .'’\-]{1,2}[^\W\d_]+\.?){0,4}),? (?P<number>\d{1,3})(?P<letter> ?[A-Za-z])?$"
)
_FRONT = re.compile(
    r"(?P<number>\d{1,5})[A-Za-z]?,? (?P<stem>[^\W\d_a-z][^\W\d_]+(?:[ .'’\-]{1,2}[^\W\d_a-z][^\W\d_]+\.?){1,3})$"
)
_GROUPS = re.compile(r"[+(]?\d{1,4}\)?(?:[ .\-/]\d{2,4}){1,5}$|\+?\d{7,12}$")
_DIGITS = re.compile(r"\d+")


def titled(facts: Facts, denied: bool) -> Guess | None:
    """Tell people by the titles before their names, and by initials beside a surname."""
    if facts.n_distinct < 3 or (denied and not _are_surely_shortened(facts)):
        return None
    share = share_of_titled(facts)
    if share >= 0.6:
        return Guess("PERSON", share, 0.55 + 0.25 * share, f"{share:.0%} have a title before a name")
    share = facts.matching(_TWO_INITIALS)
    if share >= 0.95:
        return Guess("PERSON", share, 0.7, f"{share:.0%} are names with two initials")
    share = _with_initials(facts)
    codes = listed("state_codes") | listed("country_codes")
    placed = sum(value.split()[-1] in codes for value in facts.values) >= 0.75 * len(facts.values)
    many = facts.varied(0.7) or (share >= 0.95 and facts.names.known >= 0.8)
    if share >= 0.85 and many and facts.names.known >= 0.5 and not placed:
        return Guess("PERSON", share, 0.75, f"{share:.0%} are surnames with initials")
    shortened = facts.matching(_SHORTENED)
    if (
        shortened >= 0.2
        and facts.matching(_IN_FULL) >= 0.2
        and facts.names.known >= 0.6
        and facts.varied(0.5)
    ):
        share = facts.matching(_SHORTENED_OR_FULL)
        if share >= 0.95:
            return Guess(
                "PERSON", share, 0.65, f"{shortened:.0%} are surnames with initials, others are in full"
            )
    return None


def _are_surely_shortened(facts: Facts) -> bool:
    """Say whether the values are known surnames with initials, whatever their column is called."""
    return facts.varied(0.7) and facts.matching(INITIALS) >= 0.9 and facts.names.known >= 0.8


def _with_initials(facts: Facts) -> float:
    """Give the share of the values that are surnames with initials, some of them all in capitals or small letters."""
    share = facts.matching(INITIALS)
    if not 0.5 <= share < 0.95:
        return share
    values = [v.title() if "." in v and (v.isupper() or v.islower()) else v for v in facts.values]
    return sum(INITIALS.match(v) is not None for v in values) / len(values)


def share_of_titled(facts: Facts) -> float:
    """Give the share of the values that are names behind titles."""
    return sum(map(_has_title, facts.values)) / len(facts.values) if facts.values else 0.0


def begin_alike(facts: Facts) -> bool:
    """Say whether nearly all values begin with one everyday word that is no title: "Invoice Ann, Bob" is no name."""
    if facts.n_distinct < _FEWEST_ALIKE:
        return False
    firsts = Counter(value.split()[0].casefold() for value in facts.values if value.strip())
    word, count = firsts.most_common(1)[0]
    if count < _ALIKE * len(facts.values) or word.rstrip(".") in listed("titles"):
        return False
    return name_flags([word])[0] & (COMMON | GIVEN | SURNAME) == COMMON


def are_salutations(facts: Facts) -> bool:
    """Say whether the values are the few words by which men and women are addressed, and titles among them."""
    words = {value.casefold().rstrip(".") for value in facts.values}
    if not 2 <= len(words) <= 7 or facts.n < 5 * len(words) > 20:
        return False
    male, female = words & listed("salutations_male"), words & listed("salutations_female")
    return bool(male and female) and words <= listed("salutations_male") | listed(
        "salutations_female"
    ) | listed("titles")


def _has_title(value: str) -> bool:
    """Say whether a value is a name behind one title or more."""
    words, titles, first = value.split(), listed("titles"), 0
    while first < len(words) - 1 and words[first].casefold().rstrip(".") in titles:
        first += 1
    return first > 0 and _NAMED.match(" ".join(words[first:])) is not None


def handles(facts: Facts, denied: bool) -> Guess | None:
    """Tell names of accounts by the sign before them."""
    share = facts.matching(_HANDLE)
    if share < 0.85 or facts.n_distinct < max(3, 0.3 * facts.n):
        return None
    return Guess("USERNAME", share, 0.5 + 0.2 * share, f"{share:.0%} are names of accounts behind their sign")


def houses(facts: Facts, others: set[str]) -> Guess | None:
    """Tell streets without a word for one by names that differ and numbers of houses, beside people."""
    if facts.n_distinct < max(10, 0.7 * facts.n) or "PERSON" not in others:
        return None
    fronts = [m for value in facts.values if (m := _FRONT.match(value)) is not None]
    if len(fronts) >= 0.85 * len(facts.values):
        streets = {m["stem"] for m in fronts}
        if len(streets) >= 0.5 * len(fronts) and len({m["number"] for m in fronts}) >= 0.3 * len(fronts):
            return Guess(
                "STREET_ADDRESS", len(fronts) / len(facts.values), 0.55, "numbers of houses before names"
            )
        return None
    found = [m for value in facts.values if (m := _HOUSE.match(value)) is not None]
    if len(found) < 0.85 * len(facts.values):
        return None
    stems, numbers = {m["stem"] for m in found}, {m["number"] for m in found}
    lettered = sum(m["letter"] is not None for m in found)
    if len(stems) < 0.5 * len(found) or len(numbers) < 0.25 * len(found) or lettered < 0.05 * len(found):
        return None
    return Guess("STREET_ADDRESS", len(found) / len(facts.values), 0.55, "names with numbers of houses")


def grouped(facts: Facts) -> Guess | None:
    """Tell telephones by digits of one or two lengths that people group in more than one way, beside people."""
    if facts.n_distinct < max(6, 0.7 * facts.n) or facts.rising or facts.dates > 0.05:
        return None
    if facts.matching(_GROUPS) < 0.9 or facts.share("PHONE", 0.6) < 0.9:
        return None
    layouts: dict[tuple[int, ...], int] = {}
    for value in facts.values:
        layout = tuple(len(run) for run in _DIGITS.findall(value))
        layouts[layout] = layouts.get(layout, 0) + 1
    usual = [layout for layout, held in layouts.items() if held >= 0.08 * len(facts.values)]
    lengths = {sum(layout) for layout in usual}
    paired = any(len(layout) > 2 and 2 in layout[1:] for layout in usual)
    if len(usual) < 2 or len(lengths) > 3 or min(lengths) < 7 or not paired:
        return None
    return Guess(
        "PHONE",
        facts.share("PHONE", 0.6),
        0.5,
        "digits in the groups of telephones, written in several ways",
    )


def is_of_makes(facts: Facts) -> bool:
    """Say whether most values begin with the make of a thing."""
    makes = listed("makes")
    held = sum(value.casefold().split()[0] in makes for value in facts.values)
    return held >= 0.5 * len(facts.values)
