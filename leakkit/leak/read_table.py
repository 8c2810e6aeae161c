"""One table of a leak as a frame: the first rows, every column, for verdicts on columns and for risk."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from leakkit.errors import BadMemberError, BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.leak.source import Source

TABLE_FORMATS = ("csv", "tsv", "jsonl", "lm-eval-samples", "parquet", "arrow", "feather")
MAX_BYTES = 2**28
"""Text read for one table (bytes); rows beyond it are left out, and `attrs["complete"]` is False."""
_MAX_LINE = 2**20
_MAX_COLUMNS = 2_000


def read_table(source: Source, format: str, rows: int | None = 100_000) -> pd.DataFrame:
    """Read the first rows of one table member.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        As in the artifacts frame, one of `TABLE_FORMATS`.
    rows : int or None
        Most rows; None for all within 256 MiB of text.

    Returns
    -------
    pandas.DataFrame
        A row a record, its index 0 to n - 1. Separated values are text, as pandas infers nothing from
        them here: a postcode keeps its zeros. ``attrs["complete"]`` tells whether the table ended.
        Raw values: do not print it.

    Raises
    ------
    BadMemberError
        The member breaks off before the first row or cannot be read.
    BadParameterError
        The format is no table's, or `rows` is negative.
    """
    if rows is not None and rows < 0:
        raise BadParameterError(
            "Expected a number of rows of 0 or more", f"found {rows}", "leave it out for 100,000"
        )
    if format in ("csv", "tsv"):
        return _separated(source.stream(), format, rows)
    if format in ("jsonl", "lm-eval-samples"):
        return _json_lines(source.stream(), rows)
    if format in ("parquet", "arrow", "feather"):
        return _columnar(source, format, rows)
    raise BadParameterError(
        "Expected a table", f"found the format {format!r}", f"read one of {', '.join(TABLE_FORMATS)}"
    )


def _separated(file: BinaryIO, format: str, rows: int | None) -> pd.DataFrame:
    """Read separated values as text; cells too many are dropped, cells too few are missing."""
    import pandas as pd

    from leakkit.leak.formats.text_tables import csv_rows, delimiter_of, has_header
    from leakkit.leak.lines import CleanText, read_up_to

    stream = CleanText(file)
    head = stream.peek(2**16).decode("utf-8", "replace")
    head = head[: head.rfind("\n") + 1] or head
    delimiter = delimiter_of(head, format)
    sample = [row for row, _ in zip(csv_rows(head, delimiter), range(200), strict=False)]
    if not sample:
        return _frame([], [], True)
    data = read_up_to(cast(BinaryIO, stream), MAX_BYTES)
    whole = not stream.read(1)
    reader = csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""), delimiter=delimiter)
    if has_header(sample):
        next(reader, None)
        names = list(sample[0])
    else:
        names = [f"column_{position}" for position in range(len(sample[0]))]
    names = names[:_MAX_COLUMNS]
    table: list[list[str | None]] = []
    try:
        for row in itertools.islice((r for r in reader if r), None if rows is None else rows + 1):
            table.append([*row[: len(names)], *[None] * (len(names) - len(row))])
    except csv.Error:
        whole = False
    if rows is not None and len(table) > rows:
        table, whole = table[:rows], False
    frame = _frame(names, table, whole)
    return frame.mask(frame.eq("")).astype(pd.StringDtype())


def _json_lines(file: BinaryIO, rows: int | None) -> pd.DataFrame:
    """Read one object a line; nested values become their JSON text, lines that are no object are dropped."""
    import pandas as pd

    found: list[dict[str, Any]] = []
    names: dict[str, None] = {}
    whole = True
    for line in _lines(file):
        if rows is not None and len(found) >= rows:
            whole = False
            break
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(value, dict):
            continue
        row = {str(k): json.dumps(v) if isinstance(v, (dict, list)) else v for k, v in value.items()}
        found.append(row)
        names |= dict.fromkeys(itertools.islice(row, _MAX_COLUMNS))
    columns = list(names)[:_MAX_COLUMNS]
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in found], dtype=object) for name in columns}
    )
    for name in columns:
        frame[name] = frame[name].infer_objects().convert_dtypes()
    frame.attrs["complete"] = whole
    return frame


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Give lines of bearable length, within the limit of the whole."""
    left = MAX_BYTES
    while left > 0 and (line := file.readline(_MAX_LINE)):
        left -= len(line)
        yield line


def _columnar(source: Source, format: str, rows: int | None) -> pd.DataFrame:
    """Read Parquet or Arrow rows through their checked readers; every column, in the file's types."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from leakkit.leak.formats.parquet import footer

    wanted = 2**62 if rows is None else rows
    batches: list[pa.RecordBatch] = []
    got = held = 0
    whole = True
    try:
        if format == "parquet":
            _check_pages(source, footer(source))
            stream: Any = pq.ParquetFile(pa.PythonFile(source.stream(), mode="r")).iter_batches(8_192)
        else:
            stream = _arrow_batches(source)
        for batch in stream:
            if got >= wanted or held > MAX_BYTES:
                whole = False
                break
            whole = batch.num_rows <= wanted - got
            batches.append(batch.slice(0, wanted - got))
            got, held = got + batches[-1].num_rows, held + batch.nbytes
    except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
        if not batches:
            raise BadMemberError(f"the table cannot be read ({type(error).__name__})") from None
    frame = pa.Table.from_batches(batches).to_pandas() if batches else _frame([], [], True)
    frame.attrs["complete"] = whole
    return frame


def _check_pages(source: Source, metadata: Any) -> None:
    """Refuse a table with a page that unpacks to more than is bearable."""
    from leakkit.leak.formats.parquet_pages import measure_pages
    from leakkit.leak.records.parquet import PAGE_LIMIT

    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(place)
            start = min(filter(None, (chunk.dictionary_page_offset, chunk.data_page_offset)), default=0)
            pages = measure_pages(source, start, chunk.total_compressed_size)
            if max(pages.largest, pages.dictionary) > PAGE_LIMIT:
                raise BadMemberError(f"a page of more than {PAGE_LIMIT:,} bytes", status="limit")


def _arrow_batches(source: Source) -> Iterator[Any]:
    """Give the record batches of an IPC file or stream."""
    import pyarrow as pa

    file = pa.PythonFile(source.stream(), mode="r")
    if source.head.startswith(b"ARROW1"):
        reader = pa.ipc.open_file(file)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
    else:
        yield from pa.ipc.open_stream(file)


def _frame(names: list[str], table: list[list[str | None]], whole: bool) -> pd.DataFrame:
    """Make a frame of text; names that repeat get a number."""
    import pandas as pd

    seen: dict[str, int] = {}
    unique = []
    for name in names:
        clean = printable(name.strip() or "column", 100)
        seen[clean] = seen.get(clean, 0) + 1
        unique.append(clean if seen[clean] == 1 else f"{clean}.{seen[clean] - 1}")
    frame = pd.DataFrame(table, columns=unique, dtype=pd.StringDtype())
    frame.attrs["complete"] = whole
    return frame
