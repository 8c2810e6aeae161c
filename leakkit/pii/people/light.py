"""Findings of the frame made light: what joining people needs of each, and which of them are nobody's."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from leakkit.leak.records.table_keys import OF_TABLES as TABLES
from leakkit.pii.id_roles import same_role
from leakkit.pii.people.fields import Field, field_of, words_of
from leakkit.pii.people.mentions import ACCOUNT, NAME, OPAQUE, OTHER, Finding, kind_of, read_traits
from leakkit.pii.people.references import ROLE
from leakkit.pii.people.told import Told

if TYPE_CHECKING:
    import pandas as pd

_NAMED_LIKE = frozenset({"LOCATION", "CITY", "COUNTRY", "ORGANIZATION"})
"""What half a name may be taken for: there are families called Valencia and Holland."""

_ELEMENT = re.compile(r"; element:([0-9a-f]{16}):")
"""The handle of the key that a finding stands under (`leakkit.pii.elements`)."""

_ASIDE = re.compile(r"; aside:(\d{1,4}) ")
"""How far the brackets go in which a name stands behind another."""

_WRITTEN = re.compile(r"; written:|\bperson_japanese_kana\b")
"""How the evidence says that a name stands right behind other letters, which may be the same name."""

_COUPLE = re.compile(r"; couple:(\d{1,3}) ")
"""How far behind a first name a whole one begins whose family name it shares: "Tom and Ann Lee"."""

_KNOWN_WITHIN = 3
"""Lines before a first name in which nobody else may be called so, for it to share the family name behind it."""

_FOUND_BY = ("column:", "tagger:")
"""How the evidence of findings begins that no rule made."""

_STREET = re.compile(
    r"; also:[^:]*\baddress_(?:english|french|italian|polish|portuguese|romanian|russian|spanish|greek)\b"
)
"""How the evidence of a name says that a street is called by it: forms that begin with a number or the word for one.

Where the name of a street comes before the word ("Hauptstraße"), a person's may stand right before it.
"""

_SUBJECT = "subject"
"""What a message has as its heading, and a study as its person."""

_FEWEST_CELLS, _CELLS_SHARE = 8, 0.9
"""Values that begin a field, and their share of what is found in it, from which on the field is no text."""

_TOWN_WITHIN = 60
"""Signs after the beginning of a street's name within which its town follows."""

_SHOWN = frozenset(
    "nick nickname nicknames display displayname shown screen alias apelido apodo surnom spitzname".split()
)
"""Words of columns with the names that accounts show, which are whatever their owners like."""

_ATTEMPT = "username_refused"
"""The detector of user names that an SSH server does not know: whoever tried them, they are nobody's."""


def _parts(found: Finding, traits: dict[str, tuple[str, ...]], told: Told) -> list[Finding]:
    """Give the names of a text that holds several people's, one by one; nothing where it is but one name."""
    if "turned" in traits and told.are_given(found.words):
        return [replace(found, key=word, words=(word,), glued=(), one_word=True) for word in found.words]
    several = traits.get("people") or traits.get("pair")
    if not several:
        return []
    names = [tuple(name.split(".")) for name in ".".join(several).split("/")]
    keys = [".".join(sorted(name)) for name in names]
    if "people" not in traits and told.names.isdisjoint(keys):
        return []
    return [
        replace(found, key=key, words=name, forms=(), start=found.start + place, is_part=True)
        for place, (key, name) in enumerate(zip(keys, names, strict=True))
    ]


def findings_of(part: pd.DataFrame, path: str, told: Told) -> list[Finding]:
    """Give the findings of one member as light objects."""
    by_table = bool(TABLES.search(path))
    columns = zip(
        part.index, part["entity"], part["value_key"], part["row"], part["start"], part["field"].fillna(""),
        part["evidence"].fillna(""), part["masked"].fillna(""), part["score"].fillna(1.0), strict=True,
    )  # fmt: skip
    result = []
    for index, entity, key, row, start, name, evidence, masked, score in columns:
        where = _place_of(name, by_table)
        found = Finding(index, entity, kind_of(entity), key, row, start, where, masked=masked, score=score)
        found.by = evidence[: evidence.find(":")] if evidence.startswith(_FOUND_BY) else ""
        traits = read_traits(evidence) if found.kind != OTHER else {}
        _see_whose(found, traits, evidence)
        found.keyed = not name and "layout" in evidence
        if "aside:" in evidence and (aside := _ASIDE.search(evidence)) is not None:
            found.aside = int(aside[1])
        if "couple:" in evidence and (couple := _COUPLE.search(evidence)) is not None:
            found.couple = int(couple[1])
        found.written = _WRITTEN.search(evidence) is not None
        if "element:" in evidence and (element := _ELEMENT.search(evidence)) is not None:
            found.element = element[1]
        if entity == "ACCOUNT_ID" and (role := ROLE.match(evidence)) is not None:
            own = same_role(role[1])
            found.key = f"{told.meant.get(own, own)} {key}"
        _take_words(found, traits)
        parts = _parts(found, traits, told) if found.kind == NAME else []
        result += parts or [found]
    _of_whole_cells(result)
    _without_towns(result)
    _shown_alike(result)
    told.write(result)
    _with_family(result)
    _beside_their_keys(result)
    return result


def _place_of(name: str, by_table: bool) -> Field:
    """Read the name of a field, which in a database begins with that of its table."""
    where = field_of(name)
    if by_table and "." in name and not where.place:
        table, _, column = name.partition(".")
        return replace(field_of(column), place=table, column=name)
    return where


