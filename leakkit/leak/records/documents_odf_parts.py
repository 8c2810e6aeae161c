"""The parts of an OpenDocument file as their XML goes by: properties, body, headers and footers."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl

from leakkit.leak.records.html_tables import Tables

MOST_REPEATED = 1_000
"""How often a cell or a row that holds something is repeated at most."""

Item = tuple[tuple[int, str] | None, Any]
"""Number and name of a sheet with the cells of a row; or none, with a row, field and text."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OTHERS = {"http://purl.org/dc/elements/1.1/": "dc", "http://www.w3.org/1999/xlink": "xlink"}
_NAMES = {
    f"{space}:{name}": (f"{_OASIS}{space}:1.0", name)
    for space, name in (
        ("table", "name"),
        ("table", "number-columns-repeated"),
        ("table", "number-rows-repeated"),
        ("office", "value-type"),
        ("office", "value"),
        ("office", "date-value"),
        ("office", "string-value"),
    )
}
_NAMES["xlink:href"] = ("http://www.w3.org/1999/xlink", "href")
_BLOCKS = frozenset({"text:p", "text:h", "dc:creator", "dc:date", "text:note-citation"})
_DROPPED = frozenset({"dc:date", "text:note-citation"})
_TABULAR = {
    "table:table": "table",
    "table:table-header-rows": "thead",
    "table:table-row": "tr",
    "table:table-cell": "td",
    "table:covered-table-cell": "td",
}
_BREAKS = {"text:tab": "\t", "text:line-break": "\n", "text:s": " "}
_KINDS = {
    "office:annotation": "comment",
    "text:note-body": "footnote",
    "presentation:notes": "notes",
    **{f"style:header{kind}": "header" for kind in ("", "-left", "-first")},
    **{f"style:footer{kind}": "footer" for kind in ("", "-left", "-first")},
}
_PROPERTIES = {
    "meta:initial-creator": "author",
    "dc:creator": "last_modified_by",
    "dc:title": "title",
    "dc:subject": "subject",
    "meta:keyword": "keywords",
    "dc:description": "comments",
}


