"""Whether words of numbers stand one after the other in a stretch of text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from leakkit.pii.readings.numerals import pieces

_TOKEN = re.compile(r"[^\s,.\-\d:;(\"]+|\d+")
_GAP = re.compile(r"[ ,.\-]{0,2}|\n")
_FEWEST = 4
_SHORT = 3
_JOINTS = frozenset(("and", "und", "set"))


def is_told(stretch: bytes) -> bool:
    """Tell whether four words of numbers, or three and a digit, stand in a row; one of them longer than "to" or "on".

    Examples
    --------
    >>> is_told(b"zero one five einundzwanzig"), is_told(b"went on to to in and")
    (True, False)
    """
    text = stretch.decode("utf-8", "replace").replace("İ", "i").lower()
    run, telling, last = 0, False, 0
    for token in _TOKEN.finditer(text):
        word = token[0].strip("'")
        if run and not _GAP.fullmatch(text, last, token.start()):
            run, telling = 0, False
        last = token.end()
        whole, most = (0, 1) if word.isdigit() else _counted(word)
        telling = telling or (whole > 0 and len(word) >= _SHORT and word not in _JOINTS) or most >= _SHORT
        if most and run + most >= _FEWEST and telling:
            return True
        run = run + whole if whole else 0
        telling = telling and run > 0
    return False


@lru_cache(4096)
def _counted(word: str) -> tuple[int, int]:
    """Give how many pieces a word is made of (0 where it is not), and of how many it may begin with."""
    known, longest = _known()
    most = {0: 0}
    for begin in range(len(word)):
        if begin in most:
            for end in range(begin + 1, min(len(word), begin + longest) + 1):
                if word[begin:end] in known:
                    most[end] = max(most.get(end, 0), most[begin] + 1)
    return most.get(len(word), 0), max(most.values())


@cache
def _known() -> tuple[frozenset[str], int]:
    """Give the pieces in small letters, and the length of the longest."""
    known = frozenset(piece.replace("İ", "i").lower().strip() for piece in pieces())
    return known, max(map(len, known))
