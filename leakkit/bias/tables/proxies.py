"""Columns that stand for a group: how well each tells it, out of sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.columns import group_columns, several_names
from leakkit.bias.tables.counted import join_columns
from leakkit.bias.tables.labels import encode_labels, find_label
from leakkit.bias.tables.telling import (
    Telling,
    cramers_v,
    cross_table,
    deal_folds,
    independence_p,
    measure_telling,
    read_values,
)
from leakkit.errors import BadParameterError
from leakkit.frames.bias_tables import PROXIES
from leakkit.leak.text import printable
from leakkit.stats.checks import checked_choice, normal_quantile

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]


def find_proxies(
    frame: pd.DataFrame,
    group: Any,
    *,
    columns: Sequence[Any] | None = None,
    target: Any = None,
    folds: int = 5,
    min_rows: int = 10,
    level: float = 0.95,
    correction: str = "holm",
    seed: int = 0,
) -> pd.DataFrame:
    """Rank columns by how well each alone tells the group of a row.

    Parameters
    ----------
    frame : pandas.DataFrame
        One person a row.
    group : str or list of str
        Column of the groups; of several, their combinations.
    columns : list of str, optional
        Columns to look at; left out, all others.
    target : label, optional
        Group to tell from all others; left out, each from all others, weighted by its rows.
    folds : int, default 5
        Parts that the rows are dealt into; each is ranked by what the others show.
    min_rows : int, default 10
        Groups with fewer rows are left out; at least two rows a fold are needed as well.
    level : float, default 0.95
        Wanted coverage of the intervals.
    correction : {'holm', 'bh', 'none'}, default 'holm'
        Correction over the columns.
    seed : int, default 0
        Of the dealing into folds.

    Returns
    -------
    pandas.DataFrame
        `leakkit.frames.bias_tables.PROXIES`, the most telling column first. Columns that number rows or name
        persons (a text in which most values are different, whole numbers that are all different) and columns
        with one value have no area.

    Raises
    ------
    BadParameterError
        Fewer than two groups that are large enough, a target that is no group, wrong folds.
    BadFrameError
        A column is not there.

    Notes
    -----
    The area under the curve says how often a row of the group is ranked above one of the others: 0.5 is chance, 1
    certainty. Leaving the group out of a model does not help where other columns tell it. A column can be a
    proxy together with others and not alone, so a low area is no all-clear. A missing value is a value here:
    gaps may tell a group. Rows are dealt into folds by what they hold, so neither the order of the rows nor the
    other columns change a figure. Numbers are cut into 20 bands. The p-value is that of Pearson's test of
    independence, with rare values joined; the interval is by DeLong's variance within folds and begins at 0.5 where
    independence is not rejected. With several groups it is wider than need be.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"town": ["Marsh", "Hill"] * 50, "district": ["south", "north"] * 50, "x": [1, 1, 2, 2] * 25}
    ... )
    >>> find_proxies(table, "town")["column"].tolist()
    ['district', 'x']
    """
    checked_choice("correction", correction, ("holm", "bh", "none"))
    _check_folds(folds)
    grouping = join_columns([encode_labels(*column) for column in group_columns(frame, group, "group")])
    wanted = _wanted(frame, group, columns)
    kept, labels = _kept(grouping.codes, max(min_rows, 2 * folds))
    targets = _targets(frame, group, target, grouping.codes[kept], labels)
    rows = []
    for name, column in wanted:
        values = read_values(name, column[kept])
        row: dict[str, Any] = {"column": name, "n": len(labels), "n_values": values.n_values}
        if not values.id_like and values.codes.max() > values.codes.min():
            fold = deal_folds(labels, values.codes, folds, seed)
            tellings = [measure_telling(values.codes, aim, fold, folds) for aim in targets]
            told = labels if target is None else targets[0].astype(np.int64)
            table = cross_table(values.codes, told)
            row |= _figures(_together(tellings, targets), independence_p(table), level)
            row["cramers_v"] = cramers_v(table)
        rows.append(row)
    return _framed(rows, correction)


def _check_folds(folds: int) -> None:
    """Refuse a number of folds that cannot be."""
    if not isinstance(folds, int) or not 2 <= folds <= 100:
        raise BadParameterError("Expected 2 to 100 folds", f"found {folds!r}", "use 5, say")


def _wanted(frame: pd.DataFrame, group: Any, columns: Sequence[Any] | None) -> list[tuple[str, pd.Series]]:
    """Give the columns to look at; never the group itself."""
    own = several_names(frame, group)
    if columns is None:
        columns = [name for name in frame.columns if not any(name is one or name == one for one in own)]
    if any(name in own for name in columns if not hasattr(name, "shape")):
        raise BadParameterError(
            "Expected columns other than the group", "found the group among them", "leave it out"
        )
    return group_columns(frame, list(columns), "columns")


def _kept(codes: Codes, fewest: int) -> tuple[NDArray[np.bool_], Codes]:
    """Give the rows of groups that are large enough, and their groups as codes without gaps."""
    sizes = np.bincount(codes[codes >= 0]) if (codes >= 0).any() else np.zeros(0, dtype=np.int64)
    large = np.append(sizes >= fewest, False)  # the last place is that of the missing code -1
    if large.sum() < 2:
        raise BadParameterError(
            f"Expected at least two groups of at least {fewest} rows",
            f"found {int(large.sum())}",
            "take fewer folds, or another column",
        )
    kept = large[codes]
    return kept, np.unique(codes[kept], return_inverse=True)[1].astype(np.int64)


def _targets(
    frame: pd.DataFrame, group: Any, target: Any, codes: Codes, labels: Codes
) -> list[NDArray[np.bool_]]:
    """Give what is to be told: one group from the others; of two groups one will do."""
    if target is not None:
        if len(several_names(frame, group)) > 1:
            raise BadParameterError(
                "Expected one group column with a target",
                f"found {len(group)}",
                "join them into one column first",
            )
        coded = encode_labels(*group_columns(frame, group, "group")[0])
        aim = codes == find_label(target, coded, "target")
        if not aim.any():
            raise BadParameterError(
                "Expected a target with enough rows",
                f"found too few of {printable(str(target), 60)!r}",
                "name another, or take fewer folds",
            )
        return [aim]
    count = int(labels.max()) + 1
    return [labels == label for label in range(1 if count == 2 else 0, count)]


def _together(tellings: list[Telling], targets: list[NDArray[np.bool_]]) -> Telling:
    """Give the mean area weighted by rows; the standard error is that of areas that all err together."""
    weight = np.array([aim.sum() for aim in targets], dtype=np.float64)
    areas, errors = np.array(tellings).T
    return Telling(float(np.average(areas, weights=weight)), float(np.average(errors, weights=weight)))


def _figures(telling: Telling, p_value: float, level: float) -> dict[str, float]:
    """Give area, interval and p-value as columns; no area is below chance, whatever the folds came to."""
    area, error = telling
    if not np.isfinite(area):
        return {}
    half = normal_quantile(level) * error
    low, high = area - half, area + half
    if 0.5 < area < 1 and error > 0:  # on the scale of log odds
        middle, half = np.log(area / (1 - area)), half / (area * (1 - area))
        low, high = 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))
    if not p_value < 1 - level:
        low = 0.5
    ends = np.clip([area, low, high], 0.5, 1.0)
    names = ("area_under_curve", "area_under_curve_low", "area_under_curve_high")
    figures = dict(zip(names, map(float, ends), strict=True))
    return figures if np.isnan(p_value) else {**figures, "p_value": p_value}


def _framed(rows: list[dict[str, Any]], correction: str) -> pd.DataFrame:
    """Correct the p-values and give the frame, the most telling column first."""
    from leakkit.stats import adjust_p

    adjusted = adjust_p(np.array([row.get("p_value", np.nan) for row in rows], dtype=float), correction)
    for row, p in zip(rows, adjusted, strict=True):
        row["p_adjusted"] = None if np.isnan(p) else float(p)
    return PROXIES.from_rows(rows).sort_values(
        "area_under_curve", ascending=False, na_position="last", kind="stable", ignore_index=True
    )
