"""Draw the VERIS grid of four A's: where incidents fall, by actor and action, asset and attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.incidents.a4 import ACTIONS, ACTORS, ASSETS, ATTRIBUTES, NOT_KNOWN, measure_a4
from leakkit.plots.style import INK, in_house_style, say_nothing, write_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@in_house_style
def draw_a4_grid(incidents: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the VERIS grid: actor and action across, asset and attribute down, incidents in each cell.

    Parameters
    ----------
    incidents : pandas.DataFrame
        Incidents frame.
    ax : matplotlib Axes, optional
        Where to draw; otherwise a new figure.

    Returns
    -------
    matplotlib Axes
        Darker is more; the number stands in the cell. Rows and columns without an incident are left out; an
        incident may stand in several cells.
    """
    import matplotlib.pyplot as plt

    cells = measure_a4(incidents)
    across = [(a, b) for a in ACTORS for b in ACTIONS]
    down = [(a, b) for a in (*ASSETS.values(), NOT_KNOWN) for b in ATTRIBUTES]
    found = {(r.actor, r.action, r.asset, r.attribute): int(r.incidents) for r in cells.itertuples()}
    grid = np.array([[found.get((*top, *side), 0) for top in across] for side in down])
    keep_down, keep_across = np.asarray(grid.any(axis=1)), np.asarray(grid.any(axis=0))
    grid = grid[keep_down][:, keep_across]
    across = [name for name, kept in zip(across, keep_across, strict=True) if kept]
    down = [name for name, kept in zip(down, keep_down, strict=True) if kept]
    if ax is None:
        size = (max(7.2, 2.3 + 0.36 * len(across)), 2.2 + 0.27 * max(len(down), 3))
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    recorded = _with_some(incidents)
    if grid.size:
        _fill_grid(ax, grid, across, down)
        ax.set_title(_message(cells), pad=22)
    else:
        say_nothing(ax)
    notes = [
        f"n = {recorded:,} incidents",
        f"{len(incidents) - recorded:,} with nothing recorded",
        "several cells each",
    ]
    write_note(ax.figure, notes, 0, "")
    return ax


def _filled(value: Any) -> bool:
    """Tell whether a cell of a list column holds something."""
    return hasattr(value, "__len__") and len(value) > 0


def _with_some(incidents: pd.DataFrame) -> int:
    """Count the incidents with at least one of the four A's."""
    lists = incidents[["actor", "action", "asset_variety", "attribute"]]
    return sum(any(map(_filled, row)) for row in lists.itertuples(index=False, name=None))


def _message(cells: pd.DataFrame) -> str:
    """Give the most frequent cell with a known actor and action as the message of the grid."""
    known = cells[cells["actor"].ne(NOT_KNOWN) & cells["action"].ne(NOT_KNOWN)]
    if known.empty:
        return "No actor and action are known together"
    top = known.iloc[0]
    asset = "" if top["asset"] == NOT_KNOWN else f" on a {top['asset']}"
    return f"Most frequent: {top['actor']} {top['action']}{asset}, {top['attribute']}"


def _fill_grid(
    ax: Axes, grid: np.ndarray[Any, Any], across: list[tuple[str, str]], down: list[tuple[str, str]]
) -> None:
    """Colour the cells of the grid, write the numbers and name rows and columns."""
    from matplotlib.colors import LogNorm

    shown = np.where(grid > 0, grid, np.nan).astype(float)
    image = ax.imshow(shown, cmap="Blues", norm=LogNorm(0.5, max(float(grid.max()) * 1.5, 2)), aspect="auto")
    for y, x in np.argwhere(grid > 0):
        red, green, blue, _ = image.cmap(image.norm(grid[y, x]))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.45
        ax.text(
            x, y, f"{grid[y, x]:,}", ha="center", va="center", fontsize=7, color=INK if light else "white"
        )
    ax.set_xticks(range(len(across)), [action for _, action in across], rotation=60, ha="right", fontsize=8)
    ax.set_yticks(range(len(down)), [f"{asset}, {attribute}" for asset, attribute in down], fontsize=8)
    ax.xaxis.tick_bottom()
    for actor in dict.fromkeys(actor for actor, _ in across):
        places = [x for x, (name, _) in enumerate(across) if name == actor]
        place: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        ax.annotate(
            actor, (float(np.mean(places)), 1), (0, 5), ha="center", fontsize=8.5, weight="bold", **place
        )
        ax.axvline(places[0] - 0.5, color="#595959", linewidth=0.8)
    ax.set_xticks(np.arange(-0.5, len(across)), minor=True)
    ax.set_yticks(np.arange(-0.5, len(down)), minor=True)
    ax.grid(which="minor", color="#E5E5E5", linewidth=0.5)
    ax.tick_params(which="both", length=0)
