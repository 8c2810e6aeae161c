"""Draw the gap between the highest and lowest rate beside what equal groups show; the four-fifths rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    PLAIN,
    PREFERRED,
    known,
    measure_words,
    number_words,
    p_words,
    pick,
    points_words,
    share_words,
    take_frame,
    told_from_chance,
)
from leakkit.frames.bias_tables import FOUR_FIFTHS, GROUP_GAPS
from leakkit.plots.dots import (
    HOLLOW,
    Dots,
    draw_dots,
    hollow_where_chance,
    one_grouping,
    percent_axis,
    plain_axis,
    set_title,
    show_first,
    without_figures,
    write_count,
    write_first,
)
from leakkit.plots.style import GREY, in_house_style, label, new_figure, write_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


TWINS = (("false_negative_rate", "true_positive_rate"), ("false_positive_rate", "true_negative_rate"))
"""Measures whose gaps are equal, since one is one less the other."""


@in_house_style
def draw_gaps(gaps: Any, *, grouping: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the gap between the highest and the lowest rate beside the gap that equal groups would show.

    Parameters
    ----------
    gaps : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``gaps``.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        One row a measure of shares; of two measures that add up to one, only the error. The tick is the
        mean gap of groups of these sizes when none differs: a gap is never negative, so equal groups show
        one too.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> " ".join(draw_gaps(found).get_title(loc="left").split())
    'Groups differ in 1 of 1 measures; equal groups show gaps too'
    >>> plt.close()
    """
    frame = take_frame(gaps, GROUP_GAPS)
    rows, notes = one_grouping(frame[~frame["measure"].isin(PLAIN)], grouping)
    rows = rows[~rows["measure"].isin([twin for one, twin in TWINS if rows["measure"].eq(one).any()])]
    drawn = rows[rows["gap"].notna()]
    shown = show_first(drawn, "gap")
    ax = ax or new_figure(2 * len(shown))[1][0]
    words = [
        f"{_points(r.gap)}, {p_words(r.p_adjusted)}; smallest n = {write_count(r.smallest_n)}"
        for r in shown.itertuples()
    ]
    equal = [f"{_points(v)} when none differs" for v in shown["gap_at_equality"]]
    nothing = [None] * len(shown)
    found = Dots.of(shown, "gap", words, hollow=hollow_where_chance(shown))
    series = [found, Dots(list(shown["gap_at_equality"]), nothing, nothing, equal, colour=GREY, marker="|")]
    draw_dots(ax, [measure_words(m) for m in shown["measure"]], series, start=0.0)
    percent_axis(ax, "highest less lowest rate (dot), interval (line), when none differs (tick)")
    sure = len(told_from_chance(drawn))
    set_title(ax, f"Groups differ in {sure} of {len(drawn)} measures; equal groups show gaps too")
    parts = [f"n = {_largest(drawn['n'])} rows, {_largest(drawn['n_groups'])} groups", HOLLOW]
    write_note(
        ax.figure, [*parts, *without_figures(rows, "gap"), *notes], len(drawn) - len(shown), "measures"
    )
    return ax


@in_house_style
def draw_four_fifths(
    four_fifths: Any, measure: str | None = None, *, grouping: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the selection ratio of each group with the line at 0.8 and how often equal groups would fail.

    Parameters
    ----------
    four_fifths : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``four_fifths``.
    measure : str, optional
        A measure of the frame; left out, the selection rate, or the base rate.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> draw_four_fifths(found).get_title(loc="left")
    '1 of 1 groups are below four fifths of Hill'
    >>> plt.close()
    """
    frame = take_frame(four_fifths, FOUR_FIFTHS)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows, notes = one_grouping(frame[frame["measure"].eq(measure)], grouping)
    drawn = rows[rows["ratio"].notna()]
    shown = show_first(drawn.assign(_low=1 - drawn["ratio"]), "_low")
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{number_words(r.ratio)}, n = {write_count(r.n)}; equal groups fail {share_words(r.failure_at_equality)}"
        for r in shown.itertuples()
    ]
    passed = [not (known(f) and bool(f)) for f in shown["fails"]]
    draw_dots(ax, list(shown["group"]), [Dots.of(shown, "ratio", words, hollow=passed)], line=0.8, start=0.0)
    reference = label(rows["reference"].iloc[0], 24) if len(rows) else "the highest"
    plain_axis(ax, f"{measure_words(measure or 'rate')} over that of {reference} (dot), interval (line)")
    failing = int(drawn["fails"].fillna(False).sum())
    set_title(ax, f"{failing} of {len(drawn)} groups are below four fifths of {reference}")
    own = [f"n of {reference} = {write_first(rows['n_reference'])}", "dashed: 0.8; filled: below it"]
    write_note(ax.figure, [*own, *without_figures(rows, "ratio"), *notes], len(drawn) - len(shown), "groups")
    return ax


def _points(value: Any) -> str:
    """Write a gap, which has no sign."""
    return f"{points_words(value).lstrip('+')} points" if known(value) else "unknown"


def _largest(values: pd.Series) -> str:
    """Write the largest number of rows."""
    return write_count(values.max()) if len(values) else "0"
