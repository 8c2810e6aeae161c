"""Records of SQL dumps: the cells of INSERT, REPLACE and COPY with their columns; every other line as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from leakkit.leak.lines import LINE_LIMIT, decoded
from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.person_numbers import is_read
from leakkit.leak.records.table_keys import keys_told

LONGEST_STATEMENT = 2**23
"""Characters that are read again and again until a row ends; a row of more is read as lines."""

_NAME = r"([`\"\[\]\w.$-]{1,140})"
_INSERT = re.compile(
    r"\s{0,20}(?:insert|replace)\s{1,8}(?:ignore\s{1,8}|or\s{1,4}\w{1,10}\s{1,4})?into\s{1,8}" + _NAME +
    r"\s{0,20}(\([^()]{0,4000}\)\s{0,20})?(values?\s{0,20}(?=\(|$))?", re.IGNORECASE,
)  # fmt: skip
_COPY = re.compile(
    r"\s{0,8}copy\s{1,8}" + _NAME + r"\s{0,8}(\([^()]{0,4000}\))?\s{1,8}from\s{1,8}stdin", re.IGNORECASE
)
_CREATE = re.compile(
    r"\s{0,20}create\s{1,8}(?:temporary\s{1,8}|unlogged\s{1,8})?table\s{1,8}(?:if\s{1,4}not\s{1,4}exists\s{1,8})?"
    + _NAME + r"\s{0,20}\(", re.IGNORECASE,
)  # fmt: skip
_FILLED = re.compile(
    rb"(?im)^\s{0,20}(?:insert|replace)\s{1,8}(?:ignore\s{1,8}|or\s{1,4}\w{1,10}\s{1,4})?into\s{1,8}[^\s(]{1,140}"
    rb"\s{0,8}(?:\([^()]{0,4000}\)\s{0,8})?values?\s{0,8}\("
)
_TOLD = re.compile(
    rb"(?im)^(?:copy\s{1,8}[^\n]{1,4000}\sfrom\s{1,8}stdin;"
    rb"|-- (?:mysql|mariadb|postgresql database|phpmyadmin sql) dump)"
)
_ROWS = re.compile(rb"\),\s{0,8}\(")
_COLUMN = re.compile(
    r"(?:^|[,(\n])\s*(?:`([^`\n]{1,80})`|\"([^\"\n]{1,80})\"|\[([^\]\n]{1,80})\]|([A-Za-z_]\w{0,80}))\s+[A-Za-z\[\"]"
)
_NO_COLUMN = frozenset("primary key constraint unique index foreign check fulltext exclude".split())
_TOKEN = re.compile(
    r"\s*(?:'((?:[^'\\]|\\.|'')*)'|\"((?:[^\"\\]|\\.|\"\")*)\"|([(),;])|([^'\"(),;\s][^'\"(),;]*))", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "0": ""}
_MORE = re.compile(r"\s*\S")
_STATEMENT_LINES = 200


def is_dump(head: bytes) -> bool:
    r"""Tell whether a text's head fills tables in SQL: two rows or more, or a dump's own words; not a mere schema.

    Examples
    --------
    >>> is_dump(b"INSERT INTO `users` VALUES (1,'ann'),(2,'bob');"), is_dump(b"insert into the slot")
    (True, False)
    """
    plain = head.lower()
    if (b"stdin" in plain or b" dump" in plain) and _TOLD.search(head):
        return True
    filled = _FILLED.search(head) if b"into" in plain and b"value" in plain else None
    return filled is not None and bool(_FILLED.search(head, filled.end()) or _ROWS.search(head, filled.end()))


def records(file: BinaryIO, packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give cells as ``table.column`` and other lines with an empty field; `row` counts lines and table rows."""
    dump = _Dump(packer)
    held = ""
    for chunk in decoded(file):
        *lines, held = (held + chunk).split("\n")
        for line in lines:
            dump.feed(line.rstrip("\r"))
            yield from packer.ready()
        if len(held) > LINE_LIMIT:
            dump.feed(held, is_whole=False)
            held = ""
            yield from packer.ready()
    if held:
        dump.feed(held.rstrip("\r"))
    dump.end()


