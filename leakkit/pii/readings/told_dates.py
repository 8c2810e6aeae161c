"""Dates told in words, "the second of January nineteen sixty-one", with the days and years they stand for as digits."""

# ruff: noqa: E501, RUF001 - lists of words read better on long lines, in their own scripts

from __future__ import annotations

import re
from functools import cache

from leakkit.late import late
from leakkit.pii.readings.copy import Copy, Edit
from leakkit.pii.readings.numerals import languages
from leakkit.pii.validators.dates import MONTHS

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten",
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde",
    "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende femtende sekstende syttende attende nittende tyvende",
    "pierwszego drugiego trzeciego czwartego piątego szóstego siódmego ósmego dziewiątego dziesiątego jedenastego dwunastego trzynastego czternastego piętnastego szesnastego siedemnastego osiemnastego dziewiętnastego dwudziestego",
    "prvního druhého třetího čtvrtého pátého šestého sedmého osmého devátého desátého jedenáctého dvanáctého třináctého čtrnáctého patnáctého šestnáctého sedmnáctého osmnáctého devatenáctého dvacátého",
    "первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого двадцатого",
)
_FIRSTS = "premier primer primero primo primeiro întâi primeiro".split()
_HIGHER = {
    "thirtieth": 30,
    "dreißigsten": 30,
    "dertigste": 30,
    "тридцатого": 30,
    "trzydziestego": 30,
    "třicátého": 30,
}
_CENTURIES = {
    "nineteen": 1900, "neunzehnhundert": 1900, "negentienhonderd": 1900, "nittonhundra": 1900, "nittenhundre": 1900, "nittenhundrede": 1900,
    "millenovecento": 1900, "ezerkilencszáz": 1900, "tuhatyhdeksänsataa": 1900, "mil novecientos": 1900, "mil novecentos": 1900,
    "mil nou-cents": 1900, "mille neuf cent": 1900, "mille neuf cents": 1900, "mille novecento": 1900, "tysiąc dziewięćset": 1900,
    "тысяча девятьсот": 1900, "bin dokuz yüz": 1900, "o mie nouă sute": 1900, "tisíc devět set": 1900, "devatenáct set": 1900, "χίλια εννιακόσια": 1900,
    "two thousand": 2000, "zweitausend": 2000, "tweeduizend": 2000, "duemila": 2000, "dos mil": 2000, "deux mille": 2000, "dois mil": 2000,
    "dwa tysiące": 2000, "две тысячи": 2000, "iki bin": 2000, "två tusen": 2000, "tvåtusen": 2000, "to tusen": 2000, "totusen": 2000, "kétezer": 2000,
}  # fmt: skip
"""How years begin that are told in words."""
_YEAR = late(
    rf"(?i)(?<![^\W\d_])(?P<begins>{'|'.join(sorted(map(re.escape, _CENTURIES), key=len, reverse=True))})(?P<rest>[^\W\d_]*(?:[ \-](?:and |e |y |et |i )?[^\W\d_]+){{0,5}})"
)
_WORDS = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_BEFORE = late(
    rf"(?i)(?<![^\W\d_])(?P<day>{_WORDS}(?: (?:e |y |et )?{_WORDS})?)(?: of| de| di| del| d’| d')? ?\Z"
)
_MONTH = late(r"[^\W\d_]{3,14}")
_LAST_DAY, _SHORT_MONTH = 31, 3


@cache
def _days() -> dict[str, int]:
    """Give words for days of a month, in all languages."""
    days = {
        word: number for words in _ORDINALS for number, word in enumerate(words.split(), 1)
    } | dict.fromkeys(_FIRSTS, 1)
    for tens, base in (("twenty", 20), ("thirty", 30)):
        days |= {f"{tens}-{word}": base + number for number, word in enumerate(_ORDINALS[0].split()[:9], 1)}
    for language in languages().values():
        days |= {
            word: one.value
            for word, one in language.words.items()
            if 0 < one.value <= _LAST_DAY and word not in days
        }
    return days | _HIGHER


