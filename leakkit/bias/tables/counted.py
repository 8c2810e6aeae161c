"""A table of people made ready to count: labels as codes, favourable and positive rows, weights, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.columns import group_columns, is_number, pick_column, read_scores, read_weights
from leakkit.bias.tables.labels import (
    NOT_STATED,
    Coded,
    distinct_names,
    encode_labels,
    label_name,
    name_some,
    twin_notes,
)
from leakkit.bias.tables.outcomes import NOT_GIVEN, Outcome, read_outcome, read_prediction
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MOST_GROUPS = 2_000
"""More groups than this are no groups, but a number or a name."""

_COPIED = (
    "The prediction equals the outcome in every row: if one was copied or made from the other, "
    "rates of errors say nothing."
)


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups by one column or several: codes from 0 to ``len(names) - 1``, -1 where missing."""

    columns: tuple[str, ...]
    codes: Codes
    names: tuple[str, ...]
    parts: tuple[tuple[int, ...], ...] = ()
    """For each group its code in each of the columns."""

    @property
    def name(self) -> str:
        """Columns joined by ' & '."""
        return " & ".join(self.columns)


@dataclass(frozen=True, eq=False)
class Counted:
    """Arrays of the rows that can be counted; all have the same length.

    ``groupings`` holds each group column alone, then all of them together where there are several.
    ``weights`` is 1 for every row unless weights or counts were given; with counts (``frequencies``) each
    row stands for so many, with weights (``weighted``) it does not. ``kept`` tells which rows of the frame
    these are.
    """

    favourable: Flags
    positive: Flags
    predicted_favourable: Flags | None
    predicted_positive: Flags | None
    score: Floats | None
    weights: Floats
    weighted: bool
    frequencies: bool
    groupings: tuple[Grouping, ...]
    coded: tuple[Coded, ...]
    """The group columns, for finding a reference by its label."""
    strata: Grouping | None
    outcome: Outcome
    score_name: str
    kept: Flags
    notes: tuple[str, ...]

    @cached_property
    def score_levels(self) -> tuple[Floats, Codes]:
        """Different scores in their order, and the place of each row's among them."""
        assert self.score is not None
        values, at = np.unique(self.score, return_inverse=True)
        return values, at

    @property
    def n(self) -> int:
        """Rows, or how many they stand for where counts were given."""
        return round(float(self.weights.sum())) if self.frequencies else len(self.favourable)


def count_rows(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    *,
    favourable: Any = NOT_GIVEN,
    positive: Any = None,
    prediction: Any = None,
    score: Any = None,
    threshold: float | None = None,
    by: Any = None,
    weights: Any = None,
    counts: Any = None,
    missing: str = "drop",
) -> Counted:
    """Read the columns of a table into arrays; say in ``notes`` which rows were left out and why."""
    if missing not in ("drop", "group"):
        raise BadParameterError("Expected missing 'drop' or 'group'", f"found {missing!r}", "use one of them")
    read = read_outcome(pick_column(frame, outcome, "outcome"), favourable, positive)
    coded = [encode_labels(name, column) for name, column in group_columns(frame, group, "group")]
    if missing == "group":
        coded = [_not_stated(column) for column in coded]
    strata = (
        [encode_labels(name, column) for name, column in group_columns(frame, by, "by")]
        if by is not None
        else []
    )
    _check_apart(read, coded, strata)
    scores = None if score is None else read_scores(pick_column(frame, score, "score"))
    predicted = _predictions(frame, prediction, scores, threshold, read)
    weight = read_weights(frame, weights, counts)
    kept, notes = _choose(len(frame), read, coded, predicted, scores, weight, counts is not None)
    rows = slice(None) if kept.all() else kept
    coded = [_subset(column, rows) for column in coded]
    favours = read.favourable[rows] == 1
    said = None if predicted is None else predicted[rows] == 1
    turned = not read.positive_is_favourable
    groupings = _groupings(coded)
    notes += twin_notes(read.coded, read.favours)
    notes += [note for column in (*coded, *strata) for note in twin_notes(column)]
    if said is not None and (said == favours).all():
        notes.append(_COPIED)
    return Counted(
        favourable=favours,
        positive=~favours if turned else favours,
        predicted_favourable=said,
        predicted_positive=None if said is None else (~said if turned else said),
        score=None if scores is None else scores[rows],
        weights=np.ones(len(favours)) if weight is None else weight[rows],
        weighted=weights is not None,
        frequencies=counts is not None,
        groupings=groupings,
        coded=tuple(coded),
        strata=join_columns([_subset(column, rows) for column in strata]) if strata else None,
        outcome=read,
        score_name="" if score is None else pick_column(frame, score, "score")[0],
        kept=kept,
        notes=tuple(notes),
    )


def _check_apart(outcome: Outcome, coded: Sequence[Coded], strata: Sequence[Coded]) -> None:
    """Refuse a table in which the outcome itself is to be a group or stratum."""
    for argument, columns in (("group", coded), ("by", strata)):
        if outcome.column in [column.column for column in columns]:
            raise BadParameterError(
                f"Expected {argument} to be another column than the outcome",
                f"found {outcome.column!r} for both",
                "name the column of the groups" if argument == "group" else "name the column of the strata",
            )


