"""What the cells of a text are: cells of one column or key vote together, names speak, values may overrule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from leakkit.pii.columns.looks.fit import fit
from leakkit.pii.columns.looks.written import is_empty
from leakkit.pii.columns.verdict import Evidence, judge
from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.goods import are_goods
from leakkit.pii.layout.nick_columns import are_of_users, with_nicks
from leakkit.pii.layout.text import Cell
from leakkit.pii.validators.nicks import is_nick

_LEAST = 0.35
_SAMPLE = 400
_WITH_POSTCODE = {"CITY", "STREET_ADDRESS", "STATE", "COUNTRY"}
_ACCOUNT = re.compile(r"[a-z][a-z0-9]{1,20}(?:[._\-]?[a-z0-9]{1,20}){0,3}")
_PERSON = re.compile(
    r"[^\W\d_a-z][^\W\d_]*(?:['’.\-][^\W\d_]+)*\.?(?:,? [^\W\d_][^\W\d_]*(?:['’.\-][^\W\d_]*)*){1,4}"
)
"""Names of accounts, and names of people of two words or more."""

_ANY_NAME = 0.6
"""Strength up to which a column's name may say what a thing is called as well as a person."""

_FEW = 3
"""Cells of a text up to which they are no vocabulary in any case."""


def typed_cells(text: str, found: Sequence[Cell]) -> list[tuple[int, int, str, float, str]]:
    """Judge cells column by column, tables one by one."""
    if len(found) <= _FEW and len({(cell.table, cell.key) for cell in found}) == len(found):
        telling = [cell for cell in found if _worth(text, [cell])]
        if len({cell.table for cell in telling}) == len(telling) and all(cell.key for cell in telling):
            return _apart([span for cell in telling for span in _alone(text, cell)])
    tables: dict[int, dict[object, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in found:
        tables[cell.table][cell.key if cell.key is not None else cell.column].append(cell)
    spans: list[tuple[int, int, str, float, str]] = []
    for columns in tables.values():
        groups = [group for group in columns.values() if _worth(text, group)]
        groups = [
            group
            for group in groups
            if not are_goods(group[0].key, [text[c.start : c.end] for c in group], columns)
        ]
        groups = [part for group in groups for part in _parted(text, group)]
        addresses = _addresses(text, groups)
        groups = [_called_alike(text, group, addresses) for group in groups]
        if _is_vocabulary(text, groups):
            continue
        samples = [[text[c.start : c.end] for c in group[:_SAMPLE]] for group in groups]
        verdicts = _beside(groups, judge([group[0].key for group in groups], samples, rules=False))
        for group, verdict in zip(groups, with_nicks(text, groups, verdicts), strict=True):
            if verdict.entity is not None:
                spans.extend(_spans(text, group, verdict))
    return _apart(spans)


def _alone(text: str, cell: Cell) -> list[tuple[int, int, str, float, str]]:
    """Judge the only cell of a text that may say anything; it has a key."""
    verdict = judge([cell.key], [[text[cell.start : cell.end]]], rules=False)[0]
    return [] if verdict.entity is None else _spans(text, [cell], verdict)


def _parted(text: str, group: list[Cell]) -> list[list[Cell]]:
    """Part a column that holds names of people and of their accounts, where its own name may mean either."""
    if group[0].key is None:
        return [group]
    sense = entity_of_key(group[0].key)
    if sense.entity not in ("PERSON", "USERNAME") or sense.strength > 0.8:
        return [group]
    if sense.entity == "PERSON" and are_of_users(group[0].key, [text[c.start : c.end] for c in group]):
        return [[cell._replace(key="username") for cell in group]]
    if len(group) < 2:
        return [group]
    accounts = [cell for cell in group if _ACCOUNT.fullmatch(text, cell.start, cell.end)]
    people = [cell for cell in group if _PERSON.fullmatch(text, cell.start, cell.end)]
    if not accounts or not people or len(accounts) + len(people) < 0.9 * len(group):
        return [group]
    return [
        [cell._replace(key="username") for cell in accounts],
        [cell._replace(key="full name") for cell in people],
    ]


def _addresses(text: str, groups: Sequence[list[Cell]]) -> dict[int, str]:
    """Give what stands before the at sign of each row's e-mail address."""
    return {
        cell.row: text[cell.start : cell.end].partition("@")[0].casefold()
        for group in groups
        if group[0].key is not None and entity_of_key(group[0].key).entity == "EMAIL"
        for cell in group
    }


def _called_alike(text: str, group: list[Cell], addresses: dict[int, str]) -> list[Cell]:
    """Call a column of names of any kind ("name") after people, where most give the address beside them."""
    sense = entity_of_key(group[0].key) if addresses and group[0].key is not None else None
    if sense is None or sense.entity != "PERSON" or sense.strength > _ANY_NAME:
        return group
    alike = sum(
        _is_of(name[0].casefold().split(), addresses.get(cell.row, ""))
        for cell in group
        if (name := _PERSON.fullmatch(text, cell.start, cell.end)) is not None
    )
    return [cell._replace(key="full name") for cell in group] if 2 * alike > len(group) else group


def _is_of(words: list[str], address: str) -> bool:
    """Tell whether an address is made of the last word of a name and the first one's letter, as those of people are."""
    last = words[-1]
    return (
        len(last) > 2
        and last in address
        and address.replace(last, "", 1).strip("._-0123456789")[:1] == words[0][:1]
    )


def _is_vocabulary(text: str, groups: list[list[Cell]]) -> bool:
    """Say whether keys with whole numbers each are a vocabulary or counts of words, and no record."""
    if len(groups) < 4:
        return False
    numbers = sum(text[g[0].start : g[0].end].isdigit() and len(g) < 3 for g in groups)
    return numbers > 0.9 * len(groups) and groups[0][0].key is not None


def _worth(text: str, group: list[Cell]) -> bool:
    """Say whether a column may say anything: its key tells, or has none, or its values are several."""
    return len(group) >= 3 or may_be_told(text, group[0])


def may_be_told(text: str, cell: Cell) -> bool:
    """Say whether a cell may say anything by itself: its key tells, or has none, or its value is an account's."""
    if cell.key is None or entity_of_key(cell.key).entity is not None:
        return True
    value = text[cell.start : cell.end]
    return "@" in value or _is_account(value)


def _is_account(value: str) -> bool:
    """Tell whether a value is written as only accounts are."""
    return _ACCOUNT.fullmatch(value) is not None and is_nick(value)


def _beside(groups: Sequence[Sequence[Cell]], verdicts: Sequence[Evidence]) -> list[Evidence]:
    """Correct columns without a name by those beside them: a town follows a street; codes stand near both."""
    corrected = list(verdicts)
    for i, verdict in enumerate(verdicts):
        if groups[i][0].key is not None or verdict.entity not in ("PERSON", "POSTCODE"):
            continue
        before = corrected[i - 1].entity if i else None
        near = {v.entity for v in verdicts[max(0, i - 2) : i + 3]}
        people = [v.entity for v in corrected[:i]].count("PERSON")
        if verdict.entity == "PERSON" and (
            before in ("STREET_ADDRESS", "POSTCODE") or (people >= 2 and before != "PERSON")
        ):
            corrected[i] = replace(verdict, entity="CITY")
        beside = {v.entity for v in verdicts[max(0, i - 1) : i + 2]}
        if verdict.entity == "POSTCODE" and (
            i == 0 or not (near & {"CITY", "STREET_ADDRESS", "STATE"} and beside & _WITH_POSTCODE)
        ):
            corrected[i] = replace(verdict, entity=None)
    return corrected


def _spans(text: str, group: list[Cell], verdict: Evidence) -> list[tuple[int, int, str, float, str]]:
    """Give the spans of a column whose entity is known; leave out values that cannot be of it."""
    entity = verdict.entity or ""
    spans = []
    for cell in group:
        value = text[cell.start : cell.end]
        if len(value) > 2000 or is_empty(value):
            continue
        look = fit(entity, value)
        if look >= _LEAST or (look > 0.1 and verdict.named >= 0.9 and verdict.share >= 0.6):
            score = min(0.98, verdict.confidence * (0.6 + 0.4 * min(1.0, look + 0.2)))
            spans.append((cell.start, cell.end, entity, round(score, 3), verdict.evidence))
    return spans


def _apart(spans: list[tuple[int, int, str, float, str]]) -> list[tuple[int, int, str, float, str]]:
    """Keep, of spans that overlap, the surer, then the shorter one."""
    kept: list[tuple[int, int, str, float, str]] = []
    for span in sorted(spans, key=lambda s: (s[0], s[1])):
        if kept and span[0] < kept[-1][1]:
            if (span[3], kept[-1][1] - kept[-1][0]) > (kept[-1][3], span[1] - span[0]):
                kept[-1] = span
            continue
        kept.append(span)
    return kept
