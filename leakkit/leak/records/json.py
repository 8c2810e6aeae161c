"""Records of JSON: lines of it, one value of any size, notebooks; every text leaf with its path."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO, cast

import pyarrow as pa

from leakkit.errors import BadMemberError
from leakkit.leak.encodings import codec_of
from leakkit.leak.json_stream import JsonStream
from leakkit.leak.lines import CHUNK, CleanText, clean_chunks, read_up_to, text_lines
from leakkit.leak.records.batch import Packer
from leakkit.leak.records.json_blocks import BlockReader, blocks
from leakkit.leak.records.json_keys import is_field_name
from leakkit.leak.records.notebook import notebook
from leakkit.leak.records.person_numbers import is_read
from leakkit.leak.records.text import line_records

WHOLE = 4 * 2**20
"""A JSON text up to this size is parsed at once (bytes), a longer one as a stream."""

MOST_NAMES = 1_000
"""Keys of one object, or of all objects in one place, from which on further ones are data: ids of users, say."""

STEP = 2**20
"""How much of a long list is looked at together, at least (characters)."""

_BETWEEN = re.compile(r"[\s,]*")
_AFTER = re.compile(r"\s*(?:[,\]]|\Z)")


def records(file: BinaryIO, format: str, packer: Packer, size: int | None) -> Iterator[pa.RecordBatch]:
    """Give a row for every text in the JSON; what is no valid JSON is given as plain lines."""
    head = read_up_to(file, 2**18)
    if format in {"jsonl", "lm-eval-samples"} and (b"\n" in head or codec_of(head) != "utf-8"):
        yield from json_lines(_joined(head, file), packer)
        return
    if format not in {"jsonl", "lm-eval-samples"} and (size is None or size <= WHOLE):
        head += read_up_to(file, WHOLE + 1 - len(head))
        if len(head) <= WHOLE and (yield from _at_once(head, format, packer)):
            return
    if head.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"["):
        yield from _elements(CleanText(_joined(head, file), CHUNK, packer.telling()), packer)
    else:
        yield from _streamed(_joined(head, file), packer)


def _elements(clean: CleanText, packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give the leaves of a long list element by element, several times faster than event by event.

    Whatever this cannot do (an element of very many bytes, no valid JSON, text after the list) is left
    to the stream of events, from the element on.
    """
    scan, names, row = json.JSONDecoder().raw_decode, _Names(), 0
    text, position, ended = _more("", clean)
    position = text.index("[") + 1
    while True:
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
        if text[position : position + 1] == "]" and not text[position + 1 :].strip() and clean.peek(1) == b"":
            return
        try:
            value, end = scan(text, position)
            whole = ended or end + 1 < len(text)
        except (ValueError, RecursionError):
            whole = False
            if ended or len(text) - position > WHOLE or text[position : position + 1] == "]":
                break
        if whole and _AFTER.match(text, end):
            _add_leaves(value, row, "", names, packer)
            row, position = row + 1, end
            if packer.full:
                yield from packer.rest()
        elif whole:
            break
        else:
            text, position, ended = _more(text[position:], clean)
    rest = text[position:].removeprefix("]")
    opening = "" if rest != text[position:] else "["
    yield from _streamed(_joined((opening + rest).encode("utf-8", "replace"), clean), packer, row)


def _more(text: str, clean: CleanText) -> tuple[str, int, bool]:
    """Give at least twice as much text, the place where to go on in it, and whether it has ended."""
    parts, wanted = [text], max(STEP, len(text))
    while wanted > 0 and (chunk := clean.read()):
        parts.append(chunk.decode("utf-8", "replace"))
        wanted -= len(chunk)
    return "".join(parts), 0, wanted > 0


def _joined(head: bytes, file: BinaryIO | CleanText) -> BinaryIO:
    """Give a file that begins with bytes that were already read."""
    return cast(BinaryIO, _Joined(head, file))


class _Joined(io.RawIOBase):
    """A head in memory and the rest of a file, read forward only."""

    def __init__(self, head: bytes, file: BinaryIO | CleanText) -> None:
        super().__init__()
        self._head, self._file = io.BytesIO(head), file

    def read(self, size: int | None = -1) -> bytes:
        """Read from the head until it is used up, then from the file."""
        return self._head.read(size) or self._file.read(-1 if size is None else size)


def json_lines(file: BinaryIO, packer: Packer, first_row: int = 0) -> Iterator[pa.RecordBatch]:
    """Give the leaves of each line, counting from `first_row`; a line that is no JSON as it is."""
    lines = JsonLines(packer)
    reader = BlockReader(packer, lines.add, first_row)
    for text, rest in blocks(file, WHOLE, packer.telling()):
        if rest is None:
            yield from reader.read(text)
            continue
        for row, part, line in text_lines(rest, WHOLE, reader.row):
            lines.add(row, line, part)
            yield from packer.ready()
    lines.end()


class JsonLines:
    """Takes lines of JSON one by one and gives their leaves to a packer."""

    def __init__(self, packer: Packer) -> None:
        self._packer, self._names, self._n_bad = packer, _Names(), 0

    def add(self, row: int, text: str, part: int = 0) -> None:
        """Take a line, or a part of one that is too long to be parsed."""
        line = text.strip()
        if not line:
            return
        value = _parsed(line) if not part else None
        if value is None:
            self._n_bad += not part and line != "null"
            self._packer.add(row, f"#{part}" if part else "", text)
        else:
            _add_leaves(value, row, "", self._names, self._packer)

    def end(self) -> None:
        """Say how many lines were no JSON."""
        if self._n_bad:
            self._packer.skip(f"lines that are no JSON, read as text: {self._n_bad:,}")


