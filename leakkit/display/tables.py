"""Show a frame as an HTML table with caption and scoped headers, and as plain text beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from leakkit.display.cells import cell_text
from leakkit.display.publish import publish
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd


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
    units = list(part["unit"]) if "unit" in part else [""] * len(part)
    cells = [
        [
            cell_text(v, _unit_column(str(c), unit), digits=digits, missing=missing)
            for v, unit in zip(part[c], units, strict=True)
        ]
        for c in frame.columns
    ]
    body = list(zip(*cells, strict=True))
    right = [is_number(frame[c]) for c in frame.columns]
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
    publish({"text/html": f'<p class="finding">{escape(text)}</p>', "text/plain": text})


def _unit_column(column: str, unit: Any) -> str:
    """Give the column whose format a cell follows: a ``value`` whose row has the unit bytes is a size."""
    return "bytes" if column == "value" and unit == "bytes" else column


def is_number(column: pd.Series) -> bool:
    """Tell whether a column is right-aligned."""
    from pandas.api import types

    return types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)


def html_table(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Sequence[bool], caption: str
) -> str:
    """Write an HTML table: caption, scoped headers, first cell of each row as its header."""

    def cell(tag: str, text: str, is_right: bool, scope: str = "") -> str:
        style = "text-align:right;white-space:nowrap" if is_right and tag == "td" else "text-align:left"
        style = "text-align:right" if is_right and tag == "th" else style
        return f'<{tag}{scope} style="{style}">{escape(text)}</{tag}>'

    number = hashlib.blake2b(caption.encode(), digest_size=4).hexdigest()
    top = "".join(
        cell("th", text, is_right, ' scope="col"') for text, is_right in zip(header, right, strict=True)
    )
    lines = []
    for row in body:
        first = cell("th", row[0], right[0], ' scope="row"') if row else ""
        rest = (cell("td", text, is_right) for text, is_right in zip(row[1:], right[1:], strict=True))
        lines.append(f"<tr>{first}{''.join(rest)}</tr>")
    return (
        f'<div class="table-scroll" role="group" tabindex="0" aria-label="Table: {escape(caption)}" '
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
