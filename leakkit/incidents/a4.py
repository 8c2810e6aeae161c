"""The VERIS grid of four A's: how many incidents join an actor, an action, an asset and an attribute."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

ACTORS = ("external", "internal", "partner", "unknown")
ACTIONS = ("malware", "hacking", "social", "misuse", "physical", "error", "environmental", "unknown")
ASSETS = {"S": "server", "N": "network", "U": "user device", "T": "terminal", "P": "person", "M": "media",
          "E": "embedded"}  # fmt: skip
ATTRIBUTES = ("confidentiality", "integrity", "availability", "unknown")
NOT_KNOWN = "unknown"


def measure_a4(incidents: pd.DataFrame) -> pd.DataFrame:
    """Incidents by actor, action, kind of asset and attribute.

    Parameters
    ----------
    incidents : pandas.DataFrame
        Incidents frame. An incident counts once in each cell that its lists make; what a list does not hold is
        "unknown".

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``action``, ``asset``, ``attribute`` (string) and ``incidents`` (Int64), cells above zero
        only, most frequent first. Cells add up to more than the incidents; incidents without a single one of
        the four are not counted.

    Notes
    -----
    After the A4 grid of Verizon's Data Breach Investigations Reports, with the terms of VERIS 1.4.1.
    Misleading: an incident with two actors and two actions makes four cells, though perhaps only two of them happened.

    Examples
    --------
    >>> from leakkit.frames import INCIDENTS
    >>> row = {"incident_uid": "vcdb:A", "source": "vcdb", "source_id": "A", "actor": ["external"]}
    >>> row |= {"action": ["hacking"], "asset_variety": ["S - Database"], "attribute": ["confidentiality"]}
    >>> measure_a4(INCIDENTS.from_rows([row])).values.tolist()
    [['external', 'hacking', 'server', 'confidentiality', 1]]
    """
    counts: dict[tuple[str, ...], int] = {}
    columns = [incidents[name] for name in ("actor", "action", "asset_variety", "attribute")]
    for actor, action, asset, attribute in zip(*columns, strict=True):
        parts = [_terms(actor), _terms(action), {_asset(term) for term in _terms(asset)}, _terms(attribute)]
        if not any(parts):
            continue
        for cell in product(*(sorted(part) or [NOT_KNOWN] for part in parts)):
            counts[cell] = counts.get(cell, 0) + 1
    rows = [(*cell, number) for cell, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    table = pd.DataFrame(rows, columns=["actor", "action", "asset", "attribute", "incidents"])
    return table.astype(
        dict.fromkeys(["actor", "action", "asset", "attribute"], "string") | {"incidents": "Int64"}
    )


def _terms(value: Any) -> set[str]:
    """Give the terms of one cell of a list column."""
    return {str(term) for term in value if term} if isinstance(value, Iterable | np.ndarray) else set()


def _asset(variety: str) -> str:
    """Give the kind of an asset from its VERIS variety."""
    letter, dash, _ = variety.partition(" - ")
    return ASSETS.get(letter, NOT_KNOWN) if dash else NOT_KNOWN
