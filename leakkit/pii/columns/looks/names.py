"""How well a value looks like a person, a place or a firm, by word lists and shape: 0 to 1."""

from __future__ import annotations

import re
from functools import cache

from leakkit.late import late
from leakkit.pii.columns.looks.written import CJK, count_digits, is_date
from leakkit.pii.columns.words import listed, name_flags, stands_in, words_of
from leakkit.pii.gazetteer.lookup import COMMON, COUNTRY, GIVEN, LARGE_TOWN, REGION, SURNAME, TOWN
from leakkit.pii.weighing.memory import remembered

_EXTENSION = re.compile(r"[a-z0-9]\.[a-z]{2,5}$")
_NAME = re.compile(r"[^\W\d_][^\W\d_'’ʼ.`´\-]*(?:[ .,'’ʼ`´\-–·・ \u3000]{1,3}[^\W\d_'’.\-]*){0,7}\.?$")
_MARKS = r"\u0300-\u036f\u0900-\u0963\u0971-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b6-\u17d3\u200c"
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_NAME_MARKED = late(
    rf"[^\W\d_](?:{_LETTER}|['’.`´\-])*(?:[ .,'’\-–·・ \u3000]{{1,3}}(?:{_LETTER}|['’.\-])*){{0,7}}\.?$"
)
"""The same with the vowels that Indic scripts, Thai and their like write as marks."""
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,12}$")
_FILE = re.compile(
    r"[\w-]\.(?:pdf|docx?|xlsx?|csv|jsonl?|parquet|png|jpe?g|webp|heic|mp[34]|zip|gz|txt|log|bin|pt)$", re.I
)
_PASSENGER = re.compile(r"[^\W\d_a-z][^\W\d_a-z'’ \-]{0,29}/[^\W\d_a-z][^\W\d_a-z'’ .\-]{0,29}")
_CODE = re.compile(r"[{}=<>;\[\]\"]|->|\|\|")
_LEADING_FORMS = frozenset(
    "ООО ОАО ЗАО АО ПАО ТОО ТОВ ПП ЧП ПрАТ ПАТ ВАТ ЕТ НПО PT CV SARL EURL SCI UAB SIA OÜ Firma شركة บริษัท".split()
)
"""Legal forms that stand before the names of firms."""
_LEGAL_FORMS = frozenset({"gmbh", "llc", "ltd", "inc", "plc"})
_CELL = late(r"[\u4e00-\u9fff]{1,8}[路街巷道弄][A-Za-z\u4e00-\u9fff]{0,4}[座号號室楼]")
_EASTERN = late(
    r"[\u3040-\u30ff\u4e00-\u9fff]{1,10}[都道府県市区町村郡][\u3040-\u30ff\u4e00-\u9fff]{1,14}[\d０-９一二三四五六七八九十]+[\-‐－−ー丁番]"
)
"""A Japanese address: a place, a part of it, and the numbers of block and house."""
_TWO_OF_KANA = late(
    r"[\u3041-\u3096]{2,6}[ \u3000][\u3041-\u3096]{2,6}|[\u30a1-\u30fc]{2,6}[ \u3000][\u30a1-\u30fc]{2,6}"
)
_KANA = late(r"[\u3041-\u3096]{7,10}|[\u30a1-\u30fc]{7,10}")
"""Readings of Japanese names, which are longer than their signs: ワタナベ ダイスケ."""
_HOUSE = re.compile(
    r"(?:no\.?|nr\.?|#|№|hs\.?|дом|д\.|lot)?\s?\d{1,5}(?:[ \-/]?[A-Za-zА-я]{1,3}|[/\-]\d{1,4})?$", re.I
)


def nationality(value: str) -> float:
    """Say how far a value looks like a citizenship."""
    if stands_in(value, "nationality") or stands_in(value, "country"):
        return 1.0
    return 0.6 if len(value) <= 40 and not count_digits(value) else 0.1


