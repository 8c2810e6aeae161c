"""Checks of crypto currency addresses: base58check, bech32, EIP-55, SS58 and the like."""

from __future__ import annotations

import base64
import hashlib
import re

from leakkit.pii.validators.keccak import keccak256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_OF_BECH32 = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_OF_CASHADDR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)


def base58(text: str, alphabet: str = _BASE58) -> bytes:
    """Decode base58; a character outside the alphabet raises ValueError."""
    number = 0
    for letter in text:
        number = number * 58 + alphabet.index(letter)
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58check(text: str, versions: tuple[bytes, ...], size: int, alphabet: str = _BASE58) -> bool:
    """Say whether a text is base58check of a payload of `size` bytes under one of the versions."""
    try:
        raw = base58(text, alphabet)
    except ValueError:
        return False
    body, check = raw[:-4], raw[-4:]
    if not any(body.startswith(v) and len(body) == len(v) + size for v in versions):
        return False
    return hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] == check


def _polymod(values: list[int], generators: tuple[int, ...], bits: int) -> int:
    """Give the checksum of so many bits that BIP 173 and its sisters make of groups of five bits."""
    check, low = 1, (1 << bits - 5) - 1
    for value in values:
        top = check >> bits - 5
        check = (check & low) << 5 ^ value
        for bit, generator in enumerate(generators):
            check ^= generator if top >> bit & 1 else 0
    return check


def bech32(text: str, prefixes: tuple[str, ...]) -> bool:
    """Say whether a text is bech32 or bech32m (BIP 173, BIP 350) under one of the prefixes."""
    if text.lower() != text and text.upper() != text:
        return False
    prefix, _, data = text.lower().rpartition("1")
    if prefix not in prefixes or len(data) < 8 or any(letter not in _BECH32 for letter in data):
        return False
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    return _polymod(head + [_BECH32.index(c) for c in data], _OF_BECH32, 30) in (1, 0x2BC830A3)


def bitcoin(text: str) -> bool:
    """Say whether a text is a Bitcoin address: P2PKH, P2SH, segwit or taproot; main or test network."""
    if text[:3].lower() in ("bc1", "tb1"):
        return bech32(text, ("bc", "tb"))
    return base58check(text, (b"\x00", b"\x05", b"\x6f", b"\xc4"), 20)


def litecoin(text: str) -> bool:
    """Say whether a text is a Litecoin address."""
    if text[:4].lower() == "ltc1":
        return bech32(text, ("ltc",))
    return base58check(text, (b"\x30", b"\x32", b"\x05"), 20)


def dogecoin(text: str) -> bool:
    """Say whether a text is a Dogecoin address."""
    return base58check(text, (b"\x1e", b"\x16"), 20)


def dash(text: str) -> bool:
    """Say whether a text is a Dash address."""
    return base58check(text, (b"\x4c", b"\x10"), 20)


def zcash(text: str) -> bool:
    """Say whether a text is a Zcash address, transparent or shielded."""
    if text.startswith("zs1"):
        return bech32(text, ("zs",))
    return base58check(text, (b"\x1c\xb8", b"\x1c\xbd"), 20)


def tron(text: str) -> bool:
    """Say whether a text is a Tron address."""
    return base58check(text, (b"\x41",), 20)


def tezos(text: str) -> bool:
    """Say whether a text is a Tezos address."""
    versions = (b"\x06\xa1\x9f", b"\x06\xa1\xa1", b"\x06\xa1\xa4", b"\x02\x5a\x79")
    return base58check(text, versions, 20)


def ripple(text: str) -> bool:
    """Say whether a text is a classic XRP Ledger address."""
    return base58check(text, (b"\x00",), 20, _RIPPLE58)


def bitcoin_cash(text: str) -> bool:
    """Say whether a text is a Bitcoin Cash address in the cashaddr form."""
    prefix, _, data = text.lower().rpartition(":")
    values = [ord(c) & 31 for c in prefix or "bitcoincash"] + [0] + [_BECH32.index(c) for c in data]
    return _polymod(values, _OF_CASHADDR, 40) == 1


def cosmos(text: str) -> bool:
    """Say whether a text is a bech32 address of Cosmos or one of its sisters."""
    return bech32(
        text, ("cosmos", "osmo", "terra", "juno", "inj", "celestia", "sei", "kava", "akash", "secret")
    )


def cardano(text: str) -> bool:
    """Say whether a text is a Cardano address (Shelley, bech32)."""
    return bech32(text, ("addr", "stake", "addr_test", "stake_test"))


def eth(text: str) -> bool | None:
    """Say whether mixed-case letters carry the checksum of EIP-55; None for one case, which carries none."""
    body = text[2:]
    if not re.fullmatch(r"[0-9a-fA-F]{40}", body) or len(set(body.lower())) < 6:
        return False
    if body in (body.lower(), body.upper()):
        return None
    digest = keccak256(body.lower().encode()).hex()
    return all(not c.isalpha() or c.isupper() == (int(d, 16) > 7) for c, d in zip(body, digest, strict=False))


def monero(text: str) -> bool:
    """Say whether a text is a Monero address (base58 in blocks of eleven, Keccak check)."""
    raw = b""
    for start in range(0, len(text), 11):
        block = text[start : start + 11]
        size = (0, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8)[len(block)]
        raw += (base58(block).lstrip(b"\0")).rjust(size, b"\0")
    return len(raw) in (69, 77) and keccak256(raw[:-4])[:4] == raw[-4:]


def polkadot(text: str) -> bool:
    """Say whether a text is an SS58 address of an account (BLAKE2b check)."""
    raw = base58(text)
    body, check = raw[:-2], raw[-2:]
    return len(raw) in (35, 36) and hashlib.blake2b(b"SS58PRE" + body).digest()[:2] == check


def _crc16(data: bytes) -> int:
    """Give CRC-16/XMODEM."""
    import binascii

    return binascii.crc_hqx(data, 0)


def stellar(text: str) -> bool:
    """Say whether a text is a Stellar account (base32 with CRC-16)."""
    raw = base64.b32decode(text)
    return len(raw) == 35 and raw[0] == 6 << 3 and _crc16(raw[:-2]) == int.from_bytes(raw[-2:], "little")


def ton(text: str) -> bool:
    """Say whether a text is a TON address (36 bytes of base64url with CRC-16)."""
    raw = base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_"))
    return (
        len(raw) == 36
        and raw[0] & 0x7F in (0x11, 0x51)
        and _crc16(raw[:-2]) == int.from_bytes(raw[-2:], "big")
    )


def solana(text: str) -> bool | None:
    """Say False of what is not base58 of 32 bytes; there is no checksum, so never True."""
    try:
        return None if len(base58(text)) == 32 and re.search(r"\d.*[a-z].*[A-Z]|[A-Z].*\d", text) else False
    except ValueError:
        return False


def algorand(text: str) -> bool:
    """Say whether a text is an Algorand address (base32, SHA-512/256 check)."""
    raw = base64.b32decode(text + "======")
    return hashlib.new("sha512_256", raw[:32]).digest()[-4:] == raw[32:]
