"""Bundled tables of facts: legal duties after a leak, and published figures to set harm beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError
from leakkit.frames.incidents import CONFIDENCES
from leakkit.incidents.check import read_table
from leakkit.incidents.tables import HARM_REFERENCE_POINTS, LEGAL_DUTIES, Table

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS: dict[str, Callable[[str], Any]] = {
    "count": int,
    "amount": float,
    "percent": float,
    "year": int,
    "day": datetime.fromisoformat,
}


def load_legal_duties(min_confidence: str = "medium", path: str | Path | None = None) -> pd.DataFrame:
    """Duties to notify after a leak, with deadlines, and ceilings of fines, in 36 jurisdictions.

    Parameters
    ----------
    min_confidence : {'low', 'medium', 'high'}
        Rows of lower confidence are left out. Low ones were recalled, nothing was read.
    path : path, optional
        A table of the same columns; left out, the one that ships with leakkit.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.LEGAL_DUTIES`, sorted by jurisdiction and id. ``deadline_hours`` (Int64) is
        missing where the rule counts business days or months, or has no number.

    Raises
    ------
    BadParameterError
        `min_confidence` is none of the three.
    BadFrameError
        The table has faults; they are named with line and column.

    Notes
    -----
    Misleading: no legal advice. Proposals and repealed rows are in it: look at ``status``. Which duties apply
    depends on facts that no table holds. Amounts carry currencies and are never added up. The fines of EU
    directives are floors for national law. Compiled on 2026-11-22; each row names its source.

    Examples
    --------
    >>> duties = load_legal_duties()
    >>> duties.loc[duties["duty_id"].eq("eu-gdpr-33-authority"), "deadline_hours"].tolist()
    [72]
    """
    from leakkit.frames.facts import LEGAL_DUTIES as FRAME

    return FRAME.from_rows(confident_rows(LEGAL_DUTIES, min_confidence, path))


def load_harm_reference_points(
    min_confidence: str = "medium", path: str | Path | None = None
) -> pd.DataFrame:
    """Published figures on the cost of breaches and on memorised training data.

    Parameters
    ----------
    min_confidence : {'low', 'medium', 'high'}
        Rows of lower confidence are left out.
    path : path, optional
        A table of the same columns; left out, the one that ships with leakkit.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.HARM_REFERENCE_POINTS`: ``value`` as published (string), ``number`` (Float64,
        missing where the value is not one number), ``unit``, ``population_or_model``, ``year``, sources.

    Raises
    ------
    BadParameterError
        `min_confidence` is none of the three.
    BadFrameError
        The table has faults; they are named with line and column.

    Notes
    -----
    Misleading: the costs are means of a survey of chosen firms, no tariff per record and no median. Shares
    are associations in a survey. The report behind them (IBM/Ponemon) is under copyright: cite single figures.

    Examples
    --------
    >>> points = load_harm_reference_points()
    >>> points.loc[points["value"].eq("46 / 32"), "number"].isna().tolist()
    [True]
    """
    from leakkit.frames.facts import HARM_REFERENCE_POINTS as FRAME

    rows = confident_rows(HARM_REFERENCE_POINTS, min_confidence, path)
    return FRAME.from_rows({**row, "number": _number(row["value"])} for row in rows)


def confident_rows(table: Table, min_confidence: str, path: str | Path | None = None) -> list[dict[str, Any]]:
    """Give the rows of a table of facts with numbers as numbers, empty cells as None.

    Raises
    ------
    BadParameterError
        `min_confidence` is none of the three.
    BadFrameError
        The table has faults.
    """
    wanted = wanted_confidences(min_confidence)
    rows = read_table(table, path)
    kinds = {cell.column: cell.kind for cell in table.cells}
    return [_typed(row, kinds) for row in rows if row["confidence"] in wanted]


def wanted_confidences(min_confidence: str) -> tuple[str, ...]:
    """Give the confidences from `min_confidence` upwards."""
    if min_confidence not in CONFIDENCES:
        raise BadParameterError(
            f"Expected min_confidence to be one of {', '.join(CONFIDENCES)}",
            f"found {min_confidence!r}",
            "choose one of them",
        )
    return CONFIDENCES[CONFIDENCES.index(min_confidence) :]


def _typed(row: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Give one row with numbers as numbers and several words as a list."""
    return {column: _value(text, kinds[column]) for column, text in row.items()}


def _value(text: str, kind: str) -> Any:
    """Give the value of a cell; None for an empty one."""
    if kind == "words":
        return text.split(";") if text else []
    return _NUMBERS.get(kind, str)(text) if text else None


def _number(value: str | None) -> float | None:
    """Give a figure as a number where it is one."""
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
