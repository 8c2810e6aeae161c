"""A value that was told once in a text is the same value wherever else it stands there, in any case of letters."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leakkit.pii.validators.nicks import is_login, is_nick

if TYPE_CHECKING:
    from leakkit.pii.spans import Span

_KINDS = frozenset(
    "PHONE USERNAME PASSWORD PASSPORT DRIVER_LICENSE NATIONAL_ID TAX_ID US_SSN BANK_ACCOUNT LICENSE_PLATE".split()
)
_LONGEST, _FEWEST, _MOST = 20_000, 6, 40
"""Characters of a text that is looked through, and of a value that stands for nothing else."""
_LEAST, _LOWERED = 0.3, 0.9
_DIGIT = re.compile(r"\d")


def told_again(spans: list[Span], texts: Any, laid: Container[int] | Mapping[int, Any]) -> list[Span]:
    """Give the places where values of some spans stand once more, in texts that are not laid out as data.

    Parameters
    ----------
    spans : list of Span
        What was found, by row.
    texts : sequence of str
        The texts of the rows.
    laid : container of int
        Rows of which the layout is known: there each cell is told by itself.
    """
    held: dict[int, list[Span]] = {}
    for span in spans:
        if span.row not in laid:
            held.setdefault(span.row, []).append(span)
    again: list[Span] = []
    for row, own in held.items():
        some = [span for span in own if _is_told(span)]
        text = texts[row] if some else ""
        if some and len(text) <= _LONGEST:
            again += _elsewhere(text, some, own)
    return again


def _is_told(span: Span) -> bool:
    """Tell whether a value is long and odd enough to be the same one elsewhere."""
    value = span.value.lstrip("@")
    return (
        span.entity in _KINDS
        and span.score >= _LEAST
        and _FEWEST <= len(value) <= _MOST
        and (_DIGIT.search(value) is not None or (span.entity == "USERNAME" and _is_odd(value)))
    )


def _is_odd(value: str) -> bool:
    """Tell whether the name of an account is no word that a text has in another sense, too."""
    return is_nick(value) or is_login(value)


def _elsewhere(text: str, some: list[Span], own: list[Span]) -> list[Span]:
    """Give the places of one text in which some values stand and nothing was found."""
    taken = [(span.start, span.end) for span in own]
    found: list[Span] = []
    for span in some:
        value = span.value.lstrip("@")
        for hit in re.finditer(rf"(?i)(?<![\w.@\-/+]){re.escape(value)}(?![\w@/\-]|\.\w)", text):
            if any(hit.start() < end and start < hit.end() for start, end in taken):
                continue
            taken.append(hit.span())
            score = round(span.score * _LOWERED, 4)
            found.append(
                replace(
                    span,
                    start=hit.start(),
                    end=hit.end(),
                    value=hit[0],
                    score=score,
                    evidence=f"{span.evidence}; told before:{score:.2f}",
                )
            )
    return found
