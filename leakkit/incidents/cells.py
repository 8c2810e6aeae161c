"""One cell of a table of facts: what is expected of it, and what to write instead of what stands there."""

from __future__ import annotations

import difflib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from urllib.parse import quote, urlsplit

from leakkit.incidents.iso_codes import COUNTRIES, CURRENCIES, UNION
from leakkit.incidents.tables import Cell

DATE_FORMS = {4: "year", 7: "month", 10: "day"}
"""Precision of a date by its length."""
MOST_CHARACTERS = 5_000
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₩": "KRW", "¥": "JPY", "₹": "INR"}
_NO_VALUE = {"n/a", "na", "none", "null", "nan", "unknown", "-", "?"}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORMULA_STARTS = ("=", "+", "-", "@")
_HINDI_JOINERS = "\u200c\u200d"

Fault = tuple[str, str]
"""What was expected, and what to do."""


def cell_fault(cell: Cell, value: str) -> Fault | None:
    """Give what is wrong with the value of a cell; None when nothing is."""
    if not value:
        return ("a value", "fill it in") if cell.required else None
    if value != value.strip() or "  " in value:
        return "no spaces before, after or doubled", f"write {' '.join(value.split())}"
    if len(value) > MOST_CHARACTERS:
        return f"at most {MOST_CHARACTERS:,} characters", "shorten it"
    if any(unicodedata.category(c) in _HIDDEN and c not in _HINDI_JOINERS for c in value):
        return "no line ends or hidden characters", "take them out"
    return _KINDS[cell.kind](value, cell)


