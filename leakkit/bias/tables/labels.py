"""Labels of a column as small whole numbers; labels that the user names are found however they are written."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

NOT_STATED = "not stated"
"""Name of the group of rows whose group is missing, where the user wants one."""
BLANK = "(blank)"
"""Name of a label of blanks alone."""
_LONGEST = 60


@dataclass(frozen=True, eq=False)
class Coded:
    """A column as codes from 0 (-1: missing); `values` and the escaped `names` stand in the order of the codes.

    Only labels that some row has are in it.
    """

    column: str
    codes: Codes
    values: tuple[Any, ...]
    names: tuple[str, ...]


def encode_labels(column: str, values: pd.Series) -> Coded:
    """Give a column of any dtype as codes; numbers in their order, other labels by name."""
    import pandas as pd

    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, found = values.cat.codes.to_numpy(), list(values.cat.categories)
    else:
        try:
            codes, uniques = pd.factorize(values, use_na_sentinel=True)
        except (TypeError, NotImplementedError):
            raise BadParameterError(
                f"Expected labels in column {printable(column, _LONGEST)!r}",
                "found values that cannot be compared, such as lists",
                "make one label of each first",
            ) from None
        found = list(uniques)
    return _ordered(column, np.asarray(codes, dtype=np.int64), found)


def label_name(value: Any) -> str:
    """Give a label as text that can be shown: escaped, whole numbers without their point."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    text = str(value)
    return BLANK if text.isspace() else printable(text, _LONGEST) or "(empty)"


def name_some(names: Sequence[str], most: int = 5) -> str:
    """List at most so many names, for a message."""
    shown = ", ".join(repr(name) for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "") if names else "none"


def find_label(wanted: Any, coded: Coded, argument: str) -> int:
    """Give the code of a label that the user names; an error that lists the labels where it is not there."""
    code = match_label(wanted, coded.values)
    if code is None:
        raise BadParameterError(
            f"Expected {argument} to be a label of column {printable(coded.column, _LONGEST)!r}",
            f"found {label_name(wanted)!r}; the labels are {name_some(coded.names)}",
            "name one of them",
        )
    return code


def match_label(wanted: Any, values: Sequence[Any]) -> int | None:
    """Give the place of a label among `values`: as it stands, else as a number or trimmed text; else none.

    1, 1.0, "1", True and "true" are one label unless the column itself holds several of them.
    """
    kind = isinstance(wanted, str)
    for place, value in enumerate(values):
        if isinstance(value, str) == kind and _same(value, wanted):
            return place
    key = _loose(wanted)
    alike = [place for place, value in enumerate(values) if _loose(value) == key]
    return alike[0] if len(alike) == 1 else None


def is_binary_number(values: Iterable[Any]) -> bool:
    """Tell whether all labels are 0 or 1, however written."""
    return all(_loose(value) in (0.0, 1.0) for value in values)


def _same(value: Any, wanted: Any) -> bool:
    """Compare two labels, where comparing them makes sense at all."""
    try:
        return bool(value == wanted)
    except (TypeError, ValueError):
        return False


def _loose(value: Any) -> Hashable:
    """Give what labels are compared by when they are not written alike."""
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in ("true", "false"):
            return float(text.casefold() == "true")
        try:
            return float(text)
        except ValueError:
            return text
    if isinstance(value, bool | int | float | np.bool_ | np.integer | np.floating | Decimal):
        return float(value)
    return str(value)


def _ordered(column: str, codes: Codes, found: list[Any]) -> Coded:
    """Leave unused labels out, and number the others in the order of their value or name."""
    used = np.bincount(codes[codes >= 0], minlength=len(found)) > 0
    names = [label_name(value) for value in found]
    kept = [place for place in range(len(found)) if used[place]]
    kept.sort(key=lambda place: (*_rank(found[place]), names[place], str(found[place])))
    renumbered = np.full(len(found) + 1, -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    return Coded(
        column,
        renumbered[codes],
        tuple(found[place] for place in kept),
        tuple(distinct_names([names[place] for place in kept])),
    )


def near_twins(coded: Coded) -> list[list[int]]:
    """Give the codes of labels that differ only in blanks or capitals, those of one word together."""
    alike: dict[str, list[int]] = {}
    for code, value in enumerate(coded.values):
        if isinstance(value, str):
            alike.setdefault("".join(value.split()).casefold(), []).append(code)
    return [codes for codes in alike.values() if len(codes) > 1]


def twin_notes(coded: Coded, sides: Sequence[bool] | None = None) -> list[str]:
    """Say which labels may be one label written in several ways; with `sides` only those on different sides."""
    twins = [codes for codes in near_twins(coded) if sides is None or len({sides[c] for c in codes}) > 1]
    if not twins:
        return []
    told = "; ".join(name_some([coded.names[code] for code in codes]) for codes in twins[:5])
    more = f"; and {len(twins) - 5} more words" if len(twins) > 5 else ""
    return [
        f"Labels of {printable(coded.column, _LONGEST)!r} that differ only in blanks or capitals count as "
        f"different: {told}{more}. Join them first if they mean the same."
    ]


def distinct_names(names: Sequence[str]) -> list[str]:
    """Tell labels apart that are written alike (1 and "1", or long texts cut)."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made


def _rank(value: Any) -> tuple[int, float]:
    """Sort numbers before texts, by size."""
    number = isinstance(value, bool | int | float | np.bool_ | np.integer | np.floating)
    return (0, float(value)) if number else (1, 0.0)
