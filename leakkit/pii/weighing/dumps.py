"""Rows of bytes and numbers as machines print them: a telephone or a card there is a part of the row."""

from __future__ import annotations

import re

IN_DUMPS = frozenset(
    "PHONE NATIONAL_ID TAX_ID CREDIT_CARD US_SSN UK_NHS FR_NIR BANK_ACCOUNT IBAN POSTCODE EMAIL COMPANY_ID PASSPORT "
    "SE_PERSONNUMMER DE_TAX_ID IMEI MEDICAL_ID ROUTING_NUMBER".split()
)
"""Entities that rows of bytes are taken for."""
_ADDRESS = re.compile(r"\s{0,8}(?:0x)?[0-9a-fA-F]{1,16}[:|]\s{1,8}")
_OFFSET = re.compile(r"(?:0x)?[0-9a-fA-F]{6,16}\s{1,4}")
_GROUP = re.compile(r"[0-9a-fA-F]+(?![^\s|])")
_OF_GROUPS = frozenset("0123456789abcdefABCDEF")
_RECORD = re.compile(r":[0-9A-F]{10,560}|S[0-9][0-9A-F]{6,520}")
"""A line of Intel's and Motorola's forms of firmware."""

_RECORDS = frozenset(":S")
_FEWEST, _MANY, _SHORT_MAIL, _REACH, _NEAR = 4, 14, 16, 400, 40
_PAIRS = re.compile(r"(?=[\d ]*[a-f])\s*[0-9a-f]{2}(?: [0-9a-f]{2}){3,63}(?=\s*\Z|\s{2,}[a-z.])")
"""Bytes with a letter among them, and nothing or an instruction after them, as a cell of machine code."""

_ODD, _OCTAL = frozenset({2, 4, 8, 16}), frozenset({3, 6})
_LISTED = re.compile(
    r"(?:^|\s)[-dlcbps][-rwxsStT]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+\d+(?:,\s*\d+)?\s+"
    r"(?:[A-Z][a-z]{2}\s+\d{1,2}|\d{4}-\d\d-\d\d)\s+[\d:.]{4,18}"
)
"""Rights, owner, size and time of a file, as listings of folders have them."""


def looks_dumped(entity: str, value: str) -> bool:
    """Tell at a glance whether a value may be part of a row: groups with blanks, a run of digits, short mail."""
    if entity == "EMAIL":
        return len(value) <= _SHORT_MAIL
    return " " in value or value.isdecimal()


def in_dump(text: str, start: int, end: int, entity: str) -> bool:
    """Tell whether a span is part of a printed row of bytes or numbers.

    A row of bytes begins with an address and a colon, and has groups of two, four or eight hexadecimal digits
    after it; or it has so many groups that nothing else is written so. Beside such a row the same bytes stand as
    text, in which a short address of mail comes by chance.
    """
    first = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH)
    last = text.find("\n", end, end + _REACH)
    line = text[first : last if last >= 0 else end + _REACH]
    if entity != "EMAIL" and not _may_be_row(text, start, end, line):
        return False
    start, end = start - first, end - first
    if entity == "EMAIL":
        return end - start <= _SHORT_MAIL and _bytes_end(line[:start]) > 0
    if line[:1] in _RECORDS and _RECORD.fullmatch(line.strip()) is not None:
        return True
    listed = _LISTED.search(line) if "r-" in line or "rw" in line else None
    if listed is not None and listed.start() < start < listed.end():
        return True
    groups_end = _bytes_end(line)
    return end <= groups_end or _is_row(line, start, end)


def _may_be_row(text: str, start: int, end: int, line: str) -> bool:
    """Tell by what stands right beside a span whether it may be part of a row; most of prose is done with here."""
    before, after = text[max(0, start - _NEAR) : start].rstrip(), text[end : end + _NEAR].lstrip()
    if not (before or after) or "r-" in line or "rw" in line:
        return True
    left = before[-1:] in _OF_GROUPS and _GROUP.fullmatch(before.rsplit(None, 1)[-1])
    return bool(left or (after[:1] in _OF_GROUPS and _GROUP.fullmatch(after.split(None, 1)[0])))


def _bytes_end(line: str) -> int:
    """Give where the groups of bytes at the beginning of a line end; 0 where there are too few."""
    begin = _ADDRESS.match(line)
    fewest = _FEWEST
    if begin is None:
        begin, fewest = _OFFSET.match(line), 2 * _FEWEST
    if begin is None:
        bare = _PAIRS.match(line)
        return 0 if bare is None else bare.end()
    groups, last = _groups(line, begin.end())
    widths = {len(group) for group in groups[:-1]}
    if len(widths) != 1 or not (widths <= _ODD or (fewest > _FEWEST and widths <= _OCTAL)):
        return 0
    enough = len(groups) >= fewest or (widths == {2} and len(groups) >= 3)
    return last if enough else 0


def _groups(line: str, place: int) -> tuple[list[str], int]:
    """Give the groups of hexadecimal digits from a place on, one or two blanks between, and where they end."""
    groups: list[str] = []
    last = place
    while (group := _GROUP.match(line, place)) is not None:
        if groups and len(group[0]) > len(groups[0]):
            break
        groups.append(group[0])
        last = place = group.end()
        while place < len(line) and line[place] in " |" and place - last < 2:
            place += 1
        if place == last:
            break
    return groups, last


def _is_row(line: str, start: int, end: int) -> bool:
    """Tell whether a span stands among many groups of digits and nothing else, several on either side or one."""
    tokens = line.split()
    if len(tokens) < _MANY:
        return False
    numbers = sum(_GROUP.fullmatch(token) is not None for token in tokens)
    others = len(tokens) - len(line[start:end].split())
    return others >= _MANY // 2 and numbers >= 0.9 * len(tokens)
