"""Checks of secrets: is a value near a telling key a secret, a reference, a name or a label; checksums of tokens.

They see the value alone. True: it looks like a secret. None: it may be one (a short or plain password).
False: it is none (a reference, path, type name, label, placeholder, checksum ...).
"""

from __future__ import annotations

import re

from leakkit.pii.validators.randomness import (
    classes,
    entropy,
    looks_random,
    repeats,
    switches,
    walk,
    word_pairs,
)
from leakkit.pii.validators.tokens import age_key as age_key
from leakkit.pii.validators.tokens import aws_key_id as aws_key_id
from leakkit.pii.validators.tokens import basic_credentials as basic_credentials
from leakkit.pii.validators.tokens import discord_token as discord_token
from leakkit.pii.validators.tokens import encoded_private_key as encoded_private_key
from leakkit.pii.validators.tokens import github_checksum as github_checksum
from leakkit.pii.validators.tokens import hash_text as hash_text
from leakkit.pii.validators.tokens import jwk as jwk
from leakkit.pii.validators.tokens import jwt as jwt
from leakkit.pii.validators.tokens import nkey_seed as nkey_seed
from leakkit.pii.validators.tokens import numbered_token as numbered_token
from leakkit.pii.validators.tokens import private_key_text as private_key_text
from leakkit.pii.validators.tokens import seed_words as seed_words
from leakkit.pii.validators.tokens import wallet_key as wallet_key

