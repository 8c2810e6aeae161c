"""Draw what is left of a difference at equal circumstances: strata, adjustment, calibration, proxies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    PREFERRED,
    count_words,
    known,
    measure_words,
    number_words,
    of_words,
    p_words,
    pick,
    points_words,
    take_frame,
    told_from_chance,
    turned_first,
)
from leakkit.frames.bias_tables import ADJUSTED, CALIBRATION, PROXIES, STRATA, STRATIFIED
from leakkit.plots.dots import (
    HOLLOW,
    PAIR,
    Dots,
    draw_dots,
    hollow_where_chance,
    one_grouping,
    percent_axis,
    plain_axis,
    points_axis,
    set_title,
    show_first,
    without_figures,
)
from leakkit.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MOST_BARS,
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
def draw_strata(
    strata: Any,
    stratified: Any = None,
    *,
    group: str | None = None,
    measure: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the difference of one group in each stratum between the pooled and the stratified one.

    Parameters
    ----------
    strata : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with ``by``, or its ``strata``.
    stratified : pandas.DataFrame, optional
        Its ``stratified``, where `strata` is a frame.
    group : str, optional
        Group to draw; left out, the first with a Simpson warning, else the first.
    measure : str, optional
        Left out, the selection rate, or the base rate.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        The ten largest strata; others are counted in the note.
    """
    parts, wholes = (
        take_frame(strata, STRATA),
        take_frame(strata if stratified is None else stratified, STRATIFIED),
    )
    measure = pick(wholes, "measure", measure, PREFERRED)
    wholes = wholes[wholes["measure"].eq(measure)]
    group = pick(wholes, "group", group, turned_first(wholes))
    rows = parts[parts["measure"].eq(measure) & parts["group"].eq(group)]
    drawn = rows[rows["difference"].notna()]
    shown = show_first(drawn.assign(_n=drawn["n"] + drawn["n_reference"]), "_n")
    ax = ax or new_figure(len(shown) + 2)[1][0]
    whole = wholes[wholes["group"].eq(group)].head(1)
    names, series = _pooled_and_strata(shown, whole)
    draw_dots(ax, names, series, line=0.0, spread=False)
    reference = label(whole["reference"].iloc[0], 24) if len(whole) else "the reference"
    points_axis(ax, f"difference from {reference}, percentage points (dot), interval (line)")
    set_title(ax, _strata_title(whole, group))
    notes = [f"{measure_words(measure or 'rate')} of {label(group)}", *_stratified_notes(whole)]
    write_note(ax.figure, [*notes, *without_figures(rows, "difference")], len(drawn) - len(shown), "strata")
    return ax


def _pooled_and_strata(shown: pd.DataFrame, whole: pd.DataFrame) -> tuple[list[str], list[Dots]]:
    """Give the names and the three series: pooled on top, strata, at equal strata below."""
    n = len(shown)
    words = [
        f"{points_words(r.difference)} (n = {int(r.n):,} and {int(r.n_reference):,})"
        for r in shown.itertuples()
    ]
    inner = Dots.of(shown, "difference", words)
    empty = [None] * n
    series = []
    for part in ("value", "low", "high"):
        setattr(inner, part, [None, *getattr(inner, part), None])
    inner.words = ["", *words, ""]
    series.append(inner)
    for name, place, colour, marker in (
        ("crude_difference", 0, VERMILION, "D"),
        ("difference", n + 1, GREEN, "s"),
    ):
        row = whole.iloc[0] if len(whole) else {}
        cells = [row.get(column) for column in (name, f"{name}_low", f"{name}_high")]
        filled = [[*empty, None, None] for _ in cells]
        for cell, column in zip(cells, filled, strict=True):
            column[place] = cell
        text = ["" for _ in range(n + 2)]
        text[place] = points_words(cells[0]) + (
            f", {p_words(row.get('p_value'))}" if place else f" ({of_words(None, row.get('n'))})"
        )
        value, low, high = filled
        series.append(Dots(value, low, high, text, colour=colour, marker=marker))
    return ["all pooled", *shown["stratum"], "within strata, averaged"], series


