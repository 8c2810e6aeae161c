"""Which columns make rows unique, and what coarser values would change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from leakkit.pii.risk.classes import Codes, Column, class_sizes, encode

SAMPLED = 500
_DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?:[T ].*)?")
_YEAR = r"(\d{4})"
_POSTCODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 \-]{3,9}")
_POSTCODE_NAME = re.compile(r"zip|post|plz|cap$|cep|pin.?code", re.IGNORECASE)


def figures(sizes: Codes) -> dict[str, float]:
    """Give k, rows and share that are unique, share in classes below 5, and the mean risk of a row."""
    n = int(sizes.sum())
    alone = int((sizes == 1).sum())
    return {
        "k": int(sizes.min()) if n else 0,
        "unique_rows": alone,
        "unique_share": alone / n if n else np.nan,
        "below_5_share": float(sizes[sizes < 5].sum()) / n if n else np.nan,
        "mean_risk": len(sizes) / n if n else np.nan,
    }


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Pack rows into a frame with nullable dtypes."""
    frame = pd.DataFrame(rows)
    kinds = {"k": "Int64", "unique_rows": "Int64", "n_values": "Int64", "step": "Int64"}
    for name in frame.columns:
        number = pd.api.types.is_numeric_dtype(frame[name].dtype)
        frame[name] = frame[name].astype(kinds.get(name) or ("Float64" if number else "string"))
    return frame


def without_each(columns: Sequence[Column], n_rows: int) -> pd.DataFrame:
    """Give the figures with each column left out, the one that lowers uniqueness most first."""
    whole = figures(class_sizes(columns, n_rows))
    rows = []
    for column in columns:
        rest = [other for other in columns if other is not column]
        found = figures(class_sizes(rest, n_rows))
        gain = whole["unique_share"] - found["unique_share"]
        values = int(np.count_nonzero(np.bincount(column.codes, minlength=1))) if n_rows else 0
        rows.append({"left_out": column.name, "n_values": values, **found, "unique_share_less": gain})
    made = table(rows)
    return made.sort_values(["unique_share_less", "left_out"], ascending=[False, True], ignore_index=True)


def fewest_columns(columns: Sequence[Column], n_rows: int, share: float = 0.5) -> pd.DataFrame:
    """Add columns one by one, the one that makes most rows unique first, until `share` of rows are unique.

    A greedy search: a smaller set may exist.
    """
    chosen: list[Column] = []
    rows: list[dict[str, object]] = []
    left = list(columns)
    while left and (not rows or float(str(rows[-1]["unique_share"])) < share):
        tried = [(figures(class_sizes([*chosen, c], n_rows)), c) for c in left]
        best, column = max(tried, key=lambda pair: (pair[0]["unique_share"], pair[0]["mean_risk"]))
        chosen.append(column)
        left.remove(column)
        rows.append({"step": len(rows) + 1, "added": column.name, **best})
    return table(rows)


def suggestions(frame: pd.DataFrame, columns: Sequence[Column], n_rows: int) -> pd.DataFrame:
    """Give what coarser values of one column, and of all at once, would bring."""
    rows: list[dict[str, object]] = [
        {"column": "", "change": "as it is", **figures(class_sizes(columns, n_rows))}
    ]
    coarse: dict[str, Column] = {}
    for place, column in enumerate(columns):
        for change, values in coarser(column.name, frame[column.name]):
            made = encode(column.name, values)
            coarse[column.name] = made
            tried = [*columns[:place], made, *columns[place + 1 :]]
            rows.append({"column": column.name, "change": change, **figures(class_sizes(tried, n_rows))})
    if len(coarse) > 1:
        every = [coarse.get(column.name, column) for column in columns]
        row = {"column": "", "change": "the coarsest of each above", **figures(class_sizes(every, n_rows))}
        rows.append(row)
    return table(rows)


def coarser(name: str, values: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give coarser forms of a column: dates to month, year and decade, post codes to three signs, numbers to bands."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        yield "date to month", values.dt.year * 100 + values.dt.month
        yield "date to year", values.dt.year
        yield "date to decade", values.dt.year // 10
    elif pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype):
        yield from _numbers(values)
    elif pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
        yield from _texts(name, values)


def _numbers(values: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give numbers in bands, where there are many different ones."""
    known = values.dropna()
    if known.nunique() <= 20:
        return
    span = float(known.max()) - float(known.min())
    for width in (5, 10) if 20 <= span <= 150 else (span / 20, span / 5):
        yield f"number to bands of {width:g}", values.floordiv(width)


def _texts(name: str, values: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give texts that are dates by year, and post codes by their first signs."""
    sample = values.dropna().head(SAMPLED).astype(str)
    if not len(sample):
        return
    text = values.astype("string")
    if sample.str.fullmatch(_DATE.pattern).mean() > 0.9:
        year = text.str.extract(_YEAR, expand=False)
        yield "date to year", year
        yield "date to decade", year.str[:3]
    elif _POSTCODE_NAME.search(name) and sample.str.fullmatch(_POSTCODE.pattern).mean() > 0.8:
        yield "post code to three signs", text.str[:3]
        yield "post code to two signs", text.str[:2]
