"""IPv6 addresses read and written several times faster than by the standard library; just as it does."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}")
_PARTED = re.compile(
    r"(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?"
)
_LONGEST = 39
_RUNS = tuple((":0" * count + ":", 2 * count + 1) for count in range(8, 1, -1))


def groups_of(text: str) -> tuple[int, ...] | None:
    """Give the eight groups of an IPv6 address; nothing where it is none or holds an IPv4 address.

    Examples
    --------
    >>> groups_of("2001:DB8::1"), groups_of("::ffff:192.0.2.1"), groups_of("1::2::3")
    ((8193, 3512, 0, 0, 0, 0, 0, 1), None, None)
    """
    if len(text) > _LONGEST:
        return None
    if _WHOLE.fullmatch(text):
        groups = [int(part, 16) for part in text.split(":")]
    elif _PARTED.fullmatch(text):
        before, _, after = text.partition("::")
        first = [int(part, 16) for part in before.split(":")] if before else []
        last = [int(part, 16) for part in after.split(":")] if after else []
        if (left := 8 - len(first) - len(last)) < 1:
            return None
        groups = first + [0] * left + last
    else:
        return None
    return None if groups[5] == 0xFFFF and not any(groups[:5]) else tuple(groups)


def shortest(groups: tuple[int, ...]) -> str:
    """Write eight groups in the shortest way (RFC 5952).

    Examples
    --------
    >>> shortest((8193, 3512, 0, 0, 0, 0, 0, 1))
    '2001:db8::1'
    """
    text = ":{:x}:{:x}:{:x}:{:x}:{:x}:{:x}:{:x}:{:x}:".format(*groups)
    for run, length in _RUNS:
        if (at := text.find(run)) >= 0:
            return f"{text[1:at]}::{text[at + length : -1]}"
    return text[1:-1]


def network(groups: tuple[int, ...]) -> str:
    """Show the first 48 bits alone, as `leakkit.leak.access.requests.mask_client` does.

    Examples
    --------
    >>> network((8193, 3512, 1, 2, 0, 0, 0, 3))
    '2001:db8:1:x'
    """
    return shortest((*groups[:3], 0, 0, 0, 0, 0)).removesuffix("::") + ":x"
