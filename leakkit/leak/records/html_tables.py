"""Tables of a page as records: the cells of a row belong together, and the head says what each of them is."""

from __future__ import annotations

import re
from typing import NamedTuple

from leakkit.leak.records.documents_names import field_name, has_header
from leakkit.leak.records.json_keys import names_in_head

MOST_NAMES = 1_000
"""Names of columns that a page may give; further columns are only counted."""

_DEEPEST, _WIDEST, _LONGEST_SPAN = 8, 1_000, 100
"""Tables within tables that are followed, columns of one, and rows or columns that a cell may take."""

_HELD = 200
"""Blocks of text of the first rows; a table with more of them arranges a page."""

_VALUE = re.compile(r"[\d@]")
_SPAN = re.compile(r"""\b(col|row)span\s*=\s*["']?(\d{1,4})""", re.IGNORECASE)


class Found(NamedTuple):
    """One text of a page."""

    kind: str
    """``text``, ``comment``, ``@href``, ... or the name of a table's column."""
    text: str
    record: int
    """Number of what it belongs to: the row of a table, else the block itself."""


class _Cell(NamedTuple):
    """A text of one of the first rows."""

    kind: str
    text: str
    record: int
    column: int
    is_head: bool


class _Table:
    """One open table: its head is told from its first two rows, which are held until then."""

    def __init__(self) -> None:
        self.names: list[str] | None = None  # None while they are not told; empty where there are none
        self.label = ""
        self.held: list[_Cell] = []
        self.n_rows = self.column = 0
        self.is_head = self.in_head = False
        self.record: int | None = None
        self._next = 0
        self._spans: dict[int, int] = {}

    def begin(self, record: int) -> None:
        """Begin a row."""
        self.record, self.column, self.is_head = record, -1, self.in_head
        self.n_rows += 1
        self._spans = {column: rows - 1 for column, rows in self._spans.items() if rows > 1}
        self._next = 0

    def cell(self, attributes: str, is_head: bool) -> None:
        """Begin a cell, right of those that reach down from rows above."""
        spans = {name.lower(): min(int(size), _LONGEST_SPAN) for name, size in _SPAN.findall(attributes)}
        while self._next in self._spans:
            self._next += 1
        self.column, self.is_head = self._next, is_head or self.in_head
        self._next += max(1, spans.get("col", 1))
        if spans.get("row", 1) > 1 and self.column < _WIDEST:
            self._spans[self.column] = spans["row"]

    def rows(self) -> list[list[_Cell]]:
        """Give what is held, row by row."""
        found: dict[int, list[_Cell]] = {}
        for cell in self.held:
            found.setdefault(cell.record, []).append(cell)
        return list(found.values())


