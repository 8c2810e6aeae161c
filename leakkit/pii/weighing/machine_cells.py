"""Cells whose key or column says that they are data of a person, and whose value says that they are a machine's."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from leakkit.pii.detector import builtin_detectors, entities
from leakkit.pii.gazetteer.lookup import COMMON, COUNTRY, GIVEN, LARGE_TOWN, REGION, SURNAME, TOWN
from leakkit.pii.keys import entity_of_key
from leakkit.pii.validators.network import ipv4
from leakkit.pii.weighing.declared import ALSO_NAMES, TYPES
from leakkit.pii.weighing.denied import is_denied_before, kind_of
from leakkit.pii.weighing.said_of_values import is_demand, is_said_of_value
from leakkit.pii.weighing.states_of_machines import is_anything, is_nobody, is_part, is_state
from leakkit.pii.weighing.verdicts import Patterns
from leakkit.pii.weighing.versions import is_version

_LEFT_OUT_BY = {"URL": "url", "USERNAME": "username_field"}
"""Detectors whose exclusions hold for cells, too."""
_KNOWN_AS = {
    "PERSON": GIVEN | SURNAME,
    "STATE": TOWN | LARGE_TOWN | REGION | COUNTRY,
}
_SETTINGS_OF = frozenset({*_KNOWN_AS, "CITY", "COUNTRY", "USERNAME", "ORGANIZATION"})
_STATES_IN = frozenset(("STATE", "COUNTRY", "PERSON", "ORGANIZATION"))
_SHOWN = frozenset("PERSON FIRST_NAME LAST_NAME CITY STATE COUNTRY LOCATION ORGANIZATION".split())
_CHOSEN = frozenset(("PERSON", "CITY", "ORGANIZATION", "COUNTRY"))
_SIZE = re.compile(r"(?:\(\d{1,5}(?:, ?\d{1,3})?\))?[!?;,]*\Z")
_DECLARED = _CHOSEN | frozenset(("STREET_ADDRESS", "USERNAME", "POSTCODE", "PHONE"))
"""Entities that fields of schemas are called by, with a type behind."""
_LONGEST_CODE = 4
"""Letters of the code of a province or a country: ``ON`` and ``NO`` are such, too."""
_SETTING = re.compile(
    r"(?i:true|false|on|off|yes|no|null|none|nil|auto|default|utf-?(?:8|16|32)|us-ascii|iso-8859-\d{1,2})"
    r"|\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d|[KMG]i?B|kb|px|pt|%)|(?:[a-z]\w*\.){2,}[A-Z]\w*"
)
"""Switches, encodings, times and sizes, names of classes."""
_CALL = re.compile(
    r"^(?:os|process|env|self|config|settings|secrets|this|args|opts)\.\w|[A-Za-z_]\w*\(|\w\[[\"']|\$\{|\{\{|^h1:"
)
_LABELS = 0.7
"""Strength from which on a word is the label of a field."""
_IN_CATALOGUE = re.compile(
    r"<(?:string|item)(?: [^<>\n]{0,160})?>(?:<!\[CDATA\[)?[\"']?\Z|^[ \t]{0,8}\"[\w.\- ]{1,80}\" = \"\Z",
    re.MULTILINE,
)
"""What stands before the texts of screens of telephones."""
_HEX = re.compile(r"0[xX][0-9a-fA-F]{1,16}")
_POINTER = re.compile(r"^\[\d|\{\d+\}|\(\?P")
_CODED = ("PERSON", "FIRST_NAME", "LAST_NAME", "CITY", "LICENSE_PLATE", "LOCATION", "STATE", "COUNTRY")
_CODE_NAME = re.compile(r"[a-z\d]+(?:[\-_.][a-z\d]+)+|-?\d+\.\d+|\d{1,4}[A-Za-z]{0,2}")
"""Names of things in settings, and plain numbers, which no name and no plate is."""
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Lo|Van|Fitz|O')[A-Z][a-z]+(?:[A-Z][a-z]+)+")
_ZONE = re.compile(r"[a-z]{2,4}-[a-z]{2,12}-?\d[a-z]?")
_PATH = re.compile(r"(?:/[\w.\-]+)+/?")
_NO_STREET = re.compile(r"[=_<>{}\[\]|\"]|^[A-Za-z_][\w.]*\(")


def is_machine_cell(
    text: str, start: int, end: int, entity: str, placed: bool = False, hosts: bool = False
) -> bool:
    """Tell whether a cell is several values side by side, a call in source code, or no address at all.

    Streets of one word and house numbers count only where a town or postcode is `placed` beside them; an address of a
    service is no secret as a whole, as what is secret in it, and the host, are found by themselves. Four small numbers
    may be a version: they count only among other `hosts`. What stands in a registry of programs is their name.
    """
    value = text[start:end]
    if entity == "IP_ADDRESS" and (is_version(text, start, end) or (not hosts and ipv4(value) is None)):
        return True
    if (
        text[end : end + 1] == "("
        or _HEX.fullmatch(value)
        or (entity in _CODED and _CODE_NAME.fullmatch(value))
    ):
        return True
    if entity in _SHOWN and _IN_CATALOGUE.search(text, max(0, start - 200), start):
        return True
    if entity != "URL" and is_machine_value(entity, value):
        return True
    if (kind := kind_of(entity, entities()[entity].family)) and is_denied_before(_before(text, start), kind):
        return True
    if value.count("  ") > 1 or "\t" in value.strip():
        return True
    if entities()[entity].family == "credential" and (
        text[end : end + 1] == "[" or _CALL.search(value) or _POINTER.search(value)
    ):
        return True
    if entity in ("PERSON", "ORGANIZATION") and text[max(0, start - 3) : start] == '"="':
        return True
    if entity == "PERSON" and _CAMEL.fullmatch(value):
        return True
    if _ZONE.fullmatch(value) or (entity in ("PASSWORD", "GENERIC_SECRET") and _PATH.fullmatch(value)):
        return True
    if entity == "CONNECTION_STRING" and "://" in value:
        return True
    return entity == "STREET_ADDRESS" and (
        (" " not in value and not placed) or _NO_STREET.search(value) is not None
    )


_SENTENCE = re.compile(r"^[a-z]+,?(?: [a-z]+)* (?:the|an|with|without|is|are|was|for|from|not|when|if) [a-z]")
"""Words of a sentence without a capital."""
_REACH = 60


def _before(text: str, start: int) -> str:
    """Give what stands before a cell on its line."""
    return text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]


_NEVER_DIALLED = re.compile(r"000.*|(\d)(?:\D{0,3}\1)*")
"""Numbers that begin like no telephone's, or have but one digit."""
_HUMPS = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*[A-Z][A-Z0-9]*|(?:[A-Z][a-z]+)+)")
"""Names of classes and drivers: more capitals within a word than any name of a person has (MacDonald, DeAndre)."""


