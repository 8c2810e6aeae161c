"""How often, with a denominator and an interval: counts by year and by category, unknowns in rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.incidents.intervals import count_interval, goodman_interval
from leakkit.stats import exact_interval, wilson_interval

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN, NOT_RECORDED, SEVERAL_YEARS = "unknown", "not recorded", "several years"
UNKNOWN_WORDS = frozenset({"unknown", "Unknown"})
SMALL = 30
"""Trials below which the exact interval is given in place of Wilson's."""

METHODS = ("auto", "wilson", "exact", "goodman")


def count_categories(
    frame: pd.DataFrame, column: str, *, by: str | None = None, method: str = "auto", level: float = 0.95
) -> pd.DataFrame:
    """Incidents by category with shares of those known, and their intervals.

    Parameters
    ----------
    frame : pandas.DataFrame
        Incidents, AI leaks, or any frame with one row an incident.
    column : str
        A column of text, categories or lists.
    by : str, optional
        A column of groups, each with its own denominator; a category that a group has not met counts 0 there.
    method : {'auto', 'wilson', 'exact', 'goodman'}
        ``auto`` takes Goodman's simultaneous intervals for a column of single values, as their shares compete;
        for lists, where one incident may stand in several rows, Wilson's, or the exact one below 30 trials.
    level : float, default 0.95
        Wanted coverage.

    Returns
    -------
    pandas.DataFrame
        `by` where given, then ``category``, ``incidents`` and ``n`` (incidents with a known value, Int64),
        ``share``, ``low``, ``high`` (Float64), ``method``; most frequent first, then the rows "unknown" (the
        source says that it is not known) and "not recorded" (it says nothing), which have no share. No rows
        for an empty frame.

    Raises
    ------
    BadFrameError
        A column is missing.
    BadParameterError
        Another method.

    Notes
    -----
    Misleading: a catalogue is no sample of what happens; intervals speak of chance alone, not of who reports.

    Examples
    --------
    >>> import pandas as pd
    >>> leaks = pd.DataFrame({"route": ["bug", "bug", "insider", "unknown", None]})
    >>> count_categories(leaks, "route")[["category", "incidents", "n"]].values.tolist()
    [['bug', 2, 3], ['insider', 1, 3], ['unknown', 1, 3], ['not recorded', 1, 3]]
    """
    import pandas as pd

    if method not in METHODS:
        raise BadParameterError(
            f"Expected method to be one of {', '.join(METHODS)}", f"found {method!r}", "choose one of these"
        )
    _need(frame, column, *([by] if by else []))
    if by is None:
        return _count_group(frame[column], method, level)
    every = _known_terms(frame.loc[frame[by].notna(), column])
    parts = []
    for group, rows in frame.groupby(by, observed=True, dropna=False, sort=True):
        part = _count_group(rows[column], method, level, every)
        part.insert(0, by, NOT_RECORDED if pd.isna(group) else str(group))
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else _count_group(frame[column], method, level)


