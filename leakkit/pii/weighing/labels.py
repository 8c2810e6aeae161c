"""Words before a value that only say what it is, which a tagger takes for a place or an organisation."""

from __future__ import annotations

import re

from leakkit.pii.keys import entity_of_key

_NO_NAME = 0.7
_LONG_NUMBER = re.compile(r"\d{9}|(?:\d[ \-]{0,2}){12}")
_NUMBER_AFTER = re.compile(
    r"(?:[- ](?:no|nr|num|number|id)\b\.?)?(?: is| ist| es| est|:| :)? ?[A-Z]{0,2}[\d][\d \-]{5,}"
)
_LONG_NUMBER_AFTER = re.compile(r"(?:[ -](?:nr\.?|no\.?|nummer|n[°º]|№))?:? ?[A-Z]{0,2}\d{7}")
_VALUE_AFTER = re.compile(r"\.? (?:[A-Z][^\W\d_]|\+?\d)")
"""Numbers that no place has in its name or address."""


def is_label(text: str, end: int, value: str) -> bool:
    """Tell whether a tagged span is a number, or a word that says what stands behind it.

    ``BSN is 123456782``, ``Vertragsnummer 5450794661``, ``Durchwahl +49``.

    Parameters
    ----------
    text : str
        The text.
    end : int
        Character after the span.
    value : str
        The span.
    """
    if _LONG_NUMBER.search(value):
        return True
    if " " in value or len(value) > 30:
        return False
    if _VALUE_AFTER.match(text, end) and entity_of_key(value).strength > _NO_NAME:
        return True
    if value.isupper() and len(value) > 5 and value.isascii():
        return False
    return (_NUMBER_AFTER if value.isupper() else _LONG_NUMBER_AFTER).match(text, end) is not None
