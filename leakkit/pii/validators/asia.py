"""Checks of identifiers of Asia, Africa, the Gulf and Oceania that python-stdnum lacks."""

from __future__ import annotations

import re

from leakkit.pii.validators.checksums import digits, flat, luhn, real_date, weighted


def hk_id(text: str) -> bool:
    """Say whether letters and digits are a Hong Kong identity card number (mod 11)."""
    value = flat(text)
    if not re.fullmatch(r"[A-Z]{1,2}\d{6}[0-9A]", value):
        return False
    padded = value.rjust(9)
    total = sum((36 if c == " " else int(c, 36)) * (9 - i) for i, c in enumerate(padded[:8]))
    return (total + (10 if padded[8] == "A" else int(padded[8]))) % 11 == 0


def sg_nric(text: str) -> bool:
    """Say whether nine characters are a Singapore NRIC or FIN."""
    value = flat(text)
    if not re.fullmatch(r"[STFGM]\d{7}[A-Z]", value):
        return False
    total = weighted(value[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"T": 4, "G": 4, "M": 3}.get(value[0], 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "XWUTRQPNJLK"}.get(value[0], "XWUTRQPNMLK")
    rest = 10 - total % 11 if value[0] == "M" else total % 11
    return letters[rest] == value[8]


def tw_id(text: str) -> bool:
    """Say whether a letter and nine digits are a Taiwanese identity or resident number."""
    value = flat(text)
    if not re.fullmatch(r"[A-Z][1289A-D]\d{8}", value):
        return False
    codes = {letter: 10 + i for i, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}
    first = codes[value[0]]
    second = codes[value[1]] % 10 if value[1].isalpha() else int(value[1])
    total = first // 10 + first % 10 * 9 + second * 8 + weighted(value[2:], (7, 6, 5, 4, 3, 2, 1, 1))
    return total % 10 == 0


def ru_snils(text: str) -> bool:
    """Say whether eleven digits are a Russian social insurance number."""
    number = digits(text)
    if len(number) != 11 or number[:9] == "000000000":
        return False
    return weighted(number, range(9, 0, -1)) % 101 % 100 == int(number[9:])


def kz_iin(text: str) -> bool:
    """Say whether twelve digits are a Kazakh individual number (birth date, two rounds of mod 11)."""
    number = digits(text)
    if len(number) != 12 or not real_date(2000, int(number[2:4]) or 99, int(number[4:6])):
        return False
    rest = weighted(number, range(1, 12)) % 11
    if rest == 10:
        rest = weighted(number, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == int(number[11])


def ae_eid(text: str) -> bool:
    """Say whether fifteen digits from 784 are an Emirates identity number (year, Luhn)."""
    number = digits(text)
    return len(number) == 15 and number[:3] == "784" and 1900 <= int(number[3:7]) <= 2030 and luhn(number)


def sa_id(text: str) -> bool:
    """Say whether ten digits from 1 or 2 are a Saudi identity or residence number (Luhn)."""
    number = digits(text)
    return len(number) == 10 and number[0] in "12" and luhn(number)


def au_medicare(text: str) -> bool:
    """Say whether ten or eleven digits are an Australian Medicare number."""
    number = digits(text)
    if len(number) not in (10, 11) or number[0] not in "23456":
        return False
    return weighted(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])


def nz_nhi(text: str) -> bool:
    """Say whether a New Zealand health number passes the check of its old or new form (HISO 10046)."""
    value = flat(text)
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    if not re.fullmatch(rf"[{alphabet}]{{3}}(?:\d{{4}}|\d\d[{alphabet}]{{2}})", value):
        return False
    worth = [alphabet.index(c) + 1 if c.isalpha() else int(c) for c in value]
    total = sum(w * (7 - i) for i, w in enumerate(worth[:6]))
    if value[6].isdigit():
        return total % 11 != 0 and (11 - total % 11) % 10 == worth[6]
    return alphabet[(23 - total % 23) - 1] == value[6]


def vn_cccd(text: str) -> bool | None:
    """Say whether twelve digits begin with a Vietnamese province and a century digit; there is no check."""
    number = digits(text)
    return None if len(number) == 12 and 1 <= int(number[:3]) <= 96 else False


def ph_philsys(text: str) -> bool | None:
    """Say False of a wrong length; Philippine numbers carry no public check."""
    return None if len(digits(text)) in (10, 12, 16) else False


def eg_nid(text: str) -> bool | None:
    """Say whether fourteen digits hold a century digit, a birth date and an Egyptian governorate."""
    number = digits(text)
    if len(number) != 14 or number[0] not in "23":
        return False
    year = (1700 + 100 * int(number[0])) + int(number[1:3])
    dated = real_date(year, int(number[3:5]), int(number[5:7])) if number[3:5] != "00" else False
    return dated and (1 <= int(number[7:9]) <= 35 or number[7:9] == "88")
