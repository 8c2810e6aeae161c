"""What the names of a whole leak tell of each: other writings of its words, and words before it that are none of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakkit.pii.people.fields import field_of
from leakkit.pii.people.mentions import NAME, Finding, read_traits
from leakkit.pii.people.references import roles_meant

if TYPE_CHECKING:
    import pandas as pd

_FEWEST_GREETED, _GREETED_SHARE = 8, 0.3
_FEWEST_LED, _KNOWN_SHARE = 4, 0.5
"""Names that begin with one word, and the share whose rest is a name of the leak, for that word to lead to names."""

_FEWEST_BESIDE, _GIVEN_SHARE = 6, 0.8
"""The same where the rest is one word, and the share of these with which other names begin ("Beitrag Ann")."""

_IN_SIGNS, _BOTH = ("cjk", "hangul"), 2


@dataclass(frozen=True, slots=True)
class Told:
    """What the names of a leak tell.

    Attributes
    ----------
    names : frozenset of str
        Keys of all whole names, their words in order of their keys.
    firsts : frozenset of str
        Words with which names begin.
    given, family : frozenset of str
        Words with which names in columns begin and end.
    doubled : dict
        Words written with two letters in place of an umlaut ("Joerg"), and those of names that have it.
    parted : dict
        Names in Chinese or Korean signs without a blank, and their two words, where others have the blank.
    meant : dict
        Roles of numbers by which another role's people are meant (`roles_meant`).
    """

    names: frozenset[str]
    firsts: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    doubled: dict[str, str]
    parted: dict[str, tuple[str, ...]]
    meant: dict[str, str]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Told:
        """Read it from the evidence of all names of a findings frame."""
        names: set[str] = set()
        ends: dict[str, set[str]] = defaultdict(set)
        doubled: dict[str, str] = {}
        parted: dict[str, tuple[str, ...]] = {}
        people = frame.loc[frame["entity"].eq("PERSON"), ["field", "evidence"]].drop_duplicates().fillna("")
        for name, text in zip(people["field"], people["evidence"], strict=True):
            traits, field = read_traits(text), field_of(name)
            words = traits.get("words", ())
            if len(words) > 1 and "pair" not in traits and not field.name_part:
                names.add(".".join(sorted(words)))
                ends["first"].add(words[0])
            if words and not field.is_text and (len(words) > 1 or field.name_part):
                ends["given"] |= {words[0]} if field.name_part != "family" else set()
                ends["family"] |= {words[-1]} if field.name_part != "given" else set()
            pairs = traits.get("digraphs", ())
            doubled |= dict(zip(pairs[1::2], pairs[::2], strict=True))
            if len(words) == _BOTH and "".join(traits.get("script", ())) in _IN_SIGNS and "glued" in traits:
                parted[traits["glued"][0]] = words
        firsts, given, family = (frozenset(ends[name]) for name in ("first", "given", "family"))
        return cls(frozenset(names), firsts, given, family, doubled, parted, roles_meant(frame))

    def are_given(self, words: tuple[str, ...]) -> bool:
        """Tell whether all words of a name are given names of columns, the last of them no family's: two of a list."""
        return self.given.issuperset(words) and words[-1] not in self.family

    def write(self, findings: list[Finding]) -> None:
        """Write the names and accounts of one member as those of the leak are written."""
        _without_leading_words(findings, self)
        for found in findings if self.doubled else ():
            if not self.doubled.keys().isdisjoint((*found.words, *found.glued)):
                _set_words(found, tuple(self.doubled.get(word, word) for word in found.words))
                found.glued = tuple(self.doubled.get(word, word) for word in found.glued)
        for found in findings if self.parted else ():
            is_one = found.kind == NAME and found.script in _IN_SIGNS and len(found.words) == 1
            if is_one and (words := self.parted.get(found.words[0])) is not None:
                _set_words(found, words)
                found.one_word = False


def _set_words(found: Finding, words: tuple[str, ...]) -> None:
    """Give a finding other words; a name is known by them."""
    found.words = words
    if found.kind == NAME:
        found.key = ".".join(sorted(words))


def _without_leading_words(findings: list[Finding], told: Told) -> None:
    """Take words off names in text that lead to many of a member's names: greetings, prepositions, purposes.

    A given name stands alone as well, where names come whole and in halves (cards of contacts).
    """
    begun: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    names = [f for f in findings if f.kind == NAME and len(f.words) > 1]
    names = [found for found in names if found.field.is_text or not found.field.column]
    for found in names:
        begun[found.words[0]][found.words[1:]] = None
    alone = Counter(found.words[0] for found in findings if found.kind == NAME and found.one_word)
    lasts = {found.words[-1] for found in names}
    greeted = max(_FEWEST_GREETED, _GREETED_SHARE * len({found.key for found in names}))
    leading = {
        word
        for word, rests in begun.items()
        if 2 * alone[word] < len(rests)
        if _leads(word, list(rests), told, greeted)
        or (word not in lasts and _is_before_given(list(rests), told, word))
    }
    for found in names if leading else ():
        if found.words[0] in leading:
            _set_words(found, found.words[1:])
            found.glued, found.one_word = (), len(found.words) == 1


def _leads(word: str, rests: list[tuple[str, ...]], told: Told, greeted: float) -> bool:
    """Tell whether a word begins most names of two words, or names whose rest is mostly a name of its own."""
    if sum(len(rest) == 1 for rest in rests) >= greeted:
        return True
    whole = [rest for rest in rests if len(rest) > 1]
    if len(whole) < max(_FEWEST_LED, len(rests) / 2) or word in told.given:
        return False
    known = sum(
        ".".join(sorted(rest)) in told.names or (rest[0] in told.given and rest[-1] in told.family)
        for rest in whole
    )
    return known >= _KNOWN_SHARE * len(whole)


def _is_before_given(rests: list[tuple[str, ...]], told: Told, word: str) -> bool:
    """Tell whether a word stands before single words with which other names begin, and is no given name itself."""
    single = [rest[0] for rest in rests if len(rest) == 1]
    return len(single) >= max(_FEWEST_BESIDE, len(rests) / 2) and (
        sum(one in told.firsts and one != word for one in single) >= _GIVEN_SHARE * len(single)
    )
