"""Which tables of a leak may hold decisions about groups of people; what they mean is for people to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from leakkit.errors import LeakkitError
from leakkit.frames import DECISION_CANDIDATES
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

_GROUP_WORDS = frozenset(
    "gender sex race racial ethnicity ethnic nationality citizenship religion religious faith community caste tribe "
    "tribal disability disabled orientation marital ancestry origin minority afam black age_band age_group age_cat "
    "age_range agegroup agerange ageband geschlecht herkunft sexe genre origine genero sexo etnia raza kon kjonn "
    "geslacht sesso nazionalita plec".split()
)
_MOST_GROUPS = 20
_ROWS = 5_000


def find_decision_tables(leak: Any, *, rows: int = _ROWS) -> pd.DataFrame:
    """Tables with a column of two values and a column that may name groups of people.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    rows : int, default 5,000
        Rows of each table that are looked at.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.DECISION_CANDIDATES`, sorted by path; without rows where there is none.

    Notes
    -----
    Names of columns and the number of their values decide; which column is the outcome, and which of its
    labels people want, only a person can say: `load_decisions` takes the answer. A column of codes, or one
    named in a language that is not known here, is missed.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = find_decision_tables(lk.open_leak(lk.sample_leak()))
    >>> loans = found[found["path"].str.endswith("lending_2024_q1.csv")].iloc[0]
    >>> [*loans["outcomes"], *loans["groups"]]
    ['approved', 'community']
    """
    found = []
    tables = leak.tables()
    for path in tables["path"].drop_duplicates():
        columns = tables.loc[tables["path"].eq(path), "column"].fillna("")
        if any(_may_name_a_group(str(name)) for name in columns):
            found.append(_look(leak, str(path), rows))
    return DECISION_CANDIDATES.from_rows(row for row in found if row and row["outcomes"] and row["groups"])


def _look(leak: Any, path: str, rows: int) -> dict[str, Any] | None:
    """Look at the values of one table; none where it cannot be read."""
    try:
        table = leak.read_table(path, rows=rows)
    except LeakkitError:
        return None
    values = {str(name): _n_values(table[name]) for name in table.columns}
    groups = [name for name, n in values.items() if _may_name_a_group(name) and 2 <= n <= _MOST_GROUPS]
    outcomes = [name for name, n in values.items() if n == 2 and name not in groups]
    return {
        "path": printable(path, 200),
        "rows": len(table),
        "outcomes": [printable(name, 60) for name in outcomes],
        "groups": [printable(name, 60) for name in groups],
    }


def _n_values(column: pd.Series) -> int:
    """Count different values; nested ones count as many."""
    try:
        known = column.dropna()
        return int(known[known.astype("string").str.strip().ne("")].nunique())
    except TypeError:
        return _MOST_GROUPS + 1


def _may_name_a_group(name: str) -> bool:
    """Tell whether a column's name says that it names groups of people."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    pairs = {f"{a}_{b}" for a, b in zip(words, words[1:], strict=False)}
    return bool(_GROUP_WORDS & ({*words} | pairs))
