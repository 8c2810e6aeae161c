"""Numbers with a unit or the name of a list behind them: ``4029 HD`` of a star, ``3112 KW``; Dutch postcodes look so.

The letters of postcodes differ from line to line; those of units are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.fields import coded_texts
from leakkit.pii.places import Places, are_of

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST = 10
"""Records of a member with such a number from which on their letters say something."""
MOST_UNITS = 0.2
"""Share of records, at most, that there are different letters where they are units."""
_DETECTORS = ("postcode_nl",)
_LETTERS = r"(?:^|[^0-9A-Za-z])[1-9][0-9]{3} (?P<letters>[A-Z]{2})(?:$|[^0-9A-Za-z])"


def without_units(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out Dutch postcodes, less than likely, of members in which all have the same few letters.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    unsure = found.column("score").to_numpy() < LIKELIHOOD_FLOORS["likely"]
    asked = np.flatnonzero(unsure & are_of(found, "detector", *_DETECTORS))
    if len(asked) < FEWEST:
        return found
    places = Places(batch, found)
    rows = np.flatnonzero(np.isin(places.batch, places.found[asked]))
    texts = pc.fill_null(batch.column("text").take(pa.array(rows)), "")
    codes, names = coded_texts(pc.struct_field(pc.extract_regex(texts, _LETTERS), "letters"))
    held = np.array([bool(name) for name in names], bool)[codes]
    members, own = np.unique(places.members_of_batch[rows[held]], return_inverse=True)
    pairs = np.unique(own * len(names) + codes[held])
    kinds, counts = np.bincount(pairs // len(names), minlength=len(members)), np.bincount(own)
    units = members[(counts >= FEWEST) & (kinds <= MOST_UNITS * counts)]
    kept = np.ones(found.num_rows, bool)
    kept[asked[np.isin(places.members[asked], units)]] = False
    return found if kept.all() else found.filter(pa.array(kept))
