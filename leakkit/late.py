"""Patterns that are compiled when they are first used: what no text asks for costs no time at the start."""

from __future__ import annotations

import re
from typing import Any, cast

_USED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Late:
    """Stands for a pattern, and knows what it is asked for once it is compiled."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags
        self.pattern = source

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        self.__dict__.update({each: getattr(compiled, each) for each in _USED})
        return getattr(compiled, name)


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    r"""Give a pattern that is compiled when it is first used; a wrong one is told only then.

    Examples
    --------
    >>> late(r"\d+").findall("7 of 12")
    ['7', '12']
    """
    return cast("re.Pattern[str]", _Late(source, flags))
