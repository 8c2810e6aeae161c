"""Where values may be hidden: one pass over a batch for the cheap signs of it; ordinary text has none."""

# ruff: noqa: E501 - a list of patterns reads better with one on a line

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from itertools import product
from typing import Any

import numpy as np

from leakkit.pii.cache import code_of, key_of, remembered
from leakkit.pii.matching.engine_re2 import unanchored
from leakkit.pii.matching.literals import as_pattern
from leakkit.pii.readings.numerals import pairs, pieces, stems
from leakkit.pii.readings.told_dates import literals as date_literals
from leakkit.pii.readings.told_dates import signs as date_signs
from leakkit.pii.readings.told_quickly import is_told
from leakkit.pii.readings.told_signs import SIGNS, SOUNDS, SYLLABLES
from leakkit.pii.readings.words import AT_WORDS, DOT_WORDS, TELLING_AT, TOP, WIDE_AT

Data = memoryview | bytes

_TAG = r"</?(?:b|i|em|strong|u|span|font|wbr|mark|code|small|tt|s|sub|sup)(?:/?>|[ /][^<>\n]{0,60}>)"
_TOPS = "|".join(sorted(TOP)).encode().decode("latin-1")
_DOTS = "|".join(sorted(DOT_WORDS)).encode().decode("latin-1")
_SURE_ATS = [word for word in TELLING_AT if len(word) > 3 and word not in ("собака", "собаки", "keong")]
_ATS = "|".join(sorted(_SURE_ATS)).encode().decode("latin-1")
_DOG = "собака".encode().decode("latin-1")
_SAID_ATS = "|".join(sorted(AT_WORDS)).encode().decode("latin-1")
_TOLD = ["|".join(sorted(words)).encode().decode("latin-1") for words in (SIGNS, SOUNDS, SYLLABLES)]
_LABELS = (
    "Tel Telefon Phone Mobile Mobil Cell Fax Mail Email EMail IBAN BIC Name Address Adresse Card Karte SSN DOB Born Passport Pass Password Login User "
    "Username Account Konto ID IP URL Web Website City Ort Street Company Firma PIN Date"
).split()
_CJK = r"(?:[\xe3-\xe9\xea-\xed][\x80-\xbf][\x80-\xbf])"

