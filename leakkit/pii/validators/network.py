"""Checks of network addresses and coordinates."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_MACS_OF_ALL = ("01005e", "3333", "0180c2", "01000c", "011b19")
"""Groups of machines: IPv4, IPv6, bridges, switches, clocks (IEEE 802, RFC 1112, RFC 2464)."""
_OCTETS = frozenset(map(str, range(256)))
_SMALL_OCTETS = frozenset(map(str, range(64)))
_FIRST_OF_VERSIONS = frozenset(map(str, range(30)))


def ipv4(text: str) -> bool | None:
    """Say whether four numbers are an address that a host can have.

    None (cannot tell from a version number): all four parts under 64, the first three under 30, or the first
    part 0. Of the addresses of the whole network about six in a thousand are such.
    """
    parts = text.split(".")
    if len(parts) != 4 or not _OCTETS.issuperset(parts) or text in ("0.0.0.0", "255.255.255.255"):
        return False
    if parts[0] == "0" or _SMALL_OCTETS.issuperset(parts) or _FIRST_OF_VERSIONS.issuperset(parts[:3]):
        return None
    return True


def ipv4_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many texts."""
    return [ipv4(text) for text in texts]


def ipv6(text: str) -> bool:
    """Say whether the text is an IPv6 address (RFC 4291, with zone and prefix length) worth reporting.

    ``::`` and ``::1`` and the like, which stand in every program, are not; neither are times, addresses of all
    machines of a network (``ff02::1``), and networks themselves (``fe00::0``).
    """
    plain = text.strip("[]").split("/")[0].split("%")[0]
    if plain.count(":") < 2 or re.fullmatch(r"[\d:]{1,8}", plain):
        return False
    try:
        address = ipaddress.IPv6Address(plain)
    except ValueError:
        return False
    if address.ipv4_mapped:
        return True
    short = "::" in plain and sum(bool(group) for group in plain.split(":")) < 3
    number = int(address)
    if address.is_multicast or not number & (1 << 112) - 1:
        return False
    return number > 0xFFFF and not (short and not re.search(r"[0-9]", plain))


def mac(text: str) -> bool:
    """Say whether the text is an EUI-48 of one machine: not of all in a network, no zeros, no run of one byte."""
    number = re.sub(r"[^0-9a-fA-F]", "", text).lower()
    pairs = {number[i : i + 2] for i in range(0, len(number), 2)}
    return len(number) == 12 and len(pairs) > 1 and not number.startswith(_MACS_OF_ALL)


def url(text: str) -> bool:
    """Say whether the text is an absolute address with a host that has a dot or is an IP address."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    return bool(parts.scheme) and ("." in host or ":" in host)


def coordinates(text: str) -> bool:
    """Say whether two decimal numbers are a latitude and a longitude away from the origin."""
    numbers = [float(number) for number in re.findall(r"-?\d{1,3}\.\d+", text)[:2]]
    if len(numbers) != 2:
        return False
    latitude, longitude = numbers
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (abs(latitude) > 1 or abs(longitude) > 1)
