"""Checks of travel documents' machine-readable lines, vehicles, codes of diseases, birth dates and ages."""

from __future__ import annotations

import re

from leakkit.pii.validators.checksums import check_731, real_date

_VIN_VALUES = {
    **{str(n): n for n in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _fields(line: str, *spans: tuple[int, int, int]) -> bool:
    """Say whether each span of a line has its check digit at the third position."""
    return all(line[at] in ("<", str(check_731(line[start:end]))) for start, end, at in spans)


def mrz_td3(text: str) -> bool:
    """Say whether the second line of a passport's zone passes its check digits (ICAO 9303-4)."""
    line = re.split(r"[\r\n]+|\\n", text.strip())[-1].strip()
    return len(line) == 44 and _fields(line, (0, 9, 9), (13, 19, 19), (21, 27, 27))


def mrz_td2(text: str) -> bool:
    """Say whether the second line of a TD2 document or visa passes its check digits (ICAO 9303-6)."""
    line = re.split(r"[\r\n]+|\\n", text.strip())[-1].strip()
    return len(line) == 36 and _fields(line, (0, 9, 9), (13, 19, 19), (21, 27, 27))


def mrz_td1(text: str) -> bool:
    """Say whether the first two lines of an identity card's zone pass their check digits (ICAO 9303-5)."""
    lines = [line.strip() for line in re.split(r"[\r\n]+|\\n", text.strip())]
    if len(lines) < 2 or len(lines[0]) != 30 or len(lines[1]) != 30:
        return False
    return _fields(lines[0], (5, 14, 14)) and _fields(lines[1], (0, 6, 6), (8, 14, 14))


def vin(text: str) -> bool | None:
    """Say whether seventeen characters are a vehicle's number (ISO 3779).

    True: the check digit holds. None: it does not, and the maker is outside North America and China,
    where it is not required. False: it does not hold there, or the form is not one.
    """
    value = text.strip().upper()
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", value) or not re.search(r"\d", value[11:]):
        return False
    if len(set(value)) < 6 or not re.search(r"[A-Z]", value) or not value[13:].isdigit():
        return False
    rest = sum(_VIN_VALUES[c] * w for c, w in zip(value, _VIN_WEIGHTS, strict=True)) % 11
    return True if value[8] == ("X" if rest == 10 else str(rest)) else None


def icd10(text: str) -> bool | None:
    """Say whether a code has the form of ICD-10 (or -CM); chapters U and beyond 99 are kept apart."""
    return None if re.fullmatch(r"[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?", text.strip().upper()) else False


def birth_date(text: str) -> bool | None:
    """Say whether a date exists and lies between 1900 and 2030; None where the month is a word."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text.strip())
    if compact:
        numbers = [int(part) for part in compact.groups()]
    if len(numbers) != 3:
        return None
    year = next((n for n in numbers if n > 31), numbers[2])
    rest = numbers[1:] if year == numbers[0] else numbers[:2]
    if len(rest) != 2:
        return False
    year = year if year > 99 else 1900 + year
    pairs = ((rest[0], rest[1]), (rest[1], rest[0]))
    return 1890 <= year <= 2035 and any(real_date(year, month, day) for month, day in pairs)


def age(text: str) -> bool:
    """Say whether a number is an age people reach."""
    found = re.search(r"\d{1,3}", text)
    return found is not None and 0 < int(found.group()) <= 118
