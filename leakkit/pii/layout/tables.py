"""Cells of tables in lines: CSV, TSV, semicolons, pipes, Markdown, boxes of database clients, aligned columns."""

from __future__ import annotations

import re

from leakkit.pii.columns.company import in_company
from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.text import Sheet
from leakkit.pii.lexicon import UNKNOWN

Field = tuple[int, int]

_DELIMITERS = "\t|;,^~"
_FIELDS = {
    d: re.compile(rf"[ ]*\"((?:[^\"\n]|\"\")*+)\"[ ]*(?={re.escape(d)}|$)|([^{re.escape(d)}\n]*)")
    for d in _DELIMITERS
}
_APART = re.compile(r"\S {2,}\S")
_RULE = re.compile(r"[\s|:+=\-]*-{2,}[\s|:+=\-]*$")
_LABELLED = re.compile(r"\s*[^\W\d][\w .\-]{0,30}(?:=|:\s)")
_LETTERS = re.compile(r"[^\W\d_eEx]")
_GAP = re.compile(r"[ \t]{2,}")
_HEAD_CELL = re.compile(r"(?:\d{1,2}(?=[a-z]))?[^\W\d][\w .()/#'\-]{0,48}\??$")
_VALUE_LIKE = re.compile(r"@|\d{3}|^\d+$|://")
_WIDEST = 500


def _split(line: str, offset: int, delimiter: str) -> list[Field]:
    """Give the fields of a line, without quotes and (for pipes) without the outer ones."""
    if delimiter == "|" and line.lstrip().startswith("|"):
        inner = line.rstrip()
        end = len(inner) - 1 if inner.endswith("|") else len(inner)
        offset += line.index("|") + 1
        line = line[line.index("|") + 1 : max(end, line.index("|") + 1)]
    if '"' not in line:
        fields, start = [], offset
        for part in line.split(delimiter):
            fields.append((start, start + len(part)))
            start += len(part) + 1
        return fields[:_WIDEST]
    fields, position, pattern = [], 0, _FIELDS[delimiter]
    while position <= len(line) and len(fields) < _WIDEST:
        found = pattern.match(line, position)
        if found is None:
            break
        start, end = found.span(1) if found[1] is not None else found.span(2)
        fields.append((offset + start, offset + end))
        position = found.end() + 1
    return fields


def looks_like_header(names: list[str], below: list[list[str]]) -> bool:
    """Say whether a first row holds names of columns: words of the lexicon, unlike the values below."""
    filled = [name.strip() for name in names if name.strip()]
    if len(filled) < max(1, len(names) - 1) or len(set(filled)) < len(filled):
        return False
    if sum(bool(_HEAD_CELL.match(name)) for name in filled) < len(filled) * 0.9:
        return False
    known = sum(entity_of_key(name) != UNKNOWN for name in filled)
    if any(_VALUE_LIKE.search(name) for name in filled) and known * 2 < len(filled):
        return False
    if known >= max(1, len(filled) * 0.34):
        return True
    if not below:
        return False
    numeric = [
        i
        for i in range(len(names))
        if sum(bool(_VALUE_LIKE.search(row[i])) for row in below[:20] if i < len(row)) > len(below[:20]) * 0.6
    ]
    return len(numeric) >= 1 and all("_" in n or n.islower() or n.isupper() or " " not in n for n in filled)


def put_table(sheet: Sheet, rows: list[list[Field]], head: bool | None = None) -> None:
    """Give out the cells of rows; the first is the header when it looks like one."""
    text = sheet.text
    names = [text[start:end].strip() for start, end in rows[0]]
    if head is None:
        head = looks_like_header(names, [[text[s:e] for s, e in row] for row in rows[1:21]])
    table = sheet.table()
    keys = in_company(names) if head else []
    for fields in rows[1:] if head else rows:
        row = sheet.row()
        if head and fields and [text[s:e].strip() for s, e in fields[:50]] == names[:50]:
            continue
        for column, (start, end) in enumerate(fields):
            key = keys[column] if column < len(keys) else None
            start, end = _bare(text, start, end)
            sheet.put(start, end, key or None, row, column, table)


def _bare(text: str, start: int, end: int) -> Field:
    """Take the marks of code and of bold letters in Markdown off a field."""
    field = text[start:end].strip()
    for mark in ("`", "**"):
        if len(field) > 2 * len(mark) and field.startswith(mark) and field.endswith(mark):
            start = text.index(mark, start) + len(mark)
            return start, start + len(field) - 2 * len(mark)
    return start, end


def _width(line: str, delimiter: str) -> int:
    """Count the fields of a line."""
    if '"' in line or delimiter == "|":
        return len(_split(line, 0, delimiter))
    return line.count(delimiter) + 1


