"""Draw what happened elsewhere: routes and artefacts with their uncertainty, and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.display.cells import format_count
from leakkit.errors import BadFrameError
from leakkit.incidents.rates import NOT_RECORDED, UNKNOWN, count_categories
from leakkit.incidents.tails import measure_tail, need_one_currency
from leakkit.plots.style import (
    BLUE,
    GREEN,
    GREY,
    MOST_BARS,
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

_MARKS = ((BLUE, "o"), (VERMILION, "D"), (GREEN, "s"))
_AXIS = "share of incidents with a known value (95 % interval)"


@in_house_style
def draw_routes(counts: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw shares as dots with their intervals, most frequent first, one mark a group.

    Parameters
    ----------
    counts : pandas.DataFrame
        What `leakkit.count_categories` gives, with one to three groups.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.
    title : str, optional
        The message; left out, the most frequent category.

    Returns
    -------
    matplotlib Axes
        At most ten categories; the others, the unknown and the not recorded are counted in the note.
    """
    _need(counts, "category", "incidents", "n", "share", "low", "high")
    group = counts.columns[0] if counts.columns[0] != "category" else None
    known = counts[counts["share"].notna()]
    names = _order(known)
    shown = names[:MOST_BARS]
    groups = list(dict.fromkeys(known[group])) if group else [None]
    ax = ax or new_figure(len(shown) * min(len(groups), 2))[1][0]
    for number, (name, (colour, marker)) in enumerate(zip(groups, _MARKS, strict=False)):
        rows = known[known[group].eq(name)] if group else known
        rows = rows.set_index("category").reindex(shown)
        shift = (number - (len(groups) - 1) / 2) * 0.26
        _draw_dots(ax, rows, shift, colour, marker, _group_name(name, rows))
    _name_categories(ax, shown)
    ax.set_title(label(title, 80) if title else _most_frequent(known, names))
    if group and len(shown):
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
    write_note(ax.figure, _notes(counts, group), len(names) - len(shown), "categories")
    return ax


