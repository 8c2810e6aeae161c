"""What joining people works with: light findings, mentions of one person in one record, and what makes two agree."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from leakkit.pii.detector import entities
from leakkit.pii.people.fields import Field

NAME, ACCOUNT, STRONG, OPAQUE, OTHER = "name", "account", "strong", "opaque", "other"
_ACCOUNTS = frozenset({"EMAIL", "USERNAME", "SOCIAL_PROFILE"})
_NOT_PERSONAL = frozenset(
    {"IMEI", "IMSI", "TAX_ID", "CRYPTO_ADDRESS", "VIN", "LICENSE_PLATE", "MEDICAL_LICENSE", "BANK_ACCOUNT"}
)
"""Strong for an account or thing, but often of a firm or of several: they hold a mention together, no more."""

WITHOUT_BLANKS = frozenset({"cjk", "kana", "hangul"})
"""Scripts in which a whole name may be one word."""

_LIKELY = frozenset({"arabic", "cjk", "hangul"})
"""Scripts of which not all ways are known to write a name in Latin letters: one that does not fit may be it as well."""

_MOST_IN_LATIN = {"hangul": 3}
"""Words of a name in Latin letters that is one word in its own: Kim Min Jun."""

_OF_TWO = 6
"""What is glued of the first word of a name and its last comes first."""

_ONE_EACH = ("NATIONAL_ID", "US_SSN", "FR_NIR", "SE_PERSONNUMMER", "DATE_OF_BIRTH")
_TRAITS = re.compile(r"(?:^|; )traits:([^:;]*)")


@dataclass(slots=True)
class Finding:
    """What is needed of one finding.

    `forms` are the other writings of a name's words in Latin letters; `keyed` tells that a key stood before it in a
    text; `office` that it is a mailbox or account of an office, a firm or a program; `is_part` that its text names
    others, too; `by` says what found it: "column", "tagger", or nothing for a rule; `element` is the handle of the key
    above it, where that is a value; `family` holds the family's words where of the given ones but letters are known;
    `script` is that of a name's letters, if they are not Latin; `aside` how far the brackets go that a name stands in
    behind another; `couple` how far behind a first name the one begins whose family it has; `written` that
    a name stands right behind other letters, which may be the same name.
    """

    index: int
    entity: str
    kind: str
    key: str
    row: int
    start: int
    field: Field
    words: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()
    handle: str = ""
    one_word: bool = False
    masked: str = ""
    score: float = 1.0
    forms: tuple[str, ...] = ()
    keyed: bool = False
    office: bool = False
    is_part: bool = False
    by: str = ""
    element: str = ""
    script: str = ""
    family: tuple[str, ...] = ()
    aside: int = 0
    couple: int = 0
    written: bool = False

    def with_name(self, words: tuple[str, ...], masked: str, forms: tuple[str, ...] = ()) -> Finding:
        """Give the name that some words make, standing where this finding does."""
        return Finding(
            self.index, self.entity, NAME, ".".join(sorted(words)), self.row, self.start, self.field, words,
            masked=masked, forms=forms, script=self.script,
        )  # fmt: skip

    def is_less_than(self, other: Finding) -> bool:
        """Tell whether another name says more: half a name is less than a whole one, a reading less than the name."""
        if self.one_word != other.one_word:
            return self.one_word
        return self.field.is_reading and not other.field.is_reading

    @property
    def is_nobodys(self) -> bool:
        """True for a name or account that says nothing of a person: the mailbox of a role, a name that many show."""
        return self.kind == OTHER and kind_of(self.entity) in (NAME, ACCOUNT)

    @property
    def initial(self) -> bool:
        """True for a name whose first or last word is but a letter: two of its glued forms are then equal."""
        glued = self.glued
        return len(glued) > 4 and glued[0] in (glued[2], glued[4])

    @property
    def written_out(self) -> str:
        """The word of a name with an initial that is none: the first, if the last is but a letter, or the last."""
        return self.words[0] if self.glued[0] == self.glued[4] else self.words[-1]


@dataclass(slots=True)
class Mention:
    """Findings of one record that belong to one person."""

    findings: list[Finding] = field(default_factory=list)
    path: str = ""
    row: int = 0
    name: Finding | None = None
    is_text: bool = False
    keys: set[tuple[str, str]] = field(default_factory=set)

    def add(self, found: Finding) -> None:
        """Take a finding in."""
        self.findings.append(found)
        if not found.is_nobodys:
            self.keys.add((found.entity, found.key))
        if found.kind == NAME and (self.name is None or self.name.is_less_than(found)):
            self.name = found

    def take(self, other: Mention) -> None:
        """Take another mention in; where only that is named, with the name that was put together of halves."""
        unnamed = self.name is None
        for found in other.findings:
            self.add(found)
        if unnamed and other.name is not None:
            self.name = other.name

    def has(self, kind: str) -> bool:
        """Tell whether there is a finding of a kind."""
        return any(found.kind == kind for found in self.findings)

    @property
    def writings(self) -> list[Finding]:
        """The name, and the same in other letters where it stands beside it (as directories of Japan tell both)."""
        if self.name is None:
            return []
        found = [self.name] if len(self.findings) == 1 else [self.name, *self._in_other_letters(self.name)]
        return found + [one for name in found for one in _in_one_word(name)]

    def _in_other_letters(self, name: Finding) -> list[Finding]:
        """Give whole names of the mention that may be its name in other letters, the first of each alphabet."""
        first: dict[str, Finding] = {}
        for found in self.findings:
            if found.kind == NAME and not found.one_word and may_be_written(name, found):
                first.setdefault(found.script, found)
        return list(first.values())

    @property
    def is_anonymous(self) -> bool:
        """True where neither a name nor an account or number says who it is."""
        return all(found.kind in (OTHER, OPAQUE) for found in self.findings)


@lru_cache(maxsize=256)
def kind_of(entity: str) -> str:
    """Say what a value does for joining: it names, it is an account or its number, it is a person's number, or less."""
    if entity == "PERSON":
        return NAME
    if entity in _ACCOUNTS:
        return ACCOUNT
    if entity == "ACCOUNT_ID":
        return OPAQUE
    known = entities().get(entity)
    return STRONG if known and known.strength == "strong" and entity not in _NOT_PERSONAL else OTHER


