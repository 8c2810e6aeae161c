"""Tables printed in text: Markdown, boxes of database clients, columns set by blanks, frames of pandas.

A line of dashes below names of columns says where a table begins, or an index beside columns that end below theirs.
Its cells are then rows with the column as their field, as those of a CSV are; every other line stays a line.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pyarrow as pa

from leakkit.leak.formats.text_tables import has_header
from leakkit.leak.lines import Piece
from leakkit.leak.records.batch import Packer, field_name

PRINTED_FORMATS = frozenset({"text", "markdown", "log", "unknown"})
"""Formats in which tables are looked for."""

HEAD = 2**16
"""Bytes in which the first table begins, where a file has any: a large file is read in slices that must agree."""

_RULE = re.compile(r"(?=[^\n]{0,80}(?:---|===|\|[ :]?-))[-=+|: ]{5,4000}")
_RULES = re.compile(rf"(?m)^{_RULE.pattern}$")
_BOXES = str.maketrans("│┃║┆┊─━═┄┼╪╫╬├┤╠╣╟╢╞╡┬┴╦╩╤╧┌┐└┘╔╗╚╝", "|||||----" + "+" * 26)
_RUN = re.compile(r"[-=]+")
_HEADING = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_OVER_A_FRAME = re.compile(r"(?m)^( [^\n]{4,4000})\n(?=\S)")
_MISSING = frozenset({"NaN", "None", "NaT", "<NA>", "..."})
_BAR = re.compile(r"(?<!\\)\|")
_OF_FORMS = frozenset(
    "field fields value values key keys property item attribute parameter setting description feld wert campo valor "
    "champ valeur veld waarde pole wartość поле значение 項目 値 内容 字段 值".split()
)
"""Heads of forms: what stands beside a name tells what it is, so that such lines stay whole."""

_SAMPLE, _FIT = 40, 0.9
"""Lines by which columns are told apart, and the share of them that are blank between two."""

_LONGEST, _PATIENCE = 4_000, 3
"""Characters of a line that may be a row, and lines that do not fit before a table without bars ends."""


class Columns(NamedTuple):
    """Names of columns, and where each begins, or ends where a frame was printed; no places where bars part them."""

    names: list[str]
    starts: list[int] = []  # noqa: RUF012 - never changed
    ends: list[int] = []  # noqa: RUF012

    @property
    def patience(self) -> int:
        """How many lines that do not fit are the end of the table."""
        return _PATIENCE if self.starts else 1

    def cells(self, line: str) -> list[str] | None:
        """Give the cells of a line; None where it is no row."""
        if self.ends:
            return self._of_frame(line.rstrip())
        if not self.starts:
            parts = _between_bars(line)
            return parts if len(parts) == len(self.names) else None
        cuts = [start for start in self.starts[1:] if start <= len(line)]
        if not cuts or any(not line[cut - 1].isspace() for cut in cuts):
            return None
        return [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]

    def _of_frame(self, line: str) -> list[str] | None:
        """Give the cells of a row of a frame: its index to the left, values to the right of their columns."""
        if len(line) != self.ends[-1] or not line[:1].strip():
            return None
        if any(line[end] != " " or line[end - 1] == " " for end in self.ends[:-1]):
            return None
        index, _, first = line[: self.ends[0]].partition("  ")
        values = [first, *(line[a:b] for a, b in zip(self.ends, self.ends[1:], strict=False))]
        cells = ["" if index.isdigit() else index, *(value.strip() for value in values)]
        return ["" if cell in _MISSING else cell for cell in cells] if cells[1] else None


def has_printed(head: bytes) -> bool:
    r"""Tell whether a table is printed in the first bytes of a text.

    Examples
    --------
    >>> has_printed(b"Staff\n\n| name | room |\n|------|------|\n| A    | 1    |\n")
    True
    >>> has_printed(b"Staff\n-----\nA, room 1\n")
    False
    """
    text = head.decode("utf-8", "replace").replace("\r\n", "\n").translate(_BOXES)
    for rule in islice(_RULES.finditer(text), _SAMPLE):
        above = text[max(0, rule.start() - _LONGEST) : rule.start()].split("\n")
        if len(above) > 1 and _columns(above[-2], rule[0], text[rule.end() + 1 :].split("\n", _SAMPLE)[:-1]):
            return True
    for names in islice(_OVER_A_FRAME.finditer(text), _SAMPLE):
        if _of_frame(names[1], text[names.end() : names.end() + 2 * _LONGEST].split("\n", 2)[:2]):
            return True
    return False


def records(lines: Iterator[Piece], packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give a row for every filled cell of tables, and for every other line that is not empty."""
    for line, cells in read(lines):
        if cells is None:
            packer.add(line.row, f"#{line.part}" if line.part else "", line.text)
        for field, cell in cells or ():
            packer.add(line.row, field, cell)
        yield from packer.ready()


def read(lines: Iterator[Piece]) -> Iterator[tuple[Piece, list[tuple[str, str]] | None]]:
    """Give each line with the columns and values of its cells, or None where it is no row of a table.

    Lines that name columns, and those of dashes, are not given.
    """
    source = _Ahead(lines)
    for line in source:
        if (columns := _begun(line, source)) is None:
            yield line, None
            continue
        if not columns.ends:
            next(source)
        yield from _table(columns, source)


