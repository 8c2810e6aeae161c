"""How every figure looks: palette, settings, bars with their values, n and unknowns in a note.

House rules: bars start at zero and are sorted, at most ten; n and what is unknown are printed; colour
never stands alone (a hatch, a marker or a label goes with it); text from a leak is escaped first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeVar, cast

from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BLUE, VERMILION, GREEN, PURPLE, GREY, INK = "#0072B2", "#D55E00", "#00875F", "#A3508A", "#767676", "#1A1A1A"
"""Okabe and Ito's colours (2008), green and purple darkened until each keeps 3:1 against white."""

Draw = TypeVar("Draw", bound=Callable[..., Any])

MOST_BARS = 10
NOTE_WIDTH = 105
"""Characters a line of the note under a figure holds."""

STYLE: Any = {
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


def in_house_style(draw: Draw) -> Draw:
    """Let a draw function use `STYLE`, whatever a notebook's own settings are."""

    @wraps(draw)
    def styled(*arguments: Any, **options: Any) -> Any:
        import matplotlib

        with matplotlib.rc_context(STYLE):
            return draw(*arguments, **options)

    return cast(Draw, styled)


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


def new_figure(n_bars: int, columns: int = 1) -> tuple[Any, list[Axes]]:
    """Make a figure as high as its bars need."""
    import matplotlib.pyplot as plt

    size = (7.2, 1.5 + 0.29 * max(n_bars, 3))
    figure, axes = plt.subplots(1, columns, figsize=size, layout="constrained", squeeze=False)
    return figure, list(axes[0])


def draw_bars(
    ax: Axes, names: Sequence[Any], values: list[int], texts: list[str], colour: str, hatch: str = ""
) -> None:
    """Draw sorted horizontal bars with their values written at the end."""
    places = range(len(values))
    bars = ax.barh(places, values, color=colour, hatch=hatch, edgecolor="white", linewidth=0, height=0.68)
    ax.bar_label(bars, texts, padding=3, fontsize=8.5, parse_math=False)
    _name_rows(ax, names, max(values, default=0))


def draw_stack(
    ax: Axes, table: pd.DataFrame, marks: dict[str, tuple[str, str, str]], sums: pd.Series
) -> None:
    """Draw stacked bars, one colour and hatch a column, the total at the end; `sums` go in the legend."""
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


def _name_rows(ax: Axes, names: Sequence[Any], longest: int) -> None:
    """Write the row names, first on top, and make room for values at the end of the bars."""
    ax.set_yticks(range(len(names)), [label(n).replace("_", " ") for n in names], parse_math=False)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.set_xlim(0, longest * 1.25 or 1)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=4, integer=True)
    if not longest:
        say_nothing(ax)


def say_nothing(ax: Axes) -> None:
    """Say that there is nothing to draw, and take the scale away."""
    ax.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=ax.transAxes)
    ax.set(xticks=[], yticks=[])


def cross_counts(rows: pd.Series, columns: pd.Series, wanted: list[str]) -> pd.DataFrame:
    """Count pairs of values; one row a value of `rows`, one column for each of `wanted`."""
    counts = rows.to_frame("row").assign(column=columns.to_numpy()).value_counts().unstack(fill_value=0)
    return counts.reindex(columns=wanted, fill_value=0)


def write_note(figure: Any, parts: list[str], left_out: int, what: str) -> None:
    """Write n, the unknowns and what was left out under the figure."""
    if left_out > 0:
        parts = [*parts, f"{what} not drawn: {left_out}"]
    note = "\n".join(wrap("; ".join(parts), NOTE_WIDTH, break_on_hyphens=False))
    figure.supxlabel(note, fontsize=8.5, x=0.01, ha="left", color="#404040")
