"""The words of names and of the addresses made of them, and the other ways in which names are written.

`name_parts` and `local_parts` give the words by which a name and an address recognise each other, `other_forms` the
writings of a name in Latin letters.
"""

from __future__ import annotations

import re
import unicodedata

from leakkit.late import late
from leakkit.pii.masking import arabic, ethiopic, hangul, kana
from leakkit.pii.masking.indic import is_indic
from leakkit.pii.masking.latin import in_latin, other_latin
from leakkit.pii.masking.nicknames import NICKNAMES
from leakkit.pii.masking.normalise import TITLE_IN_SIGNS, folded, in_ascii_digits, name_words

_BETWEEN_NAMES = re.compile(r"\s*[;,/|+&]\s*|\s+(?:and|und|et|y|e|i|og|och|en)\s+")
_MOST_NAMES = 12
_MOST_WAYS, _MOST_INDIC_WAYS, _MOST_FORMS = 16, 20, 40
"""Ways in which a word, and all of a name, are written in other letters."""

_NOT_WORD, _NOT_ALNUM = re.compile(r"[\W_]+"), re.compile(r"[^0-9A-Za-z]+")
_DIGITS_IN, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")


def _in_latin(word: str) -> str:
    """Write a word of a name in Latin letters; an initial stays one letter ("Ю." is no "Yu")."""
    latin = in_latin(folded(word))
    return latin[:1] if len(word) == 1 and word.lower() != word.upper() else latin


def name_parts(text: str) -> list[str]:
    """Give the words of a name, and what addresses glue of them (``amiller``, ``anna.m``), without accents.

    Of names of three words or more also what is glued with the last two: ``agarcialopez``.
    """
    plain = (_in_latin(word) for word in name_words(text))
    words = list(dict.fromkeys(_NOT_ALNUM.sub("", word).lower() or word for word in plain))
    glued: list[str] = []
    if len(words) > 1:
        a, b = words[0], words[-1]
        glued = [a + b, b + a, a[0] + b, b[0] + a, a + b[0], b + a[0]]
    if len(words) > 2:
        both = words[-2] + words[-1]  # of a family with two names
        glued += [both, words[0][0] + both, words[0] + both, both + words[0]]
    return words[:4] + glued


_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
WITH_DIGRAPHS = "äöüåøÄÖÜÅØ"
"""Letters that are written as two where a keyboard or format has none of them: SEPA, tickets, logins."""


