"""What a tagger takes for a name in machine text and forms: keys, codes, units, times; and names cut inside a word."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leakkit.pii.keys import entity_of_key
from leakkit.pii.reversed_names import is_family_first
from leakkit.pii.weighing.declared import is_type
from leakkit.pii.weighing.labels import is_key, is_label
from leakkit.pii.weighing.machine_lines import is_screen_text
from leakkit.pii.weighing.memory import remembered
from leakkit.pii.weighing.other_numbers import names_a_thing
from leakkit.pii.weighing.said_of_values import is_said_of_value
from leakkit.pii.weighing.states_of_machines import is_nobody

_WORD_LEFT = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*-?\Z|[^\W_]+['’]\Z")
_WORD_RIGHT = re.compile(r"(?:[^\W_]+|(?:(?<=[^\W_])['’\-]|(?<=-))(?=[^\W_])[^\W_]+)+")
_INSIDE_WORD = frozenset("-'’")
_UNITS = re.compile(r"\d+(?:[.,]\d+)? ?[A-Za-z%]{1,4}")
_TIME = re.compile(
    r"(?i)(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? ?\d[\d: ]*"
)
_TOKEN_AROUND = re.compile(r"[\w\-./+]+")
_CODE = re.compile(r"(?=.*\d)[A-Za-z\d]+(?:[\-_/.][A-Za-z\d]+)+")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_JARGON = frozenset(
    "SQL CUDA UTF TLS SSL HTTP HTTPS JSON XML YAML CSV HTML CSS GPU CPU API URL URI UUID SHA RSA AES DNS TCP UDP SSH FTP IMAP SMTP VCARD "
    "INFO DEBUG WARN WARNING ERROR FATAL TRACE NULL NONE TRUE FALSE TODO FIXME UNIQUE VALUES INSERT SELECT INTO TABLE COPY GET POST PUT "
    "HEAD DELETE IBAN BIC SWIFT PIN OTP VAT SKU NIF SSN DOB NVIDIA PWD USER ROOT EUR USD GBP CHF KB MB GB TB PDF ADR TEL FN REV BDAY DHCPACK DHCPREQUEST DHCPDISCOVER DHCPOFFER CRON CMD "
    "ESMTP ESMTPS ESMTPSA SMTPS VCALENDAR VEVENT VALARM VTIMEZONE RSVP ATTENDEE ORGANIZER SUMMARY BEGIN END UTC GMT CET CEST ARPA LDAP SASL PLAIN "
    "LOGIN TTY PAM VPN DHCP NTP MAC LAN WAN WLAN VLAN IFSC BSB CLABE UPI MSH PID EVN OBX OBR ADT ORU ORM HL7 PNR MRN EHR NULLABLE VARCHAR".split()
)
_ROLES = frozenset(
    "head of the and for human resources data steward officer protection office sales marketing engineering finance accounting legal support "
    "customer service services success operations it hr security research development product people talent payroll department dept team "
    "committee risk compliance audit logistics purchasing procurement admin administration management manager director engineer analyst lead "
    "senior junior chief executive assistant vice president board internal quality assurance infrastructure platform billing accounts treasury "
    "communications press public relations training recruitment recruiting staff personnel controlling warehouse facilities helpdesk desk".split()
)
"""Words of posts and departments: no firm is called by these alone."""
_NO_NAMES = frozenset("born prof dr mr mrs ms mx sir madam office human dob tel attn".split())
_SERVICES = frozenset(
    "root nobody test www-data daemon systemd postgres mysql nginx apache git jenkins ubuntu ec2-user null none "
    "unconfined unconfined_u system_u".split()
)
_NUMBERED_USER = re.compile(r"(?=[A-Z0-9]*\d)[UW][A-Z0-9]{8,11}")
"""What chat services give their users for a number: ``U024BE7LH``."""
_HEX_PAIRS = re.compile(r"[0-9a-f]{2}(?: [0-9a-f]{2}){2,}")
_DUMPED = re.compile(r"(?i)(?:(?:\b[0-9a-f]{2} {1,2}){8}|(?:\b[0-9a-f]{4} ){8})")
"""Bytes in hexadecimal, beside which the same bytes stand as text."""
_DIGIT = re.compile(r"\d")
_COMMENT = re.compile(r"(?:#|//|/\*|--|;) [a-z]")
"""The sign of a comment and a word that begins small."""
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_FOLDER = re.compile(r"~?(?:/[\w.\-]+)+/?")
_NO_DATA = 0.7
_AS_NAMES = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_A-Z]+(?:['’\-][^\W\d_]+)*|(?:Mc|Mac|O['’]|D['’]|De|Di|Du|La|Le|Van|Von)[A-Z][a-z]+|[^\W\d_]\.?|&)"
    r"(?:[,.]?\s{1,3}(?:[^\W\d_]['’])?[^\W\d_]+(?:[.'’\-][^\W\d_]*)*)*"
)
"""A word as names are written, then words."""

_TITLES = re.compile(r"[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})*")
"""Plain words that begin with a capital."""
_IN_CAPITALS = re.compile(r"[^\W\d_a-z]{2,}(?:,? [^\W\d_a-z]{2,}){1,3}")
_CATALOGUE = re.compile(r"\bmsg(?:id|str|id_plural)(?:\[\d\])? \"\Z")
_COLUMNS = re.compile(r"[ \t]{3}")
_CODES = re.compile(r"[A-Z]{1,3}\d{1,4}(?: [A-Z]{1,3}\d{1,4})+")
_JOINTS = ("+", "*", "^")
_IN_CAMEL = re.compile(
    r"(?<![^\W_])(?!de|van|von|di|da|del|la|le|mc|mac|el|al|bin|ter|ten|i[POM]|e[BA])[a-z]{2,}[A-Z]"
)
_TOKEN_LEFT, _TOKEN_RIGHT = re.compile(r"[^\s\"'`,;:|<>=&]*\Z"), re.compile(r"[^\s\"'`,;:|<>=&]*")
_BRACKETS = re.compile(r"[()\[\]{}\\]")
_TITLED = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_A-Z]{2,}(?![^\W_])")
_HEX_NUMBER = re.compile(r"(?:[0-9a-f]{2,16}|[0-9A-F]{2,16})")
_PLAIN_WORD = re.compile(r"[#@\"'“‘(]*[^\W\d_]{2,}(?:['’\-][^\W\d_]+)*[.,;:!?…)\"'”’]*")
_GREETINGS = frozenset("hi hello hey dear thanks thx bye hallo hola ciao love miss mr mrs ms".split())
_ELEMENT = re.compile(r"[\w:.\-]{1,60}")
_ATTRIBUTE = re.compile(r"\s{1,3}[\w:.\-]{1,40}=[\"']|\s?/>")
_LINE_REACH = 80


_FIRST_WIDE, _LAST_WIDE = "\u3041", "\u9fff"
"""Letters of Japanese and Chinese."""


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a span to the ends of the words that it cuts: ``Ji-`` of ``Ji-hoon``, ``K`` of ``Kostas``."""
    before, after = text[start - 1] if start else " ", text[end : end + 1]
    if _FIRST_WIDE <= before <= _LAST_WIDE or _FIRST_WIDE <= after <= _LAST_WIDE:
        return start, end  # no blanks part words there
    cut = before.isalnum() or before in _INSIDE_WORD
    if not cut and not after.isalnum() and after not in _INSIDE_WORD:
        return start, end
    left = _WORD_LEFT.search(text, max(0, start - 30), start) if cut else None
    if left and (text[start - 1] == "-" or text[start].isalnum()):
        start = left.start()
    if text[end - 1] == "-" or text[end - 1].isalnum():
        right = _WORD_RIGHT.match(text, end, min(len(text), end + 30))
        end = right.end() if right else end
    return start, end


