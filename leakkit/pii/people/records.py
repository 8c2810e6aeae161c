"""Which findings of one record belong to one person: the first of the two steps that join people.

A record is a table's row, a JSON element, a message or a line. Its findings become *mentions*: a table's row
is one mention for each role its columns name; free text is parted by the names and addresses in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leakkit.pii.people.columns import Columns, by_column, names_in_columns
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.lines import of_elements, of_lines
from leakkit.pii.people.mentions import (
    ACCOUNT,
    NAME,
    OPAQUE,
    OTHER,
    STRONG,
    Finding,
    Mention,
    kind_of,
    read_traits,
    same_person,
)
from leakkit.pii.people.texts import of_list, of_text

if TYPE_CHECKING:
    import pandas as pd

_TABLES = re.compile(r"\.(?:sqlite3?|db3?|s3db|xlsx|xlsm|ods)$", re.IGNORECASE)
NEAR_MENTIONS = 50
_PERHAPS_FIRM, _MOST_OFFICES = 0.3, 0.7
_FEWEST_GREETED, _GREETED_SHARE = 8, 0.3
_NAMED_LIKE = frozenset({"LOCATION", "CITY", "COUNTRY", "ORGANIZATION"})
"""What half a name may be taken for: there are families called Valencia and Holland."""

_ATTEMPT = "username_refused"
"""The detector of user names that an SSH server does not know: whoever tried them, they are nobody's."""

_BESIDE = ("contact", "delivery")
"""Roles that are the record's own person unless another is named."""

_REACHED_BY = ("EMAIL", "PHONE", "USERNAME")


def mentions_of(frame: pd.DataFrame) -> Iterator[Mention]:
    """Give the mentions of all records of a findings frame, in the order of the frame."""
    known = _names_beside_pairs(frame)
    ordered = frame.sort_values(["path", "row", "field", "start"], kind="stable", na_position="first")
    for path, part in ordered.groupby("path", sort=False, dropna=False):
        findings = _findings(part, path if isinstance(path, str) else "", known)
        name = path if isinstance(path, str) else ""
        if name and all(found.field.is_text and not found.field.place for found in findings):
            fields = set(part["field"].fillna("").unique())
            if fields == {""}:
                yield from of_lines(findings, name)
                continue
        elements = of_elements(findings, name) if _is_page(findings) else None
        yield from _of_records(findings, name) if elements is None else elements


def _is_page(findings: list[Finding]) -> bool:
    """Tell whether a member was read element by element (HTML)."""
    return all(found.field.column == "text" or found.field.column.startswith("@") for found in findings)


def _beside_their_keys(findings: list[Finding]) -> None:
    """Put values to the key they stand under, where each key has one: ``{"ann@...": {"mobile": ...}, ...}``.

    The reader calls such keys ``*``, whatever they are, so that their order is what is left.
    """
    columns: dict[str, list[Finding]] = {}
    for found in findings:
        if "*" in found.field.column:
            columns.setdefault(found.field.column, []).append(found)
    for column, keys in columns.items():
        held = [
            found
            for name, found in columns.items()
            if name.startswith(f"{column}.") and "*" not in name[len(column) :]
        ]
        for values in [keys, *held] if column.endswith("*") else []:
            if len(values) == len(keys):
                for number, found in enumerate(values):
                    found.field = replace(found.field, place=f"{column}[{number}]")


def _names_beside_pairs(frame: pd.DataFrame) -> frozenset[str]:
    """Give the names of the leak, where some texts may be two people's or one's ("García López, María José")."""
    told = frame["evidence"].fillna("")
    if not told.str.contains("pair=", regex=False).any():
        return frozenset()
    words = (
        read_traits(text).get("words", ())
        for text in told[frame["entity"].eq("PERSON")]
        if "pair=" not in text
    )
    return frozenset(".".join(sorted(held)) for held in words if len(held) > 1)


def _parts(found: Finding, traits: dict[str, tuple[str, ...]], known: frozenset[str]) -> list[Finding]:
    """Give the names of a text that holds several people's, one by one; nothing where it is but one name."""
    told = traits.get("people") or traits.get("pair")
    if not told:
        return []
    names = [tuple(name.split(".")) for name in ".".join(told).split("/")]
    keys = [".".join(sorted(name)) for name in names]
    if "people" not in traits and known.isdisjoint(keys):
        return []
    return [
        replace(found, key=key, words=name, start=found.start + place, is_part=True)
        for place, (key, name) in enumerate(zip(keys, names, strict=True))
    ]


