"""Parts of one postal address (street, flat, town, state, code, country; on one line or several) put together."""

# ruff: noqa: E501 - a pattern reads better on one line

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from leakkit.late import late
from leakkit.pii.address_parts import CODE, END, GAP, NAME, OVER, SHORT_NAME, STATE, UNIT

Place = tuple[int, int]

_CODED = late(
    rf"{GAP}(?:{CODE}(?:[ \t]+{NAME}(?=[ \t]*(?:[,.\n\"'<|;)]|$)))?|{STATE}[ \t,]{{1,3}}{CODE}|{NAME}[ \t]{CODE}){END}"
)
"""A code, a state or town and code, or code and town after what is an address already."""
_MORE = late(rf"(?:{GAP}{UNIT}|{GAP}{STATE}(?=[ \t]*\n)|[ ][A-Z] \d{{1,3}}|[ ]?/[ ]?\d{{1,4}}){END}")
"""A flat or a state."""
_TOWN = late(rf"{GAP}({NAME})(?={GAP}(?:{STATE}{GAP})?(?:{NAME}[ \t])?{CODE}{END})")
"""A town that is followed by a state or code."""
_LAST = late(rf", ({SHORT_NAME}){OVER}")
"""A town with which all ends."""
_CODE_BEFORE = late(rf"(?:^|(?<=[:\n\"'<>|(,;\t])[ ]?)({CODE},? (?:г\. ?)?{SHORT_NAME}, ?)\Z")
"""Code and town before the street, as in Russia and Hungary."""
_LOWER_TOWN = re.compile(rf"{GAP}([a-z]{{3,20}}(?: [a-z]{{3,20}})?, ?[a-z]{{2}} {CODE}){END}")
_NUMBER_BEFORE = re.compile(r"(?:^|(?<=[\n>:?,(\"' \t]))\d{1,6}[A-Za-z]?,?[ \t]\Z")
_MOST_BEFORE = 60
"""Characters in which code and town may stand before a street."""
_CORNER = late(
    r"(?i:(?:the )?corner of )((?:[^\W\d_a-z][\w'’\-]*|\d{1,5}[a-z]?)(?: (?:[^\W\d_a-z][\w'’\-]*|\d{1,5}[a-z]?|de|la|des|du|der|van)){0,5})"
    r" and ((?:[^\W\d_a-z][\w'’\-]*|\d{1,5}[a-z]?)(?: (?:[^\W\d_a-z][\w'’\-]*|\d{1,5}[a-z]?)){0,4})"
)
_FLAT = re.compile(
    r"(?i)(?<![\w.,])\d{1,6}[ ](?:[^\W\d_][\w'’./\-]* |\d{1,4} ){1,5}?(?:apt|apartment|suite|ste|unit)\.? \d{1,5}\b"
)
"""Number, street and flat, in any case of letters."""
_MILITARY = re.compile(
    r"(?i)\b(?:psc \d{1,5}|unit \d{1,5}|cmr \d{1,5}|us(?:s|ns|nv|cgc) [^\W\d_][\w'’\-]{1,30})(?:,? box \d{1,6})?,?\s{1,3}"
    r"(?:apo|fpo|dpo),? a[aep] \d{5}(?:-\d{4})?\b"
)
"""Mail of the US forces: USPS Publication 28, sections 238 and 239."""
_SENT_TO = re.compile(
    r"(?i:\b(?:delivered|sent|shipped|posted|mailed|forwarded|ship|deliver|send it) to )"
    r"(?P<place>(?=[^\n.]{0,30}\d)(?:[^\W\d_a-z]|\d)[^\n.;:?!@]{6,90}?)(?=\.(?:\s|$)|\n|$)"
)
_SENTENCE = re.compile(r"[^\W\d_]{4,}\.(?P<gap>\s{1,3})(?=[^\W\d_a-z])")
_WORDS_AFTER = re.compile(r"(?:[ ][^\W\d_A-Z]{4,}){2,}\.?\Z")
_SHORTENED = re.compile(r"(?i)(?:str|ave|blvd|bldg|dept|prov|dist|corp|univ|gebr|prof)\Z")
"""Where a sentence ends inside what was found, words behind a place, and words that a dot only shortens."""

