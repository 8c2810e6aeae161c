"""What is known of one table: its columns, their logical types, its rows and how these were counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

DTYPES = (
    "string",
    "integer",
    "number",
    "boolean",
    "timestamp",
    "date",
    "time",
    "binary",
    "list",
    "struct",
    "null",
    "other",
)
"""Logical types of a column, the same words for every format."""


class Column(NamedTuple):
    """One column; `nulls` is None where the header does not tell."""

    name: str
    dtype: str
    nulls: int | None = None


@dataclass(slots=True)
class Table:
    """One table; `name` is None where the member is the table."""

    columns: list[Column] = field(default_factory=list)
    n_rows: int | None = None
    rows_by: str | None = None
    name: str | None = None
    n_columns: int = 0

    def __post_init__(self) -> None:
        self.n_columns = self.n_columns or len(self.columns)


_TEXTS = (
    ("integer", re.compile(r"[+-]?\d{1,40}")),
    (
        "number",
        re.compile(
            r"[+-]?(?:\d{1,40}\.\d{0,40}|\.\d{1,40}|\d{1,40})(?:[eE][+-]?\d{1,5})?|[+-]?(?:nan|inf(?:inity)?)",
            re.I,
        ),
    ),
    ("boolean", re.compile(r"true|false|yes|no|t|f", re.I)),
    (
        "timestamp",
        re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d| UTC)?"),
    ),
    ("date", re.compile(r"\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}")),
    ("time", re.compile(r"\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?")),
)
_MISSING = frozenset({"", "na", "n/a", "null", "none", "nan", "\\n", "-"})


def dtype_of_texts(values: list[str]) -> str:
    """Give the narrowest logical type that all of `values` have; missing values do not count.

    Examples
    --------
    >>> dtype_of_texts(["1", "", "22"]), dtype_of_texts(["1", "2.5"]), dtype_of_texts(["1", "x"])
    ('integer', 'number', 'string')
    >>> dtype_of_texts(["", "NA"])
    'null'
    """
    filled = [value for value in (text.strip() for text in values) if value.lower() not in _MISSING]
    if not filled:
        return "null"
    return next((name for name, shape in _TEXTS if all(map(shape.fullmatch, filled))), "string")


def joined_dtype(dtypes: set[str]) -> str:
    """Give the one type that stands for several found in a column.

    Examples
    --------
    >>> (
    ...     joined_dtype({"integer", "null"}),
    ...     joined_dtype({"integer", "number"}),
    ...     joined_dtype({"string", "list"}),
    ... )
    ('integer', 'number', 'other')
    """
    found = dtypes - {"null"}
    if not found:
        return "null"
    if found == {"integer", "number"}:
        return "number"
    return found.pop() if len(found) == 1 else "other"
