"""All steps that leave out what tells of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.pii.nobody.accounts import without_accounts
from leakkit.pii.nobody.calls import without_calls
from leakkit.pii.nobody.measures import without_measures
from leakkit.pii.nobody.numbers import without_short_keys
from leakkit.pii.nobody.tracks import without_things
from leakkit.pii.nobody.units import without_units
from leakkit.pii.private_networks import without_machines

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup


def without_services(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Leave out, before numbers are looked for beside them, accounts of services, counts, documents of nobody.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    setup : Setup
        What is looked for: what was asked for by name stays.
    """
    if setup.only is not None:
        return found
    return without_short_keys(batch, without_accounts(batch, without_units(batch, without_measures(found))))


def without_nobody(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Leave out what machines and things have: addresses of private networks, tracks of balloons.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    setup : Setup
        What is looked for: what was asked for by name stays.
    """
    if setup.only is not None:
        return found
    found = without_machines(batch, found, setup)
    return without_calls(batch, without_things(batch, found))
