"""Counts and shares of personal data: ``phone_count_30d`` holds no telephone, and ``zip_density`` no postcode."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.fields import coded_texts
from leakkit.pii.places import are_of

if TYPE_CHECKING:
    import pyarrow as pa

_ENTITIES = (
    "PHONE",
    "POSTCODE",
    "BANK_ACCOUNT",
    "US_SSN",
    "NATIONAL_ID",
    "TAX_ID",
    "MEDICAL_ID",
    "CREDIT_CARD",
)
_MEASURES = frozenset(
    "count counts cnt total totals density score scores ratio ratios rate rates freq frequency avg average mean "
    "median std stddev var variance min max minimum maximum len length size bytes pct percent percentage share "
    "quantile entropy width height px distinct missing nulls offset weight loss".split()
)
"""Last words of the names of columns that say how many, how long, how often."""
_WINDOW = re.compile(r"\d+(?:d|h|m|s|w|y|days?|hours?|min|months?)?")
_WORDS = re.compile(r"\d+[a-z]{0,6}|[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def without_measures(found: pa.Table) -> pa.Table:
    """Leave out numbers in fields whose name ends with a measure.

    Parameters
    ----------
    found : pyarrow.Table
        What was found.
    """
    import pyarrow as pa

    codes, names = coded_texts(found.column("field"))
    told = np.array([is_measure(name) for name in names], bool)
    if not told.any():
        return found
    gone = told[codes] & are_of(found, "entity", *_ENTITIES)
    return found.filter(pa.array(~gone)) if gone.any() else found


@lru_cache(4096)
def is_measure(name: str) -> bool:
    """Tell whether the name of a field says that it counts or measures.

    Examples
    --------
    >>> [is_measure(name) for name in ("phone_count_30d", "zipDensity", "phone_number", "ssn", "count")]
    [True, True, False, False, False]
    """
    words = [word.lower() for word in _WORDS.findall(name.rpartition(".")[2])]
    while len(words) > 1 and _WINDOW.fullmatch(words[-1]):
        words.pop()
    return len(words) > 1 and words[-1] in _MEASURES
