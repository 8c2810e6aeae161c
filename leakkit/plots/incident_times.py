"""Draw when leaks became known, and how long they had been open by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError
from leakkit.incidents.delays import delay_curve, median_delay
from leakkit.plots.style import (
    BLUE,
    GREY,
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

LANE = 0.155
"""Inches a lane of the timeline is high."""

_DAYS = {1: "1 day", 7: "1 week", 30: "1 month", 90: "3 months", 365: "1 year", 1095: "3 years"}
_WITH_PII = {True: (VERMILION, "D", "personal data"), False: (BLUE, "o", "none, or not known")}


@in_house_style
def draw_timeline(leaks: pd.DataFrame, ax: Axes | None = None, *, date: str = "date_disclosed") -> Axes:
    """Draw each leak at its date with its organisation; how long the mark is shows how well the date is known.

    Parameters
    ----------
    leaks : pandas.DataFrame
        AI leaks.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure as high as the labels need.
    date : str, default 'date_disclosed'
        Which date.

    Returns
    -------
    matplotlib Axes
        Labels do not overlap: each leak stands in the first lane with room. Height means nothing.
    """
    missing = [name for name in (date, f"{date}_end", "organisation", "pii") if name not in leaks.columns]
    if missing:
        raise BadFrameError(
            "Expected a frame of AI leaks",
            f"found no {', '.join(missing)}",
            "pass what leakkit.load_ai_leaks gives",
        )
    dated = leaks[leaks[date].notna()].sort_values([date, f"{date}_end", "organisation"], kind="stable")
    new = ax is None
    ax = ax or new_figure(14)[1][0]
    ax.set_xlabel(date.replace("_", " ").removeprefix("date ") + " (bar: first to last day it may have been)")
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    if len(dated):
        _draw_marks(ax, dated, date, new)
        ax.set_title(f"{len(dated):,} leaks, {dated[date].min():%Y} to {dated[f'{date}_end'].max():%Y}")
    else:
        say_nothing(ax)
    notes = [
        f"n = {len(dated):,} leaks",
        f"{len(leaks) - len(dated):,} without a date",
        "height means nothing",
    ]
    write_note(ax.figure, notes, 0, "")
    return ax


def _draw_marks(ax: Axes, dated: pd.DataFrame, date: str, resize: bool) -> None:
    """Place marks and labels lane by lane, then set the height."""
    import pandas as pd
    from matplotlib.dates import date2num

    first = date2num(dated[date])
    last = date2num(dated[f"{date}_end"].fillna(dated[date]))
    begin, end = pd.Timestamp(dated[date].min().year, 1, 1), last.max() + 20
    ax.set_xlim(date2num(begin), end)
    ax.xaxis_date()
    names = [label(name, 24) if isinstance(name, str) else "not recorded" for name in dated["organisation"]]
    lanes, sides = _lanes(ax, first, last, names)
    for place, name in enumerate(names):
        pii = bool(dated["pii"].iat[place] == "yes") if isinstance(dated["pii"].iat[place], str) else False
        colour, marker, _ = _WITH_PII[pii]
        middle = (first[place] + last[place]) / 2
        ax.hlines(lanes[place], first[place], last[place], color=colour, linewidth=2.5, alpha=0.55)
        ax.plot(middle, lanes[place], marker, color=colour, markersize=3.6)
        left = sides[place] < 0
        ax.annotate(name, (first[place] if left else last[place], lanes[place]), (-4 if left else 4, 0),
                    textcoords="offset points", va="center", ha="right" if left else "left", fontsize=6.8)  # fmt: skip
    for colour, marker, words in _WITH_PII.values():
        ax.plot([], [], marker, color=colour, markersize=5, label=words)
    ax.legend(loc="lower left", fontsize=8.5)
    ax.set_ylim(max(lanes) + 1, -1)
    if resize:
        figure: Any = ax.figure
        figure.set_size_inches(7.2, 1.1 + LANE * (max(lanes) + 2))


def _lanes(
    ax: Axes, first: np.ndarray[Any, Any], last: np.ndarray[Any, Any], names: list[str]
) -> tuple[list[int], list[int]]:
    """Give each label the first lane with room, left of its mark where the right has none."""
    from matplotlib.textpath import TextPath

    figure: Any = ax.figure
    width = figure.get_size_inches()[0] * 72 * 0.95
    left_end, right_end = ax.get_xlim()
    a_point = (right_end - left_end) / width
    taken: list[list[tuple[float, float]]] = []
    lanes, sides = [], []
    for a, b, name in zip(first, last, names, strict=True):
        text = (TextPath((0, 0), name, size=6.8).get_extents().width + 9) * a_point
        right = (a - 4 * a_point, b + text)
        left = (a - text, b + 4 * a_point)
        spans = [(1, right)] if right[1] <= right_end else [(-1, left)]
        if len(spans) == 1 and spans[0][0] == 1 and left[0] >= left_end:
            spans.append((-1, left))
        lane, side, span = _first_free(taken, spans)
        if lane == len(taken):
            taken.append([])
        taken[lane].append(span)
        lanes.append(lane)
        sides.append(side)
    return lanes, sides


def _first_free(
    taken: list[list[tuple[float, float]]], spans: list[tuple[int, tuple[float, float]]]
) -> tuple[int, int, tuple[float, float]]:
    """Give the first lane in which one of the spans touches nothing."""
    for lane, held in enumerate(taken):
        for side, (a, b) in spans:
            if all(b <= c or d <= a for c, d in held):
                return lane, side, (a, b)
    return len(taken), spans[0][0], spans[0][1]


@in_house_style
def draw_delays(delays: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the share of exposures still undisclosed after so many days, with its interval.

    Parameters
    ----------
    delays : pandas.DataFrame
        What `leakkit.measure_delays` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        A step line for Turnbull's estimate; darker band: where the data cannot place it; lighter band: 95 %
        interval by resampling. The scale of days is logarithmic from one day on.
    """
    curve = delay_curve(delays, at=np.unique(np.geomspace(1, 3650, 90).round()))
    ax = ax or new_figure(9)[1][0]
    ax.set_xlabel("days from exposure to disclosure (logarithmic)")
    ax.set_ylabel("share still undisclosed")
    n, counts = int(curve["n"].iloc[0]), delays["kind"].astype(str).value_counts()
    if n:
        days = curve["days"].astype(float).to_numpy()
        low, high, least, most = (
            curve[c].astype(float).to_numpy() for c in ("low", "high", "at_least", "at_most")
        )
        ax.fill_between(days, low, high, step="post", color="#D9D9D9", linewidth=0, label="95 % interval")
        ax.fill_between(
            days, least, most, step="post", color=GREY, alpha=0.5, linewidth=0, label="the dates cannot tell"
        )
        ax.step(days, (least + most) / 2, where="post", color=BLUE, linewidth=2, label="estimate")
        ax.set_xscale("log")
        ax.set_xticks(list(_DAYS), list(_DAYS.values()))
        ax.minorticks_off()
        ax.set_ylim(0, 1)
        ax.set_xlim(1, 3650)
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.axhline(0.5, color="#595959", linewidth=0.8, linestyle=":")
        ax.legend(loc="upper right", fontsize=8.5)
        ax.set_title(f"Half were disclosed within {_days(delays)} of the exposure")
    else:
        say_nothing(ax)
    known = ", ".join(f"{int(counts.get(kind, 0))} {kind}" for kind in ("exact", "interval", "open"))
    aside = [
        f"{int(counts.get(kind, 0))} {kind}" for kind in ("unknown", "contradictory") if counts.get(kind, 0)
    ]
    write_note(ax.figure, [f"n = {n} ({known})", *aside, "what nobody told of is not here"], 0, "")
    return ax


def _days(delays: pd.DataFrame) -> str:
    """Write the median delay, as the range in which it lies."""
    first, last = median_delay(delays)
    if first == last:
        return f"{first:.0f} days"
    return f"{first:.0f} to {last:.0f} days" if np.isfinite(last) else f"{first:.0f} days or more"
