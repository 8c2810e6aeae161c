"""Text of RTF in one pass over its bytes: paragraphs, tables, headers, notes, boxes, links and properties.

A reader of our own: the known library leaves out headers, notes, boxes, links and properties, glues cells
together, and takes quadratic time for a table of fonts that was made to that end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from leakkit.leak.records.documents_child import Found, Refused
from leakkit.leak.records.documents_names import PROPERTIES, codec_of, properties
from leakkit.leak.records.documents_rtf_words import AROUND, CHARSETS, CODEPAGES, LEFT, MARKS, READ, SIGNS
from leakkit.leak.records.html_tables import Tables

DEEPEST = 10_000
"""Groups within groups that are followed."""

_TOKEN = re.compile(
    rb"([^\\{}]++)|([{}])|\\(?:([A-Za-z]{1,32})(-?[0-9]{1,9})? ?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|\\", re.DOTALL
)
_LINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)')
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDS = frozenset(["par", "sect", "page", "column"])


@dataclass
class _Flow:
    """Text that belongs together: the body, one note, one header."""

    kind: str
    parts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Take the paragraph or cell that has come together."""
        text = "".join(self.parts).strip()
        self.parts.clear()
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text


class _State(NamedTuple):
    """What holds within a group."""

    flow: _Flow | None
    """None where the text is left out."""
    font: int
    skipped: int
    """How many characters stand in for one that is given by its number."""
    in_table: bool
    is_optional: bool
    """Right behind the mark of groups that not every program knows."""


def texts(data: bytes) -> Iterator[Found]:
    """Give paragraphs, notes, headers and footers as they come, rows of tables with the names of their head."""
    reader = _Reader()
    place = 0
    while (token := _TOKEN.match(data, place)) is not None and not reader.at_end:
        place = token.end() + reader.take(*token.groups())
        if reader.has_more:
            yield from reader.taken()
    yield from reader.rest()
    if data[place:].strip(b"\0 \t\r\n"):
        yield -1, "", "bytes behind its end are not read"