def count_by_year(
    frame: pd.DataFrame,
    *,
    date: str = "incident_date",
    spread: str = "apart",
    complete_until: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Incidents by year, with intervals; dates over two years and unknown ones in rows of their own.

    Parameters
    ----------
    frame : pandas.DataFrame
        Has the columns `date` (first day) and `date` + ``_end`` (last day), as incidents and AI leaks have.
    date : str, default 'incident_date'
        Which date; ``date_disclosed`` for AI leaks.
    spread : {'apart', 'split'}
        An interval over several years stands ``apart`` in a row of its own, or is ``split`` over them by its
        days; counts are then fractions. A date known to the year counts in its year.
    complete_until : str, optional
        Last day the source covers, as "2024-12-31"; left out, the last day of any date. A year that ends
        later is not complete.
    level : float, default 0.95
        Wanted coverage.

    Returns
    -------
    pandas.DataFrame
        ``year`` (string), ``incidents`` (Int64; Float64 where intervals are split), ``low`` and ``high``
        (Garwood's interval of the yearly number), ``n`` (all incidents, Int64), ``to_the_day`` (Int64),
        ``complete`` (boolean). Years without an incident are there with 0. The rows
        "several years" and "unknown" come last and have no interval.

    Raises
    ------
    BadFrameError
        A column is missing.
    BadParameterError
        Another word for `spread`, a `complete_until` that is no day, or a level outside (0, 1).

    Notes
    -----
    Misleading: catalogues grow with the attention paid to them, and the last years still fill up.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2023-05-01", "2024-01-01", None])
    >>> leaks = pd.DataFrame({"incident_date": days, "incident_date_end": days})
    >>> count_by_year(leaks)[["year", "incidents", "complete"]].values.tolist()
    [['2023', 1, True], ['2024', 1, False], ['unknown', 1, <NA>]]
    """
    import pandas as pd

    if spread not in ("apart", "split"):
        raise BadParameterError(
            "Expected spread to be apart or split", f"found {spread!r}", "choose one of these"
        )
    _need(frame, date, f"{date}_end")
    first = pd.to_datetime(frame[date])
    last = pd.to_datetime(frame[f"{date}_end"]).fillna(first)
    dated = first.notna()
    one_year = dated & first.dt.year.eq(last.dt.year)
    years = first[one_year].dt.year.astype(int)
    counts: dict[int, float] = {int(y): float(k) for y, k in years.value_counts().items()}
    exact = first[one_year & first.eq(last)].dt.year.astype(int).value_counts().to_dict()
    wide = dated & ~one_year
    if spread == "split":
        for begin, end in zip(first[wide], last[wide], strict=True):
            for year, part in _over_years(begin, end):
                counts[year] = counts.get(year, 0.0) + part
    covered = _as_day(complete_until) if complete_until is not None else last.max()
    every = list(range(min(counts), max(counts) + 1)) if counts else []
    numbers = np.array([counts.get(year, 0.0) for year in every])
    low, high = count_interval(numbers, level)
    rows = [
        {"year": str(year), "incidents": number, "low": begin, "high": end, "to_the_day": exact.get(year, 0),
         "complete": bool(pd.Timestamp(year, 12, 31) <= covered)}
        for year, number, begin, end in zip(every, numbers, low, high, strict=True)
    ]  # fmt: skip
    aside = {SEVERAL_YEARS: int(wide.sum()) if spread == "apart" else 0, UNKNOWN: int((~dated).sum())}
    rows += [{"year": name, "incidents": float(number)} for name, number in aside.items() if number]
    dtypes = {"year": "string", "incidents": "Int64" if spread == "apart" else "Float64", "low": "Float64",
              "high": "Float64", "n": "Int64", "to_the_day": "Int64", "complete": "boolean"}  # fmt: skip
    table = pd.DataFrame([row | {"n": len(frame)} for row in rows], columns=list(dtypes))
    return table.astype(dtypes)


def _need(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a frame without the columns that are counted."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected a frame with the columns to count",
            f"found no {', '.join(missing)}",
            f"choose among: {', '.join(map(str, frame.columns))}",
        )


def _known_terms(values: pd.Series) -> set[str]:
    """Give all categories that some value names."""
    return {term for value in values for term in _as_terms(value) or () if term not in UNKNOWN_WORDS}


def _count_group(values: pd.Series, method: str, level: float, every: Iterable[str] = ()) -> pd.DataFrame:
    """Count the categories of one group; those of `every` have a row even where they are not met."""
    import pandas as pd

    lists = [_as_terms(value) for value in values]
    several = any(terms is not None and len(terms) > 1 for terms in lists) or _is_list(values)
    known = [terms - UNKNOWN_WORDS for terms in lists if terms]
    n = sum(bool(terms) for terms in known)
    found: dict[str, int] = dict.fromkeys(every, 0) if n else {}
    for terms in known:
        for term in terms:
            found[term] = found.get(term, 0) + 1
    ordered = sorted(found, key=lambda term: (-found[term], term))
    counts = np.array([found[term] for term in ordered], dtype=float)
    used = method if method != "auto" else ("exact" if n < SMALL else "wilson") if several else "goodman"
    intervals: Any = {"wilson": wilson_interval, "exact": exact_interval}
    low, high = goodman_interval(counts, level) if used == "goodman" else intervals[used](counts, n, level)
    rows = [
        {
            "category": term,
            "incidents": found[term],
            "share": found[term] / n,
            "low": a,
            "high": b,
            "method": used,
        }
        for term, a, b in zip(ordered, np.atleast_1d(low), np.atleast_1d(high), strict=True)
    ]
    aside = {UNKNOWN: sum(not terms for terms in known), NOT_RECORDED: sum(not terms for terms in lists)}
    rows += [{"category": name, "incidents": number} for name, number in aside.items() if number]
    dtypes = {"category": "string", "incidents": "Int64", "n": "Int64", "share": "Float64", "low": "Float64",
              "high": "Float64", "method": "string"}  # fmt: skip
    return pd.DataFrame([row | {"n": n} for row in rows], columns=list(dtypes)).astype(dtypes)


def _is_list(values: pd.Series) -> bool:
    """Tell whether a column holds lists."""
    return "list" in str(values.dtype)


def _as_terms(value: Any) -> set[str] | None:
    """Give the terms of one cell; None where nothing is recorded."""
    import pandas as pd

    if isinstance(value, (list, tuple, set, np.ndarray)):
        return {str(term) for term in value if term is not None and str(term)} or None
    return None if pd.isna(value) or not str(value) else {str(value)}


def _as_day(written: str) -> pd.Timestamp:
    """Read the last day that a source covers."""
    import pandas as pd

    day: Any = pd.to_datetime(written, errors="coerce")
    if not isinstance(day, pd.Timestamp) or pd.isna(day) or day.tzinfo is not None:
        raise BadParameterError(
            "Expected complete_until to be a day without a time zone",
            f"found {written!r}",
            'write it as "2024-12-31", or leave it out to take the last day of any date',
        )
    return day


def _over_years(first: pd.Timestamp, last: pd.Timestamp) -> list[tuple[int, float]]:
    """Split one interval over its years by days."""
    import pandas as pd

    days = (last - first).days + 1
    parts = []
    for year in range(first.year, last.year + 1):
        begin, end = max(first, pd.Timestamp(year, 1, 1)), min(last, pd.Timestamp(year, 12, 31))
        parts.append((year, ((end - begin).days + 1) / days))
    return parts
