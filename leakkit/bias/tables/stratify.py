"""Rates of groups within the values of other columns: the public face of the stratified comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.columns import check_rows
from leakkit.bias.tables.counted import count_rows
from leakkit.bias.tables.outcomes import NOT_GIVEN
from leakkit.bias.tables.reference import pick_reference
from leakkit.bias.tables.strata import stratify_arrays
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd


def stratify_rates(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    by: Any,
    *,
    favourable: Any = NOT_GIVEN,
    reference: Any = None,
    counts: Any = None,
    weights: Any = None,
    min_rows: int = 10,
    level: float = 0.95,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the shares with a favourable outcome within strata, and over all strata together.

    Parameters
    ----------
    frame : pandas.DataFrame
        One person a row, or one cell of a table of counts a row.
    outcome, group, by : str or list of str
        Columns of the outcome, of the groups (several: their combinations), and of the strata (several: their
        combinations).
    favourable : label, or list of labels
        Which outcome is good for the person; it must be named.
    reference : label, or dict of column to label, optional
        Group that the others are compared with; left out, the largest.
    counts, weights : str, optional
        Column that says how many rows each row stands for, or how much it weighs (intervals by Kish's
        effective size, so they are approximate).
    min_rows : int, default 10
        Cells with fewer rows are not shown; they take part in what is pooled.
    level : float, default 0.95
        Wanted coverage of the intervals.

    Returns
    -------
    strata, stratified : pandas.DataFrame
        `leakkit.frames.bias_tables.STRATA`, one row a group and stratum, and ``STRATIFIED``, one row a group:
        pooled and Mantel-Haenszel figures beside each other, tests, and a warning in words.

    Raises
    ------
    BadParameterError
        No favourable label, more than two labels with one named, wrong weights, no complete row.
    BadFrameError
        A column is not there.

    Notes
    -----
    What misleads: strata are not always the fairer view. A column that the decision itself made, or that
    belongs to the group, hides a difference when it is held equal. ``simpson`` is set where pooling changes the
    answer by at least a tenth: the sign turns, or only one of the two differences is told from zero. Where neither
    is told, the sign must turn and strata must differ by more than chance in who is in them and in their rates.
    Sources: N. Mantel and W. Haenszel, JNCI 22 (1959) 719-748; for the others see
    `leakkit.bias.tables.mantel_haenszel.mantel_haenszel`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "school": ["A", "A", "A", "A", "B", "B", "B", "B"],
    ...         "group": ["x", "x", "y", "y"] * 2,
    ...         "admitted": ["yes", "no"] * 4,
    ...         "n": [80, 20, 620, 180, 160, 640, 20, 80],
    ...     }
    ... )
    >>> strata, stratified = stratify_rates(
    ...     table, "admitted", "group", "school", favourable="yes", reference="y", counts="n"
    ... )
    >>> stratified[["crude_difference", "difference"]].astype(float).round(4).values.tolist()
    [[-0.4444, 0.0125]]
    >>> bool(stratified["simpson"][0])
    True
    """
    if by is None:
        raise BadParameterError(
            "Expected at least one column for by", "found none", "name the columns that make the strata"
        )
    check_rows(min_rows)
    counted = count_rows(frame, outcome, group, favourable=favourable, by=by, counts=counts, weights=weights)
    grouping, strata = counted.groupings[-1], counted.strata
    assert strata is not None  # by was given
    held = grouping.codes >= 0
    rows = np.bincount(grouping.codes[held], counted.weights[held], len(grouping.names))
    return stratify_arrays(
        counted.favourable.astype(np.float64),
        grouping.codes,
        grouping.names,
        strata.codes,
        strata.names,
        weights=counted.weights if counted.weighted else None,
        counts=counted.weights if counted.frequencies else None,
        reference=grouping.names[pick_reference(counted, grouping, rows, reference)],
        min_rows=min_rows,
        level=level,
        measure="base_rate",
    )
