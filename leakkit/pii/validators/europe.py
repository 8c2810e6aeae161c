"""Checks of European identifiers that python-stdnum lacks, or for which two forms are in use."""

from __future__ import annotations

import re

from leakkit.pii.validators.checksums import digits, flat, luhn, real_date, real_day, weighted


def uk_nino(text: str) -> bool:
    """Say whether prefix and suffix of a national insurance number are ones HMRC allots."""
    value = flat(text)
    if not re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?", value):
        return False
    return value[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"} and len(set(value[2:8])) > 1


def uk_chi(text: str) -> bool:
    """Say whether ten digits are a Scottish community health index number (birth date, mod 11)."""
    number = digits(text).zfill(10)
    if len(number) != 10 or not real_day(int(number[:2]), int(number[2:4])):
        return False
    check = 11 - weighted(number, range(10, 1, -1)) % 11
    return int(number[9]) == (0 if check == 11 else check)


def uk_driver(text: str) -> bool:
    """Say whether sixteen characters are a British driving licence number (birth date inside)."""
    value = flat(text)
    if not re.fullmatch(r"[A-Z9]{5}\d{6}[A-Z9]{2}[0-9A-Z][A-Z]{2}", value):
        return False
    month = int(value[6:8]) - (50 if value[6] in "56" else 0)
    return real_day(int(value[8:10]), month) if 1 <= month <= 12 else False


def de_rvnr(text: str) -> bool:
    """Say whether twelve characters are a German pension insurance number (VKVV, section 4)."""
    value = flat(text)
    if not re.fullmatch(r"\d{8}[A-Z]\d{3}", value):
        return False
    letter = f"{ord(value[8]) - 64:02d}"
    number = value[:8] + letter + value[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(sum(map(int, str(int(d) * w))) for d, w in zip(number, weights, strict=True))
    return total % 10 == int(value[11]) and 1 <= int(value[4:6]) % 20 <= 12


def de_kvnr(text: str) -> bool:
    """Say whether a letter and nine digits are a German health insurance number (modified Luhn)."""
    value = flat(text)
    if not re.fullmatch(r"[A-Z]\d{9}", value):
        return False
    number = f"{ord(value[0]) - 64:02d}" + value[1:9]
    total = sum(sum(map(int, str(int(d) * (1 + i % 2)))) for i, d in enumerate(number))
    return total % 10 == int(value[9])


def de_idcard(text: str) -> bool:
    """Say whether ten characters are a German identity card or passport number with its check digit."""
    value = flat(text)
    if not re.fullmatch(r"[CFGHJKLMNPRTVWXYZ0-9]{9}\d", value):
        return False
    return sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(value[:9])) % 10 == int(value[9])


def hu_taj(text: str) -> bool:
    """Say whether nine digits are a Hungarian social security number (weights 3 and 7)."""
    number = digits(text)
    return len(number) == 9 and weighted(number, (3, 7) * 4) % 10 == int(number[8]) and len(set(number)) > 1


def hu_tax(text: str) -> bool:
    """Say whether ten digits beginning with 8 are a Hungarian person's tax number."""
    number = digits(text)
    return len(number) == 10 and number[0] == "8" and weighted(number, range(1, 10)) % 11 == int(number[9])


def es_nss(text: str) -> bool:
    """Say whether eleven or twelve digits are a Spanish social security number (mod 97)."""
    number = digits(text)
    if len(number) not in (11, 12) or not 1 <= int(number[:2]) <= 66:
        return False
    middle = number[2:-2]
    whole = int(number[:2] + (str(int(middle)) if len(middle) == 8 and middle[0] == "0" else middle))
    return whole % 97 == int(number[-2:])


def pt_niss(text: str) -> bool:
    """Say whether eleven digits are a Portuguese social security number (prime weights)."""
    number = digits(text)
    if len(number) != 11 or number[0] not in "12":
        return False
    return 9 - weighted(number, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10 == int(number[10])


def lu_matricule(text: str) -> bool:
    """Say whether thirteen digits are a Luxembourg matricule (birth date, Luhn, Verhoeff)."""
    from stdnum import verhoeff

    number = digits(text)
    if len(number) != 13 or not real_date(int(number[:4]), int(number[4:6]), int(number[6:8])):
        return False
    return luhn(number[:12]) and bool(verhoeff.is_valid(number[:11] + number[12]))


def lv_pk(text: str) -> bool:
    """Say whether eleven digits are a Latvian personal code: old form with date and check, or new from 32."""
    from stdnum.lv import pvn

    number = digits(text)
    return len(number) == 11 and (number[:2] == "32" or bool(pvn.is_valid(number))) and number[0] in "0123"


def mt_id(text: str) -> bool | None:
    """Say whether digits and a letter have the form of a Maltese identity card; there is no check digit."""
    return None if re.fullmatch(r"\d{3,7}[MGAPLHBZ]", flat(text)) else False


def ch_ahv(text: str) -> bool:
    """Say whether thirteen digits are a Swiss AHV number (756, EAN check)."""
    from stdnum.ch import ssn

    return bool(ssn.is_valid(digits(text)))


def fi_hic(text: str) -> bool:
    """Say whether a text is a Finnish personal identity code, the century marks of 2023 included."""
    value = text.strip().upper()
    form = re.fullmatch(r"(\d\d)(\d\d)(\d\d)[-+ABCDEFUVWXY](\d{3})([0-9A-Z])", value)
    if not form or not real_day(int(form[1]), int(form[2])):
        return False
    rest = int(form[1] + form[2] + form[3] + form[4]) % 31
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[rest] == form[5]


def rs_jmbg(text: str) -> bool:
    """Say whether thirteen digits are a JMBG or EMŠO of the former Yugoslav republics."""
    number = digits(text)
    if len(number) != 13 or not real_day(int(number[:2]), int(number[2:4])):
        return False
    rest = weighted(number, (7, 6, 5, 4, 3, 2) * 2) % 11
    return rest != 1 and int(number[12]) == (0 if rest == 0 else 11 - rest)


def by_pin(text: str) -> bool:
    """Say whether fourteen characters are a Belarusian personal number (weights 7, 3, 1)."""
    value = flat(text)
    if not re.fullmatch(r"[1-6]\d{6}[ABCHKEM]\d{3}(?:PB|BA|BI)\d", value):
        return False
    return sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(value[:13])) % 10 == int(value[13])


def dk_cpr(text: str) -> bool | None:
    """Say whether ten digits begin with a day; None when the old check (dropped in 2007) does not hold."""
    number = digits(text)
    if len(number) != 10 or not real_day(int(number[:2]), int(number[2:4])):
        return False
    return True if weighted(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 else None


def se_pnr(text: str) -> bool:
    """Say whether ten or twelve digits are a Swedish personal or coordination number (day + 60; Luhn)."""
    number = digits(text)[-10:]
    if len(digits(text)) not in (10, 12) or len(number) != 10:
        return False
    day = int(number[4:6])
    return real_day(day - 60 if day > 60 else day, int(number[2:4])) and luhn(number)


def fr_nir(text: str) -> bool | None:
    """Say whether a French social security number passes its key; None without the key."""
    value = flat(text)
    number = value.replace("2A", "19", 1) if value[5:7] == "2A" else value
    number = number[:5] + "18" + number[7:] if value[5:7] == "2B" else number
    if not number.isdigit() or number[0] not in "123478":
        return False
    if len(number) == 13:
        return None
    return len(number) == 15 and 97 - int(number[:13]) % 97 == int(number[13:])


def at_svnr(text: str) -> bool:
    """Say whether ten digits are an Austrian social insurance number (check digit, birth date)."""
    number = digits(text)
    if len(number) != 10 or number[0] == "0" or not real_day(int(number[4:6]), min(int(number[6:8]), 12)):
        return False
    return weighted(number[:3] + number[4:], (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11 == int(number[3])


def es_plate(text: str) -> bool:
    """Say whether the letters of a Spanish plate are consonants as issued since 2000."""
    return bool(re.fullmatch(r"\d{4}[BCDFGHJ-NPR-TV-Z]{3}", flat(text)))
