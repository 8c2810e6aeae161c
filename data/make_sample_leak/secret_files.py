"""Keys and passwords that open nothing: right in form, wrong in content, and they say so."""

from __future__ import annotations

import base64
import json
import struct

import numpy as np

from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.spans import note_lines

# The pair that Amazon prints in its manuals.
AWS_ID, AWS_SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

# name: (entity, value, where it stands)
SECRETS = {
    "AWS_ACCESS_KEY_ID": ("AWS_ACCESS_KEY", AWS_ID),
    "AWS_SECRET_ACCESS_KEY": ("AWS_SECRET_KEY", AWS_SECRET),
    "HF_TOKEN": ("HUGGINGFACE_TOKEN", "hf_" + "INVENTEDexampleINVENTEDexampleINVE"),
    "GITHUB_TOKEN": ("GITHUB_TOKEN", "ghp_" + "INVENTEDexampleINVENTEDexample000000"),
    "OPENAI_API_KEY": ("OPENAI_KEY", "sk-" + "INVENTEDexampleINVENTEDexampleINVENTEDexample000"),
    "SLACK_BOT_TOKEN": ("SLACK_TOKEN", "xoxb-" + "000000000000-INVENTED-EXAMPLE"),
    "DATABASE_URL": (
        "CONNECTION_STRING",
        "postgresql://hub:INVENTED-pass-4411@db.fennimoor.example:5432/hub",
    ),
    "REDIS_URL": ("CONNECTION_STRING", "redis://:INVENTED-pass-9907@cache.fennimoor.example:6379/0"),
    "DJANGO_SECRET_KEY": ("PASSWORD", "django-insecure-INVENTED-7v2m9x4k1q8z"),
    "SMTP_PASSWORD": ("PASSWORD", "INVENTED-Heron.Lane.42"),
}


def _block(label: str, data: bytes) -> str:
    """Write bytes as an armoured block."""
    text = base64.b64encode(data).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def _filler(random: np.random.Generator, count: int) -> bytes:
    """Give random bytes with a sentence before them that says what they are."""
    return INVENTED.encode() + bytes(random.integers(0, 256, count, dtype=np.uint8))


def _ssh_string(data: bytes) -> bytes:
    """Write a length and the bytes, as OpenSSH does."""
    return struct.pack(">I", len(data)) + data


def _openssh(random: np.random.Generator) -> bytes:
    """Give the frame of an unencrypted OpenSSH key whose key material is noise."""
    public = _ssh_string(b"ssh-ed25519") + _ssh_string(bytes(random.integers(0, 256, 32, dtype=np.uint8)))
    head = (
        b"openssh-key-v1\0"
        + _ssh_string(b"none")
        + _ssh_string(b"none")
        + _ssh_string(b"")
        + struct.pack(">I", 1)
    )
    return head + _ssh_string(public) + _ssh_string(_filler(random, 96))


def _tlv(tag: int, body: bytes) -> bytes:
    """Write one DER element."""
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x82]) + struct.pack(">H", size)
    return bytes([tag]) + length + body


def _note(exhibit: Exhibit, path: str, row: int, field: str, start: int, entity: str, value: str) -> None:
    """Write a secret into the truth of personal data and secrets; Amazon's pair is a placeholder."""
    exhibit.note(
        "pii",
        path=path,
        row=row,
        field=field,
        start=start,
        end=start + len(value),
        entity=entity,
        value=value,
        person_id="",
        placeholder=value in {AWS_ID, AWS_SECRET},
    )


def _save_env(exhibit: Exhibit) -> None:
    """Write two .env files: one in use, one a template without values."""
    lines = [f"# {INVENTED}", "APP_ENV=production", "LOG_LEVEL=info"]
    for name, (entity, value) in SECRETS.items():
        _note(exhibit, "infra/prod.env", len(lines), "", len(name) + 1, entity, value)
        lines.append(f"{name}={value}")
    lines += ["PORT=8000", ""]
    exhibit.file(
        "infra/prod.env", "\n".join(lines), "dotenv", "keys of ten kinds; the AWS pair is the manual's own"
    )
    template = "\n".join([f"# {INVENTED}", *(f"{name}=" for name in SECRETS), "DB_PASSWORD=changeme", ""])
    exhibit.file("src/hub/.env", template, "dotenv", "a template: names without values, one 'changeme'")


def _save_keys(exhibit: Exhibit) -> None:
    """Write an SSH key, a PEM key, a certificate and a service account."""
    random = exhibit.random("keys")
    exhibit.file(
        "infra/keys/deploy_id_ed25519", _block("OPENSSH PRIVATE KEY", _openssh(random)), "ssh-private-key"
    )
    rsa = _tlv(0x30, _tlv(0x02, b"\0") + _tlv(0x02, b"\0" + _filler(random, 256)))
    exhibit.file("infra/keys/hub_tls.pem", _block("RSA PRIVATE KEY", rsa), "pem-private-key")
    certificate = _tlv(0x30, _tlv(0x30, _tlv(0x0C, _filler(random, 200))))
    exhibit.file(
        "infra/keys/hub_tls.crt", _block("CERTIFICATE", certificate), "certificate", "public by nature"
    )
    account = {
        "type": "service_account",
        "project_id": "fennimoor-invented",
        "private_key_id": "0" * 40,
        "private_key": _block("PRIVATE KEY", _tlv(0x30, _filler(random, 200))),
        "client_email": "exporter@fennimoor-invented.example",
        "client_id": "0" * 21,
        "auth_uri": "https://accounts.example.com/o/oauth2/auth",
        "token_uri": "https://oauth2.example.com/token",
        "universe_domain": "example.com",
        "invented": INVENTED,
    }
    text = json.dumps(account, indent=2) + "\n"
    exhibit.file("infra/gcp-exporter.json", text, "service-account-json")
    note_lines(exhibit, "infra/gcp-exporter.json", text, [(account["client_email"], "EMAIL", "")])


def _save_yaml(exhibit: Exhibit) -> None:
    """Write a deployment file with a password and a JWT in it."""
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": "invented", "iss": "fennimoor.example", "exp": 1}]
    coded = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts]
    token = ".".join([*coded, base64.urlsafe_b64encode(b"INVENTED signature of no key").decode().rstrip("=")])
    password = "INVENTED-gannet-5520"
    lines = [
        f"# {INVENTED}",
        "services:",
        "  hub:",
        "    image: registry.fennimoor.example/hub:2.3",
        "    environment:",
        f"      ADMIN_PASSWORD: {password}",
        f'      SERVICE_JWT: "{token}"',
        "    ports: ['8000:8000']",
        "",
    ]
    path = "infra/docker-compose.yml"
    _note(exhibit, path, 5, "", lines[5].index(password), "PASSWORD", password)
    _note(exhibit, path, 6, "", lines[6].index(token), "JWT", token)
    exhibit.file(path, "\n".join(lines), "yaml", "a password and a token outside any .env")


def make_secret_files(exhibit: Exhibit) -> None:
    """Write everything in infra/ and the template beside the source."""
    _save_env(exhibit)
    _save_keys(exhibit)
    _save_yaml(exhibit)
