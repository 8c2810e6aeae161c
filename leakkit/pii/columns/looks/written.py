"""How values are written: nothing, dates, digits; what several looks share."""

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.columns.words import listed

_DATE = late(
    r"(?:(?:1[3489]|2[05])\d\d[-/.年년][-. ]?[01]?\d[-/.月월][-. ]?[0-3]?\d[日일.]?"
    r"|[0-3]?\d[-/. ]{1,2}[0-3]?\d[-/. ]{1,2}(?:(?:1[34]|18|19|20|2[45])\d\d\.?|\d\d)"
    r"|(?:民國|民国|昭和|平成|令和|大正|[SHRT])\d{1,3}[-/.年]\s?[01]?\d[-/.月]\s?[0-3]?\d日?"
    r"|[0-3]?\d[-. ]?(?i:jan|ene|gen|sty|led|oca|feb|fev|fév|lut|úno|şub|m[aä]r|mrt|mrz|apr|avr|abr|kwi|dub|nis"
    r"|ma[iyjgr]|kvě|ju[nli]|giu|lug|cze|lip|haz|tem|a[ug]g|aoû|ago|sie|srp|se[pt]|wrz|zář|eyl|o[ckt]t|out|paź|říj|eki|nov|lis|kas"
    r"|d[eé][csz]|dic|gru|pro|ara)\.?[-. ]?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[01]\d[0-3]\d|[0-3]?\d(?:st|nd|rd|th|\.)?[ -][^\W\d_]{3,10}\.?,?[ -](?:de )?(?:19|20)\d\d"
    r"|[^\W\d_]{3,9}\.? [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d|[0-3]?\d de [^\W\d_]{4,10} de (?:19"
    r"|20)\d\d)(?P<rest>[ T].{0,30})?$"
)
_MONTH = re.compile(r"[01]?\d[-/.](?:19|20)\d\d$|(?:19|20)\d\d[-/.][01]?\d$|[0-3]?\d[-/.][0-3]?\d\.?$")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d\d")
DIGEST = re.compile(
    r"(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$", re.I
)
"""A hash, of as many signs as those in use have."""

YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
CJK = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DIGITS = re.compile(r"\d")
FLOAT = re.compile(r"[+-]?\d{1,12}[.,]\d+(?:[eE][+-]?\d+)?$")


def is_empty(value: str) -> bool:
    """Say whether the value stands for nothing (``N/A``, ``null``, ``-``)."""
    return value.strip().casefold() in listed("empty")


def is_date(value: str) -> bool:
    """Say whether the value is a calendar date, with or without a time of day."""
    return _DATE.match(value) is not None


def is_month(value: str) -> bool:
    """Say whether the value is a month of a year, or a day of a month."""
    return _MONTH.match(value) is not None


def has_clock(value: str) -> bool:
    """Say whether a date has a time of day other than midnight."""
    return bool(_CLOCK.search(value)) and not re.search(
        r"[ T]00:00(?::00)?(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?$", value
    )


def count_digits(value: str) -> int:
    """Count digits."""
    return len(DIGITS.findall(value))


def begins_with_family(value: str) -> bool:
    """Tell whether a value is a few signs, the first of them (or two) those of a Chinese or Korean family."""
    known = value[:1] in listed("family_signs") or value[:2] in listed("family_pairs")
    return 2 <= len(value) <= 4 and known and CJK.fullmatch(value[-1]) is not None
