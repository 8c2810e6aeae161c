"""What the values of one column are like: shares of shapes, lengths, repetition, spread of dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from leakkit.pii.columns.looks.fit import fit
from leakkit.pii.columns.looks.written import CJK, YEAR, has_clock, is_date, is_empty
from leakkit.pii.columns.words import listed, name_flags, stands_in, words_of
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME, TOWN

_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[,.' ]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?\s?(?:%|[€$£¥]|[A-Za-z]{1,4})?$"
)
_INTEGER = re.compile(r"[+-]?\d+(?:\.0)?$")
_UUID = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?$")
_HEX = re.compile(r"(?:0x)?(?=.*[a-fA-F])(?=.*\d)[0-9a-fA-F]{8,128}$")
_LETTERED = re.compile(r"(?:[^\W\d_]|.*[^\W\d_]{3})")
_PACKED = re.compile(r"(?:19|20)\d\d(?=[01]\d[0-3]\d$)")
_SHORT_YEAR = re.compile(r"[0-3]?\d[-/.][0-3]?\d[-/.](\d\d)$")
_LOGIN = re.compile(r"(?=[^a-z]*[a-z])[a-z0-9][a-z0-9._\-]{2,30}$")
_CHOSEN = re.compile(r"@?[a-z]{2,20}(?:[._\-]?[a-z]{1,20}){0,2}[._\-]?\d{0,6}[a-z_]?$")
_FEWEST_CHOSEN = 8
"""Different words that names of accounts have at least: fewer may be teams or machines."""

_FILE = re.compile(
    r".*\.(?:csv|tsv|txt|json|jsonl|parquet|xml|ya?ml|html?|pdf|docx?|xlsx?|png|jpe?g|zip|gz|log|py|sh|sql|bin)$"
)
_PREFIX = re.compile(
    r"(?:i?am|the|its|real|mr|mrs|ms|miss|dr|sir|x+|super|mega|dark|neo|el|la|le|der|big|little|lil|king|queen)"
)
"""What people put before their own name in that of an account."""
_LOOKED_AT = 240
_VARIED = 25
"""Different values, beside a fifth of the rows, from which on a column is varied though many stand in several rows."""


class Facts:
    """The filled values of a column; shapes are asked of at most 240 distinct ones, taken evenly."""

    def __init__(self, values: Sequence[str]) -> None:
        filled = [v for value in values if (v := value.strip()) and not is_empty(v)]
        self.n = len(filled)
        self.filled = filled
        distinct = list(dict.fromkeys(filled))
        self.n_distinct = len(distinct)
        step = max(1, -(-len(distinct) // _LOOKED_AT))
        self.values = distinct[::step]
        self._means: dict[str, float] = {}

    def varied(self, share: float) -> bool:
        """Say whether nearly each row has another value, or many have: a person may stand in several rows."""
        return self.n_distinct >= max(5, min(share * self.n, _VARIED + 0.2 * self.n))

    def mean(self, entity: str) -> float:
        """Mean of how well the values look like an entity."""
        if entity not in self._means:
            looks = [fit(entity, value) for value in self.values]
            self._means[entity] = sum(looks) / len(looks) if looks else 0.0
        return self._means[entity]

    def share(self, entity: str, least: float = 0.75) -> float:
        """Share of the values that look like an entity at least so well."""
        values = self.values
        if len(values) == 1:
            return float(fit(entity, values[0]) >= least)
        return sum([fit(entity, value) >= least for value in values]) / len(values) if values else 0.0

    def matching(self, pattern: re.Pattern[str]) -> float:
        """Share of the values that a pattern matches from their beginning."""
        values = self.values
        if len(values) == 1:
            return float(pattern.match(values[0]) is not None)
        return sum([pattern.match(v) is not None for v in values]) / len(values) if values else 0.0

    def among(self, name: str) -> float:
        """Share of the values that stand in a list of columns.toml."""
        return sum(stands_in(v, name) for v in self.values) / len(self.values) if self.values else 0.0

    def rows_among(self, name: str) -> float:
        """Share of the rows whose values stand in a list."""
        return sum(stands_in(v, name) for v in self.filled) / self.n if self.n else 0.0

    def codes(self, name: str) -> float:
        """Share of the values that stand in a list of codes as they are written."""
        return sum(v in listed(name) for v in self.values) / len(self.values) if self.values else 0.0

    @cached_property
    def words(self) -> float:
        """Mean number of words."""
        return sum([len(v.split()) for v in self.values]) / len(self.values) if self.values else 0.0

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def numeric(self) -> float:
        """Share of plain numbers, with units or signs of currency too."""
        return self.matching(_NUMBER)

    @cached_property
    def integer(self) -> float:
        """Share of whole numbers."""
        return self.matching(_INTEGER)

    @cached_property
    def rising(self) -> bool:
        """Say whether whole numbers rise from row to row, as numbers that were given in turn do."""
        numbers = [int(v) for v in self.filled[:400] if v.isdecimal()]
        if len(numbers) < 5 or len(numbers) < 0.9 * min(400, self.n):
            return False
        up = sum(later > former for former, later in zip(numbers, numbers[1:], strict=False))
        return up > 0.95 * (len(numbers) - 1)

    @cached_property
    def dates(self) -> float:
        """Share of calendar dates."""
        return sum(map(is_date, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def clocks(self) -> float:
        """Share of dates with a time of day."""
        return sum(map(has_clock, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def years(self) -> list[int]:
        """Years of the dates, sorted."""
        found = [int(year[0]) for v in self.values if (year := YEAR.search(v) or _PACKED.match(v))]
        if not found:
            short = [int(year[1]) for v in self.values if (year := _SHORT_YEAR.match(v))]
            found = [year + (1900 if year > 30 else 2000) for year in short]
        return sorted(found)

    @cached_property
    def logins(self) -> float:
        """Share of names of accounts, where names of people show in half of them and joints or digits in some."""
        values = self.values
        if len(values) < 3 or not self.matching(_LOGIN) >= 0.8:
            return 0.0
        if sum(not v.isalpha() for v in values) < 0.2 * len(values):
            return 0.0
        stems = {"".join(words_of(v.replace("_", " "))) for v in values}
        if len(stems) < max(3, 0.3 * len(values)) or self.matching(_FILE) > 0.1:
            return 0.0
        named = sum(_holds_name(v) for v in values)
        return self.matching(_LOGIN) if named >= 0.5 * len(values) else 0.0

    @cached_property
    def chosen(self) -> float:
        """Share of names of accounts as people choose them: words of many kinds, and digits behind some.

        Says little alone: words for things are like that, too; under a name that speaks of somebody it is enough.
        """
        values = set(self.values)
        stems = {stem for v in values if _CHOSEN.match(v) and len(stem := v.strip("@0123456789._-")) >= 4}
        if len(stems) < max(_FEWEST_CHOSEN, 0.6 * len(values)) or self.matching(_FILE) > 0.1:
            return 0.0
        numbered = sum(v[-1].isdigit() for v in values)
        heads = {stem[:4] for stem in stems}
        if numbered < 0.3 * len(values) or len(heads) < 0.5 * len(stems):
            return 0.0
        return self.matching(_CHOSEN)

    @cached_property
    def few_words(self) -> bool:
        """Say whether a handful of words in small letters come again and again."""
        small = sum(v[0].islower() for v in self.values)
        return self.n >= 20 and self.n_distinct <= 8 and small > 0.8 * len(self.values)

    @cached_property
    def kind(self) -> str:
        """Rough kind of the values, for the evidence and to rule entities out."""
        if not self.values:
            return "empty"
        lower = {v.casefold() for v in self.values}
        if lower <= listed("yes_no") and len(lower) <= 3 and not (lower <= {"m", "f"}):
            return "yes/no"
        for name, pattern in (("uuid", _UUID), ("hexadecimal", _HEX)):
            if self.matching(pattern) > 0.8:
                return name
        if self.dates > 0.8:
            return "timestamp" if self.clocks > 0.5 else "date"
        if self.integer > 0.9:
            return "integer"
        if self.numeric > 0.9:
            return "number"
        if (self.words >= 6 and self.matching(_LETTERED) > 0.5) or self.length > 90 and self.words > 3:
            return "free text"
        if self.n >= 20 and self.n_distinct <= max(3, min(20, self.n * 0.05)):
            return "enumeration"
        return "text"

    @cached_property
    def names(self) -> NameShares:
        """Shares of values whose words the gazetteer knows."""
        return NameShares(self.values)


def _holds_name(value: str) -> bool:
    """Say whether a part of a name of an account is a given name or a surname, perhaps after an initial."""
    parts = [part for part in words_of(value.replace("_", " ")) if len(part) >= 3]
    for part in parts:
        whole, rest = name_flags([part.title(), part[1:].title()])
        if (whole & (GIVEN | SURNAME) and not whole & COMMON) or (
            rest & SURNAME and not (whole | rest) & COMMON
        ):
            return True
        if not whole and _is_pieced(part):
            return True
    return False


def _is_pieced(part: str) -> bool:
    """Say whether a word that is none itself begins or ends with a name: ``iamrhonda``, ``gallagherki``."""
    bare = _PREFIX.sub("", part)
    pieces = [part[:-1], part[:-2], part[:-3], bare]
    flags = name_flags([piece.title() for piece in pieces if len(piece) >= 4] or ["-"])
    return any(flag & (GIVEN | SURNAME) and not flag & COMMON for flag in flags)


class NameShares:
    """Shares of a column's values by what the gazetteer says of their words."""

    def __init__(self, values: Sequence[str]) -> None:
        self.whole = self.given = self.surname = self.town = self.plain = self.single = 0.0
        self.rare_given = self.common = self.known = self.cjk = self.alone = 0.0
        for value in values:
            if words := _words_of_name(value):
                self._add(words, 1 / len(values))
                self.cjk += bool(CJK.search(value)) / len(values)

    def _add(self, words: list[str], step: float) -> None:
        """Count a value of some words, as so large a share of all."""
        long = [f for f, w in zip(name_flags(words), words, strict=True) if len(w) > 1]
        titled = all(w[0].isupper() or not w[0].isascii() or len(w) < 4 for w in words)
        n_names = sum(bool(flag & (GIVEN | SURNAME)) for flag in long)
        if len(words) > 1 and n_names > 1 and any(flag & GIVEN for flag in long):
            self.whole += step * (1.0 if titled else 0.6)
            large = sum(len(word) > 1 and not word.islower() for word in words)
            self.alone += step * (n_names >= large)
        self.town += step * (titled and any(flag & TOWN for flag in long))
        self.plain += step * (bool(long) and all(f & COMMON and not f & (GIVEN | SURNAME) for f in long))
        self.common += step * any(flag & COMMON and not flag & GIVEN for flag in long)
        self.known += step * (n_names > 0)
        if len(words) == 1:
            self.single += step
            only = long[0] if long else 0
            self.given += step * (bool(only & GIVEN) and (titled or not only & COMMON))
            self.surname += step * (bool(only & SURNAME) and titled)
            self.rare_given += step * (bool(only & GIVEN) and titled and not only & COMMON)


def _words_of_name(value: str) -> list[str]:
    """Give the words of a value without titles before them; none where it cannot be a name."""
    words = words_of(value)[:8]
    while len(words) > 2 and words[0].casefold() in listed("titles"):
        words = words[1:]
    return [] if len(words) > 6 or any(c.isdigit() for c in value) else words
