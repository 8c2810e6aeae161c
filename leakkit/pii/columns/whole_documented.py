"""Documentation and test values among many: as `leakkit.pii.weighing.placeholders` says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.weighing.placeholders import is_placeholder

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.detector import Entity

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
PLAIN_IPV4 = rf"^(?:{_OCTET}\.){{3}}{_OCTET}$"
_DOCUMENTATION = r"^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^127\.|^0\.0\.0\.0$"
_NUMBERS = ("CREDIT_CARD", "PHONE", "US_SSN", "NATIONAL_ID", "BANK_ACCOUNT", "PASSPORT", "DRIVER_LICENSE")
_ONE_DIGIT = "^(?:" + "|".join(f"{digit}{{6,}}" for digit in range(10)) + ")$"
_FICTIONAL = r"55501|7700900|20794600|1632960"
_TEST_NUMBERS = r"^(?:078051120|219099999|123456789|987654321|111111111|000000000)$"
"""More may pass these: what passes is asked one by one."""

_AT = ord("@")
Marks = Callable[[Any], np.ndarray]


def documented(entity: Entity) -> Marks | None:
    """Give what tells which of many values are documentation values; None where each must be asked."""
    if entity.common in ("EMAIL", "URL"):
        return lambda values: _by_host(entity, values)
    if entity.common == "IP":
        return lambda values: _by_net(entity, values)
    if entity.family == "credential" or entity.common == "IBAN":
        return None
    if entity.common in _NUMBERS:
        return lambda values: _by_digits(entity, values)
    return lambda values: np.zeros(len(values), bool)


def _asked(entity: Entity, values: list[str]) -> np.ndarray:
    """Ask of each value."""
    what = entity.name, entity.common, entity.family
    return np.array([is_placeholder(*what, value) for value in values], bool)


def _by_host(entity: Entity, values: pa.Array) -> np.ndarray:
    """Ask of each different host."""
    hosts, codes = hosts_of(values)
    return _asked(entity, hosts)[codes]


def hosts_of(values: pa.Array) -> tuple[list[str], np.ndarray]:
    """Give the different texts after the last ``@`` of large strings, and the number of each value's."""
    import pyarrow as pa

    bounds = np.frombuffer(values.buffers()[1], np.int64)[values.offset : values.offset + len(values) + 1]
    begin = int(bounds[0])
    signs = np.flatnonzero(np.frombuffer(values.buffers()[2], np.uint8)[begin : bounds[-1]] == _AT) + begin
    last = np.searchsorted(signs, bounds[1:]) - 1
    hosts = bounds[:-1].copy()
    if len(signs):
        hosts = np.maximum(hosts, np.where(last >= 0, signs[last] + 1, 0))
    offsets = np.append(np.stack([bounds[:-1], hosts], 1).ravel(), bounds[-1])
    halves = pa.LargeStringArray.from_buffers(2 * len(values), pa.py_buffer(offsets), values.buffers()[2])
    encoded = halves.take(pa.array(np.arange(1, 2 * len(values), 2))).dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()


def _by_net(entity: Entity, values: pa.Array) -> np.ndarray:
    """Look at the first numbers of plain addresses, ask of the others."""
    import pyarrow.compute as pc

    found = pc.match_substring_regex(values, _DOCUMENTATION).to_numpy(zero_copy_only=False).copy()
    plain = pc.match_substring_regex(values, PLAIN_IPV4)
    if not pc.all(plain).as_py():
        other = ~plain.to_numpy(zero_copy_only=False)
        found[other] = _asked(entity, values.filter(pc.invert(plain)).to_pylist())
    return found


def _by_digits(entity: Entity, values: pa.Array) -> np.ndarray:
    """Ask of the values whose digits may be of a known test number."""
    import pyarrow.compute as pc

    found = np.zeros(len(values), bool)
    if entity.common == "CREDIT_CARD":
        open_ = np.ones(len(values), bool)
    else:
        digits = pc.replace_substring_regex(values, r"[^0-9]+", "")
        known = _FICTIONAL if entity.common == "PHONE" else _TEST_NUMBERS
        likely = pc.match_substring_regex(digits, f"{known}|{_ONE_DIGIT}")
        open_ = pc.or_(likely, pc.invert(pc.string_is_ascii(values))).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(open_)
    if len(places):
        import pyarrow as pa

        found[places] = _asked(entity, values.take(pa.array(places)).to_pylist())
    return found
