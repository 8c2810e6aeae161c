"""JSON of any size as a stream of events: bounded depth, bounded values, bad bytes replaced."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson
from ijson.common import JSONError

from leakkit.errors import BadMemberError
from leakkit.leak.lines import CHUNK, clean_chunks

MAX_DEPTH = 200
"""Deepest nesting that is followed; honest data seldom passes 20."""

MAX_VALUE = 16 * 2**20
"""Longest string or number (bytes), and longest stretch without any value."""

MAX_DIGITS = 4_000
"""Longest run of digits. Python refuses integers of 4,300, and ijson's C code dies of that refusal."""

_TOO_MANY_DIGITS = re.compile(rb"(?<!\d)\d{%d}" % MAX_DIGITS)
_DIGITS_AT_END = re.compile(rb"(?<!\d)\d*\Z")

Event = tuple[str, Any]
_LEAF_KINDS = frozenset({"string", "number", "boolean", "null"})


class JsonStream:
    """One pass over the JSON text in `file`; several values one after another are allowed.

    Parameters
    ----------
    file : binary file
    keep_rest : bool, default False
        With True, a break drops the events near it and leaves the bytes they came from in `rest`, so
        that the caller can read on from there as plain text without losing or repeating any. With
        False every event before the break is given.

    Attributes
    ----------
    rest : bytes
        After a break with `keep_rest`: what was read from `file` and not given as events, in UTF-8; read
        `file` on through a `CleanText` of your own to go on after it.
    """

    def __init__(self, file: BinaryIO, *, keep_rest: bool = False) -> None:
        self.rest, self._digits = b"", b""
        self._file, self._keep_rest = file, keep_rest
        self._found: list[Event] = ijson.sendable_list()
        self._parser = ijson.basic_parse_coro(self._found, multiple_values=True)

    def __iter__(self) -> Iterator[Event]:
        """Give (kind, value) as `ijson.basic_parse` names them.

        Raises
        ------
        BadMemberError
            Status corrupt (no JSON), truncated (ends early), limit (a value is too long), refused
            (nested too deep).
        """
        held: list[Event] = []
        depth = 0
        for chunk in itertools.chain(clean_chunks(self._file), [None]):
            problem = self._feed(chunk)
            if self._found and problem is None:
                yield from held
                held, self.rest = self._found[:], chunk or b""
            else:
                held, self.rest = held + self._found[:], self.rest + (chunk or b"")
            for kind, _ in self._found:
                depth += (kind in ("start_map", "start_array")) - (kind in ("end_map", "end_array"))
                if depth > MAX_DEPTH:
                    problem = BadMemberError(f"JSON nested deeper than {MAX_DEPTH}", status="refused")
                    break
            self._found.clear()
            if problem is None and len(self.rest) > MAX_VALUE + CHUNK:
                problem = BadMemberError(f"a JSON value is longer than {MAX_VALUE:,} bytes", status="limit")
            if problem is not None:
                yield from () if self._keep_rest or problem.status == "refused" else held
                raise problem
        self.rest = b""
        yield from held

    def _feed(self, chunk: bytes | None) -> BadMemberError | None:
        """Let the parser see more text, or the end, which is None; give what is wrong with it."""
        text = chunk or b""
        joined = self._digits + text
        if _TOO_MANY_DIGITS.search(joined):
            return BadMemberError(f"{MAX_DIGITS:,} digits in a row", status="limit")
        at_end = _DIGITS_AT_END.search(joined[-MAX_DIGITS:])
        self._digits = at_end[0] if at_end else b""
        try:
            if text:
                self._parser.send(text)
            if chunk is None:
                self._parser.close()
        except (JSONError, ValueError, ArithmeticError):
            return BadMemberError("no valid JSON", status="corrupt") if chunk else _ended_early()
        except StopIteration:
            return BadMemberError("no valid JSON", status="corrupt")
        return None


def _ended_early() -> BadMemberError:
    """Describe JSON that stops in the middle."""
    return BadMemberError("the JSON ends before it is complete", status="truncated")


def leaves(events: Iterator[Event]) -> Iterator[tuple[list[str], str, Any]]:
    """Give (path, kind, value) for each leaf and for the beginning and end of each object.

    The path is one list that changes as the stream goes on: a name for each object on the way and
    ``[]`` for each list; copy it to keep it.

    Examples
    --------
    >>> import io
    >>> stream = JsonStream(io.BytesIO(b'{"a": [{"b": 1}, "x"]}'))
    >>> [
    ...     (".".join(path), value)
    ...     for path, kind, value in leaves(iter(stream))
    ...     if kind in ("number", "string")
    ... ]
    [('a.[].b', 1), ('a.[]', 'x')]
    """
    path: list[str] = []
    for kind, value in events:
        if kind == "map_key":
            path[-1] = value
        elif kind == "start_map":
            yield path, kind, None
            path.append("")
        elif kind == "start_array":
            path.append("[]")
        elif kind == "end_array":
            path.pop()
        elif kind == "end_map":
            path.pop()
            yield path, kind, None
        elif kind in _LEAF_KINDS:
            yield path, kind, value
