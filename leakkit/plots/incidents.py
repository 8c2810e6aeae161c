"""Draw what happened elsewhere: routes and artefacts with their uncertainty, the VERIS grid, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.display.cells import format_count
from leakkit.errors import BadFrameError
from leakkit.incidents.a4 import ACTIONS, ACTORS, ASSETS, ATTRIBUTES, NOT_KNOWN, measure_a4
from leakkit.incidents.rates import NOT_RECORDED, UNKNOWN, count_categories
from leakkit.incidents.tails import measure_tail
from leakkit.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
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
    The way of the Data Breach Investigations Report since 2018 (Verizon): the flatter the end, the less is
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
def draw_a4_grid(incidents: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the VERIS grid: actor and action across, asset and attribute down, incidents in each cell.

    Parameters
    ----------
    incidents : pandas.DataFrame
        Incidents frame.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        Darker is more; the number stands in the cell. Rows and columns without an incident are left out; an
        incident may stand in several cells.
    """
    import matplotlib.pyplot as plt

    cells = measure_a4(incidents)
    across = [(a, b) for a in ACTORS for b in ACTIONS]
    down = [(a, b) for a in (*ASSETS.values(), NOT_KNOWN) for b in ATTRIBUTES]
    found = {(r.actor, r.action, r.asset, r.attribute): int(r.incidents) for r in cells.itertuples()}
    grid = np.array([[found.get((*top, *side), 0) for top in across] for side in down])
    keep_down, keep_across = np.asarray(grid.any(axis=1)), np.asarray(grid.any(axis=0))
    grid = grid[keep_down][:, keep_across]
    across = [name for name, kept in zip(across, keep_across, strict=True) if kept]
    down = [name for name, kept in zip(down, keep_down, strict=True) if kept]
    if ax is None:
        size = (max(7.2, 2.3 + 0.36 * len(across)), 2.2 + 0.27 * max(len(down), 3))
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    recorded = _with_some(incidents)
    if grid.size:
        _fill_grid(ax, grid, across, down)
        ax.set_title(_message(cells), pad=22)
    else:
        say_nothing(ax)
    notes = [
        f"n = {recorded:,} incidents",
        f"{len(incidents) - recorded:,} with nothing recorded",
        "several cells each",
    ]
    write_note(ax.figure, notes, 0, "")
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
            if row[name] is not None and row[name] == row[name] and float(row[name]) > 0:
                ax.axvline(float(row[name]), color=colour, linestyle=style, linewidth=2,
                           label=f"{words}: {format_count(round(float(row[name])))}")  # fmt: skip
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
        ax.set_title(f"The largest of {len(values):,} holds {float(row['share_of_largest']):.0%} of the sum")
    else:
        say_nothing(ax)
    notes = [f"n = {len(values):,} known", f"{int(row['unknown']):,} unknown"]
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


def _filled(value: Any) -> bool:
    """Tell whether a cell of a list column holds something."""
    return hasattr(value, "__len__") and len(value) > 0


def _with_some(incidents: pd.DataFrame) -> int:
    """Count the incidents with at least one of the four A's."""
    lists = incidents[["actor", "action", "asset_variety", "attribute"]]
    return sum(any(map(_filled, row)) for row in lists.itertuples(index=False, name=None))


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


def _message(cells: pd.DataFrame) -> str:
    """Give the most frequent cell with a known actor and action as the message of the grid."""
    known = cells[cells["actor"].ne(NOT_KNOWN) & cells["action"].ne(NOT_KNOWN)]
    if known.empty:
        return "No actor and action are known together"
    top = known.iloc[0]
    asset = "" if top["asset"] == NOT_KNOWN else f" on a {top['asset']}"
    return f"Most frequent: {top['actor']} {top['action']}{asset}, {top['attribute']}"


def _fill_grid(
    ax: Axes, grid: np.ndarray[Any, Any], across: list[tuple[str, str]], down: list[tuple[str, str]]
) -> None:
    """Colour the cells of the grid, write the numbers and name rows and columns."""
    from matplotlib.colors import LogNorm

    shown = np.where(grid > 0, grid, np.nan).astype(float)
    image = ax.imshow(shown, cmap="Blues", norm=LogNorm(0.5, max(float(grid.max()) * 1.5, 2)), aspect="auto")
    for y, x in np.argwhere(grid > 0):
        red, green, blue, _ = image.cmap(image.norm(grid[y, x]))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.45
        ax.text(
            x, y, f"{grid[y, x]:,}", ha="center", va="center", fontsize=7, color=INK if light else "white"
        )
    ax.set_xticks(range(len(across)), [action for _, action in across], rotation=60, ha="right", fontsize=8)
    ax.set_yticks(range(len(down)), [f"{asset}, {attribute}" for asset, attribute in down], fontsize=8)
    ax.xaxis.tick_bottom()
    for actor in dict.fromkeys(actor for actor, _ in across):
        places = [x for x, (name, _) in enumerate(across) if name == actor]
        place: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        ax.annotate(
            actor, (float(np.mean(places)), 1), (0, 5), ha="center", fontsize=8.5, weight="bold", **place
        )
        ax.axvline(places[0] - 0.5, color="#595959", linewidth=0.8)
    ax.set_xticks(np.arange(-0.5, len(across)), minor=True)
    ax.set_yticks(np.arange(-0.5, len(down)), minor=True)
    ax.grid(which="minor", color="#E5E5E5", linewidth=0.5)
    ax.tick_params(which="both", length=0)
