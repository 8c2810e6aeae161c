"""Breaches of health data of 500 people or more, as reported to the US Office for Civil Rights (HHS OCR)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import NotALeakError
from leakkit.incidents.catalogue_files import CatalogueFile, catalogue_path, only_file, shown_name
from leakkit.incidents.catalogue_formats import Table
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import SUMMARY, TITLE, day_of
from leakkit.incidents.loaded import Loaded

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "US public record"

_SPELLINGS = {
    "name": "name of covered entity|covered entity|covered entity name|entity name|name|entity",
    "state": "state|state code",
    "entity_type": "covered entity type|entity type|type of covered entity",
    "individuals": "individuals affected|individuals|number of individuals affected|affected individuals",
    "date": "breach submission date|submission date|date submitted|submitted|date posted or updated",
    "occurred": "date of breach|breach date",
    "type": "type of breach|breach type",
    "location": "location of breached information|location of breach|breach location|location",
    "associate": "business associate present|business associate|business associate involved|ba involved",
    "description": "web description|description|summary",
    "year": "year",
}
_COLUMNS = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}

_ACTIONS = {
    "hacking/it incident": ("hacking", None),
    "hacking/it incident/other": ("hacking", None),
    "theft": ("physical", "physical.Theft"),
    "loss": ("error", "error.Loss"),
    "improper disposal": ("error", "error.Disposal error"),
    "unauthorized access/disclosure": ("unknown", None),
    "other": ("unknown", None),
    "unknown": ("unknown", None),
}
_ASSETS = {
    "computer": "U - Desktop",
    "desktop computer": "U - Desktop",
    "e mail": "S - Mail",
    "e-mail": "S - Mail",
    "electronic medical record": "S - Database",
    "email": "S - Mail",
    "laptop": "U - Laptop",
    "network server": "S - Unknown",
    "other": "Other",
    "other portable electronic device": "U - Other",
    "paper": "M - Documents",
    "paper records": "M - Documents",
    "paper/films": "M - Documents",
    "portable electronic device": "U - Other",
}
_STATES = frozenset(
    "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM "
    "NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY".split()
)


def load_hhs(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    r"""Breaches reported to the Office for Civil Rights as a frame of the kind `leakkit.frames.INCIDENTS`.

    Parameters
    ----------
    path : path, optional
        A CSV export of the portal, whichever way its columns are written, packed or not. Without one,
        what ``leakkit fetch hhs`` brought.

    Returns
    -------
    pandas.DataFrame
        One row a report. ``data_total`` counts individuals; 500 and 501 often stand for "not known yet".

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is there, or it is no such table, or a row of it cannot be read.

    Notes
    -----
    The law asks for a report at 500 individuals or more: smaller breaches are not in it. The date is that
    of the report (``submitted``); old tables also had that of the breach (``occurred``). "Unauthorized
    Access/Disclosure" may be misuse, error or hacking: its action is ``unknown``. The portal gives no ids;
    ours are a hash of name, date and type.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> table = pathlib.Path(tempfile.mkdtemp(), "report.csv")
    >>> _ = table.write_text("name,individuals_affected,type_of_breach\nAcme,501,Theft")
    >>> load_hhs(table)[["victim", "data_total", "data_total_basis"]].values.tolist()
    [['Acme', 501, 'individuals']]
    """
    return read_hhs(catalogue_path("hhs", path)).frames()["incidents"]


def read_hhs(path: str | os.PathLike[str]) -> Loaded:
    """Give reports, terms (``hhs``) and losses; every cell of the table is accounted for."""
    path = Path(path).expanduser()
    account = Account("hhs", shown_name(path), LICENCE)
    file = only_file(path, ".csv", "the breach portal")
    records = _records(account, file)
    digests = [content_digest(record.leaves) for record in records]
    ids = [_source_id(record) for record in records]
    uids = numbered("hhs", list(zip(ids, digests, strict=True)))
    for record, source_id, uid in zip(records, ids, uids, strict=True):
        if not record.leaves.get("name"):
            record.lose_all("malformed")
        elif uid is None:
            record.lose_all("duplicate")
        else:
            _fill(account, record, source_id, uid, file.sha256)
    return account.finish()


def column_of(header: str) -> str:
    """Give the name that leakkit knows a column by; the header itself where it knows none.

    Examples
    --------
    >>> column_of("Individuals Affected"), column_of("individuals_affected"), column_of("Sponsor")
    ('individuals', 'individuals', 'Sponsor')
    """
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+", " ", header).strip().casefold()
    return _COLUMNS.get(" ".join(plain.split()), header)


def _records(account: Account, file: CatalogueFile) -> list[Record]:
    """Give the rows as records with columns by our names; list rows that do not fit."""
    table = Table(file.data or b"", file.base)
    names: list[str] = []
    taken: set[str] = set()
    for header in table.names:
        known = column_of(header)
        names.append(header if known in taken else known)
        taken.add(names[-1])
    missing = [key for key in ("name", "type", "individuals") if key not in names]
    if missing:
        raise NotALeakError(
            f"Expected columns of the breach portal in {file.base!r}",
            f"found none for {', '.join(_SPELLINGS[key].partition('|')[0] for key in missing)}",
            "give the CSV export of the portal, with its header",
        )
    records, labels = [], dict(zip(names, table.names, strict=True))
    for number, cells in list(table):
        if cells is None:
            account.loaded.n_values += 1
            account.lose(file.base, "(whole row)", "malformed", f"row {number}", "not as wide as the header")
        else:
            records.append(
                Record(account, file.base, f"row {number}", dict(zip(names, cells, strict=True)), labels)
            )
    return records


def _source_id(record: Record) -> str:
    """Give a hash of name, date and type as they are written, capitals and spaces aside."""
    parts = [
        " ".join(str(record.leaves.get(key, [""])[0]).split()).casefold() for key in ("name", "date", "type")
    ]
    day = record.leaves.get("date", [""])[0]
    parts[1] = _iso(str(day))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _iso(text: str) -> str:
    """Give a date in ISO form whichever way it is written, so that ids do not depend on it."""
    day = day_of(text)
    return text.strip() if day is None else f"{day:%Y-%m-%d}"


def _fill(account: Account, record: Record, source_id: str, uid: str, sha256: str | None) -> None:
    """Fill one report."""
    first, last, basis = _dates(record)
    people = record.whole("individuals")
    title = record.text("name", TITLE)
    types, locations = _several(record, "type", _ACTIONS), _several(record, "location", _ASSETS)
    actions = [_ACTIONS[term.casefold()] for term in types if term.casefold() in _ACTIONS]
    assets = [_ASSETS[term.casefold()] for term in locations if term.casefold() in _ASSETS]
    account.row(
        uid,
        source_id,
        sha256,
        record_type="incident",
        title=title,
        summary=record.text("description", SUMMARY),
        victim=title,
        victim_country=["US"],
        incident_date=first,
        incident_date_end=last,
        incident_date_precision="day" if first else None,
        date_basis=basis,
        actor=["unknown"],
        action=sorted({action for action, _ in actions}) or ["unknown"],
        action_variety=sorted({variety for _, variety in actions if variety}),
        asset_variety=sorted(set(assets)),
        data_variety=["Medical"],
        data_total=people,
        data_total_basis=None if people is None else "individuals",
    )
    account.terms(uid, "hhs", "type", types)
    account.terms(uid, "hhs", "location", locations)
    account.terms(uid, "hhs", "entity type", record.texts("entity_type"))
    account.terms(uid, "hhs", "business associate", record.texts("associate"))
    _state(account, record, uid)
    record.close()


def _dates(record: Record) -> tuple[dt.datetime | None, dt.datetime | None, str | None]:
    """Take the date of the report, or in old tables that of the breach, which can be a range of days."""
    day, value = record.day("date"), record.raw("occurred")
    days = [day_of(part) for part in re.split(r"\s+-\s+|\s*[,;]\s*", str(value).strip())] if value else []
    known = sorted(found for found in days if found is not None)
    if record.settle("occurred", value, known if len(known) == len(days) else None):
        return known[0], known[-1], "occurred"
    return day, day, "submitted" if day else None


def _several(record: Record, column: str, known: Collection[str]) -> list[str]:
    """Take a cell of several terms; one without a known term is listed as not in the schema."""
    cell = record.raw(column)
    if cell is None:
        return []
    terms = [term for part in str(cell)[:2_000].split(",") if (term := " ".join(part.split()))]
    if all(term.casefold() in known for term in terms) and terms:
        record.account.loaded.n_placed += 1
    else:
        record.lose(column, "not_in_schema" if terms else "malformed", cell)
    return [term for term in terms if term.casefold() in known]


def _state(account: Account, record: Record, uid: str) -> None:
    """Take the state, as ISO 3166-2."""
    value = record.raw("state")
    code = str(value).strip().upper()
    if record.settle("state", value, code if code in _STATES else None):
        account.terms(uid, "hhs", "state", [f"US-{code}"])
