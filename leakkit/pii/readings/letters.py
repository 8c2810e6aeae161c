"""Words whose letters stand apart ("Q u i l l"), or were misread or swapped for digits ("K0wa1ski", "Te1.")."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME, lookup
from leakkit.pii.readings.copy import Copy, Edit

_SIGN = r"[\w@.'’&+]"
_APART = re.compile(
    rf"(?<![\w@.'’\-])[^\W_](?P<gap>[ ·•‧∙_*\-.])(?:{_SIGN}(?P=gap)){{2,63}}[^\W_](?![\w@]|(?P=gap){_SIGN}(?!\w))"
)
_FEWEST, _FEWEST_OF_ALL, _FEWEST_LETTERS = 6, 8, 2
"""Letters with blanks between in one word, or in all, where they are no list of variables; letters among digits."""

_LIKE_LETTERS = str.maketrans("013457@$", "oleastas")
_ODD_WORD = re.compile(
    r"(?<![\w@./:#\-$])(?=[^\W_]*[^\W\d_])[^\W_]*[013457@$][^\W_]*(?:-[^\W\d_]+)?(?![\w@/:#$]|[.\-]\w)"
)
_INNER = re.compile(r"[013457@$](?=[^\W\d_])")
_MISREAD_M = re.compile(
    r"(?i)(?<!\w)(?:narne|nurnber|ernail|e-rnail|rnail|rnobile|rnobil|nornbre|cognorne|norne|narn|prénorn|cornpany|horne|nurner|nurnrner|nunber|nane)(?!\w)"
)
_OF_MISREAD = (
    "narn nurn ernail e-rnail rnail rnobil nornbre cognorne norne prénorn cornpany horne nunber nane"
).split()
"""What they hold at least, in small letters."""
_MAY_BE_ODD = re.compile(r"[\d@$](?:[^\W\d_]|(?<=[^\W\d_].))")
"""A digit, or a sign read for a letter, beside a letter: every odd word holds one."""
_WORDS_OF_FORMS = frozenset(
    "name names vorname nachname surname firstname lastname tel telefon telephone telefono phone mobile mobil cell email mail e-mail fax street "
    "city address adresse address: call text iban card ssn dob born birth passport account konto user login password customer patient its hey here".split()
)
_NUMBER = re.compile(r"(?<![\w.])\+?\d[\dOolI]{0,4}(?:[ \-./][\dOolI]{1,5}){1,6}(?!\w)")
_LETTER_OF_NUMBER = re.compile(r"[OolI]")
_DIGITS = str.maketrans("OolI", "0011")
_WIDE_GAP = re.compile(
    r"(?i)(?:\b(?:te[l1i]|tele(?:ph|f)on\w?|phone|fon|mobi[l1]\w?|cell|call|fax|tlf|tfn|handy|ring|bel|zadzwo\w)\b[.: ]{0,3}|(?=\+\d))(?P<number>\+?[\d(][\d() \-/.]{5,24}\d)"
)
_BLANKS = re.compile(r"(?<=[\d)])[ ]{2,3}(?=[\d(])")


def together(copy: Copy) -> Copy:
    """Put letters together that stand one by one, with a blank, dot or dash between.

    Examples
    --------
    >>> together(Copy.of("N a m e : Q u i l l e r")).text
    'Name : Quiller'
    """
    held = [hit for hit in _APART.finditer(copy.text) if sum(map(str.isalpha, hit[0])) >= _FEWEST_LETTERS]
    sizes = [len(hit[0].replace(hit["gap"], "")) for hit in held]
    blank = all(hit["gap"] == " " for hit in held)
    if not sizes or (blank and max(sizes) < _FEWEST and sum(sizes) < _FEWEST_OF_ALL):
        return copy
    edits: list[Edit] = []
    for hit in held:
        for place in range(hit.start() + 1, hit.end(), 2):
            before, after = copy.text[place - 1], copy.text[place + 1]
            edits.append((place, place + 1, " " if before.islower() and after.isupper() else ""))
    return copy.edited(edits)


def reread(copy: Copy) -> Copy:
    """Give words and numbers of bad scans as they were: digits for letters, letters for digits, "rn" for "m".

    Examples
    --------
    >>> reread(Copy.of("Narne: Jan K0wa1ski, Te1. +49 17O 555")).text
    'Name: Jan Kowalski, Tel. +49 170 555'
    """
    small = copy.text.lower()
    edits = [
        (hit.start(), hit.end(), _cased(hit[0].lower().replace("rn", "m").replace("nane", "name"), hit[0]))
        for hit in (_MISREAD_M.finditer(copy.text) if any(one in small for one in _OF_MISREAD) else ())
    ]
    edits += _words(copy.text) if _MAY_BE_ODD.search(copy.text) else []
    for hit in _NUMBER.finditer(copy.text):
        if _LETTER_OF_NUMBER.search(hit[0]) and sum(map(str.isdigit, hit[0])) >= 6:
            edits.append((hit.start(), hit.end(), hit[0].translate(_DIGITS)))
    copy = copy.edited(sorted(edits))
    if "  " not in copy.text:
        return copy
    gaps = [
        (gap.start(), gap.end(), " ")
        for hit in _WIDE_GAP.finditer(copy.text)
        for gap in _BLANKS.finditer(copy.text, hit.start("number"), hit.end("number"))
    ]
    return copy.edited(sorted(set(gaps)))


def _words(text: str) -> list[Edit]:
    """Give words with digits for letters as they were: labels of forms, names, and what stands beside such a name."""
    sure: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int, str]] = []
    for hit in _ODD_WORD.finditer(text):
        word = hit[0]
        if sum(map(str.isalpha, word)) * 2 < len(word) + 1:
            continue
        new, known = _spelled(word)
        kept = sure if known and (_INNER.search(word) or new.lower() in _WORDS_OF_FORMS) else doubtful
        if kept is sure or (len(word) > 2 and word[0].isupper()):
            kept.append((hit.start(), hit.end(), new))
    beside = [one for one in doubtful if _is_beside(text, one, sure, doubtful)]
    return sorted([*sure, *beside])


def _spelled(word: str) -> tuple[str, bool]:
    """Give a word with letters for digits, and whether it is a known name or label."""
    for one in "li":
        new = _cased(word.replace("1", one).lower().translate(_LIKE_LETTERS), word)
        if new.lower() in _WORDS_OF_FORMS:
            return new, True
        flags = int(lookup([new.partition("-")[0]])[0])
        if flags & (GIVEN | SURNAME) and not flags & COMMON and len(new) > 3 and new[0].isupper():
            return new, True
    return _cased(word.lower().translate(_LIKE_LETTERS), word), False


def _cased(new: str, old: str) -> str:
    """Give a word with the capitals of the one it stands for; a digit at the beginning stands for a capital."""
    if old.isupper():
        return new.upper()
    if old[0].isupper() or (old[0].isdigit() and new not in _WORDS_OF_FORMS):
        return new[0].upper() + new[1:]
    return new


def _is_beside(
    text: str,
    word: tuple[int, int, str],
    sure: list[tuple[int, int, str]],
    doubtful: list[tuple[int, int, str]],
) -> bool:
    """Tell whether a word stands right beside a name, where one of the two has a digit inside."""
    inner = _INNER.search(text, word[0] + 1, word[1]) is not None
    for start, end, _ in [*sure, *doubtful]:
        touches = (end + 1 == word[0] or start - 1 == word[1]) and text[min(end, word[1])] == " "
        if touches and (inner or _INNER.search(text, start + 1, end)):
            return True
    return inner and _is_after_name(text, word[0])


def _is_after_name(text: str, start: int) -> bool:
    """Tell whether a given name stands right before a place."""
    before = text[max(0, start - 24) : start].rstrip(" ").rpartition(" ")[2].strip(".,:;(")
    return bool(before[:1].isupper() and int(lookup([before.partition("-")[0]])[0]) & GIVEN)
