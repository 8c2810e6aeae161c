"""Which outcome is favourable and which is the event: read from the labels that the user names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.labels import (
    Coded,
    encode_labels,
    find_label,
    is_binary_number,
    label_name,
    match_label,
    name_some,
)
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


class _NotGiven:
    """Stands where the user named no label, so that None stays a value."""

    def __repr__(self) -> str:
        return "<required>"


NOT_GIVEN = _NotGiven()


@dataclass(frozen=True, eq=False)
class Outcome:
    """The outcome column: 1 where favourable, 0 where not, -1 where missing; and the words for both."""

    column: str
    favourable: NDArray[np.int8]
    favourable_name: str
    other_name: str
    positive_is_favourable: bool
    values: tuple[Any, ...]
    """All labels, and whether each is favourable, for reading predictions."""
    favours: tuple[bool, ...]
    names: tuple[str, ...]
    coded: Coded
    """The labels that some row has."""

    @property
    def positive_name(self) -> str:
        """Name the event whose errors are counted."""
        return self.favourable_name if self.positive_is_favourable else self.other_name

    @property
    def negative_name(self) -> str:
        """Name what is not the event."""
        return self.other_name if self.positive_is_favourable else self.favourable_name


def read_outcome(column: tuple[str, pd.Series], favourable: Any, positive: Any) -> Outcome:
    """Split the labels of the outcome into favourable and others; an error where that is not plain."""
    coded = encode_labels(*column)
    several = isinstance(favourable, list | tuple | set | frozenset)
    _check_labels(coded, favourable, several)
    wanted = sorted(favourable, key=str) if several else [favourable]
    values, names = list(coded.values), list(coded.names)
    places = set()
    for label in wanted:
        place = match_label(label, values)
        if place is None and _may_be_absent(label, coded, column[1]):
            place = len(values)
            values, names = [*values, label], [*names, label_name(label)]
        places.add(find_label(label, coded, "favourable") if place is None else place)
    if len(values) == 1 and is_binary_number(values):  # 0 and 1 are a pair, though one of them is absent
        other = 1 - int(float(values[0]))
        values, names = [*values, other], [*names, str(other)]
    favours = tuple(place in places for place in range(len(values)))
    if several and all(favours) and len(values) > 1:
        raise BadParameterError(
            "Expected some labels that are not favourable", "found that all are named", "leave one out"
        )
    lookup = np.array([*favours, -1], dtype=np.int8)
    others = [name for name, good in zip(names, favours, strict=True) if not good]
    chosen = [name for name, good in zip(names, favours, strict=True) if good]
    event = _positive(positive, coded, values, favours)
    return Outcome(
        column[0],
        lookup[coded.codes],
        " or ".join(chosen),
        " or ".join(others[:5]) + (" or others" if len(others) > 5 else "") or f"not {chosen[0]}",
        event,
        tuple(values),
        favours,
        tuple(names),
        coded,
    )


def _check_labels(coded: Coded, favourable: Any, several: bool) -> None:
    """Refuse a favourable label that is not named, or one label among many."""
    found = f"the labels of {coded.column!r} are {name_some(coded.names)}"
    if favourable is NOT_GIVEN or favourable is None or (several and not favourable):
        raise BadParameterError(
            "Expected favourable: the label of the outcome that is good for the person",
            f"found none; {found}",
            "name it, favourable=... ; which way a rate points is never guessed",
        )
    if len(coded.values) > 2 and not several:
        raise BadParameterError(
            f"Expected two labels in column {coded.column!r}",
            f"found {len(coded.values):,}: {name_some(coded.names)}",
            "name all favourable ones in a list; the others are then unfavourable",
        )


def _may_be_absent(label: Any, coded: Coded, values: pd.Series) -> bool:
    """Tell whether a label that no row has is still one of this column: 1 beside 0, or an unused category."""
    import pandas as pd

    if len(coded.values) > 1:
        return False
    if isinstance(values.dtype, pd.CategoricalDtype):
        return match_label(label, list(values.cat.categories)) is not None
    return is_binary_number([label, *coded.values])


def _positive(positive: Any, coded: Coded, values: list[Any], favours: tuple[bool, ...]) -> bool:
    """Tell whether the event is the favourable side: by the label named, else 1 of 0 and 1, else it is."""
    if positive is None:
        if len(values) == 2 and is_binary_number(values):
            place = match_label(1, values)
            return True if place is None else favours[place]
        return True
    wanted = list(positive) if isinstance(positive, list | tuple | set | frozenset) else [positive]
    places = [match_label(label, values) for label in wanted]
    for label, place in zip(wanted, places, strict=True):
        if place is None:
            find_label(label, coded, "positive")
    sides = {favours[place] for place in places if place is not None}
    whole = len(sides) == 1 and len(set(places)) == favours.count(next(iter(sides)))
    if not whole:
        raise BadParameterError(
            "Expected positive to be all favourable labels or all others",
            f"found {name_some([label_name(label) for label in wanted])}",
            "name one whole side, or leave it out",
        )
    return sides.pop()


def read_prediction(column: tuple[str, pd.Series], outcome: Outcome) -> NDArray[np.int8]:
    """Give 1 where the favourable outcome is predicted, 0 where another is, -1 where none is."""
    coded = encode_labels(*column)
    favours = []
    unseen = []
    for value, name in zip(coded.values, coded.names, strict=True):
        place = match_label(value, outcome.values)
        if place is None:
            unseen.append(name)
        favours.append(False if place is None else outcome.favours[place])
    if unseen and not (len(outcome.values) == 1 and len(unseen) == 1):  # with one outcome the other is new
        raise BadParameterError(
            f"Expected predictions with the labels of {outcome.column!r}: {name_some(outcome.names)}",
            f"found {name_some(unseen)} in column {coded.column!r}",
            "write predictions in the labels of the outcome, or give a score and a threshold",
        )
    return np.array([*favours, -1], dtype=np.int8)[coded.codes]
