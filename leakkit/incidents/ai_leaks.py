"""Leaks of AI labs, hubs, vendors and applications, from the table that ships with leakkit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.facts import confident_rows, wanted_confidences
from leakkit.incidents.cells import DATE_FORMS, parsed_date
from leakkit.incidents.loaded import Loaded
from leakkit.incidents.tables import AI_LEAKS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

COMPILED = "2026-11-22"
"""Day on which the bundled table was compiled: its version."""
SOURCE = "ai_leak"
TAXONOMY = "ai_leaks"

VERIS: dict[str, dict[str, list[str]]] = {
    "misconfigured_storage": {
        "actor": ["internal"],
        "action": ["error"],
        "action_variety": ["error.Misconfiguration"],
    },
    "publication_error": {
        "actor": ["internal"],
        "action": ["error"],
        "action_variety": ["error.Publishing error"],
    },
    "misuse_by_user": {
        "actor": ["internal"],
        "action": ["misuse"],
        "action_variety": ["misuse.Data mishandling"],
    },
    "insider_leak": {"action": ["misuse"]},
    "supply_chain_compromise": {
        "actor": ["external"],
        "action": ["malware"],
        "action_vector": ["malware.Software update"],
    },
    "external_intrusion": {
        "actor": ["external"],
        "action": ["hacking"],
        "action_variety": ["hacking.Unknown"],
    },
    "social_engineering": {"actor": ["external"], "action": ["social"]},
    "unknown": {"actor": ["unknown"], "action": ["unknown"]},
}
"""VERIS terms that follow from the vector; nothing where the vector covers acts of several kinds.