_REFERENCE = re.compile(
    r"(?:var|local|data|module|each|self|env|process\.env|config|settings|secrets|params|props|args|opts|options|this"
    r"|random_password|aws_[a-z_]+|google_[a-z_]+|azurerm_[a-z_]+)(?:\.[A-Za-z_][A-Za-z0-9_]{0,60}(?:\[[\w\"'*]{1,40}\])?){1,5}"
)
"""How settings and programs refer to a value that stands elsewhere."""


def is_of_machine(entity: str, value: str) -> bool:
    """Tell whether a value is a machine's own: the account of a service, a folder where a password could stand."""
    if entity == "USERNAME":
        return (
            value.lower() in _SERVICES
            or _NUMBERED_USER.fullmatch(value) is not None
            or is_said_of_value(value)
        )
    if _HEX_PAIRS.fullmatch(value):
        return entity not in ("PHONE", "MAC_ADDRESS", "CREDIT_CARD")
    if entity == "GENERIC_SECRET" and _NUMBER.fullmatch(value):
        return True
    if entity not in ("PASSWORD", "GENERIC_SECRET"):
        return False
    return _FOLDER.fullmatch(value) is not None or _REFERENCE.fullmatch(value) is not None


def is_unlikely(
    text: str, start: int, end: int, entity: str, cells: Sequence[Any], place: int, hexed: bool = True
) -> bool:
    """Tell whether a tagged span is no name but part of a machine's text.

    Parameters
    ----------
    text : str
        The text.
    start, end, entity
        The span.
    cells : sequence of Cell
        Cells of the text, by place.
    place : int
        Number of the last cell that begins at or before the span; -1 where there is none.
    hexed
        Whether the text may hold bytes in hexadecimal.
    """
    value = text[start:end]
    never, named, digits = _told(value, entity)
    if never or _is_tag(text, start, end):
        return True
    if entity != "PERSON" and (is_label(text, end, value) or (digits and names_a_thing(text, start, end))):
        return True
    if (
        _is_in_machine_line(text, start, end, entity, named)
        or _is_code(text, start, end, digits)
        or is_key(text, start, end)
        or is_type(text, start, end)
        or (hexed and _is_dumped(text, start))
        or is_screen_text(text, start, entity)
    ):
        return True
    cell = cells[place] if place >= 0 else None
    if cell is not None and cell.end >= end and cell.key and (end - start) * 2 > cell.end - cell.start:
        sense = entity_of_key(str(cell.key))
        return sense.entity is None and sense.strength >= _NO_DATA
    return False


