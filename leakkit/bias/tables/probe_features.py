"""Which columns of a leaked table a model is trained on, and how they are given to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.columns import group_columns, several_names
from leakkit.bias.tables.labels import name_some
from leakkit.bias.tables.telling import Values, deal_folds, measure_telling, read_values
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Columns = list[tuple[str, pd.Series]]

MOST_LABELS = 500
"""Most labels of a column that a model is trained on; more are names."""
TOO_GOOD = 0.99
"""Area under the curve from which on a column alone tells the outcome suspiciously well."""


def pick_features(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    features: Sequence[str] | None,
    with_group: bool,
    event: NDArray[np.int64],
    seed: int,
) -> tuple[Columns, list[str]]:
    """Give the columns to train on, and notes on those left out."""
    groups = several_names(frame, group)
    named = [one for one in groups if not hasattr(one, "shape")]
    own = named if hasattr(outcome, "shape") else [outcome, *named]
    wanted = list(frame.columns) if features is None else list(features)
    if features is not None and any(one == outcome for one in wanted if not hasattr(outcome, "shape")):
        raise BadParameterError(
            "Expected features other than the outcome", "found the outcome among them", "leave it out"
        )
    wanted = [name for name in wanted if name not in own]
    columns = group_columns(frame, wanted, "features") if wanted else []
    if with_group:
        columns = [*columns, *group_columns(frame, groups, "group")]
    kept, notes = _sound(columns, features is not None, event, seed)
    if not kept:
        raise BadParameterError(
            "Expected at least one column to train on", "found none", "; ".join(notes) or "name features"
        )
    if not with_group:
        notes.append(f"The model does not see {name_some([printable(str(name), 60) for name in named])}.")
    return kept, notes


def _sound(columns: Columns, named: bool, event: NDArray[np.int64], seed: int) -> tuple[Columns, list[str]]:
    """Leave columns out that name rows or say nothing; say which tell the outcome too well."""
    kept: Columns = []
    out: dict[str, list[str]] = {}
    good: list[str] = []
    for name, column in columns:
        values = read_values(name, column)
        if why := _why_not(values, column, named):
            out.setdefault(why, []).append(name)
            continue
        kept.append((name, column))
        fold = deal_folds(event, values.codes, 5, seed)
        if measure_telling(values.codes, event == 1, fold, 5).area >= TOO_GOOD:
            good.append(name)
    notes = [f"Not trained on {name_some(names, 10)}: {why}." for why, names in out.items()]
    if good:
        notes.append(
            f"{name_some(good)} alone tells the outcome almost wholly: was it written after the outcome? "
            "If so, leave it out with `features`."
        )
    return kept, notes


def _why_not(values: Values, column: pd.Series, named: bool) -> str:
    """Say why a column is not trained on; empty where it is."""
    from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

    if is_datetime64_any_dtype(column):
        return "dates"
    if values.codes.max() == values.codes.min():
        return "one value only"
    if named:
        return ""
    if values.id_like or (values.n_values > MOST_LABELS and not is_numeric_dtype(column)):
        return "they number rows or name persons"
    return ""


def content_order(columns: pd.DataFrame, others: Sequence[NDArray[Any]]) -> NDArray[np.intp]:
    """Give the places of the rows in an order that follows from what they hold, not from where they stand.

    Rows that are alike in the prepared columns and in `others` (codes) follow each other as they stand.
    """
    import pandas as pd

    names = sorted(columns.columns)  # the order of the columns does not matter either
    ranks = [pd.factorize(columns[name], sort=True)[0] for name in names]
    return np.lexsort((*reversed(ranks), *reversed(others)))


def prepared(columns: Columns) -> pd.DataFrame:
    """Give numbers as floats and all else as text; a missing label is a label."""
    import pandas as pd
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    made: dict[str, Any] = {}
    for name, column in columns:
        if is_numeric_dtype(column) and not is_bool_dtype(column):
            numbers = column.to_numpy(dtype=float, na_value=np.nan)
            made[name] = np.where(np.isfinite(numbers), numbers, np.nan)
        else:
            texts = column.astype(object).where(column.notna(), "(missing)")
            made[name] = np.array([str(value) for value in texts], dtype=object)
    return pd.DataFrame(made)
