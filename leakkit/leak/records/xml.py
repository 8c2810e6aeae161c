"""Records of XML: the elements that come again and again are rows, their attributes and elements are fields.

Tags are read by a regular expression of bounded reach, as those of pages are: no tree of the whole, no entities of the
document's own, linear time, and a file that breaks off gives what stands before.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pyarrow as pa

from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.xml_elements import Elements, Row

HEAD = 2**16
"""Bytes by which it is told whether a file holds rows; a large one without them is read in slices."""

_FEWEST_ROWS, _ROWS_SHARE, _MIXED_SHARE = 2, 0.5, 0.2
_PLAIN = re.compile(
    r"\s*(?:[+-]?\d{0,4}(?:[.,]\d+)?(?:px|pt|em|%)?|true|false|yes|no|none|null)\s*", re.IGNORECASE
)
"""Measures and switches, of which programs' files are full: they make no rows."""

_NAMING = frozenset("name key id value type class lang style label code property".split())
"""What tells what a value is, or names a thing: elements with nothing else are settings, and no rows."""


def holds_rows(head: bytes) -> bool:
    r"""Tell whether the first bytes of an XML file are rows: elements of one name with the same two values or more.

    Examples
    --------
    >>> holds_rows(b"<all><p no='1'><mail>a@b.io</mail></p>\n<p no='2'><mail>c@d.io</mail></p></all>")
    True
    >>> holds_rows(b"<settings><add key='a' value='1'/><add key='b' value='2'/></settings>")
    False
    """
    fields: dict[str, Counter[str]] = defaultdict(Counter)
    reader = Elements()
    rows = [*reader.feed(head[:HEAD].decode("utf-8", "replace")), *reader.end()]
    for row in rows:
        names = {name.rpartition(".")[2].lower() for name, _ in row.parts} - {row.name.lower()}
        told = {name.rpartition(".")[2].lower() for name, text in row.parts if not _PLAIN.fullmatch(text)}
        if len(names) > 1 and not told <= _NAMING:
            fields[row.name].update(names)
    fields.pop("", None)
    alike = max((names.most_common(2)[1][1] for names in fields.values()), default=0)
    mixed = sum(row.is_mixed for row in rows)
    return alike >= max(_FEWEST_ROWS, _ROWS_SHARE * len(rows)) and mixed <= _MIXED_SHARE * len(rows)


def records(chunks: Iterator[bytes], packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give the rows of an XML file in chunks of valid UTF-8; rows of a second kind have their name in their fields."""
    reader, count, first = Elements(), 0, ""
    for chunk in itertools.chain(chunks, [None]):
        found: list[Row] = reader.end() if chunk is None else reader.feed(chunk.decode("utf-8", "replace"))
        for row in found:
            first = first or row.name
            owner = f"{row.name}." if row.name not in ("", first) else ""
            for name, text in row.parts:
                packer.add(count, field_name(owner + name) if name else "", text)
            count += 1
        yield from packer.ready()
