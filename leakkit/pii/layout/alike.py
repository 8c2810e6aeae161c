"""Cells of short lines that are alike: settings, traces, manifests, lines of a log.

Where a cell begins and ends does not depend on which letters and digits its value has, nor on which digits a time
has that begins the line. What stands in a key may matter, and so all up to the last sign that may end a key is
looked at as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from leakkit.pii.layout.cells import cells
from leakkit.pii.layout.text import Cell

_LONGEST, _MOST_HELD = 160, 1 << 14
_SHORT = re.compile(r"([^<\n\r]*(?:[:=|;,\t\uff1a]|\.\.\.))([^<\n\r{\[(]*)")
"""One line: all up to the last sign, and a value in which nothing opens that may hold further keys."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?")
_DIGITS = str.maketrans("123456789", "0" * 9)
_CLASSES = str.maketrans("123456789" + ascii_lowercase + ascii_uppercase, "0" * 9 + "a" * 26 + "A" * 26)
_JSON = tuple("tfnN")
"""What values of JSON without quotes begin with: true, false, null, NaN."""
_CARD = re.compile(r"(?i)begin:|dn:")


def cells_of(text: str, may: int) -> Sequence[Cell]:
    """Give the cells of a text, as `cells` does; lines that are alike are taken apart once.

    Parameters
    ----------
    text : str
        One value.
    may : int
        What may be read in it besides keys, as `gate.open_rows` tells.

    Returns
    -------
    sequence of Cell
        In order of place.

    Examples
    --------
    >>> [(cell.start, cell.end, cell.key) for cell in cells_of("email: ann3@example.org", 0)]
    [(7, 23, 'email')]
    """
    if len(text) > _LONGEST or (parts := _SHORT.fullmatch(text)) is None:
        return cells(text, may)
    head, value = parts.groups()
    time = _TIME.match(head)
    if time is not None:
        head = head[: time.end()].translate(_DIGITS) + head[time.end() :]
    words = value.lstrip().startswith(_JSON) or _CARD.search(head)
    form = head + value.translate(_DIGITS if words else _CLASSES)
    found, named = _of_form(form, may)
    if time is None or not named:
        return found
    renamed = list(found)
    for place in named:
        cell = found[place]
        renamed[place] = Cell(cell[0], cell[1], text[: len(cell[2] or "")], *cell[3:])
    return renamed


@lru_cache(_MOST_HELD)
def _of_form(form: str, may: int) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
    """Give the cells of all lines of a form, and which of them have for a key what begins the line, as a time does."""
    found = tuple(cells(form, may))
    return found, tuple(i for i, cell in enumerate(found) if cell.key and form.startswith(cell.key))
