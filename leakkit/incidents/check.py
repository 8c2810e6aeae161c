"""Check a table of facts for those who add a row: every fault with line, column and what to write instead."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leakkit.errors import BadFrameError, BadParameterError, LeakNotFoundError, LeakUnreadableError
from leakkit.incidents.cells import cell_fault
from leakkit.incidents.rows import row_faults
from leakkit.incidents.tables import TABLES, Table
from leakkit.leak.text import printable

LARGEST = 64 << 20
"""Bytes of the largest table that is read."""
_SHOWN = 80
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a table of facts; ``str()`` gives the sentence for people.

    Parameters
    ----------
    file : str
        The file as it was named.
    line : int
        Line of the file, counted from 1, where the row begins.
    record : str
        What names the row; empty where the fault is of the file.
    column : str
        Empty where the fault is of the whole row.
    expected, found, todo : str
        What was expected, what stands there, what to do.
    """

    file: str
    line: int
    record: str
    column: str
    expected: str
    found: str
    todo: str

    def __str__(self) -> str:
        """Give the fault as one line."""
        where = f"{self.file}, line {self.line}"
        where += f" (id {printable(self.record, _SHOWN)})" if self.record else ""
        where += f", column {printable(self.column, _SHOWN)}" if self.column else ""
        found = f"'{printable(self.found, _SHOWN)}'" if self.found else "nothing"
        return f"{where}: expected {self.expected}; found {found}; {printable(self.todo)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of facts: the line it begins on, and its cells by column."""

    number: int
    cells: dict[str, str]


def check_data(files: str | Path | Sequence[str | Path] | None = None) -> list[Problem]:
    """Check tables of facts, row by row and cell by cell.

    Parameters
    ----------
    files : str, path or sequence of them, optional
        CSV files; which table one is follows from its name, else from its header. Left out: the four tables
        that ship with leakkit.

    Returns
    -------
    list of Problem
        Every fault, in the order of files and lines; empty when there is none.

    Raises
    ------
    LeakNotFoundError
        There is no such file.
    LeakUnreadableError
        It cannot be read, or is too large for a table of facts.
    BadParameterError
        It is none of the four tables.

    Examples
    --------
    >>> check_data()
    []
    """
    if files is None:
        from leakkit.bundled import data_path

        return [p for table in TABLES for p in _problems(data_path(table.file), f"data/{table.file}")]
    named = [files] if isinstance(files, str | Path) else files
    return [problem for file in named for problem in _problems(Path(file), str(file))]


def read_table(table: Table, path: str | Path | None = None) -> list[dict[str, str]]:
    """Give the rows of a table of facts, all cells as text, when nothing is wrong with it.

    Raises
    ------
    BadFrameError
        Names the first faults, with line and column.
    """
    from leakkit.bundled import data_path

    place = data_path(table.file) if path is None else Path(path)
    lines, problems = _read(place, place.name, table)
    problems += _row_problems(table, place.name, lines)
    if problems:
        more = f"; and {len(problems) - _LISTED:,} more" if len(problems) > _LISTED else ""
        raise BadFrameError(
            f"Expected a sound table {table.name}",
            f"found {len(problems):,} faults ({'; '.join(map(str, problems[:_LISTED]))}{more})",
            f"mend them; leakkit check-data {place.name} lists them all",
        )
    return [line.cells for line in lines]


def _problems(path: Path, shown: str) -> list[Problem]:
    """Give all faults of one file."""
    table = _table_of(path)
    lines, problems = _read(path, printable(shown), table)
    problems += _row_problems(table, printable(shown), lines)
    return sorted(problems, key=lambda problem: problem.line)


def _table_of(path: Path) -> Table:
    """Tell which table a file is: by its name, else by its header."""
    for table in TABLES:
        if path.name == table.file:
            return table
    header = set(_text(path).partition("\n")[0].strip().replace('"', "").split(","))
    best = max(TABLES, key=lambda table: len(header & set(table.columns)))
    if len(header & set(best.columns)) * 2 <= len(best.columns):
        raise BadParameterError(
            f"Expected one of the tables {', '.join(table.file for table in TABLES)}",
            f"found {path.name!r}, whose header is none of theirs",
            "give the file the name of its table, or check its first line",
        )
    return best


