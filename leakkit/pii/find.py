"""Find personal data and secrets in texts: values in, findings frame out."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.pii.detector import Detector
from leakkit.pii.masking.case import Case
from leakkit.pii.setup import Setup, make_setup

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_BATCH_BYTES = 8 * 2**20
_ONE_AT_A_TIME = threading.RLock()
"""Held while a batch is searched: engines and what is remembered are shared by all threads of a process."""


def find_pii(
    texts: Any,
    *,
    detectors: Sequence[str | Detector] | str | Detector | None = None,
    names: str | None = "auto",
    fields: str | Sequence[str] | None = None,
    path: str | None = None,
    case: Case | None = None,
    min_likelihood: str | None = None,
    layout: str = "auto",
) -> pd.DataFrame:
    """Find personal data and secrets in texts.

    Parameters
    ----------
    texts : str, list of str, Series or DataFrame
        What to search. Of a frame every text column is searched, its name being the field. Missing
        values are skipped. Bytes are read as UTF-8, what is none of it as U+FFFD.
    detectors : sequence of str or Detector, optional
        Ids, entities, families, detectors, or paths of TOML files with some; all that are not quiet
        when left out.
    names : str or None
        Back end for names of people, places and organisations: "auto" and "builtin" take the kit's own
        tagger; None looks for none, which is many times faster.
    fields : str or sequence of str, optional
        Name of the field of all texts, or one for each: a telling name ("phone") makes findings surer.
    path : str, optional
        Stands in the column `path` of all findings.
    case : Case, optional
        Gives the keys of values; the session's own when left out.
    min_likelihood : str, optional
        Leave out what is below this level.
    layout : {'auto', 'none'}
        Whether a text that is itself CSV, SQL, JSON or the like is taken apart, so that a column's name
        speaks for its values.

    Returns
    -------
    pandas.DataFrame
        A findings frame (see ``lk.frames.FINDINGS.describe()``), one row a span, sorted. `row` is the
        place of the text in the input, from 0; `start` and `end` count code points, as Python and pandas
        do. The values themselves are not in it.

    Raises
    ------
    BadParameterError
        `texts` is of another type, or a parameter is unknown.

    Notes
    -----
    A likelihood is the kit's own weighing of evidence, no probability. Placeholders (documentation and
    test values) are found and marked: leave them out before you count.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.find_pii(["write to ana@example.com"], names=None)
    >>> found[["row", "start", "end", "entity", "placeholder"]].values.tolist()
    [[0, 9, 24, 'EMAIL', True]]
    """
    from leakkit.frames import FINDINGS

    setup = make_setup(detectors, names=names, case=case, min_likelihood=min_likelihood, layout=layout)
    found: list[pa.RecordBatch] = []
    for batch in _batches(texts, fields, path):
        found += find_batch(batch, setup).to_batches()
    return FINDINGS.from_batches(found)


def find_batch(batch: pa.RecordBatch, setup: Setup) -> pa.Table:
    """Find personal data and secrets in one batch of records.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Columns path, row, field, text, as ``leak.records()`` gives them.
    setup : Setup
        From `make_setup`.

    Returns
    -------
    pyarrow.Table
        Findings in the Arrow schema of the findings frame, by row of the batch, then place.
    """
    from leakkit.pii.findings import plain

    return plain(find_coded(batch, setup))


def find_coded(batch: pa.RecordBatch, setup: Setup) -> pa.Table:
    """Find the same; string columns with few different values may be dictionaries, in which texts may stand twice."""
    with _ONE_AT_A_TIME, _uncollected():
        from leakkit.pii.by_chance import without_chance
        from leakkit.pii.catalogues import without_labels
        from leakkit.pii.elements import with_elements
        from leakkit.pii.line_ids import with_line_ids
        from leakkit.pii.message_ids import without_message_ids
        from leakkit.pii.nobody.find import without_nobody, without_services
        from leakkit.pii.readings.second import with_readings
        from leakkit.pii.record_ids import with_record_ids
        from leakkit.pii.row_logins import with_row_logins
        from leakkit.pii.telephones_of_languages import without_other_languages
        from leakkit.pii.unnamed_ids import with_unnamed_ids

        found = with_readings(batch, _plainly(batch, setup), setup, lambda some: _plainly(some, setup))
        found = without_other_languages(batch, found)
        found = without_labels(batch, without_chance(batch, found))
        found = without_services(batch, without_message_ids(batch, found), setup)
        found = with_row_logins(batch, found, setup)
        found = with_line_ids(batch, with_record_ids(batch, found, setup), setup)
        found = with_unnamed_ids(batch, found, setup)
        return with_elements(batch, without_nobody(batch, found, setup), setup)


def _plainly(batch: pa.RecordBatch, setup: Setup) -> pa.Table:
    """Find what stands in texts as they are."""
    if setup.names is None:
        return _without_names(batch, setup)
    from leakkit.pii.findings import plain
    from leakkit.pii.spans_named import with_names

    return with_names(batch, setup, lambda some, own: plain(_without_names(some, own)))


def _unlocked() -> None:
    """Begin anew in a process that was forked while another thread searched."""
    global _ONE_AT_A_TIME
    _ONE_AT_A_TIME = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlocked)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no search for cycles begin: a batch makes many small objects, none of which are part of one."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _without_names(batch: pa.RecordBatch, setup: Setup) -> pa.Table:
    """Find what detectors find: a value and its field's name tell all, so equal ones are searched once.

    Short cells whose whole value is a finding, or in which nothing can be one, are told column by column.
    """
    import pyarrow as pa

    from leakkit.pii.findings import coded_table, columns_of_found
    from leakkit.pii.matching.buffers import join_arrow
    from leakkit.pii.repeats import with_repeats
    from leakkit.pii.spans import find_columns
    from leakkit.pii.weighing.memory import halfway
    from leakkit.pii.whole.find import find_whole, put_together

    def search(texts: pa.Array, fields: pa.Array) -> tuple[np.ndarray, dict[str, Any]]:
        found = find_columns(join_arrow(texts), fields, setup)
        return found.rows, columns_of_found(found, setup)

    whole, rest = find_whole(batch, setup)
    halfway()
    if whole is not None and not len(rest):
        return coded_table(batch, *whole)
    left = batch if len(rest) == batch.num_rows else batch.take(rest)
    places, found = with_repeats(left.column("text"), left.column("field"), search)
    if whole is not None:
        found["field"] = left.column("field").take(pa.array(places)).dictionary_encode()
    return coded_table(batch, *put_together(whole, (rest[places], found)))


def _batches(texts: Any, fields: Any, path: str | None) -> Iterator[pa.RecordBatch]:
    """Give the input as batches of records."""
    for field, values in _columns(texts, fields):
        yield from _record_batches(field, values, path)


def _columns(texts: Any, fields: Any) -> Iterator[tuple[Any, Iterable[Any]]]:
    """Give the columns of the input: the field's name (or one for each value) and the values."""
    import pandas as pd

    if isinstance(texts, (str, bytes)):
        yield _field(fields, 1), [texts]
    elif isinstance(texts, pd.DataFrame):
        for name, column in texts.items():
            if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
                yield _field(fields, len(column)) or str(name), column
    elif isinstance(texts, pd.Series):
        yield _field(fields, len(texts)) or ("" if texts.name is None else str(texts.name)), texts
    elif isinstance(texts, Iterable) and not isinstance(texts, dict):
        values = list(texts)
        yield _field(fields, len(values)), values
    else:
        raise BadParameterError(
            "Expected a text, a list of texts, a Series or a DataFrame",
            f"found {type(texts).__name__}",
            "pass the texts themselves; for a leak on disk use lk.scan()",
        )


