"""Texts that are tables, dumps or records themselves: their cells, and what the cells are by key, column and value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakkit.pii.layout_json import read_literals
from leakkit.pii.layout_markup import read_markup
from leakkit.pii.layout_pairs import read_accounts, read_cards, read_logfmt, read_pairs
from leakkit.pii.layout_sql import read_dumps
from leakkit.pii.layout_tables import read_aligned, read_tables
from leakkit.pii.layout_text import Cell, Sheet
from leakkit.pii.layout_typed import typed_cells

__all__ = ["Cell", "cells", "has_layout", "typed"]

Typed = tuple[int, int, str, float, str]

_DUMP = re.compile(r"(?i)\b(?:insert\s|replace\s{1,8}into|copy\s)|^[ \t]{0,20}\((?:'|\d)", re.M)
_LITERAL = re.compile(r"[\"'\w]\s{0,8}:\s{0,8}[\"'\d\[{tfnN\\-]|[\[{]\s{0,40}[\"'\[{]")
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]{0,200}>")
_PAIRS = re.compile(r"[\w)\"'*][ \t]{0,8}[:=\uff1a]|:[^\s:]{2,200}$", re.M)
_ROWS = re.compile(r"\t|;[^;\n]*;|\|[^|\n]*\||,[^,\n]*,|   |@[^\s;]{1,200};")


def has_layout(text: str) -> bool:
    """Say by a quick look whether a text may be a table, dump or record; prose mostly is not."""
    return any(look.search(text) for look in (_LITERAL, _DUMP, _MARKUP, _PAIRS, _ROWS))


def cells(text: str) -> list[Cell]:
    r"""Take a text apart that is itself CSV, SQL, JSON, YAML, XML, a form or the like.

    Parameters
    ----------
    text : str
        One value: a file's text, a message, a field of a record. Formats may be mixed and broken.

    Returns
    -------
    list of Cell
        In order of place. ``(start, end, key, row, column, table)``: code points of the value without
        quotes; its key or column name with the path to it, None where there is none; numbers of the
        record, of the column in its table, and of the table. Cells may overlap where two readings are
        possible. Empty for prose.

    Notes
    -----
    Linear in the length of the text. Escapes inside a value (``\\u00e9``, ``''``, ``&amp;``) stay as they stand.

    Examples
    --------
    >>> [(c.key, c.row) for c in cells("name;city" + chr(10) + "Ann Lee;Ulm")]
    [('name', 1), ('city', 1)]
    """
    if not has_layout(text):
        return []
    sheet = Sheet(text)
    if _DUMP.search(text):
        read_dumps(sheet)
    if "<" in text and _MARKUP.search(text):
        read_markup(sheet)
    if _LITERAL.search(text):
        read_literals(sheet)
    if ":" in text or "|" in text or ";" in text:
        read_cards(sheet)
        read_accounts(sheet)
    if _ROWS.search(text):
        read_tables(sheet)
        read_aligned(sheet)
    if _PAIRS.search(text):
        read_pairs(sheet)
        read_logfmt(sheet)
    seen: set[tuple[int, int]] = set()
    found = []
    for cell in sheet.cells:
        if (cell.start, cell.end) not in seen:
            seen.add((cell.start, cell.end))
            found.append(cell)
    return sorted(found, key=lambda c: (c.start, c.end))


def typed(text: str, found: Sequence[Cell] | None = None) -> list[Typed]:
    """Tell what the cells of a text are, by the names of keys and columns and by a vote of the values.

    Parameters
    ----------
    text : str
        The text.
    found : sequence of Cell, optional
        Its cells; read from the text when left out.

    Returns
    -------
    list of tuple
        ``(start, end, entity, score, evidence)`` in order of place, without overlaps. Values that do not
        look like the entity of their column are left out. `evidence` holds no values and no key names.
    """
    return typed_cells(text, cells(text) if found is None else found)
