"""Names of fields in documents; apart from the other readers, so that the child process starts without Arrow."""

from __future__ import annotations

from leakkit.leak.text import printable


def field_name(name: str) -> str:
    """Give a name of the leak as a field: one line, escaped, of bounded length."""
    return printable(name.strip(), 200)


def has_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names columns, by the rule for separated values."""
    from leakkit.leak.formats.text_tables import has_header as rule

    return bool(rows and rows[0]) and rule(rows)