EXACT = (
    rf"[\w@]{_TAG}(?:{_TAG})?[\w@.]|\d{_TAG}(?:{_TAG})? \d|\w<!--[^<>\n]{{0,40}}-->\w",
    r"&(?:commat|period|lowbar|shy|zwj|zwnj|ZeroWidthSpace|hyphen|plus);|\d&(?:nbsp|thinsp|ensp);\d",
    r"&#0{0,3}(?:64|46|45|95|173|160|4[89]|5[0-7]|6[5-9]|[78]\d|90|9[7-9]|1[01]\d|12[0-2]|820[3-9]);",
    r"&#[xX]0{0,3}(?:40|2[deDE]|3\d|[46][1-9a-fA-F]|[57][0-9aA]|[aA][0dD]|200[9b-fB-F]);",
    r"%40[\w\-]{1,60}%2[eE]|%2[eE][\w\-]{1,40}%40|%20%40|%40%20|%25(?:2[eE]|40)|\d%20\d{2,4}%20\d|%2[bB]\d{2}[\d%]{6}",
    r"\xc3[\x83-\x85\x90\x91]\xc2[\x80-\xbf]|\xc3[\x83-\x85](?:\xc5|\xe2\x80)[\x80-\xbf]",
    r"=[cC][23]=[89abAB][0-9a-fA-F]|=40\w[\w.\-=]*\.|=[eE]2=80=",
    r"\\u(?:00[2-7][0-9a-fA-F]|00[aA][dD0]|20[0-6][0-9a-fA-F]|ff[01][0-9a-fA-F]|[fF][eE][fF][fF])",
    r"[\[({<*][ ]?(?:[aA][tT]|@|arroba|ARROBA|arobase|chiocciola|[dD][oO][tT]|punkt|punto|ponto|point)[ ]?[\])}>*]|\w[\[({][.:][\])}]\w",
    r"\w @ ?[A-Za-z0-9][A-Za-z0-9\-]{1,40}[ ]?\.|\w@ [A-Za-z0-9\-]{2,40}\.[a-z]{2}|\w@[a-z0-9\-]{2,40} \. [a-z]{2}",
    r"@[*_`~]{1,2}\w|\w[*`~_]{1,2}@",
    r"(?i:wallet|bitcoin|btc|litecoin|ethereum)[^\n]{0,60}[a-zA-Z0-9]{8}[ ]?\r?\n[> |]{0,8}[a-zA-Z0-9]{4}",
    r"\w@[a-z0-9\-]{2,40} \.[a-z]{2}|\w ?\(a\) ?[a-z0-9\-]{2,40} ?\.",
    r"[A-Za-z]\xc2\xb7[A-Za-z]\xc2\xb7[A-Za-z]\xc2\xb7[A-Za-z]|[ :][A-Z]-[A-Z]-[A-Z]-[A-Z]-[A-Z]|[ :][A-Z]_[A-Z]_[A-Z]_[A-Z]_[A-Z][^\w]|[ :][A-Z]\.[A-Z]\.[A-Z]\.[A-Z]\.[A-Z]",
    r"(?:[Nn]arne|[Ee]-?rnail|[Nn]urnber|[Tt]e1|E-?[Mm]ai1|[Ee]-?ma1l|Ce11|[Pp]h0ne|[Mm]obi1e?|[Tt]e1ef[o0]n|N4me|n4me|h3y|1ts|gr8|Str33t|[Aa]ddre55|N[Aa]M3|N4ME)[.: ]",
    r"\+\d[\d \-]{1,9}[OoIl][\d \-]|[ :]\d{2,4}[OoIl]\d{0,2} \d{3}|[ :]\d[OoIl]\d\d \d{4}",
    r"(?:[Tt]el|[Ff]on|hone|[Mm]obile?|[Cc]ell|[Cc]all|[Ff]ax|[Tt]lf)[.:]{0,2} {0,2}[+(]?\d{1,4}\)?  \d|\+\d{1,3}  \d{2,4}",
    r"@[a-z0-9\-]{1,30}\r?\n[a-z0-9\-]{1,30}\.[a-z]{2}|[\s][a-z0-9]{1,20}[._][a-z0-9]{1,20}\r?\n@[a-z0-9\-]{2,40}\.[a-z]{2,6}\s",
    r" (?:zavin\xc3\xa1\xc4\x8d|ma\xc5\x82pa|\xc3\xa4t|te\xc4\x8dka|to\xc4\x8dka|ta\xc5\xa1kas) ",
)
"""Signs that say enough."""

NEAR = (
    date_signs().encode().decode("latin-1"),
    r"\w=\r?\n\w",
    r"(?:[ \-]\d{4}|\d{4}[ \-]\d{1,4})[ \-]?\r?\n[> |]{0,8}\d{1,4}[ \-]?\d{0,4}|[A-Z]{2}\d\d ?[\dA-Z]{4} ?[\dA-Z \-]{0,24}\r?\n[> |]{0,8}[\dA-Z]{1,24}(?:[ \-\n]|\z)",
    r"\+\d[\d \-()]{3,14}\r?\n[> |]{1,8}\d|[\w.\-]@\r?\n|\w@[\w\-.]{1,40}[.\-]\r?\n|\w\r?\n[>|][> |]{0,7}@[a-z]",
    rf"(?i:[ _\-](?:{_DOTS})[ _\-](?:{_TOPS})|[ _\-](?:{_ATS})[ _\-]|[\[({{][ ]?(?:{_SAID_ATS})[ ]?[\])}}]|{_DOG} [a-z0-9\-]{{2,40}}\.[a-z])",
    r"\d[ ,\-_](?:[ \-]{0,2}\d[ ,.\-_]){5}[ ]?\d",
    r"\d\*\*[ \-]?\*{0,2}\d|\d_\d{4}_\d|\d`[ \-]?`\d|[a-z.]\*\*[a-z.@]",
    rf"\d(?:{'|'.join(_LABELS)}):|@[\w.\-]{{3,40}}\.(?:com|net|org|de|fr|it|es|io|nl)[A-Z]",
    r"(?:[A-Za-z0-9@.'\-/+]  {0,3}){4}[A-Za-z0-9@.\-/+](?:[\s,;)]|\z)",
    r"[\d(][\d() .\-]{2,17}\r?\n[> |]{0,8}[\d.\-][\d \-.]{2,14}",
    r"(?i:vin|chassis|fahrgestell|telaio|bastidor|podwozi)[^\n]{0,40}\n?[A-HJ-NPR-Z\d]{4,15}\r?\n[> |]{0,8}[A-HJ-NPR-Z\d]{2,13}\s",
)
"""Signs that are looked for where one of a few thousand short literals stands: no pattern of digits is cheap."""

