"""Look at a frame: sort, filter and search it in JupyterLab; elsewhere see its first rows."""

from __future__ import annotations

import importlib.util
import os
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any

from leakkit.display.cells import cell_text
from leakkit.display.publish import NO_MATH, in_notebook, publish
from leakkit.display.tables import is_number, show_table
from leakkit.errors import MissingExtraError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

STATIC_VARIABLE = "LEAKKIT_STATIC"
"""Environment variable that asks for the static form: set in reports, tests and stored notebooks."""

MOST_BYTES = 4 * 2**20
"""Largest table handed to the browser; a larger one is cut, and the table says so."""


def explore(frame: pd.DataFrame, caption: str | None = None) -> None:
    """Show a frame as a table that one can sort, filter and search, without any network.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame of the kit.
    caption : str, optional
        What the table shows.

    Raises
    ------
    MissingExtraError
        The package itables (extra ``lab``) is not installed.

    Notes
    -----
    Every cell is escaped; text in columns that may hold people's data or secrets is hidden. Outside a
    notebook, and where the environment variable LEAKKIT_STATIC is set, the first rows are shown as by
    `show_table`.

    Examples
    --------
    >>> import pandas as pd
    >>> explore(pd.DataFrame({"path": ["a.csv"], "size": [5]}), "Members")
    Members
    path   size
    a.csv   5 B
    """
    words = caption or f"{len(frame):,} rows"
    if os.environ.get(STATIC_VARIABLE) or not in_notebook():
        show_table(frame, words)
        return
    if importlib.util.find_spec("itables") is None:
        raise MissingExtraError(
            "Expected the package itables, which draws tables one can sort and search",
            "found it missing",
            'install the extra "lab": python -m pip install "leakkit[lab]"; or use show_table',
        )
    publish(
        {
            "text/html": interactive_html(frame, words),
            "text/plain": f"{printable(words)} ({len(frame):,} rows)",
        }
    )


def interactive_html(frame: pd.DataFrame, caption: str) -> str:
    """Give the table with the program that sorts and searches it, all in one piece of HTML."""
    from itables.javascript import generate_init_offline_itables_html, to_html_datatable
    from itables.options import dt_bundle

    table = to_html_datatable(
        harmless(frame),
        allow_html=False,
        columnDefs=_alignment(frame),
        column_filters="footer",
        connected=False,
        display_logo_when_loading=False,
        maxBytes=MOST_BYTES,
        showIndex=False,
        style="table-layout:auto;width:auto;margin:0",
        text_in_header_can_be_selected=False,
        warn_on_unexpected_types=False,
    )
    words = f"<p><em>{escape(printable(caption))}</em></p>"
    return f'{generate_init_offline_itables_html(dt_bundle)}<div class="{NO_MATH}">{words}{table}</div>'


def _alignment(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Put text to the left and numbers to the right, in head and body."""
    right = [number for number in range(frame.shape[1]) if is_number(frame.iloc[:, number])]
    return [{"className": "dt-right", "targets": right}, {"className": "dt-left", "targets": "_all"}]


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a copy in which every cell is text: printable or hidden; numbers are plain, so that they sort."""
    import pandas as pd

    columns: dict[str, list[str]] = {}
    for position, name in enumerate(frame.columns):
        columns[printable(str(name))] = [_text(value, str(name)) for value in frame.iloc[:, position]]
    return pd.DataFrame(columns, dtype=object)


def _text(value: Any, name: str) -> str:
    """Give one value as text; a missing one is empty, a number has no thousands separators."""
    text = cell_text(value, "" if isinstance(value, Real) else name, digits=6, missing="", limit=500)
    return text.replace(",", "") if isinstance(value, Real) else text
