"""Draw whose data is in a leak: findings by likelihood, how right the search was, people, rates beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.frames import LIKELIHOODS
from leakkit.pii.summary import measure_findings
from leakkit.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MOST_BARS,
    PURPLE,
    VERMILION,
    draw_stack,
    in_house_style,
    label,
    new_figure,
    say_nothing,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LIKELIHOOD_MARKS = {
    "very_likely": ("very likely", BLUE, ""),
    "likely": ("likely", GREEN, "...."),
    "possible": ("possible", PURPLE, "////"),
    "unlikely": ("unlikely", "#D9D9D9", "////"),
    "very_unlikely": ("very unlikely", "#F2F2F2", "...."),
}
"""Word, colour and hatch for each level of likelihood."""


@in_house_style
def draw_findings(findings: pd.DataFrame, by: str = "entity", ax: Axes | None = None) -> Axes:
    """Draw findings by entity and likelihood, the ten most frequent; documentation values are left out.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.
    by : {'entity', 'family', 'path', 'detector', 'country'}
        What a bar is.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import leakkit as lk
    >>> draw_findings(lk.frames.FINDINGS.from_rows([])).get_xlabel()
    'findings'
    """
    counts = measure_findings(findings, by)
    real = counts[counts["findings"] > 0].set_index(by)
    shown = real.head(MOST_BARS)
    ax = ax or new_figure(len(shown))[1][0]
    draw_stack(ax, shown[list(LIKELIHOODS)], LIKELIHOOD_MARKS, real[list(LIKELIHOODS)].sum())
    ax.set_xlabel("findings")
    sure = int(real[["likely", "very_likely"]].to_numpy().sum())
    total = int(real["findings"].sum())
    ax.set_title(f"{sure:,} of {total:,} findings are likely or more")
    notes = [
        f"n = {total:,} findings",
        f"{int(counts['placeholders'].sum()):,} documentation values left out",
    ]
    write_note(ax.figure, notes, len(real) - len(shown), "kinds")
    return ax


@in_house_style
def draw_scores(scores: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw precision and recall of each type as dots with their 95 % intervals.

    Parameters
    ----------
    scores : pandas.DataFrame
        What `leakkit.score_findings` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
    """
    scores = scores[(scores["n_truth"] > 0) | (scores["n_findings"] > 0)]
    shown = scores.head(MOST_BARS) if len(scores) <= MOST_BARS else _first_and_all(scores)
    ax = ax or new_figure(len(shown))[1][0]
    places = list(range(len(shown)))
    for part, colour, marker, shift in (("recall", BLUE, "o", -0.14), ("precision", VERMILION, "D", 0.14)):
        values = shown[part].astype(float).to_numpy()
        low, high = (shown[f"{part}_{end}"].astype(float).to_numpy() for end in ("low", "high"))
        heights = [place + shift for place in places]
        ax.hlines(heights, low, high, color=colour, linewidth=2)
        ax.plot(values, heights, marker, color=colour, markersize=5, label=part)
    ax.set_yticks(places, [label(name) for name in shown["type"]])
    ax.set_ylim(max(len(places), 1) - 0.5, -0.5)
    ax.set_xlim(0, 1.02)
    ax.grid(axis="x", color="#D9D9D9", linewidth=0.6)
    ax.set_xlabel("share (dot), 95 % Wilson interval (line)")
    ax.set_title("How much was found, and how much of it is right")
    if len(shown):
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
        whole = scores.iloc[-1]
        notes = [f"n = {int(whole['n_truth']):,} true values, {int(whole['n_findings']):,} findings"]
    else:
        say_nothing(ax)
        notes = ["n = 0"]
    write_note(ax.figure, notes, len(scores) - len(shown), "types")
    return ax


def _first_and_all(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the largest types and the last row, which counts all."""
    import pandas as pd

    return pd.concat([scores.head(MOST_BARS - 1), scores.tail(1)])


@in_house_style
def draw_people(people: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many people lost data of each family.

    Parameters
    ----------
    people : pandas.DataFrame
        What `leakkit.people` gives: one row a distinct person.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        A person counts in every family in which something of theirs was found, so bars do not add up.
    """
    from leakkit.plots.style import draw_bars

    families = people["families"].explode().dropna().astype(str).value_counts()
    families = families.sort_index().sort_values(ascending=False, kind="stable")
    ax = ax or new_figure(len(families))[1][0]
    share = [f"{int(n):,} ({n / len(people):.0%})" for n in families]
    draw_bars(ax, list(families.index), [int(n) for n in families], share, BLUE)
    ax.set_xlabel("people (share of all people)")
    ax.set_title(f"{len(people):,} people, by what they lost")
    write_note(
        ax.figure, [f"n = {len(people):,} people", "one person may stand in several bars"], 0, "families"
    )
    return ax


@in_house_style
def draw_prevalence(ours: pd.DataFrame, known: pd.DataFrame, name: str, ax: Axes | None = None) -> Axes:
    """Draw findings per thousand documents beside published corpora, on a logarithmic scale.

    Parameters
    ----------
    ours : pandas.DataFrame
        What `leakkit.measure_prevalence` gives.
    known : pandas.DataFrame
        What `leakkit.load_pii_prevalence` gives.
    name : str
        What the leak's documents are called in the legend.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
    """
    names = list(ours["entity"])
    ax = ax or new_figure(len(names) * 2)[1][0]
    others = known[known["entity"].isin(names) & known["rate_per_1000_documents"].notna()]
    for place, entity in enumerate(names):
        rates = others.loc[others["entity"].eq(entity), "rate_per_1000_documents"].astype(float)
        ax.plot(rates, [place] * len(rates), "|", color=GREY, markersize=14, markeredgewidth=1.5)
    rates = ours["per_1000_documents"].astype(float)
    drawn = rates.gt(0)
    ax.plot(rates[drawn], [i for i, d in enumerate(drawn) if d], "D", color=VERMILION, markersize=7)
    ax.plot([], [], "|", color=GREY, markersize=10, label=f"{others['corpus'].nunique()} published corpora")
    ax.plot([], [], "D", color=VERMILION, label=label(name))
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    ax.set_yticks(range(len(names)), [label(n).replace("_", " ") for n in names])
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.set_xlabel("instances per thousand documents (logarithmic)", color=INK)
    ax.set_title("Beside corpora that were published")
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8.5)
    zero = int((~drawn).sum())
    write_note(
        ax.figure, [f"n = {len(others)} published rates", f"{zero} of ours are zero, not drawn"], 0, ""
    )
    return ax
