"""One writing for each value, whatever way a leak writes it, so that equal values get equal keys.

`normalise` gives the form that is hashed, `value_class` the kind of value it is compared within.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

from leakkit.pii.detector import entities
from leakkit.pii.masking.addresses import plain_address
from leakkit.pii.masking.ipv6 import groups_of, shortest

_CLASSES = {
    "US_SSN": "id",
    "EMPLOYEE_ID": "employee",
    "DRIVER_LICENSE": "licence",
    "BANK_ACCOUNT": "account",
    "ROUTING_NUMBER": "routing",
    "SOCIAL_PROFILE": "profile",
    "LICENSE_PLATE": "plate",
    "DATE_OF_BIRTH": "birth",
}
TITLES = frozenset(
    "dr prof professor mr mrs ms mx herr frau mme mlle monsieur madame sra srta dipl phd esq revd reverend dhr mevr "
    "mevrouw meneer docteur господин госпожа госпожо доктор".split()
)
PERHAPS_TITLES = frozenset(
    "miss sir dame hr fr m sr don dona ing med md jr senior junior rev capt lt sgt pan pani ir drs mag "
    "nurse coach officer pastor deacon rabbi imam judge justice atty attorney engr hon cllr schwester lic arq dra eng "
    "avv dott dottssa geom mgr inz mudr judr sayin bay bayan abogado abogada licenciado licenciada "
    "أ د م الأستاذ الأستاذة الدكتور الدكتورة المهندس المهندسة المستشار المستشارة".split()
)
"""Taken for titles only where two more words are left: "Don Miller" is no Mr Miller."""
ANY_TITLES = TITLES | PERHAPS_TITLES | {"al", "el"}
_ARTICLE = re.compile(r"(?<![^\W_])[ae]l-(?=[^\W\d_]{2})|(?<=[^\W\d_] )[ae]l (?=[^\W\d_])")
"""Arabic's article in Latin letters, written in two ways or not at all: "Al-Sisi", "El Sisi"."""

TITLE_IN_SIGNS = re.compile(
    r"(?<=.)(?:先生|女士|小姐|太太|老师|师傅|经理|主任|医生|教授|同学|씨|님|선생님|교수님|さん|さま|様|殿)$"
)
"""Titles behind a name in Chinese, Japanese or Korean signs, without a blank."""

CALLING_CODES: frozenset[str] = frozenset(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 "
    "86 90 91 92 93 94 95 98".split()
)
"""Country calling codes of one and two digits (ITU-T E.164); every other one has three."""

CODES_BEFORE_NINE: frozenset[str] = frozenset("27 31 32 33 34 36 40 41 46 48 60 61 66 84".split())
"""Calling codes of countries whose numbers have nine digits: eleven digits that begin so have the code in them."""

CODES_LIKE_NUMBERS: frozenset[str] = frozenset("81 82".split())
"""Calling codes that long numbers of Indonesia begin with, without being one."""