An application's bug may be an error or may have been hacked, a credential published or stolen, a vendor may
have erred or been entered; insiders of this table are staff, customers' staff and testers. The default of a
design, scraping, drawing content out of a model and an agent's own act have no action in VERIS 1.4.1.
"""
_VARIETIES = {
    "source_code": "Source code",
    "credentials": "Credentials",
    "internal_documents": "Internal",
    "biometric_data": "Sensitive Personal",
    "biometrics": "Sensitive Personal",
    "health": "Medical",
    "payment": "Payment",
}
_SECURITY = {"confirmed": "Confirmed", "alleged": "Suspected", "disputed": "Suspected"}
_NOT_BROKEN_INTO = {"scraping"}
_INSIDE = (
    "the company",
    "the agency",
    "the bank",
    "the developer",
    "maintainers",
    "agency monitoring",
    "employer",
)
_PARTNERS = ("the vendor",)
_DATES = ("date_occurred", "date_disclosed")
_TERMS = ("sector", "exposure_vector", "date_precision", "pii", "status", "confidence")
_LISTS = ("artifact_types", "sensitive_categories")
_PLACED = (
    "incident_id title organisation exposure_vector records_exposed country source_url source_url_2 notes "
    "sector date_precision pii status confidence"
).split()
_NO_PLACE = "bytes_exposed people_affected regulator_action fine_amount fine_currency source_title".split()


def load_ai_leaks(min_confidence: str = "medium", path: str | Path | None = None) -> pd.DataFrame:
    """Publicly reported leaks of AI labs, hubs, vendors and applications, with all that the table says.

    Parameters
    ----------
    min_confidence : {'low', 'medium', 'high'}
        Rows of lower confidence are left out. Low ones were recalled, nothing was read.
    path : path, optional
        A table of the same columns; left out, the one that ships with leakkit.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.AI_LEAKS`, sorted by date of disclosure. Each date is an interval: 2024-03
        runs from ``date_disclosed`` 2024-03-01 to ``date_disclosed_end`` 2024-03-31. Numbers are nullable;
        missing means unknown.

    Raises
    ------
    BadParameterError
        `min_confidence` is none of the three.
    BadFrameError
        The table has faults; they are named with line and column.

    Notes
    -----
    Misleading: ``records_exposed`` counts messages, files, tokens or images, whatever the source counts, so
    the column must not be added up, and reachable is not taken. The rows were found by reading in English,
    so they are no sample of all leaks. Two rows (``model_extraction`` in ``research``) are studies. A fine
    may have been annulled: ``regulator_action`` says so. See ``data/README.md`` for the method.

    Examples
    --------
    >>> leaks = load_ai_leaks()
    >>> len(leaks), len(load_ai_leaks("low")), leaks["records_exposed"].dtype
    (84, 113, Int64Dtype())
    """
    from leakkit.frames import AI_LEAKS as FRAME

    rows = confident_rows(AI_LEAKS, min_confidence, path)
    return FRAME.from_rows(_with_intervals(row) for row in rows)


def read_ai_leaks(path: str | Path | None = None, *, min_confidence: str = "medium") -> Loaded:
    """Read the table into rows of the joined frames.

    Parameters
    ----------
    path : path, optional
        A table of the same columns; left out, the one that ships with leakkit.
    min_confidence : {'low', 'medium', 'high'}
        Rows of lower confidence are losses of the reason ``left_out``.

    Returns
    -------
    Loaded
        ``incident_date`` is when it happened, where that is known, else when it was disclosed (see
        ``date_basis``). VERIS terms are ours (see `VERIS`). A regulator's fine is no cost that the leak
        caused, may cover other conduct and may be annulled: it is not ``impact_amount`` but a loss, as are
        people affected and bytes; `load_ai_leaks` has them.

    Raises
    ------
    BadParameterError
        `min_confidence` is none of the three.
    BadFrameError
        The table has faults; they are named with line and column.
    """
    from leakkit.bundled import data_path

    wanted = wanted_confidences(min_confidence)
    place = data_path(AI_LEAKS.file) if path is None else Path(path)
    rows = confident_rows(AI_LEAKS, "low", place)
    common = {
        "source": SOURCE,
        "source_version": COMPILED if path is None else None,
        "source_sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
        "source_licence": "BSD-3-Clause",
        "record_type": "incident",
        "is_ai_system": True,
    }
    loaded = Loaded(SOURCE, place.name)
    for row in rows:
        loaded.n_values += _n_values(row)
        if row["confidence"] in wanted:
            _take(loaded, row, common)
        else:
            loaded.lose("*", "left_out", record=row["incident_id"], n_values=_n_values(row))
    return loaded.check()


def _n_values(row: Mapping[str, Any]) -> int:
    """Count the values of a row, each word of a list for itself."""
    return sum(len(value) if isinstance(value, list) else value is not None for value in row.values())


def _take(loaded: Loaded, row: Mapping[str, Any], common: Mapping[str, Any]) -> None:
    """Put one row into the frames, and what has no place there among the losses."""
    uid = f"{SOURCE}:{row['incident_id']}"
    loaded.incidents.append({**common, **_incident(row), "incident_uid": uid})
    terms = [(name, row[name]) for name in _TERMS if row[name]]
    terms += [(name, word) for name in _LISTS for word in row[name]]
    loaded.enums += [
        {
            "incident_uid": uid,
            "source": SOURCE,
            "taxonomy": TAXONOMY,
            "taxonomy_version": common["source_version"],
            "field": name,
            "value": value,
        }
        for name, value in terms
    ]
    loaded.n_placed += sum(row[name] is not None for name in _PLACED)
    loaded.n_placed += sum(len(row[name]) for name in _LISTS)
    _account(loaded, row)


def _account(loaded: Loaded, row: Mapping[str, Any]) -> None:
    """Count dates and finders as placed where they are, and list what has no place."""
    record = row["incident_id"]
    losses = [(name, "no_place") for name in _NO_PLACE]
    if row["date_occurred"]:
        losses.append(("date_disclosed", "no_place"))
    if _discovery(row) is None:
        losses.append(("discovered_by", "ambiguous"))
    lost = {name for name, _ in losses}
    loaded.n_placed += sum(row[name] is not None for name in (*_DATES, "discovered_by") if name not in lost)
    for name, reason in losses:
        if row[name] is not None:
            value = f"{row[name]:.15g}" if isinstance(row[name], float) else row[name]
            loaded.lose(name, reason, record=record, value=value)


def _incident(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of the joined frame."""
    kinds = [*row["artifact_types"], *row["sensitive_categories"]]
    varieties = [_VARIETIES[kind] for kind in kinds if kind in _VARIETIES]
    varieties += ["Personal"] if row["pii"] == "yes" else []
    return {
        "source_id": row["incident_id"],
        "security_incident": _SECURITY[row["status"]],
        "title": printable(row["title"]),
        "summary": printable(row["notes"]),
        "victim": printable(row["organisation"]),
        "victim_country": [row["country"]] if row["country"] else None,
        **_incident_date(row),
        **VERIS.get(row["exposure_vector"], {}),
        "attribute": None if row["exposure_vector"] in _NOT_BROKEN_INTO else ["confidentiality"],
        "data_variety": list(dict.fromkeys(varieties)) or None,
        "data_classes_raw": list(dict.fromkeys(kinds)),
        "data_total": row["records_exposed"],
        "data_total_basis": None if row["records_exposed"] is None else "reported",
        "discovery_method": _discovery(row) if row["discovered_by"] else None,
        "artifact_type": row["artifact_types"],
        "exposure_vector": row["exposure_vector"],
        "reference": [row[name] for name in ("source_url", "source_url_2") if row[name]] or None,
    }


def _incident_date(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the interval of the date, its precision and what it is the date of."""
    basis = "occurred" if row["date_occurred"] else "disclosed"
    written = row[f"date_{basis}"]
    if not written:
        return {"incident_date_precision": "unknown"}
    first, last = _interval(written)
    return {
        "incident_date": first,
        "incident_date_end": last,
        "incident_date_precision": DATE_FORMS[len(written)],
        "date_basis": basis,
    }


def _interval(written: str | None) -> tuple[datetime | None, datetime | None]:
    """Give the first and the last day that a date may mean."""
    days = parsed_date(written or "")
    if days is None:
        return None, None
    return datetime.combine(days[0], time()), datetime.combine(days[1], time())


def _discovery(row: Mapping[str, Any]) -> str | None:
    """Tell who found it: those who lost it, a partner, or somebody else who is named; None where both did."""
    finder = row["discovered_by"]
    if not finder:
        return "unknown"
    if finder in _PARTNERS:
        return "partner"
    inside = finder in _INSIDE or finder.startswith(tuple(f"{name} and " for name in _INSIDE))
    if inside:
        return None if " and " in finder else "internal"
    if finder.lower() in row["organisation"].lower():
        return "partner" if row["exposure_vector"] == "third_party_vendor" else "internal"
    return "external"


def _with_intervals(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row of the table with its dates as intervals and its texts escaped."""
    shown = {name: printable(value) if isinstance(value, str) else value for name, value in row.items()}
    for name in _DATES:
        shown[name], shown[f"{name}_end"] = _interval(row[name])
    shown["country"] = [row["country"]] if row["country"] else None
    return shown
