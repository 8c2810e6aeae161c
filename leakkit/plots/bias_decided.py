"""Draw what the tables of decisions of a leak say, all of them side by side."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from leakkit.display.rates import p_words, points_words, take_frame, told_from_chance
from leakkit.errors import BadFrameError
from leakkit.frames.bias_tables import GROUP_COMPARISONS
from leakkit.plots.dots import (
    HOLLOW,
    Dots,
    draw_dots,
    hollow_where_chance,
    points_axis,
    set_title,
    show_first,
    without_figures,
    write_sum,
)
from leakkit.plots.style import MOST_BARS, in_house_style, label, new_figure, write_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@in_house_style
def draw_decided(decided: Any, ax: Axes | None = None) -> Axes:
    """Draw the main difference of each group of each table, with the line of equality.

    Parameters
    ----------
    decided : Decided or pandas.DataFrame
        What `leakkit.rate_decisions` gives, or its ``comparisons``.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        At most ten rows, those nearest to no difference left out first. P-values are corrected over all
        tables; a hollow dot is not told from chance.

    Raises
    ------
    BadFrameError
        It is no result over tables.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> found = lk.rate_decisions(leak, lk.load_decisions(leak=leak).head(1))
    >>> print(draw_decided(found).get_title(loc="left"))
    In 1 of 1 tables a group differs from its
    reference
    >>> plt.close()
    """
    frame = take_frame(decided, GROUP_COMPARISONS)
    if "path" not in frame.columns:
        raise BadFrameError(
            "Expected comparisons over several tables",
            "found no column path",
            "pass what leakkit.rate_decisions gives, or draw one table with leakkit.draw_comparisons",
        )
    drawn = frame[frame["difference"].notna()].reset_index(drop=True)
    far = drawn["difference"].abs().astype(float).sort_values(ascending=False, kind="stable")
    shown = show_first(drawn.loc[far.index[:MOST_BARS]], "difference")
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{points_words(r.difference)}, {p_words(r.p_adjusted)} (n = {int(r.n):,} and {int(r.n_reference):,})"
        for r in shown.itertuples()
    ]
    dots = Dots.of(shown, "difference", words, hollow=hollow_where_chance(shown))
    names = [
        f"{label(r.group, 16)} in {label(PurePosixPath(str(r.path)).stem, 22)}" for r in shown.itertuples()
    ]
    draw_dots(ax, names, [dots], line=0.0)
    points_axis(ax, "difference from the reference of each table, percentage points (dot), interval (line)")
    set_title(ax, _title(drawn))
    once = frame.drop_duplicates(["path", "grouping"])
    n = f"n = {write_sum(frame['n'])} rows beside {write_sum(once['n_reference'])} of the references"
    notes = [n, HOLLOW, *without_figures(frame, "difference")]
    write_note(ax.figure, notes, len(drawn) - len(shown), "smaller differences")
    return ax


def _title(drawn: pd.DataFrame) -> str:
    """Say in how many tables a group differs."""
    tables, sure = drawn["path"].nunique(), told_from_chance(drawn)["path"].nunique()
    return f"In {sure} of {tables} tables a group differs from its reference"
