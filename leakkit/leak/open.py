"""`open_leak` and the `Leak` it gives: a place, a budget, and a frame for each question asked of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from leakkit.errors import (
    BadMemberError,
    BadParameterError,
    LeakNotFoundError,
    LeakUnreadableError,
    NotALeakError,
)
from leakkit.frames import ACCESS, ARTIFACTS, EVALS, MODELS, TABLES, TENSORS
from leakkit.leak.budget import Budget
from leakkit.leak.digest import algorithms
from leakkit.leak.text import printable
from leakkit.leak.walk import Step, Visit, Walker

_USER_IN_PATH = re.compile(r"(^|[/\\])[^/\\]*:[^/\\]*@")
"""User and password in a URL that lost a slash and is taken for a path."""

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from leakkit.leak.inventory import Progress
    from leakkit.leak.records.stream import Records


def open_leak(
    place: str | os.PathLike[str],
    *,
    budget: Budget | None = None,
    hash: bool | str | tuple[str, ...] = True,
    **storage_options: Any,
) -> Leak:
    """Give a leak to ask questions of; nothing in it is executed, extracted or loaded.

    Parameters
    ----------
    place : str or path
        A folder; a single file; an archive (zip, tar, also packed by gzip, bzip2, xz or zstd, and
        archives inside archives); any fsspec URL (``s3://bucket/prefix``, ``gs://``, ``https://``,
        ``memory://``); or a list of what somebody else holds: an S3, Google or Azure bucket listing
        (XML or JSON), the text of ``aws s3 ls --recursive``, a sha256sum or BagIt manifest.
    budget : Budget, optional
        Limits on what archives may unpack to. What meets a limit becomes a row with status ``limit``.
    hash : bool, str or tuple of str, default True
        Hashes to take of every member: True is SHA-256; ``("sha256", "blake3")`` takes both; False
        takes none, so that a large weights file costs only its header.
    **storage_options
        For URLs, handed to fsspec (``anon=True``, ``client_kwargs=...``).

    Returns
    -------
    Leak

    Raises
    ------
    LeakNotFoundError
        Nothing is at `place`.
    LeakUnreadableError
        It is there, but may not be read.
    NotALeakError
        It is empty, or neither folder nor plain file.
    MissingExtraError
        The URL needs a package of the extra ``cloud``.

    Notes
    -----
    Time stamps, names and claimed sizes are the leak's own words and may lie. A verdict
    ``none_found`` in the column ``danger`` says that no known danger was found, not that there is none.

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> leak.artifacts().columns[:3].tolist()
    ['path', 'container', 'size']
    """
    if budget is not None and not isinstance(budget, Budget):
        raise BadParameterError(
            "Expected a Budget", f"found a {type(budget).__name__}", "pass budget=lk.Budget(depth=3), say"
        )
    text = _text_of(place)
    if "://" in text:
        from leakkit.leak.remote import check_remote

        check_remote(text, **storage_options)
    else:
        _check_place(Path(text))
    return Leak(text, budget or Budget(), algorithms(hash), storage_options)


def _text_of(place: object) -> str:
    """Give the place as text: ``~`` is the home folder, a ``file://`` URL the path in it."""
    if not isinstance(place, str | bytes | os.PathLike) or not place:
        raise BadParameterError(
            "Expected a path or a URL",
            f"found {'an empty text' if place in ('', b'') else f'a {type(place).__name__}'}",
            'pass "." for this folder, or the name of a file or folder',
        )
    text = os.fsdecode(place)
    if text.lower().startswith(("file://", "local://")):
        from urllib.request import url2pathname

        # Read by the walk of folders, which follows no links; fsspec follows them.
        return url2pathname(unquote(urlsplit(text).path, errors="surrogateescape"))
    return text if "://" in text else os.path.expanduser(text)


def _check_place(path: Path) -> None:
    """Raise unless `path` is a folder with a file in it, or a plain file with a byte in it."""
    shown = _USER_IN_PATH.sub(r"\1…@", printable(str(path), 200))
    refused: list[OSError] = []
    try:
        if path.is_dir():
            if not any(files for _, _, files in os.walk(path, onerror=refused.append)):
                if refused:
                    raise refused[0]
                raise NotALeakError(
                    f"Expected files in the folder {shown}", "found none", "point at the leak's folder"
                )
        elif path.is_file():
            with path.open("rb") as file:
                if not file.read(1):
                    raise NotALeakError(
                        f"Expected bytes in the file {shown}", "found 0 bytes", "fetch or save the file again"
                    )
        elif path.exists():
            raise NotALeakError(
                f"Expected a folder or a plain file at {shown}",
                "found a device, pipe or socket",
                "copy what it holds into a folder first",
            )
        else:
            raise LeakNotFoundError(
                "Expected a folder, a file or a URL",
                f"found nothing at {shown}",
                "check the spelling and the folder",
            )
    except (NotALeakError, LeakNotFoundError):
        raise
    except OSError as error:
        raise LeakUnreadableError(
            f"Expected to read {shown}",
            f"found that the system refuses ({error.strerror or type(error).__name__})",
            "ask for the right to read it, or copy it to a place of your own",
        ) from None
    except ValueError:
        raise LeakNotFoundError("Expected a path", f"found {shown}", "remove the null character") from None


class Leak:
    """A leak and the questions one can ask of it; each answer is a frame of `leakkit.frames`.

    Made by `open_leak`. Nothing is read until a question is asked. The artifacts frame is kept, the
    others are worked out anew at each call.
    """

    def __init__(
        self,
        place: str,
        budget: Budget,
        hashes: tuple[str, ...],
        storage_options: dict[str, Any] | None = None,
    ) -> None:
        self.place, self.budget, self.hashes = place, budget, hashes
        self.storage_options = storage_options or {}
        self._artifacts: dict[tuple[str, ...], pd.DataFrame] = {}

    @property
    def name(self) -> str:
        """Last part of the place, escaped; the only part of the path that outputs show."""
        if "://" in self.place:
            from leakkit.leak.remote import shown

            return printable(shown(self.place).rstrip("/").rpartition("/")[2].rstrip(":") or "leak", 100)
        return printable(os.path.basename(os.path.abspath(self.place).rstrip("/\\")) or "leak", 100)

    def __repr__(self) -> str:
        """Show the name and the hashes taken."""
        return f"Leak({self.name!r}, hash={', '.join(self.hashes) or 'none'})"

    def walk(self, hashes: tuple[str, ...] = ()) -> Iterator[Step]:
        """Visit every member in a fixed order; for code that needs the bytes.

        Yields
        ------
        leakkit.leak.walk.Visit or leakkit.leak.walk.Leave
            A visit's ``source`` is readable until the next step.
        """
        walker = Walker(self.budget, hashes)
        if "://" in self.place:
            return walker.remote(self.place, **self.storage_options)
        path = Path(self.place)
        return walker.folder(path) if path.is_dir() else walker.file(path, printable(path.name))

    def inventory_batches(
        self, *, hash: bool | str | tuple[str, ...] | None = None, progress: Progress | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Give the artifacts frame as a stream of Arrow batches, in walking order, with flat memory.

        Parameters
        ----------
        hash : bool, str or tuple of str, optional
            As for `open_leak`; None takes what was said there.
        progress : callable, optional
            Called with (members, bytes) since its last call.
        """
        from leakkit.leak.inventory import batches

        hashes = self.hashes if hash is None else algorithms(hash)
        return batches(self.walk(hashes), hashes, progress)

    def artifacts(
        self, *, hash: bool | str | tuple[str, ...] | None = None, progress: Progress | None = None
    ) -> pd.DataFrame:
        """Give one row for every member: what it is, what it is for, what is wrong with it.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.ARTIFACTS`, sorted by path. Members of archives have their own
            rows (``archive.zip!/member``), so the sizes of the archive and of its members must not
            be added up; neither must sizes of rows with ``present`` False.

        Examples
        --------
        >>> import leakkit as lk
        >>> artifacts = lk.open_leak(lk.sample_leak()).artifacts()
        >>> artifacts["path"].is_monotonic_increasing, bool(artifacts["status"].isna().any())
        (True, False)
        """
        hashes = self.hashes if hash is None else algorithms(hash)
        if hashes not in self._artifacts:
            self._artifacts[hashes] = ARTIFACTS.from_batches(
                self.inventory_batches(hash=hashes, progress=progress)
            )
        return self._artifacts[hashes].copy()

    def take_over(self, artifacts: pd.DataFrame) -> None:
        """Use an artifacts frame made before, with the same hashes, instead of reading the leak again."""
        self._artifacts[self.hashes] = ARTIFACTS.validate(artifacts)

    def models(self) -> pd.DataFrame:
        """Give one row for every model: its shards, config, index and card taken together.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.MODELS`. Parameters are counted once per model; a copy of a
            model in another format is a row of its own.
        """
        from leakkit.leak.models_held import models_frame

        return MODELS.from_rows(models_frame(self.artifacts()))

    def tensors(self, *, hash: bool = False) -> pd.DataFrame:
        """Give one row for every tensor that a weights header names; data is read only for hashes.

        Parameters
        ----------
        hash : bool, default False
            Take the SHA-256 of each tensor's stored bytes, where the header tells where they are.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.TENSORS`. Broken members give no rows; ask `artifacts` why.
        """
        from leakkit.leak.tensors import tensor_rows

        return TENSORS.from_rows(tensor_rows(self._visits(), hash))

    def evals(self) -> pd.DataFrame:
        """Give one row for every metric in evaluation results and training events.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.EVALS`.
        """
        from leakkit.leak.formats.evaluations import visit_rows

        return EVALS.from_rows(visit_rows(self._visits()))

    def tables(self) -> pd.DataFrame:
        """Give one row for every column of every table in the leak.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.TABLES`. Row counts marked ``estimated`` come from the head of
            a large text file.
        """
        from leakkit.leak.formats.tabular import visit_rows

        return TABLES.from_rows(visit_rows(self._visits()))

    def access(self) -> pd.DataFrame:
        """Give one row for every request in the access logs of the leak.

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.ACCESS`. Clients are personal data: show them masked.
        """
        from leakkit.leak.access.requests import visit_batches

        return ACCESS.from_batches(visit_batches(self._visits()))

    def records(self, **options: Any) -> Records:
        """Give the text of the leak as Arrow batches (path, row, field, text), one value a row.

        Returns
        -------
        leakkit.leak.records.stream.Records
            Iterate over it; ``.to_pandas()`` is for small leaks. The text is the raw content of the
            leak: do not print it.
        """
        from leakkit.leak.records.stream import Records

        return Records(self._visits, **options)

    def read(self, path: str) -> bytes:
        """Give the raw bytes of one member that is at most 64 MiB, by its path in the artifacts frame.

        Raises
        ------
        LeakNotFoundError
            No readable member has this path.
        """
        for visit in self._visits():
            if visit.path == path and visit.source is not None:
                file = visit.source.stream()
                data = file.read(2**26 + 1)
                if len(data) > 2**26:
                    raise BadMemberError("larger than 64 MiB; read it with walk()", status="limit")
                return data
        raise LeakNotFoundError(
            "Expected the path of a readable member",
            f"found none called {printable(str(path), 200)}",
            "see artifacts()",
        )

    def read_table(self, path: str, rows: int | None = 100_000) -> pd.DataFrame:
        """Give the first rows of one table, by its path in the tables frame, with every column.

        Parameters
        ----------
        path : str
            A CSV, TSV, JSON lines, Parquet, Arrow or Feather member.
        rows : int or None, default 100,000
            Most rows; None for all within 256 MiB of text.

        Returns
        -------
        pandas.DataFrame
            Separated values as text; other formats in their own types. ``attrs["complete"]`` tells
            whether the table ended. The values are the raw content of the leak: do not print them;
            `leakkit.mask` makes them fit to be shown.

        Raises
        ------
        LeakNotFoundError
            No readable member has this path.
        BadMemberError, BadParameterError
            It cannot be read, or is no table.

        Examples
        --------
        >>> import leakkit as lk
        >>> users = lk.open_leak(lk.sample_leak()).read_table("datasets/users/users.csv", rows=5)
        >>> users.shape, users.attrs["complete"]
        ((5, 16), False)
        """
        from leakkit.leak.read_table import read_table
        from leakkit.leak.sniff.first_look import sniff

        for visit in self._visits():
            if visit.path == path and visit.source is not None:
                return read_table(visit.source, sniff(visit.source)[0], rows)
        raise LeakNotFoundError(
            "Expected the path of a readable table",
            f"found none called {printable(str(path), 200)}",
            "see tables()",
        )

    def _visits(self) -> Iterator[Visit]:
        """Give the visits of a walk alone."""
        return (step for step in self.walk() if isinstance(step, Visit))
