"""Numbers told in words: runs of number words of one language, and of digits among them, as the digits they stand for."""

# ruff: noqa: E501, RUF001 - patterns and lists of words read better on long lines, in their own scripts

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from leakkit.late import late
from leakkit.pii.readings.copy import Edit
from leakkit.pii.readings.known_rows import is_known_row, is_row
from leakkit.pii.readings.numerals import THOUSANDS, Language, languages
from leakkit.pii.readings.told_stretches import FEWEST_WORDS, PAUSES, PLUS, TIMES, stretches

_FEWEST, _MOST = 7, 34
_SHORTEST, _LONGEST, _BEFORE = 8, 13, 50
"""Digits of telephone numbers; characters before one in which a word would say that it is another number."""
_CODE = range(3, 9)
"""Digits of codes that open something."""
_OF_SOCIAL = 9
OTHER_NUMBER = late(
    r"(?i)\b(?:card|credit|karten?\w*|kart[aąyęe]\w{0,3}|tarjeta|carta|carte|cart[ãa]o|kaart\w*|kort\w*|account|konto\w*|cuenta|compte|conto|conta|rekening|iban|routing|sort|"
    r"ssn|social|soc|ausweis\w*|passport|pasaporte|reisepass|passeport|passaporto|paszport|paspoort|pin|codes?|código|codice|kod\w{0,2}|kode|id|bsn|dni|nie|nif|cpf|rg|curp|nino|tc|tckn|pesel|"
    r"nir|sécu\w*|steuer\w*|aadhaar|aadhar|adhar|pan|nhs|ppsn?|sin|snils|снилс|инн|паспорт\w*|карт\w{1,3}|сч[её]т\w{0,2}|personnummer|cnp|jmbg|oib|emšo|rodné|order|invoice|ticket|case|ref\w*|serial|tracking|vin|"
    r"licen[cs]e|steps?|scores?|rows?|count\w*|models?|modell\w*|modelo|modèle|modello|grid|latitude|longitude|coordinates?|koordinat\w*|coords?|lotto\w*|lottery|lotería|loteria|bingo|squawk|frequenc\w+|frequenz\w*|fréquence|frecuencia|hymns?|psalms?|chapters?|verses?|digits|ziffern|"
    r"commande|pedido|bestell\w*|ordine|zamówieni\w*|заказ\w*)\b"
)
_CODE_WORD = late(
    r"(?i)(?<![^\W\d_])(?:pin(?:code|kod\w{0,2}|-?code|-?kod\w{0,2}|nummer)?|geheimzahl|passcode|(?<!postal )(?<!zip )(?<!country )(?<!area )(?<!dial )code|clave|código|codigo|codice|cod|kod(?:u|en?|om)?|kode[nr]?|koodi|"
    r"tunnusluku|şifre\w{0,2}|sifre\w{0,2}|пин(?:-?код\w?)?|код\w?|parol[ae]?|senha|hasło|heslo|lozinka|password|passwort|wachtwoord|mot de passe|salasana|jelszó)(?![^\W\d_])[^.!?\n]{0,24}\Z"
)
_SOCIAL_WORD = late(r"(?i)\b(?:ssn|soc|social)\b[^.!?\n]{0,40}\Z")
_TOKEN = late(
    r"\d+|[^\W\d_][^\W\d_\u0300]*(?:[\u0300-\u036f\u0900-\u0963\u0971-\u09e5\u0a01-\u0a4d\u0b82-\u0bcd\u0e31-\u0e4e][^\W\d_]*)*(?:['’ʼ][^\W\d_]+)?"
)
_GAP = late(r"[ \t,;.…·/\-–—،、]{1,4}|[ \t,.\-–]{0,2}\n[> |]{0,6}")
_JOINED = late(r"[ \t\-‑]{1,2}|\n[> |]{0,6}")


@dataclass(slots=True)
class _Item:
    """One word or group of digits of a run; what it stands for and whether a blank alone stands before it."""

    start: int
    end: int
    kind: str
    value: int
    joined: bool = False
    digits: str = ""


class _Run(NamedTuple):
    """Stretches and their digits, and how many words told them."""

    pieces: list[tuple[int, int, str]]
    words: int
    values: list[int]


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    """Give the languages of each word."""
    homes: dict[str, list[str]] = {}
    for name, language in languages().items():
        for word in language.words:
            homes.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in homes.items()}