def _findings(part: pd.DataFrame, path: str, known: frozenset[str]) -> list[Finding]:
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
            table, _, column = name.partition(".")
            inner = field_of(column)
            where = replace(inner, place=table, column=name)
        found = Finding(index, entity, kind_of(entity), key, row, start, where, masked=masked, score=score)
        traits = read_traits(evidence) if found.kind in (NAME, ACCOUNT) else {}
        if "role-mailbox" in traits or "sample-name" in traits or "firm" in traits:
            found.kind, found.office = OTHER, "sample-name" not in traits
        if _ATTEMPT in evidence:
            found.kind = OTHER
        if found.kind == NAME and where.is_thing:
            found.kind = OTHER
        if where.name_part and entity in _NAMED_LIKE:
            found.kind = NAME
        found.keyed = not name and "layout" in evidence
        found.forms = traits.get("forms", ())
        if "opaque" in traits:
            found.kind = OPAQUE
        found.words, found.glued = traits.get("words", ()), traits.get("glued", ())
        found.handle = "".join(traits.get("handle", ()))
        if found.kind == NAME and not found.words:
            found.words = (str(key),)
        found.one_word = found.kind == NAME and ("one-word" in traits or len(found.words) == 1)
        if found.kind == NAME and found.words:
            found.key = ".".join(sorted(found.words))
        result += _parts(found, traits, known) if found.kind == NAME else []
        if not result or result[-1].index != index:
            result.append(found)
    _without_greetings(result)
    _beside_their_keys(result)
    return result


def _without_greetings(findings: list[Finding]) -> None:
    """Take the greeting off names in text ("Dear Ann"): a word that begins many of a member's names of two words."""
    names = [
        f
        for f in findings
        if f.kind == NAME and len(f.words) == 2 and (f.field.is_text or not f.field.column)
    ]
    begun: dict[str, set[str]] = {}
    for found in names:
        begun.setdefault(found.words[0], set()).add(found.words[1])
    least = max(_FEWEST_GREETED, _GREETED_SHARE * len({found.key for found in names}))
    greetings = {word for word, others in begun.items() if len(others) >= least}
    for found in names if greetings else ():
        if found.words[0] in greetings:
            found.words, found.glued, found.one_word = found.words[1:], (), True
            found.key = found.words[0]


def _of_records(findings: Sequence[Finding], path: str) -> Iterator[Mention]:
    """Give the mentions of a member whose rows are records; tables of a database are apart."""
    by_table = bool(_TABLES.search(path))
    names = names_in_columns(findings)
    records: dict[tuple[int, str], list[Finding]] = {}
    for found in findings:
        records.setdefault((found.row, found.field.place if by_table else ""), []).append(found)
    few_offices = _offices_are_few(findings)
    for (row, _), record in records.items():
        for mention in _of_record(record, names):
            if few_offices and mention.name is not None and _is_of_office(mention):
                for found in mention.findings:
                    found.score = min(found.score, _PERHAPS_FIRM)
            mention.path, mention.row = path, row
            yield mention


def _offices_are_few(findings: Sequence[Finding]) -> bool:
    """Tell whether a table has mailboxes of offices, and mostly people's own: whoever has such a one may be a firm."""
    own = offices = 0
    for found in findings:
        if found.entity == "EMAIL":
            own += not found.office
            offices += found.office
    return 0 < offices <= _MOST_OFFICES * own


def _is_of_office(mention: Mention) -> bool:
    """Tell whether a mention has but the mailbox of an office."""
    return (
        any(found.office for found in mention.findings)
        and not mention.has(ACCOUNT)
        and not mention.has(STRONG)
    )


def _of_record(record: list[Finding], names: Columns) -> list[Mention]:
    """Part one record: its fields by role and place, its texts by the names in them; then join what agrees."""
    blocks: dict[tuple[str, str], Mention] = {}
    texts: dict[tuple[str, str], list[Finding]] = {}
    for found in record:
        where = found.field
        if where.is_text:
            texts.setdefault((where.place, where.role), []).append(found)
        else:
            blocks.setdefault((where.place, where.role), Mention()).add(found)
    lists = _lists_of(blocks) if len(record) > 2 or any(found.is_part for found in record) else []
    for mention in blocks.values():
        _compose_name(mention)
    for key, mention in list(blocks.items()):
        if len(mention.findings) > 2 and sum(f.kind == NAME for f in mention.findings) > 1:
            blocks[key], others = by_column(mention, names)
            lists += others
    result, owners = _joined_places({key: mention for key, mention in blocks.items() if mention.findings})
    for mention in lists:
        known = next((m for m in _near(result) if same_person(m, mention)), None)
        if known is None:
            result.append(mention)
        else:
            known.take(mention)
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


