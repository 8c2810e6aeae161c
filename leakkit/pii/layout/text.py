"""The text a layout is read from: its lines, which of them are taken, and the cell that is given out."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r(?!\n)")


class Cell(NamedTuple):
    """One value of a text that is itself a table, dump or record.

    `start` and `end` are code points, without quotes. `key` is its column's or key's name, with the path
    to it (``user.city``), None where there is none. Cells of one `row` belong to one record, cells of one
    `column` of one `table` are of one kind.
    """

    start: int
    end: int
    key: str | None
    row: int
    column: int
    table: int = 0


class Sheet:
    """A text cut into lines, with the lines that some reader has taken already."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        self.ends: list[int] = []
        for found in _LINE_END.finditer(text):
            self.ends.append(found.start())
            self.starts.append(found.end())
        self.ends.append(len(text))
        self.taken = bytearray(len(self.starts))
        self.cells: list[Cell] = []
        self.tables = 0
        self.rows = 0

    def table(self) -> int:
        """Give the number of a new table."""
        self.tables += 1
        return self.tables

    def row(self) -> int:
        """Give the number of a new row."""
        self.rows += 1
        return self.rows

    def line_of(self, position: int) -> int:
        """Give the line that a character stands in."""
        return bisect_right(self.starts, position) - 1

    def take(self, start: int, end: int) -> None:
        """Mark the lines from `start` to `end` as read."""
        first, last = self.line_of(start), self.line_of(max(start, end - 1))
        self.taken[first : last + 1] = b"\1" * (last + 1 - first)

    def line(self, number: int) -> str:
        """Give a line without its end."""
        return self.text[self.starts[number] : self.ends[number]]

    def put(self, start: int, end: int, key: str | None, row: int, column: int, table: int) -> None:
        """Add the cell, without blanks at its borders; nothing where it is empty."""
        text = self.text
        while start < end and text[start] in " \t\u00a0\u3000\r\n":
            start += 1
        while end > start and text[end - 1] in " \t\u00a0\u3000\r\n":
            end -= 1
        if end > start:
            self.cells.append(Cell(start, end, key, row, column, table))
