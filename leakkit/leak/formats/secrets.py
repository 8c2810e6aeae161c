"""Reads key and password files for their kind only: counts and whether they are encrypted, never a value.

Nothing here keeps, returns or puts into an error any part of a secret; names of variables are counted.
"""

from __future__ import annotations

import base64
import binascii
import re

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.json_text import decode_text, parse_object
from leakkit.leak.source import Source

_READ_LIMIT = 2**20
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{3,60})-----(.*?)(?:-----END \1-----|\Z)", re.DOTALL)
_PROC_TYPE = "Proc-Type: 4,ENCRYPTED"
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d: ([\w@.-]{1,60}).{0,200}?\nEncryption: (\S{1,40})", re.DOTALL)
_SSH_PUBLIC = re.compile(r"(?m)^(?:[^#\n]{0,200} )?((?:ssh|ecdsa|sk)-[\w@.-]{3,60}) AAAA")
_VARIABLE = re.compile(r"(?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]{0,100})[ \t]*=[ \t]*(\S?)")
_SECRET_WORD = re.compile(
    r"KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|DSN|DATABASE_URL|AUTH|PRIVATE", re.IGNORECASE
)
_OPENSSH_MAGIC = b"openssh-key-v1\0"


def read(source: Source, format: str) -> Facts:
    """Read how many keys or variables a member holds, of which kind, and whether they are encrypted.

    Parameters
    ----------
    source : Source
    format : str
        ``pem-private-key``, ``ssh-private-key``, ``certificate``, ``public-key``, ``dotenv`` or
        ``service-account-json``.

    Returns
    -------
    Facts
        ``x_n_keys``, ``x_key_type``, ``x_encrypted`` (True when every private key needs a pass phrase),
        ``x_n_variables``, ``x_n_secret_names``; status ``truncated`` when a key has no end.
    """
    facts = Facts()
    if format == "service-account-json":
        return _service_account(source, facts)
    text = decode_text(source.read_at(0, min(source.size, _READ_LIMIT)))
    if format == "dotenv":
        variables = _VARIABLE.findall(text)
        facts.values["x_n_variables"] = len(variables)
        facts.values["x_n_secret_names"] = sum(
            1 for name, value in variables if value and _SECRET_WORD.search(name)
        )
        return facts
    if text.startswith("PuTTY-User-Key-File-"):
        return _putty(text, facts)
    if format == "public-key":
        kinds = _SSH_PUBLIC.findall(text)
        if kinds:
            facts.values |= {"x_n_keys": len(kinds), "x_key_type": kinds[0]}
            return facts
    return _blocks(text, format, facts)


def _service_account(source: Source, facts: Facts) -> Facts:
    """Say what kind of account a key file opens."""
    account = parse_object(source, facts)
    kind = account.get("type")
    if kind in ("service_account", "authorized_user", "external_account"):
        facts.values["x_key_type"] = kind
    facts.values["x_n_keys"] = sum(
        1 for key in ("private_key", "refresh_token", "client_secret") if account.get(key)
    )
    facts.values["x_encrypted"] = False
    return facts


def _putty(text: str, facts: Facts) -> Facts:
    """Read the header of a PuTTY key."""
    facts.values["x_n_keys"] = 1
    match = _PUTTY.match(text)
    if match is None:
        raise BadMemberError("the PuTTY key breaks off in its header", status="truncated")
    facts.values |= {"x_key_type": match[1], "x_encrypted": match[2] != "none"}
    if "Private-Lines:" not in text:
        facts.status, facts.error = "truncated", "the PuTTY key breaks off before its private part"
    return facts


def _blocks(text: str, format: str, facts: Facts) -> Facts:
    """Read the blocks between BEGIN and END."""
    blocks = [(match[1], match[2], match[0]) for match in _BLOCK.finditer(text)]
    if not blocks:
        return facts
    wanted = (
        "PRIVATE KEY" if "private" in format else "CERTIFICATE" if format == "certificate" else "PUBLIC KEY"
    )
    chosen = [block for block in blocks if wanted in block[0]] or blocks
    facts.values |= {"x_n_keys": len(chosen), "x_key_type": chosen[0][0]}
    if wanted == "PRIVATE KEY":
        facts.values["x_encrypted"] = all(_is_encrypted(kind, body) for kind, body, _ in chosen)
    if not all(whole.rstrip().endswith(f"-----END {kind}-----") for kind, _, whole in blocks):
        facts.status, facts.error = "truncated", "a block between BEGIN and END has no end"
    return facts


def _is_encrypted(kind: str, body: str) -> bool:
    """Tell a private key that needs a pass phrase; one that cannot be read counts as open."""
    if kind == "ENCRYPTED PRIVATE KEY" or _PROC_TYPE in body[:200]:
        return True
    if kind != "OPENSSH PRIVATE KEY":
        return False
    try:
        start = base64.b64decode("".join(body.split())[:64])
    except (binascii.Error, ValueError):
        return False
    if not start.startswith(_OPENSSH_MAGIC):
        return False
    length = int.from_bytes(start[15:19], "big")
    return start[19 : 19 + length] != b"none"
