"""Batches of records of a size that is searched best: not so small that each costs much, nor larger than memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

BATCH_BYTES = 2**20
"""Most bytes of text searched at once, unless a single one is longer."""

NAMED_ROWS, SPARSE_ROWS = 3 * 2**12, 5 * 2**13
"""Most cells searched at once where names are looked for, for much is noted of each; and most lines, or cells while
findings are few."""

SPARSE_BYTES, _FEW_FINDINGS = 2**22, 4_000
"""Bytes instead of those for lines and long texts, while there are no more findings in `BATCH_BYTES`."""

_LONG = 64
"""Mean bytes from which texts are no cells."""


class BatchSize:
    """How many bytes of text are searched at once: more while there are few findings, where it cannot matter.

    What is found in a line or text depends on it alone; what is found in a cell may depend on the cells around it.

    Parameters
    ----------
    names : bool
        Whether names are looked for: batches then have no more than `NAMED_ROWS` or `SPARSE_ROWS` records.
    """

    def __init__(self, names: bool = False) -> None:
        self.bytes = BATCH_BYTES
        self._names, self._few = names, False

    def note(self, batch: pa.RecordBatch, n_findings: int) -> None:
        """Learn from a batch for those that come after it."""
        size = batch.column("text").nbytes
        few = self._few = n_findings * BATCH_BYTES <= _FEW_FINDINGS * size
        are_long = size >= (8 + _LONG) * batch.num_rows  # eight bytes say where each ends
        self.bytes = SPARSE_BYTES if few and (are_long or _are_lines(batch.column("field"))) else BATCH_BYTES

    def rows(self, batch: pa.RecordBatch) -> int:
        """Give how many records such as those of a batch are searched at once."""
        if not self._names:
            return 2**62
        return SPARSE_ROWS if self._few or _are_lines(batch.column("field")) else NAMED_ROWS


def _are_lines(fields: pa.StringArray) -> bool:
    """Tell whether no record has a field's name."""
    ends = np.frombuffer(fields.buffers()[1], np.int32)[fields.offset : fields.offset + len(fields) + 1]
    return bool(ends[-1] == ends[0])


def gathered(batches: Iterable[pa.RecordBatch], most: BatchSize) -> Iterator[pa.RecordBatch]:
    """Join small batches: what is done once for each batch is then done less often.

    Examples
    --------
    >>> batch = pa.RecordBatch.from_pydict({"text": pa.array(["x" * 300_000] * 2, pa.large_string())})
    >>> [part.num_rows for part in gathered([batch] * 3, BatchSize())]
    [2, 2, 2]
    >>> [part.num_rows for part in gathered([batch.slice(0, 1)] * 4, BatchSize())]
    [3, 1]
    """
    held: list[pa.RecordBatch] = []
    size = n_rows = 0
    try:
        for batch in batches:
            more = batch.column("text").nbytes - 8 * batch.num_rows
            if held and (size + more > most.bytes or n_rows + batch.num_rows > most.rows(batch)):
                yield pa.concat_batches(held)
                held, size, n_rows = [], 0, 0
            held.append(batch)
            size += more
            n_rows += batch.num_rows
    except Exception:
        if held:  # what was read before a member breaks off counts
            yield pa.concat_batches(held)
        raise
    if held:
        yield pa.concat_batches(held)


def bounded(batch: pa.RecordBatch, most: BatchSize) -> Iterator[pa.RecordBatch]:
    """Cut a batch where its texts are very long together: dense ones give more findings than memory holds.

    Examples
    --------
    >>> batch = pa.RecordBatch.from_pydict({"text": pa.array(["x" * 700_000] * 3, pa.large_string())})
    >>> [part.num_rows for part in bounded(batch, BatchSize())]
    [1, 1, 1]
    """
    texts = batch.column("text")
    ends = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    start, rows = 0, most.rows(batch)
    while start < len(texts):
        stop = int(np.searchsorted(ends, ends[start] + most.bytes, side="right")) - 1
        stop = min(max(stop, start + 1), start + rows, len(texts))
        yield batch.slice(start, stop - start)
        start = stop


class Waiting:
    """Batches of small members that wait to be searched together."""

    def __init__(self) -> None:
        self._held: list[pa.RecordBatch] = []
        self._size = 0

    def add(self, batch: pa.RecordBatch, n_bytes: int) -> bool:
        """Take a batch; tell whether it is time to search them all."""
        self._held.append(batch)
        self._size += n_bytes
        return self._size >= BATCH_BYTES

    def taken(self) -> list[pa.RecordBatch]:
        """Give all that wait."""
        held, self._held, self._size = self._held, [], 0
        return held


def runs_of(paths: pa.Array) -> Iterator[tuple[int, int, str]]:
    """Give where the records of each member begin and end, in order, and its path.

    Examples
    --------
    >>> list(runs_of(pa.array(["a", "a", "b"])))
    [(0, 2, 'a'), (2, 3, 'b')]
    """
    codes = paths.dictionary_encode()
    numbers = codes.indices.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(numbers)], strict=True):
        yield start, stop, codes.dictionary[int(numbers[start])].as_py()
