"""How tables of decisions are to be read, as people named it, and their rates by group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.bundled import data_path, sample_leak
from leakkit.errors import BadFrameError, LeakNotFoundError
from leakkit.frames import DECISIONS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 1_000_000


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
    if file is not None:
        return _read(Path(file))
    return _read(data_path("sample_decisions.csv")) if _is_sample(leak) else DECISIONS.from_rows([])


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


def _read(path: Path) -> pd.DataFrame:
    """Read and check a table of decisions."""
    import pandas as pd

    if not path.is_file():
        raise LeakNotFoundError(
            "Expected a CSV file that says how tables are to be read",
            f"found none called {printable(path.name, 100)!r}",
            "check the spelling; data/sample_decisions.csv is an example",
        )
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:  # bad CSV and bad text are values
        raise BadFrameError(
            f"Expected {printable(path.name, 100)!r} to be a CSV file in UTF-8",
            f"found what cannot be read as one ({type(error).__name__})",
            "save it again; data/sample_decisions.csv is an example",
        ) from None
    table = table.apply(lambda column: column.str.strip()).replace("", pd.NA)
    _check(table, path.name)
    if "topic" in table:
        table["topic"] = table["topic"].fillna("decisions")
    else:
        table["topic"] = "decisions"
    made = DECISIONS.from_rows(table.astype(object).where(table.notna(), None).to_dict("records"))
    order = {path: place for place, path in enumerate(table["path"])}
    return made.sort_values("path", key=lambda paths: paths.map(order), kind="stable", ignore_index=True)


def _check(table: pd.DataFrame, name: str) -> None:
    """Raise where a column or a cell that must be filled is not."""
    needed = ("path", "outcome", "favourable", "group")
    missing = [column for column in needed if column not in table]
    unknown = [str(column) for column in table.columns if column not in DECISIONS.names]
    if missing or unknown:
        found = [f"no {column}" for column in missing] + [printable(column, 40) for column in unknown]
        raise BadFrameError(
            f"Expected {printable(name, 100)!r} to have columns out of {', '.join(DECISIONS.names)}",
            f"found {', '.join(found)}",
            "see data/sample_decisions.csv",
        )
    holes = [
        f"line {place + 2}, {column}" for column in needed for place in table.index[table[column].isna()]
    ]
    if holes:
        raise BadFrameError(
            f"Expected {', '.join(needed)} in every line of {printable(name, 100)!r}",
            f"found empty cells at {'; '.join(holes[:5])}",
            "fill them: which label people want must be named",
        )


def _is_sample(leak: Any) -> bool:
    """Tell whether this is the leak that ships with leakkit."""
    try:
        return Path(str(getattr(leak, "place", leak))).resolve() == sample_leak().resolve()
    except OSError:
        return False


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
