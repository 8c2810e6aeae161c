"""One named table of decisions: rates as its row says, its frames put in place, and the answers for no table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leakkit.bias.tables.adjustment import Adjustment
from leakkit.bias.tables.groups import rate_groups
from leakkit.bias.tables.probe import Probe
from leakkit.bias.tables.result import GroupRates
from leakkit.frames import (
    ADJUSTED,
    CALIBRATION,
    COEFFICIENTS,
    FOUR_FIFTHS,
    GROUP_COMPARISONS,
    GROUP_GAPS,
    GROUP_RATES,
    STRATA,
    STRATIFIED,
)
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd


def measure_row(table: pd.DataFrame, row: Mapping[str, Any], options: Mapping[str, Any]) -> GroupRates:
    """Measure one table as its row says; `options` go first."""
    said = {
        name: row[name]
        for name in ("favourable", "positive", "prediction", "score", "by", "reference")
        if row.get(name) is not None
    }
    given = dict(options)
    group = given.pop("group", row["group"])
    if not isinstance(group, str):
        said.pop("reference", None)
    return rate_groups(table, given.pop("outcome", row["outcome"]), group, **{**said, **given})


def place_first(frame: pd.DataFrame, path: str, topic: str) -> pd.DataFrame:
    """Give a frame with the path and topic of its table in front."""
    import pandas as pd

    placed = frame.copy()
    for place, (name, value) in enumerate((("path", printable(path, 200)), ("topic", printable(topic, 60)))):
        placed.insert(place, name, pd.Series([value] * len(frame), index=frame.index, dtype="string"))
    return placed


def no_rates() -> GroupRates:
    """Give the rates of no table."""
    frames = (GROUP_RATES, GROUP_COMPARISONS, GROUP_GAPS, FOUR_FIFTHS, STRATA, STRATIFIED, CALIBRATION)
    return GroupRates(*(frame.from_rows([]) for frame in frames))


def no_adjustment(*notes: str) -> Adjustment:
    """Give the adjustment of no table."""
    return Adjustment(ADJUSTED.from_rows([]), COEFFICIENTS.from_rows([]), notes, 0, "logistic")


def no_probe(*notes: str) -> Probe:
    """Give the probe of no table."""
    import pandas as pd

    nothing = float("nan")
    predictions = pd.Series([], dtype=float, name="predicted")
    return Probe(no_rates(), nothing, nothing, nothing, predictions, (), notes)


def text_of(cell: Any) -> str:
    """Give a text cell, empty where it is missing."""
    return cell if isinstance(cell, str) else ""
