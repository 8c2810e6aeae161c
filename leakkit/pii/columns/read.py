"""A bounded sample of a table's columns as text: from a frame, an Arrow table, or a Parquet or CSV file of any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError, LeakNotFoundError, LeakUnreadableError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BLOCK = 1 << 20
BLOCKS = 8
ROW_GROUPS = 8
_CUT = 4000
_COLUMNS = 10_000


@dataclass(slots=True)
class Sample:
    """Columns by position: names, texts (missing values left out), rows of the whole table where known."""

    names: list[str | None] = field(default_factory=list)
    values: list[list[str]] = field(default_factory=list)
    nested: list[bool] = field(default_factory=list)
    n_rows: int | None = None


def read_sample(table: Any, sample: int, seed: int) -> Sample:
    """Give at most `sample` rows of a frame, Arrow table or file."""
    import pandas as pd
    import pyarrow as pa

    if isinstance(table, pd.DataFrame):
        return _of_frame(table, sample, seed)
    if isinstance(table, (pa.Table, pa.RecordBatch)):
        return _of_arrow(table, sample, seed)
    if isinstance(table, (str, Path)):
        return _of_file(Path(table), sample, seed)
    raise BadParameterError(
        "Expected a pandas frame, an Arrow table or the path of a Parquet or CSV file",
        f"found {type(table).__name__}",
        "read the table into a frame first",
    )


def _rows(n: int, sample: int, seed: int) -> np.ndarray:
    """Choose rows, in order."""
    if n <= sample:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, sample, replace=False))


def _of_frame(frame: pd.DataFrame, sample: int, seed: int) -> Sample:
    """Sample a pandas frame; columns are taken by place, so that names may repeat."""
    rows = _rows(len(frame), sample, seed)
    found = Sample(n_rows=len(frame))
    for position in range(min(frame.shape[1], _COLUMNS)):
        series = frame.iloc[:, position].iloc[rows]
        found.names.append(str(frame.columns[position]))
        _add(found, series.astype(object).tolist())
    return found


def _of_arrow(table: pa.Table | pa.RecordBatch, sample: int, seed: int) -> Sample:
    """Sample an Arrow table."""
    taken = table.take(_rows(table.num_rows, sample, seed))
    found = Sample(n_rows=table.num_rows)
    for position, name in enumerate(taken.schema.names[:_COLUMNS]):
        found.names.append(name)
        _add(found, taken.column(position).to_pylist())
    return found


def _add(found: Sample, values: Sequence[Any]) -> None:
    """Add the values of one column as texts."""
    texts = [_text(value) for value in values]
    found.values.append([text[:_CUT] for text in texts if text is not None])
    found.nested.append(any(isinstance(v, (list, dict, tuple, set, np.ndarray)) for v in values))


def _text(value: Any) -> str | None:
    """Give a value as a leak's file would write it; None where it is missing."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value[: _CUT * 4]).decode("utf-8", "replace")
    if isinstance(value, (list, dict, tuple, set, np.ndarray)):
        return None if len(value) == 0 else str(list(value)[:20])[:_CUT]
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return None
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e18 else repr(number)
    text = str(value)
    if hasattr(value, "isoformat") and not isinstance(value, int):
        return None if text == "NaT" else text.removesuffix(" 00:00:00")
    return None if text in ("<NA>", "NaT") else text


def _of_file(path: Path, sample: int, seed: int) -> Sample:
    """Sample a file, told by its first and last bytes."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
    except FileNotFoundError:
        raise LeakNotFoundError(
            "Expected a Parquet or CSV file", f"nothing stands at {str(path)!r}", "check the spelling"
        ) from None
    except OSError as error:
        raise LeakUnreadableError(
            "Expected a file that may be read", f"found {type(error).__name__}", "check its rights"
        ) from None
    return _of_parquet(path, sample, seed) if magic == b"PAR1" else _of_csv(path, sample, seed)


def _of_parquet(path: Path, sample: int, seed: int) -> Sample:
    """Read the beginning of at most eight row groups, chosen by the seed."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path) as file:
            chosen = _rows(file.num_row_groups, ROW_GROUPS, seed)
            each = max(1, sample // max(1, len(chosen)))
            batches = []
            for group in chosen:
                batches += [
                    b for b, _ in zip(file.iter_batches(each, row_groups=[int(group)]), [0], strict=False)
                ]
            table = pa.Table.from_batches(batches, schema=file.schema_arrow)
            found = _of_arrow(table, sample, seed)
            found.n_rows = file.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError):
        raise LeakUnreadableError(
            "Expected a whole Parquet file",
            f"found a broken one at {str(path)!r}",
            "open what can be read with lk.inventory()",
        ) from None
    return found


def _of_csv(path: Path, sample: int, seed: int) -> Sample:
    """Sample the rows of at most eight blocks of 1 MiB of a file of any delimiter."""
    from leakkit.leak.formats.text_tables import csv_rows, delimiter_of
    from leakkit.pii.layout.tables import looks_like_header

    texts, is_whole = _blocks_of(path, seed)
    delimiter = delimiter_of(texts[0], "tsv" if path.suffix == ".tsv" else "csv")
    if delimiter not in texts[0][:8192] and " " in texts[0].partition("\n")[0].strip():
        delimiter = " "
    rows: list[list[str]] = [row for text in texts for row in csv_rows(text, delimiter)]
    if not rows:
        return Sample(n_rows=0)
    width = len(rows[0])
    head_row = looks_like_header([c.strip() for c in rows[0]], rows[1:40])
    names: list[str | None] = list(rows[0]) if head_row else [None] * width
    body = [row for row in rows[head_row:] if len(row) == width]
    chosen = [body[i] for i in _rows(len(body), sample, seed)]
    found = Sample(n_rows=len(rows) - head_row if is_whole else None)
    for position in range(min(width, _COLUMNS)):
        found.names.append(names[position])
        _add(found, [row[position] for row in chosen])
    return found


def _blocks_of(path: Path, seed: int) -> tuple[list[str], bool]:
    """Read whole lines of the first block of 1 MiB and others spread over a file; tell if they are all of it."""
    import codecs

    from leakkit.leak.encodings import codec_of_text

    size = path.stat().st_size
    places = [0] if size <= BLOCK else [0, *(_rows((size - 1) // BLOCK, BLOCKS - 1, seed) + 1).tolist()]
    texts = []
    with path.open("rb") as stream:
        for place in places:
            stream.seek(place * BLOCK)
            block = stream.read(BLOCK)
            if not place:
                decoder = codecs.getincrementaldecoder(codec_of_text(block))("replace")
            text = decoder.decode(block)
            if place:  # begins within a line
                text = text.partition("\n")[2]
            if stream.tell() < size:  # ends within one
                text = text.rpartition("\n")[0] + "\n"
            texts.append(text)
    return texts, size <= BLOCK