class _Dump:
    """Reads a dump line by line: which statement it is in, and the columns of the tables created so far."""

    def __init__(self, packer: Packer) -> None:
        self._packer, self._row = packer, 0
        self._created: dict[str, list[str]] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._names: list[str] = []
        self._creating: list[str] | None = None
        self._fields: list[str] | None = None
        self._table = ""
        self._copying = False
        self._open, self._break, self._again = "", "\n", 0
        self._head: list[str] = []

    def feed(self, line: str, is_whole: bool = True) -> None:
        """Take a line, or the beginning of a very long one."""
        if self._copying:
            self._copied(line)
        elif self._fields is not None:
            self._filled(f"{self._open}{self._break}{line}" if self._open else line, 0)
        else:
            self._statement(line)
        self._break = "\n" if is_whole else ""

    def end(self) -> None:
        """Give what waits."""
        for line in [*self._head, *self._open.split("\n")]:
            self._line(line)

    def _line(self, line: str) -> None:
        """Give a line as text."""
        self._packer.add(self._row, "", line)
        self._row += 1

    def _statement(self, line: str) -> None:
        """Look what a line begins or goes on with."""
        if self._creating is not None:
            self._line(line)
            self._creating.append(line)
            if line.rstrip().endswith(";") or len(self._creating) > _STATEMENT_LINES:
                self._create("\n".join(self._creating))
            return
        whole = "\n".join([*self._head, line]) if self._head else line
        if found := _INSERT.match(whole):
            if found[3] is not None:
                self._begin(found[1], found[2])
                self._head = []
                self._filled(whole, found.end())
            elif (
                len(self._head) < _STATEMENT_LINES // 10 and ";" not in line and "select" not in line.lower()
            ):
                self._head.append(line)
            else:
                self._give_up(line)
        elif self._head:
            self._give_up(line)
        elif found := _COPY.match(line):
            self._line(line)
            self._begin(found[1], found[2])
            self._copying = True
        else:
            self._line(line)
            if _CREATE.match(line):
                self._creating = [line]
                if line.rstrip().endswith(";"):
                    self._create(line)

    def _give_up(self, line: str) -> None:
        """Give the lines of a statement that fills no table with values."""
        for held in [*self._head, line]:
            self._line(held)
        self._head = []

    def _create(self, statement: str) -> None:
        """Learn the columns of a table."""
        self._creating = None
        if found := _CREATE.match(statement):
            names = ["".join(groups) for groups in _COLUMN.findall(statement[found.end() - 1 :])]
            self._created[_bare(found[1])] = [name for name in names if name.lower() not in _NO_COLUMN]
            self._keys = keys_told(self._created, all_known=False)

    def _begin(self, table: str, listed: str | None) -> None:
        """Begin to read rows of a table."""
        self._table = _bare(table)
        names = [_bare(part) for part in listed.strip()[1:-1].split(",")] if listed else []
        self._names = names = names or self._created.get(self._table, [])
        self._fields = [f"{field_name(self._table)}.{field_name(name)}" for name in names]

    def _field(self, column: int) -> str:
        """Name a column; a number where nothing names it."""
        fields = self._fields or []
        return fields[column] if column < len(fields) else f"{field_name(self._table)}.column{column}"

    def _is_key(self, column: int) -> bool:
        """Tell whether a column holds keys of a table of people."""
        return column < len(self._names) and (self._table, self._names[column]) in self._keys

    def _cell(self, column: int, text: str, is_text: bool) -> None:
        """Give a cell: a text, or a long number or a person's."""
        if not is_text:
            digits = text.strip()
            field = self._field(column)
            if not digits.isdigit() or not (
                self._is_key(column) or is_read(int(digits[:20]), self._packer.path, field)
            ):
                return
            text = digits
        self._packer.add(self._row, self._field(column), text)

    def _filled(self, text: str, position: int) -> None:
        """Read rows, and the statements that follow them on the line."""
        while (position := self._values(text, position)) >= 0 and _MORE.match(text, position):
            found = _INSERT.match(text, position)
            if found is None or found[3] is None:
                self._line(text[position:])
                return
            self._begin(found[1], found[2])
            position = found.end()

    def _values(self, text: str, position: int) -> int:
        """Read bracketed rows; keep an unfinished one for the next line; give the place after the statement, or -1."""
        self._open = ""
        depth, column, begun = 0, 0, position
        cells: list[tuple[int, str, bool]] = []
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None:
                break
            position = token.end()
            quoted, double, sign, bare = token.groups()
            if sign == "(":
                depth += 1
                if depth == 1:
                    begun, column, cells = token.start(), 0, []
            elif sign == ")":
                depth -= 1
                if depth == 0:
                    self._give(cells)
                    self._again = 0
                    begun = position
            elif sign == "," and depth == 1:
                column += 1
            elif sign == ";" and depth == 0:
                self._fields = None
                return position
            elif depth == 1 and quoted is not None:
                cells.append(
                    (column, _unescaped(quoted) if "\\" in quoted or "''" in quoted else quoted, True)
                )
            elif depth == 1 and double is not None:
                cells.append((column, double, True))
            elif depth == 1 and bare is not None and sign is None:
                cells.append((column, bare, False))
            elif depth == 0 and bare is not None:  # ON DUPLICATE KEY, or what is no row
                break
        rest = text[begun:] if depth else text[position:]
        if rest.strip():
            self._unfinished(rest, bool(depth) or rest.lstrip().startswith("("))
        return -1

    def _unfinished(self, rest: str, in_row: bool) -> None:
        """Keep the beginning of a row; what is no row, or too long, ends the statement as text."""
        self._again += len(rest)
        if in_row and self._again < LONGEST_STATEMENT and rest.count("\n") < _STATEMENT_LINES:
            self._open = rest
            return
        self._again = 0
        self._fields = None
        for line in rest.split("\n"):
            self._line(line)

    def _give(self, cells: list[tuple[int, str, bool]]) -> None:
        """Give the cells of a row."""
        for column, text, is_text in cells:
            self._cell(column, text, is_text)
        self._row += 1

    def _copied(self, line: str) -> None:
        """Read a line below COPY."""
        if line.startswith("\\."):
            self._copying, self._fields = False, None
            self._row += 1
            return
        for column, value in enumerate(line.split("\t")):
            if value and value != "\\N":
                self._cell(column, _unescaped(value) if "\\" in value else value, not value.isdigit())
        self._row += 1


def _bare(raw: str) -> str:
    """Take quotes off a table's or column's name and keep its last part."""
    return raw.split(".")[-1].strip("`\"[] \t\n\r'")


def _unescaped(text: str) -> str:
    """Give a string as it is meant."""
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]) if found[1] else "'", text)
