"""How right a search was: findings against known truth, by coverage of characters, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.errors import BadFrameError
from leakkit.pii.detector import entities

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ["path", "row", "field"]
_NEEDED = [*_PLACE, "start", "end", "entity"]


def score_findings(findings: pd.DataFrame, truth: pd.DataFrame, min_share: float = 0.5) -> pd.DataFrame:
    """Compare findings with the truth: precision and recall of each common type, with intervals.

    A true value is *found* when at least half of its characters stand in findings of the same common
    type (PERSON, LOCATION, SECRET, ...) in the same place; a finding is *right* when at least half of its
    characters stand in true values. So a street and a town found as one address count as both found.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame, or its columns path, row, field, start, end, entity.
    truth : pandas.DataFrame
        The same six columns; what `leakkit.sample_truth("pii")` gives.
    min_share : float
        Share of characters that must be covered, above 0 and at most 1.

    Returns
    -------
    pandas.DataFrame
        One row a common type that the truth knows, most values first, and last a row ``all``:
        ``type``, ``n_truth``, ``n_found``, ``recall``, ``recall_low``, ``recall_high``, ``n_findings``,
        ``n_right``, ``precision``, ``precision_low``, ``precision_high`` (95 % Wilson intervals). Findings
        of a type that the truth does not mark are left out: nobody knows whether they are right.

    Raises
    ------
    BadFrameError
        A frame lacks one of the six columns.

    Notes
    -----
    Misleading: values of one template are right or wrong together, so the intervals, which take
    each value for a draw of its own, are too narrow for other leaks.

    Examples
    --------
    >>> import pandas as pd
    >>> place = {"path": "a", "row": 0, "field": ""}
    >>> truth = pd.DataFrame([place | {"start": 0, "end": 9, "entity": "PERSON"}])
    >>> found = pd.DataFrame([place | {"start": 0, "end": 6, "entity": "PERSON"}])
    >>> score_findings(found, truth)[["type", "recall", "precision"]].values.tolist()
    [['PERSON', 1.0, 1.0], ['all', 1.0, 1.0]]
    """
    import pandas as pd

    found, true = _spans(findings, "findings"), _spans(truth, "truth")
    found = found[found["type"].isin(set(true["type"]))]
    true["hit"] = _covered(true, found) >= min_share
    found["hit"] = _covered(found, true) >= min_share
    types = true["type"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    rows = [_row(name, true[true["type"].eq(name)], found[found["type"].eq(name)]) for name in types]
    return pd.DataFrame([*rows, _row("all", true, found)])


def false_alarms(findings: pd.DataFrame, truth: pd.DataFrame, min_share: float = 0.5) -> pd.DataFrame:
    """Give the findings that the truth does not know, of the types it marks.

    Parameters
    ----------
    findings, truth, min_share
        As for `score_findings`.

    Returns
    -------
    pandas.DataFrame
        Rows of `findings` in their order. What the truth forgot to mark stands here too: look before
        believing it.

    Examples
    --------
    >>> import pandas as pd
    >>> place = {"path": "a", "row": 0, "field": ""}
    >>> truth = pd.DataFrame([place | {"start": 0, "end": 9, "entity": "PERSON"}])
    >>> found = pd.DataFrame([place | {"start": 20, "end": 26, "entity": "PERSON"}])
    >>> len(false_alarms(found, truth)), len(missed_values(found, truth))
    (1, 1)
    """
    found, true = _spans(findings, "findings"), _spans(truth, "truth")
    wrong = _covered(found, true) < min_share
    return findings[(wrong & found["type"].isin(set(true["type"]))).to_numpy()]


def missed_values(findings: pd.DataFrame, truth: pd.DataFrame, min_share: float = 0.5) -> pd.DataFrame:
    """Give the rows of the truth that no finding covers; parameters as for `score_findings`."""
    found, true = _spans(findings, "findings"), _spans(truth, "truth")
    return truth[(_covered(true, found) < min_share).to_numpy()]


def _spans(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give place, span and common type of every row."""
    if lacking := [column for column in _NEEDED if column not in frame.columns]:
        raise BadFrameError(
            f"Expected the columns {', '.join(_NEEDED)} in {name}",
            f"found no {', '.join(lacking)}",
            "add them",
        )
    spans = frame[_NEEDED].reset_index(drop=True)
    for column in ("path", "field", "entity"):
        spans[column] = spans[column].astype("string").fillna("")
    for column in ("row", "start", "end"):
        spans[column] = spans[column].astype("int64")
    common = {known.name: known.common for known in entities().values()}
    spans["type"] = spans["entity"].map(common).fillna(spans["entity"]).astype("string")
    return spans


def _covered(spans: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Give the share of each span's characters that others of its type and place cover."""
    left = spans[[*_PLACE, "type", "start", "end"]].reset_index(names="number")
    pairs = left.merge(
        others[[*_PLACE, "type", "start", "end"]], on=[*_PLACE, "type"], suffixes=("", "_other")
    )
    overlap = pairs[["end", "end_other"]].min(axis=1) - pairs[["start", "start_other"]].max(axis=1)
    covered = overlap.clip(lower=0).groupby(pairs["number"]).sum().reindex(spans.index, fill_value=0)
    return (covered / (spans["end"] - spans["start"]).clip(lower=1)).clip(upper=1)


def _row(name: str, true: pd.DataFrame, found: pd.DataFrame) -> dict[str, object]:
    """Count one type."""
    from leakkit.stats import wilson_interval

    n_truth, n_found, n, right = len(true), int(true["hit"].sum()), len(found), int(found["hit"].sum())
    recall_low, recall_high = wilson_interval(n_found, n_truth)
    low, high = wilson_interval(right, n)
    return {
        "type": name,
        "n_truth": n_truth,
        "n_found": n_found,
        "recall": n_found / n_truth if n_truth else float("nan"),
        "recall_low": float(recall_low),
        "recall_high": float(recall_high),
        "n_findings": n,
        "n_right": right,
        "precision": right / n if n else float("nan"),
        "precision_low": float(low),
        "precision_high": float(high),
    }
