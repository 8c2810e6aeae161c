"""Free text parted into people: each value to the name it fits, or the name nearest to it."""

from __future__ import annotations

from collections.abc import Iterator

from leakkit.pii.people.mentions import ACCOUNT, NAME, OTHER, Finding, Mention, account_fits, names_agree

LONGEST_TEXT = 200
"""Findings of one text that are weighed together."""

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


def of_lines(findings: list[Finding], path: str) -> Iterator[Mention]:
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
    """Let lines without a name or account follow the named line before them; other lines stand alone.

    An address on a line of its own, near below a name it is made of, follows as well (a card of contacts).
    """
    texts: list[list[Finding]] = []
    last = -NEAR_LINES
    names: list[Finding] = []
    for row, values in sorted(lines.items()):
        is_other = all(found.kind == OTHER for found in values)
        follows = bool(texts) and row - last <= NEAR_LINES and (is_other or _is_made_of(values, names))
        if follows:
            texts[-1] += values
        else:
            texts.append(list(values))
        if any(found.kind == NAME for found in values):
            last, names = row, [found for found in values if found.kind == NAME]
        elif not is_other and not follows:
            last = -NEAR_LINES
    return texts


def _is_made_of(values: list[Finding], names: list[Finding]) -> bool:
    """Tell whether a line has no name, and only accounts made of the names before."""
    accounts = [found for found in values if found.kind == ACCOUNT]
    if not accounts or any(found.kind == NAME for found in values):
        return False
    return all(any(account_fits(name, account) for name in names) for account in accounts)
