"""What a frame of the kit is: columns with dtype, allowed values and meaning.

A `Frame` gives an empty or filled pandas frame with the right dtypes, the matching Arrow schema for
streams of batches, a pandera check that lists every failing row, and a description for readers.
Missing means unknown, never zero: all dtypes are nullable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is string, integer, number, boolean, time, date, category or list (of strings).

    A time is in UTC; a date has no zone. `ordered` says that the allowed values rise; `unique` that no two
    rows have the same; no number is below `minimum`.
    """

    name: str
    kind: str
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    ordered: bool = False
    unique: bool = False
    minimum: int | None = None

    def dtype(self) -> Any:
        """Give the pandas dtype."""
        import pandas as pd
        import pyarrow as pa

        if self.kind == "category":
            return _categories(self.allowed, self.ordered)
        return {
            "string": pd.StringDtype(),
            "integer": pd.Int64Dtype(),
            "number": pd.Float64Dtype(),
            "boolean": pd.BooleanDtype(),
            "time": pd.DatetimeTZDtype("us", "UTC"),
            "date": np.dtype("datetime64[us]"),
            "list": pd.ArrowDtype(pa.list_(pa.string())),
        }[self.kind]

    def array(self, values: pa.ChunkedArray) -> Any:
        """Give the Arrow column as a pandas array; values outside the allowed ones become missing."""
        import pandas as pd

        if self.kind in ("time", "date"):
            return pd.Series(values.to_pandas(), dtype=self.dtype()).array
        if self.kind != "category":
            return self.dtype().__from_arrow__(values)
        encoded = values.combine_chunks().dictionary_encode()
        known = {name: code for code, name in enumerate(self.allowed)}
        codes = np.array([*(known.get(name, -1) for name in encoded.dictionary.to_pylist()), -1])
        indices = encoded.indices.fill_null(len(codes) - 1).to_numpy(zero_copy_only=False)
        return pd.Categorical.from_codes(codes[indices], dtype=self.dtype())

    def arrow_type(self) -> Any:
        """Give the Arrow type of the column in a stream of batches."""
        import pyarrow as pa

        return {
            "string": pa.string(),
            "category": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "time": pa.timestamp("us", tz="UTC"),
            "date": pa.timestamp("us"),
            "list": pa.list_(pa.string()),
        }[self.kind]


@dataclass(frozen=True)
class Frame:
    """A kind of frame: what a row is, what its columns are, by which columns it is sorted."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort_by: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """Arrow schema of the batches this frame is streamed in."""
        import pyarrow as pa

        return pa.schema([(column.name, column.arrow_type()) for column in self.columns])

    def batch(self, rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
        """Pack `rows` (dictionaries; absent keys become missing) into one Arrow batch."""
        import pyarrow as pa

        arrays = [
            pa.array([row.get(column.name) for row in rows], type=column.arrow_type())
            for column in self.columns
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.arrow_schema)

    def from_batches(self, batches: Iterable[pa.RecordBatch]) -> pd.DataFrame:
        """Build the sorted pandas frame from Arrow batches."""
        import pandas as pd
        import pyarrow as pa

        table = pa.Table.from_batches(list(batches), schema=self.arrow_schema)
        columns = {c.name: c.array(table.column(c.name)) for c in self.columns}
        frame = pd.DataFrame(columns, copy=False)
        return frame.sort_values(list(self.sort_by), kind="stable", ignore_index=True)

    def from_rows(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Build the sorted pandas frame from dictionaries; absent keys become missing."""
        given = list(rows)
        return self.from_batches([self.batch(given)]) if given else self._empty.copy()

    @cached_property
    def _empty(self) -> pd.DataFrame:
        """The frame without rows."""
        return self.from_batches([])

    def schema(self) -> pandera.DataFrameSchema:
        """Give the pandera schema: dtypes, allowed values, which columns must be filled."""
        import pandera.pandas as pandera

        return pandera.DataFrameSchema(
            {
                c.name: pandera.Column(
                    c.dtype(),
                    checks=[] if c.minimum is None else [pandera.Check.ge(c.minimum)],
                    nullable=not c.required,
                    unique=c.unique,
                )
                for c in self.columns
            },
            strict=False,
            name=self.name,
        )

    def validate(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give `frame` back when it is one of this kind, else list what is wrong, row by row.

        Raises
        ------
        BadFrameError
            Names the missing columns, or the column, the check and up to ten failing rows.
        """
        missing = [name for name in self.names if name not in frame.columns]
        if missing:
            raise BadFrameError(
                f"Expected the columns of the {self.name} frame",
                f"found no {', '.join(missing)}",
                f"see leakkit.frames.{self.name.upper()}.describe() for what each column holds",
            )
        import pandera.errors

        try:
            return self.schema().validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            cases = error.failure_cases
            places = "; ".join(
                f"column {c}, check {k}" + ("" if i is None or i != i else f", row {i}")
                for c, k, i in zip(
                    cases["column"][:10], cases["check"][:10], cases["index"][:10], strict=True
                )
            )
            raise BadFrameError(
                f"Expected a frame of the kind {self.name}",
                f"found {len(cases)} failure{'' if len(cases) == 1 else 's'} ({places})",
                "mend these rows",
            ) from None

    def failures(self, frame: pd.DataFrame) -> pd.DataFrame:
        """List every cell of `frame` that is not as this kind asks for, by pandera.

        Parameters
        ----------
        frame : pandas.DataFrame
            Any frame; missing columns are failures, more columns are none.

        Returns
        -------
        pandas.DataFrame
            One row a failure: ``row`` (label in `frame`; missing where the whole column fails), ``column``,
            ``check`` (what was expected) and ``value`` (what was found, escaped and cut). Empty where all
            is well.

        Examples
        --------
        >>> import leakkit as lk
        >>> wrong = lk.frames.AI_LEAKS.from_rows([{"incident_id": "a", "title": "t", "confidence": "high"}])
        >>> lk.frames.AI_LEAKS.failures(wrong.assign(title=None))[["row", "column"]].values.tolist()
        [[0, 'title']]
        """
        import pandas as pd
        import pandera.errors

        from leakkit.leak.text import printable

        rows: list[tuple[Any, str, str, str]] = []
        known = frame[[name for name in self.names if name in frame.columns]]
        for column in self.columns:
            if column.name not in known.columns:
                rows.append((pd.NA, column.name, "the column is there", "no such column"))
                continue
            try:
                self.schema().select_columns([column.name]).validate(known[[column.name]], lazy=True)
            except pandera.errors.SchemaErrors as error:
                for case in error.failure_cases.itertuples(index=False):
                    found = printable(str(case.failure_case), 80)
                    label = pd.NA if case.index is None or case.index != case.index else case.index
                    rows.append((label, column.name, str(case.check), found))
        return pd.DataFrame(rows, columns=["row", "column", "check", "value"])

    def describe(self) -> pd.DataFrame:
        """Give a frame with one row a column: column, kind, allowed, meaning (all strings).

        Examples
        --------
        >>> import leakkit as lk
        >>> lk.frames.TENSORS.describe()["column"].tolist()[:3]
        ['model_id', 'path', 'name']
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "column": list(self.names),
                "kind": [c.kind for c in self.columns],
                "allowed": [", ".join(c.allowed) for c in self.columns],
                "meaning": [c.meaning for c in self.columns],
            },
            dtype=pd.StringDtype(),
        )


@cache
def _categories(allowed: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    """Give the dtype of a category; making it anew for each column takes long."""
    import pandas as pd

    return pd.CategoricalDtype(list(allowed), ordered=ordered)
