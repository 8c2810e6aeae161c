"""Columns of accounts whose names do not say so: written as nicks, or made of the names and addresses beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leakkit.pii.columns.verdict import Evidence
from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.text import Cell
from leakkit.pii.row_logins import is_made_of, letters_of
from leakkit.pii.validators.nicks import is_login, is_nick

_BESIDE = frozenset(
    "EMAIL PERSON IP_ADDRESS PHONE CRYPTO_ADDRESS PASSWORD PASSWORD_HASH DATE_OF_BIRTH".split()
)
_WRITTEN = re.compile(r"(?=[A-Z0-9_.]{0,31}[a-z])[A-Za-z_][\w.]{2,31}")
_HANDLE = re.compile(r"(?i)handle|nick|login|account|konto|user")
_KNOWN, _SHARE, _SCORE = 0.7, 0.6, 0.55
"""Strength from which a column's name says that it holds something else; share of values that must be accounts."""


def are_of_users(key: str, values: Sequence[str]) -> bool:
    """Tell whether the values under a key that speaks of users or logins are all accounts.

    Examples
    --------
    >>> are_of_users("auth.user", ["mara_e"]), are_of_users("auth.user", ["Mara Example"])
    (True, False)
    """
    return _HANDLE.search(key) is not None and all(is_nick(value) or is_login(value) for value in values)


def with_nicks(text: str, groups: Sequence[Sequence[Cell]], verdicts: Sequence[Evidence]) -> list[Evidence]:
    """Call columns accounts of which nothing is known, where they stand beside names, addresses or hosts.

    Parameters
    ----------
    text : str
        The text in which the cells stand.
    groups : sequence of sequence of Cell
        The columns of one table.
    verdicts : sequence of Evidence
        What is known of each.
    """
    if not any(verdict.entity in _BESIDE for verdict in verdicts):
        return list(verdicts)
    letters = [_letters(text, group) for group in groups]
    return [
        replace(verdict, entity="USERNAME", confidence=_SCORE, evidence="names of accounts beside others")
        if _is_open(text, group, verdict)
        and _are_accounts(text, group, letters[:place] + letters[place + 1 :])
        else verdict
        for place, (group, verdict) in enumerate(zip(groups, verdicts, strict=True))
    ]


def _letters(text: str, group: Sequence[Cell]) -> dict[int, str]:
    """Give the letters of each row's cell of a column."""
    return {cell.row: letters_of(text[cell.start : cell.end]) for cell in group}


def _is_open(text: str, group: Sequence[Cell], verdict: Evidence) -> bool:
    """Tell whether little is known of a column: nothing, or that words in small letters may be names of people."""
    if verdict.entity != "PERSON" or group[0].key is not None:
        return verdict.entity is None
    return all(text[cell.start : cell.end].islower() for cell in group)


def _are_accounts(text: str, group: Sequence[Cell], letters: Sequence[dict[int, str]]) -> bool:
    """Tell whether the values of a column are accounts, each another."""
    key = group[0].key
    if key is not None and entity_of_key(key).strength >= _KNOWN and not _HANDLE.search(key):
        return False
    values = [(text[cell.start : cell.end].strip(), cell.row) for cell in group]
    values = [(value, row) for value, row in values if value]
    beside = {row: " ".join(column.get(row, "") for column in letters) for _, row in values}
    if not values or len({value for value, _ in values}) < 0.9 * len(values):
        return False
    if not all(_WRITTEN.fullmatch(value) for value, _ in values):
        return False
    told = sum(
        is_nick(value) or (is_login(value) and is_made_of(value, beside[row])) for value, row in values
    )
    if len(values) == 1 and key is not None and not _HANDLE.search(key):
        return told == 1 and is_made_of(values[0][0], beside[values[0][1]])
    plain = sum(is_nick(value) or is_login(value) for value, _ in values)
    return told > 0 and (told >= _SHARE * len(values) or plain == len(values))
