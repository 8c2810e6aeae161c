"""Free text parted into people: each value to the name it fits, or the name nearest to it."""

from __future__ import annotations

from dataclasses import replace

from leakkit.pii.people.mentions import (
    ACCOUNT,
    NAME,
    OTHER,
    Finding,
    Mention,
    account_fits,
    may_be_written,
    names_agree,
)

LONGEST_TEXT = 200
"""Findings of one text that are weighed together."""

_LONGEST_NAME = 60
"""Characters of a name and what stands between it and the same in other letters."""

NEAR_LINES = 12
"""Lines after a name within which a text's further values may be that person's."""


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


def of_message(values: list[Finding], recipients: list[Mention]) -> list[Mention]:
    """Part a message into mentions: whom it greets by the first name has it from who wrote it, and tells no values.

    Parameters
    ----------
    values : list of Finding
        Those of the message.
    recipients : list of Mention
        To whom it was sent.
    """
    words = {word for mention in recipients for found in mention.findings for word in found.words}
    greeted = [found for found in values if found.kind == NAME and found.one_word and found.key in words]
    if not greeted:
        return of_text(values)
    own = {id(found) for found in greeted}
    mentions = of_text([found for found in values if id(found) not in own])
    homes: dict[str, Mention] = {}
    for found in greeted:
        home = homes.get(found.key) or _home_of(found, mentions)
        homes[found.key] = home
        home.add(found)
    return mentions


def _home_of(found: Finding, mentions: list[Mention]) -> Mention:
    """Give the first of some mentions whose name a name agrees with, or a new one among them."""
    for mention in mentions:
        if mention.name is not None and names_agree(mention.name, found):
            return mention
    mentions.append(Mention())
    return mentions[-1]


def of_list(values: list[Finding]) -> list[Mention]:
    """Part a list of people (a header of a letter) into mentions: an address is of the name right before it."""
    result: list[Mention] = []
    for found in sorted(values, key=lambda found: (found.row, found.start)):
        last = result[-1] if result else None
        follows = (
            last is not None
            and last.name is not None
            and not any(f.entity == found.entity for f in last.findings)
        )
        if found.kind == NAME or last is None or not follows:
            last = Mention()
            result.append(last)
        last.add(found)
    return result


def _named(values: list[Finding]) -> list[Mention]:
    """Give a mention for each different name of a text; a first name alone joins the name it is a part of.

    So does a name that stands in other letters right behind it.
    """
    result: list[Mention] = []
    homes: dict[int, Mention] = {}
    before = _before(values)
    for found in sorted(values, key=lambda f: (f.written, f.one_word)):
        if found.kind != NAME:
            continue
        home = next((m for m in result if m.name is not None and names_agree(m.name, found)), None)
        same = homes.get(before[found.index]) if found.index in before else None
        if same is not None and _may_be(same, found):
            home, found.field = same, replace(found.field, is_reading=True)
        if home is None:
            home = Mention()
            result.append(home)
        home.add(found)
        homes[found.index] = home
    return result


def _before(values: list[Finding]) -> dict[int, int]:
    """Give the name right before each that stands behind other letters, by their places in the frame."""
    result, last = {}, None
    for found in values:
        if found.written and last is not None and last.kind == NAME:
            same = (last.row, last.field.column) == (found.row, found.field.column)
            if same and 0 < found.start - last.start <= _LONGEST_NAME:
                result[found.index] = last.index
        last = found
    return result


def _may_be(mention: Mention, found: Finding) -> bool:
    """Tell whether a name may be that of a mention in other letters."""
    name = mention.name
    return name is not None and (name.script == found.script or may_be_written(name, found))


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
    candidates = [m for m in mentions if not _taken(m, found) and not _is_beyond(m, found)]
    return min(candidates, key=lambda m: _distance(m, found), default=None)


def _is_beyond(mention: Mention, found: Finding) -> bool:
    """Tell whether a value stands behind the brackets in which somebody is told of: "Ann (mother of Tom), phone"."""
    here = [f for f in mention.findings if f.row == found.row]
    return bool(here) and all(f.aside and not 0 <= found.start - f.start <= f.aside for f in here)


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
