"""Published figures on bias worked out anew from the tables that were fetched, beside what was printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.published import all_fetched, fetched_bias_tables, load_bias_table
from leakkit.bias.published_figures import PUBLISHED, Published
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import PUBLISHED_FIGURES

if TYPE_CHECKING:
    import pandas as pd


def reproduce_published(
    names: str | Iterable[str] | None = None,
    folder: str | Path | None = None,
    path: str | Path | None = None,
) -> pd.DataFrame:
    r"""Work published figures out anew, and put each beside what was printed.

    Parameters
    ----------
    names : str or iterable of str, optional
        Tables, as in `bias_tables`; left out, all that were fetched. Empty names, and tables that are not
        known or were not fetched, give no rows.
    folder : path, optional
        Where the tables were fetched to; left out, the folder of `leakkit.sources.data_folder`.
    path : path, optional
        File of the one table named, or a folder with it, instead of what was fetched.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.PUBLISHED_FIGURES`: ``table``, ``figure``, ``published``, ``found``,
        ``citation`` (strings), ``n`` (Int64: rows behind the figure), ``agrees`` (boolean: the same digits).

    Raises
    ------
    BadParameterError
        A path, and not one table named.
    LeakNotFoundError, BadFrameError
        There is nothing at `path`, or a file of something else.
    FetchError
        A file is no longer what was fetched.

    Notes
    -----
    Every figure comes out of `rate_groups`, `adjust_rates` and `stratify_rates`; one that needs columns or
    rows that are not there (the test rows of ``adult``, say) gives no row. Agreement says that the same
    arithmetic was done on the same rows: not that the figure measures what it is said to. Read the known
    harms in ``lk.bias_tables()["harms"]`` first.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "ResumeNames.csv"
    >>> rows = (
    ...     ["white,cauc,yes"] * 30
    ...     + ["white,cauc,no"] * 70
    ...     + ["black,afam,yes"] * 20
    ...     + ["black,afam,no"] * 80
    ... )
    >>> _ = file.write_text("\n".join(["names,ethnicity,call", *rows]))
    >>> found = reproduce_published("resume", path=file)
    >>> found[["figure", "published", "found", "agrees"]].values.tolist()[
    ...     :3
    ... ]  # doctest: +NORMALIZE_WHITESPACE
    [['Called back, white names, %', '9.65', '30.00', False],
     ['Called back, black names, %', '6.45', '20.00', False],
     ['Ratio of call-backs', '1.50', '1.50', True]]
    """
    fetched = fetched_bias_tables(folder) if names is None else all_fetched(folder)
    wanted = fetched if names is None else [names] if isinstance(names, str) else list(names)
    if path is not None and len(wanted) != 1:
        raise BadParameterError(
            "Expected one table named for the path",
            f"found {len(wanted)}",
            "name the table, and give its file",
        )
    known = fetched if path is None else [each.table for each in PUBLISHED]
    rows: list[dict[str, Any]] = []
    for name in dict.fromkeys(name for name in wanted if name in known):
        table = load_bias_table(name, path, folder=folder)
        rows += (row for each in PUBLISHED if each.table == name for row in _figures(each, table))
    return PUBLISHED_FIGURES.from_rows(rows)


def _figures(published: Published, table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give a row for each figure that can be worked out from this table."""
    if not set(published.needs) <= set(table.columns) or len(table) < published.rows:
        return
    try:
        measured = published.measure(table)
    except (BadFrameError, BadParameterError):  # groups or labels that it needs are not there
        return
    for figure, printed in published.figures.items():
        value, n = measured.get(figure, (np.nan, 0))
        if np.isfinite(value):
            found = _rounded(value, printed)
            yield {
                "table": published.table,
                "figure": figure,
                "published": printed,
                "found": found,
                "n": n,
                "agrees": found == printed,
                "citation": published.citation,
            }


def _rounded(value: float, printed: str) -> str:
    """Write a value with as many digits as were printed."""
    return f"{value:.{len(printed.partition('.')[2])}f}"
