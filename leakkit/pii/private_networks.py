"""Addresses of private networks, and of network cards, among machines: nothing beside them tells of a person.

An address such as 10.1.2.3 (RFC 1918, RFC 3927, RFC 4193, RFC 4291) stands for a machine inside one network and is
given to another tomorrow; the card of a server in a rack is nobody's either. Who uses them can be known only where
something tells: a user, a login, a browser, a telephone in a log of Wi-Fi. Without, they are no personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.fields import coded_texts
from leakkit.pii.nobody.telling import OF_PERSONS, OF_USERS, Telling
from leakkit.pii.places import are_of

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup

FEWEST = 20
"""Addresses of a member from which on a part of them may be of machines, though others are of persons."""
MOST_TOLD = 0.05
"""Share of them with a person beside from which on the member is about people, and all stay."""
DETECTOR = "ipv4_private"
_PRIVATE = r"^(?:(?:10|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|169\.254)\.|fe[89ab][0-9a-f]:|f[cd][0-9a-f]{2}:)"
_DEVICES = (
    r"(?i)(?:^|[^a-z])(?:ssid|i?phones?|ipads?|i?watch|macbook|galaxy|pixel|android|laptops?|tablets?|airpods|bluetooth"
    r"|ble|wearables?|paired|handsets?|tv|badges?|visitors|owners? ?[=:,]|rooms?|desks?|homes?|flats?"
    r"|device[ _]?names?|hostname[\"']?[=: ]+[\"']?[a-z]{2,12}s[-'’][a-z]+)(?:$|[^a-z])"
)
"""What in a record says that somebody's own device stands behind an address."""
_RADIO = (
    r"(?i)(?:^|[^a-z])(?:stations?|sta ?[:=]|sta|clients?|associat(?:ed|ion)|roam(?:ed|ing)|probe[ _]re(?:q|sp)"
    r"|lease[ =:]+[0-9]{1,3}[.]|access[ _]points?|hostapd|wpa[23]?|unifi|rssi|802[.]11|notebooks?|printers?)"
    r"(?:$|[^a-z])"
)
"""What in a record says that a card is at the other end of a radio, or given an address."""


def without_machines(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Leave out addresses of private networks, and of network cards, where no person is beside.

    Both go in members of which nothing tells of a person. In members with many of them, an address stays, wherever
    it is found, where it stands once beside another finding of a person, an address of the whole network, or words
    of a user; all stay where more than `MOST_TOLD` do, and where entities or detectors were asked for by name.

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

    if setup.only is not None:
        return found
    private, cards = _private(found), np.flatnonzero(are_of(found, "entity", "MAC_ADDRESS"))
    if not len(private) and not len(cards):
        return found
    telling = Telling(batch, found, np.concatenate([private, cards]))
    kept = np.ones(found.num_rows, bool)
    for asked, words in ((private, (OF_USERS, _DEVICES)), (cards, (OF_USERS, _DEVICES, _RADIO))):
        if len(asked):
            kept[asked[_of_machines(found, telling, asked, words)]] = False
    return found if kept.all() else found.filter(pa.array(kept))


def _of_machines(found: pa.Table, telling: Telling, asked: np.ndarray, words: tuple[str, ...]) -> np.ndarray:
    """Tell which addresses are of machines."""
    import pyarrow as pa

    gone = telling.nowhere(asked, OF_PERSONS, *words)
    members = telling.places.members[asked]
    _, own, counts = np.unique(members, return_inverse=True, return_counts=True)
    many = np.flatnonzero((counts >= FEWEST)[own] & ~gone)
    if not len(many):
        return gone
    told = np.zeros(len(many), bool)
    for some in words:
        told |= telling.beside(asked[many], some)
    _, own = np.unique(members[many], return_inverse=True)
    share = np.bincount(own, told) / np.bincount(own)
    some = found.column("value_key").take(pa.array(asked[many])).cast(pa.string())
    keys, _ = coded_texts(some)
    pairs = own * (int(keys.max()) + 1) + keys
    gone[many] = ~np.isin(pairs, pairs[told]) & (share[own] <= MOST_TOLD)
    return gone


def _private(found: pa.Table) -> np.ndarray:
    """Give the findings that are addresses of private networks, by a detector or what their masks show."""
    own = are_of(found, "detector", DETECTOR)
    for column, pattern in (("masked", _PRIVATE), ("evidence", DETECTOR)):
        others = np.flatnonzero(are_of(found, "entity", "IP_ADDRESS") & ~own)
        own[others] = _matched(found.column(column).take(others), pattern)
    return np.flatnonzero(own)


def _matched(column: pa.ChunkedArray, pattern: str) -> np.ndarray:
    """Tell which texts of a column a pattern matches somewhere; each different one is asked once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = column.combine_chunks()
    if not pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_encode()
    numbers = texts.indices.to_numpy()
    present = np.flatnonzero(np.bincount(numbers))
    told = np.zeros(len(texts.dictionary), bool)
    told[present] = pc.match_substring_regex(texts.dictionary.take(present), pattern)
    return told[numbers]