def _see_whose(found: Finding, traits: dict[str, tuple[str, ...]], evidence: str) -> None:
    """Take the kind off what is an office's, a sample's, nobody's or a thing's; half a name stays one."""
    if "role-mailbox" in traits or "sample-name" in traits or "firm" in traits:
        found.kind, found.office = OTHER, "sample-name" not in traits
    of_thing = found.kind == NAME and found.field.is_thing and found.by != "column"
    if _ATTEMPT in evidence or of_thing:
        found.kind = OTHER
    if found.kind == NAME and evidence.startswith("tagger:") and _STREET.search(evidence):
        found.kind, found.entity = OTHER, "STREET_ADDRESS"
    if found.field.name_part and found.entity in _NAMED_LIKE:
        found.kind = NAME
    if "opaque" in traits:
        found.kind = OPAQUE
    if "login" in traits:
        found.entity = "USERNAME"


def _shown_alike(findings: list[Finding]) -> None:
    """Take the kind off names that accounts show, where two accounts show the same one: it tells nobody apart."""
    shown = [
        f
        for f in findings
        if f.entity == "USERNAME" and not _SHOWN.isdisjoint(words_of(_leaf(f.field.column)))
    ]
    if not shown:
        return
    own = {id(found) for found in shown}
    accounts: dict[tuple[int, str], str] = {}
    for found in findings:
        if found.kind in (ACCOUNT, OPAQUE) and found.entity != "EMAIL" and id(found) not in own:
            accounts.setdefault(_object_of(found), found.key)
    owners: dict[str, set[str]] = {}
    for found in shown:
        if (account := accounts.get(_object_of(found))) is not None:
            owners.setdefault(found.key, set()).add(account)
    for found in shown:
        if len(owners.get(found.key, ())) > 1:
            found.kind = OTHER


def _object_of(found: Finding) -> tuple[int, str]:
    """Give the record and the object in it in which a finding stands."""
    return found.row, found.field.column.rpartition(".")[0]


def _leaf(column: str) -> str:
    """Give the last part of a column's name."""
    return column.rpartition(".")[2]


def _of_whole_cells(findings: list[Finding]) -> None:
    """Take subjects that are people, no headings of messages, for cells: each record begins with its one value."""
    told: dict[str, list[Finding]] = {}
    for found in findings:
        if found.field.is_text and not found.field.place and _SUBJECT in words_of(found.field.column):
            told.setdefault(found.field.column, []).append(found)
    for held in told.values():
        first = sum(found.start == 0 for found in held)
        rows = len({found.row for found in held})
        if len(held) >= _FEWEST_CELLS and min(first, rows) >= _CELLS_SHARE * len(held):
            for found in held:
                found.field = replace(found.field, is_text=False)


def _without_towns(findings: list[Finding]) -> None:
    """Take the kind off a single word that the tagger found behind a street: a town, or a part of one."""
    before: Finding | None = None
    for found in findings:
        tagged = found.kind == NAME and found.one_word and found.by == "tagger"
        if tagged and before is not None and _is_street_before(before, found):
            found.kind = OTHER
        before = found


def _is_street_before(before: Finding, found: Finding) -> bool:
    """Tell whether a finding is of a street right before another, in the same text."""
    if before.entity != "STREET_ADDRESS" or (before.row, before.field) != (found.row, found.field):
        return False
    return 0 < found.start - before.start <= _TOWN_WITHIN


def _with_family(findings: list[Finding]) -> None:
    """Give first names the family name of the whole name that they are joined to, where nobody near is called so."""
    halves = [found for found in findings if found.couple and found.one_word]
    if not halves:
        return
    whole = [found for found in findings if found.kind == NAME and not found.one_word]
    places = {(found.row, found.field.column, found.start): found for found in whole}
    begun: dict[str, list[tuple[int, int]]] = {}
    for found in whole:
        begun.setdefault(found.words[0], []).append((found.row, found.start))
    for known in begun.values():
        known.sort()
    for found in halves:
        partner = places.get((found.row, found.field.column, found.start + found.couple))
        known = begun.get(found.words[0], [])
        nearest = bisect_left(known, (found.row, found.start)) - 1
        is_known = nearest >= 0 and known[nearest][0] >= found.row - _KNOWN_WITHIN
        if partner is not None and not is_known:
            found.words = (*found.words, *partner.words[1:])
            found.key, found.one_word = ".".join(sorted(found.words)), False


def _take_words(found: Finding, traits: dict[str, tuple[str, ...]]) -> None:
    """Give a finding the words that it is told by; a name is known by them."""
    found.words, found.glued = traits.get("words", ()), traits.get("glued", ())
    found.script = "".join(traits.get("script", ()))
    found.forms, found.handle = traits.get("forms", ()), "".join(traits.get("handle", ()))
    if found.kind == NAME:
        found.words = found.words or (str(found.key),)
        found.one_word = "whole" not in traits and ("one-word" in traits or len(found.words) == 1)
        found.key = ".".join(sorted(found.words))


def _beside_their_keys(findings: list[Finding]) -> None:
    """Put values to the key they stand under: ``{"ann@...": {"mobile": ...}, "bob@...": {...}}``."""
    for found in findings:
        if found.element:
            below = found.field.column[: found.field.column.rfind("]") + 1].partition("*")[2]
            found.field = replace(found.field, place=f"*[{found.element}]{below}")
