"""What the names of columns mean in the company of the others: ``pin`` beside towns, ``u`` beside ``p``; and no names."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from leakkit.pii.folding import tokens_of
from leakkit.pii.keys import entity_of_key, words_of
from leakkit.pii.lexicon import UNKNOWN, KeySense

_PLACES = frozenset(("CITY", "STREET_ADDRESS", "STATE", "COUNTRY", "POSTCODE"))
_VEHICLES = frozenset(("VIN", "LICENSE_PLATE"))
_CONTACTS = frozenset(("EMAIL", "STREET_ADDRESS", "DATE_OF_BIRTH"))
_BESIDE_PERMITS = _VEHICLES | {"PASSPORT"}
_TRAVEL = frozenset(
    "seat pnr flt flight voyage vessel cabin nat nationality visa arrival departure embarkation port check checkin "
    "boarding pax locator rank crew room folio sitz flug vuelo vol asiento siège zbor let lennon sæde sete voo".split()
)
_DRIVING = frozenset(
    "driver fører förare kuljettaja fahrer conducteur chauffeur conductor motorista kierowca řidič vodič sofőr șofer "
    "sürücü водитель водій bestuurder autista kierowcy vozač pengemudi pemandu supir 运转手 司机 운전자".split()
)
_DOCUMENTS = frozenset("doc docno docnum docnumber document documento dokument".split())
_PERMITS = frozenset(
    "permit licence license lic permiso permis carnet licencia licença lupa tillatelse tillstånd tilladelse".split()
)
_BASES = frozenset(
    "base depot depó depo station stasjon stationering hub garage terminal asema standort sede".split()
)
_CALLS = frozenset("called calling imei imsi dur duration seq lac msisdn tac apn".split())
_MACHINES = frozenset(
    "asset host hostname nic os device machine vlan switch iface interface subnet workstation serial".split()
)
_NUMBERS = frozenset("cell called calling caller".split())
_SUBSCRIBERS = frozenset(
    "subscriber abonent abonné abonado assinante abonnent abonnee abone pelanggan абонент абонента المشترك مشترك".split()
)
_WORKS = frozenset(
    "isbn publisher verlag éditeur editorial editora editore wydawnictwo nakladatel uitgever förlag forlag kustantaja "
    "издательство yayınevi 出版社 출판사 pages seiten páginas genre gattung género gatunek žánr imdb runtime artist album".split()
)
_CALLED = frozenset(
    "name nom nombre nome naam navn namn nimi nazwa název nume isim ad név 名前 名称 имя название title titre titel".split()
)
_LENT = frozenset(
    "due borrower reader patron loan loaned returned leihfrist ausleiher title titre titel título titolo tytuł titul 書名".split()
)
_SEVERAL = (
    _DOCUMENTS | _PERMITS | _BASES | _NUMBERS | _SUBSCRIBERS | _CALLED | {"nic", "hw", "address", "cc", "pin"}
)
"""Words that mean one thing here and another there."""

_PLACEHOLDER = re.compile(
    r"(?:unnamed|no name|column|columns|col|cols|field|fields|fld|feld|spalte|champ|colonne|campo|columna|coluna"
    r"|kolumna|kolom|kolumn|kolonne|sloupec|pole|oszlop|sarake|kentta|sutun|alan|coloana|stolbets|столбец|поле|колонка|στηλη"
    r"|empty|attr|attribute|var|variable|feature|列|字段|欄位|項目|열|عمود|คอลัมน์)?\d*$|(?:col|column|field)[a-z]$|[a-np-z]\d*$"
    r"|(?:data|value|val|item|param|prop|property|attribut|atributo|attributo|merkmal|feld|wert|daten|dato|datos|dado|dados"
    r"|donnee|valeur|valor|valore|waarde|hodnota|wartosc|dane|deger|veri|значение|данные|атрибут|графа|колонка|τιμη"
    r"|값|데이터|항목|值|数据|資料|データ|قيمة)\d+$"
)
"""What a name is that was only put in the place of one."""

_U, _P = frozenset({"u", "un", "usr", "l"}), frozenset({"p", "pw", "pwd"})
_BREADTHS = frozenset(
    "breite szer szerokosc sirka latitud largeur ancho larghezza largura enlem north nord norr lati ш шир широта".split()
)
_LENGTHS = frozenset(
    "laenge länge lange dlugosc delka longueur largo lunghezza comprimento boylam east ost est este öst longi д дол долг долгота".split()
)
_FAR = 5.0
"""Degrees from which on ``y`` and ``x`` are places on earth: scaled features of models are smaller."""
_DEGREES = re.compile(r"[+-]?\d{1,3}[.,]\d{4,}$")
_LOGIN = re.compile(r"[^\W\d_][\w.@+\-]{2,63}$")
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\S{4,64}$")
_NONE: frozenset[str] = frozenset()
_LONGEST = 40


def in_company(names: Sequence[str | None]) -> list[str | None]:
    """Give the names of columns that stand together, those with several meanings put into plain words.

    Parameters
    ----------
    names : sequence of str or None
        Names of the columns of one table, None where one has none.

    Returns
    -------
    list of str or None
        One for each column: the name itself, or what it means there.

    Examples
    --------
    >>> in_company(["street", "town", "pin"])
    ['street', 'town', 'postal code']
    """
    return list(_in_company(tuple(names)))


@lru_cache(4096)
def _in_company(names: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Decide the names of one table."""
    words = [frozenset(words_of(name)) if name and len(name) < _LONGEST else _NONE for name in names]
    if not any(own & _SEVERAL for own in words):
        return names
    everything = _NONE.union(*words)
    senses = [UNKNOWN if name is None else entity_of_key(name) for name in names]
    told = [{sense.entity} if sense.entity else set() for sense in senses]
    found = []
    for place, (name, own) in enumerate(zip(names, words, strict=True)):
        held: set[str] = set().union(*told[:place], *told[place + 1 :])
        found.append(_meant(own, senses[place], everything - own, held) or name)
    return tuple(found)


