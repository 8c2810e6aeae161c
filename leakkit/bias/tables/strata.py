"""One measure of two groups within strata and over all of them, with a warning where pooling misleads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.bias.tables.mantel_haenszel import MantelHaenszel, mantel_haenszel
from leakkit.frames.bias_tables import STRATA, STRATIFIED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int64]

SHIFT = 0.1
"""Least change of the difference, as a share of the pooled one, that stratifying must make to be a warning."""


class Cells(NamedTuple):
    """Rows, weights, squared weights and weights that count, each groups x strata."""

    n: Floats
    weight: Floats
    squared: Floats
    hits: Floats

    def effective(self) -> Floats:
        """Give Kish's effective sizes; those of rows without weights are their numbers."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.squared > 0, self.weight**2 / self.squared, 0.0)

    def rates(self) -> Floats:
        """Give the weighted rates; NaN where there are no rows."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.hits / self.weight

    def only(self, groups: list[int], strata: NDArray[np.bool_]) -> Cells:
        """Give the cells of some groups and strata."""
        return Cells(*(cell[groups][:, strata] for cell in self))

    def pooled(self) -> Cells:
        """Give the cells with all strata thrown together."""
        return Cells(*(cell.sum(axis=1, keepdims=True) for cell in self))


def stratify_arrays(
    outcome: NDArray[Any],
    group_codes: Codes,
    group_names: Sequence[str],
    stratum_codes: Codes,
    stratum_names: Sequence[str],
    *,
    weights: NDArray[Any] | None = None,
    counts: NDArray[Any] | None = None,
    reference: str | None = None,
    min_rows: int = 10,
    level: float = 0.95,
    measure: str = "selection_rate",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare groups with a reference within strata and over all of them.

    Parameters
    ----------
    outcome : array of 0 and 1
        What the rate counts, one a row.
    group_codes, stratum_codes : array of int
        Places in the names; -1 leaves the row out.
    group_names, stratum_names : sequence of str
        Names as they are to be shown: escaped already.
    weights, counts : array, optional
        Weights of sampling (intervals by Kish's effective size), and how many rows each row stands for.
    reference : str, optional
        Name of the group to compare with; left out, the largest.
    min_rows : int, default 10
        Cells with fewer rows are not shown; they take part in what is pooled.
    level : float, default 0.95
        Wanted coverage of the intervals.
    measure : str
        What the rate is, a value of `leakkit.frames.bias_tables.MEASURES`.

    Returns
    -------
    strata, stratified : pandas.DataFrame
        `leakkit.frames.bias_tables.STRATA` and `STRATIFIED`.

    Examples
    --------
    >>> code = np.array([0, 0, 1, 1])
    >>> strata, stratified = stratify_arrays(
    ...     np.array([1, 0, 1, 0]),
    ...     code,
    ...     ["a", "b"],
    ...     np.array([0, 0, 0, 0]),
    ...     ["x"],
    ...     counts=np.array([30, 10, 20, 20]),
    ...     reference="b",
    ... )
    >>> stratified[["group", "difference", "odds_ratio"]].values.tolist()
    [['a', 0.25, 3.0]]
    """
    shape = (len(group_names), len(stratum_names))
    cells = _count(outcome, group_codes, stratum_codes, weights, counts, shape)
    totals = _rows(group_codes, counts, len(group_names))
    names = list(group_names)
    base = names.index(reference) if reference is not None else int(totals.argmax()) if names else -1
    strata_rows: list[dict[str, Any]] = []
    stratified_rows = []
    for place in [place for place in range(len(names)) if place != base and totals[place] > 0]:
        both = np.all(cells.n[[place, base]] > 0, axis=0).reshape(-1)
        pair = cells.only([place, base], both)
        head = {"measure": measure, "group": names[place], "reference": names[base]}
        shown_names = [name for name, there in zip(stratum_names, both, strict=True) if there]
        strata_rows += _stratum_rows(pair, shown_names, head, min_rows, level)
        outside = int(totals[[place, base]].sum() - pair.n.sum())
        stratified_rows.append({**head, **_stratified_row(pair, names[place], min_rows, level, outside)})
    return STRATA.from_rows(strata_rows), STRATIFIED.from_rows(stratified_rows)


def _rows(group_codes: Codes, counts: NDArray[Any] | None, groups: int) -> Floats:
    """Give the rows of each group, whether in a stratum or not."""
    there = group_codes >= 0
    times = None if counts is None else np.asarray(counts, dtype=np.float64)[there]
    return np.bincount(group_codes[there], weights=times, minlength=groups).astype(np.float64)


def _count(
    outcome: NDArray[Any],
    group_codes: Codes,
    stratum_codes: Codes,
    weights: NDArray[Any] | None,
    counts: NDArray[Any] | None,
    shape: tuple[int, int],
) -> Cells:
    """Add rows and weights up by group and stratum."""
    there = (group_codes >= 0) & (stratum_codes >= 0)
    code = group_codes[there].astype(np.int64) * shape[1] + stratum_codes[there]
    times = np.ones(len(code)) if counts is None else np.asarray(counts, dtype=np.float64)[there]
    weight = np.ones(len(code)) if weights is None else np.asarray(weights, dtype=np.float64)[there]
    hit = np.asarray(outcome)[there].astype(np.float64)

    def summed(each: Floats) -> Floats:
        """Add one figure up by cell."""
        cells = np.bincount(code, weights=each, minlength=shape[0] * shape[1])
        return cells.astype(np.float64).reshape(shape)

    weighted = times * weight
    return Cells(summed(times), summed(weighted), summed(weighted * weight), summed(weighted * hit))