class Tables:
    """Gives the texts of a page their record, and those of a table with a head the names of their columns.

    Examples
    --------
    >>> page = Tables()
    >>> for name in ("table", "tr", "th"):
    ...     page.tag(name, "", closing=False)
    >>> page.add("text", "City")
    >>> page.tag("th", "", closing=False)
    >>> page.add("text", "Age")
    >>> for name in ("tr", "td"):
    ...     page.tag(name, "", closing=False)
    >>> page.add("text", "Bonn")
    >>> page.tag("td", "", closing=False)
    >>> page.add("text", "41")
    >>> page.tag("table", "", closing=True)
    >>> [tuple(found) for found in page.taken()]
    [('text', 'City', 0), ('text', 'Age', 0), ('City', 'Bonn', 1), ('Age', '41', 1)]
    """

    def __init__(self) -> None:
        self._found: list[Found] = []
        self._open: list[_Table] = []
        self._names: set[str] = set()
        self._n_records = self._too_deep = 0

    def taken(self, *, at_end: bool = False) -> list[Found]:
        """Give what is told; at the end all."""
        while at_end and self._open:
            self._close()
        found, self._found = self._found, []
        return found

    def add(self, kind: str, text: str) -> None:
        """Take a text where the page stands."""
        table = self._open[-1] if self._open and not self._too_deep else None
        if table is None or table.record is None or table.column < 0:
            self._found.append(Found(kind, text, self._number()))
            return
        cell = _Cell(kind, text, table.record, table.column, table.is_head)
        if table.names:
            self._found.append(Found(_field(kind, table.names, table.column), text, table.record))
        elif table.names is not None:
            self._block(table, cell)
        else:
            table.held.append(cell)
            if len(table.held) > _HELD:
                self._plain(table)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        """Follow a tag."""
        if name == "table":
            self._table(closing)
        elif self._open and not self._too_deep:
            table = self._open[-1]
            if name == "thead":
                table.in_head = not closing
            elif name == "tr":
                self._row(table, closing)
            elif name in ("td", "th") and not closing and table.record is not None:
                table.cell(attributes, name == "th")

    def _table(self, closing: bool) -> None:
        """Open or close a table; one that holds others arranges a page."""
        if closing:
            if self._too_deep:
                self._too_deep -= 1
            elif self._open:
                self._close()
            return
        if self._open and self._open[-1].names is None:
            self._plain(self._open[-1])
        if len(self._open) >= _DEEPEST or self._too_deep:
            self._too_deep += 1
        else:
            self._open.append(_Table())

    def _row(self, table: _Table, closing: bool) -> None:
        """Begin or end a row; after the second it is told what the first was."""
        if table.names is None and len(rows := table.rows()) >= 2:
            self._tell(table, rows)
        self._end_label(table)
        table.record = None
        if not closing:
            table.begin(self._number())

    def _close(self) -> None:
        """End the innermost table."""
        table = self._open.pop()
        if table.names is None:
            self._tell(table, table.rows())
        self._end_label(table)

    def _tell(self, table: _Table, rows: list[list[_Cell]]) -> None:
        """Tell the head of a table from its first rows, and give what was held."""
        head = _head(rows)
        if head is None:
            self._plain(table)
            return
        named = names_in_head([field_name(name) for name in head])
        table.names = [
            self._known(name, place, told) for place, (name, told) in enumerate(zip(head, named, strict=True))
        ]
        for row in rows:
            for cell in row:
                kind = cell.kind if row is rows[0] else _field(cell.kind, table.names, cell.column)
                self._found.append(Found(kind, cell.text, cell.record))
        table.held = []

    def _plain(self, table: _Table) -> None:
        """Give what was held as blocks of a page."""
        table.names = []
        for row in table.rows():
            for cell in row:
                self._block(table, cell)
            self._end_label(table)
        table.held = []

    def _block(self, table: _Table, cell: _Cell) -> None:
        """Give a text as a block of the page; a heading that begins a row is the label of the text beside it."""
        if cell.kind == "text" and cell.is_head:
            self._end_label(table)
            if not cell.column:
                table.label = cell.text
                return
        text = (
            f"{table.label.rstrip(' :')}: {cell.text}" if table.label and cell.kind == "text" else cell.text
        )
        table.label = "" if cell.kind == "text" else table.label
        self._found.append(Found(cell.kind, text, self._number()))

    def _end_label(self, table: _Table) -> None:
        """Give a label that nothing stands beside."""
        if table.label:
            self._found.append(Found("text", table.label, self._number()))
            table.label = ""

    def _known(self, name: str, place: int, told: bool) -> str:
        """Give a column its name, while the page gave not too many, and names it can be shown by."""
        name = field_name(name)
        if len(self._names) < MOST_NAMES and told and name not in ("text", "comment"):
            self._names.add(name)
        return name if name in self._names else f"column_{place}"

    def _number(self) -> int:
        """Number one more record."""
        self._n_records += 1
        return self._n_records - 1


def _head(rows: list[list[_Cell]]) -> list[str] | None:
    """Give the names of columns, where the first row is a head: of headings, or of words above values."""
    if len(rows) < 2:
        return None
    first, second = ([cell for cell in row if cell.kind == "text"] for row in rows[:2])
    columns = [cell.column for cell in first]
    if len(first) < 2 or len(set(columns)) < len(columns) or columns[-1] >= _WIDEST:
        return None
    names = [""] * (columns[-1] + 1)
    for cell in first:
        names[cell.column] = cell.text
    if all(cell.is_head for cell in first) and not all(cell.is_head for cell in second):
        return names
    is_told = any(_VALUE.search(cell.text) for cell in second) and not any(map(_VALUE.search, names))
    is_told &= not any(cell.is_head for cell in first)
    return names if is_told and has_header([[cell.text for cell in first]]) else None


def _field(kind: str, names: list[str], column: int) -> str:
    """Say what a text of a cell is."""
    if kind != "text":
        return kind
    return names[column] if column < len(names) else f"column_{column}"
