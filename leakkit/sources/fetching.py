"""Fetch a catalogue of incidents or a table on bias, find one that was fetched, list them all."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError, FetchError, LeakkitError, LeakNotFoundError, LeakUnreadableError
from leakkit.leak.text import printable
from leakkit.sources.downloading import download
from leakkit.sources.notes import all_files, data_folder, file_sha256, made_note, read_note, write_note
from leakkit.sources.registry import SOURCES, Source, find_source, how_to_get

if TYPE_CHECKING:
    import pandas as pd

_TRIES = 20
"""How often a folder is put in its place while others do the same."""
_STALE = 86_400
"""Seconds after which a folder that never came into its place is litter."""


def list_sources(folder: str | Path | None = None) -> pd.DataFrame:
    """Catalogues of incidents and tables on bias that can be downloaded, and which were.

    Parameters
    ----------
    folder : path, optional
        Where they were fetched to; left out, the folder of `data_folder`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``kind`` ("incidents" or "table"), ``what``, ``harms`` (known harms; missing where none is
        noted), ``licence``, ``attribution``, ``version`` (strings; missing where the file changes
        under its address), ``pinned`` (boolean: its hash is known beforehand), ``fetched`` (boolean),
        ``fetched_on`` (string, ISO date), ``fetched_sha256`` (string; a copy that was taken over
        may be of another version), ``page`` (string).

    Examples
    --------
    >>> list_sources().set_index("name").loc["atlas", "licence"]
    'Apache-2.0'
    """
    import pandas as pd

    notes = {name: read_note(name, folder) for name in SOURCES}
    rows = [
        {
            "name": source.name,
            "kind": source.kind,
            "what": source.what,
            "harms": source.harms or None,
            "licence": source.licence,
            "attribution": source.attribution,
            "version": source.version or None,
            "pinned": bool(source.sha256),
            "fetched": notes[name] is not None,
            "fetched_on": (notes[name] or {}).get("fetched_on"),
            "fetched_sha256": (notes[name] or {}).get("sha256"),
            "page": source.page,
        }
        for name, source in SOURCES.items()
    ]
    kinds = {name: "boolean" if name in ("pinned", "fetched") else "string" for name in rows[0]}
    return pd.DataFrame(rows).astype(kinds)


def fetched(source: str, folder: str | Path | None = None) -> Path:
    """Path of a catalogue that was fetched; nothing is downloaded.

    Parameters
    ----------
    source : str
        One of the names of `list_sources`.
    folder : path, optional
        Where it was fetched to; left out, the folder of `data_folder`.

    Returns
    -------
    pathlib.Path
        A file, or a folder where a folder was taken over.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        It was not fetched, or is no longer there.
    FetchError
        It is there, but is no longer what was fetched.
    """
    found = find_source(source)
    note = read_note(source, folder)
    if note is None:
        raise LeakNotFoundError(
            f"Expected {source} in {str(data_folder(folder))!r}",
            "found that it was not fetched",
            how_to_get(found),
        )
    path = data_folder(folder) / source / note["file"]
    if file_sha256(path) != note["sha256"]:
        raise FetchError(
            f"Expected {source} as it was fetched on {note['fetched_on']}",
            "found that it was changed since",
            how_to_get(found),
        )
    return path


def fetch(
    source: str,
    *,
    from_file: str | Path | None = None,
    folder: str | Path | None = None,
    say: Callable[[str], None] = print,
    check: Callable[[str, Path], None] | None = None,
) -> Path:
    """Download a catalogue, or take over a copy of it; licence and attribution are said each time.

    ``lk.fetch`` is this one with the readers of the catalogues as `check`.

    Parameters
    ----------
    source : str
        One of the names of `list_sources`.
    from_file : path, optional
        A file or folder to copy instead of downloading: another version is welcome, its hash is noted.
    folder : path, optional
        Where to put it; left out, the folder of `data_folder`.
    say : callable
        What takes the sentences for people; they go to the screen when left out.
    check : callable, optional
        Gets the source and the path of what came, and raises where it is not of that source.

    Returns
    -------
    pathlib.Path
        Where it lies now; `fetched` finds it from now on.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        There is nothing at `from_file`.
    FetchError
        The network or the server failed, or something else came than was expected. What came is removed,
        and what was fetched before stays.
    """
    found = find_source(source)
    harms = f"\nKnown harms: {found.harms}" if found.harms else ""
    say(f"{found.what}\nLicence: {found.licence}. Attribution: {found.attribution}.{harms}")
    place = data_folder(folder) / source
    coming = place.with_name(f"{source}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        _clear(coming)
        coming.mkdir(parents=True)
        if from_file is not None:
            file, address = _copy(Path(from_file), coming), ""
        else:
            file, address = download(found, coming)
        if check is not None:
            check(source, file)
        note = made_note(found, file, address)
        _take_place(coming, place)
        write_note(place, note)
    except OSError as error:
        if isinstance(error, LeakkitError):
            raise
        raise FetchError(
            f"Expected to write to {str(place.parent)!r}",
            f"found {type(error).__name__}",
            "check its permissions and space, or name another with --folder",
        ) from None
    finally:
        _remove(coming)
    say(_summary(found, note))
    return place / note["file"]


def _copy(origin: Path, coming: Path) -> Path:
    """Copy a file, or the files of a folder; links are not followed."""
    if not origin.exists():
        raise LeakNotFoundError(
            "Expected a file or folder to copy", f"found nothing at {str(origin)!r}", "check the spelling"
        )
    if coming.resolve().is_relative_to(origin.resolve()):
        raise BadParameterError(
            "Expected a file or folder outside the folder for what is fetched",
            f"found {str(origin)!r}, which holds it",
            "name the file itself, or another folder with --folder",
        )
    target = coming / (origin.resolve().name or "copy")
    files = all_files(origin)
    if not files:
        raise LeakNotFoundError(
            "Expected a folder with files to copy", f"found none in {str(origin)!r}", "check the spelling"
        )
    if not any(file.stat().st_size for file in files):
        raise LeakUnreadableError(
            f"Expected a copy of a catalogue in {origin.name!r}", "found 0 bytes", "save or download it again"
        )
    try:
        for file in files:
            copied = target / file.relative_to(origin)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)  # without its mode: a copy of a locked file can be removed again
    except OSError as error:
        raise LeakUnreadableError(
            f"Expected to copy {origin.name!r}",
            f"found {type(error).__name__}",
            "check its permissions and the space in the folder",
        ) from None
    return target


def _summary(source: Source, note: dict[str, Any]) -> str:
    """Say what is there now."""
    known = "as expected" if note["pinned"] else "noted beside it"
    if source.sha256 and not note["pinned"]:
        known = f"not that of version {source.version}, noted beside it"
    return (
        f"Fetched {source.name}: {printable(note['file'])}, {note['size']:,} bytes, SHA-256 {note['sha256']} "
        f"({known})."
    )


def _take_place(coming: Path, place: Path) -> None:
    """Put a folder in the place of the one before, even while another process does the same."""
    before = coming.with_name(f"{coming.name}-before")
    for left in reversed(range(_TRIES)):
        try:
            _remove(before)
            if place.exists():
                place.rename(before)
            coming.rename(place)
        except OSError:  # another came in between
            if not left:
                if before.exists() and not place.exists():
                    before.rename(place)
                raise
            time.sleep(0.01)
        else:
            break
    _remove(before)


def _clear(coming: Path) -> None:
    """Remove what an earlier run left unfinished: its own folder, and any that is a day old."""
    _remove(coming)
    for other in coming.parent.glob(f"{coming.name.partition('.')[0]}.*.part*"):
        with suppress(FileNotFoundError):  # that of another process, which is done with it
            if time.time() - other.stat().st_mtime > _STALE:
                _remove(other)


def _remove(path: Path) -> None:
    """Remove a folder with what is in it, as far as it can be."""
    shutil.rmtree(path, ignore_errors=True)