def _is_table(sheet: Sheet, rows: list[list[Field]], delimiter: str) -> bool:
    """Say whether rows of one width are a table and no prose with commas in it."""
    text, width = sheet.text, len(rows[0])
    cells = [text[start:end] for fields in rows[:30] for start, end in fields]
    if sum(bool(_LABELLED.match(cell)) for cell in cells) * 2 > len(cells):
        return False
    if delimiter == "\t" and sum(cell.endswith(":") for cell in cells) * 2 >= len(rows[:30]):
        return False
    if delimiter in "\t|":
        return True
    if sum(map(len, cells)) > 60 * len(cells):
        return False
    if looks_like_header(
        [text[s:e].strip() for s, e in rows[0]], [[text[s:e] for s, e in r] for r in rows[1:9]]
    ):
        return True
    spaced = sum(cell.startswith(" ") and cell[1:2].islower() for cell in cells)
    return len(rows) >= 2 and width >= (3 if delimiter == "," else 2) and spaced * 3 < len(cells)


def read_tables(sheet: Sheet, delimiters: str = _DELIMITERS) -> None:
    """Read runs of lines that have one number of fields under one delimiter."""
    for delimiter in delimiters:
        if delimiter not in sheet.text:
            continue
        number, last = 0, len(sheet.starts)
        while number < last:
            hit = sheet.text.find(delimiter, sheet.starts[number])
            if hit < 0:
                break
            number = sheet.line_of(hit)
            line = sheet.line(number)
            if (
                _alone(sheet, number, line, delimiter)
                or line.lstrip()[:1] in ("{", "[")
                or not _LETTERS.search(line)
            ):
                number += 1
                continue
            stop, rows, head = _run(sheet, number, delimiter, _width(line, delimiter))
            if len(rows) >= 2 and _is_table(sheet, rows, delimiter):
                put_table(sheet, rows, True if head else None)
                sheet.taken[number:stop] = b"\1" * (stop - number)
            number = max(stop, number + 1)


def _alone(sheet: Sheet, number: int, line: str, delimiter: str) -> bool:
    """Say whether a line is taken, or surely has another number of fields than the next."""
    if sheet.taken[number]:
        return True
    if delimiter == "|" or '"' in line:
        return False
    if number + 1 >= len(sheet.starts) or sheet.taken[number + 1]:
        return True
    below = sheet.line(number + 1)
    return '"' not in below and below.count(delimiter) != line.count(delimiter)


def _run(sheet: Sheet, number: int, delimiter: str, width: int) -> tuple[int, list[list[Field]], bool]:
    """Give the end of a run of lines of one width, its rows, and whether a rule sets a header off."""
    rows: list[list[Field]] = []
    head = False
    while number < len(sheet.starts) and not sheet.taken[number]:
        line = sheet.line(number)
        if delimiter == "|" and _RULE.match(line):
            head = head or len(rows) == 1
            number += 1
            continue
        if delimiter not in line:
            break
        fields = _split(line, sheet.starts[number], delimiter)
        if len(fields) != width:
            break
        rows.append(fields)
        number += 1
    return number, rows, head


def read_aligned(sheet: Sheet) -> None:
    """Read columns that are set by blanks, below a line that holds names of columns."""
    if "   " not in sheet.text:
        return
    number = 0
    while number < len(sheet.starts):
        apart = _APART.search(sheet.text, sheet.starts[number])
        if apart is None:
            return
        number = sheet.line_of(apart.start())
        line = sheet.line(number)
        if sheet.taken[number] or len(line) > 2000:
            number += 1
            continue
        heads = _gaps(line, 0)
        names = [line[start:end] for start, end in heads]
        entities = sum(entity_of_key(name).entity is not None for name in names)
        if len(heads) < 3 or entities < 2 or not looks_like_header(names, []):
            number += 1
            continue
        number = _read_aligned(sheet, number, [start for start, _ in heads], names)


def _gaps(line: str, offset: int) -> list[Field]:
    """Cut a line at runs of two or more blanks."""
    fields, start = [], len(line) - len(line.lstrip())
    for found in _GAP.finditer(line, start):
        fields.append((offset + start, offset + found.start()))
        start = found.end()
    return [*fields, (offset + start, offset + len(line))] if start < len(line) else fields


def _read_aligned(sheet: Sheet, number: int, places: list[int], names: list[str]) -> int:
    """Read the lines below an aligned header; each field goes to the column that begins nearest."""
    table, first, keys = sheet.table(), number, in_company(names)
    number += 1
    while number < len(sheet.starts) and not sheet.taken[number]:
        line, offset = sheet.line(number), sheet.starts[number]
        if _RULE.match(line):
            number += 1
            continue
        fields = _gaps(line, 0)
        if len(fields) < 2:
            break
        row, used = sheet.row(), -1
        for start, end in fields:
            column = min(range(len(places)), key=lambda c: abs(places[c] - start))
            if column > used:
                used = column
                sheet.put(offset + start, offset + end, keys[column], row, column, table)
        number += 1
    sheet.taken[first:number] = b"\1" * (number - first)
    return number