ODD = (
    r"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa9]|\xef\xbb\xbf|\xc2\xad|\w\xef\xb8[\x80-\x8f]\w|\xf3\xa0",
    r"\w\xe2\x80[\x90\x91\x92\x95]\w|\d\xe2\x88\x92\d|\d\xe2\x80\x93\d[\d\xe2\x80\x93]{3}",
    r"[\dA-Z](?:\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80)[\dA-Z]",
    r"(?:\d\d|\d[A-Z]|\+\d)\xc2\xa0[\dA-Z]{2,4}\xc2\xa0[\dA-Z]{2}",
    r"\xef\xbc(?:[\x90-\x99\xa1-\xba\xa0]|\xbf)|\xef\xbd[\x81-\x9a]|\xf0\x9d[\x90-\x9f]|\xe2\x91[\xa0-\xbf]|\xe2\x92|\xe2\x93|\xf0\x9f\x84",
    r"\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe0\xa5[\xa6-\xaf]|\xe0\xa7[\xa6-\xaf]|\xe0\xb9[\x90-\x99]",
    r"[A-Za-z](?:\xcc[\x80-\xbf]|\xcd[\x80-\xaf])",
    r"[A-Za-z](?:[\xd0-\xd1][\x80-\xbf]|\xce[\x91-\xbf]|\xcf[\x80-\x89])|(?:[\xd0-\xd1][\x80-\xbf]|\xce[\x91-\xbf]|\xcf[\x80-\x89])[A-Za-z@]",
    rf"{_CJK}[A-Za-z0-9][\w.\-]{{0,40}}@|{_CJK}[+(]?\d[\d\- )]{{6}}|\d{{7}}{_CJK}|\d\d[\- ]\d{{4}}{_CJK}|\.[a-z]{{2,4}}{_CJK}",
    "|".join(WIDE_AT).encode().decode("latin-1"),
    *(
        rf"(?:{words})(?:(?:[ ,\-]|\xe3\x80\x81|\xef\xbc\x8c|\xe3\x81\xae)?(?:{words})){{6}}"
        for words in _TOLD
    ),
)
"""Signs in what is not ASCII, and the signs around it."""

_BEGINS_ODD = np.zeros(256, bool)
_BEGINS_ODD[0xC2:] = True
_BEGINS_ODD[0xC3:0xCC] = False
"""First bytes of characters that stand in `ODD`: Latin letters with accents, common in names, do not."""

_BEHIND, _AHEAD = 120, 160
_NEAR_WIDE = 48
_RUN, _APART = 80, 24
"""Bytes before and behind a word of a number in which it may go on; bytes between two that are looked at."""


def places(data: Data, ends: np.ndarray | None = None) -> np.ndarray:
    """Give the bytes of a buffer at which a sign ends, rising.

    `ends` says where each of its texts ends, one behind the other. A sign may begin in the text before it:
    look again at what ends near the begin of a text.
    """
    if not len(data):
        return np.zeros(0, np.int64)
    search: Callable[[Data, bool], Iterator[int]] = _by_re2
    if find_spec("hyperscan"):
        search = partial(_by_hyperscan, stops=[len(data)] if ends is None else ends.tolist())
    found = list(search(data, False))
    wide = np.flatnonzero(np.frombuffer(data, np.int8) < 0)
    wide = wide[_BEGINS_ODD[np.frombuffer(data, np.uint8)[wide]]]
    if len(wide):
        for begin, stop in _around(wide, len(data)):
            found += [begin + end for end in search(data[begin:stop], True)]
    return np.array(sorted(found), np.int64)