def _parsed(text: str) -> Any:
    """Give the value of a text, None where it is no JSON, is nested too deep or is null."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _at_once(data: bytes, format: str, packer: Packer) -> Generator[pa.RecordBatch, None, bool]:
    """Give the leaves of a small JSON text; returns False when it is none."""
    text = b"".join(clean_chunks(io.BytesIO(data), CHUNK, packer.telling())).decode("utf-8", "replace")
    value = _parsed(text)
    if value is None:
        return text.strip() == "null"
    names = _Names()
    if format == "notebook" and isinstance(value, dict):
        yield from notebook(
            value, packer, lambda rest, row, field: _add_leaves(rest, row, field, names, packer)
        )
        return True
    try:
        if isinstance(value, list):
            for row, item in enumerate(value):
                _add_leaves(item, row, "", names, packer)
                yield from packer.ready()
        else:
            _add_leaves(value, 0, "", names, packer)
    except RecursionError:
        packer.skip("JSON nested too deep to be followed to its end")
    yield from packer.ready()
    return True


class _Names(dict[tuple[str, str | int], str]):
    """Field names by (parent, key or place in a list); keys that look like data become ``*``, and all beyond many."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()

    def __missing__(self, parent_key: tuple[str, str | int]) -> str:
        """Make a name and keep it, unless there are very many."""
        parent, key = parent_key
        if isinstance(key, int):
            name = f"{parent}[{key}]"
        else:
            name = key if self._counts[parent] < MOST_NAMES and is_field_name(key) else "*"
            self._counts[parent] += name != "*"
            name = f"{parent}.{name}" if parent else name
        if len(self) < 100_000:
            self[parent_key] = name
        return name


def _add_leaves(value: Any, row: int, field: str, names: _Names, packer: Packer) -> None:
    """Give every text and every long integer under `value` to the packer."""
    kind, add = type(value), packer.add
    if kind is dict:
        for key, item in value.items():
            name = names[field, key]
            if name[-1] == "*":
                add(row, name, key)
            if type(item) is str:
                add(row, name, item)
            elif item is not None:
                _add_leaves(item, row, name, names, packer)
    elif kind is list:
        for place, item in enumerate(value):
            if type(item) is str:
                add(row, names[field, place], item)
            elif item is not None:
                _add_leaves(item, row, names[field, place], names, packer)
    elif kind is str:
        add(row, field, value)
    elif kind is int and is_read(value, packer.path, field):
        add(row, field, _digits(value))


def _digits(value: int) -> str:
    """Give an integer in digits; Python refuses those of more than 4,300."""
    try:
        return str(value)
    except ValueError:
        return hex(value)


def _streamed(file: BinaryIO, packer: Packer, first_row: int = 0) -> Iterator[pa.RecordBatch]:
    """Give the leaves of a JSON text of any size; from a break on, its lines."""
    clean = CleanText(file, CHUNK, packer.telling())
    stream = JsonStream(cast(BinaryIO, clean), keep_rest=True)
    place = _Place(packer.path, first_row)
    try:
        for kind, value in stream:
            found = place.after(kind, value)
            if found is not None:
                packer.add(place.row, place.field, found)
                if packer.full:
                    yield from packer.rest()
    except BadMemberError as error:
        if not stream.rest:
            raise
        packer.skip(f"{error.reason}; read as text from there on")
        yield from packer.rest()
        yield from line_records(_joined(stream.rest, clean), packer, place.row + 1)


class _Place:
    """Where in a JSON text a stream of events stands: row and field of the value just seen.

    Rows count the elements of an outermost list, else the outermost values.
    """

    def __init__(self, path: str, first_row: int = 0) -> None:
        self.row, self.field, self._path = first_row, "", path
        self._next_row, self._key = first_row, ""
        self._names = _Names()
        self._open: list[tuple[str, bool]] = []  # field of each open object or list, and whether it is a list
        self._places: list[int] = []  # how many values each of them has begun

    def after(self, kind: str, value: Any) -> str | None:
        """Take an event; give its text when it is one for a row."""
        if kind == "map_key":
            self.field = self._key = self._names[self._open[-1][0], value]
            return str(value) if self._key[-1:] == "*" else None
        if kind in ("end_map", "end_array"):
            self._open.pop()
            self._places.pop()
            return None
        self.field = self._enter(kind)
        if kind in ("start_map", "start_array"):
            self._open.append((self.field, kind == "start_array"))
            self._places.append(-1)
            return None
        self.field = self.field
        if kind == "string":
            return str(value)
        is_number = kind == "number" and isinstance(value, int)
        return _digits(value) if is_number and is_read(value, self._path, self.field) else None

    def _enter(self, kind: str) -> str:
        """Give the field of a value that begins here; count rows."""
        depth = len(self._open)
        field, in_list = self._open[-1] if depth else ("", False)
        if (depth == 0 and kind != "start_array") or (depth == 1 and in_list):
            self.row, self._next_row = self._next_row, self._next_row + 1
        if not in_list:
            return self._key if depth else ""
        self._places[-1] += 1
        return self._names[field, self._places[-1]] if depth > 1 else ""
