"""Checks of values that are told in prose behind a plain word for them: logins, passwords, accounts, documents."""

from __future__ import annotations

import re

from leakkit.pii.validators.contact import username
from leakkit.pii.validators.secrets import is_reference

_TAGS = frozenset(
    "a abbr address article aside audio b base body br button canvas caption center code col data dd del details "
    "div dl dt em embed fieldset figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe img "
    "input ins kbd label legend li link main map mark menu meta nav object ol option output p param path picture pre "
    "q rect s samp script section select small source span strong style sub summary sup svg table tbody td template "
    "text textarea tfoot th thead time title tr track tt u ul use user assistant system human bot unk pad eos bos "
    "sep cls mask think tool image video name key value string int date item entry row id".split()
)
_FILE = re.compile(
    r"(?i)\.(?:com|net|org|io|ai|dev|app|de|fr|uk|py|js|ts|html?|php|json|ya?ml|txt|md|xml|csv|log|sh|exe|dll|so|"
    r"zip|gz|tar|conf|cfg|ini|toml|pdf|docx?|xlsx?|png|jpe?g|gif|svg|local|internal|example|lan|sql|db|bin|pt|"
    r"safetensors|parquet|ipynb|cpp?|h|java|go|rs|rb|css)$"
)
_SIGN, _PARTED = re.compile(r"[0-9._]"), re.compile(r"[._-]+|(?<=\D)(?=\d)|(?<=\d)(?=\D)")
_MEASURE = re.compile(
    r"(?i)v?\d+(?:[.,:/x-]\d+)*[a-z%°]{0,4}|(?:v|ver|utf|sha|md|mp|ipv|http|oauth|tls|ssl|base|win|ios|php|python|"
    r"java|ubuntu|debian|office|q|h|room|block|zone|gate|node|host|srv|db|step|line|item|day|week|level|web|app|api|"
    r"mail|ns|vpn|gpu|cpu|dev|test|prod|staging|build|run|job|cluster|pod|worker|server|proxy|router|switch|cam|pc|ws|"
    r"nas|disk|eth|port|bug|issue|pr|ticket|task|case|file|page|chapter|part|team|group|phase|epoch|batch|user|admin|guest|demo)-?\d{1,4}"
)
_SIZED = re.compile(r"\d\.\d|\d[bmkBMK](?:[-_.]|$)")
"""Versions and sizes, as names of models have them."""
_MAIL, _NUMBERED = re.compile(r".@(?=[^@]*\.)"), re.compile(r"\d+[.-]?\D+|[A-Z]{1,4}-?\d+[A-Z]?")
"""Addresses; numbers with a unit or behind a code of capitals."""
_DATED = re.compile(r"(?i)[a-z]+-?(?:19|20)\d\d-?\d{0,2}-?\d{0,2}")
"""A word and a year: a name of a file or an event rather than of an account, but often a password."""


def told_login(text: str) -> bool:
    """Say whether a word behind a word for logins is one: it has a digit or a sign inside, and is no file or host.

    Examples
    --------
    >>> [told_login(text) for text in ("mara_e", "p.krejci2", "settings", "config.yaml", "user-id")]
    [True, True, False, False, False]
    """
    word = text.strip("@._-")
    if any(one.fullmatch(word) for one in (_MEASURE, _DATED)) or _FILE.search(word) or not _SIGN.search(word):
        return False
    parts = [part for part in _PARTED.split(word) if part.isalpha() and len(part) > 1]
    return username(text) is True or any(username(part) is None for part in parts)


def told_nick(text: str) -> bool | None:
    """Say whether a word in angle brackets before a line of a chat is who speaks and no element of a page.

    Examples
    --------
    >>> [told_nick(text) for text in ("moth_", "Sprocket", "div", "assistant", "cron_daily")]
    [True, None, False, False, False]
    """
    from leakkit.pii.talk import PROGRAMS

    word = text.casefold()
    if word in _TAGS or word.endswith("bot") or not PROGRAMS.isdisjoint(_PARTED.split(word)):
        return False
    return True if re.search(r"[\d_\[\]|^]", text) else None


def told_password(text: str) -> bool:
    """Say whether a word soon behind a word for passwords is one: letters with digits, or with signs, and no measure.

    Examples
    --------
    >>> [
    ...     told_password(text)
    ...     for text in ("Kiraz!2086", "kasa2222", "8-stellig", "sha256", "tern-0.6m", "Router")
    ... ]
    [True, True, False, False, False, False]
    """
    digits, letters = sum(map(str.isdigit, text)), sum(map(str.isalpha, text))
    if len(text) < 6 or letters < 3 or is_reference(text):
        return False
    if any(one.search(text) for one in (_SIZED, _FILE, _MAIL)):
        return False
    if _MEASURE.fullmatch(text) or _NUMBERED.fullmatch(text):
        return False
    return digits > 1 or bool(digits or re.search(r"[!#$%&*?@^+~€]\w", text))


def told_account(text: str) -> bool:
    """Say whether a number behind a word for accounts may be one of a bank: 8 to 20 digits, no date, not one digit.

    Examples
    --------
    >>> [told_account(text) for text in ("0417722981", "145-00-1082273-6", "2024-05-06", "00000000", "12345")]
    [True, True, False, False, False]
    """
    digits = re.sub(r"\D", "", text)
    if not 8 <= len(digits) <= 20 or len(set(digits)) < 3:
        return False
    return not re.fullmatch(
        r"(?:19|20)\d\d[-./]?[01]\d[-./]?[0-3]\d|[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d", text
    )


def told_document(text: str) -> bool:
    """Say whether what stands behind a word for a document may be its number: five digits or more, no date.

    Examples
    --------
    >>> [told_document(text) for text in ("YUC-0215718", "EH 402911", "12.05.2024", "class B 2024")]
    [True, True, False, False]
    """
    digits = re.sub(r"\D", "", text)
    if not 5 <= len(digits) <= 18 or len(set(digits)) < 3:
        return False
    return not re.fullmatch(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}", text)
