"""How far annotators of one taxonomy agree, field by field: Krippendorff's alpha with a bootstrap interval."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames.frame import Column, Frame
from leakkit.incidents import aiid
from leakkit.incidents.loaded import Loaded

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

AGREEMENT = Frame(
    "agreement",
    "one field of a taxonomy that several annotators filled",
    (
        Column("field", "string", "Field of the taxonomy", required=True),
        Column(
            "alpha", "number", "Krippendorff's alpha: 1 full agreement, 0 as by chance; missing if undefined"
        ),
        Column("low", "number", "Lower end of its interval"),
        Column("high", "number", "Upper end of its interval"),
        Column("n_incidents", "integer", "Incidents that at least two annotators judged", required=True),
        Column("n_annotators", "integer", "Annotators of these incidents", required=True),
        Column("n_values", "integer", "Different judgements among these incidents", required=True),
        Column("note", "string", "Why alpha is missing"),
    ),
    ("field",),
)

_NEEDED = ("incident", "annotator", "field", "value")


def measure_agreement(
    source: pd.DataFrame | Loaded | str | os.PathLike[str],
    *,
    min_incidents: int = 10,
    resamples: int = 1_000,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Krippendorff's alpha for each field, at the nominal level, with a bootstrap interval over incidents.

    Parameters
    ----------
    source : DataFrame, Loaded or path
        Judgements (incident, annotator, field, value: see `leakkit.incidents.aiid.annotations`), or a
        snapshot of the AI Incident Database.
    min_incidents : int, default 10
        Fields that two annotators filled for fewer incidents get no alpha.
    resamples : int, default 1000
        Draws of incidents with replacement.
    level : float, default 0.95
        Coverage of the interval.
    seed : int, default 0
        Of the draws; the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame
        field, alpha, low, high, n_incidents, n_annotators, n_values, note. Alpha is missing, never zero,
        where there are too few incidents, where only one judgement ever occurs (agreement by chance is
        then certain, and alpha undefined), and where there are more different judgements than incidents
        (free text). The interval is missing too where more than one draw in twenty has
        but one judgement.

    Raises
    ------
    BadFrameError
        The frame lacks a column.
    BadParameterError
        A parameter is out of range.

    Notes
    -----
    Several terms of one annotator for one field count as one judgement, the set of them: partly equal sets
    count as different. Names of places and the like agree only when written alike.

    In the AI Incident Database the three tables are rounds of work, not three persons: one table can hold
    several persons' judgements, and later rounds were done on chosen incidents.

    Source: K. Krippendorff, Content Analysis (4th ed., 2018), ch. 12; alpha by the library ``krippendorff``.

    Examples
    --------
    >>> import pandas as pd
    >>> judged = pd.DataFrame(
    ...     [(str(i), who, "harm", "yes" if i % 2 else "no") for i in range(12) for who in "AB"],
    ...     columns=["incident", "annotator", "field", "value"],
    ... )
    >>> measure_agreement(judged)[["field", "alpha", "n_incidents"]].values.tolist()
    [['harm', 1.0, 12]]
    """
    import pandas as pd

    _check(min_incidents, resamples, level, seed)
    frame = source if isinstance(source, pd.DataFrame) else aiid.annotations(source)
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise BadFrameError(
            "Expected judgements with the columns incident, annotator, field and value",
            f"found no {', '.join(missing)}",
            "see leakkit.incidents.aiid.annotations",
        )
    rows = [
        {"field": field, **_measure(table, min_incidents, resamples, level, seed)}
        for field, table in sorted(_tables(frame).items())
    ]
    return AGREEMENT.from_rows(rows)


def _check(min_incidents: int, resamples: int, level: float, seed: int) -> None:
    """Refuse parameters that give no figure."""
    for name, value, least in (
        ("min_incidents", min_incidents, 2),
        ("resamples", resamples, 100),
        ("seed", seed, 0),
    ):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
            raise BadParameterError(
                f"Expected a whole number of at least {least} for {name}", f"found {value!r}", "correct it"
            )
    if not 0 < level < 1:
        raise BadParameterError(
            "Expected a level between 0 and 1", f"found {level!r}", "pass level=0.95, say"
        )


def _tables(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give for each field a table of judgements, an incident a row, an annotator a column."""
    import pandas as pd

    terms = frame[list(_NEEDED)].dropna().astype(str).drop_duplicates().sort_values(list(_NEEDED))
    judged: dict[str, dict[str, dict[str, str]]] = {}
    for incident, annotator, field, value in terms.itertuples(index=False, name=None):
        held = judged.setdefault(field, {}).setdefault(annotator, {})
        held[incident] = f"{held[incident]}\n{value}" if incident in held else value
    return {field: pd.DataFrame(columns).sort_index() for field, columns in judged.items()}


def _measure(
    table: pd.DataFrame, min_incidents: int, resamples: int, level: float, seed: int
) -> dict[str, Any]:
    """Measure one field by its table of judgements."""
    table = table[table.notna().sum(axis=1) >= 2].dropna(axis=1, how="all")
    counts = value_counts(table)
    row: dict[str, Any] = {
        "n_incidents": len(table),
        "n_annotators": table.shape[1],
        "n_values": counts.shape[1],
    }
    if len(table) < min_incidents:
        return {**row, "note": f"fewer than {min_incidents} incidents judged by two annotators"}
    if counts.shape[1] < 2:
        return {**row, "note": "only one judgement occurs"}
    if counts.shape[1] > len(table):
        return {**row, "note": "free text: more different judgements than incidents"}
    import krippendorff

    alpha = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    low, high = bootstrap_interval(counts, resamples, level, seed)
    return {**row, "alpha": alpha, "low": low, "high": high}


def value_counts(table: pd.DataFrame) -> Counts:
    """Count judgements: a row for each incident, a column for each different judgement.

    Parameters
    ----------
    table : DataFrame
        A row for each incident, a column for each annotator, missing where somebody said nothing.
    """
    import pandas as pd

    codes, values = pd.factorize(table.to_numpy(dtype=object).ravel(), sort=True)
    rows = np.repeat(np.arange(len(table)), table.shape[1])
    counts = np.zeros((len(table), len(values)), dtype=np.int64)
    np.add.at(counts, (rows[codes >= 0], codes[codes >= 0]), 1)
    return counts


def nominal_alphas(counts: Counts, weights: Counts) -> NDArray[np.float64]:
    """Alpha at the nominal level for each row of `weights`, which says how often each incident is drawn.

    The same figure as the library's, for many draws at once; NaN where only one judgement is drawn.
    """
    sizes = counts.sum(axis=1)
    agreeing = (counts * (counts - 1)).sum(axis=1) / (sizes - 1)
    totals = (weights @ counts).astype(float)
    n = totals.sum(axis=1)
    chance = (totals * (totals - 1)).sum(axis=1) / (n * (n - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        alphas = 1 - (1 - (weights @ agreeing) / n) / (1 - chance)
    return np.where(chance < 1, alphas, np.nan)


def bootstrap_interval(
    counts: Counts, resamples: int, level: float, seed: int
) -> tuple[float | None, float | None]:
    """Percentiles of alpha over draws of incidents; None where too many draws have no alpha."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=resamples)
    alphas = nominal_alphas(counts, drawn)
    known = alphas[~np.isnan(alphas)]
    if len(known) < 0.95 * resamples:
        return None, None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
