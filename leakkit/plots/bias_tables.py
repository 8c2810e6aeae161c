"""Draw rates of groups in a table: rates, errors, differences, gaps and the four-fifths rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    PLAIN,
    PREFERRED,
    known,
    measure_words,
    number_words,
    of_words,
    p_words,
    pick,
    points_words,
    share_words,
    take_frame,
    told_from_chance,
)
from leakkit.errors import BadParameterError
from leakkit.frames.bias_tables import GROUP_COMPARISONS, GROUP_RATES
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
    write_count,
    write_first,
    write_sum,
)
from leakkit.plots.style import in_house_style, label, new_figure, write_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FIGURES = {"difference": 0.0, "ratio": 1.0, "odds_ratio": 1.0}
"""What a comparison can be drawn as, and its value where nothing differs."""


@in_house_style
def draw_group_rates(
    rates: Any, measure: str | None = None, *, grouping: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw one measure of each group as a dot with its interval, highest first, beside that of all rows.

    Parameters
    ----------
    rates : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``rates``.
    measure : str, optional
        A measure of the frame; left out, the selection rate, or the base rate where nothing is predicted.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        At most ten groups, the five highest and the five lowest; others, suppressed ones and those without a rate
        are counted in the note.

    Examples
    --------
    >>> import leakkit as lk
    >>> draw_group_rates(lk.frames.GROUP_RATES.from_rows([])).get_title(loc="left")
    'No rate to draw'
    """
    frame = take_frame(rates, GROUP_RATES)
    measure = pick(frame, "measure", measure, PREFERRED)
    frame = frame[frame["measure"].eq(measure)]
    rows, notes = one_grouping(frame[frame["level"].ne("all")], grouping)
    drawn = rows[rows["rate"].notna()]
    shown = show_first(drawn, "rate", ends=True)
    ax = ax or new_figure(len(shown))[1][0]
    plain = measure in PLAIN
    write = number_words if plain else share_words
    words = [f"{write(r.rate)} ({of_words(r.k, r.n)})" for r in shown.itertuples()]
    whole = frame.loc[frame["level"].eq("all") & frame["rate"].notna(), "rate"]
    line = float(whole.iloc[0]) if len(whole) else None
    start = None if measure in PLAIN else 0.0
    draw_dots(ax, list(shown["group"]), [Dots.of(shown, "rate", words)], line=line, start=start)
    (plain_axis if plain else percent_axis)(ax, f"{measure_words(measure or 'rate')} (dot), interval (line)")
    set_title(ax, _rate_title(shown, measure, write))
    parts = [*_meaning(frame), f"n = {write_sum(drawn['n'])} rows in {len(drawn)} groups"]
    parts += [f"dashed: all rows, {write(line)}"] if line is not None else []
    write_note(ax.figure, [*parts, *without_figures(rows, "rate"), *notes], len(drawn) - len(shown), "groups")
    return ax


