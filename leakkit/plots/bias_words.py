"""Draw words near groups: keyness, occupations beside labour statistics, tests of word vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.display.rates import (
    by_documents,
    count_words,
    is_chance,
    known,
    number_words,
    p_words,
    pick,
    share_words,
    take_frame,
    told_from_chance,
)
from leakkit.frames.bias_text import EMBEDDING_ASSOCIATIONS, OCCUPATION_PRONOUNS, WORD_ASSOCIATIONS
from leakkit.plots.dots import (
    HOLLOW,
    Dots,
    draw_dots,
    hollow_where_chance,
    plain_axis,
    set_title,
    show_first,
)
from leakkit.plots.style import (
    BLUE,
    INK,
    MOST_BARS,
    in_house_style,
    label,
    new_figure,
    say_nothing,
    write_note,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PLACES = ((7, 0), (-7, 0), (7, 9), (7, -9), (-7, 9), (-7, -9))
"""Where a name may stand beside its point, in points."""


@in_house_style
def draw_keyness(words: Any, group: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the ten words that tell a group best: how many times as many of its documents have each.

    Parameters
    ----------
    words : pandas.DataFrame
        What `leakkit.word_associations` or `leakkit.keyness` gives.
    group : str, optional
        Group to draw; left out, the one with most words told from chance.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        The ten smallest p-values, sorted by the ratio, on a scale of log2; the larger a dot, the more
        documents have the word. A word only one side has is an arrow at the edge.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> texts = ["she is a nurse"] * 20 + ["he is a pilot"] * 20
    >>> draw_keyness(lk.keyness(texts, ["ward"] * 20 + ["crew"] * 20)).get_title(loc="left")
    '2 of 6 words tell crew from ward'
    >>> plt.close()
    """
    frame = take_frame(words, WORD_ASSOCIATIONS)
    sure = told_from_chance(frame)
    most = sure["group"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    group = pick(frame, "group", group, tuple(most.index))
    rows = frame[frame["group"].eq(group)]
    found = int(sure["group"].eq(group).sum())
    drawn = rows[rows["ratio"].notna() & rows["p_value"].notna()]
    best = drawn.sort_values(["p_value", "word"], kind="stable").head(MOST_BARS)
    shown = show_first(best, "ratio")
    ax = ax or new_figure(len(shown))[1][0]
    dots = _keyness_dots(shown)
    draw_dots(ax, list(shown["word"]), [dots], line=0.0)
    if len(shown):
        ax.locator_params(axis="x", nbins=6, integer=True)
    ax.xaxis.set_major_formatter(lambda value, _: f"{2.0**value:g}×" if value >= 0 else f"1/{2.0**-value:g}")
    reference = label(rows["reference"].iloc[0], 24) if len(rows) else "the reference"
    ax.set_xlabel(f"times as frequent as in {reference}, by document (log2 scale; interval: line)")
    side = f"tell {label(group, 24)} from {reference}" if group else "tell a group"
    set_title(ax, f"{found} of {count_words(_tests(rows), 'word')} {side}")
    n = _document_words(rows)
    write_note(ax.figure, [n, "larger dots: more documents", HOLLOW], len(rows) - len(shown), "words")
    return ax


def _keyness_dots(shown: pd.DataFrame) -> Dots:
    """Put ratios on the scale of log2; the size of a dot grows with its documents."""
    words = [
        f"{share_words(r.share)} beside {share_words(r.share_reference)}, {p_words(r.p_adjusted)}"
        for r in shown.itertuples()
    ]
    documents = (shown["documents"] + shown["documents_reference"]).astype(float).to_numpy()
    sizes = 4.5 + 6 * np.sqrt(documents / (documents.max() if len(documents) else 1))
    value, low, high = (_log2(shown[name]) for name in ("ratio", "ratio_low", "ratio_high"))
    return Dots(value, low, high, words, hollow=hollow_where_chance(shown), sizes=list(sizes))


def _log2(values: pd.Series) -> list[float | None]:
    """Give base 2 logarithms; minus infinity for zero."""
    numbers = [float(v) if known(v) else None for v in values]
    return [None if v is None else float(np.log2(v)) if v > 0 else -np.inf for v in numbers]


def _document_words(rows: pd.DataFrame) -> str:
    """Give how many documents stand on each side."""
    if rows.empty:
        return "n = 0 documents"
    row = rows.iloc[0]
    return f"n = {int(row['n_documents']):,} documents beside {int(row['n_documents_reference']):,}"


def _tests(rows: pd.DataFrame) -> int:
    """Give how many words were tested."""
    return int(rows["n_tests"].max()) if len(rows) else 0


@in_house_style
def draw_occupations(occupations: Any, ax: Axes | None = None) -> Axes:
    """Draw the share of feminine pronouns near each occupation against the share of women who work in it.

    Parameters
    ----------
    occupations : pandas.DataFrame
        What `leakkit.occupation_pronouns` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        On the dashed diagonal, text and labour statistics agree. The ten furthest from it bear their names;
        a hollow dot is not told from the labour share after correction.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> found = lk.occupation_pronouns(["The nurse said he was late."] * 20)
    >>> draw_occupations(found).get_title(loc="left")
    'Of 1 occupation, 0 stand above and 1 below labour statistics'
    >>> plt.close()
    """
    frame = take_frame(occupations, OCCUPATION_PRONOUNS)
    drawn = frame[frame["share"].notna() & frame["labour_share"].notna()]
    ax = ax or new_figure(13)[1][0]
    ax.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle="--", zorder=1)
    for r in drawn.itertuples():
        chance = is_chance(r.p_adjusted)
        ax.vlines(
            float(r.labour_share),
            float(r.low),
            float(r.high),
            color=BLUE,
            linewidth=1.5,
            alpha=0.45,
            zorder=2,
        )
        ax.plot(float(r.labour_share), float(r.share), "o", color=BLUE, markersize=6, zorder=3,
                markerfacecolor="white" if chance else BLUE, clip_on=False)  # fmt: skip
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel="women among the employed (labour statistics)",
           ylabel="feminine of all pronouns near it")  # fmt: skip
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axis.set_major_formatter(lambda value, _: f"{round(100 * value, 6):g}%")
    ax.grid(color="#D9D9D9", linewidth=0.6)
    sure = told_from_chance(drawn)
    above = int(sure["excess"].gt(0).sum())
    below = len(sure) - above
    words = (
        f"Of {count_words(len(drawn), 'occupation')}, {above} stand above and {below} below labour statistics"
    )
    set_title(ax, words)
    far = drawn.assign(_far=drawn["excess"].abs()).sort_values("_far", ascending=False, kind="stable")
    if drawn.empty:
        say_nothing(ax)
    n = f"n = {int((drawn['feminine'] + drawn['masculine']).sum()):,} documents with pronouns of one kind"
    aside = len(frame) - len(drawn)
    write_note(
        ax.figure, [n, "dashed: both agree", HOLLOW], aside, "occupations without pronouns or statistics"
    )
    _name_points(ax, far.head(MOST_BARS), drawn)
    return ax


