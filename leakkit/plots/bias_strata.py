"""Draw what is left of a difference at equal circumstances: strata, adjustment, proxies."""

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
from leakkit.frames.bias_tables import ADJUSTED, PROXIES, STRATA, STRATIFIED
from leakkit.plots.dots import (
    HOLLOW,
    PAIR,
    Dots,
    draw_dots,
    hollow_where_chance,
    plain_axis,
    points_axis,
    set_title,
    show_first,
    without_figures,
)
from leakkit.plots.style import (
    GREEN,
    MOST_BARS,
    VERMILION,
    in_house_style,
    label,
    new_figure,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


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

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"sex": list("ffmm") * 2, "hired": [1, 0] * 4, "field": list("aaaabbbb")})
    >>> table["n"] = [20, 80, 10, 90, 16, 4, 140, 60]
    >>> found = lk.rate_groups(table, "hired", "sex", by="field", favourable=1, counts="n", reference="m")
    >>> print(draw_strata(found).get_title(loc="left"))
    f: -20.0 points pooled, +10.0 within strata (it turns
    round)
    >>> plt.close()
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

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"sex": list("ffmm") * 2, "hired": [1, 0] * 4, "degree": [0] * 4 + [1] * 4})
    >>> table["n"] = [20, 80, 30, 70, 30, 20, 120, 30]
    >>> found = lk.adjust_rates(table, "hired", "sex", "degree", favourable=1, reference="m", counts="n")
    >>> draw_adjusted(found).get_title(loc="left")
    'Other columns held equal, 1 of 1 groups differ from m'
    >>> plt.close()
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

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 50, "district": ["north", "south"] * 50})
    >>> draw_proxies(lk.find_proxies(table, "town")).get_title(loc="left")
    '1 of 1 columns tell the group; best: district'
    >>> plt.close()
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