@in_house_style
def draw_error_rates(rates: Any, *, grouping: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw false positive and false negative rates of each group, with intervals.

    Parameters
    ----------
    rates : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives with predictions, or its ``rates``.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        Groups with the highest false positive rate first; of more than ten the five highest and five lowest.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"town": ["Hill", "Moor"] * 20, "paid": [1] * 20 + [0] * 20})
    >>> table["guess"] = [1] * 20 + [1, 0] * 5 + [0] * 10
    >>> found = lk.rate_groups(table, "paid", "town", "guess", favourable=1)
    >>> draw_error_rates(found).get_title(loc="left")
    'False positives: Hill 50.0%, Moor 0.0%'
    >>> plt.close()
    """
    frame = take_frame(rates, GROUP_RATES)
    kinds = ("false_positive_rate", "false_negative_rate")
    errors = frame[frame["measure"].isin(kinds) & frame["level"].ne("all")]
    rows, notes = one_grouping(errors, grouping)
    first, second = (rows[rows["measure"].eq(kind)] for kind in kinds)
    drawn = first[first["rate"].notna() | first["group"].isin(second.loc[second["rate"].notna(), "group"])]
    shown = show_first(drawn, "rate", ends=True)
    ax = ax or new_figure(2 * len(shown))[1][0]
    series = []
    for kind, (colour, marker) in zip(kinds, PAIR, strict=True):
        table = rows[rows["measure"].eq(kind)].set_index("group").reindex(shown["group"])
        name = measure_words(kind).removesuffix(" rate")
        words = [_error_words(name, r) for r in table.itertuples()]
        series.append(Dots.of(table, "rate", words, colour=colour, marker=marker))
    draw_dots(ax, list(shown["group"]), series, start=0.0)
    percent_axis(ax, "false positive (circle) and false negative rate (diamond), interval (line)")
    set_title(ax, _error_title(shown))
    hidden = without_figures(rows, "rate")
    write_note(ax.figure, [*_meaning(errors), *hidden, *notes], len(drawn) - len(shown), "groups")
    return ax


@in_house_style
def draw_comparisons(
    comparisons: Any,
    measure: str | None = None,
    *,
    figure: str = "difference",
    grouping: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how much each group differs from the reference, with the line of equality.

    Parameters
    ----------
    comparisons : GroupRates or pandas.DataFrame
        What `leakkit.rate_groups` gives, or its ``comparisons``.
    measure : str, optional
        A measure of the frame; left out, the selection rate, or the base rate.
    figure : {'difference', 'ratio', 'odds_ratio'}
        What to draw; ratios on a logarithmic scale.
    grouping : str, optional
        Columns that make the groups, as in the frame; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        A hollow dot is not told from chance after correction; of more than ten groups the five highest and five
        lowest.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> towns = ["Hill", "Hill", "Moor", "Moor"]
    >>> table = pd.DataFrame({"town": towns, "hired": [1, 0, 1, 0], "n": [50, 50, 30, 70]})
    >>> found = lk.rate_groups(table, "hired", "town", favourable=1, counts="n", reference="Hill")
    >>> draw_comparisons(found).get_title(loc="left")
    'Favourable rate: 1 of 1 groups differ from Hill'
    >>> plt.close()
    """
    if figure not in FIGURES:
        raise BadParameterError(
            f"Expected a figure of {', '.join(FIGURES)}", f"found '{label(figure)}'", "name one of these"
        )
    frame = take_frame(comparisons, GROUP_COMPARISONS)
    measure = pick(frame, "measure", measure, PREFERRED)
    rows, notes = one_grouping(frame[frame["measure"].eq(measure)], grouping)
    drawn = rows[rows[figure].notna()]
    shown = show_first(drawn, figure, ends=True)
    ax = ax or new_figure(len(shown))[1][0]
    in_points = figure == "difference" and measure not in PLAIN
    write = points_words if in_points else number_words
    words = [
        f"{write(getattr(r, figure))}, {p_words(r.p_adjusted)} (n = {write_count(r.n)})"
        for r in shown.itertuples()
    ]
    dots = Dots.of(shown, figure, words, hollow=hollow_where_chance(shown))
    draw_dots(ax, list(shown["group"]), [dots], line=FIGURES[figure], log=figure != "difference")
    reference = label(rows["reference"].iloc[0], 24) if len(rows) else "the reference"
    unit = " in percentage points" if in_points else ""
    (points_axis if in_points else plain_axis)(
        ax, f"{measure_words(figure)}{unit} beside {reference} (dot), interval (line)",
        **({} if in_points else {"log": figure != "difference"}))  # fmt: skip
    sure = len(told_from_chance(drawn))
    set_title(
        ax,
        f"{measure_words(measure or 'nothing').capitalize()}: {sure} of {len(drawn)} groups differ from {reference}",
    )
    own = f"n = {write_sum(drawn['n'])} beside {write_first(rows['n_reference'])} of {reference}"
    parts = [*_meaning(rows), own, HOLLOW, *without_figures(rows, figure), *notes]
    write_note(ax.figure, parts, len(drawn) - len(shown), "groups")
    return ax


def _meaning(rows: pd.DataFrame) -> list[str]:
    """Give what the measures mean in this table."""
    pairs = rows[["measure", "meaning"]].drop_duplicates()
    return [f"{measure_words(m)}: {label(text, 90)}" for m, text in pairs.itertuples(index=False)]


def _rate_title(shown: pd.DataFrame, measure: str | None, write: Any) -> str:
    """Say the highest and the lowest group."""
    if shown.empty:
        return "No rate to draw"
    name, top, last = measure_words(measure).capitalize(), shown.iloc[0], shown.iloc[-1]
    text = f"{name}: {label(top['group'])} {write(top['rate'])}"
    return text if len(shown) == 1 else f"{text}, {label(last['group'])} {write(last['rate'])}"


def _error_words(name: str, row: Any) -> str:
    """Write an error rate with its counts."""
    return (
        f"{name} {share_words(row.rate)} ({of_words(row.k, row.n)})"
        if known(row.rate)
        else f"{name} not shown"
    )


def _error_title(shown: pd.DataFrame) -> str:
    """Say where a false positive is most and least frequent."""
    have = shown[shown["rate"].notna()]
    if have.empty:
        return "No error rate to draw"
    top, last = have.iloc[0], have.iloc[-1]
    text = f"False positives: {label(top['group'])} {share_words(top['rate'])}"
    return text if len(have) == 1 else f"{text}, {label(last['group'])} {share_words(last['rate'])}"