SEED_SIGNS = (
    r"corner of |(?:apt|apartment|suite|ste|unit)\.? |(?:apo|fpo|dpo),? a[aep] "
    r"|(?:delivered|sent|shipped|posted|mailed|forwarded|ship|deliver|send it) to "
)
"""What each of these forms holds, without regard to case; for a quick look."""
_SEEDS: tuple[tuple[re.Pattern[str], tuple[str, ...], str | int], ...] = (
    (_CORNER, ("corner of ",), 0),
    (_FLAT, ("apt", "apartment", "suite", "ste", "unit"), 0),
    (_MILITARY, ("apo", "fpo", "dpo"), 0),
    (_SENT_TO, ("sent to ", "ed to ", "ship to ", "deliver to ", "send it to "), "place"),
)
"""Each form with what it holds, one at least, in small letters; what of it is the address."""
_YEARS = re.compile(r"(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d")
"""The years of a notice of copyright."""
_HAS_NUMBER = re.compile(r"\d")
_HAS_NAME = re.compile(r"[^\W\d_]{3}")


def put_together(text: str, places: Sequence[Place]) -> list[Place]:
    r"""Grow spans of streets over the parts of their address that follow, and over the number before.

    Parameters
    ----------
    text : str
        The text the spans are of.
    places : sequence of (start, end)
        Spans of streets, towns, states, codes, countries; sorted, not overlapping.

    Returns
    -------
    list of (start, end)
        Spans of whole addresses and of the places that belong to none; sorted, not overlapping.

    Examples
    --------
    >>> text = "Send it to 12 Mill Lane, Flat 3\nOldtown, OH 44321 by Monday"
    >>> [text[a:b] for a, b in put_together(text, [(11, 23)])]
    ['12 Mill Lane, Flat 3\nOldtown, OH 44321']
    """
    starts = [start for start, _ in places]
    grown: list[Place] = []
    for start, end in places:
        if grown and start < grown[-1][1]:
            continue
        if is_street(text[start:end]):
            start, end = _with_number(text, start), _end_of(text, end, places, starts)
        grown.append((start, end))
    return grown


def place_ends(text: str, start: int, end: int) -> int:
    """Give where a place that a tagger found ends: before the next sentence, and before words that are no part of it.

    Examples
    --------
    >>> place_ends("in Hamburg. Das Auto", 3, 20), place_ends("Altona gestohlen worden.", 0, 24)
    (10, 6)
    """
    sentence = _SENTENCE.search(text, start, end)
    if sentence and not _SHORTENED.search(text, sentence.start(), sentence.start("gap") - 1):
        end = sentence.start("gap") - 1
    words = _WORDS_AFTER.search(text, start, end)
    return words.start() if words and words.start() > start and text[start].isupper() else end


def is_street(value: str) -> bool:
    """Tell whether a span has a number and a name, as a street with its house has."""
    if _YEARS.search(value):
        return False
    return _HAS_NUMBER.search(value) is not None and _HAS_NAME.search(value) is not None


def _with_number(text: str, start: int) -> int:
    """Take a house number before the street in, or code and town."""
    if before := _NUMBER_BEFORE.search(text, max(0, start - 10), start):
        return before.start()
    coded = _CODE_BEFORE.search(text, max(0, start - _MOST_BEFORE), start)
    return coded.start(1) if coded else start


def _end_of(text: str, end: int, places: Sequence[Place], starts: Sequence[int]) -> int:
    """Follow the parts of an address as far as they go; there is one code in it."""
    coded = False
    while True:
        following = bisect_left(starts, end)
        if following < len(places) and re.fullmatch(GAP, text[end : places[following][0]]):
            end = places[following][1]
            continue
        found = _MORE.match(text, end)
        if not found and not coded:
            found = _CODED.match(text, end)
            coded = found is not None
            found = found or _TOWN.match(text, end) or _LOWER_TOWN.match(text, end)
        found = found or _LAST.match(text, end)
        if found is None or found.end() == end:
            return end
        end = found.end()


def seeds(text: str) -> list[Place]:
    """Give addresses that their form tells alone: corners of streets, flats with a street, mail of the forces."""
    small = text.casefold() if text.isascii() else None
    found: list[Place] = []
    for shape, signs, group in _SEEDS:
        if small is None or any(sign in small for sign in signs):
            found += [one.span(group) for one in shape.finditer(text) if not group or "," in one[group]]
    return found
