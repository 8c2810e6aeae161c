"""Where findings of a batch stand: records and members as numbers, and the texts they stand in."""

from __future__ import annotations

from typing import Any

import numpy as np

from leakkit.pii.fields import coded_texts, fields_of

NEAR = 3
"""Records before and after one that may be asked for."""


class Places:
    """Members and records of a batch and of what was found in it, as numbers; a text without a path is a member.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """

    def __init__(self, batch: Any, found: Any) -> None:
        self._batch, self._found = batch, found
        rows = [np.asarray(table.column("row").to_numpy(), np.int64) for table in (batch, found)]
        codes = _together(batch, found, "path")
        self.members = np.where(are_of(found, "path", ""), -1 - rows[1], codes[1])
        """For each finding the number of its member."""
        self.members_of_batch = np.where(are_of(batch, "path", ""), -1 - rows[0], codes[0])
        """For each row the number of its member."""
        width = int(max(one.max(initial=0) for one in rows)) + 2 * NEAR + 1
        self.batch, self.found = (code * width + row + NEAR for code, row in zip(codes, rows, strict=True))
        """For each row, and each finding, the number of its record; those beside it differ by one."""

    def texts(self, chosen: np.ndarray) -> Any:
        """Give the texts in which some findings stand, as an Arrow array."""
        import pyarrow as pa
        import pyarrow.compute as pc

        return pc.fill_null(self._batch.column("text").take(pa.array(self.rows(chosen))), "")

    def rows(self, chosen: np.ndarray) -> np.ndarray:
        """Give the places of the rows in which some findings stand."""
        fields, theirs = _together(self._batch, self._found, "field")
        count = int(max(fields.max(initial=0), theirs.max(initial=0))) + 1
        cells, wanted = self.batch * count + fields, self.found[chosen] * count + theirs[chosen]
        order = np.argsort(cells, kind="stable")
        at: np.ndarray = order[np.minimum(np.searchsorted(cells, wanted, sorter=order), len(order) - 1)]
        return at


def are_of(table: Any, column: str, *wanted: str) -> np.ndarray:
    """Tell which rows of a table have one of some texts in a column."""
    codes, texts = coded_texts(table.column(column))
    return np.array([text in wanted for text in texts], bool)[codes]


def any_holds(texts: Any, pattern: str) -> bool:
    """Tell whether a pattern matches in some text, or where two touch: all are asked as one, which takes no time.

    Examples
    --------
    >>> import pyarrow as pa
    >>> texts = pa.array(["ports:", None, "x"], pa.large_string())
    >>> any_holds(texts, "s:"), any_holds(texts.slice(1), "s:")
    (True, False)
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = texts.cast(pa.large_string())
    if not len(texts):
        return False
    ends = np.frombuffer(texts.buffers()[1], np.int64)[[texts.offset, texts.offset + len(texts)]]
    whole = pa.LargeStringArray.from_buffers(1, pa.py_buffer(ends), texts.buffers()[2])
    found: bool = pc.match_substring_regex(whole, pattern)[0].as_py()
    return found


def _together(first: Any, second: Any, column: str) -> list[np.ndarray]:
    """Give the texts of a column of two tables as numbers, alike for equal ones."""
    known: dict[str, int] = {}
    own = fields_of(first) if column == "field" else coded_texts(first.column(column))
    both = [own, coded_texts(second.column(column))]
    return [
        np.array([known.setdefault(text, len(known)) for text in texts], np.int64)[codes]
        for codes, texts in both
    ]