def compare_cells(cells: Cells, level: float) -> dict[str, Floats]:
    """Give differences and odds ratios of the first group beside the second, by stratum."""
    from leakkit.stats import newcombe_difference, odds_ratio_interval

    size, rate = cells.effective(), cells.rates()
    counts = (rate[0] * size[0], size[0], rate[1] * size[1], size[1])
    low, high = newcombe_difference(*counts, level)
    odds_low, odds_high = odds_ratio_interval(*counts, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds_ratio = rate[0] * (1 - rate[1]) / (rate[1] * (1 - rate[0]))
    return {
        "difference": rate[0] - rate[1],
        "difference_low": np.asarray(low),
        "difference_high": np.asarray(high),
        "odds_ratio": odds_ratio,
        "odds_ratio_low": np.asarray(odds_low),
        "odds_ratio_high": np.asarray(odds_high),
    }


def _stratum_rows(
    pair: Cells, names: list[str], head: dict[str, str], min_rows: int, level: float
) -> list[dict[str, Any]]:
    """Give one row a stratum; cells with too few rows without figures."""
    if not names:
        return []
    compared, rate = compare_cells(pair, level), pair.rates()
    rows = []
    for place, name in enumerate(names):
        row: dict[str, Any] = {
            **head,
            "stratum": name,
            "suppressed": bool((pair.n[:, place] < min_rows).any()),
        }
        if not row["suppressed"]:
            row["n"], row["n_reference"] = map(int, pair.n[:, place])
            row["rate"], row["rate_reference"] = map(float, rate[:, place])
            row |= {column: known(values[place]) for column, values in compared.items()}
        rows.append(row)
    return rows


def _stratified_row(pair: Cells, group: str, min_rows: int, level: float, outside: int) -> dict[str, Any]:
    """Give what the strata say together about one group, beside what the pooled table says."""
    if pair.n.size == 0 or pair.n.sum(axis=1).min() < min_rows:
        few = (
            f"Fewer than {min_rows} rows of {group} or of the reference in strata that hold both: not shown."
        )
        return {"n_strata": 0, "simpson": False, "warning": few}
    scale = pair.weight.sum() / pair.squared.sum()
    tables = np.stack([pair.hits, pair.weight - pair.hits], axis=-1).transpose(1, 0, 2) * scale
    found = mantel_haenszel(np.maximum(tables, 0.0), level)
    crude = {f"crude_{name}": known(value[0]) for name, value in compare_cells(pair.pooled(), level).items()}
    shown = (pair.n >= min_rows).all(axis=0)
    rate = pair.rates()[:, shown]
    simpson = _is_simpson(crude, found, pair, level)
    return {
        "n_strata": pair.n.shape[1],
        "n": int(pair.n.sum()),
        **crude,
        **{name: known(value) for name, value in found._asdict().items()},
        "strata_up": int((rate[0] > rate[1]).sum()),
        "strata_down": int((rate[0] < rate[1]).sum()),
        "simpson": simpson,
        "warning": _warning(group, crude, found, simpson, level, outside, int((~shown).sum())),
    }


def known(value: float) -> float | None:
    """Give a number, or None where it is NaN (an infinite end stays)."""
    return None if np.isnan(value) else float(value)


def _told(low: float | None, high: float | None) -> bool:
    """Say whether an interval of a difference leaves zero out."""
    return low is not None and high is not None and (low > 0 or high < 0)


def _is_simpson(crude: dict[str, float | None], found: MantelHaenszel, pair: Cells, level: float) -> bool:
    """Say whether pooling changes the answer: another sign, or chance in one of the two only."""
    pooled, within = crude["crude_difference"], found.difference
    if pooled is None or np.isnan(within) or abs(pooled - within) < SHIFT * max(abs(pooled), abs(within)):
        return False
    turned = pooled * within < 0
    told = _told(crude["crude_difference_low"], crude["crude_difference_high"])
    told_within = _told(found.difference_low, found.difference_high)
    if told or told_within:
        return told != told_within or turned
    return turned and _is_confounded(pair, level)


def _is_confounded(pair: Cells, level: float) -> bool:
    """Say whether strata differ by more than chance both in who is in them and in the rates of each group.

    Both must be told, so that the two together are too often told by chance in at most 1 - level of tables.
    """
    from scipy.stats import chi2

    from leakkit.stats import chi_square_groups

    size = pair.effective()
    rates = np.nan_to_num(pair.rates())
    _, _, p_mixed = chi_square_groups(size[0], size.sum(axis=0))
    statistic, freedom, _ = chi_square_groups(rates * size, size)
    p_rates = chi2.sf(np.nansum(statistic), np.nansum(freedom))
    return bool(p_mixed < 1 - level and p_rates < 1 - level)


def _warning(
    group: str,
    crude: dict[str, float | None],
    found: MantelHaenszel,
    simpson: bool,
    level: float,
    outside: int,
    hidden: int,
) -> str:
    """Say what a reader of the pooled figure must know; empty for nothing."""
    said = []
    if simpson:
        said.append(
            f"Pooled, the rate of {group} differs from the reference by {crude['crude_difference']:+.3f} "
            f"[{crude['crude_difference_low']:+.3f}, {crude['crude_difference_high']:+.3f}], within strata by "
            f"{found.difference:+.3f} [{found.difference_low:+.3f}, {found.difference_high:+.3f}] "
            "(Simpson): do not report the pooled figure alone."
        )
    if found.p_homogeneity < 1 - level:
        said.append(
            f"The strata do not share one odds ratio (p {found.p_homogeneity:.2g}): show them one by one."
        )
    if outside:
        said.append(
            f"{outside:,} rows are in no stratum, or in one without the other group; they take no part."
        )
    if hidden == 1:
        said.append(
            "One stratum is held back as too small, and the pooled figures less the strata shown give it away: join "
            "strata, or raise min_rows, before publishing."
        )
    return " ".join(said)
