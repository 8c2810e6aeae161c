"""Show figures, tables and sentences in a notebook: caption, alt text, every cell escaped, same bytes each run.

What is displayed is stored in the notebook and read again by our report template. nbval compares text
and tables but not PNG images, so a figure is a PNG with its alt text beside it as plain text.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

DOTS_PER_INCH = 144
"""Pixels an inch in figures: twice what a page shows, so that they stay sharp."""

CELL_LIMIT = 90
"""Longest text in a table cell, in characters; the middle is left out of a longer one."""

HIDDEN_COLUMNS = frozenset({"client", "match", "principal", "raw", "text", "user_agent", "value"})
"""Columns that may hold what a leak says of people or secrets: their text is never shown."""

BYTE_COLUMNS = frozenset({"bytes", "compressed_size", "size", "size_claimed"})
"""Columns shown in B, kB, MB, ...; so is every column whose name begins with ``bytes_``."""

_OUT_OF_SIGHT = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def settings() -> None:
    """Set matplotlib and pandas so that a notebook looks the same on every machine.

    Call it once, in the first code cell. It forgets personal matplotlib settings, chooses the font that
    ships with matplotlib and a palette that colour-blind readers can tell apart.
    """
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # silent about building its cache
    import matplotlib
    import pandas as pd

    from leakkit.plots import STYLE

    matplotlib.rcdefaults()
    matplotlib.rcParams.update(STYLE)
    pd.reset_option("display")
    pd.set_option("display.max_columns", 20, "display.width", 110, "display.max_colwidth", 60)


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
        Its column; sizes get units, and text of `HIDDEN_COLUMNS` is not shown.
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
    if isinstance(value, (int, float)):
        return f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"
    return printable(str(value), limit)


def _unit_column(column: str, unit: Any) -> str:
    """Give the column whose format a cell follows: a ``value`` whose row has the unit bytes is a size."""
    return "bytes" if column == "value" and unit == "bytes" else column


def _is_number(column: pd.Series) -> bool:
    """Tell whether a column is right-aligned."""
    from pandas.api import types

    return types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)


def _html_table(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Sequence[bool], caption: str
) -> str:
    """Write an HTML table: caption, scoped headers, first cell of each row as its header."""

    def cell(tag: str, text: str, is_right: bool, scope: str = "") -> str:
        side = "right" if is_right else "left"
        return f'<{tag}{scope} style="text-align:{side}">{escape(text)}</{tag}>'

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


def _plain_table(
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
    right = [_is_number(frame[c]) for c in frame.columns]
    _publish(
        {
            "text/html": _html_table(header, body, right, title),
            "text/plain": _plain_table(header, body, right, title),
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
    _publish({"text/html": f'<p class="finding">{escape(text)}</p>', "text/plain": text})


def show_figure(axes_or_figure: Any, *, caption: str, alt: str) -> None:
    """Show a figure with its caption and alt text, and close it.

    Parameters
    ----------
    axes_or_figure : matplotlib Axes, sequence of Axes, or Figure
        What a ``draw_`` function gives.
    caption : str
        What, source and n, for everybody.
    alt : str
        What a listener should learn from the figure, with its main number.

    Raises
    ------
    BadParameterError
        When caption or alt text is empty, or there is no figure.

    Notes
    -----
    The notebook stores a PNG without date or version, so two runs give the same bytes. In JupyterLab
    the caption stands below and the alt text follows for screen readers; our report writes a
    ``figure`` with ``alt`` and ``figcaption``.
    """
    for name, text in (("caption", caption), ("alt", alt)):
        if not text.strip():
            raise BadParameterError(
                f"Expected {name} to be a sentence", "found nothing", "say what the figure shows"
            )
    figure = _figure_of(axes_or_figure)
    caption, alt = printable(caption), printable(alt)
    width, height = (round(float(inches) * DOTS_PER_INCH / 2) for inches in figure.get_size_inches())
    png = base64.b64encode(figure_png(figure)).decode()
    details = {"width": width, "height": height, "needs_background": "light", "alt": alt, "caption": caption}
    _publish({"image/png": png, "text/plain": f"Figure. {alt}"}, {"image/png": details})
    below = f'<p><em>{escape(caption)}</em><span style="{_OUT_OF_SIGHT}"> Figure: {escape(alt)}</span></p>'
    _publish({"text/html": below, "text/plain": caption}, {"leakkit": {"role": "caption"}})
    import matplotlib.pyplot as plt

    plt.close(figure)


def figure_png(figure: Any) -> bytes:
    """Give the figure as PNG bytes that hold no date and no software version."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()


def figure_svg(figure: Any) -> str:
    """Give the figure as SVG text with fixed identifiers, no date and no software version."""
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "leakkit", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _figure_of(axes_or_figure: Any) -> Any:
    """Find the figure behind Axes, several Axes or a figure."""
    if isinstance(axes_or_figure, Iterable) and not hasattr(axes_or_figure, "savefig"):
        axes_or_figure = next(iter(axes_or_figure), None)
    figure = getattr(axes_or_figure, "figure", None)
    if figure is None or not hasattr(figure, "savefig"):
        raise BadParameterError(
            "Expected matplotlib Axes or a figure",
            f"found {type(axes_or_figure).__name__}",
            "pass what a draw_ function gives",
        )
    return figure


def _publish(data: dict[str, str], metadata: dict[str, Any] | None = None) -> None:
    """Hand a bundle to the notebook, or print its plain text where there is none."""
    interactive = sys.modules.get("IPython")
    if interactive is None or interactive.get_ipython() is None:
        print(data["text/plain"])
        return
    from IPython.display import display

    display(data, metadata=metadata or {}, raw=True)
