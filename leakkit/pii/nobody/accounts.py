"""Accounts of services: names that systems bring along, and those in settings of containers.

``session opened for user chrony`` tells of a clock, and ``user: ledger2`` beside the image of a container of the
account inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.nobody.telling import OF_PERSONS, Telling, texts_of
from leakkit.pii.places import Places, any_holds, are_of

if TYPE_CHECKING:
    import pyarrow as pa

_ROLE = "traits:role-mailbox"
_LOGGED = tuple(
    f"username_{kind}"
    for kind in (
        "login_log sshd sudo refused audited by_session assigned field context after_word key home_folder quoted_at"
    ).split()
)
"""Detectors of who does something; accounts in calls and settings open something, and stay."""
_SURE = 0.5
_SETTING = (
    r"(?:image|container_name|containers|apiVersion|depends_on|restart|mac_address|healthcheck|ports|volumes|networks"
    r"|deploy)[\"']?:"
)
_IMAGE = rf"^\s*(?:- )?[\"']?{_SETTING}"
_RUN_BY = (
    r"^\s*(?:- )?[\"']?(?:user|user_?name|login|owner|run_?as(?:_?user)?|PGUSER|USER(?:_?NAME)?"
    r"|(?:[A-Z][A-Z0-9]*_){1,4}(?:USER(?:_?NAME)?|LOGIN))[\"']?(?:: ?|=)"
)
_OF_HOSTS = ("username_home_folder", "username_at_address")
"""Detectors of who works on the machine outside of the container."""
_FEWEST = 3
"""Lines with an image from which on a member is settings of containers."""


def without_accounts(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out names of accounts of services without anything of a person, or a credential, in their record.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    names = are_of(found, "entity", "USERNAME")
    if not names.any():
        return found
    roles = names & are_of(found, "detector", *_LOGGED)
    steps, evidence = texts_of(found.column("evidence"), np.flatnonzero(roles))
    roles[roles] = np.array([_ROLE in step for step in evidence], bool)[steps]
    places = Places(batch, found)
    others = ~names & ~are_of(found, "family", "network") & (found.column("score").to_numpy() >= _SURE)
    gone = roles & ~np.isin(places.found, places.found[others])
    if not gone[names].all():
        gone |= _of_containers(batch, found, places, names & ~gone)
    return found.filter(pa.array(~gone)) if gone.any() else found


def _of_containers(batch: pa.RecordBatch, found: pa.Table, places: Places, asked: np.ndarray) -> np.ndarray:
    """Tell which names stand in settings of containers: by whom one is run, or all where nothing tells of a person."""
    import pyarrow as pa
    import pyarrow.compute as pc

    gone = np.zeros(len(asked), bool)
    if not any_holds(batch.column("text"), _SETTING):
        return gone
    some = np.flatnonzero(np.isin(places.members_of_batch, places.members[asked]))
    texts = pc.fill_null(batch.column("text").take(pa.array(some)), "")
    images = pc.match_substring_regex(texts, _IMAGE).to_numpy(zero_copy_only=False)
    members, counts = np.unique(places.members_of_batch[some[images]], return_counts=True)
    own = asked & np.isin(places.members, members[counts >= _FEWEST])
    if own.any():
        rows = pc.match_substring_regex(texts, _RUN_BY).to_numpy(zero_copy_only=False)
        gone = own & np.isin(places.found, places.batch[some[rows]])
        inside = np.flatnonzero(own & ~gone & ~are_of(found, "detector", *_OF_HOSTS))
        gone[inside] = Telling(batch, found, np.flatnonzero(asked)).nowhere(inside, OF_PERSONS)
    return gone
