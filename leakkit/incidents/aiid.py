"""The AI Incident Database: incidents, and the classifications of each by five taxonomies and three annotators."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError, LeakUnreadableError, NotALeakError
from leakkit.incidents.aiid_tables import list_of, named, plain_name, records_of, tables_of, take_id
from leakkit.incidents.aiid_terms import PROSE, TAXONOMIES, split_terms, taxonomy_of
from leakkit.incidents.catalogue_files import (
    CatalogueFile,
    catalogue_files,
    catalogue_path,
    date_in_name,
    shown_name,
)
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import SUMMARY, TITLE
from leakkit.incidents.loaded import Loaded, Row

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "CC-BY-SA-4.0"
_PAGE = "https://incidentdatabase.ai/cite/"
_LISTS = {
    "deployer": "alleged deployer of ai system",
    "developer": "alleged developer of ai system",
    "harmed_party": "alleged harmed or nearly harmed parties",
}
_ADMINISTRATION = frozenset(
    "published|incident number|annotator|annotation status|peer reviewer|reviewer|quality control".split("|")
)


def load_aiid(path: str | os.PathLike[str] | None = None) -> "pd.DataFrame":
    r"""Incidents of the AI Incident Database as a frame of the kind `leakkit.frames.INCIDENTS`.

    Parameters
    ----------
    path : path, optional
        A snapshot: its folder, or an archive of it. Without one, what ``leakkit fetch aiid`` brought.

    Returns
    -------
    pandas.DataFrame
        One row an incident. Deployer, developer and harmed parties are alleged, never established.

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is there, there is no ``incidents.csv`` in it, or that table cannot be read.

    Notes
    -----
    Dates are always full days in the catalogue, even where only a year is known: their precision is
    ``unknown``. ``actor`` and ``action`` follow from the MIT classification by a rule of leakkit's own:
    unintentional is ``error``; a person's intent in a security attack (2.2) is ``hacking``, and in the
    domain of malicious actors (4) the actor is ``external``; everything else is ``unknown``.
    CSETv1 has two columns named "AI System"; the second is ``AI System#2`` in the long frame, and in the
    snapshots seen so far both hold the same.
    The catalogue collects what was reported in news; it is no sample of what happened.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> table = pathlib.Path(tempfile.mkdtemp(), "incidents.csv")
    >>> _ = table.write_text("incident_id,date,title\n7,2020-02-03,A shuttle stops")
    >>> load_aiid(table)[["incident_uid", "title"]].values.tolist()
    [['aiid:7', 'A shuttle stops']]
    """
    return read_aiid(catalogue_path("aiid", path)).frames()["incidents"]


def read_aiid(path: str | os.PathLike[str], version: str | None = None) -> Loaded:
    """Give incidents, classifications and losses of a snapshot; every value of its tables is accounted for.

    Parameters
    ----------
    path : path
        Folder, archive (zip, tar, packed or not), or ``incidents.csv`` alone.
    version : str, optional
        Date of the snapshot; without it, the date in the name of `path`, if any.

    Returns
    -------
    Loaded
        Classifications stand in ``enums`` with taxonomy (csetv0, csetv1, gmf, mit), annotator, field and
        value. Notes, descriptions and snippets are in ``losses``, as are files that are not read.
    """
    path = Path(path).expanduser()
    account = Account("aiid", shown_name(path), LICENCE, version or date_in_name(path))
    tables = tables_of(account, catalogue_files(path, lambda base: bool(plain_name(base))))
    if "incidents.csv" not in tables:
        raise NotALeakError(
            f"Expected a snapshot of the AI Incident Database in {shown_name(path)!r}",
            "found no file incidents.csv",
            "give the folder or archive that holds it",
        )
    rows = _incidents(account, tables.pop("incidents.csv"))
    for name, file in sorted(tables.items()):
        try:
            if name == "duplicates.csv":
                _duplicates(account, file, rows)
            elif name == "quickadd.csv":
                _unused(account, file)
            else:
                _classifications(account, file, rows)
        except LeakUnreadableError as error:
            account.whole_file(file.base, "malformed", error.found)
    for row in rows.values():
        row.setdefault("actor", ["unknown"])
        row.setdefault("action", ["unknown"])
    return account.finish()


def annotations(source: Loaded | str | os.PathLike[str], taxonomy: str = "csetv1") -> "pd.DataFrame":
    """What each annotator said of each incident, before the annotators agreed on a verdict.

    Parameters
    ----------
    source : Loaded or path
        What `read_aiid` gave, or a snapshot.
    taxonomy : str, default "csetv1"

    Returns
    -------
    pandas.DataFrame
        incident, annotator, field, value (string), one row a term. ``annotator`` is the number of the
        annotation table; a table can hold the work of more than one person.
    """
    import pandas as pd

    loaded = source if isinstance(source, Loaded) else read_aiid(source)
    rows = [
        (row["incident_uid"], row["annotator"], row["field"], row["value"])
        for row in loaded.enums
        if row["taxonomy"] == taxonomy
        and row["annotator"] is not None
        and row["field"].casefold() not in _ADMINISTRATION
    ]
    frame = pd.DataFrame(rows, columns=["incident", "annotator", "field", "value"], dtype=pd.StringDtype())
    return frame.sort_values(list(frame.columns), ignore_index=True)


def _incidents(account: Account, file: CatalogueFile) -> dict[str, Row]:
    """Fill the incidents; give their rows by id."""
    records = records_of(account, file)
    digests = [content_digest(record.leaves) for record in records]
    ids = [take_id(record, "incident id") for record in records]
    if not any(ids):
        raise BadFrameError(
            f"Expected a column incident_id in {file.base!r}",
            "found no incident with a number",
            "give the incidents.csv of a snapshot",
        )
    found = [(name or "", digest) for name, digest in zip(ids, digests, strict=True)]
    rows: dict[str, Row] = {}
    for record, name, uid in zip(records, ids, numbered("aiid", found), strict=True):
        if name is None or uid is None:
            if name is not None:  # its number was counted as placed; a repetition is lost whole
                account.loaded.n_placed -= 1
                record.lose("incident_id", "duplicate", name)
            record.lose_all("malformed" if name is None else "duplicate")
            continue
        _incident(account, record, name, uid, file.sha256)
        if uid == f"aiid:{name}":
            rows[name] = account.loaded.incidents[-1]
    return rows


def _incident(account: Account, record: Record, name: str, uid: str, sha256: str | None) -> None:
    """Fill one incident."""
    day = record.day(named(record, "date"))
    lists = {column: list_of(record, named(record, path)) for column, path in _LISTS.items()}
    reports = list_of(record, named(record, "reports"))
    account.row(
        uid,
        name,
        sha256,
        record_type="incident",
        title=record.text(named(record, "title"), TITLE),
        summary=record.text(named(record, "description"), SUMMARY),
        incident_date=day,
        incident_date_end=day,
        incident_date_precision="unknown",
        date_basis="occurred",
        is_ai_system=True,
        reference=[_PAGE + name] if name.isascii() and name.isdigit() else None,
        **lists,
    )
    account.terms(uid, "aiid", "report", reports or ())
    record.close()


def _duplicates(account: Account, file: CatalogueFile, rows: dict[str, Row]) -> None:
    """Note under the incident that stays by which other numbers it was known."""
    for record in records_of(account, file):
        true = take_id(record, "true incident number")
        other = record.text(named(record, "duplicate incident number"), 100)
        if true in rows and other is not None:
            account.terms(rows[true]["incident_uid"], "aiid", "also numbered", [other])
        else:
            account.loaded.n_placed -= (true is not None) + (other is not None)
            for path, value in (("true_incident_number", true), ("duplicate_incident_number", other)):
                if value is not None:
                    record.lose(path, "no_place", value)
        record.close()


def _unused(account: Account, file: CatalogueFile) -> None:
    """Count the values of a table that has no place in the frames."""
    for record in records_of(account, file):
        record.close()


def _classifications(account: Account, file: CatalogueFile, rows: dict[str, Row]) -> None:
    """Fill the terms that one table gives to incidents."""
    taxonomy, annotator = taxonomy_of(file.base)
    seen: dict[str, str] = {}
    for record in records_of(account, file):
        digest = content_digest(record.leaves)
        name = take_id(record, "incident id")
        if name not in rows or name is None or name in seen:
            reason = "malformed" if name is None else "no_place"
            if name is not None:
                account.loaded.n_placed -= 1
                if name in seen:
                    reason = "duplicate" if seen[name] == digest else "ambiguous"
                record.lose("Incident ID", reason, name)
            record.lose_all(reason)
            continue
        seen[name] = digest
        _classify(account, record, rows[name], taxonomy, annotator)


def _classify(account: Account, record: Record, row: Row, taxonomy: str, annotator: str | None) -> None:
    """Fill the terms that one row gives to one incident."""
    given: dict[str, str] = {}
    for path in list(record.leaves):
        field = path.partition("#")[0].casefold()
        if PROSE.search(field):
            continue
        for line in record.texts(path):
            if field == "namespace":
                continue
            given[field] = line
            values = split_terms(line) if field in TAXONOMIES.get(taxonomy, ()) else [line]
            account.terms(row["incident_uid"], taxonomy, path, values, annotator=annotator)
    record.close()
    if taxonomy == "mit" and annotator is None:
        _judge(row, given)


def _judge(row: Row, mit: dict[str, Any]) -> None:
    """Derive actor, action and stage from the MIT classification; see `load_aiid`."""
    person, intent = mit.get("entity") == "Human", mit.get("intent")
    domain, subdomain = str(mit.get("risk domain", "")), str(mit.get("risk subdomain", ""))
    if intent == "Unintentional":
        row["action"] = ["error"]
    elif intent == "Intentional" and person:
        if subdomain.startswith("2.2"):
            row["action"] = ["hacking"]
        if domain.startswith("4"):
            row["actor"] = ["external"]
    if "timing" in mit:
        row["ai_lifecycle"] = [mit["timing"]]
