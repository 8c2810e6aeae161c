"""Which findings of one record belong to one person: the first of the two steps that join people.

A record is a table's row, a JSON element, a message or a line. Its findings become *mentions*: a table's row
is one mention for each role its columns name; free text is parted by the names and addresses in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from leakkit.pii.detector import entities
from leakkit.pii.people_fields import Field, field_of

if TYPE_CHECKING:
    import pandas as pd

NAME, ACCOUNT, STRONG, OPAQUE, OTHER = "name", "account", "strong", "opaque", "other"
_ACCOUNTS = frozenset({"EMAIL", "USERNAME", "SOCIAL_PROFILE"})
_NOT_PERSONAL = frozenset(
    {"IMEI", "IMSI", "TAX_ID", "CRYPTO_ADDRESS", "VIN", "LICENSE_PLATE", "MEDICAL_LICENSE", "BANK_ACCOUNT"}
)
"""Strong for an account or thing, but often of a firm or of several: they hold a mention together, no more."""

_TRAITS = re.compile(r"(?:^|; )traits:([^:;]*)")
_TABLES = re.compile(r"\.(?:sqlite3?|db3?|s3db|xlsx|xlsm|ods)$", re.IGNORECASE)
NEAR_MENTIONS = 50
LONGEST_TEXT = 200
"""Findings of one text that are weighed together."""

NEAR_LINES = 12
"""Lines after a name within which a text's further values may be that person's."""


@dataclass(slots=True)
class Finding:
    """What is needed of one finding."""

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
        self.keys.add((found.entity, found.key))
        if found.kind == NAME and (self.name is None or (self.name.one_word and not found.one_word)):
            self.name = found

    def take(self, other: Mention) -> None:
        """Take another mention in."""
        for found in other.findings:
            self.add(found)

    def has(self, kind: str) -> bool:
        """Tell whether there is a finding of a kind."""
        return any(found.kind == kind for found in self.findings)

    @property
    def is_anonymous(self) -> bool:
        """True where neither a name nor an account or number says who it is."""
        return all(found.kind in (OTHER, OPAQUE) for found in self.findings)


@lru_cache(maxsize=256)
def kind_of(entity: str) -> str:
    """Say what a value does for joining: it names, it is an account, it is a person's number, or less."""
    if entity == "PERSON":
        return NAME
    if entity in _ACCOUNTS:
        return ACCOUNT
    known = entities().get(entity)
    return STRONG if known and known.strength == "strong" and entity not in _NOT_PERSONAL else OTHER


def read_traits(evidence: str) -> dict[str, tuple[str, ...]]:
    """Read the step ``traits`` of a finding's evidence (see `Case.traits`)."""
    found = _TRAITS.search(evidence)
    if not found or not found.group(1):
        return {}
    flags = (flag.partition("=") for flag in found.group(1).split(","))
    return {name: tuple(values.split(".")) if values else () for name, _, values in flags}


def mentions_of(frame: pd.DataFrame) -> Iterator[Mention]:
    """Give the mentions of all records of a findings frame, in the order of the frame."""
    ordered = frame.sort_values(["path", "row", "field", "start"], kind="stable", na_position="first")
    for path, part in ordered.groupby("path", sort=False, dropna=False):
        findings = _findings(part, path if isinstance(path, str) else "")
        name = path if isinstance(path, str) else ""
        if name and all(found.field.is_text and not found.field.place for found in findings):
            fields = set(part["field"].fillna("").unique())
            if fields == {""}:
                yield from _of_lines(findings, name)
                continue
        yield from _of_records(findings, name)


def _findings(part: pd.DataFrame, path: str) -> list[Finding]:
    """Give the findings of one member as light objects."""
    by_table = bool(_TABLES.search(path))
    columns = zip(
        part.index, part["entity"], part["value_key"], part["row"], part["start"], part["field"].fillna(""),
        part["evidence"].fillna(""), part["masked"].fillna(""), part["score"].fillna(1.0), strict=True,
    )  # fmt: skip
    result = []
    for index, entity, key, row, start, name, evidence, masked, score in columns:
        where = field_of(name)
        if by_table and "." in name and not where.place:
            where = Field(name.partition(".")[0], field_of(name.partition(".")[2]).role, where.is_text)
        found = Finding(index, entity, kind_of(entity), key, row, start, where, masked=masked, score=score)
        traits = read_traits(evidence) if found.kind in (NAME, ACCOUNT) else {}
        if "role-mailbox" in traits or "sample-name" in traits:
            found.kind = OTHER
        if "opaque" in traits:
            found.kind = OPAQUE
        found.words, found.glued = traits.get("words", ()), traits.get("glued", ())
        found.handle = "".join(traits.get("handle", ()))
        found.one_word = found.kind == NAME and ("one-word" in traits or len(found.words) == 1)
        if found.kind == NAME and found.words:
            found.key = ".".join(sorted(found.words))
        result.append(found)
    return result


