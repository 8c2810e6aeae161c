"""Elements of XML piece by piece: each is kept until it ends or is too large, then told to hold rows or to be one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from leakkit.leak.records.html import unescaped

MOST_ELEMENTS, MOST_SIGNS = 2_000, 2**20
"""Elements and characters that are kept of one row."""

_DEEPEST = 60
_LONGEST_TAG = 2**16
_MOST_NESTED = 8
"""Elements of one name in an element with values of its own, beyond which these are the rows and not it."""

_FEWEST_LINES = 3
"""Lines from which on a text keeps them."""

_NAME = r"""[^\s<>/!?="'&;]{1,100}+"""
_TAG = rf"(/?)({_NAME})((?:[^<>\"']++|\"[^\"<]{{0,{_LONGEST_TAG}}}+\"|'[^'<]{{0,{_LONGEST_TAG}}}+')*+)>"
_MARK = re.compile(rf"<(?:!--|!\[CDATA\[|{_TAG}|[!?][^<>]{{0,{_LONGEST_TAG}}}+>)")
_MAYBE_OPEN = re.compile(rf"<[^<]{{0,{_LONGEST_TAG}}}+\Z")
_ATTRIBUTE = re.compile(rf"({_NAME})\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_OF_XML = ("xmlns", "xsi:", "xml:")
"""How attributes begin that tell of the file and not of what it holds."""


class Row(NamedTuple):
    """What is one record: the name of its element (nothing for what stands around the rows), and its fields."""

    name: str
    parts: list[tuple[str, str]]
    is_mixed: bool = False


@dataclass(slots=True)
class _Element:
    """An element that is open, or stands in one; one that holds rows keeps but its own values since the last row."""

    name: str
    attributes: list[tuple[str, str]] = field(default_factory=list)
    content: list[str | _Element] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)
    holds_rows: bool = False
    names: set[str] = field(default_factory=set)

    @property
    def is_leaf(self) -> bool:
        """Tell whether there is nothing but text."""
        return not self.attributes and not self.children

    @property
    def is_mixed(self) -> bool:
        """Tell whether elements stand within running text."""
        return bool(self.children) and any(isinstance(part, str) and part.strip() for part in self.content)

    @property
    def holds_mixed(self) -> bool:
        """Tell whether it is so of it or of an element in it."""
        return self.is_mixed or any(child.holds_mixed for child in self.children)

    def take(self, child: _Element) -> None:
        """Take an element in."""
        self.content.append(child)
        self.children.append(child)
        if self.holds_rows:
            self.names.add(child.name)

    def repeated(self) -> Counter[str]:
        """Give how often elements come that are more than text, by name."""
        return Counter(child.name for child in self.children if not child.is_leaf)


class Elements:
    """Reads XML in pieces and gives rows: elements that come again and again, with what stands in them.

    Examples
    --------
    >>> reader = Elements()
    >>> for row in reader.feed("<all at='Bonn'><p no='1'><mail>a@b.io</mail></p><p no='2'/></all>"):
    ...     print(row.name, row.parts)
     [('at', 'Bonn')]
    p [('no', '1'), ('mail', 'a@b.io')]
    p [('no', '2')]
    """

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._held, self._state = "", ""
        self._too_deep = self._n_kept = self._signs = 0
        self._found: list[Row] = []

    def feed(self, text: str) -> list[Row]:
        """Take the next piece; give the rows that are complete."""
        text, self._held = self._held + text, ""
        position = 0
        while position < len(text):
            position = self._inside(text, position) if self._state else self._plain(text, position)
        return self._taken()

    def end(self) -> list[Row]:
        """End the file; give what is left, be it whole or not."""
        while self._open:
            self._close(self._open[-1].name)
        self._add(self._held)
        self._held = ""
        return self._taken()

    def _taken(self) -> list[Row]:
        """Give what has been found, without what is empty."""
        found, self._found = [row for row in self._found if row.parts], []
        return found

    def _plain(self, text: str, position: int) -> int:
        """Read up to the next tag and act on it."""
        mark = _MARK.search(text, position)
        if mark is None:
            rest = _MAYBE_OPEN.search(text, max(position, len(text) - _LONGEST_TAG))
            end = rest.start() if rest else len(text)
            self._add(text[position:end])
            self._held = text[end:]
            return len(text)
        self._add(text[position : mark.start()])
        if mark[2]:
            self._tag(mark[2], mark[3], closing=bool(mark[1]))
        elif mark[0] in _ENDS:
            self._state = _ENDS[mark[0]]
        elif mark[0][1] == "!":
            self._found.append(Row("", [("", mark[0])]))
        return mark.end()

    def _inside(self, text: str, position: int) -> int:
        """Read on to the end of a comment or of text without tags."""
        end = text.find(self._state, position)
        if end < 0 and self._state == "-->" and len(text) - position < _LONGEST_TAG:
            self._held = text[position:]
            return len(text)
        stop = end if end >= 0 else max(position, len(text) - len(self._state) + 1)
        told = text[position:stop]
        if self._state == "-->":
            self._found.append(Row("", [("", told)] if told.strip() else []))
        else:
            self._add(told.replace("&", "&amp;"))
        if end < 0:
            self._held = text[stop:]
            return len(text)
        position, self._state = end + len(self._state), ""
        return position

    def _tag(self, name: str, rest: str, *, closing: bool) -> None:
        """Open or close an element; those that lie too deep are but their text."""
        name = name.rpartition(":")[2] or name
        if closing:
            if self._too_deep:
                self._too_deep -= 1
            else:
                self._close(name)
            return
        is_empty = rest.endswith("/")
        if len(self._open) >= _DEEPEST:
            self._too_deep += not is_empty
            return
        told = [
            (key.rpartition(":")[2] or key, unescaped(one or other))
            for key, one, other in _ATTRIBUTE.findall(rest)
            if not key.startswith(_OF_XML)
        ]
        element = _Element(name, [part for part in told if part[1].strip()], holds_rows=not self._open)
        self._open.append(element)
        self._n_kept += 1
        self._signs += len(rest)
        if is_empty:
            self._close(name)
        self._keep_small()

    def _add(self, text: str) -> None:
        """Take text where the file stands."""
        if not text:
            return
        if not self._open:
            self._found.append(Row("", [("", text.strip())] if text.strip() else []))
            return
        self._open[-1].content.append(text)
        self._signs += len(text)
        self._keep_small()

    def _close(self, name: str) -> None:
        """Close an element, and those in it whose end is missing."""
        at = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == name), None)
        while at is not None and len(self._open) > at:
            element = self._open.pop()
            if element.holds_rows:
                self._give_own(element)
            elif self._open and self._open[-1].holds_rows:
                self._give(element, self._open[-1])
            elif self._open:
                self._open[-1].take(element)

    def _keep_small(self) -> None:
        """Give what is kept of the outermost elements that are open, where it has become too large for a row."""
        for element in self._open:
            if self._n_kept <= MOST_ELEMENTS and self._signs <= MOST_SIGNS:
                return
            if element.holds_rows:
                self._n_kept -= len(element.children)
                held = (text for one in (element, *element.children) for text in one.content)
                self._signs -= sum(len(text) for text in held if isinstance(text, str))
                self._give_own(element)
            else:
                self._open_up(element)
                self._n_kept, self._signs = 0, 0

    def _give(self, element: _Element, holder: _Element) -> None:
        """Give an element as a row, as a value of what holds it, or the rows in it."""
        if element.is_leaf:
            if element.name in holder.names:
                self._give_own(holder)
                self._n_kept = self._signs = 0
            holder.take(element)
            return
        self._give_own(holder)
        self._n_kept = self._signs = 0
        has_values = bool(element.attributes) or any(child.is_leaf for child in element.children)
        most_alike = max(element.repeated().values(), default=0)
        if element.is_mixed or not _is_crowded(element) and (has_values or most_alike < 2):
            self._found.append(Row(element.name, list(_parts(element, "")), element.holds_mixed))
        else:
            self._open_up(element)
            self._give_own(element)

    def _open_up(self, element: _Element) -> None:
        """Give what comes again in an element as rows, and the rest of it as one before them."""
        counts, children = element.repeated(), element.children
        is_row = [counts[child.name] > 1 or _is_crowded(child) for child in children]
        own = [child for child, row in zip(children, is_row, strict=True) if not row]
        element.content = [part for part in element.content if isinstance(part, str)] + own
        element.children, element.holds_rows = own, True
        self._give_own(element)
        for child, row in zip(children, is_row, strict=True):
            if row:
                self._give(child, element)

    def _give_own(self, element: _Element) -> None:
        """Give the values that an element has had since its last row."""
        if element.attributes or element.content:
            self._found.append(Row("", list(_parts(element, ""))))
        element.attributes, element.content, element.children, element.names = [], [], [], set()