def country(value: str) -> float:
    """Say how far a value looks like a country."""
    if stands_in(value, "country") or value.upper() in listed("country_codes"):
        return 1.0
    if len(value) <= 40 and _name_shape(value) and any(flag & COUNTRY for flag in _flags(value)):
        return 0.9
    return 0.3 if len(value) <= 40 and not count_digits(value) and len(value) > 3 else 0.0


def state(value: str) -> float:
    """Say how far a value looks like a state or province."""
    if stands_in(value, "state") or (len(value) < 4 and value.upper() in listed("state_codes")):
        return 1.0
    if len(value) <= 40 and _name_shape(value) and any(flag & (REGION | TOWN) for flag in _flags(value)):
        return 0.8
    return 0.4 if _name_shape(value) and len(value) <= 40 and not value.isupper() else 0.0


@remembered(8192)
def _flags(value: str) -> tuple[int, ...]:
    """Give the gazetteer's flags of the words of a value."""
    return tuple(name_flags(words_of(value)[:8]))


@remembered(8192)
def _name_shape(value: str) -> bool:
    """Say whether a value is written as names are: a few words of letters."""
    if len(value) > 60:
        return False
    name = _NAME_MARKED if max(value) >= "\u0900" else _NAME
    return bool(name.match(value)) and any(c.isalpha() for c in value)


def person(value: str) -> float:
    """Say how far a value looks like a person's name, whole or in part; lists of passengers have ``LEE/ANN MS``."""
    if SHIP.match(value):
        return 0.1
    if "/" in value and _PASSENGER.fullmatch(value):
        value = value.replace("/", " ")
    if "@" in value or count_digits(value) or not _name_shape(value) or _EXTENSION.search(value):
        return 0.0
    words = words_of(value)
    if not words or len(words) > 6 or value.casefold() in listed("yes_no"):
        return 0.0
    if CJK.search(value):
        return _of_signs(value)
    if _ends_as_firm(value, len(words)):
        return 0.15
    flags = [f for f, w in zip(_flags(value), words, strict=False) if len(w) > 1]
    known = sum(bool(f & (GIVEN | SURNAME)) for f in flags)
    plain = sum(f & ~(TOWN | LARGE_TOWN | REGION) == COMMON for f in flags)
    capital = sum(w[0].isupper() for w in words) >= max(1, len(words) - 2) or not value[0].isascii()
    if known:
        return (0.95 if known >= len(flags) - 1 else 0.8) * (1.0 if capital else 0.7)
    if plain == len(flags) and flags:
        return 0.15
    return 0.55 if capital and len(words) <= 4 else 0.3


def _of_signs(value: str) -> float:
    """Say by its length how far a value in Chinese, Japanese or Korean signs may be a person's name."""
    if 2 <= len(value.replace(" ", "")) <= 6:
        return 0.85
    if len(value) == 1 or _KANA.fullmatch(value):
        return 0.6
    if _TWO_OF_KANA.fullmatch(value):
        return 0.85
    return 0.3 if len(value) <= 12 else 0.0


def _ends_as_firm(value: str, n_words: int) -> bool:
    """Say whether the last of some words is one for a firm; the only one where it can be nothing else."""
    last = value.split()[-1].casefold().rstrip(",")
    return (n_words > 1 and last in listed("organisation")) or last.rstrip(".") in _LEGAL_FORMS


def city(value: str) -> float:
    """Say how far a value looks like a town."""
    if count_digits(value) > 5 or not words_of(value) or len(value) > 60 or "@" in value:
        return 0.0
    if _DOMAIN.match(value) or SHIP.match(value):
        return 0.0
    bare = re.sub(r"^\d{4,6}\s+|\s*\(.{1,20}\)$", "", value)
    if not _name_shape(bare.replace("/", " ").replace(",", " ")):
        return 0.0
    if value[-1] in "市町村县區区镇郡" or any(flag & (TOWN | LARGE_TOWN) for flag in _flags(value)):
        return 0.95
    return 0.6 if len(words_of(value)) <= 5 else 0.2


def _is_stored(value: str) -> bool:
    """Say whether words of a store or warehouse are all there is beside numbers and letters."""
    words = [word.casefold() for word in words_of(value) if len(word) > 1]
    return (
        bool(words)
        and listed("stored").issuperset(words)
        and (len(words) > 1 or words[0] not in ("row", "gang"))
    )


