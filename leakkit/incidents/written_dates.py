"""Dates as people write them: the year alone where only the year is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.errors import BadFrameError

if TYPE_CHECKING:
    import pandas as pd


def write_dates(frame: pd.DataFrame, date: str = "incident_date") -> pd.Series:
    """Dates as text, no more exact than they are known: 2024, 2024-03, 2024-03-05, or from one day to another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Has the columns `date` (first day) and `date` + ``_end`` (last day).
    date : str, default 'incident_date'
        Which date.

    Returns
    -------
    pandas.Series
        Strings with the index of `frame`; missing where the date is unknown.

    Raises
    ------
    BadFrameError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> leaks = pd.DataFrame(
    ...     {
    ...         "incident_date": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-05", "2023-12-24"]),
    ...         "incident_date_end": pd.to_datetime(["2024-12-31", "2024-02-29", None, "2024-01-06"]),
    ...     }
    ... )
    >>> write_dates(leaks).tolist()
    ['2024', '2024-02', '2024-03-05', '2023-12-24 to 2024-01-06']
    """
    import pandas as pd

    missing = [name for name in (date, f"{date}_end") if name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected the first and the last day of a date",
            f"found no {', '.join(missing)}",
            "choose another date",
        )
    pairs = zip(pd.to_datetime(frame[date]), pd.to_datetime(frame[f"{date}_end"]), strict=True)
    return pd.Series([_write(first, last) for first, last in pairs], index=frame.index, dtype="string")


def _write(first: pd.Timestamp, last: pd.Timestamp) -> str | None:
    """Write one interval of days."""
    import pandas as pd

    if pd.isna(first):
        return None
    if pd.isna(last) or first == last:
        return f"{first:%Y-%m-%d}"
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return f"{first:%Y}"
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