class _Ahead:
    """Lines in turn, with a look at those that come."""

    def __init__(self, lines: Iterator[Piece]) -> None:
        self._lines, self._held = lines, deque[Piece]()

    def __iter__(self) -> _Ahead:
        return self

    def __next__(self) -> Piece:
        return self._held.popleft() if self._held else next(self._lines)

    def look(self, count: int) -> list[Piece]:
        """Give up to `count` lines that come, without passing over them."""
        self._held.extend(islice(self._lines, max(0, count - len(self._held))))
        return list(islice(self._held, count))

    def after(self) -> _Ahead:
        """Give a look at the lines behind the next one."""
        return _Ahead(iter(self.look(2 + _SAMPLE)[1:]))


def _begun(line: Piece, source: _Ahead) -> Columns | None:
    """Give the columns of a table whose names a line holds."""
    below = source.look(1)
    if line.part or not below:
        return None
    head, rule = _plain(line), _plain(below[0])
    if _RULE.fullmatch(rule):
        return _columns(head, rule, [_plain(one) for one in source.look(1 + _SAMPLE)[1:]])
    return _of_frame(head, [rule, *(_plain(one) for one in source.look(2)[1:])]) if head[:1] == " " else None


def _table(columns: Columns, source: _Ahead) -> Iterator[tuple[Piece, list[tuple[str, str]] | None]]:
    """Give the rows of a table until lines do not fit."""
    fields, missed = [field_name(name) for name in columns.names], 0
    while below := source.look(2):
        text = _plain(below[0])
        is_row = not below[0].part and len(text) <= _LONGEST
        cells = columns.cells(text) if is_row else None
        if is_row and (_RULE.fullmatch(text) or cells == columns.names):
            next(source)
            continue
        if len(below) > 1 and _RULE.fullmatch(_plain(below[1])) and _begun(below[0], source.after()):
            return
        missed = 0 if cells else missed + 1
        if missed >= columns.patience:
            return
        next(source)
        if cells is None:
            yield below[0], None
        else:
            yield below[0], [(field, cell) for field, cell in zip(fields, cells, strict=False) if cell]


def _plain(line: Piece) -> str:
    """Give a line with signs of boxes as bars and dashes; as long as it was."""
    return line.text.translate(_BOXES)


def _between_bars(line: str) -> list[str]:
    """Give what stands between bars, without the outer ones."""
    line = line.strip()
    inner = line[line.startswith("|") : len(line) - (line.endswith("|") and not line.endswith("\\|"))]
    return [part.strip() for part in _BAR.split(inner)]


def _columns(head: str, rule: str, below: list[str]) -> Columns | None:
    """Give the columns of a table by its line of names, the line of dashes and the lines below; None for no table."""
    if len(head) > _LONGEST or not head.strip():
        return None
    if "|" in head:
        columns = Columns(_between_bars(head))
        parts = len(_RUN.findall(rule))
        if parts != len(columns.names) and not ("|" not in rule and "+" not in rule and parts == 1):
            return None
    else:
        starts = _starts(head, rule, below)
        names = [head[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=False)]
        columns = Columns(names, starts)
    if len(columns.names) < 2 or not has_header([columns.names]):
        return None
    if len(columns.names) == 2 and not _OF_FORMS.isdisjoint(name.casefold() for name in columns.names):
        return None
    first = next((line for line in below if line.strip() and not _RULE.fullmatch(line)), "")
    cells = columns.cells(first) or []
    return columns if sum(map(bool, cells)) > 1 else None


def _of_frame(head: str, below: list[str]) -> Columns | None:
    """Give the columns of a frame as pandas prints it: names and values end at one place, an index stands before."""
    if not 4 < len(head) <= _LONGEST or not below:
        return None
    for pattern in (_HEADING, _WORD):
        parts = list(pattern.finditer(head))
        columns = Columns(["index", *(part[0] for part in parts)], ends=[part.end() for part in parts])
        if len(parts) < 2 or not has_header([columns.names]):
            continue
        rows = [columns.cells(line) for line in below[:2] if line.strip()]
        if rows and all(rows) and (len(rows) > 1 or below[0].startswith("0 ")):
            return columns
    return None


def _starts(head: str, rule: str, below: list[str]) -> list[int]:
    """Give where columns begin: by the gaps of the line of dashes, else where all lines are blank between two names."""
    runs = [found.start() for found in _RUN.finditer(rule)]
    if len(runs) > 1:
        return [0, *runs[1:]]
    parts = [found.span() for found in _HEADING.finditer(head)]
    if len(parts) < 3:
        return []
    rows = [line for line in below if line.strip() and not _RULE.fullmatch(line)]
    starts = [0]
    for (_, end), (start, _) in zip(parts, parts[1:], strict=False):
        blank, place = max(
            (sum(line[at : at + 1].strip() == "" for line in rows), at) for at in range(end, start)
        )
        if blank < _FIT * len(rows):
            return []
        starts.append(place + 1)
    return starts