def _of_records(findings: Sequence[Finding], path: str) -> Iterator[Mention]:
    """Give the mentions of a member whose rows are records; tables of a database are apart."""
    by_table = bool(_TABLES.search(path))
    records: dict[tuple[int, str], list[Finding]] = {}
    for found in findings:
        records.setdefault((found.row, found.field.place if by_table else ""), []).append(found)
    for (row, _), record in records.items():
        for mention in _of_record(record):
            mention.path, mention.row = path, row
            yield mention


def _of_record(record: list[Finding]) -> list[Mention]:
    """Part one record: its fields by role and place, its texts by the names in them; then join what agrees."""
    blocks: dict[tuple[str, str], Mention] = {}
    texts: dict[tuple[str, str], list[Finding]] = {}
    for found in record:
        where = found.field
        if where.is_text:
            texts.setdefault((where.place, where.role), []).append(found)
        else:
            blocks.setdefault((where.place, where.role), Mention()).add(found)
    for mention in blocks.values():
        _compose_name(mention)
    result, owners = _joined_places(blocks)
    only = owners.get(("", "")) or (result[0] if len(result) == 1 else None)
    for (place, role), values in texts.items():
        told = (owners.get((place, by)) for by in (role, "from", ""))
        author = next((m for m in told if m is not None), None) if place else only
        for mention in of_text(values):
            mention.is_text = True
            known = next((m for m in _near(result) if same_person(m, mention)), None)
            if known is None and mention.name is None and author is not None and _fits(author, mention):
                known = author
            if known is None and mention.is_anonymous and len(result) == 1:
                known = result[0]
            if known is None:
                result.append(mention)
                if author is None and not mention.is_anonymous:
                    author = only = mention
            else:
                known.take(mention)
    return result


def _near(mentions: list[Mention]) -> list[Mention]:
    """Give the first mention of a record and the last ones: a list of thousands is not compared with itself."""
    return mentions if len(mentions) <= NEAR_MENTIONS else [mentions[0], *mentions[-NEAR_MENTIONS:]]


def _compose_name(mention: Mention) -> None:
    """Make a full name of halves that stand in two columns (given and family name)."""
    halves = [f for f in mention.findings if f.kind == NAME and f.words]
    if mention.name is None or not mention.name.one_word or len({f.key for f in halves}) < 2:
        return
    given = [f for f in halves if f.field.name_part != "family"]
    family = [f for f in halves if f.field.name_part == "family"]
    words = tuple(dict.fromkeys(word for f in [*given, *family] for word in f.words))[:4]
    first = mention.name
    mention.name = Finding(
        first.index, first.entity, NAME, ".".join(sorted(words)), first.row, first.start, first.field, words,
        masked=" ".join(f.masked for f in [*given, *family]),
    )  # fmt: skip


def _joined_places(
    blocks: dict[tuple[str, str], Mention],
) -> tuple[list[Mention], dict[tuple[str, str], Mention]]:
    """Join the blocks of a record: nested places without a name or account of their own are the record's.

    Gives the mentions, and the mention that each block became.
    """
    main = blocks.get(("", ""))
    result = [main] if main is not None else []
    owners: dict[tuple[str, str], Mention] = {}
    for (place, role), mention in blocks.items():
        if mention is main:
            owners[place, role] = mention
            continue
        known = next((m for m in _near(result) if same_person(m, mention)), None)
        if known is None and main is not None and (place or mention.is_anonymous) and not role:
            known = main if mention.name is None and _fits(main, mention) else None
        if known is None:
            result.append(mention)
        else:
            known.take(mention)
        owners[place, role] = known or mention
    return result, owners


def _fits(known: Mention, mention: Mention) -> bool:
    """Tell whether a mention without a name may be of a person that has no other value of the same kind."""
    mine = {found.entity: found.key for found in known.findings if found.kind in (ACCOUNT, STRONG)}
    theirs = {found.entity: found.key for found in mention.findings if found.kind in (ACCOUNT, STRONG)}
    for entity, key in theirs.items():
        if entity in mine and mine[entity] != key:
            return entity == "EMAIL" and known.is_text is False and mention.is_text
    return True


