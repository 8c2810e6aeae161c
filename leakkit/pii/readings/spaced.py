"""Values whose signs stand one by one ("D E 8 9  3 7 0 4"), in groups or not, and values that run over a line."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re
from itertools import pairwise

from leakkit.late import late
from leakkit.pii.readings.copy import Copy, Edit

_SIGN = r"[\w.\-/@+()·:#]"
_SPACED = late(
    rf"(?<!\d )(?<![^\s:(\"'>|=\[])[\w+(](?:[ ]{{1,4}}{_SIGN}(?![\w@+\-/])){{5,63}}+(?![ ]{{1,2}}\d[\d\-/])"
)
_GAP = late(r"[ ]+")
_PRONOUN = late(r"I [a-z]")
_FEWEST_DIGITS, _FEWEST_KINDS = 3, 3
_BREAK = r"[ ]?\r?\n[ >|]{0,8}"
_PARTS = late(
    rf"(?<![\w.\-+(])(?P<one>[+(]?\d[\d ().\-]{{1,17}}?)(?P<gap>{_BREAK})(?P<two>[\d\-.][\d \-.]{{1,14}}\d)(?![\w\-]|[.,]\d)"
)
_WHOLE = late(
    r"(?:\+?1[ .\-]?)?(?:\(\d{3}\) ?|\d{3}[.\-])\d{3}[.\-]\d{4}|\d{3} \d{3} \d{4}|\d{4} \d{4} \d{4}|\d{3}-\d\d-\d{4}|\+\d{1,3}[ \-]?\d[\d \-]{8,13}"
)
"""Forms of telephones and of numbers of people; no form is that of two lines of numbers by chance."""
_VIN = late(
    rf"(?i:\bvin\b|chassis|fahrgestell|telaio|bastidor|châssis|podwozi|кузов)[^\n]{{0,40}}\n?(?<![A-Z\d])(?P<one>[A-HJ-NPR-Z\d]{{4,15}})(?P<gap>{_BREAK})(?P<two>[A-HJ-NPR-Z\d]{{2,13}})(?![A-Z\d])"
)
_VIN_WORDS = ("vin", "chass", "fahrgestell", "tela", "bast", "châss", "podwoz", "кузов")
"""What such a word holds at least, in small letters."""
_IBAN_BEGINS = late(r"[A-Z]{2}\d\d")
_IBAN = late(
    rf"(?<![A-Z\d])[A-Z]{{2}}\d\d(?:(?:[ \-]|[ \-]?{_BREAK})?[A-Z\d]{{4}}){{2,7}}(?:(?:[ \-]|[ \-]?{_BREAK})?[A-Z\d]{{1,3}})?(?![A-Z\d])"
)


def spaced(copy: Copy) -> Copy:
    """Put signs together that stand one by one where digits are among them; wider gaps stay as one blank.

    Examples
    --------
    >>> spaced(Copy.of("dob 0 2 . 0 6 . 1 9 6 2")).text
    'dob 02.06.1962'
    """
    edits: list[Edit] = []
    for hit in _SPACED.finditer(copy.text):
        start, end = _edges(copy.text, hit.start(), hit.end())
        signs = [sign for sign in copy.text[start:end] if sign != " "]
        digits = [int(sign) for sign in signs if sign.isdecimal()]
        if len(digits) < _FEWEST_DIGITS or len(set(signs)) < _FEWEST_KINDS or _is_list(signs, digits):
            continue
        gaps = list(_GAP.finditer(copy.text, start, end))
        least = min(len(gap[0]) for gap in gaps)
        wide = [gap for gap in gaps if len(gap[0]) > least]
        parted = len(digits) < len(signs) or _is_even(copy.text[start:end], " " * (least + 1))
        edits += [(*gap.span(), " " if gap in wide and parted else "") for gap in gaps]
        edits += [(place, place + 1, "-") for place in range(start, end) if copy.text[place] == "·"]
    return copy.edited(sorted(edits))


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out words of one letter before and behind digits: "é 8 3 3 . 7 6 8 e"."""
    if text[start].islower() and text[start + 1 :].lstrip(" ")[:1].isdecimal():
        start = end - len(text[start + 1 : end].lstrip(" "))
    if (text[end - 1].islower() or _PRONOUN.match(text, end - 1)) and text[: end - 1].rstrip(" ")[
        -1:
    ].isdecimal():
        end = start + len(text[start : end - 1].rstrip(" "))
    return start, end


def _is_even(run: str, gap: str) -> bool:
    """Tell whether the groups of a run, but for the last, are of one size."""
    sizes = [len(group.replace(" ", "")) for group in run.split(gap) if group.strip()]
    return len(sizes) > 2 and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]


def _is_list(signs: list[str], digits: list[int]) -> bool:
    """Tell whether signs are digits alone that count up, or hardly change."""
    alone = len(digits) == len(signs)
    return alone and (
        len(set(digits)) < _FEWEST_KINDS + 1 or all(other - one == 1 for one, other in pairwise(digits[:5]))
    )


def rejoined(copy: Copy) -> Copy:
    r"""Join numbers of telephones, people and vehicles, and accounts in groups, that run over a line.

    Examples
    --------
    >>> rejoined(Copy.of("cell (208) 5\n55-0182")).text
    'cell (208) 555-0182'
    """
    text = copy.text
    if "\n" not in text:
        return copy
    edits: list[Edit] = []
    for hit in _PARTS.finditer(text):
        if _is_alone(text, hit.start()):
            continue
        for joint in ("", " "):
            if _WHOLE.fullmatch(hit["one"] + joint + hit["two"]) and not _WHOLE.fullmatch(hit["one"]):
                edits.append((*hit.span("gap"), joint))
                break
    small = text.lower()
    for hit in _VIN.finditer(text) if any(one in small for one in _VIN_WORDS) else ():
        both = hit["one"] + hit["two"]
        if len(both) == 17 and 3 <= sum(map(str.isdecimal, both)) <= 15:
            edits.append((*hit.span("gap"), ""))
    copy = copy.edited(sorted(edits))
    return copy.edited(_accounts(copy.text))


def _accounts(text: str) -> list[Edit]:
    """Give breaks and dashes within accounts in groups of four as edits."""
    edits: list[Edit] = []
    for hit in _IBAN.finditer(text) if _IBAN_BEGINS.search(text) else ():
        if "\n" in hit[0] and sum(map(str.isdecimal, hit[0])) >= 10:
            for gap in re.finditer(r"[ \-]?[ ]?\r?\n[ >|]{0,8}|-", hit[0]):
                edits.append((hit.start() + gap.start(), hit.start() + gap.end(), " "))
    return edits


def _is_alone(text: str, place: int) -> bool:
    """Tell whether nothing stands before a number on its line: lines of a table of numbers."""
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()
