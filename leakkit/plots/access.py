"""Draw who asked for what and when, from the access logs that lie in a leak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError
from leakkit.leak.exposure import UNKNOWN, first_anonymous_read
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
    import pandas as pd

    missing = [name for name in ("time", "method", "status", "authenticated") if name not in access.columns]
    if missing:
        raise BadFrameError(
            "Expected an access frame",
            f"found no column {', '.join(missing)}",
            "pass what leak.access() gives",
        )
    timed = access[access["time"].notna()]
    ax = ax or new_figure(7)[1][0]
    word, frequency = _bin_of(timed["time"])
    who = timed["authenticated"].astype("string").str.lower().fillna(UNKNOWN)
    for value, label, colour, line in _ACCESS_LINES:
        times = timed.loc[who.eq(value), "time"]
        if len(times) == 0:
            continue
        start = timed["time"].min().floor("D")
        binned = pd.Series(1, index=times).resample(frequency, origin=start).sum()
        grid = pd.date_range(start, timed["time"].max() + frequency, freq=frequency)
        ax.step(
            grid, binned.reindex(grid, fill_value=0), where="post", label=label, color=colour, linestyle=line
        )
    first = first_anonymous_read(access)
    if first is not None:
        ax.axvline(first["time"], color=INK, linewidth=1, linestyle=":")
        ax.annotate("first anonymous read", (first["time"], 1), xycoords=("data", "axes fraction"),
                    xytext=(4, -2), textcoords="offset points", va="top", fontsize=8.5)  # fmt: skip
    ax.set_ylim(bottom=0)
    ax.set_ylabel(f"requests per {word}")
    ax.set_xlabel("time (UTC)")
    ax.set_title("Requests with and without a login")
    if len(timed):
        _time_axis(ax)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
    else:
        say_nothing(ax)
    write_note(
        ax.figure, [f"n = {len(timed):,} requests", f"{len(access) - len(timed):,} without a time"], 0, ""
    )
    return ax


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
