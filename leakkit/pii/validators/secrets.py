"""Checks of secrets: is a value near a telling key a secret, a reference, a name or a label; checksums of tokens.

They see the value alone. True: it looks like a secret. None: it may be one (a short or plain password).
False: it is none (a reference, path, type name, label, placeholder, checksum ...).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib

from leakkit.pii.validators.crypto import base58check
from leakkit.pii.validators.randomness import (
    classes,
    entropy,
    looks_random,
    repeats,
    switches,
    walk,
    word_pairs,
)

_REFERENCE = re.compile(
    r"\$\{|\{\{|\}\}|\$\(|#\{|<%|%>|%\(|\{[A-Za-z_]?[\w.]*\}|^\$[A-Za-z_{]|^@[A-Za-z_]\w*$|^%\w+%$|^%[sd]|^[<\[(].*[>\])]$|"
    r"^[<\[(]\w|^&[A-Za-z]\w*$|process\.env|os\.environ|getenv|^env[.:(]|^secrets?[.:]|^vault:|^ENC\[|^arn:|^!|^self\.|^this\.|"
    r"^\w+(?:\.\w+)*\(|^[A-Za-z_][\w.]*\[|^\w*->|::|=>|&&|\|\||://|^\\[A-Za-z]|\\[nrtux]|^data:|^[a-z]+/[a-z0-9.+-]+;"
)
_MASKED = re.compile(
    r"\*{3}|x{4}|X{4}|\.{3}|…|•{2}|#{4}|-{4}|_{4}|(?i:redacted|masked|hidden|removed|filtered|censored)"
)
_PLACEHOLDER = re.compile(
    r"(?i)example|change[-_ ]?(?:me|it|this)|your[-_ ]?|placeholder|dummy|sample|replace|insert[-_ ]|to[-_]?do|"
    r"fixme|lorem|^(?:my|some|the|bad)[-_]|^(?:fake|mock|invalid|wrong)|"
    r"^(?:foo|bar|baz|abc|xyz|test|testing|asdf)+\d{0,3}$|"
    r"^(?:none|null|nil|true|false|undefined|empty|default|optional|required|string|str|bool|integer|int|float|"
    r"bytes|object|any|text|n?varchar.*|unknown|value|n/a|na|not[-_ ]?set|unset|void|char.*|yes|no|on|off|"
    r"enabled|disabled)$"
)
_PATH = re.compile(
    r"^(?:\.{0,2}/|~/|[A-Za-z]:\\|\\\\)|^[\w.~-]+(?:/[\w.~-]*[a-z]{3}[\w.~-]*)+/?$|"
    r"\.(?:pem|key|crt|cer|pub|txt|json|ya?ml|py|js|ts|java|php|rb|go|sh|conf|cfg|ini|xml|html?|css|md|log|db|csv|png|svg|jpg|exe|dll|so)$"
)
_UUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
_PLAIN = re.compile(
    r"[+-]?[0-9.,:_ ]+(?:[eE][+-]?[0-9]+)?|0x[0-9A-Fa-f]+|v?[0-9]+(?:\.[0-9]+)+[\w.+-]*|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]+ ?[A-Za-z]{1,4}|#[0-9A-Fa-f]{3,8}|sha(?:1|256|384|512)[-:].*|"
    r"(?i:utf|sha|md|aes|rsa|base|ipv|http|oauth|hmac|pbkdf|ed|secp|x|iso|cp|win|py|int|uint|float)"
    r"[-_]?[0-9]+[\w-]*"
)
_KEYWORD = re.compile(
    r"(?i)passw(?:or)?d|passphrase|secret|token|credential|api[-_]?key|private|public|username|login|auth|field|button|label|input|"
    r"title|header|column|config|setting|param|enter|confirm|invalid|incorrect|forgot|reset|required|length|must"
)
_COMMON = frozenset(
    "admin root toor letmein welcome iloveyou monkey dragon master sunshine princess football baseball shadow superman "
    "trustno1 qwerty qwertz azerty qazwsx guest user system manager oracle postgres mysql passw0rd p@ssw0rd password1 "
    "abc123 changeme hunter2 starwars michael jennifer whatever freedom ninja mustang batman".split()
)
"""Passwords so common that a plain word may be one (public lists of the most used)."""


def is_reference(text: str) -> bool:
    """Say whether a value stands for another: a variable, call, template slot, path, address or mask.

    Examples
    --------
    >>> is_reference("${DB_PASSWORD}"), is_reference("os.environ['X']"), is_reference("Tr0ub4dor&3")
    (True, True, False)
    """
    return bool(_REFERENCE.search(text) or _MASKED.search(text) or _PATH.search(text))


def is_name(text: str) -> bool:
    """Say whether a value reads as a name in code: words joined by case, dots, dashes or underscores.

    Examples
    --------
    >>> is_name("nextToken"), is_name("my-secret-name"), is_name("xK9qLw2v")
    (True, True, False)
    """
    if not re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_.$-]*|[A-Za-z]+(?:[ :/|,][A-Za-z]+)+", text):
        return False
    digits = sum(c.isdigit() for c in text)
    if digits > 2 or (digits and not re.search(r"[A-Za-z][0-9]{1,2}$|[_.-][0-9]{1,2}(?:[_.-]|$)", text)):
        return False
    return word_pairs(text) >= 0.5 or len(re.sub(r"[^A-Za-z]", "", text)) < 6


def _never(text: str) -> bool:
    """Say whether a value cannot be a secret, whatever its key."""
    return bool(
        is_reference(text) or _PLACEHOLDER.search(text) or _PLAIN.fullmatch(text) or _UUID.fullmatch(text)
    )


def password_value(text: str) -> bool | None:
    """Judge a quoted value, or one of a settings file, whose key says password.

    Examples
    --------
    >>> password_value("q7!Rk#2wz"), password_value("hunter2"), password_value("confirmPassword")
    (True, None, False)
    """
    if len(text) < 4 or len(set(text)) < 3 or _never(text):
        return None if re.fullmatch(r"[0-9]{6,12}", text) and walk(text) < 1.1 else False
    digits = any(c.isdigit() for c in text)
    if not digits and (_KEYWORD.search(text) or text.lower() in _COMMON):
        return None if text.lower() in _COMMON else False
    if is_name(text) and text.lower() not in _COMMON:
        return None if digits and len(text) >= 6 and not re.search(r"[_.-]", text) else False
    if not re.search(r"[A-Za-z0-9]", text) or re.search(r"^\W{2}|\w\s\w", text) and classes(text) < 3:
        return False
    return True if len(text) >= 8 and classes(text) >= 3 and walk(text) < 0.6 else None


def password_bare(text: str) -> bool | None:
    """Judge an unquoted value after a key that says password; code names there are the rule.

    Examples
    --------
    >>> password_bare("q7!Rk#2wz"), password_bare("user.password"), password_bare("get_pass(")
    (True, False, False)
    """
    if re.search(r"[(){}\[\]]", text) and classes(text) < 4:
        return False
    if re.fullmatch(r"[A-Za-z_.$-]+", text) and text.lower() not in _COMMON:
        mixed = len(text) >= 8 and switches(text) >= 0.3 and word_pairs(text) < 0.5
        return None if mixed and "." not in text else False
    return password_value(text)


def password_setting(text: str) -> bool | None:
    """Judge the value of KEY=value in a settings file, where no code name can stand: plain words may be passwords.

    Examples
    --------
    >>> password_setting("correcthorse"), password_setting("changeme")
    (None, False)
    """
    if re.fullmatch(r"[A-Za-z]{7,24}", text) and not _never(text) and not _KEYWORD.search(text):
        return True if switches(text) >= 0.3 and word_pairs(text) < 0.5 else None
    return password_bare(text)


def secret_value(text: str) -> bool | None:
    """Judge a value whose key says key, token, secret, auth, salt ...: only a random-looking one counts.

    Examples
    --------
    >>> secret_value("8fKq2Zt7Lw0xVb3N"), secret_value("access_token"), secret_value("2024-01-31")
    (True, False, False)
    """
    if len(text) < 10 or _never(text) or is_name(text) or re.search(r"[\s<>{}\"'`]", text):
        return False
    body = re.sub(r"[^A-Za-z0-9]", "", text)
    if len(body) < 0.7 * len(text):
        return None if classes(text) == 4 and len(text) <= 40 and walk(text) < 0.4 else False
    if looks_random(body, 16):
        return True
    return None if looks_random(body, 10) and classes(body) >= 2 else False


def secret_mixed(text: str) -> bool | None:
    """Judge a value whose key only says "key" or "auth": as `secret_value`, but no plain hexadecimal checksum."""
    if re.fullmatch(r"[0-9a-fA-F]{8,}", text) or len(text) < 16:
        return False
    return bool(secret_value(text))


def mixed_characters(text: str) -> bool | None:
    """Judge the body of a vendor's key whose shape alone is weak; an example made of repeats stays unknown.

    Examples
    --------
    >>> mixed_characters("8fKq2Zt7Lw0xVb3NpQ4s"), mixed_characters("-".join(["word"] * 5))
    (True, None)
    """
    body = re.sub(r"[^A-Za-z0-9]", "", text)
    if repeats(body) or "EXAMPLE" in text:
        return None
    if not re.search(r"[0-9]", body) or not re.search(r"[A-Za-z]", body) or is_name(text):
        return False
    return looks_random(body, 10) or entropy(body) > 4.2


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