@remembered(1 << 13)
def _told(value: str, entity: str) -> tuple[bool, bool, bool]:
    """Tell of a value whether it is never a name, whether it is written as names are, and whether it has digits."""
    small = value.lower()
    never = small.rstrip(".") in _NO_NAMES
    if entity == "PERSON":
        never = never or is_nobody(value)
    if entity == "ORGANIZATION":
        never = never or all(word in _ROLES for word in _WORD.findall(small))
    if _TITLES.fullmatch(value):
        return never, True, False
    never = (
        never
        or value[0] in "Ġ▁ĊČ"
        or _COMMENT.match(value) is not None
        or not _LETTERS.search(value)
        or (("   " in value or "\t" in value) and not (entity == "PERSON" and is_family_first(value)))
    )
    never = never or (value.isupper() and all(word in _JARGON for word in _WORD.findall(value)))
    if entity != "PERSON":
        never = never or _UNITS.fullmatch(value) is not None or _TIME.fullmatch(value) is not None
    return never, _AS_NAMES.fullmatch(value.lstrip("#")) is not None, _DIGIT.search(value) is not None


@remembered(1 << 13)
def _is_plain(token: str) -> bool:
    """Tell whether a token is a word of a sentence."""
    return _PLAIN_WORD.fullmatch(token) is not None


def _is_in_machine_line(text: str, start: int, end: int, entity: str, named: bool) -> bool:
    """Tell whether a span is not written as names are, and is part of a token or a line that is no prose.

    ``Nf3 Nc6`` among moves, ``FC`` in ``C(F)(F)FC#N``, ``FUNC GLOBAL`` in a table of symbols, ``skinEast``.
    """
    value = text[start:end].lstrip("#")
    if text[end : end + 1] == '"' and " " not in value and _CATALOGUE.search(text, max(0, start - 16), start):
        return True
    if named or _is_sure(text, start, value, entity):
        return False
    if text[end : end + 1] in _JOINTS or _CODES.fullmatch(value) or sum(map(_has_digit, value.split())) > 2:
        return True
    if _IN_CAMEL.search(value) or _is_signed(text, start, end) or _is_hexed(text, start, end):
        return True
    if _in_table(value, entity):
        return True
    first = max(text.rfind("\n", 0, start) + 1, start - _LINE_REACH)
    last = min(text.find("\n", end) % (len(text) + 1), end + _LINE_REACH)
    beside = (
        text[first:start].split()[1 if first and text[first - 1] != "\n" else 0 :] + text[end:last].split()
    )
    n_plain = sum(map(_is_plain, beside))
    if 5 * n_plain >= 3 * len(beside) > 9:
        return False
    plain = [token for token in beside if _is_plain(token)]
    words = len(plain) - sum(map(str.isupper, plain)) / 2
    if len(beside) == 1 and len(plain) == 1 and value.islower():
        return value.isalpha() and beside[0].islower() and beside[0].isalpha() and beside[0] not in _GREETINGS
    return len(beside) > 2 and (2 if value.isupper() else 3) * words < len(beside)


