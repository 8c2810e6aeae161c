"""How long exposures stayed undisclosed, when both dates are only known to lie in intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError, BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

KINDS = ("exact", "interval", "open", "unknown", "contradictory")
STEPS = (0, 1, 7, 30, 60, 90, 180, 365, 730, 1095, 1825)
"""Days at which a table of delays is read."""

_CLOSE, _MOST_ROUNDS = 1e-7, 5000


def turnbull(low: ArrayLike, high: ArrayLike, *, close: float = _CLOSE) -> tuple[Floats, Floats, Floats]:
    """Most likely distribution of values that are only known to lie in intervals.

    Parameters
    ----------
    low, high : array_like of float
        First and last value that each may have, both included; ``inf`` for a `high` that is not known.
    close : float
        Largest change of a probability at which the search stops.

    Returns
    -------
    first, last, mass : numpy.ndarray
        Intervals that may hold any probability, and how much each holds; where inside one it lies, the data
        cannot tell. Empty for no values.

    Raises
    ------
    BadParameterError
        An interval that ends before it begins.

    Notes
    -----
    Expectation and maximisation over the innermost intervals. Source: B. W. Turnbull, Journal of the Royal
    Statistical Society B 38 (1976) 290-295. Intervals are closed; for whole numbers, (a, b] is [a + 1, b].

    Examples
    --------
    >>> first, last, mass = turnbull([1, 2, 5], [3, 4, 5])
    >>> first.tolist(), last.tolist(), mass.round(3).tolist()
    ([2.0, 5.0], [3.0, 5.0], [0.667, 0.333])
    """
    low_, high_ = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if (low_ > high_).any() or np.isnan(low_).any() or np.isnan(high_).any():
        raise BadParameterError(
            "Expected intervals that begin before they end", "found others", "leave them out"
        )
    if not len(low_):
        return np.array([]), np.array([]), np.array([])
    first, last = _innermost(low_, high_)
    inside = (low_[:, None] <= first) & (last <= high_[:, None])
    rows, weight = np.unique(inside, axis=0, return_counts=True)
    mass = np.full(len(first), 1 / len(first))
    for _ in range(_MOST_ROUNDS):
        share = rows * mass
        new = (weight[:, None] * share / share.sum(axis=1, keepdims=True)).sum(axis=0) / weight.sum()
        done = np.abs(new - mass).max() < close
        mass = new
        if done:
            break
    return first, last, mass


def measure_delays(
    frame: pd.DataFrame, *, start: str = "date_occurred", end: str = "date_disclosed"
) -> pd.DataFrame:
    """Days from one date to another, as the interval that the precision of both allows.

    Parameters
    ----------
    frame : pandas.DataFrame
        Has both columns, and both with ``_end`` for the last day each may be.
    start, end : str
        From which date to which.

    Returns
    -------
    pandas.DataFrame
        One row a row of `frame`, same index: ``days_low`` and ``days_high`` (Int64, not below 0; a missing
        `days_high` is open) and ``kind`` (category): "exact", "interval", "open" (it had not ended), "unknown"
        (no first date), "contradictory" (the end lies wholly before the start; no days are given).

    Raises
    ------
    BadFrameError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> leak = pd.DataFrame(
    ...     {
    ...         "date_occurred": pd.to_datetime(["2024-01-01"]),
    ...         "date_occurred_end": pd.to_datetime(["2024-12-31"]),
    ...         "date_disclosed": pd.to_datetime(["2024-07-01"]),
    ...         "date_disclosed_end": pd.to_datetime(["2024-07-31"]),
    ...     }
    ... )
    >>> measure_delays(leak).values.tolist()
    [[0, 212, 'interval']]
    """
    import pandas as pd

    missing = [name for name in (start, f"{start}_end", end, f"{end}_end") if name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected first and last days of both dates",
            f"found no {', '.join(missing)}",
            "pass a frame of AI leaks",
        )
    from_first, to_first = pd.to_datetime(frame[start]), pd.to_datetime(frame[end])
    from_last = pd.to_datetime(frame[f"{start}_end"]).fillna(from_first)
    to_last = pd.to_datetime(frame[f"{end}_end"]).fillna(to_first)
    low = (to_first - from_last).dt.days.astype("Int64").clip(lower=0)
    high = (to_last - from_first).dt.days.astype("Int64")
    unknown, is_open = from_first.isna(), from_first.notna() & to_first.isna()
    against = high.lt(0).fillna(False)
    kind = pd.Series("interval", index=frame.index)
    kind = kind.mask(low.eq(high).fillna(False), "exact").mask(is_open, "open")
    kind = kind.mask(against, "contradictory").mask(unknown, "unknown")
    low = low.mask(is_open, 0).mask(against | unknown)
    return pd.DataFrame(
        {
            "days_low": low.astype("Int64"),
            "days_high": high.mask(against | unknown).astype("Int64"),
            "kind": pd.Categorical(kind, categories=list(KINDS)),
        },
        index=frame.index,
    )


def delay_curve(
    delays: pd.DataFrame,
    *,
    at: ArrayLike | None = None,
    level: float = 0.95,
    resamples: int = 300,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of exposures still undisclosed after so many days.

    Parameters
    ----------
    delays : pandas.DataFrame
        What `measure_delays` gives; rows of unknown or contradictory delay are not used.
    at : array_like of int, optional
        Days; left out, from none to five years in steps that people use.
    level : float, default 0.95
        Wanted coverage of the interval.
    resamples : int, default 300
        Draws of whole records.
    seed : int, default 0
        The same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame
        ``days`` and ``n`` (Int64), ``at_least`` and ``at_most`` (Float64: the share, with the probability that
        the data cannot place put as early or as late as they allow), ``low`` and ``high`` (Float64: interval
        from `at_least` to `at_most` by resampling). Shares are missing where no delay is known.

    Notes
    -----
    The bootstrap of this estimate is rough: B. Sen and G. Xu, Computational Statistics
    and Data Analysis 81 (2015) 121-129, show where it fails.
    Misleading: only what was disclosed is in a catalogue (right truncation). Exposures that nobody has told of
    are not there at all, so true delays are longer than these, most of all in recent years.

    Examples
    --------
    >>> import pandas as pd
    >>> delays = pd.DataFrame({"days_low": [0, 10], "days_high": [5, 10], "kind": ["interval", "exact"]})
    >>> delay_curve(delays, at=[0, 7, 10]).loc[:, ["days", "at_least", "at_most"]].values.tolist()
    [[0, 0.5, 1.0], [7, 0.5, 0.5], [10, 0.0, 0.0]]
    """
    import pandas as pd

    low, high = _usable(delays)
    days = np.asarray(STEPS if at is None else at, dtype=float)
    table = {"days": days, "n": np.full(len(days), len(low))}
    if len(low):
        least, most = _longer(days, *turnbull(low, high))
        draws = _resample(days, low, high, resamples, seed)
        tail = (1 - level) / 2
        table |= {"at_least": least, "at_most": most}
        table |= {"low": np.quantile(draws[0], tail, axis=0), "high": np.quantile(draws[1], 1 - tail, axis=0)}
    dtypes = {"days": "Int64", "n": "Int64"} | dict.fromkeys(
        ("at_least", "at_most", "low", "high"), "Float64"
    )
    return pd.DataFrame({name: pd.Series(table.get(name), index=range(len(days)), dtype=dtype)
                         for name, dtype in dtypes.items()})  # fmt: skip


