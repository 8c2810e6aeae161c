"""How names of columns and keys are cut into words and folded: no accents, no case, no joints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NUMERO = re.compile(r"(?i)\bn\s?°")
"""How a number is written with the sign for degrees."""
_READ_AS_DIGIT = re.compile(r"(?<=[A-Z])0(?=[A-Z]{2})|(?<=[A-Z]{2})0(?=[A-Z])|(?<![A-Z0-9])0(?=F\b)")
"""The letter O in words of capitals that a scanner has read as a nought: ``PASSP0RT``, ``DATE 0F BIRTH``."""
_PICTURED = {
    "〒": "郵便番号",
    "☎": "phone",
    "✆": "phone",
    "📞": "phone",
    "📱": "phone",
    "✉": "email",
    "📧": "email",
}
"""Signs that stand as a name alone, by the word for them."""
_PICTURES = re.compile(f"[{''.join(_PICTURED)}]\ufe0f?")
_APOSTROPHES = re.compile(r"['`´‘’ʼ′]")
_WORDS = re.compile(
    r"[A-Z]+(?=[A-Z][a-z])|[A-ZÀ-ÞΑ-ΩА-ЯІЇЄҐ]?[a-zß-ÿāăąćčďđęěğıłńňőœřśşšťůűźżžșțſα-ωа-яіїєґёђјљњћџ]+"
    r"|[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ]+|[0-9]+|(?:[^\W\d_A-Za-z]|[\u0900-\u109f\u1780-\u17d3])+"
)
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ё": "е"}
)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


def _bare(text: str) -> str:
    """Take accents and other marks off, keep case, and the vowels of Indic scripts, Thai and their like."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    kept = [c for c in parts if unicodedata.category(c) != "Mn" or "\u0900" <= c < "\u1ab0"]
    return unicodedata.normalize("NFC", "".join(kept))


def _plain(word: str) -> str:
    """Give the word in lower case with the letters that carry no mark replaced; no Arabic article."""
    word = word.casefold()
    if word.isascii():
        return word
    word = word.translate(_PLAIN)
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def without_marks(word: str) -> str:
    """Give a word in lower case as it is typed in haste: without accents and other marks.

    Examples
    --------
    >>> without_marks("zamówień"), without_marks("TÉL")
    ('zamowien', 'tel')
    """
    return _bare(word.lower()).translate(_PLAIN)


def without_dots(name: str) -> str:
    """Take the dots of shortened words out of the name of a field, where others part what lies in one another.

    Examples
    --------
    >>> without_dots("Adm. No."), without_dots("user.Tel."), without_dots("user.name")
    ('Adm No', 'user.Tel', 'user.name')
    """
    return name.rstrip(". ").replace(". ", " ") if name.endswith(".") or ". " in name else name


def tokens_of(name: str) -> list[str]:
    """Cut a name at joints, changes of case and digits; words come folded."""
    if "0" in name:
        name = _READ_AS_DIGIT.sub("O", name)
    if not name.isascii():
        name = _PICTURES.sub(lambda sign: f" {_PICTURED[sign[0]]} ", name)
    if "°" in name:
        name = _NUMERO.sub(" no ", name)
    return [_plain(word) for word in _WORDS.findall(_bare(_APOSTROPHES.sub("", name)))]


def folded(phrases: Iterable[str]) -> set[str]:
    """Fold phrases to the form that joined tokens have, with ä also as ae."""
    found = set()
    for phrase in phrases:
        found.add("".join(tokens_of(phrase)))
        found.add("".join(tokens_of(phrase.lower().translate(_SPELLED))))
    return found - {""}
