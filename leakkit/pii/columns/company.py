"""What the name of a column means in the company of the others: ``pin`` beside towns, ``doc no`` beside flights."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leakkit.pii.keys import UNKNOWN, KeySense, entity_of_key, words_of

_PLACES = frozenset(("CITY", "STREET_ADDRESS", "STATE", "COUNTRY", "POSTCODE"))
_VEHICLES = frozenset(("VIN", "LICENSE_PLATE"))
_BESIDE_PERMITS = _VEHICLES | {"PASSPORT"}
_TRAVEL = frozenset(
    "seat pnr flt flight voyage vessel cabin nat nationality visa arrival departure embarkation port check checkin "
    "boarding pax locator rank crew room folio sitz flug vuelo vol asiento siège zbor let lennon sæde sete voo".split()
)
_DRIVING = frozenset(
    "driver fører förare kuljettaja fahrer conducteur chauffeur conductor motorista kierowca řidič vodič sofőr șofer "
    "sürücü водитель водій bestuurder autista kierowcy vozač pengemudi pemandu supir 运转手 司机 운전자".split()
)
_DOCUMENTS = frozenset("doc docno docnum docnumber document documento dokument".split())
_PERMITS = frozenset(
    "permit licence license lic permiso permis carnet licencia licença lupa tillatelse tillstånd tilladelse".split()
)
_BASES = frozenset(
    "base depot depó depo station stasjon stationering hub garage terminal asema standort sede".split()
)
_CALLS = frozenset("called calling imei imsi dur duration seq lac msisdn tac apn".split())
_MACHINES = frozenset(
    "asset host hostname nic os device machine vlan switch iface interface subnet workstation serial".split()
)
_NUMBERS = frozenset("cell called calling caller".split())
_SEVERAL = _DOCUMENTS | _PERMITS | _BASES | _NUMBERS | {"nic", "hw", "address", "cc", "pin"}
"""Words that mean one thing here and another there."""

_NONE: frozenset[str] = frozenset()
_LONGEST = 40


def in_company(names: Sequence[str | None]) -> list[str | None]:
    """Give the names of columns that stand together, those with several meanings put into plain words.

    Parameters
    ----------
    names : sequence of str or None
        Names of the columns of one table, None where one has none.

    Returns
    -------
    list of str or None
        One for each column: the name itself, or what it means there.

    Examples
    --------
    >>> in_company(["street", "town", "pin"])
    ['street', 'town', 'postal code']
    """
    return list(_in_company(tuple(names)))


@lru_cache(4096)
def _in_company(names: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Decide the names of one table."""
    words = [frozenset(words_of(name)) if name and len(name) < _LONGEST else _NONE for name in names]
    if not any(own & _SEVERAL for own in words):
        return names
    everything = _NONE.union(*words)
    senses = [UNKNOWN if name is None else entity_of_key(name) for name in names]
    told = [{sense.entity} if sense.entity else set() for sense in senses]
    found = []
    for place, (name, own) in enumerate(zip(names, words, strict=True)):
        held: set[str] = set().union(*told[:place], *told[place + 1 :])
        found.append(_meant(own, senses[place], everything - own, held) or name)
    return tuple(found)


def _meant(own: frozenset[str], sense: KeySense, others: frozenset[str], held: set[str]) -> str | None:
    """Give what a name means by the words of the others and by what they tell; None where it stays."""
    entity = sense.entity
    if own & _DOCUMENTS and entity in (None, "NATIONAL_ID") and len(others & _TRAVEL) > 1:
        return "passport no"
    if own & _PERMITS and sense.strength < 0.9 and (held & _BESIDE_PERMITS or others & _DRIVING):
        return "driving licence"
    if own & _BASES and entity is None and held & _VEHICLES:
        return "city"
    if own & _NUMBERS and len(others & _CALLS) > 1:
        return "site id" if own & {"cell"} else "phone number" if entity is None else None
    if own & {"nic", "hw"} and entity is None and others & _MACHINES:
        return "mac address"
    if own == {"address"} and others & _MACHINES and not held & _PLACES:
        return "ip address"
    if own == {"cc"} and held & _PLACES:
        return "country code"
    return "postal code" if own == {"pin"} and len(held & _PLACES) > 1 else None
