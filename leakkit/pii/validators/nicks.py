"""Checks of names of accounts where a name of an account is told: by their writing, and by words that none is made of."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.pii.validators.contact import username
from leakkit.pii.validators.told import told_login
from leakkit.pii.weighing.said_of_values import is_said_of_value
from leakkit.pii.weighing.system_accounts import SYSTEM_ACCOUNTS

_NOBODY = SYSTEM_ACCOUNTS | frozenset(
    "agent customer client user operator caller guest visitor host moderator interviewer interviewee speaker spk person participant player teacher student doctor patient "
    "bot system assistant human server kernel systemd sshd sudo cron crond docker dockerd init app api web db info warn warning error debug trace "
    "fatal notice critical note notes todo done date time name title subject from to cc re fw fwd status step result answer question q a "
    "total sum anyone someone everyone nobody one he she it they we you who this that there here what kunde kundin mitarbeiter berater "
    "frage antwort cliente clienta vendeur agente operador klient konsultant pytanie клиент оператор менеджер вопрос ответ "
    "客服 客户 用户 匿名 顾客 管理员 系统 店员 お客様 店長 担当 担当者 고객 상담원 관리자 상담사 손님 root admin administrator localhost nobody".split()
)
"""Roles, programs and labels, which stand where a nick may."""
_NUMBER = re.compile(r"(?:\A|[_.\-])+\d*\Z|\d+\Z")
_LETTERED = re.compile(r"(?<=[a-z]{4})[._\-][a-z]\Z")
_MIXED = re.compile(r"[a-z]{2}[A-Z][a-z]|[a-z]\d+[a-z]|[_^`|~]\Z|\A[_^`|~]|[^\W_][_^`|~][^\W_]|#\d{4}\Z")
_LETTERS = re.compile(r"[a-z]{3,32}")
_LETTERS_LEAST = 3
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_\d]+")
_PARTS = re.compile(r"[._\-\d]+")


def is_role(word: str) -> bool:
    """Tell whether a word is a role, a program or a label.

    Examples
    --------
    >>> is_role("Agent"), is_role("SPEAKER_01"), is_role("speaker_b"), is_role("helpbot"), is_role("mara_e")
    (True, True, True, True, False)
    """
    bare = _NUMBER.sub("", word.casefold())
    if is_said_of_value(word) or _LETTERED.sub("", bare) in _NOBODY:
        return True
    return bare in _NOBODY or bare.endswith("bot") or (word.isupper() and word.isascii() and len(word) < 6)


def is_nick(word: str) -> bool:
    """Tell whether a word is written as only accounts are: with digits or signs inside, or capitals.

    Examples
    --------
    >>> [is_nick(word) for word in ("mara_e", "nyx_", "LaMara7", "Mara", "user_id", "web01")]
    [True, True, True, False, False, False]
    """
    if is_role(word) or username(word) is False or sum(map(str.isalpha, word)) < _LETTERS_LEAST:
        return False
    return told_login(word.partition("#")[0]) or _MIXED.search(word) is not None and not word.isupper()


def is_login(word: str) -> bool:
    """Tell whether a word in small letters is none of a language and no given name, as logins made of names are.

    Examples
    --------
    >>> [is_login(word) for word in ("jlauritsen", "page", "johanna", "nginx")]
    [True, False, False, False]
    """
    from leakkit.pii.columns.words import name_flags
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN

    if not _LETTERS.fullmatch(word) or is_role(word) or username(word) is False:
        return False
    return not int(name_flags([word])[0]) & (COMMON | GIVEN)


def nick(text: str) -> bool | None:
    """Say whether a word where an account is told is one: True by its writing, None for a word nobody knows.

    Examples
    --------
    >>> [nick(word) for word in ("mara_e", "jlauritsen", "page", "web01")]
    [True, None, False, False]
    """
    if is_nick(text):
        return True
    return None if is_login(text) else False


def nick_written(text: str) -> bool:
    """Say whether a word is an account by its writing alone, where much else may stand.

    Examples
    --------
    >>> [nick_written(word) for word in ("mara_e", "jlauritsen", "web01", "pg_dump")]
    [True, False, False, False]
    """
    return is_nick(text) and nick_speaking(text) is not False


def nick_called(text: str) -> bool | None:
    """Say the same of a word that somebody is called by: parts of it may be words that programs use.

    Examples
    --------
    >>> [nick_called(word) for word in ("root_beer", "NebulaNan", "admin", "toastwizard", "page", "user_id")]
    [True, True, False, None, False, False]
    """
    if is_role(text):
        return False
    if is_nick(text):
        return True
    parts = [part for part in _PARTS.split(text.lower()) if len(part) > 1]
    parts += [part.lower() for part in _CAPITALS.split(text) if part] if _MIXED.search(text) else []
    if (
        len(parts) > 1
        and re.search(r"[._]|[a-z][A-Z]", text)
        and any(username(part) is None for part in parts)
    ):
        return True
    return None if is_login(text) else False


def nick_told(text: str) -> bool | None:
    """Say the same of a word between those for a login and for a password: any that is none of forms.

    Examples
    --------
    >>> [nick_told(word) for word in ("mara_e", "azumam", "cellar", "password")]
    [True, None, None, False]
    """
    if is_nick(text):
        return True
    return False if is_role(text) or username(text) is False else None


def nick_of_oneself(text: str) -> bool:
    """Say whether a word by which somebody is told to go is an account: no two words of a language with a dot between.

    Examples
    --------
    >>> [nick_of_oneself(word) for word in ("hilla.suo", "jazzy-rice-09", "home.then", "sha256")]
    [True, True, False, False]
    """
    from leakkit.pii.columns.words import name_flags
    from leakkit.pii.gazetteer.lookup import COMMON

    parts = [part for part in _PARTS.split(text.lower()) if part]
    if (
        not any(map(str.isdigit, text))
        and "_" not in text
        and all(flag & COMMON for flag in name_flags(parts))
    ):
        return False
    return is_nick(text)


def nick_speaking(text: str) -> bool | None:
    """Say False of a word before what somebody says if a part of it is a program, or all are words and one of code.

    Examples
    --------
    >>> nick_speaking("mara.qui2"), nick_speaking("webpack_dev"), nick_speaking("smoke_tests")
    (None, False, False)
    """
    from leakkit.pii.columns.words import name_flags
    from leakkit.pii.gazetteer.lookup import COMMON
    from leakkit.pii.talk import PROGRAMS

    parts = [part for part in _PARTS.split(text.lower()) if len(part) > 1]
    if any(part in PROGRAMS for part in parts):
        return False
    plain = [username(part) is False or bool(name_flags([part])[0] & COMMON) for part in parts]
    return False if all(plain) and username(text) is False else None


def login_speaking(text: str) -> bool:
    """Say whether a word before what somebody says is a login, and of no program.

    Examples
    --------
    >>> login_speaking("ania.p"), login_speaking("gradle_daemon"), login_speaking("note")
    (True, False, False)
    """
    return told_login(text) and nick_speaking(text) is not False