def _around(wide: np.ndarray, size: int) -> list[tuple[int, int]]:
    """Give the stretches around bytes with which characters begin that are not ASCII."""
    first = np.flatnonzero(np.append(True, np.diff(wide) > 4 * _NEAR_WIDE))
    begins = np.maximum(wide[first] - _NEAR_WIDE, 0)
    stops = np.minimum(wide[np.append(first[1:] - 1, len(wide) - 1)] + _NEAR_WIDE, size)
    if len(begins) > size // 4096 + 16:
        return [(0, size)]
    return list(zip(begins.tolist(), stops.tolist(), strict=True))


@cache
def told_in_a_row() -> str:
    """Give a pattern of words of numbers, one after the other, as `is_told` finds them near a literal."""
    words = "|".join(sorted(pieces())).encode().decode("latin-1")
    return rf"(?:\A|[\s,.:;(\"'\-])(?i:(?:(?:{words})(?:[ ,.\-]{{0,2}}|\n)){{3}}(?:{words}|\d))"


@cache
def _literals() -> list[bytes]:
    """Give what stands in every match of the patterns `NEAR`."""
    digits = [b"%d" % digit for digit in range(10)]
    found = {b"=\n", b"=\r\n", b"@\n", b"@\r\n", b">@", b"> @", b"|@", b"| @"}
    for one, other in product(digits, digits):
        found |= {one + gap + other for gap in (b"**", b"** ", b" **", b"** **", b"`-`", b"` `")}
        for gap, quote in product(
            (b"\n", b"\r\n", b" \n", b"-\n"), (b"", b"> ", b">", b">> ", b"> > ", b"| ")
        ):
            found.add(one + gap + quote + other)
        found |= {gap[-1:] + one + gap + other + gap for gap in (b" ", b",", b", ", b"-", b" - ", b"_")}
        found |= {b"_" + one + other + two for two in digits}
    capitals, letters = range(65, 91), range(97, 123)
    found |= {digit + label.encode() + b":" for digit, label in product(digits, _LABELS)}
    found |= {
        b"." + top.encode() + bytes([one])
        for top in ("com", "net", "org", "de", "fr", "it", "es", "io", "nl")
        for one in capitals
    }
    found |= {
        bytes([one]) + b"**" + bytes([other]) for one, other in product([*letters, 46], [*letters, 46, 64])
    }
    for word in DOT_WORDS:
        gaps = " -_" if word in ("dot", "punkt", "punto", "ponto", "point") else " "
        found |= {f"{gap}{word}{gap}{top}".encode() for gap in gaps for top in TOP}
    found |= {f"{gap}{word}{gap}".encode() for word in _SURE_ATS for gap in " -_"}
    found |= {f"{bracket}{gap}{word}".encode() for word in AT_WORDS for bracket in "[({" for gap in ("", " ")}
    found |= {f"собака {sign}".encode() for sign in "abcdefghijklmnopqrstuvwxyz0123456789"}
    found |= {
        bytes([32, one, 32, other, 32])
        for one, other in product([*capitals, *letters], [*capitals, *letters])
    }
    found |= {
        gap + quote + one for gap, quote, one in product((b"\n", b"\r\n"), (b"> ", b"> > ", b">> "), digits)
    }
    found |= {bytes([one]) + gap + other for one, gap, other in product(capitals, (b"\n", b"\r\n"), digits)}
    return sorted(found | {literal.encode() for literal in date_literals()})


@cache
def _told_literals() -> list[bytes]:
    """Give what stands in told numbers: two words for digits of one language, or a rare word for a higher number."""
    found = {f"{gap[-1]}{a}{gap}{b}".encode() for a, b in pairs() for gap in (" ", ", ", "-")}
    return sorted((found | {stem.encode() for stem in stems()}) - set(_literals()))


