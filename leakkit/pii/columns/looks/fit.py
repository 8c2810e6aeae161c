"""How well one value looks like an entity, by shape and word lists: 0 cannot be, 0.5 may be, 1 hardly anything else."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from leakkit.late import late
from leakkit.pii.columns.looks.names import (
    city,
    country,
    location,
    nationality,
    organisation,
    person,
    state,
    street,
)
from leakkit.pii.columns.looks.numbers import account, card, iban, number_of
from leakkit.pii.columns.looks.written import (
    FLOAT,
    YEAR,
    count_digits,
    has_clock,
    is_date,
    is_empty,
    is_month,
)
from leakkit.pii.columns.words import listed, words_of
from leakkit.pii.validators.contact import GIVEN_OUT
from leakkit.pii.weighing.memory import remembered

_PLACEHOLDER = re.compile(r"[<{\[(%$].{0,60}[>}\])%]$|\$\w+$|%[sd]$|x{3,}$|\*+$", re.I)
_MASKED = re.compile(
    r"[*•●·.xX#_\-]{3,}$|[\[<({]{0,2}(?:hidden|redacted|masked|removed|filtered|protected|encrypted|secret|geheim"
    r"|verborgen|geschwärzt|entfernt|masqué|caché|oculto|enmascarado|nascosto|ocultado|скрыто|удалено|已隐藏|非表示)[\])>}]{0,2}$",
    re.I,
)
_NO_PHONE = late(
    r"\d{5}-\d{3}$|\d{6}-\d{7}$|(?:19|20)?\d{6}-\d{4}$|\d{3}-\d\d-\d{1,5}-\d{1,9}$|\d\d\.\d\d\.\d\d-\d{3}\.\d\d$|[1-9]\d{0,8}/(?:19|20)\d\d$|(?:19|20)\d\d/\d{1,9}$"
    r"|(?:19|20)\d\d-\d{5,9}$|\d{4}\.\d\d(?:\.\d\d(?:\.\d\d)?)?$|(?:\d{1,6}-)?\d{6,10}/\d{4}$|[2-5]\d{3} \d{6}$"
    r"|\d{8}-\d{8}(?:-\d{8})?$|\d{4}/\d{4,8}-\d$|\d\d-\d{7}-\d$|\d\d-\d{9}-\d$|\d{5}-\d{7}-\d$|756\.\d{4}\.\d{4}\.\d\d$"
    r"|(?:19|20)\d\d-\d{4}$|(?:19|20)\d\d[01]\d[0-3]\d-\d{1,8}$|\d{3}-\d{6}-\d\d-\d{3}$"
    r"|[1-9]\d{0,4}/\d{1,6}/(?:\d\d|(?:19|20)\d\d)$|\d{4} \d{4} \d{4}$|.{0,20}\d[-./ ]\d$|[\d.]{0,20}\.\d\.[\d.]{1,12}$"
)
"""Postcodes, numbers of people, passports, accounts, years, tariffs, cells, versions, written as telephones may be."""
_AROUND_JOINTS = re.compile(r" ?([/.\-]) ?")
_EMAIL = re.compile(r"[^\s@<>\"']{1,80}@(?:[\w-]{1,63}\.){1,6}[^\W\d_][\w-]{1,23}$")
_PHONE = re.compile(
    r"(?:tel:|T:|☎)?\s?[+(]{0,2}\d[\d\s().\-/–‑]{4,22}(?:\s?(?:x|ext\.?|#|доб\.?|ext)\s?\d{1,6})?$", re.I
)
_AGE = re.compile(
    r"(?:[\[(<>]\s?)?(?P<years>\d{1,3})(?:\.0)?(?:\s?(?:years?|yrs?|y|ans|jahre|años|anni|lat|år|歳|岁|세))?"
    r"(?P<range>\s?[-–,+ ].{0,12})?$",
    re.I,
)
_EXPRESSION = re.compile(
    r"[A-Za-z_][\w.]*[\[(]|(?:str|string|int|bool|bytes|required|optional|any)\b[^\w]*$|"
    r"(?:self|os|process|env|config|settings|args|secrets)\.\w|\$\{?[A-Z_]+\}?$|[a-z]+(?:_[a-z]+)+$|/[\w./-]+$"
)
_USER = re.compile(
    r"@?[^\W_][\w.+\-~]{1,39}\$?$|@[\w.]{2,40}$|[\w.\-]{1,30}\\[\w.\-]{1,30}$|[\w.\-]{2,32}#\d{4}$"
    r"|(?:live|u|user|uid|tg|ig|fb|vk|im|xmpp|discord|skype|telegram):[\w.\-@]{2,40}$"
)
_POSTCODE = late(
    r"\d{2}[- ]\d{3}$|(?:[A-Z]{1,2}[- ])?\d{3,7}(?:[- ]\d{2,4})?$|\d{3,5}[- ][A-Z]{2}$|\d{4}\s?[A-Z]{2}$"
    r"|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$"
    r"|[A-Z]\d[A-Z]\s?\d[A-Z]\d$|[AD]\d[\dW]\s?[A-Z\d]{4}$|[A-Z]\d{4}[A-Z]{3}$|〒?\d{3}-?\d{4}$|(?:LV|LT"
    r"|MD|AD|AZ)-?\d{3,5}$|[1-9]\d{4}-?\d{5}$",
    re.I,
)
_TOKEN = re.compile(r"\S{4,}$")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F]{16,}$")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")
_HASH = re.compile(r"\$\w{1,10}\$.{8,}|\{[A-Z0-9]{3,8}\}.{8,}|[0-9a-fA-F]{32,128}$|pbkdf2|[\w+/.$=,-]{40,}$")
_MAC = re.compile(
    r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$|(?:[0-9A-Fa-f]{4}[.\-:]){2}[0-9A-Fa-f]{4}$|[0-9A-Fa-f]{12}$"
)
_URL = re.compile(r"(?:https?|ftp|wss?)://\S+$|(?:www\.)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}(?:/\S*)?$", re.I)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|tsv|txt|jsonl?|parquet|xml|ya?ml|html?|png|jpe?g|gif|bmp|webp|tiff?|svg|heic|mp[34]"
    r"|wav|avi|zip|gz|tar|7z|rar|log|bak|sql|py|sh|js|exe|dll|bin|dat|ini|cfg|eml|msg)$",
    re.I,
)
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}$", re.I)
_PLATE = re.compile(r"(?=.*\d)[\w][\w\s.·•\-]{1,11}$")
_CRYPTO = re.compile(
    r"0x[0-9a-fA-F]{40}$|(?:bc1|tb1|ltc1)[0-9a-z]{20,80}$|[13LMDtrXT4][1-9A-HJ-NP-Za-km-z]{25,105}$"
    r"|[1-9A-HJ-NP-Za-km-z]{32,50}$"
)
_COORDINATE = re.compile(
    r"(?:[NSEW]\s?-?\d{1,3}°?|[NSEW]?\s?-?\d{1,3}(?:[.,]\d{2,15}°?\s?[NSEW]?|°\s?[NSEW]?|\s?[NSEW]))"
    r"(?:\s?[,;|/ ]\s?-?\d{1,3}[.,]\d{2,15}°?\s?[NSEW]?)?$"
    r"|\d{1,3}°.{1,20}$"
)
_ROUTING = re.compile(
    r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$|\d{2}-?\d{2}-?\d{2}$|\d{6,9}$|\d{3}-\d{3}$|[A-Z]{4}0[A-Z0-9]{6}$"
)


def _email(value: str) -> float:
    return float(bool(_EMAIL.match(value)))


def _phone(value: str) -> float:
    digits = count_digits(value)
    if not _PHONE.match(value) or not 6 <= digits <= 16 or FLOAT.match(value):
        return 0.0
    if value[0] != "+" and (_NO_PHONE.match(value) or is_month(value) or is_date(value)):
        return 0.2
    return 1.0 if value[0] in "+(" else 0.9 if not value.isdigit() or value[0] == "0" else 0.7


def _url(value: str) -> float:
    """Say how far a value is an address of the web; names of files with an ending are none."""
    if "://" not in value and "/" not in value and _FILE.search(value):
        return 0.1
    return (
        1.0
        if "://" in value and _URL.match(value)
        else 0.7
        if _URL.match(value) and "@" not in value
        else 0.0
    )


def _ip(value: str) -> float:
    if ":" not in value and (value.count(".") < 3 or not value.lstrip("[")[:1].isdigit()):
        return 0.0
    try:
        ipaddress.ip_interface(value.strip("[]").split("%")[0])
    except ValueError:
        host, _, port = value.rpartition(":")
        if port.isdigit() and host.count(".") == 3:
            return _ip(host)
        return 0.7 if re.match(r"(?:\d{1,3}\.){3}(?:\d{1,3}|x|\*)$", value) else 0.0
    return 1.0 if "." in value or ":" in value else 0.0


def _birth(value: str) -> float:
    if re.match(r"(?:19|20)\d\d$", value):
        return 0.6
    if not is_date(value) and not is_date(value := _AROUND_JOINTS.sub(r"\1", value)):
        return 0.0
    years = [int(y) for y in YEAR.findall(value)]
    if years and not 1895 <= min(years) <= 2030:
        return 0.2
    return 0.5 if has_clock(value) else 0.9


def _age(value: str) -> float:
    found = _AGE.match(value)
    if found is None:
        return 0.0
    if found["range"]:
        return 0.4
    return 0.9 if int(found["years"]) <= 120 else 0.0


def _gender(value: str) -> float:
    return 0.95 if value.casefold() in listed("gender") else 0.0


def _username(value: str) -> float:
    if not _USER.match(value) or is_date(value) or FLOAT.match(value):
        return 0.0
    if value.isdigit() or _UUID.match(value) or GIVEN_OUT.fullmatch(value):
        return 0.15
    return 0.8


def _secret(value: str) -> float:
    """Say how far a value may be a password or token."""
    if (
        len(value) > 4000
        or len(value) < 4
        or value.casefold() in ("true", "false", "none", "null", "password")
    ):
        return 0.0
    if _EXPRESSION.match(value) or _MASKED.match(value):
        return 0.0
    return 0.8 if _TOKEN.match(value) and not _EMAIL.match(value) else 0.3 if value.count(" ") <= 6 else 0.0


def _token(value: str) -> float:
    if _EXPRESSION.match(value) or "sha256:" in value:
        return 0.0
    if len(value) < 8 or " " in value or is_date(value) or FLOAT.match(value) or _EMAIL.match(value):
        return 0.1 if len(value) >= 8 and value.lower().startswith(("bearer ", "basic ")) else 0.0
    if value.isdigit():
        return 0.1
    return 0.85 if count_digits(value) or len(value) >= 20 else 0.4


def _pattern(pattern: re.Pattern[str], score: float) -> Callable[[str], float]:
    """Make a check of one pattern."""
    return lambda value: score if pattern.match(value) else 0.0


_IDENTIFIER = number_of(6, 22, 0.7)
_LOOKS: dict[str, Callable[[str], float]] = {
    "EMAIL": _email,
    "PHONE": _phone,
    "URL": _url,
    "SOCIAL_PROFILE": _url,
    "IP_ADDRESS": _ip,
    "DATE_OF_BIRTH": _birth,
    "AGE": _age,
    "GENDER": _gender,
    "NATIONALITY": nationality,
    "COUNTRY": country,
    "STATE": state,
    "PERSON": person,
    "USERNAME": _username,
    "CITY": city,
    "STREET_ADDRESS": street,
    "ORGANIZATION": organisation,
    "LOCATION": location,
    "POSTCODE": _pattern(_POSTCODE, 0.85),
    "MAC_ADDRESS": _pattern(_MAC, 1.0),
    "CREDIT_CARD": card,
    "IBAN": iban,
    "VIN": _pattern(_VIN, 0.9),
    "LICENSE_PLATE": _pattern(_PLATE, 0.7),
    "CRYPTO_ADDRESS": _pattern(_CRYPTO, 0.9),
    "COORDINATES": _pattern(_COORDINATE, 0.8),
    "ROUTING_NUMBER": _pattern(_ROUTING, 0.8),
    "CARD_SECURITY_CODE": _pattern(re.compile(r"\d{3,8}$"), 0.7),
    "IMEI": _pattern(re.compile(r"[\d][\d -/]{13,19}$"), 0.9),
    "IMSI": _pattern(re.compile(r"\d{14,15}$"), 0.8),
    "US_SSN": _pattern(re.compile(r"(?:\d{3}|[X*]{3})[- ]?(?:\d{2}|[X*]{2})[- ]?\d{4}$"), 0.9),
    "PASSWORD": _secret,
    "PASSWORD_HASH": _pattern(_HASH, 0.9),
    "GENERIC_SECRET": _token,
    "API_KEY": _token,
    "COOKIE": _token,
    "AWS_ACCESS_KEY": _token,
    "AWS_SECRET_KEY": _token,
    "GITHUB_TOKEN": _token,
    "HUGGINGFACE_TOKEN": _token,
    "OPENAI_KEY": _token,
    "SLACK_TOKEN": _token,
    "JWT": _pattern(re.compile(r"[\w-]{8,}\.[\w-]{2,}\.[\w-]*$"), 0.9),
    "PRIVATE_KEY": _token,
    "CRYPTO_KEY": _secret,
    "CONNECTION_STRING": _pattern(re.compile(r".*(?:://|=.*;)"), 0.8),
    "BANK_ACCOUNT": account,
    "PASSPORT": number_of(6, 12, 0.8),
    "DRIVER_LICENSE": number_of(5, 20, 0.75),
    "EMPLOYEE_ID": _pattern(re.compile(r"(?=.*\d)[\w][\w./-]{1,19}$"), 0.7),
    "MEDICAL_ID": number_of(4, 20, 0.7),
    "MEDICAL_LICENSE": number_of(6, 16, 0.7),
    "DEVICE_ID": _pattern(re.compile(r"[\w:.-]{8,64}$"), 0.7),
    "DIAGNOSIS": lambda value: 0.7 if words_of(value) or re.match(r"\d{3}(?:\.\d)?$", value) else 0.0,
    "NATIONAL_ID": _IDENTIFIER,
    "TAX_ID": _IDENTIFIER,
    "COMPANY_ID": _IDENTIFIER,
    "UK_NHS": _IDENTIFIER,
    "UK_NINO": _IDENTIFIER,
    "DE_TAX_ID": _IDENTIFIER,
    "FR_NIR": _IDENTIFIER,
    "SE_PERSONNUMMER": _IDENTIFIER,
}


@remembered(16384)
def fit(entity: str, value: str) -> float:
    """Say how far `value`, stripped and not empty, may be of `entity`, by its looks alone: 0 to 1."""
    if len(value) > 4000 or is_empty(value):
        return 0.0
    if _PLACEHOLDER.match(value) and entity not in ("PASSWORD", "API_KEY", "IP_ADDRESS", "PHONE"):
        return 0.0
    check = _LOOKS.get(entity)
    return check(value) if check else 0.0