def _name_points(ax: Axes, points: pd.DataFrame, drawn: pd.DataFrame) -> None:
    """Write names beside points where no other name or dot stands; one without room is left unnamed."""
    figure: Any = ax.figure
    figure.draw_without_rendering()
    spots = drawn[["labour_share", "share"]].astype(float).to_numpy()
    dots, taken = ax.transData.transform(spots), list[Any]()
    for r in points.itertuples():
        at = (float(r.labour_share), float(r.share))
        others = [dot for dot in dots if np.hypot(*(dot - ax.transData.transform(at))) > 1]
        for dx, dy in PLACES:
            text = ax.annotate(
                label(r.occupation, 24), at, (dx, dy), textcoords="offset points", va="center", fontsize=8.2,
                ha="left" if dx > 0 else "right", parse_math=False,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
            )  # fmt: skip
            if _has_room(ax, text.get_window_extent(), others, taken):
                taken.append(text.get_window_extent())
                break
            text.remove()


def _has_room(ax: Axes, box: Any, dots: list[Any], taken: list[Any]) -> bool:
    """Tell whether a name stands inside the axes, on no dot and on no other name."""
    inside = ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1 and ax.bbox.y0 <= box.y0 and box.y1 <= ax.bbox.y1
    return (
        inside and not any(box.padded(4).contains(*dot) for dot in dots) and not any(map(box.overlaps, taken))
    )


@in_house_style
def draw_associations(associations: Any, ax: Axes | None = None) -> Axes:
    """Draw effect sizes of word embedding association tests with the band that random targets reach.

    Parameters
    ----------
    associations : pandas.DataFrame
        What `leakkit.embedding_associations` gives.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        The wide grey bar holds 95 of 100 effects of random target sets of like frequency: a dot within it
        says nothing about these targets.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import leakkit as lk
    >>> words = ["rose", "tulip", "wasp", "gnat", "joy", "peace", "filth", "agony"]
    >>> vectors = [[1, 0.1], [1, 0.2], [0.1, 1], [0.2, 1], [1, 0], [0.9, 0], [0, 1], [0, 0.9]]
    >>> made = lk.Embeddings.from_vectors(words, vectors)
    >>> found = lk.embedding_associations(made, x=words[:2], y=words[2:4], a=words[4:6], b=words[6:])
    >>> draw_associations(found).get_title(loc="left")
    '0 of 1 test told from chance'
    >>> plt.close()
    """
    frame = take_frame(associations, EMBEDDING_ASSOCIATIONS)
    drawn = frame[frame["effect_size"].notna()]
    shown = show_first(drawn, "effect_size")
    ax = ax or new_figure(len(shown))[1][0]
    words = [
        f"{number_words(r.effect_size, sign=True)}, {p_words(r.p_adjusted)}"
        f"{' by documents' if by_documents(r.p_value, r.p_documents) else ''}; {float(r.coverage):.0%} of words known"
        for r in shown.itertuples()
    ]
    blank = [None] * len(shown)
    band = Dots(
        blank,
        list(shown["null_low"]),
        list(shown["null_high"]),
        [""] * len(shown),
        colour="#C9C9C9",
        width=11,
    )
    dots = Dots.of(shown, "effect_size", words, hollow=hollow_where_chance(shown))
    draw_dots(ax, list(shown["test"]), [band, dots], line=0.0, spread=False)
    plain_axis(ax, "effect size, -2 to 2 (dot), interval (line), random targets (grey bar)")
    sure = len(told_from_chance(drawn))
    set_title(ax, f"{sure} of {count_words(len(drawn), 'test')} told from chance")
    warned = int(drawn["warning"].fillna("").ne("").sum())
    found, asked = (int((drawn[f"{a}_x"] + drawn[f"{a}_y"]).sum()) for a in ("n", "of"))
    n = [f"n = {found:,} target words of {asked:,}"]
    n += [f"tests with a warning: {warned}"] if warned else []
    aside = len(frame) - len(drawn)
    n += [f"without a figure: {aside}"] if aside else []
    write_note(ax.figure, [*n, HOLLOW], len(drawn) - len(shown), "tests")
    return ax
