"""Draw what was exposed: bytes, members, formats, danger and sensitivity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.display.cells import format_bytes
from leakkit.leak.exposure import NOT_SEARCHED, UNKNOWN, measure_danger, measure_exposure, opened_archives
from leakkit.plots.style import (
    BLUE,
    GREEN,
    MOST_BARS,
    PURPLE,
    VERMILION,
    cross_counts,
    draw_bars,
    draw_stack,
    in_house_style,
    new_figure,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

DANGER_MARKS = {
    "yes": ("dangerous", VERMILION, "////"),
    "review": ("to review", PURPLE, "...."),
    "none_found": ("none found", GREEN, ""),
    NOT_SEARCHED: ("not looked at", "#D9D9D9", ""),
}
"""Word, colour and hatch for each value of the column ``danger``."""


@in_house_style
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
    figure, (left, right) = new_figure(len(shown), columns=2)
    sizes, members = [int(v) for v in shown["bytes_held"]], [int(v) for v in shown["held"]]
    draw_bars(left, shown["kind"], sizes, [format_bytes(v) for v in sizes], BLUE)
    draw_bars(right, shown["kind"], members, [f"{v:,}" for v in members], GREEN, "....")
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
    write_note(figure, notes, len(held) - len(shown), "kinds")
    return left, right


@in_house_style
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
    ax = ax or new_figure(len(shown))[1][0]
    members = [int(v) for v in shown["held"]]
    draw_bars(ax, shown["format"], members, [f"{v:,}" for v in members], BLUE)
    ax.set_xlabel("members held")
    ax.set_title(f"{len(held) - held['format'].eq(UNKNOWN).sum()} formats")
    notes = [f"n = {int(held['held'].sum()):,} members held", f"{unknown:,} of unknown format"]
    write_note(ax.figure, notes, len(held) - len(shown), "formats")
    return ax


@in_house_style
def draw_danger(artifacts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw what was found when members were searched for code that would run, by kind.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives. Only members held are counted. An archive is a member too, as
        it can be dangerous itself; one flagged only for a member is not counted beside it.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Notes
    -----
    "None found" means that no dangerous import or construct was found; it is no promise.
    """
    table = measure_danger(artifacts).set_index("kind")
    shown = table.head(MOST_BARS)
    ax = ax or new_figure(len(shown))[1][0]
    sums = table.sum()
    draw_stack(ax, shown, DANGER_MARKS, sums)
    ax.set_xlabel("members held")
    ax.set_title(f"{int(sums['yes']):,} dangerous, {int(sums['review']):,} to review")
    notes = [f"n = {int(sums.sum()):,} members held", f"{int(sums[NOT_SEARCHED]):,} not looked at"]
    write_note(ax.figure, notes, len(table) - len(shown), "kinds")
    return ax


@in_house_style
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
    table = cross_counts(variety, held, ["held", "claimed"])
    order = table.assign(known=table.index != UNKNOWN, total=table.sum(axis=1), name=table.index).sort_values(
        ["known", "total", "name"], ascending=[False, False, True]
    )
    shown = table.loc[order.index[:MOST_BARS]]
    ax = ax or new_figure(len(shown))[1][0]
    marks = {"held": ("held", BLUE, ""), "claimed": ("only claimed", "#D9D9D9", "////")}
    draw_stack(ax, shown, marks, table.sum())
    ax.set_xlabel("members")
    ax.set_title("What was exposed, by VERIS data variety")
    notes = [f"n = {len(content):,} members", f"{int(variety.eq(UNKNOWN).sum()):,} of unknown variety"]
    write_note(ax.figure, notes, len(table) - len(shown), "varieties")
    return ax