class Part(ContentHandler):
    """Collects the text of elements; what it is, its kinds say.

    Parameters
    ----------
    first : int
        Number of the first paragraph.
    """

    blocks = _BLOCKS
    """Elements whose text belongs together."""

    def __init__(self, first: int = 0) -> None:
        super().__init__()
        self.next_row = first
        self.properties: dict[str, str] = {}
        self.is_cut = False
        self._items: list[Item] = []
        self._held: list[list[str]] = []
        self._kinds: list[str] = []

    def taken(self, *, at_end: bool = False) -> list[Item]:
        """Give what is told; at the end all."""
        items, self._items = self._items, []
        return items

    def startElementNS(
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        """Begin an element."""
        tag = _short(*name)
        if tag in self.blocks:
            self._held.append([])
        elif tag in _KINDS:
            self._kinds.append(_KINDS[tag])
        elif tag in _BREAKS:
            self.characters(_BREAKS[tag])
        self.begin(tag, attrs)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """End an element."""
        tag = _short(*name)
        if tag in self.blocks:
            text = "".join(self._held.pop())
            if text.strip() and tag not in _DROPPED:
                self.block(tag, self._kinds[-1] if self._kinds else "text", text)
        elif tag in _KINDS:
            self._kinds.pop()
        self.end(tag)

    def characters(self, content: str) -> None:
        """Take text of the innermost block."""
        if self._held:
            self._held[-1].append(content)

    def begin(self, tag: str, attrs: AttributesNSImpl) -> None:
        """Follow the beginning of an element."""

    def end(self, tag: str) -> None:
        """Follow the end of an element."""

    def block(self, tag: str, kind: str, text: str) -> None:
        """Take the text of a block."""
        self._items.append((None, (self.next_row, kind, text)))
        self.next_row += 1


class About(Part):
    """What the document says about itself."""

    blocks = frozenset(_PROPERTIES)

    def block(self, tag: str, kind: str, text: str) -> None:
        """Take a property; keywords stand one by one."""
        name = _PROPERTIES[tag]
        self.properties[name] = f"{self.properties[name]}, {text}" if name in self.properties else text


class Margins(Part):
    """Headers and footers of pages, which stand among the styles."""

    def block(self, tag: str, kind: str, text: str) -> None:
        """Take a paragraph of a header or footer."""
        if kind in ("header", "footer"):
            super().block(tag, kind, text)


class Body(Part):
    """Paragraphs, tables with a head as records, and sheets; what stands beside cells comes after their sheet."""

    def __init__(self, first: int = 0) -> None:
        super().__init__(first)
        self._tables = Tables()
        self._first = first
        self._in_sheets = False
        self._n_sheets = self._depth = self._place = 0
        self._title = ""
        self._cells: list[tuple[int, Any]] = []
        self._texts: list[str] | None = None
        self._value: AttributesNSImpl | None = None
        self._times = 1
        self._beside: list[tuple[str, str]] = []

    def taken(self, *, at_end: bool = False) -> list[Item]:
        """Give what is told; at the end all."""
        if not self._depth or not self._in_sheets:
            self._give(at_end)
        return super().taken()

    def _give(self, at_end: bool = False) -> None:
        """Give texts that are in no sheet."""
        for kind, text in self._beside:
            self._tables.add(kind, text)
        self._beside = []
        for kind, text, record in self._tables.taken(at_end=at_end):
            self._items.append((None, (self._first + record, kind, text)))
            self.next_row = self._first + record + 1

    def block(self, tag: str, kind: str, text: str) -> None:
        """Take a paragraph, which may be of a cell."""
        if not self._in_sheets:
            self._tables.add(kind, text)
        elif kind == "text" and self._texts is not None:
            self._texts.append(text)
        else:
            self._beside.append((kind, text))

    def begin(self, tag: str, attrs: AttributesNSImpl) -> None:
        """Follow links, tables and cells."""
        if tag == "office:spreadsheet":
            self._in_sheets = True
        elif tag in ("text:a", "draw:a"):
            if target := _value(attrs, "xlink:href"):
                self.block(tag, "link", target)
        elif tag not in _TABULAR:
            return
        elif self._in_sheets:
            self._begin_sheet(tag, attrs)
        else:
            repeated = _value(attrs, "table:number-columns-repeated") or "1"
            self._tables.tag(_TABULAR[tag], f"colspan={repeated[:4]}", closing=False)

    def end(self, tag: str) -> None:
        """Follow the ends of tables and cells."""
        if tag not in _TABULAR:
            return
        if not self._in_sheets:
            self._tables.tag(_TABULAR[tag], "", closing=True)
        elif tag == "table:table":
            self._depth -= 1
            if not self._depth:
                if self._cells:
                    self._end_row()
                self._give()
        elif self._depth == 1 and _TABULAR[tag] == "td":
            self._end_cell()
        elif self._depth == 1 and tag == "table:table-row":
            self._end_row()

    def _begin_sheet(self, tag: str, attrs: AttributesNSImpl) -> None:
        """Begin a sheet, a row or a cell; tables within a cell are its text."""
        if tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._n_sheets += 1
                self._title = _value(attrs, "table:name")
        elif self._depth == 1 and tag == "table:table-row":
            if self._cells:
                self._end_row()
            self._times = _times(attrs, "table:number-rows-repeated")
        elif self._depth == 1 and _TABULAR[tag] == "td":
            self._end_cell()
            self._texts, self._value = [], attrs

    def _end_cell(self) -> None:
        """Keep what a cell holds, as often as it stands there."""
        if self._value is None or self._texts is None:
            return
        times = _times(self._value, "table:number-columns-repeated")
        held = _held(self._value, "\n".join(self._texts))
        if held is not None:
            self.is_cut |= times > MOST_REPEATED
            places = range(self._place, self._place + min(times, MOST_REPEATED))
            self._cells += [(place, held) for place in places]
        self._place += times
        self._texts = None

    def _end_row(self) -> None:
        """Give a row, as often as it stands there where it holds something."""
        self._end_cell()
        times = self._times if self._cells else 1
        self.is_cut |= times > MOST_REPEATED
        row = ((self._n_sheets, self._title), self._cells)
        self._items += [row] * min(times, MOST_REPEATED)
        self._cells, self._place = [], 0


@lru_cache(maxsize=4_096)
def _short(space: str | None, name: str) -> str:
    """Write the name of an element with the prefix that everybody uses."""
    space = space or ""
    return f"{_OTHERS.get(space) or space.removeprefix(_OASIS).partition(':')[0]}:{name}"


def _value(attrs: AttributesNSImpl, wanted: str) -> str:
    """Give an attribute, empty where it is not."""
    return attrs.get(_NAMES[wanted], "")


def _times(attrs: AttributesNSImpl, wanted: str) -> int:
    """Give how often something repeats."""
    value = _value(attrs, wanted)
    return int(value) if value.isdecimal() and 0 < len(value) < 8 else 1


def _held(attrs: AttributesNSImpl, text: str) -> str | float | None:
    """Give what a cell holds: a date in digits, a number, or its text."""
    kind = _value(attrs, "office:value-type")
    if kind == "date":
        return _value(attrs, "office:date-value").removesuffix("T00:00:00") or text
    if kind in ("float", "currency"):
        value = _value(attrs, "office:value")
        with suppress(ValueError):
            return int(value) if value.isdecimal() and len(value) < 20 else float(value)
    if kind in ("percentage", "boolean", "time"):
        return None
    return text or _value(attrs, "office:string-value") or None
