"""Checks of cards, accounts and bank codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from leakkit.pii.validators.checksums import MOST_KEPT, digits, flat, luhn, luhn_many
from leakkit.pii.weighing.memory import remembered

# Issuer identification numbers: first and last prefix, lengths. ISO/IEC 7812 and the schemes' public pages.
_RANGES = (
    ("4", "4", (13, 16, 19)),  # Visa, Electron, Dankort (4571), Elo (4011 ...)
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),  # Mastercard, 2-series
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("6011", "6011", (16, 17, 18, 19)),  # Discover
    ("644", "659", (16, 17, 18, 19)),  # Discover, RuPay 65, Troy 65, Verve 6500, Elo 6504 ...
    ("300", "305", (14, 15, 16, 17, 18, 19)),  # Diners Club
    ("3095", "3095", (14, 15, 16, 17, 18, 19)),
    ("36", "36", (14, 15, 16, 17, 18, 19)),
    ("38", "39", (14, 15, 16, 17, 18, 19)),
    ("3528", "3589", (16, 17, 18, 19)),  # JCB
    ("35", "35", (16,)),  # the whole of 35, as generators of test cards use it
    ("2131", "2131", (15,)),  # JCB, old
    ("1800", "1800", (15,)),
    ("62", "62", (16, 17, 18, 19)),  # UnionPay, Discover
    ("81", "82", (16, 17, 18, 19)),  # UnionPay 81, RuPay 81 and 82
    ("50", "50", (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro, Verve 5060 ..., Elo 5090 ..., RuPay 508
    ("56", "58", (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    ("60", "60", (16,)),  # RuPay 60, Hipercard 6062
    ("61", "61", (16,)),
    ("63", "63", (12, 13, 14, 15, 16, 17, 18, 19)),  # InstaPayment 637 to 639, Maestro, Elo 6362
    ("64", "69", (12, 13, 16, 18, 19)),  # Maestro 67, LankaPay, UkrCard, BORICA
    ("2200", "2204", (16, 17, 18, 19)),  # Mir
    ("2205", "2205", (16,)),  # BORICA
    ("9792", "9792", (16,)),  # Troy
    ("9", "9", (16,)),  # national schemes: Belkart 9112, Uzcard 8600 apart, Humo 9860
    ("8600", "8600", (16,)),  # Uzcard
    ("1", "1", (15,)),  # UATP
)


def in_card_range(number: str) -> bool:
    """Say whether a card number begins and is as long as some scheme issues them."""
    return any(len(number) in lengths and low <= number[: len(low)] <= high for low, high, lengths in _RANGES)


def card(text: str) -> bool:
    """Say whether the digits are in an issued range, of its length, and pass Luhn."""
    number = digits(text)
    return not _is_decimal(text) and in_card_range(number) and len(set(number)) > 1 and luhn(number)


def card_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many texts at once."""
    numbers = [digits(text) for text in texts]
    ranges = [
        not _is_decimal(text) and in_card_range(number) for text, number in zip(texts, numbers, strict=True)
    ]
    return [a and bool(b) for a, b in zip(ranges, luhn_many(numbers), strict=True)]


def _is_decimal(text: str) -> bool:
    """Say whether digits are a fraction; dots between all groups part a number as blanks do."""
    return text.startswith(".") or text.count(".") == 1


def card_security_code(text: str) -> bool:
    """Say whether three or four digits are no round example."""
    return len(digits(text)) in (3, 4) and digits(text) not in {"000", "0000"}


@cache
def _iban_lengths() -> dict[str, int]:
    """Give the length of an IBAN by country, from python-stdnum's copy of the registry."""
    from stdnum import numdb

    found = {}
    for country in _IBAN_COUNTRIES.split():
        info = numdb.get("iban").info(country)[0][1]
        if "bban" in info:
            found[country] = 4 + sum(int(n) for n in re.findall(r"(\d+)!", info["bban"]))
    return found


_IBAN_COUNTRIES = """AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL
GR GT HN HR HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU
SA SC SD SE SI SK SM SO ST SV TL TN TR UA VA VG XK YE"""


@remembered(MOST_KEPT)
def iban_any(text: str) -> bool:
    """Say whether a text has the length of its country's IBAN and passes mod 97 (ISO 13616, ISO 7064)."""
    value = flat(text)
    if _iban_lengths().get(value[:2]) != len(value) or not value[2:4].isdigit():
        return False
    moved = value[4:] + value[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def iban_any_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many texts."""
    return [iban_any(text) for text in texts]


def bic_country(text: str) -> bool:
    """Say whether a business identifier code (ISO 9362) has a country in its fifth and sixth letters."""
    value = text.strip().upper()
    return bool(re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", value)) and value[4:6] in _countries()


@cache
def _countries() -> frozenset[str]:
    """Give the ISO 3166-1 alpha-2 codes."""
    import phonenumbers

    return frozenset(phonenumbers.SUPPORTED_REGIONS) | {"XK", "AQ"}


def clabe(text: str) -> bool:
    """Say whether eighteen digits pass the check of a Mexican CLABE (weights 3, 7, 1)."""
    number = digits(text)
    if len(number) != 18:
        return False
    total = sum(int(d) * (3, 7, 1)[i % 3] % 10 for i, d in enumerate(number[:17]))
    return (10 - total % 10) % 10 == int(number[17])


def sort_code(text: str) -> bool | None:
    """Say False of six equal digits; the register of sort codes is not public."""
    number = digits(text)
    return None if len(number) == 6 and len(set(number)) > 1 else False


def au_bsb(text: str) -> bool | None:
    """Say whether an Australian BSB's state digit (the third) is one of 2 to 7 or a national 0, 1, 8, 9."""
    number = digits(text)
    return None if len(number) == 6 and len(set(number)) > 1 else False


def nz_account(text: str) -> bool:
    """Say whether a New Zealand account passes its bank's check (python-stdnum)."""
    from stdnum.nz import bankaccount

    number = digits(text)
    padded = number if len(number) == 16 else number[:13] + "0" + number[13:]
    return bool(bankaccount.is_valid(padded))
