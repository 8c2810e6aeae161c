"""Columns of a user's table, checked: by name or as values; scores, weights and counts as numbers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.labels import name_some
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


_LARGEST_COUNT = 2.0**53
"""Whole numbers above it are not told apart any more."""


def pick_column(frame: pd.DataFrame, wanted: Any, argument: str) -> tuple[str, pd.Series]:
    """Give name and values of a column that is named, or of values (one a row) that are given."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise BadFrameError(
            "Expected a pandas DataFrame", f"found {type(frame).__name__}", "make one of it first"
        )
    if isinstance(wanted, pd.Series | np.ndarray | pd.api.extensions.ExtensionArray):
        return _values(frame, wanted, argument)
    if not isinstance(wanted, Hashable) or wanted not in frame.columns:
        names = [printable(str(name), 60) for name in frame.columns]
        raise BadFrameError(
            f"Expected a column for {argument}",
            f"found no {printable(str(wanted), 60)!r} among {name_some(names, 10)}",
            "check the spelling",
        )
    column = frame[wanted]
    if isinstance(column, pd.DataFrame):
        raise BadFrameError(
            f"Expected one column {printable(str(wanted), 60)!r}",
            f"found {column.shape[1]}",
            "rename all but one",
        )
    return printable(str(wanted), 60), column


def _values(frame: pd.DataFrame, values: Any, argument: str) -> tuple[str, pd.Series]:
    """Take values instead of a name; they stand in the order of the rows."""
    import pandas as pd

    if len(values) != len(frame) or getattr(values, "ndim", 1) != 1:
        raise BadParameterError(
            f"Expected one value of {argument} for each of {len(frame):,} rows",
            f"found {len(values):,}",
            "give one a row, in the order of the rows",
        )
    named = getattr(values, "name", None)
    return argument if named is None else printable(str(named), 60), pd.Series(values)


def is_number(value: Any) -> bool:
    """Tell whether a value is a finite number, and no truth value."""
    number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    return number and bool(np.isfinite(value))


def check_rows(min_rows: Any) -> None:
    """Refuse what is no least number of rows."""
    if not (is_number(min_rows) and min_rows >= 0):
        raise BadParameterError(
            "Expected min_rows to be a number of 0 or more", f"found {min_rows!r}", "use 10, say"
        )


def several_names(frame: Any, wanted: Any) -> list[Any]:
    """Give the names in a list or tuple; a tuple that names a column (of a MultiIndex) is one name."""
    if isinstance(wanted, tuple) and wanted in getattr(frame, "columns", ()):
        return [wanted]
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def group_columns(frame: pd.DataFrame, wanted: Any, argument: str) -> list[tuple[str, pd.Series]]:
    """Give one column or several, by a name or a list of names."""
    several = several_names(frame, wanted)
    if not several:
        raise BadParameterError(
            f"Expected at least one column for {argument}", "found none", "name one column or several"
        )
    columns = [pick_column(frame, name, argument) for name in several]
    names = [name for name, _ in columns]
    if len(set(names)) < len(names):
        raise BadParameterError(
            f"Expected different columns for {argument}", f"found {name_some(names)}", "name each once"
        )
    return columns


def read_numbers(column: tuple[str, pd.Series], argument: str) -> Floats:
    """Give a column as numbers, NaN where missing; text is an error."""
    import pandas as pd

    name, values = column
    try:
        text = pd.api.types.is_string_dtype(values.dtype) or isinstance(values.dtype, pd.CategoricalDtype)
        if text or pd.api.types.is_complex_dtype(values.dtype):
            raise ValueError
        return np.asarray(values.to_numpy(dtype=float, na_value=np.nan))
    except (TypeError, ValueError):
        raise BadParameterError(
            f"Expected numbers for {argument} in column {name!r}",
            f"found {values.dtype}",
            "turn it into numbers first, with pandas.to_numeric say",
        ) from None


def read_scores(column: tuple[str, pd.Series]) -> Floats:
    """Give scores; an endless one is an error."""
    scores = read_numbers(column, "score")
    if np.isinf(scores).any():
        raise BadParameterError(
            f"Expected finite scores in column {column[0]!r}",
            f"found {int(np.isinf(scores).sum()):,} endless",
            "mend these",
        )
    return scores


def read_weights(frame: pd.DataFrame, weights: Any, counts: Any) -> Floats | None:
    """Give weights or counts of the rows: finite, none below zero; counts are whole."""
    if weights is not None and counts is not None:
        raise BadParameterError("Expected weights or counts", "found both", "multiply them or leave one out")
    if weights is None and counts is None:
        return None
    argument = "weights" if counts is None else "counts"
    column = pick_column(frame, weights if counts is None else counts, argument)
    numbers = read_numbers(column, argument)
    bad = ~np.isfinite(numbers) | (numbers < 0)
    if counts is not None:
        bad |= (np.floor(numbers) != numbers) | (numbers > _LARGEST_COUNT)
    if bad.any():
        kind = "finite weights of at least 0" if counts is None else "whole counts of at least 0"
        raise BadParameterError(
            f"Expected {kind} in column {column[0]!r}",
            f"found {int(bad.sum()):,} others (row {int(np.flatnonzero(bad)[0])} first)",
            "mend these rows or leave them out",
        )
    return _in_range(numbers) if counts is None else numbers


def _in_range(weights: Floats) -> Floats:
    """Scale weights whose squares would be endless or zero; only their ratios matter."""
    largest = weights.max(initial=0.0)
    return weights / largest if largest > 1e100 or 0 < largest < 1e-100 else weights
