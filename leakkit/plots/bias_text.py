"""Draw who is mentioned in text, which labels such texts carry, and what a model answers about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    busiest_axes,
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
from leakkit.frames.bias_text import LABEL_BIAS, OUTPUT_COMPARISONS, REPRESENTATION, TEMPLATE_SKEW
from leakkit.plots.dots import (
    HOLLOW,
    PAIR,
    Dots,
    draw_dots,
    hollow_where_chance,
    percent_axis,
    plain_axis,
    points_axis,
    set_title,
    show_first,
    without_figures,
)
from leakkit.plots.style import in_house_style, label, new_figure, write_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@in_house_style
def draw_representation(representation: Any, axis: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how many documents in a thousand mention each group of one axis, or are in each language.

    Parameters
    ----------
    representation : pandas.DataFrame
        What `leakkit.measure_representation` or `leakkit.count_identity_terms` gives.
    axis : str, optional
        Axis to draw: gender, religion, language, ...; left out, the identity axis with most documents.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        A document may mention several groups, so the figures do not add up to a thousand.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> found = lk.count_identity_terms(["Two women spoke.", "A woman, then women", "Rain"])
    >>> draw_representation(found).get_title(loc="left")
    'Gender: women most often'
    >>> plt.close()
    """
    frame = take_frame(representation, REPRESENTATION)
    axis = pick(frame, "axis", axis, busiest_axes(frame))
    rows = frame[frame["axis"].eq(axis)]
    drawn = rows[rows["per_1000_documents"].notna()]
    shown = show_first(drawn, "per_1000_documents")
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{number_words(r.per_1000_documents)} ({int(r.documents):,} documents{_distinct(r)})"
        for r in shown.itertuples()
    ]
    draw_dots(ax, list(shown["group"]), [Dots.of(shown, "per_1000_documents", words)], start=0.0)
    plain_axis(ax, "documents in a thousand (dot), interval (line)")
    first = shown.iloc[0] if len(shown) else None
    top = f": {label(first['group'], 24)} most often" if first is not None and first["documents"] > 0 else ""
    set_title(ax, f"{measure_words(label(axis or 'nothing', 24)).capitalize()}{top}")
    n = f"n = {int(rows['n_documents'].max()) if len(rows) else 0:,} documents"
    others = frame["axis"].nunique() - bool(len(rows))
    notes = [n, "a document may count for several", *([f"other axes not drawn: {others}"] if others else [])]
    write_note(
        ax.figure, [*notes, *without_figures(rows, "per_1000_documents")], len(drawn) - len(shown), "groups"
    )
    return ax


def _distinct(row: Any) -> str:
    """Say how many documents are left when duplicates count once."""
    if not known(row.distinct_documents) or int(row.distinct_documents) == int(row.documents):
        return ""
    return f", {int(row.distinct_documents):,} distinct"


