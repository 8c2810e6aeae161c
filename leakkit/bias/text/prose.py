"""Where in a leak people's prose stands, and how to read it text by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leakkit.bias.text.settings import check_whole
from leakkit.errors import BadParameterError
from leakkit.frames import PROSE
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_PLACE = re.compile(r"\[\d+\]")
_PART = re.compile(r"#\d+$")
_PROSE_FORMATS = ("csv", "tsv", "parquet", "arrow", "feather", "jsonl", "json", "sqlite", "mbox", "email")
"""Formats that hold one text a record; a line of a log or of source code is no document."""


def find_prose(leak: Any, *, least_words: int = 8, least_documents: int = 30) -> pd.DataFrame:
    """Fields of the leak whose values are texts that people read: pages, messages, comments.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    least_words : int, default 8
        Words that make a text; shorter values are names, codes, titles.
    least_documents : int, default 30
        Such texts that a field needs; they must also be at least half of its values. A text of more than a
        million characters comes in parts, each of which is one.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.PROSE`, most words first; without rows where there is none.

    Notes
    -----
    Words are counted at blanks, so languages that write without them are undercounted.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = find_prose(lk.open_leak(lk.sample_leak()))
    >>> found.loc[0, "path"], found.loc[0, "field"], int(found.loc[0, "documents"])
    ('datasets/web/crawl-2024-46.parquet', 'text', 2000)
    """
    check_whole(least_words=least_words, least_documents=least_documents)
    counts: dict[tuple[str, str], list[int]] = {}
    for batch in leak.records(formats=_PROSE_FORMATS):
        _count(batch, least_words, counts)
    rows = [
        {
            "path": path,
            "field": field,
            "documents": documents,
            "words": words,
            "words_per_document": words / documents,
        }
        for (path, field), (values, documents, words) in counts.items()
        if documents >= max(least_documents, values / 2)
    ]
    frame = PROSE.from_rows(rows)
    return frame.sort_values(["words", "path", "field"], ascending=[False, True, True], ignore_index=True)


def read_prose(leak: Any, path: str, field: str) -> Iterator[pa.RecordBatch]:
    """Texts of one field of one member as Arrow batches (path, row, field, text), in flat memory.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    path, field : str
        As `find_prose` names them.

    Yields
    ------
    pyarrow.RecordBatch
        The text is the raw content of the leak: do not print it.

    Raises
    ------
    BadParameterError
        Nothing in the leak has this path and field (when the last batch was asked for).

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> sum(b.num_rows for b in read_prose(leak, "datasets/web/crawl-2024-46.parquet", "text"))
    2000
    """
    import pyarrow as pa

    found = False
    for batch in leak.records(paths=[path]):
        names = batch.column("field").dictionary_encode()
        wanted = [_general(name) == field for name in names.dictionary.to_pylist()]
        if not any(wanted):
            continue
        found = True
        yield batch.filter(pa.array(wanted).take(names.indices))
    if not found:
        raise BadParameterError(
            "Expected the path and field of texts in the leak",
            f"found none called {printable(path, 100)!r} and {printable(field, 60)!r}",
            "see find_prose()",
        )


def _general(name: str | None) -> str:
    """Give the name of a field without places in lists and numbers of parts."""
    return _PLACE.sub("[*]", _PART.sub("", name or ""))


def _count(batch: pa.RecordBatch, least_words: int, counts: dict[tuple[str, str], list[int]]) -> None:
    """Add one batch to the values, documents and words of its fields."""
    import numpy as np
    import pyarrow.compute as pc

    words = np.asarray(pc.fill_null(pc.count_substring_regex(batch.column("text"), r"\S+"), 0))
    path = batch.column("path")[0].as_py() if batch.num_rows else ""
    names = batch.column("field").dictionary_encode()
    codes = np.asarray(names.indices)
    for code, name in enumerate(names.dictionary.to_pylist()):
        inside = words[codes == code]
        prose = inside[inside >= least_words]
        tally = counts.setdefault((path, _general(name)), [0, 0, 0])
        tally[0] += len(inside)
        tally[1] += len(prose)
        tally[2] += int(prose.sum())