def dated(copy: Copy) -> Copy:
    """Give days before names of months, and years behind them, that are told in words, as digits.

    Examples
    --------
    >>> dated(Copy.of("the second of January nineteen sixty-one, a Monday")).text
    'the 2 of January 1961, a Monday'
    """
    text = copy.text
    if MONTHS.isdisjoint(_MONTH.findall(text.lower())):
        return copy
    edits: list[Edit] = []
    for month in _MONTH.finditer(text):
        if month[0].lower() not in MONTHS:
            continue
        edits += _day(text, month.start(), len(month[0]) <= _SHORT_MONTH)
        edits += _year(text, month.end())
    return copy.edited(_apart(edits))


def _day(text: str, place: int, short: bool) -> list[Edit]:
    """Give the day before the name of a month; "to out" is no second of October."""
    found = _BEFORE.search(text, max(0, place - 40), place)
    if found is None:
        return []
    words = re.split(r" (?:(?:e|y|et) )?", found["day"].lower())
    for some in ([words[-2], words[-1]] if len(words) > 1 else [], words[-1:]):
        values = [_days().get(word, 0) for word in some]
        value = (
            sum(values)
            if len(values) == 1 or (len(values) == 2 and values[0] in (20, 30) and values[1] < 10)
            else 0
        )
        if short and some and len(some[-1]) < _SHORT_MONTH:
            continue
        if values and all(values) and 0 < value <= _LAST_DAY:
            end = found.end("day")
            start = end - len(some[-1]) if len(some) == 1 else found.start("day")
            return [(start, end, str(value))]
    return []


def _year(text: str, place: int) -> list[Edit]:
    """Give the year behind the name of a month."""
    found = _YEAR.search(text, place, place + 90)
    if found is None or len(text[place : found.start()]) > len(" del anno "):
        return []
    base, end = _CENTURIES[found["begins"].lower()], found.end("begins")
    best, told, rest = 0, 0, found["rest"]
    words = list(re.finditer(r"[^\W\d_]+", rest))
    for language in languages().values():
        value, stop = 0, 0
        for word in words[:4]:
            numeral = language.words.get(word[0].lower())
            if numeral is None:
                if word[0].lower() == language.joint:
                    continue
                break
            if value % 10 and value != 4 or (value and numeral.value >= 10 and value not in (4, 60, 80)):
                break
            value = 80 if (value, numeral.value) == (4, 20) else value + numeral.value
            stop = word.end()
        if stop > best and value < 100:
            best, told = stop, value
    if not best:
        return [(found.start(), end, str(base))] if base == 2000 and not rest.strip() else []
    return [(found.start(), found.start("rest") + best, str(base + told))]


def _apart(edits: list[Edit]) -> list[Edit]:
    """Give edits by place, without those that overlap one before."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def signs() -> str:
    """Give a pattern of what told dates hold: a word for a day before a month, or how such a year begins."""
    days = "|".join(sorted({literal.rsplit(" ", 1)[0] for literal in literals() if " " in literal}))
    months = "|".join(sorted({month for months in _MONTHS for month in months.split()}))
    years = "|".join(sorted(_CENTURIES))
    return rf"(?i:(?:{days}) (?:{months})|[^\s\d]{{3}},?(?: of| de| del| di)? (?:{years}))"


def literals() -> set[str]:
    """Give what stands in every match of `signs`: rare words, or two of one language."""
    found = {
        begins for begins in _CENTURIES if begins not in ("two thousand", "dos mil", "deux mille", "dois mil")
    }
    for days, months in zip((*_ORDINALS, " ".join(_FIRSTS)), _MONTHS, strict=True):
        joints = (
            (" of ", " ")
            if days.startswith("first")
            else (" ", " de ")
            if days.startswith("prem")
            else (" ",)
        )
        found |= {day + joint + month for day in days.split() for joint in joints for month in months.split()}
    return found


_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan jän feb mär apr mai jun jul aug sep okt nov dez",
    "jan feb maa apr mei jun jul aug sep okt nov dec",
    "jan feb mar apr maj jun jul aug sep okt nov dec",
    "jan feb mar apr maj mai jun jul aug sep okt nov dec des",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "led úno bře dub kvě čer srp zář říj lis pro",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "jan fév fev ene feb gen mar avr abr apr mai may mag jui jun giu jul lug aoû ago sep set oct out ott nov déc dic dez",
)
"""How names of months begin, for each line of `_ORDINALS`, and for the first day in Romance languages."""
