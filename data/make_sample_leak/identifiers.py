"""Numbers with right check digits that belong to nobody: test ranges, banks and areas that do not exist.

Where an authority keeps a range for tests it is used; data/README.md says what is done for each.
"""

from __future__ import annotations

from datetime import date

import numpy as np


def digits(random: np.random.Generator, count: int) -> str:
    """Give a string of random digits."""
    return "".join(str(int(d)) for d in random.integers(0, 10, count))


def luhn_digit(number: str) -> str:
    """Give the Luhn check digit of a number that lacks it."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def card(random: np.random.Generator) -> str:
    """Give a card number of a test prefix (400000): right length and check digit, issued by no bank."""
    body = "400000" + digits(random, 9)
    return body + luhn_digit(body)


DOCUMENTED_CARDS = ("4242424242424242", "5555555555554444", "378282246310005", "6011111111111117")
"""Numbers that payment companies print in their manuals: placeholders."""

DOCUMENTED_SSNS = ("987-65-4320", "987-65-4321", "078-05-1120")
"""Kept for advertisements, or famous for having been printed on a wallet's sample card: placeholders."""


def iban(random: np.random.Generator, country: str) -> str:
    """Give an account number with right check digits at a bank that does not exist."""
    if country == "GB" or country == "IE":
        body = "FNMR" + "00" + digits(random, 12)
    elif country == "DE":
        body = "00" + digits(random, 6) + digits(random, 10)
    elif country == "FR":
        bank, branch, account = "99999", "0" + digits(random, 4), digits(random, 11)
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        body = f"{bank}{branch}{account}{key:02d}"
    elif country == "SE":
        body = "000" + digits(random, 17)
    else:
        return ""
    as_number = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(as_number) % 97:02d}{body}"


def _nhs(random: np.random.Generator) -> str:
    """Give an NHS number of the test range 999."""
    while True:
        body = "999" + digits(random, 6)
        check = 11 - sum(int(d) * weight for d, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            number = body + str(check % 11)
            return f"{number[:3]} {number[3:6]} {number[6:]}"


def _steuer_id(random: np.random.Generator) -> str:
    """Give a German tax number with the leading 0 of test numbers and one digit that occurs twice."""
    others = [int(d) for d in random.permutation(np.arange(1, 10))[:8]]
    body = [0, *others, others[0]]
    product = 10
    for digit in body:
        total = (digit + product) % 10 or 10
        product = 2 * total % 11
    return "".join(map(str, body)) + str((11 - product) % 10)


def _nir(random: np.random.Generator, born: date, gender: str) -> str:
    """Give a French social security number of a département that does not exist (00)."""
    first = "2" if gender == "f" else "1"
    body = f"{first}{born:%y%m}00{digits(random, 6)}"
    return f"{body}{97 - int(body) % 97:02d}"


def _ssn(random: np.random.Generator) -> str:
    """Give a US number of an area that was never issued before 2011 (773 to 899)."""
    area, group, serial = random.integers(773, 900), random.integers(1, 100), random.integers(1, 10_000)
    return f"{area}-{group:02d}-{serial:04d}"


def _personnummer(random: np.random.Generator, born: date) -> str:
    """Give a Swedish number whose serial lies in 980 to 989, the range kept for tests."""
    body = f"{born:%y%m%d}98{digits(random, 1)}"
    return f"{born:%Y%m%d}-98{body[-1]}{luhn_digit(body)}"


def government_id(random: np.random.Generator, country: str, born: date, gender: str) -> tuple[str, str]:
    """Give (kind, number) of a government identifier, empty where none is invented for the country."""
    if country == "GB":
        return "UK_NHS", _nhs(random)
    if country == "US":
        return "US_SSN", _ssn(random)
    if country == "DE":
        return "DE_TAX_ID", _steuer_id(random)
    if country == "FR":
        return "FR_NIR", _nir(random, born, gender)
    if country == "SE":
        return "SE_PERSONNUMMER", _personnummer(random, born)
    return "", ""


ADDRESS_BLOCKS = {"customer": "203.0.113", "second": "198.51.100", "staff": "192.0.2"}
"""The three IPv4 blocks of RFC 5737."""


def ip_address(random: np.random.Generator, block: str = "customer") -> str:
    """Give an address of a block kept for documentation; one in eight customers has IPv6 (RFC 3849)."""
    if block == "customer" and random.random() < 0.125:
        parts = [f"{int(p):x}" for p in random.integers(1, 65_536, 4)]
        return "2001:db8:" + ":".join(parts[:2]) + "::" + parts[2]
    return f"{ADDRESS_BLOCKS[block]}.{int(random.integers(1, 255))}"
