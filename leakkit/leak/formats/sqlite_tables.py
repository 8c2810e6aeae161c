"""SQLite: page arithmetic from the header; tables through the standard library, read-only and hemmed in."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Column, Table
from leakkit.leak.source import Source

MAGIC = b"SQLite format 3\0"
IN_MEMORY = 64 * 2**20
"""Largest database that is copied into memory to be read (bytes); plain files on disk need no copy."""

TABLE_LIMIT = 1_000
_STEPS = 10_000
_ENCODINGS = {1: "UTF-8", 2: "UTF-16LE", 3: "UTF-16BE"}
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: IN_MEMORY,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe every table; rows are counted where the database fits into memory."""
    _check_header(source, facts)
    found: list[Table] = []
    try:
        with connected(source.stream(), source.size, max_steps=20_000_000) as connection:
            for name in table_names(connection):
                columns = [
                    Column(column, _dtype(declared)) for column, declared in stored_columns(connection, name)
                ]
                table = Table(columns, None, None, name)
                if source.size <= IN_MEMORY:
                    table.n_rows, table.rows_by = _count(connection, name), "counted"
                found.append(table)
    except BadMemberError as error:
        if facts.status == "ok":
            facts.status, facts.error = error.status, error.reason
    return found


def _check_header(source: Source, facts: Facts) -> None:
    """Compare the pages that the header claims with the bytes there are."""
    head = source.head[:100]
    if len(head) < 100 or not head.startswith(MAGIC):
        raise BadMemberError(
            "no SQLite header", status="truncated" if MAGIC.startswith(head[:16]) else "corrupt"
        )
    page = struct.unpack_from(">H", head, 16)[0]
    page = 65_536 if page == 1 else page
    if page < 512 or page & (page - 1):
        raise BadMemberError(f"an SQLite page of {page:,} bytes")
    changes, pages, encoding, valid_for = (struct.unpack_from(">I", head, at)[0] for at in (24, 28, 56, 92))
    facts.values["x_page_size"] = page
    facts.values["x_encoding"] = _ENCODINGS.get(encoding)
    if pages and changes == valid_for and pages * page > source.size:
        facts.status = "truncated"
        facts.error = f"claims {pages:,} pages of {page:,} bytes; the file has {source.size:,} bytes"


@contextlib.contextmanager
def connected(file: BinaryIO, size: int, *, max_steps: int | None = None) -> Iterator[sqlite3.Connection]:
    """Open a database read-only, unable to write, attach, load or run what its schema says.

    A plain file on disk is read in place; anything else is copied into memory up to `IN_MEMORY`.
    A write-ahead log beside it is not taken into account: what only stands there is not seen.

    Parameters
    ----------
    file : binary file
    size : int
        Bytes of the database.
    max_steps : int, optional
        Steps of SQLite's virtual machine after which a statement is given up.

    Raises
    ------
    BadMemberError
        It is too large to be copied (limit), or SQLite cannot make sense of it (corrupt).
    """
    connection = None
    try:
        connection = _open(file, size)
        _hem_in(connection, max_steps)
        yield connection
    except sqlite3.OperationalError as error:
        gave_up = "interrupted" in str(error)
        reason = "its tables take too long to read" if gave_up else "its tables cannot be read"
        raise BadMemberError(reason, status="limit" if gave_up else "corrupt") from None
    except (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError) as error:
        raise BadMemberError(f"its tables cannot be read ({type(error).__name__})") from None
    finally:
        if connection is not None:
            connection.close()


def _open(file: BinaryIO, size: int) -> sqlite3.Connection:
    """Open in place where there is a plain file, else a copy in memory."""
    place = _place_of(file, size)
    if place is not None:
        return sqlite3.connect(f"file:{place}?mode=ro&immutable=1", uri=True, isolation_level=None)
    if size > IN_MEMORY:
        raise BadMemberError(
            f"a database of {size:,} bytes that is no plain file; {IN_MEMORY:,} at most", "limit"
        )
    file.seek(0)
    data = bytearray(file.read(size))
    data[18:20] = b"\1\1"  # a log would be looked for otherwise
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(bytes(data))
    return connection


def _place_of(file: BinaryIO, size: int) -> str | None:
    """Give a name by which the system opens the same plain file again; None when there is none."""
    raw = file.raw if isinstance(file, io.BufferedReader) else file
    if not isinstance(raw, io.FileIO) or not sys.platform.startswith("linux"):
        return None
    try:
        number = raw.fileno()
        same = os.fstat(number).st_size == size and os.pread(number, 16, 0) == MAGIC
        return f"/proc/self/fd/{number}" if same and os.path.exists(f"/proc/self/fd/{number}") else None
    except OSError:
        return None


def _hem_in(connection: sqlite3.Connection, max_steps: int | None) -> None:
    """Take away everything but reading tables."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA mmap_size=0")
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(_authorizer)
    if max_steps is not None:
        connection.set_progress_handler(_stop_after(max_steps // _STEPS), _STEPS)


def _authorizer(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """Allow reading tables, counting rows and asking for a table's columns."""
    allowed = (
        action in _ALLOWED
        or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
        or (action == sqlite3.SQLITE_FUNCTION and second == "count")
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _stop_after(calls: int) -> Callable[[], int]:
    """Give a function that asks SQLite to stop once it was called often enough."""
    left = calls

    def tick() -> int:
        nonlocal left
        left -= 1
        return left < 0

    return tick


def table_names(connection: sqlite3.Connection) -> list[str]:
    """Give the names of the ordinary tables: no views, no virtual tables, none of SQLite's own."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchmany(
        TABLE_LIMIT * 2
    )
    names = [
        str(name)
        for name, sql in rows
        if isinstance(sql, str) and sql[:40].upper().split()[:2] != ["CREATE", "VIRTUAL"]
        if not str(name).lower().startswith("sqlite_")
    ]
    return sorted(names)[:TABLE_LIMIT]


def stored_columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Give (name, declared type) of the columns that are stored, leaving out computed ones."""
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
    return [(str(row[1]), str(row[2])) for row in rows if row[6] == 0]


def quoted(name: str) -> str:
    """Give a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def _count(connection: sqlite3.Connection, table: str) -> int:
    """Count the rows of one table."""
    return int(connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0])


def _dtype(declared: str) -> str:
    """Give the logical type for a declared one, by SQLite's rules of affinity and common words."""
    word = declared.upper()
    for parts, dtype in (
        (("BOOL",), "boolean"),
        (("TIMESTAMP", "DATETIME"), "timestamp"),
        (("DATE",), "date"),
        (("INT",), "integer"),
        (("CHAR", "CLOB", "TEXT", "JSON", "UUID"), "string"),
        (("BLOB",), "binary"),
        (("REAL", "FLOA", "DOUB", "NUM", "DEC"), "number"),
    ):
        if any(part in word for part in parts):
            return dtype
    return "other"
