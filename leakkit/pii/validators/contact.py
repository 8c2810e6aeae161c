"""Checks of e-mail addresses, telephone numbers and handles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from leakkit.pii.validators.checksums import MOST_KEPT, digits
from leakkit.pii.weighing.declared import TYPES
from leakkit.pii.weighing.memory import remembered
from leakkit.pii.weighing.said_of_values import is_said_of_value

# Suffixes that end file names, not host names: "logo@2x.png", "user@host.service".
_FILE_SUFFIXES = frozenset(
    """png jpg jpeg gif svg webp ico bmp css js ts jsx tsx json xml yml yaml toml lock txt log csv tsv py pyc rb
    php html htm md rst whl gz bz2 xz tgz conf cfg ini service socket timer mount target slice scope local8
    patch diff class jar dll exe lib obj tmp bak spec min node vue scss less sass ipynb parquet
    mean sum view item size shape numpy float double half dim grad inv pinv conj imag flat astype ravel cpu cuda
    transpose reshape squeeze detach contiguous unsqueeze permute""".split()
)
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?\Z")
_LOCAL = re.compile(r"[^\s\x00-\x1f\"(),:;<>@\[\\\]|{}]{1,64}\Z")


_USUAL = re.compile(
    r"[A-Za-z0-9_%+\-]{1,64}(?:\.[A-Za-z0-9_%+\-]{1,64}){0,9}@"
    r"(?:[A-Za-z0-9]{1,30}(?:-[A-Za-z0-9]{1,30})?\.){1,4}([A-Za-z]{2,24})"
)


def email(text: str) -> bool:
    """Say whether an address is well formed (RFC 5321 lengths, dots, labels) and its host is no file name."""
    if (usual := _USUAL.fullmatch(text)) and text.index("@") <= 64:
        return usual[1].lower() not in _FILE_SUFFIXES
    local, at, host = text.rpartition("@")
    if not at or not _LOCAL.match(local) or local[0] == "." or local[-1] == "." or ".." in local:
        return False
    labels = host.rstrip(".").split(".")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.match(label) for label in labels):
        return False
    last = labels[-1].lower()
    return len(last) > 1 and not last[0].isdigit() and last not in _FILE_SUFFIXES


def email_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many addresses."""
    return [email(text) for text in texts]


def _country_of(prefix: str) -> Any:
    """Parse a number with a country code; None when it is none."""
    import phonenumbers

    try:
        return phonenumbers.parse(prefix, None)
    except phonenumbers.NumberParseException:
        return None


@remembered(MOST_KEPT)
def phone(text: str) -> bool | None:
    """Say whether an international number (``+`` or ``00``, ``011``) has a length its country knows.

    None: country and length fit, yet the range is not issued, as in made-up numbers.
    """
    import phonenumbers

    plain = re.sub(r"\(0\)|(?:ext|x|#|;ext=).*\Z", "", text.strip().lower())
    number = digits(plain)
    for lead in ("011", "00"):
        if not plain.startswith("+") and number.startswith(lead):
            number = number[len(lead) :]
            break
    if not 7 <= len(number) <= 15 or len(set(number)) < 3:
        return False
    parsed = _country_of("+" + number)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return False
    return True if phonenumbers.is_valid_number(parsed) else None


@remembered(MOST_KEPT)
def phone_us(text: str) -> bool | None:
    """Say whether ten digits (after a 1 or 001) are a North American number; None for unissued ones.

    Area and exchange codes begin with 2 to 9 (NANP); made-up data often breaks the rule, hence None.
    """
    number = digits(re.split(r"(?i)ext|x|#", text)[0])
    number = number[3:] if number.startswith("001") else number
    number = number[1:] if len(number) == 11 and number[0] == "1" else number
    if len(number) != 10 or len(set(number)) < 3:
        return False
    return True if number[0] > "1" and number[3] > "1" and number[1:3] != "11" else None


# Regions whose national forms are tried, by how common they are in leaked tables.
_REGIONS = """GB DE FR IT ES NL BE AT CH SE NO DK FI PL CZ IE PT GR HU RO BG HR SK SI IN BR MX AU NZ JP KR CN SG
ZA TR RU UA IL AR CL CO PE HK TW TH MY ID PH VN PK BD NG KE EG AE SA US""".split()


@remembered(MOST_KEPT)
def phone_shape(text: str) -> bool | None:
    """Say whether a national number is valid in one of the larger countries; None when only the length fits."""
    import phonenumbers

    number = digits(re.split(r"(?i)ext|x|#", text)[0])
    if not 6 <= len(number) <= 13 or len(set(number)) < 3:
        return False
    if not number.startswith(("00", "049")) and _in_national_form().fullmatch(number.encode()) is not None:
        return True
    for region in _REGIONS:
        if not _may_be_of(region)(number):
            continue
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number_for_region(parsed, region):
            return True
    return None