@in_house_style
def draw_slanted(counts: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw shares as bars whose slanted end runs from the low to the high end of the interval.

    Parameters
    ----------
    counts : pandas.DataFrame
        What `leakkit.count_categories` gives, without groups.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.
    title : str, optional
        The message; left out, the most frequent category.

    Returns
    -------
    matplotlib Axes

    Notes
    -----
    The way of Verizon's Data Breach Investigations Reports: the flatter the end, the less is
    known. Any length that the slant covers is compatible with the counts.
    """
    from matplotlib.patches import Polygon

    _need(counts, "category", "incidents", "n", "share", "low", "high")
    known = counts[counts["share"].notna()]
    shown = known.head(MOST_BARS)
    ax = ax or new_figure(len(shown))[1][0]
    for place, row in enumerate(shown.itertuples()):
        low, high = float(row.low), float(row.high)
        corners = [(0, place - 0.34), (low, place - 0.34), (high, place + 0.34), (0, place + 0.34)]
        ax.add_patch(Polygon(corners, closed=True, facecolor=BLUE, edgecolor=BLUE, linewidth=0.5))
        ax.plot([float(row.share)] * 2, [place - 0.34, place + 0.34], color="white", linewidth=1)
        text = f"{float(row.share):.0%} ({int(row.incidents):,} of {int(row.n):,})"
        ax.annotate(text, (high, place), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
    _name_categories(ax, list(shown["category"]))
    ax.set_xlim(0, min(1.35, float(shown["high"].max()) * 1.35) if len(shown) else 1)
    ax.set_title(label(title, 80) if title else _most_frequent(known, list(known["category"])))
    write_note(ax.figure, _notes(counts, None), len(known) - len(shown), "categories")
    return ax


@in_house_style
def draw_artifacts(leaks: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw which artefacts of AI systems were exposed, as slanted bars.

    Parameters
    ----------
    leaks : pandas.DataFrame
        AI leaks, or incidents that have an ``artifact_type``.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        One leak may stand in several bars, so shares do not add up to one.
    """
    column = "artifact_types" if "artifact_types" in leaks.columns else "artifact_type"
    counts = count_categories(leaks, column)
    ax = draw_slanted(counts, ax)
    first = counts[counts["share"].notna()].head(1)
    if len(first):
        ax.set_title(f"Exposed most often: {label(first['category'].iat[0]).replace('_', ' ')}")
    return ax


@in_house_style
def draw_sizes(frame: pd.DataFrame, column: str, ax: Axes | None = None, *, unit: str = "records") -> Axes:
    """Draw every known size on a logarithmic scale, with the median and the mean with and without the largest.

    Parameters
    ----------
    frame : pandas.DataFrame
        Incidents or AI leaks.
    column : str
        A column of numbers.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.
    unit : str, default 'records'
        What is counted.

    Returns
    -------
    matplotlib Axes
    """
    import pandas as pd

    need_one_currency(frame, column)
    values = np.sort(frame[column].dropna().astype(float).to_numpy())
    drawn = values[values > 0]
    row = measure_tail(frame, column).iloc[0]
    ax = ax or new_figure(6)[1][0]
    ax.set_xlabel(f"{unit} (logarithmic)")
    ax.set_ylabel("incidents, smallest below")
    ax.set(yticks=[], ylim=(-0.2, 1.25))
    if len(drawn):
        ax.set_xscale("log")
        ax.xaxis.set_major_formatter(lambda value, _: _tick(value))
        ax.plot(
            drawn, np.linspace(0, 1, len(drawn)), "o", color=GREY, markersize=5, label="one incident each"
        )
        lines = (("median", "median", BLUE, "-"), ("mean", "mean", VERMILION, "--"),
                 ("mean_without_largest", "mean without the largest", GREEN, ":"))  # fmt: skip
        for name, words, colour, style in lines:
            if pd.notna(row[name]) and float(row[name]) > 0:
                ax.axvline(float(row[name]), color=colour, linestyle=style, linewidth=2,
                           label=f"{words}: {format_count(round(float(row[name])))}")  # fmt: skip
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
        ax.set_title(f"The largest of {len(values):,} holds {float(row['share_of_largest']):.0%} of the sum")
    else:
        say_nothing(ax)
    notes = [f"n = {len(values):,} known", f"{len(frame) - len(values):,} unknown"]
    write_note(ax.figure, notes, len(values) - len(drawn), "sizes of zero")
    return ax


def _need(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a frame that is no table of counts."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected a table of counts",
            f"found no column {', '.join(missing)}",
            "pass what leakkit.count_categories gives",
        )


def _tick(value: float) -> str:
    """Write a number under an axis, its word on a second line."""
    for word, size in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if value >= size:
            return f"{value / size:,g}\n{word}"
    return f"{value:,g}"


def _order(known: pd.DataFrame) -> list[str]:
    """Give the categories, most frequent over all groups first."""
    sums = known.groupby("category", sort=True)["incidents"].sum()
    return [str(name) for name in sums.sort_values(ascending=False, kind="stable").index]


def _group_name(name: Any, rows: pd.DataFrame) -> str:
    """Give what the legend calls a group."""
    n = rows["n"].dropna()
    return f"{label(name)} (n = {int(n.iloc[0]):,})" if name is not None and len(n) else ""


def _draw_dots(ax: Axes, rows: pd.DataFrame, shift: float, colour: str, marker: str, words: str) -> None:
    """Draw the dots and intervals of one group; at the right end the counts, where there is one group."""
    drawn = rows["share"].notna().to_numpy()
    heights = np.arange(len(rows))[drawn] + shift
    share, low, high = (rows.loc[drawn, c].astype(float).to_numpy() for c in ("share", "low", "high"))
    ax.hlines(heights, low, high, color=colour, linewidth=2)
    ax.plot(share, heights, marker, color=colour, markersize=6, label=words, clip_on=False, zorder=3)
    if words:
        return
    for height, end, row in zip(heights, high, rows[drawn].itertuples(), strict=True):
        text = f"{int(row.incidents):,} of {int(row.n):,}"
        ax.annotate(text, (end, height), (5, 0), textcoords="offset points", va="center", fontsize=8.5)


def _name_categories(ax: Axes, names: Sequence[str]) -> None:
    """Write the names of the rows, and the scale of shares."""
    ax.set_yticks(range(len(names)), [label(name).replace("_", " ") for name in names])
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.margins(x=0.08)
    ax.set_xlim(left=0)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="#D9D9D9", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel(_AXIS)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    if not len(names):
        say_nothing(ax)


def _most_frequent(known: pd.DataFrame, names: Sequence[str]) -> str:
    """Give the message of a figure of shares."""
    return f"Most frequent: {label(names[0]).replace('_', ' ')}" if len(known) else "Nothing is known"


def _notes(counts: pd.DataFrame, group: str | None) -> list[str]:
    """Say n, what is unknown and what is not recorded."""
    first = counts.drop_duplicates(group)["n"] if group else counts["n"].head(1)
    aside = counts[counts["share"].isna()].groupby("category")["incidents"].sum()
    parts = [f"n = {int(first.sum()):,} with a known value"]
    return parts + [f"{int(aside[name]):,} {name}" for name in (UNKNOWN, NOT_RECORDED) if name in aside.index]
