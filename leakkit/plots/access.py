"""Draw who asked for what and when, from the access logs that lie in a leak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError
from leakkit.leak.access.requests import first_unauthenticated
from leakkit.leak.exposure import UNKNOWN
from leakkit.plots.style import (
    BLUE,
    GREY,
    INK,
    VERMILION,
    in_house_style,
    new_figure,
    say_nothing,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ACCESS_LINES = (
    ("true", "with login", BLUE, "-"),
    ("false", "without login", VERMILION, "--"),
    (UNKNOWN, "log cannot tell", GREY, ":"),
)


@in_house_style
def draw_access(access: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw requests over time, with and without a login, and mark the first anonymous read.

    Parameters
    ----------
    access : pandas.DataFrame
        What ``leak.access()`` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        One step line a kind of request; bins of an hour, a day, a week or a month, at most 60.
    """
    missing = [name for name in ("time", "method", "status", "authenticated") if name not in access.columns]
    if missing:
        raise BadFrameError(
            "Expected an access frame",
            f"found no column {', '.join(missing)}",
            "pass what leak.access() gives",
        )
    timed = access[access["time"].notna()]
    ax = ax or new_figure(7)[1][0]
    ax.set_xlabel("time (UTC)")
    ax.set_title(_draw_first_read(ax, access))
    if len(timed):
        _draw_lines(ax, timed)
        _time_axis(ax)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
    else:
        say_nothing(ax)
    parts = [f"n = {len(timed):,} requests", f"{len(access) - len(timed):,} without a time"]
    write_note(ax.figure, parts, 0, "")
    return ax


def _draw_first_read(ax: Axes, access: pd.DataFrame) -> str:
    """Mark the first anonymous read, and give the message of the figure."""
    first = first_unauthenticated(access)
    if first is None:
        return "No read without a login is logged" if len(access) else "No request is logged"
    ax.axvline(first["time"], color=INK, linewidth=1, linestyle=":")
    place: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
    ax.annotate("first anonymous read", (first["time"], 1), (4, -2), va="top", fontsize=8.5, **place)
    return f"First read without a login: {first['time']:%Y-%m-%d}"


def _draw_lines(ax: Axes, timed: pd.DataFrame) -> None:
    """Draw one step line for each kind of request."""
    import pandas as pd

    word, frequency = _bin_of(timed["time"])
    start = timed["time"].min().floor("D")
    grid = pd.date_range(start, timed["time"].max() + frequency, freq=frequency)
    who = timed["authenticated"].astype("string").str.lower().fillna(UNKNOWN)
    for value, words, colour, line in _ACCESS_LINES:
        times = timed.loc[who.eq(value), "time"]
        if len(times):
            counts = pd.Series(1, index=times).resample(frequency, origin=start).sum()
            heights = counts.reindex(grid, fill_value=0)
            ax.step(grid, heights, where="post", label=words, color=colour, linestyle=line)
    ax.set_ylim(0, ax.get_ylim()[1] * 1.12)
    ax.set_ylabel(f"requests per {word}")


def _bin_of(times: pd.Series) -> tuple[str, Any]:
    """Choose the shortest of hour, day, week, month (30 days) that gives at most 60 bins."""
    import pandas as pd

    span = times.max() - times.min() if len(times) else pd.Timedelta(0)
    sizes = {"hour": 1, "day": 24, "week": 168, "month": 720}
    for word, hours in sizes.items():
        if span <= pd.Timedelta(hours=60 * hours):
            return word, pd.Timedelta(hours=hours)
    return "year", pd.Timedelta(days=365)


def _time_axis(ax: Axes) -> None:
    """Write dates short, and at most seven of them."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=7)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
