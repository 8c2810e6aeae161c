"""Put a leak beside earlier ones: which of them exposed the same kinds of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.errors import BadFrameError
from leakkit.incidents.written_dates import write_dates

if TYPE_CHECKING:
    import pandas as pd

TYPES_OF_KINDS = {
    "weights": "model_weights",
    "config": "model_config",
    "evaluation": "evaluation_data",
    "log": "test_logs",
    "dataset": "training_data",
    "secret": "credentials",
    "source_code": "source_code",
    "document": "internal_documents",
}
"""Type of artefact in the table of AI leaks for a kind of member; kinds that say nothing are left out."""

_SHOWN = ["title", "organisation", "disclosed", "exposure_vector", "shared", "likeness", "regulator_action",
          "incident_id"]  # fmt: skip


def similar_leaks(leaks: pd.DataFrame, artifacts: pd.DataFrame) -> pd.DataFrame:
    """Earlier leaks that exposed the same types of artefacts as a leak holds, the likest first.

    Parameters
    ----------
    leaks : pandas.DataFrame
        What `leakkit.load_ai_leaks` gives.
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives; only members held count.

    Returns
    -------
    pandas.DataFrame
        ``title``, ``organisation``, ``disclosed`` (as in `leakkit.write_dates`), ``exposure_vector``,
        ``shared`` (list of types), ``likeness`` (shared types over all types of both, 0 to 1; Jaccard),
        ``regulator_action``, ``incident_id``. Only leaks that share a type; no rows where the leak holds
        nothing of a known type.

    Raises
    ------
    BadFrameError
        A column is missing.

    Notes
    -----
    Misleading: types follow outward signs, so a table of users counts as a dataset and not as user records;
    a leak that exposed the same types may have had another cause and another end.

    Examples
    --------
    >>> from leakkit.frames import AI_LEAKS, ARTIFACTS
    >>> similar_leaks(AI_LEAKS.from_rows([]), ARTIFACTS.from_rows([])).empty
    True
    """
    import pandas as pd

    for frame, columns in ((leaks, ("artifact_types", "incident_id")), (artifacts, ("kind", "present"))):
        missing = [name for name in columns if name not in frame.columns]
        if missing:
            raise BadFrameError(
                "Expected a frame of AI leaks and an inventory",
                f"found no column {', '.join(missing)}",
                "pass lk.load_ai_leaks() and leak.artifacts()",
            )
    held = artifacts.loc[artifacts["present"].fillna(False).astype(bool), "kind"].astype(str)
    own = {TYPES_OF_KINDS[kind] for kind in held.unique() if kind in TYPES_OF_KINDS}
    theirs = [set(types) if hasattr(types, "__len__") else set() for types in leaks["artifact_types"]]
    table = leaks.assign(
        disclosed=write_dates(leaks, "date_disclosed"),
        shared=pd.Series([sorted(own & types) for types in theirs], index=leaks.index, dtype=object),
        likeness=[len(own & types) / len(own | types) if own | types else 0.0 for types in theirs],
    )
    table = table[table["likeness"] > 0].sort_values(
        ["likeness", "date_disclosed", "incident_id"], ascending=[False, False, True]
    )
    return table[_SHOWN].reset_index(drop=True)
