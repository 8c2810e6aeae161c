"""The text a layout is read from: its lines, which of them are taken, and the cell that is given out."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

_ENDING = re.compile(r"[\"'`*)\]\\ ]{0,4}+([\w.\-]+)")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_WORD = 41
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
    """A text cut into lines, with the lines that some reader has taken already, and its colons and equal signs."""

    def __init__(self, text: str, signs: list[int] | None = None) -> None:
        self.text = text
        self.signs = signs_of(text) if signs is None else signs
        self.starts, self.ends = _lines(text)
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

    def lines_with(self, *signs: str) -> set[int]:
        """Give the lines that hold a colon or equal sign, or one of some more signs."""
        if len(self.starts) == 1:
            return {0}
        places = [place for sign in signs for place in places_of(self.text, sign)]
        return {bisect_right(self.starts, place) - 1 for place in self.signs + places}

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


def _lines(text: str) -> tuple[list[int], list[int]]:
    """Give where the lines of a text begin and end."""
    if "\r" not in text:
        if "\n" not in text:
            return [0], [len(text)]
        ends = list(map(add, accumulate(map(len, text.split("\n"))), count()))
        return [0, *map((1).__add__, ends[:-1])], ends
    found = [end.span() for end in _LINE_END.finditer(text)]
    return [0, *[after for _, after in found]], [*[end for end, _ in found], len(text)]


def last_word(piece: str) -> str | None:
    """Give the word that ends a piece of text, over brackets and quotes: from its first letter on."""
    found = _ENDING.match(piece[::-1])
    if found is None:
        return None
    word = found[1][_LONGEST_WORD - 1 :: -1] if len(found[1]) > _LONGEST_WORD else found[1][::-1]
    first = _LETTER.search(word)
    return None if first is None else word[first.start() :]


def signs_of(text: str) -> list[int]:
    """Give the places of colons (full-width ones, too) and equal signs."""
    found = places_of(text, ":")
    for sign in "=\uff1a":
        if sign in text:
            found = sorted(found + places_of(text, sign))
    return found


def places_of(text: str, sign: str) -> list[int]:
    """Give all places of a sign, which may be of several characters."""
    places = []
    at = text.find(sign)
    while at >= 0:
        places.append(at)
        at = text.find(sign, at + 1)
    return places
