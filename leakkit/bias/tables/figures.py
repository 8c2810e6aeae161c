"""Rates of groups as arrays: each measure as counts over counts, with its interval and what must not be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.counted import Counted, Grouping

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

COMPLEMENTS = {"true_positive_rate": "false_negative_rate", "true_negative_rate": "false_positive_rate"}
"""Measures that are one less another: the same test, which is counted once."""


@dataclass(frozen=True, eq=False)
class Figure:
    """One measure of every group of a grouping.

    ``rows`` are the rows it is a share of, ``size`` their effective number, ``hits`` the effective number
    that count. ``error`` is the standard error (with ``freedom`` degrees) of what is no share.
    """

    measure: str
    grouping: Grouping | None
    names: tuple[str, ...]
    rows: Floats
    hits: Floats
    size: Floats
    rate: Floats
    low: Floats
    high: Floats
    shown: Flags
    whole: bool
    """Whether `hits` are rows: not where rows are weighted."""
    error: Floats | None = None
    freedom: Floats | None = None

    @property
    def grouping_name(self) -> str:
        """Columns that make the groups."""
        return self.grouping.name if self.grouping else ""

    @property
    def is_share(self) -> bool:
        """Whether the figure is a count over a count."""
        return self.error is None


@dataclass(frozen=True, eq=False)
class Tally:
    """Rows, weights and squared weights of each group by outcome and prediction: groups x 2 x 2."""

    names: tuple[str, ...]
    grouping: Grouping | None
    rows: Floats
    weight: Floats
    squared: Floats

    @property
    def group_rows(self) -> Floats:
        """Rows of each group."""
        return np.asarray(self.rows.sum(axis=(1, 2)))


def tally_groups(counted: Counted, grouping: Grouping | None) -> Tally:
    """Count the rows of each group by whether they are and were predicted to be positive; in one pass each."""
    names = ("all",) if grouping is None else grouping.names
    key = counted.positive.astype(np.int64)
    if counted.predicted_positive is not None:
        key = key * 2 + counted.predicted_positive
    else:
        key *= 2
    if grouping is not None:
        key += grouping.codes * 4
    count = _counter(key, 4 * len(names))
    if counted.frequencies:
        rows = weight = squared = count(counted.weights)
    else:
        rows = count(None)
        weight = count(counted.weights) if counted.weighted else rows
        squared = count(counted.weights**2) if counted.weighted else rows
    return Tally(names, grouping, rows, weight, squared)


def _counter(key: NDArray[np.int64], size: int) -> Callable[[Floats | None], Floats]:
    """Give the function that sums weights by key."""
    return lambda weights: np.bincount(key, weights, size).astype(float).reshape(-1, 2, 2)


def measure_shares(counted: Counted, tally: Tally, settings: Settings) -> Iterator[Figure]:
    """Give every measure that is a share: its rows, rate, interval, and whether it may be shown."""
    enough = tally.group_rows >= settings.min_rows
    for measure, (part, whole) in _definitions(counted).items():
        rows, weight, squared = (
            cells[:, whole].sum(axis=1) for cells in (tally.rows, tally.weight, tally.squared)
        )
        hits = tally.weight[:, part & whole].sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(weight > 0, hits / weight, np.nan)
            size = np.where(squared > 0, weight**2 / squared, 0.0)
        effective = np.clip(np.nan_to_num(rate) * size, 0, size) if counted.weighted else hits
        low, high = settings.interval(effective, size)
        shown = enough & (rows >= settings.min_rows)
        yield Figure(
            measure,
            tally.grouping,
            tally.names,
            rows,
            effective,
            size,
            rate,
            low,
            high,
            shown,
            whole=not counted.weighted,
        )


@dataclass(frozen=True)
class Settings:
    """What the user set: how intervals are made, and how few rows are shown."""

    interval_kind: str = "wilson"
    level: float = 0.95
    correction: str = "holm"
    min_rows: int = 10
    bands: int = 10
    resamples: int = 10_000
    seed: int = 0

    def interval(self, hits: Floats, size: Floats) -> tuple[Floats, Floats]:
        """Give the ends of the interval of shares."""
        from leakkit.stats import exact_interval, wilson_interval

        made = wilson_interval if self.interval_kind == "wilson" else exact_interval
        return made(hits, size, self.level)


def _definitions(counted: Counted) -> dict[str, tuple[Any, Any]]:
    """Give each measure as the cells (positive, predicted positive) that count, among which cells."""
    positive = np.array([[False, False], [True, True]])
    predicted = positive.T
    every = np.ones((2, 2), dtype=bool)
    straight = counted.outcome.positive_is_favourable
    base = {"base_rate": (positive if straight else ~positive, every)}
    if counted.predicted_positive is None:
        return base
    return base | {
        "selection_rate": (predicted if straight else ~predicted, every),
        "accuracy": (positive == predicted, every),
        "true_positive_rate": (predicted, positive),
        "false_negative_rate": (~predicted, positive),
        "false_positive_rate": (predicted, ~positive),
        "true_negative_rate": (~predicted, ~positive),
        "precision": (positive, predicted),
        "negative_predictive_value": (~positive, ~predicted),
    }


def word_meanings(counted: Counted, score: str) -> dict[str, str]:
    """Give each measure in words, with the labels of this table."""
    outcome = counted.outcome
    good, event, other = outcome.favourable_name, outcome.positive_name, outcome.negative_name
    with_event, with_other = f"rows with {outcome.column} {event}", f"rows with {outcome.column} {other}"
    return {
        "base_rate": f"share with {outcome.column} {good}",
        "selection_rate": f"share predicted {outcome.column} {good}",
        "accuracy": "share predicted as it came out",
        "true_positive_rate": f"predicted {event} among {with_event}",
        "false_negative_rate": f"predicted {other} among {with_event}",
        "false_positive_rate": f"predicted {event} among {with_other}",
        "true_negative_rate": f"predicted {other} among {with_other}",
        "precision": f"{outcome.column} {event} among rows predicted {event}",
        "negative_predictive_value": f"{outcome.column} {other} among rows predicted {other}",
        "mean_score": f"mean of {score}",
        "area_under_curve": f"chance that {score} is higher in {with_event} than in {with_other} (ties half)",
    }


def rate_rows(figure: Figure, meaning: str) -> Iterator[dict[str, Any]]:
    """Give a figure as rows of the group_rates frame."""
    level = (
        "all" if figure.grouping is None else "group" if len(figure.grouping.columns) == 1 else "intersection"
    )
    for place, name in enumerate(figure.names):
        row: dict[str, Any] = {"measure": figure.measure, "meaning": meaning, "level": level, "group": name}
        row |= {"grouping": figure.grouping_name, "suppressed": not figure.shown[place]}
        if figure.shown[place]:
            row |= {
                "n": int(figure.rows[place]),
                "k": round(float(figure.hits[place])) if figure.whole and figure.is_share else None,
                "n_effective": float(figure.size[place]),
            }
            row |= {key: known(getattr(figure, key)[place]) for key in ("rate", "low", "high")}
        yield row


def known(number: float) -> float | None:
    """Give a number, or None where it cannot be told."""
    return None if np.isnan(number) else float(number)
