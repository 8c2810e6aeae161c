"""Web addresses that programs call: of interfaces, stores and networks of machines, where nothing tells of a person.

``http://node-4.internal:2375/v1.43/containers/5f0c1e9a77b2/json`` is read by a program; whose page it is cannot be
asked. Addresses of pages stay, and so do all where a browser, a user or anything else of a person is in the member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.nobody.telling import OF_PERSONS, OF_USERS, Telling
from leakkit.pii.places import are_of

if TYPE_CHECKING:
    import pyarrow as pa

_CALLED = (
    r"(?i)://(?:[^/\s\"']{1,200}:[0-9]{2,5}(?:[/\"'\s]|$)"
    r"|[^/\s\"']{0,200}\.(?:internal|local|lan|svc|corp|intra|intranet|cluster|private|consul|arpa)(?:[:/\"'\s]|$)"
    r"|[a-z0-9\-]{0,20}(?:api|hooks?|hub|registry|metrics|ci|s3|storage|gateway|gw|ingest|telemetry|otel|grpc|ws|push)"
    r"[a-z0-9\-]{0,20}\.|[^\s\"']{1,300}/(?:v[0-9](?:\.[0-9]+)?|api|graphql|healthz?|metrics|webhooks?)(?:[/?\"'\s]|$)"
    r"|[^\s\"']{1,300}(?:sha256:|[0-9a-f]{12}))"
)
"""A port, a name inside a network, the host or version of an interface, a digest."""


def without_calls(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out web addresses that programs call, in members of which nothing tells of a person.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    asked = np.flatnonzero(are_of(found, "entity", "URL"))
    if not len(asked):
        return found
    telling = Telling(batch, found, asked)
    asked = asked[telling.nowhere(asked, OF_PERSONS, OF_USERS)]
    if not len(asked):
        return found
    kept = np.ones(found.num_rows, bool)
    kept[asked[telling.in_texts(asked, _CALLED)]] = False
    return found if kept.all() else found.filter(pa.array(kept))
