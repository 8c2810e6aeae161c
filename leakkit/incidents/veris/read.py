"""The VERIS Community Database: read any of its forms, give the frame of its incidents."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from leakkit.incidents.loaded import Loaded
from leakkit.incidents.veris.reading import Reading

if TYPE_CHECKING:
    import pandas as pd


def read_vcdb(path: str | Path) -> Loaded:
    """Read VERIS records, each value placed in a row or listed as lost.

    Parameters
    ----------
    path : str or Path
        The zip of the VERIS Community Database (members ``vcdb.json``, ``vcdb_1-of-1.json``, several
        parts), a folder with one JSON file an incident, a JSON list, one object a line, or a gzip of
        these. Schema 1.2.1 to 1.4.1; a byte-order mark does no harm.

    Returns
    -------
    Loaded
        Rows of the incidents, of all terms (taxonomy "veris", in the file's own spelling), and of what
        has no place: free notes and bookkeeping by field, unknown terms and wrong types by record.

    Raises
    ------
    LeakNotFoundError
        Nothing stands at `path`.
    LeakUnreadableError
        No record can be read; names file, line, column and record. One bad file of several costs a row
        of the losses.

    Notes
    -----
    An id is upper-cased. Where it occurs with different content, the second and third are told apart by
    '#2' and '#3' in `incident_uid`, in the order of a hash of the content; `source_id` stays the same:
    count incidents by it. Exact repetitions are one row. Amounts of single varieties of data are in the
    long frame and are never added up: they exceed the total in some hundred records. Terms of earlier
    versions have the name of 1.4.1 in the wide frame (MitM is AitM).

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "one.json")
    >>> _ = file.write_text(json.dumps({"incident_id": "a-1", "timeline": {"incident": {"year": 2019}}}))
    >>> loaded = read_vcdb(file)
    >>> loaded.incidents[0]["incident_uid"], loaded.n_values, loaded.n_placed
    ('vcdb:A-1', 2, 2)
    """
    return Reading(Path(path).expanduser()).run().check()


def load_vcdb(
    path: str | Path | None = None,
    *,
    webskimmers: bool = False,
    samples: str = "all",
    unreviewed: bool = True,
) -> pd.DataFrame:
    """Give the incidents of the VERIS Community Database, one row a record.

    Parameters
    ----------
    path : str or Path, optional
        What to read, see `read_vcdb`; without it what `leakkit fetch vcdb` has fetched.
    webskimmers : bool, default False
        Keep the batch of some 5,000 web-skimmer breaches that were found by one script at once. The
        joined file of the catalogue leaves them out too.
    samples : {'all', 'random', 'priority'}
        ``random`` leaves out the records that were picked for a topic (`sample_flag` "phidbr": health data,
        and "priority"), which are no random sample; ``priority`` keeps them alone.
    unreviewed : bool, default True
        Keep the records that nobody has checked ("First pass", "Needs review", "In-progress"). Where the
        catalogue says nothing, a record is kept in any case.

    Returns
    -------
    pandas.DataFrame
        Columns and dtypes of `leakkit.frames.INCIDENTS`. `data_total` counts records, missing where the
        file says nothing; `impact_amount` is in `impact_currency`, missing where the file names none.
        `leakkit.left_out` tells how many records each switch took away.

    Raises
    ------
    LeakNotFoundError, LeakUnreadableError
        As `read_vcdb`.

    Notes
    -----
    What misleads: the catalogue is no sample of all incidents but of those that became public, mostly in
    English; a third of the dates are a year; one record holds two fifths of all data. Some ids stand for
    several rows: ``frame.drop_duplicates("source_id")`` has one row an incident.

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "one.json")
    >>> _ = file.write_text(json.dumps({"incident_id": "a-1", "action": {"error": {"variety": ["Loss"]}}}))
    >>> load_vcdb(file)["action_variety"].tolist()
    [['error.Loss']]
    """
    from leakkit.frames import INCIDENTS
    from leakkit.incidents.selection import select_incidents

    if path is None:
        from leakkit.sources import fetched

        path = fetched("vcdb")
    with _frugal():
        reading = Reading(Path(path).expanduser(), rows_only=True)
        reading.run()
        return select_incidents(
            INCIDENTS.from_batches(reading.batches),
            webskimmers=webskimmers,
            samples=samples,
            unreviewed=unreviewed,
            exercises=True,
            doubtful=True,
            repeats=True,
        )


@contextlib.contextmanager
def _frugal() -> Iterator[None]:
    """Let Arrow use the system's memory pool: its own keeps three times what many small columns need."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
