"""Keys and password files are described without any of their content; every key here is invented and inert."""

from __future__ import annotations

import base64
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats import _MODULES
from leakkit.leak.formats.secrets import read
from leakkit.leak.source import BytesSource

CANARY = "canaryZ3Bx9"


def pem(kind: str, body: str = CANARY, end: bool = True) -> str:
    """Give a block that looks like a key."""
    return f"-----BEGIN {kind}-----\n{body}\n" + (f"-----END {kind}-----\n" if end else "")


def openssh(cipher: str) -> str:
    """Give the outside of an OpenSSH key with this cipher name."""
    body = b"openssh-key-v1\0" + struct.pack(">I", len(cipher)) + cipher.encode() + bytes(90)
    return pem("OPENSSH PRIVATE KEY", base64.encodebytes(body).decode().strip())


def facts_of(text: str, format: str) -> Facts:
    """Read `text`."""
    return read(BytesSource(text.encode(), "x"), format)


@pytest.mark.parametrize(
    ("text", "format", "encrypted"),
    [
        (pem("RSA PRIVATE KEY"), "pem-private-key", False),
        (
            pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + CANARY),
            "pem-private-key",
            True,
        ),
        (pem("ENCRYPTED PRIVATE KEY"), "pem-private-key", True),
        (pem("ENCRYPTED PRIVATE KEY") + pem("PRIVATE KEY"), "pem-private-key", False),
        (pem("CERTIFICATE") + pem("EC PRIVATE KEY"), "pem-private-key", False),
        (openssh("none"), "ssh-private-key", False),
        (openssh("aes256-ctr"), "ssh-private-key", True),
        (pem("OPENSSH PRIVATE KEY", "!!!"), "ssh-private-key", False),
    ],
)
def test_encryption_of_private_keys_is_told(text: str, format: str, encrypted: bool) -> None:
    facts = facts_of(text, format)
    assert facts.status == "ok"
    assert facts.values["x_encrypted"] is encrypted


def test_putty_keys_say_whether_they_are_encrypted() -> None:
    text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: {}\nComment: a\nPublic-Lines: 1\nx\nPrivate-Lines: 1\ny\n"
    assert facts_of(text.format("none"), "ssh-private-key").values["x_encrypted"] is False
    assert facts_of(text.format("aes256-cbc"), "ssh-private-key").values["x_encrypted"] is True
    assert facts_of(text.format("none").split("Private")[0], "ssh-private-key").status == "truncated"
    with pytest.raises(BadMemberError):
        facts_of("PuTTY-User-Key-File-3: ssh", "ssh-private-key")


def test_certificates_and_public_keys_are_counted() -> None:
    assert facts_of(pem("CERTIFICATE") * 3, "certificate").values["x_n_keys"] == 3
    assert "x_encrypted" not in facts_of(pem("CERTIFICATE"), "certificate").values
    keys = f"# hosts\nssh-rsa AAAA{CANARY} a@example.org\nno-pty ssh-ed25519 AAAA{CANARY}\n"
    assert facts_of(keys, "public-key").values == {"x_n_keys": 2, "x_key_type": "ssh-rsa"}


def test_variables_are_counted_by_name() -> None:
    text = f"# comment\nAPI_KEY={CANARY}\nexport DB_PASSWORD='{CANARY}'\nDEBUG=1\nEMPTY_TOKEN=\n\nnot a variable\n"
    assert facts_of(text, "dotenv").values == {"x_n_variables": 4, "x_n_secret_names": 2}


def test_service_accounts_are_described() -> None:
    text = json.dumps({"type": "service_account", "private_key": CANARY, "client_email": "a@example.org"})
    assert facts_of(text, "service-account-json").values == {
        "x_key_type": "service_account", "x_n_keys": 1, "x_encrypted": False,
    }  # fmt: skip


def test_a_key_without_an_end_is_truncated() -> None:
    assert facts_of(pem("PRIVATE KEY", end=False), "pem-private-key").status == "truncated"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (pem("RSA PRIVATE KEY"), "pem-private-key"), (pem("RSA PRIVATE KEY", end=False), "pem-private-key"),
        (f"A={CANARY}\n{CANARY}=1\n", "dotenv"), (json.dumps({"type": CANARY, "private_key": CANARY}),
            "service-account-json"),
        ('{"private_key": "' + CANARY, "service-account-json"), ("PuTTY-User-Key-File-3: ssh\n" + CANARY,
            "ssh-private-key"),
        (f"ssh-rsa AAAA{CANARY} {CANARY}@example.org", "public-key"),
    ],
)  # fmt: skip
def test_no_value_and_no_name_is_kept(text: str, format: str) -> None:
    try:
        told = repr(facts_of(text, format))
    except BadMemberError as error:
        told = repr(error)
    assert CANARY not in told


@given(st.binary(max_size=300), st.sampled_from(_MODULES["secrets"]))
def test_any_bytes_are_survived(data: bytes, format: str) -> None:
    for text in (data, b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + data, b"PuTTY-User-Key-File-2: " + data):
        try:
            facts = read(BytesSource(text, "x"), format)
        except BadMemberError:
            continue
        assert facts.status in {"ok", "truncated", "refused"}


def test_many_beginnings_take_no_time() -> None:
    import time

    start = time.perf_counter()
    facts_of("-----BEGIN PRIVATE KEY-----\n" * 30_000, "pem-private-key")
    facts_of(
        "".join(f"-----BEGIN {letter}{number} KEY-----\n" for letter in "AB" for number in range(9000)),
        "certificate",
    )
    assert time.perf_counter() - start < 2
