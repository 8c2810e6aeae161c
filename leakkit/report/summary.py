"""The inventory in a few lines of plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.display.cells import cell_text
from leakkit.display.tables import plain_table
from leakkit.leak.exposure import key_figures, measure_exposure
from leakkit.report.index import figure_words

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("kind", "held", "bytes_held", "only_claimed", "bytes_claimed")
_MOST = 10


def summary(artifacts: pd.DataFrame, name: str) -> str:
    """Give key figures, members by kind, and the members that need a look, every name escaped.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.
    name : str
        What the leak is called.
    """
    figures = [figure_words(row) for row in key_figures(artifacts).to_dict("records")]
    lines = [f"{row['figure']:<20}{row['value']:>12}  {row['whole']}".rstrip() for row in figures]
    counts = measure_exposure(artifacts, "kind")[list(_COLUMNS)]
    parts = ["\n".join((f"Inventory of {name}", *lines)), _table(counts, "By kind")]
    dangerous = artifacts[artifacts["danger"].isin(["yes", "review"]).fillna(False)]
    broken = artifacts[artifacts["status"].ne("ok")]
    parts.append(_table(dangerous[["path", "danger", "danger_rules"]], "Dangerous, or to review"))
    parts.append(_table(broken[["path", "status", "error"]], "Not readable"))
    return "\n\n".join(part for part in parts if part)


def _table(frame: pd.DataFrame, title: str) -> str:
    """Give the first rows as aligned text under a title; nothing for an empty frame."""
    if frame.empty:
        return ""
    shown = frame.head(_MOST)
    left_out = len(frame) - len(shown)
    title += f" (first {_MOST} of {len(frame):,}; --out writes all)" if left_out else ""
    columns = [str(name) for name in frame.columns]
    body = [[cell_text(value, name, limit=60) for name, value in zip(columns, row, strict=True)]
            for row in shown.itertuples(index=False)]  # fmt: skip
    right = [name.startswith(("bytes", "held", "only")) for name in columns]
    return plain_table([name.replace("_", " ") for name in columns], body, right, title)
