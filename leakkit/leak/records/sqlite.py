"""Records of SQLite: texts and long integers of every ordinary table, read-only, with a bound on the work."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from leakkit.errors import BadMemberError
from leakkit.leak.formats.sqlite_tables import connected, quoted, stored_columns, table_names
from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.person_numbers import is_read
from leakkit.leak.records.table_keys import keys_told

_AT_ONCE = 256


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give the cells of every table, table by table; `row` counts within a table, `field` is table.column."""
    length = size if size is not None else file.seek(0, 2)
    with connected(file, length, max_steps=100_000_000 + 50 * length) as connection:
        columns = {
            table: [name for name, _ in stored_columns(connection, table)]
            for table in table_names(connection)
        }
        keys = keys_told(columns)
        for table, names in columns.items():
            try:
                yield from _table(connection, table, names, length, packer, keys)
            except sqlite3.OperationalError as error:
                if "interrupted" in str(error):
                    raise
                packer.skip(f"table {field_name(table)} cannot be read to its end")
            except sqlite3.DatabaseError:
                packer.skip(f"table {field_name(table)} cannot be read to its end")


def _table(
    connection: sqlite3.Connection,
    table: str,
    names: list[str],
    length: int,
    packer: Packer,
    keys: Container[tuple[str, str]],
) -> Iterator[pa.RecordBatch]:
    """Give the cells of one table; pages that point in circles end it."""
    fields = [f"{field_name(table)}.{field_name(name)}" for name in names]
    are_keys = [(table, name) in keys for name in names]
    chosen = ", ".join(map(quoted, names))
    if not chosen:
        return
    cursor = connection.execute(f"SELECT {chosen} FROM {quoted(table)}")
    row = 0
    while found := cursor.fetchmany(_AT_ONCE):
        for cells in found:
            for field, cell, is_key in zip(fields, cells, are_keys, strict=True):
                if text := _text(cell, packer.path, field, is_key):
                    packer.add(row, field, text)
            row += 1
        yield from packer.ready()
        if row > length:
            raise BadMemberError("a table with more rows than the file has bytes", status="limit")


def _text(cell: Any, path: str, field: str, is_key: bool) -> str | None:
    """Give a cell as text when it is text, a long integer or a person's, or bytes that are text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return str(cell) if is_key or is_read(cell, path, field) else None
    if isinstance(cell, bytes) and b"\0" not in cell[:1024]:
        try:
            return cell.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return None
