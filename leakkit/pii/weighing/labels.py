"""Words that only say what a value is, which a tagger takes for names: labels before it, keys, names of columns."""

from __future__ import annotations

import re
from functools import lru_cache

from leakkit.pii.keys import entity_of_key

_NO_NAME = 0.7
_LONG_NUMBER = re.compile(r"\d{9}|(?:\d[ \-]{0,2}){12}")
_NUMBER_AFTER = re.compile(
    r"(?:[- ](?:no|nr|num|number|id)\b\.?)?(?: is| ist| es| est|:| :)? ?[A-Z]{0,2}[\d][\d \-]{5,}"
)
_LONG_NUMBER_AFTER = re.compile(r"(?:[ -](?:nr\.?|no\.?|nummer|n[°º]|№))?:? ?[A-Z]{0,2}\d{7}")
_VALUE_AFTER = re.compile(r"\.? (?:[A-Z][^\W\d_]|\+?\d)")
"""Numbers that no place has in its name or address."""

_KEY_ENDS = re.compile(r"""["'`\])]{0,2}[ \t]{0,2}(?:[:=]|=>|</)""")
_HEAD_ENDS = re.compile(r"""["'`]?[ \t]{0,20}(?:[,;|\t)\n]|\\n|$)|  """)
_LONGEST_HEAD = 2000
_MARKS = ("\t", "|", ";", ",", "^", "~")
_DIGIT = re.compile(r"\d")


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


def is_key(text: str, start: int, end: int) -> bool:
    """Tell whether a span is the name of a key or column, standing where keys stand."""
    value = text[start:end]
    if len(value) > 40 or (start and text[start - 1].isalnum()):
        return False
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum():
        return False
    keyed = _KEY_ENDS.match(text, end)
    if not keyed and not _HEAD_ENDS.match(text, end):
        return False
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    line = text[first:last] if last - first < _LONGEST_HEAD else ""
    if not keyed and not _is_head(line):
        return False
    told = entity_of_key(value).strength
    camel = value[0].islower() and any(c.isupper() for c in value)
    return told >= _NO_NAME or (camel and told > 0) or (line != "" and _all_names(line))


@lru_cache(1024)
def _all_names(line: str) -> bool:
    """Tell whether a line is cut into four names of columns or more, of which half tell something."""
    mark = max(_MARKS, key=line.count)
    parts = [part.strip() for part in line.strip(" |").split(mark)]
    if len(parts) < 4 or any(len(part) > 30 or _DIGIT.search(part) for part in parts):
        return False
    return 2 * sum(entity_of_key(part).entity is not None for part in parts) >= len(parts)


@lru_cache(1024)
def _is_head(line: str) -> bool:
    """Tell whether a line is one of column names."""
    parts = max(line.count(mark) for mark in (",", ";", "|", "\t", "  "))
    if parts < 2:
        return False
    digits = sum(map(line.count, "0123456789")) if line.isascii() else sum(map(str.isdigit, line))
    return digits * 20 < len(line)
