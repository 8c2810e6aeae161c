"""Rates of groups in a table: selection, errors, precision; who differs, by how much, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from leakkit.bias.tables.columns import is_number
from leakkit.bias.tables.comparing import comparison_rows, correct
from leakkit.bias.tables.counted import Counted, Grouping, count_rows
from leakkit.bias.tables.figures import (
    Figure,
    Settings,
    measure_shares,
    rate_rows,
    tally_groups,
    word_meanings,
)
from leakkit.bias.tables.gaps import failure_at_equality, four_fifths_rows, gap_rows
from leakkit.bias.tables.labels import name_some
from leakkit.bias.tables.outcomes import NOT_GIVEN
from leakkit.bias.tables.reference import pick_reference
from leakkit.bias.tables.result import GroupRates
from leakkit.bias.tables.scores import calibrate, measure_scores
from leakkit.bias.tables.suppression import lone_bands, suppression_notes
from leakkit.errors import BadParameterError
from leakkit.frames.bias_tables import (
    CALIBRATION,
    FOUR_FIFTHS,
    GROUP_COMPARISONS,
    GROUP_GAPS,
    GROUP_RATES,
    STRATA,
    STRATIFIED,
)

if TYPE_CHECKING:
    import pandas as pd

_MOST_AT_ONCE = 50
"""With more groups the rule fails by chance nearly always, and working out how often takes long."""


def rate_groups(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    prediction: Any = None,
    score: Any = None,
    by: Any = None,
    weights: Any = None,
    *,
    favourable: Any = NOT_GIVEN,
    positive: Any = None,
    threshold: float | None = None,
    counts: Any = None,
    reference: Any = None,
    interval: Literal["wilson", "exact"] = "wilson",
    level: float = 0.95,
    correction: Literal["holm", "bh", "none"] = "holm",
    min_rows: int = 10,
    bands: int = 10,
    missing: Literal["drop", "group"] = "drop",
    resamples: int = 10_000,
    seed: int = 0,
) -> GroupRates:
    r"""Rates of groups in a table of decisions, with intervals, comparisons, gaps and tests.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a person (or one row for so many alike, see `counts`). Rows must be independent.
    outcome : str
        Column of what happened: hired, repaid, re-offended.
    group : str or list of str
        Column of groups; of several, each alone and all of them together (intersections).
    prediction : str, optional
        Column of what was predicted or decided, in the labels of the outcome.
    score : str, optional
        Column of numbers that rise with the probability of the event.
    by : str or list of str, optional
        Columns of strata, for comparisons among equals (Mantel-Haenszel) and a Simpson warning.
    weights : str, optional
        Column of sampling weights; intervals then rest on Kish's effective size.
    favourable : label or list of labels
        What is good for the person. Must be named: which way a rate points is never guessed. A list where
        the outcome has more than two labels; all others are then unfavourable.
    positive : label, optional
        The event whose errors are counted. Left out, 1 of 0 and 1 (True of False), else the favourable side.
    threshold : float, optional
        Makes the prediction of the score: the event where the score is at least so high.
    counts : str, optional
        Column of whole numbers: how many each row stands for.
    reference : label, or dict of column to label, optional
        Group that others are compared with; left out, the largest. With several group columns a dictionary.
    interval : {'wilson', 'exact'}, default 'wilson'
        Kind of interval of a rate; the exact one is wider than promised.
    level : float, default 0.95
        Wanted coverage of all intervals.
    correction : {'holm', 'bh', 'none'}, default 'holm'
        Of p-values: over all comparisons, and over all gaps.
    min_rows : int, default 10
        Groups, and rates within a group, of fewer rows are not shown and not tested. It counts the rows that
        a rate is a share of: a rate of 1 in 10 is shown.
    bands : int, default 10
        Most bands of the score in the calibration frame.
    missing : {'drop', 'group'}, default 'drop'
        Rows without a group: left out and counted in the notes, or a group "not stated".
    resamples, seed : int
        Of the permutation test, used where the counts are too small for chi-square.

    Returns
    -------
    GroupRates
        Frames ``rates``, ``comparisons``, ``gaps``, ``four_fifths``, ``strata``, ``stratified``,
        ``calibration`` and ``notes``; ``print()`` gives the main figures in sentences.

    Raises
    ------
    BadParameterError
        No favourable label or an unknown one, an outcome of several labels, predictions in other labels, bad
        weights, no rows that can be counted.
    BadFrameError
        A column is missing.

    Notes
    -----
    Selection and base rates are of the favourable label, errors and precision of the positive one; the
    column ``meaning`` says which. A difference is an association: it is neither cause nor intent. The largest
    gap of several groups is above zero even when none differs: see ``gap_at_equality``. Rates of outcomes
    that decisions shaped themselves (arrests, repayments of those who got a loan) inherit their bias. One
    less a rate is the same test and is corrected once. Rows of one person lean on each other and make
    intervals too narrow. Weighted intervals (Kish) take weights to have nothing to do with the outcome: where they go
    with it they undercover (events of 5 in 100, most of them weighing 5, the others mostly 1, 400 rows: 91 instead
    of 95 in 100 hold the truth) or, where the rarer outcome weighs less, are too
    wide. The group with the highest rate, which the four-fifths rule compares with, is picked after the fact: its
    p-value is too small with more than two groups. Small groups that can be got from a
    total less the groups shown are counted in the notes. Sources: the functions of `leakkit.stats`;
    area under the curve after DeLong and others, Biometrics 44 (1988) 837-845.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "hired": ["yes", "no", "yes", "no"],
    ...         "town": ["Marsh", "Marsh", "Hill", "Hill"],
    ...         "people": [30, 70, 50, 50],
    ...     }
    ... )
    >>> found = rate_groups(table, "hired", "town", favourable="yes", counts="people", reference="Hill")
    >>> found.comparisons[["group", "difference", "ratio"]].values.tolist()
    [['Marsh', -0.2, 0.6]]
    >>> print(*str(found).splitlines()[:2], sep="\n")
    200 rows; favourable: hired yes.
    share with hired yes, by town: Hill 50.0% of 100 [40.4%, 59.6%]; Marsh 30.0% of 100 [21.9%, 39.6%].
    """
    settings = Settings(interval, level, correction, min_rows, bands, resamples, seed)
    _check(settings)
    counted = count_rows(
        frame,
        outcome,
        group,
        favourable=favourable,
        positive=positive,
        prediction=prediction,
        score=score,
        threshold=threshold,
        by=by,
        weights=weights,
        counts=counts,
        missing=missing,
    )
    return rate_counted(counted, settings, reference)


def rate_counted(counted: Counted, settings: Settings, reference: Any = None) -> GroupRates:
    """Measure a table that was read already."""
    meanings = word_meanings(counted, counted.score_name)
    rates: list[dict[str, Any]] = []
    comparisons: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    fifths: list[dict[str, Any]] = []
    notes = [*counted.notes]
    said: list[str] = []
    shown: list[Any] = []
    equal: dict[str, float] = {}
    main = "base_rate" if counted.predicted_favourable is None else "selection_rate"
    for grouping in (None, *counted.groupings):
        figures = _figures(counted, grouping, settings)
        for figure in figures:
            rates += rate_rows(figure, meanings[figure.measure])
        if grouping is None:
            continue
        base = pick_reference(counted, grouping, figures[0].rows, reference)
        why = " (the largest group)" if reference is None else ""
        said.append(f"Reference by {grouping.name}: {grouping.names[base]}{why}.")
        if len(grouping.names) == 1:
            notes.append(f"All rows are of one group by {grouping.name}: there is nothing to compare.")
        shown.append(figures[0].shown)
        comparisons += comparison_rows(figures, meanings, base, settings)
        gaps += gap_rows(figures, meanings, settings)
        for figure in figures:
            if figure.measure == main:
                fifths += four_fifths_rows(figure, settings)
                told = np.flatnonzero(figure.shown)
                if 1 < len(told) <= _MOST_AT_ONCE:
                    equal[grouping.name] = failure_at_equality(figure, told.tolist())
    notes += suppression_notes(counted.groupings, shown, settings.min_rows)
    n_tests = correct(comparisons, settings.correction)
    correct(gaps, settings.correction)
    strata, stratified = _stratify(counted, settings, reference)
    bands = [] if counted.score is None else list(calibrate(counted, settings))
    if lone := lone_bands(bands):
        notes.append(
            f"In {lone} group{'' if lone == 1 else 's'} one band of the score is held back as too small, and the group "
            "less its other bands gives it away: take fewer bands before publishing."
        )
    return GroupRates(
        rates=GROUP_RATES.from_rows(rates),
        comparisons=GROUP_COMPARISONS.from_rows([row | {"n_tests": n_tests} for row in comparisons]),
        gaps=GROUP_GAPS.from_rows(gaps),
        four_fifths=FOUR_FIFTHS.from_rows(fifths),
        strata=strata,
        stratified=stratified,
        calibration=CALIBRATION.from_rows(bands),
        notes=tuple(notes + said),
        n=counted.n,
        favourable=f"{counted.outcome.column} {counted.outcome.favourable_name}",
        positive=f"{counted.outcome.column} {counted.outcome.positive_name}",
        equal_failures=equal,
    )


def _check(settings: Settings) -> None:
    """Refuse settings that mean nothing."""
    kinds = {"interval": ("wilson", "exact"), "correction": ("holm", "bh", "none")}
    for name, value in (("interval", settings.interval_kind), ("correction", settings.correction)):
        if value not in kinds[name]:
            raise BadParameterError(
                f"Expected {name} {name_some(kinds[name])}", f"found {value!r}", "use one"
            )
    if not (is_number(settings.level) and 0 < settings.level < 1):
        raise BadParameterError(
            "Expected a level between 0 and 1", f"found {settings.level!r}", "use 0.95, say"
        )
    for name in ("min_rows", "bands", "resamples"):
        value = getattr(settings, name)
        if not (is_number(value) and value >= 1):
            raise BadParameterError(
                f"Expected {name} to be a number of 1 or more", f"found {value!r}", "give another"
            )


def _figures(counted: Counted, grouping: Grouping | None, settings: Settings) -> list[Figure]:
    """Give every measure of a grouping; the first is a share of all rows of each group."""
    tally = tally_groups(counted, grouping)
    figures = list(measure_shares(counted, tally, settings))
    return figures if counted.score is None else [*figures, *measure_scores(counted, tally, settings)]


def _stratify(counted: Counted, settings: Settings, reference: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare within strata: the group column, or all of them together where there are several."""
    if counted.strata is None:
        return STRATA.from_rows([]), STRATIFIED.from_rows([])
    from leakkit.bias.tables.strata import stratify_arrays

    grouping = counted.groupings[-1]
    rows = np.bincount(grouping.codes, counted.weights if counted.frequencies else None, len(grouping.names))
    said = counted.predicted_favourable
    return stratify_arrays(
        counted.favourable if said is None else said,
        grouping.codes,
        grouping.names,
        counted.strata.codes,
        counted.strata.names,
        weights=counted.weights if counted.weighted else None,
        counts=counted.weights if counted.frequencies else None,
        reference=grouping.names[pick_reference(counted, grouping, rows, reference)],
        min_rows=settings.min_rows,
        level=settings.level,
        measure="base_rate" if said is None else "selection_rate",
    )
