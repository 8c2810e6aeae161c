"""Cells of SQL dumps: INSERT, REPLACE, COPY, UPDATE, and rows cut out of the middle of one."""

from __future__ import annotations

import re

from leakkit.pii.layout.text import Sheet

_STATEMENT = re.compile(
    r"(?i)\b(?:insert|replace)\s{1,8}(?:ignore\s{1,8}|or\s{1,4}\w{1,10}\s{1,4})?into\s{1,8}([`\"\[\]\w.$-]{1,140})"
    r"\s{0,20}(\([^()]{0,4000}\))?\s{0,20}values?\s{0,20}(?=\()"
)
_COPY = re.compile(
    r"(?im)^\s{0,8}copy\s{1,8}([`\"\w.$]{1,140})\s{0,8}(\([^()]{0,4000}\))?\s{1,8}from\s{1,8}stdin[^\n]{0,200}\n"
)
_CREATE = re.compile(
    r"(?i)\bcreate\s{1,8}(?:temporary\s{1,8})?table\s{1,8}(?:if\s{1,4}not\s{1,4}exists\s{1,8})?([`\"\[\]\w.$-]{1,140})\s{0,20}\("
)
_COLUMN = re.compile(
    r"(?:^|[,(\n])\s*(?:`([^`\n]{1,80})`|\"([^\"\n]{1,80})\"|\[([^\]\n]{1,80})\]|([A-Za-z_]\w{0,80}))\s+[A-Za-z]"
)
_NO_COLUMN = {"primary", "key", "constraint", "unique", "index", "foreign", "check", "fulltext", "exclude"}
_LOOSE = re.compile(r"(?m)^[ \t]{0,20}\((?=[ \t]*(?:'|[NEB]'|\d+[ \t]*,|null[ \t]*,|default[ \t]*,))", re.I)
_BARE = re.compile(r"[^,()'\"\n][^,()'\n]*")
_LONGEST = 1 << 16
_WIDEST = 500


def _name(raw: str) -> str:
    """Take quotes off a table's or column's name and keep its last part."""
    return raw.split(".")[-1].strip("`\"[] \t\n\r'")


def _names(listed: str | None) -> list[str]:
    """Give the names of a bracketed list."""
    return [_name(part) for part in listed[1:-1].split(",")] if listed else []


def _created(text: str) -> dict[str, list[str]]:
    """Give the columns of every table that the text creates."""
    tables = {}
    for found in _CREATE.finditer(text):
        body = text[found.end() - 1 : found.end() + 8000].split(";", 1)[0]
        names = ["".join(filter(None, groups)) for groups in _COLUMN.findall(body)]
        tables[_name(found[1])] = [name for name in names if name.lower() not in _NO_COLUMN]
    return tables


def _quoted_end(text: str, position: int) -> int:
    """Give the place of the quote that ends a string begun before `position`; -1 where none does."""
    limit = min(len(text), position + _LONGEST)
    first = position
    while (at := text.find("'", position, limit)) >= 0:
        slashes = at - 1
        while slashes >= first and text[slashes] == "\\":
            slashes -= 1
        after = at + 1
        if (at - slashes) % 2 == 0:
            position = after
        elif text.startswith("'", after):
            position = after + 1
        elif _ends(text, after):
            return at
        else:
            position = after
    return -1


def _ends(text: str, position: int) -> bool:
    """Say whether a value may end before `position`: a comma, bracket, cast or semicolon follows."""
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position >= len(text) or text[position] in ",);" or text.startswith("::", position)


def _tuple(sheet: Sheet, position: int, names: list[str], table: int) -> int:
    """Read one bracketed row that opens at `position`; give the place after it."""
    text, row, column = sheet.text, sheet.row(), 0
    position += 1
    while position < len(text):
        char = text[position]
        if char in " \t\r\n":
            position += 1
        elif char == ",":
            column, position = column + 1, position + 1
            if column > _WIDEST:
                return position
        elif char == ")":
            return position + 1
        elif char == "'" or (char in "NEBXneb_" and text.startswith("'", position + 1)):
            start = position + (1 if char == "'" else 2)
            end = (
                start if text.startswith("'", start) and _ends(text, start + 1) else _quoted_end(text, start)
            )
            if end < 0:
                return len(text)
            sheet.put(start, end, names[column] if column < len(names) else None, row, column, table)
            position = end + 1
        elif (found := _BARE.match(text, position)) is not None:
            key = names[column] if column < len(names) else None
            start, end = found.start(), found.end()
            if text[start] != ":" and not text.startswith("(", end):
                if end - start > 1 and text[start] == text[end - 1] == '"':
                    start, end = start + 1, end - 1
                if text[start:end].strip().upper() not in ("NULL", "DEFAULT", "TRUE", "FALSE"):
                    sheet.put(start, end, key, row, column, table)
            position = found.end()
        elif char == '"' and (close := text.find('"', position + 1, position + _LONGEST)) > 0:
            sheet.put(position + 1, close, names[column] if column < len(names) else None, row, column, table)
            position = close + 1
        elif char == "(":
            close = text.find(")", position, position + 500)
            position = close + 1 if close > 0 else position + 1
        else:
            position += 1
    return position


def _rows(sheet: Sheet, position: int, names: list[str], table: int) -> int:
    """Read bracketed rows one after another; give the place after the last."""
    text = sheet.text
    while position < len(text):
        if text[position] == "(":
            position = _tuple(sheet, position, names, table)
        elif text[position] in " \t\r\n,":
            position += 1
        else:
            break
    return position


def read_dumps(sheet: Sheet) -> None:
    """Read the rows of all statements; rows of one table of one width share a column each."""
    text = sheet.text
    created = _created(text)
    tables: dict[tuple[str, tuple[str, ...]], int] = {}
    position = 0
    while (found := _STATEMENT.search(text, position)) is not None:
        name = _name(found[1])
        names = _names(found[2]) or created.get(name, [])
        table = tables.get((name, tuple(names))) or sheet.table()
        tables[name, tuple(names)] = table
        position = _rows(sheet, found.end(), names, table)
        sheet.take(found.start(), position)
    for found in _COPY.finditer(text):
        _read_copy(sheet, found, _names(found[2]) or created.get(_name(found[1]), []))
    position, loose = 0, 0
    while (found := _LOOSE.search(text, position)) is not None:
        position = found.end()
        if not sheet.taken[sheet.line_of(position - 1)]:
            loose = loose or sheet.table()
            position = _rows(sheet, position - 1, [], loose)
            sheet.take(found.start(), position)


def _read_copy(sheet: Sheet, found: re.Match[str], names: list[str]) -> None:
    """Read the tab-separated lines below a COPY."""
    table = sheet.table()
    number = sheet.line_of(found.end() - 1) + 1
    while number < len(sheet.starts) and not (line := sheet.line(number)).startswith("\\."):
        start, row = sheet.starts[number], sheet.row()
        for column, value in enumerate(line.split("\t")):
            if value != "\\N":
                key = names[column] if column < len(names) else None
                sheet.put(start, start + len(value), key, row, column, table)
            start += len(value) + 1
        sheet.taken[number] = 1
        number += 1
    sheet.take(found.start(), found.end())