def _field(fields: Any, count: int) -> Any:
    """Give the field's name, or one for each value."""
    if fields is None or isinstance(fields, str):
        return fields or ""
    names = [str(name) for name in fields]
    if len(names) != count:
        raise BadParameterError(
            f"Expected one name, or one for each of the {count} texts",
            f"found {len(names)}",
            "correct fields",
        )
    return names


def _record_batches(field: Any, values: Iterable[Any], path: str | None) -> Iterator[pa.RecordBatch]:
    """Give one column as batches of a bounded size; missing values are left out."""
    held: list[tuple[int, str, str]] = []
    size = 0
    for row, value in enumerate(values):
        text = _text(value, row)
        if not text:
            continue
        held.append((row, field if isinstance(field, str) else field[row], text))
        size += len(text)
        if size >= _BATCH_BYTES:
            yield _batch(held, path)
            held, size = [], 0
    if held:
        yield _batch(held, path)


def _text(value: Any, row: int) -> str:
    """Give a value as text that UTF-8 can carry; nothing for a missing one."""
    from leakkit.pii.matching.buffers import check_length

    if isinstance(value, bytes):
        check_length(len(value))
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        if value is None or value is np.nan or value != value or type(value).__name__ == "NAType":
            return ""
        if isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_)):
            return str(value)
        return ""
    check_length(len(value))
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    return value


def _batch(held: list[tuple[int, str, str]], path: str | None) -> pa.RecordBatch:
    """Pack one batch."""
    import pyarrow as pa

    from leakkit.leak.records.stream import schema

    rows, fields, texts = zip(*held, strict=True)
    arrays = [
        pa.array([path] * len(rows), pa.string()),
        pa.array(rows, pa.int64()),
        pa.array(fields, pa.string()),
        pa.array(texts, pa.large_string()),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema())
