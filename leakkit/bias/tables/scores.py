"""Scores of groups: their mean, how well they rank the event, and whether they mean the same in each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.counted import Counted, Grouping
from leakkit.bias.tables.figures import Figure, Settings, Tally, known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def measure_scores(counted: Counted, tally: Tally, settings: Settings) -> Iterator[Figure]:
    """Give mean score and area under the curve of each group, with standard errors."""
    assert counted.score is not None
    rows = tally.group_rows
    shown = rows >= settings.min_rows
    weight, squared = tally.weight.sum(axis=(1, 2)), tally.squared.sum(axis=(1, 2))
    size = weight**2 / squared
    mean, error = _means(counted, tally.grouping, weight, size)
    freedom = np.maximum(size - 1, 1e-9)
    low, high = _around(mean, error, freedom, settings.level)
    yield Figure(
        "mean_score",
        tally.grouping,
        tally.names,
        rows,
        rows,
        size,
        mean,
        low,
        high,
        shown,
        False,
        error,
        freedom,
    )
    area, error, low, high = _areas(counted, tally.grouping, settings.level)
    endless = np.full(len(rows), np.inf)
    yield Figure(
        "area_under_curve",
        tally.grouping,
        tally.names,
        rows,
        rows,
        size,
        area,
        low,
        high,
        shown,
        False,
        error,
        endless,
    )


def _means(
    counted: Counted, grouping: Grouping | None, weight: Floats, size: Floats
) -> tuple[Floats, Floats]:
    """Give weighted means of the score by group and their standard errors; NaN with one row."""
    assert counted.score is not None
    codes = _codes(counted, grouping)
    mean = np.bincount(codes, counted.weights * counted.score, len(weight)) / weight
    away = counted.weights * (counted.score - mean[codes]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.bincount(codes, away, len(weight)) / weight * size / (size - 1)
        return mean, np.where(size > 1, np.sqrt(spread / size), np.nan)


def _codes(counted: Counted, grouping: Grouping | None) -> NDArray[np.int64]:
    """Give the group of each row; one group where there is no grouping."""
    return np.zeros(len(counted.positive), np.int64) if grouping is None else grouping.codes


def _around(value: Floats, error: Floats, freedom: Floats, level: float) -> tuple[Floats, Floats]:
    """Give the ends of Student's interval."""
    from scipy.stats import t

    half = t.ppf((1 + level) / 2, freedom) * error
    return value - half, value + half


