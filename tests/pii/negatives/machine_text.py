"""Machine text of many kinds without any personal data or secret: whatever is found in it is a false alarm."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import code_and_prose
import lines_like_talk
import numbers_in_bulk
import rows_of_bytes
import tools_of_others

_ROOMS = (numbers_in_bulk, code_and_prose, tools_of_others, rows_of_bytes, lines_like_talk)
KINDS: dict[str, Callable[[random.Random], str]] = {
    kind.__name__: kind for room in _ROOMS for kind in room.KINDS
}
WITHOUT_LINE_ENDS = ("minified",)


def text_of(kind: str, size: int, seed: int = 0) -> str:
    """Make at least `size` characters of one kind; the same seed gives the same text."""
    rng = random.Random(f"{kind}-{seed}")
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(KINDS[kind](rng))
        length += len(lines[-1]) + 1
    return ("" if kind in WITHOUT_LINE_ENDS else "\n").join(lines) + "\n"