@cache
def _databases() -> tuple[Any, Any, int]:
    """Give signs with literals after them, and signs beyond ASCII, ready for Hyperscan; and how many come before told ones."""
    from leakkit.pii.matching.databases import kept

    code = code_of(
        "readings/hiding_places.py",
        "readings/numerals.py",
        "readings/told_dates.py",
        "readings/told_signs.py",
        "readings/words.py",
        "matching/literals.py",
    )
    return (
        kept([code, b"ascii"], _with_literals, literal=False),
        kept([code, b"odd"], lambda: ([one.encode("latin-1") for one in ODD], [0] * len(ODD)), literal=False),
        len(EXACT) + int(remembered("counts", key_of(code, b"near"), lambda: len(_literals()))),
    )


def _with_literals() -> tuple[list[bytes], list[int]]:
    """Give signs, and literals as patterns, words among them in any case: one pass costs less than two."""
    import hyperscan

    literals = _literals() + _told_literals()
    any_case = hyperscan.HS_FLAG_CASELESS
    flags = [any_case if one[1:2].isalpha() and one.lower() == one else 0 for one in literals]
    return [*(one.encode("latin-1") for one in EXACT), *map(as_pattern, literals)], [0] * len(EXACT) + flags


def _by_hyperscan(data: Data, wide: bool, stops: list[int]) -> Iterator[int]:
    """Give where signs end; those near literals are looked for in the text of each alone."""
    in_ascii, odd, count = _databases()
    if wide:
        yield from _scanned(odd, data)[0]
        return
    signs, literals, told = _scanned(in_ascii, data, len(EXACT), count)
    yield from signs
    reach = 0
    for end in literals:
        if end > reach:
            first, last = _text_of(stops, end)
            begin = max(first, end - _BEHIND, reach)
            around = bytes(data[begin : min(end + _AHEAD, last)])
            start, stop = _match(NEAR, around)
            reach = min(end + _AHEAD // 2 if start < 0 else begin + stop, last)
            if start >= 0 or is_told(around):
                yield reach
    reach = 0
    for end in told:
        if end > reach:
            first, last = _text_of(stops, end)
            reach = min(end + _APART, last)
            if is_told(bytes(data[max(first, end - _RUN) : min(end + _RUN, last)])):
                yield end


def _text_of(stops: list[int], end: int) -> tuple[int, int]:
    """Give the first byte, and the byte after the last, of the text in which something ends."""
    place = bisect_left(stops, end)
    return stops[place - 1] if place else 0, stops[place]


def _match(signs: tuple[str, ...], data: bytes) -> tuple[int, int]:
    """Give where the first match of signs begins and ends; -1 where there is none."""
    start, stop = _pattern(signs)._regexp.Match(unanchored(), data, 0, len(data))[0]
    return start, stop


def _scanned(database: Any, data: Data, *counts: int) -> list[list[int]]:
    """Give where the first patterns of a database end, where the next do, and so on."""
    found: list[list[int]] = [[] for _ in range(len(counts) + 1)]

    def note(identifier: int, start: int, end: int, flags: int, context: object) -> None:
        """Take one sign."""
        found[bisect_right(counts, identifier)].append(end)

    database.scan(data, match_event_handler=note)
    return [sorted(ends) for ends in found]


@cache
def _pattern(signs: tuple[str, ...]) -> Any:
    """Compile signs for RE2."""
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.max_mem = 64 << 20
    return re2.compile("|".join(f"(?:{one})" for one in signs).encode("latin-1"), options)


def _by_re2(data: Data, wide: bool) -> Iterator[int]:
    """Give the same by RE2."""
    told = (told_in_a_row(),)
    for signs in (ODD,) if wide else (EXACT + NEAR, told):
        pattern, place, data = _pattern(signs), 0, bytes(data)
        while (hit := pattern.search(data, place)) is not None:
            if signs is not told or is_told(hit.group()):
                yield hit.end()
            place = hit.end()