def _areas(
    counted: Counted, grouping: Grouping | None, level: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Give area, standard error and ends of the interval, group by group."""
    levels = counted.score_levels[1]
    codes = _codes(counted, grouping)
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(1 if grouping is None else len(grouping.names) + 1))
    parts = [order] if grouping is None else np.split(order, edges[1:-1])
    found = [
        area_under_curve(
            levels[rows], counted.positive[rows], counted.weights[rows], counted.frequencies, level
        )
        for rows in parts
    ]
    area, error, low, high = np.array(found, dtype=float).reshape(-1, 4).T
    return area, error, low, high


def area_under_curve(
    score: NDArray[Any], positive: NDArray[np.bool_], weights: Floats, frequencies: bool, level: float
) -> tuple[float, float, float, float]:
    """Give the area, its standard error after DeLong, and an interval; NaN where one side is empty.

    E. R. DeLong and others, Biometrics 44 (1988) 837-845, by ranks; the interval on the scale of log odds,
    or, where all pairs rank the same way, R. G. Newcombe's fifth (Statistics in Medicine 25 (2006) 559-573).
    """
    at = _places(score)
    sides = [np.bincount(at[side], weights[side], at.max() + 1) for side in (positive, ~positive)]
    sizes = [_effective(weights[side], frequencies) for side in (positive, ~positive)]
    if min(sizes) <= 0:
        return (np.nan,) * 4
    up, down = sides
    outranked = np.cumsum(down) - down / 2  # weight of the others that a positive row at this score outranks
    area = float(up @ outranked / (up.sum() * down.sum()))
    above = outranked / down.sum()
    below = 1 - (np.cumsum(up) - up / 2) / up.sum()
    up, down = up / up.sum(), down / down.sum()
    parts = [float(up @ (above - area) ** 2), float(down @ (below - area) ** 2)]
    if min(sizes) <= 1:
        return area, np.nan, np.nan, np.nan
    error = float(np.sqrt(sum(part / (size - 1) for part, size in zip(parts, sizes, strict=True))))
    return area, error, *_area_ends(area, error, sizes, level)


def _places(score: NDArray[Any]) -> NDArray[np.int64]:
    """Give small whole numbers in the order of the scores; places among not many more rows serve as they are."""
    if score.dtype.kind == "i" and len(score) and score.min() >= 0 and score.max() < 20 * len(score):
        return score
    return np.unique(score, return_inverse=True)[1]


def _effective(weights: Floats, frequencies: bool) -> float:
    """Give Kish's effective number of rows."""
    return (
        float(weights.sum())
        if frequencies or not len(weights)
        else float(weights.sum() ** 2 / (weights**2).sum())
    )


def _area_ends(area: float, error: float, sizes: list[float], level: float) -> tuple[float, float]:
    """Give the ends of the interval of an area."""
    from scipy.stats import norm

    z = float(norm.ppf((1 + level) / 2))
    if 0 < area < 1 and error > 1e-9:
        middle, half = np.log(area / (1 - area)), z * error / (area * (1 - area))
        return float(1 / (1 + np.exp(half - middle))), float(1 / (1 + np.exp(-half - middle)))
    grid = np.linspace(0, 1, 100_001)[1:-1]
    near = grid[np.abs(area - grid) <= z * np.sqrt(_newcombe_variance(grid, sizes))]
    ends = (float(near.min()), float(near.max())) if len(near) else (area, area)
    return (ends[0], 1.0) if area == 1 else (0.0, ends[1]) if area == 0 else ends


def _newcombe_variance(area: Floats, sizes: list[float]) -> Floats:
    """Give the variance of an area after Hanley and McNeil, with Newcombe's mean size."""
    middle = sum(sizes) / 2
    bracket = 2 * middle - 1 - (3 * middle - 3) / ((2 - area) * (1 + area))
    return area * (1 - area) / (sizes[0] * sizes[1]) * bracket


def calibrate(counted: Counted, settings: Settings) -> Iterator[dict[str, Any]]:
    """Give rows of the calibration frame: share of the event in bands of the score, group by group.

    Bands hold about equal numbers of all rows; where the score has no more values than bands, each value is one.
    """
    assert counted.score is not None
    band = _bands(counted, settings.bands)
    n_bands = int(band.max()) + 1
    lowest, highest = np.full(n_bands, np.inf), np.full(n_bands, -np.inf)
    np.minimum.at(lowest, band, counted.score)
    np.maximum.at(highest, band, counted.score)
    for grouping in counted.groupings:
        yield from _calibrate(counted, grouping, band, lowest, highest, settings)


def _bands(counted: Counted, bands: int) -> NDArray[np.int64]:
    """Put scores into bands from 0, by their weighted quantiles."""
    (values, at), weights = counted.score_levels, counted.weights
    if len(values) <= bands:
        return at.astype(np.int64)
    share = np.cumsum(np.bincount(at, weights)) / weights.sum()
    edges = np.searchsorted(share, np.arange(1, bands) / bands * (1 - 1e-12))
    return np.unique(
        np.searchsorted(np.unique(edges), np.arange(len(values)), side="left"), return_inverse=True
    )[1][at]


def _calibrate(
    counted: Counted,
    grouping: Grouping,
    band: NDArray[np.int64],
    lowest: Floats,
    highest: Floats,
    settings: Settings,
) -> Iterator[dict[str, Any]]:
    """Give the rows of one grouping."""
    assert counted.score is not None
    n_bands, n_groups = len(lowest), len(grouping.names)
    key, shape = grouping.codes * n_bands + band, (n_groups, n_bands)
    rows, weight, squared, hits, total = (
        np.bincount(key, values, n_groups * n_bands).reshape(shape)
        for values in (
            np.ones(len(key)),
            counted.weights,
            counted.weights**2,
            counted.weights * counted.positive,
            counted.weights * counted.score,
        )
    )
    if counted.frequencies:
        rows, squared = weight, weight
    enough = (rows.sum(axis=1, keepdims=True) >= settings.min_rows) & (rows >= settings.min_rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, mean, size = hits / weight, total / weight, np.where(squared > 0, weight**2 / squared, 0.0)
    low, high = settings.interval(np.clip(np.nan_to_num(rate) * size, 0, size), size)
    for group, place in np.ndindex(shape):
        row: dict[str, Any] = {"grouping": grouping.name, "group": grouping.names[group], "band": place + 1}
        row |= {
            "score_low": lowest[place],
            "score_high": highest[place],
            "suppressed": not enough[group, place],
        }
        if enough[group, place]:
            row |= {"n": int(rows[group, place])}
            row |= {"k": None if counted.weighted else round(float(hits[group, place]))}
            values = {"mean_score": mean, "rate": rate, "low": low, "high": high}
            row |= {name: known(float(value[group, place])) for name, value in values.items()}
        yield row
