"""Checks of identifiers of the Americas that python-stdnum lacks or checks less strictly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakkit.pii.validators.checksums import digits, flat, luhn, weighted

_NEVER_ISSUED_SSN = frozenset({"078051120", "219099999", "457555462", "123456789", "111111111", "222222222"})


def ssn(text: str) -> bool | None:
    """Say whether nine digits are a social security number by the rules since 2011.

    False: area 000, 666 or 900 to 999, group 00, serial 0000. None: 123-45-6789 and published numbers.
    """
    number = digits(text)
    if len(number) != 9 or number[:3] in ("000", "666") or number[0] == "9":
        return False
    if number[3:5] == "00" or number[5:] == "0000" or len(set(number)) == 1:
        return False
    return None if number in _NEVER_ISSUED_SSN else True


def ssn_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many texts."""
    return [ssn(text) for text in texts]


def us_mbi(text: str) -> bool:
    """Say whether eleven characters follow the form of a Medicare beneficiary identifier (CMS, 2018)."""
    letter = "[AC-HJKMNP-RT-Y]"
    either = "[0-9AC-HJKMNP-RT-Y]"
    return bool(
        re.fullmatch(f"[1-9]{letter}{either}[0-9]{letter}{either}[0-9]{letter}{{2}}[0-9]{{2}}", flat(text))
    )


def us_npi(text: str) -> bool:
    """Say whether ten digits pass the check of a national provider identifier (Luhn after 80840)."""
    number = digits(text)
    return len(number) == 10 and number[0] in "12" and luhn("80840" + number)


def us_dea(text: str) -> bool:
    """Say whether two letters and seven digits pass the check of a DEA registration."""
    number = digits(text)
    if len(number) != 7:
        return False
    total = weighted(number[0:6:2], (1, 1, 1)) + 2 * weighted(number[1:6:2], (1, 1, 1))
    return total % 10 == int(number[6])


def ca_health(text: str) -> bool | None:
    """Say whether ten digits pass Luhn (Ontario, British Columbia from 9); None where provinces have no check."""
    number = digits(text)
    if len(number) == 10:
        return luhn(number)
    return None if 8 <= len(number) <= 12 else False


def mx_nss(text: str) -> bool:
    """Say whether eleven digits are a Mexican social security number (Luhn)."""
    return len(digits(text)) == 11 and luhn(text)


def br_cnh(text: str) -> bool:
    """Say whether eleven digits are a Brazilian driving licence (two check digits)."""
    number = digits(text)
    if len(number) != 11 or len(set(number)) == 1:
        return False
    first = weighted(number, range(9, 0, -1)) % 11
    less = 2 if first >= 10 else 0
    first = 0 if first >= 10 else first
    second = (weighted(number, range(1, 10)) % 11) - less
    second = second + 11 if second < 0 else second
    second = 0 if second >= 10 else second
    return number[9:] == f"{first}{second}"


def br_pis(text: str) -> bool:
    """Say whether eleven digits are a Brazilian PIS/PASEP/NIT/NIS number."""
    number = digits(text)
    if len(number) != 11 or len(set(number)) == 1:
        return False
    rest = 11 - weighted(number, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return int(number[10]) == (0 if rest > 9 else rest)


def br_voter(text: str) -> bool:
    """Say whether twelve digits are a Brazilian voter's number (título eleitoral)."""
    number = digits(text)
    if len(number) != 12 or not 1 <= int(number[8:10]) <= 28:
        return False
    first = weighted(number, range(2, 10)) % 11 % 10
    second = (weighted(number[8:10], (7, 8)) + first * 9) % 11 % 10
    return number[10:] == f"{first}{second}"


def uy_ci(text: str) -> bool:
    """Say whether seven or eight digits are an Uruguayan identity card (weights 2 9 8 7 6 3 4)."""
    number = digits(text).zfill(8)
    return len(number) == 8 and (10 - weighted(number, (2, 9, 8, 7, 6, 3, 4)) % 10) % 10 == int(number[7])


def co_cedula(text: str) -> bool | None:
    """Say False of a wrong length; a Colombian cédula carries no check digit."""
    return None if len(digits(text)) in (6, 7, 8, 10) else False


def cl_run(text: str) -> bool:
    """Say whether digits and a letter are a Chilean RUN or RUT."""
    from stdnum.cl import rut

    return bool(rut.is_valid(flat(text)))


def pe_dni(text: str) -> bool | None:
    """Say False of a wrong length; with the check character a Peruvian DNI is told by python-stdnum."""
    from stdnum.pe import cui

    number = flat(text)
    return bool(cui.is_valid(number)) if len(number) == 9 else (None if len(number) == 8 else False)


def br_cns(text: str) -> bool:
    """Say whether 15 digits are the number of a health card of Brazil (Cartão Nacional de Saúde), lasting or not."""
    number = digits(text)
    if len(number) != 15 or number[0] not in "12789":
        return False
    return weighted(number, range(15, 0, -1)) % 11 == 0
