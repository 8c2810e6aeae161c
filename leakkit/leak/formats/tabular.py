"""Tables in a leak: how many rows, which columns, of what type; from headers and heads, never whole files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Table
from leakkit.leak.lines import BREAKS
from leakkit.leak.source import Source
from leakkit.leak.text import printable

if TYPE_CHECKING:
    from leakkit.leak.walk import Visit

_READERS = {
    "parquet": "parquet",
    "arrow": "arrow_ipc",
    "feather": "arrow_ipc",
    "orc": "orc",
    "avro": "avro",
    "csv": "text_tables",
    "tsv": "text_tables",
    "jsonl": "text_tables",
    "lm-eval-samples": "text_tables",
    "sqlite": "sqlite_tables",
    "notebook": "notebooks",
}
TABLE_FORMATS = frozenset(_READERS) - {"notebook"}
"""Formats whose columns stand in the tables frame."""

COLUMN_LIMIT = 10_000
"""Columns of one table that become rows of the tables frame; the rest is counted only."""

_NAMES_KEPT = 200


def read(source: Source, format: str) -> Facts:
    r"""Say what a member holds as a table (or notebook), from its header or its first 64 KiB.

    Parameters
    ----------
    source : Source
    format : str
        parquet, arrow, feather, orc, avro, csv, tsv, jsonl, sqlite or notebook.

    Returns
    -------
    Facts
        ``x_n_rows`` and ``x_n_columns`` (sums where a member holds several tables), ``x_columns``
        (printable names), ``x_rows_by`` (header, counted, estimated), ``x_n_tables``, and what the
        format tells besides (``x_created_by``, ``x_n_row_groups``, ``x_dialect``, ``x_language``, ...).

    Raises
    ------
    BadMemberError
        The header cannot be read at all. A file that is cut off where its header still can be read
        gives facts with status truncated.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> source = BytesSource(b"id,mail\n1,a@example.org\n2,b@example.org\n", "users.csv")
    >>> read(source, "csv").values["x_columns"]
    ['id', 'mail']
    """
    facts, tables = _read_tables(source, format)
    if format == "notebook":
        return facts
    rows = [table.n_rows for table in tables]
    names = [column.name for table in tables for column in table.columns[:_NAMES_KEPT]]
    facts.values |= {
        "x_n_tables": len(tables),
        "x_n_rows": None if not rows or None in rows else sum(row or 0 for row in rows),
        "x_n_columns": sum(table.n_columns for table in tables),
        "x_columns": [printable(name, 200) for name in names[:_NAMES_KEPT]],
        "x_rows_by": next((table.rows_by for table in tables if table.rows_by), None),
    }
    return facts


def table_rows(source: Source, format: str) -> list[dict[str, Any]]:
    r"""Give one row of the tables frame (without its path) for every column of every table in a member.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> [row] = table_rows(BytesSource(b'{"a": 1}\n{"a": 2}\n', "x.jsonl"), "jsonl")
    >>> row["column"], row["dtype"], row["n_rows"], row["rows_by"]
    ('a', 'integer', 2, 'counted')
    """
    rows = []
    for table in _read_tables(source, format)[1]:
        name = printable(table.name or source.name, 200)
        for position, column in enumerate(table.columns[:COLUMN_LIMIT]):
            rows.append(
                {
                    "table": name,
                    "column": printable(column.name, 200),
                    "position": position,
                    "dtype": column.dtype,
                    "n_rows": table.n_rows,
                    "rows_by": table.rows_by,
                    "nulls": column.nulls,
                }
            )
    return rows


def visit_rows(visits: Iterable[Visit]) -> Iterator[dict[str, Any]]:
    """Give the rows of the tables frame for every table met on a walk; broken members give none."""
    for visit in visits:
        if visit.source is None or visit.format not in TABLE_FORMATS:
            continue
        try:
            for row in table_rows(visit.source, visit.format):
                yield {"path": visit.path, **row}
        except BadMemberError:
            continue  # the artifacts frame says why


def _read_tables(source: Source, format: str) -> tuple[Facts, list[Table]]:
    """Let the format's own module read a member; whatever it dies of becomes our error."""
    module = _READERS.get(format)
    if module is None:
        raise BadMemberError(f"{format} is no table")
    facts = Facts()
    try:
        return facts, import_module(f"leakkit.leak.formats.{module}").tables(source, format, facts)
    except BadMemberError:
        raise
    except (
        *BREAKS,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as error:
        raise BadMemberError(f"cannot be read as {format} ({type(error).__name__})") from None
