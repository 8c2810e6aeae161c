"""Draw what was exposed: one `draw_` function a question, frame in, Axes out.

House rules: bars start at zero and are sorted, at most ten; n and what is unknown are printed; colour
never stands alone (a hatch, a marker or a label goes with it); text from a leak is escaped first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leakkit.display import format_bytes
from leakkit.errors import BadFrameError
from leakkit.leak.exposure import UNKNOWN, measure_exposure, opened_archives
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BLUE, VERMILION, GREEN, PURPLE, GREY, INK = "#0072B2", "#D55E00", "#00875F", "#A3508A", "#767676", "#1A1A1A"
"""Okabe and Ito's colours (2008), green and purple darkened until each keeps 3:1 against white."""

MOST_BARS = 10

STYLE: dict[str, Any] = {
    "axes.edgecolor": "#595959",
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.figsize": (7.2, 3.6),
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "savefig.dpi": 144,
    "svg.hashsalt": "leakkit",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": "#404040",
    "ytick.color": INK,
}
"""matplotlib settings of every figure; `leakkit.settings` sets them for a whole notebook."""

DANGER_MARKS = {
    "yes": ("dangerous", VERMILION, "////"),
    "review": ("to review", PURPLE, "...."),
    "none_found": ("none found", GREEN, ""),
    UNKNOWN: ("not looked at", "#D9D9D9", ""),
}
"""Word, colour and hatch for each value of the column ``danger``."""


def draw_exposure(artifacts: pd.DataFrame) -> tuple[Axes, Axes]:
    """Draw bytes and members held by kind, side by side, in one figure.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.

    Returns
    -------
    tuple of matplotlib Axes
        Bytes on the left, members on the right, in the same order of kinds. Only members held are
        drawn; what is only claimed and what has no size is printed below.

    Examples
    --------
    >>> import leakkit as lk
    >>> left, right = draw_exposure(lk.frames.ARTIFACTS.from_rows([]))
    >>> left.get_xlabel()
    'bytes held (decimal units)'
    """
    counts = measure_exposure(artifacts, "kind")
    held = counts[counts["held"] > 0]
    shown = held.head(MOST_BARS)
    figure, (left, right) = _figure(len(shown), columns=2)
    sizes, members = [int(v) for v in shown["bytes_held"]], [int(v) for v in shown["held"]]
    _bars(left, shown["kind"], sizes, [format_bytes(v) for v in sizes], BLUE)
    _bars(right, shown["kind"], members, [f"{v:,}" for v in members], GREEN, "....")
    right.set_yticklabels([])
    left.xaxis.set_major_formatter(lambda value, _: format_bytes(round(value)))
    left.set_xlabel("bytes held (decimal units)")
    right.set_xlabel("members held")
    left.set_title("Bytes")
    right.set_title("Members")
    unsized = int(measure_exposure(artifacts[artifacts["present"]], "kind")["size_unknown"].sum())
    notes = [
        f"n = {int(held['held'].sum()):,} members, {format_bytes(int(held['bytes_held'].sum()))}",
        f"{int(counts['only_claimed'].sum()):,} only claimed, not drawn",
        f"{unsized:,} of unknown size",
    ]
    _note(figure, notes, len(held) - len(shown), "kinds")
    return left, right