def told_in_words(text: str) -> list[Edit]:
    """Give runs of number words as edits, each number as its digits and what stands between as nothing.

    Examples
    --------
    >>> told_in_words("sept soixante-treize vingt-deux zéro neuf")[0]
    (0, 4, '7')
    """
    homes = _homes()
    small = _small(text)
    if len(small) == len(text) and "ʼ" not in text:  # which is a letter, but an apostrophe is none
        lowered = _TOKEN.findall(small)
    else:
        lowered = [_small(token) for token in _TOKEN.findall(text)]
    own: dict[str, list[int]] = {}
    for place, word in enumerate(lowered):
        for name in homes.get(word, ()):
            own.setdefault(name, []).append(place)
    found: list[_Run] = []
    tokens: list[re.Match[str]] = []
    for name, places in own.items():
        if len(places) >= FEWEST_WORDS:
            for some in stretches(places, lowered, languages()[name]):
                tokens = tokens or list(_TOKEN.finditer(text))
                found += _runs(text, tokens[some], lowered[some], languages()[name])
    edits: list[Edit] = []
    taken: list[tuple[int, int]] = []
    for run in sorted(found, key=lambda run: (-(run.pieces[-1][1] - run.pieces[0][0]), run.pieces[0][0])):
        begin, end = run.pieces[0][0], run.pieces[-1][1]
        place = bisect_left(taken, (begin, end))
        if (place and taken[place - 1][1] > begin) or (place < len(taken) and taken[place][0] < end):
            continue
        taken.insert(place, (begin, end))
        edits += _edits(run, text)
    return sorted(edits, key=lambda edit: (edit[0], edit[1]))


def _small(word: str) -> str:
    """Give a word in small letters, with one sign for its apostrophes; a Turkish capital with a point is an i."""
    return word.replace("İ", "i").lower().replace("’", "'").replace("ʼ", "'")


def _runs(text: str, tokens: list[re.Match[str]], lowered: list[str], language: Language) -> list[_Run]:
    """Give the runs of one language."""
    found: list[_Run] = []
    items: list[_Item] = []
    times, begin, spoilt = 1, -1, False
    for token, word in zip(tokens, lowered, strict=True):
        start = begin if times > 1 else token.start()
        item = _item(token, word, language, times)
        if items and (item is None or not _goes_on(items, text, start, item)):
            found += _made(items, language, spoilt or (word in THOUSANDS and _is_near(text, items, start)))
            items, spoilt = [], False
        if word in TIMES:
            times, begin = TIMES[word], token.start()
            continue
        if item is None:
            spoilt = word in THOUSANDS
        else:
            gap = text[items[-1].end : start] if items else ""
            item.start, item.joined = start, bool(items) and _JOINED.fullmatch(gap) is not None
            if items or item.kind not in ("joint", "pause"):
                items.append(item)
        times, begin = 1, -1
    return found + _made(items, language, spoilt)


def _item(token: re.Match[str], word: str, language: Language, times: int) -> _Item | None:
    """Give what a token stands for in a language."""
    start, end = token.span()
    numeral = language.words.get(word)
    if numeral is not None:
        if times > 1:
            return (
                _Item(start, end, "digits", -1, digits=str(numeral.value) * times)
                if numeral.kind == "unit"
                else None
            )
        return _Item(start, end, numeral.kind, numeral.value)
    if word.isdecimal():
        return _Item(start, end, "digits", -1, digits=word) if len(word) <= 8 and times == 1 else None
    if word in TIMES or word in PAUSES:
        return _Item(start, end, "pause", -1)
    if word in PLUS:
        return _Item(start, end, "plus", -1, digits="+")
    return _Item(start, end, "joint", -1) if word == language.joint else None


def _goes_on(items: list[_Item], text: str, place: int, item: _Item) -> bool:
    """Tell whether a number goes on at a place: only blanks and stops between, and no sentence that ends with it."""
    gap = text[items[-1].end : place]
    if item.kind == "plus":
        return False
    if not _GAP.fullmatch(gap):
        return not gap and "digits" in (item.kind, items[-1].kind)
    return "." not in gap or sum(len(one.digits) or 1 for one in items) < _SHORTEST


def _is_near(text: str, items: list[_Item], place: int) -> bool:
    """Tell whether only a blank stands between a run and what follows."""
    return _JOINED.fullmatch(text, items[-1].end, place) is not None


