"""Draw how often scores come true in each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import count_words, take_frame
from leakkit.frames.bias_tables import CALIBRATION
from leakkit.plots.dots import one_grouping, percent_axis, set_title
from leakkit.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PURPLE,
    VERMILION,
    in_house_style,
    label,
    new_figure,
    say_nothing,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LINES = ((BLUE, "o"), (VERMILION, "D"), (GREEN, "s"), (PURPLE, "^"), (GREY, "v"), (INK, "X"))
"""Colour and marker of the lines of a figure: six at most."""


@in_house_style
def draw_calibration(calibration: Any, *, grouping: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how often the positive outcome came true in each band of scores, one line a group.

    Parameters
    ----------
    calibration : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with a score, or its ``calibration``.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        The six largest groups. The dashed diagonal, where a score of .3 comes true in 30 of 100, is drawn
        only where all scores lie between 0 and 1.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 20, "score": [0.2, 0.8, 0.8, 0.2] * 10})
    >>> found = lk.rate_groups(table.assign(paid=[0, 1] * 20), "paid", "town", score="score", favourable=1)
    >>> len(draw_calibration(found).lines)  # two groups and the diagonal
    3
    >>> plt.close()
    """
    rows, notes = one_grouping(take_frame(calibration, CALIBRATION), grouping)
    drawn = rows[rows["rate"].notna() & rows["mean_score"].notna()]
    sizes = drawn.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable")
    ax = ax or new_figure(9)[1][0]
    for name, (colour, marker), shift in zip(sizes.index, LINES, range(len(LINES)), strict=False):
        line = drawn[drawn["group"].eq(name)].sort_values("band")
        x, y, low, high = (line[c].astype(float).to_numpy() for c in ("mean_score", "rate", "low", "high"))
        ax.vlines(x, low, high, color=colour, linewidth=1.6, alpha=0.7)
        ax.plot(x, y, marker=marker, color=colour, markersize=5, linewidth=1, linestyle=("-", "--", ":")[shift % 3],
                label=f"{label(name, 20)} (n = {int(sizes[name]):,})")  # fmt: skip
    _dress_calibration(ax, drawn)
    n = f"n = {int(sizes.sum()):,} rows, {count_words(len(sizes), 'group')}"
    small = int(rows["suppressed"].fillna(False).sum())
    hidden = [f"bands of a group too small to be shown: {small}"] if small else []
    write_note(ax.figure, [n, *hidden, *notes], len(sizes) - len(LINES), "groups")
    return ax


def _dress_calibration(ax: Axes, drawn: pd.DataFrame) -> None:
    """Name the axes, and draw the diagonal where scores are shares."""
    scores = drawn["mean_score"].astype(float)
    percent_axis(ax, "mean score in the band")
    ax.xaxis.set_major_formatter(lambda value, _: f"{round(value, 6):g}")
    ax.set_ylabel("share with the positive outcome")
    ax.yaxis.set_major_formatter(lambda value, _: f"{round(100 * value, 6):g}%")
    ax.grid(color="#D9D9D9", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set(ylim=(-0.03, 1.03), yticks=[0, 0.2, 0.4, 0.6, 0.8, 1])
    set_title(ax, "How often a score comes true, by group (dot; interval: line)")
    if drawn.empty:
        say_nothing(ax)
        return
    if scores.min() >= 0 and scores.max() <= 1:
        ax.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle="--", label="as the score says")
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
