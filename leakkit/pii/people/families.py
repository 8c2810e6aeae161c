"""Rows about a family: mother, father and child are named, and the telephone beside them is one of theirs."""

from __future__ import annotations

from leakkit.pii.people.columns import words_of_column
from leakkit.pii.people.mentions import OPAQUE, Mention

_ITSELF = ("", "")
_RELATIVES = ("parent", "spouse", "child")
"""Relatives in the order in which a telephone is believed to be theirs."""

_FEWEST = 2

_Blocks = dict[tuple[str, str], Mention]


def with_relatives(blocks: _Blocks) -> _Blocks:
    """Give what stands beside relatives in a row without somebody of its own to the first of them.

    Parameters
    ----------
    blocks : dict
        Mentions of a record by place and role.

    Returns
    -------
    dict
        The same, or with the values of nobody moved; numbers by which systems know people stay, as they may be of any,
        and telephones of a column called otherwise ("nurse_mob") beside a plain one.
    """
    own = blocks.get(_ITSELF)
    if own is None or not own.is_anonymous or not own.findings:
        return blocks
    named = {role for (_, role), mention in blocks.items() if mention.name is not None}
    if len(named) < _FEWEST or not named.issubset(_RELATIVES):
        return blocks
    first = next(role for role in _RELATIVES if role in named)
    home = next(m for (_, role), m in blocks.items() if role == first and m.name is not None)
    left = Mention()
    plain = any(found.entity == "PHONE" and not words_of_column(found) for found in own.findings)
    for found in own.findings:
        others = plain and found.entity == "PHONE" and bool(words_of_column(found))
        (left if others or found.kind == OPAQUE else home).add(found)
    rest = {where: mention for where, mention in blocks.items() if where != _ITSELF}
    return {_ITSELF: left, **rest} if left.findings else rest