TRUNK_EIGHT = "89"
"""How mobile numbers of Russia and Kazakhstan begin with their trunk prefix; no calling code is 89."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen sty led", "feb fév fev lut úno", "mar mär mrz brz", "apr avr abr kwi dub",
            "may mai mag maj mei kvě", "jun jui giu cze juin čer", "jul lug lip juil", "aug aoû ago sie srp",
            "sep set wrz zář", "oct okt ott out paź říj", "nov lis", "dec dez déc dic gru pro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
LONGEST_DOMAIN = 253
"""Characters of the longest domain there can be (RFC 1035)."""

LONGEST_DATE = 48
"""Characters of a date that are looked at."""

_NOT_DIGIT, _NOT_WORD = re.compile(r"\D+"), re.compile(r"(?:[^\w\u0900-\u109f\u1780-\u17d3]|_)+")
"""Vowels of Indic scripts, Thai and their like are marks: no letters for Unicode, but parts of words."""
_NOT_ALNUM, _BLANKS = re.compile(r"[^0-9A-Za-z]+"), re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FROM_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "þ": "th"}
)


@lru_cache(maxsize=512)
def value_class(entity: str) -> str:
    """Give the kind of value that `entity` is compared within: one for all government and health numbers.

    Tools and files name the same number differently (``NATIONAL_ID``, ``DE_TAX_ID``); its key must not.
    """
    known = entities().get(entity)
    return _CLASSES.get(entity) or (known.common.lower().replace("national_id", "id") if known else entity)


def folded(word: str) -> str:
    """Give a word in lower case without accents: ``Nuñez`` as ``nunez``, ``Weiß`` as ``weiss``."""
    return word.lower() if word.isascii() else _folded(word)


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    """Give the same of a word with other letters; the marks of Indic ones are none of accents."""
    parts = unicodedata.normalize("NFKD", word.casefold()).translate(_FROM_LETTERS)
    return "".join(c for c in parts if not unicodedata.combining(c) or "\u0900" <= c <= "\u0d7f")


def name_words(text: str) -> list[str]:
    """Give the words of a name in lower case, "Family, Given" turned round, titles and Arabic's article left out."""
    text = _ARTICLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    family, comma, given = text.partition(",")
    words = _NOT_WORD.sub(" ", f"{given} {family}" if comma and given.strip() else text).split()
    words = [word for word in words if word not in TITLES] or words
    if words and not words[-1].isascii():
        words[-1] = TITLE_IN_SIGNS.sub("", words[-1])
    kept = [word for word in words if word not in PERHAPS_TITLES]
    return kept if len(kept) > 1 else words


def _name(text: str) -> str:
    """Order the words, so that a family name put first makes no other person."""
    return " ".join(sorted(name_words(text)))


def _email(text: str) -> str:
    """Lower the case of an address; an international domain in its ASCII form."""
    local, at, domain = unicodedata.normalize("NFKC", plain_address(text.strip())).rpartition("@")
    local = local.removeprefix("mailto:").removeprefix("MAILTO:").strip("<>\"' ").lower()
    domain = domain.strip("<>\"'. ").lower()
    if not domain.isascii() and len(domain) <= LONGEST_DOMAIN:
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}" if at else domain


def in_ascii_digits(text: str) -> str:
    """Write digits of other scripts as those of ASCII ("٠٥١" as "051")."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _phone(text: str) -> str:
    """Give the national significant number: without calling code and trunk zero, as far as they are told."""
    text = in_ascii_digits(text)
    head, cross, _ = text.partition("x") if "x" in text else (text, "", "")
    text = head.replace("(0)", "").strip()
    digits = _NOT_DIGIT.sub("", text)
    international = text.lstrip("( ").startswith("+") or digits.startswith("00")
    international = international or _begins_with_code(digits)
    digits = digits.lstrip("0")
    if international:
        length = next((n for n in (1, 2) if digits[:n] in CALLING_CODES), 3)
        digits = digits[length:].lstrip("0")
    elif len(digits) == 11 and digits[:2] == TRUNK_EIGHT and len(digits) == len(_NOT_DIGIT.sub("", text)):
        digits = digits[1:]
    if len(digits) == 11 and digits[0] == "1" and digits[1] > "1" and digits[2] != "9" and digits[4] > "1":
        # North America's own trunk prefix; no area code there has a nine in its middle, as "(11) 9...-...." has.
        # Mobile numbers of China may look so without their code: with it, too, they lose the one.
        digits = digits[1:]
    return digits


def _begins_with_code(digits: str) -> bool:
    """Tell whether a number without sign or zero is long enough to begin with its calling code (an MSISDN).

    Eleven digits whose third is a nine are left alone: mobile numbers of Brazil are written so, without a code.
    """
    if 12 <= len(digits) <= 15:
        return digits[0] not in "01" and digits[:2] not in CODES_LIKE_NUMBERS
    if len(digits) != 11 or digits[2] == "9":
        return False
    return digits[:2] in CODES_BEFORE_NINE or (digits[0] == "7" and digits[1] in "3479")


def _digits(text: str) -> str:
    """Keep the digits alone."""
    return _NOT_DIGIT.sub("", in_ascii_digits(text))


def _identifier(text: str) -> str:
    """Keep letters and digits, in upper case."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", in_ascii_digits(text))
    return _NOT_ALNUM.sub("", plain).upper()


