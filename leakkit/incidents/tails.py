"""Sizes with heavy tails: quantiles with intervals, what the largest record does to a mean, amounts by currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError, BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

CURRENCY_OF = {"impact_amount": "impact_currency", "fine_amount": "fine_currency"}
"""Columns of amounts, each with the column of its currency: amounts are never put together over currencies."""

NOT_RECORDED = "not recorded"
_NUMBERS = ("median", "median_low", "median_high", "p90", "p90_low", "p90_high", "mean", "mean_without_largest",
            "smallest", "largest", "total", "share_of_largest", "gini")  # fmt: skip


def quantile_interval(values: ArrayLike, q: float, level: float = 0.95) -> tuple[float, float, float]:
    """Quantile with an interval between two of the values themselves, right for any distribution.

    Parameters
    ----------
    values : array_like of float
        Known values; at least one.
    q : float
        Which quantile, between 0 and 1.
    level : float, default 0.95
        Least coverage.

    Returns
    -------
    value, low, high : float
        An end is NaN where so few values cannot bound the quantile on that side.

    Notes
    -----
    The number of values below the quantile is binomial, so ranks bound it without any model. Source: H. A.
    David and H. N. Nagaraja, Order Statistics, 3rd edition (2003), section 7.1.

    Examples
    --------
    >>> quantile_interval(range(1, 31), 0.5)
    (15.5, 10.0, 21.0)
    >>> quantile_interval([3, 5, 8], 0.5)
    (5.0, nan, nan)
    """
    from scipy.stats import binom

    ordered = np.sort(np.asarray(values, dtype=float))
    n, tail = len(ordered), (1 - level) / 2
    if not n or not 0 < q < 1:
        raise BadParameterError("Expected values and a share between 0 and 1", "found none", "check both")
    below = int(binom.ppf(tail, n, q))  # P(B < below) <= tail, so the value of this rank is low enough
    above = int(binom.ppf(1 - tail, n, q)) + 1
    low = float(ordered[below - 1]) if below >= 1 else float("nan")
    high = float(ordered[above - 1]) if above <= n else float("nan")
    return float(np.quantile(ordered, q)), low, high


def gini(values: ArrayLike) -> float:
    """How unevenly amounts are spread: 0 where all are the same, near 1 where one holds nearly all.

    Parameters
    ----------
    values : array_like of float
        Known amounts, none negative.

    Returns
    -------
    float
        NaN for no values, or where all are zero.

    Notes
    -----
    Corrected by n/(n-1), so that it can reach 1 in a small sample. Source: A. Deaton, The Analysis of
    Household Surveys (1997), page 139.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 5])
    (0.0, 1.0)
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    n = len(ordered)
    if (ordered < 0).any():
        raise BadParameterError("Expected amounts of 0 or more", "found a negative one", "leave it out")
    if n < 2 or not ordered.sum():
        return float("nan") if not n or not ordered.sum() else 0.0
    ranks = np.arange(1, n + 1)
    plain = float(2 * (ranks * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)
    return max(0.0, plain * n / (n - 1))


def measure_tail(
    frame: pd.DataFrame, column: str, *, by: str | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Sizes of a column in a form that one huge record cannot carry away.

    Parameters
    ----------
    frame : pandas.DataFrame
        Incidents or AI leaks.
    column : str
        A column of numbers, such as ``data_total`` or ``records_exposed``.
    by : str, optional
        A column of groups. Amounts of money (``impact_amount``, ``fine_amount``) are always taken apart by
        their currency.
    level : float, default 0.95
        Least coverage of the intervals of the quantiles.

    Returns
    -------
    pandas.DataFrame
        One row a group (``group`` is "all" without `by`): ``n`` known values and ``unknown`` ones (Int64),
        ``median`` and ``p90`` with ``_low`` and ``_high`` (missing where too few values bound them), ``mean``,
        ``mean_without_largest``, ``smallest``, ``largest``, ``total``, ``share_of_largest`` and ``gini``
        (Float64; shares from 0 to 1). A group without a known value has only its ``unknown``.

    Raises
    ------
    BadFrameError
        A column is missing.
    BadParameterError
        An amount below zero.

    Notes
    -----
    Misleading: what is known is no random part of all records; large ones are counted more often. ``total``
    and ``mean`` are given to be distrusted: look at ``share_of_largest`` first.

    Examples
    --------
    >>> import pandas as pd
    >>> leaks = pd.DataFrame({"records_exposed": [1, 10, 100, 1_000_000, None]})
    >>> found = measure_tail(leaks, "records_exposed").iloc[0]
    >>> found["median"], found["mean"], round(found["share_of_largest"], 4), int(found["unknown"])
    (np.float64(55.0), np.float64(250027.75), np.float64(0.9999), 1)
    """
    import pandas as pd

    by = by or CURRENCY_OF.get(column)
    missing = [name for name in (column, by) if name is not None and name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected a frame with the columns to measure",
            f"found no {', '.join(missing)}",
            f"choose among: {', '.join(map(str, frame.columns))}",
        )
    if by is None:
        groups: list[tuple[str, pd.Series]] = [("all", frame[column])]
    else:
        grouped = frame.groupby(by, observed=True, dropna=False, sort=True)[column]
        groups = [(NOT_RECORDED if pd.isna(name) else str(name), values) for name, values in grouped]
    rows = [{"group": name} | _measure(values, level) for name, values in groups]
    dtypes = {"group": "string", "n": "Int64", "unknown": "Int64"} | dict.fromkeys(_NUMBERS, "Float64")
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def leave_largest_out(frame: pd.DataFrame, column: str, most: int = 5) -> pd.DataFrame:
    """Mean, median and total after the largest values are left out one by one.

    Parameters
    ----------
    frame : pandas.DataFrame
        Incidents or AI leaks; amounts of money in one currency.
    column : str
        A column of numbers; missing ones are not counted.
    most : int, default 5
        How many to leave out at most; one value always stays.

    Returns
    -------
    pandas.DataFrame
        ``left_out`` and ``n`` (Int64), ``mean``, ``median``, ``total``, ``largest`` (Float64). No rows where
        nothing is known.

    Raises
    ------
    BadFrameError
        The column is missing.
    BadParameterError
        Amounts of several currencies.

    Examples
    --------
    >>> import pandas as pd
    >>> leaks = pd.DataFrame({"records_exposed": [1, 2, 3, 994]})
    >>> leave_largest_out(leaks, "records_exposed", most=1)[["mean", "median"]].values.tolist()
    [[250.0, 2.5], [2.0, 2.0]]
    """
    import pandas as pd

    if column not in frame.columns:
        raise BadFrameError(
            "Expected a frame with the column to measure", f"found no {column}", "choose another"
        )
    need_one_currency(frame, column)
    ordered = np.sort(_known(frame[column]))
    kept = [ordered[: len(ordered) - k] for k in range(min(most + 1, len(ordered)))]
    rows = [
        {"left_out": k, "n": len(part), "mean": part.mean(), "median": np.median(part), "total": part.sum(),
         "largest": part.max()}
        for k, part in enumerate(kept)
    ]  # fmt: skip
    dtypes = {"left_out": "Int64", "n": "Int64"} | dict.fromkeys(
        ("mean", "median", "total", "largest"), "Float64"
    )
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def need_one_currency(frame: pd.DataFrame, column: str) -> None:
    """Refuse amounts of several currencies where they would be put together."""
    currency = CURRENCY_OF.get(column)
    if currency in frame.columns and frame.loc[frame[column].notna(), currency].nunique(dropna=False) > 1:
        raise BadParameterError(
            "Expected amounts of one currency", "found several", f"choose one by {currency} first"
        )


def _known(values: pd.Series) -> Floats:
    """Give the known values as floats."""
    return np.asarray(values.dropna().astype(float).to_numpy(), dtype=float)


def _measure(values: pd.Series, level: float) -> dict[str, Any]:
    """Measure the sizes of one group."""
    known = _known(values)
    row: dict[str, Any] = {"n": len(known), "unknown": len(values) - len(known)}
    if not len(known):
        return row
    total, largest = float(known.sum()), float(known.max())
    for name, q in (("median", 0.5), ("p90", 0.9)):
        value, low, high = quantile_interval(known, q, level)
        row |= {name: value, f"{name}_low": _or_none(low), f"{name}_high": _or_none(high)}
    return row | {
        "mean": total / len(known),
        "mean_without_largest": (total - largest) / (len(known) - 1) if len(known) > 1 else None,
        "smallest": float(known.min()),
        "largest": largest,
        "total": total,
        "share_of_largest": largest / total if total else None,
        "gini": _or_none(gini(known)),
    }


def _or_none(number: float) -> float | None:
    """Give None for NaN, so that it is missing in the frame."""
    return None if np.isnan(number) else number