def _has_digit(word: str) -> bool:
    """Tell whether a word has a digit."""
    return _DIGIT.search(word) is not None


def _is_tag(text: str, start: int, end: int) -> bool:
    """Tell whether a span is, or holds, the name of an element of XML: it is closed below, or has attributes."""
    value = text[start:end]
    if "</" in value:
        return True
    if text[start - 1 : start] == "<" or text[start - 2 : start] == "</":
        name = _ELEMENT.match(text, start)
        return name is not None and (
            text[start - 2 : start] == "</"
            or _ATTRIBUTE.match(text, name.end()) is not None
            or text.startswith(f"</{name[0]}>", text.find("</", name.end()))
        )
    return False


def _in_table(value: str, entity: str) -> bool:
    """Tell whether a span goes over columns of a table, or is codes of three letters side by side."""
    if entity == "PERSON":
        return False
    words = value.split()
    return _COLUMNS.search(value) is not None or (
        len(words) > 1 and value.isupper() and all(len(word) <= 3 and word.isalpha() for word in words)
    )


def _is_sure(text: str, start: int, value: str, entity: str) -> bool:
    """Tell whether a span stands for a name though it is not written as one: an address, a country, in capitals."""
    if entity == "PERSON":
        in_columns = "  " in value or "\t" in value
        return _IN_CAPITALS.fullmatch(value) is not None or (in_columns and is_family_first(value))
    if entity == "COUNTRY" and value.isupper():
        return True
    if _COLUMNS.search(value):
        return False
    if sum(map(str.isdigit, value.split())) > 2 and sum(map(str.isalpha, value.split())) < 2:
        return False
    return _TITLED.search(value) is not None or (value.isupper() and text[start - 2 : start] == ", ")


def _is_signed(text: str, start: int, end: int) -> bool:
    """Tell whether a span is part of a token with several brackets, as formulas have."""
    if len(_BRACKETS.findall(text, max(0, start - 60), end + 60)) < 3:
        return False
    left = _TOKEN_LEFT.search(text, max(0, start - 60), start)
    right = _TOKEN_RIGHT.match(text, end, end + 60)
    return len(_BRACKETS.findall((left[0] if left else "") + (right[0] if right else ""))) >= 3


def _is_hexed(text: str, start: int, end: int) -> bool:
    """Tell whether a span is a number in hexadecimal, or one of several side by side."""
    value = text[start:end]
    if not all(map(_HEX_NUMBER.fullmatch, value.split())):
        return False
    if len(value) >= 6 and _DIGIT.search(value):
        return True
    beside = text[max(0, start - 12) : start].split()[-1:] + text[end : end + 12].split()[:1]
    return any(_HEX_NUMBER.fullmatch(one) and _DIGIT.search(one) for one in beside)


def _is_code(text: str, start: int, end: int, digits: bool) -> bool:
    """Tell whether a span is a code with digits, or glued to one: ``us-east-2``, ``VB`` of ``VB-9806-R``."""
    if " " in text[start:end] or not (
        digits or _joined(text[start - 1 : start]) or _joined(text[end : end + 1])
    ):
        return False
    left = start
    while left and start - left < 40 and (text[left - 1].isalnum() or text[left - 1] in "-_/.+"):
        left -= 1
    around = _TOKEN_AROUND.match(text, left, min(len(text), end + 40))
    return around is not None and _CODE.fullmatch(around[0].strip(".-/=+")) is not None


def _joined(sign: str) -> bool:
    """Tell whether a sign beside a span may belong to one token with it."""
    return sign.isalnum() or (sign != "" and sign in "-_/.+")


def _is_dumped(text: str, start: int) -> bool:
    """Tell whether bytes in hexadecimal stand before a span on its line."""
    line = max(text.rfind("\n", 0, start) + 1, start - 120)
    return _DIGIT.search(text, line, start) is not None and _DUMPED.search(text, line, start) is not None
