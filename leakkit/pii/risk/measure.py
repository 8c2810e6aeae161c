"""How easily rows of a leaked table can be tied to people: uniqueness, k, l, t, and risk against a population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.pii.risk.classes import Codes, combine, encode, run_lengths, sort_codes
from leakkit.pii.risk.result import Risk as Risk
from leakkit.pii.risk.sensitive import diversity, is_ordered, ranked, runs_of

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray


def reidentification_risk(
    frame: pd.DataFrame,
    quasi_identifiers: Sequence[str],
    sensitive: str | Sequence[str] | None = None,
    *,
    population: pd.DataFrame | int | None = None,
    weights: str | Sequence[float] | None = None,
    sample_fraction: float | None = None,
) -> Risk:
    """Measure how easily rows of a table can be tied to people by what others may know of them.

    Parameters
    ----------
    frame : DataFrame
        One row a person; several rows of one person make the table look safer than it is.
    quasi_identifiers : sequence of str
        Columns somebody may know from elsewhere (birth date, post code, sex, occupation ...).
    sensitive : str or sequence of str, optional
        Columns whose values would do harm; for l-diversity and t-closeness.
    population : DataFrame or int, optional
        Everybody the rows were drawn from: a frame with the same quasi-identifiers (one row a person, those
        of the table among them), or how many they are.
    weights : str or sequence of float, optional
        Column or values: for how many people of the population each row stands.
    sample_fraction : float, optional
        Rows over people of the population, above 0, at most 1.

    Returns
    -------
    Risk
        ``print()`` gives the main figures in sentences; frames for the rest.

    Raises
    ------
    BadFrameError
        Columns are missing.
    BadParameterError
        No quasi-identifier, one that is sensitive too, or a fraction out of its range.

    Notes
    -----
    A missing value is a value of its own: two rows that both lack it count as equal in it, which shows less
    risk than an attacker may have who knows it. Sensitive numbers, dates and ordered categories have the
    ordered distance of t-closeness, others the equal distance; a missing value is their lowest. k, l and t
    are the worst class's. k-anonymity after Sweeney (2002), doi:10.1142/S0218488502001648. A row that is
    unique here need not be in the population, and that one is safe today says nothing of what others will
    know tomorrow.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"year": [1980, 1980, 1991], "zip": ["AB1", "AB1", "AB2"], "ill": ["x", "y", "x"]}
    ... )
    >>> risk = reidentification_risk(table, ["year", "zip"], "ill")
    >>> risk.k, risk.unique_rows, risk.n_classes
    (1, 1, 2)
    >>> print(risk)
    3 rows in 2 classes by year, zip; the smallest has 1 (k).
    1 of 3 rows (33.3%) are unique here; 100.0% are in classes below 5, 100.0% below 11.
    ill: l = 1 (entropy 1.00), t = 0.333 (equal distance); 1 of 3 rows are in classes with one value.
    """
    names = _checked(frame, quasi_identifiers)
    private = [sensitive] if isinstance(sensitive, str) else list(sensitive or [])
    _checked(frame, private, may_be_empty=True)
    if both := sorted(set(names) & set(private)):
        raise BadParameterError(
            "Expected sensitive columns apart from the quasi-identifiers", f"found {both} in both", "choose"
        )
    columns = tuple(encode(name, frame[name]) for name in names)
    n_rows = len(frame)
    key, n_keys = combine(columns, n_rows)
    measured = []
    sizes = None
    for name in private:
        column = ranked(name, frame[name])
        runs = runs_of(key, n_keys, column)
        sizes = runs.size
        measured.append(diversity(name, runs, column.size, is_ordered(frame[name])))
    if sizes is None:
        sizes = run_lengths(sort_codes(key, n_keys))[1]
    if weights is not None:  # in the order of the codes, as the weights
        sizes = run_lengths(sort_codes(key, n_keys))[1]
    known = _population_sizes(frame, names, population) if isinstance(population, pd.DataFrame) else None
    return Risk(
        tuple(names),
        n_rows,
        sizes if known is None else known[0],
        columns,
        frame,
        tuple(measured),
        _fraction(n_rows, population, sample_fraction),
        None if known is None else known[1],
        None if weights is None else _class_weights(frame, key, weights),
    )


def _checked(frame: pd.DataFrame, names: Sequence[str], may_be_empty: bool = False) -> list[str]:
    """Give column names that are all in the frame."""
    if isinstance(names, str):
        names = [names]
    if not names and not may_be_empty:
        raise BadParameterError("Expected at least one quasi-identifier", "found none", "name the columns")
    if missing := [str(name) for name in names if name not in frame.columns]:
        raise BadFrameError(
            "Expected the columns that were named", f"found no {', '.join(missing)}", "check their spelling"
        )
    return list(dict.fromkeys(names))


def _fraction(n_rows: int, population: Any, fraction: float | None) -> float | None:
    """Give the part of the population that the rows are, where it can be known."""
    if isinstance(population, (int, np.integer)) and not isinstance(population, bool):
        if population < max(1, n_rows):
            raise BadParameterError(
                f"Expected a population of at least the {n_rows:,} rows",
                f"found {population:,}",
                "correct it",
            )
        return n_rows / int(population)
    if fraction is not None and not 0 < fraction <= 1:
        raise BadParameterError(
            "Expected sample_fraction above 0 and up to 1", f"found {fraction}", "correct it"
        )
    return fraction


def _population_sizes(frame: pd.DataFrame, names: list[str], population: pd.DataFrame) -> tuple[Codes, Codes]:
    """Give the sizes of each class of the table here and in the population."""
    _checked(population, names)
    both = pd.concat([frame[names], population[names]], ignore_index=True)
    key, _ = combine([encode(name, both[name]) for name in names], len(both))
    found, places = np.unique(key, return_inverse=True)
    here = np.bincount(places[: len(frame)], minlength=len(found))
    there = np.bincount(places[len(frame) :], minlength=len(found))
    return here[here > 0], there[here > 0]


def _class_weights(frame: pd.DataFrame, key: Codes, weights: Any) -> NDArray[Any]:
    """Add up the weights of each class, in the order of its code."""
    values = frame[weights] if isinstance(weights, str) else pd.Series(weights)
    if len(values) != len(frame) or values.isna().any() or (values < 1).any():
        raise BadParameterError(
            "Expected a weight of at least 1 for each row",
            "found missing, smaller or too few",
            "correct weights",
        )
    _, places = np.unique(key, return_inverse=True)
    return np.bincount(places, weights=values.to_numpy(float))