@in_house_style
def draw_label_bias(labels: Any, which: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how often texts that mention a group carry a label, beside texts that mention none.

    Parameters
    ----------
    labels : pandas.DataFrame
        What `leakkit.label_bias` gives.
    which : str, optional
        Label to draw; left out, the first.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> texts = ["The women left."] * 20 + ["It rained."] * 20
    >>> found = lk.label_bias(texts, ["rude"] * 15 + ["fine"] * 25, label="rude")
    >>> draw_label_bias(found).get_title(loc="left")
    'Texts that mention 1 of 1 groups carry the label rude more often'
    >>> plt.close()
    """
    frame = take_frame(labels, LABEL_BIAS)
    which = pick(frame, "label", which)
    rows = frame[frame["label"].eq(which)]
    drawn = rows[rows["rate"].notna()]
    shown = show_first(drawn, "rate")
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{share_words(r.rate)} ({of_words(r.k, r.n)}), {p_words(r.p_adjusted)}" for r in shown.itertuples()
    ]
    others = drawn["rate_others"].dropna().astype(float)
    line = float(others.iloc[0]) if len(others) and not _of_tables(drawn) else None
    dots = Dots.of(shown, "rate", words, hollow=hollow_where_chance(shown))
    draw_dots(ax, _with_tables(shown, list(shown["group"])), [dots], line=line, start=0.0)
    percent_axis(ax, f"documents with the label {label(which or '', 24)} (dot), interval (line)")
    sure = told_from_chance(drawn)
    above = int(sure["difference"].gt(0).sum())
    set_title(
        ax,
        f"In {above} of {len(drawn)} comparisons texts that mention the group carry the label {label(which or '', 20)}"
        " more often"
        if _of_tables(drawn)
        else f"Texts that mention {above} of {len(drawn)} groups carry the label {label(which or '', 20)} more often",
    )
    write_note(
        ax.figure,
        [*_others(drawn, line), HOLLOW, *without_figures(rows, "rate")],
        len(drawn) - len(shown),
        "groups",
    )
    return ax


def _of_tables(frame: pd.DataFrame) -> bool:
    """Tell whether rows of several tables stand together."""
    return "path" in frame and frame["path"].nunique() > 1


def _with_tables(frame: pd.DataFrame, names: list[str]) -> list[str]:
    """Give row names with the file each is from, where there are several."""
    if not _of_tables(frame):
        return names
    files = [str(path).replace("!", "/").rsplit("/", 1)[-1] for path in frame["path"]]
    return [f"{label(name, 22)}, {label(file, 24)}" for name, file in zip(names, files, strict=True)]


def _others(drawn: pd.DataFrame, line: float | None) -> list[str]:
    """Say what the dashed line is of."""
    if _of_tables(drawn):
        shares = drawn.drop_duplicates("path")["rate_others"].dropna()
        told = ", ".join(share_words(share) for share in shares)
        return [
            f"n = {int(drawn['n'].sum()):,} mentions",
            f"texts that mention none, by table: {told or 'none'}",
        ]
    if line is None:
        return ["n = 0" if drawn.empty else "no text mentions no group"]
    row = drawn[drawn["rate_others"].notna()].iloc[0]
    counts = of_words(row["k_others"], row["n_others"])
    return [
        f"n = {int(drawn['n'].sum()):,} mentions",
        f"dashed: texts that mention none, {share_words(line)} ({counts})",
    ]


@in_house_style
def draw_outputs(outputs: Any, measure: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw how a model's answers differ between prompts that differ in one term.

    Parameters
    ----------
    outputs : pandas.DataFrame
        What `leakkit.compare_outputs` gives.
    measure : str, optional
        Measure to draw; left out, refusals.
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
    >>> prompts = [f"Describe a {who} of {age}." for age in range(20, 40) for who in ("man", "woman")]
    >>> answers = ["Gladly.", "I cannot help with that."] * 20
    >>> outputs = pd.DataFrame({"prompt": prompts, "response": answers})
    >>> found = lk.compare_outputs(outputs, measures=["refusal"])
    >>> draw_outputs(found).get_title(loc="left")
    'Refusal: 1 of 1 pairs of groups differ'
    >>> plt.close()
    """
    frame = take_frame(outputs, OUTPUT_COMPARISONS)
    measure = pick(frame, "measure", measure, ("refusal",))
    rows = frame[frame["measure"].eq(measure)]
    drawn = rows[rows["difference"].notna()]
    shown = show_first(drawn, "difference", ends=True)
    ax = ax or new_figure(len(shown))[1][0]
    shares = bool(rows["only_group"].notna().any())
    write = points_words if shares else number_words
    mean = share_words if shares else number_words
    words = [
        f"{write(r.difference)}, {p_words(r.p_adjusted)} "
        f"({mean(r.mean)} beside {mean(r.mean_reference)}, n = {int(r.n_pairs):,})"
        for r in shown.itertuples()
    ]
    dots = Dots.of(shown, "difference", words, hollow=hollow_where_chance(shown))
    names = [f"{label(r.group, 20)} beside {label(r.reference, 20)}" for r in shown.itertuples()]
    if _of_tables(shown):
        names = _with_tables(shown, [str(group) for group in shown["group"]])
    draw_dots(ax, names, [dots], line=0.0)
    unit = ", percentage points" if shares else ""
    (points_axis if shares else plain_axis)(ax, f"difference within pairs{unit} (dot), interval (line)")
    sure = len(told_from_chance(drawn))
    set_title(
        ax,
        f"{measure_words(label(measure or 'nothing', 24)).capitalize()}: {sure} of {len(drawn)} "
        f"{'comparisons' if _of_tables(drawn) else 'pairs of groups'} differ",
    )
    n = f"n = {int(drawn['n_pairs'].fillna(0).sum()):,} pairs of prompts"
    write_note(
        ax.figure, [n, HOLLOW, *without_figures(rows, "difference")], len(drawn) - len(shown), "groups"
    )
    return ax


@in_house_style
def draw_template_skew(skew: Any, ax: Axes | None = None) -> Axes:
    """Draw how often each group is mentioned among all documents and among different forms of them.

    Parameters
    ----------
    skew : pandas.DataFrame
        What `leakkit.measure_template_skew` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        Groups that copies inflate most first, at most ten. Everything was counted, so there are no intervals.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> texts = [f"All women of {place} vote here today." for place in ("Ayr", "Ulm", "Wick")]
    >>> skew = lk.measure_template_skew([*texts, "Men like tea and a walk in the rain."])
    >>> draw_template_skew(skew).get_title(loc="left")
    'Copies inflate: women 1.50 times'
    >>> plt.close()
    """
    frame = take_frame(skew, TEMPLATE_SKEW)
    drawn = frame[frame["inflation"].notna()]
    shown = show_first(drawn, "inflation")
    ax = ax or new_figure(2 * len(shown))[1][0]
    blank = [None] * len(shown)
    series = []
    for name, (colour, marker) in zip(("documents", "forms"), PAIR, strict=True):
        column = f"per_1000_{name}"
        words = [
            f"{number_words(getattr(r, column))} ({int(getattr(r, name)):,} {name})"
            for r in shown.itertuples()
        ]
        series.append(Dots(list(shown[column]), blank, blank, words, colour=colour, marker=marker))
    draw_dots(ax, list(shown["group"]), series, start=0.0)
    plain_axis(ax, "in a thousand documents (circle), in a thousand different forms (diamond)")
    top = shown.iloc[0] if len(shown) else None
    most = (
        f": {label(top['group'])} {number_words(top['inflation'])} times" if top is not None else " no group"
    )
    set_title(ax, f"Copies inflate{most}")
    first = frame.iloc[0] if len(frame) else {"n_documents": 0, "n_forms": 0}
    notes = [f"n = {int(first['n_documents']):,} documents in {int(first['n_forms']):,} forms"]
    notes += [f"groups in no document: {len(frame) - len(drawn)}"] if len(frame) > len(drawn) else []
    write_note(ax.figure, notes, len(drawn) - len(shown), "groups")
    return ax
