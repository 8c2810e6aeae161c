"""Documentation and test values: found, marked, and not counted as anyone's data."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address, ip_network

_HOSTS = re.compile(
    r"(?:^|[.@/])(?:example|invalid|test|localhost|local)$|"
    r"(?:^|[.@/])example\.(?:com|org|net|edu)$|(?:^|[.@/])(?:acme|domain|yourdomain|mydomain|email)\.com$",
    re.IGNORECASE,
)
_TEST_TAILS = tuple(
    ".example .invalid .test .localhost .local .example.com .example.org .example.net .example.edu .acme.com"
    " .domain.com .yourdomain.com .mydomain.com .email.com".split()
)
"""What `_HOSTS` finds at the end of a plain host."""

_DOCUMENTATION_NETS = tuple(
    map(
        ip_network,
        ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20", "127.0.0.0/8"),
    )
)
"""RFC 5737, RFC 3849, RFC 9637; loop back says nothing of anyone."""

_WITH_PORT = re.compile(r"([0-9.]{7,15}|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
_OCTETS = frozenset(map(str, range(256)))
_DOCUMENTATION_STARTS = ("192.0.2.", "198.51.100.", "203.0.113.", "127.")
"""The same of four plain numbers."""

_TEST_CARDS = frozenset(
    (
        "4111111111111111 4242424242424242 4000056655665556 4012888888881881 4222222222222 5555555555554444 "
        "5105105105105100 2223003122003222 5200828282828210 378282246310005 371449635398431 378734493671000 "
        "6011111111111117 6011000990139424 30569309025904 38520000023237 3056930009020004 3566002020360505 "
        "3530111333300000 6200000000000005 4000000000000002 4000000000009995 5454545454545454"
    ).split()
)
"""Card numbers of payment processors' test pages."""

_TEST_IBANS = frozenset(
    "DE89370400440532013000 GB82WEST12345698765432 GB29NWBK60161331926819 FR1420041010050500013M02606".split()
)
_TEST_NUMBERS = frozenset("078051120 219099999 123456789 987654321 111111111 000000000".split())
_TEST_PHONES = re.compile(
    r"\+?1?(?:\d{3})?55501\d\d|(?:44|0)?0?7700900\d{3}|(?:44|0)?0?20794600\d\d|0?1632960\d{3}"
)
"""Fictional ranges: North America 555-0100 to 0199, and Ofcom's for drama."""

_SECRET_WORDS = re.compile(
    r"example|placeholder|your[_\- ]|changeme|change[_\-]me|dummy|sample|redacted|foobar|notreal|not[_\-]a[_\-]real|"
    r"insert[_\-]|xxxxx|\*{4}|\.{3}|<[^<>]*>|\$\{|\{\{|%\(|todo|fixme|lorem|deadbeef|my[_\-](?:secret|token|key|pass)",
    re.IGNORECASE,
)
_RISING = "0123456789" * 4, "abcdefghijklmnopqrstuvwxyz" * 2, "0123456789abcdef" * 3


def is_placeholder(entity: str, common: str, family: str, text: str) -> bool:
    """Tell whether a value is one of those that documentation, tests and templates use.

    Parameters
    ----------
    entity, common, family : str
        As in ``entities.toml``.
    text : str
        The value.
    """
    return placeholder_check(entity, common, family)(text)


@lru_cache(1024)
def placeholder_check(entity: str, common: str, family: str) -> Callable[[str], bool]:
    """Give what tells for one kind of value whether documentation, tests and templates use it."""
    if common in ("EMAIL", "URL"):
        return _is_test_host
    if common == "IP":
        return _is_documentation_address
    if family == "credential":
        return _is_no_secret
    return _OF_NUMBERS.get(common, _is_none)


def _is_no_secret(text: str) -> bool:
    """True for what stands where a secret would."""
    return _SECRET_WORDS.search(text) is not None or _is_monotonous(text)


def _is_test_card(text: str) -> bool:
    """True for card numbers of payment processors' test pages."""
    return re.sub(r"\D", "", text) in _TEST_CARDS


def _is_test_iban(text: str) -> bool:
    """True for account numbers of standards and manuals."""
    return re.sub(r"\W", "", text).upper() in _TEST_IBANS


def _is_test_phone(text: str) -> bool:
    """True for fictional ranges, and one digit over and over."""
    digits = re.sub(r"\D", "", text)
    return _TEST_PHONES.fullmatch(digits) is not None or (len(digits) > 6 and len(set(digits)) == 1)


def _is_test_number(text: str) -> bool:
    """True for known numbers of forms, and one digit over and over."""
    digits = re.sub(r"\D", "", text)
    return digits in _TEST_NUMBERS or (len(digits) > 5 and len(set(digits)) == 1)


def _is_none(text: str) -> bool:
    """True for nothing: no placeholders are known."""
    return False


_OF_NUMBERS: dict[str, Callable[[str], bool]] = {
    "CREDIT_CARD": _is_test_card,
    "IBAN": _is_test_iban,
    "PHONE": _is_test_phone,
    **dict.fromkeys(("US_SSN", "NATIONAL_ID", "BANK_ACCOUNT", "PASSPORT", "DRIVER_LICENSE"), _is_test_number),
}


def _is_test_host(text: str) -> bool:
    """True where the host is reserved for documentation (RFC 2606, RFC 6761) or stands for anyone's."""
    return _is_reserved(text.rpartition("@")[2])


@lru_cache(4096)
def _is_reserved(host: str) -> bool:
    """True for such a host, or the address of a page on one; many addresses share few hosts."""
    bare = host.replace(".", "").replace("-", "")
    if bare.isalnum() and bare.isascii():
        return ("." + host.rstrip(".").lower()).endswith(_TEST_TAILS)
    host = re.sub(r"^[a-z][a-z0-9+.\-]*://", "", host, flags=re.IGNORECASE)
    return _HOSTS.search(re.split(r"[/?#:]", host, maxsplit=1)[0].rstrip(".")) is not None


def _is_documentation_address(text: str) -> bool:
    """True for addresses of documentation and loop back, with or without a port."""
    with_port = _WITH_PORT.fullmatch(text)
    text = with_port[1] if with_port else text
    parts = text.split(".")
    if len(parts) == 4 and _OCTETS.issuperset(parts):
        return text.startswith(_DOCUMENTATION_STARTS) or text == "0.0.0.0"
    try:
        address = ip_address(text.strip("[]").partition("/")[0].partition("%")[0])
    except ValueError:
        return False
    if address.is_unspecified or address.is_loopback:
        return True
    return any(address.version == net.version and address in net for net in _DOCUMENTATION_NETS)


def _is_monotonous(text: str) -> bool:
    """True for one or two characters over and over, or a run along the alphabet or the digits."""
    bare = re.sub(r"[\W_]", "", text).lower()
    return len(set(bare)) <= 2 or (len(bare) >= 6 and any(bare in run for run in _RISING))
