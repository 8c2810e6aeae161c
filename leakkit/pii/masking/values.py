"""Values made fit to be shown: kind and form stay readable, what identifies is blotted out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from leakkit.leak.access.requests import mask_client
from leakkit.pii.detector import entities
from leakkit.pii.masking.addresses import plain_address
from leakkit.pii.masking.ipv6 import groups_of, network

if TYPE_CHECKING:
    import pyarrow as pa

DOT = "•"
BLOT = DOT * 5
_DIGIT = re.compile(r"\d")
_ALNUM = re.compile(r"[^\W_]")
_HIDDEN = re.compile(r"[^ \-./]")
LONGEST = 40
"""Longest value whose form is shown."""

_PHONE_CODE = re.compile(
    r"\s*(?:\+|00)\s?(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(?!\d)"
)
VENDOR_PREFIXES = tuple(
    sorted(
        """AKIA ASIA AGPA AIDA AROA hf_ ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- sk- sk-ant- sk-proj- xoxb- xoxp-
        xoxa- xoxs- xapp- AIza ya29. eyJ SG. rk_live_ sk_live_ sk_test_ pk_live_ pk_test_ whsec_ npm_ pypi- dop_v1_
        shpat_ sq0atp- EAAC key- dapi r8_ gsk_ pplx- nvapi- lin_api_ figd_ ntn_ secret_ atlasv1. hvs. dckr_pat_
        PMAK- rubygems_ wandb_v1_""".split(),
        key=len,
        reverse=True,
    )
)
"""Prefixes that name the vendor and are the same in every key of its kind."""

_NO_LENGTH = frozenset({"PASSWORD", "CONNECTION_STRING", "CARD_SECURITY_CODE", "CRYPTO_KEY"})


def _dotted(text: str, keep_last: int = 0, *, least: int = 8) -> str:
    """Blot out letters and digits but the last ones; signs stay, so that the form can be seen."""
    if len(text) > LONGEST or len(_ALNUM.findall(text)) < least:
        return BLOT
    shown = _HIDDEN.sub(DOT, text)
    at = len(text)
    while keep_last:
        at -= 1
        if _ALNUM.match(text[at]):
            shown, keep_last = shown[:at] + text[at] + shown[at + 1 :], keep_last - 1
    return shown


def _initial(word: str) -> str:
    """Give the first letter of a word where it is one."""
    return word[0] if len(word) > 1 and word[0].isalpha() else DOT


def _email(text: str) -> str:
    """Keep the first letter of the local part and of the host, and the last label."""
    local, at, host = plain_address(text.strip()).rpartition("@")
    name, dot, top = host.rpartition(".")
    if not (at and dot and local and name and top.isascii() and top.isalpha() and len(top) <= 10):
        return BLOT
    first = _initial(local) if len(local) > 3 else ""
    return f"{first}{BLOT}@{_initial(name) if len(name) > 3 else ''}{BLOT}.{top}"


def _phone(text: str) -> str:
    """Keep the calling code, where it is written, and the last two digits."""
    code = _PHONE_CODE.match(text) if text.lstrip().startswith(("+", "00")) else None
    rest = text[code.end() :] if code else text
    count = len(_DIGIT.findall(rest))
    if count < 6:
        return BLOT
    shown = _dotted(rest.strip(), 2 if count >= 8 else 0, least=6)
    return f"+{code.group(1)} {shown.lstrip(') -')}" if code else shown


def _card(text: str) -> str:
    """Keep the last four digits, as receipts do."""
    digits = _DIGIT.findall(text)
    return f"{DOT * 4} {DOT * 4} {DOT * 4} {''.join(digits[-4:])}" if 12 <= len(digits) <= 19 else BLOT


def _iban(text: str) -> str:
    """Keep the country and the last two digits."""
    text = "".join(text.split())
    fit = len(text) >= 15 and text.isascii() and text.isalnum() and text[:2].isalpha()
    return f"{text[:2].upper()}{DOT * 2} {DOT * 4} {DOT * 4} {DOT * 2}{text[-2:]}" if fit else BLOT


def _name(text: str) -> str:
    """Keep initials of up to four words."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)[:4]
    return " ".join(f"{_initial(word)}{DOT * 4}" for word in words) or BLOT


def _username(text: str) -> str:
    """Keep the first letter."""
    text = text.strip().lstrip("@")
    return f"{_initial(text)}{BLOT}" if len(text) >= 5 else BLOT


def _url(text: str) -> str:
    """Keep the scheme."""
    scheme = re.match(r"(https?|ftps?|s3|gs|wss?)://", text)
    return f"{scheme.group(0) if scheme else ''}{BLOT}"


def _network(text: str) -> str:
    """Keep the network of an IP address."""
    groups = groups_of(text) if ":" in text else None
    return network(groups) if groups else mask_client(text)


def _identifier(text: str) -> str:
    """Keep the form and, of a number of eight signs or more, the last two."""
    return _dotted(text.strip(), 2)


def mask_signs(text: str) -> str:
    """Keep the form alone."""
    return _dotted(text.strip(), least=6)