def _lists_of(blocks: dict[tuple[str, str], Mention]) -> list[Mention]:
    """Take out of their blocks the cells that hold several people (``To: Ann Lee <a@b.io>, c@d.io``), one by one."""
    result: list[Mention] = []
    for where, block in blocks.items():
        if len(block.findings) < 2:
            continue
        cells: dict[str, list[Finding]] = {}
        for found in block.findings:
            cells.setdefault(found.field.column, []).append(found)
        several = {column for column, held in cells.items() if len(held) > 1 and _are_several(held)}
        if len(cells) > 2 and len({f.key for f in block.findings if f.entity == "EMAIL"}) > 2:
            several |= set(cells) if not block.has(NAME) else set()
        if several:
            for column in several:
                result += of_list(cells[column])
            rest = Mention()
            for found in block.findings:
                if found.field.column not in several:
                    rest.add(found)
            blocks[where] = rest
    return result


def _are_several(held: list[Finding]) -> bool:
    """Tell whether a cell holds two addresses or two full names."""
    addresses = {found.key for found in held if found.entity == "EMAIL"}
    return len(addresses) > 1 or len({f.key for f in held if f.kind == NAME and not f.one_word}) > 1


def _near(mentions: list[Mention]) -> list[Mention]:
    """Give the first mention of a record and the last ones: a list of thousands is not compared with itself."""
    return mentions if len(mentions) <= NEAR_MENTIONS else [mentions[0], *mentions[-NEAR_MENTIONS:]]


def _compose_name(mention: Mention) -> None:
    """Make a full name of halves that stand in two columns (given and family name)."""
    halves = [f for f in mention.findings if f.kind == NAME and f.words]
    if mention.name is None or len({(f.key, f.field.column) for f in halves}) < 2:
        return
    family = [f for f in halves if f.field.name_part == "family"]
    given = [f for f in halves if f.field.name_part == "given"]
    if not given or not family:
        if not mention.name.one_word:
            return
        given = [f for f in halves if f.field.name_part != "family"]
    elif not mention.name.one_word and not mention.name.field.name_part and _has_words(mention.name, halves):
        return
    words = tuple(dict.fromkeys(word for f in [*given, *family] for word in f.words))[:4]
    first = mention.name
    mention.name = Finding(
        first.index, first.entity, NAME, ".".join(sorted(words)), first.row, first.start, first.field, words,
        masked=" ".join(f.masked for f in [*given, *family]),
    )  # fmt: skip


def _has_words(name: Finding, halves: list[Finding]) -> bool:
    """Tell whether a whole name has a word of one of the halves beside it."""
    return bool(set(name.words) & {word for f in halves if f.field.name_part for word in f.words})


def _joined_places(
    blocks: dict[tuple[str, str], Mention],
) -> tuple[list[Mention], dict[tuple[str, str], Mention]]:
    """Join the blocks of a record: nested places without a name or account of their own are the record's.

    Gives the mentions, and the mention that each block became.
    """
    main = blocks.get(("", ""))
    result = [main] if main is not None else []
    owners: dict[tuple[str, str], Mention] = {}
    ordered = (
        sorted(blocks.items(), key=lambda item: item[0][1] in _BESIDE) if len(blocks) > 1 else blocks.items()
    )
    for (place, role), mention in ordered:
        if mention is main:
            owners[place, role] = mention
            continue
        known = next((m for m in _near(result) if same_person(m, mention)), None)
        if known is None and role in _BESIDE:
            known = _contacted(mention, result, main)
        if known is None and main is not None and (place or mention.is_anonymous) and not role:
            known = main if mention.name is None and _fits(main, mention) else None
        if known is None:
            result.append(mention)
        else:
            known.take(mention)
        owners[place, role] = known or mention
    return result, owners


def _contacted(mention: Mention, result: list[Mention], main: Mention | None) -> Mention | None:
    """Give whose contact details these are: without a name the record's own, else a person's beside the record's.

    A firm's row names its contact and has his address in a column of its own: then both are one.
    """
    home = main if main is not None else result[0] if len(result) == 1 else None
    if home is None or not _fits(home, mention):
        return None
    if mention.name is None:
        return home
    own = any(found.entity in _REACHED_BY for found in mention.findings)
    return home if home.name is None and not own and not home.has(STRONG) else None


def _fits(known: Mention, mention: Mention) -> bool:
    """Tell whether a mention without a name may be of a person that has no other value of the same kind."""
    mine = {found.entity: found.key for found in known.findings if found.kind in (ACCOUNT, STRONG)}
    theirs = {found.entity: found.key for found in mention.findings if found.kind in (ACCOUNT, STRONG)}
    for entity, key in theirs.items():
        if entity in mine and mine[entity] != key:
            return entity == "EMAIL" and known.is_text is False and mention.is_text
    return True
