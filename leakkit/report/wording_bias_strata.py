"""Differences at equal circumstances in sentences: strata, adjustment, calibration and proxies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    PREFERRED,
    count_words,
    interval_words,
    is_chance,
    known,
    measure_words,
    number_words,
    of_words,
    p_words,
    pick,
    points_words,
    share_words,
    take_frame,
    told_from_chance,
    turned_first,
)
from leakkit.frames.bias_tables import ADJUSTED, CALIBRATION, PROXIES, STRATIFIED
from leakkit.report.wording_bias_tables import name_words, one_grouping

if TYPE_CHECKING:
    import pandas as pd


def describe_strata(
    stratified: Any, *, group: str | None = None, measure: str | None = None
) -> tuple[str, ...]:
    """Say the pooled difference beside that within strata, and what to make of it.

    Parameters
    ----------
    stratified : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with ``by``, or its ``stratified``.
    group : str, optional
        Group to tell of; left out, the first with a Simpson warning, else the first.
    measure : str, optional
        Left out, the selection rate, or the base rate.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_strata(lk.frames.STRATIFIED.from_rows([]))
    ('There are no strata to compare (0 groups).',)
    """
    frame = take_frame(stratified, STRATIFIED)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows = frame[frame["measure"].eq(measure)]
    group = pick(rows, "group", group, turned_first(rows))
    rows = rows[rows["group"].eq(group)]
    if rows.empty:
        return ("There are no strata to compare (0 groups).",)
    row = rows.iloc[0]
    if not known(row["n"]):  # held back: the warning says why
        return (str(row["warning"]),)
    strata = "1 stratum" if int(row["n_strata"]) == 1 else f"{int(row['n_strata']):,} strata"
    pooled = (
        f"Pooled, {name_words(group)} differs from {name_words(row['reference'])} in the {measure_words(measure)} by "
        f"{_points(row, 'crude_difference')}; odds ratio {_number(row, 'crude_odds_ratio')}; "
        f"{of_words(None, row['n'])}."
    )
    within = (
        f"Within {strata} the difference is {_points(row, 'difference')} and the odds ratio (Mantel-Haenszel) "
        f"{_number(row, 'odds_ratio')}, {p_words(row['p_value'])}; the group is above the reference in "
        f"{_int(row['strata_up'])} strata and below it in {_int(row['strata_down'])}."
    )
    warning = row["warning"]
    return (pooled, within, str(warning)) if known(warning) and warning else (pooled, within)


def _points(row: pd.Series, name: str) -> str:
    """Give a difference of shares with its interval."""
    interval = interval_words(row[f"{name}_low"], row[f"{name}_high"], points_words)
    return f"{points_words(row[name])} points ({interval})"


def _number(row: pd.Series, name: str) -> str:
    """Give a plain number with its interval."""
    interval = interval_words(row[f"{name}_low"], row[f"{name}_high"], number_words)
    return f"{number_words(row[name])} ({interval})"


def _int(value: Any) -> str:
    """Give a count."""
    return f"{int(value):,}" if known(value) else "unknown"


def describe_adjusted(adjusted: Any) -> tuple[str, ...]:
    """Say of each group how much it differs as it is, and with other columns held equal.

    Parameters
    ----------
    adjusted : Adjustment or pandas.DataFrame
        What `leakkit.adjust_rates` gives, or its ``groups``.

    Returns
    -------
    tuple of str
        One sentence a group, in the order of the frame, ten at most.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"sex": list("ffmm") * 2, "hired": [1, 0] * 4, "degree": [0] * 4 + [1] * 4})
    >>> table["n"] = [20, 80, 30, 70, 30, 20, 120, 30]
    >>> found = lk.adjust_rates(table, "hired", "sex", "degree", favourable=1, reference="m", counts="n")
    >>> print(describe_adjusted(found)[0])
    f (n = 150) beside m (n = 250): as it is -26.7 points (interval -35.8 to -16.7); other columns held equal
    -14.4 points (interval -23.8 to -5.0); risk ratio 0.74 (interval 0.60 to 0.91); p = .002.
    """
    frame = take_frame(adjusted, ADJUSTED)
    if frame.empty:
        return ("There is no group to adjust (0 groups).",)
    return tuple(_adjusted(row) for _, row in frame.head(10).iterrows())


def _adjusted(row: pd.Series) -> str:
    """Say one adjusted comparison."""
    ratio = f"; risk ratio {_number(row, 'risk_ratio')}" if known(row["risk_ratio"]) else ""
    chance = ", not told from chance" if is_chance(row["p_adjusted"]) else ""
    return (
        f"{name_words(row['group'])} ({of_words(None, row['n'])}) beside {name_words(row['reference'])} "
        f"({of_words(None, row['n_reference'])}): as it is {_points(row, 'crude_difference')}; other columns held "
        f"equal {_points(row, 'difference')}{ratio}; {p_words(row['p_adjusted'])}{chance}."
    )


def describe_calibration(calibration: Any, *, grouping: str | None = None) -> str:
    """Say in which band of scores the groups are furthest apart.

    Parameters
    ----------
    calibration : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with a score, or its ``calibration``.
    grouping : str, optional
        Columns that make the groups; left out, the one of fewest columns.

    Returns
    -------
    str
        The band in which intervals are furthest from overlapping; no test stands behind it.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 20, "score": [0.2, 0.8, 0.8, 0.2] * 10})
    >>> found = lk.rate_groups(table.assign(paid=[0, 1] * 20), "paid", "town", score="score", favourable=1)
    >>> print(describe_calibration(found))
    In 2 of 2 bands of scores the intervals of two groups do not overlap; furthest apart in band 1: Hill 0.0%
    (0 of 10, interval 0.0% to 27.8%) and Moor 100.0% (10 of 10, interval 72.2% to 100.0%).
    """
    rows = one_grouping(take_frame(calibration, CALIBRATION), grouping)
    rows = rows[rows["rate"].notna()]
    apart = [(_apart(band), number) for number, band in rows.groupby("band") if len(band) > 1]
    if not apart:
        return "No band of scores has figures of two groups, so calibration cannot be compared."
    clear = sum(distance > 0 for distance, _ in apart)
    _, number = max(apart, key=lambda pair: pair[0])
    band = rows[rows["band"].eq(number)].sort_values("rate", kind="stable")
    ends = [
        f"{name_words(row['group'])} {share_words(row['rate'])} ({of_words(row['k'], row['n'])}, "
        f"{interval_words(row['low'], row['high'])})"
        for row in (band.iloc[0], band.iloc[-1])
    ]
    return (
        f"In {clear} of {count_words(len(apart), 'band')} of scores the intervals of two groups do not overlap; "
        f"furthest apart in band {int(number)}: {ends[0]} and {ends[1]}."
    )


def _apart(band: pd.DataFrame) -> float:
    """Give how far the highest low end stands above the lowest high end."""
    return float(band["low"].max()) - float(band["high"].min())


def describe_proxies(proxies: pd.DataFrame) -> str:
    """Say which columns tell the group, best first.

    Parameters
    ----------
    proxies : pandas.DataFrame
        What `leakkit.find_proxies` gives.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 50, "district": ["north", "south"] * 50})
    >>> print(describe_proxies(lk.find_proxies(table, "town")))
    1 of 1 column tried tells the group (n = 100); best by area under the curve, where 0.5 is chance: district
    1.00 (interval 1.00 to 1.00).
    """
    frame = take_frame(proxies, PROXIES)
    have = frame[frame["area_under_curve"].notna()]
    aside = len(frame) - len(have)
    left = f" {count_words(aside, 'column')} {'was' if aside == 1 else 'were'} not tried." if aside else ""
    sure = told_from_chance(have)
    if sure.empty:
        return f"Of {count_words(len(have), 'column')} tried, none tells the group better than chance.{left}"
    sure = sure.assign(_area=sure["area_under_curve"].astype(float)).sort_values(
        "_area", ascending=False, kind="stable"
    )
    parts = [
        f"{name_words(row['column'])} {_number(row, 'area_under_curve')}"
        for _, row in sure.head(3).iterrows()
    ]
    return (
        f"{len(sure)} of {count_words(len(have), 'column')} tried {'tells' if len(sure) == 1 else 'tell'} the group "
        f"(n = {int(frame['n'].max()):,}); best by area under the curve, where 0.5 is chance: {', '.join(parts)}.{left}"
    )
