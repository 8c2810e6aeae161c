"""How much of what was exposed: the artifacts frame counted by one column, and the key figures of a leak.

Two rules keep the sums honest. An archive whose members stand in the frame is not counted beside them
(its bytes would count twice). What a pointer or listing only claims is never added to what is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.listings.listing import LISTING_FORMATS

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "unknown"
"""How a missing value is named when rows are counted by a column."""

NOT_SEARCHED = "not_searched"
"""How a missing danger is named: no code that could run was looked for."""

DANGER_OUTCOMES = ("yes", "review", "none_found", NOT_SEARCHED)
"""What the search for code that would run can end with, worst first."""

_NEEDED = ("path", "container", "size", "present", "format", "kind", "danger", "danger_rules", "status")


def _check_artifacts(artifacts: pd.DataFrame) -> None:
    """Refuse a frame that is not an artifacts frame, naming what is missing."""
    missing = [name for name in _NEEDED if name not in artifacts.columns]
    if missing:
        raise BadFrameError(
            "Expected an artifacts frame",
            f"found no column {', '.join(missing)}",
            "pass what leak.artifacts() gives",
        )


def opened_archives(artifacts: pd.DataFrame) -> pd.Series:
    """Give True for each row whose own members stand in the frame (path ``archive!/member``).

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.

    Returns
    -------
    pandas.Series
        bool, on the index of `artifacts`. A bucket listing is not an archive: the objects it names
        lie elsewhere.
    """
    inside = artifacts["path"].str.contains("!/", regex=False)
    holders = set(artifacts.loc[inside, "path"].str.rsplit("!/", n=1).str[0])
    return artifacts["path"].isin(holders) & ~artifacts["format"].isin(LISTING_FORMATS)


def measure_exposure(artifacts: pd.DataFrame, by: str = "kind") -> pd.DataFrame:
    """Members and bytes for each value of one column, largest first.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.
    by : str, default 'kind'
        Column to count by: kind, format, danger, veris_variety, sensitivity, status, ...

    Returns
    -------
    pandas.DataFrame
        One row a value, sorted by bytes held, members and name. `by` (string, missing values counted as
        ``unknown``), ``members``, ``held``, ``only_claimed`` (members), ``bytes_held``,
        ``bytes_claimed`` (bytes of known size) and ``size_unknown`` (members without a size), all
        Int64. An empty frame gives no rows.

    Raises
    ------
    BadFrameError
        When it is no artifacts frame.
    BadParameterError
        When there is no column `by`.

    Notes
    -----
    An archive whose members are in the frame is left out, so sums count each byte once; the bytes are
    unpacked bytes and may exceed what lay on the disk. ``bytes_claimed`` is hearsay: a pointer or
    listing says so.

    Examples
    --------
    >>> import leakkit as lk
    >>> artifacts = lk.frames.ARTIFACTS.from_rows(
    ...     [
    ...         {"path": p, "size": s, "present": True, "format": "csv", "kind": k, "status": "ok"}
    ...         for p, s, k in [("a", 5, "dataset"), ("b", 2, "dataset"), ("c", None, "log")]
    ...     ]
    ... )
    >>> lk.measure_exposure(artifacts)[["kind", "members", "bytes_held", "size_unknown"]]
          kind  members  bytes_held  size_unknown
    0  dataset        2           7             0
    1      log        1           0             1
    """
    import pandas as pd

    _check_artifacts(artifacts)
    if by not in artifacts.columns:
        raise BadParameterError(
            "Expected `by` to name a column of the artifacts frame",
            f"found {by!r}",
            f"choose one of {', '.join(map(str, artifacts.columns))}",
        )
    content = artifacts[~opened_archives(artifacts)]
    held = content["present"].fillna(False).astype(bool)
    size = content["size"]
    parts = pd.DataFrame(
        {
            by: content[by].astype("string").fillna(UNKNOWN),
            "members": 1,
            "held": held,
            "only_claimed": ~held,
            "bytes_held": size.where(held, 0).fillna(0),
            "bytes_claimed": size.where(~held, 0).fillna(0),
            "size_unknown": size.isna(),
        }
    ).astype(dict.fromkeys(("members", "held", "only_claimed", "size_unknown"), "Int64"))
    counts = parts.groupby(by, as_index=False, sort=True).sum()
    return counts.sort_values(
        ["bytes_held", "members", by], ascending=[False, False, True], kind="stable", ignore_index=True
    )


def measure_danger(artifacts: pd.DataFrame) -> pd.DataFrame:
    """Count what the search for code that would run found, by kind, most dangerous kind first.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.

    Returns
    -------
    pandas.DataFrame
        One row a kind of the members held: ``kind`` (string), ``yes``, ``review``, ``none_found`` and
        ``not_searched`` (Int64). An archive counts, unless it is flagged only for one of its members.

    Examples
    --------
    >>> import leakkit as lk
    >>> lk.measure_danger(lk.frames.ARTIFACTS.from_rows([])).columns.tolist()
    ['kind', 'yes', 'review', 'none_found', 'not_searched']
    """
    _check_artifacts(artifacts)
    held = artifacts[artifacts["present"].fillna(False).astype(bool) & ~dangerous_by_content(artifacts)]
    outcome = held["danger"].astype("string").fillna(NOT_SEARCHED)
    counts = held[["kind"]].astype("string").fillna(UNKNOWN)
    for word in DANGER_OUTCOMES:
        counts[word] = outcome.eq(word).astype("Int64")
    table = counts.groupby("kind", as_index=False).sum()
    table["total"] = table[list(DANGER_OUTCOMES)].sum(axis=1)
    order = ["yes", "review", "total", "kind"]
    table = table.sort_values(order, ascending=[False, False, False, True], ignore_index=True)
    return table[["kind", *DANGER_OUTCOMES]]


_MEANINGS = {
    "Members": "files, archive members and objects that a listing names; opened archives not again",
    "Held": "members whose bytes are in the leak",
    "Only claimed": "members that a pointer or listing names, without their bytes",
    "Bytes held": "unpacked bytes of the members held",
    "Bytes only claimed": "as pointers or listings say",
    "Dangerous": "would run, escape or exhaust if loaded naively; out of those looked at",
    "To review": "load code by nature of their format; out of those looked at",
    "Secrets by nature": "key, password and environment files, told by kind and not by reading them",
    "Not readable": "corrupt, truncated, refused or over a limit; out of all rows, archives included",
    "Formats": "formats told apart among the members held",
    "Models": "models; shards and settings of one folder count once",
    "Parameters": "sum over the models of known size, copies of one model included",
}
"""What each key figure counts."""


def key_figures(artifacts: pd.DataFrame, models: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the figures that open a report, each with its denominator and with what is not known.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.
    models : pandas.DataFrame, optional
        What ``leak.models()`` gives; without it no model is counted.

    Returns
    -------
    pandas.DataFrame
        ``figure`` (string), ``value``, ``out_of``, ``not_known`` (Int64), ``unit`` and ``counts``
        (strings; the last says what is counted). ``out_of`` is missing where there is no whole.

    Notes
    -----
    Members count each row once, except archives whose members stand in the frame. "Dangerous" is out
    of the members that were looked at; the others are in ``not_known``, and none found is no promise.

    Examples
    --------
    >>> import leakkit as lk
    >>> lk.key_figures(lk.frames.ARTIFACTS.from_rows([]))["figure"].tolist()[:3]
    ['Members', 'Held', 'Only claimed']
    """
    import pandas as pd

    _check_artifacts(artifacts)
    content = artifacts[~opened_archives(artifacts)]
    rows = [*_amounts(content), *_conditions(content, artifacts)]
    if models is not None:
        known = models["n_params"].dropna()
        rows.append(("Models", len(models), None, 0, "models"))
        rows.append(("Parameters", int(known.sum()), None, len(models) - len(known), "parameters"))
    frame = pd.DataFrame(rows, columns=["figure", "value", "out_of", "not_known", "unit"])
    frame["counts"] = frame["figure"].map(_MEANINGS)
    return frame.astype({name: "Int64" if name in _NUMBERS else "string" for name in frame.columns})