def is_machine_value(entity: str, value: str) -> bool:
    """Tell whether a value is none of what its key or column says: the state of a machine, the address of a program."""
    if entity == "STATE" and value.isascii() and value.isalpha() and value.islower() and len(value) > 2:
        return True
    coded = entity in ("STATE", "COUNTRY") and len(value) <= _LONGEST_CODE
    if coded and (len(value) == 2 or not value[1:].islower() or not is_state(value)):
        return False
    if (entity in _STATES_IN and is_state(value)) or (entity == "PERSON" and is_part(value)):
        return True
    if entity == "PERSON" and (
        _SENTENCE.search(value)
        or _HUMPS.fullmatch(value)
        or is_nobody(value)
        or (len(value) == 1 and value.isascii())
    ):
        return True
    if entity in _DECLARED and _SIZE.sub("", value).casefold() in TYPES - ALSO_NAMES:
        return True
    if entity == "USERNAME" and is_said_of_value(value):
        return True
    if entity == "PASSWORD" and value[0].isupper() and _SIZE.sub("", value).casefold() in TYPES:
        return True
    if entity == "PASSWORD" and (is_demand(value) or (value.istitle() and is_said_of_value(value))):
        return True
    if entity == "PHONE" and _NEVER_DIALLED.fullmatch(value):
        return True
    if entity in _CHOSEN and (is_anything(value) or _is_label(entity, value)):
        return True
    if entity in _SETTINGS_OF and (_SETTING.fullmatch(value) or _is_plain_word(entity, value)):
        return True
    known = _values_of_machines(entity)
    return known is not None and bool(known.among([value]))


@lru_cache(4096)
def _is_label(entity: str, value: str) -> bool:
    """Tell whether a value says what stands in its place: ``First Name``."""
    sense = entity_of_key(value)
    return sense.entity is not None and sense.strength >= _LABELS and _common(sense.entity) == _common(entity)


def _common(entity: str) -> str:
    """Give the kind of an entity that others share: those of names, those of places."""
    return entities()[entity].common


@lru_cache(4096)
def _is_plain_word(entity: str, value: str) -> bool:
    """Tell whether a value is words of the language that no list of names, or of places, knows."""
    from leakkit.pii.columns.words import name_flags, words_of

    flags = name_flags(words_of(value)[:8]) if entity in _KNOWN_AS else ()
    if entity == "PERSON" and len(flags) > 1 and not any(one & GIVEN for one in flags):
        return all(one & COMMON for one in flags) and not all(one & SURNAME for one in flags)
    return bool(flags) and all(one & COMMON and not one & _KNOWN_AS[entity] for one in flags)


@cache
def _values_of_machines(entity: str) -> Patterns | None:
    """Give the values that the detector of an entity leaves out whatever their key."""
    own = _LEFT_OUT_BY.get(entity)
    return next((Patterns(one.exclude) for one in builtin_detectors() if one.id == own), None)
