"""Rows to equivalence classes: each column to small whole numbers once, all columns to one number, one sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from typing import Any

Codes = NDArray[np.int64]
"""Whole numbers, one a row or one a class."""

_MOST = 2**62
"""Largest number of combinations that one 64-bit number can carry without care."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as codes from 0 to `size` - 1; a missing value is a code of its own, the first."""

    name: str
    codes: Codes
    size: int


def encode(name: str, values: pd.Series) -> Column:
    """Give a column as codes; equal values have equal codes, missing values one of their own.

    Integers of a small span become their distance from the smallest; everything else is looked up.
    """
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return Column(name, values.cat.codes.to_numpy().astype(np.int64) + 1, len(dtype.categories) + 1)
    if pd.api.types.is_bool_dtype(dtype) or pd.api.types.is_integer_dtype(dtype):
        return _of_integers(name, values)
    if _is_arrow_text(values):
        return _of_arrow(name, values)
    codes, uniques = pd.factorize(values, use_na_sentinel=True)
    return Column(name, codes.astype(np.int64) + 1, len(uniques) + 1)


def _of_integers(name: str, values: pd.Series) -> Column:
    """Take integers by their distance from the smallest, where that is not far."""
    missing = values.isna().to_numpy() if values.hasnans else None
    numbers = values.fillna(0).to_numpy() if missing is not None else values.to_numpy()
    if not len(numbers):
        return Column(name, np.zeros(0, np.int64), 1)
    if numbers.dtype == bool:
        numbers = numbers.astype(np.int8)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > max(2**20, 8 * len(numbers)) or high >= 2**63:
        codes, uniques = pd.factorize(numbers)
        codes, size = codes.astype(np.int64) + 1, len(uniques) + 1
    else:
        codes, size = numbers.astype(np.int64) - (low - 1), high - low + 2
    if missing is not None:
        codes[missing] = 0
    return Column(name, codes, size)


def _is_arrow_text(values: pd.Series) -> bool:
    """Tell whether a column is text that Arrow holds."""
    return getattr(values.dtype, "storage", "") == "pyarrow" or isinstance(values.dtype, pd.ArrowDtype)


def _of_arrow(name: str, values: pd.Series) -> Column:
    """Look texts up in Arrow, several times faster than as Python objects."""
    import pyarrow as pa

    array: Any = pa.array(values.array)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    encoded = array.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    return Column(name, codes, len(encoded.dictionary) + 1)


def dense(codes: Codes) -> tuple[Codes, int]:
    """Give codes renumbered without gaps."""
    renumbered, uniques = pd.factorize(codes)
    return renumbered.astype(np.int64), len(uniques)


def combine(columns: Sequence[Column], n_rows: int) -> tuple[Codes, int]:
    """Give one number for each combination of values, and how many there can be.

    Mixed radix; where the product would pass 64 bits, what was combined so far is renumbered, so that no
    number of columns or of values can overflow.
    """
    key, size = np.zeros(n_rows, np.int64), 1
    for column in columns:
        if size * column.size >= _MOST:
            key, size = dense(key)
        codes, card = column.codes, column.size
        if size * card >= _MOST:
            codes, card = dense(codes)
        key = codes if size == 1 else key * card + codes
        size *= card
    return key, size


def sort_codes(key: Codes, size: int) -> NDArray[Any]:
    """Sort numbers below `size`, as 32 bits where they fit."""
    return np.sort(key.astype(np.uint32) if size <= 2**32 else key)


def run_lengths(ordered: NDArray[Any]) -> tuple[Codes, Codes]:
    """Give start and length of each run of equal numbers."""
    if not len(ordered):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return starts, np.diff(starts, append=len(ordered))


def class_sizes(columns: Sequence[Column], n_rows: int) -> Codes:
    """Give the size of each equivalence class, in the order of its code."""
    return run_lengths(sort_codes(*combine(columns, n_rows)))[1]