_KINDS = (
    "fixed_line mobile toll_free premium_rate shared_cost personal_number voip pager uan voicemail".split()
)


@cache
def _in_national_form() -> Any:
    """Compile what most numbers match that are valid in a country whose rules are simple: far faster than parsing.

    Simple: numbers are dialled after a 0, or without any prefix, and 00 leads abroad. Numbers of Germany that begin
    like its country code (049) are not looked at, as its rules for them are no simple ones.
    """
    import re2
    from phonenumbers import PhoneMetadata

    forms = []
    for region in _REGIONS:
        known: Any = PhoneMetadata.metadata_for_region(region, None)
        prefix = known.national_prefix_for_parsing
        if known.national_prefix_transform_rule or known.international_prefix != "00":
            continue
        if prefix is None or prefix.split("|")[0] == "0":
            kinds = [kind for name in _KINDS if (kind := getattr(known, name)) is not None]
            issued = "|".join(kind.national_number_pattern for kind in kinds if kind.national_number_pattern)
            forms.append(f"{'0' if prefix else ''}(?:{issued})")
    options = re2.Options()
    options.never_capture = True
    return re2.compile("|".join(forms).encode(), options)


@cache
def _may_be_of(region: str) -> Callable[[str], object]:
    """Give a look, fifty times faster than parsing, that tells of digits when they are no number of a region.

    A number is valid there when, after the ways to dial out, the calling code and the trunk prefix, what is
    left is of one of the kinds of number; regions that rewrite numbers on the way are not judged here.
    """
    from phonenumbers import PhoneMetadata

    known: Any = PhoneMetadata.metadata_for_region(region, None)
    if known is None or known.national_prefix_transform_rule:
        return bool
    kinds = [getattr(known, kind) for kind in _KINDS]
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    abroad = known.international_prefix or "(?!)"
    trunk = known.national_prefix_for_parsing or known.national_prefix or "(?!)"
    left = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(f"(?:(?:{abroad})?{known.country_code})?(?:{trunk})?(?:{left})").fullmatch


def phone_digits(text: str) -> bool | None:
    """Say False of what has too few or too many digits, or too few different ones, to be called."""
    number = digits(text)
    return None if 6 <= len(number) <= 13 and len(set(number)) > 2 else False


def username(text: str) -> bool | None:
    """Say whether a word can be a login rather than a name in source code or a plain word of forms.

    False where a part of it (at dots, dashes, underscores, capitals) is one that programs use; True
    where a digit or a sign stands in it; None for one plain word. A hash is none.
    """
    word = text.strip("@._-")
    if _HEX.fullmatch(word) or GIVEN_OUT.fullmatch(word) or is_said_of_value(word):
        return False
    if word.istitle() and word.lower() in TYPES:
        return False
    if word.isascii() and word.islower():
        parts = _PLAIN_PARTS.findall(word)
    else:
        parts = [part.lower() for part in _PARTS.split(word) if part]
        if not re.search(r"[^\W\d_]", word):
            return False
    if not _code_words().isdisjoint(parts):
        return False
    return True if _NO_LETTER.search(word) else None


def account_name(text: str) -> bool | None:
    """Say the same of a word in prose, where an ordinary word of a language is no login.

    Examples
    --------
    >>> account_name("mara_e"), account_name("page"), account_name("jlauritsen")
    (True, False, None)
    """
    judged = username(text)
    if judged is None:
        from leakkit.pii.columns.words import name_flags
        from leakkit.pii.gazetteer.lookup import COMMON

        return False if len(text) < 4 or name_flags([text.lower()])[0] & COMMON else None
    if judged and not any(c.isdigit() or c in "._" for c in text):
        return None
    return judged


def username_many(texts: Sequence[str]) -> list[bool | None]:
    """Say the same of many words."""
    return [username(text) for text in texts]


_HEX = re.compile(r"(?=[0-9a-f]*[a-f])(?=(?:[a-f]*[0-9]){2})[0-9a-f]{8,}")
GIVEN_OUT = re.compile(r"[UW]0[0-9A-Z]{6,10}")
"""Numbers of members that chat programs give out."""
_NO_LETTER = re.compile(r"[0-9._-]")
_PLAIN_PARTS = re.compile(r"[0-9]+[a-z]*|[a-z]+")
_PARTS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=\D)(?=\d)")


@cache
def _code_words() -> frozenset[str]:
    """Read the words that programs and forms put where a user's name would stand."""
    text = (files("leakkit.pii.validators") / "code_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
