"""Text of OpenDocument (texts, sheets, slides) by defusedxml, in one pass: no tree, no entities, no outside files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from xml.sax.handler import feature_namespaces

from leakkit.leak.records.documents_child import Found, Refused, checked_zip
from leakkit.leak.records.documents_names import properties
from leakkit.leak.records.documents_odf_parts import MOST_REPEATED, About, Body, Item, Margins, Part
from leakkit.leak.records.documents_sheets import sheet

_PIECE = 2**16
_PARTS = {"meta.xml": About, "content.xml": Body, "styles.xml": Margins}
_MACROS = ("basic/", "scripts/", "dialogs/")
_WITHOUT_TEXT = (
    *(*_PARTS, "settings.xml", "manifest.rdf", "mimetype", "layout-cache"),
    *("configurations", "meta-inf/", "pictures/", "thumbnails/"),
)


def texts(data: bytes) -> Iterator[Found]:
    """Give the properties, the texts of a document or the cells of its sheets, its headers and footers.

    `row` counts paragraphs, the rows of a table with a head, and within a sheet its rows.
    """
    names = checked_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if "META-INF/manifest.xml" in names and b"encryption-data" in file.read("META-INF/manifest.xml"):
            raise Refused("the document is encrypted and needs a password")
        row = 0
        for name in [name for name in _PARTS if name in names]:
            part = _PARTS[name](row)
            yield from _read(file, name, part)
            row = part.next_row
    others = [name.lower() for name in names]
    if any(name.startswith(_MACROS) for name in others):
        yield -1, "", "macros in it are not read"
    if not all(name.startswith((*_MACROS, *_WITHOUT_TEXT)) for name in others):
        yield -1, "", "files embedded in it are not read"


def _read(file: zipfile.ZipFile, name: str, part: Part) -> Iterator[Found]:
    """Give what one part holds: sheets row by row, texts as they come, properties."""
    for title, held in groupby(_parsed(file, name, part), itemgetter(0)):
        found = (one for _, one in held)
        yield from found if title is None else sheet(title[1], found)
    yield from properties(part.properties)
    if part.is_cut:
        yield (
            -1,
            "",
            f"cells or rows that repeat more than {MOST_REPEATED:,} times; the further ones are not read",
        )


def _parsed(file: zipfile.ZipFile, name: str, part: Part) -> Iterator[Item]:
    """Give what a part holds while it is parsed."""
    from defusedxml.expatreader import create_parser

    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(part)
    with file.open(name) as stream:
        while piece := stream.read(_PIECE):
            parser.feed(piece)
            yield from part.taken()
    parser.close()
    yield from part.taken(at_end=True)