def same_person(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions of one record are of one person: equal name, equal number, name in the address."""
    shared = {key for key in one.keys & other.keys if kind_of(key[0]) in (ACCOUNT, STRONG)}
    if shared and (one.name is None or other.name is None or names_agree(one.name, other.name)):
        return True
    if one.name is not None and other.name is not None:
        return names_agree(one.name, other.name)
    return any(
        account_fits(named.name, found)
        for named, bare in ((one, other), (other, one))
        if named.name is not None and bare.name is None
        for found in bare.findings
        if found.kind == ACCOUNT
    )


def names_agree(one: Finding, other: Finding) -> bool:
    """Tell whether two names may be one person's: equal, one a part of the other, or an initial that fits."""
    if one.key == other.key:
        return True
    mine, theirs = set(one.words), set(other.words)
    if not mine or not theirs:
        return False
    if mine <= theirs or theirs <= mine:
        return True
    return len(mine & theirs) > 0 and len(set(one.glued) & set(other.glued)) >= 2


def account_fits(name: Finding | None, account: Finding) -> bool:
    """Tell whether an address or user name is made of a name: all its words are words or glued words of it."""
    if name is None or not account.words or name.one_word:
        return False
    return set(account.words) <= {*name.words, *name.glued}


def of_text(values: list[Finding]) -> list[Mention]:
    """Part the findings of a text, in their order, into mentions; a very long one piece by piece."""
    values = sorted(values, key=lambda found: (found.row, found.start))
    if len(values) > LONGEST_TEXT:
        pieces = range(0, len(values), LONGEST_TEXT)
        return [m for at in pieces for m in of_text(values[at : at + LONGEST_TEXT])]
    result = _named(values)
    for found in values:
        if found.kind == NAME:
            continue
        home = _home(found, result)
        if home is None:
            home = Mention()
            result.append(home)
        home.add(found)
    return [mention for mention in result if mention.findings]


def _named(values: list[Finding]) -> list[Mention]:
    """Give a mention for each different name of a text; a first name alone joins the name it is a part of."""
    result: list[Mention] = []
    for found in sorted(values, key=lambda f: f.one_word):
        if found.kind != NAME:
            continue
        home = next((m for m in result if m.name is not None and names_agree(m.name, found)), None)
        if home is None:
            home = Mention()
            result.append(home)
        home.add(found)
    return result


def _home(found: Finding, mentions: list[Mention]) -> Mention | None:
    """Find whose a value is: who has it, whose name is in it, else the nearest name before it, else after it."""
    if not mentions:
        return None
    for mention in mentions:
        if (found.entity, found.key) in mention.keys:
            return mention
    if found.kind == ACCOUNT:
        fitting = [m for m in mentions if account_fits(m.name, found)]
        if len(fitting) == 1:
            return fitting[0]
        fitting = [m for m in mentions if any(f.handle and f.handle == found.handle for f in m.findings)]
        if fitting:
            return fitting[0]
    candidates = [m for m in mentions if not _taken(m, found)]
    return min(candidates, key=lambda m: _distance(m, found), default=None)


def _taken(mention: Mention, found: Finding) -> bool:
    """Tell whether a mention has a value already where a person has one."""
    if found.kind == OTHER and found.entity not in ("DATE_OF_BIRTH",):
        return False
    return any(f.entity == found.entity and f.key != found.key for f in mention.findings)


def _distance(mention: Mention, found: Finding) -> tuple[int, int]:
    """Measure from the nearest value of a mention: what comes before counts half."""
    gaps = [
        (abs(found.row - f.row), abs(found.start - f.start) * (1 if f.start <= found.start else 2))
        for f in mention.findings
    ]
    return min(gaps)


def _of_lines(findings: list[Finding], path: str) -> Iterator[Mention]:
    """Give the mentions of a member read line by line: a letter is one text, a log is a text for each line."""
    names = {found.key for found in findings if found.kind == NAME and not found.one_word}
    accounts = {found.key for found in findings if found.kind == ACCOUNT}
    lines: dict[int, list[Finding]] = {}
    for found in findings:
        lines.setdefault(found.row, []).append(found)
    if names and len(names) <= 3 and len(accounts) <= 2 * len(names) + 1 and len(findings) <= 60:
        texts = [findings]
    else:
        texts = _blocks(lines)
    for text in texts:
        for mention in of_text(text):
            mention.path, mention.row, mention.is_text = path, mention.findings[0].row, True
            yield mention


def _blocks(lines: dict[int, list[Finding]]) -> list[list[Finding]]:
    """Let lines without a name or account follow the named line before them; other lines stand alone."""
    texts: list[list[Finding]] = []
    last = -NEAR_LINES
    for row, values in sorted(lines.items()):
        if all(found.kind == OTHER for found in values) and row - last <= NEAR_LINES and texts:
            texts[-1] += values
        else:
            texts.append(list(values))
        if any(found.kind == NAME for found in values):
            last = row
        elif any(found.kind != OTHER for found in values):
            last = -NEAR_LINES
    return texts
