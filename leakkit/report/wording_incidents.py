"""What happened elsewhere in sentences, made from the frames, so that no number is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.display.cells import format_count
from leakkit.incidents.a4 import measure_a4
from leakkit.incidents.delays import delay_curve, median_delay
from leakkit.incidents.rates import NOT_RECORDED, UNKNOWN
from leakkit.incidents.tails import measure_tail, need_one_currency

if TYPE_CHECKING:
    import pandas as pd


def describe_leaks(leaks: pd.DataFrame) -> tuple[str, str]:
    """Say how many leaks the table holds, from when, and how many with personal data.

    Parameters
    ----------
    leaks : pandas.DataFrame
        What `leakkit.load_ai_leaks` gives.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from leakkit.frames import AI_LEAKS
    >>> describe_leaks(AI_LEAKS.from_rows([]))[0]
    'The table holds no leak (0 rows).'
    """
    if leaks.empty:
        return "The table holds no leak (0 rows).", "So nothing can be compared."
    first, last = leaks["date_disclosed"].min(), leaks["date_disclosed_end"].max()
    pii = leaks["pii"].astype("string").value_counts()
    yes, untold = int(pii.get("yes", 0)), int(pii.get("unknown", 0)) + int(leaks["pii"].isna().sum())
    sure = int(leaks["confidence"].eq("high").sum())
    span = f" that became known from {first:%Y} to {last:%Y}" if first == first else ""
    return (
        f"The table holds {_n(len(leaks), 'publicly reported leak')}{span}; {yes:,} of them exposed personal "
        f"data, and for {untold:,} nobody can tell.",
        f"How sure: for {sure:,} rows a source that supports the figures was read; for the other "
        f"{len(leaks) - sure:,} only part of the support.",
    )


def describe_shares(counts: pd.DataFrame) -> str:
    """Say the most frequent category of `count_categories` with its interval, and what is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> from leakkit.incidents.rates import count_categories
    >>> describe_shares(count_categories(pd.DataFrame({"route": ["bug", "bug", "insider", None]}), "route"))
    'Most frequent: bug, 2 of 3 (67%, interval 17% to 95%); not recorded: 1.'
    """
    known = counts[counts["share"].notna()]
    aside = counts[counts["share"].isna()].groupby("category")["incidents"].sum()
    rest = "".join(
        f"; {name}: {int(aside[name]):,}" for name in (UNKNOWN, NOT_RECORDED) if name in aside.index
    )
    if known.empty:
        return f"Nothing is known (0 incidents){rest}."
    group = counts.columns[0]
    tops = known if group == "category" else known.sort_values(["incidents"], ascending=False, kind="stable")
    parts = [
        f"{_word(row.category)}, {int(row.incidents):,} of {int(row.n):,} ({float(row.share):.0%}, interval "
        f"{float(row.low):.0%} to {float(row.high):.0%})"
        for row in tops.head(1).itertuples()
    ]
    where = "" if group == "category" else f" in the group {tops[group].iloc[0]}"
    return f"Most frequent{where}: {parts[0]}{rest}."


def describe_years(years: pd.DataFrame) -> str:
    """Say in which year most incidents fall, and which years are not complete."""
    dated = years[years["low"].notna()]
    if dated.empty:
        return "No incident has a date (0 years)."
    top = dated.sort_values(["incidents", "year"], ascending=[False, True]).iloc[0]
    broken = dated.loc[~dated["complete"].fillna(False).astype(bool), "year"].tolist()
    open_year = f" {', '.join(broken)} is not complete." if broken else ""
    return (
        f"Most incidents fall in {top['year']}: {float(top['incidents']):,.0f} of {int(top['n']):,} (a steady "
        f"process may give {float(top['low']):.0f} to {float(top['high']):.0f}).{open_year}"
    )


def describe_delays(delays: pd.DataFrame) -> str:
    """Say how long leaks stayed undisclosed, and for how many that is known."""
    first, last = median_delay(delays)
    n, unknown = int(delays["days_low"].notna().sum()), int(delays["kind"].eq("unknown").sum())
    if not n:
        return f"For none of {_n(len(delays), 'leak')} the delay is known."
    year = delay_curve(delays, at=[365]).iloc[0]
    days = (
        f"{first:.0f}" if first == last else f"{first:.0f} to {last:.0f}" if np.isfinite(last) else "unknown"
    )
    share, interval = (_range(year[a], year[b]) for a, b in (("at_least", "at_most"), ("low", "high")))
    return (
        f"Half of the leaks were disclosed within {days} days; after a year {share} were still undisclosed "
        f"(interval {interval}). n = {n:,}; for {unknown:,} more the first day is not known."
    )


def describe_tempting_delay(delays: pd.DataFrame) -> str:
    """Say what the mean of exactly known delays would be, and of how few it speaks."""
    exact = delays.loc[delays["kind"].eq("exact"), "days_low"].astype(float)
    if exact.empty:
        return f"No delay of {_n(len(delays), 'leak')} is known to the day, so no mean tempts anybody."
    return (
        f"The mean of the delays known to the day is {exact.mean():.0f} days (their median: {exact.median():.0f}), but "
        f"it speaks of only {len(exact):,} of {_n(len(delays), 'leak')}."
    )


def describe_sizes(frame: pd.DataFrame, column: str) -> str:
    """Say median and mean of the known sizes, and what the largest one does to the mean."""
    need_one_currency(frame, column)
    row = measure_tail(frame, column).iloc[0]
    if not row["n"]:
        return f"No size is known (0 of {len(frame):,})."
    unknown = len(frame) - int(row["n"])
    less = f", or {_amount(row['mean_without_largest'])} without the largest" if row["n"] > 1 else ""
    return (
        f"Of {int(row['n']):,} known sizes the median is {_amount(row['median'])} (interval "
        f"{_amount(row['median_low'])} to {_amount(row['median_high'])}); the mean is {_amount(row['mean'])}{less}. "
        f"{unknown:,} {'size is' if unknown == 1 else 'sizes are'} unknown."
    )


def describe_outcomes(leaks: pd.DataFrame) -> str:
    """Say for how many leaks a regulator's or court's act is recorded, and how many fines."""
    acted, fined = int(leaks["regulator_action"].notna().sum()), leaks[leaks["fine_amount"].notna()]
    amounts = [f"{row.fine_currency} {float(row.fine_amount):,.0f}" for row in fined.itertuples()]
    sums = f": {', '.join(amounts)}" if amounts else ""
    return (
        f"Regulators, courts, police or legislators dealt with {acted:,} of {_n(len(leaks), 'leak')}, as far as "
        f"is recorded; a fine is recorded for {len(fined):,}{sums}. Where nothing is recorded, nothing was found; "
        "that is not to say that there was nothing."
    )


def describe_a4(incidents: pd.DataFrame) -> str:
    """Say the most frequent cell of the VERIS grid; for an alt text."""
    cells = measure_a4(incidents)
    if cells.empty:
        return f"There is no cell ({_n(len(incidents), 'incident')})."
    top = cells.iloc[0]
    return (
        f"Most frequent: actor {top['actor']}, action {top['action']}, asset {top['asset']}, attribute "
        f"{top['attribute']}, {int(top['incidents']):,} of {_n(len(incidents), 'incident')}."
    )


def _n(number: int, noun: str) -> str:
    """Give a count with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _amount(number: object) -> str:
    """Give a number as people say it; a word where it is missing."""
    value = float(number) if isinstance(number, (int, float, np.floating)) else float("nan")
    return "unknown" if np.isnan(value) else format_count(round(value))


def _range(low: object, high: object) -> str:
    """Give two shares as one range."""
    a, b = f"{float(str(low)):.0%}", f"{float(str(high)):.0%}"
    return a if a == b else f"{a} to {b}"


def _word(name: object) -> str:
    """Give a category as words of prose."""
    return str(name).replace("_", " ")
