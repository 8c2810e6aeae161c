"""Prompts and a model's answers found in a leak: chat logs, instruction data, test logs, as one frame.

What counts is the last name in the way to a value: ``prompt`` and ``response``, ``instruction`` (with
``input``) and ``output``, ``question`` and ``answer``, or a list of ``messages`` with roles, in which each
user message goes with the answer that follows it. A record with one of the two alone is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from leakkit.bias.text.batches import column_of
from leakkit.bias.text.output_fields import Slot, exchanges, slot_of
from leakkit.errors import BadParameterError
from leakkit.frames import OUTPUTS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MAX_BYTES = 256 * 2**20
FORMATS = ("jsonl", "json", "csv", "tsv", "parquet", "arrow", "feather", "sqlite", "lm-eval-samples")
_PART = re.compile(r"#\d+$")


def read_outputs(source: Any, *, max_bytes: int = MAX_BYTES) -> pd.DataFrame:
    """Prompts with the answers a model gave, from logs and training data of a leak.

    Parameters
    ----------
    source : Leak, str, Path, Records, DataFrame or iterable of record batches
        A leak or the path of one, what ``leak.records(paths=[...])`` gives, or a frame with columns such
        as ``prompt`` and ``response``.
    max_bytes : int
        Most text to hold (256 MiB); `iter_outputs` gives a larger leak piece by piece.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.OUTPUTS`. Its texts are raw content of the leak: do not print them.

    Raises
    ------
    BadParameterError
        There is more text than `max_bytes`, or a frame without prompt or response.

    Notes
    -----
    Misleading: a dataset of questions and answers looks like a log; see ``path`` and ``model``. System
    messages are not part of the prompt.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = read_outputs(lk.open_leak(lk.sample_leak()))
    >>> found.groupby("path").size().to_dict()["evals/paired_prompts.jsonl"]
    800
    """
    import pandas as pd

    held, total = [OUTPUTS.from_rows([])], 0
    for frame in iter_outputs(source):
        total += sum(int(frame[name].str.len().sum()) for name in ("prompt", "response"))
        if total > max_bytes:
            raise BadParameterError(
                f"Expected at most {max_bytes:,} characters of prompts and answers in one frame",
                "found more",
                "use iter_outputs, name members with leak.records(paths=[...]), or raise max_bytes",
            )
        held.append(frame)
    whole = pd.concat(held[1:] or held, ignore_index=True)
    return whole.sort_values(list(OUTPUTS.sort_by), kind="stable", ignore_index=True)


def iter_outputs(source: Any) -> Iterator[pd.DataFrame]:
    """Give the frames of `read_outputs` piece by piece, in flat memory.

    Parameters
    ----------
    source : Leak, str, Path, Records, DataFrame or iterable of record batches
        As for `read_outputs`.

    Yields
    ------
    pandas.DataFrame
        The frame `leakkit.frames.OUTPUTS`, some records of one member.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"instruction": ["Say hello."], "output": ["Hello."]})
    >>> [piece[["prompt", "response"]].values.tolist() for piece in iter_outputs(log)]
    [[['Say hello.', 'Hello.']]]
    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        yield _of_frame(source)
        return
    for rows in _finished(_batches(source)):
        if rows:
            yield OUTPUTS.from_rows(rows)


def _batches(source: Any) -> Iterable[pa.RecordBatch]:
    """Give the records to look at."""
    if isinstance(source, (str, PurePath)):
        from leakkit.leak.open import open_leak

        source = open_leak(str(source), hash=False)
    if hasattr(source, "records"):
        return source.records(formats=FORMATS)
    if isinstance(source, Iterable):
        return source
    raise BadParameterError(
        "Expected a leak, its path, its records or a frame",
        f"found {type(source).__name__}",
        "pass what open_leak gives",
    )


def _of_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame of any columns as outputs; missing prompts and answers are left out."""
    best: dict[str, tuple[int, str]] = {}
    for name in map(str, frame.columns):
        slot = slot_of(name)
        if (
            slot is not None
            and slot.turn < 0
            and (slot.column not in best or slot.rank < best[slot.column][0])
        ):
            best[slot.column] = (slot.rank, name)
    if not {"prompt", "response"} <= set(best):
        raise BadParameterError(
            "Expected columns for prompt and response",
            f"found only {', '.join(sorted(best)) or 'others'}",
            "rename the columns to prompt and response",
        )
    values = {column: _cells(frame, name) for column, (_, name) in best.items()}
    paths = _cells(frame, "path") if "path" in frame else [""] * len(frame)
    rows = _numbers(frame, "row") if "row" in frame else range(len(frame))
    turns = _numbers(frame, "turn") if "turn" in frame else [0] * len(frame)
    made = (
        {"path": _text(path) or "", "row": row, "turn": turn}
        | {column: _text(cells[place]) for column, cells in values.items()}
        for place, (path, row, turn) in enumerate(zip(paths, rows, turns, strict=True))
    )
    return OUTPUTS.from_rows([row for row in made if row["prompt"] and row["response"] is not None])


def _cells(frame: pd.DataFrame, name: str) -> list[Any]:
    """Give the cells of the one column of this name."""
    return list(column_of(frame, name, "name each column once").tolist())


def _numbers(frame: pd.DataFrame, name: str) -> list[int]:
    """Give the cells of a column of whole numbers."""
    import pandas as pd

    numbers = pd.to_numeric(pd.Series(_cells(frame, name)), errors="coerce")
    if numbers.isna().any() or (numbers % 1 != 0).any():
        raise BadParameterError(
            f"Expected whole numbers in the column {name}", "found others", "correct or drop the column"
        )
    return [int(number) for number in numbers]


def _text(value: Any) -> str | None:
    """Give a cell as text in valid Unicode; missing stays missing."""
    import pandas as pd

    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    return str(value).encode("utf-8", "replace").decode()


def _finished(batches: Iterable[pa.RecordBatch]) -> Iterator[list[dict[str, Any]]]:
    """Give the rows of records that are complete; a record may reach over several batches."""
    held: dict[int, list[tuple[Slot, str]]] = {}
    last = ""
    for batch in batches:
        if not {"path", "row", "field", "text"} <= set(getattr(getattr(batch, "schema", None), "names", ())):
            raise BadParameterError(
                "Expected batches of records (path, row, field, text)",
                f"found {type(batch).__name__}",
                "pass what leak.records() gives, or a frame",
            )
        for path, part in _by_path(batch):
            if path != last:
                yield exchanges(last, held)
                held, last = {}, path
            first = part.column("row")[0].as_py()
            before = {row: held.pop(row) for row in [row for row in held if row < first]}
            yield exchanges(last, before)
            _hold(part, held)
    yield exchanges(last, held)


def _by_path(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Cut a batch where another member begins."""
    import numpy as np

    paths = batch.column("path").dictionary_encode()
    codes = paths.indices.to_numpy(zero_copy_only=False)
    starts = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
    for start, stop in zip(starts, starts[1:], strict=False):
        if stop > start:
            yield paths.dictionary[int(codes[start])].as_py(), batch.slice(start, stop - start)


def _hold(part: pa.RecordBatch, held: dict[int, list[tuple[Slot, str]]]) -> None:
    """Keep the values of a part that may belong to prompts or answers."""
    import numpy as np
    import pyarrow as pa

    fields = part.column("field").dictionary_encode()
    slots = [slot_of(_PART.sub("", name or "")) for name in fields.dictionary.to_pylist()]
    if not slots:
        return
    codes = fields.indices.fill_null(0).to_numpy(zero_copy_only=False)
    wanted = np.flatnonzero(np.array([slot is not None for slot in slots], bool)[codes])
    if not len(wanted):
        return
    texts = part.column("text").take(pa.array(wanted)).to_pylist()
    rows = part.column("row").to_numpy(zero_copy_only=False)[wanted].tolist()
    for row, code, text in zip(rows, codes[wanted].tolist(), texts, strict=True):
        slot = slots[code]
        if slot is not None and text is not None:
            held.setdefault(row, []).append((slot, text))
