"""Groups compared with other columns held equal by a logistic or linear regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.adjusted_rows import adjusted_frame, coefficient_frame
from leakkit.bias.tables.columns import check_rows, group_columns, several_names
from leakkit.bias.tables.counted import count_rows
from leakkit.bias.tables.labels import name_some
from leakkit.bias.tables.model_rows import (
    complete_rows,
    few_rows,
    model_terms,
    read_rows,
    rows_with_both_outcomes,
    small_groups,
)
from leakkit.bias.tables.outcomes import NOT_GIVEN
from leakkit.bias.tables.regression import fit_model
from leakkit.errors import BadParameterError
from leakkit.stats.checks import checked_choice

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Adjustment:
    """What is left between groups when other columns are held equal.

    Attributes
    ----------
    groups : DataFrame
        `ADJUSTED`: each group beside the reference, with and without the other columns held equal.
    coefficients : DataFrame
        `COEFFICIENTS`: the terms of the model, the intercept first.
    notes : tuple of str
        What was left out and how it was done.
    n : int
        Rows in the model.
    model : str
        'logistic' or 'linear'.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"hired": ["yes", "no"] * 4, "sex": ["f", "f", "m", "m"] * 2})
    >>> table = table.assign(degree=["no"] * 4 + ["yes"] * 4, n=[20, 80, 30, 70, 30, 20, 120, 30])
    >>> found = lk.adjust_rates(table, "hired", "sex", "degree", favourable="yes", reference="m", counts="n")
    >>> found.n, found.model, found.coefficients["term"].tolist()
    (400, 'logistic', ['(intercept)', 'degree: yes (beside no)', 'sex: f (beside m)'])
    """

    groups: pd.DataFrame
    coefficients: pd.DataFrame
    notes: tuple[str, ...]
    n: int
    model: str

    def __str__(self) -> str:
        """Say the adjusted difference of each group, with interval and n, and the notes."""
        said = [
            f"{row.group} beside {row.reference}: {100 * row.difference:+.1f} points "
            f"[{100 * row.difference_low:+.1f}, {100 * row.difference_high:+.1f}] adjusted, "
            f"{100 * row.crude_difference:+.1f} without (n {row.n:,} and {row.n_reference:,})."
            for row in self.groups.dropna(subset=["difference"]).itertuples()
        ]
        return "\n".join([*said, *self.notes])


def adjust_rates(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    confounders: str | Sequence[str],
    *,
    favourable: Any = NOT_GIVEN,
    positive: Any = None,
    model: str = "logistic",
    reference: Any = None,
    references: Mapping[str, Any] | None = None,
    robust: bool | None = None,
    counts: Any = None,
    min_rows: int = 10,
    level: float = 0.95,
    correction: str = "holm",
) -> Adjustment:
    """Compare groups with other columns held equal by a regression.

    Parameters
    ----------
    frame : pandas.DataFrame
        One person a row, or one cell of a table of counts a row.
    outcome, group : str
        Columns of the outcome and of the groups.
    confounders : str or list of str
        Columns held equal. Numbers enter as they are (one slope); labels, truth values, and columns named in
        `references` enter value by value.
    favourable : label, or list of labels
        Which outcome is good for the person; it must be named.
    positive : label, optional
        Event whose probability is modelled; left out, 1 where the labels are 0 and 1, else `favourable`.
    model : {'logistic', 'linear'}, default 'logistic'
        Logistic regression, or a linear probability model.
    reference : label, optional
        Group that the others are compared with; left out, the largest.
    references : dict, optional
        Reference value of confounders by column; left out, the value of most rows.
    robust : bool, optional
        Standard errors that hold when the variance is not that of the model (HC1); left out, for the linear
        model only.
    counts : str, optional
        Column that says how many rows each row stands for.
    min_rows : int, default 10
        Groups, and values of the columns held equal, with fewer complete rows take part in the model, but no
        figure of them is shown.
    level : float, default 0.95
        Wanted coverage of the intervals.
    correction : {'holm', 'bh', 'none'}, default 'holm'
        Correction of the p-values over the groups compared.

    Returns
    -------
    Adjustment
        ``groups``, ``coefficients``, ``notes``, ``n``.

    Raises
    ------
    BadParameterError
        No favourable label, a reference that is not there, a confounder with too many labels, groups that the
        confounders tell wholly, or outcomes that columns tell with certainty (separation).
    BadFrameError
        A column is not there.

    Notes
    -----
    ``risk_ratio`` and ``difference`` are standardised: every row is given the group, then the reference, and
    the mean predicted probabilities are compared (g-computation; J. M. Snowden, S. Rose, K. M. Mortimer,
    American Journal of Epidemiology 173 (2011) 731-738), with intervals by the delta method for the rows as they
    are. ``risk_ratio_at_reference`` is the ratio in the one cell where all labels are the reference and all
    numbers 0, as ProPublica computed it for COMPAS; another reference gives another figure, and where no row is near
    0 (a year, a time stamp) it says nothing. An odds ratio is not
    a risk ratio, and moves when columns are added that have nothing to do with the group. What is held equal is
    a choice: a column that the decision made, or that stands for the group, hides a difference. Association
    is neither cause nor intent. Rows with a missing value are left out, as are, in a logistic model, rows with a
    label for which only one outcome is there; ``notes`` counts them.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "hired": ["yes", "no"] * 4,
    ...         "sex": ["f", "f", "m", "m"] * 2,
    ...         "degree": ["no"] * 4 + ["yes"] * 4,
    ...         "n": [20, 80, 30, 70, 30, 20, 120, 30],
    ...     }
    ... )
    >>> found = adjust_rates(table, "hired", "sex", "degree", favourable="yes", reference="m", counts="n")
    >>> found.groups[["odds_ratio", "difference", "crude_difference"]].astype(float).round(3).values.tolist()
    [[0.474, -0.144, -0.267]]
    """
    checked_choice("model", model, ("logistic", "linear"))
    check_rows(min_rows)
    columns = _confounders(frame, group, confounders)
    counted = count_rows(frame, outcome, group, favourable=favourable, positive=positive, counts=counts)
    notes = list(counted.notes)
    rows = complete_rows(read_rows(counted, columns, references or {}, reference), notes)
    small = small_groups(rows, min_rows, notes)
    crude = rows
    if model == "logistic":
        rows = rows_with_both_outcomes(rows, min_rows, notes)
    terms, group_terms = model_terms(rows, notes)
    matrix = np.column_stack([term.values for term in terms])
    fit = fit_model(
        rows.event,
        matrix,
        rows.times,
        logistic=model == "logistic",
        robust=model == "linear" if robust is None else robust,
    )
    notes.append(
        f"Modelled: the probability of {counted.outcome.positive_name} in {counted.outcome.column}, "
        f"{model} regression with {name_some([name for name, _ in columns], 10)} held equal."
    )
    return Adjustment(
        adjusted_frame(fit, terms, group_terms, crude, rows, small, level=level, correction=correction),
        coefficient_frame(fit, terms, few_rows(terms, rows.times, min_rows), level=level),
        tuple(notes),
        round(float(rows.times.sum())),
        model,
    )


def _confounders(
    frame: pd.DataFrame, group: Any, confounders: str | Sequence[str]
) -> list[tuple[str, pd.Series]]:
    """Give the columns to hold equal; none of them is the group itself."""
    columns = group_columns(frame, confounders, "confounders")
    groups = several_names(frame, group)
    held = [] if len(groups) > 1 else [name for name, _ in group_columns(frame, groups, "group")]
    if len(groups) > 1 or held[0] in [name for name, _ in columns]:
        raise BadParameterError(
            "Expected one group column, and others to hold equal",
            "found several group columns, or the group among the others",
            "make one column of combined groups; leave the group out of the confounders",
        )
    return columns
