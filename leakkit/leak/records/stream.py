"""The text of a leak as a stream of Arrow batches: one value a row, with its place; in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from leakkit.errors import BadMemberError, BadParameterError
from leakkit.leak.lines import BREAKS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from leakkit.leak.records.batch import Packer
    from leakkit.leak.walk import Visit

BATCH_ROWS = 8_192
MAX_FIELD = 2**20
"""Longest text of one row (characters); longer values come in parts."""

Progress = Callable[[int, int], None]
"""Told the members and bytes read since the last call."""

_LINES = (
    "text markdown log access-log source-code dotenv yaml toml ini xml licence model-card mergekit-config "
    "pem-private-key ssh-private-key certificate public-key s3-xml azure-xml aws-s3-ls checksum-manifest bagit "
    "text-manifest unknown"
).split()
_JSON = (
    "json hf-config hf-tokenizer-config hf-generation-config hf-adapter-config hf-preprocessor-config "
    "sentence-transformers-config trainer-state lm-eval-results gguf-kv-and-tensor-sha256 service-account-json "
    "s3-json gcs-json azure-json"
).split()
_READERS = {
    **dict.fromkeys(_LINES, "text"),
    "html": "text",
    **dict.fromkeys(_JSON, "json"),
    "jsonl": "json",
    "lm-eval-samples": "json",
    "notebook": "json",
    "csv": "csv",
    "tsv": "csv",
    "parquet": "parquet",
    "arrow": "arrow",
    "feather": "arrow",
    "sqlite": "sqlite",
    "mbox": "mail",
    "email": "mail",
    "pdf": "documents",
    "ooxml": "documents",
    "orc": "documents",
    **dict.fromkeys(("ole2", "opendocument", "rtf"), "documents"),
}
RECORD_FORMATS = frozenset(_READERS)
"""Formats whose text is read; vocabularies, shard indexes and pointers are left out: no person writes there."""

UNREAD_FORMATS = {
    "avro": "rows of Avro are not read yet",
    "7z": "7z archives are not opened",
    "rar": "rar archives are not opened",
}
"""Formats that may hold text which nobody has looked at; they stand in `Records.skipped`."""


def schema() -> pa.Schema:
    """Give the Arrow schema of the batches: path, row, field, text."""
    import pyarrow as pa

    return pa.schema(
        [("path", pa.string()), ("row", pa.int64()), ("field", pa.string()), ("text", pa.large_string())]
    )


def iter_records(
    open_member: Callable[[], BinaryIO],
    path: str,
    format: str,
    *,
    size: int | None = None,
    batch_rows: int = BATCH_ROWS,
    max_field_bytes: int = MAX_FIELD,
    skip: Callable[[str], None] | None = None,
) -> Iterator[pa.RecordBatch]:
    r"""Give the text of one member as Arrow batches (path, row, field, text).

    Parameters
    ----------
    open_member : callable
        Gives the member as a binary file at its first byte.
    path, format : str
        As in the artifacts frame.
    size : int, optional
        Bytes of the member, where known.
    batch_rows : int
        Most rows in a batch; batches of long texts are shorter.
    max_field_bytes : int
        Longest text of one row, in characters. A longer one comes in parts, cut between words: the
        row keeps its number, the field gets ``#1``, ``#2``, ... from its second part on.
    skip : callable, optional
        Told a reason for every part that was not read as its format promises.

    Yields
    ------
    pyarrow.RecordBatch
        `row` counts from 0: lines of text, rows of a table, lines or elements of JSON, cells of a
        notebook, messages of a mailbox. `field` is the column, ``table.column``, the way into the
        JSON (``messages[0].content``), a header's name or ``body``, and empty for a line. Texts, and
        integers of six digits or more (ids, cards and phone numbers are stored as numbers), are
        rows; other numbers, truth values, missing and empty values are not. Keys of JSON objects
        that look like data are rows of their own, with ``*`` in their place in the field.

    Raises
    ------
    BadMemberError
        The member breaks off or cannot be read; what was read before has been given.

    Examples
    --------
    >>> import io
    >>> data = b'{"messages": [{"role": "user", "content": "invented"}]}\n'
    >>> [batch] = iter_records(lambda: io.BytesIO(data), "chat.jsonl", "jsonl")
    >>> batch.column("field").to_pylist()
    ['messages[0].role', 'messages[0].content']
    """
    if format not in _READERS:
        raise BadMemberError(
            UNREAD_FORMATS.get(format, f"{format} holds no text that is read"), status="refused"
        )
    if batch_rows < 1 or max_field_bytes < 64:
        raise BadParameterError(
            "Expected at least 1 row in a batch and 64 characters in a field",
            f"found {batch_rows} and {max_field_bytes}",
            "correct batch_rows or max_field_bytes",
        )
    from leakkit.leak.records.batch import Packer

    packer = Packer(path, batch_rows, max_field_bytes, skip or _ignore)
    reader = import_module(f"leakkit.leak.records.{_READERS[format]}").records
    yield from guarded(lambda: reader(open_member(), format, packer, size), packer)


def guarded(read: Callable[[], Iterator[pa.RecordBatch]], packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give what a reader reads and what still waits in its packer; whatever breaks is a `BadMemberError`."""
    try:
        yield from read()
    except BadMemberError:
        yield from packer.rest()
        raise
    except (*BREAKS, ArithmeticError, LookupError, TypeError, RecursionError, MemoryError) as error:
        yield from packer.rest()
        raise BadMemberError(f"cannot be read to its end ({type(error).__name__})") from None
    yield from packer.rest()


