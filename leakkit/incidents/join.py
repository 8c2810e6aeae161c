"""All catalogues in one frame: the bundled AI leaks, what was fetched, and files that are named."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import BadParameterError, LeakNotFoundError
from leakkit.frames.incidents import SOURCES
from leakkit.incidents.loaded import Loaded

if TYPE_CHECKING:
    import pandas as pd

_READERS = {
    "vcdb": ("leakkit.incidents.veris.read", "read_vcdb"),
    "aiid": ("leakkit.incidents.aiid", "read_aiid"),
    "atlas": ("leakkit.incidents.atlas", "read_atlas"),
    "avid": ("leakkit.incidents.avid", "read_avid"),
    "hibp": ("leakkit.incidents.hibp", "read_hibp"),
    "hhs": ("leakkit.incidents.hhs", "read_hhs"),
}
_BUNDLED = "ai_leak"
_MOST_HELD = 8


def load_incidents(
    sources: str | Sequence[str] | None = None, *, paths: Mapping[str, str | Path] | None = None
) -> pd.DataFrame:
    """Load incidents of several catalogues as one frame.

    Parameters
    ----------
    sources : str or sequence of str, optional
        Of "ai_leak" (bundled), "vcdb", "aiid", "atlas", "avid", "hibp", "hhs". Left out: the bundled AI
        leaks and every catalogue that was fetched or has a path; a source named here must be there.
    paths : mapping, optional
        Where a source lies, by name; it need not have been fetched then.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.INCIDENTS`, one row a record of a catalogue, sorted by source and id.
        Missing means that the source says nothing, never zero.

    Raises
    ------
    BadParameterError
        A source is unknown.
    LeakNotFoundError
        A source that was named has neither been fetched nor a path.

    Notes
    -----
    The same incident may stand in several catalogues: see ``lk.link_incidents()`` before counting. The
    catalogues are no samples of all incidents: what is in them was reported, noticed and typed in.
    ``lk.load_incident_losses()`` lists what the frames do not hold.

    Examples
    --------
    >>> import leakkit as lk
    >>> lk.load_incidents("ai_leak")["source"].unique().tolist()
    ['ai_leak']
    """
    return _joined("incidents", sources, paths)


def load_incident_enums(
    sources: str | Sequence[str] | None = None, *, paths: Mapping[str, str | Path] | None = None
) -> pd.DataFrame:
    """Load the classifications of incidents, one term a row; parameters as for `load_incidents`.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.INCIDENT_ENUMS`. One incident may have many terms of one field, and
        several annotators may differ.
    """
    return _joined("incident_enums", sources, paths)


def load_incident_losses(
    sources: str | Sequence[str] | None = None, *, paths: Mapping[str, str | Path] | None = None
) -> pd.DataFrame:
    """List the values of the catalogues that the joined frames do not hold; parameters as for `load_incidents`.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.INCIDENT_LOSSES`. The values in the frames and those listed here add up
        to the values in the files.
    """
    return _joined("incident_losses", sources, paths)


def fetched_sources() -> list[str]:
    """Name the catalogues that are here: the bundled AI leaks, and those that were fetched.

    Returns
    -------
    list of str
        Sorted names for `load_incidents`. In a report run (``LEAKKIT_STATIC``) only the bundled one: the same
        leak gives the same pages on every machine, unless the report names more.

    Examples
    --------
    >>> import leakkit as lk
    >>> "ai_leak" in lk.fetched_sources()
    True
    """
    from leakkit.sources import fetched

    found = [_BUNDLED]
    for source in [] if os.environ.get("LEAKKIT_STATIC") else sorted(_READERS):
        with contextlib.suppress(LeakNotFoundError):
            fetched(source)
            found.append(source)
    return sorted(found)


def _joined(
    frame: str, sources: str | Sequence[str] | None, paths: Mapping[str, str | Path] | None
) -> pd.DataFrame:
    """Give one of the three frames over all sources."""
    from leakkit import frames

    kind = frames.FRAMES[frame]
    rows = [row for loaded in _loaded(sources, paths or {}) for row in _rows(loaded, frame)]
    return kind.from_rows(rows)


def _rows(loaded: Loaded, frame: str) -> list[dict[str, object]]:
    """Give the rows of one source for a frame."""
    return {
        "incidents": loaded.incidents,
        "incident_enums": loaded.enums,
        "incident_losses": loaded.losses,
    }[frame]


def _loaded(sources: str | Sequence[str] | None, paths: Mapping[str, str | Path]) -> list[Loaded]:
    """Read all sources that are wanted."""
    from leakkit.sources import fetched

    named = [sources] if isinstance(sources, str) else list(SOURCES if sources is None else sources)
    wanted = [name.strip() for name in named]
    if unknown := sorted({*wanted, *paths} - set(SOURCES)):
        raise BadParameterError(
            f"Expected sources among {', '.join(SOURCES)}",
            f"found {', '.join(map(repr, unknown))}",
            "correct the name",
        )
    found = []
    for source in sorted(set(wanted)):
        if source == _BUNDLED:
            own = paths.get(source)
            found.append(
                _read(source, "" if own is None else str(own), 0 if own is None else _stamp(Path(own)))
            )
            continue
        try:
            place = Path(paths[source]) if source in paths else fetched(source)
        except LeakNotFoundError:
            if sources is not None:
                raise
            continue
        found.append(_read(source, str(place), _stamp(place)))
    return found


def _stamp(place: Path) -> int:
    """Give a number that changes with a file; a folder is read anew each time one of its names changes."""
    return place.stat().st_mtime_ns if place.exists() else 0


@lru_cache(_MOST_HELD)
def _read(source: str, place: str, stamp: int) -> Loaded:
    """Read one source; a few are kept, as three frames are made of each."""
    if source == _BUNDLED:
        from leakkit.incidents.ai_leaks import read_ai_leaks

        return read_ai_leaks(place or None)
    return read_source(source, Path(place))


def read_source(source: str, path: Path) -> Loaded:
    """Read a file or folder with the reader of a source that can be fetched; nothing is kept."""
    module, name = _READERS[source]
    reader: Callable[[Path], Loaded] = getattr(import_module(module), name)
    return reader(path)
