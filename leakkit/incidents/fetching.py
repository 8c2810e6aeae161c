"""Fetch a catalogue, and let its own reader try it before it takes the place of a good copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leakkit.errors import FetchError, LeakkitError
from leakkit.incidents.join import read_source
from leakkit.leak.text import printable
from leakkit.sources import check_table, find_source
from leakkit.sources import fetch as fetch_unread


def fetch(
    source: str,
    *,
    from_file: str | Path | None = None,
    folder: str | Path | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """Download a catalogue or table, or take over a copy; licence, credit and known harms are said each time.

    Parameters
    ----------
    source : str
        One of the names of ``lk.list_sources()``: catalogues of incidents, or tables on bias.
    from_file : path, optional
        A file or folder to copy instead of downloading: another version is welcome, its hash is noted.
    folder : path, optional
        Where to put it; left out, the folder of `leakkit.sources.data_folder`.
    say : callable
        What takes the sentences for people; they go to the screen when left out.

    Returns
    -------
    pathlib.Path
        Where it lies now; ``lk.load_incidents()`` or ``lk.load_bias_table()`` finds it from now on.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        There is nothing at `from_file`.
    FetchError
        The network or the server failed, or what came holds no incident that the reader of this source
        can read, or is no table with its columns. What came is removed, and what was fetched before stays.

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
    """Raise unless what came holds incidents that the reader of the source finds, or is such a table."""
    try:
        if find_source(source).kind == "table":
            found = check_table(find_source(source), path)
        else:
            found = "" if read_source(source, path).incidents else "no incident"
    except LeakkitError as error:
        found = f"that its reader refused it: {error.expected}, {error.found}"
    if found:
        raise FetchError(
            f"Expected a copy of {source} ({find_source(source).what}) in {printable(path.name, 200)!r}",
            f"found {found}",
            f"give a file of {source}; what was fetched before stays as it was",
        )
