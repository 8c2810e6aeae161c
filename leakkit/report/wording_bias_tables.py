"""Rates of groups in sentences, made from the frames, so that no number is typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    PLAIN,
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
    pick_grouping,
    points_words,
    share_words,
    take_frame,
)
from leakkit.frames.bias_tables import FOUR_FIFTHS, GROUP_COMPARISONS, GROUP_GAPS, GROUP_RATES
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

NO_GROUPS = "There is no rate to compare (0 groups with a figure)."


def name_words(name: Any) -> str:
    """Give the name of a group, a word or a stratum fit for a sentence."""
    return printable(str(name), 40)


def one_grouping(frame: pd.DataFrame, wanted: str | None) -> pd.DataFrame:
    """Keep the wanted grouping, or the one of fewest columns."""
    name = pick_grouping(frame, wanted)
    return frame if name is None else frame[frame["grouping"].eq(name)]


def rate_words(row: Any) -> str:
    """Give a rate of `GROUP_RATES` with its counts and interval."""
    write = number_words if row["measure"] in PLAIN else share_words
    counts = of_words(row["k"], row["n"])
    return f"{write(row['rate'])} ({counts}, {interval_words(row['low'], row['high'], write)})"


def describe_rates(rates: Any, measure: str | None = None, *, grouping: str | None = None) -> str:
    """Say which group has the highest and which the lowest rate, with n and intervals.

    Parameters
    ----------
    rates : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``rates``.
    measure : str, optional
        A measure of the frame; left out, the selection rate, or the base rate where nothing is predicted.
    grouping : str, optional
        Columns that make the groups; left out, the one of fewest columns.

    Returns
    -------
    str

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_rates(lk.frames.GROUP_RATES.from_rows([]))
    'There is no rate to compare (0 groups with a figure).'
    """
    frame = take_frame(rates, GROUP_RATES)
    measure = pick(frame, "measure", measure, PREFERRED)
    frame = frame[frame["measure"].eq(measure)]
    rows = one_grouping(frame[frame["level"].ne("all")], grouping)
    parts, hidden = _ends(rows), _hidden(rows)
    if not parts:
        return " ".join([NO_GROUPS, *hidden])
    whole = frame[frame["level"].eq("all") & frame["rate"].notna()]
    parts += [f"all rows {rate_words(whole.iloc[0])}"] if len(whole) else []
    name = measure_words(measure).capitalize()
    means, column = printable(rows["meaning"].iloc[0], 120), name_words(rows["grouping"].iloc[0])
    return " ".join([f"{name} ({means}) by {column}: {'; '.join(parts)}.", *hidden])


def _ends(rows: pd.DataFrame) -> list[str]:
    """Say the highest and the lowest rate."""
    have = rows[rows["rate"].notna()]
    have = have.assign(_rate=have["rate"].astype(float)).sort_values("_rate", ascending=False, kind="stable")
    if have.empty:
        return []
    top, last = have.iloc[0], have.iloc[-1]
    if len(have) > 1 and float(top["rate"]) == float(last["rate"]):
        small = have.iloc[int(have["n"].fillna(0).astype(int).argmin())]
        return [
            f"the same in {len(have)} groups, of which the smallest is {name_words(small['group'])} {rate_words(small)}"
        ]
    if len(have) == 1:
        return [f"{name_words(top['group'])} {rate_words(top)}"]
    return [
        f"highest {name_words(top['group'])} {rate_words(top)}",
        f"lowest {name_words(last['group'])} {rate_words(last)}",
    ]


def _hidden(rows: pd.DataFrame) -> list[str]:
    """Say how many groups are too small to be shown."""
    small = int(rows["suppressed"].fillna(False).sum())
    if not small:
        return []
    return [f"{count_words(small, 'group')} {'is' if small == 1 else 'are'} too small to be shown."]


def describe_errors(rates: Any, *, grouping: str | None = None) -> tuple[str, ...]:
    """Say where false positives and false negatives are most and least frequent, and how right a positive is.

    Parameters
    ----------
    rates : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with predictions, or its ``rates``.
    grouping : str, optional
        Columns that make the groups; left out, the one of fewest columns.

    Returns
    -------
    tuple of str
        One sentence a measure that is there: the groups may have like precision and unlike errors.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 20, "paid": [1] * 20 + [0] * 20})
    >>> table["guess"] = [1] * 20 + [1, 0] * 5 + [0] * 10
    >>> found = lk.rate_groups(table, "paid", "town", "guess", favourable=1)
    >>> print(describe_errors(found)[0])
    False positive rate (predicted 1 among rows with paid 0) by town: highest Hill 50.0% (5 of 10, interval
    23.7% to 76.3%); lowest Moor 0.0% (0 of 10, interval 0.0% to 27.8%); all rows 25.0% (5 of 20, interval
    11.2% to 46.9%).
    """
    frame = take_frame(rates, GROUP_RATES)
    there = set(frame["measure"].dropna())
    kinds = [m for m in ("false_positive_rate", "false_negative_rate", "precision") if m in there]
    said = tuple(describe_rates(frame, kind, grouping=grouping) for kind in kinds)
    return said or ("There are no predictions, so there is no error rate (0 groups).",)


def describe_comparisons(
    comparisons: Any, measure: str | None = None, *, grouping: str | None = None
) -> tuple[str, ...]:
    """Say of each group how much it differs from the reference, with intervals and corrected p-value.

    Parameters
    ----------
    comparisons : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``comparisons``.
    measure, grouping : str, optional
        As in `describe_rates`.

    Returns
    -------
    tuple of str
        One sentence a group, the largest difference first, ten at most.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> print(*describe_comparisons(found))
    Moor 30.0% (n = 100) beside Hill 50.0% (n = 100): difference -20.0 points, interval -32.6 to -6.4; ratio
    0.60, interval 0.42 to 0.85; p = .004 after correction over 1 test.
    """
    frame = take_frame(comparisons, GROUP_COMPARISONS)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows = one_grouping(frame[frame["measure"].eq(measure)], grouping)
    have = rows[rows["difference"].notna()]
    if have.empty:
        return (" ".join([NO_GROUPS, *_hidden(rows)]),)
    far = have.assign(_far=have["difference"].abs().astype(float))
    far = far.sort_values("_far", ascending=False, kind="stable").head(10)
    return tuple(_comparison(row) for _, row in far.iterrows())


def _comparison(row: pd.Series) -> str:
    """Say one comparison."""
    plain = row["measure"] in PLAIN
    share, write = (number_words, number_words) if plain else (share_words, points_words)
    unit = "" if plain else " points"
    chance = " (not told from chance)" if is_chance(row["p_adjusted"]) else ""
    if not known(row["p_adjusted"]):
        chance = " (not tested)"
    tests = ""
    if known(row["p_adjusted"]):
        tests = " after correction"
        tests += f" over {count_words(int(row['n_tests']), 'test')}" if known(row["n_tests"]) else ""
    ratio = f"ratio {number_words(row['ratio'])}, {interval_words(row['ratio_low'], row['ratio_high'], number_words)}; "
    return (
        f"{name_words(row['group'])} {share(row['rate'])} ({of_words(None, row['n'])}) beside "
        f"{name_words(row['reference'])} {share(row['rate_reference'])} ({of_words(None, row['n_reference'])}): "
        f"difference {write(row['difference'])}{unit}, "
        f"{interval_words(row['difference_low'], row['difference_high'], write)}; "
        f"{ratio if known(row['ratio']) else ''}{p_words(row['p_adjusted'])}{tests}{chance}."
    )


def describe_gap(gaps: Any, measure: str | None = None, *, grouping: str | None = None) -> str:
    """Say the gap between the highest and the lowest rate beside the gap of groups that do not differ.

    Parameters
    ----------
    gaps : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``gaps``.
    measure, grouping : str, optional
        As in `describe_rates`.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> print(describe_gap(found))
    The favourable rate of Hill is 20.0 points above that of Moor (interval 6.4 to 32.6 points; 2 groups, n = 200,
    the smaller of the two n = 100). Groups of these sizes show a gap of 5.5 points on average when none
    differs; the groups differ (p = .004).
    """
    frame = take_frame(gaps, GROUP_GAPS)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows = one_grouping(frame[frame["measure"].eq(measure)], grouping)
    rows = rows[rows["gap"].notna()]
    if rows.empty:
        return "There is no gap to tell (fewer than 2 groups with a figure)."
    row = rows.iloc[0]
    gap, low, high, equal = (
        _gap_words(row[c], measure) for c in ("gap", "gap_low", "gap_high", "gap_at_equality")
    )
    told = "this may be chance" if is_chance(row["p_adjusted"]) else "the groups differ"
    if not known(row["p_adjusted"]):
        told = "no test says whether the groups differ"
    interval = f"interval {low.removesuffix(' points')} to {high}" if known(row["gap_low"]) else "no interval"
    return (
        f"The {measure_words(measure)} of {name_words(row['largest'])} is {gap} above that of "
        f"{name_words(row['smallest'])} ({interval}; {count_words(int(row['n_groups']), 'group')}, "
        f"{of_words(None, row['n'])}, the smaller of the two {of_words(None, row['smallest_n'])}). Groups of these "
        f"sizes show a gap of {equal} on average when none differs; {told} ({p_words(row['p_adjusted'])})."
    )


def _gap_words(value: Any, measure: str | None) -> str:
    """Give a gap, which has no sign."""
    if not known(value) or measure in PLAIN:
        return number_words(value)
    return f"{points_words(value).lstrip('+')} points"


def describe_four_fifths(four_fifths: Any, measure: str | None = None, *, grouping: str | None = None) -> str:
    """Say which group fails the four-fifths rule worst, and how often equal groups would fail it.

    Parameters
    ----------
    four_fifths : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``four_fifths``.
    measure, grouping : str, optional
        As in `describe_rates`.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> print(describe_four_fifths(found))
    1 of 1 group is below four fifths of the favourable rate of Hill (n = 100); the lowest ratio is that of Moor,
    0.60 (interval 0.42 to 0.85, n = 100). These two groups would fail in 19.7% of samples if their true rates
    were equal, and some group of all in 19.7%.
    """
    frame = take_frame(four_fifths, FOUR_FIFTHS)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows = one_grouping(frame[frame["measure"].eq(measure)], grouping)
    rows = rows[rows["ratio"].notna()]
    if rows.empty:
        return "There is no ratio to hold against four fifths (0 groups with a figure)."
    failing = int(rows["fails"].fillna(False).sum())
    row = rows.iloc[int(rows["ratio"].astype(float).argmin())]
    return (
        f"{failing} of {count_words(len(rows), 'group')} {'is' if failing == 1 else 'are'} below four fifths of the "
        f"{measure_words(measure)} of {name_words(row['reference'])} ({of_words(None, row['n_reference'])}); "
        f"the lowest ratio is that of {name_words(row['group'])}, {number_words(row['ratio'])} "
        f"({interval_words(row['ratio_low'], row['ratio_high'], number_words)}, {of_words(None, row['n'])}). "
        f"These two groups would fail in {share_words(row['failure_at_equality'])} of samples if their true rates "
        f"were equal{_any_fails(four_fifths, row['grouping'])}."
    )


def _any_fails(result: Any, grouping: str) -> str:
    """Say how often some group of all fails though none differs, where the result knows it."""
    every = getattr(result, "equal_failures", {})
    if not isinstance(every, Mapping) or grouping not in every:
        return ""
    return f", and some group of all in {share_words(every[grouping])}"
