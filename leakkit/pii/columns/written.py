"""How values are written: nothing, dates, digits; what several looks share."""

from __future__ import annotations

import re

from leakkit.pii.columns.words import listed

_DATE = re.compile(
    r"(?:(?:18|19|20)\d\d[-/.年]\s?[01]?\d[-/.月]\s?[0-3]?\d日?"
    r"|[0-3]?\d[-/. ]{1,2}[0-3]?\d[-/. ]{1,2}(?:(?:18|19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[01]\d[0-3]\d|[0-3]?\d(?:st|nd|rd|th|\.)?[ -][^\W\d_]{3,10}\.?,?[ -](?:de )?(?:19|20)\d\d"
    r"|[^\W\d_]{3,9}\.? [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d|[0-3]?\d de [^\W\d_]{4,10} de (?:19"
    r"|20)\d\d)(?P<rest>[ T].{0,30})?$"
)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d\d")
YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DIGITS = re.compile(r"\d")


def is_empty(value: str) -> bool:
    """Say whether the value stands for nothing (``N/A``, ``null``, ``-``)."""
    return value.strip().casefold() in listed("empty")


def is_date(value: str) -> bool:
    """Say whether the value is a calendar date, with or without a time of day."""
    return _DATE.match(value) is not None


def has_clock(value: str) -> bool:
    """Say whether a date has a time of day other than midnight."""
    return bool(_CLOCK.search(value)) and not re.search(
        r"[ T]00:00(?::00)?(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?$", value
    )


def count_digits(value: str) -> int:
    """Count digits."""
    return len(DIGITS.findall(value))