def digraph_parts(text: str) -> list[tuple[str, str]]:
    """Give the words of a name, and what is glued of them, that have an umlaut: without it, and as two letters.

    Examples
    --------
    >>> digraph_parts("Jörg Lee")[:2], digraph_parts("Ann Lee")
    ([('jorg', 'joerg'), ('jorglee', 'joerglee')], [])
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    written = plain.translate(_DIGRAPHS)
    if written == plain:
        return []
    bare, double = name_parts(plain), name_parts(written)
    return [pair for pair in zip(bare, double, strict=False) if pair[0] != pair[1]]


def names_in(text: str) -> list[list[str]]:
    """Give the words of each of several whole names of one text ("Ann Lee, Bob Ray"); nothing for one name.

    Two with a comma may be one person's family and given names ("García López, María José").
    """
    if not _BETWEEN_NAMES.search(text):
        return []
    parts = [name_words(part) for part in _BETWEEN_NAMES.split(text) if part.strip()]
    if not 1 < len(parts) <= _MOST_NAMES or any(len(part) not in (2, 3, 4) for part in parts):
        return []
    return [[in_latin(folded(word)) for word in part] for part in parts]


def is_turned(text: str) -> bool:
    """Tell whether one word stands before a comma and others behind it: "Lee, Ann", or two of a list."""
    before, _, behind = text.partition(",")
    return bool(behind.strip()) and "," not in behind and len(name_words(before)) == 1


_ONE_SCRIPT = {"hiragana": "cjk", "katakana": "cjk", "ideographic": "cjk"}
_JAPANESE = late(r"[\u3400-\u9fff]{2}[\u3040-\u30ff\u3400-\u9fff]{1,4}")
_KANA, _SMALL = late(r"[\u30a1-\u30fc]+"), late(r"[ァィゥェォッャュョー]")
_WHOLE_IN_KANA = 5
"""Syllables of a name in katakana without a blank (of whoever has a bank account) that is a family and a given one."""
_SIGNS = late(r"[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")


def other_forms(text: str) -> list[str]:
    """Give the ways in which words of a name in Cyrillic, Greek, Indic, Arabic, Ethiopic, hangul or kana are in Latin.

    Of a short form of a given name ("Bill") the full ones ("William").
    """
    words = name_words(text)[:4]
    bare = [folded(word) for word in words]
    latin = [in_latin(word) for word in bare]
    full = [name for word in latin for name in NICKNAMES.get(word, ())]
    if latin == bare and not any(map(_likely_ways, words)):
        return list(dict.fromkeys([*bare, *full])) if full else []
    most = _MOST_INDIC_WAYS if is_indic(text) else _MOST_WAYS
    forms = [_ways_of(word) for word in words]
    return list(dict.fromkeys([*full, *(form for ways in forms for form in ways[:most])]))[:_MOST_FORMS]


def _ways_of(word: str) -> list[str]:
    """Give the ways in which a word is written in Latin letters, the one of its key and those of й, ё and ї first."""
    if likely := _likely_ways(word):
        return list(likely)
    bare, kept = folded(word), "".join(sign if sign in "йёї" else folded(sign) for sign in word)
    ways = other_latin(kept)
    return list(dict.fromkeys([in_latin(bare), in_latin(kept), *ways[-1:], *ways, *other_latin(bare)]))


def _likely_ways(word: str) -> tuple[str, ...]:
    """Give the likely ways of a word of which letters alone do not tell all: Arabic, Korean, Ethiopic, kana."""
    if word.isascii():
        return ()
    if arabic.is_arabic(bare := folded(word)):
        return arabic.ways_in_latin(bare)
    if hangul.is_hangul(word):
        return hangul.ways_in_latin(word)
    if ethiopic.is_ethiopic(word):
        return ethiopic.ways_in_latin(word)
    return kana.ways_in_latin(word) if kana.is_kana(word) else ()


def script_of(text: str) -> str:
    """Give the first word of what Unicode calls the first letter of a name that is not Latin: "cyrillic", "cjk".

    Examples
    --------
    >>> script_of("Ann Lee"), script_of("李雪"), script_of("이진주"), script_of("ليلى")
    ('', 'cjk', 'hangul', 'arabic')
    """
    letter = next((sign for sign in text if sign.isalpha() and not sign.isascii()), "")
    if not letter or any(sign.isascii() and sign.isalpha() for sign in text):
        return ""
    script = unicodedata.name(letter, "").split(" ")[0].split("-")[0].lower()
    return "" if script == "latin" else _ONE_SCRIPT.get(script, script)


def is_whole_in_signs(text: str) -> bool:
    """Tell whether a name in Chinese, Japanese or Korean signs without a blank has a family name and a given one.

    Examples
    --------
    >>> [
    ...     is_whole_in_signs(name)
    ...     for name in (
    ...         "杨峰",
    ...         "张桂芝",
    ...         "김민준",
    ...         "佐藤健太",
    ...         "サトウケンタ",
    ...         "佐藤",
    ...         "サトウ",
    ...         "杨女士",
    ...         "Yang",
    ...     )
    ... ]
    [True, True, True, True, True, False, False, False, False]
    """
    from leakkit.pii.columns.words import listed, name_flags
    from leakkit.pii.gazetteer.lookup import SURNAME

    bare = TITLE_IN_SIGNS.sub("", text.strip())
    if _KANA.fullmatch(bare) is not None:
        return len(_SMALL.sub("", bare)) >= _WHOLE_IN_KANA
    if _SIGNS.fullmatch(bare) is not None and bare[0] in listed("family_signs"):
        return True
    if _JAPANESE.fullmatch(bare) is None:
        return False
    return any(flags & SURNAME for flags in name_flags([bare[:end] for end in range(2, len(bare))][:2]))


def local_parts(text: str) -> list[str]:
    """Give the words of an address's local part or of a user name, without digits and accents."""
    local = in_latin(_mailbox(folded(text.rpartition("@")[0] or text)))
    return list(dict.fromkeys(word for word in _LETTERS.findall(local) if len(word) > 1))[:4]


def handle(text: str) -> str:
    """Give a local part or user name as bare letters and digits: the same person's logins often agree in it."""
    text = in_ascii_digits(text)
    local = _mailbox(folded((text.rpartition("@")[0] or text).strip("@ ")))
    return _NOT_WORD.sub("", local)


def _mailbox(local: str) -> str:
    """Give what says whose mailbox it is: what stands before a plus, or behind it where that is but a number.

    GitHub and GitLab write ``1234+login@users.noreply.github.com``.
    """
    own, _, tag = local.partition("+")
    return tag if tag and own.isdigit() else own


def is_opaque(text: str) -> bool:
    """Tell whether a user name is but a number or a random string: it tells accounts apart and names nobody."""
    longest = max(map(len, _LETTERS.findall(text)), default=0)
    digits = len(_DIGITS_IN.findall(text))
    return longest < 2 or (len(text) >= 8 and longest <= 3 and digits * 2 >= len(text))
