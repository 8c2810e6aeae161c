"""Show a frame as an HTML table with caption and scoped headers, and as plain text beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from leakkit.display.cells import cell_text
from leakkit.display.publish import NO_MATH, publish
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd


WIDE = 40
"""Text longer than this many characters gets a wide column, so that it does not run down the page."""


def show_table(
    frame: pd.DataFrame,
    caption: str,
    *,
    rows: int = 12,
    digits: int = 2,
    missing: str = "–",
    names: Mapping[str, str] | None = None,
) -> None:
    """Show the first rows of a frame as a table with a caption; says how many rows are left out.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame. The index is not shown; the first column names each row.
    caption : str
        What the table shows: source, n, unit.
    rows : int, default 12
        Rows to show at most.
    digits : int, default 2
        Decimals of numbers that are no integers.
    missing : str
        What stands for a missing value.
    names : dict, optional
        Other words for column names; otherwise underscores become spaces.

    Notes
    -----
    Every cell is escaped, text of columns that may hold people's data or secrets is hidden, and the same
    frame gives the same bytes. Outside a notebook the plain text is printed.

    Examples
    --------
    >>> import pandas as pd
    >>> show_table(pd.DataFrame({"kind": ["weights", "log"], "bytes_held": [12_000, 7]}), "Bytes by kind")
    Bytes by kind
    kind     bytes held
    weights     12.0 kB
    log             7 B
    """
    if rows < 1:
        raise BadParameterError(
            "Expected rows to be at least 1", f"found {rows}", "leave it out to see twelve rows"
        )
    part = frame.head(rows)
    left_out = len(frame) - len(part)
    note = f" (first {len(part)} of {len(frame):,} rows; {left_out:,} left out)" if left_out else ""
    empty = " (no rows)" if frame.empty else ""
    title = printable(caption) + note + empty
    header = [printable((names or {}).get(str(c), str(c).replace("_", " "))) for c in frame.columns]
    body = _texts(part, digits, missing)
    right = [is_number(frame.iloc[:, number]) for number in range(frame.shape[1])]
    publish(
        {
            "text/html": html_table(header, body, right, title),
            "text/plain": plain_table(header, body, right, title),
        }
    )


def show_text(*sentences: str) -> None:
    """Show sentences that were made from data as a paragraph, escaped.

    Examples
    --------
    >>> show_text("3 of 12 members could not be read.")
    3 of 12 members could not be read.
    """
    text = " ".join(printable(sentence) for sentence in sentences)
    publish({"text/html": f'<p class="finding {NO_MATH}">{escape(text)}</p>', "text/plain": text})


def _texts(frame: pd.DataFrame, digits: int, missing: str) -> list[list[str]]:
    """Give every cell as plain text, row by row."""
    units = list(frame["unit"]) if "unit" in frame else [""] * len(frame)
    names = [str(name) for name in frame.columns]
    return [
        [
            cell_text(value, _unit_column(name, unit), digits=digits, missing=missing)
            for name, value in zip(names, row, strict=True)
        ]
        for unit, row in zip(units, frame.itertuples(index=False, name=None), strict=True)
    ]


def _unit_column(column: str, unit: Any) -> str:
    """Give the column whose format a cell follows: a ``value`` whose row has the unit bytes is a size."""
    return "bytes" if column == "value" and unit == "bytes" else column


def is_number(column: pd.Series) -> bool:
    """Tell whether a column is right-aligned."""
    from pandas.api import types

    return types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)


def _style(is_right: bool, is_wide: bool) -> str:
    """Give the style of a cell: numbers to the right on one line, long text with room to wrap."""
    return (
        "text-align:right;white-space:nowrap"
        if is_right
        else "text-align:left" + ";min-width:14rem" * is_wide
    )


def html_table(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Sequence[bool], caption: str
) -> str:
    """Write an HTML table: caption, scoped headers, first cell of each row as its header."""
    wide = [any(len(row[i]) > WIDE for row in body) for i in range(len(header))]
    styles = [_style(*sides) for sides in zip(right, wide, strict=True)]
    number = hashlib.blake2b(caption.encode(), digest_size=4).hexdigest()
    top = "".join(
        f'<th scope="col" style="text-align:{"right" if is_right else "left"}">{escape(text)}</th>'
        for text, is_right in zip(header, right, strict=True)
    )
    lines = []
    for row in body:
        cells = [f'<td style="{style}">{escape(text)}</td>' for style, text in zip(styles, row, strict=True)]
        if row:
            cells[0] = f'<th scope="row" style="{styles[0]};font-weight:normal">{escape(row[0])}</th>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="table-scroll {NO_MATH}" role="group" tabindex="0" aria-label="Table: {escape(caption)}" '
        f'style="overflow-x:auto">\n<table id="table-{number}">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n" + "\n".join(lines) + "\n</tbody>\n</table>\n</div>"
    )


def plain_table(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Sequence[bool], caption: str
) -> str:
    """Write the same table as aligned plain text."""
    rows = [header, *body]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    sides = [">" if is_right else "<" for is_right in right]
    aligned = (
        "  ".join(f"{t:{s}{w}}" for t, s, w in zip(r, sides, widths, strict=True)).rstrip() for r in rows
    )
    return "\n".join((caption, *aligned))