def parsed_date(value: str) -> tuple[date, date] | None:
    """Give the first and the last day of a date 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'; None when it is none."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return None
    year, month, day = (int(part) if part else 0 for part in (value[:4], value[5:7], value[8:]))
    try:
        if len(value) == 10:
            return date(year, month, day), date(year, month, day)
        first = date(year, month if len(value) == 7 else 1, 1)
        last_month = month if len(value) == 7 else 12
        return first, date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        return None


def _text(value: str, cell: Cell) -> Fault | None:
    """Any words but those that only say that there is nothing."""
    if value.lower() in _NO_VALUE - {"unknown"}:
        return "words, or an empty cell where nothing is known", "leave it empty"
    if value.startswith(_FORMULA_STARTS):
        return "words that no spreadsheet takes for a formula", f"begin with another sign than {value[0]}"
    return None


def _id(value: str, cell: Cell) -> Fault | None:
    """A name of small letters, digits and hyphens (or underscores)."""
    if re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", value):
        return None
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    better = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")
    return "small letters, digits and hyphens", f"write {better}" if better else "use words"


def _word(value: str, cell: Cell) -> Fault | None:
    """One word out of a closed list."""
    if value in cell.allowed:
        return None
    expected = f"one of {', '.join(cell.allowed)}"
    near = difflib.get_close_matches(value.lower().replace(" ", "_"), cell.allowed, n=1)
    return (
        expected,
        f"write {near[0]}" if near else "use one of these; a new word needs a meaning in tables.py",
    )


def _several(value: str, cell: Cell) -> Fault | None:
    """Words out of a closed list, a semicolon between them, none twice."""
    words = value.split(";")
    for word in words:
        if (fault := _word(word, cell)) is not None:
            parts = [part for part in re.split(r"[;,|/]\s*|\s+", value) if part]
            if set(parts) <= set(cell.allowed):
                return "words with ; between them, no spaces", f"write {';'.join(dict.fromkeys(parts))}"
            return f"words with ; between them, each {fault[0]}", fault[1]
    if len(words) != len(set(words)):
        return "each word once", f"write {';'.join(dict.fromkeys(words))}"
    return None


def _date(value: str, cell: Cell) -> Fault | None:
    """A date to the year, month or day."""
    if parsed_date(value):
        return _plausible(value)
    return "YYYY, YYYY-MM or YYYY-MM-DD", _better_date(value)


def _day(value: str, cell: Cell) -> Fault | None:
    """A date to the day."""
    if len(value) == 10 and parsed_date(value):
        return _plausible(value)
    return "YYYY-MM-DD", "write the day, too" if parsed_date(value) else _better_date(value)


def _plausible(value: str) -> Fault | None:
    """A year in which there was data to lose, or law about it."""
    sound = _FIRST_YEAR <= int(value[:4]) <= _LAST_YEAR
    return None if sound else (f"a year from {_FIRST_YEAR} to {_LAST_YEAR}", "check the year")


def _better_date(value: str) -> str:
    """Say how a date would be written; no guess where day and month could be swapped."""
    if found := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?(?:[T ].*)?", value):
        better = "-".join(part.zfill(2) for part in found.groups() if part)
        if parsed_date(better):
            return f"write {better}"
        return "there is no such day; look it up"
    return "write the year first, with two digits for month and day"


def _count(value: str, cell: Cell) -> Fault | None:
    """A whole number of zero or more, digits alone."""
    if re.fullmatch(r"0|[1-9][0-9]{0,17}", value):
        return None
    return "a whole number in digits alone, empty where unknown", _better_number(value, whole=True)


def _amount(value: str, cell: Cell) -> Fault | None:
    """A number of zero or more with a decimal point."""
    if re.fullmatch(r"(0|[1-9][0-9]{0,17})(\.[0-9]+)?", value):
        return None
    return "a number in digits, with a point before decimals", _better_number(value, whole=False)


def _percent(value: str, cell: Cell) -> Fault | None:
    """A number from 0 to 100, without the sign."""
    if (fault := _amount(value, cell)) is not None:
        return fault
    return None if float(value) <= 100 else ("a number from 0 to 100", "check the figure")


def _better_number(value: str, *, whole: bool) -> str:
    """Say how a number would be written."""
    if value.lower() in _NO_VALUE:
        return "leave it empty"
    plain = re.sub(r"(?<=[0-9])[,_'\s](?=[0-9]{3}(?![0-9]))", "", value)
    digits = re.fullmatch(r"[^0-9.,-]*([0-9]{1,18})(\.[0-9]+)?[^0-9.,\w]*", plain)
    if digits is None or (whole and (digits[2] or "").strip(".0")):
        return "write the number alone, with all its digits"
    return f"write {int(digits[1])}{'' if whole else digits[2] or ''}"


def _year(value: str, cell: Cell) -> Fault | None:
    """A year of four digits."""
    return None if re.fullmatch(r"(19|20)[0-9]{2}", value) else ("a year, YYYY", "write four digits")


def _currency(value: str, cell: Cell) -> Fault | None:
    """A code of a currency."""
    if value in CURRENCIES:
        return None
    better = _SIGNS.get(value, value.upper())
    return "an ISO 4217 code such as EUR", f"write {better}" if better in CURRENCIES else "look the code up"


def _country(value: str, cell: Cell) -> Fault | None:
    """A code of a country, or EU."""
    if value in COUNTRIES or value == UNION:
        return None
    better = {"UK": "GB", "USA": "US", "EL": "GR"}.get(value.upper(), value.upper())
    known = better in COUNTRIES or better == UNION
    return (
        "one ISO 3166-1 code such as GB, empty where there are many",
        f"write {better}" if known else "look the code up",
    )


def _jurisdiction(value: str, cell: Cell) -> Fault | None:
    """A code of a country or of one of its parts."""
    country, hyphen, part = value.partition("-")
    if hyphen and not re.fullmatch(r"[A-Z0-9]{1,3}", part):
        return "an ISO 3166-2 code such as US-CA", "look the code up"
    return _country(country, cell)


def _url(value: str, cell: Cell) -> Fault | None:
    """A web address in ASCII."""
    expected = "one web address, https://..."
    if not re.match(r"https?://", value):
        dotted = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", value)
        return expected, f"write https://{value}" if dotted else "write the address in full"
    if re.search(r"\s|[;,]\s*https?://", value):
        return expected, "keep one; the second has its own column"
    if not value.isascii() or re.search(r'[<>"{}|\\^`]', value):
        return f"{expected} in ASCII", f"write {quote(value, safe=':/?#[]@!$&()*+,;=%~')}"
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if not host or "." not in host:
        return expected, "write the address in full"
    return None


_KINDS: dict[str, Callable[[str, Cell], Fault | None]] = {
    "text": _text,
    "id": _id,
    "word": _word,
    "words": _several,
    "date": _date,
    "day": _day,
    "count": _count,
    "amount": _amount,
    "percent": _percent,
    "year": _year,
    "currency": _currency,
    "country": _country,
    "jurisdiction": _jurisdiction,
    "url": _url,
}