def _meant(own: frozenset[str], sense: KeySense, others: frozenset[str], held: set[str]) -> str | None:
    """Give what a name means by the words of the others and by what they tell; None where it stays."""
    entity = sense.entity
    if own & _DOCUMENTS and entity in (None, "NATIONAL_ID") and len(others & _TRAVEL) > 1:
        return "passport no"
    if own & _PERMITS and sense.strength < 0.9 and (held & _BESIDE_PERMITS or others & _DRIVING):
        return "driving licence"
    if own & _BASES and entity is None and held & _VEHICLES:
        return "city"
    if own & _NUMBERS and len(others & _CALLS) > 1:
        return "site id" if own & {"cell"} else "phone number" if entity is None else None
    if own & _SUBSCRIBERS and entity is None and held & {"IMSI", "IMEI"}:
        return "phone number"
    if len(own) == 1 and own & _CALLED and others & _WORKS and not others & _LENT and not held & _CONTACTS:
        return "book title"
    if own & {"nic", "hw"} and entity is None and others & _MACHINES:
        return "mac address"
    if own == {"address"} and others & _MACHINES and not held & _PLACES:
        return "ip address"
    if own == {"cc"} and held & _PLACES:
        return "country code"
    return "postal code" if own == {"pin"} and len(held & _PLACES) > 1 else None


def is_placeholder(name: str) -> bool:
    """Say whether a name was only put in the place of one: ``col_4``, ``field2``, ``Unnamed: 3``, ``c``."""
    return _PLACEHOLDER.match("".join(tokens_of(name))) is not None


def named_as_pair(names: Sequence[str | None], samples: Sequence[Sequence[str]]) -> Sequence[str | None]:
    """Spell out ``u`` and ``p`` right beside each other where they hold names of accounts and passwords; and degrees.

    ``breite`` and ``laenge`` are degrees only where both hold fractions within their bounds: things have them as well.
    """
    names = _as_degrees(names, samples)
    short = [name.strip().casefold() if name and len(name) <= 4 else "" for name in names]
    for place, pair in enumerate(zip(short, short[1:], strict=False)):
        if pair[0] not in _U or pair[1] not in _P:
            continue
        users, words = ([v.strip() for v in samples[place + i][:200] if v.strip()] for i in (0, 1))
        if _are_logins(users) and _are_passwords(words):
            return [*names[:place], "username", "password", *names[place + 2 :]]
    return names


def _as_degrees(names: Sequence[str | None], samples: Sequence[Sequence[str]]) -> Sequence[str | None]:
    """Spell out words for breadth and length, or north and east, right beside each other where they hold degrees."""
    folded = ["".join(tokens_of(name or "")) for name in names]
    for place, pair in enumerate(zip(folded, folded[1:], strict=False)):
        for called, order in ((pair, (0, 1)), (pair[::-1], (1, 0))):
            far = 0.0 if called[0] in _BREADTHS and called[1] in _LENGTHS else _FAR
            if far and called != ("y", "x"):
                continue
            if any(_middle(samples[place + i]) < far for i in order):
                continue
            if all(_are_degrees(samples[place + i], most) for i, most in zip(order, (90, 180), strict=True)):
                degrees = ("latitude", "longitude")
                return [*names[:place], *(degrees[i] for i in order), *names[place + 2 :]]
    return names


def _middle(sample: Sequence[str]) -> float:
    """Give the middle of the numbers of a column, without their signs."""
    numbers = sorted(abs(float(v.replace(",", "."))) for v in sample[:200] if _DEGREES.match(v.strip()))
    return numbers[len(numbers) // 2] if numbers else 0.0


def _are_degrees(sample: Sequence[str], most: int) -> bool:
    """Say whether nearly all values are numbers with four digits or more behind the point, within bounds."""
    values = [v.strip() for v in sample[:200] if v.strip()]
    held = sum(_DEGREES.match(v) is not None and abs(float(v.replace(",", "."))) <= most for v in values)
    return len(values) >= 3 and held >= 0.9 * len(values)


def _are_logins(values: list[str]) -> bool:
    """Say whether nearly all values are one word that begins with a letter, and nearly all differ."""
    held = sum(_LOGIN.match(v) is not None for v in values)
    return len(values) >= 5 and held >= 0.9 * len(values) and len(set(values)) >= 0.8 * len(values)


def _are_passwords(values: list[str]) -> bool:
    """Say whether the values are words of some length, some with letters and digits, and few are numbers."""
    mixed = sum(_MIXED.match(v) is not None for v in values)
    whole = sum(" " not in v and 4 <= len(v) <= 64 for v in values)
    numbers = sum(not any(c.isalpha() for c in v) for v in values)
    return len(values) >= 5 and whole >= 0.9 * len(values) and mixed >= 0.3 * len(values) >= numbers