def median_delay(delays: pd.DataFrame) -> tuple[float, float]:
    """Days by which half were disclosed: the earliest and the latest the data allow; NaN for none, inf for never.

    Examples
    --------
    >>> import pandas as pd
    >>> median_delay(pd.DataFrame({"days_low": [0, 10, 20], "days_high": [5, 15, 20]}))
    (10.0, 15.0)
    """
    low, high = _usable(delays)
    if not len(low):
        return float("nan"), float("nan")
    first, last, mass = turnbull(low, high)
    place = int(np.argmax(np.cumsum(mass) >= 0.5 - 1e-6))
    return float(first[place]), float(last[place])


def _usable(delays: pd.DataFrame) -> tuple[Floats, Floats]:
    """Give the intervals that say something."""
    rows = delays[delays["days_low"].notna()]
    high = rows["days_high"].astype("Float64").fillna(np.inf)
    return rows["days_low"].to_numpy(dtype=float), high.to_numpy(dtype=float)


def _innermost(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Give the intervals from a left end to the next right end with no left end between."""
    ends = sorted([(float(v), 0) for v in set(low.tolist())] + [(float(v), 1) for v in set(high.tolist())])
    pairs = [
        (a, b) for (a, left), (b, right) in zip(ends, ends[1:], strict=False) if left == 0 and right == 1
    ]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def _longer(days: Floats, first: Floats, last: Floats, mass: Floats) -> tuple[Floats, Floats]:
    """Give the share beyond each day, with unplaced mass as early and as late as it may be."""
    least = ((first > days[:, None]) * mass).sum(axis=1)
    most = ((last > days[:, None]) * mass).sum(axis=1)
    return np.clip(least, 0, 1), np.clip(most, 0, 1)


def _resample(days: Floats, low: Floats, high: Floats, resamples: int, seed: int) -> tuple[Any, Any]:
    """Draw records with replacement and give both curves of each draw."""
    rng = np.random.default_rng(seed)
    least, most = [], []
    for _ in range(resamples):
        drawn = rng.integers(0, len(low), len(low))
        one, other = _longer(days, *turnbull(low[drawn], high[drawn], close=1e-4))
        least.append(one)
        most.append(other)
    return np.array(least), np.array(most)
