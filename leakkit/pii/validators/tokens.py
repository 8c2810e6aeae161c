"""Checks of what a secret holds: checksums of tokens, JSON inside base64, key structures, seed words."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib

from leakkit.pii.validators.crypto import base58check, bech32

_PROTEIN = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]{16}")


def aws_key_id(text: str) -> bool | None:
    """Judge the id of an AWS key, which has a digit in 29 of 30 cases; without, it may be a run of letters.

    Letters that all stand for amino acids are part of a protein: of ids one in two thousand has only such.

    Examples
    --------
    >>> aws_key_id("A" + "KIAIOSFODNN7TESTKEY"), aws_key_id("A" + "KIAGHTLPNNWDEVGFQRM")
    (True, False)
    """
    if any(c.isdigit() for c in text):
        return True
    return False if _PROTEIN.fullmatch(text[4:]) else None


def github_checksum(text: str) -> bool | None:
    """Check the last six characters of a token of GitHub or npm: CRC32 of the rest, in base 62.

    A wrong checksum is no proof against it: made-up and altered tokens stand in leaks too.
    """
    prefix, _, body = text.rpartition("_")
    if len(body) < 30 or not prefix:
        return None
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number, check = zlib.crc32(body[:-6].encode()), ""
    for _ in range(6):
        number, place = divmod(number, 62)
        check = letters[place] + check
    return True if check == body[-6:] else None


def _decoded(text: str) -> bytes:
    """Decode base64 of either alphabet, with or without padding; ValueError when it is none."""
    text = text.rstrip("=").replace("-", "+").replace("_", "/")
    if len(text) % 4 == 1:
        text = text[:-1]
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def jwt(text: str) -> bool | None:
    """Check a JSON web token: the header decodes to JSON with an algorithm, the payload to JSON.

    Examples
    --------
    >>> jwt("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"), jwt("eyJhbGci.bm8.bm8")
    (True, False)
    """
    head, _, rest = text.partition(".")
    try:
        header = json.loads(_decoded(head))
    except (ValueError, binascii.Error):
        return False
    if not isinstance(header, dict) or not {"alg", "enc", "typ", "kid"} & set(header):
        return False
    try:
        return True if isinstance(json.loads(_decoded(rest.split(".")[0])), dict) else None
    except (ValueError, binascii.Error):
        return None


def basic_credentials(text: str) -> bool | None:
    """Check that base64 decodes to printable user:password.

    Examples
    --------
    >>> basic_credentials("ZGVtbzpFeDRtcGxlIQ=="), basic_credentials("application")
    (True, False)
    """
    try:
        plain = _decoded(text).decode("utf-8")
    except (ValueError, binascii.Error):
        return False
    return ":" in plain[1:] and plain.isprintable()


def encoded_private_key(text: str) -> bool | None:
    """Check that base64 decodes to a private key: PEM text, PKCS#1, PKCS#8, SEC 1 or an OpenSSH key.

    Source: RFC 7468, RFC 5958, RFC 8017, RFC 5915.
    """
    try:
        raw = _decoded(re.sub(r"[^A-Za-z0-9+/_=-]", "", re.sub(r"\\[nr]", "", text))[:4000])
    except (ValueError, binascii.Error):
        return False
    if b"PRIVATE KEY" in raw[:120] or raw.startswith(b"openssh-key-v1"):
        return True
    size = 2 + (raw[1] & 0x7F if raw[1] & 0x80 else 0) if raw[:1] == b"\x30" and len(raw) > 40 else 0
    inner = raw[size : size + 3]
    return bool(size) and (
        inner in (b"\x02\x01\x00", b"\x02\x01\x01") or b"\x2a\x86\x48\x86\xf7\x0d\x01\x05" in raw[:40]
    )


def private_key_text(text: str) -> bool:
    """Check that a PEM block holds base64 of some length, not only its first and last line."""
    return re.search(r"[A-Za-z0-9+/]{32}", text) is not None


def jwk(text: str) -> bool | None:
    """Check that the private part of a JSON web key is base64url of at least 16 bytes."""
    try:
        return len(_decoded(text)) >= 16
    except (ValueError, binascii.Error):
        return False


def discord_token(text: str) -> bool | None:
    """Check that the first part of a bot token is the base64 of a numeric id."""
    try:
        return re.fullmatch(rb"[0-9]{17,20}", _decoded(text.split(".")[0])) is not None
    except (ValueError, binascii.Error):
        return False


def numbered_token(text: str) -> bool:
    """Check that base64 decodes to a number of eight to fourteen digits, a colon and random bytes."""
    try:
        return re.match(rb"[0-9]{8,14}:", _decoded(text)) is not None
    except (ValueError, binascii.Error):
        return False


def nkey_seed(text: str) -> bool | None:
    """Check the CRC-16 (XMODEM) at the end of an NKEY of NATS; a wrong one leaves it unknown."""
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return None
    return True if binascii.crc_hqx(raw[:-2], 0) == int.from_bytes(raw[-2:], "little") else None


def wallet_key(text: str) -> bool | None:
    """Check base58check of a wallet's private key: WIF (plain, compressed) or an extended private key."""
    if text[:4] in ("xprv", "yprv", "zprv", "tprv"):
        versions = tuple(bytes.fromhex(v) for v in ("0488ade4", "049d7878", "04b2430c", "04358394"))
        return base58check(text, versions, 74)
    return base58check(text, (b"\x80", b"\xef"), 32) or base58check(text, (b"\x80", b"\xef"), 33)


def hash_text(text: str) -> bool | None:
    """Check that a password's hash has at least three fields, one of them long and random-looking."""
    fields = [field for field in text.split("$") if field]
    return len(fields) >= 3 and any(len(field) >= 20 for field in fields)


def age_key(text: str) -> bool | None:
    """Check the bech32 checksum of an age identity."""
    return bech32(text, ("age-secret-key-", "age-secret-key-pq-"))


_NO_SEED_WORDS = frozenset(
    (
        "the and for are was were with from has have had not but our his her its will would which their them"
        " been any"
    ).split()
)
"""Common words that are not on the list of BIP 39."""


def seed_words(text: str) -> bool | None:
    """Judge a wallet's seed phrase by what BIP 39 allows: 12 or 24 words of 3 to 8 letters, none of the commonest.

    The list of words itself is not shipped, so a sentence without such words passes as unknown at best.
    """
    words = re.findall(r"[a-z]+", text)
    if len(words) not in (12, 15, 18, 21, 24) or _NO_SEED_WORDS & set(words):
        return False
    return True if len({word[:4] for word in words}) >= len(words) - 2 else None
