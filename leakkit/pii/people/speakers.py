"""Accounts of those who speak of others, line by line ("login: is it Ann Lee?"): no account of whom a line names."""

from __future__ import annotations

from collections import defaultdict

from leakkit.pii.people.mentions import ACCOUNT, NAME, Finding, account_fits

_FEWEST_NAMED, _FEWEST_SPEAKING = 2, 2
"""Names that one account speaks of, and accounts that speak of so many, from which on lines are read so."""

_Lines = list[list[Finding]]


def without_speakers(texts: _Lines) -> _Lines:
    """Put an account that begins a line apart from the names behind it that it is not made of.

    Only where accounts stand before several names: else a login before a name may be that person's.

    Parameters
    ----------
    texts : list of list of Finding
        The findings of each line, or of lines that belong together.
    """
    speaking = [_speaker(text) for text in texts]
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text, account in zip(texts, speaking, strict=True):
        if account is not None:
            spoken[account.entity, account.key] |= {found.key for found in text if _is_whole(found)}
    often = [account for account, names in spoken.items() if len(names) >= _FEWEST_NAMED]
    if len(often) < _FEWEST_SPEAKING:
        return texts
    result: _Lines = []
    for text, account in zip(texts, speaking, strict=True):
        result += [text] if account is None else [[account], [f for f in text if f is not account]]
    return result


def _speaker(text: list[Finding]) -> Finding | None:
    """Give the only account of a line that begins it, where whole names follow and none of them makes it."""
    names = [found for found in text if _is_whole(found)]
    accounts = [found for found in text if found.kind == ACCOUNT]
    if not names or len(accounts) != 1:
        return None
    account = min(text, key=_place)
    fits = any(account_fits(name, account) for name in names)
    return account if account is accounts[0] and not fits else None


def _is_whole(found: Finding) -> bool:
    """Tell whether a finding is a whole name."""
    return found.kind == NAME and not found.one_word


def _place(found: Finding) -> tuple[int, int]:
    """Give where a finding stands."""
    return found.row, found.start