class _Reader:
    """Follows groups and control words, and collects what is text."""

    def __init__(self) -> None:
        self.at_end = self.has_more = False
        self._state = _State(_Flow("text"), -1, 1, False, False)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._codec, self._fonts, self._font, self._first_font = "cp1252", dict[int, str](), -1, -1
        self._tables, self._in_table = Tables(), False
        self._properties: dict[str, str] = {}

    def taken(self, *, at_end: bool = False) -> Iterator[Found]:
        """Give what is told."""
        self.has_more = False
        yield from ((row, kind, text) for kind, text, row in self._tables.taken(at_end=at_end))

    def rest(self) -> Iterator[Found]:
        """Give what is left, where groups are not closed, too."""
        while self._stack:
            self._end_group()
        self._finish(self._state.flow)
        yield from self.taken(at_end=True)
        yield from properties(self._properties)

    def take(
        self,
        run: bytes | None,
        brace: bytes | None,
        word: bytes | None,
        number: bytes | None,
        pair: bytes | None,
        mark: bytes | None,
    ) -> int:
        """Take one token; give how many bytes behind it are no RTF."""
        if run is not None:
            self._add_bytes(run.translate(None, b"\r\n"))
        elif pair is not None:
            self._add_bytes(bytes.fromhex(pair.decode()))
        elif word is not None:
            value = int(number) if number else None
            self._to_skip = 0
            self._word(word.decode(), value)
            return max(0, value or 0) if word == b"bin" else 0
        elif brace is not None:
            self._to_skip = 0
            if brace == b"{":
                self._begin_group()
            else:
                self._end_group()
        elif mark == b"*":
            self._state = self._state._replace(is_optional=True)
        elif mark is not None:
            self._mark(mark)
        return 0

    def _begin_group(self) -> None:
        """Begin a group."""
        self._decode()
        if len(self._stack) >= DEEPEST:
            raise Refused("nested too deep to be read", "limit")
        self._stack.append(self._state)

    def _end_group(self) -> None:
        """End a group, and the text that it alone held."""
        self._decode()
        ended, self._state = self._state, self._stack.pop() if self._stack else self._state
        if ended.flow is not self._state.flow:
            self._finish(ended.flow)
        self.at_end = not self._stack

    def _mark(self, mark: bytes) -> None:
        """Take a sign that is written with a backslash."""
        if mark in (b"\r", b"\n"):
            self._word("par", None)
        elif mark in (b"\\", b"{", b"}"):
            self._add_bytes(mark)
        else:
            self._add(MARKS.get(mark, ""))

    def _add_bytes(self, data: bytes) -> None:
        """Take bytes of text in the code page of their font."""
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if self._state.flow is not None:
            self._bytes += data[skipped:] if skipped else data

    def _decode(self) -> None:
        """Make text of the bytes that have come together."""
        if self._bytes and self._state.flow is not None:
            codec = self._fonts.get(self._state.font, self._codec)
            self._state.flow.parts.append(self._bytes.decode(codec, "replace"))
        self._bytes.clear()

    def _add(self, text: str) -> None:
        """Take text."""
        self._decode()
        if self._state.flow is not None:
            self._state.flow.parts.append(text)

    def _word(self, word: str, value: int | None) -> None:
        """Follow a control word."""
        state, kind = self._state, READ.get(word)
        if kind is not None and (state.flow is not None or kind in PROPERTIES):
            self._open(_Flow(kind))
        elif state.flow is None:
            return
        elif word in LEFT or (state.is_optional and word not in AROUND):
            self._open(None)
        elif state.is_optional:
            self._state = state._replace(is_optional=False)
        elif word in _ENDS:
            self._end_paragraph(state.flow)
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._end_cell(state.flow, word)
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word == "u" and value is not None:
            self._add(chr(value % 2**16))
            self._to_skip = state.skipped
        else:
            self._setting(word, value)

    def _open(self, flow: _Flow | None) -> None:
        """Turn the group that has begun to text of another kind, or to none."""
        self._decode()
        self._state = self._state._replace(flow=flow, is_optional=False, in_table=False)

    def _setting(self, word: str, value: int | None) -> None:
        """Follow what tells fonts, code pages and whether a paragraph is of a table."""
        state = self._state
        in_fonts = state.flow is not None and state.flow.kind == "fonts"
        if word == "f" and value is not None:
            self._decode()
            self._font = value
            self._state = state._replace(font=value)
        elif word == "plain":
            self._decode()
            self._state = state._replace(font=self._first_font)
        elif word in ("pard", "intbl"):
            self._state = state._replace(in_table=word == "intbl")
        elif word == "uc" and value is not None:
            self._state = state._replace(skipped=max(0, value))
        elif word == "deff" and value is not None:
            self._first_font = value
            self._state = state._replace(font=value)
        elif word == "fcharset" and in_fonts and value in CHARSETS:
            self._fonts[self._font] = codec_of(CHARSETS[value])
        elif word == "cpg" and in_fonts and value is not None:
            self._fonts[self._font] = codec_of(value)
        elif word == "ansicpg" and value is not None:
            self._codec = codec_of(value)
        elif word in CODEPAGES:
            self._codec = codec_of(CODEPAGES[word])

    def _end_paragraph(self, flow: _Flow) -> None:
        """End a paragraph; those of a cell are lines of it."""
        self._decode()
        if self._state.in_table:
            flow.parts.append("\n")
        else:
            self._end_table()
            self._give(flow.kind, flow.text())

    def _end_cell(self, flow: _Flow, word: str) -> None:
        """End a cell, or a row of them."""
        self._decode()
        cells = flow.nested if word.startswith("nest") else flow.cells
        if word.endswith("cell"):
            cells.append(flow.text())
        else:
            self._give_row(cells)

    def _finish(self, flow: _Flow | None) -> None:
        """Give what is left of a text that ends."""
        if flow is None:
            return
        for cells in (flow.nested, flow.cells):
            if cells:
                self._give_row(cells)
        self._give(flow.kind, flow.text())

    def _give_row(self, cells: list[str]) -> None:
        """Give a row of a table."""
        if not self._in_table:
            self._tables.tag("table", "", closing=False)
        self._in_table = self.has_more = True
        self._tables.tag("tr", "", closing=False)
        for text in cells:
            self._tables.tag("td", "", closing=False)
            if text:
                self._tables.add("text", text)
        self._tables.tag("tr", "", closing=True)
        cells.clear()

    def _end_table(self) -> None:
        """End a table at the first paragraph behind it."""
        if self._in_table:
            self._tables.tag("table", "", closing=True)
            self._in_table, self.has_more = False, True

    def _give(self, kind: str, text: str) -> None:
        """Give a text by its kind."""
        if kind == "link":
            found = _LINK.search(text)
            text = found[1] if found else ""
        if kind in PROPERTIES:
            self._properties[kind] = text
        elif text and kind != "fonts":
            self._tables.add(kind, text)
            self.has_more = True
