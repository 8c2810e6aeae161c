"""How well a value looks like a number that was given to somebody: cards, accounts, identifiers; 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from leakkit.pii.columns.looks.written import DIGITS, FLOAT, is_date

_IBAN = re.compile(r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}$", re.I)
_CARD = re.compile(r"\d(?:[ -]?\d){11,18}$")
_GROUPED = re.compile(r"\d\d(?:[ -]?\d{4}){6}$|\d{3,9} ?/ ?\d{5,17}$|\d{4}(?:[ -]?\d{4}){4}$")
_HIDDEN = re.compile(r"(?<=[\w*•])[ .\-]?[*•]|[*•](?=[*•]*[ .\-]?\d)")
"""What was put in the place of digits of a number of which others stand."""
_ID = re.compile(r"(?=(?:.*\d){3})[\w][\w\s./\-]{3,27}$")


def card(value: str) -> float:
    """Say how far a value looks like the number of a card, masked ones less."""
    digits = DIGITS.findall(value)
    if not _CARD.match(value) or not 12 <= len(digits) <= 19:
        return 0.4 if re.match(r"[\dXx*•]{4}[ -]?[\dXx*•]{4,}[ -]?[\dXx*• -]{4,}$", value) else 0.0
    if len(digits) == 15 and value.startswith("35"):
        return 0.35
    return (
        1.0
        if luhn.checksum("".join(str(int(digit)) for digit in digits)) == 0 and digits[0] in "23456"
        else 0.35
    )


def _is_iban(value: str) -> bool:
    """Check the digits of an IBAN by ISO 13616-1."""
    bare = value.replace(" ", "").replace("-", "").upper()
    return bare.isascii() and bool(mod_97_10.checksum(bare[4:] + bare[:4]) == 1)


def iban(value: str) -> float:
    """Say how far a value looks like an international number of an account."""
    if not _IBAN.match(value) or not 14 <= len(value.replace(" ", "")) <= 36:
        return 0.0
    return 1.0 if _is_iban(value) else 0.7


def account(value: str) -> float:
    """Say how far a value looks like the number of an account, alone or behind that of its bank, in groups or not."""
    if _GROUPED.match(value):
        return 0.8
    return _number_of_account(value)


def number_of(least: int, most: int, score: float) -> Callable[[str], float]:
    """Make a check for identifiers with so many digits or letters."""

    def check(value: str) -> float:
        if "*" in value or "•" in value:
            value = _HIDDEN.sub("0", value)
        length = sum(c.isalnum() for c in value)
        if not least <= length <= most or not _ID.match(value) or FLOAT.match(value) or value.count(" ") > 5:
            return 0.0
        return score if not is_date(value) else 0.3

    return check


_number_of_account = number_of(5, 24, 0.7)
