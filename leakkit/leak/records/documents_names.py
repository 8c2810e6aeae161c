"""Names of fields, properties and code pages of documents; apart from what would start the child process with Arrow."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from typing import Any

from leakkit.leak.text import printable

PROPERTIES = ("author", "last_modified_by", "title", "subject", "keywords", "comments")
"""What a document may say about itself that holds text of people."""

_CODECS = {936: "gb18030", 1200: "utf-16-le", 10_000: "mac-roman", 10_007: "mac-cyrillic", 20_866: "koi8-r"}
_CODECS |= {51_949: "euc-kr", 65_001: "utf-8"} | {28_590 + n: f"iso8859-{n}" for n in (1, 2, 5, 7, 9, 15)}


def properties(found: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Give author, title and the like, those of them that are texts."""
    for name in PROPERTIES:
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            yield 0, f"properties.{name}", value


def field_name(name: str) -> str:
    """Give a name of the leak as a field: one line, escaped, of bounded length."""
    return printable(name.strip(), 200)


def has_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names columns, by the rule for separated values."""
    from leakkit.leak.formats.text_tables import has_header as rule

    return bool(rows and rows[0]) and rule(rows)


def codec_of(page: int) -> str:
    """Give Python's codec for a code page of Windows; Western European where there is none.

    Examples
    --------
    >>> codec_of(1251), codec_of(65001), codec_of(31_337)
    ('cp1251', 'utf-8', 'cp1252')
    """
    name = _CODECS.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