def read_traits(evidence: str) -> dict[str, tuple[str, ...]]:
    """Read the step ``traits`` of a finding's evidence (see `Case.traits`)."""
    found = _TRAITS.search(evidence)
    if not found or not found.group(1):
        return {}
    flags = (flag.partition("=") for flag in found.group(1).split(","))
    return {name: tuple(values.split(".")) if values else () for name, _, values in flags}


def same_person(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions of one record are of one person: equal name, equal number, name in the address."""
    shared = {key for key in one.keys & other.keys if kind_of(key[0]) in (ACCOUNT, STRONG)}
    if shared and (one.name is None or other.name is None or names_agree(one.name, other.name)):
        return True
    if one.name is not None and other.name is not None:
        return names_agree(one.name, other.name) and not _have_their_own(one, other)
    return any(
        account_fits(named.name, found)
        for named, bare in ((one, other), (other, one))
        if named.name is not None and bare.name is None
        for found in bare.findings
        if found.kind == ACCOUNT
    )


def _have_their_own(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions of a record have each a number or date of birth of their own: a father and son."""
    for entity in _ONE_EACH:
        mine, theirs = ({key for kind, key in m.keys if kind == entity} for m in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def names_agree(one: Finding, other: Finding) -> bool:
    """Tell whether two names may be one person's: equal, one a part of the other, or an initial that fits.

    "T. Lee" fits Tom Lee; Tim Lee does not, though his initial is the same. A name put together of two columns
    has no glued forms: there the family name must do.
    """
    if one.key == other.key:
        return True
    mine, theirs = set(one.words), set(other.words)
    if not mine or not theirs:
        return False
    if mine <= theirs or theirs <= mine or same_in_latin(one, other):
        return True
    if one.family or other.family:
        return _of_family(one, other)
    if not (one.initial or other.initial) or not mine & theirs:
        return False
    return not (one.glued and other.glued) or initials_agree(one, other)


def _of_family(one: Finding, other: Finding) -> bool:
    """Tell whether a name of which the first letters and the family are known may be the other, by the family."""
    for letters, name in ((one, other), (other, one)):
        if letters.family and not name.family:
            return set(letters.family) <= set(name.words) and len(name.words) > len(letters.family)
    return False


def same_in_latin(one: Finding, other: Finding) -> bool:
    """Tell whether one name is the other in another alphabet: each word is a way of writing it."""
    for name, latin in ((one, other), (other, one)):
        most = _MOST_IN_LATIN.get(name.script, len(name.words))
        if name.forms and not latin.script and 1 < len(latin.words) <= most:
            return set(latin.words) <= {*name.words, *name.forms}
    return False


def may_be_written(one: Finding, other: Finding) -> bool:
    """Tell whether two names that stand together may be one in two alphabets: nothing where letters can be compared."""
    if one.script == other.script:
        return False
    return same_in_latin(one, other) or not (
        any(name.forms and name.script and name.script not in _LIKELY for name in (one, other))
        and "" in (one.script, other.script)
    )


def _in_one_word(name: Finding) -> list[Finding]:
    """Give a name in signs that are written without a blank as well: "佐藤 花子" is 佐藤花子."""
    if name.script not in WITHOUT_BLANKS or len(name.words) != 2 or not name.glued:
        return []
    return [replace(name, key=name.glued[0], words=name.glued[:1], glued=())]


def initials_agree(one: Finding, other: Finding) -> bool:
    """Tell whether two names share a word, and the first letter of the other: "T. Lee", or Tom misspelt."""
    shared = set(one.words) & set(other.words)
    return bool(shared) and len(set(one.glued[:_OF_TWO]) & set(other.glued[:_OF_TWO])) >= 2


def account_fits(name: Finding | None, account: Finding) -> bool:
    """Tell whether an address or user name is made of a name: all its words are words or glued words of it."""
    if name is None or not account.words or name.one_word:
        return False
    return set(account.words) <= {*name.words, *name.glued, *name.forms}


@dataclass(slots=True)
class Group:
    """The mentions that are one person."""

    mentions: list[Mention] = field(default_factory=list)
    names: list[Finding] = field(default_factory=list)
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    is_office: bool = False

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.is_office |= any(found.office for found in mention.findings)
        self.paths.add(mention.path)
        self._call(mention.name)
        known = {name.key for name in self.names}
        self.names += [name for name in mention.writings if name.key not in known]
        for found in mention.findings:
            if found.field.is_reading and found.kind == NAME and not found.one_word:
                self._call(found)
            if not found.is_nobodys:
                self.values[found.entity].add(found.key)
                self.kinds.add(found.kind)

    def _call(self, name: Finding | None) -> None:
        """Take a name in, unless it is known."""
        if name is not None and all(name.key != known.key for known in self.names):
            self.names.append(name)

    def take(self, other: Group) -> None:
        """Take another group's mentions in."""
        for mention in other.mentions:
            self.add(mention)

    @property
    def full_names(self) -> list[Finding]:
        """Names of two words or more."""
        return [name for name in self.names if not name.one_word]

    def paths_of(self, entity: str) -> set[str]:
        """Give the members in which they have a value of an entity."""
        return {m.path for m in self.mentions if any(found.entity == entity for found in m.findings)}
