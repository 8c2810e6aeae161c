"""Checks of passwords and keys that notes and tickets tell where much else may stand."""

from __future__ import annotations

import re

from leakkit.pii.validators.contact import username
from leakkit.pii.validators.randomness import classes, looks_random
from leakkit.pii.validators.secrets import is_reference, password_beside

_WORDS = re.compile(r"[A-Za-z]{3,14}(?:[-_.][A-Za-z]{3,14}){1,4}[-_.]?\d{1,4}[!?*#$%&]?")
_KEY = re.compile(r"[0-9A-F]{10,26}")
_CONSTANT = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)+")
_NAMED = re.compile(r"[a-z]+(?:_[a-z]+)+\d?")
"""Names of constants, and those that may be of variables."""
_MODEL = re.compile(r"[A-Za-z]{1,4}[-_]?[A-Za-z]{0,2}\d{1,5}[A-Za-z]{0,2}|\d+\S{0,3}")


def password_mixed_told(text: str) -> bool | None:
    """Judge what stands behind a word for passwords of one account: letters with digits or with signs.

    Examples
    --------
    >>> [
    ...     password_mixed_told(text)
    ...     for text in ("Sprotte#1882", "kXz-82pq", "letmein-_XL", "vergeben", "12-stellig")
    ... ]
    [True, True, True, False, False]
    """
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    signs = len(text) - letters - digits
    if len(text) < 6 or letters < 2 or is_reference(text):
        return False
    if re.fullmatch(r"\d+-?[a-zà-ž]+", text) or re.fullmatch(r"[^\W\d_]+(?:[-/][^\W\d_]+)*", text):
        return False
    if digits and (signs or classes(text) > 1):
        return True
    return bool(signs and re.search(r"[!#$%&*?@^+~€_][^\s]", text))


def password_of_network(text: str) -> bool | None:
    """Judge what stands behind the word for a wireless network: words with a number, keys in capitals, mixtures.

    Examples
    --------
    >>> [
    ...     password_of_network(text)
    ...     for text in ("P4ris-je-taime90", "cyclone-anvil-48", "F3C9A77B21DE", "enabled", "rt-ac68")
    ... ]
    [True, True, True, False, False]
    """
    if is_reference(text):
        return False
    if _WORDS.fullmatch(text):
        return True
    if _KEY.fullmatch(text):
        return sum(map(str.isdigit, text)) > 2 and any(map(str.isalpha, text))
    return False if _MODEL.fullmatch(text) else password_beside(text)


def session_value(text: str) -> bool:
    """Judge the value under a key for sessions and tokens: it looks random, and is no checksum.

    Examples
    --------
    >>> [
    ...     session_value(text)
    ...     for text in ("sess_NQMmO4FJHNrepX7HR46W", "82a416c59a484e9ca10c29cd939875d2", "started_by_me")
    ... ]
    [True, False, False]
    """
    body = re.sub(r"\A[A-Za-z0-9]{2,8}[_-]", "", text)
    if re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", text):
        return False
    return looks_random(re.sub(r"[^A-Za-z0-9]", "", body), 10) and sum(map(str.isdigit, body)) > 1


def password_farther(text: str) -> bool:
    """Judge a word some words behind one for passwords: letters with a number, a sign inside, or words joined.

    Examples
    --------
    >>> [
    ...     password_farther(text)
    ...     for text in ("merdeka1957!", "potica-in-caj", "Guest_5G", "well-known", "NULL_PTR")
    ... ]
    [True, True, False, False, False]
    """
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if len(text) < 6 or letters < 3 or is_reference(text):
        return False
    if _MODEL.fullmatch(text) or _CONSTANT.fullmatch(text):
        return False
    if _NAMED.fullmatch(text) and username(text) is False:
        return False
    if re.search(r"(?i)_\d?g(?:hz)?\Z|_(?:guest|gast|ext|5g)\Z", text) or re.fullmatch(
        r"\d.*[a-zà-ž]{2,4}", text
    ):
        return False
    joined = len(re.findall(r"(?<=\w)[-_.](?=\w)", text))
    if digits or re.search(r"\w[!@#&^+*$%]", text):
        return True
    return joined > 1 or "_" in text


def token_told(text: str) -> bool:
    """Judge what stands behind a word for tokens and keys of services: letters and digits in mixed parts.

    Examples
    --------
    >>> [token_told(text) for text in ("ghx_Kp27vRt0aLmQ", "K3LP-99TT-ZO0M", "user_id", "AB-1234-56")]
    [True, True, False, False]
    """
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if letters < 3 or digits < 2 or is_reference(text):
        return False
    return len(text) >= 9 and re.search(r"\d[A-Za-z]", text) is not None
