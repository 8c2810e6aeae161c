"""MITRE ATLAS: case studies of attacks on AI systems, with the techniques of each."""

from __future__ import annotations

import calendar
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadMemberError, LeakUnreadableError, NotALeakError
from leakkit.incidents.catalogue_files import CatalogueFile, catalogue_files, catalogue_path, shown_name
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import SUMMARY, TITLE
from leakkit.incidents.catalogue_yaml import place_reached, yaml_documents
from leakkit.incidents.loaded import Loaded

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "Apache-2.0"
_PRECISIONS = {"DATE": "day", "DAY": "day", "MONTH": "month", "YEAR": "year"}
_RECORD_TYPES = ("incident", "exercise")


def load_atlas(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Case studies of MITRE ATLAS as a frame of the kind `leakkit.frames.INCIDENTS`.

    Parameters
    ----------
    path : path, optional
        ``ATLAS.yaml``, a file of one case study, or a folder or archive of such files. Without one, what
        ``leakkit fetch atlas`` brought.

    Returns
    -------
    pandas.DataFrame
        One row a case study. ``record_type`` tells incidents from exercises; most are exercises, done
        by researchers on purpose, and no count of incidents should hold them.

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is there, no case study is in it, or it is no YAML.

    Notes
    -----
    A date is an interval as wide as the catalogue's granularity says. ``victim`` is the target in the
    catalogue's words; the actor's and the reporter's names stand in the long frame.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "ATLAS.yaml")
    >>> _ = file.write_text("case-studies: [{id: AML.CS1, case-study-type: exercise}]")
    >>> load_atlas(file)[["incident_uid", "record_type"]].values.tolist()
    [['atlas:AML.CS1', 'exercise']]
    """
    return read_atlas(catalogue_path("atlas", path)).frames()["incidents"]


def read_atlas(path: str | os.PathLike[str]) -> Loaded:
    """Give case studies, techniques and losses; every value of the file is accounted for.

    The matrix (tactics, techniques, mitigations) is no incident data: it is counted in ``losses``.
    """
    path = Path(path).expanduser()
    account = Account("atlas", shown_name(path), LICENCE, one_file=True)
    studies: list[tuple[CatalogueFile, Any, str | None]] = []
    for file in _files(account, path):
        try:
            found = list(yaml_documents(file.data or b""))
        except BadMemberError as error:
            if os.path.isfile(path):
                raise LeakUnreadableError(
                    f"Expected YAML of ATLAS in the file {file.base!r}",
                    f"found {error.reason}",
                    "fetch it again",
                ) from None
            account.whole_file(file.name, "malformed", error.reason)
            continue
        for document in found:
            studies += ((file, study, version) for study, version in _studies(account, file, document))
    if not studies:
        raise NotALeakError(
            f"Expected case studies of ATLAS in {shown_name(path)!r}",
            "found none",
            "give the ATLAS.yaml of a release",
        )
    keys = [(_id(study), content_digest(study)) for _, study, _ in studies]
    for number, ((file, study, version), (name, _), uid) in enumerate(
        zip(studies, keys, numbered("atlas", keys), strict=True), 1
    ):
        record = Record(account, file.name, name or f"case study {number}", study)
        if not name or uid is None:
            record.lose_all("duplicate" if name else "malformed")
        else:
            account.version = version
            _fill(account, record, uid, file.sha256)
    return account.finish()


def _files(account: Account, path: str | os.PathLike[str]) -> Iterator[CatalogueFile]:
    """Give the YAML files; list all others."""
    alone = os.path.isfile(path)
    for file in catalogue_files(path, lambda base: base.lower().endswith((".yaml", ".yml"))):
        if file.problem is not None:
            if alone:
                raise LeakUnreadableError(
                    f"Expected to read {file.base!r}",
                    f"found that {file.problem}; {place_reached(file.start)}",
                    "fetch it again",
                )
            account.whole_file(file.name, "malformed", file.problem)
        elif file.data is None:
            account.whole_file(file.name, "left_out", "no YAML file")
        else:
            yield file


def _studies(account: Account, file: CatalogueFile, document: Any) -> Iterator[tuple[Any, str | None]]:
    """Give the case studies of a document with the version of ATLAS; count everything else in it.

    Known are the list of a release, a file of one case study, and what the site's form writes (`study`).
    """
    if not isinstance(document, dict) or document.get("object-type") == "case-study":
        if isinstance(document, dict):
            yield document, None
        else:
            Record(account, file.name, file.base, document).close()
        return
    held = next(
        (key for key in ("case-studies", "study") if isinstance(document.get(key), list | dict)), None
    )
    rest = Record(account, file.name, file.base, {k: v for k, v in document.items() if k != held})
    version = rest.text("version", 40) if held == "case-studies" else None
    rest.close()
    studies = document[held] if held else []
    if isinstance(studies, dict):
        studies = [studies] if held == "study" else list(studies.values())
    for study in studies:
        yield study, version


def _id(study: Any) -> str:
    """Give the id of a case study, '' where it has none."""
    return Record(Account("atlas", "", LICENCE), "", "", study).text("id", 200) or ""


def _fill(account: Account, record: Record, uid: str, sha256: str | None) -> None:
    """Fill one case study."""
    name = record.text("id", 200) or ""
    first, last, precision = _dates(record)
    kind = record.text("case-study-type") or ""
    actors = record.texts("actor")
    known = kind.casefold() if kind.casefold() in _RECORD_TYPES else None
    account.row(
        uid,
        name,
        sha256,
        record_type=known,
        title=record.text("name", TITLE),
        summary=record.text("summary", SUMMARY),
        victim=record.text("target", TITLE),
        incident_date=first,
        incident_date_end=last,
        incident_date_precision=precision,
        date_basis="occurred" if first else None,
        actor=["unknown"] if any(text.casefold() == "unknown" for text in actors) else None,
        is_ai_system=True,
        reference=record.texts("references[].url"),
    )
    if kind and known is None:
        account.terms(uid, "atlas", "case-study-type", [kind])
    version = account.version
    for taxonomy in ("technique", "tactic"):
        ids = record.texts(f"procedure[].{taxonomy}")
        account.terms(uid, f"atlas.{taxonomy}", taxonomy, ids, version=version)
    account.terms(uid, "atlas", "actor", actors, version=version)
    reporters = [*record.texts("reporter"), *record.texts("reported-by")]
    account.terms(uid, "atlas", "reporter", reporters, version=version)
    record.close()


def _dates(record: Record) -> tuple[dt.datetime | None, dt.datetime | None, str | None]:
    """Take date and granularity; give first day, last day and precision."""
    day = record.day("incident-date")
    granularity = record.raw("incident-date-granularity")
    precision = record.settle(
        "incident-date-granularity", granularity, _PRECISIONS.get(str(granularity).upper())
    )
    if day is None:
        return None, None, None
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31), precision
    if precision == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last), precision
    return day, day, precision or "unknown"
