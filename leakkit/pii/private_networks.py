"""Addresses of private networks among machines: many in one member, and nothing in it tells of a person.

An address such as 10.1.2.3 (RFC 1918, RFC 3927) stands for a machine inside one network and is given to another
tomorrow. Who uses it can be known only where something beside it tells: a user, a login, a browser. Without, it is no
personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.fields import coded_texts
from leakkit.pii.places import NEAR, Places, are_of

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

FEWEST = 20
"""Private addresses of a member from which on it is asked whether they are of machines."""
MOST_TOLD = 0.05
"""Share of them with a person beside from which on the member is about people, and all stay."""
DETECTOR = "ipv4_private"
_ENTITY = "IP_ADDRESS"
_BEGINNINGS = ("10.", "192.168.", "172.", "169.254.")
_PRIVATE = r"^(?:10|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|169\.254)\."
_SURE = 0.5
"""Score from which on another finding tells of a person."""
_SILENT = ("network", "credential")
_OF_NOBODY = ("ORGANIZATION", "LOCATION", "CITY", "STATE", "COUNTRY")
"""Families and entities of findings that machines have, too."""

_OF_USERS = (
    r"(?i)(?:^|[^a-z])(?:"
    r"users?(?:names?|[ _\-]?ids?)?[\"']? ?[=:/]|(?:for|by|from|of|invalid|the|new) user |log[io]n(?:$|[^a-z])"
    r"|logged[ _\-](?:in|on|out|off)|sign(?:ed|ing)?[ _\-]in(?:$|[^a-z])|authenticated|(?:accepted|failed) password"
    r"|sudo|dhcp|vpn|wi-?fi|wlan|customers?|employees?|patients?|subscribers?|students?|passengers?|guests?"
    r"|households?|benutzer|kunden?|mitarbeiter|utilisateurs?|clientes?|usuarios?|utenti?"
    r"|mozilla/[0-9]|opera/[0-9])"
)
"""What in a record says that a person stands behind an address: a user, a login, a device at home, a browser."""


def without_machines(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Leave out addresses of private networks in members that have many, where no person is beside.

    An address stays, wherever it is found, where it stands once beside another finding of a person, an address of the
    whole network, or words of a user. All stay in members where more than `MOST_TOLD` do, and where entities or
    detectors were asked for by name.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    setup : Setup
        What is looked for.
    """
    import pyarrow as pa

    if setup.only is not None or are_of(found, "entity", _ENTITY).sum() < FEWEST:
        return found
    asked = _private(found)
    if len(asked) < FEWEST:
        return found
    places = Places(batch, found)
    _, members, counts = np.unique(places.members[asked], return_inverse=True, return_counts=True)
    asked = asked[counts[members] >= FEWEST]
    if not len(asked):
        return found
    told = np.isin(places.found[asked], _told(batch, found, places, asked))
    _, own = np.unique(places.members[asked], return_inverse=True)
    share = np.bincount(own, told) / np.bincount(own)
    keys, _ = coded_texts(found.column("value_key"))
    pairs = own * (int(keys.max()) + 1) + keys[asked]
    kept = np.ones(found.num_rows, bool)
    kept[asked[~np.isin(pairs, pairs[told]) & (share[own] <= MOST_TOLD)]] = False
    return found.filter(pa.array(kept))


def _private(found: pa.Table) -> np.ndarray:
    """Give the findings that are addresses of private networks, by their detector or by what their masks show."""
    import pyarrow as pa
    import pyarrow.compute as pc

    own = are_of(found, "detector", DETECTOR)
    others = np.flatnonzero(are_of(found, "entity", _ENTITY) & ~own)
    masks = found.column("masked").take(pa.array(others))
    if pa.types.is_dictionary(masks.type):
        masks = masks.cast(pa.string())
    for beginning in _BEGINNINGS:
        some = np.flatnonzero(pc.starts_with(masks, beginning).to_numpy(zero_copy_only=False))
        told = pc.match_substring_regex(masks.take(pa.array(some)), _PRIVATE)
        own[others[some]] = told.to_numpy(zero_copy_only=False)
    return np.flatnonzero(own)


def _told(batch: pa.RecordBatch, found: pa.Table, places: Places, asked: np.ndarray) -> np.ndarray:
    """Give the records in which, or near which, something tells of a person."""
    silent = are_of(found, "family", *_SILENT) | are_of(found, "entity", *_OF_NOBODY)
    public = are_of(found, "entity", _ENTITY)
    public[asked] = False
    sure = found.column("score").to_numpy() >= _SURE
    near = places.found[sure & (~silent | public)][:, None] + np.arange(-NEAR, NEAR + 1)
    return np.concatenate([np.unique(near), _of_users(batch, places, np.unique(places.found[asked]))])


def _of_users(batch: pa.RecordBatch, places: Places, asked: np.ndarray) -> np.ndarray:
    """Give those of some records whose texts, or names of fields, hold words of a user."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = np.flatnonzero(np.isin(places.batch, asked))
    some = pa.array(rows)
    texts: Any = pc.fill_null(batch.column("text").take(some), "")
    fields: Any = pc.binary_join_element_wise(pc.fill_null(batch.column("field").take(some), ""), "=", "")
    told = pc.or_(pc.match_substring_regex(texts, _OF_USERS), pc.match_substring_regex(fields, _OF_USERS))
    return places.batch[rows[told.to_numpy(zero_copy_only=False)]]
