"""Databases of Hyperscan, compiled once on a machine: large ones are kept for the next process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache as once
from typing import Any

from leakkit.pii import cache

Expressions = tuple[Sequence[bytes], Sequence[int]]
"""Literals or patterns, and the flags of each."""


def compiled(expressions: Sequence[bytes], flags: Sequence[int], *, literal: bool) -> Any:
    """Compile literals or patterns for Hyperscan; a hit gives their place in the list.

    Examples
    --------
    >>> found = []
    >>> compiled([b"cd", b"ab"], [0, 0], literal=True).scan(
    ...     b"abcd", match_event_handler=lambda which, start, end, *_: found.append((which, end))
    ... )
    >>> found
    [(1, 2), (0, 4)]
    """
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=list(expressions),
        ids=list(range(len(expressions))),
        flags=list(flags),
        elements=len(expressions),
        literal=literal,
    )
    return database


def kept(parts: Sequence[bytes], make: Callable[[], Expressions], *, literal: bool) -> Any:
    """Give the database that an earlier process compiled of the same `parts`; else compile what `make` gives.

    Examples
    --------
    >>> database = kept([b"an example"], lambda: ([b"ab"], [0]), literal=True)
    >>> database.scan(b"abc", match_event_handler=lambda which, start, end, *_: print(which, end))
    0 2
    """
    import hyperscan

    if (found := at_hand(parts, literal=literal)) is not None:
        return found
    expressions, flags = make()
    database = compiled(expressions, flags, literal=literal)
    cache.store("signs", _key(parts, literal), hyperscan.dumpb(database))
    return database


def at_hand(parts: Sequence[bytes], *, literal: bool) -> Any:
    """Give the database that an earlier process compiled of `parts`; None where there is none.

    Examples
    --------
    >>> at_hand([b"never compiled"], literal=True) is None
    True
    """
    held = cache.load("signs", _key(parts, literal))
    return None if held is None else _loaded(held)


def _key(parts: Sequence[bytes], literal: bool) -> bytes:
    """Give the key under which a database is kept."""
    return cache.key_of(_engine(), bytes([literal]), *parts)


@once
def _engine() -> bytes:
    """Give version of Hyperscan and features of the processor for which it compiles."""
    import hyperscan

    tiny = compiled([b"x"], [0], literal=True)
    return repr((tiny.info(), getattr(hyperscan, "__version__", ""))).encode()


def _loaded(held: bytes) -> Any:
    """Make a kept database ready; None where this Hyperscan does not take it."""
    import hyperscan

    try:
        database = hyperscan.loadb(held, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None
    return database