def _is_crowded(element: _Element) -> bool:
    """Tell whether an element, or one in it, holds many of one name."""
    most_alike = max(element.repeated().values(), default=0)
    return most_alike > _MOST_NESTED or any(map(_is_crowded, element.children))


def _parts(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    """Give the fields of an element: its attributes, its text and what stands in it, each with the way to it."""
    for name, value in element.attributes:
        yield path + name, value
    if text := _text(element):
        of_list = path.endswith("].") and not element.is_leaf
        yield (path + element.name if of_list else path[:-1] or element.name), text
        if element.is_mixed:
            yield from _attributes_within(element, path)
            return
    counts = Counter(child.name for child in element.children)
    seen: Counter[str] = Counter()
    for child in element.children:
        place = f"{child.name}[{seen[child.name]}]" if counts[child.name] > 1 else child.name
        seen[child.name] += 1
        yield from _parts(child, f"{path}{place}.")


def _attributes_within(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    """Give the attributes of elements that stand within running text."""
    for child in element.children:
        for name, value in child.attributes:
            yield f"{path}{child.name}.{name}", value
        yield from _attributes_within(child, f"{path}{child.name}.")


def _text(element: _Element) -> str:
    """Give the text of an element; where elements stand within it, with theirs.

    A text of a few lines, as letters are, keeps them; the two or so of a value that is laid out are one.
    """
    parts = (
        element.content if element.is_mixed else [part for part in element.content if isinstance(part, str)]
    )
    told = (part if isinstance(part, str) else f" {_text(part).replace('&', '&amp;')} " for part in parts)
    lines = [line.strip() for line in unescaped("".join(told)).strip().split("\n")]
    return "\n".join(lines) if sum(map(bool, lines)) >= _FEWEST_LINES else " ".join(" ".join(lines).split())
