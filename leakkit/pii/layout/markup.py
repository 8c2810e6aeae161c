"""Cells of XML and HTML: elements, attributes, tables, labels and form fields, property lists."""

from __future__ import annotations

import re

from leakkit.pii.layout.tables import Field, put_table
from leakkit.pii.layout.text import Sheet

_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z_][\w:.-]{0,60})(?P<attributes>(?:\s[^<>]{0,4000})?)>|<!\[CDATA\[|<[!?][^<>]{0,400}>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]{0,60})\s{0,8}=\s{0,8}(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_PAGE = set(
    "html head body div span p a b i u em strong small br hr table thead tbody tfoot tr td th ul ol li dl dt dd "
    "form label input select option textarea button h1 h2 h3 h4 h5 h6 section article header footer main nav pre "
    "code font center fieldset legend meta link script style img string integer real key value true false".split()
)
_LABELS = {"dt", "label", "key", "th"}
_NAMING = ("name", "key", "id", "field", "label", "code", "property", "itemprop", "n")
_NO_DATA = set(
    "class id style href src type for width height rel xmlns lang charset role colspan rowspan target".split()
)


class _Page:
    """What is open while the tags of one text are read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.table = sheet.table()
        self.columns: dict[str, int] = {}
        self.row = sheet.row()
        self.stack: list[str] = []
        self.named: list[str | None] = []
        self.label: str | None = None
        self.rows: list[list[Field]] = []
        self.heads = 0
        self.seen: set[str] = set()

    def put(self, start: int, end: int, key: str) -> None:
        """Give out a value; a key that comes again opens a new record."""
        if key in self.seen:
            self.row, self.seen = self.sheet.row(), set()
        self.seen.add(key)
        column = self.columns.setdefault(key, len(self.columns))
        self.sheet.put(start, end, key, self.row, column, self.table)

    def text(self, start: int, end: int) -> None:
        """Read the text between two tags."""
        words = self.sheet.text[start:end].strip()
        if not words:
            return
        tag = self.stack[-1] if self.stack else ""
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append((start, end))
            self.heads += tag == "th"
        if tag in _LABELS or words.endswith(":") and len(words) < 60:
            self.label = words.rstrip(": ")
            return
        named = self.named[-1] if self.named else None
        if named:
            self.put(start, end, named)
        elif tag and tag not in _PAGE:
            parent = self.stack[-2] if len(self.stack) > 1 and self.stack[-2] not in _PAGE else ""
            self.put(start, end, f"{parent}.{tag}" if parent else tag)
        elif self.label and not (tag == "td" and self.heads > 1):
            self.put(start + (words[0] == ":"), end, self.label)
        elif ":" in words[:40] and len(words) < 200 and "\n" not in words:
            cut = self.sheet.text.index(":", start) + 1
            if not words[: words.index(":")].isdigit():
                self.put(cut, end, words[: words.index(":")])
        self.label = None

    def tag(self, found: re.Match[str]) -> None:
        """Open or close an element, read its attributes."""
        name = (
            found["name"].split(":")[-1].lower()
            if found["name"].lower() in _PAGE
            else found["name"].split(":")[-1]
        )
        lower = name.lower()
        if found["slash"]:
            if lower == "table":
                self.end_table()
            if name in self.stack[-50:]:
                while self.stack and self.stack.pop() != name:
                    self.named.pop()
                self.named.pop()
            return
        attributes = found["attributes"]
        named = self.attributes(found, lower) if attributes and "=" in attributes else None
        if lower == "tr":
            self.rows.append([])
        alone = attributes.endswith("/") or lower in ("br", "hr", "input", "meta", "img", "link")
        if not alone and len(self.stack) < 500:
            self.stack.append(name)
            self.named.append(named)

    def attributes(self, found: re.Match[str], tag: str) -> str | None:
        """Read attributes; give the name that one of them lends to the element's text."""
        base = found.start("attributes")
        values: dict[str, Field] = {}
        for hit in _ATTRIBUTE.finditer(found["attributes"]):
            span = hit.span(2) if hit[2] is not None else hit.span(3)
            values[hit[1].split(":")[-1].lower()] = (base + span[0], base + span[1])
        text = self.sheet.text
        naming = next((n for n in _NAMING if n in values), None)
        carrier = next((n for n in ("value", "val", "content", "v") if n in values), None)
        if naming and carrier:
            self.put(*values[carrier], text[slice(*values[naming])])
            return None
        for attribute, span in values.items():
            if tag not in _PAGE and attribute not in _NO_DATA:
                self.put(*span, f"{tag}.{attribute}")
        lends = naming and tag in (
            "field",
            "property",
            "data",
            "column",
            "entry",
            "attribute",
            "item",
            "param",
            "cell",
            "attr",
            "prop",
            "string",
            "simpledata",
        )
        return text[slice(*values[naming])] if naming and (lends or naming == "itemprop") else None

    def end_table(self) -> None:
        """Give out the table whose cells were gathered."""
        rows = [row for row in self.rows if row]
        if len(rows) >= 2 and len(rows[0]) >= 2 and len({len(row) for row in rows[:50]}) == 1:
            put_table(self.sheet, rows, True if self.heads == len(rows[0]) else None)
        self.rows, self.heads = [], 0


def read_markup(sheet: Sheet) -> None:
    """Read all tags of the text, however badly they nest."""
    text, page, position, first, last = sheet.text, _Page(sheet), 0, -1, 0
    before = len(sheet.cells)
    while (found := _TAG.search(text, position)) is not None:
        if sheet.taken[sheet.line_of(found.start())]:
            position = found.end()
            continue
        page.text(position if first >= 0 else found.start(), found.start())
        first = found.start() if first < 0 else first
        position = last = found.end()
        if found["name"]:
            page.tag(found)
        elif found[0] == "<![CDATA[":
            close = text.find("]]>", position, position + 100_000)
            if close > 0:
                page.text(position, close)
                position = last = close + 3
    page.end_table()
    if len(sheet.cells) > before:
        sheet.take(first, last)
