"""Streets by numbers of houses and towns by their endings, told by spread and by what stands beside."""

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.columns.evidence import Column, Guess
from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.values.certain import are_goods

_FLAT = re.compile(r"^(?:flat|apt\.?|unit|studio|suite)\.? ?\d{1,4}[a-z]?,? (?=\S+ \S+)", re.I)
_NUMBER_FIRST = re.compile(r"(?P<number>\d{1,5})[A-Za-z]?,? (?P<stem>[^\W\d_a-z].{2,50})$")
_NUMBER_LAST = re.compile(
    r"(?P<stem>[^\W\d_].{2,50}?),? (?:no?\.?|nr\.?|n°|#|№|д\.|буд\.|hs\.)? ?(?P<number>\d{1,5})"
    r"(?:[a-zA-Z]|[/-]\d{1,4})?(?:[ ,].{1,28})?$",
    re.I,
)
_AROUND = frozenset({"CITY", "POSTCODE", "STATE"})
_NO_STREET = re.compile(r"[_=<>{}@\[\]]|://|\d\.\d|\d{6}|(?:19|20)\d\d$")
_TOWN = late(
    r"(?:(?:North|South|East|West|New|Port|Lake|Upper|Lower|Old|Saint|St\.?|Bad|Neu|Alt|Ober|Unter|Groß|San|Santa"
    r"|Villa|Vila|São|Nova|Nuova|Nueva|Vieja|Borgo|Castel|Saint-|Sainte-|Le|La|Les)[ -])?[^\W\d_][^\W\d_'’]{1,18}"
    r"(?:ville|fort|burgh|bury|haven|shire|side|stad|stadt|town|view|chester|berg|burg|mouth|furt|ton|borough|port"
    r"|ford|field|heim|hausen|dorf|bach|hofen|ingen|stein|walde|kirchen|lund|havn|mark|vik|strand|sund|köping|holm"
    r"|bro|hult|by|ham|wick|veen|dam|dijk|drecht|kerk|recht|sur-Mer|sur-Loire|les-Bains| terme| veneto|polis|grad"
    r"|ovo|evo|ice|ów|owo|owice|sk|ín|ov|háza|hely|vár|falva|szentes|eşti|ești|eni|pur|abad|nagar|garh|patnam| Ville"
    r"| City| Town)$"
    r"|(?:North|South|East|West|New|Port|Lake|Upper|Lower|Bad) [^\W\d_][^\W\d_]{2,18}$"
)
"""Towns of English, German, Scandinavian, Dutch, French, Italian, Slavic, Hungarian, Romanian and Indian form."""


def housed(column: Column, held: set[str], near: set[str]) -> Guess | None:
    """Tell streets without a word for one by numbers that differ before or after names that differ."""
    facts = column.facts
    if (
        facts.n_distinct < max(8, 0.7 * facts.n)
        or facts.dates > 0.05
        or are_goods(facts)
        or facts.length > 60
    ):
        return None
    if not near & _AROUND and ("PERSON" not in held or column.name is not None):
        return None
    found = []
    for value in facts.values:
        bare = _FLAT.sub("", value)
        match = None if _NO_STREET.search(bare) else _NUMBER_FIRST.match(bare) or _NUMBER_LAST.match(bare)
        if match is not None and _is_word(match["stem"]):
            found.append(match)
    share = len(found) / len(facts.values)
    stems, numbers = {m["stem"] for m in found}, {m["number"] for m in found}
    if share < 0.8 or len(stems) < 0.5 * len(found) or len(numbers) < min(12, 0.25 * len(found)):
        return None
    return Guess("STREET_ADDRESS", share, 0.55, "names with numbers of houses")


def _is_word(stem: str) -> bool:
    """Say whether there is a word of some length, which is no run of capitals as in codes."""
    longest = max(re.findall(r"[^\W\d_]+", stem), key=len, default="")
    return len(longest) > 2 and (
        not longest.isupper() or len(longest) > 5 or longest.upper() == longest.lower()
    )


def towns_by_endings(facts: Facts, held: set[str], near: set[str]) -> Guess | None:
    """Tell towns by how their names begin and end, where nearly each is no name of a person."""
    if facts.kind not in ("text", "enumeration") or facts.n_distinct < 8 or not held or facts.words > 2.6:
        return None
    share = facts.matching(_TOWN)
    if (
        share < 0.6
        or facts.names.whole > 0.3
        or (share < 0.8 and not near & {"STREET_ADDRESS", "POSTCODE", "STATE"})
    ):
        return None
    return Guess("CITY", share, 0.5, f"{share:.0%} begin or end as towns do")