def draw_formats(artifacts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw members held by format, the ten most frequent.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.
    """
    counts = measure_exposure(artifacts, "format")
    held = counts[counts["held"] > 0].assign(known=counts["format"] != UNKNOWN)
    held = held.sort_values(["known", "held", "format"], ascending=[False, False, True])
    unknown = int(held.loc[held["format"].eq(UNKNOWN), "held"].sum())
    shown = held.head(MOST_BARS)
    ax = ax or _figure(len(shown))[1][0]
    members = [int(v) for v in shown["held"]]
    _bars(ax, shown["format"], members, [f"{v:,}" for v in members], BLUE)
    ax.set_xlabel("members held")
    ax.set_title(f"{len(held) - held['format'].eq(UNKNOWN).sum()} formats")
    notes = [f"n = {int(held['held'].sum()):,} members held", f"{unknown:,} of unknown format"]
    _note(ax.figure, notes, len(held) - len(shown), "formats")
    return ax


def draw_danger(artifacts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw what was found when members were searched for code that would run, by kind.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives. Only members held are counted; an archive is a member too, as
        it can be dangerous itself.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Notes
    -----
    "None found" means that no dangerous import or construct was found; it is no promise.
    """
    held = artifacts[artifacts["present"].fillna(False).astype(bool)]
    danger = held["danger"].astype("string").fillna(UNKNOWN)
    table = _crossed(held["kind"].astype("string").fillna(UNKNOWN), danger, list(DANGER_MARKS))
    order = table.assign(total=table.sum(axis=1), name=table.index).sort_values(
        ["yes", "review", "total", "name"], ascending=[False, False, False, True]
    )
    shown = table.loc[order.index[:MOST_BARS]]
    ax = ax or _figure(len(shown))[1][0]
    _stack(ax, shown, DANGER_MARKS, table.sum())
    found = int(danger.eq("yes").sum())
    ax.set_xlabel("members held")
    ax.set_title(f"{found:,} dangerous, {int(danger.eq('review').sum()):,} to review")
    notes = [f"n = {len(held):,} members held", f"{int(danger.eq(UNKNOWN).sum()):,} not looked at"]
    _note(ax.figure, notes, len(table) - len(shown), "kinds")
    return ax


def draw_sensitivity(artifacts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw members by VERIS data variety, held and only claimed.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Notes
    -----
    The variety follows from what a file is (a key, a weights file), not from reading its content.
    VERIS 1.4.1, ``attribute.confidentiality.data.variety``.
    """
    content = artifacts[~opened_archives(artifacts)]
    variety = content["veris_variety"].astype("string").fillna(UNKNOWN).replace({"Unknown": UNKNOWN})
    held = content["present"].fillna(False).astype(bool).map({True: "held", False: "claimed"})
    table = _crossed(variety, held, ["held", "claimed"])
    order = table.assign(known=table.index != UNKNOWN, total=table.sum(axis=1), name=table.index).sort_values(
        ["known", "total", "name"], ascending=[False, False, True]
    )
    shown = table.loc[order.index[:MOST_BARS]]
    ax = ax or _figure(len(shown))[1][0]
    marks = {"held": ("held", BLUE, ""), "claimed": ("only claimed", "#D9D9D9", "////")}
    _stack(ax, shown, marks, table.sum())
    ax.set_xlabel("members")
    ax.set_title("What was exposed, by VERIS data variety")
    notes = [f"n = {len(content):,} members", f"{int(variety.eq(UNKNOWN).sum()):,} of unknown variety"]
    _note(ax.figure, notes, len(table) - len(shown), "varieties")
    return ax


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
    ax = ax or _figure(7)[1][0]
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
        _nothing(ax)
    _note(ax.figure, [f"n = {len(timed):,} requests", f"{len(access) - len(timed):,} without a time"], 0, "")
    return ax


_ACCESS_LINES = (
    ("true", "with login", BLUE, "-"),
    ("false", "without login", VERMILION, "--"),
    (UNKNOWN, "log cannot tell", GREY, ":"),
)


def first_anonymous_read(access: pd.DataFrame) -> pd.Series | None:
    """Give the row of the first successful read without a login, or None when there is none.

    A read is a GET, HEAD or LIST answered with status 200 to 299 (or 304). Times come from the log and
    are as true as the clock that wrote them.
    """
    method = access["method"].astype("string").str.upper()
    read = method.str.contains(r"GET|HEAD|LIST", regex=True).fillna(False)
    answered = access["status"].between(200, 299).fillna(False) | access["status"].eq(304).fillna(False)
    anonymous = access["authenticated"].eq(False).fillna(False)
    rows = access[read & answered & anonymous & access["time"].notna()]
    return None if rows.empty else rows.sort_values("time", kind="stable").iloc[0]


def label(text: object, limit: int = 36) -> str:
    r"""Give text from a leak fit for a figure: one line, short, only characters the font has.

    Examples
    --------
    >>> label("$x^2$ \x1b[31m"), label("名" * 3)
    ('$x^2$ \\x1b[31m', '□□□')
    """
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return "".join(c if font.get_char_index(ord(c)) else "□" for c in printable(str(text), limit))


def _figure(n_bars: int, columns: int = 1) -> tuple[Any, list[Axes]]:
    """Make a figure as high as its bars need."""
    import matplotlib
    import matplotlib.pyplot as plt

    with matplotlib.rc_context(STYLE):
        figure, axes = plt.subplots(
            1, columns, figsize=(7.2, 1.5 + 0.29 * max(n_bars, 3)), layout="constrained", squeeze=False
        )
    return figure, list(axes[0])


def _bars(
    ax: Axes, names: Sequence[Any], values: list[int], texts: list[str], colour: str, hatch: str = ""
) -> None:
    """Draw sorted horizontal bars with their values written at the end."""
    places = range(len(values))
    bars = ax.barh(places, values, color=colour, hatch=hatch, edgecolor="white", linewidth=0, height=0.68)
    ax.bar_label(bars, texts, padding=3, fontsize=8.5, parse_math=False)
    _name_rows(ax, names, max(values, default=0))


def _name_rows(ax: Axes, names: Sequence[Any], longest: int) -> None:
    """Write the row names, first on top, and make room for values at the end of the bars."""
    ax.set_yticks(range(len(names)), [label(n).replace("_", " ") for n in names], parse_math=False)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.set_xlim(0, longest * 1.25 or 1)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=4, integer=True)
    if not longest:
        _nothing(ax)


def _nothing(ax: Axes) -> None:
    """Say that there is nothing to draw, and take the scale away."""
    ax.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=ax.transAxes)
    ax.set(xticks=[], yticks=[])


def _stack(ax: Axes, table: pd.DataFrame, marks: dict[str, tuple[str, str, str]], sums: pd.Series) -> None:
    """Draw stacked horizontal bars, one colour and hatch a column, the total at the end; sums go in the legend."""
    left = [0] * len(table)
    for column, (word, colour, hatch) in marks.items():
        values = [int(v) for v in table[column]]
        if not any(values):
            continue
        edge = "white" if colour in (VERMILION, PURPLE, GREEN, BLUE) else "#595959"
        ax.barh(range(len(values)), values, left=left, color=colour, hatch=hatch, edgecolor=edge,
                linewidth=0.6, height=0.68, label=f"{word} ({int(sums[column]):,})")  # fmt: skip
        left = [a + b for a, b in zip(left, values, strict=True)]
    for place, total in enumerate(left):
        ax.annotate(
            f"{total:,}", (total, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    _name_rows(ax, list(table.index), max(left, default=0))
    if any(left):
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)


def _crossed(rows: pd.Series, columns: pd.Series, wanted: list[str]) -> pd.DataFrame:
    """Count pairs of values; one row a value of `rows`, one column for each of `wanted`."""
    counts = rows.to_frame("row").assign(column=columns.to_numpy()).value_counts().unstack(fill_value=0)
    return counts.reindex(columns=wanted, fill_value=0)


def _note(figure: Any, parts: list[str], left_out: int, what: str) -> None:
    """Write n, the unknowns and what was left out under the figure."""
    if left_out > 0:
        parts = [*parts, f"{what} not drawn: {left_out}"]
    figure.supxlabel("; ".join(parts), fontsize=8.5, x=0.01, ha="left", color="#404040")


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
