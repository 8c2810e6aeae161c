"""The text of HTML in one pass over pieces of any size: no tree, no script, linear time on hostile pages.

The standard library's parser looks for the end of an unclosed tag or comment again and again, which
takes minutes for a megabyte made to that end; so this reads tags by a regular expression of bounded reach.
"""

from __future__ import annotations

import html
import re

from leakkit.leak.records.html_tables import Found, Tables

TAG_LIMIT = 4_096
"""Longest tag (characters); what seems a longer one is text."""

_HELD = 2**16
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html label legend li main nav ol option p pre section table tbody td textarea tfoot th thead "
    "title tr ul".split()
)
_TABULAR = frozenset({"table", "thead", "tr", "th", "td"})
_TELLING = frozenset({"alt", "content", "href", "placeholder", "src", "title", "value"})
_MARK = re.compile(
    rf"<(?:!--|!\[CDATA\[|/?([a-zA-Z][\w:-]{{0,40}}+)([^<>]{{0,{TAG_LIMIT}}}+)>|[!?/][^<>]{{0,{TAG_LIMIT}}}+>)"
)
_MAYBE_OPEN = re.compile(rf"<[^<>]{{0,{TAG_LIMIT + 50}}}+\Z")
_ATTRIBUTE = re.compile(r"""(?<![\w:.@-])([\w:.@-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_ENDS = {"comment": "-->", "cdata": "]]>"}


class HtmlText:
    """Collects what a reader sees, comments, and attributes that carry text; the rows of tables are records.

    Examples
    --------
    >>> page = HtmlText()
    >>> page.feed("<p>Hello <b>you</b><script>x()</script> <a href='mailto:a@example.org'>ma")
    [Found(kind='@href', text='mailto:a@example.org', record=0)]
    >>> page.feed("il</a></p>") + page.end()
    [Found(kind='text', text='Hello you mail', record=1)]
    """

    def __init__(self) -> None:
        self._held = ""
        self._state = "text"  # or comment, cdata, or the name of a tag whose text is hidden
        self._block: list[str] = []
        self._length = 0
        self._tables = Tables()

    def feed(self, text: str) -> list[Found]:
        """Take the next piece of the page; give what is complete."""
        text, self._held = self._held + text, ""
        position = 0
        while position < len(text):
            position = self._plain(text, position) if self._state == "text" else self._inside(text, position)
        return self._tables.taken()

    def end(self) -> list[Found]:
        """End the page; give what is left."""
        if self.hides is None:
            self._add(self._held)
        self._held = ""
        self._end_block()
        return self._tables.taken(at_end=True)

    @property
    def hides(self) -> str | None:
        """Name of the element without an end whose text is being hidden."""
        return None if self._state in ("text", *_ENDS) else self._state

    def _plain(self, text: str, position: int) -> int:
        """Read text up to the next tag and act on the tag."""
        mark = _MARK.search(text, position)
        if mark is None:
            rest = _MAYBE_OPEN.search(text, max(position, len(text) - TAG_LIMIT - 50))
            end = rest.start() if rest else len(text)
            self._add(text[position:end])
            self._held = text[end:]
            return len(text)
        self._add(text[position : mark.start()])
        if mark[0] in ("<!--", "<![CDATA["):
            if mark[0] == "<!--":
                self._end_block()
            self._state = "comment" if mark[0] == "<!--" else "cdata"
        elif mark[1]:
            self._tag(mark[1].lower(), mark[2], closing=mark[0][1] == "/")
        return mark.end()

    def _tag(self, name: str, attributes: str, *, closing: bool) -> None:
        """End the block where the tag says so; take attributes along."""
        if name in _BLOCKS:
            self._end_block()
        if name in _TABULAR:
            self._tables.tag(name, attributes, closing=closing)
        if closing:
            return
        if name in _HIDDEN and not attributes.endswith("/"):
            self._state = name
        for match in _ATTRIBUTE.finditer(attributes):
            key, value = match[1].lower(), match[2] or match[3] or match[4] or ""
            telling = key in _TELLING or key.startswith(("data-", "aria-"))
            if value and telling and not value.startswith("data:"):
                self._tables.add(f"@{key[:40]}", unescaped(value))

    def _inside(self, text: str, position: int) -> int:
        """Read on to the end of a comment or of a hidden element."""
        ending = _ENDS.get(self._state) or f"</{self._state}"
        end = text.find(ending, position)
        if end < 0 and self._state not in _ENDS:
            end = text.lower().find(ending, position)
        if end < 0:
            kept = max(position, len(text) - len(ending) + 1)
            self._take(text[position:kept])
            self._held = text[kept:]
            return len(text)
        self._take(text[position:end])
        if self._state == "comment":
            self._end_block("comment")
        position = end + len(ending) if self._state in _ENDS else end
        self._state = "text"
        return position

    def _take(self, text: str) -> None:
        """Keep the text of a comment, not that of a hidden element."""
        if self._state in _ENDS:
            self._add(text)

    def _add(self, text: str) -> None:
        """Keep text of the open block; a very long block is given in parts."""
        if text:
            self._block.append(text)
            self._length += len(text)
        if self._length > _HELD:
            self._end_block("comment" if self._state == "comment" else "text")

    def _end_block(self, kind: str = "text") -> None:
        """Give the text that has come together."""
        text = "".join(self._block)
        self._block, self._length = [], 0
        text = " ".join((text if kind == "comment" else unescaped(text)).split())
        if text:
            self._tables.add(kind, text)


def unescaped(text: str) -> str:
    """Replace character references; one of thousands of digits stays as it is."""
    try:
        return html.unescape(text) if "&" in text else text
    except (ValueError, OverflowError):
        return text