_REFERENCE = re.compile(
    r"\$\{|\{\{|\}\}|\$\(|#\{|<%|%>|%\(|\{[A-Za-z_]?[\w.]*\}|^\$[A-Za-z_{]|^@[A-Za-z_]\w*$|^%\w+%$|^%[sd]|^[<\[(].*[>\])]$|"
    r"^[<\[(]\w|^&[A-Za-z]\w*$|process\.env|os\.environ|getenv|^env[.:(]|^secrets?[.:]|^vault:|^ENC\[|^arn:|^!(?:\D*$|\d+$)|^self\.|^this\.|"
    r"^\w+(?:\.\w+)*\(|^[A-Za-z_][\w.]*\[|^\w*->|::|=>|&&|\|\||://|^\\[A-Za-z]|\\[nrtux]|^data:|^[a-z]+/[a-z0-9.+-]+;|^[x*!]:|"
    r"^[A-Za-z_]\w*=(?:\w{0,20}$|[\"'])|@sha\d"
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
    r"enabled|disabled)[!?]?$"
)
_PATH = re.compile(
    r"^(?:\.{0,2}/|~/|[A-Za-z]:\\|\\\\)|"
    r"\.(?:pem|key|crt|cer|pub|txt|json|ya?ml|py|js|ts|java|php|rb|go|sh|conf|cfg|ini|xml|html?|css|md|log|db|csv|png|svg|jpg|exe|dll|so)$"
)
_UUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
_PLAIN = re.compile(
    r"[+-]?[0-9.,:_ ]+(?:[eE][+-]?[0-9]+)?|0x[0-9A-Fa-f]+|v?[0-9]+(?:\.[0-9]+)+[\w.+-]*|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]+ ?[A-Za-z]{1,4}|#[0-9A-Fa-f]{3,8}|"
    r"(?i:scram-)?(?i:sha)-?(?:1|256|384|512)(?:[-:].*)?|"
    r"(?i:utf|sha|md|aes|rsa|base|ipv|http|oauth|hmac|pbkdf|ed|secp|x|iso|cp|win|py|int|uint|float)"
    r"[-_]?[0-9]+[\w-]*|h[0-9a-f]{16}"
)
"""Numbers, versions, dates, names of algorithms, and what compilers of Rust put behind the name of a function."""
_NAMED_CHECKSUM = re.compile(r"(?:[A-Za-z0-9_.]{1,30}-){2,8}(?:[0-9a-f]{40}|[0-9a-f]{64})")
"""Words and a checksum, as the keys of caches have."""
_KEYWORD = re.compile(
    r"(?i)passw(?:or)?d|passphrase|secret|token|credential|api[-_]?key|private|public|username|login|auth|field|button|label|input|"
    r"title|header|column|config|setting|param|enter|confirm|invalid|incorrect|forgot|reset|required|length|must|"
    r"kennwort|passwort|contrase|senha|has[lł]o|wachtwoord|parol|heslo|salasana|lozinka|sifre|encod|through"
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
    return bool(_REFERENCE.search(text) or _MASKED.search(text) or _PATH.search(text)) or _is_folders(text)


def _is_folders(text: str) -> bool:
    """Say whether a value is words parted by slashes; no single pattern, which could take exponential time."""
    parts = text.rstrip("/").split("/")
    plain = re.fullmatch(r"[\w.~/-]+", text) is not None
    return plain and len(parts) > 1 and all(re.search(r"[a-z]{3}", part) for part in parts[1:])


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
    inner = re.search(r"[A-Za-z]{3}[0-9]{1,2}$|[_.-][0-9]{1,2}(?:[_.-]|$)|[A-Za-z]{2}[0-9]{1,2}[_.-]", text)
    if digits > 4 or (digits and not inner) or (digits > 2 and not re.search(r"[_.]", text)):
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


def password_quoted(text: str) -> bool | None:
    """Judge a quoted value right after a key that says password: as `password_value`, or one plain small word.

    Capitalised words there are labels of a form more often than passwords.

    Examples
    --------
    >>> password_quoted("sunflower"), password_quoted("Sunflower"), password_quoted("required")
    (None, False, False)
    """
    if re.fullmatch(r"[a-z]{6,20}", text) and not _never(text) and not _KEYWORD.search(text):
        return None
    return password_value(text)


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
        phrase = re.fullmatch(r"[a-z]{14,32}", text) and not _never(text) and not _KEYWORD.search(text)
        return None if phrase or (mixed and "." not in text) else False
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
    judged = password_bare(text)
    wordy = judged is False and _WORDY.fullmatch(text) and len(text) >= 8
    return None if wordy and not _NUMBERED.match(text) and not _never(text) else judged


_DOTTED = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+")
"""The name of a part of a program or model: ``buffer_proj.weight``."""


_OFFSET = re.compile(r"[\w.$@:<>~]{0,120}\+0x[0-9a-f]{1,16}(?:/0x[0-9a-f]{1,16})?")
"""A symbol with an offset, as stacks of calls have: ``head+0xb5/0xa41``."""


def secret_value(text: str) -> bool | None:
    """Judge a value whose key says key, token, secret, auth, salt ...: only a random-looking one counts.

    Examples
    --------
    >>> secret_value("8fKq2Zt7Lw0xVb3N"), secret_value("access_token"), secret_value("2024-01-31")
    (True, False, False)
    """
    if (
        len(text) < 10
        or _never(text)
        or _OFFSET.fullmatch(text)
        or is_name(text)
        or _DOTTED.fullmatch(text)
        or re.search(r"[\s<>{}\"'`]|^[A-Za-z_]{2,}\w*=\w", text)
    ):
        return False
    body = re.sub(r"[^A-Za-z0-9]", "", text)
    if len(body) < 0.7 * len(text):
        return None if classes(text) == 4 and len(text) <= 40 and walk(text) < 0.4 else False
    if re.fullmatch(r"[0-9a-f]{1,31}|[0-9A-F]{1,31}", text):
        return None if len(text) >= 20 and looks_random(text, 20) else False
    if looks_random(body, 16):
        return True
    return None if looks_random(body, 10) and classes(body) >= 2 else False


def secret_mixed(text: str) -> bool | None:
    """Judge a value whose key only says "key" or "auth": as `secret_value`, but no plain hexadecimal checksum."""
    if re.fullmatch(r"[0-9a-fA-F]{8,}", text) or len(text) < 16 or _NAMED_CHECKSUM.fullmatch(text):
        return False
    return bool(secret_value(text))


def aws_secret(text: str) -> bool | None:
    """Judge 40 characters beside the id of an AWS key: upper and lower case and digits, unlike a checksum."""
    if "EXAMPLE" in text:
        return None
    return classes(re.sub(r"[^A-Za-z0-9]", "", text)) == 3 and looks_random(re.sub(r"[+/]", "", text), 30)


def random_token(text: str) -> bool:
    """Judge a token that begins with a run of A: what is left must look random."""
    return looks_random(re.sub(r"A{6,}|[^A-Za-z0-9]", "", text), 20)


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


def license_code(text: str) -> bool:
    """Judge a code in groups: digits and letters, not the same group or keys in a row over and over."""
    body = text.replace("-", "")
    mixed = any(c.isdigit() for c in body) and any(c.isalpha() for c in body)
    return mixed and walk(body) < 0.4 and len(set(text.split("-"))) > 1


def password_strict(text: str) -> bool | None:
    """Judge a value in a place where much else stands too: only what cannot be a word or name counts."""
    return password_bare(text) is True


_WORDY = re.compile(r"[A-Za-z]{3,14}(?:[-_.][A-Za-z]{3,14}){0,3}[-_.]?\d{1,4}[!?*#$%&]?")
"""Words with a number behind them, which people take for passwords: ``otter-maple-35``."""
_NUMBERED = re.compile(
    r"(?i)(?:utf|sha|md|base|aes|des|rsa|pbkdf|argon|bcrypt|scrypt|oauth|http|ipv|win|python|py|iso|rfc|version|ver|section|"
    r"step|line|page|level|option|field|column|row|chapter|rule|policy|user|test|example|release|type|size|length|bits?)[-_.]?\d"
)


def password_prose(text: str) -> bool | None:
    """Judge the word after "password is" or "Passwort:"; plain words there are no passwords.

    Examples
    --------
    >>> password_prose("q7!Rk#2wz"), password_prose("required"), password_prose("3-15")
    (True, False, False)
    """
    text = text.rstrip(".,;:)")
    if _WORDY.fullmatch(text) and not _NUMBERED.match(text):
        return None if len(text) >= 8 and not _never(text) else False
    if not any(c.isdigit() for c in text) and classes(text) < 3:
        if re.fullmatch(r"[a-z]{3,10}(?:-[a-z]{3,10}){3,7}", text):
            return None if not _never(text) else False
        return None if text.lower() in _COMMON and text.lower() != "changeme" else False
    return password_bare(text) if len(text) >= 5 and any(c.isalpha() for c in text) else False


def password_beside(text: str) -> bool | None:
    """Judge the word right after "password", where mostly a word follows: only letters with digits or signs count.

    Examples
    --------
    >>> password_beside("bluewhale99"), password_beside("policy2"), password_beside("Ex4mple!pass9")
    (None, False, True)
    """
    if re.fullmatch(r"[a-z]{4,12}(?:[-.][a-z]{4,12}){2,5}", text):
        return None if not _never(text) else False
    if not any(c.isalpha() for c in text) or not any(c.isdigit() or c in "!#$%&*?+" for c in text):
        return False
    if _WORDY.fullmatch(text):
        return None if len(text) >= 8 and not _NUMBERED.match(text) and not _never(text) else False
    return bool(password_bare(text))


def password_in_quotes(text: str) -> bool | None:
    """Judge what stands in quotes behind "code word" or "the password is": there a plain word may be one.

    Examples
    --------
    >>> password_in_quotes("Ex4mple#2000"), password_in_quotes("sunflower"), password_in_quotes("required")
    (True, None, False)
    """
    if len(text) < 4 or _never(text) or _KEYWORD.search(text) or text.lower() in _SAID_OF_PASSWORDS:
        return False
    if text.isalpha():
        return None if text.islower() and len(text) >= 5 else False
    if re.fullmatch(r"[a-zA-Z]+(?: [a-zA-Z]+)+", text):
        return False
    return password_beside(text) or (None if _WORDY.fullmatch(text) else False)


_SAID_OF_PASSWORDS = frozenset(
    "hello world again correct wrong short weak strong expired longer words rules admin guest".split()
)
"""What is said of passwords in quotes, and what exercises have for them."""


def password_strong(text: str) -> bool | None:
    """Judge what stands behind the name of a network or service: only a mix of letters, digits and signs counts.

    Examples
    --------
    >>> password_strong("qKnrR#V1Iz"), password_strong("rt-ac68"), password_strong("Ex4mple#2023")
    (True, False, True)
    """
    mixed = any(map(str.isalpha, text)) and any(map(str.isdigit, text))
    if not mixed or not re.search(r"[!#$%&*?@^+=~]", text) or _never(text) or "=" in text[:-1]:
        return False
    return password_bare(text)


def secret_told(text: str) -> bool | None:
    """Judge what is called a key in prose: also in hexadecimal or base64 of 32 bytes, and a UUID; no plain words.

    Examples
    --------
    >>> secret_told("664504fedeca75207a38a9e5d2eba81e"), secret_told("internationalization_settings")
    (True, False)
    """
    bare = text.rstrip("=")
    digits = sum(map(str.isdigit, bare))
    if len(bare) >= 20 and digits >= 4 and digits < len(bare) and len(set(bare)) >= 10:
        return True
    return secret_value(text)


def url_secret(text: str) -> bool | None:
    """Judge the password of an address or .netrc line: anything but a slot, a mask or the word itself."""
    if is_reference(text) or _PLACEHOLDER.search(text):
        return False
    if re.fullmatch(
        r"(?i)(?:user|my|db)?[_-]?(?:pass(?:w(?:or)?d)?|pwd?|secret|token|key|port|[a-z])s?[0-9]{0,1}|[0-9]{1,5}",
        text,
    ):
        return False
    return True if len(text) >= 8 and (classes(text) >= 3 or looks_random(text, 10)) else None


def url_query_value(text: str) -> bool | None:
    """Judge the value of a telling parameter of an address: random-looking, or a mixed password."""
    judged = secret_value(text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
    return judged if judged is not False or re.search(r"[.()\[\]:?]", text) else password_strict(text)


def form_password(text: str) -> bool | None:
    """Judge what a form sends as a password: people choose words there that no settings file holds.

    Examples
    --------
    >>> [form_password(text) for text in ("q7!Rk#2wz", "moose-anvil-72", "$1", "newPassword")]
    [True, None, False, False]
    """
    bare = password_bare(text)
    return bare if bare is not False else password_prose(text)


def password_mixed(text: str) -> bool | None:
    """Judge what stands where a password may, without a word for it: small letters, digits, and capitals or signs.

    Examples
    --------
    >>> [
    ...     password_mixed(text)
    ...     for text in ("Rb417kW!t8m", "d0nkeyR@ce12", "Building-12", "release", "tr0ub4dor_21")
    ... ]
    [True, True, False, False, True]
    """
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    if not digits or not any(map(str.islower, text)) or _never(text):
        return False
    signs = sum(not sign.isalnum() for sign in text)
    if not signs and not any(map(str.isupper, text)):
        return False
    inside = digits[0] < len(text) - 1 and any(sign.isalpha() for sign in text[digits[0] :])
    return inside or bool(re.search(r"[!#$%&*?@^+~€]", text))
