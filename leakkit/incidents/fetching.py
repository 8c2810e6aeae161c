"""Fetch a catalogue, and let its own reader try it before it takes the place of a good copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leakkit.errors import FetchError, LeakkitError
from leakkit.incidents.join import read_source
from leakkit.leak.text import printable
from leakkit.sources import fetch as fetch_unread
from leakkit.sources import find_source


def fetch(
    source: str,
    *,
    from_file: str | Path | None = None,
    folder: str | Path | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """Download a catalogue, or take over a copy of it; licence and attribution are said each time.

    Parameters
    ----------
    source : {'vcdb', 'aiid', 'atlas', 'avid', 'hibp', 'hhs'}
        The catalogue.
    from_file : path, optional
        A file or folder to copy instead of downloading: another version is welcome, its hash is noted.
    folder : path, optional
        Where to put it; left out, the folder of `leakkit.sources.data_folder`.
    say : callable
        What takes the sentences for people; they go to the screen when left out.

    Returns
    -------
    pathlib.Path
        Where it lies now; ``lk.load_incidents()`` finds it from now on.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        There is nothing at `from_file`.
    FetchError
        The network or the server failed, or what came holds no incident that the reader of this source
        can read. What came is removed, and what was fetched before stays.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> here = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (here / "ATLAS.yaml").write_text("case-studies: [{id: AML.CS1}]")
    >>> fetch("atlas", from_file=here / "ATLAS.yaml", folder=here / "data", say=lambda text: None).name
    'ATLAS.yaml'
    """
    return fetch_unread(source, from_file=from_file, folder=folder, say=say, check=_check)


def _check(source: str, path: Path) -> None:
    """Raise unless the reader of a source finds incidents in what came."""
    try:
        found = "" if read_source(source, path).incidents else "no incident"
    except LeakkitError as error:
        found = f"that its reader refused it: {error.expected}, {error.found}"
    if found:
        raise FetchError(
            f"Expected a copy of {source} ({find_source(source).what}) in {printable(path.name, 200)!r}",
            f"found {found}",
            f"give a file of {source}; what was fetched before stays as it was",
        )