def _text(path: Path) -> str:
    """Give the text of a file of moderate size; bytes that are no UTF-8 become lone surrogates."""
    if not path.is_file():
        raise LeakNotFoundError("Expected a CSV file", f"found none at {str(path)!r}", "check the spelling")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise LeakUnreadableError(
            f"Expected to read {path.name!r}", f"found {type(error).__name__}", "check its permissions"
        ) from None
    if len(raw) > LARGEST:
        raise LeakUnreadableError(
            f"Expected a table of facts of at most {LARGEST >> 20} MiB",
            f"found a larger file, {path.name!r}",
            "check that it is the right file",
        )
    return raw.decode("utf-8-sig", "surrogateescape")


def _read(path: Path, shown: str, table: Table) -> tuple[list[Line], list[Problem]]:
    """Give the rows that have the right cells, and the faults of header, encoding and quoting."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            todo = "check the quotes: a quote inside quotes is doubled"
            problems.append(Problem(shown, begins, "", "", "a row of CSV", str(error), todo))
            break
        if cells is None:
            break
        if header is None:
            header = cells
            if faults := list(_header_faults(shown, table, header)):
                return [], problems + faults
        elif cells:
            _add(lines, problems, shown, table, begins, header, cells)
        begins = reader.line_num + 1
    if header is None:
        problems.append(Problem(shown, 1, "", "", "a header", "", f"write {','.join(table.columns)}"))
    return lines, problems


def _header_faults(shown: str, table: Table, header: list[str]) -> Iterator[Problem]:
    """Each column stands in the header once, and no other."""
    if not set(header) & set(table.columns):
        todo = f"save it as CSV in UTF-8, with commas and the header {','.join(table.columns)}"
        found = ",".join(header)
        yield Problem(shown, 1, "", "", f"the columns of {table.name}, a comma between them", found, todo)
        return
    for column in sorted(set(header) - set(table.columns)):
        todo = "take it out, or correct its spelling"
        yield Problem(shown, 1, "", column, f"a column of {table.name}", column, todo)
    for column in table.columns:
        if header.count(column) != 1:
            found = f"{header.count(column)} of that name" if column in header else ""
            yield Problem(
                shown, 1, "", column, "it once in the header", found, "see the other tables of data/"
            )


def _add(
    lines: list[Line],
    problems: list[Problem],
    shown: str,
    table: Table,
    begins: int,
    header: list[str],
    cells: list[str],
) -> None:
    """Take up one row, or say why not."""
    row = dict(zip(header, cells, strict=False))
    record = " / ".join(row.get(column, "") for column in table.key)
    if len(cells) != len(header):
        todo = "put quotes around a cell that holds a comma, and keep empty cells"
        problems.append(
            Problem(shown, begins, record, "", f"{len(header)} cells", f"{len(cells)} cells", todo)
        )
    elif any("\udc80" <= c <= "\udcff" for cell in cells for c in cell):
        problems.append(
            Problem(shown, begins, record, "", "UTF-8", "bytes of another encoding", "save the file as UTF-8")
        )
    else:
        lines.append(Line(begins, row))


def _row_problems(table: Table, shown: str, lines: Sequence[Line]) -> list[Problem]:
    """Give the faults of cells, of rows whose cells do not fit each other, and of rows that stand twice."""
    problems = []
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        row = line.cells
        record = " / ".join(row[column] for column in table.key if row[column])
        faults = [
            (cell.column, *fault) for cell in table.cells if (fault := cell_fault(cell, row[cell.column]))
        ]
        faults = faults or list(row_faults(table, row))
        key = tuple(row[column] for column in table.key)
        if key in first:
            faults.append(
                (table.key[0], f"a row named once; line {first[key]} has the same", "rename or drop it")
            )
        first.setdefault(key, line.number)
        for column, expected, todo in faults:
            problems.append(Problem(shown, line.number, record, column, expected, row[column], todo))
    return problems
