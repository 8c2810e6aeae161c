"""Which rows of a batch hold words that tell a name or an address: one look over the joined buffer, no row by itself."""

# ruff: noqa: E501 - a list of words in a pattern reads better on one line

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.addresses import SEED_SIGNS
from leakkit.pii.chats import SIGNS as CHAT_SIGNS
from leakkit.pii.cues import (
    ENDING,
    FIRM_CUES,
    FIRM_IS_SIGNS,
    OFFICE_SIGNS,
    PERSON_CUES,
    PLACE_CUES,
    SIGNED_SIGNS,
)
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.turns import SIGNS as TURN_SIGNS

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

_BEGIN = r"(?:(?-i:[A-Z])|[^\x00-\x7f])"
"""What the name of a person or place begins with; that of a firm with a digit, too."""
_MANY_WIDE = 50
"""Bytes of a text of which one begins a character beyond ASCII where it is one of other letters."""
_FIRM_BEGIN = r"(?:(?-i:[A-Z])|[0-9]|[^\x00-\x7f])"


@cache
def _cues() -> Any:
    """Compile what `leakkit.pii.cues` needs at least in a text to tell a name."""
    return _compiled(_cue_signs())


def _cue_signs() -> str:
    """Give that as a pattern."""
    words = "|".join((*PERSON_CUES, *PLACE_CUES))
    return (
        rf"(?:^|[^\w])(?:(?:{words})[ \t]{{0,3}}{_BEGIN}|(?:{'|'.join(FIRM_CUES)})[ \t]{{0,3}}{_FIRM_BEGIN})"
        rf"| (?-i:{ENDING})[^\w]|{SIGNED_SIGNS}|{OFFICE_SIGNS}|{FIRM_IS_SIGNS}"
    )


@cache
def _either() -> Any:
    """Compile what names and addresses need at least as one pattern."""
    return _compiled(f"(?:{_cue_signs()})|(?:{SEED_SIGNS})")


@cache
def _seeds() -> Any:
    """Compile what `leakkit.pii.addresses.seeds` needs at least in a text."""
    return _compiled(SEED_SIGNS)


@cache
def _chats() -> Any:
    """Compile what `leakkit.pii.chats.senders` needs at least in a text."""
    return _compiled(CHAT_SIGNS)


@cache
def _turns() -> Any:
    """Compile what `leakkit.pii.turns.nicks` needs at least in a text."""
    return _compiled(TURN_SIGNS)


@cache
def _dumps() -> Any:
    """Compile what lines of bytes in hexadecimal hold at least."""
    return _compiled(r"(?:[0-9a-f]{2} {1,2}){8}|(?:[0-9a-f]{4} ){8}")


def _compiled(pattern: str) -> Any:
    """Compile a pattern without regard to case."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.max_mem = 64 << 20
    return re2.compile(pattern, options)


def cued(rows: Rows) -> np.ndarray:
    """Tell which rows may hold a name that the words around it tell."""
    return _holding(rows, _cues())


def placed(rows: Rows) -> np.ndarray:
    """Tell which rows may hold an address that its form tells alone."""
    return _holding(rows, _seeds())


def told(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Give what `cued` and `placed` give: only where one pattern of both matches either does."""
    either = _holding(rows, _either())
    some = np.flatnonzero(either)
    if not len(some):
        return either, either
    if 2 * int((rows.ends - rows.starts)[some].sum()) > len(rows.data):
        return cued(rows), placed(rows)
    part, found = rows.taken(some), (np.zeros(len(either), bool), np.zeros(len(either), bool))
    found[0][some], found[1][some] = cued(part), placed(part)
    return found


def chatted(rows: Rows) -> np.ndarray:
    """Tell which rows may be messages of a chat with the names of those who sent them.

    In text of other letters the pattern is slow, and is looked for only in lines with a time of day.
    """
    if len(rows.wide) * _MANY_WIDE < len(rows.array):
        return _holding(rows, _chats())
    found = np.zeros(len(rows.starts), bool)
    begins, stops = _lines(rows, _times(rows.array))
    if len(begins):
        data = rows.raw
        lines = join_bytes([data[a:b] for a, b in zip(begins.tolist(), stops.tolist(), strict=True)])
        found[rows.row_of(begins[_holding(lines, _chats())])] = True
    return found


def _lines(rows: Rows, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give where the lines begin and end in which some places stand."""
    edges = np.flatnonzero(rows.array == ord("\n"))
    own = np.unique(np.searchsorted(edges, places))
    begins, stops = np.append(0, edges + 1)[own], np.append(edges, len(rows.array))[own]
    return begins, np.minimum(stops, rows.ends[rows.row_of(begins)])


def _times(data: np.ndarray) -> np.ndarray:
    """Give where times of day may stand: a digit, a colon or point, and two digits."""
    digits = (data >= ord("0")) & (data <= ord("9"))
    signs = (data == ord(":")) | (data == ord("."))
    return np.flatnonzero(digits[:-3] & signs[1:-2] & digits[2:-1] & digits[3:])


def turned(rows: Rows) -> np.ndarray:
    """Tell which rows may be turns of a chat with the nicks of those who speak."""
    return _holding(rows, _turns())


def dumped(rows: Rows) -> np.ndarray:
    """Tell which rows may hold bytes in hexadecimal, beside which the same bytes stand as text."""
    return _holding(rows, _dumps())


def _holding(rows: Rows, pattern: Any) -> np.ndarray:
    """Tell which rows a pattern matches in: after a match the search goes on in the next row."""
    found = np.zeros(len(rows.starts), bool)
    if not len(rows.starts):
        return found
    data, starts = bytes(rows.data), rows.starts.tolist()
    place, row = 0, -1
    while (hit := pattern.search(data, place)) is not None:
        row = int(np.searchsorted(rows.starts, hit.end() - 1, "right")) - 1
        found[row] = True
        if row + 1 == len(starts):
            break
        place = starts[row + 1] - 1
    return found
