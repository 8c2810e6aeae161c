"""Checks of numbers that stand behind a label for them, in any groups."""

from __future__ import annotations

import re

from leakkit.pii.validators.checksums import luhn

_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d|[0-3]?\d[-./ ][01]?\d[-./ ](?:(?:19|20)\d\d|\d\d)(?:[ T].*)?"
)
_DATED = re.compile(r"(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d[./][01]?\d[./](?:19|20)\d\d)(?:\W|\Z)")
_TELEPHONE = re.compile(r"\d{3}[-. ]\d{3}[-. ]\d{4}|00\d{2}[- ].*|0\d(?:[ .]\d\d){4}")
_MONEY = re.compile(r"\d{1,3}(?:[.,' ]\d{3})*[.,]\d\d|\d{1,3}(?:[. ]\d{3})?[. ]000")
_CARD = re.compile(r"(?:4\d|5[1-5]|3[47]|2[2-7])\d{13,14}")


def told_digits(text: str) -> bool:
    """Say whether what stands behind a label for numbers of persons may be one: no date, no versions in two lines.

    Examples
    --------
    >>> [told_digits(text) for text in ("764 809 4533", "2024-05-06 11", "000-000-000")]
    [True, False, False]
    """
    if "\n" in text and ("." in text or "/" in text):
        return False
    return len(set(re.sub(r"\D", "", text))) > 2 and not _DATED.match(text)


def told_bank_account(text: str) -> bool:
    """Say whether a number behind a word for accounts may be one of a bank: no date, sum, telephone or card.

    Examples
    --------
    >>> [
    ...     told_bank_account(text)
    ...     for text in ("003 118 4402 7", "447188", "12.05.2024", "415-555-0132", "4111 1111 1111 1111")
    ... ]
    [True, True, False, False, False]
    """
    digits = re.sub(r"\D", "", text)
    if not 6 <= len(digits) <= 24 or len(set(digits)) < 3:
        return False
    if any(one.fullmatch(text) for one in (_DATE, _TELEPHONE, _MONEY)):
        return False
    return not (_CARD.fullmatch(digits) and luhn(digits))


_SIGNS = re.compile(r"[^\W_]+")
_NAMED_DAY = re.compile(r"(?i)\d (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez)[a-z]* \d")
_COUNTED = re.compile(
    r"(?i)(?:car|form|part|door|seat|room|item) \d{1,3}(?:-?[a-z])?|\d+ (?:and|or|und|et) \d+.*"
)
_NO_PLATE = re.compile(
    r"(?:no|nr|nos|num|on|at|to|of|in|is|it|as|by|if|we|he|i|am|pm|and|or|for|the|was|has|are|not|all|per|vol|sec|ref|"
    r"art|act|rev|rfc|iso|din|usb|max|min|page|row|bay|lot|box|day|age|abs|id|uid|zip|plz|cp|po|a|e|ca|ab|um|bis|von|"
    r"km|el|la|le|de|du|en|et|un|al|y|o|i|na|do|od|za|se|je|og|på|til|till|ja|tai|ve|ile|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|"
    r"eur|usd|gbp|chf|pln|sek|nok|dkk|czk|huf|inr|rs|kr|zl|ft|bmw|audi|vw|kia|fiat|seat|mg|suv|gti|tdi|tsi|tfsi|hdi|dci|cdi|"
    r"gt|xc|ev|cx|mx|rx|gla|glc|cla|ix|golf|polo|model|serie|series|type|class|class[ei]|euro|covid|windows|iphone)"
)
_UNIT = re.compile(
    r"(?:mm|cm|km|kmh|mph|kg|ml|px|pt|th|nd|rd|st|am|pm|gb|mb|kb|hz|khz|ghz|rpm|psi|gr|oz|lb|cv|hp|ps|kw|kwh|cc|eur|usd|gbp|"
    r"chf|pln|sek|nok|dkk|czk|huf|inr|rs|kr|zl|ft|uhr|jahre|anni|ans|años|anos|lat|let|km2|m2|min|std|sec|ms|days?|"
    r"to|of|in|is|at|by|on|or|x|and|the|for|was|per|und|et|y|e|i|a|og|och|ja|de|en|bis|am|im|um|le|la|el|il|au|do|na|od|za|se|je|ve)"
)


def told_plate(text: str) -> bool:
    """Say whether what stands behind a word for plates or cars has the make of a plate: letters and digits, no measure.

    Examples
    --------
    >>> [told_plate(text) for text in ("kx 447 zl", "41-882-07", "bmw 320", "5 mm", "in 2019", "1200 kg")]
    [True, True, False, False, False, False]
    """
    if _NAMED_DAY.search(text) or _COUNTED.fullmatch(text):
        return False
    groups = [group.lower() for part in _SIGNS.findall(text) for group in re.findall(r"\d+|[^\W\d]+", part)]
    digits = sum(len(group) for group in groups if group.isdigit())
    letters = sum(len(group) for group in groups if not group.isdigit())
    if not letters:
        return digits in (7, 8) and len(set(text)) > 3 and not _DATE.fullmatch(text)
    if not 2 <= digits <= 7 or letters + digits < 4 + (text.islower() and letters < 2):
        return False
    if not groups[0].isdigit() and _NO_PLATE.fullmatch(groups[0]) and (len(groups) < 3 or " " in text):
        return text.isupper() and len(groups) > 2 and len(groups[0]) < 3
    measured = groups[0].isdigit() and len(groups) == 2
    return not (measured and _UNIT.fullmatch(groups[-1]))


def told_vin(text: str) -> bool:
    """Say whether letters and digits behind a word for a vehicle's number are seventeen, without what parts them.

    Examples
    --------
    >>> [told_vin(text) for text in ("WVW ZZZ 1KZ 8W 447188", "1hgcm82633a044718", "WVWZZZ1KZ8W44")]
    [True, True, False]
    """
    value = re.sub(r"[\s\-]", "", text)
    return len(value) == 17 and sum(map(str.isdigit, value)) > 4 and value[-4:].isdigit()
