"""Sheets of spreadsheets as tables, whatever their file: Excel, old and binary Excel, OpenDocument."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from typing import Any

from leakkit.leak.records.documents_child import Found
from leakkit.leak.records.documents_names import field_name, has_header
from leakkit.leak.records.person_numbers import is_read

_COLUMNS_WITH_LETTERS = 16_384

Cells = Iterable[tuple[int, Any]]
"""Cells of a row with their places; those that are left out are empty."""


def workbook(data: bytes) -> Iterator[Found]:
    """Give the cells of every sheet of an old (xls) or binary (xlsb) workbook, hidden ones too."""
    from python_calamine import CalamineError, CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    n_broken = 0
    for name in book.sheet_names:
        try:
            rows = book.get_sheet_by_name(name).iter_rows()
        except CalamineError:
            n_broken += 1
            continue
        yield from sheet(name, map(enumerate, rows))
    if n_broken:
        yield -1, "", f"sheets that cannot be read: {n_broken:,}"


def sheet(title: str, rows: Iterable[Cells]) -> Iterator[Found]:
    """Give the cells of one sheet; its first row that holds anything may name the columns.

    `row` counts within the sheet.
    """
    title = field_name(title)
    names: dict[int, str] = {}
    row, is_first = 0, True
    for cells in rows:
        filled = {place: cell for place, cell in cells if cell is not None and cell != ""}
        fields = {place: f"{title}.{names.get(place) or _column(place)}" for place in filled}
        held = {place: text for place, cell in filled.items() if (text := _text(cell, fields[place]))}
        if is_first and held:
            is_first = False
            if has_header([[str(cell) for cell in filled.values()]]):
                names = {place: field_name(text) for place, text in held.items()}
                continue
        for place, text in held.items():
            yield row, fields[place], text
        row += bool(held) or not is_first


def _column(place: int) -> str:
    """Name a column as spreadsheets do."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1) if place < _COLUMNS_WITH_LETTERS else f"column_{place}"


def _text(cell: Any, field: str) -> str | None:
    """Give a cell as text when it is text, a date, or a whole number that is long or a person's."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell) if is_read(cell, "", field) else None
    return None
