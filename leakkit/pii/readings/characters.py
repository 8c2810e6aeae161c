"""Characters that hide a value: unseen ones, other scripts' digits, wide forms, look-alike letters, glued scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from leakkit.late import late
from leakkit.pii.readings.copy import Copy, Edit

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
_HYPHENS = frozenset("\u2010\u2011\u2012\u2015\u2212\ufe63\uff0d\u2043")
_LIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρκι",
        "ABESIJKMHOPCTYXaesijopcyxdqwhABEZHIKMNOPTYXovpki",
        strict=True,
    )
)
_GOES_ON = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_BROKEN = re.compile(f"[\u00c3-\u00df]{_GOES_ON}|[\u00e0-\u00ef]{_GOES_ON}{{2}}")
"""Two or three signs that were one letter in UTF-8."""

_TOKEN = re.compile(r"[\w.@+\-]+")
_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f]{1,4}")
_DASH = re.compile("(?<=\\d)[\u2013\u2014](?=\\d)")
_WIDE_LETTER = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_GLUED = late(
    rf"(?<={_WIDE_LETTER})(?=[A-Za-z0-9+])|(?<=[A-Za-z0-9])(?={_WIDE_LETTER})|(?<=\d)(?=[A-Z][A-Za-z]{{1,14}}:)"
    r"|(?:(?<=\.com)|(?<=\.net)|(?<=\.org)|(?<=\.de)|(?<=\.fr)|(?<=\.it)|(?<=\.es)|(?<=\.io)|(?<=\.nl))(?=[A-Z][A-Za-z])"
)
_GLUED_IN_ASCII = late(r"\d[A-Z][A-Za-z]{1,14}:|\.(?:com|net|org|de|fr|it|es|io|nl)[A-Z][A-Za-z]")


def mended(copy: Copy) -> Copy:
    """Give letters as they were where UTF-8 was read as Latin text, and written again: "JosÃ©"."""
    if copy.text.isascii():
        return copy
    edits: list[Edit] = []
    for hit in _BROKEN.finditer(copy.text):
        try:
            edits.append((hit.start(), hit.end(), b"".join(map(_byte_of, hit[0])).decode()))
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return copy.edited(edits)


def _byte_of(sign: str) -> bytes:
    """Give the byte that a sign was read from."""
    return sign.encode("latin-1") if ord(sign) < 0x100 else sign.encode("cp1252")


@lru_cache(4096)
def _spelled(sign: str) -> str:
    """Spell one character in ASCII where it only looks unlike it; else leave it as it is."""
    if _UNSEEN.match(sign):
        return ""
    if sign in _HYPHENS:
        return "-"
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return " "
    if kind[0] in "LNPS":
        plain = unicodedata.normalize("NFKC", sign)
        if plain.isascii() and plain.strip() and kind != "No" and "⁄" not in plain:
            return plain
        if kind == "No" and plain.isascii() and plain.isdigit():
            return plain
    return sign


def seen(copy: Copy) -> Copy:
    """Leave out what is not seen; give other forms of letters, digits, signs and blanks in ASCII."""
    return copy.spelled(_spelled)


def composed(copy: Copy) -> Copy:
    """Put letters and the accents after them together."""
    edits: list[Edit] = []
    for mark in _MARKED.finditer(copy.text) if not copy.text.isascii() else ():
        new = unicodedata.normalize("NFC", mark[0])
        if new != mark[0]:
            edits.append((mark.start(), mark.end(), new))
    return copy.edited(edits)


def latin(copy: Copy) -> Copy:
    """Give Cyrillic and Greek look-alikes in Latin, in words that have Latin letters too."""
    if copy.text.isascii():
        return copy
    edits: list[Edit] = []
    for token in _TOKEN.finditer(copy.text):
        word = token[0]
        if word.isascii() or not any(one.isascii() and one.isalnum() for one in word):
            continue
        new = "".join([_LIKE.get(one, one) for one in word])
        strange = [one for one in new if not one.isascii() and "CYRILLIC" in unicodedata.name(one, "")]
        if new != word and not strange:
            edits.append((token.start(), token.end(), new))
    return copy.edited(edits)


def parted(copy: Copy) -> Copy:
    """Set a blank between scripts that know no blanks and what is Latin, between a number and a label glued to it."""
    if copy.text.isascii() and not _GLUED_IN_ASCII.search(copy.text):
        return copy
    text = _DASH.sub("-", copy.text)
    copy = Copy(text, copy.starts, copy.ends)
    return copy.edited([(hit.start(), hit.start(), " ") for hit in _GLUED.finditer(text)])