def _strata_title(whole: pd.DataFrame, group: str | None) -> str:
    """Say the pooled difference beside that within strata."""
    if whole.empty:
        return "No strata to compare"
    row = whole.iloc[0]
    text = f"{label(group)}: {points_words(row['crude_difference'])} points pooled, "
    text += f"{points_words(row['difference'])} within strata"
    turned = known(row["simpson"]) and bool(row["simpson"])
    if not turned or not known(row["difference"]) or not known(row["crude_difference"]):
        return text
    opposite = float(row["difference"]) * float(row["crude_difference"]) < 0
    return f"{text} ({'it turns round' if opposite else 'strata matter'})"


def _stratified_notes(whole: pd.DataFrame) -> list[str]:
    """Say how many rows and strata, and whether strata agree."""
    if whole.empty:
        return ["n = 0"]
    row = whole.iloc[0]
    rows = f"n = {int(row['n']):,} rows" if known(row["n"]) else "n unknown"
    alike = f"strata share one odds ratio: {p_words(row['p_homogeneity'])} (Breslow-Day)"
    return [f"{rows} in {count_words(int(row['n_strata']), 'stratum').replace('stratums', 'strata')}", alike]


@in_house_style
def draw_adjusted(adjusted: Any, ax: Axes | None = None) -> Axes:
    """Draw the difference of each group before and after other columns are held equal.

    Parameters
    ----------
    adjusted : Adjustment or pandas.DataFrame
        What `leakkit.adjust_rates` gives, or its ``groups``.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
    """
    frame = take_frame(adjusted, ADJUSTED)
    drawn = frame[frame["difference"].notna() | frame["crude_difference"].notna()]
    shown = show_first(drawn, "crude_difference", ends=True)
    ax = ax or new_figure(2 * len(shown))[1][0]
    crude = [f"as it is {points_words(v)}" for v in shown["crude_difference"]]
    equal = [f"adjusted {points_words(r.difference)}, {p_words(r.p_adjusted)}" for r in shown.itertuples()]
    (blue, circle), (red, diamond) = PAIR
    hollow = hollow_where_chance(shown)
    series = [
        Dots.of(shown, "crude_difference", crude, colour=red, marker=diamond),
        Dots.of(shown, "difference", equal, colour=blue, marker=circle, hollow=hollow),
    ]
    draw_dots(ax, list(shown["group"]), series, line=0.0)
    reference = label(frame["reference"].iloc[0], 24) if len(frame) else "the reference"
    points_axis(ax, f"difference from {reference}, percentage points (dot), interval (line)")
    sure = len(told_from_chance(drawn))
    set_title(ax, f"Other columns held equal, {sure} of {len(drawn)} groups differ from {reference}")
    n = int(frame["n"].fillna(0).sum())
    first = int(frame["n_reference"].fillna(0).iloc[0]) if len(frame) else 0
    notes = [f"n = {n:,} beside {first:,} of {reference}", "diamond: as it is", "circle: adjusted", HOLLOW]
    write_note(ax.figure, [*notes, *without_figures(frame, "difference")], len(drawn) - len(shown), "groups")
    return ax


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


@in_house_style
def draw_proxies(proxies: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how well each column alone tells the group, best first, with the line of chance.

    Parameters
    ----------
    proxies : pandas.DataFrame
        What `leakkit.find_proxies` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
    """
    frame = take_frame(proxies, PROXIES)
    drawn = frame[frame["area_under_curve"].notna()]
    shown = show_first(drawn, "area_under_curve").head(MOST_BARS)
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{number_words(r.area_under_curve)}, {p_words(r.p_adjusted)} (n = {int(r.n):,})"
        for r in shown.itertuples()
    ]
    dots = Dots.of(shown, "area_under_curve", words, hollow=hollow_where_chance(shown))
    draw_dots(ax, list(shown["column"]), [dots], line=0.5)
    plain_axis(ax, "area under the curve out of sample (dot), interval (line); 0.5 is chance")
    sure = len(told_from_chance(drawn))
    best = f"; best: {label(shown['column'].iloc[0], 24)}" if sure else ""
    set_title(ax, f"{sure} of {len(drawn)} columns tell the group{best}")
    notes = [f"n = {int(frame['n'].max()) if len(frame) else 0:,} rows", HOLLOW]
    aside = len(frame) - len(drawn)
    notes += [f"not tried (one value, or as good as an id): {aside}"] if aside else []
    write_note(ax.figure, notes, len(drawn) - len(shown), "columns")
    return ax
