"""Draw dots with their intervals, one row a name, the figures in words at the right; open ends are arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.display.rates import is_chance, known, pick_grouping
from leakkit.plots.style import BLUE, INK, MOST_BARS, VERMILION, label, say_nothing

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

GRID = "#D9D9D9"
PAIR = ((BLUE, "o"), (VERMILION, "D"))
"""Colour and marker of two series."""
HOLLOW = "hollow: not told from chance after correction (.05)"


@dataclass
class Dots:
    """One series of dots: figure, ends of the interval, words at the right; hollow where chance would do.

    `sizes` are those of the markers, `width` that of the line.
    """

    value: Sequence[Any]
    low: Sequence[Any]
    high: Sequence[Any]
    words: Sequence[str]
    colour: str = BLUE
    marker: str = "o"
    hollow: Sequence[bool] = field(default_factory=list)
    sizes: Sequence[float] = field(default_factory=list)
    width: float = 2.0

    @classmethod
    def of(cls, rows: pd.DataFrame, name: str, words: Sequence[str], **marks: Any) -> Dots:
        """Take a figure and its interval from the columns of a frame."""
        ends = [f"{name}_{end}" if f"{name}_{end}" in rows else end for end in ("low", "high")]
        return cls(list(rows[name]), list(rows[ends[0]]), list(rows[ends[1]]), words, **marks)

    def numbers(self) -> list[float]:
        """Give every finite figure and end."""
        every = [float(v) for part in (self.value, self.low, self.high) for v in part if known(v)]
        return [v for v in every if np.isfinite(v)]


def draw_dots(
    ax: Axes,
    names: Sequence[Any],
    series: Sequence[Dots],
    *,
    line: float | None = None,
    start: float | None = None,
    log: bool = False,
    spread: bool = True,
) -> None:
    """Draw rows of dots, first on top.

    `line` is drawn dashed, `start` is where the scale must begin; with `spread` the series of one row
    stand one below the other.
    """
    _set_scale(ax, series, line, start, log)
    for number, dots in enumerate(series):
        shift = (number - (len(series) - 1) / 2) * (0.44 if len(series) == 2 else 0.28) * spread
        for place in range(len(names)):
            _draw_dot(ax, dots, place, place + shift)
    if line is not None:
        ax.axvline(line, color=INK, linewidth=1, linestyle="--", zorder=1)
    ax.set_yticks(range(len(names)), [label(name, 40) for name in names], parse_math=False)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0, pad=7)
    ax.grid(axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    if not any(dots.numbers() for dots in series):
        say_nothing(ax)


def _set_scale(ax: Axes, series: Sequence[Dots], line: float | None, start: float | None, log: bool) -> None:
    """Make the scale hold every finite figure, the line and the start."""
    numbers = [v for dots in series for v in dots.numbers() if v > 0 or not log]
    numbers += [v for v in (line, start) if v is not None]
    if not numbers:
        numbers = [0.5, 1.0]
    low, high = min(numbers), max(numbers)
    if log:
        low, high = min(low, high / 2), max(high, low * 2)
        ax.set_xscale("log")
        ax.set_xlim(low / (high / low) ** 0.08, high * (high / low) ** 0.08)
        _plain_log_ticks(ax)
        return
    room = 0.06 * ((high - low) or 1)
    ax.set_xlim(low if start == low else low - room, high + room)
    ax.locator_params(axis="x", nbins=5)


def _plain_log_ticks(ax: Axes) -> None:
    """Write the ticks of a logarithmic scale as plain numbers, only as many as fit."""
    from matplotlib.ticker import FixedLocator, NullLocator

    low, high = ax.get_xlim()
    ladders = ((0.1, 0.2, 0.5), (0.1, 0.3), (0.1,)) if high / low > 4 else ((0.1, 0.15, 0.2, 0.3, 0.5, 0.7),)
    for ladder in ladders:
        ticks = [step * 10.0**power for power in range(-8, 10) for step in ladder]
        ticks = [t for t in ticks if low <= t <= high]
        if len(ticks) <= 6:
            break
    ax.xaxis.set_major_locator(FixedLocator(ticks[:: 1 + len(ticks) // 7]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.4g}")


def _draw_dot(ax: Axes, dots: Dots, place: int, height: float) -> None:
    """Draw one dot with its interval and its words; an end off the scale becomes an arrow head."""
    value, low, high = dots.value[place], dots.low[place], dots.high[place]
    left, right = ax.get_xlim()
    if known(low) and known(high):
        ends = np.clip([float(low), float(high)], left, right)
        ax.hlines(height, ends[0], ends[1], color=dots.colour, linewidth=dots.width, zorder=2)
        for end, edge, head in ((float(low), left, "<"), (float(high), right, ">")):
            if end < left or end > right:
                ax.plot(edge, height, head, color=dots.colour, markersize=5, clip_on=False, zorder=4)
    if known(value):
        hollow = len(dots.hollow) > place and bool(dots.hollow[place])
        size = dots.sizes[place] if len(dots.sizes) > place else 6.5
        at = float(np.clip(float(value), left, right))
        marker = dots.marker if at == float(value) else ">" if float(value) > at else "<"
        ax.plot(at, height, marker, color=dots.colour, markersize=size, clip_on=False, zorder=3,
                markerfacecolor="white" if hollow else dots.colour, markeredgewidth=1.4)  # fmt: skip
    if not dots.words[place]:
        return
    where: Any = ax.get_yaxis_transform()
    ax.annotate(label(dots.words[place], 70), (1.02, height), xycoords=where, va="center", fontsize=8.2,
                annotation_clip=False, parse_math=False)  # fmt: skip


def show_first(rows: pd.DataFrame, by: str, *, ends: bool = False) -> pd.DataFrame:
    """Sort by a column, highest first; keep ten, or with `ends` the five highest and five lowest."""
    order = rows.assign(_by=rows[by].astype(float)).sort_values("_by", ascending=False, kind="stable")
    order = order.drop(columns="_by")
    if len(order) <= MOST_BARS:
        return order
    if not ends:
        return order.head(MOST_BARS)
    import pandas as pd

    return pd.concat([order.head(MOST_BARS // 2), order.tail(MOST_BARS // 2)])


def without_figures(rows: pd.DataFrame, value: str) -> list[str]:
    """Say how many rows are suppressed, and how many have no figure for another reason."""
    nothing = rows[value].isna()
    hidden = int(rows["suppressed"].fillna(False).sum()) if "suppressed" in rows else 0
    unknown = int(nothing.sum()) - int((nothing & rows["suppressed"]).sum() if hidden else 0)
    parts = [f"too small to be shown: {hidden}"] if hidden else []
    return [*parts, f"without a figure: {unknown}"] if unknown else parts


def hollow_where_chance(rows: pd.DataFrame) -> list[bool]:
    """Give which rows are not told from chance."""
    return [is_chance(p) for p in rows["p_adjusted"]]


def percent_axis(ax: Axes, words: str) -> None:
    """Name the axis of shares, in per cent."""
    ax.xaxis.set_major_formatter(lambda value, _: f"{round(100 * value, 6):g}%")
    ax.set_xlabel(words)


def points_axis(ax: Axes, words: str) -> None:
    """Name the axis of differences of shares, in percentage points."""
    ax.xaxis.set_major_formatter(lambda value, _: f"{round(100 * value, 6):+g}" if value else "0")
    ax.set_xlabel(words)


def plain_axis(ax: Axes, words: str, *, log: bool = False) -> None:
    """Name an axis of plain numbers."""
    if not log:
        ax.xaxis.set_major_formatter(lambda value, _: f"{round(value, 6):g}")
    ax.set_xlabel(words)


def set_title(ax: Axes, text: str) -> None:
    """Write the message above the axes, on as many lines as the room beside the row names asks for."""
    import textwrap

    longest = max((len(tick.get_text()) for tick in ax.get_yticklabels()), default=0)
    figure: Any = ax.figure
    room = int((figure.get_size_inches()[0] - 0.25 - 0.075 * longest) / 0.098)
    lines = textwrap.wrap(text, max(room, 30), break_on_hyphens=False)
    ax.set_title("\n".join(lines[:3]), parse_math=False)


def one_grouping(rows: pd.DataFrame, wanted: str | None) -> tuple[pd.DataFrame, list[str]]:
    """Keep one grouping, the wanted or that of fewest columns; say how many others there are."""
    name = pick_grouping(rows, wanted)
    there = rows["grouping"].dropna().unique()
    if name is None:
        return rows, []
    notes = [f"groups of {label(name)}"]
    notes += [f"other groupings not drawn: {len(there) - 1}"] if len(there) > 1 else []
    return rows[rows["grouping"].eq(name)], notes


def write_count(value: Any) -> str:
    """Write a number of rows."""
    return f"{int(value):,}" if known(value) else "unknown"


def write_sum(values: pd.Series) -> str:
    """Write the sum of what is known."""
    return f"{int(values.fillna(0).sum()):,}"


def write_first(values: pd.Series) -> str:
    """Write the first number of rows."""
    return write_count(values.iloc[0]) if len(values) else "0"