def join_columns(coded: Sequence[Coded]) -> Grouping:
    """Give the combinations of several columns that some row has, as one grouping."""
    columns = tuple(column.column for column in coded)
    known = np.flatnonzero(np.all([column.codes >= 0 for column in coded], axis=0))
    key, size = np.zeros(len(known), dtype=np.int64), 1
    for column in coded:
        card = max(1, len(column.names))
        if size * card >= 2**62:  # one number cannot carry more combinations: number those that occur
            used, key = _renumber(key)
            size = len(used)
        key, size = key * card + column.codes[known], size * card
    used, codes = _renumber(key)
    if len(used) > MOST_GROUPS:
        raise BadParameterError(
            f"Expected at most {MOST_GROUPS:,} groups by {name_some(columns)}",
            f"found {len(used):,}",
            "put numbers into bands and leave identifiers out",
        )
    every = np.full(len(coded[0].codes), -1, dtype=np.int64)
    every[known] = codes
    parts = _parts(known, codes, len(used), coded)
    names = [
        " & ".join(column.names[code] for column, code in zip(coded, part, strict=True)) for part in parts
    ]
    return Grouping(columns, every, tuple(distinct_names(names)), parts)


def _renumber(key: Codes) -> tuple[Codes, Codes]:
    """Give the numbers that occur, in order, and the place of each row's among them."""
    if len(key) and key.max() < 2**20:  # counting is much faster than sorting
        here = np.bincount(key) > 0
        return np.flatnonzero(here), (np.cumsum(here) - 1)[key]
    used, codes = np.unique(key, return_inverse=True)
    return used, codes


def _parts(known: Codes, codes: Codes, size: int, coded: Sequence[Coded]) -> tuple[tuple[int, ...], ...]:
    """Give for each combination its code in each column, by a row that has it."""
    some = np.zeros(size, dtype=np.int64)
    some[codes] = known
    return tuple(zip(*(column.codes[some].tolist() for column in coded), strict=True))


def _groupings(coded: Sequence[Coded]) -> tuple[Grouping, ...]:
    """Give each column alone, then all together."""
    alone = [join_columns([column]) for column in coded]
    return tuple([*alone, join_columns(coded)] if len(coded) > 1 else alone)


def _predictions(
    frame: pd.DataFrame, prediction: Any, scores: Floats | None, threshold: float | None, outcome: Outcome
) -> NDArray[np.int8] | None:
    """Give whether the favourable outcome was predicted (-1: missing), from labels or from a score."""
    if prediction is not None:
        if threshold is not None:
            raise BadParameterError(
                "Expected a prediction or a threshold for the score", "found both", "leave one out"
            )
        return read_prediction(pick_column(frame, prediction, "prediction"), outcome)
    if threshold is None:
        return None
    if scores is None:
        raise BadParameterError("Expected a score with the threshold", "found none", "name the score column")
    if not is_number(threshold):
        raise BadParameterError(
            "Expected the threshold to be a number", f"found {label_name(threshold)!r}", "use 0.5, say"
        )
    favours = (scores >= threshold) == outcome.positive_is_favourable
    return np.where(np.isnan(scores), -1, favours).astype(np.int8)


def _not_stated(column: Coded) -> Coded:
    """Make a group of the rows whose group is missing."""
    lacking = column.codes < 0
    if not lacking.any():
        return column
    names = tuple(distinct_names([*column.names, NOT_STATED]))
    codes = np.where(lacking, len(column.names), column.codes)
    return Coded(column.column, codes, (*column.values, None), names)


def _subset(column: Coded, rows: Any) -> Coded:
    """Keep some rows of a column."""
    return Coded(column.column, column.codes[rows], column.values, column.names)


def _choose(
    n_rows: int,
    outcome: Outcome,
    coded: Sequence[Coded],
    predicted: NDArray[np.int8] | None,
    scores: Floats | None,
    weights: Floats | None,
    frequencies: bool,
) -> tuple[Flags, list[str]]:
    """Tell which rows can be counted, and say how many cannot, reason by reason."""
    reasons: list[tuple[str, Flags]] = [("without an outcome", outcome.favourable >= 0)]
    reasons += [(f"without a value of {name_some([c.column])}", c.codes >= 0) for c in coded]
    if scores is not None:
        reasons.append(("without a score", ~np.isnan(scores)))
    if predicted is not None:
        reasons.append(("without a prediction", predicted >= 0))
    if weights is not None:
        reasons.append((f"with a {'count' if frequencies else 'weight'} of zero", weights > 0))
    kept, notes = np.ones(n_rows, dtype=bool), []
    for reason, good in reasons:
        lost = int((kept & ~good).sum())
        if lost:
            notes.append(f"{lost:,} row{'' if lost == 1 else 's'} {reason} left out.")
            kept &= good
    if not kept.any():
        found = f"found {n_rows:,} rows, none of them complete" if n_rows else "found no rows"
        raise BadParameterError(
            "Expected rows to count",
            found,
            "; ".join(note.rstrip(".") for note in notes) or "give a table with rows",
        )
    return kept, notes