def _ignore(reason: str) -> None:
    """Take no notice of a part that was not read."""


class Records:
    """The text of a leak, batch by batch; made by ``leak.records()``. The text is raw: do not print it.

    Iterate over it for Arrow batches (path, row, field, text), as often as needed; each pass reads the
    leak anew with flat memory.

    Parameters
    ----------
    visits : callable
        Gives the members of a leak, each readable until the next is asked for.
    batch_rows, max_field_bytes
        As for `iter_records`.
    formats : iterable of str, optional
        Read only these formats.
    paths : iterable of str, optional
        Read only these members, by their path in the artifacts frame.
    progress : callable, optional
        Called with (members, bytes) since its last call.

    Attributes
    ----------
    skipped : list of (path, reason)
        What was not read in the last pass, or not as its format promises. Empty before the first.
    """

    def __init__(
        self,
        visits: Callable[[], Iterable[Visit]],
        *,
        batch_rows: int = BATCH_ROWS,
        max_field_bytes: int = MAX_FIELD,
        formats: Iterable[str] | None = None,
        paths: Iterable[str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._visits, self._progress = visits, progress
        self._paths = None if paths is None else frozenset([paths] if isinstance(paths, str) else paths)
        self._options = {"batch_rows": batch_rows, "max_field_bytes": max_field_bytes}
        self._formats = RECORD_FORMATS if formats is None else frozenset(formats)
        if unknown := self._formats - RECORD_FORMATS:
            raise BadParameterError(
                "Expected formats whose text is read",
                f"found {', '.join(printable(str(name), 40) for name in sorted(map(str, unknown)))}",
                "see leakkit.leak.records.stream.RECORD_FORMATS",
            )
        self.skipped: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Read the leak once."""
        self.skipped = []
        for visit in self._visits():
            if self._paths is None or visit.path in self._paths:
                yield from self._member(visit)
            if self._progress is not None and visit.source is not None:
                self._progress(1, visit.source.size)

    def _member(self, visit: Visit) -> Iterator[pa.RecordBatch]:
        """Give the batches of one member; note why it gives none."""
        if visit.source is None:
            if visit.status != "ok":
                self.skipped.append((visit.path, visit.error or visit.status))
            return
        if visit.format in UNREAD_FORMATS:
            self.skipped.append((visit.path, UNREAD_FORMATS[visit.format]))
        if visit.format not in self._formats:
            return
        try:
            yield from iter_records(
                visit.source.stream,
                visit.path,
                visit.format,
                size=visit.source.size,
                skip=lambda reason: self.skipped.append((visit.path, reason)),
                **self._options,
            )
        except BadMemberError as error:
            self.skipped.append((visit.path, error.reason))

    def count(self) -> int:
        """Read the leak and count the rows."""
        return sum(batch.num_rows for batch in self)

    def to_pandas(self, *, max_bytes: int = 256 * 2**20) -> pd.DataFrame:
        """Give all rows as one frame, for small leaks.

        Parameters
        ----------
        max_bytes : int
            Most bytes of text to hold (default 256 MiB).

        Raises
        ------
        BadParameterError
            The leak holds more; iterate instead.
        """
        import pyarrow as pa

        held, total = [], 0
        for batch in self:
            total += batch.nbytes
            if total > max_bytes:
                raise BadParameterError(
                    f"Expected at most {max_bytes:,} bytes of text for one frame",
                    "found more in this leak",
                    "iterate over records() batch by batch, or pass max_bytes",
                )
            held.append(batch)
        return pa.Table.from_batches(held, schema=schema()).to_pandas(types_mapper=_strings)


def _strings(type: pa.DataType) -> object:
    """Keep text as the pandas string type; the row stays a plain integer."""
    import pandas as pd
    import pyarrow.types as types

    return pd.StringDtype() if types.is_string(type) or types.is_large_string(type) else None
