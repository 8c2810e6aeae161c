"""Which findings of one record belong to one person: the first of the two steps that join people.

A record is a table's row, a JSON element, a message or a line. Its findings become *mentions*: a table's row
is one mention for each role its columns name; free text is parted by the names and addresses in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from leakkit.pii.people.columns import Columns, by_column, names_in_columns
from leakkit.pii.people.families import with_relatives
from leakkit.pii.people.greeted import greet
from leakkit.pii.people.light import TABLES, findings_of
from leakkit.pii.people.lines import of_elements, of_lines
from leakkit.pii.people.mentions import ACCOUNT, NAME, STRONG, Finding, Mention, same_person
from leakkit.pii.people.numbers import give_payments
from leakkit.pii.people.objects import part_objects
from leakkit.pii.people.roles import REACHING, give_roles
from leakkit.pii.people.texts import of_list, of_message
from leakkit.pii.people.told import Told

if TYPE_CHECKING:
    import pandas as pd

_Place = tuple[str, str]
"""Place in a record, and role."""

_ITSELF = ("", "")
_TURN = re.compile(r"(.*)\[(\d{1,6})\]")
"""The place of a message among those of a conversation, in which two speak in turn."""

_NEAR, _PERHAPS_FIRM, _MOST_OFFICES = 50, 0.3, 0.7
_PAGES = (".html", ".htm", ".xhtml")
_CALLED, _ANSWERING = ("emergency",), ("parent", "spouse", "companion")
"""Whom one calls in an emergency, and who that is where no name is told: a guardian named in the same row."""

_REACHED_BY = ("EMAIL", "PHONE", "USERNAME")


def mentions_of(frame: pd.DataFrame) -> Iterator[Mention]:
    """Give the mentions of all records of a findings frame, in the order of the frame."""
    told = Told.of(frame)
    ordered = frame.sort_values(["path", "row", "field", "start"], kind="stable", na_position="first")
    for path, part in ordered.groupby("path", sort=False, dropna=False):
        name = path if isinstance(path, str) else ""
        findings = findings_of(part, name, told)
        without_fields = bool(name) and part["field"].fillna("").eq("").all()
        if without_fields and all(found.field.is_text and not found.field.place for found in findings):
            yield from of_lines(findings, name)
            continue
        elements, cells = _of_page(findings, name)
        mentions = of_elements(elements, name) if elements else None
        if mentions is None:
            yield from _of_records(findings, name)
        else:
            yield from mentions
            yield from _of_records(cells, name)


def _of_page(findings: list[Finding], path: str) -> tuple[list[Finding], list[Finding]]:
    """Part what a page tells element by element from the cells of its tables (HTML)."""
    of_tables = {found.row for found in findings if not _is_element(found)}
    if of_tables and not path.lower().endswith(_PAGES):
        return [], findings
    elements = [found for found in findings if found.row not in of_tables]
    return elements, [found for found in findings if found.row in of_tables]


def _is_element(found: Finding) -> bool:
    """Tell whether a finding is of a block of a page or of one of its attributes."""
    return found.field.column == "text" or found.field.column.startswith("@")


def _of_records(findings: Sequence[Finding], path: str) -> Iterator[Mention]:
    """Give the mentions of a member whose rows are records; tables of a database are apart."""
    by_table = bool(TABLES.search(path))
    names = names_in_columns(findings)
    give_roles(findings)
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
    blocks: dict[_Place, Mention] = {}
    texts: dict[_Place, list[Finding]] = {}
    part_objects(record)
    for found in record:
        where = found.field
        if where.is_text:
            texts.setdefault((where.place, where.role), []).append(found)
        else:
            blocks.setdefault((where.place, where.role), Mention()).add(found)
    give_payments(blocks)
    others = _parted(blocks, names, len(record) > 2 or any(found.is_part for found in record))
    filled = {key: mention for key, mention in blocks.items() if mention.findings}
    result, owners = _joined_places(with_relatives(filled))
    for mention in others:
        if (known := _known(result, mention)) is None:
            result.append(mention)
        else:
            known.take(mention)
    greet(owners, texts, names.greeted)
    only = owners.get(_ITSELF) or (result[0] if len(result) == 1 else None)
    spoken: dict[tuple[str, bool], Mention] = {}
    for (place, role), values in sorted(texts.items(), key=_turn):
        told = (owners.get((place, by)) for by in (role, "from", ""))
        author = next((m for m in told if m is not None), None) if place else only
        if author is None and role in REACHING:  # {"contacts": [{"type": "email", "value": ...}]}
            author = _around(place, owners) or owners.get(_ITSELF)
        turn = _TURN.fullmatch(place)
        speaker = (turn[1], int(turn[2]) % 2 == 1) if turn else None
        if author is None and speaker is not None:
            author = spoken.get(speaker)
        sent_to = [owners[place, to] for to in ("to", "cc") if (place, to) in owners]
        first = _with_text(result, of_message(values, sent_to), author)
        if speaker is not None and first is not None and first.name is not None and not first.name.one_word:
            spoken.setdefault(speaker, first)
        only = first if author is None and first is not None else only
    return result


def _turn(text: tuple[_Place, list[Finding]]) -> tuple[str, int]:
    """Order texts: the items of a list by their numbers, as what is said in turn (``messages[2]``)."""
    place = text[0][0]
    turn = _TURN.fullmatch(place)
    return (turn[1], int(turn[2])) if turn else (place, -1)


def _parted(blocks: dict[_Place, Mention], names: Columns, with_lists: bool) -> list[Mention]:
    """Take other people out of the blocks of a record: those of lists, and those other columns name."""
    others = _lists_of(blocks) if with_lists else []
    for mention in blocks.values():
        _compose_name(mention)
    for key, mention in list(blocks.items()):
        several = len({f.field.column for f in mention.findings if f.kind == NAME and not f.one_word}) > 1
        if several or (len(mention.findings) > 2 and sum(f.kind == NAME for f in mention.findings) > 1):
            blocks[key], more = by_column(mention, names)
            others += more
    return others


def _with_text(result: list[Mention], told: list[Mention], author: Mention | None) -> Mention | None:
    """Add the people of a text to those of its record; give its author, or the first it tells of."""
    for mention in told:
        mention.is_text = True
        known = _known(result, mention)
        if known is None and mention.name is None and author is not None and _fits(author, mention):
            known = author
        if known is None and mention.is_anonymous and len(result) == 1:
            known = result[0]
        if known is not None:
            known.take(mention)
            continue
        result.append(mention)
        if author is None and not mention.is_anonymous:
            author = mention
    return author


def _known(mentions: list[Mention], mention: Mention) -> Mention | None:
    """Give the one of some mentions that is of the same person: the first or one of the last, as lists are long."""
    near = mentions if len(mentions) <= _NEAR else [mentions[0], *mentions[-_NEAR:]]
    return next((known for known in near if same_person(known, mention)), None)


def _lists_of(blocks: dict[_Place, Mention]) -> list[Mention]:
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


def _compose_name(mention: Mention) -> None:
    """Make a full name of halves that stand in two columns (given and family name)."""
    halves = [f for f in mention.findings if f.kind == NAME and f.words]
    if mention.name is None or len({(f.key, f.field.column) for f in halves}) < 2:
        return
    family = [f for f in halves if f.field.name_part == "family"]
    given = [f for f in halves if f.field.name_part in ("given", "initials")]
    if not given or not family:
        if not mention.name.one_word:
            return
        given = [f for f in halves if f.field.name_part != "family"]
    elif not mention.name.one_word and not mention.name.field.name_part and _has_words(mention.name, halves):
        return
    words = tuple(dict.fromkeys(word for f in [*given, *family] for word in f.words))[:4]
    forms = tuple(form for f in [*given, *family] for form in f.forms)
    mention.name = mention.name.with_name(words, " ".join(f.masked for f in [*given, *family]), forms)
    if given and family and all(f.field.name_part == "initials" for f in given):
        mention.name.family = tuple(word for f in family for word in f.words)


def _has_words(name: Finding, halves: list[Finding]) -> bool:
    """Tell whether a whole name has a word of one of the halves beside it."""
    return bool(set(name.words) & {word for f in halves if f.field.name_part for word in f.words})


def _joined_places(
    blocks: dict[_Place, Mention],
) -> tuple[list[Mention], dict[_Place, Mention]]:
    """Join the blocks of a record: nested places without a name or account of their own are the record's.

    Gives the mentions, and the mention that each block became.
    """
    main = blocks.get(_ITSELF)
    result = [main] if main is not None else []
    owners: dict[_Place, Mention] = {}
    ordered = sorted(blocks.items(), key=_last_called) if len(blocks) > 1 else blocks.items()
    for (place, role), mention in ordered:
        if mention is main:
            owners[place, role] = mention
            continue
        known = _known(result, mention)
        home = _around(place, owners) or main
        if known is None and role in REACHING:
            known = _contacted(mention, result, home)
        if known is None and role in _CALLED and mention.name is None:
            known = next((owners[place, one] for one in _ANSWERING if (place, one) in owners), None)
        if known is None and home is not None and (place or mention.is_anonymous) and not role:
            known = home if mention.name is None and _fits(home, mention) else None
        if known is None:
            result.append(mention)
        else:
            known.take(mention)
        owners[place, role] = known or mention
    return result, owners


def _last_called(block: tuple[_Place, Mention]) -> int:
    """Order blocks: contact details last, whom to call in an emergency before them."""
    role = block[0][1]
    return 2 if role in REACHING else role in _CALLED


def _around(place: str, owners: dict[_Place, Mention]) -> Mention | None:
    """Find whose element of a list a place is, or lies in: ``accounts[3].contacts[0]`` is of ``accounts[3]``."""
    while place:
        if (found := owners.get((place, ""))) is not None:
            return found
        place = place.rpartition(".")[0]
    return None


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