def _has_street_word(value: str) -> bool:
    """Say whether one of the words is a kind of street."""
    folded = value.casefold()
    words = re.split(r"[\s,.]+", folded)
    return (
        not listed("street").isdisjoint(words)
        or any(_ends_as_street(word) for word in words)
        or folded.startswith("c/")
        or " c/" in folded
        or "ul." in folded
    )


def _ends_as_street(word: str) -> bool:
    """Say whether a word ends as streets do, with more than a letter before."""
    return word.endswith(_street_ends()) and any(
        word.endswith(end.rstrip(".")) and len(word) > len(end) + 1 for end in listed("street_endings")
    )


@cache
def _street_ends() -> tuple[str, ...]:
    """Give the endings of streets without their dots."""
    return tuple(sorted(end.rstrip(".") for end in listed("street_endings")))


_TELEPHONE = re.compile(r"\d(?:[ .\-/]{0,2}\d){8}")
"""Nine digits with hardly anything between: no house number beside a code of post."""


def street(value: str) -> float:
    """Say how far a value looks like a street, a house number or a postal address."""
    letters = bool(words_of(value))
    if "@" in value or "://" in value or len(value) > 160 or _CODE.search(value) or _FILE.search(value):
        return 0.0
    if letters and _TELEPHONE.search(value):
        return 0.1
    if letters and len(value) <= 40 and _is_stored(value):
        return 0.1
    if _CELL.fullmatch(value) or _EASTERN.match(value):
        return 0.95
    if letters and _has_street_word(value):
        return 0.95 if count_digits(value) else 0.75
    if _HOUSE.match(value):
        return 0.6
    if letters and count_digits(value) and (" " in value or CJK.search(value)) and not is_date(value):
        return 0.7 if count_digits(value) <= 14 else 0.2
    return 0.55 if letters and not count_digits(value) and len(value) <= 60 else 0.2


SHIP = re.compile(
    r"(?:M/?[VTSY]|S/?[SV]|R/?V|F/?V|HMS|USS|USNS|RMS|HMCS|HMAS|INS|RFA|USCGC|MTS|ТХ|т/х|д/э)\.? [\"«„“]?[^\W\d_a-zа-я]"
)
"""Names of ships behind the sign for one, which are those of people and towns."""
_PARTNERS = late(
    r"[^\W\d_][^\W\d_'’\-]+, (?:[^\W\d_][^\W\d_'’\-]+, )?[^\W\d_][^\W\d_'’\-]+,? (?:and|&|und|et|y|e|en|och|og|i|a) "
    r"[^\W\d_][^\W\d_'’\-]+$|.{2,40} (?:and|&|und|et|y|e|en) "
    r"(?:sons?|co|partners?|associates|sohn|söhne|fils|hijos|figli|filhos|zonen|søn)\b",
    re.I,
)
"""Firms by the names of their partners."""


def organisation(value: str) -> float:
    """Say how far a value looks like a firm, authority or school."""
    if "@" in value or not words_of(value) or len(value) > 90 or is_date(value):
        return 0.0
    words = [w.rstrip(",") for w in value.casefold().split()]
    ends = listed("organisation")
    if len(words) > 1 and (
        words[-1] in ends or words[-1].rstrip(".") in ends or any(w in ends and len(w) > 4 for w in words)
    ):
        return 0.95
    if _PARTNERS.match(value) or (len(words) > 1 and value.split()[0].rstrip(".") in _LEADING_FORMS):
        return 0.95
    if CJK.search(value) and any(end in value for end in ends if not end.isascii() and len(end) > 1):
        return 0.95
    return (
        0.6
        if len(words) <= 7 and (value[0].isupper() or not value[0].isascii() or value[0].isdigit())
        else 0.35
    )


def location(value: str) -> float:
    """Say how far a value looks like a place of any kind."""
    return max(city(value), street(value) * 0.9, country(value), 0.0)