def _made(items: list[_Item], language: Language, spoilt: bool) -> list[_Run]:
    """Give the run of some items, if it is long enough and no count or list."""
    while items and items[-1].kind in ("joint", "pause", "plus"):
        items.pop()
    words = sum(
        item.kind not in ("joint", "pause", "digits", "plus")
        and (item.end - item.start > 1 or item.value > 0)
        for item in items
    )
    if spoilt or words < FEWEST_WORDS:
        return []
    pieces, values = _folded(items, language)
    if is_row(values) or is_known_row("".join(digits for *_, digits in pieces)):
        return []
    return [_Run(pieces, words, values)]


def _folded(items: list[_Item], language: Language) -> tuple[list[tuple[int, int, str]], list[int]]:
    """Put tens and units and hundreds together; give stretches with digits, and the numbers."""
    told: list[_Item] = []
    after_joint = False
    for item in items:
        if item.kind in ("joint", "pause"):
            after_joint = item.kind == "joint" and item.joined
            continue
        last = told[-1] if told else None
        if not (last and item.joined and _taken(last, item, language, after_joint)):
            told.append(_opened(item, language))
        after_joint = False
    return [(one.start, one.end, one.digits or str(one.value)) for one in told], [
        one.value for one in told if one.kind != "plus"
    ]


def _opened(item: _Item, language: Language) -> _Item:
    """Give an item as the first of a number."""
    kind = {"times100": "hundred", "added": "tens", "times10": "tens", "plus10": "whole"}.get(
        item.kind, item.kind
    )
    if language.teens_follow and item.kind == "whole" and item.value == 10:
        kind = "ten"
    value = 10 if item.kind == "times10" else int(item.digits) if item.digits.isdecimal() else item.value
    return _Item(item.start, item.end, kind, value, digits=item.digits)


def _taken(last: _Item, item: _Item, language: Language, after_joint: bool) -> bool:
    """Add an item to the number before it, if the two are one number; tell whether they are."""
    both = (last.kind, item.kind)
    goes_past = language.teens_follow and last.kind == "tens" and last.value in (60, 80)
    if both == ("unit", "times100") and last.value:
        last.value, last.kind = last.value * 100, "hundred"
    elif both == ("unit", "times10") and last.value:
        last.value, last.kind = last.value * 10, "tens"
    elif both == ("unit", "plus10") or (both == ("unit", "added") and last.value):
        last.value, last.kind = last.value + item.value, "whole"
    elif (
        both == ("unit", "tens")
        and language.teens_follow
        and (last.value, item.value) == (4, 20)
        and not after_joint
    ):
        last.value, last.kind = 80, "tens"
    elif both == ("unit", "tens") and language.units_first and after_joint and last.value:
        last.value, last.kind = last.value + item.value, "whole"
    elif both == ("hundred", "tens"):
        last.value, last.kind = last.value + item.value, "tens"
    elif (last.kind == "hundred" and item.kind in ("unit", "whole") and 0 < item.value < 100) or (
        both == ("tens", "unit") and item.value
    ):
        last.value, last.kind = last.value + item.value, "whole"
    elif goes_past and item.kind == "whole" and item.value < 20:
        last.value, last.kind = last.value + item.value, "ten" if item.value == 10 else "whole"
    elif both == ("ten", "unit") and item.value > 6:
        last.value, last.kind = last.value + item.value, "whole"
    else:
        return False
    last.end = item.end
    return True


def _edits(run: _Run, text: str) -> list[Edit]:
    """Give one run as edits, if it is as long as a number that matters."""
    size = sum(sum(map(str.isdecimal, digits)) for *_, digits in run.pieces)
    start = run.pieces[0][0]
    before = text[max(0, start - _BEFORE) : start]
    code = size in _CODE and _CODE_WORD.search(before) is not None
    if not (code or _FEWEST <= size <= _MOST):
        return []
    edits: list[Edit] = []
    if code:
        edits.append((start, start, "PIN: "))
    elif size == _OF_SOCIAL and _SOCIAL_WORD.search(before):
        edits.append((start, start, "SSN: "))
    elif _SHORTEST <= size <= _LONGEST and OTHER_NUMBER.search(before) is None:
        edits.append((start, start, "☎ "))
    last = start
    for begin, end, digits in run.pieces:
        if last < begin:
            edits.append((last, begin, ""))
        edits.append((begin, end, digits))
        last = end
    return edits
