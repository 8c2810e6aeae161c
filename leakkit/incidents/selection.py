"""Which records a count is about: switches for samples, skimmers, exercises, doubtful and repeated records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = ("all", "random", "priority")
ON_PURPOSE = ("phidbr", "priority")
"""Samples that a catalogue collected on purpose, so that they say nothing of how frequent a thing is."""

NOT_REVIEWED = ("First pass", "Needs review", "In-progress", "unknown")
NO_BREACH = ("False positive", "Near miss")


def select_incidents(
    incidents: pd.DataFrame,
    *,
    webskimmers: bool = False,
    samples: str = "all",
    unreviewed: bool = True,
    exercises: bool = False,
    doubtful: bool = False,
    repeats: bool = False,
) -> pd.DataFrame:
    """Records that a count should be about; `left_out` says how many each switch took away.

    Parameters
    ----------
    incidents : pandas.DataFrame
        Incidents frame.
    webskimmers : bool, default False
        Keep records that came in a batch of web shops with card skimmers: thousands of one kind, entered at
        once, that drown every other share.
    samples : {'all', 'random', 'priority'}
        ``random`` leaves out what was collected on purpose (health data, priority cases); ``priority`` keeps
        only that. A record whose sample is not recorded counts as not collected on purpose.
    unreviewed : bool, default True
        Keep records that their catalogue has not finished checking. Where a catalogue says nothing, a record
        is kept in any case.
    exercises : bool, default False
        Keep records that are no incident: exercises, evaluations, advisories, reports of vulnerabilities.
    doubtful : bool, default False
        Keep false positives, near misses, and records that their catalogue calls ineligible.
    repeats : bool, default False
        Keep every row of an id (`source` and `source_id`) that stands in several rows, as some of the VERIS
        Community Database do with different content; otherwise the first one that the other switches keep.
        Rows of HHS always stay: their ids are made by leakkit, and equal ones may be two reports.

    Returns
    -------
    pandas.DataFrame
        Rows in the same order, index from 0.

    Raises
    ------
    BadParameterError
        Another word for `samples`.

    Examples
    --------
    >>> from leakkit.frames import INCIDENTS
    >>> rows = [
    ...     {"incident_uid": f"atlas:{n}", "source": "atlas", "source_id": str(n), "record_type": kind}
    ...     for n, kind in enumerate(["incident", "exercise", "exercise"])
    ... ]
    >>> kept = select_incidents(INCIDENTS.from_rows(rows))
    >>> len(kept), left_out(kept).loc[lambda t: t["records"] > 0].values.tolist()
    (1, [['exercises', 2]])
    """
    if samples not in SAMPLES:
        raise BadParameterError(
            f"Expected samples to be one of {', '.join(SAMPLES)}", f"found {samples!r}", "choose one of these"
        )
    flag = incidents["sample_flag"]
    on_purpose = flag.isin(ON_PURPOSE)
    rules = {
        "webskimmers": flag.eq("webskimmer") & (not webskimmers),
        "samples": on_purpose if samples == "random" else ~on_purpose & (samples == "priority"),
        "unreviewed": incidents["review_status"].isin(NOT_REVIEWED) & (not unreviewed),
        "exercises": ~incidents["record_type"].fillna("incident").eq("incident") & (not exercises),
        "doubtful": (
            incidents["security_incident"].isin(NO_BREACH) | incidents["review_status"].eq("Ineligible")
        )
        & (not doubtful),
    }
    out, counts = flag.isna() & False, {}
    for name, rule in rules.items():
        drop = rule.fillna(False).astype(bool) & ~out
        counts[name], out = int(drop.sum()), out | drop
    again = out & False
    kept = incidents.loc[~out]
    again[~out] = kept.duplicated(["source", "source_id"]).to_numpy() & ~_own_ids(kept) & (not repeats)
    counts["repeats"], out = int(again.sum()), out | again
    kept = incidents[~out].reset_index(drop=True)
    kept.attrs["left_out"] = counts
    return kept


def _own_ids(incidents: pd.DataFrame) -> np.ndarray:
    """Tell which rows have an id that leakkit made, because their catalogue gives none."""
    found: np.ndarray = incidents["source"].eq("hhs").to_numpy(bool)
    return found


def left_out(selected: pd.DataFrame) -> pd.DataFrame:
    """How many records each switch of `select_incidents` left out; a record counts at the first that did.

    Parameters
    ----------
    selected : pandas.DataFrame
        What `select_incidents` gave, before any other step.

    Returns
    -------
    pandas.DataFrame
        ``switch`` and ``records`` (Int64), in the order of the switches; no rows for another frame.
    """
    import pandas as pd

    counts = dict(selected.attrs.get("left_out", {}))
    return pd.DataFrame(
        {
            "switch": pd.Series(list(counts), dtype="string"),
            "records": pd.Series(list(counts.values()), dtype="Int64"),
        }
    )
