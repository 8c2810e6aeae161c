"""Keys and certificates in binary: DER by the first elements of its outermost sequence, OpenPGP by its first packet."""

from __future__ import annotations

from leakkit.leak.source import Source

_SEQUENCE, _INTEGER, _BIT_STRING, _OCTET_STRING, _OBJECT_ID, _VERSION = 0x30, 2, 3, 4, 6, 0xA0
_LIMIT = 1 << 24

_PKCS7 = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_PASSWORD_BASED = (b"\x2a\x86\x48\x86\xf7\x0d\x01\x05", b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01")


def _element(data: bytes, place: int) -> tuple[int, int, int]:
    """Give tag, start and end of the element at `place`; tag -1 for what is none."""
    if place + 2 > len(data):
        return -1, 0, 0
    tag, length = data[place], data[place + 1]
    place += 2
    if length & 0x80:
        width = length & 0x7F
        if not 0 < width < 5:
            return -1, 0, 0
        length = int.from_bytes(data[place : place + width], "big")
        place += width
    return tag, place, place + length


def key_kind(source: Source, head: bytes) -> str | None:
    """Give the format of a DER file whose outermost sequence is as long as the file, or of an OpenPGP key ring.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> key = bytes.fromhex("300b 020100 3006 06042b656e21".replace(" ", ""))
    >>> key_kind(BytesSource(key), key)
    'der-private-key'
    """
    if head[0] != _SEQUENCE:
        return _openpgp(head)
    tag, start, end = _element(head, 0)
    if tag != _SEQUENCE or end != source.size or end > _LIMIT:
        return None
    tag, inner, after = _element(head, start)
    follows = _element(head, after)
    if tag == _INTEGER:
        return _versioned(head, head[inner:after], follows)
    if tag != _SEQUENCE:
        return "certificate" if tag == _OBJECT_ID and head[inner:after].startswith(_PKCS7) else None
    first, value, value_end = _element(head, inner)
    if first == _OBJECT_ID and follows[0] == _OCTET_STRING:
        return "der-private-key" if head[value:value_end].startswith(_PASSWORD_BASED) else None
    if first == _OBJECT_ID and follows[0] == _BIT_STRING and follows[2] == source.size:
        return "public-key"
    signed = follows[0] == _SEQUENCE and _element(head, follows[1])[0] == _OBJECT_ID
    cut_off = after >= len(head)
    return "certificate" if first in (_VERSION, _INTEGER, _SEQUENCE) and (signed or cut_off) else None


_OPENPGP_KEYS = {5: "pgp-private-key", 6: "public-key"}
_OPENPGP_ALGORITHMS = frozenset({1, 2, 3, 16, 17, 18, 19, 22, 25, 26, 27, 28})


def _openpgp(head: bytes) -> str | None:
    """Tell an OpenPGP key ring: a key packet, its version, a time after 1991, an algorithm."""
    first = head[0]
    if first & 0x80 == 0 or len(head) < 16:
        return None
    if first & 0x40:
        kind, width = first & 0x3F, 1 if head[1] < 192 else 2 if head[1] < 224 else 5
    else:
        kind, width = first >> 2 & 15, 1 << (first & 3)
    place = 1 + width
    if kind not in (5, 6) or width > 5 or head[place] not in (3, 4, 5, 6):
        return None
    made = int.from_bytes(head[place + 1 : place + 5], "big")
    algorithm = head[place + (7 if head[place] == 3 else 5)]
    return _OPENPGP_KEYS[kind] if made > 662_688_000 and algorithm in _OPENPGP_ALGORITHMS else None


def _versioned(head: bytes, version: bytes, follows: tuple[int, int, int]) -> str | None:
    """Tell what begins with a version number: private keys and PKCS #12 stores."""
    tag, start, _ = follows
    inner = _element(head, start)
    if version == b"\3" and tag == _SEQUENCE and head[inner[1] : inner[2]].startswith(_PKCS7):
        return "pkcs12"
    if version in (b"\0", b"\1") and tag == _SEQUENCE and inner[0] == _OBJECT_ID:
        return "der-private-key"
    if version == b"\1" and tag == _OCTET_STRING:
        return "der-private-key"
    return "der-private-key" if version == b"\0" and tag == _INTEGER else None
