"""The AI Vulnerability Database: reports and vulnerabilities, one JSON file each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadMemberError, NotALeakError
from leakkit.incidents.catalogue_files import CatalogueFile, catalogue_files, catalogue_path, shown_name
from leakkit.incidents.catalogue_formats import documents
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import SUMMARY, TITLE, in_utc
from leakkit.incidents.loaded import Loaded

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "MIT"
_RECORD_TYPES = {
    "aiid incident": "incident",
    "cve entry": "advisory",
    "llm evaluation": "evaluation",
}
_TERMS = {
    "risk_domain": "impact.avid.risk_domain[]",
    "classof": "problemtype.classof",
    "type": "problemtype.type",
    "artifact.type": "affects.artifacts[].type",
    "artifact.name": "affects.artifacts[].name",
    "credit": "credit[].value",
    "report_id": "reports[].report_id",
    "vuln_id": "impact.avid.vuln_id",
}


def load_avid(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Reports and vulnerabilities of AVID as a frame of the kind `leakkit.frames.INCIDENTS`.

    Parameters
    ----------
    path : path, optional
        A folder or archive of AVID's JSON files, or one of them. Without one, what
        ``leakkit fetch avid`` brought.

    Returns
    -------
    pandas.DataFrame
        One row a file. ``record_type`` follows AVID's class: a CVE entry is an ``advisory``, a
        measurement of a model an ``evaluation``, what AVID took from the AI Incident Database an
        ``incident``, everything else a ``vulnerability_report``.

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is there, or no JSON file with an id of AVID.

    Notes
    -----
    Dates are those of report or publication (``date_basis`` is ``disclosed``). Many records repeat
    incidents of the AI Incident Database and case studies of ATLAS: link before counting over catalogues.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "report.json")
    >>> _ = file.write_text('{"metadata": {"report_id": "AVID-2022-R1"}, "reported_date": "2022-11-09"}')
    >>> load_avid(file)[["incident_uid", "date_basis"]].values.tolist()
    [['avid:AVID-2022-R1', 'disclosed']]
    """
    return read_avid(catalogue_path("avid", path)).frames()["incidents"]


def read_avid(path: str | os.PathLike[str]) -> Loaded:
    """Give records, terms and losses of AVID's files; every value of them is accounted for.

    A file that cannot be read is one row of ``losses``.
    """
    path = Path(path).expanduser()
    account = Account("avid", shown_name(path), LICENCE, one_file=True)
    held: list[tuple[CatalogueFile, Any, str, str]] = []
    alone = os.path.isfile(path)
    for file in catalogue_files(path, lambda base: base.lower().endswith(".json")):
        if file.problem is not None:
            account.whole_file(file.name, "malformed", file.problem)
        elif file.data is None:
            account.whole_file(file.name, "left_out", "no JSON file")
        else:
            held += _documents(account, file)
    if not any(name for _, _, name, _ in held):
        raise NotALeakError(
            f"Expected JSON files of AVID in {shown_name(path)!r}",
            "found none with metadata.report_id or metadata.vuln_id"
            + (f" ({account.loaded.losses[0]['value']})" if alone and account.loaded.losses else ""),
            "give the folder or archive that holds them",
        )
    uids = numbered("avid", [(name, digest) for _, _, name, digest in held])
    for (file, document, name, _), uid in zip(held, uids, strict=True):
        record = Record(account, file.name, name or file.base, document)
        if not name or uid is None:
            record.lose_all("duplicate" if name else "malformed")
        else:
            _fill(account, record, uid, file.sha256)
    return account.finish()


def _documents(account: Account, file: CatalogueFile) -> list[tuple[CatalogueFile, Any, str, str]]:
    """Give (file, document, id, digest) for each object in a file; the id is empty where it has none."""
    found: list[Any] = []
    try:
        found += documents(file.data or b"")
    except BadMemberError as error:
        account.whole_file(file.name, "malformed", error.reason)
        return []
    if not found:
        account.whole_file(file.name, "malformed", "it holds no object")
    return [(file, document, _id(document), content_digest(document)) for document in found]


def _id(document: Any) -> str:
    """Give the id in a document's metadata, '' where there is none."""
    scratch = Record(Account("avid", "", LICENCE), "", "", document)
    return scratch.text("metadata.report_id", 200) or scratch.text("metadata.vuln_id", 200) or ""


def _fill(account: Account, record: Record, uid: str, sha256: str | None) -> None:
    """Fill one record."""
    ids = [record.text(f"metadata.{kind}", 200) for kind in ("report_id", "vuln_id")]
    reported, published = record.day("reported_date"), record.day("published_date")
    day = reported or published
    lifecycle = record.texts("impact.avid.lifecycle_view[]")
    account.version = record.text("data_version", 40)
    terms = {field: record.texts(path) for field, path in _TERMS.items()}
    if all(ids):
        terms["vuln_id"] = [*terms["vuln_id"], str(ids[1])]
    kind = next(iter(terms["classof"]), "").casefold()
    account.row(
        uid,
        ids[0] or ids[1] or "",
        sha256,
        record_type=_RECORD_TYPES.get(kind, "vulnerability_report"),
        title=record.text("problemtype.description.value", TITLE)
        or record.text("problemtype.description", TITLE),
        summary=record.text("description.value", SUMMARY) or record.text("description", SUMMARY),
        deployer=record.texts("affects.deployer[]"),
        developer=record.texts("affects.developer[]"),
        incident_date=day,
        incident_date_end=day,
        incident_date_precision="day" if day else None,
        date_basis="disclosed" if day else None,
        added_date=in_utc(published),
        modified_date=in_utc(record.day("last_modified_date")),
        actor=["unknown"],
        action=["unknown"],
        is_ai_system=True,
        ai_lifecycle=lifecycle,
        reference=record.texts("references[].url"),
    )
    version = record.text("impact.avid.taxonomy_version", 40)
    account.terms(uid, "avid.sep", "sep_view", record.texts("impact.avid.sep_view[]"), version=version)
    account.terms(uid, "avid.lifecycle", "lifecycle_view", lifecycle, version=version)
    for field, values in terms.items():
        account.terms(uid, "avid", field, values, version=version)
    record.close()
