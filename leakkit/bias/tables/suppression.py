"""Groups held back because they are small, and where taking the others away would still show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.counted import Grouping

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]


def suppression_notes(groupings: Sequence[Grouping], shown: Sequence[Flags], min_rows: int) -> list[str]:
    """Say of each grouping how many groups are held back, and how many can be got by subtraction.

    The single one held back is all rows less the others; an intersection that is the only one held back of a
    group that is shown is that group less its other intersections.
    """
    notes = []
    for grouping, seen in zip(groupings, shown, strict=True):
        hidden = int((~seen).sum())
        if not hidden:
            continue
        notes.append(
            f"{hidden} group{'' if hidden == 1 else 's'} of {grouping.name} with fewer than {min_rows} rows not "
            "shown, compared or tested."
        )
        open_ones = int(_told_by_others(grouping, seen, groupings, shown).sum())
        if open_ones:
            notes.append(
                f"Taking the groups shown from their total gives away {open_ones} of those held back by "
                f"{grouping.name}: join groups, or raise min_rows, before publishing."
            )
    return notes


def lone_bands(rows: Sequence[Mapping[str, Any]]) -> int:
    """Count the groups of calibration rows of which one band alone is held back."""
    hidden = Counter((row["grouping"], row["group"]) for row in rows if row["suppressed"])
    shown = {(row["grouping"], row["group"]) for row in rows if not row["suppressed"]}
    return sum(count == 1 and group in shown for group, count in hidden.items())


def _told_by_others(
    grouping: Grouping, seen: Flags, groupings: Sequence[Grouping], shown: Sequence[Flags]
) -> Flags:
    """Tell which groups held back are the only ones missing from a total that is shown."""
    told = ~seen & (np.count_nonzero(~seen) == 1)
    if len(grouping.columns) == 1:
        return told
    for at, (margin, open_margin) in enumerate(zip(groupings, shown, strict=False)):
        if margin is grouping:
            break
        parts = np.array([part[at] for part in grouping.parts])
        missing = np.bincount(parts[~seen], minlength=int(parts.max()) + 1)
        open_parts = [part[0] for part, there in zip(margin.parts, open_margin, strict=True) if there]
        told |= ~seen & (missing == 1)[parts] & np.isin(parts, open_parts)
    return told