def _plain(text: str) -> str:
    """Fold case and width, collapse blanks."""
    if text.isascii():
        return _BLANKS.sub(" ", text.lower()).strip()
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _words(text: str) -> str:
    """Keep the words in lower case: punctuation and accents of an address vary."""
    return " ".join(_NOT_WORD.sub(" ", folded(_plain(text))).split())


def _exact(text: str) -> str:
    """Keep every character: a secret's case counts."""
    return text.strip()


def _address(text: str) -> str:
    """Write an IP address in its shortest form."""
    bare = text.strip().strip("[]").partition("%")[0]
    if groups := groups_of(bare):
        return shortest(groups)
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return text.strip().lower()


def _date(text: str) -> str:
    """Write a date as year and two sorted numbers: 3/4/1985 is the same date here and there."""
    text = in_ascii_digits(text[:LONGEST_DATE])
    words = [folded(word)[:4] for word in _LETTERS.findall(text)]
    month = next((_MONTHS.get(w[:3]) or _MONTHS.get(w) for w in words if w[:3] in _MONTHS or w in _MONTHS), 0)
    numbers = [n for n in re.split(r"\D+", text) if n]
    if len(numbers) == 1 and len(numbers[0]) == 8:
        whole = numbers[0]
        numbers = (
            [whole[:4], whole[4:6], whole[6:]]
            if whole[:2] in ("18", "19", "20")
            else [whole[:2], whole[2:4], whole[4:]]
        )
    year = next((n for n in numbers[:3] if len(n) == 4), "")
    rest = [int(n) for n in numbers if n != year][: 1 if month else 2]
    if not year and numbers:
        year = _century(numbers[-1])
        rest = [int(n) for n in numbers[:-1]][: 1 if month else 2]
    rest = sorted([*rest, month] if month else rest)
    return "-".join([year, *(f"{n:02d}" for n in rest)]) if rest else _plain(text)


def _century(year: str) -> str:
    """Fill up a year of two digits; 00 to 25 are of this century."""
    return year if len(year) != 2 else f"{'20' if int(year) <= 25 else '19'}{year}"


_FORMS: dict[str, Callable[[str], str]] = {
    "person": _name,
    "email": _email,
    "phone": _phone,
    "credit_card": _digits,
    "iban": _identifier,
    "account": _identifier,
    "routing": _identifier,
    "id": _identifier,
    "passport": _identifier,
    "licence": _identifier,
    "employee": _identifier,
    "plate": _identifier,
    "vehicle": _identifier,
    "mac": _identifier,
    "device_id": _identifier,
    "secret": _exact,
    "crypto": _exact,
    "ip": _address,
    "birth": _date,
    "date": _date,
    "location": _words,
    "organization": _words,
}


def normalise(entity: str, text: str) -> str:
    """Give the form of a value that its key is made of.

    E-mail in lower case (an international domain in ASCII; dots and ``+tags`` stay, as only some hosts
    ignore them); phones as national significant number, so that ``+44 20 7946 0888`` and
    ``020 7946 0888`` are one (two countries' numbers may then be one, too), also where the calling code
    stands without its sign (``442079460888``); cards and numbers without
    their signs; names folded, without titles, their words sorted ("Family, Given"); dates as year and
    two sorted numbers; addresses as bare words; secrets as they are; everything else with case and
    blanks folded.

    Examples
    --------
    >>> normalise("PHONE", "+44 (0)20 7946 0888") == normalise("PHONE", "020 7946 0888")
    True
    >>> normalise("PERSON", "Dr. GARCÍA, Marta"), normalise("EMAIL", "Ann.Lee@Example.COM")
    ('garcía marta', 'ann.lee@example.com')
    >>> normalise("DATE_OF_BIRTH", "19 March 1951"), normalise("DATE_OF_BIRTH", "03/19/1951")
    ('1951-03-19', '1951-03-19')
    """
    return _FORMS.get(value_class(entity), _plain)(text) or _plain(text)


def form_of(entity: str) -> Callable[[str], str]:
    """Give the function that writes values of an entity in one way; empty results mean "as it is"."""
    return _FORMS.get(value_class(entity), _plain)
