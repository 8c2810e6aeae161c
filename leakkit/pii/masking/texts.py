"""Texts and frames with everything personal that was found in them replaced."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.pii.masking.case import Case, default_case, is_report_run
from leakkit.pii.masking.pseudonyms import pseudonym
from leakkit.pii.masking.values import BLOT, mask_value

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.pii.detector import Detector

STYLES = ("blot", "pseudonym", "label")
_NEEDED = ("row", "field", "start", "end", "entity")
Spans = list[tuple[int, int, str]]


class LeakkitWarning(UserWarning):
    """Something was done that is allowed but dangerous."""


def mask(
    texts: Any,
    *,
    findings: pd.DataFrame | None = None,
    style: str = "blot",
    case: Case | None = None,
    detectors: Sequence[str | Detector] | None = None,
    names: str | None = "auto",
    reveal: bool = False,
) -> Any:
    """Give texts with every found value replaced.

    Parameters
    ----------
    texts : str, list of str, Series or DataFrame
        Of a frame the text columns are masked; numbers stay, so turn columns of numbers that identify (card,
        telephone) into text first. Missing values stay missing.
    findings : DataFrame, optional
        What `find_pii` found in just these texts; left out, it is called here.
    style : {'blot', 'pseudonym', 'label'}
        ``j•••••@e•••••.com``, an invented value of the same form, or ``[EMAIL]``.
    case : Case, optional
        Whose pseudonyms; the session's own when left out.
    detectors, names
        As for `find_pii`, where it is called here.
    reveal : bool
        Give the texts as they are, with a `LeakkitWarning`; refused in report runs.

    Returns
    -------
    str, list of str, Series or DataFrame
        As `texts`, a new object.

    Raises
    ------
    BadParameterError
        `style` is unknown, or `reveal` is asked for in a report run.
    BadFrameError
        `findings` lacks columns, or was made of other texts.

    Notes
    -----
    What was not found is not masked. Look at a sample before you show or share a masked text, and see the
    README for how much is found of each kind. Pseudonyms are not anonymous (see `pseudonym`).

    Examples
    --------
    >>> mask("write to ana.lee@firm.io", names=None)
    'write to a•••••@f•••••.io'
    >>> mask(["card 4000 0000 0000 0002"], detectors=["CREDIT_CARD"], names=None, style="label")
    ['card [CREDIT_CARD]']
    """
    if style not in STYLES:
        raise BadParameterError(
            f"Expected style to be one of {', '.join(STYLES)}", f"found {style!r}", "correct style"
        )
    if reveal:
        return _revealed(texts)
    texts = _plain_columns(texts)
    if findings is None:
        from leakkit.pii.find import find_pii

        findings = find_pii(texts, detectors=detectors, names=names, case=case)
    if missing := [name for name in _NEEDED if name not in findings.columns]:
        raise BadFrameError(
            "Expected a findings frame", f"found no {', '.join(missing)}", "pass what find_pii() gives"
        )
    return _masked(texts, _by_place(findings), _replacer(style, case or default_case()))


def _revealed(texts: Any) -> Any:
    """Give the texts back with a warning; refuse it where a report is made."""
    if is_report_run():
        raise BadParameterError(
            "Expected no reveal=True in a report run",
            "found it",
            "leave reveal out; reports never show values in the clear",
        )
    warnings.warn(
        "reveal=True shows personal data and secrets in the clear; do not save or share this output",
        LeakkitWarning,
        stacklevel=3,
    )
    return texts.copy() if hasattr(texts, "copy") else texts


def _replacer(style: str, case: Case) -> Callable[[str, str], str]:
    """Give the function that replaces one value."""
    if style == "blot":
        return mask_value
    if style == "label":
        return lambda entity, text: f"[{entity}]"
    return lambda entity, text: pseudonym(entity, text, case=case)


def _plain_columns(texts: Any) -> Any:
    """Turn categories into plain text, so that they are searched and masked like other columns."""
    import pandas as pd

    if isinstance(texts, pd.Series) and isinstance(texts.dtype, pd.CategoricalDtype):
        return texts.astype(object)
    if isinstance(texts, pd.DataFrame):
        kinds = {n: object for n, d in texts.dtypes.items() if isinstance(d, pd.CategoricalDtype)}
        return texts.astype(kinds) if kinds else texts
    return texts


def _by_place(findings: pd.DataFrame) -> dict[str, dict[int, Spans]]:
    """Index spans by field and row."""
    places: dict[str, dict[int, Spans]] = {}
    columns = (findings[name] for name in _NEEDED)
    for row, field, start, end, entity in zip(*columns, strict=True):
        rows = places.setdefault(field if isinstance(field, str) else "", {})
        rows.setdefault(int(row), []).append((int(start), int(end), entity))
    return places


def _masked(texts: Any, places: dict[str, dict[int, Spans]], replace: Callable[[str, str], str]) -> Any:
    """Mask by the kind of input."""
    import pandas as pd

    if isinstance(texts, pd.DataFrame):
        made = texts.copy()
        for place, name in enumerate(texts.columns):
            column = texts.iloc[:, place]
            if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
                made.isetitem(place, _series(column, places.get(str(name), {}), replace))
        return made
    rows: dict[int, Spans] = {}
    for by_row in places.values():  # one column: whatever the field is called
        for row, spans in by_row.items():
            rows.setdefault(row, []).extend(spans)
    if isinstance(texts, str):
        return _text(texts, rows.get(0, []), replace)
    if isinstance(texts, pd.Series):
        return _series(texts, rows, replace)
    if isinstance(texts, (list, tuple)):
        return type(texts)(_value(value, rows.get(row, []), replace) for row, value in enumerate(texts))
    raise BadParameterError(
        "Expected a text, a list of texts, a Series or a DataFrame",
        f"found {type(texts).__name__}",
        "pass one of these",
    )


def _series(column: pd.Series, rows: dict[int, Spans], replace: Callable[[str, str], str]) -> pd.Series:
    """Mask one column; index, name and dtype stay."""
    import pandas as pd

    made = [_value(value, rows.get(row, []), replace) for row, value in enumerate(column)]
    return pd.Series(made, index=column.index, name=column.name, dtype=column.dtype)


def _value(value: Any, spans: Spans, replace: Callable[[str, str], str]) -> Any:
    """Mask a value where it is text."""
    return _text(value, spans, replace) if isinstance(value, str) else value


def _text(text: str, spans: Spans, replace: Callable[[str, str], str]) -> str:
    """Replace the spans of a text; of what overlaps, the longest says how, and all of it goes."""
    if any(end > len(text) or start < 0 for start, end, _ in spans):
        raise BadFrameError(
            "Expected findings of just these texts",
            "found places beyond their end",
            "call find_pii() on them",
        )
    made, at = [], 0
    for start, end, members in _runs(spans):
        longest = max(members, key=lambda span: span[1] - span[0])
        whole = longest[:2] == (start, end)
        made += [text[at:start], replace(longest[2], text[start:end]) if whole else BLOT]
        at = end
    return "".join([*made, text[at:]])


def _runs(spans: Spans) -> list[tuple[int, int, Spans]]:
    """Put overlapping spans together."""
    runs: list[tuple[int, int, Spans]] = []
    for span in sorted(spans):
        if runs and span[0] < runs[-1][1]:
            start, end, members = runs[-1]
            runs[-1] = (start, max(end, span[1]), [*members, span])
        else:
            runs.append((span[0], span[1], [span]))
    return runs
