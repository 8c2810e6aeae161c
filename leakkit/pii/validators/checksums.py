"""Check digits shared by many numbers: Luhn (one and many), Verhoeff, mod 97, mod 11, ISO 7064."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

_NOT_DIGIT = re.compile(r"[^0-9]+")
_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], dtype=np.int64)

MOST_KEPT = 32_768
"""Answers that a check remembers: enough for values that come again, bounded where they do not."""


def digits(text: str) -> str:
    """Give the ASCII digits of a text."""
    return _NOT_DIGIT.sub("", text)


def flat(text: str) -> str:
    """Give the letters and digits of a text in upper case."""
    return re.sub(r"[^0-9A-Z]+", "", text.upper())


def luhn(text: str) -> bool:
    """Say whether the digits pass the Luhn check (ISO/IEC 7812-1, annex B) and are not all alike."""
    number = digits(text)
    if len(number) < 2 or len(set(number)) == 1:
        return False
    total = sum(int(digit) for digit in number[-1::-2])
    return (total + sum(int(_DOUBLED[int(digit)]) for digit in number[-2::-2])) % 10 == 0


def luhn_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many texts at once."""
    numbers = [digits(text)[:64] for text in texts]
    if not numbers:
        return []
    width = max(max(map(len, numbers)), 2)
    packed = "".join(number.rjust(width, "0") for number in numbers).encode()
    table = np.frombuffer(packed, np.uint8).reshape(-1, width).astype(np.int64) - 48
    doubled = np.arange(width) % 2 == width % 2
    total = np.where(doubled, _DOUBLED[table], table).sum(axis=1)
    varied = [len(set(number)) > 1 for number in numbers]
    return [bool(a) and b for a, b in zip(total % 10 == 0, varied, strict=True)]


def weighted(number: str, weights: Sequence[int]) -> int:
    """Give the sum of digits times weights; extra digits or weights are left out."""
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def mod97(text: str) -> bool:
    """Say whether the text passes ISO 7064 mod 97-10 as an IBAN does (first four characters moved last)."""
    value = flat(text)
    moved = value[4:] + value[:4]
    return len(value) > 4 and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def verhoeff_11(text: str) -> bool:
    """Say whether eleven or more digits pass the Verhoeff check."""
    from stdnum import verhoeff

    number = digits(text)
    return len(number) >= 11 and bool(verhoeff.is_valid(number))


def check_731(text: str) -> int:
    """Give the check digit of a line of a travel document (ICAO 9303: weights 7, 3, 1; ``<`` is 0)."""
    return sum((0 if c == "<" else int(c, 36)) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10


def real_date(year: int, month: int, day: int) -> bool:
    """Say whether a day exists in the calendar."""
    import datetime

    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def real_day(day: int, month: int) -> bool:
    """Say whether a day and month exist in some year."""
    return real_date(2000, month, day)
