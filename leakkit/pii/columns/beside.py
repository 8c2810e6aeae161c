"""What columns are by those beside them: hashes of accounts, numbers of the insured, accounts of the paid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakkit.pii.columns.facts import Facts
from leakkit.pii.columns.words import listed
from leakkit.pii.folding import tokens_of
from leakkit.pii.numbered import people_named

Guess = tuple[str, float, float, str]

_PLACEHOLDER = re.compile(
    r"(?:unnamed|no name|column|columns|col|cols|field|fields|fld|feld|spalte|champ|colonne|campo|columna|coluna"
    r"|kolumna|kolom|kolumn|kolonne|sloupec|pole|oszlop|sarake|kentta|sutun|alan|coloana|stolbets|столбец|поле|колонка|στηλη"
    r"|attr|attribute|var|variable|feature|列|字段|欄位|項目|열|عمود|คอลัมน์)?\d*$|(?:col|column|field)[a-z]$|[a-np-z]\d*$"
)
_DIGEST = re.compile(
    r"(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$", re.I
)
_MEDICAL = frozenset({"DIAGNOSIS", "MEDICAL_ID", "MEDICAL_LICENSE", "UK_NHS"})
_LOGINS = frozenset({"EMAIL", "USERNAME", "PASSWORD", "PASSWORD_HASH"})
_SECRETS, _NARROW = frozenset({"PASSWORD", "GENERIC_SECRET"}), 6
_KEYS = frozenset({"AWS_ACCESS_KEY", "API_KEY"})
_DEVICES = frozenset(
    {"adv", "advertising", "adid", "idfa", "idfv", "gaid", "aaid", "oaid", "maid", "ifa", "device"}
)
_SECRET = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*[\d+/])[A-Za-z0-9/+]{40}$")
_U, _P = frozenset({"u", "un", "usr", "l"}), frozenset({"p", "pw", "pwd"})
_LOGIN = re.compile(r"[^\W\d_][\w.@+\-]{2,63}$")
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\S{4,64}$")
_PAID = frozenset({"ROUTING_NUMBER", "US_SSN", "TAX_ID", "NATIONAL_ID", "IBAN", "PERSON"})
_NUMBER = re.compile(r"(?=(?:.*\d){4})[A-Z0-9][A-Z0-9 ./\-]{3,19}$", re.I)
_ACCOUNT = re.compile(r"\d[\d -]{5,18}\d$")


def is_placeholder(name: str) -> bool:
    """Say whether a name was only put in the place of one: ``col_4``, ``field2``, ``Unnamed: 3``, ``c``."""
    return _PLACEHOLDER.match("".join(tokens_of(name))) is not None


def named_as_pair(names: Sequence[str | None], samples: Sequence[Sequence[str]]) -> Sequence[str | None]:
    """Spell out ``u`` and ``p`` right beside each other where they hold names of accounts and passwords."""
    short = [name.strip().casefold() if name and len(name) <= 4 else "" for name in names]
    for place, pair in enumerate(zip(short, short[1:], strict=False)):
        if pair[0] not in _U or pair[1] not in _P:
            continue
        users, words = ([v.strip() for v in samples[place + i][:200] if v.strip()] for i in (0, 1))
        if _are_logins(users) and _are_passwords(words):
            return [*names[:place], "username", "password", *names[place + 2 :]]
    return names


def _are_logins(values: list[str]) -> bool:
    """Say whether nearly all values are one word that begins with a letter, and nearly all differ."""
    held = sum(_LOGIN.match(v) is not None for v in values)
    return len(values) >= 5 and held >= 0.9 * len(values) and len(set(values)) >= 0.8 * len(values)


def _are_passwords(values: list[str]) -> bool:
    """Say whether the values are words of some length, some with letters and digits, and few are numbers."""
    mixed = sum(_MIXED.match(v) is not None for v in values)
    whole = sum(" " not in v and 4 <= len(v) <= 64 for v in values)
    numbers = sum(not any(c.isalpha() for c in v) for v in values)
    return len(values) >= 5 and whole >= 0.9 * len(values) and mixed >= 0.3 * len(values) >= numbers


def told_by_neighbours(name: str, facts: Facts, held: set[str], near: set[str], width: int) -> Guess | None:
    """Tell what a column is whose name is half a sign, by what the other columns hold and those right beside it."""
    if not facts.values:
        return None
    tokens = tokens_of(name)
    words = {"".join(tokens)} if "".join(tokens) in listed("account_words") else set(tokens)
    if (staff := _staff(tokens, facts, held)) is not None:
        return staff
    if facts.kind == "uuid" and set(tokens) & _DEVICES:
        return "DEVICE_ID", 1.0, 0.65, "unique identifiers under a word for a device"
    if held & _KEYS and facts.n_distinct >= 3 and facts.matching(_SECRET) >= 0.9:
        return "AWS_SECRET_KEY", facts.matching(_SECRET), 0.7, "secrets of 40 characters beside the keys"
    if near & _SECRETS or (near & _LOGINS and width <= _NARROW):
        found = _hashes(words, facts)
        if found is not None:
            return found
    for told in (_members, _accounts, _users):
        if (found := told(words, facts, held)) is not None:
            return found
    return None


def _hashes(words: set[str], facts: Facts) -> Guess | None:
    """Digests beside logins, under the name of a digest."""
    if not words & listed("hash_words") or words & listed("file_words"):
        return None
    share = facts.matching(_DIGEST)
    if share < 0.9 or len({len(v) for v in facts.values}) > 2:
        return None
    return "PASSWORD_HASH", share, 0.7, "digests beside logins"


def _members(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers of members and records where diagnoses stand."""
    if not words & listed("member_words") or not held & _MEDICAL or facts.dates > 0.1 or facts.rising:
        return None
    share = facts.matching(_NUMBER)
    if share < 0.9 or facts.n_distinct < 0.5 * facts.n or facts.n_distinct < 3:
        return None
    return "MEDICAL_ID", share, 0.6, "numbers of members or records beside diagnoses"


def _accounts(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers of accounts beside people and banks."""
    if (
        not words & listed("account_words")
        or words - listed("account_words") - {"no", "nr", "num", "number", "bank"}
        or not held & _PAID
    ):
        return None
    share = facts.matching(_ACCOUNT)
    if share < 0.9 or facts.n_distinct < 0.7 * facts.n or facts.rising or facts.dates > 0.1:
        return None
    return "BANK_ACCOUNT", share, 0.6, "numbers of accounts beside people"


def _staff(tokens: list[str], facts: Facts, held: set[str]) -> Guess | None:
    """Numbers under a mere word for people who work, beside names of people."""
    if people_named(tokens) != "EMPLOYEE_ID" or "PERSON" not in held or facts.dates > 0.1:
        return None
    share = facts.share("EMPLOYEE_ID", 0.7)
    if (
        share < 0.95
        or facts.n_distinct < 0.8 * facts.n
        or facts.n_distinct < 5
        or not 3 <= facts.length <= 12
    ):
        return None
    return "EMPLOYEE_ID", share, 0.55, "numbers of people who work beside their names"


def _users(words: set[str], facts: Facts, held: set[str]) -> Guess | None:
    """Names of accounts under any name that speaks of somebody."""
    if facts.n_distinct < 4 or not words & listed("role_words") or facts.logins < 0.8:
        return None
    return "USERNAME", facts.logins, 0.6, "names of accounts with names of people in them"
