"""What the columns of a table hold: one verdict each, by a vote of values, of the name and of the neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError
from leakkit.pii.columns.mended import mended
from leakkit.pii.columns.read import Sample, read_sample
from leakkit.pii.columns.verdict import Evidence, judge
from leakkit.pii.detector import entities

if TYPE_CHECKING:
    import pandas as pd

_FREE = 200
_HELD = ("EMAIL", "PHONE", "IP_ADDRESS", "CREDIT_CARD", "IBAN", "US_SSN")


def column_types(
    frame: Any, *, names: bool = True, sample: int = 2000, seed: int = 0, path: str | None = None
) -> pd.DataFrame:
    """Tell what each column of a table holds.

    Parameters
    ----------
    frame : pandas.DataFrame, pyarrow.Table, pyarrow.RecordBatch, str or Path
        The table, or the path of a Parquet or CSV file of any size.
    names : bool
        Whether the names of columns are heard. Values may overrule them either way.
    sample : int
        Rows looked at, at most. Of a file at most the beginnings of 8 row groups, or 8 blocks of 1 MiB,
        are read, so the cost does not grow with the file.
    seed : int
        Chooses the rows; the same seed chooses the same ones.
    path : str, optional
        Stands in the column `path`; a file's own name when left out.

    Returns
    -------
    pandas.DataFrame
        A column_types frame (see ``lk.frames.COLUMN_TYPES.describe()``), one row a column, in order.
        `entity` is missing where a column holds no personal data as a whole; `evidence` then says what
        its values are, and of free text how many hold e-mail addresses, numbers of telephones, cards
        and accounts. `share` (0 to 1) is of the
        distinct sampled values that are not empty. `confidence` (0 to 1) is the kit's own weighing, no
        probability.

    Raises
    ------
    BadParameterError
        `frame` is of another type, or `sample` is below 1.
    LeakNotFoundError, LeakUnreadableError
        The path leads nowhere, or to a broken file.

    Notes
    -----
    A sample may miss what is rare: a column without verdict can still hold single findings; search its
    values with ``lk.find_pii``. Rows beyond the sample were not looked at.

    Examples
    --------
    >>> import pandas as pd
    >>> from leakkit.pii.columns.types import column_types
    >>> table = pd.DataFrame(
    ...     {"login": ["a.moreau7", "k_eklund", "zoe-77"], "address": ["0x7ffe10", "0x7ffe20", "0x7ffe30"]}
    ... )
    >>> column_types(table)["entity"].fillna("nothing").tolist()
    ['USERNAME', 'nothing']
    """
    if sample < 1:
        raise BadParameterError(
            "Expected a sample of at least one row", f"found {sample}", "leave it at 2000"
        )
    from leakkit.frames import COLUMN_TYPES
    from leakkit.leak.text import printable

    found = read_sample(frame, sample, seed)
    if path is None and not hasattr(frame, "columns") and not hasattr(frame, "schema"):
        path = printable(str(frame).replace("\\", "/").rsplit("/", 1)[-1])
    meant, found.values = mended(found.names, found.values)
    verdicts = judge([name if names else None for name in meant], found.values)
    rows = [
        _row(found, position, verdict) | {"path": path, "position": position}
        for position, verdict in enumerate(verdicts)
    ]
    return COLUMN_TYPES.from_rows(rows)


def _row(found: Sample, position: int, verdict: Evidence) -> dict[str, Any]:
    """Make the row of one column."""
    from leakkit.leak.text import printable
    from leakkit.pii.columns.looks.fit import fit
    from leakkit.pii.columns.looks.written import is_empty
    from leakkit.pii.masking.values import mask_value

    filled = [value.strip() for value in found.values[position] if not is_empty(value)]
    name = found.names[position]
    evidence, entity = verdict.evidence, verdict.entity
    if found.nested[position]:
        evidence, entity = "values: nested lists or objects; search them with lk.find_pii", None
    example = None
    if entity is not None:
        example = next((mask_value(entity, v) for v in filled if fit(entity, v) >= 0.5), None)
    elif filled:
        evidence += _inside(filled)
    return {
        "column": printable(name if name is not None else f"column {position}", 200),
        "entity": entity,
        "family": entities()[entity].family if entity else None,
        "share": verdict.share if entity else None,
        "n_sampled": len(filled),
        "n_rows": found.n_rows,
        "confidence": round(max(0.0, min(1.0, verdict.confidence)), 3),
        "evidence": evidence,
        "example_masked": example,
    }


def _inside(values: list[str]) -> str:
    """Say which share of texts hold findings, of at most 200 that are longer than a word."""
    texts = [value for value in values if " " in value][:: max(1, len(values) // _FREE)][:_FREE]
    if len(texts) < len(values[:_FREE]) * 0.3:
        return ""
    from leakkit.pii.find import find_pii

    findings = find_pii(texts, detectors=_HELD, names=None, layout="none", min_likelihood="possible")
    if findings.empty:
        return ""
    rows = findings.groupby("entity", sort=True)["row"].nunique().sort_values(ascending=False, kind="stable")
    held = ", ".join(f"{n / len(texts):.0%} hold {entity}" for entity, n in rows.head(4).items())
    return f"; of texts {held}"