def _secret(text: str) -> str:
    """Keep the vendor's prefix and say the length."""
    if text.startswith("-----BEGIN"):
        return f"-----BEGIN {BLOT}"
    prefix = next((p for p in VENDOR_PREFIXES if text.startswith(p) and len(text) >= len(p) + 12), "")
    return f"{prefix}{BLOT}({len(text)})"


def _blotted(text: str) -> str:
    """Keep nothing."""
    return BLOT


def _kept(text: str) -> str:
    """Keep a country's code; a longer word may be anything."""
    return text if len(text) in (2, 3) and text.isascii() and text.isupper() and text.isalpha() else BLOT


_MASKS: dict[str, Callable[[str], str]] = {
    "EMAIL": _email,
    "PHONE": _phone,
    "CREDIT_CARD": _card,
    "IBAN": _iban,
    "PERSON": _name,
    "ORGANIZATION": _name,
    "USERNAME": _username,
    "URL": _url,
    "SOCIAL_PROFILE": _url,
    "IP_ADDRESS": _network,
    "COUNTRY": _kept,
    "DATE_OF_BIRTH": mask_signs,
    "DATE": mask_signs,
    "CRYPTO_ADDRESS": _identifier,
    "MAC_ADDRESS": _identifier,
    "BANK_ACCOUNT": _identifier,
    "ROUTING_NUMBER": _identifier,
    "EMPLOYEE_ID": mask_signs,
    "LICENSE_PLATE": mask_signs,
    "VIN": _identifier,
    "DEVICE_ID": _identifier,
}


def _mask_of(entity: str) -> Callable[[str], str]:
    """Give the mask of an entity; what is unknown or tells by its form is blotted out whole."""
    if (found := _MASKS.get(entity)) is not None:
        return found
    known = entities().get(entity)
    if known is None:
        return _blotted
    if known.strength == "secret":
        return _blotted if entity in _NO_LENGTH else _secret
    return (
        _identifier if known.common in ("NATIONAL_ID", "US_SSN", "PASSPORT", "DRIVER_LICENSE") else _blotted
    )


def mask_value(entity: str, text: str) -> str:
    """Give a value fit to be shown.

    Parameters
    ----------
    entity : str
        What it is, a name in ``entities.toml``; a value of an unknown entity is blotted out whole.
    text : str
        The value.

    Returns
    -------
    str
        At most this stays: e-mail first letters of both sides and last label; phone calling code and
        last two digits; card last four; IBAN country and last two; numbers of eight signs or more
        their form and last two; name, organisation initials; user name first letter; IP address its
        network (24 or 48 bits); secret the vendor's prefix and the length (of a password nothing);
        country's code; dates their form; everything else, and what is short, nothing. No control
        character passes.

    Notes
    -----
    A masked value can still be told by who knows the person: it is for showing, not for publishing.

    Examples
    --------
    >>> mask_value("EMAIL", "marta.garcia@example.com"), mask_value("PHONE", "+44 20 7946 0888")
    ('m•••••@e•••••.com', '+44 •• •••• ••88')
    >>> mask_value("CREDIT_CARD", "4000 0000 0000 0002"), mask_value("PERSON", "Marta García")
    ('•••• •••• •••• 0002', 'M•••• G••••')
    >>> mask_value("HUGGINGFACE_TOKEN", "hf_EXAMPLEexampleEXAMPLEexample"), mask_value("PASSWORD", "secret")
    ('hf_•••••(31)', '•••••')
    """
    return _mask_of(entity)(text)


def mask_array(entity: str, values: pa.Array) -> pa.Array:
    """Give an array of values of one entity masked, each as `mask_value` does; null stays null.

    Parameters
    ----------
    entity : str
        As for `mask_value`.
    values : pyarrow.Array
        Of type string or large string.

    Returns
    -------
    pyarrow.StringArray

    Examples
    --------
    >>> import pyarrow as pa
    >>> mask_array("EMAIL", pa.array(["marta.garcia@example.com", None])).to_pylist()
    ['m•••••@e•••••.com', None]
    """
    from leakkit.pii.masking.rows import in_parts

    return in_parts(values, lambda full: _all_masked(_mask_of(entity), full))


def _all_masked(mask: Callable[[str], str], values: pa.Array) -> pa.Array:
    """Mask an array without nulls: values of the usual form together, the others one by one."""
    import pyarrow as pa

    from leakkit.pii.masking import many_masks as many
    from leakkit.pii.masking.rows import together

    if mask is _blotted:
        return pa.repeat(pa.scalar(BLOT, pa.string()), len(values))
    if (way := _MANY.get(mask)) is None:
        return pa.array([mask(text) for text in values.to_pylist()], pa.string())
    return together(values, getattr(many, way), mask)


_MANY: dict[Callable[[str], str], str] = {
    _email: "email",
    _phone: "phone",
    _card: "card",
    _iban: "iban",
    _name: "name",
    _username: "username",
    _network: "ip_address",
    _identifier: "identifier",
    mask_signs: "all_signs",
    _url: "url",
    _secret: "secret",
}
"""Names of the functions of `many_masks` that mask many values at once."""
