"""One value of a frame as a reader sees it: rounded, shortened, hidden characters made visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leakkit.leak.text import printable

CELL_LIMIT = 90
"""Longest text in a table cell, in characters; the middle is left out of a longer one."""

HIDDEN_COLUMNS = frozenset({"client", "match", "principal", "raw", "text", "user_agent", "value"})
"""Columns that may hold what a leak says of people or secrets: their text is never shown."""

BYTE_COLUMNS = frozenset({"bytes", "compressed_size", "size", "size_claimed"})
"""Columns shown in B, kB, MB, ...; so is every column whose name begins with ``bytes_``."""


def format_bytes(size: int) -> str:
    """Give a size in decimal units with three digits (1 kB = 1,000 B).

    Examples
    --------
    >>> format_bytes(999), format_bytes(1_234_567), format_bytes(105_000_000_000)
    ('999 B', '1.23 MB', '105 GB')
    """
    if abs(size) < 1000:
        return f"{size} B"
    value, units = float(size), iter(("kB", "MB", "GB", "TB", "PB", "EB"))
    unit = "B"
    while abs(value) >= 999.5 and (larger := next(units, None)):
        value, unit = value / 1000, larger
    digits = 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0
    return f"{value:,.{digits}f} {unit}"


def format_count(number: int) -> str:
    """Give a count: exact below a million, else with three digits and a word.

    Examples
    --------
    >>> format_count(12_345), format_count(2_428_930), format_count(171_622_772_419)
    ('12,345', '2.43 million', '172 billion')
    """
    for word, size in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if abs(number) >= size:
            value = number / size
            return f"{value:,.{2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0}f} {word}"
    return f"{number:,}"


def _is_missing(value: Any) -> bool:
    """Tell whether a single value is None, NaN, NaT or NA."""
    import pandas as pd

    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def cell_text(
    value: Any, column: str = "", *, digits: int = 2, missing: str = "–", limit: int = CELL_LIMIT
) -> str:
    r"""Give one value as a reader sees it: rounded, shortened, hidden characters made visible.

    Parameters
    ----------
    value : object
        One cell of a frame.
    column : str
        Its column; sizes get units, p-values (``p_...``) three digits, and text of `HIDDEN_COLUMNS` is not shown.
    digits : int
        Decimals of numbers that are no integers.
    missing : str
        What stands for a missing value.
    limit : int
        Longest text in characters.

    Returns
    -------
    str
        Plain text, not yet escaped for HTML.

    Examples
    --------
    >>> cell_text(1234567, "size"), cell_text(1234567, "rows"), cell_text("a\x1bb")
    ('1.23 MB', '1,234,567', 'a\\x1bb')
    >>> cell_text("hunter2", "value")
    'hidden (7 characters)'
    >>> cell_text(3e-9, "p_value"), cell_text(0.25, "p_adjusted")
    ('< 0.001', '0.250')
    """
    if _is_missing(value):
        return missing
    if isinstance(value, str):
        return f"hidden ({len(value)} characters)" if column in HIDDEN_COLUMNS else printable(value, limit)
    if isinstance(value, bytes):
        return f"hidden ({len(value)} bytes)"
    if isinstance(value, Mapping):
        value = [f"{key}: {item}" for key, item in value.items()]
    if isinstance(value, Iterable):
        parts = [cell_text(part, column, digits=digits, missing=missing, limit=limit) for part in value]
        return printable(", ".join(parts), limit) or missing
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ", timespec="seconds")).replace("+00:00", " UTC")
    if hasattr(value, "dtype"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and (column in BYTE_COLUMNS or column.startswith("bytes_")):
        return format_bytes(value)
    if isinstance(value, float) and column.startswith("p_"):
        return "< 0.001" if value < 0.001 else f"{value:.3f}"
    if isinstance(value, (int, float)):
        return f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
    return printable(str(value), limit)
