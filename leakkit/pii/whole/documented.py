"""Documentation and test values among many: as `leakkit.pii.weighing.placeholders` says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.memory import remembered
from leakkit.pii.weighing.placeholders import _TEST_CARDS, _TEST_NUMBERS, _TEST_PHONES, is_placeholder
from leakkit.pii.whole.texts import matched
from leakkit.pii.whole.values import Values

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.detector import Entity

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
PLAIN_IPV4 = rf"^(?:{_OCTET}\.){{3}}{_OCTET}$"
_DOCUMENTATION = r"^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^127\.|^0\.0\.0\.0$"
_NUMBERS = f"^(?:{'|'.join(sorted(_TEST_NUMBERS))})$"
_CARDS = f"^(?:{'|'.join(sorted(_TEST_CARDS))})$"
_KNOWN = {"CREDIT_CARD": (_CARDS, 0), "PHONE": (f"^(?:{_TEST_PHONES.pattern})$", 7)}
"""Digits of known test numbers, and from how many on one digit over and over is none."""

_MOST_HOSTS = 4_096
_BY_DIGITS = ("CREDIT_CARD", "PHONE", "US_SSN", "NATIONAL_ID", "BANK_ACCOUNT", "PASSPORT", "DRIVER_LICENSE")
Marks = Callable[[Values], np.ndarray]


def documented(entity: Entity) -> Marks | None:
    """Give what tells which of many values are documentation values; None where each must be asked."""
    if entity.common in ("EMAIL", "URL"):
        return lambda values: _by_host(entity, values)
    if entity.common == "IP":
        return lambda values: _by_net(entity, values.texts)
    if entity.family == "credential" or entity.common == "IBAN":
        return None
    if entity.common in _BY_DIGITS:
        return lambda values: _by_digits(entity, values.texts)
    return lambda values: np.zeros(len(values), bool)


def _asked(entity: Entity, values: list[str]) -> np.ndarray:
    """Ask of each value."""
    what = entity.name, entity.common, entity.family
    return np.array([is_placeholder(*what, value) for value in values], bool)


def _by_host(entity: Entity, values: Values) -> np.ndarray:
    """Ask of each different host."""
    hosts, codes = values.hosts
    what = entity.name, entity.common, entity.family
    return np.array([_of_host(*what, host) for host in hosts], bool)[codes]


@remembered(_MOST_HOSTS)
def _of_host(name: str, common: str, family: str, host: str) -> bool:
    """Ask of a host."""
    return is_placeholder(name, common, family, host)


def _by_net(entity: Entity, values: pa.Array) -> np.ndarray:
    """Look at the first numbers of plain addresses, ask of the others."""
    import pyarrow.compute as pc

    found = matched(values, _DOCUMENTATION).copy()
    plain = pc.match_substring_regex(values, PLAIN_IPV4)
    if not pc.all(plain).as_py():
        other = ~plain.to_numpy(zero_copy_only=False)
        found[other] = _asked(entity, values.filter(pc.invert(plain)).to_pylist())
    return found


def _by_digits(entity: Entity, values: pa.Array) -> np.ndarray:
    """Look at the digits of values of ASCII, ask of the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    digits = pc.replace_substring_regex(values, r"[^0-9]+", "")
    known, least = _KNOWN.get(entity.common, (_NUMBERS, 6))
    found = matched(digits, known).copy()
    if least:
        pattern = "^(?:" + "|".join(f"{digit}{{{least},}}" for digit in range(10)) + ")$"
        found |= matched(digits, pattern)
    wide = np.flatnonzero(~pc.string_is_ascii(values).to_numpy(zero_copy_only=False))
    if len(wide):
        found[wide] = _asked(entity, values.take(pa.array(wide)).to_pylist())
    return found