def dangerous_by_content(artifacts: pd.DataFrame) -> pd.Series:
    """Tell which archives are flagged only for a member, which has a row (and a count) of its own.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.

    Returns
    -------
    pandas.Series
        bool, on the index of `artifacts`.
    """
    opened = opened_archives(artifacts)
    own = artifacts.loc[opened, "danger_rules"].map(_names_only_members).astype(bool)
    return opened & own.reindex(artifacts.index, fill_value=False)


def _names_only_members(rules: object) -> bool:
    """Tell whether a cell of ``danger_rules`` holds rules, and all of them speak of members."""
    return (
        isinstance(rules, Iterable)
        and len(list(rules)) > 0
        and all(str(r).startswith("inside:") for r in rules)
    )


_NUMBERS = ("value", "out_of", "not_known")
_Row = tuple[str, int, "int | None", int, str]


def _amounts(content: pd.DataFrame) -> list[_Row]:
    """Count members and bytes, held and only claimed."""
    held, size = content["present"].fillna(False).astype(bool), content["size"]
    n, n_held = len(content), int(held.sum())
    return [
        ("Members", n, None, 0, "members"),
        ("Held", n_held, n, 0, "members"),
        ("Only claimed", n - n_held, n, 0, "members"),
        ("Bytes held", int(size[held].sum()), None, int(size[held].isna().sum()), "bytes"),
        ("Bytes only claimed", int(size[~held].sum()), None, int(size[~held].isna().sum()), "bytes"),
    ]


def _conditions(content: pd.DataFrame, artifacts: pd.DataFrame) -> list[_Row]:
    """Count what is dangerous, secret, unreadable and told apart; an archive counts for its own faults."""
    here = artifacts[artifacts["present"].fillna(False).astype(bool) & ~dangerous_by_content(artifacts)]
    danger, formats = here["danger"], here["format"]
    looked = int(danger.notna().sum())
    readable = artifacts["status"].eq("ok")
    return [
        ("Dangerous", int(danger.eq("yes").sum()), looked, len(here) - looked, "members"),
        ("To review", int(danger.eq("review").sum()), looked, len(here) - looked, "members"),
        ("Secrets by nature", int(content["kind"].eq("secret").sum()), len(content), 0, "members"),
        ("Not readable", int((~readable).sum()), len(artifacts), 0, "members"),
        (
            "Formats",
            int(formats[formats.ne(UNKNOWN)].nunique()),
            None,
            int(formats.eq(UNKNOWN).sum()),
            "formats",
        ),
    ]
