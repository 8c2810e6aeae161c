"""Text, tables and JSON of a catalogue: whatever the encoding, under limits, nothing dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from leakkit.errors import LeakUnreadableError
from leakkit.leak.encodings import codec_of
from leakkit.leak.json_stream import JsonStream
from leakkit.leak.text import printable


def text_of(data: bytes) -> str:
    r"""Give bytes as text: by byte-order mark, as UTF-8, else as Windows-1252 with holes marked.

    Examples
    --------
    >>> text_of(b"\xef\xbb\xbfid"), text_of("é".encode("cp1252"))
    ('id', 'é')
    """
    codec = codec_of(data[:65_536])
    try:
        return data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError:
        return data.decode("cp1252" if codec.startswith("utf-8") else codec, errors="replace")


class Table:
    """Rows of a CSV file: `names` of its columns, all different; iteration gives (row number, cells).

    A header without commas is split at semicolons, tabs or bars.
    A name that occurs again, whatever its capitals, gets ``#2``, ``#3``. Row numbers begin at 1 under the
    header. `cut` tells, after iteration, that the file stops within a quoted cell.

    Raises
    ------
    LeakUnreadableError
        While rows are read: a cell is longer than the limit of Python's reader (131,072 characters unless
        set otherwise). Names file and row.
    """

    def __init__(self, data: bytes, file: str) -> None:
        text = text_of(data)
        self.file = file
        self._cut = not text.endswith(("\n", "\r")) and text.count('"') % 2 == 1
        first = text[: text.find("\n")] if "\n" in text else text
        delimiter = "," if "," in first else max(",;\t|", key=first.count)
        self._rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        self.names = different([name.strip() for name in self._next(0) or []])

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        """Give (row number, cells); None for a row that is not as wide as the header, or cut."""
        held, number = self._next(1), 1
        while held is not None:
            following = self._next(number + 1)
            if held:
                last = following is None and self._cut
                yield number, None if last or len(held) != len(self.names) else held
            held, number = following, number + 1

    def _next(self, number: int) -> list[str] | None:
        """Give the next row, None at the end."""
        try:
            return next(self._rows, None)
        except csv.Error as error:
            raise LeakUnreadableError(
                f"Expected a table in the file {printable(self.file, 200)!r}",
                f"found that row {number:,} cannot be read ({error})",
                "mend or remove this row, or fetch the file again",
            ) from None


def different(names: list[str]) -> list[str]:
    """Number names that occur again.

    Examples
    --------
    >>> different(["AI System", "Link", "AI system", ""])
    ['AI System', 'Link', 'AI system#2', 'column 4']
    """
    given: list[str] = []
    taken: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        name = name or f"column {position}"
        seen = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        given.append(name if seen == 1 else f"{name}#{seen}")
    return given


def documents(data: bytes) -> Iterator[Any]:
    """Give the objects of a JSON file: items of its outer list, or each value of a file of JSON lines.

    A key that occurs twice in one object is kept as ``key#2``.

    Raises
    ------
    BadMemberError
        What follows is no JSON, stops early, is nested too deep or holds too long a value.

    Examples
    --------
    >>> list(documents(b'[{"a": 1, "a": [null, "x"]}, 2]'))
    [{'a': 1, 'a#2': [None, 'x']}, 2]
    """
    stack: list[tuple[Any, str]] = []
    key = ""
    for kind, value in JsonStream(io.BytesIO(data)):
        if kind == "map_key":
            key = value
            continue
        if kind in ("start_map", "start_array"):
            stack.append(({} if kind == "start_map" else [], key))
            continue
        if kind in ("end_map", "end_array"):
            value, key = stack.pop()
        if not stack:
            if kind != "end_array":
                yield value
        elif isinstance(holder := stack[-1][0], dict):
            holder[_free(holder, key)] = value
        elif len(stack) == 1:
            yield value
        else:
            holder.append(value)


def _free(holder: dict[str, Any], key: str) -> str:
    """Give `key`, numbered when the object has it already."""
    number, name = 1, key
    while name in holder:
        number += 1
        name = f"{key}#{number}"
    return name
