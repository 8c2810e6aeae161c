"""How tables of decisions are to be read, as people named it, and their rates by group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.bias.named import is_sample, read_named
from leakkit.bundled import data_path
from leakkit.frames import DECISIONS

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 1_000_000
_NEEDED = ("path", "outcome", "favourable", "group")


def load_decisions(file: str | Path | None = None, leak: Any = None) -> pd.DataFrame:
    """How the decision tables of a leak are to be read: outcome, favourable label, group.

    Parameters
    ----------
    file : path, optional
        A CSV with the columns of `leakkit.frames.DECISIONS`; ``path``, ``outcome``, ``favourable`` and
        ``group`` must be filled, ``topic`` is "decisions" where it is not. ``data/sample_decisions.csv`` is an
        example.
    leak : str, path or Leak, optional
        Without `file`: for the sample leak the table that ships with leakkit, for any other no rows.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.DECISIONS`, in the order of the file.

    Raises
    ------
    LeakNotFoundError
        There is no such file.
    BadFrameError
        Columns or cells that must be there are missing; the lines are named.

    Notes
    -----
    Nobody but a person can say which label people want; `find_decision_tables` only lists candidates.

    Examples
    --------
    >>> import leakkit as lk
    >>> load_decisions(leak=lk.sample_leak())["topic"].unique().tolist()
    ['hiring', 'lending', 'reoffending']
    >>> len(load_decisions(leak="elsewhere"))
    0
    """
    if file is None and not is_sample(leak):
        return DECISIONS.from_rows([])
    path = data_path("sample_decisions.csv") if file is None else Path(file)
    named = read_named(path, DECISIONS, _NEEDED, "data/sample_decisions.csv")
    return named.assign(topic=named["topic"].fillna("decisions"))


def read_decision_table(leak: Any, path: str, *, rows: int | None = _ROWS) -> pd.DataFrame:
    """Rows of one table of the leak; columns of numbers written as text become numbers.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    path : str
        Path in the artifacts frame.
    rows : int or None, default 1,000,000
        Most rows.

    Returns
    -------
    pandas.DataFrame
        The raw content of the leak: do not print it.

    Examples
    --------
    >>> import leakkit as lk
    >>> table = read_decision_table(lk.open_leak(lk.sample_leak()), "datasets/decisions/lending_2024_q1.csv")
    >>> int(table["approved"].sum()), len(table)
    (1739, 3000)
    """
    import pandas as pd

    table = leak.read_table(path, rows=rows)
    made = {name: _numbers(table[name]) for name in table.columns}
    return pd.DataFrame(made, index=table.index)


def _numbers(column: pd.Series) -> pd.Series:
    """Turn a column of text into numbers where every value that is there is one."""
    import pandas as pd

    if not pd.api.types.is_string_dtype(column):
        return column
    filled = column.str.strip().replace("", pd.NA)
    numbers = pd.to_numeric(filled, errors="coerce")
    if filled.notna().sum() == 0 or numbers.isna().sum() > filled.isna().sum():
        return filled
    return numbers
