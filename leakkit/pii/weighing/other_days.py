"""Days and years in prose of which what stands around says that nobody was born then, or that they are parts of more."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

_OTHER_DAY = re.compile(
    r"(?i)(?:(?<![^\W\d_])(?:issued?|issue date|expir(?:y|es|ed|ation)(?: date)?|valid (?:until|to|from|through)|dated|invoice date|released?|since|until|by|"
    r"due(?: date)?|joined|left|renewed|hired|started(?: \w+)?|starts|ends|ended|moved|married|died|passed away|arrived|departed|ships|visited|seen(?: \w+){0,5}|"
    r"(?:appointment|meeting|visit|call|minutes|invoice|tax year|changelog|version|report|order|booked)(?: is| was| of| for)?|"
    r"ausgestellt|gültig (?:bis|ab)|rechnungsdatum|seit|bis|gestorben|verheiratet|termin|protokoll(?: vom)?|rechnung(?: vom)?|rg\.|rechn\.|geliefert|"
    r"délivrée?|valable jusqu'au|décédée?|mariée?|arrivée?|rendez-vous|depuis|facture(?: du)?|réunion(?: du)?|jusqu'au|avant le|"
    r"emitido|caduca|válido (?:hasta|até)|cita|antes|hasta|desde|murió|falleció|reunión|factura(?: de)?|pedido|"
    r"scade|rilasciat[oa]|visita|scadenza|fino al|dal|entro(?: il)?|fattura(?: del)?|riunione|morto|morta|"
    r"consulta|reunião|faleceu|desde|fatura|afgegeven|geldig tot|verzet naar|afspraak|vergadering|overleden|sinds|tot|"
    r"wystawion[ya](?: dnia)?|ważny do|zm\.|zmarł[a]?|spotkanie|wizyta|gest\.|död|avliden|gift|möte|schůzka|zemřel[a]?|"
    r"выдан|до|умер(?:ла)?|встреча|приём|от|с|apt|room|lgh|locker|charge|lot)"
    r"(?: on| at| am| vom| le| el| il| du| del| der| den| dem| op| dnia| dne| на| до| naar| to|:)?[ .:]{1,3}|[#†])\Z"
)
"""Words right before a day or a year that say what happened then: no birth, nor anything else of a person's life."""
_IN_DATE = re.compile(r"(?:\d[ .]{0,2}(?:of |de |d')?[^\W\d_]{1,14}\.?(?: of| de| del|,)? |\d ?|[#_])\Z")
"""What goes on from here is the year of a longer date, or a part of a longer number."""
_GOES_ON = re.compile(r" ?\d| ?[./\-] ?\d")
_NO_DAY = re.compile(r"(?i)\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?| uhr)?|\d{1,2} ?[ap]\.?m\.?")
_YEAR = re.compile(r"\d{4}|\d\d?\D\d\d?\D\d\d|['’]\d\d")
_CELL = re.compile(r"[,;|]\Z")
_LATE = re.compile(r"20(?:1\d|2\d)")
"""Years in which few were born of whom texts tell: dates of rows that hold them are those of orders and visits."""


def is_other_day(before: str, day: str, after: str) -> bool:
    """Tell whether a day or year is that of a paper, a visit or a row, or a part of a longer date or number.

    Parameters
    ----------
    before, after : str
        What stands on the line before and behind it.
    day : str
        The day or year.

    Examples
    --------
    >>> is_other_day("contract renewed ", "01/07/2018", "."), is_other_day("3 de mayo de ", "1941", ",")
    (True, True)
    >>> is_other_day("They met on ", "12 March 2019", ";")
    False
    """
    if (
        _NO_DAY.fullmatch(day)
        or not _YEAR.search(day)
        or (len(day) == 4 and (_IN_DATE.search(before[-30:]) or _GOES_ON.match(after)))
    ):
        return True
    if _CELL.search(before) and _LATE.search(day):
        return True
    return says_other(before)


def says_other(before: str) -> bool:
    """Tell whether the words right before a day say that something else than a birth was then."""
    return _OTHER_DAY.search(before[-60:]) is not None
