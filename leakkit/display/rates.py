"""Write shares, differences, ratios and p-values for sentences and figures; take the frame they are in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.frames.frame import Frame

RESULT_PARTS = {
    "group_rates": "rates",
    "group_comparisons": "comparisons",
    "group_gaps": "gaps",
    "adjusted": "groups",
    "word_associations": "words",
}
"""Attribute of a result object (`GroupRates`, `Adjustment`) that holds a frame, where it has another name."""

PREFERRED = ("selection_rate", "base_rate")
"""Measures to tell where none is named."""

PLAIN = ("mean_score", "area_under_curve")
"""Measures that are no shares."""

ALPHA = 0.05
"""A corrected p-value up to this is told from chance."""


def take_frame(result: Any, frame: Frame) -> pd.DataFrame:
    """Give the wanted frame from a frame, from a result that holds it, or from the ``rates`` of one.

    Raises
    ------
    BadFrameError
        Where it is neither, or lacks columns.
    """
    import pandas as pd

    name = RESULT_PARTS.get(frame.name, frame.name)
    if not isinstance(result, pd.DataFrame):
        found = getattr(result, name, None)
        inner = getattr(result, "rates", None)
        result = found if isinstance(found, pd.DataFrame) else getattr(inner, name, None)
    columns = result.columns if isinstance(result, pd.DataFrame) else ()
    missing = [name for name in frame.names if name not in columns]
    if not isinstance(result, pd.DataFrame) or missing:
        raise BadFrameError(
            f"Expected a frame of the kind {frame.name}, or a result that holds one",
            f"found no {', '.join(missing[:5])}",
            f"see leakkit.frames.{frame.name.upper()}.describe() for its columns",
        )
    return result


def pick(frame: pd.DataFrame, column: str, wanted: str | None, preferred: tuple[str, ...] = ()) -> str | None:
    """Give the value of `column` to show: the wanted one, else the first preferred one, else the first.

    Raises
    ------
    BadParameterError
        Where the wanted one is not there.
    """
    there = [str(v) for v in frame[column].dropna().astype("string").unique()]
    if wanted is None:
        return next((v for v in (*preferred, *there) if v in there), None)
    if wanted not in there:
        names = ", ".join(printable(v, 30) for v in there[:8]) or "none"
        raise BadParameterError(
            f"Expected a {column} of the frame",
            f"found '{printable(str(wanted), 30)}', and in the frame {names}",
            f"name one of these as {column}, or leave it out",
        )
    return wanted


def pick_grouping(frame: pd.DataFrame, wanted: str | None) -> str | None:
    """Give the wanted grouping, else the one of fewest columns."""
    there = frame["grouping"].dropna().astype(str).unique()
    fewest = sorted(there, key=lambda name: (name.count(" & "), name))
    return pick(frame, "grouping", wanted, tuple(fewest))


def turned_first(stratified: pd.DataFrame) -> tuple[str, ...]:
    """Give groups in the order in which to tell of them: Simpson warnings, then groups of few columns."""
    turned = stratified["simpson"].fillna(False).astype(bool)
    pairs = zip(~turned, stratified["group"], strict=True)
    return tuple(name for _, _, name in sorted((late, name.count(" & "), name) for late, name in pairs))


def busiest_axes(representation: pd.DataFrame) -> tuple[str, ...]:
    """Give axes in the order in which to tell of them: what people are, most documents first, then the rest."""
    sums = representation.groupby("axis", sort=True)["documents"].sum()
    aside = ("language", "country", "dialect")
    return tuple(sorted(sums.index, key=lambda axis: (axis in aside, -int(sums[axis]), axis)))


def known(value: Any) -> bool:
    """Tell whether a figure is there."""
    import pandas as pd

    return value is not None and not bool(pd.isna(value))


def share_words(value: Any) -> str:
    """Give a share in per cent, with more digits where it is close to 0 or 1.

    Examples
    --------
    >>> share_words(0.448), share_words(0.0012), share_words(1e-9), share_words(1.0), share_words(None)
    ('44.8%', '0.12%', 'under 0.01%', '100.0%', 'unknown')
    """
    if not known(value):
        return "unknown"
    value = float(value)
    if 0 < value < 0.00005:
        return "under 0.01%"
    if 0.99995 < value < 1:
        return "over 99.99%"
    return f"{value:.2%}" if 0 < value < 0.01 or 0.99 < value < 1 else f"{value:.1%}"


def number_words(value: Any, *, sign: bool = False) -> str:
    """Give a ratio or another plain number with three digits.

    Examples
    --------
    >>> number_words(1.503), number_words(0.0214), number_words(float("inf")), number_words(-2.5, sign=True)
    ('1.50', '0.021', 'infinity', '-2.50')
    """
    if not known(value):
        return "unknown"
    value = float(value)
    if value == 0:
        return "0"
    if math.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    digits = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.995 else 2 if abs(value) >= 0.0995 else 3
    return f"{value:{'+' if sign else ''},.{digits}f}"


def points_words(value: Any) -> str:
    """Give a difference of shares in percentage points with its sign.

    Examples
    --------
    >>> points_words(0.2139), points_words(-0.0004)
    ('+21.4', '-0.04')
    """
    if not known(value):
        return "unknown"
    value = float(value) * 100
    return f"{value:+.2f}" if 0 < abs(value) < 0.095 else f"{value:+.1f}"


def interval_words(low: Any, high: Any, words: Any = share_words) -> str:
    """Give an interval, or say that there is none.

    Examples
    --------
    >>> interval_words(0.2, 0.31), interval_words(None, None)
    ('interval 20.0% to 31.0%', 'no interval')
    """
    if not known(low) or not known(high):
        return "no interval"
    return f"interval {words(low)} to {words(high)}"


def p_words(value: Any) -> str:
    """Give a p-value.

    Examples
    --------
    >>> p_words(0.2314), p_words(0.04321), p_words(2e-37), p_words(None)
    ('p = .23', 'p = .043', 'p < .001', 'no p-value')
    """
    if not known(value):
        return "no p-value"
    value = float(value)
    if value < 0.001:
        return "p < .001"
    text = f"{value:.2f}" if value >= 0.0995 else f"{value:.3f}"
    return f"p = {text.removeprefix('0')}"


def by_documents(p_value: Any, p_documents: Any) -> bool:
    """Tell whether the test with documents as the unit has the larger p-value, which then counts.

    Examples
    --------
    >>> by_documents(0.001, 0.02), by_documents(0.2, 0.02), by_documents(0.001, None)
    (True, False, False)
    """
    return known(p_documents) and (not known(p_value) or float(p_documents) > float(p_value))


def of_words(k: Any, n: Any) -> str:
    """Give the counts behind a share: k of n, n alone where rows are weighted.

    Examples
    --------
    >>> of_words(805, 1795), of_words(None, 1795), of_words(None, None)
    ('805 of 1,795', 'n = 1,795', 'n unknown')
    """
    if not known(n):
        return "n unknown"
    return f"{int(k):,} of {int(n):,}" if known(k) else f"n = {int(n):,}"


def measure_words(measure: Any) -> str:
    """Give the name of a measure in words; of the base rate, that of its favourable side.

    Examples
    --------
    >>> measure_words("false_positive_rate"), measure_words("base_rate")
    ('false positive rate', 'favourable rate')
    """
    return "favourable rate" if str(measure) == "base_rate" else str(measure).replace("_", " ")


def is_chance(p_adjusted: Any) -> bool:
    """Tell whether a finding is not told from chance; a missing p-value tells nothing."""
    return not known(p_adjusted) or float(p_adjusted) > ALPHA


def told_from_chance(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows whose corrected p-value is at most .05."""
    return rows[rows["p_adjusted"].le(ALPHA).fillna(False).astype(bool)]


def count_words(number: int, noun: str) -> str:
    """Give a count with its noun.

    Examples
    --------
    >>> count_words(1, "group"), count_words(0, "group")
    ('1 group', '0 groups')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
