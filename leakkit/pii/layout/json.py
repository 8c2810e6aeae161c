"""Cells of JSON, JSON lines, Python and JavaScript literals, escaped JSON inside strings; broken ones too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.text import Sheet

_START = re.compile(
    r"[\[{]\s{0,80}(?:[\[{]\s{0,80}){0,4}\\{0,7}[\"'](?!\"\")"
    r"|\{\s{0,40}[A-Za-z_$][\w$]{0,60}\s{0,8}:\s{0,8}[\"'\d{\[tfnu-]"
    r"|(?m:^)[ \t]{0,80}\\{0,7}[\"'][^\"'\\\n]{1,80}\\{0,7}[\"'][ \t]{0,8}:(?=\s)"
)
_TOKEN = re.compile(
    r"\s+"
    r"|(?P<escaped>\\+\"((?:[^\"\\\n]|\\++[^\"\\\n])*+)(?:\\*\")?)"
    r"|(?P<escaped_single>\\+'((?:[^'\\\n]|\\++[^'\\\n])*+)(?:\\*')?)"
    r"|(?P<double>[bru]?\"((?:[^\"\\\n]|\\.)*+)\"?)"
    r"|(?P<single>[bru]?'((?:[^'\\\n]|\\.)*+)'?)"
    r"|(?P<mark>[{}\[\]:,])"
    r"|(?P<bare>[\w$.+-]++(?:\([^()\n]{0,200}\))?)"
    r"|(?P<note>//[^\n]*|\#[^\n]*|;|[()])"
)
_CONTENT = {"escaped": 2, "escaped_single": 4, "double": 6, "single": 8}
_NESTED = re.compile(r"\s{0,80}[\[{]\s{0,80}(?:[\[{]\s{0,80}){0,4}\\")
_WRAPPED = re.compile(
    r"(?:ISODate|NumberLong|NumberInt|NumberDecimal|Date|Timestamp|UUID|Symbol)\(\s?[\"']?([^\"'()]*)"
)
"""A value in the notation of the shell of MongoDB: ``ISODate("2020-01-31T00:00:00Z")``."""
_LABELS = frozenset(
    "type system kind label name field key code property doctype documenttype document_type idtype id_type".split()
)
_LABELLED = frozenset(
    "value number val no doc_value docvalue docno doc_no doc_number docnumber id_value idvalue id_no idno nr "
    "numero num id_number idnumber documentnumber document_number identifier extension".split()
)
_MOST_LABEL = 80
_CODES = {"ppn": "passport number", "ss": "ssn", "mr": "mrn", "ni": "national id", "tax": "tax id"}
"""What codes of documents mean in FHIR (HL7 table 0203)."""
_HEADS = ("columns", "header", "headers", "fields", "cols", "names", "column_names")
_DEEPEST = 200


@dataclass(slots=True)
class _Open:
    """An object or array that is open: its bracket, its key, the next place in it, whether it is a row of a matrix."""

    mark: str
    key: str
    place: int = 0
    matrix: bool = False
    label: str = ""


class _Reader:
    """A lenient reader of one literal: a stack of open objects and arrays."""

    def __init__(self, sheet: Sheet, prefix: str, table: int, level: int) -> None:
        self.sheet, self.prefix, self.table, self.level = sheet, prefix, table, level
        self.stack: list[_Open] = []
        self.key = ""
        self.row = sheet.row()
        self.pending: tuple[int, int] | None = None
        self.heads: list[str] = []
        self.columns: dict[str, int] = {}

    def path(self) -> str:
        """Give the path of the key that is being filled, at most three names."""
        names = [frame.key for frame in self.stack[-3:] if frame.key] + [self.key]
        if "$" in self.key or any(name.startswith("$") for name in names):
            names = [name for name in names if not name.startswith("$")]
        return ".".join(name for name in ([self.prefix, *names] if self.prefix else names)[-3:] if name)

    def open(self, mark: str) -> None:
        """Enter an object or array."""
        inside_array = bool(self.stack) and self.stack[-1].mark == "["
        matrix = mark == "[" and inside_array
        if (mark == "{" and (inside_array or not self.stack)) or matrix:
            self.row = self.sheet.row()
        if inside_array:
            self.stack[-1].place += 1
        self.stack.append(_Open(mark, self.key, 0, matrix))
        self.key, self.pending = "", None

    def close(self) -> None:
        """Leave the innermost object or array."""
        self.flush()
        if self.stack:
            shut = self.stack.pop()
            if shut.label and self.stack and shut.key.lower() in ("type", "coding", ""):
                self.stack[-1].label = self.stack[-1].label or shut.label
        self.key, self.pending = "", None

    def flush(self) -> None:
        """Give out a value that turned out to be no key."""
        if self.pending is None:
            return
        (start, end), self.pending = self.pending, None
        frame = self.stack[-1] if self.stack else _Open("{", "")
        if frame.mark == "[":
            place = frame.place
            frame.place += 1
            if frame.key.lower() in _HEADS and place < 500:
                self.heads = [*self.heads[:place], self.sheet.text[start:end]]
            elif frame.matrix:
                head = self.heads[place] if place < len(self.heads) else None
                self.sheet.put(start, end, head, self.row, place, self.table)
                return
        path = self._labelled(frame, start, end) or self.path()
        column = self.columns.setdefault(path, len(self.columns))
        if self.level < 3 and _NESTED.match(self.sheet.text, start, end):
            _read(self.sheet, start, end, path, self.table, self.level + 1)
            return
        self.sheet.put(start, end, path or None, self.row, column, self.table)

    def _labelled(self, frame: _Open, start: int, end: int) -> str | None:
        """Give what the value beside it calls a value, as in ``{"system": "phone", "value": "..."}``."""
        key = self.key.lower()
        if key in _LABELS and end - start <= _MOST_LABEL:
            word = self.sheet.text[start:end].rstrip("/").rpartition("/")[2]
            word = _CODES.get(word.lower(), word)
            if entity_of_key(word).entity is not None:
                frame.label = word
            return None
        return frame.label if frame.label and key in _LABELLED else None

    def name(self) -> None:
        """Make the pending value the key of what follows."""
        if self.pending is not None and (not self.stack or self.stack[-1].mark == "{"):
            start, end = self.pending
            self.key, self.pending = self.sheet.text[start : min(end, start + 100)], None


def _read(sheet: Sheet, start: int, end: int, prefix: str, table: int, level: int) -> int:
    """Read one literal from `start`; give the place after it."""
    reader = _Reader(sheet, prefix, table, level)
    position = start
    opened = False
    while position < end:
        found = _TOKEN.match(sheet.text, position, end)
        if found is None:
            break
        kind = found.lastgroup
        if kind in _CONTENT:
            reader.flush()
            group = _CONTENT[kind]
            reader.pending = found.span(group)
        elif kind == "bare":
            reader.flush()
            wrapped = _WRAPPED.match(found[0]) if "(" in found[0] else None
            reader.pending = found.span()
            if wrapped is not None:
                reader.pending = (found.start() + wrapped.start(1), found.start() + wrapped.end(1))
        elif kind == "mark":
            mark = sheet.text[found.start()]
            if mark in "{[":
                opened = True
                if len(reader.stack) >= _DEEPEST:
                    return found.end()
                reader.open(mark)
            elif mark in "}]":
                if not reader.stack:
                    break
                reader.close()
                if not reader.stack and opened:
                    return found.end()
            elif mark == ":":
                reader.name()
            else:
                reader.flush()
                if reader.stack and reader.stack[-1].mark == "{":
                    reader.key = ""
        elif not opened and kind is None and "\n" in found[0] and reader.pending is not None:
            reader.flush()
        position = found.end()
    reader.flush()
    return max(position, start + 1)


def _may_start(sheet: Sheet) -> bool:
    """Say whether a bracket opens, or a quote stands before a colon; prose has neither."""
    text = sheet.text
    if "[" in text or "{" in text:
        return True
    return any(text[max(0, place - 9) : place].rstrip(" \t")[-1:] in ("'", '"') for place in sheet.signs)


def read_literals(sheet: Sheet) -> None:
    """Read every literal of the text; records of the same outermost keys share a table."""
    position, table = 0, sheet.table()
    if not _may_start(sheet):
        return
    while (found := _START.search(sheet.text, position)) is not None:
        line = sheet.line_of(found.start())
        if sheet.taken[line]:
            position = sheet.starts[line + 1] if line + 1 < len(sheet.starts) else len(sheet.text)
            continue
        before = len(sheet.cells)
        end = _read(sheet, found.start(), len(sheet.text), "", table, 0)
        if len(sheet.cells) - before >= 1 and any(cell.key for cell in sheet.cells[before : before + 50]):
            sheet.take(found.start(), end)
        else:
            del sheet.cells[before:]
        position = end
